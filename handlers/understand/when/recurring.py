"""What recurs: from words to an RRULE (RFC 5545, section 3.3.10) and its first occurrence.

Built by `rules_recurring.py`, joined and resolved by `phrase.py` and `reader.py`.

Conventions: 每隔两天 is every third day (the other reading is kept); the 31st of every month is its last day, the 29th
and 30th are the last day of a shorter one; a quarter is three months from the first occurrence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from handlers.understand.when import festivals
from handlers.understand.when.calendar import DAY, Context, add_months
from handlers.understand.when.days import DayOfMonth, Festival, MonthDay, Weekdays, Weekend
from handlers.understand.when.periods import Edge, MonthOnly, Nth, Season, Span
from handlers.understand.when.shape import Shape
from store.rules.recurrence import next_after

BYDAY: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Every:
    """A rhythm as it was said; `freq` is empty when only "every" and a day were.

    days are weekdays (0 is Monday), `nth` which of them in the month (-1 the last), `more` which others; month_days
    count from the end when they are negative; `last_of` is "workday" when `nth` counts working days, "quarter" when
    the rhythm is held to the quarters of the year; `other` is the other interval that the words can mean; `part` the
    part of the day; `but` when the days are those left of "every day except".
    """

    freq: str = ""
    interval: int = 1
    days: tuple[int, ...] = ()
    nth: int = 0
    more: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    month: int = 0
    last_of: str = ""
    other: int = 0
    part: str = ""
    until: date | None = None
    but: bool = False

    def rule(self, seconds: int | None) -> str:
        """Return the RRULE, with the time of day (seconds after midnight, None for none) as BYHOUR and BYMINUTE."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}T235959")
        if self.month:
            parts.append(f"BYMONTH={self.month}")
        setpos = 0
        month_days = self.month_days
        if len(month_days) == 1 and month_days[0] > 28 and not self.month:
            # A day that short months lack is their last one.
            month_days, setpos = ((-1,), 0) if month_days[0] == 31 else (tuple(range(28, month_days[0] + 1)), -1)
        if month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, month_days)))
        if self.days:
            ordinals = [""] if self.last_of or not self.nth else [str(n) for n in (self.nth, *self.more)]
            parts.append("BYDAY=" + ",".join(ordinal + BYDAY[day] for ordinal in ordinals for day in self.days))
            setpos = self.nth if self.last_of else setpos
        if seconds is not None and self.freq not in ("HOURLY", "MINUTELY"):
            parts += [f"BYHOUR={seconds // 3600}", f"BYMINUTE={seconds // 60 % 60}"]
        if setpos:
            parts.append(f"BYSETPOS={setpos}")
        return ";".join(parts)

    @property
    def anchored(self) -> bool:
        """Tell whether the rule itself says on which days it falls."""
        return bool(self.days or self.month_days or self.month)


def joined(every: Every, shape: Shape) -> Every | None:
    """Return the rhythm that falls on the days of a shape; None when the two make no rhythm."""
    if isinstance(shape, Weekdays):
        if shape.week == -1 and every.freq == "MONTHLY":
            # the last Friday of every month
            return replace(every, nth=-1, days=shape.days)
        if every.freq == "MONTHLY" and shape.week is None and not every.days:
            # monthly on Friday
            return replace(every, nth=1, days=shape.days)
        return (
            replace(every, freq="WEEKLY", days=tuple(sorted(shape.days)))
            if every.freq in ("", "WEEKLY", "DAILY")
            else None
        )
    if isinstance(shape, Weekend):
        return replace(every, freq="WEEKLY", days=(5, 6))
    if isinstance(shape, DayOfMonth) and every.freq in ("", "MONTHLY", "DAILY"):
        return replace(every, freq="MONTHLY", month_days=shape.days)
    if isinstance(shape, MonthDay) and every.freq in ("", "YEARLY"):
        return replace(every, freq="YEARLY", month=shape.month, month_days=(shape.day,))
    if isinstance(shape, MonthOnly) and every.freq in ("", "YEARLY"):
        return replace(every, freq="YEARLY", month=shape.month)
    if isinstance(shape, MonthOnly) and every.freq == "MONTHLY" and every.anchored and every.interval == 1:
        # every fourth Thursday in November, every 4th of July
        return replace(every, freq="YEARLY", month=shape.month)
    if isinstance(shape, Span) and (shape.unit, shape.count, shape.rolls) == ("month", 0, True):
        return _of_the_month(every)
    if isinstance(shape, Season) and every.freq in ("", "YEARLY"):
        return replace(every, freq="YEARLY", month=shape.month)
    if isinstance(shape, Nth):
        return _joined_nth(every, shape)
    if isinstance(shape, Edge):
        return _joined_edge(every, shape)
    if isinstance(shape, Festival):
        rule = festivals.yearly(shape.name)
        if rule is None:
            return None
        month, day, weekday = rule
        if weekday:
            return replace(every, freq="YEARLY", month=month, nth=int(weekday[:-2]), days=(BYDAY.index(weekday[-2:]),))
        return replace(every, freq="YEARLY", month=month, month_days=(day,))
    return None


