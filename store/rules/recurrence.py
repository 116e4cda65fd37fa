"""When something that recurs happens next, by the wall clock of the person it belongs to.

A recurrence is an RRULE (RFC 5545, section 3.3.10) and the wall time of its first occurrence; the zone is kept beside
it, so that "every Monday 9:00" stays at 9:00 when the clocks change. Called by the follow-ups of the store, and by
`handlers.understand.when` for the first occurrence.

    >>> next_after("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", datetime(2026, 3, 28, 9), ZoneInfo("Europe/London"),
    ...            datetime(2026, 3, 28, 12, tzinfo=UTC))
    datetime.datetime(2026, 3, 29, 8, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

_PARTS: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS", "WKST")
)
_FREQUENCIES: Final = frozenset(("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"))
_ELAPSED: Final = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1)}
_MONTH_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _list_of(value: str) -> re.Pattern[str]:
    return re.compile(f"(?:{value})(?:,(?:{value}))*", re.ASCII)


# What each part may hold (RFC 5545, section 3.3.10).
_VALUES: Final = {
    "BYMONTH": _list_of(r"[1-9]|1[0-2]"),
    "BYMONTHDAY": _list_of(r"-?(?:[1-9]|[12]\d|3[01])"),
    "BYDAY": _list_of(r"(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"),
    "BYHOUR": _list_of(r"1?\d|2[0-3]"),
    "BYMINUTE": _list_of(r"[1-5]?\d"),
    "BYSETPOS": _list_of(r"-?[1-9]\d?"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
    "UNTIL": re.compile(r"\d{8}(?:T\d{6}Z?)?", re.ASCII),
}
_PERIOD: Final = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_LONGEST: Final = 256
_GREATEST_NUMBER: Final = 1000
_FURTHEST_YEARS: Final = 10


class BadRule(ValueError):
    """The text is no recurrence that we keep."""


@lru_cache(maxsize=1024)
def parts(rule: str) -> Mapping[str, str]:
    """Return the parts of an RRULE by name, upper-case.

    Raises BadRule for anything but FREQ (yearly to minutely), INTERVAL, COUNT, UNTIL, WKST and the BY… parts that we
    write; a rule of seconds is refused, since nobody can follow it up, and so are hours and minutes with BY… parts,
    which would be counted through one by one.
    """
    if len(rule) > _LONGEST:
        raise BadRule("too long")
    found: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name not in _PARTS or name in found:
            raise BadRule(rule)
        found[name] = value
    interval, count = found.get("INTERVAL", "1"), found.get("COUNT", "1")
    if found.get("FREQ") not in _FREQUENCIES or not (_small(interval) and _small(count)):
        raise BadRule(rule)
    if found["FREQ"] in _ELAPSED and any(name.startswith("BY") or name in ("COUNT", "UNTIL") for name in found):
        raise BadRule(rule)
    if ("COUNT" in found and "UNTIL" in found) or not _comes(found):
        raise BadRule(rule)
    return found


def _comes(found: Mapping[str, str]) -> bool:
    """Tell whether the parts are in their ranges and can be met; dateutil seeks a day that never comes for ever."""
    if any(name in _VALUES and not _VALUES[name].fullmatch(value) for name, value in found.items()):
        return False
    days, months = _numbers(found, "BYMONTHDAY"), _numbers(found, "BYMONTH")
    if days and months and not any(abs(day) <= _MONTH_LENGTHS[month - 1] for day in days for month in months):
        return False
    position = _numbers(found, "BYSETPOS")
    if not position:
        return True
    # Every month has each weekday at least four times.
    choices = len(days) or 4 * len(found["BYDAY"].split(",")) if days or "BYDAY" in found else 0
    return not ("BYDAY" in found and days) and all(abs(place) <= choices for place in position)


def _numbers(found: Mapping[str, str], name: str) -> list[int]:
    return [int(number) for number in found[name].split(",")] if name in found else []


def _small(number: str) -> bool:
    return number.isdecimal() and number.isascii() and len(number) <= 4 and 1 <= int(number) <= _GREATEST_NUMBER


@lru_cache(maxsize=256)
def _compiled(rule: str, first: datetime) -> rrule:
    try:
        compiled = rrulestr(rule, dtstart=first)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise BadRule(rule) from error
    if not isinstance(compiled, rrule):
        raise BadRule(rule)
    return compiled


def _on_the_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time: after the skip when the zone skips it, the first when it has it twice."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def next_after(rule: str, first: datetime, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return the first occurrence after an instant, as a UTC instant; None when there is none within ten years.

    Args:
        rule: an RRULE without DTSTART.
        first: wall time of the first occurrence, naive, in `zone`; when it doesn't fit the rule it is only the start.
        zone: where the wall clock hangs.
        after: an aware instant; an occurrence at exactly this instant does not count.

    Raises:
        BadRule: see `parts`.

    Days, weeks, months and years are counted on the wall; a wall time that does not exist that night happens at the
    same time after the skip, one that exists twice happens once, the first time. Hours and minutes are counted as they
    pass, so none is lost or doubled by a change of clocks (dateutil's rrule would do both: it knows no zones). UNTIL is
    compared by the wall.
    """
    found = parts(rule)
    after = after.astimezone(UTC)
    step = _ELAPSED.get(found["FREQ"])
    if step is not None:
        return _elapsed(_on_the_wall(first, zone), step * int(found.get("INTERVAL", "1")), after)
    wall = after.astimezone(zone).replace(tzinfo=None)
    start = _nearer(found, first, wall)
    compiled = _compiled(";".join(f"{name}={value.removesuffix('Z')}" for name, value in found.items()), start)
    last_year = max(wall, start).year + _FURTHEST_YEARS
    # One day earlier than asked: the instant of a wall time in a skipped hour is later than it looks.
    wall -= timedelta(days=1)
    while (occurrence := compiled.after(wall)) is not None and occurrence.year <= last_year:
        instant = _on_the_wall(occurrence, zone)
        if instant > after:
            return instant
        wall = occurrence
    return None


def _elapsed(first: datetime, step: timedelta, after: datetime) -> datetime:
    return first if first > after else first + ((after - first) // step + 1) * step


def _nearer(found: Mapping[str, str], first: datetime, wall: datetime) -> datetime:
    """Return a first occurrence close to `wall` that keeps the rhythm, so that an old series is not counted through."""
    period = _PERIOD.get(found["FREQ"])
    if period is None or "COUNT" in found:
        return first
    step = period * int(found.get("INTERVAL", "1"))
    steps = (wall - first) // step - 2
    return first + steps * step if steps > 0 else first
