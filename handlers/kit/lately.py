"""Whom a file or a few words are likeliest about, where nothing names them: whose card somebody looked at last.

lately(req, 4)      # those whose cards were shown within the week, the last first; then those changed last
"""

from __future__ import annotations

from datetime import timedelta

from handlers.kit.cards import CARD
from handlers.kit.request import Request
from store import customers, queue, selecting
from store.rules.models import Customer

#: How long a card that was shown counts.
SHOWN = timedelta(days=7)


def lately(req: Request, limit: int) -> list[Customer]:
    """The customers with whom a member has been busy. What changes many at once shows no card, so it counts last."""
    told = queue.told_of(req.tx, req.actor.id, req.now - SHOWN)
    seen = dict.fromkeys(row["customer_id"] for row in told if row["ref"] == CARD)
    shown = [one for one in customers.get_all(req.tx, req.actor, seen) if not one.archived]
    further = selecting.select(req.tx, req.actor, limit=limit)
    return [one for one in (*shown, *(one for one in further if one.id not in seen)) if not one.masked][:limit]
