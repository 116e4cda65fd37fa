"""SLA warnings: the assignee is warned while there is time left, the manager when the deadline has passed.

`store.case_clock` finds the cases; here they become messages. A repeated warning is a new message, since an edit rings
no bell, and the earlier one loses its buttons. Several at once, after an outage or a night, come as one card. A warning
that falls into its reader's quiet hours waits and is checked again when they end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from handlers.case_news import staff_news
from handlers.kit import case_cards
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Message, Text, message, t
from handlers.kit.routes import Routes
from store import case_clock, case_news, complaints, customers, followups, proofs, queue, staff
from store.access import Actor
from store.case_clock import Warned
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.models import Complaint, Customer

routes = Routes()


#: The card of several cases at once.
_SEVERAL = "cases:warning"


@routes.tick
def warn(tx: Tx) -> list[Message]:
    """SLA warnings for everybody concerned: deadlines that have come near or been missed."""
    by_member: dict[int, dict[int, Warned]] = {}
    for member, one in [*_woken(tx), *_claimed(tx)]:
        by_member.setdefault(member, {})[one.case_id] = one
    return [said for member, one in by_member.items() for said in _warned(tx, member, list(one.values()))]


def _woken(tx: Tx) -> list[tuple[int, Warned]]:
    """The warnings that were held back over night, for those whom they still concern."""
    return [(member, one) for member, one in case_clock.waking(tx) if member in case_news.warned(tx, one)]


def _claimed(tx: Tx) -> Iterator[tuple[int, Warned]]:
    """New warnings for those who are awake; for the others they are held back."""
    for one in case_clock.claim(tx):
        for member in case_news.warned(tx, one):
            zone = ZoneInfo(staff.as_actor(tx, member).zone)
            awake = followups.hours(tx).awake(tx.now, zone)
            if awake > tx.now:
                case_clock.put_off(tx, member, one, awake)
            else:
                yield member, one


def _warned(tx: Tx, member: int, warnings: Sequence[Warned]) -> list[Message]:
    """One member's messages."""
    reader = staff.as_actor(tx, member)
    said = [
        earlier
        for one in warnings
        for earlier in _quieten(tx, reader, _ref(one.case_id), t("case.warn.before", number=str(one.case_id)))
    ]
    if len(warnings) > 1:
        return said + _together(tx, reader, warnings)
    (one,) = warnings
    headline = t(f"case.warn.{one.what}_{one.stage.name.lower()}")
    return said + staff_news(tx, one.case_id, [member], headline, ref=_ref(one.case_id))


def _ref(case_id: int) -> str:
    return f"case:{case_id}:warning"


def _quieten(tx: Tx, reader: Actor, ref: str, now_below: Text) -> list[Message]:
    """Takes the buttons off the warning before, if one was sent."""
    address = staff.address(tx, reader.id)
    if address is None or queue.sent_as(tx, ref, address["chat_id"]) is None:
        return []
    return [message(now_below, to_staff=reader.id, ref=ref, edit=True, priority=Priority.NEWS)]


def _together(tx: Tx, reader: Actor, warnings: Sequence[Warned]) -> list[Message]:
    """Several cases as one card, each a row; what is beyond a page is in the list behind the last button."""
    seen = [found for one in warnings if (found := _seen(tx, reader, one.case_id)) is not None]
    if not seen:
        return []
    rows = [[case_cards.row(case, customer, tx.now)] for case, customer in seen[:PAGE]]
    about = [customer.id for _, customer in seen[:PAGE]]
    doubtful = sum(proofs.doubtful(tx, "complaint", case.id) for case, _ in seen)
    doubt = [t("case.warn.doubtful", n=doubtful)] if doubtful else []
    return [
        *_quieten(tx, reader, _SEVERAL, t("case.warn.before_several")),
        message(
            t("case.warn.several", n=len(seen)), *doubt,
            buttons=[*rows, [Button(t("case.warn.all"), "cases", "all", 0)]],
            to_staff=reader.id, customer_id=about[0], others=tuple(about[1:]), masked=True, priority=Priority.NEWS,
            ref=_SEVERAL,
        ),
    ]  # fmt: skip


def _seen(tx: Tx, reader: Actor, case_id: int) -> tuple[Complaint, Customer] | None:
    try:
        case = complaints.get(tx, reader, case_id)
        return case, customers.get(tx, reader, case.customer_id)
    except NotAllowed:
        return None
