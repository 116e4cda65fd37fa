"""Follow-ups that are due: claimed by the clock, and moved on in the same transaction.

    for turn in reminders.claim(tx): …   # put its messages into the outbox of the same transaction

The database decides, timers only wake: a follow-up is due when its `wake_at` has passed, whether the process was
running then or not. Claiming it moves `wake_at` on, so nothing is claimed twice. Each follow-up is read with the
permissions of the member whom it serves; one that its member may no longer see goes to somebody who may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store import access, followups, handing, journal, kinds, staff
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import NotAllowed
from store.followups import Task
from store.rules.ladder import GRACE, Act, Hours, step
from store.rules.models import FollowUpState, Role
from store.times import from_ms, to_ms

#: How many due follow-ups one transaction takes, so that nobody waits for the writer noticeably. A member's are taken
#: together all the same, up to `MOST`, or what was missed in an outage would come in several cards.
BATCH = 50
MOST = 100
#: A ring that has not reached its person after this goes to the manager, who is promised it within ten minutes.
PATIENCE = timedelta(minutes=8)
#: Up to here after its hour a reminder that can't be delivered is news at once, whatever the hour: it was set for it.
AT_ONCE = timedelta(minutes=15)
#: How far back the clock looks for what failed; it looks every second.
LOOKS_BACK = timedelta(hours=1)
#: What the message of a ring is called in the outbox, and how the ids of several on one card follow.
REF = "followup:"


@dataclass(frozen=True, slots=True)
class Ring:
    """A follow-up that rings now. `again`: it has rung before; `late`: the clock was stopped at its hour."""

    task: Task
    again: bool
    late: bool
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that rings now for one member."""

    staff_id: int
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A follow-up that nobody answered, as the manager sees it who is to hear of it: in that manager's waking hours, or
    at once when it was lost at the very hour that was set for it (docs/decisions/0007).
    """

    manager_id: int
    task: Task
    not_before: datetime


def claim(tx: Tx) -> tuple[list[Turn], list[Missed]]:
    """Takes what is due now: what rings for each member, and what their managers must hear.

    Nothing is taken twice: each follow-up's next time to be looked at is written before this returns.
    """
    first = tx.all(
        "SELECT staff_id FROM followup_clock WHERE wake_at <= :now ORDER BY wake_at LIMIT :batch",
        now=to_ms(tx.now), batch=BATCH,
    )  # fmt: skip
    if not first:
        return [], []
    hours = followups.hours(tx)
    turns: list[Turn] = []
    missed: list[Missed] = []
    taken = 0
    for staff_id in dict.fromkeys(row["staff_id"] for row in first):
        if taken >= BATCH:
            break
        rows = tx.all(
            "SELECT id, due_at, owner_id, team_id FROM followup_clock WHERE staff_id = :staff AND wake_at <= :now"
            " ORDER BY due_at, id LIMIT :most",
            staff=staff_id, now=to_ms(tx.now), most=MOST,
        )  # fmt: skip
        taken += len(rows)
        rings, news = _serve(tx, staff_id, rows, hours)
        missed += news
        if rings:
            turns.append(Turn(staff_id, tuple(rings)))
    return turns, missed


def ref(*followup_ids: int) -> str:
    """The name under which the message of a ring, or of several on one card, is found again."""
    return REF + ",".join(map(str, followup_ids))


def undelivered(tx: Tx) -> list[Missed]:
    """Rings that did not reach their member (blocked bot, refused by Telegram, waited too long), for the member's
    superiors. Each message is looked at once.
    """
    letters = tx.all(
        "SELECT o.id, o.ref, o.staff_id FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.ended_at IS NULL"
        " AND o.attempts = 0 AND o.ref GLOB :rings AND (s.unreachable_at IS NOT NULL OR o.created_at < :late)"
        " UNION ALL SELECT id, ref, staff_id FROM outbox WHERE outcome IN ('failed', 'dropped') AND ended_at > :since"
        " AND attempts = 0 AND ref GLOB :rings LIMIT :batch",
        rings=f"{REF}*", late=to_ms(tx.now - PATIENCE), since=to_ms(tx.now - LOOKS_BACK), batch=BATCH,
    )  # fmt: skip
    missed: list[Missed] = []
    for letter in letters:
        tx.run("UPDATE outbox SET attempts = attempts + 1 WHERE id = :id", id=letter["id"])
        try:
            actor = staff.as_actor(tx, letter["staff_id"])
        except NotAllowed:  # who left is followed by others, at the next rung
            continue
        for followup_id in map(int, letter["ref"].removeprefix(REF).split(",")):
            row = _reached(tx, actor, followup_id)
            if row is not None and row["state"] == FollowUpState.SENT:
                missed += _lost(tx, actor, row)
    return missed


def _lost(tx: Tx, actor: Actor, row: Row) -> list[Missed]:
    """Takes a ring that nobody heard to the rung of the manager."""
    hours = followups.hours(tx)
    offer_at = hours.offer_time(tx.now, ZoneInfo(actor.zone)) if hours.offers else None
    values: dict[str, object] = {
        "state": FollowUpState.MISSED, "wake_at": None, "offer_at": None if offer_at is None else to_ms(offer_at),
    }  # fmt: skip
    journal.update(tx, Actor(Role.CLOCK, actor.language, actor.zone), kinds.FOLLOWUP, row, values)
    set_for_now = row["rings"] == 1 and tx.now - from_ms(row["due_at"]) <= AT_ONCE
    return _told(tx, actor, row["id"], hours, at_once=set_for_now)


def _serve(tx: Tx, staff_id: int, rows: list[Row], hours: Hours) -> tuple[list[Ring], list[Missed]]:
    """Takes what is due for one member."""
    rings: list[Ring] = []
    missed: list[Missed] = []
    try:
        actor = staff.as_actor(tx, staff_id)
    except NotAllowed:
        actor = None
    for due in rows:
        row = None if actor is None else _reached(tx, actor, due["id"])
        if actor is None or row is None:
            _pass_on(tx, due)
            continue
        if row["state"] in (FollowUpState.DONE, FollowUpState.CANCELLED):
            handing.end_of_loan(tx, Actor(Role.CLOCK, actor.language, actor.zone), row)
            continue
        act, ring = _climb(tx, actor, row, hours)
        if ring is not None:
            rings.append(ring)
        elif act is Act.TELL and (hours.tells or _unreachable(tx, actor.id)):
            set_for_now = row["rings"] == 0 and tx.now - from_ms(row["due_at"]) <= AT_ONCE
            missed += _told(tx, actor, due["id"], hours, at_once=set_for_now and _unreachable(tx, actor.id))
    return rings, missed


def _reached(tx: Tx, actor: Actor, followup_id: int) -> Row | None:
    """A follow-up as a member reaches it, if they do."""
    try:
        return access.row(tx, actor, Action.REMIND, "followup", followup_id)[0]
    except NotAllowed:
        return None


def _climb(tx: Tx, actor: Actor, row: Row, hours: Hours) -> tuple[Act, Ring | None]:
    """Writes a follow-up's next rung; what it is, and what rings, if it does."""
    zone = ZoneInfo(actor.zone)
    clock = Actor(Role.CLOCK, actor.language, actor.zone)
    due_at, rings = from_ms(row["due_at"]), row["rings"]
    act, wake_at = step(
        rings=rings, acknowledged=row["state"] == FollowUpState.ACKNOWLEDGED, due_at=due_at, now=tx.now, zone=zone,
        hours=hours,
    )  # fmt: skip
    if act is Act.RING and _unreachable(tx, actor.id):
        act, wake_at = Act.TELL, None
    values: dict[str, object] = {"wake_at": None if wake_at is None else to_ms(wake_at)}
    if act is Act.HOLD:
        values["state"] = row["state"] if rings else FollowUpState.DUE
    elif act is Act.TELL:
        values["state"] = FollowUpState.MISSED
        values["offer_at"] = to_ms(hours.offer_time(tx.now, zone)) if hours.offers else None
    else:
        values |= {"state": FollowUpState.SENT, "rings": rings + 1}
    next_at = None
    if act is not Act.HOLD and row["rrule"] is not None:
        next_at = followups.hand_on_series(tx, clock, row)
        row, _ = access.row(tx, actor, Action.REMIND, "followup", row["id"])
    journal.update(tx, clock, kinds.FOLLOWUP, row, values)
    if act is not Act.RING:
        return act, None
    task = followups.task(tx, actor, row["id"])
    return act, Ring(task, again=rings > 0, late=rings == 0 and tx.now - due_at > GRACE, next_at=next_at)


