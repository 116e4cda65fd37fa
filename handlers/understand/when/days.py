"""Single days: tomorrow, Friday, the 25th, 12月3日, 中秋, 正月十五.

Each shape is what the words said; `resolve` turns it into dates. Built by the rules, joined by `joining.py`, resolved
by `resolving.py`, read as a rhythm by `recurring.py`.

Conventions: weeks begin on Monday; 下周三 and "next Wednesday" are in the next such week; a bare weekday is the coming
one, not today unless a time of day that is still to come is said; a day that has passed rolls to its next occurrence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.understand.when import festivals
from handlers.understand.when.calendar import (
    DAY,
    Context,
    add_months,
    coming,
    monday,
    month_end,
)
from handlers.understand.when.shape import Days, Passed


@dataclass(frozen=True, slots=True)
class Offset:
    """Today, tomorrow, 后天; `until` when several days are named (明后天)."""

    days: int
    until: int | None = None

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
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
        day = (
            min((coming(today, each) for each in self.days), default=today)
            if not self.span
            else coming(today, self.days[0])
        )
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
        if not self.span:
            rest = sorted(coming(first, day) for day in self.days if day != first.weekday())
            return Days(first, None, (*rest, *others))
        last = coming(first, self.days[-1])
        return Days(first, last if last != first else None, others)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend of the week so many from this one, or (None) the coming one."""

    week: int | None = None

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
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
class Festival:
    """A holiday by name, in the year when one was said; `which` -1 is the last one."""

    name: str
    year: int | None = None
    which: int = 0
    after: bool = False

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
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

    def resolve(self, context: Context, _passed: Passed) -> Days | None:
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
