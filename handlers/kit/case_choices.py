"""The choices for sorting a case, as rows of buttons, the present one marked; handlers/case_sorting.py handles the
taps.

A label's kind is encoded in a button as a letter (`LETTERS`), a choice by its id.
"""

from __future__ import annotations

from handlers.kit.case_cards import label_text
from handlers.kit.reply import Button, Text, t
from store import case_labels
from store.case_life import UNRESOLVED
from store.db import Tx
from store.rules.models import Complaint, Label, LabelKind, Severity

LETTERS = {"c": LabelKind.CATEGORY, "p": LabelKind.PRODUCT, "x": LabelKind.CAUSE}
_LETTER = {kind: letter for letter, kind in LETTERS.items()}
#: Labels that a card offers at once; the others are a tap further.
OFFERED = 6


def sorting_rows(tx: Tx, case: Complaint) -> list[list[Button]]:
    """Urgency and category, and the way to the products where the company has some."""
    rows = [_severities(case)] if case.status in UNRESOLVED else []
    categories = case_labels.listed(tx, LabelKind.CATEGORY)
    rows += _in_threes(case, categories[:OFFERED])
    ways = [way(case, LabelKind.CATEGORY)] if len(categories) > OFFERED else []
    if case_labels.listed(tx, LabelKind.PRODUCT):
        ways.append(way(case, LabelKind.PRODUCT))
    return [*rows, ways]


def cause_rows(tx: Tx, case: Complaint) -> list[list[Button]]:
    """The latest causes, and the way to name another."""
    latest = case_labels.listed(tx, LabelKind.CAUSE)
    more = [way(case, LabelKind.CAUSE)] if len(latest) > OFFERED else []
    return [*_in_threes(case, latest[:OFFERED]), [*more, new_cause(case)]]


def _severities(case: Complaint) -> list[Button]:
    return [
        Button(_marked(t(f"severity.{one}"), chosen=one is case.severity), "case.set", case.id, one.value)
        for one in Severity
    ]


def _in_threes(case: Complaint, labels: list[Label]) -> list[list[Button]]:
    buttons = [choice(case, label) for label in labels]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def choice(case: Complaint, label: Label) -> Button:
    """A label to be chosen, or taken away again where it is marked."""
    held = case.label(label.kind)
    marked = _marked(label_text(label), chosen=held is not None and held.id == label.id)
    return Button(marked, "case.label", case.id, _LETTER[label.kind], label.id)


def way(case: Complaint, kind: LabelKind) -> Button:
    """To all labels of a kind; it says which one the case has."""
    held = case.label(kind)
    said = t(f"case.pick.{kind}") if held is None else _marked(label_text(held), chosen=True)
    return Button(said, "case.pick", case.id, _LETTER[kind], 0)


def new_cause(case: Complaint) -> Button:
    """To a cause that is not on the list."""
    return Button(t("case.button.new_cause"), "case.cause", case.id)


def _marked(label: Text, *, chosen: bool) -> Text:
    return t("case.chosen" if chosen else "case.choice", label=label)
