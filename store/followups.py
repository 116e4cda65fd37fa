"""Follow-ups: something that one member is to do for a customer, at a time.

    task = followups.plan(tx, actor, customer_id, due_at, "发报价")
    followups.complete(tx, actor, task.id)
    followups.conclude(tx, actor, task.id, "联系上了", Contacted.CALL)

States: planned → (due, during quiet hours) → sent → acknowledged → done; or missed, when nobody answered; or cancelled.
`wake_at` is the instant at which the clock (`store.reminders`) must look at it again, or NULL. The recurrence rule of a
series is kept in its newest follow-up only: when that one rings or ends, the next is created and takes the rule over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store import access, customers, interactions, journal, kinds, worktime
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, NotAllowed
from store.kinds import Written
from store.rules import recurrence
from store.rules.ladder import GRACE, Hours, wall_instant
from store.rules.models import Contacted, Customer, FollowUp, FollowUpState, Role
from store.seal import unseal
from store.settings import get as setting
from store.times import from_ms, to_ms

TEXT_MAX = 500
#: Who lives to be reminded later than this? An instant in the year 9999 can't be said in every zone.
FURTHEST = timedelta(days=36_525)
#: How long after its end whoever was lent a customer for a follow-up still sees them, to say how it went.
LOAN_AFTER = timedelta(days=1)
#: Times that one list of them holds at most.
MOST = 200
#: What is still to be done; missed ones too, until somebody does or cancels them.
OPEN = (
    FollowUpState.PLANNED, FollowUpState.DUE, FollowUpState.SENT, FollowUpState.ACKNOWLEDGED, FollowUpState.MISSED,
)  # fmt: skip
_IS_OPEN = "deleted_at IS NULL AND state IN ('planned', 'due', 'sent', 'acknowledged', 'missed')"


class Task(NamedTuple):
    """A follow-up with its customer, both as the actor may see them."""

    followup: FollowUp
    customer: Customer


def hours(tx: Tx) -> Hours:
    """The company's working and quiet hours, with the days off of its calendar."""
    company = Hours.of(lambda name, default: setting(tx, name, default))
    return replace(company, calendar=worktime.calendar(tx).works_on)


def plan(
    tx: Tx, actor: Actor, customer_id: int, due_at: datetime, text: str = "", *, rule: str | None = None
) -> FollowUp:  # fmt: skip
    """Plans a follow-up for the actor. `due_at` is its first time, `rule` an RRULE when it recurs.

    Raises NotAllowed, Invalid("past") for a time that has passed, and Invalid("when") for a rule that we don't keep.
    """
    customer, sight = access.living(tx, actor, Action.REMIND, customer_id)
    if sight is access.TASK:  # lent for another follow-up, which is not to lengthen itself
        raise NotAllowed
    _must_come(tx, due_at)
    series = None if rule is None else _series(due_at.astimezone(ZoneInfo(actor.zone)).replace(tzinfo=None), rule)
    values: dict[str, object] = {
        "customer_id": customer_id, "staff_id": actor.id, "author_id": actor.id, "due_at": to_ms(due_at),
        "zone": actor.zone, "rrule": series, "state": FollowUpState.PLANNED, "rings": 0, "wake_at": to_ms(due_at),
        "offered": 0, "text": text.strip()[:TEXT_MAX],
    }  # fmt: skip
    followup_id = journal.create(tx, actor, kinds.FOLLOWUP, values, key_id=customer["key_id"], key=customer["key"])
    return get(tx, actor, followup_id)


def get(tx: Tx, actor: Actor, followup_id: int) -> FollowUp:
    """A follow-up. Raises NotAllowed, also for one that was taken back."""
    return from_row(_row(tx, actor, followup_id))


def task(tx: Tx, actor: Actor, followup_id: int) -> Task:
    """A follow-up with its customer. Raises NotAllowed."""
    found = get(tx, actor, followup_id)
    return Task(found, customers.get(tx, actor, found.customer_id))


def complete(tx: Tx, actor: Actor, followup_id: int) -> FollowUp:
    """It is done; nothing rings any more. Done twice is done. Raises NotAllowed."""
    return _end(tx, actor, followup_id, FollowUpState.DONE)


