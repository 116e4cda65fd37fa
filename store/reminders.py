"""The clock's side of follow-ups: which are due, for whom, and what that changes, all in the transaction that asks.

    for turn in reminders.claim(tx): …   # put its messages into the outbox of the same transaction

The database decides, timers only wake: a follow-up is due when its `wake_at` has passed, whether the process was
running then or not, and claiming it moves `wake_at` on, so that it is never claimed twice. Follow-ups are read as the
member whom they serve; one that its member can't reach any more goes to somebody who can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from store import access, followups, journal, staff
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
    """A follow-up that nobody answered, as the manager sees it who is to hear of it, in that manager's waking hours."""

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
        act, ring = _climb(tx, actor, row, hours)
        if ring is not None:
            rings.append(ring)
        elif act is Act.TELL:
            missed += _told(tx, actor, due["id"], hours)
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
    else:
        values |= {"state": FollowUpState.SENT, "rings": rings + 1}
    next_at = None
    if act is not Act.HOLD and row["rrule"] is not None:
        next_at = followups.hand_on_series(tx, clock, row)
        row, _ = access.row(tx, actor, Action.REMIND, "followup", row["id"])
    journal.update(tx, clock, journal.FOLLOWUP, row, values)
    if act is not Act.RING:
        return act, None
    task = followups.task(tx, actor, row["id"])
    return act, Ring(task, again=rings > 0, late=rings == 0 and tx.now - due_at > GRACE, next_at=next_at)


def _unreachable(tx: Tx, staff_id: int) -> bool:
    return tx.value("SELECT unreachable_at FROM staff WHERE id = :id", id=staff_id) is not None


def _superiors(tx: Tx, actor: Actor) -> list[int]:
    """Who hears what a member missed: the managers of their team; for a manager the owners."""
    above = staff.with_role(tx, Role.OWNER) if actor.role is Role.MANAGER else staff.managers_of(tx, actor.team_id)
    return [] if actor.role is Role.OWNER else [staff_id for staff_id in above if staff_id != actor.id]


def _told(tx: Tx, actor: Actor, followup_id: int, hours: Hours) -> list[Missed]:
    """The news for each superior who may see the follow-up, as they see it."""
    told = []
    for superior in _superiors(tx, actor):
        try:
            reader = staff.as_actor(tx, superior)
            task = followups.task(tx, reader, followup_id)
        except NotAllowed:
            continue
        told.append(Missed(superior, task, hours.awake(tx.now, ZoneInfo(reader.zone))))
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
            journal.update(tx, clock, journal.FOLLOWUP, row, {"staff_id": heir})
            return
    tx.run("UPDATE followup SET wake_at = NULL WHERE id = :id", id=due["id"])
