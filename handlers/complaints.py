"""Logging a complaint in one line; without one, /complaint shows the list of open cases.

    投诉 张三 发货少了两箱 急        complaint Acme wrong invoice

The first words name the customer, with a question where they leave a doubt; severity and labels are guessed and shown
for a tap. A case's card and steps are in handlers/cases.py, the list in handlers/case_list.py.
"""

from __future__ import annotations

from handlers.case_guess import guess_of
from handlers.case_list import open_cases
from handlers.case_news import customer_news, staff_news
from handlers.cases import card, undo_row, words
from handlers.kit import forms, whom
from handlers.kit.case_choices import sorting_rows
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from store import access, case_news, complaints, customers
from store.access import Action
from store.rules.models import Customer

routes = Routes()

#: The draft that keeps a complaint's words while it is asked whose it is.
WHOSE = "complaint_whose"


@routes.command("complaint", Action.SEE_CASE, writes=True)
@routes.verb("complaint", Action.COMPLAIN, writes=True)
def complaint(req: Request) -> Reply:
    """A complaint in a sentence; alone, the list of open cases."""
    if not req.text.strip():
        return open_cases(req)
    access.require(req.actor, Action.COMPLAIN)
    about = subject(req, req.text)
    may = [one for one in about.customers if complaints.may_add(req.tx, req.actor, one.id)]
    if may and about.certain and may[0] is about.customers[0]:
        return _log_or_ask(req, may[0].id, about.words)
    return _whose(req, may, about.typed, about.words if may else req.text)


def _whose(req: Request, may: list[Customer], typed: str, text: str, again: Draft | None = None) -> Reply:
    """Keeps the words and asks whose complaint it is: by button, or by typing a name."""
    asked = t("complaint.which" if may else "complaint.unknown", name=typed[:60])
    return whom.ask(req, WHOSE, asked, may, "case.for", {"text": text}, again=again)


@routes.button("case.for", Action.COMPLAIN, writes=True, keeps_form=True)
def chosen(req: Request) -> Reply:
    """Which of several customers was meant; the words wait in the draft."""
    draft = forms.belonging(req, WHOSE)
    return _log_or_ask(req, req.number(1), str(draft.extra["text"]))


def _log_or_ask(req: Request, customer_id: int, text: str) -> Reply:
    return _log(req, customer_id, text) if text.strip() else _ask(req, customer_id)


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whose it is; who may be meant and is not called so is asked for once more."""
    meant, certain = whom.named(req, draft)
    may = [one for one in meant if complaints.may_add(req.tx, req.actor, one.id)]
    text = str(draft.extra["text"])
    if certain and may:
        return _log_or_ask(req, may[0].id, text)
    return _whose(req, may, str(draft.values["who"]), text, draft)


WHO = forms.register(
    Form(WHOSE, Action.COMPLAIN, (Field("who", words, required=True),), _named, confirm=False,
         takes=whom.may_answer, fits=whom.answers)
)  # fmt: skip


@routes.button("case.new", Action.COMPLAIN, writes=True, keeps_form=True)
def new(req: Request) -> Reply:
    """From a customer's card: asks what happened."""
    return _ask(req, customers.living(req.tx, req.actor, req.number()).id)


def _ask(req: Request, customer_id: int) -> Reply:
    asked = forms.begin(req, WHAT, extra={"customer": customer_id})
    return Reply.say(*asked.messages[0].lines, buttons=asked.messages[0].buttons).opening(asked.draft)


def _told(req: Request, draft: Draft) -> Reply:
    return _log(req, int(str(draft.extra["customer"])), str(draft.values["text"]))


WHAT = forms.register(Form("complaint", Action.COMPLAIN, (Field("text", words, required=True),), _told, confirm=False))


def _log(req: Request, customer_id: int, text: str) -> Reply:
    """Opens the case: its card with what was guessed to correct, and news for those whom it concerns."""
    guessed = guess_of(req.tx, text)
    case = complaints.add(req.tx, req.actor, customer_id, text, guessed.severity, guessed.labels)
    choices = sorting_rows(req.tx, case)
    said = card(req, case, t("complaint.logged"), choices=choices, undo=undo_row(req), replace=req.pressed)
    news = staff_news(
        req.tx, case.id, case_news.audience(req.tx, case.id), t("case.news.logged", name=req.actor.name),
        but=req.actor.id,
    )  # fmt: skip
    return Reply((said,)).also(*news, *customer_news(req.tx)).closing()
