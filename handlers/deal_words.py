"""Deals in a sentence: a new deal, a won one or a purchase, a lost one.

    商机 张三 年度框架 12万 月底        won Acme 12k        丢单 张三 价格太高

Buttons ask for the customer, and for which of several open deals, where that is in doubt; a missing price is asked for.
What was typed waits in the draft meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time

from handlers import search
from handlers.changes import looked_at
from handlers.deals import ask_amount, ask_new, ask_why, lost, opened, reason_of, won
from handlers.kit import forms, whom
from handlers.kit.deal_cards import row
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import Subject, subject
from handlers.understand import deal as reading
from store import access, customers, deals, mentions
from store.access import Action
from store.deals import Terms
from store.errors import Invalid, KehuError
from store.rules.ladder import wall_instant
from store.rules.models import Customer, Deal
from store.rules.script import fold

routes = Routes()

Said = Callable[[Request, Customer, str], Reply]


@routes.verb("deal", Action.DEAL, writes=True)
def comes(req: Request) -> Reply:
    """ "商机 张三 年度框架 12万 月底": a deal that may come."""
    return _of_whom(req, "open", req.text)


@routes.verb("purchase", Action.DEAL, writes=True)
def sold(req: Request) -> Reply:
    """ "成交 张三 3.2万": the open deal is won, or a purchase is written down."""
    return _of_whom(req, "won", req.text)


@routes.verb("lost", Action.DEAL, writes=True)
def gone(req: Request) -> Reply:
    """ "丢单 张三 价格太高": the open deal is lost."""
    return _of_whom(req, "lost", req.text)


# Of whom -------------------------------------------------------------------------------------------------------------


def _of_whom(req: Request, how: str, line: str) -> Reply:
    """Goes on when there is no doubt about whom; otherwise asks, and keeps what was said."""
    if not line.strip():
        return Reply.say(t(f"deal.how.{how}"))
    if not reading.sold(line, deals.currency(req.tx)).title:
        # A price and nothing else: who is offered is only likely.
        kept = {"how": how, "text": line}
        return whom.ask(
            req,
            WHOSE.name,
            t("deal.whose"),
            [one for one in looked_at(req) if _may(req, one)],
            "deal.of",
            kept,
            open_to_all=True,
        )
    if _is_name(req):
        return search.look_for(req, req.incoming.text)
    about = subject(req, line)
    if not about.customers:
        line = reading.price_last(line, deals.currency(req.tx))
        about = subject(req, line)
    mine = [one for one in about.customers if _may(req, one)]
    words = _rest(req, about, line)
    if mine and mine[0] is about.customers[0] and about.sure:
        return _SAID[how](req, mine[0], words)
    named = [] if mine else [one.customer for one in mentions.named(req.tx, req.actor, line)]
    asks = "deal.which" if mine else "deal.whose" if named else "deal.unknown"
    return _whose(req, how, words, t(asks, name=about.typed[:60]), mine or named)


def _is_name(req: Request) -> bool:
    """Whether the whole line is what somebody is called: Won Bin."""
    about = subject(req, req.incoming.text)
    return about.certain and not about.words


def _rest(req: Request, about: Subject, line: str) -> str:
    """The words about a deal beside the name; all words, if a price would be lost with those taken for the name."""
    default = deals.currency(req.tx)
    told = about.customers or reading.sold(about.words, default).money == reading.sold(line, default).money
    return about.words if told else line


def _may(req: Request, customer: Customer) -> bool:
    try:
        access.living(req.tx, req.actor, Action.DEAL, customer.id)
    except KehuError:
        return False
    return True


def _whose(
    req: Request, how: str, text: str, question: Text, offered: Sequence[Customer], again: Draft | None = None
) -> Reply:
    mine = [one for one in offered if _may(req, one)]
    return whom.ask(req, WHOSE.name, question, mine, "deal.of", {"how": how, "text": text}, again=again)


@routes.button("deal.of", Action.DEAL, writes=True, keeps_form=True)
def chosen(req: Request) -> Reply:
    """Which of several customers was meant."""
    draft = forms.belonging(req, WHOSE.name)
    customer = customers.living(req.tx, req.actor, req.number(1))
    return _SAID[str(draft.extra["how"])](req, customer, str(draft.extra["text"]))


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whose it is; who may be meant and is not called so is asked for once more."""
    meant, certain = whom.named(req, draft)
    mine = [one for one in meant if _may(req, one)]
    how, text = str(draft.extra["how"]), str(draft.extra["text"])
    if certain and mine:
        return _SAID[how](req, mine[0], text)
    asked = t("deal.which" if mine else "deal.unknown", name=str(draft.values["who"])[:60])
    return _whose(req, how, text, asked, mine, draft)


