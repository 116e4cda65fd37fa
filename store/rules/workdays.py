"""When a company works, counted: the days, the hours, the public holidays and the company's own exceptions.

    calendar.between(opened, answered)        # the working time that lies between two instants
    calendar.after(opened, timedelta(hours=8))  # when eight working hours have passed

Public holidays come from the `holidays` package, for China with the weekends that are worked instead (调休). The State
Council announces those each November for the year that follows: until the package knows them, and wherever a company
does otherwise, the owner's own table decides.

    >>> calendar = Calendar(ZoneInfo("Asia/Shanghai"))
    >>> calendar.works_on(date(2026, 2, 14)), calendar.works_on(date(2026, 2, 16))  # a Saturday worked, a Monday off
    (True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store.rules.ladder import Hours, wall_instant

#: The countries whose holidays are a tap away (ISO 3166); "" keeps none.
COUNTRIES = ("CN", "HK", "SG", "JP", "GB", "DE", "US", "AU", "")
_DAY = timedelta(days=1)


class _Statutory(NamedTuple):
    """The public holidays of a year, and the weekend days that are worked instead."""

    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A company's working time. Hours that end before they begin end on the next day; equal ones go round the clock.

    The company's own `off` and `extra` days go before the country's, the country's before the weekdays (Monday is 0;
    none at all: every day is worked).
    """

    zone: ZoneInfo
    begins: time = time(8, 30)
    ends: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    country: str = "CN"
    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()

    @classmethod
    def of(cls, setting: Callable[[str, str], str], zone: ZoneInfo) -> Calendar:
        """The calendar that the company's settings say; `setting(name, default)` is how one is read."""
        hours = Hours.of(setting)
        return cls(
            zone, hours.day_begins, hours.day_ends, hours.weekdays, setting("work.country", "CN"),
            off=days_of(setting("work.off", "")), extra=days_of(setting("work.extra", "")),
        )  # fmt: skip

    def works_on(self, day: date) -> bool:
        """Whether it is a working day."""
        if day in self.off or day in self.extra:
            return day in self.extra
        if self.country:
            statutory = _statutory(self.country, day.year)
            if day in statutory.off or day in statutory.worked:
                return day in statutory.worked
        return not self.weekdays or day.weekday() in self.weekdays

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """The working time between two instants; none when the second is not the later one."""
        worked = timedelta()
        for opens, closes in self._shifts(begin):
            if opens >= end:
                break
            worked += min(closes, end) - opens
        return worked

    def after(self, begin: datetime, span: timedelta) -> datetime:
        """The instant at which this much working time has passed since `begin`."""
        for opens, closes in self._shifts(begin):
            if span <= closes - opens:
                return opens + span
            span -= closes - opens
        raise AssertionError("there is always another working day")

    def _shifts(self, begin: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of work from an instant on."""
        day = begin.astimezone(self.zone).date() - _DAY  # yesterday's hours may reach into today
        while True:
            if self.works_on(day):
                last = day + _DAY if self.ends <= self.begins else day
                opens, closes = wall_instant(day, self.begins, self.zone), wall_instant(last, self.ends, self.zone)
                if closes > begin:
                    yield max(opens, begin), closes
            day += _DAY


@lru_cache(maxsize=64)
def _statutory(country: str, year: int) -> _Statutory:
    from holidays import country_holidays  # a third of a second, and not every process counts working time

    found = country_holidays(country, years=year)
    return _Statutory(frozenset(found), frozenset(found.weekend_workdays))


def days_of(kept: str) -> frozenset[date]:
    """The days that a setting keeps: ISO dates with a space between."""
    return frozenset(date.fromisoformat(day) for day in kept.split())


def kept(days: frozenset[date]) -> str:
    """The days as a setting keeps them."""
    return " ".join(day.isoformat() for day in sorted(days))


def stretches(days: frozenset[date]) -> list[tuple[date, date]]:
    """Days as first and last of each stretch without a gap, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == _DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
