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

#: What kind of thing it is, and the thing: `("phone", "+8613800138000")`.
Mark = tuple[str, str]


def contacts_of(words: CustomerWords) -> list[Mark]:
    """Every contact by which a customer is recognised again."""
    return (
        [("phone", phone.e164) for phone in words.phones if phone.e164]
        + [("email", email) for email in words.emails]
        + ([("wechat", words.wechat.lower())] if words.wechat else [])
    )


def marks_of(words: CustomerWords | None) -> set[Mark]:
    """Everything by which a customer is recognised again, contacts and how name and company sound."""
    if words is None:
        return set()
    sounds = person(words.name, words.company)
    return {*contacts_of(words), *([("person", sounds)] if sounds else [])}


def holders(tx: Tx, marks: Iterable[Mark]) -> list[int]:
    """Which customers are recognised by one of these: ids only, for the entry check."""
    ids: dict[int, None] = {}
    asked = list(marks)
    for kind, value in asked:
        rows = tx.all("SELECT customer_id FROM contact_taken WHERE digest = :digest", digest=digest(tx, kind, value))
        ids |= dict.fromkeys(row["customer_id"] for row in rows)
    for row in tx.all("SELECT * FROM customer_newer") if asked else ():
        if not marks_of(words_of(row)).isdisjoint(asked):
            ids[row["id"]] = None
    return list(ids)


def words_of(row: Row) -> CustomerWords:
    """The words of a row of view `customer_index` or `customer_newer`."""
    return CustomerWords.model_validate({"name": "?"} | unseal(row["key_id"], row["key"], row["sealed"]))


def write(tx: Tx, customer_id: int, words: CustomerWords) -> None:
    """Writes all the hashes of a customer who may have none yet."""
    _add(tx, customer_id, marks_of(words))


def follow(tx: Tx, customer_id: int, before: CustomerWords | None, now: CustomerWords | None) -> None:
    """Makes the hashes say what the words say; None: who is not there, or was put away."""
    if before == now:
        return
    held, marks = marks_of(before), marks_of(now)
    if lost := held - marks:
        tx.many("DELETE FROM contact_taken WHERE digest = :digest AND customer_id = :id", _rows(tx, customer_id, lost))
    _add(tx, customer_id, marks - held)


def _add(tx: Tx, customer_id: int, marks: set[Mark]) -> None:
    if marks:
        tx.many("INSERT INTO contact VALUES (:id, :digest) ON CONFLICT DO NOTHING", _rows(tx, customer_id, marks))


def _rows(tx: Tx, customer_id: int, marks: set[Mark]) -> list[dict[str, object]]:
    return [{"id": customer_id, "digest": digest(tx, kind, value)} for kind, value in marks]
