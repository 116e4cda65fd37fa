"""Instants as the database keeps them: whole milliseconds since 1970 in UTC.

>>> from datetime import UTC, datetime
>>> to_ms(datetime(2026, 11, 20, 2, tzinfo=UTC))
1795140000000
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def to_ms(instant: datetime) -> int:
    """Milliseconds since the epoch of an aware datetime. Raises ValueError for a naive one: it names no instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return (instant - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    """The aware UTC datetime of a number of milliseconds since the epoch."""
    return _EPOCH + timedelta(milliseconds=ms)


def maybe_from_ms(ms: int | None) -> datetime | None:
    """`from_ms`, with NULL kept as None."""
    return None if ms is None else from_ms(ms)
