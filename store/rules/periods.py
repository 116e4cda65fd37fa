"""Weeks and months by the wall clock of a zone, each with the one before it to be compared with.

A period that is not over yet ends now, and is compared with the same stretch of the one before: Monday to Wednesday
noon with Monday to Wednesday noon.

    >>> week(date(2026, 11, 16), datetime(2026, 11, 23, 1, tzinfo=UTC), ZoneInfo("Asia/Shanghai")).begin
    datetime.datetime(2026, 11, 15, 16, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from store.rules.ladder import wall_instant

Length = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` up to, not including, `end`; instants in UTC."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month: its first and last day, its span so far, and the span before it that it is compared with."""

    length: Length
    first: date
    last: date
    span: Span
    before: Span

    @property
    def begin(self) -> datetime:
        """Its first instant."""
        return self.span.begin

    @property
    def end(self) -> datetime:
        """The instant after its last, or now."""
        return self.span.end


def period(length: Length, day: date, now: datetime, zone: ZoneInfo) -> Period:
    """The week or month that holds a day."""
    return week(day, now, zone) if length == "week" else month(day, now, zone)


def week(day: date, now: datetime, zone: ZoneInfo) -> Period:
    """The week, Monday to Sunday (ISO 8601), that holds a day."""
    first = day - timedelta(days=day.weekday())
    return _period("week", first, first + timedelta(days=7), former=first - timedelta(days=7), now=now, zone=zone)


def month(day: date, now: datetime, zone: ZoneInfo) -> Period:
    """The calendar month that holds a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    former = (first - timedelta(days=1)).replace(day=1)
    return _period("month", first, following, former=former, now=now, zone=zone)


def _period(
    length: Length, first: date, following: date, *, former: date, now: datetime, zone: ZoneInfo
) -> Period:  # fmt: skip
    begin, end = wall_instant(first, time(), zone), wall_instant(following, time(), zone)
    before_end = begin
    if begin <= now < end:
        elapsed = now.astimezone(zone).replace(tzinfo=None) - datetime.combine(first, time())
        same = (datetime.combine(former, time()) + elapsed).replace(tzinfo=zone).astimezone(UTC)
        end, before_end = now, min(same, begin)
    before = Span(wall_instant(former, time(), zone), before_end)
    return Period(length, first, following - timedelta(days=1), Span(begin, end), before)
