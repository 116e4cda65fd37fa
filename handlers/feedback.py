"""Feedback on the staff's side: the link that opens a customer's own side, and the inbox of scores and words.

/feedback   →  ● ★2/5 张三 送货太慢   →  the words whole, and a button that makes a case of them
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.case_guess import Guess, guess_of
from handlers.case_news import customer_news, staff_news
from handlers.cases import card, undo_row
from handlers.kit.case_cards import WORDS_SHOWN, clip, whose
from handlers.kit.case_choices import sorting_rows
from handlers.kit.files import file_lines
from handlers.kit.links import qr, start_link
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, link, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import access, attachments, case_news, customers, feedback, feedback_inbox, guests, staff
from store.access import Action, Actor
from store.db import Tx
from store.errors import NotAllowed
from store.feedback_inbox import Box
from store.queue import Priority
from store.rules.models import Attachment, Customer, Feedback, Severity

routes = Routes()

#: What a customer's link begins with, after `start=`; handlers/guests.py answers it.
PREFIX = "c_"


# The link ------------------------------------------------------------------------------------------------------------


@routes.button("link", Action.LINK, writes=True)
def hand_out(req: Request) -> Reply:
    """A customer's link as text and as a picture to be scanned: the one that still waits, or a new one."""
    return _link(req, req.number())


@routes.button("link.new", Action.LINK, writes=True)
def rotate(req: Request) -> Reply:
    """Ends every link of a customer and makes another; who came through an old one stays."""
    guests.revoke(req.tx, req.actor, req.number())
    return _link(req, req.number(), t("link.renewed"))


def _link(req: Request, customer_id: int, *notices: Text) -> Reply:
    customer = customers.get(req.tx, req.actor, customer_id)
    url = start_link(req.bot_name, PREFIX + guests.link(req.tx, req.actor, customer_id))
    joined = len(guests.chats(req.tx, customer_id))
    lines = [t("link.title", name=customer.name), t("link.url", url=url), t("link.how")]
    if joined:
        lines.append(t("link.joined", n=joined))
    buttons = [
        [link(t("link.button.preview"), url), Button(t("link.button.new"), "link.new", customer.id)],
        [Button(t("case.button.customer"), "customer", customer.id)],
    ]
    return Reply.say(*notices, *lines, buttons=buttons, photo=qr(url), customer_id=customer.id)


# The inbox -----------------------------------------------------------------------------------------------------------


@routes.command("feedback", Action.SEE_FEEDBACK)
@routes.button("feedback", Action.SEE_FEEDBACK)
def inbox(req: Request) -> Reply:
    """Scores and words, those that nobody has read first."""
    skip = max(req.number(), 0) if req.args else 0
    page = feedback_inbox.page(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    if not page and not skip:
        return Reply.say(t("feedback.none"), replace=bool(req.args))
    rows = [_row(req, given) for given in page[:PAGE]]
    unseen = feedback_inbox.count(req.tx, req.actor, Box.NEW)
    title = t("feedback.unseen", n=unseen) if unseen else t("feedback.all_seen")
    return Reply.say(title, buttons=paged(rows, "feedback", skip=skip, more=len(page) > PAGE), replace=bool(req.args))


def _row(req: Request, given: Feedback) -> Button:
    customer = _customer(req, given)
    label = t(
        "feedback.row" if given.seen else "feedback.row_new",
        score=_score(given), name=customer.name if customer else "—", text=clip(given.text, 40),
    )  # fmt: skip
    return Button(label, "fb", given.id)


def _score(given: Feedback) -> Text:
    if given.score is None:
        return t("feedback.praise")
    return t("feedback.score", score=str(given.score), scale=str(given.scale))


def _customer(req: Request, given: Feedback) -> Customer | None:
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
    customer = _customer(req, given)
    files = _files(req.tx, req.actor, given)
    buttons = [_next(req, given, customer), [Button(t("feedback.button.inbox"), "feedback", 0)]]
    return Reply.say(
        *feedback_lines(given, customer, files), buttons=[files_button(given, files), *buttons], replace=True,
        customer_id=customer.id if customer else None, masked=True,
    )  # fmt: skip


def _next(req: Request, given: Feedback, customer: Customer | None) -> list[Button]:
    buttons = []
    if given.complaint_id is not None:
        buttons.append(Button(t("feedback.button.case", number=str(given.complaint_id)), "case", given.complaint_id))
    elif customer is not None and access.allowed(req.actor, Action.COMPLAIN):
        buttons.append(Button(t("feedback.button.make_case"), "fb.case", given.id))
    if customer is not None:
        buttons.append(Button(t("case.button.customer"), "customer", customer.id))
    return buttons


def _files(tx: Tx, actor: Actor, given: Feedback) -> list[Attachment]:
    return attachments.of(tx, actor, "feedback", [given.id]).get(given.id, [])


def files_button(given: Feedback, files: Sequence[Attachment]) -> list[Button]:
    """The way to the photos and recordings of a feedback, where there are any."""
    return [Button(t("file.button"), "files", "feedback", given.id)] if files else []


def feedback_lines(given: Feedback, customer: Customer | None, files: Sequence[Attachment] = ()) -> list[Text]:
    """Score, words, what came with them, whose and when."""
    lines = [t("feedback.head", score=_score(given))]
    if customer is not None:
        lines.append(whose(customer))
    if given.text:
        lines.append(t("case.words", text=clip(given.text, WORDS_SHOWN)))
    return [*lines, *file_lines(files), t("feedback.at", at=given.created_at)]


@routes.button("fb.case", Action.COMPLAIN, writes=True)
def make_case(req: Request) -> Reply:
    """Turns a feedback into a case."""
    given = feedback.get(req.tx, req.actor, req.number())
    case = feedback.make_case(req.tx, req.actor, given.id, *guess_about(req.tx, given))
    choices = sorting_rows(req.tx, case)
    said = card(req, case, t("complaint.logged"), choices=choices, undo=undo_row(req), replace=True)
    news = staff_news(
        req.tx, case.id, case_news.audience(req.tx, case.id), t("case.news.logged", name=req.actor.name),
        but=req.actor.id,
    )  # fmt: skip
    return Reply((said,)).also(*news, *customer_news(req.tx))


def guess_about(tx: Tx, given: Feedback) -> Guess:
    """What the words say; without a sign of how badly it presses in them, a score of 1 presses more than others."""
    guessed = guess_of(tx, given.text)
    presses = guessed.severity is Severity.NORMAL and given.score == 1
    return guessed._replace(severity=Severity.HIGH) if presses else guessed


def feedback_news(tx: Tx, feedback_id: int) -> list[Message]:
    """What those are told whom a feedback concerns; words that come after the score change the same message."""
    said = []
    for member in feedback.audience(tx, feedback_id):
        try:
            reader = staff.as_actor(tx, member)
            given = feedback.get(tx, reader, feedback_id)
            customer = customers.get(tx, reader, given.customer_id or 0)
        except NotAllowed:
            continue
        files = _files(tx, reader, given)
        buttons = [[Button(t("button.open"), "fb", given.id), *files_button(given, files)]]
        said.append(
            message(
                *feedback_lines(given, customer, files), buttons=buttons, to_staff=member, customer_id=customer.id,
                masked=True, priority=Priority.NEWS, ref=f"feedback:{given.id}", edit=True,
            )
        )  # fmt: skip
    return said
