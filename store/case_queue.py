"""The work queues of cases: mine, my team's, unassigned, due, all unresolved, done; each filtered and paged.

    case_queue.page(tx, actor, Queue.MINE, only=Only(Severity.URGENT))
    case_queue.count(tx, actor, Queue.DUE)

The steps of a case are in store/complaints.py.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from store import access, complaints
from store.access import Action, Actor
from store.case_life import UNRESOLVED_SQL
from store.complaints import PAGE
from store.db import Tx
from store.rules.models import Complaint, Severity
from store.times import to_ms


class Queue(StrEnum):
    """The queues; all but the last hold unresolved cases only."""

    MINE = "mine"
    TEAM = "team"  # of the member's own team, without those under it
    FREE = "free"  # nobody has taken them
    DUE = "due"  # what was promised is near its limit, or late
    ALL = "all"
    DONE = "done"


class Only(NamedTuple):
    """The filter of a list of cases: a severity; labels and a team (without its subteams) by their ids."""

    severity: Severity | None = None
    category: int | None = None
    product: int | None = None
    cause: int | None = None
    team: int | None = None


EVERYTHING = Only()


def page(
    tx: Tx, actor: Actor, which: Queue, *, only: Only = EVERYTHING, skip: int = 0, limit: int = PAGE
) -> list[Complaint]:  # fmt: skip
    """One page of a queue, as the actor may see it: the most severe cases first, then the oldest; of `DUE` the most
    urgent first, of `DONE` the latest.
    """
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_CASE)
    rows = tx.all(
        f"SELECT * FROM complaint_{sight.scope} p WHERE {_IN_QUEUE[which]} AND {_ONLY}"
        f" ORDER BY {_ORDER.get(which, _BY_SEVERITY)} LIMIT :limit OFFSET :skip",
        me=actor.id, now=to_ms(tx.now), limit=limit, skip=skip, **only._asdict(),
    )  # fmt: skip
    return [complaints.from_row(tx, actor, row) for row in rows]


def count(tx: Tx, actor: Actor, which: Queue, only: Only = EVERYTHING) -> int:
    """The number of cases in a queue."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_CASE)
    counted = f"SELECT count(*) FROM complaint_{sight.scope} WHERE {_IN_QUEUE[which]} AND {_ONLY}"
    return int(tx.value(counted, me=actor.id, now=to_ms(tx.now), **only._asdict()))


_IN_QUEUE = {
    Queue.MINE: f"{UNRESOLVED_SQL} AND assignee_id = :me",
    Queue.TEAM: f"{UNRESOLVED_SQL} AND team_id = (SELECT s.team_id FROM staff s WHERE s.id = :me)",
    Queue.FREE: f"{UNRESOLVED_SQL} AND id NOT IN (SELECT h.id FROM case_held_clock h) AND :me IS NOT NULL",
    Queue.DUE: f"{UNRESOLVED_SQL} AND :me IS NOT NULL AND id IN"
    " (SELECT w.id FROM case_watch w WHERE coalesce(w.answer_near, w.solve_near) <= :now)",
    Queue.ALL: f"{UNRESOLVED_SQL} AND :me IS NOT NULL",
    Queue.DONE: "deleted_at IS NULL AND status IN ('resolved', 'closed') AND merged_into IS NULL",
}
#: Each parameter is named wherever the statement is used; one that is NULL narrows nothing.
_ONLY = (
    "(:severity IS NULL OR severity = :severity) AND (:category IS NULL OR category_id = :category)"
    " AND (:product IS NULL OR product_id = :product) AND (:cause IS NULL OR cause_id = :cause)"
    " AND (:team IS NULL OR team_id = :team) AND :me IS NOT NULL AND :now IS NOT NULL"
)
_BY_SEVERITY = "CASE severity WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, opened_at, id"
_ORDER = {
    Queue.DUE: "(SELECT coalesce(w.answer_due, w.solve_due) FROM case_watch w WHERE w.id = p.id)",
    Queue.DONE: "coalesce(resolved_at, closed_at) DESC, id DESC",
}
