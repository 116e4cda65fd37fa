"""What a visitor learns of the cases of the customer through whose link they came: that there are some, and where they
stand (docs/decisions/0008). Cases that they wrote themselves are theirs whole, by store/complaints.py.

    for case in case_outlines.page(tx, visitor): …
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
    """That there is a case, and where it stands."""

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
