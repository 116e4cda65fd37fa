"""Feedback on the staff's side: the inbox of scores and words, and a single feedback.

    /feedback   →  ● ★2/5 张三 送货太慢   →  the words in full; thanks, an answer, or a case in one tap

The answers are in handlers/feedback_answers.py, the results of campaigns in handlers/campaign_results.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.case_guess import Guess, guess_of
from handlers.kit.case_cards import WORDS_SHOWN, clip, whose
from handlers.kit.deal_cards import what
from handlers.kit.files import file_lines, worded
from handlers.kit.lists import PAGE, packed, paged, unpacked
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import access, attachments, campaigns, customers, deals, feedback, feedback_inbox, proofs, staff
from store.access import Action, Actor
from store.db import Tx
from store.errors import NotAllowed
from store.feedback_inbox import Box
from store.queue import Priority
from store.rules.models import Attachment, Customer, Deal, Feedback, Severity

routes = Routes()


@routes.command("feedback", Action.SEE_FEEDBACK)
@routes.button("feedback", Action.SEE_FEEDBACK)
def inbox(req: Request) -> Reply:
    """Scores and words, those that nobody has read first."""
    return _page(req, Box.ALL, req.number() if req.args else 0)


@routes.button("fb.box", Action.SEE_FEEDBACK)
def part(req: Request) -> Reply:
    """A part of the inbox: what is new, what is low."""
    if req.word() not in set(Box):
        raise NotAllowed
    return _page(req, Box(req.word()), req.number(1))


@routes.button("fb.read", Action.SEE_FEEDBACK, writes=True)
def read_all(req: Request) -> Reply:
    """Everything on the page has been read; on to what is still new."""
    feedback_inbox.mark_seen(req.tx, req.actor, unpacked(req.word()))
    return _page(req, Box.ALL, 0)


def _page(req: Request, box: Box, skip: int) -> Reply:
    page = feedback_inbox.page(req.tx, req.actor, box, skip=skip, limit=PAGE + 1)
    rows = [row(req, given) for given in page[:PAGE]]
    unseen = feedback_inbox.count(req.tx, req.actor, Box.NEW)
    title = t("feedback.unseen", n=unseen) if unseen else t("feedback.all_seen")
    lines = [title] if box is Box.ALL else [title, t(f"feedback.box.{box}")]
    if not page:
        lines.append(t("feedback.none" if box is Box.ALL else "feedback.none_such"))
    if not page and access.allowed(req.actor, Action.CAMPAIGN):
        lines.append(t("feedback.ask_all"))
    fresh = [given.id for given in page[:PAGE] if not given.seen]
    read = [Button(t("feedback.button.read"), "fb.read", packed(fresh))] if fresh else []
    parts = [Button(t(f"feedback.button.{other}"), "fb.box", other, 0) for other in Box if other is not box]
    buttons = [*paged(rows, "fb.box", box, skip=skip, more=len(page) > PAGE), read]
    return Reply.say(
        *lines, buttons=[*buttons, [*parts, Button(t("feedback.button.campaigns"), "cp", 0)]], replace=bool(req.args)
    )


def row(req: Request, given: Feedback) -> Button:
    """A feedback as one row of a list."""
    customer, files = customer_of(req, given), _files(req.tx, req.actor, given)
    label = t(
        "feedback.row" if given.seen else "feedback.row_new",
        score=_score(given), name=customer.name if customer else _nobody(req, given),
        text=worded(clip(given.text, 40), files) if given.text or files else "",
    )  # fmt: skip
    return Button(label, "fb", given.id)


def _nobody(req: Request, given: Feedback) -> Text:
    """Where it comes from, in place of a name."""
    return plain(campaigns.name(req.tx, given.campaign_id) or "—")


def _score(given: Feedback) -> Text:
    if given.score is None:
        return t("feedback.praise")
    return t("feedback.score", score=str(given.score), scale=str(given.scale))


def customer_of(req: Request, given: Feedback) -> Customer | None:
    """The customer who gave it; None for anonymous feedback and when this reader may not see the customer."""
    if given.customer_id is None:
        return None
    try:
        return customers.get(req.tx, req.actor, given.customer_id)
    except NotAllowed:
        return None


@routes.button("fb", Action.SEE_FEEDBACK, writes=True)
def show(req: Request) -> Reply:
    """One feedback; whoever opens it has seen it for everybody."""
    (given,) = feedback_inbox.mark_seen(req.tx, req.actor, [req.number()])
    return Reply((feedback_card(req, given, replace=True),))


def feedback_card(req: Request, given: Feedback, *notices: Text, replace: bool = False) -> Message:
    """A feedback whole, what has just happened to it, and what can be done."""
    customer = customer_of(req, given)
    above = (*notices, BLANK) if notices else ()
    files = _files(req.tx, req.actor, given)
    lines = feedback_lines(req.tx, req.actor, given, customer, files)
    inbox = [Button(t("feedback.button.inbox"), "feedback", 0)]
    buttons = [files_button(given, files), _answers(req, given), _next(req, given, customer), inbox]
    return message(
        *above, *lines, buttons=buttons, replace=replace, customer_id=customer.id if customer else None,
        masked=_deal(req.tx, req.actor, given) is None,
    )  # fmt: skip


def _answers(req: Request, given: Feedback) -> list[Button]:
    if not feedback.answerable(req.tx, given):
        return []
    thanks = [] if given.answered else [Button(t("feedback.button.thanks"), "fb.thanks", given.id)]
    return [*thanks, Button(t("feedback.button.answer"), "fb.answer", given.id)]


def _next(req: Request, given: Feedback, customer: Customer | None) -> list[Button]:
    buttons = []
    if given.complaint_id is not None:
        buttons.append(Button(t("feedback.button.case", number=str(given.complaint_id)), "case", given.complaint_id))
    elif customer is not None and access.allowed(req.actor, Action.COMPLAIN):
        buttons.append(Button(t("feedback.button.make_case"), "fb.case", given.id))
    if customer is not None:
        buttons.append(Button(t("case.button.customer"), "customer", customer.id))
    if given.campaign_id is not None:
        buttons.append(Button(t("feedback.button.campaign"), "cp.one", given.campaign_id))
    return buttons


def _files(tx: Tx, actor: Actor, given: Feedback) -> list[Attachment]:
    return attachments.of(tx, actor, "feedback", [given.id]).get(given.id, [])


def files_button(given: Feedback, files: Sequence[Attachment]) -> list[Button]:
    """The way to the photos and recordings of a feedback, where there are any."""
    return [Button(t("file.button"), "files", "feedback", given.id)] if files else []


def feedback_lines(
    tx: Tx, actor: Actor, given: Feedback, customer: Customer | None, files: Sequence[Attachment] = ()
) -> list[Text]:  # fmt: skip
    """Score, words, what came with them, whose, about which purchase, through which campaign, when, and what was
    answered.
    """
    lines = [t("feedback.head", score=_score(given))]
    if customer is not None:
        lines.append(whose(customer))
    if given.deal_id is not None:
        deal = _deal(tx, actor, given)
        lines.append(t("feedback.about_deal", what=what(deal)) if deal else t("feedback.about_purchase"))
    if given.text:
        lines.append(t("case.words", text=clip(given.text, WORDS_SHOWN)))
    lines += file_lines(files)
    campaign = campaigns.name(tx, given.campaign_id)
    at = t("feedback.at", at=given.created_at)
    lines.append(t("feedback.through", campaign=campaign, at=at) if campaign else at)
    if proofs.doubtful(tx, "feedback", given.id):
        lines.append(t("case.doubtful"))
    if given.customer_id is None:
        lines.append(t("feedback.unnamed"))
    if given.answer:
        lines.append(t("feedback.answered", text=clip(given.answer, WORDS_SHOWN)))
    elif given.answered:
        lines.append(t("feedback.thanked"))
    return lines


def _deal(tx: Tx, actor: Actor, given: Feedback) -> Deal | None:
    """The purchase that it is about, for who may know of it."""
    if given.deal_id is None:
        return None
    try:
        return deals.get(tx, actor, given.deal_id)
    except NotAllowed:
        return None


def guess_about(tx: Tx, given: Feedback) -> Guess:
    """Guesses the case's severity and labels from the words; where these give no sign of urgency, the lowest score
    makes it high.
    """
    guessed = guess_of(tx, given.text)
    presses = guessed.severity is Severity.NORMAL and given.score == given.scale.lowest
    return guessed._replace(severity=Severity.HIGH) if presses else guessed


def feedback_news(tx: Tx, feedback_id: int) -> list[Message]:
    """News of a feedback for those whom it concerns; words that follow the score edit the same message."""
    said = []
    for member in feedback.audience(tx, feedback_id):
        try:
            reader = staff.as_actor(tx, member)
            given = feedback.get(tx, reader, feedback_id)
            customer = customers.get(tx, reader, given.customer_id) if given.customer_id else None
        except NotAllowed:
            continue
        files = _files(tx, reader, given)
        buttons = [[Button(t("button.open"), "fb", given.id), *files_button(given, files)]]
        said.append(
            message(
                *feedback_lines(tx, reader, given, customer, files), buttons=buttons, to_staff=member,
                customer_id=given.customer_id, masked=_deal(tx, reader, given) is None, priority=Priority.NEWS,
                ref=f"feedback:{given.id}", edit=True,
            )
        )  # fmt: skip
    return said
