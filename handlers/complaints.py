"""Logging a complaint in one line; without one, /complaint shows the list of open cases.

    投诉 张三 发货少了两箱 急        complaint Acme wrong invoice

The first words name the customer, with a question where they leave a doubt; severity and labels are guessed and shown
for a tap. A case's card and steps are in handlers/cases.py, the list in handlers/case_list.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from handlers.case_guess import guess_of
from handlers.case_list import open_cases
from handlers.case_news import customer_news, staff_news
from handlers.cases import card, undo_row, words
from handlers.kit import cards, forms
from handlers.kit.case_choices import sorting_rows
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, Text, t
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
    if not may:
        return _whose(req, req.text, t("complaint.unknown", name=about.typed[:60]))
    if about.certain and may[0] is about.customers[0]:
        if not about.words:
            return _ask(req, may[0].id)
        return _log(req, may[0].id, about.words)
    return _whose(req, about.words, t("complaint.which", name=about.typed[:60]), may[:PAGE])


def _whose(req: Request, text: str, question: Text, offered: Sequence[Customer] = ()) -> Reply:
    """Keeps the words and asks whose complaint it is: by button, or by typing a name."""
    draft = Draft(form=WHO.name, nonce=secrets.token_hex(3), extra={"text": text}, step="who", typed=True)
    picks = [[Button(cards.row_label(one), "case.for", draft.nonce, one.id)] for one in offered]
    cancel = [Button(t("button.cancel"), "f", draft.nonce, "x")]
    return Reply.say(question, buttons=[*picks, cancel], replace=req.pressed).opening(draft)


@routes.button("case.for", Action.COMPLAIN, writes=True, keeps_form=True)
def chosen(req: Request) -> Reply:
    """Which of several customers was meant; the words wait in the draft."""
    text = str(forms.belonging(req, WHO.name).extra.get("text", ""))
    return _log(req, req.number(1), text) if text.strip() else _ask(req, req.number(1))


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whose it is: looked for again, with the same words."""
    about = subject(req, str(draft.values["who"]))
    may = [one for one in about.customers if complaints.may_add(req.tx, req.actor, one.id)]
    text = str(draft.extra.get("text", ""))
    if not may:
        return _whose(req, text, t("complaint.unknown", name=about.typed[:60]))
    if about.certain and may[0] is about.customers[0]:
        return _log(req, may[0].id, text) if text.strip() else _ask(req, may[0].id)
    return _whose(req, text, t("complaint.which", name=about.typed[:60]), may[:PAGE])


WHO = forms.register(
    Form(WHOSE, Action.COMPLAIN, (Field("who", words, required=True),), _named, confirm=False)
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
