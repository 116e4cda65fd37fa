"""When something that recurs happens next, by the wall clock of the person it belongs to.

A recurrence is an RRULE (RFC 5545, section 3.3.10) and the wall time of its first occurrence; the zone is kept beside
it, so that "every Monday 9:00" stays at 9:00 when the clocks change. Called by the follow-ups of the store, and by
`handlers.understand.when` for the first occurrence.

    >>> next_after("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", datetime(2026, 3, 28, 9), ZoneInfo("Europe/London"),
    ...            datetime(2026, 3, 28, 12, tzinfo=UTC))
    datetime.datetime(2026, 3, 29, 8, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

_PARTS: Final = frozenset(
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS", "WKST"],
)
_ELAPSED: Final = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1)}
_PERIOD: Final = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_LONGEST: Final = 256
_FURTHEST: Final = timedelta(days=366 * 10)


class BadRule(ValueError):
    """The text is no recurrence that we keep."""


def parts(rule: str) -> dict[str, str]:
    """Return the parts of an RRULE by name, upper-case.

    Raises BadRule for anything but FREQ (yearly to minutely), INTERVAL, COUNT, UNTIL, WKST and the BY… parts that we
    write; a rule of seconds is refused, since nobody can follow it up.
    """
    if len(rule) > _LONGEST:
        raise BadRule(rule[:_LONGEST])
    found: dict[str, str] = {}
    for part in rule.upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name not in _PARTS or name in found:
            raise BadRule(rule)
        found[name] = value
    if found.get("FREQ") not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"):
        raise BadRule(rule)
    if not found.get("INTERVAL", "1").isdecimal() or not 1 <= int(found.get("INTERVAL", "1")) <= 1000:
        raise BadRule(rule)
    return found


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
        first: wall time of the first occurrence, naive, in `zone`.
        zone: where the wall clock hangs.
        after: an aware instant; an occurrence at exactly this instant does not count.

    Raises:
        BadRule: see `parts`.

    Days, weeks, months and years are counted on the wall; a wall time that does not exist that night happens at the
    same time after the skip, one that exists twice happens once, the first time. Hours and minutes are counted as they
    pass, so none is lost or doubled by a change of clocks. A part that the RFC doesn't give a meaning outside UTC
    (UNTIL with Z) is compared by the wall.
    """
    found = parts(rule)
    after = after.astimezone(UTC)
    step = _ELAPSED.get(found["FREQ"])
    if step is not None and not any(name.startswith("BY") or name in ("COUNT", "UNTIL") for name in found):
        return _elapsed(_on_the_wall(first, zone), step * int(found.get("INTERVAL", "1")), after)
    text = ";".join(f"{name}={value.removesuffix('Z') if name == 'UNTIL' else value}" for name, value in found.items())
    compiled = _compiled(text, _nearer(found, first, after.astimezone(zone).replace(tzinfo=None)))
    # One day earlier than asked: a wall time in a skipped hour is an instant later than it looks.
    wall = after.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
    latest = max(wall, first) + _FURTHEST
    while True:
        occurrence = compiled.after(wall)
        if occurrence is None or occurrence > latest:
            return None
        instant = _on_the_wall(occurrence, zone)
        if instant > after:
            return instant
        wall = occurrence


def _elapsed(first: datetime, step: timedelta, after: datetime) -> datetime:
    return first if first > after else first + ((after - first) // step + 1) * step


def _nearer(found: dict[str, str], first: datetime, wall: datetime) -> datetime:
    """Return a first occurrence close to `wall` that keeps the rhythm, so that an old series is not counted through."""
    period = _PERIOD.get(found["FREQ"])
    if period is None or "COUNT" in found:
        return first
    step = period * int(found.get("INTERVAL", "1"))
    steps = (wall - first) // step - 2
    return first + steps * step if steps > 0 else first
