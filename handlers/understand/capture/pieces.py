"""What is left of a line, cut into words: where one ends, what a piece may be.

A `Piece` is a stretch of the line with what it may turn out to be; `chinese.py` and `latin.py` make them of the words
that `parts` gives, `choose.py` decides among them.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from handlers.understand.capture.lexicon import CJK
from handlers.understand.capture.line import TAKEN, Line
from store.rules.places import is_place
from store.rules.script import has_han

Kind = Literal["open", "title", "region", "note", "gender", "salutation", "label"]


@dataclass(slots=True)
class Word:
    """One word without spaces; `part` numbers the stretch between two marks that it stands in."""

    start: int
    end: int
    text: str
    part: int
    han: bool


@dataclass(slots=True)
class Piece:
    """A stretch of the line. An open one is worth `name` as a name and `company` as a firm (0: it can't be one)."""

    start: int
    end: int
    text: str
    part: int
    kind: Kind = "open"
    name: float = 0
    company: float = 0
    words: list[Word] = field(default_factory=list)


_MARK = re.compile(
    rf"[{TAKEN}\n\t;|、\u2190-\u2bff\U0001f000-\U0001faff\ufe0f<>\[\]{{}}\"“”【】《》「」『』。!?…•=]+"
    rf"|,(?! ?(?i:ltd|limited|inc|llc|corp|gmbh|plc|jr|sr)\b)(?!(?<=\d,)\d{{3}})"
    rf"|[()]|:(?!//)(?!(?<=\d:)\d\d)"
    rf"|(?:(?<=[\s{TAKEN}])|^)[-–—_~*/·&+]+(?=[\s{TAKEN}]|$)(?<!&)(?<!\+)"
    rf"|(?<=[{CJK})])[-–—/~_]+|[-–—/~_]+(?=[{CJK}(])|[–—]"
    rf"|(?<=[a-z\d)]{{4}})\.(?=\s|$)"
)
_PARTNERS = re.compile(r" ?[A-Z][\w'’-]+, [A-Z][\w'’-]+,? (?:and|&|e|y|und) [A-Z][\w'’-]+")
"""Hamilton, Clements and Ho: one firm, where it stands behind somebody's name."""
_JOINED_BRACKETS = re.compile(rf"(?<=[{CJK}A-Za-z])\((?P<inside>[{CJK}]{{2,8}})\)(?=[{CJK}])")
_INSIDE = re.compile(r"集团|控股|国际|股份|总部")


_LEAD = re.compile(
    r"(?:(?:你好|您好)?(?:我|这|他|她|客户|联系人|对方)(?:是|叫)|客户|顾客|联系人)(?=[A-Z])"
    r"|(?:(?:现|目前)?在|来自|就职于|任职于)(?=[A-Z][A-Za-z&]*$)"
)
_ACTS = re.compile(rf"(?<=[A-Za-z])(?=[做当任][{CJK}]{{2}})")
_OWNED = re.compile(rf"(?<=[A-Za-z{CJK}])的(?=[A-Za-z]{{2}})")


def _words(text: str, start: int, part: int) -> list[Word]:
    """A word without spaces as one or several: 我是Jason is two, China的Account three."""
    lead = _LEAD.match(text)
    cuts = [lead.end()] if lead else [1] if text[0] == "的" and len(text) > 2 else []
    owned, acts = _OWNED.search(text), _ACTS.search(text)
    cuts += [owned.start(), owned.end()] if owned else [acts.start()] if acts else []
    found = []
    for first, last in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found.append(Word(start + first, start + last, text[first:last], part, has_han(text[first:last])))
    return found


def parts(line: Line) -> list[list[Word]]:
    """The words that nobody took, in the stretches between marks; 云帆（上海）科技 is one word."""
    text = line.open
    joined = [
        match.span()
        for match in _JOINED_BRACKETS.finditer(text)
        if is_place(match["inside"]) or _INSIDE.fullmatch(match["inside"])
    ]
    cuts = [
        match.span() for match in _MARK.finditer(text) if not any(start <= match.start() < end for start, end in joined)
    ]
    found: list[list[Word]] = []
    position = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if found and text[start:end] == "," and _PARTNERS.match(text, position):
            continue
        words = [
            word
            for match in re.finditer(r"\S+", text[position:start])
            if any(character.isalnum() or character in "&@" for character in match.group())
            for word in _words(match.group(), position + match.start(), len(found))
        ]
        if words:
            found.append(words)
        position = end
    return found
