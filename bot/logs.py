"""Logs without secrets: the token never gets in, and a fault is told by a short reference.

What a person typed is not logged at all; what went wrong is logged as the kind of the error and where, not its words.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import traceback

#: A bot token: digits, a colon, 35 characters
#: (https://core.telegram.org/bots/features#generating-an-authentication-token).
_TOKEN = re.compile(r"\d{5,}:[\w-]{30,}")


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def begin(level: str) -> None:
    """Sends the log to standard error, redacted; libraries speak up only from a warning on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for library in ("telegram", "apscheduler", "aiosqlite", "aiohttp", "tornado", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)


def reference(log: logging.Logger, error: BaseException) -> str:
    """Logs a fault that nobody expected, without its words, and returns the reference that its person is told."""
    short = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("fault %s: %s at %s", short, type(error).__name__, places)
    return short
