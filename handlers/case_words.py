"""A case that is given to somebody in a sentence: 把#5交给韩梅; hand #5 to Leo; #5 转给我.

Who may give it away does so; whoever may not is told who does, on the case's card, where taking it oneself is a tap.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import cases
from handlers.kit.reply import Reply, t
from handlers.kit.request import Request
from handlers.understand.changes import is_me
from store import access, case_news, complaints, staff
from store.access import Action
from store.case_life import UNRESOLVED
from store.rules.models import Complaint
from store.rules.script import fold


def give(req: Request, case_id: int, called: str) -> Reply:
    """Gives a case to a colleague by name. Raises NotAllowed."""
    case = complaints.get(req.tx, req.actor, case_id)
    if case.status not in UNRESOLVED:
        return Reply((cases.card(req, case, t("case.settled")),))
    if is_me(called) and access.allowed(req.actor, Action.HANDLE):
        return cases.take(replace(req, args=(str(case.id),)))
    if not access.allowed(req.actor, Action.MANAGE):
        manager = staff.managers_of(req.tx, req.actor.team_id)[0]
        return Reply((cases.card(req, case, t("case.by_manager", manager=staff.name(req.tx, manager))),))
    meant = _meant(req, case, called)
    if len(meant) != 1:
        return cases.assignees(replace(req, args=(str(case.id),)))
    if meant[0] == case.assignee_id:
        return Reply((cases.card(req, case, t("case.taken", name=staff.name(req.tx, meant[0]))),))
    return cases.assign(replace(req, args=(str(case.id), str(meant[0]))))


def _meant(req: Request, case: Complaint, called: str) -> list[int]:
    """Those of this name who could have the case."""
    could = case_news.candidates(req.tx, case.id)
    return [one for one in could if fold(staff.name(req.tx, one)) == fold(called)]
