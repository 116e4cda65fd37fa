"""A customer's deals by button: the list, a deal's card, winning or losing it with a tap, its terms, and a new one.

    张三  →  商机  →  年度框架 ¥120,000  →  成交 · 丢单 · 金额 · 名称 · 预计成交

Deals in a sentence are in handlers/deal_words.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from handlers import customers as editing
from handlers import values
from handlers.kit import forms
from handlers.kit.deal_cards import deal_card, money_text, row, what
from handlers.kit.form_model import Choice, Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Param, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import LANGUAGES, catalogue
from store import customers, deals
from store.access import Action, allowed
from store.deals import Terms
from store.errors import Invalid, KehuError
from store.rules.models import Customer, Deal, LostWhy, Stage
from store.rules.money import Money
from store.times import from_ms, to_ms

routes = Routes()

#: The stages before the first purchase.
BELOW_CUSTOMER = (Stage.LEAD, Stage.CONTACTED, Stage.QUALIFIED, Stage.PROPOSAL)


@routes.button("deals", Action.DEAL)
def listed(req: Request) -> Reply:
    """A customer's deals, the open ones first."""
    customer, skip = customers.get(req.tx, req.actor, req.number()), req.number(1)
    page = deals.page(req.tx, req.actor, customer.id, skip=skip, limit=PAGE + 1)
    buttons = paged([row(deal) for deal in page[:PAGE]], "deals", customer.id, skip=skip, more=len(page) > PAGE)
    new = [] if customer.archived else [Button(t("deal.button.new"), "deal.new", customer.id)]
    buttons.append([*new, Button(t("button.return"), "customer", customer.id)])
    lines = [t("deal.title", name=customer.name)]
    if not page:
        lines.append(t("deal.none", name=customer.name))
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


@routes.button("deal", Action.DEAL)
def show(req: Request) -> Reply:
    """One deal."""
    return Reply((deal_card(req, deals.get(req.tx, req.actor, req.number())),))


# Won or lost ---------------------------------------------------------------------------------------------------------


@routes.button("deal.win", Action.DEAL, writes=True)
def win(req: Request) -> Reply:
    """It is won."""
    return won(req, deals.win(req.tx, req.actor, req.number()))


def won(req: Request, deal: Deal) -> Reply:
    """Said with Undo; that the customer is one by now is offered, and never done silently."""
    customer = customers.get(req.tx, req.actor, deal.customer_id)
    below = customer.stage in BELOW_CUSTOMER and allowed(req.actor, Action.EDIT)
    offers = (Button(t("deal.button.stage"), "deal.stage", customer.id),) if below else ()
    return Reply((deal_card(req, deal, t("deal.won"), undo=True, offers=offers),)).closing()


@routes.button("deal.stage", Action.EDIT, writes=True)
def to_customer(req: Request) -> Reply:
    """Moves somebody who has bought something to the stage "customer"."""
    return editing.put(req, customers.living(req.tx, req.actor, req.number()), "stage", Stage.CUSTOMER.value)


@routes.button("deal.lose", Action.DEAL, writes=True, keeps_form=True)
def ask_reason(req: Request) -> Reply:
    """It is lost: why may be said."""
    return ask_why(req, deals.get(req.tx, req.actor, req.number()))


def ask_why(req: Request, deal: Deal) -> Reply:
    """Why is it lost? A tap, words, or nothing."""
    notice = t("deal.about", what=what(deal))
    return forms.begin(req, WHY, extra={"customer": deal.customer_id, "deal": deal.id}, notice=notice)


def _lost(req: Request, draft: Draft) -> Reply:
    said = draft.values.get("deal_reason", "")
    reason = LostWhy(said[0]) if isinstance(said, list) else reason_of(str(said))
    return lost(req, deals.lose(req.tx, req.actor, _id(draft), reason))


def lost(req: Request, deal: Deal) -> Reply:
    """Said with Undo."""
    return Reply((deal_card(req, deal, t("deal.lost"), undo=True),)).closing()


