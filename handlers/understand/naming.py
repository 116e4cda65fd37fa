"""Whether a name that the book knows is only the beginning of the one that was written: 张三 of 张三丰, Li of Lina.

    >>> goes_on("张三", "丰 发货少了"), goes_on("张三", "发货少了"), goes_on("Acme", " Trading wrong invoice")
    (True, False, True)
    >>> begun("张三", "张三丰"), begun("Jane", "Jane Smith")
    (True, False)
    >>> calls("Jane", "Jane Smith"), calls("晓梅", "刘晓梅"), calls("an", "Jane Smith"), calls("刘", "刘晓梅")
    (True, True, False, False)

Whoever takes it for the name all the same writes something of one person down for another; so it is asked.
"""

from __future__ import annotations

import calendar
import re

from store.rules.company import CHINESE_FORMS, LATIN_FORMS
from store.rules.person_name import surname
from store.rules.script import fold
from store.rules.words import words

_HAN = r"[\u3400-\u9fff]"
_LETTER = r"[A-Za-z\u00c0-\u024f]"
#: What a firm's name goes on with: up to four characters and a legal form.
_FORMS = f"{_HAN}{{0,4}}?(?:{'|'.join(sorted(CHINESE_FORMS, key=len, reverse=True))})"
#: One character alone behind a person; behind a firm two, such as 科技.
_PERSON = re.compile(f"{_HAN}(?!{_HAN})|{_FORMS}")
_FIRM = re.compile(f"{_HAN}{{1,2}}(?!{_HAN})|{_FORMS}")
#: The next word, where it has a capital and is no abbreviation.
_CAPITAL = re.compile(r"\s+([A-Z][a-z'’-]+)\b")
#: What begins a sentence or says a day, and is no second word of a name: "complaint Acme The pump leaks".
_NO_NAME = frozenset(words("naming", "openers")) | {
    day.lower() for day in (*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr)
}


def goes_on(typed: str, behind: str) -> bool:
    """Whether a person's name may go on in what stands directly behind it."""
    return bool(_PERSON.match(behind)) or _latin_goes_on(typed, behind)


def firm_goes_on(typed: str, behind: str) -> bool:
    """The same of a firm's name."""
    return bool(_FIRM.match(behind)) or _latin_goes_on(typed, behind)


def _latin_goes_on(typed: str, behind: str) -> bool:
    """John of John Smith; but not Jane Smith of "Jane Smith Friday", and "Acme Friday", "Acme The pump leaks" are none
    either.
    """
    following = _CAPITAL.match(behind)
    if following is None or not typed.isascii() or following[1].lower() in _NO_NAME:
        return False
    return len(typed.split()) == 1 or following[1].lower() in LATIN_FORMS


def calls(typed: str, name: str) -> bool:
    """Whether people who say `typed` mean somebody of this name: a word of it, or of a Chinese one its end."""
    piece, name = re.escape(fold(typed)), fold(name)
    if typed.isascii():
        return re.search(f"(?<!{_LETTER}){piece}(?!{_LETTER})", name) is not None
    alone = "" if len(fold(typed)) > 1 else f"(?<!{_HAN})"
    return re.search(f"{alone}{piece}(?!{_HAN})", name) is not None


def nearly(typed: str, name: str) -> bool:
    """Whether somebody may have meant this name: a word of it is there, or but for a slip the whole of it."""
    if any(calls(word, name) for word in typed.split()):
        return True
    if typed.isascii():
        return typed[:1].isupper() and fold(typed)[:1] == fold(name)[:1]
    return len(typed) == len(name) and surname(typed) == surname(name) != ""


def begun(typed: str, name: str) -> bool:
    """Whether `typed` is a piece of `name` for which nobody says it: one character or some letters are missing."""
    piece, name = re.escape(fold(typed)), fold(name)
    if not typed.isascii():
        return re.match(f"{piece}{_HAN}(?!{_HAN})", name) is not None
    return fold(typed) in name and not re.search(f"(?<!{_LETTER}){piece}(?!{_LETTER})", name)
