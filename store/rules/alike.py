"""Groups short texts that seem to be about the same thing, in Chinese and English, with the words that they share.
Pure.

    >>> (found,) = groups({1: "接头又漏水了", 2: "净水器接头漏水", 3: "发票抬头写错"})
    >>> found.members, found.words
    ((1, 2), ('接头', '漏水'))

A text is the set of its Chinese characters, their bigrams, and its English words, without stop words; rare ones weigh
more (IDF). The similarity of two texts is the cosine of their sets; they must share two words at least. A text joins a
group by its average similarity to the members, so that one text in between does not chain two groups together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from store.rules.script import fold
from store.rules.words import words

#: How alike two texts, or a text and a group, have to be: found on the complaints of tests/rules/test_alike.py.
ALIKE = 0.28
SHARED_LEAST = 2
#: What a single Chinese character counts beside a pair of them.
SINGLE = 0.6
#: Words that explain a group.
WORDS_MOST = 3
#: Characters of a text that are looked at.
READ_MOST = 300

_HOLDING = "".join(words("alike", "holding"))
"""Chinese characters that hold sentences together: where one stands a word ends."""

_WORDLESS = frozenset(words("alike", "wordless"))
_PIECE = re.compile(rf"[a-z]+|[^\x00-\x7f{_HOLDING}\W\d_]+")
_ENDINGS = ("ings", "ing", "edly", "ed", "ly", "es", "s")


class Alike(NamedTuple):
    """Texts that are alike, by their ids in order, and the words that most of them share."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def groups(texts: Mapping[int, str], leave_out: Iterable[str] = ()) -> list[Alike]:
    """Groups of two texts and more, the largest first. `leave_out`: names that many have and that explain nothing."""
    names = [fold(name) for name in leave_out if name]
    forms: dict[str, str] = {}
    spoken = {one: _terms(_without(fold(text[:READ_MOST]), names), forms) for one, text in texts.items()}
    sets = {one: frozenset(terms) for one, terms in spoken.items()}
    spread = Counter(term for terms in sets.values() for term in terms)
    weight = {term: math.log(1 + len(sets) / n) * (SINGLE if len(term) == 1 else 1) for term, n in spread.items()}
    size = {one: math.sqrt(sum(weight[term] for term in terms)) for one, terms in sets.items()}
    near: dict[tuple[int, int], float] = {}
    for one, other in combinations(sorted(sets), 2):
        shared = sets[one] & sets[other]
        if len(shared) >= SHARED_LEAST:
            near[one, other] = sum(weight[term] for term in shared) / (size[one] * size[other])
    found = [group for group in _joined(near) if len(group) > 1]
    return sorted(
        (Alike(tuple(group), _words([spoken[one] for one in group], forms)) for group in found),
        key=lambda group: (-len(group.members), group.members),
    )


def _joined(near: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Groups whose members are alike on the average, built from the closest pair on."""
    group_of: dict[int, list[int]] = {}
    for (one, other), how in sorted(near.items(), key=lambda pair: (-pair[1], pair[0])):
        if how < ALIKE:
            break
        first, second = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if first is second:
            continue
        pairs = [(min(a, b), max(a, b)) for a in first for b in second]
        if sum(near.get(pair, 0.0) for pair in pairs) / len(pairs) < ALIKE:
            continue
        first += second
        for member in second:
            group_of[member] = first
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _words(spoken: list[list[str]], forms: Mapping[str, str]) -> tuple[str, ...]:
    """What more than half of the texts say, pairs that follow each other as one word, what most say first."""
    counted = Counter(term for terms in spoken for term in set(terms))
    usual = {term for term, n in counted.items() if n * 2 > len(spoken)}
    runs: dict[str, int] = {}
    for terms in spoken:
        run, least = "", 0
        for term in [*terms, ""]:
            if (
                run
                and term in usual
                and run[-1] == term[:1]
                and len(term) == 2
                and not term.isascii()
                and counted[term] == least
            ):
                run += term[1:]
                continue
            if len(run) > 1:
                runs[forms.get(run, run)] = least
            run, least = (term, counted[term]) if term in usual else ("", 0)
    kept: list[str] = []
    for word in sorted(runs, key=lambda word: (-runs[word], -len(word), word)):
        joint = not word.isascii()  # 纹识 of 指纹识别 is two halves
        if not any(word in other or other in word or (joint and word[0] == other[-1]) for other in kept):
            kept.append(word)
    return tuple(kept[:WORDS_MOST])


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text


def _terms(text: str, forms: dict[str, str]) -> list[str]:
    """The words of a text in order, English ones by their stem; `forms` notes how they were written."""
    terms: list[str] = []
    for piece in _PIECE.findall(text):
        if piece.isascii():
            if len(piece) > 2 and piece not in _WORDLESS:
                terms.append(_stem(piece))
                forms[terms[-1]] = min(piece, forms.get(terms[-1], piece), key=len)
        else:
            terms += [piece[at : at + 2] for at in range(len(piece) - 1)]
            terms += piece
    return terms


def _stem(word: str) -> str:
    """A word without its ending: leaks, leaked and leaking are leak."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word
