"""What a text says about time, as the rest of the program sees it.

Made by `reader.py`; the follow-ups, the capture of customers and the texts read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from handlers.understand.when.calendar import on_wall

Kind = Literal["date", "datetime", "recur"]


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time or a rhythm that a text says.

    kind: "date" (no hour was said), "datetime", or "recur".
    value: the day, or the moment as an aware datetime in the reader's zone; for a rhythm its first occurrence.
    span: where the words stand, in code points, half open; `pieces` are the single stretches when they stand apart, so
        that cutting them out leaves the words between.
    rrule: the rhythm as RFC 5545 says it, without DTSTART (which is `value`); None for the other kinds.
    until: the last day or the end of a stretch (周三到周五, 3-5pm, next week); None when there is none.
    others: what else the words can mean, likeliest first, to be offered: days, moments, or rules of a rhythm.
    has_time: whether a time of day was said.
    part: the part of the day that was said: dawn, morning, noon, afternoon, evening, night or close (of business).
    usual: seconds after midnight to be reminded at on a day: the usual hour of the part, or 9:00.
    deadline: whether the words set a limit (周五前, by Friday, within 3 days).
    past: whether `value` is over, which happens only when the words say so.
    """

    kind: Kind
    value: date | datetime
    span: tuple[int, int]
    pieces: tuple[tuple[int, int], ...]
    rrule: str | None = None
    until: date | datetime | None = None
    others: tuple[date | datetime | str, ...] = ()
    has_time: bool = False
    part: str | None = None
    usual: int = 9 * 3600
    deadline: bool = False
    past: bool = False

    def moment(self, zone: ZoneInfo) -> datetime:
        """Return when to ring: the value, or the usual time of its day in `zone`, as an aware datetime."""
        if isinstance(self.value, datetime):
            return self.value
        return on_wall(self.value, self.usual, zone)
