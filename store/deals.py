"""Deals: what is or may be sold to a customer; a won deal is a purchase.

    deal = deals.add(tx, actor, customer_id, Terms("年度框架", Money(minor=12_000_000, currency="CNY")))
    deals.win(tx, actor, deal.id)                       # plans the survey after a purchase
    deals.purchase(tx, actor, customer_id, Terms(...))  # a deal that is won at once

All changes are journaled: undoing a win reopens the deal and cancels its survey.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from store import access, journal, kinds, settings, surveys
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import KehuError, NotAllowed, Stale
from store.rules.models import Deal, DealState, LostWhy
from store.rules.money import Currency, Money
from store.seal import unseal
from store.times import from_ms, maybe_from_ms, to_ms

PAGE = 8
TITLE_MAX, REASON_MAX = 120, 1_000
#: What an amount is in when its currency is not said.
CURRENCY = "deal.currency"
#: More open deals than anybody has with one customer.
OPEN_MOST = 100


class Terms(NamedTuple):
    """The terms of a deal; each may be missing."""

    title: str = ""
    money: Money | None = None
    expected: date | None = None

    def stored(self) -> dict[str, object]:
        """As the journal has it."""
        return {
            "title": self.title.strip()[:TITLE_MAX] or None,
            "amount": self.money and self.money.minor,
            "currency": self.money and self.money.currency,
            "expected_on": self.expected and self.expected.isoformat(),
        }


def currency(tx: Tx) -> Currency:
    """The company's currency."""
    return Currency(settings.get(tx, CURRENCY, Currency.CNY))


# Writing -------------------------------------------------------------------------------------------------------------


def add(tx: Tx, actor: Actor, customer_id: int, terms: Terms) -> Deal:
    """A deal that is open. Raises NotAllowed, and KehuError `archived`."""
    return _add(tx, actor, customer_id, terms, DealState.OPEN)


def purchase(tx: Tx, actor: Actor, customer_id: int, terms: Terms, at: datetime | None = None) -> Deal:
    """Something that is sold, and was never kept as open. `at`: when, if not now, and never later. Raises as `add`."""
    deal = _add(tx, actor, customer_id, terms, DealState.WON, at=at)
    surveys.plan(tx, "deal", deal.id)
    return deal


def missed(tx: Tx, actor: Actor, customer_id: int, terms: Terms, reason: str | LostWhy) -> Deal:
    """Something that is lost, and was never kept as open. Raises as `add`."""
    return _add(tx, actor, customer_id, terms, DealState.LOST, reason)


def _add(
    tx: Tx, actor: Actor, customer_id: int, terms: Terms, state: DealState, reason: str | LostWhy = "",
    at: datetime | None = None,
) -> Deal:  # fmt: skip
    customer, _ = access.living(tx, actor, Action.DEAL, customer_id)
    values = terms.stored() | {
        "customer_id": customer_id, "author_id": actor.id, "state": state,
        **_reason(reason), "decided_at": None if state is DealState.OPEN else _then(tx, at),
    }  # fmt: skip
    deal_id = journal.create(tx, actor, kinds.DEAL, values, key_id=customer["key_id"], key=customer["key"])
    return get(tx, actor, deal_id)


def win(tx: Tx, actor: Actor, deal_id: int, money: Money | None = None, at: datetime | None = None) -> Deal:
    """An open deal is won, for `money` where that is said. `at` as in `purchase`. Raises NotAllowed, and KehuError
    `no_longer`, `archived`.
    """
    price = {} if money is None else {"amount": money.minor, "currency": money.currency}
    deal = _decide(tx, actor, deal_id, DealState.WON, price | {"decided_at": _then(tx, at)})
    surveys.plan(tx, "deal", deal.id)
    return deal


def lose(tx: Tx, actor: Actor, deal_id: int, reason: str | LostWhy) -> Deal:
    """An open deal is lost; why, one of the usual reasons or words, may be empty. Raises as `win`."""
    return _decide(tx, actor, deal_id, DealState.LOST, _reason(reason))


def _reason(reason: str | LostWhy) -> dict[str, object]:
    if isinstance(reason, LostWhy):
        return {"why": reason.value, "reason": None}
    return {"why": None, "reason": reason.strip()[:REASON_MAX] or None}


def _decide(tx: Tx, actor: Actor, deal_id: int, state: DealState, more: Mapping[str, object]) -> Deal:
    row = _living(tx, actor, deal_id)
    if row["state"] != DealState.OPEN:
        raise KehuError("no_longer")
    journal.update(tx, actor, kinds.DEAL, row, {"state": state, "decided_at": to_ms(tx.now)} | dict(more))
    return get(tx, actor, deal_id)


