"""Asking for a customer whom a colleague has: from the form that says "taken", to those who may answer, and back.

The asker learns yes or no. Which customer it is, whose, and in which team, only those who answer can see, until the
customer is the asker's.
"""

from __future__ import annotations

from handlers.case_news import staff_news
from handlers.kit import forms
from handlers.kit.cards import card_lines, row_label
from handlers.kit.contact_cards import last_contact
from handlers.kit.reply import BLANK, Button, Message, Reply, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import access, case_moves, case_news, customers, recognition, requests, staff
from store.access import Action
from store.bulk import Heir
from store.queue import Priority
from store.requests import Asked, Handed
from store.rules.models import Customer, CustomerWords

routes = Routes()


@routes.button("ask", Action.ADD, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Passes the question on; what was typed waits in the form meanwhile."""
    draft = forms.belonging(req, "add")
    words = CustomerWords.model_validate({"name": ""} | draft.values)
    asked = requests.ask(req.tx, req.actor, recognition.contacts_of(words))
    news = [_news(req, one, member) for one in asked for member in one.to]
    return Reply.say(t("ask.sent" if asked else "ask.again")).also(*news)


def _news(req: Request, asked: Asked, member: int) -> Message:
    """A request, rendered for somebody who may answer it."""
    wanted = requests.get(req.tx, staff.as_actor(req.tx, member), asked.id)
    mine = wanted.customer.owner_id == member
    holder = staff.name(req.tx, wanted.customer.owner_id) or t("ask.nobody")
    said = t("ask.mine" if mine else "ask.theirs", who=req.actor.name, name=row_label(wanted.customer), holder=holder)
    buttons = [
        [Button(t("ask.yes", who=req.actor.name), "ask.yes", asked.id), Button(t("ask.no"), "ask.no", asked.id)],
        [Button(t("button.open"), "open", wanted.customer.id)],
    ]
    return message(
        said, buttons=buttons, to_staff=member, customer_id=wanted.customer.id, masked=wanted.customer.masked,
        priority=Priority.NEWS,
    )  # fmt: skip


@routes.button("ask.yes", Action.EDIT, writes=True)
def grant(req: Request) -> Reply:
    """The customer is handed over; all who are concerned are told."""
    handed = requests.grant(req.tx, req.actor, req.number())
    # Who hands over a customer of their own does not see them any more, and so can't take it back.
    lost = access.clearest(req.tx, req.actor, handed.customer.id) is None
    said = t("ask.handed", name=handed.customer.name, who=handed.asker.name)
    lines, buttons = ([said, t("ask.handed_for_good")], []) if lost else ([said], [[req.undo()]])
    return Reply.say(*lines, buttons=buttons, replace=True).also(
        _to_asker(req, handed), *_to_others(req, handed), *_cases(req, handed)
    )


def give(req: Request, customer: Customer, heir: Heir) -> Reply:
    """A customer whom a manager gives to a colleague in words; both are told."""
    if customer.owner_id == heir.id:
        return Reply.say(t("change.theirs", name=customer.name, who=heir.name), customer_id=customer.id)
    handed = requests.hand_over(req.tx, req.actor, customer.id, heir.id)
    to_heir = [] if heir.id == req.actor.id else [_to_asker(req, handed)]
    buttons = [[req.undo(), Button(t("button.open"), "open", customer.id)]]
    said = t("ask.handed", name=customer.name, who=heir.name)
    return Reply.say(said, buttons=buttons, customer_id=customer.id).also(
        *to_heir, *_to_others(req, handed), *_cases(req, handed)
    )


def _to_asker(req: Request, handed: Handed) -> Message:
    theirs = customers.get(req.tx, handed.asker, handed.customer.id)
    lines = card_lines(theirs, contact=last_contact(req.tx, handed.asker, theirs))
    return message(
        t("ask.granted"), BLANK, *lines, buttons=[[Button(t("button.open"), "open", theirs.id)]],
        to_staff=handed.asker.id, customer_id=theirs.id, masked=theirs.masked, priority=Priority.NEWS,
    )  # fmt: skip


def _to_others(req: Request, handed: Handed) -> list[Message]:
    """The managers hear what their salesperson gave away; who lost a customer hears to whom."""
    others = [one for one in staff.managers_of(req.tx, handed.customer.team_id) if one != req.actor.id]
    told = [
        message(
            t("ask.passed", holder=req.actor.name, name=handed.customer.name, who=handed.asker.name), to_staff=one,
            customer_id=handed.customer.id, priority=Priority.NEWS,
        )
        for one in others if one != handed.asker.id
    ]  # fmt: skip
    if handed.before is not None and handed.before not in (req.actor.id, handed.asker.id):
        # By now the customer is not theirs to see: the news is that one is gone, and where to ask.
        gone = t("ask.gone", manager=req.actor.name, who=handed.asker.name)
        told.append(message(gone, to_staff=handed.before, priority=Priority.NEWS))
    return told


def _cases(req: Request, handed: Handed) -> list[Message]:
    """Another team hears of the open cases that came with the customer."""
    if handed.asker.team_id in (None, handed.customer.team_id):
        return []
    moved = t("case.news.moved", name=req.actor.name)
    return [
        told
        for case_id in case_moves.unresolved(req.tx, handed.customer.id)
        for told in staff_news(req.tx, case_id, case_news.audience(req.tx, case_id), moved, but=req.actor.id)
    ]


@routes.button("ask.no", Action.EDIT, writes=True)
def refuse(req: Request) -> Reply:
    """The customer stays; the asker hears so and no more."""
    wanted = requests.refuse(req.tx, req.actor, req.number())
    said = t("ask.kept", name=wanted.customer.name, who=wanted.asker.name)
    to_asker = message(t("ask.refused"), to_staff=wanted.asker.id, priority=Priority.NEWS)
    return Reply.say(said, buttons=[[req.undo()]], replace=True, customer_id=wanted.customer.id).also(to_asker)
