"""When the time of a case runs out: whoever has it is told while there is some left, their manager when there is none.

The clock's side is `store.case_clock`; here it becomes messages. One that rings again is a new message, since an edit
rings no bell, and the earlier one loses its buttons. Several at once, after an outage for one, come as one card.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.case_news import staff_news
from handlers.kit import case_cards
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Message, message, t
from handlers.kit.routes import Routes
from store import case_clock, case_news, complaints, customers, followups, queue, staff
from store.access import Actor
from store.case_clock import Warned
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.models import Complaint, Customer

routes = Routes()


@routes.tick
def warn(tx: Tx) -> list[Message]:
    """What has become urgent or late, for everybody whom it concerns."""
    by_member: dict[int, list[Warned]] = {}
    for one in case_clock.claim(tx):
        for member in case_news.warned(tx, one):
            by_member.setdefault(member, []).append(one)
    return [said for member, warnings in by_member.items() for said in _warned(tx, member, warnings)]


def _warned(tx: Tx, member: int, warnings: Sequence[Warned]) -> list[Message]:
    """One member's messages, when they are awake."""
    try:
        reader = staff.as_actor(tx, member)
    except NotAllowed:
        return []
    awake = followups.hours(tx).awake(tx.now, ZoneInfo(reader.zone))
    said = [earlier for one in warnings for earlier in _quieten(tx, reader, one.case_id)]
    if len(warnings) > 1:
        return said + _together(tx, reader, warnings, awake)
    (one,) = warnings
    headline = t(f"case.warn.{one.what}_{one.stage.name.lower()}")
    return said + staff_news(tx, one.case_id, [member], headline, ref=_ref(one.case_id), not_before=awake)


def _ref(case_id: int) -> str:
    return f"case:{case_id}:warning"


def _quieten(tx: Tx, reader: Actor, case_id: int) -> list[Message]:
    """Takes the buttons off the warning before, if one was sent."""
    address = staff.address(tx, reader.id)
    if address is None or queue.sent_as(tx, _ref(case_id), address["chat_id"]) is None:
        return []
    return [
        message(
            t("case.warn.before", number=str(case_id)), to_staff=reader.id, ref=_ref(case_id), edit=True,
            priority=Priority.NEWS,
        )
    ]  # fmt: skip


def _together(tx: Tx, reader: Actor, warnings: Sequence[Warned], awake: datetime) -> list[Message]:
    """Several cases as one card, each a row; what is beyond a page is in the list behind the last button."""
    seen = [found for one in warnings if (found := _seen(tx, reader, one.case_id)) is not None]
    if not seen:
        return []
    rows = [[case_cards.row(case, customer, tx.now)] for case, customer in seen[:PAGE]]
    about = [customer.id for _, customer in seen[:PAGE]]
    return [
        message(
            t("case.warn.several", n=len(seen)), buttons=[*rows, [Button(t("case.warn.all"), "cases", "all", 0)]],
            to_staff=reader.id, customer_id=about[0], others=tuple(about[1:]), masked=True, priority=Priority.NEWS,
            not_before=awake,
        )
    ]  # fmt: skip


def _seen(tx: Tx, reader: Actor, case_id: int) -> tuple[Complaint, Customer] | None:
    try:
        case = complaints.get(tx, reader, case_id)
        return case, customers.get(tx, reader, case.customer_id)
    except NotAllowed:
        return None
