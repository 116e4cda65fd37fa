"""News of a case, for those who did not cause it: colleagues, and the customer whose case it is.

    return Reply((card,)).also(*staff_news(tx, case.id, members, t("case.news.new")), *customer_news(tx))

Each message is rendered as its reader: a colleague who may not open the case or its customer gets none. What the
customer is told depends on what they were last shown (`case_news.untold`), not on who changed the case: a step's
feature calls `customer_news` at once, and the clock finds every other change, such as an undo, a second later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from handlers.kit.case_cards import case_lines, guest_buttons, guest_lines, live_card, live_ref
from handlers.kit.files import open_case_files
from handlers.kit.reply import Button, Message, Text, message, t
from handlers.kit.routes import Routes
from store import access, attachments, case_clock, case_news, complaints, customers, guests, proofs, staff
from store.access import Action, Actor
from store.case_life import UNRESOLVED
from store.case_news import Untold
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.models import Attachment, CaseStatus, Complaint, Role

routes = Routes()


def staff_news(
    tx: Tx, case_id: int, members: Iterable[int], headline: Text, *, but: int = 0, **options: Any
) -> list[Message]:  # fmt: skip
    """News of a case for these members, under a headline. `but` is the member who caused it, `options` are those of
    `Message`.
    """
    said = []
    for member in dict.fromkeys(members):
        if member == but:
            continue
        try:
            reader = staff.as_actor(tx, member)
            case = complaints.get(tx, reader, case_id)
            customer = customers.get(tx, reader, case.customer_id)
        except NotAllowed:
            continue
        lines = case_lines(
            case, customer, assignee=staff.name(tx, case.assignee_id), said=complaints.messages(tx, reader, case_id),
            left=case_clock.left(tx, case_id), files=(files := attachments.of_case(tx, reader, case_id)),
            reachable=not guests.gone(tx, case.customer_id), doubtful=proofs.doubtful(tx, "complaint", case_id),
        )  # fmt: skip
        buttons = [Button(t("button.open"), "case", case_id)]
        if case.assignee_id is None and access.allowed(reader, Action.HANDLE):
            buttons.append(Button(t("case.button.take"), "case.take", case_id))
        elif case.assignee_id == member and case.status in UNRESOLVED:
            buttons.append(Button(t("case.button.ask"), "case.ask", case_id))
        said.append(
            message(
                headline, *lines, buttons=[buttons, open_case_files(case_id, files)], to_staff=member,
                customer_id=customer.id, masked=True, priority=Priority.NEWS, **options,
            )
        )  # fmt: skip
    return said


@routes.tick
def customer_news(tx: Tx) -> list[Message]:
    """Brings customers up to date: edits their live card, and sends what matters as a new message."""
    said: list[Message] = []
    for changed in case_news.untold(tx):
        said += _for_customer(tx, changed)
        case_news.told(tx, changed.case_id)
    return said


def _for_customer(tx: Tx, changed: Untold) -> list[Message]:
    customer_id = changed.customer_id
    if changed.now is None:
        if changed.then is None:
            return []
        gone = t("guest.case.gone", number=str(changed.case_id))
        return [
            message(gone, to_customer=customer_id, customer_id=customer_id, ref=live_ref(changed.case_id), edit=True)
        ]
    if changed.now is changed.then and not changed.another_hour:
        return []
    # The customer's own view of it; the language of this actor is nobody's, each chat has its own.
    reader = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer_id)
    case = complaints.get(tx, reader, changed.case_id)
    files = attachments.of_case(tx, reader, case.id)
    said = [live_card(case, files, tx.now)]
    if changed.now is changed.then:
        return said
    if changed.now is CaseStatus.RESOLVED:
        said.append(_outcome(case, files, t("guest.resolved"), tx.now))
    elif changed.then is CaseStatus.RESOLVED:
        settled = changed.now is CaseStatus.CLOSED
        headline = t("guest.settled") if settled else t("guest.again")
        said.append(_outcome(case, files, headline, tx.now, edit=True))
    return said


def _outcome(
    case: Complaint, files: Sequence[Attachment], headline: Text, now: datetime, *, edit: bool = False
) -> Message:  # fmt: skip
    """A message of its own, since an edited card rings no bell; it follows in place what comes after."""
    return message(
        headline, *guest_lines(case, now), buttons=guest_buttons(case, files), to_customer=case.customer_id,
        customer_id=case.customer_id, ref=f"case:{case.id}:outcome", edit=edit, of=("complaint", case.id),
    )  # fmt: skip
