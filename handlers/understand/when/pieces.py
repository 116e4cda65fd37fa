"""The pieces that a phrase is made of, and the machinery of the rules that build them from tokens.

A rule is a head (the kinds it may begin with) and a tail, a regular expression written with the names of kinds. The
longest match at a place wins. The rules are in `rules_days.py`, `rules_times.py` and `rules_recurring.py`; `piece` is
called by `phrase.py`, where pieces join.

    >>> piece(scan("下周三"), 0)
    (Weekdays(days=(2,), week=1, style='zh', base=None, span=False), 2)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from handlers.understand.when.clock import Clock
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.lengths import measure
from handlers.understand.when.recurring import Every
from handlers.understand.when.relative import Length
from handlers.understand.when.shape import Shape
from handlers.understand.when.tokens import Token, Tokens


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; `weak` ones (lunch, dinner) are no time by themselves."""

    name: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """A time of day, and the end of a stretch when one was said."""

    first: Clock
    last: Clock | None = None


@dataclass(frozen=True, slots=True)
class DayPart:
    """A day and a part of it in one word (今晚)."""

    day: Shape
    part: str


@dataclass(frozen=True, slots=True)
class Ago:
    """A length that leads from now to a moment: in (1) or ago (-1)."""

    length: Length
    sign: int = 1
    within: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that a time of day was said in."""

    name: str


@dataclass(frozen=True, slots=True)
class Now:
    """This moment."""


Piece = Shape | Part | Clocks | DayPart | Ago | Zone | Now | Every | Length
Build = Callable[["Found"], Piece | None]


class Found(NamedTuple):
    """A match of a rule: its groups give tokens."""

    match: re.Match[str]
    items: tuple[Token, ...]

    def token(self, name: str) -> Token | None:
        """Return the first token of a group, None when the rule has no such group or it took no part."""
        if name not in self.match.re.groupindex:
            return None
        at = self.match.start(name)
        return self.items[at] if at >= 0 and self.match.end(name) > at else None

    def tokens(self, name: str) -> tuple[Token, ...]:
        """Return all tokens of a group."""
        return self.items[self.match.start(name) : self.match.end(name)]

    def number(self, name: str) -> int:
        """Return the number of a group's token; 0 when there is none."""
        token = self.token(name)
        return int(token.number) if token is not None else 0

    def followed_by(self, *kinds: str) -> bool:
        """Tell whether tokens of these kinds follow the match."""
        end = self.match.end()
        return [item.kind for item in self.items[end : end + len(kinds)]] == [KINDS[kind] for kind in kinds]

    @property
    def before(self) -> Token | None:
        """Return the token before the match, None at the start."""
        start = self.match.start()
        return self.items[start - 1] if start else None

    @property
    def head(self) -> Token:
        """Return the first token."""
        return self.items[self.match.start()]

    @property
    def all(self) -> tuple[Token, ...]:
        """Return all tokens of the match."""
        return self.items[self.match.start() : self.match.end()]


_UNITS: Final = "second minute hour day week month quarter yearunit fortnight workday nightunit fen"
_AMOUNT: Final = (
    "(?:num? to? quarter of num? hour|num half unit|num and num? half unit|half num? of? unit"
    "|num unit and num? half(?! unit)|num unit half|num unit and num(?! unit| half)|num (?:more|ge)? unit"
    "|num (?:to|and) num unit|dec unit|num ke|num ri|half (?:yue|ri)|num half (?:yue|ri))"
)
_SETS: Final = {"unit": "[" + "".join(KINDS[name] for name in _UNITS.split()) + "]"}


def _letters(source: str) -> str:
    """Translate a rule's names of kinds to their letters."""
    source = source.replace("duration", f"(?:{_AMOUNT}(?: comma? and? {_AMOUNT}){{0,4}})")

    def letter(match: re.Match[str]) -> str:
        word = match[0]
        if word.startswith("?P<"):
            return word
        return _SETS.get(word) or re.escape(KINDS[word])

    return re.sub(r"\?P<\w+>|[a-z]+", letter, source).replace(" ", "")


_RULES: Final[dict[str, list[tuple[re.Pattern[str], Build]]]] = {}


def rule(head: str, tail: str = "") -> Callable[[Build], Build]:
    """Keep a builder for phrases that begin with one of the kinds of `head` and go on as `tail` says."""

    def keep(build: Build) -> Build:
        for kind in head.split():
            pattern = re.compile(_letters(f"(?P<head>{kind}) {tail}"))
            _RULES.setdefault(KINDS[kind], []).append((pattern, build))
        return build

    return keep


def length_rule(tail: str) -> Callable[[Build], Build]:
    """Keep a builder for phrases that begin with a length of time, which is its group "long"."""

    def keep(build: Build) -> Build:
        pattern = re.compile(_letters(f"(?P<long>duration) {tail}"))
        for kind in ("num", "dec", "half", "quarter"):
            _RULES.setdefault(KINDS[kind], []).append((pattern, build))
        return build

    return keep


def piece(tokens: Tokens, at: int) -> tuple[Piece, int] | None:
    """Return the longest piece that begins at a token, and the token after it; None when no piece begins there."""
    if at >= len(tokens.items):
        return None
    best: tuple[Piece, int] | None = None
    for pattern, build in _RULES.get(tokens.letters[at], ()):
        match = pattern.match(tokens.letters, at)
        if match is None or (best is not None and match.end() <= best[1]):
            continue
        built = build(Found(match, tokens.items))
        if built is not None:
            best = built, match.end()
    return best


_LENGTH: Final = re.compile(_letters("(?P<long>duration)"))


def length_at(tokens: Tokens, at: int) -> tuple[Length, int] | None:
    """Return the bare length of time that begins at a token, and the token after it."""
    match = _LENGTH.match(tokens.letters, at)
    if match is None:
        return None
    length = measure(tokens.items[match.start() : match.end()])
    return (length, match.end()) if length is not None else None
