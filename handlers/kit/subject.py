"""Finds the customer named at the beginning of a sentence; the rest is what is said about them.

    subject(req, "张三 发货少了两箱 急")   →  customers=[张三], certain=True, words="发货少了两箱 急"

Chinese needs no space after the name (张三发货少了两箱); an English name may have several words (John Smith wrong
invoice). A name that may be the beginning of another, 张三 of 张三丰, is never certain (handlers/understand/naming.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.kit.request import Request
from handlers.understand import naming
from store import search
from store.rules import findable, matching
from store.rules.classification import CustomerKind
from store.rules.models import Customer
from store.rules.script import fold

#: How many words, and how many characters of an unspaced line, may be a name.
WORDS_MOST, CHARACTERS_MOST = 4, 12
_LEAD = re.compile(r"^(?:客户|关于|from|for|about|by|of)(?:\s+|[:：])", re.IGNORECASE)
_EDGES = " \t\n,，.。:：;；、-—"
_UNSPACED = re.compile(r"^[^\x00-\x7f]{3,}")


@dataclass(frozen=True, slots=True)
class Subject:
    """The customers who may be meant, the best first, and what was said of them.

    `certain`: one of them is called exactly so, and stands first. `typed` is what was taken for the name. `cut`: the
    name may go on behind that; then `words` are all of the line.
    """

    customers: tuple[Customer, ...]
    certain: bool
    typed: str
    words: str
    cut: bool = False

    @property
    def sure(self) -> bool:
        """Whether nobody else can be meant: one is called so, or the only one found is called by what was typed (Jane
        for Jane Doe, 晓梅 for 刘晓梅); initials, a slip or the middle of a word call nobody.
        """
        if self.certain or self.cut or len(self.customers) != 1:
            return self.certain
        return naming.calls(self.typed, self.customers[0].name)

    @property
    def named(self) -> bool:
        """Whether the typed words name one of those found, perhaps with a slip, but nobody for certain: of two called
        Jane, or for 张叁.
        """
        return any(naming.nearly(self.typed, one.name) for one in self.customers)

    @property
    def begun(self) -> bool:
        """Whether the typed words are only the beginning of the found customer's name: 张三 of 张三丰."""
        found = self.customers
        return not self.certain and len(found) == 1 and naming.begun(self.typed, found[0].name)


def subject(req: Request, line: str) -> Subject:
    """Splits a line, the longest name that the book knows first. Nobody found: the first word is taken for the name."""
    line = _LEAD.sub("", line.strip(_EDGES))
    guesses: list[Subject] = []
    for typed, words in _splits(line):
        found = search.find(req.tx, req.actor, typed)
        called = [one for one in found.customers if _called(one, typed)]
        meant = called or found.customers
        if meant and goes_on(meant[0], typed, line[len(typed) :]):
            guesses.append(Subject(tuple(meant), certain=False, typed=typed, words=line, cut=True))
        elif len(called) == 1:
            others = tuple(one for one in found.customers if one is not called[0])
            return Subject((called[0], *others), certain=True, typed=typed, words=words)
        elif found.customers:
            guesses.append(Subject(tuple(found.customers), certain=False, typed=typed, words=words))
    if guesses:
        return guesses[0]
    typed, _, words = line.partition(" ")
    return Subject((), certain=False, typed=typed, words=words.strip(_EDGES))


def _splits(line: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a line into a name and the rest, the longest name first."""
    ends = [match.end() for match in re.finditer(r"\S+", line)][:WORDS_MOST]
    for end in reversed(ends):
        yield line[:end].strip(_EDGES), line[end:].strip(_EDGES)
    unspaced = _UNSPACED.match(line)
    if unspaced:
        for end in range(min(unspaced.end() - 1, CHARACTERS_MOST), 1, -1):
            yield line[:end].strip(_EDGES), line[end:].strip(_EDGES)


def goes_on(customer: Customer, typed: str, behind: str) -> bool:
    """Whether what was taken for a name may be the beginning of a longer one, of a person's or of a firm's."""
    person = fold(typed) in fold(customer.name) and customer.kind is CustomerKind.PERSON
    return (naming.goes_on if person else naming.firm_goes_on)(typed, behind)


def _called(customer: Customer, typed: str) -> bool:
    """Whether a name, a company or a number of the customer is exactly what was typed; a tag calls nobody."""
    hay = findable.hay(customer.model_copy(update={"tags": (), "custom": {}}))
    fits = matching.fit(matching.terms(typed), hay.called, hay.hidden)
    return fits is not None and fits[0] == 0
