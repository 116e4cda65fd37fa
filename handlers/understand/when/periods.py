"""Weeks, months, quarters and years, and days by their place in one: 月底, mid December, the last Friday of March.

Conventions: a period is its first day, and the present one is today; the end of a week is its Friday; the middle of a
month is the 15th, of a year the end of June; 上旬, 中旬, 下旬 begin on the 1st, 11th, 21st.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.understand.when.calendar import (
    DAY,
    Context,
    add_months,
    add_workdays,
    coming,
    monday,
    month_end,
    nth_weekday,
    quarter_start,
)
from handlers.understand.when.shape import Days, Passed


def left(context: Context, start: date, end: date) -> Days:
    """Return the days of a period from today on, when it is the present one."""
    if start <= context.today <= end:
        return Days(context.today, end if end > context.today else None)
    return Days(start, end)


@dataclass(frozen=True, slots=True)
class MonthOnly:
    """A month by name; `which` is next, this or last when said so."""

    month: int
    year: int | None = None
    which: int | None = None

    def start(self, context: Context) -> date:
        """Return the first day of the month that is meant."""
        today = context.today
        if self.year is not None:
            return date(self.year, self.month, 1)
        this_year = date(today.year, self.month, 1)
        if self.which == -1:
            return this_year if this_year < today.replace(day=1) else this_year.replace(year=today.year - 1)
        if month_end(this_year) < today or (self.which == 1 and this_year <= today):
            return this_year.replace(year=today.year + 1)
        return this_year

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the month's days that are left; a month that has passed is next year's."""
        start = self.start(context)
        return left(context, start, month_end(start))


@dataclass(frozen=True, slots=True)
class Span:
    """A week, month, quarter or year, so many from this one; `rolls` when "the month" need not be this one."""

    unit: str
    count: int
    rolls: bool = False

    def bounds(self, context: Context) -> tuple[date, date]:
        """Return its first and last day."""
        today = context.today
        if self.unit == "week":
            start = monday(today, self.count)
            return start, start + 6 * DAY
        if self.unit == "month":
            start = add_months(today.replace(day=1), self.count)
            return start, month_end(start)
        if self.unit == "quarter":
            start = quarter_start(today, self.count)
            return start, month_end(add_months(start, 2))
        start = add_months(date(today.year, 1, 1), 12 * self.count)
        return start, start.replace(month=12, day=31)

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the days of the period that are left."""
        return left(context, *self.bounds(context))


@dataclass(frozen=True, slots=True)
class Quarter:
    """The first to the fourth quarter, of the year when one was said."""

    number: int
    year: int | None = None

    def bounds(self, context: Context) -> tuple[date, date]:
        """Return its first and last day; one that has passed is next year's."""
        year = self.year if self.year is not None else context.today.year
        start = date(year, self.number * 3 - 2, 1)
        end = month_end(add_months(start, 2))
        if self.year is None and end < context.today:
            start = start.replace(year=year + 1)
            end = month_end(add_months(start, 2))
        return start, end

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the days of the quarter that are left."""
        return left(context, *self.bounds(context))


@dataclass(frozen=True, slots=True)
class YearOnly:
    """A year by its number."""

    year: int

    def bounds(self, _context: Context) -> tuple[date, date]:
        """Return its first and last day."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the days of the year that are left."""
        return left(context, *self.bounds(context))


