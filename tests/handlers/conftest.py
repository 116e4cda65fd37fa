"""SQLite watches every book, the running bot's own, in these tests: see tests/authorizer.py."""

from tests.authorizer import watched

__all__ = ["watched"]
