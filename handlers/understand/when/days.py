"""The ways to name a day, and which day each means now.

Each shape is what the words said, before the clock: "the 5th", "next Friday", "月底". `days(context, passed)` turns it
into dates. Built by `grammar.py`, joined and resolved by `reader.py`, read as a rhythm by `recurring.py`.

Conventions: weeks begin on Monday; 下周三 and "next Wednesday" are in the next such week; a bare weekday is the coming
one, not today unless a time of day that is still to come is said; a day that has passed rolls to its next occurrence;
a period (下周, next month) is its first day, and the present one is today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from handlers.understand.when import festivals
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


class Days(NamedTuple):
    """The day that is meant, the last day when it is a period, and other days it could be."""

    first: date
    last: date | None = None
    others: tuple[date, ...] = ()


# Whether the time of day that was said has passed on that day; None when no time of day was said.
Passed = Callable[[date], bool | None]


def never(_: date) -> bool | None:
    """Say that no time of day is known."""
    return None


@dataclass(frozen=True, slots=True)
class Offset:
    """Today, tomorrow, 后天; `until` when several days are named (明后天)."""

    days: int
    until: int | None = None

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the day so many days from today."""
        first = context.today + self.days * DAY
        return Days(first, None if self.until is None else context.today + self.until * DAY)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Weekdays, in the week so many from this one, or (None) the coming ones; `style` is zh, en, coming or after.

    `base` is a day whose week is meant instead of this one (两周后的周三). `span` is whether the days are the two ends
    of a stretch.
    """

    days: tuple[int, ...]
    week: int | None = None
    style: str = "zh"
    base: date | None = None
    span: bool = False

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the first of the days that is still to come, or that the words place."""
        today = context.today
        if self.base is not None:
            return self._rest(monday(self.base) + self.days[0] * DAY, ())
        if self.week is None or (self.week == 0 and self.style == "coming"):
            return self._coming(today, passed)
        day = monday(today, self.week) + self.days[0] * DAY
        if self.week == -1 and self.style == "en":
            recent = coming(today - 7 * DAY, self.days[0])
            return self._rest(recent, () if recent == day else (day,))
        if self.week == 0 and (day < today or (day == today and passed(day))):
            return self._rest(day + 7 * DAY, (day,))
        if self.week == 1 and self.style == "en":
            near = coming(today + DAY, self.days[0])
            return self._rest(day, () if near == day else (near,))
        return self._rest(day, ())

    def _coming(self, today: date, passed: Passed) -> Days:
        day = min((coming(today, each) for each in self.days), default=today) if not self.span else coming(today, self.days[0])
        if self.style == "after":
            return self._rest(coming(today + DAY, self.days[0]) + 7 * DAY, ())
        if day != today:
            return self._rest(day, ())
        over = passed(day)
        later = min(coming(today + DAY, each) for each in (self.days[:1] if self.span else self.days))
        if over is False and self.style != "coming":
            return self._rest(today, (later,))
        return self._rest(later, (today,) if over is None else ())

    def _rest(self, first: date, others: tuple[date, ...]) -> Days:
        if len(self.days) == 1:
            return Days(first, None, others)
        last = coming(first, self.days[-1])
        return Days(first, last if last != first else None, others)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend of the week so many from this one, or (None) the coming one."""

    week: int | None = None

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return Saturday to Sunday; on a Sunday the present weekend is that day."""
        start = monday(context.today, self.week or 0) + 5 * DAY
        if not self.week and start < context.today:
            return Days(context.today, None, (start + 7 * DAY,))
        return Days(start, start + DAY)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The 25th; `months` from this one when the words say which. `last` ends a stretch (3-5号)."""

    days: tuple[int, ...]
    months: int | None = None
    last: int | None = None

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the next such day that exists, or the one in the named month (its last when it is shorter)."""
        today = context.today
        if self.months is not None:
            start = add_months(today.replace(day=1), self.months)
            first = min(start + (self.days[0] - 1) * DAY, month_end(start))
            if self.months == 0 and first < today:
                return self._rest(self._next(today, passed), (first,))
            return self._rest(first, ())
        return self._rest(self._next(today, passed), ())

    def _next(self, today: date, passed: Passed) -> date:
        start = today.replace(day=1)
        for months in range(4):
            month = add_months(start, months)
            for number in sorted(self.days):
                day = month + (number - 1) * DAY
                if day.month == month.month and (day > today or (day == today and not passed(day))):
                    return day
        return today

    def _rest(self, first: date, others: tuple[date, ...]) -> Days:
        if self.last is None:
            return Days(first, None, others)
        last = min(first.replace(day=1) + (self.last - 1) * DAY, month_end(first))
        if self.last < first.day:
            last = min(add_months(first.replace(day=1), 1) + (self.last - 1) * DAY, month_end(add_months(first, 1)))
        return Days(first, last if last > first else None, others)