def cancel(tx: Tx, actor: Actor, followup_id: int) -> FollowUp:
    """It need not be done, nor what would have come after it in its series. Raises NotAllowed."""
    row = _row(tx, actor, followup_id)
    journal.update(tx, actor, kinds.FOLLOWUP, row, {"rrule": None})
    return _end(tx, actor, followup_id, FollowUpState.CANCELLED)


def skip(tx: Tx, actor: Actor, followup_id: int) -> FollowUp:
    """Leaves out this occurrence of a series: the follow-up moves to the next, if there is one. Raises NotAllowed."""
    row = _row(tx, actor, followup_id)
    following = next_time(row, max(tx.now, from_ms(row["due_at"])))
    if following is None:
        return cancel(tx, actor, followup_id)
    journal.update(tx, actor, kinds.FOLLOWUP, row, planned(following))
    return get(tx, actor, followup_id)


def snooze(tx: Tx, actor: Actor, followup_id: int, until: datetime) -> FollowUp:
    """Puts it off: from then on the ladder begins anew. Raises NotAllowed, and Invalid("past")."""
    row = _row(tx, actor, followup_id)
    if FollowUpState(row["state"]) not in OPEN:
        raise NotAllowed
    _must_come(tx, until)
    hand_on_series(tx, actor, row)
    journal.update(tx, actor, kinds.FOLLOWUP, _row(tx, actor, followup_id), planned(until))
    return get(tx, actor, followup_id)


def acknowledge(tx: Tx, actor: Actor, followup_id: int) -> FollowUp:
    """The person has reacted: no second ring; the manager hears of it all the same if the day ends without more."""
    row = _row(tx, actor, followup_id)
    if row["state"] in (FollowUpState.DUE, FollowUpState.SENT):
        company = hours(tx)
        told_at = company.day_end(tx.now + company.again_after, ZoneInfo(actor.zone))
        values: dict[str, object] = {"state": FollowUpState.ACKNOWLEDGED, "wake_at": to_ms(told_at)}
        journal.update(tx, actor, kinds.FOLLOWUP, row, values)
    return get(tx, actor, followup_id)


def conclude(tx: Tx, actor: Actor, followup_id: int, outcome: str, kind: Contacted) -> FollowUp:
    """Says how a follow-up that is done went; the words go on the timeline too. Raises NotAllowed, Invalid."""
    row = _row(tx, actor, followup_id)
    outcome = outcome.strip()[:TEXT_MAX]
    if not outcome:
        raise Invalid("text")
    journal.update(tx, actor, kinds.FOLLOWUP, row, {"outcome": outcome})
    found = get(tx, actor, followup_id)
    interactions.add(tx, actor, found.customer_id, " · ".join(filter(None, (found.text, outcome))), kind)
    return found


def agenda(tx: Tx, actor: Actor, until: datetime, *, skip: int = 0, limit: int = 8) -> list[Task]:
    """The actor's open follow-ups that are due before an instant, the oldest first."""
    rows = _mine(tx, actor, f"due_at < :until AND {_IS_OPEN}", until=to_ms(until))
    return [Task(from_row(row), customers.get(tx, actor, row["customer_id"])) for row in rows[skip : skip + limit]]


def count(tx: Tx, actor: Actor, until: datetime) -> int:
    """The number of the actor's open follow-ups that are due before an instant."""
    return len(_mine(tx, actor, f"due_at < :until AND {_IS_OPEN}", until=to_ms(until)))


def between(tx: Tx, actor: Actor, begin: datetime, end: datetime) -> list[tuple[datetime, Task]]:
    """What the actor has to do from `begin` up to `end`, with its times: what recurs once for each, up to `MOST`."""
    found: list[tuple[datetime, Task]] = []
    wanted = f"due_at < :end AND (due_at >= :begin OR rrule IS NOT NULL) AND {_IS_OPEN}"
    for row in _mine(tx, actor, wanted, begin=to_ms(begin), end=to_ms(end)):
        one = Task(from_row(row), customers.get(tx, actor, row["customer_id"]))
        at: datetime | None = from_ms(row["due_at"])
        if one.followup.due_at < begin:
            at = next_time(row, begin - timedelta(milliseconds=1))
        while at is not None and at < end and len(found) < MOST:
            found.append((at, one))
            at = next_time(row, at)
    return sorted(found, key=lambda planned: (planned[0], planned[1].followup.id))


