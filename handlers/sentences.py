"""A sentence without a verb that names a customer: logged for them with one tap, or planned for its time.

    今天拜访了刘晓梅，聊得不错     had lunch with Jane Smith today     刘晓梅 明天10点 报价

Search falls back to this when it has found nobody. The text is logged as typed; the kind of interaction is read from
its words (handlers/understand/contacted.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from handlers import contacts, followups
from handlers.kit import forms
from handlers.kit.cards import card, row_label
from handlers.kit.form_model import Form
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.understand import contacted, errand
from handlers.understand.question import is_question
from store import customers, mentions
from store.access import Action, allowed
from store.errors import KehuError
from store.followups import FURTHEST
from store.rules.models import Contacted, Customer

routes = Routes()
#: Words that the question repeats.
SHOWN = 200


class _Said(NamedTuple):
    """A sentence, and the customers whom it names, with the words that name them."""

    text: str
    of: list[tuple[Customer, str]]


def offer(req: Request, line: str) -> Reply | None:
    """The actions on offer for a sentence about one of one's own customers; None when it names none."""
    if not allowed(req.actor, Action.LOG):
        return None
    said = _understood(req, line)
    if not said.of:
        return None
    if len(said.of) == 1 and is_question(said.text):
        return card(req, said.of[0][0])
    draft = forms.draft_of(FORM.name, extra={"text": said.text, "names": [name for _, name in said.of]})
    customer = said.of[0][0]
    if len(said.of) > 1:
        rows = [[Button(t("said.onto", name=row_label(one)), "said.note", draft.nonce, one.id)] for one, _ in said.of]
        question = t("said.whose", words=said.text[:SHOWN])
        others = tuple(one.id for one, _ in said.of[1:])
        return Reply.say(question, buttons=rows, customer_id=customer.id, others=others).opening(draft)
    ways = [Button(t("said.write"), "said.note", draft.nonce, customer.id)]
    asked = errand.read(said.text, req.now, req.zone)
    at = asked.at
    rows = []
    if at is not None and req.now < at <= req.now + FURTHEST and allowed(req.actor, Action.REMIND):
        ways.append(Button(t("said.remind", at=at), "said.remind", draft.nonce, customer.id))
        kind = contacted.read(said.text, [name for _, name in said.of]).kind
        if kind is not Contacted.NOTE or asked.task != asked.words:  # more is told than what is to be done
            rows.append([Button(t(f"said.both.{kind}", at=at), "said.both", draft.nonce, customer.id)])
    rows += [ways, [Button(row_label(customer), "open", customer.id)]]
    question = t("said.note", words=said.text[:SHOWN], name=customer.name)
    return Reply.say(question, buttons=rows, customer_id=customer.id).opening(draft)


def _understood(req: Request, line: str) -> _Said:
    """A name at the beginning is no part of what is said; one in the middle is."""
    about = subject(req, line)
    if about.certain and about.words and not about.customers[0].masked:
        return _Said(about.words, [(about.customers[0], "")])
    return _Said(line, [(one.customer, one.said) for one in mentions.named(req.tx, req.actor, line)])


@routes.button("said.note", Action.LOG, writes=True, keeps_form=True)
def note(req: Request) -> Reply:
    """The sentence goes on the customer's timeline."""
    customer, kept = customers.living(req.tx, req.actor, req.number(1)), _kept(req)
    return _gone(customer) if kept is None else contacts.write(req, customer, *kept)


@routes.button("said.remind", Action.REMIND, writes=True, keeps_form=True)
def remind(req: Request) -> Reply:
    """It is something to do at the time of which it speaks."""
    customer, kept = customers.living(req.tx, req.actor, req.number(1)), _kept(req)
    if kept is None:
        return _gone(customer)
    text, names = kept
    return followups.set_as_said(req, customer, errand.read(text, req.now, req.zone), names)


@routes.button("said.both", Action.REMIND, writes=True, keeps_form=True)
def write_and_remind(req: Request) -> Reply:
    """What was done goes on the timeline, what is to be done becomes a reminder: one change."""
    customer = customers.living(req.tx, req.actor, req.number(1))
    kept = _kept(req)
    if kept is None:
        return _gone(customer)
    text, names = kept
    entry = contacts.add(req, customer, text, names)
    planned = followups.set_as_said(req, customer, errand.read(text, req.now, req.zone), names)
    (said,) = planned.messages
    return replace(planned, messages=(replace(said, lines=(*contacts.noted(entry), *said.lines)),))


def _gone(customer: Customer) -> Reply:
    """It was answered already or has waited for too long; the question with its words still stands in the chat."""
    ways = [Button(t("card.button.note"), "note", customer.id), Button(row_label(customer), "open", customer.id)]
    return Reply.say(t("said.gone", name=customer.name), buttons=[ways], customer_id=customer.id)


def _kept(req: Request) -> tuple[str, list[str]] | None:
    """The sentence to which the button belongs, and no later one; None where it is not kept any more."""
    try:
        draft = forms.belonging(req, FORM.name)
    except KehuError:
        return None
    names = draft.extra["names"]
    assert isinstance(names, list)
    return str(draft.extra["text"]), names


def _never(_: Request, __: Draft) -> Reply:
    raise KehuError("no_longer")


FORM = forms.register(Form("said", Action.LOG, (), _never, confirm=False))
