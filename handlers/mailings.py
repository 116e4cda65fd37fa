"""Sending a questionnaire to a list: chosen, confirmed once with the number that it reaches, then sent gradually.

VIP 客户 → 批量 → 发问卷 → 售后满意度   →   发给 12 位？ [发给 12 位]   →   已发 3/12 [停止]
"""

from __future__ import annotations

from typing import Any

from handlers.kit import narrowing
from handlers.kit.lists import base36
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.surveys import stop
from store import mailings, questionnaires, surveys
from store.access import Action
from store.db import Tx
from store.mailings import Progress, Step
from store.queue import Priority
from store.rules.questions import Questionnaire
from store.selecting import Filters

routes = Routes()

#: Into how many parts the telling of a long list is cut.
PARTS = 10


@routes.button("qm", Action.SURVEY)
def which(req: Request) -> Reply:
    """Which questionnaire a list is sent."""
    narrowed = narrowing.filters(req.word())
    offered = questionnaires.open_ones(req.tx, req.actor)
    rows = [[Button(plain(one.title.said(req.actor.language)), "qm.ask", req.word(), one.id)] for one in offered]
    back = [Button(t("button.return"), "bulk", req.word())]
    lines = [t("mailing.which" if rows else "mailing.none"), *_list(req, narrowed)]
    if not rows:
        rows = [[Button(t("questionnaire.new"), "qs.new")]]
    return Reply.say(*lines, buttons=[*rows, back], replace=True)


def _list(req: Request, narrowed: Filters) -> list[Text]:
    said = narrowing.said(req, narrowed)
    return [narrowing.joined(said)] if said else []


@routes.button("qm.ask", Action.SURVEY)
def ask(req: Request) -> Reply:
    """Asks for confirmation, with the number of customers that it would reach."""
    narrowed = narrowing.filters(req.word())
    return _asked(req, narrowed, questionnaires.get(req.tx, req.actor, req.number(1)))


def _asked(req: Request, narrowed: Filters, shown: Questionnaire) -> Reply:
    whom = mailings.count(req.tx, req.actor, shown.id, narrowed)
    title, word = shown.title.said(req.actor.language), narrowing.word(narrowed)
    lines = [t("mailing.ask", title=title), *_list(req, narrowed)]
    lines.append(t("mailing.reach", n=whom.askable, all=whom.all) if whom.askable else t("mailing.nobody"))
    lines.append(t("mailing.rule"))
    do = Button(t("mailing.do", n=whom.askable), "qm.do", word, shown.id, base36(whom.askable))
    back = Button(t("button.return"), "qs.one", shown.id)
    buttons = [[do] if whom.askable else [], [Button(t("mailing.narrow"), "list", word, "r", 0), back]]
    return Reply.say(*lines, buttons=buttons, replace=req.pressed)


@routes.button("qm.do", Action.SURVEY, writes=True)
def do(req: Request) -> Reply:
    """Begins, if it reaches as many as were said; else asks again with how many it is now. A second tap shows what the
    first has begun.
    """
    narrowed, shown = narrowing.filters(req.word()), questionnaires.get(req.tx, req.actor, req.number(1))
    number = mailings.count(req.tx, req.actor, shown.id, narrowed).askable
    begun = None if number else mailings.under_way(req.tx, req.actor, shown.id)
    if begun is not None:
        return Reply((_told(begun, shown, req.actor.language, replace=True),))
    if not number or base36(number) != req.word(2):
        return _asked(req, narrowed, shown)
    begun = mailings.begin(req.tx, req.actor, shown.id, narrowed)
    return Reply((_told(begun, shown, req.actor.language, replace=True),))


@routes.button("qm.stop", Action.SURVEY, writes=True)
def halt(req: Request) -> Reply:
    """Sends it to nobody more."""
    stopped = mailings.stop(req.tx, req.actor, req.number())
    return Reply.say(t("mailing.stopped", n=stopped.sent), buttons=[[_all()]], replace=True)


# Sending -------------------------------------------------------------------------------------------------------------


@routes.tick
def send_questionnaires(tx: Tx) -> list[Message]:
    """The next few of a list; whoever sends it sees from time to time how far it is."""
    step = mailings.work(tx)
    if step is None:
        return []
    progress = step.progress
    gone, before = progress.sent + progress.left_out, progress.sent + progress.left_out - mailings.STEP
    tells = progress.ended or gone * PARTS // max(progress.total, 1) != before * PARTS // max(progress.total, 1)
    sent = [
        _letter(step, customer_id, guest_id)
        for customer_id in step.customers
        for guest_id in surveys.chats(tx, customer_id)
    ]
    return [*sent, *([_told(progress, step.shown, "", edit=True, to_staff=progress.staff_id)] if tells else [])]


def _letter(step: Step, customer_id: int, guest_id: int) -> Message:
    """The customer's invitation: sent after whatever waits, with the button that declines surveys."""
    begin = Button(t("asking.begin"), "q.go", step.shown.id)
    return message(
        t("mailing.letter"), t("asking.title", title=step.shown.title.both), buttons=[[begin], [stop()]],
        to_guest=guest_id, customer_id=customer_id, priority=Priority.DIGEST,
    )  # fmt: skip


def _told(progress: Progress, shown: Questionnaire, language: str, **options: Any) -> Message:
    """Where it stands, in the one message that follows it."""
    ref, title = f"mailing:{progress.id}", shown.title.said(language) if language else shown.title.both
    if not progress.ended:
        halt = [[Button(t("mailing.stop"), "qm.stop", progress.id)]]
        said = t("mailing.going", title=title, done=progress.sent + progress.left_out, n=progress.total)
        return message(said, t("mailing.when"), buttons=halt, ref=ref, **options)
    kept = [t("mailing.left_out", n=progress.left_out)] if progress.left_out else []
    results = Button(t("questionnaire.button.results"), "qr", shown.id, 0)
    return message(
        t("mailing.done", title=title, n=progress.sent), *kept, buttons=[[results, _all()]], ref=ref, **options
    )


def _all() -> Button:
    return Button(t("questionnaire.list_button"), "qs", 0)
