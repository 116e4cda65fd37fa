"""What happens to cases when their customer or their assignee moves.

When a customer comes to another team, their unresolved cases follow in the same change, and undoing that change moves
both back. An assignee who can't handle a case any more (they left, or have another team or role) loses it only in what
is shown: view `case_held_clock` leaves them out, and `case_standing_clock` shows the case as open. No row is written
for it, so nothing has to be undone when they return. This module also marks the customer's card as out of date and
wakes the SLA clock.

    case_moves.held(tx, member.id)                    # before a member changes, and after
"""

from __future__ import annotations

from store import journal, kinds
from store.access import Actor
from store.case_life import UNRESOLVED_SQL
from store.db import Tx
from store.kinds import Written
from store.rules.models import Role
from store.times import to_ms


def follow(tx: Tx, customer: Written) -> None:
    """Hook after each write of a customer, an undo included: moves their unresolved cases to the customer's team."""
    if customer.version == 1:
        return
    for row in tx.all("SELECT * FROM complaint_astray WHERE customer_id = :id ORDER BY id", id=customer.id):
        # Those who can have it now were told nothing yet of the time that runs out.
        tx.run("UPDATE case_watch SET answer_warned = 0, solve_warned = 0 WHERE id = :id", id=row["id"])
        # The customer's change has begun and has its author; this entry joins it.
        clock = Actor(Role.CLOCK, "en", "UTC")
        journal.update(tx, clock, kinds.COMPLAINT, row, {"team_id": customer.values["team_id"]})


def stand_anew(tx: Tx) -> None:
    """To be called after a change of members or teams. Marks the customer's card as out of date where a case's shown
    status has changed; and where a case has lost its assignee, resets the warnings for those who could take it.
    """
    rows = tx.all(
        "SELECT s.id, s.status FROM case_standing_clock s JOIN case_told d ON d.id = s.id"
        " WHERE s.assignee_id IN (SELECT id FROM staff) AND s.kept = 'in_progress' AND d.status IS NOT s.status"
    )
    for row in rows:
        tx.run("UPDATE case_told SET due = 1 WHERE id = :id", id=row["id"])
        if row["status"] == "open":
            tx.run(
                "UPDATE case_watch SET answer_warned = 0, solve_warned = 0, wake_at = :now WHERE id = :id",
                id=row["id"], now=to_ms(tx.now),
            )  # fmt: skip


def unresolved(tx: Tx, customer_id: int) -> list[int]:
    """A customer's unresolved cases, the oldest first."""
    rows = tx.all(
        f"SELECT id FROM complaint_clock WHERE customer_id = :id AND {UNRESOLVED_SQL} ORDER BY id", id=customer_id
    )
    return [row["id"] for row in rows]


def held(tx: Tx, staff_id: int) -> list[int]:
    """The unresolved cases that a member is assigned to and can handle."""
    rows = tx.all(
        f"SELECT c.id FROM complaint_clock c WHERE c.assignee_id = :id AND {UNRESOLVED_SQL}"
        " AND EXISTS (SELECT 1 FROM case_held_clock h WHERE h.id = c.id) ORDER BY c.id",
        id=staff_id,
    )
    return [row["id"] for row in rows]


kinds.CUSTOMER.after.append(follow)