# What is said of it --------------------------------------------------------------------------------------------------


def _open(req: Request, customer: Customer, words: str) -> Reply:
    terms = reading.read(words, deals.currency(req.tx), req.now, req.zone)
    if not terms.title and terms.money is None:
        return ask_new(req, customer)
    return opened(req, deals.add(req.tx, req.actor, customer.id, terms))


def _won(req: Request, customer: Customer, words: str) -> Reply:
    terms, at = _decided(req, words)
    open_now = deals.open_of(req.tx, req.actor, customer.id)
    meant = [deal for deal in open_now if _called(deal, terms.title)] if terms.title else open_now
    if len(meant) == 1:
        return won(req, deals.win(req.tx, req.actor, meant[0].id, terms.money, at))
    if meant:
        return _which(req, "won", customer, words, meant)
    return _bought(req, customer, terms, at)


def _decided(req: Request, words: str) -> tuple[Terms, datetime | None]:
    """The details of a won deal; a day before today means its noon."""
    terms, day = reading.decided(words, deals.currency(req.tx), req.now, req.zone)
    return terms, None if day is None else wall_instant(day, time(12), req.zone)


def _bought(req: Request, customer: Customer, terms: Terms, at: datetime | None) -> Reply:
    """A purchase by itself; for how much is asked where it is not said."""
    if terms.money is None:
        return ask_amount(req, customer, terms.title, at)
    return won(req, deals.purchase(req.tx, req.actor, customer.id, terms, at))


def _lost(req: Request, customer: Customer, words: str) -> Reply:
    open_now = deals.open_of(req.tx, req.actor, customer.id)
    named = [deal for deal in open_now if deal.title and fold(words).startswith(fold(deal.title))]
    if len(named) == 1:
        return _lose(req, named[0], words[len(named[0].title) :])
    if len(open_now) > 1:
        return _which(req, "lost", customer, words, open_now)
    if open_now:
        return _lose(req, open_now[0], words)
    return lost(req, deals.missed(req.tx, req.actor, customer.id, Terms(), reason_of(reading.title(words))))


def _lose(req: Request, deal: Deal, reason: str) -> Reply:
    reason = reading.title(reason)
    return lost(req, deals.lose(req.tx, req.actor, deal.id, reason_of(reason))) if reason else ask_why(req, deal)


def _called(deal: Deal, title: str) -> bool:
    return bool(deal.title) and (fold(title) in fold(deal.title) or fold(deal.title) in fold(title))


_SAID: dict[str, Said] = {"open": _open, "won": _won, "lost": _lost}


# Which of several ----------------------------------------------------------------------------------------------------


def _which(req: Request, how: str, customer: Customer, words: str, offered: Sequence[Deal]) -> Reply:
    """Several are open: which one? What is won may be none of them."""
    draft = forms.draft_of(WHICH.name, extra={"how": how, "text": words, "customer": customer.id})
    rows = [[Button(row(deal).label, "deal.this", draft.nonce, deal.id)] for deal in offered[:PAGE]]
    if how == "won":
        rows.append([Button(t("deal.button.apart"), "deal.this", draft.nonce, 0)])
    return Reply.say(
        t("card.name", name=customer.name), t(f"deal.which_{how}"), buttons=rows, replace=req.pressed,
        customer_id=customer.id,
    ).opening(draft)  # fmt: skip


@routes.button("deal.this", Action.DEAL, writes=True, keeps_form=True)
def this(req: Request) -> Reply:
    """Which of a customer's open deals was meant; 0: none of them."""
    draft = forms.belonging(req, WHICH.name)
    words, deal_id = str(draft.extra["text"]), req.number(1)
    terms, at = _decided(req, words)
    if draft.extra["how"] == "lost":
        return _lose(req, deals.get(req.tx, req.actor, deal_id), words)
    if deal_id:
        return won(req, deals.win(req.tx, req.actor, deal_id, terms.money, at))
    return _bought(req, customers.living(req.tx, req.actor, int(str(draft.extra["customer"]))), terms, at)


def _never(_: Request, __: Draft) -> Reply:
    raise KehuError("no_longer")


def _text(_: Request, typed: str) -> str:
    if not typed.strip():
        raise Invalid("text")
    return typed.strip()[:200]


WHOSE = forms.register(
    Form("deal_whose", Action.DEAL, (Field("who", _text, required=True),), _named, confirm=False,
         takes=whom.may_answer, fits=whom.answers)
)  # fmt: skip
WHICH = forms.register(Form("deal_which", Action.DEAL, (), _never, confirm=False))
