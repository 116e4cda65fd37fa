"""Days named by other days: three weeks after Christmas, 周三到周五, 明年3月5日, 两周后的周三, the week of Dec 7."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handlers.understand.when.calendar import (
    DAY,
    Context,
    add_months,
    add_workdays,
    coming,
    monday,
)
from handlers.understand.when.days import DayOfMonth, Festival, LunarDay, MonthDay, Weekdays
from handlers.understand.when.periods import Edge, MonthOnly, Nth, Quarter, Season, Span, YearOnly, left
from handlers.understand.when.shape import Days, Passed, Shape, never


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; `high` is how much longer its first unit can be (两三天 is 2, and 1 more)."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    workdays: int = 0
    more: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def of_hours(self) -> bool:
        """Tell whether the length is counted in hours or less, and so leads to a time of day."""
        return self.seconds != 0

    def longer(self) -> Length | None:
        """Return the upper end of a spread, None when there is none."""
        if not any(self.more):
            return None
        months, days, seconds, workdays = self.more
        return Length(self.months + months, self.days + days, self.seconds + seconds, self.workdays + workdays)

    def from_day(self, day: date, sign: int) -> date:
        """Return the day so long after (1) or before (-1) a day; seconds don't count."""
        moved = add_months(day, sign * self.months) + sign * self.days * DAY
        return add_workdays(moved, sign * self.workdays) if self.workdays else moved


@dataclass(frozen=True, slots=True)
class Shifted:
    """So long after or before a day, or today when none is said."""

    length: Length
    sign: int = 1
    base: Shape | None = None
    within: bool = False

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the day, with the upper end of a spread among the others."""
        start = context.today
        if self.base is not None:
            based = self.base.resolve(context, never)
            if based is None:
                return None
            start = based.first
        first = self.length.from_day(start, self.sign)
        if self.base is not None and self.sign < 0 and first < context.today <= start:
            # A week before a holiday that is nearer than a week: before the next one.
            after = self.base.resolve(replace(context, now=context.at(start + DAY, 0)), never)
            first = self.length.from_day(after.first, self.sign) if after is not None else first
        longer = self.length.longer()
        if longer is None:
            return Days(first)
        return Days(first, None, (longer.from_day(start, self.sign),))


@dataclass(frozen=True, slots=True)
class WeekdayBeside:
    """The weekday next after (1) or last before (-1) a day."""

    weekday: int
    base: Shape
    sign: int

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return that weekday."""
        based = self.base.resolve(context, never)
        if based is None:
            return None
        if self.sign > 0:
            return Days(coming(based.first + DAY, self.weekday))
        return Days(coming(based.first - 7 * DAY, self.weekday))


@dataclass(frozen=True, slots=True)
class Between:
    """From one day to another."""

    first: Shape
    last: Shape

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return both ends; the second is the first such day after the first."""
        first = _of_same_year(self.first, self.last).resolve(context, passed)
        if first is None:
            return None
        there = replace(context, now=context.at(first.first, 0))
        last = _anchored(self.last, self.first).resolve(there, never)
        if last is None:
            return None
        end = last.last or last.first
        return Days(first.first, end if end > first.first else None, first.others)


def _of_same_year(first: Shape, last: Shape) -> Shape:
    """Give the first end the year or month that the second has (Nov 18 - Jan 19, 2027; the 13th to 15th July)."""
    if isinstance(first, DayOfMonth) and isinstance(last, MonthDay) and first.months is None:
        return MonthDay(last.month, first.days[0], last.year)
    if not (isinstance(first, MonthDay | MonthOnly) and isinstance(last, MonthDay | MonthOnly)):
        return first
    if first.year is not None or last.year is None:
        return first
    return replace(first, year=last.year - (first.month > last.month))


def _anchored(last: Shape, first: Shape) -> Shape:
    if isinstance(last, Weekdays) and last.week is not None:
        return replace(last, week=None)
    if isinstance(last, DayOfMonth) and isinstance(first, MonthDay):
        return MonthDay(first.month, last.days[0], first.year)
    return last


def in_year(year: int, shape: Shape) -> Shape | None:
    """Return the day that `shape` names in a year; None when it has nothing to do with years."""
    if isinstance(shape, MonthDay | MonthOnly | Festival | LunarDay | Quarter | Season):
        return replace(shape, year=year) if shape.year is None else None
    if isinstance(shape, Edge):
        if isinstance(shape.period, MonthOnly | Quarter | Season) and shape.period.year is None:
            return replace(shape, period=replace(shape.period, year=year), rolls=False)
        if isinstance(shape.period, Span) and shape.period.unit == "year" and shape.rolls:
            return replace(shape, period=YearOnly(year), rolls=False)
    if isinstance(shape, Nth):
        if isinstance(shape.period, MonthOnly):
            return replace(shape, period=replace(shape.period, year=year))
        return replace(shape, period=YearOnly(year)) if shape.period is None else None
    return None


@dataclass(frozen=True, slots=True)
class InYear:
    """A day in the year so many from this one (明年3月5日)."""

    count: int
    shape: Shape

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the day in that year."""
        placed = in_year(context.today.year + self.count, self.shape)
        return placed.resolve(context, passed) if placed is not None else None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """A weekday in the week that a length leads to (两周后的周三)."""

    length: Shifted
    days: Weekdays

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the weekday of that week."""
        based = self.length.resolve(context, never)
        return replace(self.days, base=based.first).resolve(context, passed) if based is not None else None


@dataclass(frozen=True, slots=True)
class WeekWith:
    """The week that a day is in ("the week of Dec 7")."""

    shape: Shape

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
        """Return the days of that week that are left."""
        days = self.shape.resolve(context, never)
        if days is None:
            return None
        start = monday(days.first)
        return left(context, start, start + 6 * DAY)
