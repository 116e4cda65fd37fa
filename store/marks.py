"""Tags and own-field values of customers, kept in the clear beside the sealed record so that lists can filter by them.

store/customers.py calls `follow` after each write of a customer and `forget` when one is archived.

    marks.tags_near(tx, actor)            # the tags of the customers that the actor touched last
    marks.tag_called(tx, "制造业")         # its number, for a list
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from store import access
from store.access import Action, Actor
from store.db import Tx
from store.rules.classification import FieldKind
from store.rules.models import CustomerWords, Value
from store.rules.script import fold

#: From how many customers the tags are gathered that are offered.
NEAR = 300


def follow(tx: Tx, customer_id: int, words: CustomerWords) -> None:
    """Makes the rows say what the record says."""
    _follow_tags(tx, customer_id, {fold(tag): tag for tag in words.tags})
    _follow_values(tx, customer_id, words.custom)


def forget(tx: Tx, customer_id: int) -> None:
    """An archived customer is in no list."""
    tx.run("DELETE FROM customer_tag WHERE customer_id = :id", id=customer_id)
    tx.run("DELETE FROM customer_value WHERE customer_id = :id", id=customer_id)


def _follow_tags(tx: Tx, customer_id: int, carried: dict[str, str]) -> None:
    rows = tx.all(
        "SELECT t.id, t.folded FROM customer_tagged m JOIN tag t ON t.id = m.tag_id WHERE m.customer_id = :id",
        id=customer_id,
    )
    held = {row["folded"]: row["id"] for row in rows}
    for folded in carried.keys() - held.keys():
        tx.run("INSERT INTO tag (name, folded) VALUES (:name, :folded) ON CONFLICT DO NOTHING",
               name=carried[folded], folded=folded)  # fmt: skip
        tag_id = tx.value("SELECT id FROM tag WHERE folded = :folded", folded=folded)
        tx.run("INSERT INTO customer_tag VALUES (:tag, :customer)", tag=tag_id, customer=customer_id)
    for folded in held.keys() - carried.keys():
        tx.run("DELETE FROM customer_tag WHERE customer_id = :id AND tag_id = :tag", id=customer_id, tag=held[folded])


def _follow_values(tx: Tx, customer_id: int, custom: Mapping[str, Value]) -> None:
    rows = tx.all("SELECT field_id, value FROM customer_valued WHERE customer_id = :id", id=customer_id)
    held = {row["field_id"]: row["value"] for row in rows}
    kept = {}
    if custom:
        narrowing = tx.all("SELECT id FROM field WHERE kind NOT IN (:words, 'ours')", words=FieldKind.TEXT)
        kept = {row["id"]: custom[str(row["id"])] for row in narrowing if str(row["id"]) in custom}
    for field_id in held.keys() - kept.keys():
        tx.run("DELETE FROM customer_value WHERE field_id = :field AND customer_id = :id",
               field=field_id, id=customer_id)  # fmt: skip
    for field_id, value in kept.items():
        if field_id not in held or held[field_id] != value:
            tx.run(
                "INSERT OR REPLACE INTO customer_value VALUES (:field, :customer, :value)",
                field=field_id, customer=customer_id, value=int(value) if isinstance(value, bool) else value,
            )  # fmt: skip


def tag_called(tx: Tx, name: str) -> int | None:
    """The number of the tag that is called so, however it is written; None when nobody carries it."""
    found: int | None = tx.value("SELECT id FROM tag WHERE folded = :folded", folded=fold(name.strip().lstrip("#")))
    return found


def tag_name(tx: Tx, actor: Actor, tag_id: int) -> str:
    """A tag as it was first written; empty when the actor sees nobody who carries it (any more)."""
    access.stand(tx, actor)
    seen = any(
        tx.one(
            f"SELECT 1 FROM customer_tagged m JOIN customer_{sight.scope} c ON c.id = m.customer_id"
            " WHERE m.tag_id = :id AND c.deleted_at IS NULL LIMIT 1",
            id=tag_id,
        )
        for sight in access.sights(actor, Action.FIND)
    )
    return _written(tx, tag_id) if seen else ""


def _written(tx: Tx, tag_id: int) -> str:
    return str(tx.value("SELECT name FROM tag WHERE id = :id", id=tag_id))


def tags_near(tx: Tx, actor: Actor, *, limit: int = 12) -> list[tuple[int, str]]:
    """The tags, by number and name, on the customers that the actor touched last, the most frequent first.

    Only what is on customers that the actor may see: a colleague's words about a colleague's customers are theirs.
    """
    access.stand(tx, actor)
    counted: Counter[int] = Counter()
    for sight in access.sights(actor, Action.FIND):
        rows = tx.all(
            "SELECT m.tag_id, count(*) AS n FROM (SELECT id FROM"
            f" customer_{sight.scope} WHERE deleted_at IS NULL ORDER BY updated_at DESC LIMIT :near) c"
            " JOIN customer_tagged m ON m.customer_id = c.id GROUP BY m.tag_id",
            near=NEAR,
        )  # fmt: skip
        counted.update({row["tag_id"]: row["n"] for row in rows})
    return [(tag_id, _written(tx, tag_id)) for tag_id, _ in counted.most_common(limit)]
