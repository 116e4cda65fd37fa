"""Guesses a complaint's severity, category and product from its words. A tap corrects each guess.

guessed = guess_of(tx, "净水器漏水 急")
complaints.add(tx, actor, customer_id, text, guessed.severity, guessed.labels)
"""

from __future__ import annotations

from typing import NamedTuple

from handlers.understand import sorting
from handlers.understand.severity import guess
from store import case_labels
from store.db import Tx
from store.rules.models import LabelKind, Severity


class Guess(NamedTuple):
    """A guess; labels by kind, as far as the words name any."""

    severity: Severity
    labels: dict[LabelKind, int]


def guess_of(tx: Tx, text: str) -> Guess:
    """Reads the words: the company's own names first, then what such words are usually about."""
    categories = case_labels.listed(tx, LabelKind.CATEGORY)
    code = sorting.category(text)
    usual = next((label for label in categories if code is not None and label.code == code), None)
    chosen = {
        LabelKind.CATEGORY: sorting.named(text, categories) or usual,
        LabelKind.PRODUCT: sorting.named(text, case_labels.listed(tx, LabelKind.PRODUCT)),
    }
    return Guess(guess(text), {kind: label.id for kind, label in chosen.items() if label is not None})
