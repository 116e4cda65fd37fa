"""The limits for asking customers unasked: at most once in `EVERY_DAYS`, and never somebody who declined.

    if surveys.may_ask(tx, customer_id):
        surveys.asked(tx, customer_id)           # in the transaction that posts the message

    surveys.decline(tx, guest)                   # the button under each of them; `allow` takes it back

The same rule serves questionnaires and the surveys after a case or a purchase. `plan` notes an event to be asked about;
store/survey_due.py asks when the customer may be asked.

Only customers with a guest who agreed and can be reached are asked. Declining holds for the whole customer, whichever
guest did it, and outlives the guest; a visitor, who may not be the customer, declines for their own chat only.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from store import access, guests, journal, kinds
from store.access import Action, Actor
from store.db import Tx
from store.times import from_ms, to_ms

#: A customer is asked no more often than this.
EVERY_DAYS = 30

#: How long after the end of something its customer is asked: whoever ended it can still take it back.
AFTER = timedelta(minutes=10)

#: The condition on a view of customers that is called `c`: who may be asked now. `:asked_since` is `since(tx)`.
ASKABLE = (
    "c.id IN (SELECT customer_id FROM survey_clock WHERE declined_at IS NULL AND coalesce(asked_at, 0) <= :asked_since)"
)


def since(tx: Tx) -> int:
    """The start of the time in which a customer counts as just asked, in milliseconds."""
    return to_ms(tx.now - timedelta(days=EVERY_DAYS))


def may_ask(tx: Tx, customer_id: int) -> bool:
    """Whether this customer may be sent something to answer."""
    return bool(
        tx.value(
            f"SELECT 1 FROM customer_clock c WHERE c.id = :id AND {ASKABLE}", id=customer_id, asked_since=since(tx)
        )
    )


def ask_at(tx: Tx, customer_id: int) -> datetime | None:
    """From when on this customer may be asked, be it past; None for one who does not want it or can't be reached."""
    row = tx.one(
        "SELECT asked_at FROM survey_clock s JOIN customer_clock c ON c.id = s.customer_id"
        " WHERE s.customer_id = :id AND s.declined_at IS NULL",
        id=customer_id,
    )
    return None if row is None else from_ms(row["asked_at"] or 0) + timedelta(days=EVERY_DAYS)


def chats(tx: Tx, customer_id: int) -> list[int]:
    """Which of a customer's guests are asked."""
    found = "SELECT guest_id FROM survey_clock WHERE customer_id = :id AND declined_at IS NULL ORDER BY guest_id"
    return [row["guest_id"] for row in tx.all(found, id=customer_id)]


def asked(tx: Tx, customer_id: int) -> None:
    """Notes that a customer is asked just now. A mark of ours and no change of a record: the journal has no entry."""
    tx.run(
        "INSERT INTO survey (customer_id, asked_at) VALUES (:id, :now) ON CONFLICT (customer_id) DO UPDATE SET"
        " asked_at = :now",
        id=customer_id, now=to_ms(tx.now),
    )  # fmt: skip


def plan(tx: Tx, record: str, record_id: int) -> None:
    """Something came to an end ("complaint" or "deal"): its customer may be asked about it in a while. A mark of ours
    as `asked` is.
    """
    tx.run(
        "INSERT INTO survey_due (record, record_id, wake_at, ended_at) VALUES (:record, :id, :at, :now)"
        " ON CONFLICT (record, record_id) DO UPDATE SET wake_at = :at, ended_at = :now",
        record=record, id=record_id, at=to_ms(tx.now + AFTER), now=to_ms(tx.now),
    )  # fmt: skip


def declined(tx: Tx, customer_id: int) -> bool:
    """Whether the customer does not want to be asked."""
    found = "SELECT 1 FROM survey WHERE customer_id = :id AND declined_at IS NOT NULL"
    return bool(tx.value(found, id=customer_id))


def decline(tx: Tx, actor: Actor) -> None:
    """A guest wants no such messages. Raises NotAllowed."""
    _set(tx, actor, to_ms(tx.now))


def allow(tx: Tx, actor: Actor) -> None:
    """A guest wants them again. Raises NotAllowed."""
    _set(tx, actor, None)


def _set(tx: Tx, actor: Actor, declined_at: int | None) -> None:
    customer, _ = access.row(tx, actor, Action.RATE, "customer", actor.customer_id)
    if actor.visitor or declined_at is None:
        guests.set_quiet(tx, actor, declined_at)
    if actor.visitor:
        return
    row = tx.one("SELECT * FROM survey WHERE customer_id = :id", id=customer["id"])
    if row is None:
        journal.create(tx, actor, kinds.SURVEY, {"customer_id": customer["id"], "declined_at": declined_at})
    elif (row["declined_at"] is None) != (declined_at is None):
        journal.update(tx, actor, kinds.SURVEY, row, {"declined_at": declined_at})
