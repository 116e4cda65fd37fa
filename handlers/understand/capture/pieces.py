"""What is left of a line, cut into words: where one ends, what a piece may be.

A `Piece` is a stretch of the line with what it may turn out to be; `chinese.py` and `latin.py` make them of the words
that `parts` gives, `choose.py` decides among them.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from handlers.understand.capture.lexicon import BEFORE_NAME, CJK, FIRM_END, TITLE, TITLE_LIKE
from handlers.understand.capture.line import TAKEN, Line
from store.rules.person_name import likeness
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
    rf"|(?<=[a-z\d)]{{4}})\.(?=\s|$)|\.(?= (?:Call|Email|Please|Contact|Wants|Needs|He|She|They|His|Her)\b)"
)
_PARTNERS = re.compile(r" ?[A-Z][\w'’-]+, [A-Z][\w'’-]+,? (?:and|&|e|y|und) [A-Z][\w'’-]+")
"""Hamilton, Clements and Ho: one firm, where it stands behind somebody's name."""
_JOINED_BRACKETS = re.compile(rf"(?<=[{CJK}A-Za-z])\((?P<inside>[{CJK}]{{2,8}})\)(?=[{CJK}])")
_CLOSING_BRACKETS = re.compile(
    rf"(?<![{CJK}A-Za-z])(?P<firm>[{CJK}A-Za-z]{{3,20}})\((?P<inside>[{CJK}]{{2,4}})\)(?=[\s,;|{TAKEN}]|$)"
)
"""汇丰银行(中国)"""
_INSIDE = re.compile(r"中国|集团|控股|国际|股份|总部")


_LEAD = re.compile(
    rf"{BEFORE_NAME.pattern}(?=[A-Z])"
    r"|(?:(?:现|目前)?在|来自|就职于|任职于)(?=[A-Z][A-Za-z&]*$)"
)
_LATIN_THEN_HAN = re.compile(rf"(?P<latin>[A-Z][A-Za-z'-]+)(?P<han>[{CJK}]{{2,6}})")
_LATIN_BEFORE = re.compile(r"[A-Z][A-Za-z'.-]* $")
_BEFORE_AT = re.compile(rf"[^@]{{2,16}}@(?=[{CJK}])")
"""医美顾问@伊美尔; no longer, since the patterns of jobs are quick on words only."""
_FROM = re.compile(rf"(?<=[{CJK}])(?:from|at)(?=[{CJK}])")
"""宋老师from新东方"""
_USUAL = 4
"""What `likeness` says of a usual name."""
_ACTS = re.compile(rf"(?<=[A-Za-z])(?=[做当任][{CJK}]{{2}})")
_OWNED = re.compile(rf"(?<=[A-Za-z{CJK}])的(?=[A-Za-z]{{2}})")


def _two_scripts(text: str, before: str) -> list[int]:
    """Where a word behind a Latin one says it again in Chinese: (Amy) Zhou周小雅, (Marketing) Manager市场经理."""
    both = _LATIN_THEN_HAN.fullmatch(text)
    if both is None or not _LATIN_BEFORE.search(before):
        return []
    again = TITLE.fullmatch(both["han"]) and not both["latin"].isupper()
    return [both.end("latin")] if again or likeness(both["han"]) >= _USUAL else []


def _at(text: str) -> int:
    """Where the @ stands between a job and a firm; 0 for none."""
    led = _BEFORE_AT.match(text)
    job = led.group()[:-1] if led else ""
    known = job.isascii() or TITLE.fullmatch(job) or TITLE_LIKE.fullmatch(job)
    return led.end() - 1 if led and known else 0


def _cuts(text: str) -> list[int]:
    """Where words come apart that were written as one: 我是|Jason, China|的|Account, Ann|做采购, 宋老师|from|新东方."""
    lead = _LEAD.match(text)
    cuts = [lead.end()] if lead else [1] if text[0] == "的" and len(text) > 2 else []
    if owned := _OWNED.search(text):
        return [*cuts, *owned.span()]
    if acts := _ACTS.search(text):
        return [*cuts, acts.start()]
    led, at = _FROM.search(text), _at(text)
    return cuts or (list(led.span()) if led else [at, at + 1] if at else [])


def _words(text: str, start: int, part: int, before: str) -> list[Word]:
    """A word without spaces as one or several; `before` is what stands before it in its stretch."""
    cuts = _cuts(text) or _two_scripts(text, before)
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
    joined += [
        match.span()
        for match in _CLOSING_BRACKETS.finditer(text)
        if FIRM_END.search(match["firm"]) and (is_place(match["inside"]) or _INSIDE.fullmatch(match["inside"]))
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
            for word in _words(
                match.group(), position + match.start(), len(found), text[position : position + match.start()]
            )
        ]
        if words:
            found.append(words)
        position = end
    return found
