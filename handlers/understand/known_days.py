"""Days as they are known of somebody: a birthday with or without its year, the day of a contract.

>>> birthday("1988-03-05"), birthday("3月5日"), birthday("5 March")
((1988, '03-05'), (None, '03-05'), (None, '03-05'))
>>> day("2026-12-01", now, zone), day("下周三", now, zone)
('2026-12-01', '2026-11-25')
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from store.rules.script import flat

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?:\s+(?P<after>\d{{1,2}})"
    r"(?:st|nd|rd|th)?)?(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
#: A leap year: the 29th of February is somebody's birthday.
_ANY_YEAR = 2000
YEAR_LEAST = 1900


def birthday(typed: str) -> tuple[int | None, str] | None:
    """The year, if it was said, and month and day; None for what is no day."""
    parts = _parts(typed)
    if parts is None:
        return None
    year, month, of_month = parts
    try:
        date(year or _ANY_YEAR, month, of_month)
    except ValueError:
        return None
    return year, f"{month:02}-{of_month:02}"


def day(typed: str, now: datetime, zone: ZoneInfo) -> str | None:
    """A day as ISO 8601: written out, or as people say days (`when`); None for what is no day."""
    parts = _parts(typed)
    if parts is not None and parts[0] is not None:
        try:
            return date(parts[0], parts[1], parts[2]).isoformat()
        except ValueError:
            return None
    from handlers.understand import when  # some sixty expressions to compile: not while the bot starts

    found = when.read(typed, now, zone)
    if found is None or found.rrule is not None or len("".join(_around(typed, found.pieces)).strip(" ,，。.")) > 0:
        return None
    value = found.value.astimezone(zone).date() if isinstance(found.value, datetime) else found.value
    return value.isoformat()


_YEAR = re.compile(r"(?:born\s+(?:in\s+)?)?(\d{4}|\d{2}(?=\s*年))\s*年?出?生?", re.IGNORECASE)


def year(typed: str, now: datetime) -> int | None:
    """A year of birth: 1988, 88年, born 1988."""
    found = _YEAR.fullmatch(flat(typed).strip())
    if found is None:
        return None
    told = int(found[1])
    if told < 100:
        told += 2000 if told <= now.year % 100 else YEAR_LEAST
    return told if YEAR_LEAST <= told <= now.year else None


def _parts(typed: str) -> tuple[int | None, int, int] | None:
    plain = flat(typed).strip()
    full = _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if full:
        return int(full[1]), int(full[2]), int(full[3])
    short = _SHORT.fullmatch(plain)
    if short:
        return None, int(short[1]), int(short[2])
    english = _ENGLISH.fullmatch(plain)
    if english and (english["day"] or english["after"]):
        month = _MONTHS.index(english["month"].lower()) + 1
        return int(english["year"]) if english["year"] else None, month, int(english["day"] or english["after"])
    return None


def _around(text: str, pieces: tuple[tuple[int, int], ...]) -> list[str]:
    out, begin = [], 0
    for start, end in (*pieces, (len(text), len(text))):
        out.append(text[begin:start])
        begin = end
    return out
