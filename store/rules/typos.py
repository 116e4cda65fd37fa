"""What somebody may have meant when nothing was found: one slip of the finger, or one character that sounds the same.

`guesses` says which tokens a customer must have for that (for the full-text index, as in store/rules/matching.py),
`meant` what in a customer's words it was:

    >>> meant("zhangsna", "|张三|zhang san|zhangsan|zs|")
    'zhangsan'
    >>> meant("张叁", "|张三|zhang san|zhangsan|zs|")
    '张三'

A slip is one letter wrong, missing, too many, or two exchanged, in a word of four letters or more; numbers are never
guessed. What is asked for is little, and rare: a question of a hundred common tokens costs more than looking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from store.rules import pinyin
from store.rules.matching import SLIP_LEAST, grams, neighbours, some

#: No name is longer; nor are a name's characters that might be mistaken.
LETTERS_MOST, CHARACTERS_MOST = 40, 8
#: A contact is asked for without one of its thirds, which must leave enough to go by.
_THIRDS, _CONTACT_LEAST = 3, 9
#: How many ways to read a text are tried.
_READINGS = 8

Guess = tuple[str, ...]
"""Tokens that a customer must all have."""


def guesses(word: str) -> list[Guess]:
    """The ways in which a name may nearly be `word`; empty when that is too short to tell, or a number."""
    if not word.isascii():
        return list(dict.fromkeys(_sounding(word))) if 1 < len(word) <= CHARACTERS_MOST else []
    if not _telling(word):
        return []
    return [("-" + near,) for near in dict.fromkeys(neighbours(word))]


def contact_guesses(raw: str) -> list[Guess]:
    """The ways in which an e-mail or WeChat name may nearly be `raw`: a slip is in one of its thirds or between two."""
    if not _telling(raw) or raw.isalpha() or len(raw) < _CONTACT_LEAST:
        return []
    cuts = [len(raw) * third // _THIRDS for third in range(_THIRDS + 1)]
    kept = [grams(raw[:start]) + grams(raw[end:]) for start, end in pairwise(cuts)]
    swapped = [grams(raw[: cut - 1] + raw[cut] + raw[cut - 1] + raw[cut + 1 :]) for cut in cuts[1:-1]]
    return [tuple("~" + gram for gram in some(found)) for found in kept + swapped]


def _telling(word: str) -> bool:
    return sum(map(str.isalpha, word)) >= SLIP_LEAST and len(word) <= LETTERS_MOST


def _sounding(word: str) -> Iterator[Guess]:
    """The word's sound, with each reading of each character: homophones share one."""
    sounds = pinyin.syllables(word)
    if len(sounds) != len(word):
        return
    usual = [part[0] for part in sounds]
    read = ("".join([*usual[:at], other, *usual[at + 1 :]]) for at, part in enumerate(sounds) for other in part[1:])
    for text in ["".join(usual), *islice(read, _READINGS)]:
        if found := some(grams(text)):
            yield tuple(found)


def meant(word: str, line: str) -> str | None:
    """What stands in the line that `word` may have meant: whole fields and words first, then their beginnings."""
    if not word.isascii():
        return next(_same_sound(word, line), None)
    begun = None
    for said in dict.fromkeys(re.split(r"[| ]+", line)):
        if not said.isascii() or len(said) < len(word) - 1:
            continue
        if abs(len(said) - len(word)) <= 1 and one_slip(word, said):
            return said
        if begun is None:
            lengths = (len(word), len(word) + 1, len(word) - 1)
            begun = next((said[:length] for length in lengths if _begins(word, said[:length])), None)
    return begun


def _begins(word: str, start: str) -> bool:
    # A beginning that is the word without its last letter would be no slip but a shorter question.
    return one_slip(word, start) and start != word[:-1]


def _same_sound(word: str, line: str) -> Iterator[str]:
    for at, character in enumerate(word):
        sounds = set(pinyin.readings(character))
        for match in re.finditer(f"{re.escape(word[:at])}([^\x00-\x7f]){re.escape(word[at + 1 :])}", line):
            if sounds & set(pinyin.readings(match[1])):
                yield match[0]


def one_slip(typed: str, other: str) -> bool:
    """Whether the two differ by exactly one letter wrong, missing or too many, or two neighbours exchanged."""
    if typed == other or abs(len(typed) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(typed, other, strict=False)) if a != b), min(len(typed), len(other)))
    left, right = typed[at:], other[at:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and len(right) > 1 and left[2:] == right[2:])
    )