@dataclass(frozen=True, slots=True)
class WeekdayAndDay:
    """A weekday and a day of the month together (Friday the 13th)."""

    weekday: int
    day: int

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the next day that is both within a year; when there is none, the next such day of the month."""
        for months in range(13):
            month = add_months(context.today.replace(day=1), months)
            day = month + (self.day - 1) * DAY
            if day.month == month.month and day >= context.today and day.weekday() == self.weekday:
                return Days(day)
        return DayOfMonth((self.day,)).resolve(context, passed)


@dataclass(frozen=True, slots=True)
class WeekWith:
    """The week that a day is in ("the week of Dec 7")."""

    shape: Shape

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the days of that week that are left."""
        days = self.shape.resolve(context, never)
        if days is None:
            return None
        start = monday(days.first)
        return _left(context, start, start + 6 * DAY)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month, of the year when one was said; `swapped` when 3/12 could be the 3rd of December as well."""

    month: int
    day: int
    year: int | None = None
    last: int | None = None
    swapped: bool = False

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the next such day, or the one in the named year."""
        month, day = self.month, self.day
        if self.swapped and context.day_first:
            month, day = day, month
        first = self._on(context, month, day, passed)
        if first is None:
            return None
        others: tuple[date, ...] = ()
        other = self._on(context, day, month, passed) if self.swapped else None
        if other is not None and other != first:
            # With a year said, the order that is still to come is the one meant.
            first, other = (other, first) if first < context.today <= other else (first, other)
            others = (other,)
        if self.last is None:
            return Days(first, None, others)
        try:
            last = first.replace(day=self.last)
        except ValueError:
            return None
        return Days(first, last if last > first else None, others)

    def _on(self, context: Context, month: int, day: int, passed: Passed) -> date | None:
        today = context.today
        years = (self.year,) if self.year is not None else range(today.year, today.year + 9)
        for year in years:
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if self.year is not None or found > today or (found == today and not passed(found)):
                return found
        return None


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

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the month's days that are left; a month that has passed is next year's."""
        start = self.start(context)
        return _left(context, start, month_end(start))


def _left(context: Context, start: date, end: date) -> Days:
    """Return the days of a period from today on, when it is the present one."""
    if start <= context.today <= end:
        return Days(context.today, end if end > context.today else None)
    return Days(start, end)


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

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the days of the period that are left."""
        return _left(context, *self.bounds(context))


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

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the days of the quarter that are left."""
        return _left(context, *self.bounds(context))


@dataclass(frozen=True, slots=True)
class YearOnly:
    """A year by its number."""

    year: int

    def bounds(self, context: Context) -> tuple[date, date]:
        """Return its first and last day."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the days of the year that are left."""
        return _left(context, *self.bounds(context))


Period = Span | Quarter | YearOnly | MonthOnly


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

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the day; one that has passed rolls to the next period unless the words say which."""
        found = self._of(context, self.period)
        last = found.last or found.first
        if self.rolls and last < context.today:
            found = self._of(context, self._following(context))
            last = found.last or found.first
        return _left(context, found.first, last) if last > found.first else found

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
            if found is not None and (found.first > context.today or (found.first == context.today and not passed(found.first))):
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


@dataclass(frozen=True, slots=True)
class Festival:
    """A holiday by name, in the year when one was said; `which` -1 is the last one."""

    name: str
    year: int | None = None
    which: int = 0
    after: bool = False

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the next such day, or the working day after its holiday when `after`."""
        today = context.today
        if self.year is not None:
            day = festivals.on(self.name, self.year)
        elif self.which == -1:
            days = (festivals.on(self.name, today.year - back) for back in range(3))
            day = max((each for each in days if each is not None and each < today), default=None)
        else:
            day = festivals.coming(self.name, today)
        if day is None:
            return None
        return Days(festivals.back_at_work(self.name, day) if self.after else day)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the Chinese lunar calendar."""

    month: int
    day: int
    year: int | None = None

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the next such day, or the one in the lunar year named."""
        today = context.today
        if self.year is not None:
            day = festivals.lunar(self.year, self.month, self.day)
            return Days(day) if day is not None else None
        for year in range(today.year - 1, today.year + 2):
            day = festivals.lunar(year, self.month, self.day)
            if day is not None and day >= today:
                return Days(day)
        return None


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

    def resolve(self, context: Context, passed: Passed) -> Days | None:
        """Return the day, with the upper end of a spread among the others."""
        start = context.today
        if self.base is not None:
            based = self.base.resolve(context, never)
            if based is None:
                return None
            start = based.first
        first = self.length.from_day(start, self.sign)
        longer = self.length.longer()
        if longer is None:
            return Days(first)
        return Days(first, None, (longer.from_day(start, self.sign),))


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
    """Give the first end the year or month that was said at the second (Nov 18 - Jan 19, 2027; the 13th to 15th July)."""
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
    if isinstance(shape, MonthDay | MonthOnly | Festival | LunarDay | Quarter):
        return replace(shape, year=year) if shape.year is None else None
    if isinstance(shape, Edge):
        if isinstance(shape.period, MonthOnly | Quarter) and shape.period.year is None:
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


Shape = (
    Offset
    | Weekdays
    | Weekend
    | DayOfMonth
    | MonthDay
    | MonthOnly
    | Span
    | Quarter
    | YearOnly
    | Edge
    | Nth
    | Festival
    | LunarDay
    | Shifted
    | Between
    | InYear
    | WeekOf
    | WeekWith
    | WeekdayAndDay
)
