"""Reacting to a feedback: thanks in one tap, an answer in the staff's own words, or a case.

The author is answered through the bot and reads no member's name. Anonymous feedback can't be answered, and its card
says so.
"""

from __future__ import annotations

from handlers.case_news import customer_news, staff_news
from handlers.cases import card, undo_row, words
from handlers.feedback import feedback_card, guess_about
from handlers.guest_cases import back
from handlers.kit import forms
from handlers.kit.case_choices import sorting_rows
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import case_news, feedback, proofs
from store.access import Action
from store.errors import KehuError
from store.rules.models import Feedback

routes = Routes()


@routes.button("fb.thanks", Action.SEE_FEEDBACK, writes=True)
def thank(req: Request) -> Reply:
    """Thanks, once: what a customer has read can't be taken back."""
    if feedback.get(req.tx, req.actor, req.number()).answered:
        raise KehuError("no_longer")
    given = feedback.answer(req.tx, req.actor, req.number())
    return Reply((feedback_card(req, given, t("feedback.sent"), replace=True), _to_them(given, t("guest.thanked"))))


@routes.button("fb.answer", Action.SEE_FEEDBACK, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Asks what to answer; the card stays, so that what was said can be read meanwhile."""
    given = feedback.get(req.tx, req.actor, req.number())
    if not feedback.answerable(req.tx, given):
        raise KehuError("unanswerable")
    notice = t("case.doubtful_answer") if proofs.doubtful(req.tx, "feedback", given.id) else None
    asked = forms.begin(req, ANSWER, extra={"feedback": given.id}, notice=notice)
    return Reply(tuple(message(*one.lines, buttons=one.buttons) for one in asked.messages)).opening(asked.draft)


def _answered(req: Request, draft: Draft) -> Reply:
    text, given = str(draft.values["text"]), feedback.get(req.tx, req.actor, int(str(draft.extra["feedback"])))
    if not feedback.answerable(req.tx, given):  # they have left meanwhile
        return Reply((feedback_card(req, given, t("error.unanswerable")),)).closing()
    given = feedback.answer(req.tx, req.actor, given.id, text)
    said = feedback_card(req, given, t("feedback.sent"))
    return Reply((said, _to_them(given, t("guest.answered", text=text)))).closing()


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


def _to_them(given: Feedback, line: Text) -> Message:
    return message(line, buttons=[back()], to_customer=given.customer_id, customer_id=given.customer_id,
                   of=("feedback", given.id))  # fmt: skip


ANSWER = forms.register(
    Form("feedback_answer", Action.SEE_FEEDBACK, (Field("text", words, required=True),), _answered, confirm=False)
)
