"""A member asks for a customer of somebody else; those who may change that customer answer.

    for asked in requests.ask(tx, actor, recognition.contacts_of(words)): ...   # asked.to: who is to be told
    requests.grant(tx, member, asked.id)                                      # the customer changes hands
    requests.refuse(tx, member, asked.id)
    requests.hand_over(tx, manager, customer_id, member_id)                   # without a request

The asker typed a contact and was told that it is taken; they learn nothing more until the customer is handed over. So a
request refers to the customer but never reveals which one it is to its asker.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from store import access, bulk, customers, journal, kinds, recognition, staff
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.errors import Busy, KehuError, NotAllowed
from store.rules.models import Customer, Role
from store.times import to_ms

#: How often a member may ask in 24 hours: enough for honest doubles, too few to sound the book out.
ASKS_A_DAY = 5


class Asked(NamedTuple):
    """A request, and the members who may answer it."""

    id: int
    to: tuple[int, ...]


class Wanted(NamedTuple):
    """A request as who answers it sees it: who asks, and for whom."""

    id: int
    asker: Actor
    customer: Customer


class Handed(NamedTuple):
    """A customer who changed hands: who has them now, and who had them before (None: nobody)."""

    asker: Actor
    customer: Customer
    before: int | None


def ask(tx: Tx, actor: Actor, contacts: Iterable[tuple[str, str]]) -> list[Asked]:
    """Asks for every colleague's customer who has one of these contacts; one that was asked for and is unanswered is
    not asked for again. Raises NotAllowed, and Busy `limit` beyond `ASKS_A_DAY`.
    """
    access.require(actor, Action.ADD)
    asked = []
    for customer_id in recognition.holders(tx, contacts):
        sight = access.clearest(tx, actor, customer_id)
        if sight is not None and not sight.masked:
            continue
        found = tx.one("SELECT * FROM customer_clock WHERE id = :id", id=customer_id)
        if found is None or _asks_already(tx, actor, customer_id):
            continue
        since = to_ms(tx.now - timedelta(days=1))
        mine = "SELECT count(*) FROM request WHERE asker_id = :me AND asked_at > :since"
        if tx.value(mine, me=actor.id, since=since) >= ASKS_A_DAY:
            raise Busy("limit")
        values: dict[str, object] = {
            "wanted_id": customer_id, "asker_id": actor.id, "asked_at": to_ms(tx.now), "state": "open"
        }  # fmt: skip
        request_id = journal.create(tx, actor, kinds.REQUEST, values)
        asked.append(Asked(request_id, _answerers(tx, actor, found)))
    return asked


def _asks_already(tx: Tx, actor: Actor, customer_id: int) -> bool:
    found = tx.value(
        "SELECT 1 FROM request WHERE asker_id = :me AND wanted_id = :id AND state = 'open' AND deleted_at IS NULL",
        me=actor.id, id=customer_id,
    )  # fmt: skip
    return found is not None


def _answerers(tx: Tx, actor: Actor, wanted: Row) -> tuple[int, ...]:
    """The customer's owner and the managers of the team; the company's owners if there are none."""
    holder = [wanted["owner_id"]] if wanted["owner_id"] and staff.address(tx, wanted["owner_id"]) else []
    found = [one for one in (*holder, *staff.managers_of(tx, wanted["team_id"])) if one != actor.id]
    return tuple(dict.fromkeys(found or [one for one in staff.with_role(tx, Role.OWNER) if one != actor.id]))


def get(tx: Tx, actor: Actor, request_id: int) -> Wanted:
    """An unanswered request that is the actor's to answer. Raises NotAllowed, and KehuError `answered`."""
    row = _to_answer(tx, actor, request_id)
    asker = staff.as_actor(tx, row["asker_id"])
    return Wanted(row["id"], asker, customers.get(tx, actor, row["wanted_id"]))


def grant(tx: Tx, actor: Actor, request_id: int) -> Handed:
    """Hands the customer over, with what is still to be done for them. Raises as `get` does."""
    row = _to_answer(tx, actor, request_id)
    asker = staff.as_actor(tx, row["asker_id"])
    wanted, sight = access.living(tx, actor, Action.EDIT, row["wanted_id"])
    customer = customers.from_row(wanted, sight)
    journal.update(tx, actor, kinds.REQUEST, row, {"state": "granted", "answered_by": actor.id})
    _pass_on(tx, actor, wanted, sight, asker)
    return Handed(asker, customer, customer.owner_id)


def hand_over(tx: Tx, actor: Actor, customer_id: int, staff_id: int) -> Handed:
    """Gives a customer unasked to one of `bulk.heirs`, with what is still to be done for them. Raises NotAllowed."""
    if staff_id not in [one.id for one in bulk.heirs(tx, actor)]:
        raise NotAllowed
    row, sight = access.living(tx, actor, Action.ASSIGN, customer_id)
    customer, heir = customers.from_row(row, sight), staff.as_actor(tx, staff_id)
    _pass_on(tx, actor, row, sight, heir)
    return Handed(heir, customer, customer.owner_id)


def _pass_on(tx: Tx, actor: Actor, row: Row, sight: Sight, heir: Actor) -> None:
    """The customer and the open follow-ups of who had them change hands."""
    tasks = tx.all(
        f"SELECT * FROM followup_{sight.scope} WHERE customer_id = :id AND staff_id = :holder AND deleted_at IS NULL"
        " AND state IN ('planned', 'due', 'sent', 'acknowledged', 'missed')",
        id=row["id"], holder=row["owner_id"],
    )  # fmt: skip
    for task in tasks:
        journal.update(tx, actor, kinds.FOLLOWUP, task, {"staff_id": heir.id})
    journal.update(tx, actor, kinds.CUSTOMER, row, {"owner_id": heir.id, "team_id": heir.team_id or row["team_id"]})


def refuse(tx: Tx, actor: Actor, request_id: int) -> Wanted:
    """The customer stays where they are. Raises as `get` does."""
    wanted = get(tx, actor, request_id)
    row = _to_answer(tx, actor, request_id)
    journal.update(tx, actor, kinds.REQUEST, row, {"state": "refused", "answered_by": actor.id})
    return wanted


def _to_answer(tx: Tx, actor: Actor, request_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.EDIT, "request", request_id)
    if row["asker_id"] == actor.id or row["deleted_at"] is not None:
        raise NotAllowed
    access.living(tx, actor, Action.EDIT, row["wanted_id"])
    if row["state"] != "open":
        raise KehuError("answered")
    return row
