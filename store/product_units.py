"""Units sold per product and month: entered by owners and managers, used for complaints per thousand units.

    product_units.enter(tx, actor, product.id, date(2026, 10, 1), 1_200)
    product_units.sold(tx, date(2026, 10, 1))     →  {product.id: 1200}

There is one figure for the whole company; entering it again corrects it. Each change can be undone.
"""

from __future__ import annotations

from datetime import date

from store import access, case_labels, journal, kinds
from store.access import Action, Actor
from store.db import Tx
from store.errors import Invalid
from store.rules.models import LabelKind
from store.times import to_ms

#: More than this is a slip of the finger.
UNITS_MOST = 10**9


def sold(tx: Tx, month: date) -> dict[int, int]:
    """Units by product, of those that were entered for the month in which a day lies."""
    rows = tx.all(
        "SELECT product_id, units FROM product_units WHERE month = :month AND deleted_at IS NULL", month=_name(month)
    )
    return {row["product_id"]: row["units"] for row in rows}


def enter(tx: Tx, actor: Actor, product_id: int, month: date, units: int | None) -> None:
    """Says how many of a product were sold in a month; None takes the figure away.

    Raises NotAllowed, also for a product that is not on the list (any more), and Invalid `units`.
    """
    (sight,) = access.sights(actor, Action.UNITS)
    case_labels.get(tx, LabelKind.PRODUCT, product_id)
    if units is not None and not 0 <= units <= UNITS_MOST:
        raise Invalid("units", str(units))
    access.stand(tx, actor)
    row = tx.one(
        f"SELECT * FROM product_units_{sight.scope} WHERE product_id = :product AND month = :month",
        product=product_id, month=_name(month),
    )  # fmt: skip
    if row is not None:
        values: dict[str, object] = (
            {"deleted_at": to_ms(tx.now)} if units is None else {"units": units, "deleted_at": None}
        )
        journal.update(tx, actor, kinds.UNITS, row, values)
    elif units is not None:
        entered = {"product_id": product_id, "month": _name(month), "units": units}
        journal.create(tx, actor, kinds.UNITS, entered)


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
