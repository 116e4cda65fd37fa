"""A customer's timeline: interactions, notes, follow-ups, deals, complaints, feedback and changes, the newest first.

    for event in timeline.page(tx, actor, customer_id, What.CONTACT, skip=0, limit=8): ...

Each part is read through the views of its own action, so a reader gets exactly the parts that they may read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby, islice

from store import access, attachments, complaints, deals, feedback, followups, history, interactions
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import NotAllowed
from store.journal import Past
from store.rules.models import Attachment, Complaint, Deal, Feedback, FollowUp, Interaction
from store.times import from_ms


class What(StrEnum):
    """The parts of a timeline, by which it is filtered."""

    CONTACT = "contact"
    FOLLOWUP = "followup"
    DEAL = "deal"
    COMPLAINT = "complaint"
    FEEDBACK = "feedback"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, or will: what it is, when, the record itself, and what hangs on it."""

    at: datetime
    record: Interaction | FollowUp | Deal | Complaint | Feedback | Past
    files: tuple[Attachment, ...] = ()


#: For each part: what it needs; its ids and times in a scope; and the record of an id.
_NEEDS = {
    What.CONTACT: Action.SEE, What.FOLLOWUP: Action.SEE, What.DEAL: Action.DEAL, What.COMPLAINT: Action.SEE_CASE,
    What.FEEDBACK: Action.SEE_FEEDBACK, What.CHANGE: Action.HISTORY,
}  # fmt: skip
_ROWS: dict[What, Callable[[str], str]] = {
    What.CONTACT: lambda scope: f"SELECT id, at, 'contact' AS what FROM interaction_{scope} {_OF}",
    What.FOLLOWUP: lambda scope: (
        f"SELECT id, coalesce(done_at, due_at) AS at, 'followup' AS what FROM followup_{scope} {_OF}"
    ),
    What.DEAL: lambda scope: (
        f"SELECT id, coalesce(decided_at, created_at) AS at, 'deal' AS what FROM deal_{scope} {_OF}"
    ),
    What.COMPLAINT: lambda scope: f"SELECT id, opened_at AS at, 'complaint' AS what FROM complaint_{scope} {_OF}",
    What.FEEDBACK: lambda scope: f"SELECT id, created_at AS at, 'feedback' AS what FROM feedback_{scope} {_OF}",
    What.CHANGE: lambda scope: (
        f"SELECT e.id, g.at, 'change' AS what FROM entry_{scope} e JOIN change g ON g.id = e.change_id"
        " WHERE e.customer_id = :customer AND e.record = 'customer' AND g.undoes IS NULL"
    ),
}
_OF = "WHERE customer_id = :customer AND deleted_at IS NULL"


def parts(tx: Tx, actor: Actor, customer_id: int) -> dict[What, str]:
    """The parts that the actor may read of a customer's timeline, each with the scope through which they do.

    Raises NotAllowed; to a masked sight the words stay closed.
    """
    _, sight = access.row(tx, actor, Action.SEE, "customer", customer_id)
    if sight.masked:
        raise NotAllowed
    found = {What.CONTACT: sight.scope, What.FOLLOWUP: sight.scope}
    if sight is access.TASK:  # lent for a follow-up, and so no more than that needs
        return found
    for what in (What.DEAL, What.COMPLAINT, What.FEEDBACK, What.CHANGE):
        if access.allowed(actor, _NEEDS[what]):
            found[what] = access.sights(actor, _NEEDS[what])[0].scope
    return found


def page(
    tx: Tx, actor: Actor, customer_id: int, only: What | None = None, *, skip: int = 0, limit: int = 8
) -> list[Event]:
    """A part of the timeline, or all of it, tags in a row as one change. Raises NotAllowed as `parts`, and for a part
    that is not the actor's.
    """
    scopes = parts(tx, actor, customer_id)
    if only is not None and only not in scopes:
        raise NotAllowed
    wanted = [only] if only else list(scopes)
    union = " UNION ALL ".join(_ROWS[what](scopes[what]) for what in wanted)
    rows = tx.all(f"SELECT id, at, what FROM ({union}) ORDER BY at DESC, what, id DESC", customer=customer_id)
    access.stand(tx, actor)
    return [
        Event(from_ms(one.at), one) if isinstance(one, Past)
        else _event(tx, actor, What(one["what"]), one["id"], from_ms(one["at"]), scopes)
        for one in islice(_lines(tx, rows, scopes.get(What.CHANGE, "")), skip, skip + limit)
    ]  # fmt: skip


def _lines(tx: Tx, rows: Sequence[Row], scope: str) -> Iterator[Row | Past]:
    """The rows of a timeline; only changes are read, to be told as one where they are."""
    for changes, run in groupby(rows, lambda row: bool(row["what"] == What.CHANGE)):
        if changes:
            yield from history.in_a_row(history.line(tx, scope, row["id"]) for row in run)
        else:
            yield from run


def _event(tx: Tx, actor: Actor, what: What, record_id: int, at: datetime, scopes: dict[What, str]) -> Event:
    scope = scopes[what]
    match what:
        case What.DEAL:
            return Event(at, deals.get(tx, actor, record_id))
        case What.COMPLAINT:
            return Event(at, complaints.get(tx, actor, record_id), _files(tx, actor, "complaint", record_id))
        case What.FEEDBACK:
            return Event(at, feedback.get(tx, actor, record_id), _files(tx, actor, "feedback", record_id))
        case What.FOLLOWUP:
            sql = f"SELECT e.* FROM followup_{scope} e"
        case _:
            sql = f"SELECT e.* FROM interaction_{scope} e"
    access.stand(tx, actor)
    row = tx.one(f"{sql} WHERE e.id = :id", id=record_id)
    assert row is not None  # read a moment ago, in this very transaction
    if what is What.FOLLOWUP:
        return Event(at, followups.from_row(row))
    return Event(at, interactions.from_row(row), _files(tx, actor, "interaction", record_id))


def _files(tx: Tx, actor: Actor, record: str, record_id: int) -> tuple[Attachment, ...]:
    return tuple(attachments.of(tx, actor, record, [record_id]).get(record_id, ()))
