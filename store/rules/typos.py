"""Corrections of a query that found nothing: one typing slip, or one character that sounds the same.

`guesses` gives the tokens that a customer must have for a correction, `meant` what of a customer's line was meant
(tokens and lines are those of store/rules/findable.py):

    >>> meant("zhangsna", "|张三|\\n|zhang san|zs|")
    'zhangsan'
    >>> meant("张叁", "|张三|\\n|zhang san|zs|")
    '张三'

A slip is one letter wrong, missing, extra, or two exchanged, in a word of four letters or more; numbers are never
corrected. `guesses` asks for few and rare tokens, since many common ones cost more than checking the customers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from store.rules import pinyin
from store.rules.findable import SLIP_LEAST, grams, neighbours
from store.rules.matching import some, ways

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
        yield tuple(ways(text)[0])


def meant(word: str, line: str) -> str | None:
    """The part of a line that `word` may have meant: whole fields and words are tried first, then their beginnings."""
    written, _, said = line.partition("\n")
    if not word.isascii():
        return next(_same_sound(word, written), None)
    first, begun = word[:2], ""
    for there in dict.fromkeys(re.split(r"[| ]+", f"{written}{said}{said.replace(' ', '')}")):
        # One slip leaves one of the first two letters in one of the first two places; most words go no further.
        if there and (there[0] in first or there[1:2] in first):
            near = _slipped(word, there)
            if near and near == there:
                return near
            begun = begun or near
    return begun or None


def _slipped(word: str, said: str) -> str:
    """The beginning of `said` that is one slip away from `word`, all of it if that can be; empty when none is."""
    at = 0
    for typed, letter in zip(word, said, strict=False):
        if typed != letter:
            break
        at += 1
    after = word[at + 1 :]
    wrong = at < len(word) and said.startswith(after, at + 1)
    surplus = at < len(word) and said.startswith(after, at)
    missing = said.startswith(word[at:], at + 1)
    swapped = said.startswith(after[:1] + word[at : at + 1] + after[1:], at) and len(after) > 0
    if not (wrong or surplus or missing or swapped):
        return ""
    lengths = [
        len(word) if wrong or swapped else 0,
        len(word) + 1 if missing else 0,
        len(word) - 1 if surplus else 0,
    ]
    if len(said) in lengths:
        return said
    # A beginning that is the word without its last letter is no slip but a shorter question.
    begun = (said[:length] for length in lengths if 0 < length < len(said))
    return next((start for start in begun if start != word[:-1] and not start.startswith(word)), "")


def _same_sound(word: str, line: str) -> Iterator[str]:
    for at, character in enumerate(word):
        sounds = set(pinyin.readings(character))
        for match in re.finditer(f"{re.escape(word[:at])}([^\x00-\x7f]){re.escape(word[at + 1 :])}", line):
            if sounds & set(pinyin.readings(match[1])):
                yield match[0]
