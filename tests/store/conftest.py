"""SQLite watches every book in these tests: see tests/authorizer.py."""

from tests.authorizer import watched

__all__ = ["watched"]
