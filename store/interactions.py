"""Interactions with a customer (calls, visits, messages, …) and notes about one, with their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store import access, attachments, journal, kinds
from store.access import Action, Actor
from store.attachments import NewFile
from store.db import Row, Tx
from store.errors import Invalid, NotAllowed
from store.kinds import Written
from store.rules.models import Contacted, Interaction, Outcome
from store.seal import unseal
from store.times import from_ms, to_ms

TEXT_MAX = 4_000


def add(
    tx: Tx, actor: Actor, customer_id: int, text: str, kind: Contacted = Contacted.NOTE, *,
    outcome: Outcome | None = None, at: datetime | None = None, origin: str = "", files: Sequence[NewFile] = (),
) -> Interaction:  # fmt: skip
    """Adds an interaction or a note to a customer's timeline. All but a note count as contact, unless nobody was
    reached.

    `at` is when it took place (default and latest: now), `origin` the author of forwarded words. The text may be empty
    if there is an outcome or a file. Raises NotAllowed, Invalid, and Busy as `attachments.add` does.
    """
    customer, _ = access.living(tx, actor, Action.LOG, customer_id)
    if not text.strip() and outcome is None and not files:
        raise Invalid("text")
    values: dict[str, object] = {
        "customer_id": customer_id, "kind": kind, "outcome": outcome, "author_id": actor.id,
        "at": to_ms(min(at or tx.now, tx.now)), "text": text.strip()[:TEXT_MAX], "origin": origin,
    }  # fmt: skip
    interaction_id = journal.create(
        tx, actor, kinds.INTERACTION, values, key_id=customer["key_id"], key=customer["key"]
    )
    if files:
        attachments.add(tx, actor, "interaction", interaction_id, files)
    return get(tx, actor, interaction_id)


def get(tx: Tx, actor: Actor, interaction_id: int) -> Interaction:
    """One entry that the actor may write to. Raises NotAllowed, also for one that was taken back."""
    return from_row(_row(tx, actor, interaction_id))


def add_words(tx: Tx, actor: Actor, interaction_id: int, text: str) -> Interaction:
    """Puts words to a contact that was logged without, or instead of those that it has. Raises NotAllowed, Invalid."""
    if not text.strip():
        raise Invalid("text")
    row = _row(tx, actor, interaction_id)
    journal.update(tx, actor, kinds.INTERACTION, row, {"text": text.strip()[:TEXT_MAX]})
    return get(tx, actor, interaction_id)


def _row(tx: Tx, actor: Actor, interaction_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.LOG, "interaction", interaction_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


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
    return [from_row(row) for row in rows]


def last_contact(tx: Tx, actor: Actor, customer_id: int) -> Interaction | None:
    """The contact that a customer's `last_contact_at` tells of. Raises NotAllowed as `timeline` does."""
    _, sight = access.row(tx, actor, Action.SEE, "customer", customer_id)
    if sight.masked:
        raise NotAllowed
    row = tx.one(
        f"SELECT i.* FROM interaction_{sight.scope} i JOIN contact_clock k ON k.id = i.id"
        " WHERE i.customer_id = :id ORDER BY i.at DESC, i.id DESC LIMIT 1",
        id=customer_id,
    )
    return from_row(row) if row else None


def from_row(row: Row) -> Interaction:
    """A row of one of the predicate's views as the model that may leave the store."""
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return Interaction(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], kind=Contacted(row["kind"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None, author_id=row["author_id"], at=from_ms(row["at"]),
        text=str(words.get("text") or ""), origin=str(words.get("origin") or ""),
    )  # fmt: skip


def _follow(tx: Tx, logged: Written) -> None:
    """After each write: the customer's last contact is the newest interaction that was one."""
    tx.run(
        "UPDATE customer SET last_contact_at = (SELECT max(at) FROM contact_clock k WHERE k.customer_id = customer.id)"
        " WHERE id = (SELECT customer_id FROM contact_clock_of WHERE id = :id)",
        id=logged.id,
    )


kinds.INTERACTION.after.append(_follow)
