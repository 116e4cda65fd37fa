"""The days that a line names, one by one (2月4日到2月10日, Dec 24 and Dec 31), and the hours of a day (9:00-18:00).

>>> from datetime import UTC
>>> sorted(days("2027-02-04, 2027-02-14", datetime(2026, 11, 20, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai")))
[datetime.date(2027, 2, 4), datetime.date(2027, 2, 14)]
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from handlers.understand.when import When

#: The longest stretch that is taken at its word.
DAYS_MOST = 366
_CLOCK = re.compile(r"\s*(\d{1,2})(?:[:：](\d{2}))?\s*(?:-|–|—|~|到|至|to)\s*(\d{1,2})(?:[:：](\d{2}))?\s*")
_APART = re.compile(r"[,，、;；\n]|\band\b")
_TO = re.compile(r"\s*(?:–|—|~|到|至|\bto\b|(?<=[\d日号])\s*-\s*(?=\d))\s*")


def days(text: str, now: datetime, zone: ZoneInfo) -> frozenset[date]:
    """Every day that the text names; none where something in it is not a day, or a stretch runs backwards."""
    found: set[date] = set()
    for part in filter(str.strip, _APART.split(text)):
        named = _stretch(part, now, zone)
        if not named:
            return frozenset()
        found |= named
    return frozenset(found)


def _stretch(part: str, now: datetime, zone: ZoneInfo) -> set[date]:
    from handlers.understand.when import read_all  # the grammar is large: only who asks for a day loads it

    said = read_all(part, now, zone)
    if len(said) == 2 and len(_TO.split(part)) > 1:
        first, last = (_day(one) for one in said)
    elif len(said) == 1:
        first = _day(said[0])
        last = first if said[0].until is None else _last(said[0])
    else:
        return set()
    if first is None or last is None or not 0 <= (last - first).days < DAYS_MOST:
        return set()
    return {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}


def _day(when: When) -> date | None:
    return when.value if when.kind == "date" and not isinstance(when.value, datetime) else None


def _last(when: When) -> date | None:
    return when.until if not isinstance(when.until, datetime) else None


def hours(text: str) -> tuple[time, time] | None:
    """From when until when; None for anything else, and where the two are one."""
    said = _CLOCK.fullmatch(text)
    if said is None:
        return None
    try:
        begins, ends = (time(int(said[at]), int(said[at + 1] or 0)) for at in (1, 3))
    except ValueError:
        return None
    return None if begins == ends else (begins, ends)
