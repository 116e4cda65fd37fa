"""Duplicate check at entry: is this person in the book already? And pairs that a member declared to be different
people.

    known = duplicates.look(tx, actor, CustomerWords(name="张三", company="云帆科技", phones=…))
    known.same, known.alike   # customers whom the actor may be told of
    known.taken               # a customer of somebody else has one of the contacts: told as "taken", no more

Customers match by an equal phone, e-mail or WeChat, by a name that sounds the same at the same company, or by the same
full name. A contact
may be reported as taken, since the asker already holds it. Names and companies can be guessed one after the other, so a
match by them is reported only for customers whom the actor could have found anyway.
"""

from __future__ import annotations

from typing import NamedTuple

from store import access, customers, journal, kinds, mentions, recognition
from store.access import Action, Actor
from store.db import Tx
from store.rules.adding import person
from store.rules.models import Customer, CustomerWords


class Known(NamedTuple):
    """What the actor may be told: whether a colleague's customer has one of the contacts (`taken`), who has the same
    contact (`same`), and who only the same name at the same company (`alike`).
    """

    taken: bool
    same: list[Customer]
    alike: list[Customer]


def look(tx: Tx, actor: Actor, words: CustomerWords) -> Known:
    """The customers who may be the person described. Raises Busy as `customers.known`."""
    contacts = recognition.contacts_of(words)
    taken, same = customers.known(tx, actor, contacts) if contacts else (False, [])
    there = {one.id for one in same}
    return Known(taken and not same, same, [one for one in _named(tx, actor, words) if one.id not in there])


def alike(tx: Tx, actor: Actor, words: CustomerWords) -> list[Customer]:
    """The same without a question about colleagues' customers: only those whom the actor may be told of."""
    same = customers.get_all(tx, actor, recognition.holders(tx, recognition.contacts_of(words)))
    clear = [one for one in same if not one.masked]  # a hidden number is not confirmed
    there = {one.id for one in clear}
    return clear + [one for one in _named(tx, actor, words) if one.id not in there]


def _named(tx: Tx, actor: Actor, words: CustomerWords) -> list[Customer]:
    """Who sounds the same at the same company, and who of those that are seen in the clear has the very same name."""
    sounds = person(words.name, words.company)
    found = customers.get_all(tx, actor, recognition.holders(tx, [("person", sounds)])) if sounds else []
    there = {one.id for one in found}
    return found + [one for one in mentions.called(tx, actor, words.name) if one.id not in there]


def keep_apart(tx: Tx, actor: Actor, one: int, other: int) -> None:
    """Remembers that two customers are not the same: nobody is asked about this pair again. Raises NotAllowed."""
    low, high = sorted((one, other))
    for customer_id in (low, high):
        access.row(tx, actor, Action.SEE, "customer", customer_id)
    if tx.value("SELECT 1 FROM apart WHERE one_id = :low AND other_id = :high AND deleted_at IS NULL",
                low=low, high=high) is None:  # fmt: skip
        journal.create(tx, actor, kinds.APART, {"one_id": low, "other_id": high, "author_id": actor.id})


def apart(tx: Tx, one: int, other: int) -> bool:
    """Whether somebody has said that these two are not the same."""
    low, high = sorted((one, other))
    found = tx.value(
        "SELECT 1 FROM apart WHERE one_id = :low AND other_id = :high AND deleted_at IS NULL", low=low, high=high
    )
    return found is not None