@routes.button("deal.reopen", Action.DEAL, writes=True)
def reopen(req: Request) -> Reply:
    """Reopens a decided deal."""
    deal = deals.reopen(req.tx, req.actor, req.number())
    return Reply((deal_card(req, deal, t("deal.reopened"), undo=True),))


# Its terms -----------------------------------------------------------------------------------------------------------


def read_amount(req: Request, typed: str) -> list[object]:
    """A price: minor units and currency. Raises Invalid `amount`."""
    from handlers.understand import money  # brings the grammar of numerals with it: not every start needs it

    found = money.read(typed, deals.currency(req.tx))
    if found is None:
        raise Invalid("amount", typed)
    return [found.minor, found.currency.value]


def kept(money: Money | None) -> list[object] | None:
    """A price as a draft keeps it."""
    return None if money is None else [money.minor, money.currency.value]


def money_of(value: Any) -> Money | None:
    """The price that a draft keeps."""
    return None if value is None else Money(minor=value[0], currency=value[1])


def _show_money(value: Any) -> Param:
    money = money_of(value)
    return "" if money is None else money_text(money)


def _show_day(value: Any) -> Param:
    return date.fromisoformat(str(value))


def _why(_: Request) -> list[Choice]:
    """The usual reasons; a list, so that no word that is typed can be taken for one."""
    return [Choice([why.value], t(f"deal.why.{why}")) for why in LostWhy]


def reason_of(words: str) -> str | LostWhy:
    """The usual reason that somebody has typed as it stands on its button, in either language, or their own words."""
    return _usual().get(words.strip().casefold(), words)


@cache
def _usual() -> dict[str, LostWhy]:
    return {str(catalogue(one)[f"deal.why.{why}"]).casefold(): why for one in LANGUAGES for why in LostWhy}


TITLE = Field("deal_title", values.words("deal_title", deals.TITLE_MAX))
AMOUNT = Field("deal_amount", read_amount, show=_show_money)
EXPECTED = Field("deal_expected", values.day, show=_show_day)
REASON = Field("deal_reason", values.words("deal_reason", deals.REASON_MAX), choices=_why)


@routes.button("deal.edit", Action.DEAL, writes=True, keeps_form=True)
def edit(req: Request) -> Reply:
    """Asks for the new title, price or day."""
    deal, key = deals.get(req.tx, req.actor, req.number()), req.word(1)
    if key not in (TITLE.key, AMOUNT.key, EXPECTED.key):
        raise KehuError("no_longer")
    held = _values(deal)[key]
    extra = {"customer": deal.customer_id, "deal": deal.id, "field": key, "held": held}
    notice = t("deal.about", what=what(deal))
    return forms.begin(req, TERMS, only=key, values={key: held} if held else {}, extra=extra, notice=notice)


def _values(deal: Deal) -> dict[str, object]:
    expected = deal.expected.isoformat() if deal.expected else None
    return {"deal_title": deal.title, "deal_amount": kept(deal.money), "deal_expected": expected}


def _edited(req: Request, draft: Draft) -> Reply:
    now, key = deals.get(req.tx, req.actor, _id(draft)), str(draft.extra["field"])
    held = _values(now)
    if held[key] != draft.extra["held"]:  # who changed something else meanwhile is in nobody's way
        return _both(now, draft)
    deal = deals.change(req.tx, req.actor, now.id, now.version, _terms(held | {key: draft.values.get(key)}))
    return Reply((deal_card(req, deal, t("deal.changed"), undo=req.tx.change is not None),)).closing()


def put_right(req: Request, deal_id: int, typed: str) -> Reply:
    """Another price than was said first. Raises Invalid `amount`, NotAllowed."""
    now = deals.get(req.tx, req.actor, deal_id)
    terms = _terms(_values(now) | {AMOUNT.key: read_amount(req, typed)})
    deal = deals.change(req.tx, req.actor, now.id, now.version, terms)
    return Reply((deal_card(req, deal, t("deal.changed"), undo=req.tx.change is not None),)).closing()


