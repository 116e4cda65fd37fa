"""From a text to what it means: which of its phrases are times, and which of several is the one.

`read` and `read_all` are what the package offers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from handlers.understand.when.calendar import Context
from handlers.understand.when.clock import HOUR, PARTS
from handlers.understand.when.guards import refused
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.parser import phrases
from handlers.understand.when.periods import MonthOnly, Quarter, Span, YearOnly
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.resolving import recurring, resolve
from handlers.understand.when.result import When
from handlers.understand.when.scan import scan
from handlers.understand.when.tokens import Tokens

# Nobody says later than that when something is; a message may have four times as many.
_LONGEST_TEXT: Final = 1024

_MOST_OTHERS: Final = 4
# A person names a few times in one text; more is an attack.
_MOST_PHRASES: Final = 32


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


def read_all(text: str, now: datetime, zone: ZoneInfo) -> tuple[When, ...]:
    """Return every day, time and rhythm that the text says, from left to right."""
    return tuple(when for _, when in _candidates(text, _context(now, zone))[1])


def _context(now: datetime, zone: ZoneInfo) -> Context:
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    return Context(now.astimezone(zone), zone)


def _candidates(text: str, context: Context) -> tuple[Tokens, list[tuple[Phrase, When]]]:
    tokens = scan(text[:_LONGEST_TEXT])
    found: list[tuple[Phrase, When]] = []
    for phrase in islice(phrases(tokens), _MOST_PHRASES):
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


def _when(phrase: Phrase, tokens: Tokens, context: Context) -> When | None:
    span = _span(phrase, tokens)
    part = PARTS.get(phrase.part)
    found: When | None = None
    if phrase.every is not None:
        found = _rhythm(phrase, span, context)
        if found is None and phrase.shape is None:
            return None
    if found is None:
        found = _moment(phrase, span, context)
    if found is None or part is None:
        return found
    return replace(found, part=part.public, usual=int(part.usual * HOUR))


def _rhythm(phrase: Phrase, span: tuple[int, int], context: Context) -> When | None:
    found = recurring(phrase, context)
    if found is None:
        return None
    value, rule, others = found
    return When("recur", value, span, (span,), rule, None, others, isinstance(value, datetime))


def _moment(phrase: Phrase, span: tuple[int, int], context: Context) -> When | None:
    told = resolve(phrase, context)
    if told is None:
        return None
    timed = isinstance(told.value, datetime)
    others = tuple(dict.fromkeys(other for other in told.others if other != told.value))[:_MOST_OTHERS]
    return When(
        "datetime" if timed else "date",
        told.value,
        span,
        (span,),
        until=told.until,
        others=others,
        has_time=timed,
        deadline=phrase.deadline,
        past=_is_past(told.value, context),
    )


def _is_past(value: date | datetime, context: Context) -> bool:
    """Tell whether a day or a moment is over; the present minute is not."""
    if isinstance(value, datetime):
        return context.over(value + timedelta(minutes=1))
    return value < context.today


def _span(phrase: Phrase, tokens: Tokens) -> tuple[int, int]:
    """Return the phrase's place, with the bracket that closes one it opened."""
    start, end = tokens.items[phrase.first].start, tokens.items[phrase.last - 1].end
    opened = tokens.folded.count("(", start, end) > tokens.folded.count(")", start, end)
    return start, end + (opened and tokens.folded.startswith(")", end))


def _weight(phrase: Phrase, when: When) -> tuple[bool, bool, int]:
    """Rank: what is to come before what is past, a day or a time before a month or a bare part, then the first."""
    vague = isinstance(phrase.shape, Span | MonthOnly | Quarter | YearOnly) or phrase.shape is None
    exact = not vague or phrase.clock is not None or phrase.every is not None or phrase.ago is not None
    return not when.past, exact, -when.span[0]


def _joined_up(tokens: Tokens, found: list[tuple[Phrase, When]], context: Context) -> When | None:
    """Join a day and a time that stand apart in one sentence: "call Bob tomorrow about the quote, at 3pm"."""
    ahead = [pair for pair in found if not pair[1].past]
    if len(ahead) != 2:
        return None
    (first, one), (second, two) = ahead
    if KINDS["stop"] in tokens.letters[first.last : second.first]:
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
