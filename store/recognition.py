"""By what a customer is recognised again: keyed hashes of contacts, and of how name and company sound.

    recognition.holders(tx, recognition.contacts_of(words))   # which customers have one of these, ids only
    recognition.follow(tx, customer.id, before, words)        # after a change

The hashes of a new customer are written with their search tokens, for several customers at once
(store/search_index.py, docs/decisions/0009). Until then they are recognised by their words: of the newest few, that is.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.db import Row, Tx
from store.rules.adding import person
from store.rules.models import CustomerWords
from store.seal import digest, unseal

#: Its kind and its value: `("phone", "+8613800138000")`.
Identifier = tuple[str, str]


def contacts_of(words: CustomerWords) -> list[Identifier]:
    """Every contact by which a customer is recognised again."""
    return (
        [("phone", phone.e164) for phone in words.phones if phone.e164]
        + [("email", email) for email in words.emails]
        + ([("wechat", words.wechat.lower())] if words.wechat else [])
    )


def identifiers_of(words: CustomerWords | None) -> set[Identifier]:
    """Everything by which a customer is recognised again, contacts and how name and company sound."""
    if words is None:
        return set()
    sounds = person(words.name, words.company)
    return {*contacts_of(words), *([("person", sounds)] if sounds else [])}


def holders(tx: Tx, identifiers: Iterable[Identifier]) -> list[int]:
    """Which customers are recognised by one of these: ids only, for the entry check."""
    ids: dict[int, None] = {}
    asked = list(identifiers)
    for kind, value in asked:
        rows = tx.all("SELECT customer_id FROM contact_taken WHERE digest = :digest", digest=digest(tx, kind, value))
        ids |= dict.fromkeys(row["customer_id"] for row in rows)
    for row in tx.all("SELECT * FROM customer_newer") if asked else ():
        if not identifiers_of(words_of(row)).isdisjoint(asked):
            ids[row["id"]] = None
    return list(ids)


def words_of(row: Row) -> CustomerWords:
    """The words of a row of view `customer_index` or `customer_newer`."""
    return CustomerWords.model_validate({"name": "?"} | unseal(row["key_id"], row["key"], row["sealed"]))


def write(tx: Tx, customer_id: int, words: CustomerWords) -> None:
    """Writes all the hashes of a customer who may have none yet."""
    _add(tx, customer_id, identifiers_of(words))


def follow(tx: Tx, customer_id: int, before: CustomerWords | None, now: CustomerWords | None) -> None:
    """Makes the hashes say what the words say; None: who is not there, or was put away."""
    if before == now:
        return
    held, identifiers = identifiers_of(before), identifiers_of(now)
    if lost := held - identifiers:
        tx.many("DELETE FROM contact_taken WHERE digest = :digest AND customer_id = :id", _rows(tx, customer_id, lost))
    _add(tx, customer_id, identifiers - held)


def _add(tx: Tx, customer_id: int, identifiers: set[Identifier]) -> None:
    if identifiers:
        tx.many("INSERT INTO contact VALUES (:id, :digest) ON CONFLICT DO NOTHING", _rows(tx, customer_id, identifiers))


def _rows(tx: Tx, customer_id: int, identifiers: set[Identifier]) -> list[dict[str, object]]:
    return [{"id": customer_id, "digest": digest(tx, kind, value)} for kind, value in identifiers]
