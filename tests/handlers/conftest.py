"""SQLite watches every book, the running bot's own, in these tests: see tests/authorizer.py; and hostile.py's stage."""

from tests.authorizer import watched
from tests.handlers.hostile import stage

__all__ = ["stage", "watched"]
