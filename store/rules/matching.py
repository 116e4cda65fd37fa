"""Parses a search query, and decides whether and how well a customer matches it. Pure.

    >>> sought = terms("zhang 138-0013")
    >>> fit(sought, "|张三|\\n|zhang san|zs|", "|8613800138000|"), fit(sought, "|张三|\\n|zhang san|zs|", "")
    ((1, 5), None)

The two lines are `shown` and `hidden` of store/rules/findable.py; `hidden` is empty for a reader who sees contacts
masked. store/search.py asks the full-text index for candidates by `ways` and lets `fit` decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store.rules.findable import BEGINNINGS, GRAM, PAIR, WORD, flat, grams, hidden_grams

#: Longer queries are cut, and further terms left out.
QUERY_MOST, TERMS_MOST = 120, 6
#: How many of a word's grams are asked for: each is a walk through all who have it, and the words are checked anyway.
ASKED_MOST = 3

_TERM = re.compile(r"[a-z0-9@._+\-]+|[^\x00-\x7f]+")
_PHONE = re.compile(r"[\d\s()+.\-/]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a query: `raw` as it would stand in a contact, `parts` as in a name: jean-luc, (jean, luc)."""

    raw: str
    parts: tuple[str, ...]


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a query, all of which a customer must match: `张三 138-0013` gives 张三 and 1380013."""
    plain = flat(text[:QUERY_MOST]).strip()
    if _PHONE.fullmatch(plain):
        found = [Term(digits, (digits,)) for digits in _numbers(plain)]
    else:
        found = [term for piece in _TERM.findall(plain) if (term := _term(piece))]
    return tuple(dict.fromkeys(found))[:TERMS_MOST]


def _term(piece: str) -> Term | None:
    if not piece.isascii():
        return Term(piece, (piece,))
    if _PHONE.fullmatch(piece):
        digits = "".join(_numbers(piece))
        return Term(digits, (digits,)) if digits else None
    parts = tuple(WORD.findall(piece))
    return Term(piece.strip("._-+"), parts) if parts else None


def _numbers(plain: str) -> list[str]:
    """Groups of digits; as one where that is how the number is kept: with a country code, or in groups of two."""
    groups = re.findall(r"\d+", plain)
    if sum(map(len, groups)) >= 9:
        # A trunk or international prefix (0, 00) is no part of an E.164 number.
        groups = [groups[0].lstrip("0"), *groups[1:]]
    if "+" in plain or (len(groups) > 1 and min(map(len, groups)) < GRAM):
        groups = ["".join(groups)]
    return [group for group in groups if group]


# What the index is asked ----------------------------------------------------------------------------------------------


def ways(part: str) -> list[list[str]]:
    """The ways in which a part of a term may be found in shown fields, each as the tokens that a customer then has."""
    if not part.isascii():
        return [[part] if len(part) == 1 else grams(part)[len(part) :]]
    begun = ["^" + part[: max(length for length in BEGINNINGS if length <= len(part))]]
    return [begun] if len(part) < GRAM else [begun, grams(part)]


def contact(term: Term) -> list[str]:
    """The tokens of a customer who has the term in a hidden field; none when it is too short to search for. Of an
    e-mail only the part before the `@`, since half of all customers share the rest.
    """
    if not term.raw.isascii():
        return ["~" + gram for gram in hidden_grams(term.raw)]
    local = term.raw.partition("@")[0]
    return ["~" + gram for gram in grams(local + "@" if GRAM <= len(local) < len(term.raw) else term.raw)]


def some(found: list[str]) -> list[str]:
    """Some of a word's tokens, from the first to the last: enough to leave few customers without the word."""
    if len(found) <= ASKED_MOST:
        return found
    return [found[at * (len(found) - 1) // (ASKED_MOST - 1)] for at in range(ASKED_MOST)]


# How well they fit ----------------------------------------------------------------------------------------------------

WHOLE, START, END, WORD_START, INSIDE = range(5)


def fit(sought: tuple[Term, ...], shown: str, hidden: str) -> tuple[int, int] | None:
    """The rank of a customer for all the terms (lower is better): first of the whole query, then of places; None when a
    term does not match.
    """
    total = 0
    for term in sought:
        found = place(term, shown, hidden)
        if found is None:
            return None
        total += found
    if len(sought) == 1 and len(sought[0].parts) == 1:
        return min(total, 1), total
    whole = "".join(part for term in sought for part in term.parts)
    raw = "".join(term.raw for term in sought)
    return (0 if _shown(whole, shown) == WHOLE or f"|{raw}|" in hidden else 1), total


def place(term: Term, shown: str, hidden: str) -> int | None:
    """The best place of a term: a whole field, its start, its end, a word's start, inside a word; None if it is
    missing.
    """
    least = GRAM if term.raw.isascii() else PAIR
    best = _written(term.raw, hidden) if len(term.raw) >= least and term.raw in hidden else None
    worst: int | None = WHOLE
    for part in term.parts:
        found = _shown(part, shown)
        worst = None if worst is None or found is None else max(worst, found)
    return min((found for found in (best, worst) if found is not None), default=None)


def _shown(part: str, shown: str) -> int | None:
    written, _, said = shown.partition("\n")
    found = None
    if part in written:
        found = _written(part, written)
        if len(part) < GRAM and part.isascii() and found not in (WHOLE, START, WORD_START):
            found = None
    if found == WHOLE or not part.isascii() or part not in said.replace(" ", ""):
        return found
    for match in _said(part).finditer(said):
        begun, ended = match[1] == "|", match[2] == "|"
        here = (WHOLE if ended else START) if begun else (END if ended else WORD_START)
        found = here if found is None else min(found, here)
    return found


def _written(part: str, line: str) -> int:
    if f"|{part}" in line:
        return WHOLE if f"|{part}|" in line else START
    ends, begins_word = f"{part}|" in line, f" {part}" in line
    if ends and not (begins_word and len(part) < GRAM and part.isascii()):
        return END
    return WORD_START if begins_word else INSIDE


@lru_cache(maxsize=512)
def _said(part: str) -> re.Pattern[str]:
    """The part from a syllable's start on, wherever the next syllables start."""
    return re.compile(r"([| ])" + " ?".join(map(re.escape, part)) + r"(?=(\||))")