@dataclass(frozen=True, slots=True)
class Season:
    """Three months from the one that the season begins in; `which` is next, this or last when said so."""

    month: int
    year: int | None = None
    which: int | None = None

    def bounds(self, context: Context) -> tuple[date, date]:
        """Return its first and last day; one that has passed is next year's."""
        today = context.today
        year = self.year
        if year is None:
            years = range(today.year - 2, today.year + 3)
            near = next(each for each in years if self._end(each) >= today)
            begun = date(near, self.month, 1) <= today
            year = near - (self.which == -1) + (self.which == 1 and begun)
        return date(year, self.month, 1), self._end(year)

    def _end(self, year: int) -> date:
        return month_end(add_months(date(year, self.month, 1), 2))

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the days of the season that are left."""
        return left(context, *self.bounds(context))


Period = Span | Quarter | YearOnly | MonthOnly | Season


def bounds(period: Period, context: Context) -> tuple[date, date]:
    """Return the first and last day of a period."""
    if isinstance(period, MonthOnly):
        start = period.start(context)
        return start, month_end(start)
    return period.bounds(context)


@dataclass(frozen=True, slots=True)
class Edge:
    """The start, middle or end of a period; `number` is the first day of a ten-day part (旬) or the half of a year."""

    which: str
    period: Period
    number: int = 0
    rolls: bool = False

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the day; one that has passed rolls to the next period unless the words say which."""
        found = self._of(context, self.period)
        last = found.last or found.first
        if self.rolls and last < context.today:
            found = self._of(context, self._following(context))
            last = found.last or found.first
        return left(context, found.first, last) if last > found.first else found

    def _following(self, context: Context) -> Period:
        period = self.period
        if isinstance(period, Span):
            return replace(period, count=period.count + 1)
        if isinstance(period, MonthOnly):
            return replace(period, year=period.start(context).year + 1)
        return period

    def _of(self, context: Context, period: Period) -> Days:
        start, end = bounds(period, context)
        week = isinstance(period, Span) and period.unit == "week"
        if self.which == "end":
            if week:
                friday = end - 2 * DAY
                return Days(end if friday < context.today <= end else friday)
            return Days(end)
        if self.which == "start":
            return Days(start)
        if self.which == "tenth":
            last = start + (self.number + 8) * DAY if self.number < 21 else end
            return Days(start + (self.number - 1) * DAY, last)
        if self.which == "halfstart":
            return self._half(start, end)
        if self.which == "late":
            return Days(max(start, end - 9 * DAY), end) if not week else Days(start + 3 * DAY, end - 2 * DAY)
        return Days(self._middle(start, end))

    def _half(self, start: date, end: date) -> Days:
        if (end - start).days < 7:
            half = start + 3 * DAY
        elif (end - start).days < 40:
            half = start + 15 * DAY
        else:
            half = add_months(start, 6)
        return Days(start, half - DAY) if self.number == 1 else Days(half, end)

    def _middle(self, start: date, end: date) -> date:
        days = (end - start).days
        if days < 7:
            return start + 2 * DAY
        if days < 40:
            return start + 14 * DAY
        if days < 100:
            return add_months(start, 1) + 14 * DAY
        return add_months(start, 6) - DAY


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th (or for -1 the last) weekday, day, working day or week of a period."""

    n: int
    what: str
    weekday: int = 0
    period: Period | None = None

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the day in the period; without one, or when it has passed, in the next month that has one to come."""
        if self.period is not None and not (isinstance(self.period, Span) and self.period.rolls):
            found = self._in(bounds(self.period, context))
            if found is not None and found.first < context.today and isinstance(self.period, MonthOnly | Quarter):
                following = replace(self.period, year=found.first.year + 1)
                return found if self.period.year is not None else self._in(bounds(following, context))
            return found
        unit = self.period.unit if isinstance(self.period, Span) else "month"
        for count in range(6):
            found = self._in(Span(unit, count).bounds(context))
            if found is not None and (
                found.first > context.today or (found.first == context.today and not passed(found.first))
            ):
                return found
        return None

    def _in(self, period: tuple[date, date]) -> Days | None:
        start, end = period
        if self.what == "weekday":
            return self._weekday(start, end)
        if self.what == "day":
            day = end + (self.n + 1) * DAY if self.n < 0 else start + (self.n - 1) * DAY
            return Days(day) if start <= day <= end else None
        if self.what == "workday":
            day = add_workdays(end + DAY, self.n) if self.n < 0 else add_workdays(start - DAY, self.n)
            return Days(day) if start <= day <= end else None
        first = monday(end) if self.n < 0 else coming(start, 0) + 7 * (self.n - 1) * DAY
        return Days(first, first + 6 * DAY)

    def _weekday(self, start: date, end: date) -> Days | None:
        if (end - start).days <= 31:
            day = nth_weekday(start.year, start.month, self.n, self.weekday)
            return Days(day) if day is not None and start <= day <= end else None
        day = end - timedelta(days=(end.weekday() - self.weekday) % 7) if self.n < 0 else coming(start, self.weekday)
        if self.n > 1:
            day += 7 * (self.n - 1) * DAY
        return Days(day) if start <= day <= end else None