def _of_the_month(every: Every) -> Every | None:
    """Return the rhythm that "every second Friday" is when "of the month" follows."""
    if every.freq == "MONTHLY" and every.anchored:
        return every
    if every.freq == "WEEKLY" and every.days and 1 < every.interval < 6:
        return replace(every, freq="MONTHLY", interval=1, nth=every.interval)
    return None


def _joined_nth(every: Every, shape: Nth) -> Every | None:
    freq, month = every.freq or "MONTHLY", every.month
    if isinstance(shape.period, MonthOnly):
        freq, month = "YEARLY", shape.period.month
    if freq == "WEEKLY":
        return None
    if shape.what == "weekday":
        return replace(every, freq=freq, month=month, nth=shape.n, days=(shape.weekday,))
    if shape.what == "day":
        if freq == "YEARLY" and not month:
            month = 1 if shape.n > 0 else 12
        quarterly = "quarter" if freq == "MONTHLY" and every.interval == 3 else ""
        return replace(every, freq=freq, month=month, month_days=(shape.n,), last_of=quarterly)
    if shape.what == "workday":
        return replace(every, freq=freq, month=month, nth=shape.n, days=WORKDAYS, last_of="workday")
    return None


def _joined_edge(every: Every, shape: Edge) -> Every | None:
    unit = shape.period.unit if isinstance(shape.period, Span) else "month"
    which = shape.which
    if unit == "week":
        day = {"end": 4, "late": 3, "start": 0, "middle": 2}.get(which)
        return replace(every, freq="WEEKLY", days=(day,)) if day is not None else None
    day = {"end": -1, "late": -1, "start": 1, "middle": 15, "tenth": shape.number}.get(which)
    if day is None:
        return None
    if unit == "month":
        month = shape.period.month if isinstance(shape.period, MonthOnly) else 0
        return replace(every, freq="YEARLY" if month else "MONTHLY", month=month, month_days=(day,))
    if unit == "quarter":
        return replace(every, freq="MONTHLY", interval=3, month_days=(day,), last_of="quarter")
    month, day = {"end": (12, 31), "late": (12, 31), "start": (1, 1), "middle": (6, 30)}.get(which, (1, 1))
    return replace(every, freq="YEARLY", interval=every.interval, month=month, month_days=(day,))


_STEPS: Final = {"DAILY": 1, "WEEKLY": 7}


def first_occurrence(every: Every, seconds: int | None, start: date | None, context: Context) -> date | datetime | None:
    """Return the first occurrence from now, or from `start`: a moment when a time of day was said, else a day."""
    now = context.now.replace(tzinfo=None)
    today = context.today
    if every.freq in ("HOURLY", "MINUTELY"):
        length = timedelta(hours=every.interval) if every.freq == "HOURLY" else timedelta(minutes=every.interval)
        moment = context.now.astimezone(context.zone) + length if start is None else context.at(start, seconds or 0)
        return _elapsed(context, length) if start is None else moment
    clock = time(seconds // 3600 % 24, seconds // 60 % 60) if seconds is not None else time()
    begin = start or today
    if (
        not every.anchored
        and start is None
        and (seconds is None or datetime.combine(today, clock) <= now or every.interval > 1)
    ):
        begin = today + DAY if seconds is not None and every.freq == "DAILY" else _step(today, every)
    if every.month and not every.month_days and not every.days:
        begin = _month_begin(begin, every.month)
    if every.last_of == "quarter":
        begin = _quarter_month(begin, every.month_days[0])
    after = context.now if seconds is not None else context.at(today + DAY, -1)
    if start is not None and start > today:
        after = context.at(start, 0) - timedelta(seconds=1)
    # The first time is the soonest that fits; the interval is counted from there.
    interval = every.interval if not every.anchored or every.last_of == "quarter" else 1
    rule = replace(every, interval=interval, until=None).rule(seconds)
    found = next_after(rule, datetime.combine(begin, clock), context.zone, after)
    if found is None:
        return None
    local = found.astimezone(context.zone)
    return local if seconds is not None else local.date()


def _elapsed(context: Context, length: timedelta) -> datetime:

    moment = context.now.astimezone(UTC) + length
    return moment.replace(microsecond=0).astimezone(context.zone)


def _step(day: date, every: Every) -> date:
    days = _STEPS.get(every.freq)
    if days is not None:
        return day + timedelta(days=days * every.interval)
    return add_months(day, every.interval * (12 if every.freq == "YEARLY" else 1))


def _month_begin(day: date, month: int) -> date:
    """Return the first day of the next such month on or after a day."""
    return date(day.year + ((month, 1) < (day.month, day.day)), month, 1)


def _quarter_month(day: date, month_day: int) -> date:
    """Return a day in the month of the quarter in which a rule of quarters falls."""
    month = (day.month - 1) // 3 * 3 + (3 if month_day < 0 else 2 if month_day == 15 else 1)
    return date(day.year, month, 1)