def series(tx: Tx, actor: Actor, followup_id: int) -> tuple[datetime, str | None]:
    """A follow-up's time, in the zone in which it was set, and its RRULE when it is the newest of a series.

    A series that is counted begins where it began. Raises NotAllowed.
    """
    row = _row(tx, actor, followup_id)
    at = from_ms(row["due_at"]).astimezone(ZoneInfo(row["zone"]))
    if row["rrule"] is None:
        return at, None
    first, rule = _parts(row["rrule"])
    return (first.replace(tzinfo=at.tzinfo) if "COUNT" in recurrence.parts(rule) else at), rule


def upcoming(tx: Tx, actor: Actor, after: datetime) -> Task | None:
    """The actor's next follow-up at or after an instant."""
    rows = _mine(tx, actor, f"due_at >= :after AND {_IS_OPEN}", after=to_ms(after))
    return Task(from_row(rows[0]), customers.get(tx, actor, rows[0]["customer_id"])) if rows else None


def next_of(tx: Tx, actor: Actor, customer_id: int) -> FollowUp | None:
    """A customer's next open follow-up, of whichever member, that the actor may see: for the card."""
    return next(iter(open_of(tx, actor, customer_id, limit=1)), None)


def open_of(tx: Tx, actor: Actor, customer_id: int, *, limit: int = MOST) -> list[FollowUp]:
    """A customer's open follow-ups, of whichever member, that the actor may see, the next first."""
    try:
        _, sight = access.row(tx, actor, Action.REMIND, "customer", customer_id)
    except NotAllowed:
        return []
    rows = tx.all(
        f"SELECT * FROM followup_{sight.scope} WHERE customer_id = :customer AND {_IS_OPEN}"
        " ORDER BY due_at, id LIMIT :limit",
        customer=customer_id, limit=limit,
    )  # fmt: skip
    return [from_row(row) for row in rows]


def recurs(tx: Tx, actor: Actor, followup_id: int) -> datetime | None:
    """When the one after this comes, if it is the newest of a series. Raises NotAllowed."""
    row = _row(tx, actor, followup_id)
    return next_time(row, max(tx.now, from_ms(row["due_at"])))


def next_time(row: Row, after: datetime) -> datetime | None:
    """When the series of a row goes on after an instant; None when it has no series or the series ends."""
    return None if row["rrule"] is None else _next(row["rrule"], ZoneInfo(row["zone"]), after)


def _next(series: str, zone: ZoneInfo, after: datetime) -> datetime | None:
    first, rule = _parts(series)
    return recurrence.next_after(rule, first, zone, after)


def _parts(series: str) -> tuple[datetime, str]:
    start, _, rule = series.removeprefix("DTSTART:").partition("\nRRULE:")
    return datetime.strptime(start, _WALL), rule  # noqa: DTZ007 - wall time on purpose: the zone stands beside it


def hand_on_series(tx: Tx, actor: Actor, row: Row) -> datetime | None:
    """Makes the next follow-up of a row's series, which takes the rule along; when it comes, if it does."""
    following = next_time(row, max(tx.now, from_ms(row["due_at"])))
    if row["rrule"] is None:
        return None
    values = journal.state(kinds.FOLLOWUP, row)
    journal.update(tx, actor, kinds.FOLLOWUP, row, {"rrule": None})
    if following is not None:
        values |= planned(following) | {"done_at": None, "outcome": None}
        journal.create(tx, actor, kinds.FOLLOWUP, values, key_id=row["key_id"], key=row["key"])
    return following


def move_series(tx: Tx, actor: Actor, zone: str) -> None:
    """The actor's clock hangs in another zone now: each series goes on at the same hour of its wall."""
    clock, place = Actor(Role.CLOCK, actor.language, zone), ZoneInfo(zone)
    for row in _mine(tx, actor, "rrule IS NOT NULL AND deleted_at IS NULL"):
        wall = from_ms(row["due_at"]).astimezone(ZoneInfo(row["zone"])).replace(tzinfo=None)
        values: dict[str, object] = {"zone": zone}
        if row["state"] == FollowUpState.PLANNED:
            moved = wall_instant(wall.date(), wall.time(), place)
            values |= planned(moved if moved > tx.now else _next(row["rrule"], place, tx.now) or tx.now)
        journal.update(tx, clock, kinds.FOLLOWUP, row, values)


