"""How pieces join into one phrase: a day, a part of it, a time, a rhythm, in any order and either language.

`phrases` is called by `reader.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from handlers.understand.when import rules_days, rules_recurring, rules_times
from handlers.understand.when.clock import Clock
from handlers.understand.when.days import (
    Between,
    DayOfMonth,
    Edge,
    Festival,
    InYear,
    Length,
    LunarDay,
    MonthDay,
    MonthOnly,
    Nth,
    Offset,
    Quarter,
    Shape,
    Shifted,
    Span,
    Weekdays,
    Weekend,
    WeekOf,
    WeekWith,
    YearOnly,
    in_year,
)
from handlers.understand.when.pieces import Ago, Clocks, DayPart, Now, Part, Piece, Zone, length_at, piece
from handlers.understand.when.recurring import Every
from handlers.understand.when.tokens import Tokens
from handlers.understand.when.words import KINDS

# The rules register themselves when these modules are imported.
RULES: Final = (rules_days, rules_times, rules_recurring)

_GLUE: Final = frozenset(
    KINDS[kind]
    for kind in "comma of the on at about in by before after from between start for and to more ish within once".split()
)
# Glue that only holds two pieces of one phrase together, and never begins or ends one.
_INNER: Final = frozenset(KINDS[kind] for kind in "and to comma more ish".split())
_MOST_GLUE: Final = 4


@dataclass(slots=True)
class Phrase:
    """What one stretch of tokens said; `first` and `last` are the places of its first token and the one after its last."""

    first: int
    last: int
    shape: Shape | None = None
    clock: Clock | None = None
    until: Clock | None = None
    part: str = ""
    part_weak: bool = False
    every: Every | None = None
    ago: Ago | None = None
    zone: str = ""
    now: bool = False
    deadline: bool = False
    after: bool = False
    starts: Shape | None = None
    ends: Shape | None = None
    placed: bool = False
    day_first: bool = False
    until_day: Shape | None = None
    until_part: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing was said yet."""
        return not (self.shape or self.clock or self.part or self.every or self.ago or self.now)

    def take(self, found: Piece, glue: frozenset[str]) -> bool:
        """Add a piece; False when it has no place beside what was said already."""
        if isinstance(found, Part):
            return self._take_part(found.name, weak=found.weak)
        if isinstance(found, Clocks):
            return self._take_clock(found, glue)
        if isinstance(found, DayPart):
            if self.part and self.part != found.part:
                return False
            return self._take_shape(found.day, frozenset()) and self._take_part(found.part, weak=False)
        if isinstance(found, Ago):
            return self._take_ago(found)
        if isinstance(found, Every):
            return self._take_every(found)
        if isinstance(found, Zone):
            self.zone = self.zone or found.name
            return self.zone == found.name
        if isinstance(found, Now):
            fresh = self.empty
            self.now = self.now or fresh
            return fresh
        if isinstance(found, Length):
            return False
        return self._take_shape(found, glue)

    def _take_part(self, name: str, *, weak: bool) -> bool:
        if self.now or self.ago is not None or (self.part and not (weak or self.part == name or self.part_weak)):
            return self.part == name
        self.part_weak = weak and (not self.part or self.part_weak)
        self.part = self.part if self.part and weak else name
        return True

    def _take_clock(self, found: Clocks, glue: frozenset[str]) -> bool:
        if self.clock is not None or self.ago is not None or self.now:
            return False
        self.clock, self.until = found.first, found.last
        self.day_first = self.shape is not None
        self._note(glue)
        return True

    def _note(self, glue: frozenset[str]) -> None:
        self.deadline = self.deadline or bool(glue & {KINDS["by"], KINDS["before"]})
        self.after = self.after or KINDS["after"] in glue

    def _take_ago(self, found: Ago) -> bool:
        if self.ago is not None or self.clock is not None or self.every is not None or self.now:
            return False
        if isinstance(self.shape, Weekdays) and self.shape.week is None and found.length.days and found.sign > 0:
            # Monday two weeks from now
            self.shape = WeekOf(Shifted(found.length), self.shape)
            return True
        if self.shape is not None:
            return False
        self.deadline = self.deadline or found.within
        longer = found.length.longer() if found.within else None
        if longer is not None:
            found = replace(found, length=longer)
        if found.length.of_hours:
            self.ago = found
            return True
        self.shape = Shifted(found.length, found.sign, None, found.within)
        return True

    def _take_every(self, found: Every) -> bool:
        if self.ago is not None or self.now:
            return False
        if self.every is None:
            self.every = found
        elif not self.every.anchored and found.anchored and self.every.freq in ("", "DAILY", found.freq):
            self.every = replace(found, interval=max(self.every.interval, found.interval))
        elif not found.freq and not self.every.freq:
            return False
        elif self.every.anchored and not found.anchored and found.freq in ("DAILY", self.every.freq):
            self.every = replace(self.every, interval=max(self.every.interval, found.interval))
        else:
            return False
        if found.part and not self.part:
            self.part = found.part
        return True

    def _take_shape(self, found: Shape, glue: frozenset[str]) -> bool:
        if self.ago is not None or self.now:
            return False
        if self.every is not None and glue & {KINDS["start"], KINDS["from"]}:
            self.starts = self.starts or found
            return self.starts is found
        if self.every is not None and glue & {KINDS["by"], KINDS["to"]}:
            self.ends = self.ends or found
            return self.ends is found
        if self.shape is None:
            self.shape = found
        else:
            joined = _joined(self.shape, found)
            if joined is None:
                return False
            self.shape = joined
        self._note(glue)
        return True

    def stretch(self, other: Phrase) -> bool:
        """Make this phrase run until another; False when the two are no two ends."""
        if other.every is not None or other.ago is not None or other.now or self.ago is not None:
            return False
        if other.shape is not None and self.shape is not None and self.clock is None and other.clock is None:
            self.shape = Between(self.shape, other.shape)
            return True
        if other.clock is not None and self.clock is not None and self.until is None:
            self.until, self.until_part = other.clock, other.part
            if other.shape is not None and (self.shape is not None or other.day_first):
                self.until_day = other.shape
            elif other.shape is not None:
                self.shape = other.shape
            if other.part and not self.part:
                self.part = other.part
            return True
        return False


