"""Unresolved cases that probably have a common cause, so that a member can link them to it with one tap.

    for group in case_groups.alike(tx, actor): group.members, group.words
    case_groups.link(tx, actor, group.members, cause.id)

Compared are the newest cases without a cause that the actor may handle. Names are removed from the texts first
(store/rules/alike.py compares them), so that different complaints of one customer do not look alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from store import access, case_labels, complaints, customers
from store.access import Action, Actor
from store.case_life import UNRESOLVED_SQL
from store.db import Tx
from store.errors import NotAllowed
from store.rules import alike as comparing
from store.rules.alike import Alike
from store.rules.models import LabelKind
from store.rules.nameless import Hider, phrases_of
from store.seal import unseal

#: Cases that are compared, the newest: all pairs of so many take a fiftieth of a second.
COMPARED_MOST = 150


def alike(tx: Tx, actor: Actor) -> list[Alike]:
    """Groups of unresolved cases without a cause, the largest first. Raises NotAllowed."""
    (sight,) = access.sights(actor, Action.HANDLE)
    access.stand(tx, actor)
    rows = tx.all(
        f"SELECT * FROM complaint_{sight.scope} WHERE {UNRESOLVED_SQL} AND cause_id IS NULL"
        " ORDER BY opened_at DESC, id DESC LIMIT :most",
        most=COMPARED_MOST,
    )
    colleagues = Hider(row["name"] for row in tx.all("SELECT name FROM staff"))
    hiders: dict[int, Hider] = {}
    texts: dict[int, str] = {}
    for row in rows:
        customer_id = row["customer_id"]
        if customer_id not in hiders:
            hiders[customer_id] = colleagues | _hider(tx, actor, customer_id)
        text = unseal(row["key_id"], row["key"], row["sealed"]).get("text")
        if text:  # a case of a photo or a recording alone sounds like none
            texts[row["id"]] = hiders[customer_id].clean(str(text))
    products = [label.name for label in case_labels.listed(tx, LabelKind.PRODUCT)]
    return comparing.groups(texts, products)


def around(tx: Tx, actor: Actor, case_id: int) -> Alike | None:
    """The group that a case is in, if it is in one. Raises NotAllowed."""
    return next((group for group in alike(tx, actor) if case_id in group.members), None)


def link(tx: Tx, actor: Actor, case_ids: Iterable[int], cause_id: int) -> int:
    """Gives all of them a cause, in one change; how many. Raises NotAllowed."""
    access.require(actor, Action.HANDLE)
    return len([complaints.sort(tx, actor, one, LabelKind.CAUSE, cause_id) for one in case_ids])


def _hider(tx: Tx, actor: Actor, customer_id: int) -> Hider:
    """A Hider for the names in a case, as far as the actor may know them."""
    try:
        customer = customers.get(tx, actor, customer_id)
    except NotAllowed:
        return Hider(())
    return Hider([customer.name], phrases_of(customer.company) if customer.company else ())
