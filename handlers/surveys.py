"""Surveys that a customer gets unasked: how a case was handled that a member closed, how a purchase was. And the button
under each that declines further ones, with an Undo.

    buttons=[[…], [surveys.stop()]]
"""

from __future__ import annotations

from datetime import timedelta

from handlers.guest_cases import back, stars
from handlers.guests import WORD, once, scored
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import feedback, survey_due, surveys, worktime
from store.access import Action
from store.db import Tx
from store.queue import Priority
from store.survey_due import Ended

routes = Routes()

#: For how long a purchase is "this" one.
FRESH = timedelta(days=3)


def stop() -> Button:
    """No more surveys."""
    return Button(t("survey.stop"), "g.quiet")


@routes.tick
def ask(tx: Tx) -> list[Message]:
    """Sends the survey in the customer's language, outside the night; one tap answers it."""
    return [
        message(
            _question(tx, ended), buttons=[stars(_ROUTES[ended.record], ended.record_id), [stop()]],
            to_guest=guest_id, customer_id=ended.customer_id, priority=Priority.NEWS,
        )
        for ended in survey_due.claim(tx) for guest_id in surveys.chats(tx, ended.customer_id)
    ]  # fmt: skip


_ROUTES = {"complaint": "g.mark", "deal": "g.deal"}


def _question(tx: Tx, ended: Ended) -> Text:
    """The question; for a purchase some time ago it says which one."""
    if ended.record == "complaint":
        return t("survey.case", number=str(ended.record_id))
    if tx.now - ended.at < FRESH:
        return t("survey.deal")
    return t("survey.deal_of", day=ended.at.astimezone(worktime.calendar(tx).zone).date())


@routes.button("g.deal", Action.RATE, writes=True)
def rate_deal(req: Request) -> Reply:
    """Saves a purchase's score and asks for words; a low one may become a case at once."""
    once(req, WORD)
    given = feedback.rate_deal(req.tx, req.actor, req.number(), req.number(1))
    return scored(req, given, Button(t("guest.button.make_case"), "g.fix", given.id))


@routes.button("g.quiet", Action.RATE, writes=True)
def decline(req: Request) -> Reply:
    """The customer doesn't want to be asked."""
    surveys.decline(req.tx, req.actor)
    return Reply.say(t("survey.stopped"), buttons=[[Button(t("survey.allow"), "g.askme")], back()], replace=True)


@routes.button("g.askme", Action.RATE, writes=True)
def allow(req: Request) -> Reply:
    """They want to be asked again."""
    surveys.allow(req.tx, req.actor)
    return Reply.say(t("survey.allowed"), buttons=[[stop()], back()], replace=True)
