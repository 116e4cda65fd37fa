"""From phrases to moments: which day and time each phrase means now, and which of several is meant.

`read` and `read_all` are what the package offers; `__init__.py` documents them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from handlers.understand.when.calendar import DAY, Context
from handlers.understand.when.clock import DAY_SECONDS, HOUR, PARTS, Clock, readings, waking
from handlers.understand.when.days import (
    Between,
    Days,
    Edge,
    Festival,
    Offset,
    Passed,
    Shape,
    Shifted,
    Span,
    Weekdays,
    never,
)
from handlers.understand.when.guards import refused
from handlers.understand.when.phrase import Phrase, phrases
from handlers.understand.when.recurring import Every, first_occurrence, joined
from handlers.understand.when.tokens import Tokens, scan

Kind = Literal["date", "datetime", "recur"]
_MOST_OTHERS: Final = 4
_USUAL_HOUR: Final = 9
_LONGEST_TEXT: Final = 4096


@dataclass(frozen=True, slots=True)
class When:
    """What a text says about time; `handlers.understand.when` explains the fields."""

    kind: Kind
    value: date | datetime
    span: tuple[int, int]
    pieces: tuple[tuple[int, int], ...]
    rrule: str | None = None
    until: date | datetime | None = None
    others: tuple[date | datetime | str, ...] = ()
    has_time: bool = False
    part: str | None = None
    deadline: bool = False
    past: bool = False

    def moment(self, zone: ZoneInfo) -> datetime:
        """Return when to ring: the value, or the usual hour of the part of its day (9:00 without one), as an aware time."""
        if isinstance(self.value, datetime):
            return self.value
        usual = PARTS[self.part].usual if self.part else _USUAL_HOUR
        return Context(datetime.now(zone), zone).at(self.value, int(usual * HOUR))


def _seconds_between(context: Context, day: date, seconds: int) -> bool:
    """Tell whether a time of a day is over."""
    return context.at(day, seconds) <= context.now


def _passed(context: Context, times: tuple[int, ...], part: str) -> Passed:
    """Return the test whether what was said of the time of day is over on a day."""
    if times:
        return lambda day: _seconds_between(context, day, times[0])
    if part:
        ends = int(PARTS[part].ends * HOUR)
        return lambda day: day < context.today or _seconds_between(context, day, ends)
    return never


@dataclass(frozen=True, slots=True)
class _Told:
    """A resolved value with what else it could be."""

    value: date | datetime
    until: date | datetime | None = None
    others: tuple[date | datetime, ...] = ()


def _resolve(phrase: Phrase, context: Context) -> _Told | None:
    if phrase.now:
        return _Told(context.now.replace(second=0, microsecond=0))
    if phrase.ago is not None:
        return _from_now(phrase, context)
    if phrase.clock is None:
        return _day(phrase, context)
    if phrase.zone:
        return _elsewhere(phrase, context)
    times = readings(phrase.clock, phrase.part)
    if phrase.shape is None:
        return _time_alone(phrase, times, context)
    return _day_and_time(phrase, times, context)


def _elsewhere(phrase: Phrase, context: Context) -> _Told | None:
    """Resolve a time that was said in another zone, and tell it on the person's own clock."""
    zone = ZoneInfo(phrase.zone)
    told = _resolve(replace(phrase, zone=""), Context(context.now.astimezone(zone), zone))
    if told is None:
        return None

    def here(value: date | datetime) -> date | datetime:
        return value.astimezone(context.zone) if isinstance(value, datetime) else value

    until = here(told.until) if told.until is not None else None
    return _Told(here(told.value), until, tuple(here(other) for other in told.others))


def _from_now(phrase: Phrase, context: Context) -> _Told | None:
    if phrase.ago is None:
        return None
    length, sign = phrase.ago.length, phrase.ago.sign
    day = length.from_day(context.today, sign)
    wall = datetime.combine(day, context.now.time(), context.zone)
    moment = (context.instant(wall) + sign * timedelta(seconds=length.seconds)).astimezone(context.zone)
    if length.seconds % 60 == 0:
        moment = moment.replace(second=0, microsecond=0)
    else:
        moment = moment.replace(microsecond=0)
    longer = length.longer()
    others = (moment + timedelta(seconds=longer.seconds - length.seconds),) if longer is not None else ()
    return _Told(moment, None, others)


def _day(phrase: Phrase, context: Context) -> _Told | None:
    part = phrase.part
    if phrase.shape is None:
        return _part_alone(phrase, context)
    days = phrase.shape.resolve(context, _passed(context, (), part))
    if days is None:
        return None
    if part == "noon" or part == "midnight":
        seconds = int(PARTS[part].usual * HOUR)
        return _Told(context.at(days.first, seconds), None, tuple(context.at(day, seconds) for day in days.others))
    first, others = days.first, days.others
    if phrase.after:
        first = days.last or first
        first, others = _after(phrase.shape, first, context), (first,)
    elif phrase.deadline and isinstance(phrase.shape, Festival):
        first, others = first - DAY, (first,)
    last = days.last if not phrase.after and days.last is not None and days.last > first else None
    return _Told(first, last, others)


def _after(shape: Shape, day: date, context: Context) -> date:
    if isinstance(shape, Festival):
        after = replace(shape, after=True).resolve(context, never)
        return after.first if after is not None else day + DAY
    return day + DAY


def _part_alone(phrase: Phrase, context: Context) -> _Told | None:
    part = phrase.part
    if part in ("noon", "midnight"):
        return _time_alone(phrase, (int(PARTS[part].usual * HOUR),), context)
    over = _seconds_between(context, context.today, int(PARTS[part].ends * HOUR))
    return _Told(context.today + (DAY if over else timedelta()))


