"""Several things that people write as one Chinese word: 云帆科技采购部王总, 秦朗经理, 王总要报价.

`split_firm`, `split_name` and `glued` give the pieces of such a word, `cut_out` and its like one piece of it.
"""

import re

from handlers.understand.capture.judging import (
    FULL,
    LONGEST_TITLE,
    SHAPE,
    TRADE,
    UNKNOWN,
    firm,
    is_surname,
    name,
    note,
    sure,
    title,
)
from handlers.understand.capture.lexicon import CJK, NOTE_INSIDE, NOTE_START, STRONG_END, TITLE
from handlers.understand.capture.pieces import Kind, Piece, Word
from store.rules.person_name import JOB_ADDRESS, likeness, spoken
from store.rules.places import is_place

_ACRONYM = re.compile(rf"[A-Z][A-Za-z&]{{1,9}}(?=[{CJK}]{{2}})")
_JOB_LETTERS = re.compile(rf"(?<=[{CJK}])(?:C[A-Z]O|[SE]?VP|HR|HRBP|BD|PM|GM|MD|AE|KA|IT|PR|FAE)$")


def cut_out(word: Word, start: int, end: int, kind: Kind = "open") -> Piece:
    """The piece of a word from `start` to `end`."""
    return Piece(word.start + start, word.start + end, word.text[start:end], word.part, kind)


def firm_of(word: Word, start: int, end: int) -> Piece:
    """A piece of a word that is a firm."""
    made = cut_out(word, start, end)
    made.company = firm(made.text) or UNKNOWN + 1
    return made


def name_of(word: Word, start: int, end: int) -> Piece:
    """A piece of a word that is a name."""
    made = cut_out(word, start, end)
    made.name = name(made.text)
    return made


def person(word: Word, start: int, end: int) -> list[Piece]:
    """A name, and the job it is followed by: 秦朗经理 is 秦朗 and 经理, but 王经理 is how 王 is called."""
    text = word.text[start:end]
    told = spoken(text)
    if told is None or is_surname(told.name):
        return [name_of(word, start, end)]
    cut = start + len(told.name)
    who = cut_out(word, start, cut)
    who.name = FULL + likeness(who.text) + 0.5
    rest = cut_out(word, cut, end, "title")
    if not TITLE.fullmatch(told.salutation):
        rest.kind = "salutation"
    return [who, rest]


def glued(word: Word, start: int) -> list[Piece] | None:
    """Job and name written together, from `start` to the end of the word: 采购部王总, 总经理王强, 张伟, 采购."""
    text = word.text[start:]
    if not text:
        return None
    if title(text):
        return [cut_out(word, start, len(word.text), "title")]
    if sure(text):
        return person(word, start, len(word.text))
    for cut in range(len(text) - 2, 1, -1):
        named = sure(text[cut:]) or (
            len(text) - cut == 3 and likeness(text[cut:]) == SHAPE and text[:cut] in JOB_ADDRESS
        )
        if cut <= LONGEST_TITLE and named and TITLE.fullmatch(text[:cut]):
            return [cut_out(word, start, start + cut, "title"), *person(word, start + cut, len(word.text))]
    return None


def split_firm(word: Word) -> list[Piece] | None:
    """A firm with those who work there behind it: 桃花岛贸易行业务经理, 云帆科技张伟."""
    letters = _ACRONYM.match(word.text)
    if letters and title(word.text[letters.end() :]):
        of = cut_out(word, 0, letters.end())
        of.company = UNKNOWN - 0.5
        return [of, cut_out(word, letters.end(), len(word.text), "title")]
    jobs = _JOB_LETTERS.search(word.text)
    if jobs and firm(word.text[: jobs.start()]):
        cut = jobs.start()
        return [firm_of(word, 0, cut), cut_out(word, cut, len(word.text), "title")]
    cuts = [cut for cut in range(len(word.text) - 1, 2, -1) if firm(word.text[:cut])]
    # 北师大附中体育老师 teaches at a school; it isn't 北师大附中体育 that has a 老师.
    for cut in sorted(cuts, key=lambda cut: STRONG_END.search(word.text[:cut]) is None):
        if people := glued(word, cut):
            return [firm_of(word, 0, cut), *people]
    return None


def split_name(word: Word) -> list[Piece] | None:
    """A name with what is said about it, or its firm, behind it: 王总要报价, 王总云帆科技."""
    text = word.text
    for cut in range(min(len(text) - 1, 6), 1, -1):
        head, tail = text[:cut], text[cut:]
        if is_place(head) or (cut == 3 and head[-1] in "打来说问给要" and likeness(head[:2]) >= 3):
            continue  # 武汉客户; 王平打来电话
        if spoken(head) and (note(tail) or firm(tail) >= TRADE):
            said = cut_out(word, cut, len(text), "note") if note(tail) else firm_of(word, cut, len(text))
            return [*person(word, 0, cut), said]
        if likeness(head) >= 4 and len(tail) > 1 and (NOTE_START.match(tail) or NOTE_INSIDE.match(tail)):
            return [name_of(word, 0, cut), cut_out(word, cut, len(text), "note")]
    return None
