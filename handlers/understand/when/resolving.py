"""What a phrase means now: its day and time, with the other days and times it could be, or its rhythm.

Called by `reader.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.understand.when.calendar import DAY, Context
from handlers.understand.when.clock import DAY_SECONDS, HOUR, PARTS, readings, waking
from handlers.understand.when.days import Festival, Weekdays
from handlers.understand.when.periods import Span
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.recurring import Every, first_occurrence, joined
from handlers.understand.when.relative import Between, Length, Shifted
from handlers.understand.when.shape import Passed, Shape, never


def _passed(context: Context, times: tuple[int, ...], part: str) -> Passed:
    """Return the test whether what was said of the time of day is over on a day."""
    if times:
        return lambda day: context.over(context.at(day, times[0]))
    if part:
        ends = int(PARTS[part].ends * HOUR)
        return lambda day: day < context.today or context.over(context.at(day, ends))
    return never


@dataclass(frozen=True, slots=True)
class Told:
    """A resolved value with what else it could be."""

    value: date | datetime
    until: date | datetime | None = None
    others: tuple[date | datetime, ...] = ()


def resolve(phrase: Phrase, context: Context) -> Told | None:
    """Return the day or time that a phrase means, None when there is no such day."""
    told = _resolve(phrase, context)
    if told is None or not phrase.offset or not isinstance(told.value, datetime):
        return told
    if phrase.shape is None and context.over(context.later(told.value, phrase.offset)):
        # An hour before noon, said at half past eleven, is tomorrow's.
        told = _resolve(phrase, replace(context, now=told.value)) or told

    def moved(value: date | datetime) -> date | datetime:
        return context.later(value, phrase.offset) if isinstance(value, datetime) else value

    return Told(moved(told.value), None, tuple(moved(other) for other in told.others))


def _resolve(phrase: Phrase, context: Context) -> Told | None:
    if phrase.now:
        return Told(context.now.replace(second=0, microsecond=0))
    if phrase.ago is not None:
        return _from_now(phrase, context)
    if phrase.clock is None:
        return _day(phrase, context)
    if phrase.zone:
        return _elsewhere(phrase, context)
    times = readings(phrase.clock, phrase.part)
    if phrase.clock.named == "now":
        times = (context.now.hour * HOUR + context.now.minute * 60,)
        phrase = replace(phrase, shape=_same_day(phrase.shape))
    if phrase.shape is None:
        return _time_alone(phrase, times, context)
    return _day_and_time(phrase, times, context)


def _same_day(shape: Shape | None) -> Shape | None:
    """Return the day that "same time next week" means: today's weekday, or its day of the month."""
    if not isinstance(shape, Span):
        return shape
    return Shifted(
        Length(days=7 * shape.count) if shape.unit == "week" else Length(months=_MONTHS[shape.unit] * shape.count)
    )


_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def _elsewhere(phrase: Phrase, context: Context) -> Told | None:
    """Resolve a time that was said in another zone, and tell it on the person's own clock."""
    zone = ZoneInfo(phrase.zone)
    told = _resolve(replace(phrase, zone=""), Context(context.now.astimezone(zone), zone))
    if told is None:
        return None

    def here(value: date | datetime) -> date | datetime:
        return value.astimezone(context.zone) if isinstance(value, datetime) else value

    until = here(told.until) if told.until is not None else None
    return Told(here(told.value), until, tuple(here(other) for other in told.others))


def _from_now(phrase: Phrase, context: Context) -> Told | None:
    if phrase.ago is None:
        return None
    length, sign = phrase.ago.length, phrase.ago.sign
    moment = context.since(length.from_day(context.today, sign), sign * length.seconds)
    moment = moment.replace(second=0, microsecond=0) if length.seconds % 60 == 0 else moment.replace(microsecond=0)
    longer = length.longer()
    others = (moment + timedelta(seconds=longer.seconds - length.seconds),) if longer is not None else ()
    return Told(moment, None, others)


def _day(phrase: Phrase, context: Context) -> Told | None:
    part = phrase.part
    if phrase.shape is None:
        return _part_alone(phrase, context)
    days = phrase.shape.resolve(context, _passed(context, (), part))
    if days is None:
        return None
    if part in ("noon", "midnight"):
        seconds = int(PARTS[part].usual * HOUR)
        return Told(context.at(days.first, seconds), None, tuple(context.at(day, seconds) for day in days.others))
    first, others = days.first, days.others
    if phrase.after:
        first = days.last or first
        first, others = _after(phrase.shape, first, context), (first,)
    elif phrase.deadline and isinstance(phrase.shape, Festival):
        first, others = first - DAY, (first,)
    last = days.last if not phrase.after and days.last is not None and days.last > first else None
    return Told(first, last, others)


def _after(shape: Shape, day: date, context: Context) -> date:
    if isinstance(shape, Festival):
        after = replace(shape, after=True).resolve(context, never)
        return after.first if after is not None else day + DAY
    return day + DAY