def _joined(one: Shape, two: Shape) -> Shape | None:
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
    if isinstance(wide, Span | MonthOnly | YearOnly) and isinstance(narrow, Span) and (narrow.unit, narrow.count) == ("week", -1):
        # the last week of December
        return Nth(-1, "week", 0, wide)
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
    # A weekday said beside a date only confirms it.
    if isinstance(wide, Weekdays) and isinstance(narrow, MonthDay | Offset | Festival | LunarDay):
        return narrow
    if isinstance(wide, Weekdays) and isinstance(narrow, DayOfMonth) and len(narrow.days) == 1:
        return narrow if wide.week is None else wide
    if isinstance(wide, Offset) and isinstance(narrow, MonthDay | Festival):
        return narrow
    return None


def _in_span(span: Span, narrow: Shape) -> Shape | None:
    if span.unit == "week":
        if isinstance(narrow, Weekdays) and narrow.week is None:
            return replace(narrow, week=span.count)
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


def _parse(tokens: Tokens, first: int, *, ranged: bool = True) -> Phrase | None:
    """Return the longest phrase that begins at a token, None when none does."""
    phrase = Phrase(first, first)
    at = first
    while True:
        week = _week_of(tokens, at) if phrase.shape is None else None
        found, glue, end = week or _next_piece(tokens, at, fresh=phrase.empty)
        if found is None:
            break
        if isinstance(found, Length):
            end = _shift(phrase, tokens, found, end)
            if not end:
                break
        elif not phrase.take(found, glue):
            break
        at = phrase.last = end
        phrase.placed = phrase.placed or bool(glue & _PLACING)
        at = phrase.last = _suffix(phrase, tokens, at)
        if ranged and not phrase.empty:
            at = phrase.last = _until(phrase, tokens, at, first)
    if phrase.empty:
        return None
    if tokens.letters[first] == KINDS["in"] and tokens.letters[first + 1] in _PREPOSITIONS:
        # The "in" of "check in at the end of the month" belongs to the verb.
        phrase.first += 1
    return phrase


_PREPOSITIONS: Final = frozenset(KINDS[kind] for kind in "on at by before after from".split())
# Words that blur or sharpen the time before them.
_AFTERTHOUGHTS: Final = ("早", "晚", "左右", "上下", "前后", "ish", "sharp", "exactly", "approximately", "approx")
_PLACING: Final = frozenset(KINDS[kind] for kind in "on at by before after from between start in within".split())


def _next_piece(tokens: Tokens, at: int, *, fresh: bool) -> tuple[Piece | None, frozenset[str], int]:
    """Return the next piece, the glue before it, and the token after it."""
    letters = tokens.letters
    glue: set[str] = set()
    for place in range(at, min(at + _MOST_GLUE, len(letters))):
        found = piece(tokens, place)
        if found is not None:
            return found[0], frozenset(glue), found[1]
        if letters[place] not in _GLUE or (fresh and letters[place] in _INNER):
            break
        glue.add(letters[place])
    return None, frozenset(), at


