"""How a guest shows that they are the customer: by the customer's phone number, or by the word of a member.

    if proofs.by_number(tx, visitor, "+8613800138000"): ...     # a number that Telegram says is theirs
    proofs.by_member(tx, member, guest_id)                      # a member confirms it

Until then they are a visitor (`Actor.visitor`): contacts are masked, and they read only what they wrote themselves.
Kept are the time and whose word it was. The proof ends when the link is exchanged and when the guest leaves
(store/guests.py). A number that is not the customer's is not kept.
"""

from __future__ import annotations

from typing import NamedTuple

from store import access, floods, guests, journal, kinds
from store.access import Action, Actor
from store.db import Tx
from store.errors import Busy, NotAllowed
from store.rules.models import CustomerWords
from store.seal import unseal
from store.times import to_ms

#: How often a day somebody may show a number: each is their own, so that it can't be tried out, but a finger slips.
NUMBERS_A_DAY = 5


def by_number(tx: Tx, actor: Actor, e164: str | None, telegram_id: int) -> bool:
    """Whether a number that Telegram says is this person's is one of the customer's; then they are known as them.

    `e164` None is a number that can't be read. Raises NotAllowed, and Busy `limit` beyond `NUMBERS_A_DAY`.
    """
    customer, _ = access.row(tx, actor, Action.OWN_DATA, "customer", actor.customer_id)
    if not floods.may(tx, telegram_id, "prove", NUMBERS_A_DAY):
        raise Busy("limit")
    kept = unseal(customer["key_id"], customer["key"], customer["sealed"])
    words = CustomerWords.model_validate({"name": "?"} | kept)
    if e164 is None or e164 not in [phone.e164 for phone in words.phones]:
        return False
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=actor.guest_id)
    if row is None:
        raise NotAllowed
    journal.update(tx, actor, kinds.GUEST, row, {"proven_at": to_ms(tx.now), "proven_by": None})
    return True


def by_member(tx: Tx, actor: Actor, guest_id: int) -> None:
    """A member says that this guest is the customer. Raises NotAllowed, also for one who has left."""
    row, _ = access.row(tx, actor, Action.LINK, "guest", guest_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    journal.update(tx, actor, kinds.GUEST, row, {"proven_at": to_ms(tx.now), "proven_by": actor.id})


class Joined(NamedTuple):
    """The number of guests who came through a customer's links, and the number of them who are proven."""

    all: int
    proven: int


def joined(tx: Tx, customer_id: int) -> Joined:
    """Counts them; no word of anybody."""
    rows = tx.all("SELECT proven_at FROM guest_door WHERE customer_id = :id AND unreachable_at IS NULL", id=customer_id)
    return Joined(len(rows), sum(row["proven_at"] is not None for row in rows))


def reads_case(tx: Tx, customer_id: int, case_id: int) -> bool:
    """Whether any guest of the customer may read the words of a case."""
    rows = tx.all("SELECT id FROM guest_door WHERE customer_id = :id AND unreachable_at IS NULL", id=customer_id)
    return any(may_read(tx, guest, "complaint", case_id) for row in rows if (guest := guests.as_actor(tx, row["id"])))


def doubtful(tx: Tx, record: str, record_id: int) -> bool:
    """Whether a "complaint" or "feedback" was written by a visitor."""
    return tx.value(f"SELECT 1 FROM {record}_doubtful_clock WHERE id = :id", id=record_id) is not None


def may_read(tx: Tx, actor: Actor, record: str, record_id: int) -> bool:
    """Whether a guest reads the words of a record: the customer all of theirs, a visitor what they wrote themselves."""
    try:
        access.row(tx, actor, Action.OWN_DATA, record, record_id)
    except NotAllowed:
        return False
    return True
