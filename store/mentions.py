"""Finds the customer whom a sentence names anywhere in it: 今天拜访了刘晓梅, had lunch with Jane Smith today.

    mentions.named(tx, actor, "今天拜访了刘晓梅，聊得不错")   →  [Mention(刘晓梅, "刘晓梅")]

Search requires a customer to have all words of the query; in a sentence most words belong to no customer. So every
stretch that may be a name is looked up in the index by which lists are sorted by name. Short forms (Jane for Jane
Smith, 王总 for 王建国) count only when the sentence holds nobody's full name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from store import access, customers
from store.access import Action, Actor
from store.db import Tx
from store.rules import findable, person_name
from store.rules.models import Customer
from store.rules.script import fold, simplified

#: Characters of a sentence that are looked at, characters of a Chinese name, and words of another.
LINE_MOST, CHARACTERS_MOST, WORDS_MOST = 200, 5, 3
#: How many people one sentence names.
MOST = 4
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b")


class Mention(NamedTuple):
    """A customer, and the words of the sentence that name them."""

    customer: Customer
    said: str


def named(tx: Tx, actor: Actor, line: str) -> list[Mention]:
    """The customers named in a sentence whom the actor sees in the clear, the longest name first; all that a short form
    may mean.
    """
    line = _POSSESSIVE.sub(" ", line[:LINE_MOST])
    whole = {findable.sorts_as(stretch): stretch for stretch in _stretches(line)}
    found = [
        Mention(one, whole[key])
        for key, one in _asked(tx, actor, "f.by_name IN (SELECT value FROM json_each(:sought))", json.dumps([*whole]))
        if key in whole and fold(one.name) == fold(whole[key])
    ]
    found.sort(key=lambda mention: -len(mention.said))
    names: list[Mention] = []
    for mention in found:
        if not any(mention.said != other.said and mention.said in other.said for other in names):
            names.append(mention)
    return (names or list(_by_part(tx, actor, line)))[:MOST]


def called(tx: Tx, actor: Actor, name: str) -> list[Customer]:
    """Those of exactly this name whom the actor sees in the clear."""
    found = _asked(tx, actor, "f.by_name = :sought", findable.sorts_as(name))
    return [one for _, one in found if fold(one.name) == fold(name)][:MOST]


def _by_part(tx: Tx, actor: Actor, line: str) -> Iterator[Mention]:
    """A first name with its capital, a surname with a form of address, where they belong to few."""
    for said, part in _parts(line):
        key = findable.sorts_as(part)
        meant = [
            one
            for _, one in _asked(tx, actor, "f.by_name > :sought || ' ' AND f.by_name < :sought || '!'", key)
            if _begins(one.name, part)
        ]
        if len(meant) <= MOST:
            yield from (Mention(one, said) for one in meant)


def _begins(name: str, part: str) -> bool:
    return fold(name).startswith(fold(part) if not part.isascii() else f"{fold(part)} ")


def _asked(tx: Tx, actor: Actor, where: str, sought: str) -> Iterator[tuple[str, Customer]]:
    """The customers of a question about their names, each once, with what they are sorted by."""
    access.stand(tx, actor)
    seen: set[int] = set()
    for sight in access.sights(actor, Action.FIND):
        if sight.masked:
            continue
        rows = tx.all(
            f"SELECT f.id, f.by_name FROM customer_find_{sight.scope} f WHERE {where} LIMIT :most",
            sought=sought, most=4 * MOST,
        )  # fmt: skip
        for row in rows:
            held = tx.one(f"SELECT * FROM customer_{sight.scope} WHERE id = :id", id=row["id"])
            if held is not None and row["id"] not in seen:
                seen.add(row["id"])
                yield row["by_name"], customers.from_row(held, sight)


def _stretches(line: str) -> Iterator[str]:
    """Everything in a sentence that may be a whole name."""
    for run in _CHINESE.findall(line):
        for length in range(min(CHARACTERS_MOST, len(run)), 1, -1):
            yield from (run[at : at + length] for at in range(len(run) - length + 1))
    words = list(_LATIN.finditer(line))
    for length in range(min(WORDS_MOST, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            stretch = line[words[at].start() : words[at + length - 1].end()]
            if not _CHINESE.search(stretch):
                yield " ".join(stretch.split())


def _parts(line: str) -> Iterator[tuple[str, str]]:
    """What people say for a name, with the part of the name that it holds: Jane, Jane; 王总, 王."""
    for word in _LATIN.findall(line):
        if word.isascii() and word[:1].isupper() and len(word) > 1:
            yield word, word
    for run in _CHINESE.findall(line):
        for length in (4, 3, 2):
            for at in range(len(run) - length + 1):
                told = person_name.spoken(run[at : at + length])
                if told is not None and person_name.surname(told.name) == told.name and _alone(run, at):
                    yield run[at : at + length], simplified(told.name)


def _alone(run: str, at: int) -> bool:
    """Whether no surname of two characters ends here: the 阳总 of 欧阳总."""
    return at == 0 or person_name.surname(run[at - 1 : at + 1]) != run[at - 1 : at + 1]
