"""The stand-in's time, which a test or the demo moves. Read wherever a date is written or an age is judged.

Example::

    clock = Clock()
    clock.advance(3 * 24 * 3600)      # three days later: messages of today can't be deleted any more
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Seconds since 1970, from ``source`` (the system's clock if None) plus what it was moved by."""

    def __init__(self, source: Callable[[], datetime] | Callable[[], float] | None = None) -> None:
        self._source = source
        self._offset = 0.0

    def now(self) -> float:
        """The present, in seconds since 1970 UTC."""
        if self._source is None:
            return time.time() + self._offset
        value = self._source()
        return (value.timestamp() if isinstance(value, datetime) else value) + self._offset

    def date(self) -> int:
        """The present as Telegram writes dates: whole seconds since 1970 UTC."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Move by ``seconds``, back if negative."""
        self._offset += seconds

    def set(self, moment: datetime | float) -> None:
        """Move to ``moment``; a datetime without a zone is UTC. Time goes on from there."""
        if isinstance(moment, datetime):
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment = aware.timestamp()
        self._offset += moment - self.now()

    def reset(self) -> None:
        """Back to the source's time."""
        self._offset = 0.0
