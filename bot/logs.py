"""Logging without secrets: no token, no typed text; an unexpected error is logged by its type and place under a
reference.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)
#: A bot token: digits, a colon, 35 characters
#: (https://core.telegram.org/bots/features#generating-an-authentication-token).
_TOKEN = re.compile(r"\d{5,}:[\w-]{30,}")


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The kind of an exception and where it came from. Its words may quote what somebody typed."""
        return f"{ei[0].__name__} at {_places(ei[2])}"


def begin(level: str) -> None:
    """Sends the log to standard error, redacted; libraries speak up only from a warning on.

    What nobody catches, in the main thread or in another, is logged in the same way before the process ends.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # A tick that begins late or is left out loses nothing: the database says what is due.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for library in ("telegram", "aiosqlite", "aiohttp", "tornado", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def reference(log: logging.Logger, error: BaseException) -> str:
    """Logs a fault that nobody expected, without its words, and returns the reference that its person is told."""
    short = secrets.token_hex(3).upper()
    log.error("fault %s: %s at %s", short, type(error).__name__, _places(error.__traceback__))
    return short


def of_the_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What went wrong in a task that nobody waits for. asyncio's own handler prints the task with its exception's
    words.
    """
    error = context.get("exception")
    if isinstance(error, BaseException):
        reference(log, error)
    else:
        log.error("asyncio: %s", context.get("message"))


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:]))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        reference(log, error)


def _uncaught_in_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        reference(log, ended.exc_value)
