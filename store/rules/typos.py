"""What somebody may have meant when nothing was found: one slip of the finger, or one character that sounds the same.

`guesses` says which tokens a customer must have for that (for the full-text index, as in store/rules/matching.py), `meant`
what in a customer's words it was:

    >>> meant("zhangsna", "|张三|zhang san|zhangsan|zs|")
    'zhangsan'
    >>> meant("张叁", "|张三|zhang san|zhangsan|zs|")
    '张三'

A slip is one letter wrong, missing, too many, or two exchanged, in a word of four letters or more, at the start of a word;
numbers are never guessed. Wherever it is, the rest of the word is whole: each guess leaves a hole and asks for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from store.rules import pinyin
from store.rules.matching import asked, grams

#: Fewer letters have too many neighbours (issue: "one typing error in 4+ letters"); more are no name.
LETTERS_LEAST, LETTERS_MOST = 4, 40
#: A hole in a longer word is wider, so that there are never many.
_HOLES = 8
#: From which length on a hole always leaves three letters in a row. In a shorter word it is filled with every letter.
FILLED_BELOW = 6
#: How many readings of a character are tried.
_READINGS = 4

Guess = tuple[str, ...]
"""Tokens that a customer must all have."""


def guesses(word: str) -> list[Guess]:
    """The ways in which `word` may be nearly right; empty when it is too short to tell, or a number."""
    if not word.isascii():
        return list(dict.fromkeys(_sounding(word))) if len(word) > 1 else []
    if sum(map(str.isalpha, word)) < LETTERS_LEAST or len(word) > LETTERS_MOST:
        return []
    return list(dict.fromkeys(tuple(dict.fromkeys(guess)) for guess in _slipped(word) if guess))


def _slipped(word: str) -> Iterator[list[str]]:
    width = max(1, len(word) // _HOLES)
    for at in range(0, len(word), width):
        after = at + width
        kept = grams(word[:at]) + grams(word[after:])
        if kept:
            yield kept
        else:
            yield from map(grams, _filled(word, at))
        if after < len(word):
            yield grams(word[: after - 1] + word[after] + word[after - 1] + word[after + 1 :])


def _filled(word: str, at: int) -> Iterator[str]:
    yield word[:at] + word[at + 1 :]
    for letter in ascii_lowercase:
        yield word[:at] + letter + word[at + 1 :]
        yield word[:at] + letter + word[at:]


def _sounding(word: str) -> Iterator[Guess]:
    usual = [part[0] for part in pinyin.syllables(word)]
    if len(usual) != len(word):
        return
    for at, character in enumerate(word):
        kept = [token for part in (word[:at], word[at + 1 :]) if part for token in asked(part)]
        for reading in pinyin.readings(character)[:_READINGS]:
            yield (*kept, *grams("".join([*usual[:at], reading, *usual[at + 1 :]])))


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
