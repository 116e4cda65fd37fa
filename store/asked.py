"""The open offer of somebody of whom nothing is kept yet: what they must tap before they are heard.

That is the notice of a customer's link, a campaign's question, or the first page of a questionnaire. If they type
instead of tapping, the bot can tell them what to tap.

    asked.note(tx, telegram_id, "campaign", campaign.id)
    asked.noted(tx, telegram_id)    →  Asked("campaign", 3)
    asked.over(tx, telegram_id)     # they tapped, or declined

Only the latest offer counts, and only on the same day; it is kept as an anonymous mark (store/floods.py).
"""

from __future__ import annotations

from typing import NamedTuple

from store import floods
from store.db import Tx

#: The records whose door it may be: a link, a campaign, a questionnaire.
_DOORS = ("link", "campaign", "questionnaire")


class Asked(NamedTuple):
    """The record that asks, and its id."""

    record: str
    id: int


def note(tx: Tx, telegram_id: int, record: str, record_id: int) -> None:
    """Somebody has this before them, in place of what they had."""
    over(tx, telegram_id)
    floods.note(tx, telegram_id, _mark(record), record_id)


def noted(tx: Tx, telegram_id: int) -> Asked | None:
    """The offer that was noted last for this person today; None without one."""
    found = ((record, floods.noted(tx, telegram_id, _mark(record))) for record in _DOORS)
    return next((Asked(record, number) for record, number in found if number is not None), None)


def over(tx: Tx, telegram_id: int) -> None:
    """Nothing is asked of them any more."""
    for record in _DOORS:
        floods.note(tx, telegram_id, _mark(record), None)


def _mark(record: str) -> str:
    return f"asked {record}"