def _week_of(tokens: Tokens, at: int) -> tuple[Piece | None, frozenset[str], int] | None:
    """Read "the week of Dec 7"; None when it is not that."""
    skipped = at + (tokens.letters.startswith(KINDS["the"], at))
    if not tokens.letters.startswith(KINDS["weekof"], skipped):
        return None
    other = _parse(tokens, skipped + 1, ranged=False)
    if other is None or other.shape is None or other.clock is not None or isinstance(other.shape, Span):
        return None
    return WeekWith(other.shape), frozenset(), other.last


def _shift(phrase: Phrase, tokens: Tokens, length: Length, at: int) -> int:
    """Read "3 days after Christmas"; 0 when no day follows."""
    if phrase.shape is not None:
        return 0
    other = _parse(tokens, at + 1, ranged=False)
    if other is None or other.shape is None or other.every is not None:
        return 0
    sign = -1 if tokens.letters[at] == KINDS["before"] else 1
    phrase.shape = Shifted(length, sign, other.shape)
    phrase.clock, phrase.part = other.clock or phrase.clock, other.part or phrase.part
    return other.last


def _suffix(phrase: Phrase, tokens: Tokens, at: int) -> int:
    """Read what stands behind a day: 前, 后, 内, 开始; and 春节前一周."""
    letters = tokens.letters
    if at >= len(letters):
        return at
    if letters[at] in (KINDS["about"], KINDS["ish"]) and tokens.folded[tokens.items[at].start :].startswith(_AFTERTHOUGHTS):
        at += 1
        if at >= len(letters):
            return at
    kind = letters[at]
    zh = tokens.items[at].form == "zh"
    if kind in (KINDS["ahead"], KINDS["later"]) and zh and not phrase.empty:
        sign = 1 if kind == KINDS["later"] else -1
        long = piece(tokens, at + 1) if phrase.shape is not None else None
        bare = length_at(tokens, at + 1) if phrase.shape is not None and long is None else None
        if bare is not None and phrase.shape is not None and phrase.clock is None:
            phrase.shape = Shifted(bare[0], sign, phrase.shape)
            return bare[1]
        if sign > 0:
            phrase.after = True
        else:
            phrase.deadline = True
        return at + 1
    if kind == KINDS["inside"] and zh and phrase.shape is not None:
        if isinstance(phrase.shape, Span | MonthOnly | Quarter | YearOnly):
            phrase.shape = Edge("end", phrase.shape)
        phrase.deadline = True
        return at + 1
    if kind == KINDS["by"] and zh:
        phrase.deadline = True
        return at + 1
    if kind == KINDS["start"] and zh and phrase.shape is not None and phrase.every is None:
        following, _, _ = _next_piece(tokens, at + 1, fresh=False)
        if isinstance(following, Every):
            phrase.starts, phrase.shape = phrase.shape, None
        return at + 1
    return at


def _until(phrase: Phrase, tokens: Tokens, at: int, first: int) -> int:
    """Read the second end of a stretch: 周三到周五, between 3pm and 5pm."""
    if at >= len(tokens.letters):
        return at
    kind = tokens.letters[at]
    between = kind == KINDS["and"] and _between_before(tokens, first)
    if not between and kind not in (KINDS["to"], KINDS["by"]) or (kind == KINDS["by"] and tokens.items[at].form == "zh"):
        return at
    if phrase.every is not None and phrase.clock is None and phrase.shape is None:
        return at
    for other in (_parse(tokens, at + 1, ranged=False), _single(tokens, at + 1)):
        if other is not None and phrase.stretch(other):
            return other.last
    return at


def _single(tokens: Tokens, at: int) -> Phrase | None:
    """Return the phrase of one piece that begins at a token: the end of 周一到周五 in 周一到周五每天9点."""
    found = piece(tokens, at)
    phrase = Phrase(at, at)
    if found is None or not phrase.take(found[0], frozenset()):
        return None
    phrase.last = found[1]
    return phrase


def _between_before(tokens: Tokens, first: int) -> bool:
    return tokens.letters[first] == KINDS["between"] or tokens.letters[max(first - 1, 0)] == KINDS["between"]


def phrases(tokens: Tokens) -> Iterator[Phrase]:
    """Yield the phrases of a text from left to right, each as long as it goes; they don't overlap."""
    at = 0
    while at < len(tokens.letters):
        found = _parse(tokens, at) if tokens.letters[at] not in _NEVER_FIRST else None
        if found is None:
            at += 1
            continue
        yield found
        at = max(found.last, at + 1)


_NEVER_FIRST: Final = _INNER | {KINDS["junk"], KINDS["stop"], KINDS["of"]}