def _both(now: Deal, draft: Draft) -> Reply:
    """Somebody has changed the same since: what it holds now beside what was typed, and one tap to choose."""
    field = TERMS.field(str(draft.extra["field"]))
    held, typed = _values(now)[field.key], draft.values.get(field.key)
    draft = draft.model_copy(update={"step": None, "extra": draft.extra | {"held": held}})
    there, mine = (t("edit.nothing") if not value else field.show(value) for value in (held, typed))
    buttons = [
        [forms.button(t("edit.mine", value=mine), draft, "ok")],
        [forms.button(t("edit.theirs", value=there), draft, "x")],
    ]
    return Reply.say(
        t("edit.meanwhile", label=field.label, value=there), t("edit.typed", value=mine), buttons=buttons,
        customer_id=now.customer_id,
    ).opening(draft)  # fmt: skip


def _terms(said: Mapping[str, Any]) -> Terms:
    day = said.get("deal_expected")
    return Terms(
        str(said.get("deal_title") or ""), money_of(said.get("deal_amount")), date.fromisoformat(day) if day else None
    )


# A new one -----------------------------------------------------------------------------------------------------------


@routes.button("deal.new", Action.DEAL, writes=True, keeps_form=True)
def new(req: Request) -> Reply:
    """A deal step by step."""
    return ask_new(req, customers.living(req.tx, req.actor, req.number()))


def ask_new(req: Request, customer: Customer) -> Reply:
    """Asks for a new deal's title, price and expected close."""
    return forms.begin(req, NEW, extra={"customer": customer.id})


def _made(req: Request, draft: Draft) -> Reply:
    return opened(req, deals.add(req.tx, req.actor, _customer(draft), _terms(draft.values)))


def opened(req: Request, deal: Deal) -> Reply:
    """Said with Undo."""
    return Reply((deal_card(req, deal, t("deal.opened"), undo=True),)).closing()


# Sold at once, as soon as it is said for how much --------------------------------------------------------------------


def ask_amount(req: Request, customer: Customer, title: str, at: datetime | None) -> Reply:
    """For how much? What else was said is kept."""
    notice = t("deal.about", what=title) if title else None
    extra = {"customer": customer.id, "title": title, "at": None if at is None else to_ms(at)}
    return forms.begin(req, PRICE, extra=extra, notice=notice)


def _priced(req: Request, draft: Draft) -> Reply:
    terms = Terms(str(draft.extra["title"]), money_of(draft.values["deal_amount"]))
    ms = draft.extra["at"]
    at = None if ms is None else from_ms(int(str(ms)))
    return won(req, deals.purchase(req.tx, req.actor, _customer(draft), terms, at))


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, _customer(draft))


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was written: back to the deal, or to the list."""
    if "deal" in draft.extra:
        return Reply((deal_card(req, deals.get(req.tx, req.actor, _id(draft)), t("deal.left")),))
    back = Button(t("deal.button.list"), "deals", _customer(draft), 0)
    return Reply.say(t("deal.left"), buttons=[[back]], replace=req.pressed)


def _id(draft: Draft) -> int:
    return int(str(draft.extra["deal"]))


def _customer(draft: Draft) -> int:
    return int(str(draft.extra["customer"]))


WHY = forms.register(Form("deal_lost", Action.DEAL, (REASON,), _lost, confirm=False, about=_about, left=_left))
TERMS = forms.register(
    Form("deal_terms", Action.DEAL, (TITLE, AMOUNT, EXPECTED), _edited, confirm=False, about=_about, left=_left)
)
NEW = forms.register(
    Form("deal_new", Action.DEAL, (Field(TITLE.key, TITLE.parse, required=True), AMOUNT, EXPECTED), _made, about=_about,
         left=_left)
)  # fmt: skip
PRICE = forms.register(
    Form("deal_price", Action.DEAL, (Field(AMOUNT.key, AMOUNT.parse, required=True),), _priced, confirm=False,
         about=_about, left=_left)
)  # fmt: skip