def from_row(row: Row) -> FollowUp:
    """A row of one of the predicate's views as the model that may leave the store."""
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return FollowUp(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], staff_id=row["staff_id"],
        author_id=row["author_id"], due_at=from_ms(row["due_at"]), zone=row["zone"], state=FollowUpState(row["state"]),
        rings=row["rings"], lent=row["lent_by"] is not None, text=str(words.get("text", "")),
        outcome=str(words.get("outcome", "")),
    )  # fmt: skip


#: DTSTART as RFC 5545 writes a local time (section 3.3.5, form 1).
_WALL = "%Y%m%dT%H%M%S"


def _series(first: datetime, rule: str) -> str:
    try:
        recurrence.parts(rule)
    except recurrence.BadRule:
        raise Invalid("when") from None
    return f"DTSTART:{first:{_WALL}}\nRRULE:{rule.removeprefix('RRULE:')}"


def planned(due_at: datetime) -> dict[str, object]:
    """The columns of a follow-up that is to ring at an instant and has not rung yet."""
    ms = to_ms(due_at)
    return {"due_at": ms, "wake_at": ms, "state": FollowUpState.PLANNED, "rings": 0} | _UNOFFERED


#: It is offered to nobody (any more).
_UNOFFERED: dict[str, object] = {"offer_at": None, "offered": 0}


def _must_come(tx: Tx, due_at: datetime) -> None:
    """A minute that has just begun while somebody tapped still counts as to come; the end of the calendar does not."""
    if due_at < tx.now - GRACE:
        raise Invalid("past")
    if due_at > tx.now + FURTHEST:
        raise Invalid("when")


def _row(tx: Tx, actor: Actor, followup_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.REMIND, "followup", followup_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _end(tx: Tx, actor: Actor, followup_id: int, state: FollowUpState) -> FollowUp:
    row = _row(tx, actor, followup_id)
    if FollowUpState(row["state"]) in OPEN:
        hand_on_series(tx, actor, row)
        # A lent one is looked at once more, when its loan is over.
        wake_at = None if row["lent_by"] is None else to_ms(tx.now + LOAN_AFTER)
        values: dict[str, object] = {"state": state, "wake_at": wake_at, "done_at": to_ms(tx.now)} | _UNOFFERED
        journal.update(tx, actor, kinds.FOLLOWUP, _row(tx, actor, followup_id), values)
    return get(tx, actor, followup_id)


def _mine(tx: Tx, actor: Actor, condition: str, **params: object) -> list[Row]:
    """The actor's follow-ups of customers that are not archived, through the sights of reminding, in their order."""
    access.stand(tx, actor)
    rows: dict[int, Row] = {}
    for sight in access.sights(actor, Action.REMIND):
        found = tx.all(
            f"SELECT * FROM followup_{sight.scope} f WHERE staff_id = :me AND {condition} AND EXISTS"
            f" (SELECT 1 FROM customer_{sight.scope} c WHERE c.id = f.customer_id AND c.deleted_at IS NULL)",
            me=actor.id, **params,
        )  # fmt: skip
        rows |= {row["id"]: row for row in found}
    return sorted(rows.values(), key=lambda row: (row["due_at"], row["id"]))


def _rest(tx: Tx, logged: Written) -> None:
    """After each contact that is logged: what rings for this customer has been answered by it, and rings no more."""
    contact = tx.one("SELECT customer_id, at FROM contact_clock WHERE id = :id", id=logged.id)
    if contact is None:
        return
    rows = tx.all(
        "SELECT * FROM followup_ringing WHERE customer_id = :customer AND due_at <= :at",
        customer=contact["customer_id"], at=contact["at"],
    )  # fmt: skip
    values: dict[str, object] = {"state": FollowUpState.ACKNOWLEDGED, "wake_at": None} | _UNOFFERED
    for row in rows:
        journal.update(tx, Actor(Role.CLOCK, "en", row["zone"]), kinds.FOLLOWUP, row, values)


kinds.INTERACTION.after.append(_rest)