def _time_alone(phrase: Phrase, times: tuple[int, ...], context: Context) -> _Told:
    """Resolve a time without a day to its next occurrence, awake ones first."""
    clock = phrase.clock
    moments: list[datetime] = []
    for seconds in times:
        day = context.today - (DAY if seconds >= DAY_SECONDS else timedelta())
        while context.at(day, seconds) <= context.now:
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
    return _Told(ordered[0], _end(phrase, ordered[0], context), tuple(others))


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


def _day_and_time(phrase: Phrase, times: tuple[int, ...], context: Context) -> _Told | None:
    if phrase.shape is None:
        return None
    days = phrase.shape.resolve(context, _passed(context, times, ""))
    if days is None:
        return None
    moments = [context.at(days.first, seconds) for seconds in times]
    first = moments[0]
    if days.first == context.today and len(moments) > 1:
        ahead = sorted(moment for moment in moments if moment > context.now)
        awake = [moment for moment in ahead if waking(_of_day(moment))]
        first = (awake or ahead or moments)[0]
    others = [moment for moment in moments if moment != first]
    if phrase.clock is not None and phrase.clock.named == "midnight":
        others.append(context.at(days.first, 0))
    others += [context.at(day, times[0]) for day in days.others]
    if first <= context.now:
        others = [moment for moment in others if moment > context.now] + [m for m in others if m <= context.now]
    until: date | datetime | None = _end(phrase, first, context)
    if until is None and days.last is not None and days.last > days.first:
        until = context.at(days.last, times[0])
    return _Told(first, until, tuple(others))


# --- rhythms ----------------------------------------------------------------------------------------------------------


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


def _recurring(phrase: Phrase, context: Context) -> tuple[date | datetime, str, tuple[str, ...]] | None:
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


# --- whole texts ------------------------------------------------------------------------------------------------------


def _when(phrase: Phrase, tokens: Tokens, context: Context) -> When | None:
    span = tokens.items[phrase.first].start, tokens.items[phrase.last - 1].end
    part = phrase.part or None
    if phrase.every is not None:
        found = _recurring(phrase, context)
        if found is not None:
            value, rule, readings_ = found
            timed = isinstance(value, datetime)
            return When("recur", value, span, (span,), rule, None, readings_, timed, part, False, False)
        if phrase.shape is None:
            return None
    told = _resolve(phrase, context)
    if told is None:
        return None
    timed = isinstance(told.value, datetime)
    past = told.value < context.now if isinstance(told.value, datetime) else told.value < context.today
    others = tuple(dict.fromkeys(other for other in told.others if other != told.value))[:_MOST_OTHERS]
    kind: Kind = "datetime" if timed else "date"
    return When(kind, told.value, span, (span,), None, told.until, others, timed, part, phrase.deadline, past)


def _context(now: datetime, zone: ZoneInfo) -> Context:
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    return Context(now.astimezone(zone), zone)


def _candidates(text: str, context: Context) -> tuple[Tokens, list[tuple[Phrase, When]]]:
    tokens = scan(text[:_LONGEST_TEXT])
    found: list[tuple[Phrase, When]] = []
    for phrase in phrases(tokens):
        if refused(phrase, tokens, text):
            continue
        try:
            when = _when(phrase, tokens, context)
        except (OverflowError, ValueError):
            # A day beyond the years that a calendar has (now + 9000 years) is no day.
            continue
        if when is not None:
            found.append((phrase, when))
    return tokens, found


def read_all(text: str, now: datetime, zone: ZoneInfo) -> tuple[When, ...]:
    """Return every day, time and rhythm that the text says, from left to right."""
    return tuple(when for _, when in _candidates(text, _context(now, zone))[1])


def read(text: str, now: datetime, zone: ZoneInfo) -> When | None:
    """Return the one that is meant, None when the text says nothing of time. See the package's docstring."""
    context = _context(now, zone)
    tokens, found = _candidates(text, context)
    if not found:
        return None
    joined_up = _joined_up(tokens, found, context)
    if joined_up is not None:
        return joined_up
    return max(found, key=lambda pair: _weight(*pair))[1]


def _weight(phrase: Phrase, when: When) -> tuple[int, int, int]:
    """Rank: what is to come before what is past, rhythms and days before bare parts, then the first in the text."""
    if when.past:
        return 0, 0, -when.span[0]
    solid = 2 if phrase.every is not None or phrase.shape is not None or phrase.clock is not None or phrase.ago else 1
    return 1, solid, -when.span[0]


def _joined_up(tokens: Tokens, found: list[tuple[Phrase, When]], context: Context) -> When | None:
    """Join a day and a time that stand apart in one sentence: "call Bob tomorrow about the quote, at 3pm"."""
    ahead = [pair for pair in found if not pair[1].past]
    if len(ahead) != 2:
        return None
    (first, one), (second, two) = ahead
    if KINDS_STOP in tokens.letters[first.last : second.first]:
        return None
    day, time = (first, second) if first.clock is None else (second, first)
    if day.clock is not None or day.ago is not None or day.now or time.ago is not None or time.now:
        return None
    if time.shape is not None or time.every is not None or not (time.clock or time.part):
        return None
    if not (day.shape or day.every) or (day.part and time.part and day.part != time.part):
        return None
    whole = replace(
        day, clock=time.clock, until=time.until, part=day.part or time.part, deadline=day.deadline or time.deadline
    )
    when = _when(whole, tokens, context)
    if when is None:
        return None
    pieces = (one.span, two.span)
    return replace(when, span=(one.span[0], two.span[1]), pieces=pieces)


KINDS_STOP: Final = ";"