def _unreachable(tx: Tx, staff_id: int) -> bool:
    return tx.value("SELECT unreachable_at FROM staff WHERE id = :id", id=staff_id) is not None


def _superiors(tx: Tx, actor: Actor) -> list[int]:
    """The members who are told what a member missed: the managers of their team; for a manager, or if none can be
    reached, the owners.
    """
    if actor.role is Role.OWNER:
        return []
    managers = [] if actor.role is Role.MANAGER else staff.managers_of(tx, actor.team_id)
    above = [one for one in managers if not _unreachable(tx, one)] or staff.with_role(tx, Role.OWNER)
    return [staff_id for staff_id in above if staff_id != actor.id]


def _told(tx: Tx, actor: Actor, followup_id: int, hours: Hours, *, at_once: bool) -> list[Missed]:
    """The news for each superior who may see the follow-up, as they see it."""
    told: list[Missed] = []
    for superior in _superiors(tx, actor):
        try:
            reader = staff.as_actor(tx, superior)
            task = followups.task(tx, reader, followup_id)
        except NotAllowed:
            continue
        told.append(Missed(superior, task, tx.now if at_once else hours.awake(tx.now, ZoneInfo(reader.zone))))
    return told


def _pass_on(tx: Tx, due: Row) -> None:
    """Gives a follow-up that its member can't reach (they left, or the customer went to another) to who can.

    The customer's owner first, then the managers of its team, then the owners of the company; it rings for them at the
    next tick. When nobody can open it (the customer was erased) it sleeps: there is no word left to journal it with.
    """
    heirs = [due["owner_id"], *staff.managers_of(tx, due["team_id"]), *staff.with_role(tx, Role.OWNER)]
    for heir in heirs:
        try:
            actor = staff.as_actor(tx, heir or 0)
        except NotAllowed:
            continue
        row = _reached(tx, actor, due["id"])
        if row is not None:
            clock = Actor(Role.CLOCK, actor.language, actor.zone)
            journal.update(tx, clock, kinds.FOLLOWUP, row, {"staff_id": heir, "lent_by": None})
            return
    tx.run("UPDATE followup SET wake_at = NULL WHERE id = :id", id=due["id"])
