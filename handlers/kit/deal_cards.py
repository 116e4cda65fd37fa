"""The layout of a deal: in a sentence, as a row of a list, and as its card.

what(deal)   →  年度框架 ¥120,000
"""

from __future__ import annotations

from decimal import Decimal

from handlers.kit.case_cards import clip, whose
from handlers.kit.reply import Button, Message, Text, message, plain, t
from handlers.kit.request import Request
from store import access, customers, deals
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Customer, Deal, DealState
from store.rules.money import Currency, Money

#: Signs that everybody reads as one currency; the others by their code.
_SIGNS = {Currency.CNY: "¥", Currency.USD: "$", Currency.EUR: "€", Currency.GBP: "£", Currency.HKD: "HK$"}
#: Characters of a title in a line or on a button.
TITLE_WIDTH = 40
#: Characters of a reason on a card.
REASON_WIDTH = 300


def money_text(money: Money) -> Text:
    """An amount, grouped, with no more decimals than it has: ¥32,000, JPY 1,200."""
    digits = 0 if money.major == money.major.to_integral_value() else money.currency.digits
    sign = _SIGNS.get(money.currency, f"{money.currency} ")
    return plain(f"{sign}{money.major.quantize(Decimal(1).scaleb(-digits)):,}")


def what(deal: Deal) -> Text:
    """A deal in a sentence: its title and its price, as far as there are any."""
    title = clip(deal.title, TITLE_WIDTH)
    if deal.money is None:
        return plain(title) if title else t("deal.untitled")
    price = money_text(deal.money)
    return t("deal.what", title=title, price=price) if title else price


def row(deal: Deal) -> Button:
    """A deal as one row of a list."""
    at = deal.decided_at or deal.expected
    label = t("deal.row", sign=t(f"deal.sign.{deal.state}"), what=what(deal))
    return Button(label if at is None else t("deal.row_at", row=label, at=at), "deal", deal.id)


def deal_lines(deal: Deal, customer: Customer) -> list[Text]:
    """All details of a deal, without an empty line."""
    lines = [t(f"deal.head.{deal.state}", what=what(deal), at=deal.decided_at or deal.created_at), whose(customer)]
    if deal.expected is not None and deal.state is DealState.OPEN:
        lines.append(t("deal.expected", day=deal.expected))
    if deal.why or deal.reason:
        said = t(f"deal.why.{deal.why}") if deal.why else plain(clip(deal.reason, REASON_WIDTH))
        lines.append(t("deal.reason", reason=said))
    return lines


def deal_card(req: Request, deal: Deal, *above: Text, undo: bool = False, offers: tuple[Button, ...] = ()) -> Message:
    """A deal's card with what can be done. `above`: what has just happened; `offers`: what is likely just now."""
    customer = customers.get(req.tx, req.actor, deal.customer_id)
    if deal.state is DealState.OPEN:
        ways = [
            Button(t("deal.button.win"), "deal.win", deal.id), Button(t("deal.button.lose"), "deal.lose", deal.id),
        ]  # fmt: skip
    else:
        ways = [] if undo else [Button(t("deal.button.reopen"), "deal.reopen", deal.id)]
    edits = [Button(t(f"field.{key}"), "deal.edit", deal.id, key) for key in _EDITED[deal.state]]
    to_list = Button(t("deal.button.list"), "deals", customer.id, 0)
    last = [to_list, Button(t("case.button.customer"), "customer", customer.id)]
    if undo:
        ways = [req.undo(), *offers, *ways]
    return message(
        *above, *deal_lines(deal, customer), buttons=[ways, edits, last] if not customer.archived else [last],
        replace=req.pressed, customer_id=customer.id, masked=customer.masked,
    )  # fmt: skip


#: What of a deal can be corrected.
_EDITED = {
    DealState.OPEN: ("deal_amount", "deal_title", "deal_expected"),
    DealState.WON: ("deal_amount", "deal_title"),
    DealState.LOST: ("deal_amount", "deal_title"),
}


def brief(req: Request, customer: Customer) -> list[Text]:
    """A customer's deals on their card: what is open, in a line, and what they bought last."""
    if customer.masked or not access.allowed(req.actor, Action.DEAL):
        return []
    try:
        open_now = deals.open_of(req.tx, req.actor, customer.id)
        last = deals.last_purchase(req.tx, req.actor, customer.id)
    except NotAllowed:  # lent for a follow-up
        return []
    lines = []
    if len(open_now) == 1 and open_now[0].expected is not None:
        lines.append(t("card.deal_by", what=what(open_now[0]), day=open_now[0].expected))
    elif len(open_now) == 1:
        lines.append(t("card.deal", what=what(open_now[0])))
    elif open_now:
        lines.append(t("card.deals", n=len(open_now), what=what(open_now[0])))
    if last is not None and last.decided_at is not None:
        lines.append(t("card.bought", at=last.decided_at, what=what(last)))
    return lines