def _then(tx: Tx, at: datetime | None) -> int:
    return to_ms(min(at or tx.now, tx.now))


def reopen(tx: Tx, actor: Actor, deal_id: int) -> Deal:
    """Reopens a won or lost deal. Raises as `win`."""
    row = _living(tx, actor, deal_id)
    if row["state"] == DealState.OPEN:
        raise KehuError("no_longer")
    journal.update(tx, actor, kinds.DEAL, row, {"state": DealState.OPEN, "decided_at": None} | _reason(""))
    return get(tx, actor, deal_id)


def change(tx: Tx, actor: Actor, deal_id: int, version: int, terms: Terms) -> Deal:
    """Other terms for a deal that was seen at `version`. Raises NotAllowed, Stale, KehuError `archived`."""
    row = _living(tx, actor, deal_id)
    if row["version"] != version:
        raise Stale
    journal.update(tx, actor, kinds.DEAL, row, terms.stored())
    return get(tx, actor, deal_id)


# Reading -------------------------------------------------------------------------------------------------------------


def get(tx: Tx, actor: Actor, deal_id: int) -> Deal:
    """One deal. Raises NotAllowed, for the missing, the taken back and the forbidden alike."""
    return from_row(_row(tx, actor, deal_id))


def page(tx: Tx, actor: Actor, customer_id: int, *, skip: int = 0, limit: int = PAGE) -> list[Deal]:
    """A customer's deals: the open ones first, by the day that is expected, then the newest. Raises NotAllowed."""
    rows = tx.all(
        f"SELECT * FROM {_of(tx, actor, customer_id)} WHERE customer_id = :customer AND deleted_at IS NULL"
        " ORDER BY decided_at IS NOT NULL, decided_at DESC, expected_on IS NULL, expected_on, id DESC"
        " LIMIT :limit OFFSET :skip",
        customer=customer_id, limit=limit, skip=skip,
    )  # fmt: skip
    return [from_row(row) for row in rows]


def open_of(tx: Tx, actor: Actor, customer_id: int) -> list[Deal]:
    """A customer's open deals, by the day that is expected, then the newest. Raises NotAllowed."""
    rows = tx.all(
        f"SELECT * FROM {_of(tx, actor, customer_id)} WHERE customer_id = :customer AND state = 'open'"
        " AND deleted_at IS NULL ORDER BY expected_on IS NULL, expected_on, id DESC LIMIT :most",
        customer=customer_id, most=OPEN_MOST,
    )  # fmt: skip
    return [from_row(row) for row in rows]


def last_purchase(tx: Tx, actor: Actor, customer_id: int) -> Deal | None:
    """A customer's last purchase; None without one. Raises NotAllowed."""
    row = tx.one(
        f"SELECT * FROM {_of(tx, actor, customer_id)} WHERE customer_id = :customer AND state = 'won'"
        " AND deleted_at IS NULL ORDER BY decided_at DESC, id DESC LIMIT 1",
        customer=customer_id,
    )
    return None if row is None else from_row(row)


def bought(tx: Tx, actor: Actor) -> list[Deal]:
    """The purchases of the customer who asks, the oldest first. Raises NotAllowed for anybody else."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.OWN_DATA)
    rows = tx.all(f"SELECT * FROM deal_{sight.scope} WHERE deleted_at IS NULL ORDER BY decided_at, id")
    return [from_row(row) for row in rows]


def _of(tx: Tx, actor: Actor, customer_id: int) -> str:
    """The view through which the actor sees a customer's deals. Raises NotAllowed."""
    _, sight = access.row(tx, actor, Action.DEAL, "customer", customer_id)
    return f"deal_{sight.scope}"


def _row(tx: Tx, actor: Actor, deal_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.DEAL, "deal", deal_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _living(tx: Tx, actor: Actor, deal_id: int) -> Row:
    row = _row(tx, actor, deal_id)
    access.living(tx, actor, Action.DEAL, row["customer_id"])
    return row


def from_row(row: Row) -> Deal:
    """A row of one of the predicate's views as the model that may leave the store."""
    words = unseal(row["key_id"], row["key"], row["sealed"])
    price = row["amount"] is not None
    return Deal(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], author_id=row["author_id"],
        state=DealState(row["state"]), title=str(words.get("title") or ""), reason=str(words.get("reason") or ""),
        why=LostWhy(str(words["why"])) if words.get("why") else None,
        money=Money(minor=row["amount"], currency=Currency(row["currency"])) if price else None,
        expected=date.fromisoformat(row["expected_on"]) if row["expected_on"] else None,
        decided_at=maybe_from_ms(row["decided_at"]), created_at=from_ms(row["created_at"]),
    )  # fmt: skip
