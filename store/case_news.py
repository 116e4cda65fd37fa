"""Who must be told of what happens to a case: the members concerned, and customers whose card is out of date.

    case_news.audience(tx, case.id)     # of a new case
    case_news.listeners(tx, case.id)    # of the customer's words
    case_news.untold(tx)                # customers who have not seen the latest status

These read `complaint_clock` and the like, which hold no words of a customer; handlers/case_news.py then renders each
message with its reader's permissions. store/complaints.py marks a case as untold at each write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store import access, case_clock, staff
from store.access import Action
from store.case_clock import Warned
from store.db import Row, Tx
from store.errors import NotAllowed
from store.rules.models import CaseStatus, Role
from store.rules.sla import Stage
from store.times import to_ms


def candidates(tx: Tx, case_id: int) -> list[int]:
    """The members who could have a case: the support and the managers of its team."""
    row = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=case_id)
    return [] if row is None else handling(tx, row["team_id"])


def handling(tx: Tx, team_id: int | None) -> list[int]:
    """The members who could have a team's cases: its support and its managers."""
    support = tx.all(
        "SELECT s.id FROM staff s JOIN reach r ON r.staff_id = s.id"
        " WHERE r.team_id = :team AND s.role = 'support' AND s.active ORDER BY s.id",
        team=team_id,
    )
    return [member["id"] for member in support] + staff.managers_of(tx, team_id)


def audience(tx: Tx, case_id: int) -> list[int]:
    """The members whom a new case concerns: the support and managers of its team, and the customer's owner."""
    row = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=case_id)
    if row is None:
        return []
    concerned = [*_seeing(tx, row, handling(tx, row["team_id"])), row["owner_id"]]
    return list(dict.fromkeys(member for member in concerned if member is not None))


def listeners(tx: Tx, case_id: int) -> list[int]:
    """The members who are told of the customer's words: the assignee, or else everybody who is told of a new case."""
    return _having(tx, case_id) or audience(tx, case_id)


def escalation(tx: Tx, case_id: int) -> list[int]:
    """The members who are told that the customer is not satisfied: the last assignee, and the managers of the case's
    team.
    """
    row = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=case_id)
    return [] if row is None else _seeing(tx, row, [row["assignee_id"], *staff.managers_of(tx, row["team_id"])])


def warned(tx: Tx, warning: Warned) -> list[int]:
    """The members who are warned of a deadline: the assignee or those who could take the case, and, once it is missed,
    their managers.
    """
    row = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=warning.case_id)
    if row is None:
        return []
    has = _having(tx, warning.case_id)
    if warning.stage is Stage.OVER:
        return _seeing(tx, row, [*staff.managers_of(tx, row["team_id"]), *has])
    return has or _seeing(tx, row, handling(tx, row["team_id"]))


def _having(tx: Tx, case_id: int) -> list[int]:
    """The assignee, if they can still see the case and its customer; else None."""
    case = tx.one("SELECT id, customer_id FROM complaint_clock WHERE id = :id", id=case_id)
    has = tx.value("SELECT assignee_id FROM case_held_clock WHERE id = :id", id=case_id)
    return [has] if case is not None and _sees(tx, case, has) else []


def _seeing(tx: Tx, case: Row, members: Sequence[int | None]) -> list[int]:
    """Those of the members who can see the case and its customer; if none can, the owners: somebody must be told."""
    seeing = [one for one in dict.fromkeys(members) if one is not None and _sees(tx, case, one)]
    return seeing or staff.with_role(tx, Role.OWNER)


def _sees(tx: Tx, case: Row, staff_id: int | None) -> bool:
    if staff_id is None:
        return False
    try:
        reader = staff.as_actor(tx, staff_id)
        access.row(tx, reader, Action.SEE_CASE, "complaint", case["id"])
    except NotAllowed:
        return False
    return access.clearest(tx, reader, case["customer_id"]) is not None


@dataclass(frozen=True, slots=True)
class Untold:
    """A case that has changed since its customer was last shown it; the statuses then (None: never) and now.

    `now` is None when the case has been taken back. `another_hour`: what was said of when they will hear from us does
    not hold any more.
    """

    case_id: int
    customer_id: int
    then: CaseStatus | None
    now: CaseStatus | None
    another_hour: bool = False


def untold(tx: Tx) -> list[Untold]:
    """The cases whose customers have not been shown the latest, the oldest case first."""
    rows = tx.all("SELECT * FROM case_told_clock ORDER BY id LIMIT 100")
    return [
        Untold(
            case_id=row["id"], customer_id=row["customer_id"],
            then=CaseStatus(row["told"]) if row["told"] else None,
            now=CaseStatus(row["status"]) if row["deleted_at"] is None else None,
            another_hour=row["promise"] != _promise(tx, row["id"]),
        )
        for row in rows
    ]  # fmt: skip


def told(tx: Tx, case_id: int) -> None:
    """Records that the customer is being shown the present status of the case."""
    tx.run(
        "UPDATE case_told SET due = 0, promise = :promise,"
        " status = (SELECT s.status FROM case_standing_clock s JOIN complaint_clock c ON c.id = s.id"
        " WHERE s.id = :id AND c.deleted_at IS NULL) WHERE id = :id",
        id=case_id, promise=_promise(tx, case_id),
    )  # fmt: skip


def _promise(tx: Tx, case_id: int) -> int | None:
    at = case_clock.promise(tx, case_id)
    return None if at is None else to_ms(at)
