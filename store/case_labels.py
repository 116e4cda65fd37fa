"""The labels that cases are sorted by: categories, products, and root causes.

    label = case_labels.add(tx, actor, LabelKind.PRODUCT, "净水器 X1")
    complaints.sort(tx, actor, case.id, LabelKind.PRODUCT, label.id)

Everybody reads them; owners add categories and products, and everybody who handles cases adds causes. A label that was
removed from the list stays on the cases that have it.
"""

from __future__ import annotations

from store import access, journal, kinds
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, NotAllowed
from store.rules.models import Label, LabelKind
from store.times import to_ms

NAME_MAX = 40
#: How many labels of a kind a company may have: more would be chosen from by nobody.
LABELS_MOST = 200


def listed(tx: Tx, kind: LabelKind) -> list[Label]:
    """The labels of a kind that can be chosen: causes the newest first, the others as they were added."""
    order = "DESC" if kind is LabelKind.CAUSE else "ASC"
    rows = tx.all(f"SELECT * FROM case_label WHERE kind = :kind AND deleted_at IS NULL ORDER BY id {order}", kind=kind)
    return [_model(row) for row in rows]


def find(tx: Tx, label_id: int | None) -> Label | None:
    """A label, be it off the list by now; None where there is none."""
    row = None if label_id is None else tx.one("SELECT * FROM case_label WHERE id = :id", id=label_id)
    return None if row is None else _model(row)


def get(tx: Tx, kind: LabelKind, label_id: int) -> Label:
    """A label of this kind that can be chosen. Raises NotAllowed."""
    row = tx.one("SELECT * FROM case_label WHERE id = :id AND kind = :kind", id=label_id, kind=kind)
    if row is None or row["deleted_at"] is not None:
        raise NotAllowed
    return _model(row)


def add(tx: Tx, actor: Actor, kind: LabelKind, name: str) -> Label:
    """A label with this name: a new one, or the one that has it. Raises NotAllowed, Invalid `label`."""
    access.require(actor, _needed(kind))
    access.stand(tx, actor)
    cleaned = " ".join(name.split())[:NAME_MAX]
    if not cleaned:
        raise Invalid("label")
    rows = tx.all("SELECT * FROM case_label WHERE kind = :kind AND code IS NULL", kind=kind)
    for row in rows:
        if row["name"].casefold() == cleaned.casefold():
            journal.update(tx, actor, kinds.LABEL, row, {"deleted_at": None})
            return get(tx, kind, row["id"])
    if sum(row["deleted_at"] is None for row in rows) >= LABELS_MOST:
        raise Invalid("too_many_labels")
    return get(tx, kind, journal.create(tx, actor, kinds.LABEL, {"kind": kind, "name": cleaned}))


def remove(tx: Tx, actor: Actor, label_id: int) -> Label:
    """Takes a label off its list. Raises NotAllowed."""
    access.require(actor, Action.RULES)
    row, _ = access.row(tx, actor, Action.RULES, "case_label", label_id)
    journal.update(tx, actor, kinds.LABEL, row, {"deleted_at": to_ms(tx.now)})
    return _model(row)


def _needed(kind: LabelKind) -> Action:
    return Action.HANDLE if kind is LabelKind.CAUSE else Action.RULES


def _model(row: Row) -> Label:
    return Label(
        id=row["id"], version=row["version"], kind=LabelKind(row["kind"]), code=row["code"] or "", name=row["name"]
    )
