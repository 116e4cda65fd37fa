"""Handing a follow-up to another member: assigned by a manager, or offered to the team when nobody answered it.

    handing.give(tx, actor, followup_id, staff_id)   # a manager assigns it
    for offer in handing.claim_offers(tx): …         # the clock offers it, the last step of the ladder
    handing.take(tx, actor, followup_id)             # the first member to accept

A member who gets a follow-up without having its customer may see the customer (scope `task`) while the follow-up is
open and one day longer, to log the outcome. An offer itself names no customer and shows no words.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store import access, followups, journal, kinds, staff
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import KehuError, NotAllowed
from store.followups import OPEN, Task
from store.rules.models import FollowUpState, Level, Role
from store.times import from_ms, to_ms

#: Offers that one transaction makes: each is a message to every colleague of a team.
BATCH = 10


class Colleague(NamedTuple):
    """A member who may be given a follow-up."""

    id: int
    name: str


class Offer(NamedTuple):
    """A follow-up that colleagues may take: whose it was, since when it waits, what the customer is worth, and to whom
    it is offered, with the end of the quiet hours of each.
    """

    id: int
    staff_id: int
    due_at: datetime
    level: Level
    colleagues: tuple[tuple[int, datetime], ...]


def colleagues(tx: Tx, actor: Actor, followup_id: int) -> list[Colleague]:
    """The members to whom the actor may give a follow-up: the customer's owner first, then members who reach the
    customer's team. Raises NotAllowed.
    """
    row, _ = access.row(tx, actor, Action.ASSIGN, "followup", followup_id)
    customer, _ = access.row(tx, actor, Action.ASSIGN, "customer", row["customer_id"])
    found = [one for one in _reaching(tx, customer) if one.id != row["staff_id"]]
    if actor.id != row["staff_id"] and actor.id not in [one.id for one in found]:
        found.append(Colleague(actor.id, actor.name))
    return sorted(found, key=lambda one: one.id != customer["owner_id"])


def _reaching(tx: Tx, customer: Row) -> list[Colleague]:
    rows = tx.all(
        "SELECT id, name FROM staff s WHERE active AND role IN ('salesperson', 'manager') AND (id = :owner OR EXISTS"
        " (SELECT 1 FROM reach r WHERE r.staff_id = s.id AND r.team_id = :team)) ORDER BY name, id",
        owner=customer["owner_id"], team=customer["team_id"],
    )  # fmt: skip
    return [Colleague(row["id"], row["name"]) for row in rows]


def give(tx: Tx, actor: Actor, followup_id: int, staff_id: int) -> Task:
    """Gives an open follow-up to a colleague, for whom it rings at its time, or now if that has passed.

    Returns it as the actor sees it. Raises NotAllowed, also for a colleague who may not have it.
    """
    if staff_id not in [one.id for one in colleagues(tx, actor, followup_id)]:
        raise NotAllowed
    row, _ = access.row(tx, actor, Action.ASSIGN, "followup", followup_id)
    if row["deleted_at"] is not None or FollowUpState(row["state"]) not in OPEN:
        raise NotAllowed
    due_at, values = from_ms(row["due_at"]), _accepted(tx, staff_id)
    if due_at > tx.now:
        values |= followups.planned(due_at)
    _hand(tx, actor, row, staff_id, values)
    access.stand(tx, actor)
    return followups.task(tx, actor, followup_id)


def _accepted(tx: Tx, staff_id: int) -> dict[str, object]:
    """What is overdue and in new hands rings no more; the manager hears of it if their day ends without more."""
    told_at = followups.hours(tx).day_end(tx.now, ZoneInfo(staff.as_actor(tx, staff_id).zone))
    return {"state": FollowUpState.ACKNOWLEDGED, "wake_at": to_ms(told_at), "offer_at": None, "offered": 0}


def _hand(tx: Tx, actor: Actor, row: Row, staff_id: int, values: dict[str, object]) -> None:
    """Puts a follow-up into somebody's hands, and lends them the customer if they don't see them anyway."""
    receiver = staff.as_actor(tx, staff_id)
    try:
        borrows = access.row(tx, receiver, Action.REMIND, "customer", row["customer_id"])[1] is access.TASK
    except NotAllowed:
        borrows = True
    lender = {"staff_id": staff_id, "lent_by": actor.id if borrows else None}
    journal.update(tx, actor, kinds.FOLLOWUP, row, values | lender)
    access.row(tx, receiver, Action.REMIND, "followup", row["id"])


def claim_offers(tx: Tx) -> list[Offer]:
    """The follow-ups to be offered now; each is claimed once."""
    rows = tx.all(
        "SELECT * FROM followup_offer_clock WHERE offer_at <= :now ORDER BY offer_at LIMIT :batch",
        now=to_ms(tx.now), batch=BATCH,
    )  # fmt: skip
    hours = followups.hours(tx)
    offers = []
    for row in rows:
        written = tx.one("SELECT * FROM followup_offering WHERE id = :id", id=row["id"])
        assert written is not None
        clock = Actor(Role.CLOCK, "en", written["zone"])
        journal.update(tx, clock, kinds.FOLLOWUP, written, {"offer_at": None, "offered": 1})
        asked = [staff.as_actor(tx, one.id) for one in _reaching(tx, row) if one.id != row["staff_id"]]
        sellers = [one for one in asked if one.role is Role.SALESPERSON]
        waking = tuple((one.id, hours.awake(tx.now, ZoneInfo(one.zone))) for one in sellers)
        offers.append(Offer(row["id"], row["staff_id"], from_ms(row["due_at"]), Level(row["level"]), waking))
    return offers


def take(tx: Tx, actor: Actor, followup_id: int) -> tuple[Task, int]:
    """Takes an offered follow-up; the first to do so gets it. Returns it, and the member who had it.

    Raises NotAllowed, and KehuError `no_longer` for one that is not offered (any more).
    """
    access.require(actor, Action.REMIND)
    access.stand(tx, actor)
    row = tx.one("SELECT * FROM followup_offered WHERE id = :id", id=followup_id)
    if row is None or row["staff_id"] == actor.id:
        raise KehuError("no_longer")
    before: int = row["staff_id"]
    _hand(tx, actor, row, actor.id, _accepted(tx, actor.id))
    return followups.task(tx, actor, followup_id), before


def end_of_loan(tx: Tx, clock: Actor, row: Row) -> None:
    """A day after a lent follow-up has ended nobody needs the customer for it any more."""
    journal.update(tx, clock, kinds.FOLLOWUP, row, {"lent_by": None, "wake_at": None})