def _part_alone(phrase: Phrase, context: Context) -> Told | None:
    part = phrase.part
    if part in ("noon", "midnight"):
        return _time_alone(phrase, (int(PARTS[part].usual * HOUR),), context)
    # Who says "in the morning" at ten means tomorrow's.
    ends = PARTS[part].usual if part == "morning" else PARTS[part].ends
    over = context.over(context.at(context.today, int(ends * HOUR)))
    return Told(context.today + (DAY if over else timedelta()))


def _time_alone(phrase: Phrase, times: tuple[int, ...], context: Context) -> Told:
    """Resolve a time without a day to its next occurrence, awake ones first."""
    clock = phrase.clock
    moments: list[datetime] = []
    for seconds in times:
        day = context.today - (DAY if seconds >= DAY_SECONDS else timedelta())
        while context.over(context.at(day, seconds)):
            day += DAY
        moments.append(context.at(day, seconds))
    ordered = sorted(moments)
    if clock is not None and (clock.written or phrase.until) and len(moments) > 1 and waking(times[0]):
        ordered = [moments[0], *(moment for moment in ordered if moment != moments[0])]
    else:
        awake = [moment for moment in ordered if waking(_of_day(moment))]
        ordered = awake + [moment for moment in ordered if moment not in awake]
    others = ordered[1:]
    if clock is not None and clock.high:
        others.append(ordered[0] + timedelta(seconds=clock.high - clock.hour * HOUR))
    return Told(ordered[0], _end(phrase, ordered[0], context), tuple(others))


def _of_day(moment: datetime) -> int:
    return moment.hour * HOUR + moment.minute * 60


def _end(phrase: Phrase, start: datetime, context: Context) -> datetime | None:
    """Return the end of a stretch of hours: the first reading of its clock after the start."""
    if phrase.until is None:
        return None
    if phrase.until_day is not None:
        days = phrase.until_day.resolve(context, never)
        return context.at(days.first, readings(phrase.until, phrase.until_part)[0]) if days is not None else None
    times = readings(phrase.until, phrase.until_part)
    open_ended = not (phrase.until.settled or phrase.until.meridiem or phrase.until_part)
    for seconds in sorted(times):
        for extra in (0, 12 * HOUR, DAY_SECONDS) if open_ended else (0, DAY_SECONDS):
            end = context.at(start.date(), seconds + extra)
            if end > start:
                return end
    return None


def _day_and_time(phrase: Phrase, times: tuple[int, ...], context: Context) -> Told | None:
    if phrase.shape is None:
        return None
    days = phrase.shape.resolve(context, _passed(context, times, ""))
    if days is None:
        return None
    moments = [context.at(days.first, seconds) for seconds in times]
    first = moments[0]
    if days.first == context.today and len(moments) > 1:
        ahead = sorted(moment for moment in moments if not context.over(moment))
        awake = [moment for moment in ahead if waking(_of_day(moment))]
        first = (awake or ahead or moments)[0]
    others = [moment for moment in moments if moment != first]
    if phrase.clock is not None and phrase.clock.named == "midnight" and days.first > context.today:
        others.append(context.at(days.first, 0))
    others += [context.at(day, times[0]) for day in days.others]
    others.sort(key=context.over)
    until: date | datetime | None = _end(phrase, first, context)
    if until is None and days.last is not None and days.last > days.first:
        until = context.at(days.last, times[0])
    return Told(first, until, tuple(others))


def _rhythm(phrase: Phrase) -> Every | None:
    every = phrase.every
    if every is None:
        return None
    if phrase.shape is not None:
        every = _with_day(every, phrase.shape)
    return every if every is not None and every.freq else None


def _with_day(every: Every, shape: Shape) -> Every | None:
    if isinstance(shape, Between) and isinstance(shape.first, Weekdays) and isinstance(shape.last, Weekdays):
        start, end = shape.first.days[0], shape.last.days[0]
        shape = Weekdays(tuple(day % 7 for day in range(start, end + (1 if end >= start else 8))))
    if isinstance(shape, Between):
        return joined(every, shape.first)
    return joined(every, shape)


def recurring(phrase: Phrase, context: Context) -> tuple[date | datetime, str, tuple[str, ...]] | None:
    """Return the first occurrence of a phrase\'s rhythm, its RRULE, and the other RRULEs it could be; None for none."""
    every = _rhythm(phrase)
    if every is None:
        return None
    seconds: int | None = None
    part = phrase.part
    if phrase.clock is not None:
        seconds = readings(phrase.clock, part)[0]
    elif part in ("noon", "midnight"):
        seconds = int(PARTS[part].usual * HOUR)
    start = None
    if phrase.starts is not None:
        days = phrase.starts.resolve(context, never)
        start = days.first if days is not None else None
    if phrase.ends is not None:
        ends = phrase.ends.resolve(context, never)
        every = replace(every, until=ends.first if ends is not None else None)
    if seconds is not None:
        seconds %= DAY_SECONDS
    value = first_occurrence(every, seconds, start, context)
    if value is None:
        return None
    others = (replace(every, interval=every.other, other=0).rule(seconds),) if every.other else ()
    return value, every.rule(seconds), others
