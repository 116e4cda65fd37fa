"""Unresolved cases whose SLA targets differ from the owner's new ones: counted, and brought in line on request.

case_promises.otherwise(tx, owner, Severity.HIGH)    →  12 cases have other targets than new ones get
case_promises.anew(tx, owner, Severity.HIGH)         # gives them the targets of new cases
"""

from __future__ import annotations

from store import access, case_clock, journal, kinds
from store.access import Action, Actor
from store.case_life import UNRESOLVED_SQL
from store.db import Row, Tx
from store.rules.models import Severity


def otherwise(tx: Tx, actor: Actor, severity: Severity) -> int:
    """The number of unresolved cases of a severity whose targets differ from those of new cases. Raises NotAllowed."""
    return len(_rows(tx, actor, severity))


def anew(tx: Tx, actor: Actor, severity: Severity) -> int:
    """Gives the unresolved cases of a severity the targets of new cases; the number of cases changed. Raises
    NotAllowed.
    """
    rows = _rows(tx, actor, severity)
    for row in rows:
        journal.update(tx, actor, kinds.COMPLAINT, row, case_clock.promised(tx, severity))
    return len(rows)


def _rows(tx: Tx, actor: Actor, severity: Severity) -> list[Row]:
    (sight,) = access.sights(actor, Action.RULES)
    access.stand(tx, actor)
    return tx.all(
        f"SELECT * FROM complaint_{sight.scope} WHERE {UNRESOLVED_SQL} AND severity = :severity"
        " AND (answer_target, solve_target) IS NOT (:answer_target, :solve_target)",
        severity=severity, **case_clock.promised(tx, severity),
    )  # fmt: skip
