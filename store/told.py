"""What a customer has already read of a change, which an undo can't take back.

    read = told.outside(tx, member, change_id)       # what a customer has read of this change; None: nothing

Undoing it would only hide it from us, so it is refused. This holds for thanks and answers to feedback, answered
requests about own data, and words sent to the customer in a case. Steps of a case can be undone: the customer is told
of the undo as of any other step.
"""

from __future__ import annotations

from store import guests, journal
from store.access import Actor
from store.db import Tx
from store.journal import Past
from store.rules.data_requests import AskedState
from store.rules.models import CaseVoice


def outside(tx: Tx, actor: Actor, change_id: int) -> Past | None:
    """The record of one's own change whose words a customer has read; None where there is none."""
    return next((one for one in journal.entries(tx, actor, change_id) if _read(tx, one)), None)


def _read(tx: Tx, one: Past) -> bool:
    match one.record:
        case "feedback":
            return one.after.get("answered_at") is not None
        case "data_request":
            return one.before is not None and one.after.get("state") in (AskedState.GRANTED, AskedState.REFUSED)
        case "case_message":  # what was said by telephone is written down, too, for customers who are not here
            sent = one.before is None and one.after["kind"] == CaseVoice.STAFF
            return sent and bool(guests.chats(tx, int(str(one.after["customer_id"]))))
        case _:
            return False
