"""Days counted as people count them: weeks from Monday, months that end when they end, working days.

Pure functions of dates; called by the shapes of `days.py`, by `festivals.py` and by `recurring.py`.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)

# Zones whose people write the month before the day (Unicode CLDR, dateFormatLength short, of their main languages).
_MONTH_FIRST: Final = (
    "America/",
    "US/",
    "Canada/",
    "Asia/Shanghai",
    "Asia/Chongqing",
    "Asia/Harbin",
    "Asia/Urumqi",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Pyongyang",
    "Asia/Ulaanbaatar",
    "Asia/Macau",
    "PRC",
    "ROC",
    "ROK",
    "Japan",
    "UTC",
    "Etc/",
    "GMT",
)


def on_wall(day: date, seconds: int, zone: ZoneInfo) -> datetime:
    """Return the moment `seconds` after the midnight that begins `day`, by the wall clock of `zone`.

    A wall time that the zone skips (the night the clocks go forward) is the same time after the skip; one that it has
    twice is the first of the two (PEP 495).
    """
    extra, rest = divmod(seconds, 86_400)
    wall = datetime.combine(day + extra * DAY, time(rest // 3600, rest // 60 % 60, rest % 60), zone)
    return wall.astimezone(UTC).astimezone(zone)


@dataclass(frozen=True, slots=True)
class Context:
    """The moment and the place in which a phrase is read."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """Return the day on the wall calendar of the zone."""
        return self.now.date()

    @property
    def day_first(self) -> bool:
        """Tell whether people there write 3/12 for the 3rd of December (all but East Asia and most of America)."""
        return not self.zone.key.startswith(_MONTH_FIRST)

    def at(self, day: date, seconds: int) -> datetime:
        """Return the moment as `on_wall` does, but of a time that comes twice the second when the first is over."""
        first = on_wall(day, seconds, self.zone)
        if not self.over(first):
            return first
        second = first.replace(fold=1)
        return first if self.over(second) else second

    def over(self, moment: datetime) -> bool:
        """Tell whether a moment is now or has been; as instants, for wall times can't tell in the hour that repeats."""
        return moment.astimezone(UTC) <= self.now.astimezone(UTC)

    def later(self, moment: datetime, seconds: int) -> datetime:
        """Return the moment so many seconds, as they pass, after another."""
        return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self.zone)

    def since(self, day: date, seconds: int) -> datetime:
        """Return the moment so many seconds, as they pass, after the present time of day on `day`."""
        wall = datetime.combine(day, self.now.time(), self.zone)
        return (wall.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self.zone)


def month_end(day: date) -> date:
    """Return the last day of the month that `day` is in."""
    return add_months(day.replace(day=1), 1) - DAY


def add_months(day: date, months: int) -> date:
    """Return `day` moved by whole months, held to the last day of a shorter month; years stay within 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise OverflowError("calendar")


def monday(day: date, weeks: int = 0) -> date:
    """Return the Monday of the week of `day`, or of one so many weeks away."""
    return day + timedelta(days=7 * weeks - day.weekday())


def coming(day: date, weekday: int) -> date:
    """Return the first such weekday on or after `day`; 0 is Monday."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def quarter_start(day: date, quarters: int = 0) -> date:
    """Return the first day of the quarter of `day`, or of one so many quarters away."""
    return add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * quarters)


def add_workdays(day: date, count: int) -> date:
    """Return the day so many working days (Monday to Friday) from `day`; negative counts go back."""
    step = DAY if count > 0 else -DAY
    weeks, rest = divmod(abs(count), 5)
    if weeks and not rest:
        weeks, rest = weeks - 1, 5
    result = day + 7 * weeks * step
    while rest:
        result += step
        rest -= result.weekday() < 5
    return result


def workday_from(day: date) -> date:
    """Return `day`, or the Monday after it when it falls on a weekend."""
    return day if day.weekday() < 5 else coming(day, 0)


def nth_weekday(year: int, month: int, n: int, weekday: int) -> date | None:
    """Return the n-th such weekday of a month, the last for -1, None when there are not so many."""
    first = date(year, month, 1)
    if n < 0:
        last = month_end(first)
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-n - 1))
    found = coming(first, weekday) + timedelta(days=7 * (n - 1))
    return found if found.month == month else None
