"""Complaints on the staff's side: logged in a sentence, and the list of those that are open.

    投诉 张三 发货少了两箱 急        complaint Acme wrong invoice

Who is meant is read from the first words and asked when they leave a doubt; the severity is guessed and shown for a
tap. One case's card and its steps are in handlers/cases.py.
"""

from __future__ import annotations

import secrets

from handlers.case_news import customer_news, staff_news
from handlers.cases import card, customer_of, severity_row, undo_row, words
from handlers.kit import cards, case_cards, forms
from handlers.kit.forms import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.understand.severity import guess
from store import access, case_news, complaints, customers
from store.access import Action
from store.complaints import Queue
from store.errors import KehuError, NotAllowed

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
    picks = [[Button(cards.row_label(one), "case.for", one.id)] for one in may[:PAGE]]
    return _whose(req, about.words, t("complaint.which", name=about.typed[:60]), picks)


def _whose(req: Request, text: str, question: Text, picks: list[list[Button]] | None = None) -> Reply:
    """Keeps the words and asks whose complaint it is: by button, or by typing a name."""
    draft = Draft(form=WHO.name, nonce=secrets.token_hex(3), extra={"text": text}, step="who")
    cancel = [Button(t("button.cancel"), "f", draft.nonce, "x")]
    return Reply.say(question, buttons=[*(picks or []), cancel], replace=req.pressed).opening(draft)


@routes.button("case.for", Action.COMPLAIN, writes=True, keeps_form=True)
def chosen(req: Request) -> Reply:
    """Which of several customers was meant; the words wait in the draft."""
    if req.draft is None or req.draft.form != WHO.name:
        raise KehuError("no_longer")
    text = str(req.draft.extra.get("text", ""))
    return _log(req, req.number(), text) if text.strip() else _ask(req, req.number())


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whose it is: looked for again, with the same words."""
    about = subject(req, str(draft.values["who"]))
    may = [one for one in about.customers if complaints.may_add(req.tx, req.actor, one.id)]
    text = str(draft.extra.get("text", ""))
    if not may:
        return _whose(req, text, t("complaint.unknown", name=about.typed[:60]))
    if about.certain and may[0] is about.customers[0]:
        return _log(req, may[0].id, text) if text.strip() else _ask(req, may[0].id)
    picks = [[Button(cards.row_label(one), "case.for", one.id)] for one in may[:PAGE]]
    return _whose(req, text, t("complaint.which", name=about.typed[:60]), picks)


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
    """Opens the case: its card with the guessed severity to correct, and news for those whom it concerns."""
    case = complaints.add(req.tx, req.actor, customer_id, text, guess(text))
    said = card(req, case, t("complaint.logged"), choices=[severity_row(case)], undo=undo_row(req), replace=req.pressed)
    news = staff_news(
        req.tx, case.id, case_news.audience(req.tx, case.id), t("case.news.logged", name=req.actor.name),
        but=req.actor.id,
    )  # fmt: skip
    return Reply((said,)).also(*news, *customer_news(req.tx)).closing()


# The list -----------------------------------------------------------------------------------------------------------


@routes.button("cases", Action.SEE_CASE)
def cases(req: Request) -> Reply:
    """The open cases: of one queue, from one row on; without arguments where there is most to do."""
    return open_cases(req)


def open_cases(req: Request) -> Reply:
    """A page of open cases, the most severe first, with the queues to choose from."""
    handles = access.allowed(req.actor, Action.HANDLE)
    counts = {queue: complaints.count(req.tx, req.actor, queue) for queue in Queue}
    try:
        which = Queue(req.args[0]) if req.args else None
    except ValueError:
        raise NotAllowed from None
    if which is None:
        which = next((queue for queue in Queue if handles and counts[queue]), Queue.ALL)
    skip = max(req.number(1), 0) if len(req.args) > 1 else 0
    if not counts[Queue.ALL]:
        hint = [t("complaint.list.hint")] if access.allowed(req.actor, Action.COMPLAIN) else []
        return Reply.say(t("complaint.list.none"), *hint, replace=bool(req.args))
    page = complaints.page(req.tx, req.actor, which, skip=skip, limit=PAGE + 1)
    rows = [case_cards.row(case, customer_of(req, case), req.now) for case in page[:PAGE]]
    buttons = paged(rows, "cases", which.value, skip=skip, more=len(page) > PAGE)
    if handles:
        buttons.append([_tab(queue, counts[queue], chosen=queue is which) for queue in Queue])
    title = t(f"complaint.list.{which.value}", n=counts[which])
    return Reply.say(title, buttons=buttons, replace=bool(req.args))


def _tab(queue: Queue, count: int, *, chosen: bool) -> Button:
    label = t(f"complaint.tab.{queue.value}", count=count)
    return Button(t("case.chosen" if chosen else "case.choice", label=label), "cases", queue.value, 0)
