"""What a visitor may know of the customer's other cases: that they exist, and their status (docs/decisions/0008).

    for case in case_outlines.page(tx, visitor): …

A visitor is a guest who has not yet shown that they are the customer. Cases that they wrote themselves are read in full
through store/complaints.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from store import access
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import NotAllowed
from store.rules.models import CaseStatus
from store.times import from_ms

PAGE = 8


class Outline(NamedTuple):
    """The existence of a case, and its status."""

    id: int
    status: CaseStatus
    opened_at: datetime


def page(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = PAGE) -> list[Outline]:
    """All cases of the customer, the newest first. Raises NotAllowed."""
    access.require(actor, Action.OWN_CASES)
    access.stand(tx, actor)
    rows = tx.all(
        "SELECT * FROM complaint_outline ORDER BY opened_at DESC, id DESC LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [_outline(row) for row in rows]


def get(tx: Tx, actor: Actor, case_id: int) -> Outline:
    """One of them. Raises NotAllowed."""
    access.require(actor, Action.OWN_CASES)
    access.stand(tx, actor)
    row = tx.one("SELECT * FROM complaint_outline WHERE id = :id", id=case_id)
    if row is None:
        raise NotAllowed
    return _outline(row)


def _outline(row: Row) -> Outline:
    return Outline(row["id"], CaseStatus(row["status"]), from_ms(row["opened_at"]))
