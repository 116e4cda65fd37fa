"""The layout of a contact: its kind with what came of it, and the last one on the customer's card.

kind_text(entry.kind, entry.outcome)   →  电话 · 没人接
"""

from __future__ import annotations

from unicodedata import east_asian_width

from handlers.kit.reply import Text, t
from store import interactions
from store.access import Actor
from store.db import Tx
from store.rules.models import Contacted, Customer, Outcome

#: How much of what was said last a card shows, a Chinese character counting twice; all of it is on the timeline.
WORDS_WIDTH = 26


def kind_text(kind: Contacted, outcome: Outcome | None) -> Text:
    """A kind of contact with what came of it: 电话 · 没人接."""
    if outcome is None:
        return t(f"contacted.{kind}")
    return t("contacted.with", kind=t(f"contacted.{kind}"), outcome=outcome_text(kind, outcome))


def outcome_text(kind: Contacted, outcome: Outcome) -> Text:
    """What came of a contact; nobody answers a message otherwise than a call."""
    unanswered = outcome is Outcome.NO_ANSWER and kind is not Contacted.CALL
    return t("outcome.unanswered") if unanswered else t(f"outcome.{outcome}")


def last_contact(tx: Tx, actor: Actor, customer: Customer) -> list[Text]:
    """When somebody last spoke with a customer and, to whoever may read it, how, and the first words of it."""
    if customer.last_contact_at is None:
        return []
    last = None if customer.masked else interactions.last_contact(tx, actor, customer.id)
    if last is None:
        return [t("card.last_contact", at=customer.last_contact_at)]
    how, words = kind_text(last.kind, last.outcome), _first(last.text)
    if not words:
        return [t("card.last_contact_how", at=last.at, how=how)]
    return [t("card.last_contact_said", at=last.at, how=how, text=words)]


def _first(text: str) -> str:
    """The first words of a text, in one line of a phone."""
    width = 0
    words = " ".join(text.split())
    for at, char in enumerate(words):
        width += 2 if east_asian_width(char) in "WF" else 1
        if width > WORDS_WIDTH:
            return words[:at].rstrip() + "…"
    return words
