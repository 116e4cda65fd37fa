"""What every way to name a day has in common: it can be resolved to dates.

The ways themselves are in `days.py`, `periods.py` and `relative.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, Protocol

from handlers.understand.when.calendar import Context


class Days(NamedTuple):
    """The day that is meant, the last day when it is a period, and other days it could be."""

    first: date
    last: date | None = None
    others: tuple[date, ...] = ()


# Whether the time of day that was said has passed on that day; None when no time of day was said.
Passed = Callable[[date], bool | None]


def never(_: date) -> bool | None:
    """Say that no time of day is known."""
    return None


class Shape(Protocol):
    """What the words said of a day, before the clock: "the 5th", "next Friday", "月底"."""

    def resolve(self, context: Context, passed: Passed, /) -> Days | None:
        """Return the days that are meant now; None when the words name no day there is."""
        ...
