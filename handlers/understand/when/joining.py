"""What two names of a day say together: 下个月 and 1号, Monday and next week, 12月3日 and (周四)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.understand.when.days import DayOfMonth, Festival, LunarDay, MonthDay, Offset, Weekdays, Weekend
from handlers.understand.when.periods import Edge, MonthOnly, Nth, Span, YearOnly
from handlers.understand.when.relative import InYear, Length, Shifted, WeekOf, in_year
from handlers.understand.when.shape import Shape


def joined(one: Shape, two: Shape) -> Shape | None:
    """Return what two names of days say together; None when they are two different days."""
    for first, second in ((one, two), (two, one)):
        joined = _narrowed(first, second)
        if joined is not None:
            return joined
    return None


def _narrowed(wide: Shape, narrow: Shape) -> Shape | None:
    """Return the day that `narrow` names within or beside `wide`."""
    if isinstance(wide, Span):
        return _in_span(wide, narrow)
    if isinstance(wide, YearOnly):
        return in_year(wide.year, narrow)
    if (
        isinstance(wide, Span | MonthOnly | YearOnly)
        and isinstance(narrow, Span)
        and (narrow.unit, narrow.count) == ("week", -1)
    ):
        # the last week of December
        return Nth(-1, "week", 0, wide)
    if isinstance(wide, InYear):
        inner = _narrowed(wide.shape, narrow)
        return InYear(wide.count, inner) if inner is not None else None
    if isinstance(wide, MonthOnly):
        if isinstance(narrow, DayOfMonth):
            return MonthDay(wide.month, narrow.days[0], wide.year, narrow.last)
        if isinstance(narrow, Nth) and narrow.period is None:
            return replace(narrow, period=wide)
        if isinstance(narrow, Weekdays) and narrow.week == -1 and len(narrow.days) == 1:
            return Nth(-1, "weekday", narrow.days[0], wide)
        if isinstance(narrow, Weekend) and narrow.week == -1:
            return Nth(-1, "weekday", 5, wide)
        if isinstance(narrow, Edge) and isinstance(narrow.period, Span) and narrow.period.unit == "month":
            return replace(narrow, period=wide)
    if isinstance(wide, Shifted) and wide.base is None:
        return _beside_length(wide, narrow)
    if isinstance(wide, Weekend) and wide.week is None and isinstance(narrow, MonthDay | Festival):
        return narrow
    # A weekday said beside a date only confirms it.
    if isinstance(wide, Weekdays) and isinstance(narrow, MonthDay | Offset | Festival | LunarDay):
        return narrow
    if isinstance(wide, Weekdays) and isinstance(narrow, DayOfMonth) and len(narrow.days) == 1:
        return narrow if wide.week is None else wide
    if isinstance(wide, Offset) and isinstance(narrow, MonthDay | Festival):
        return narrow
    return None


_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def _in_span(span: Span, narrow: Shape) -> Shape | None:
    if isinstance(narrow, Offset) and not narrow.days and narrow.until is None and span.count:
        # 明年的今天
        return Shifted(
            Length(days=7 * span.count) if span.unit == "week" else Length(months=_MONTHS[span.unit] * span.count)
        )
    if span.unit == "week":
        if isinstance(narrow, Weekdays) and narrow.week is None:
            return replace(narrow, week=span.count, style="zh")
        if isinstance(narrow, Weekend):
            return Weekend(span.count)
    elif span.unit == "month":
        if isinstance(narrow, DayOfMonth) and narrow.months is None:
            return replace(narrow, months=span.count)
        if isinstance(narrow, Weekdays) and narrow.week == -1 and len(narrow.days) == 1:
            return Nth(-1, "weekday", narrow.days[0], span)
    elif span.unit == "year":
        return _relative_year(span, narrow)
    if isinstance(narrow, Nth) and narrow.period is None:
        return replace(narrow, period=span)
    if isinstance(narrow, Edge) and isinstance(narrow.period, Span) and narrow.period.unit == span.unit:
        return replace(narrow, period=span, rolls=False) if narrow.rolls else None
    return None


def _relative_year(span: Span, narrow: Shape) -> Shape | None:
    """Keep the year relative until the day is resolved; whether the two go together doesn't depend on which year."""
    return InYear(span.count, narrow) if in_year(2000, narrow) is not None else None


def _beside_length(length: Shifted, narrow: Shape) -> Shape | None:
    """Read 两周后的周三 and 两个月后的5号."""
    if isinstance(narrow, Weekdays) and narrow.week is None and length.length.days:
        return WeekOf(length, narrow)
    if isinstance(narrow, DayOfMonth) and length.length.months and narrow.months is None:
        return DayOfMonth(narrow.days, length.sign * length.length.months, narrow.last)
    return None
