"""How a person's name looks in Chinese, and what people put behind it: surnames, shapes, forms of address.

Capture tells names from companies with it, duplicates compare without the form of address.
`spoken("欧阳总")` is `Spoken(name="欧阳", salutation="总", gender=None)`; `likeness("张伟")` is 5, of 万科 4.

There is no list of people: only surnames, characters that given names are made of, and words of address.
"""

import re
from dataclasses import dataclass
from typing import Literal

from store.rules.script import is_han, simplified
from store.rules.words import words

COMPOUND = frozenset(words("person", "compound_surnames"))
"""Surnames of two characters, Simplified."""

COMMON = frozenset("".join(words("person", "common_surnames")))
"""The most frequent surnames: they are borne by more than four Chinese in five."""

SURNAMES = COMMON | frozenset("".join(words("person", "rare_surnames")))
"""Surnames of one character, Simplified."""

_GIVEN = frozenset("".join(words("person", "given")))
"""Characters that given names are often made of. Not a list of names: it tells 张伟 from 万科."""

ADDRESS_GENDER: dict[str, Literal["male", "female"] | None] = {
    "先生": "male",
    "女士": "female",
    "小姐": "female",
    "太太": "female",
    "夫人": "female",
    "阿姨": "female",
    "大姐": "female",
    "大哥": "male",
    "姐": "female",
    "哥": "male",
    "叔": "male",
    "总": None,
    "董": None,
    "工": None,
    "老板": None,
    "老板娘": "female",
    "老师": None,
    "师傅": None,
    "老总": None,
}
"""Words of address that are no job by themselves, and the gender that they tell."""

_NOT_NAMES = frozenset(words("person", "not_names"))

_NOT_FAMILIAR = frozenset(words("person", "not_familiar"))
JOB_ADDRESS = words("person", "jobs")
"""Jobs by which people are addressed after their surname: 王经理, 陈主任."""

_ADDRESS = "|".join(sorted({*ADDRESS_GENDER, *JOB_ADDRESS}, key=len, reverse=True))
_SPOKEN = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,4}}?)(?P<salutation>{_ADDRESS})")
_FAMILIAR = re.compile(r"[小老阿大][\u4e00-\u9fff]")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3}")

LATIN_SALUTATION = re.compile(
    r"(?i:(mr|mrs|ms|miss|mx|dr|rev|hon|mlle|madame|monsieur|mister|dott|prof|professor|sir|madam|mme|herr|frau|señor|señora|sr|sra)\b\.?)"
    r"|(?i:sgt|capt|cpt|lt|col|maj|cmdr|gov|sen)\."
)
"""A form of address before a name in Latin letters."""

LATIN_GENDER: dict[str, Literal["male", "female"]] = {
    "mr": "male",
    "sir": "male",
    "herr": "male",
    "señor": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "madam": "female",
    "mme": "female",
    "frau": "female",
    "señora": "female",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name with a form of address: `name` as typed without it, the address, and the gender it tells."""

    name: str
    salutation: str
    gender: Literal["male", "female"] | None


def surname(text: str) -> str:
    """The surname that a text of Chinese characters begins with, as typed; empty when it begins with none."""
    plain = simplified(text)
    if plain[:2] in COMPOUND:
        return text[:2]
    return text[:1] if plain[:1] in SURNAMES else ""


def likeness(text: str) -> int:
    """How much a word of Chinese characters looks like a full name: 0 not at all, 5 as 张伟 or 欧阳娜娜 does.

    4 is a usual surname or a usual given name, 3 only the shape (surname, one or two characters), 1 four characters
    with a surname of one.
    """
    plain = simplified(text)
    if plain in _NOT_NAMES:
        return 0
    if _FOREIGN.fullmatch(plain):
        return 5
    if not 2 <= len(plain) <= 4 or not all(map(is_han, plain)):
        return 0
    if plain[:2] in COMPOUND:
        return 5 if len(plain) > 2 else 2
    if plain[0] not in SURNAMES:
        return 0
    if len(plain) == 4:
        return 1
    return 3 + (plain[0] in COMMON) + all(character in _GIVEN for character in plain[1:])


def spoken(text: str) -> Spoken | None:
    """Take a name with its form of address apart: 王总, 李娜女士, 陈主任, 欧阳老师. None when it isn't that."""
    plain = simplified(text)
    match = _SPOKEN.fullmatch(plain)
    if match is None:
        return None
    name = match["name"]
    if surname(name) != name and likeness(name) < 4:
        return None
    return Spoken(text[: len(name)], text[len(name) :], ADDRESS_GENDER.get(match["salutation"]))


def familiar(text: str) -> bool:
    """Whether a text is a name as colleagues say it: 小王, 老李, 阿强."""
    plain = simplified(text)
    if not _FAMILIAR.fullmatch(plain) or plain in _NOT_FAMILIAR:
        return False
    return plain[0] == "阿" or plain[1] in SURNAMES


def joined(first: str, last: str) -> str:
    """A name that a phone keeps in two halves: 晓梅 and 刘 are 刘晓梅, whichever stands first; Jane Doe."""
    parts = [part for part in (first.strip(), last.strip()) if part]
    if len(parts) == 2 and all(map(is_han, first.strip() + last.strip())):
        return max(parts[1] + parts[0], parts[0] + parts[1], key=likeness)
    return " ".join(parts)


def bare(text: str) -> str:
    """A name without its form of address, to compare: 王总 and 王经理 are both 王, Dr. Alan Turing is Alan Turing."""
    trimmed = text.strip()
    told = spoken(trimmed)
    if told is not None:
        return told.name
    match = LATIN_SALUTATION.match(trimmed)
    return trimmed[match.end() :].lstrip() or trimmed if match else trimmed
