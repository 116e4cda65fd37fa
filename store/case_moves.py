"""A case goes where its customer goes: whoever handles it must be able to see whose it is.

An unresolved case of a customer who has come to another team moves there in the same change; undoing that change moves
both back. Who had it and can't handle it there does not have it (view `case_held_clock`) until it comes back.

    case_moves.unresolved(tx, customer_id)    # whose team is to be told
"""

from __future__ import annotations

from store import journal, kinds
from store.access import Actor
from store.db import Tx
from store.kinds import Written
from store.rules.models import Role


def follow(tx: Tx, customer: Written) -> None:
    """After each write of a customer, an undo too: their unresolved cases are their team's."""
    if customer.version == 1:
        return
    for row in tx.all("SELECT * FROM complaint_astray WHERE customer_id = :id ORDER BY id", id=customer.id):
        # Those who can have it now were told nothing yet of the time that runs out.
        tx.run("UPDATE case_watch SET answer_warned = 0, solve_warned = 0 WHERE id = :id", id=row["id"])
        # The customer's change has begun and has its author; this entry joins it.
        clock = Actor(Role.CLOCK, "en", "UTC")
        journal.update(tx, clock, kinds.COMPLAINT, row, {"team_id": customer.values["team_id"]})


def unresolved(tx: Tx, customer_id: int) -> list[int]:
    """A customer's cases in which somebody still has to do something, the oldest first."""
    rows = tx.all(
        "SELECT id FROM complaint_clock WHERE customer_id = :id AND deleted_at IS NULL"
        " AND status IN ('open', 'in_progress', 'waiting', 'reopened') ORDER BY id",
        id=customer_id,
    )
    return [row["id"] for row in rows]


kinds.CUSTOMER.after.append(follow)
