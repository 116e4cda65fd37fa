"""The clock that everything asks for "now", so that a demo or a test can move it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Calling it gives the present instant in UTC; `shift` is how far it has been moved."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC) + self.shift

    def set(self, moment: datetime) -> None:
        """Moves to an aware instant; time goes on from there."""
        self.shift = moment - datetime.now(UTC)
