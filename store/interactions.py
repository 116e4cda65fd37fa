"""The timeline: contacts with a customer and notes about one."""

from __future__ import annotations

from store import access, journal
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, NotAllowed
from store.rules.models import Contacted, Interaction
from store.seal import unseal
from store.times import from_ms, to_ms

TEXT_MAX = 4_000


def add(tx: Tx, actor: Actor, customer_id: int, text: str, kind: Contacted = Contacted.NOTE) -> Interaction:
    """Writes something on a customer's timeline. All but a note counts as contact. Raises NotAllowed, Invalid."""
    customer, sight = access.living(tx, actor, Action.LOG, customer_id)
    if not text.strip():
        raise Invalid("text")
    values: dict[str, object] = {
        "customer_id": customer_id, "kind": kind, "author_id": actor.id, "at": to_ms(tx.now),
        "text": text.strip()[:TEXT_MAX],
    }  # fmt: skip
    interaction_id = journal.create(
        tx, actor, journal.INTERACTION, values, key_id=customer["key_id"], key=customer["key"]
    )
    row = tx.one(f"SELECT * FROM interaction_{sight.scope} WHERE id = :id", id=interaction_id)
    assert row is not None
    return _model(row)


def timeline(tx: Tx, actor: Actor, customer_id: int, *, limit: int = 8, skip: int = 0) -> list[Interaction]:
    """A customer's interactions, the newest first. Raises NotAllowed; to a masked sight the words stay closed."""
    _, sight = access.row(tx, actor, Action.SEE, "customer", customer_id)
    if sight.masked:
        raise NotAllowed
    rows = tx.all(
        f"SELECT * FROM interaction_{sight.scope} WHERE customer_id = :id AND deleted_at IS NULL"
        " ORDER BY at DESC, id DESC LIMIT :limit OFFSET :skip",
        id=customer_id, limit=limit, skip=skip,
    )  # fmt: skip
    return [_model(row) for row in rows]


def _model(row: Row) -> Interaction:
    return Interaction(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], kind=Contacted(row["kind"]),
        author_id=row["author_id"], at=from_ms(row["at"]),
        text=str(unseal(row["key_id"], row["key"], row["sealed"])["text"]),
    )  # fmt: skip


def _follow(tx: Tx, interaction_id: int) -> None:
    """After each write: the customer's last contact is the newest interaction that was one."""
    tx.run(
        "UPDATE customer SET last_contact_at = (SELECT max(at) FROM contact_clock k WHERE k.customer_id = customer.id)"
        " WHERE id = (SELECT customer_id FROM contact_clock_of WHERE id = :id)",
        id=interaction_id,
    )


journal.INTERACTION.after.append(_follow)
