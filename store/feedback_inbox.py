"""The staff's feedback inbox: all of it, unread, or low scores; and marking it as read.

page = feedback_inbox.page(tx, actor, Box.LOW)
feedback_inbox.mark_seen(tx, actor, [given.id for given in page])
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from store import access, feedback
from store.access import Action, Actor
from store.db import Tx
from store.rules.models import Feedback
from store.times import to_ms

PAGE = 8


class Box(StrEnum):
    """The parts of the inbox."""

    ALL = "all"
    NEW = "new"  # what nobody has read
    LOW = "low"  # scores that ask for somebody's attention


#: The same as Scale.low, as SQL.
IS_LOW = "(scale = 5 AND score <= 2 OR scale = 10 AND score <= 6)"
_WHERE = {
    Box.ALL: "deleted_at IS NULL",
    Box.NEW: "deleted_at IS NULL AND seen_at IS NULL",
    Box.LOW: f"deleted_at IS NULL AND {IS_LOW}",
}


def page(tx: Tx, actor: Actor, box: Box = Box.ALL, *, skip: int = 0, limit: int = PAGE) -> list[Feedback]:
    """The inbox, or a part of it: what nobody has seen yet first, then the newest. Raises NotAllowed."""
    rows = tx.all(
        f"SELECT * FROM {seen_by(tx, actor)} WHERE {_WHERE[box]}"
        " ORDER BY seen_at IS NOT NULL, created_at DESC, id DESC LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [feedback.from_row(row) for row in rows]


def count(tx: Tx, actor: Actor, box: Box) -> int:
    """The number of feedbacks in a part of the inbox. Raises NotAllowed."""
    return int(tx.value(f"SELECT count(*) FROM {seen_by(tx, actor)} WHERE {_WHERE[box]}"))


def mark_seen(tx: Tx, actor: Actor, ids: Iterable[int]) -> list[Feedback]:
    """Notes that somebody has read feedbacks; the first time counts. Raises NotAllowed.

    Not a change of the records, so the journal has no entry of it and /undo does not make them unread.
    """
    found = []
    for feedback_id in ids:
        row, _ = access.row(tx, actor, Action.SEE_FEEDBACK, "feedback", feedback_id)
        if row["seen_at"] is None:
            tx.run("UPDATE feedback SET seen_at = :now WHERE id = :id", now=to_ms(tx.now), id=feedback_id)
        found.append(feedback.get(tx, actor, feedback_id))
    return found


def seen_by(tx: Tx, actor: Actor) -> str:
    """The view through which the actor sees feedback. Raises NotAllowed."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_FEEDBACK)
    return f"feedback_{sight.scope}"
