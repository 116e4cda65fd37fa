"""From tokens to phrases: which pieces stand together, with the little words between them.

`phrases` is called by `reader.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handlers.understand.when import (
    rules_dates,
    rules_festivals,
    rules_lengths,
    rules_periods,
    rules_recurring,
    rules_times,
    rules_times_en,
    rules_weekdays,
)
from handlers.understand.when.days import Festival
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import Edge, MonthOnly, Quarter, Span, YearOnly
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.pieces import Piece, length_at, piece
from handlers.understand.when.recurring import Every
from handlers.understand.when.relative import Length, Shifted, WeekWith
from handlers.understand.when.tokens import Tokens

# The rules register themselves when these modules are imported; a module that is not listed here is not read.
RULES: Final = (
    rules_dates,
    rules_festivals,
    rules_lengths,
    rules_periods,
    rules_recurring,
    rules_times,
    rules_times_en,
    rules_weekdays,
)

_DEEPEST: Final = 2

# Words that blur or sharpen the time before them.
_AFTERTHOUGHTS: Final = ("早", "晚", "左右", "上下", "前后", "ish", "sharp", "exactly", "approximately", "approx")

_PREPOSITIONS: Final = frozenset(KINDS[kind] for kind in ("on", "at", "by", "before", "after", "from"))
_PLACING: Final = _PREPOSITIONS | {KINDS[kind] for kind in ("between", "start", "in", "within")}
# Glue that only holds two pieces of one phrase together, and never begins or ends one.
_INNER: Final = frozenset(KINDS[kind] for kind in ("and", "to", "comma", "more", "ish"))
# Words that may stand before a piece or between two, and how many may.
_GLUE: Final = _PLACING | _INNER | {KINDS[kind] for kind in ("of", "the", "about", "for", "once")}
_MOST_GLUE: Final = 4
_NEVER_FIRST: Final = _INNER | {KINDS["junk"], KINDS["stop"], KINDS["of"]}


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


def _parse(tokens: Tokens, first: int, depth: int = 0) -> Phrase | None:
    """Return the longest phrase that begins at a token, None when none does.

    `depth` counts the phrases that this one is within (3 days after [the week of [Dec 7]]): only the outermost may be a
    stretch, and a text can't nest them without end.
    """
    if depth > _DEEPEST:
        return None
    phrase = Phrase(first, first)
    at = first
    while True:
        week = _week_of(tokens, at, depth) if phrase.shape is None else None
        found, glue, end = week or _next_piece(tokens, at, fresh=phrase.empty)
        if found is None:
            break
        if isinstance(found, Length):
            end = _shift(phrase, tokens, found, end, depth)
            if not end:
                break
        elif not phrase.take(found, glue):
            break
        at = phrase.last = end
        phrase.placed = phrase.placed or bool(glue & _PLACING)
        at = phrase.last = _suffix(phrase, tokens, at)
        if depth == 0 and not phrase.empty:
            at = phrase.last = _until(phrase, tokens, at, first)
    if phrase.empty:
        return None
    if tokens.letters[first] == KINDS["in"] and tokens.letters[first + 1] in _PREPOSITIONS:
        # The "in" of "check in at the end of the month" belongs to the verb.
        phrase.first += 1
    return phrase


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


def _week_of(tokens: Tokens, at: int, depth: int) -> tuple[Piece | None, frozenset[str], int] | None:
    """Read "the week of Dec 7"; None when it is not that."""
    skipped = at + (tokens.letters.startswith(KINDS["the"], at))
    if not tokens.letters.startswith(KINDS["weekof"], skipped):
        return None
    other = _parse(tokens, skipped + 1, depth + 1)
    if other is None or other.shape is None or other.clock is not None or isinstance(other.shape, Span):
        return None
    return WeekWith(other.shape), frozenset(), other.last


def _shift(phrase: Phrase, tokens: Tokens, length: Length, at: int, depth: int) -> int:
    """Read "3 days after Christmas"; 0 when no day follows."""
    if phrase.shape is not None:
        return 0
    other = _parse(tokens, at + 1, depth + 1)
    if other is None or other.every is not None or other.ago is not None:
        return 0
    sign = -1 if tokens.letters[at] == KINDS["before"] else 1
    if other.clock is not None and length.of_hours:
        # an hour before noon
        phrase.shape, phrase.clock, phrase.part, phrase.zone = other.shape, other.clock, other.part, other.zone
        phrase.offset = sign * length.seconds
        return other.last
    if other.shape is None or length.of_hours:
        return 0
    phrase.shape = Shifted(length, sign, other.shape)
    phrase.clock, phrase.part = other.clock or phrase.clock, other.part or phrase.part
    return other.last


def _suffix(phrase: Phrase, tokens: Tokens, at: int) -> int:
    """Read what stands behind a day: 前, 后, 内, 开始; and 春节前一周."""
    letters = tokens.letters
    if at >= len(letters):
        return at
    if letters[at] in (KINDS["about"], KINDS["ish"]) and tokens.folded[tokens.items[at].start :].startswith(
        _AFTERTHOUGHTS
    ):
        at += 1
        if at >= len(letters):
            return at
    if tokens.items[at].name == "holiday" and letters[at + 1 : at + 2] in (KINDS["ahead"], KINDS["later"]):
        # 春节放假后
        at += 1
    kind = letters[at]
    zh = tokens.items[at].form == "zh"
    if kind in (KINDS["ahead"], KINDS["later"]) and zh and not phrase.empty:
        sign = 1 if kind == KINDS["later"] else -1
        long = piece(tokens, at + 1) if phrase.shape is not None else None
        bare = length_at(tokens, at + 1) if phrase.shape is not None and long is None else None
        if phrase.clock is not None and (hours := length_at(tokens, at + 1)) is not None and hours[0].of_hours:
            # 下午3点前半小时
            phrase.offset = sign * hours[0].seconds
            return hours[1]
        if bare is not None and sign < 0 and isinstance(phrase.shape, YearOnly | Quarter | MonthOnly | Span):
            # 2027年前三个月 begins with the year, 这个月前三天 with the month
            return bare[1]
        if bare is not None and phrase.shape is not None and phrase.clock is None:
            phrase.shape = Shifted(bare[0], sign, phrase.shape)
            return bare[1]
        if letters[at - 1] == KINDS["part"] and phrase.shape is not None:
            # 明天 lunch 后 is still tomorrow.
            return at + 1
        if sign > 0:
            phrase.after = True
        else:
            phrase.deadline = True
        return at + 1
    if kind == KINDS["inside"] and zh and phrase.shape is not None:
        if isinstance(phrase.shape, Span | MonthOnly | Quarter | YearOnly):
            phrase.shape = Edge("end", phrase.shape)
        phrase.deadline = phrase.deadline or not isinstance(phrase.shape, Festival)
        return at + 1
    if kind == KINDS["for"] and phrase.every is not None:
        # every day for 5 days
        during = length_at(tokens, at + 1)
        if during is not None and not during[0].of_hours:
            phrase.ends = Shifted(during[0])
            return during[1]
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
    if (not between and kind not in (KINDS["to"], KINDS["by"])) or (
        kind == KINDS["by"] and tokens.items[at].form == "zh"
    ):
        return at
    if phrase.every is not None and phrase.clock is None and phrase.shape is None:
        return at
    for other in (_parse(tokens, at + 1, 1), _single(tokens, at + 1)):
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
