"""Quotes from complaints for those who make the product, with everything removed that identifies a person.

    for quote in case_quotes.quotes(tx, actor, period, Of(By.CAUSE, 7), limit=2): quote.words

The cases are those that store/case_stats.py counts for this reader, so every quote comes from a case that the reader
could open. store/rules/nameless.py removes what the book knows of customer and staff, and what looks like a name or a
contact.
"""

from __future__ import annotations

from typing import NamedTuple

from store import case_stats, customers
from store.access import Actor
from store.case_stats import Of, What
from store.db import Tx
from store.errors import NotAllowed
from store.rules.classification import CustomerKind
from store.rules.models import Complaint, Customer
from store.rules.nameless import Hider, phrases_of
from store.rules.periods import Period

#: Cases that are quoted at once, the newest: a sheet of them takes a tenth of a second.
QUOTES_MOST = 300


class Quote(NamedTuple):
    """A case, and its words without names and contacts; of a customer whom the reader can't see there are none."""

    case: Complaint
    words: str


def quotes(tx: Tx, actor: Actor, period: Period, of: Of | None = None, *, limit: int = QUOTES_MOST) -> list[Quote]:
    """The cases that were opened in a period, the newest first, with their words. Raises NotAllowed."""
    found = case_stats.cases(tx, actor, period, What.OPENED, of, limit=min(limit, QUOTES_MOST))
    colleagues = Hider(row["name"] for row in tx.all("SELECT name FROM staff"))
    hiders: dict[int, Hider | None] = {}
    for case in found:
        if case.customer_id not in hiders:
            hiders[case.customer_id] = _hider(tx, actor, case.customer_id, colleagues)
    return [Quote(case, hider.clean(case.text) if (hider := hiders[case.customer_id]) else "") for case in found]


def _hider(tx: Tx, actor: Actor, customer_id: int, colleagues: Hider) -> Hider | None:
    """One that knows the customer and the staff; None where the customer's fields can't be seen."""
    try:
        customer = customers.get(tx, actor, customer_id)
    except NotAllowed:
        return None
    return None if customer.masked else colleagues | _knowing(customer)


def _knowing(customer: Customer) -> Hider:
    told = [
        *customer.emails,
        *(email.partition("@")[0] for email in customer.emails),
        customer.wechat,
        customer.address,
    ]
    names = [customer.name] if customer.kind is CustomerKind.COMPANY else []
    companies = [phrase for name in (*names, customer.company) if name for phrase in phrases_of(name)]
    people = [] if names else [customer.name]
    return Hider(people, [phrase for phrase in (*told, *companies) if phrase], [one.e164 for one in customer.phones])
