"""What happened with a customer: notes and contacts, written down in a sentence or by button."""

from __future__ import annotations

from handlers.kit import forms
from handlers.kit.cards import card, row
from handlers.kit.forms import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import BLANK, Button, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.understand import contacted
from store import customers, interactions, staff
from store.access import Action
from store.rules.models import Customer
from store.search import find

routes = Routes()

@routes.button("note", Action.LOG, writes=True, keeps_form=True)
def ask_note(req: Request) -> Reply:
    """Asks what to write down about a customer."""
    customer = customers.get(req.tx, req.actor, req.number())
    return forms.begin(req, NOTE, only="text", extra={"customer": customer.id})


@routes.command("note", Action.LOG, writes=True)
@routes.verb("note", Action.LOG, writes=True)
def note(req: Request) -> Reply:
    """ "记 张三 电话 下周给报价": a customer, then what happened."""
    found, words = name_and_words(req, req.text)
    if not words:
        return Reply.say(t("note.how"))
    if len(found) == 1:
        return _write(req, found[0], words)
    if not found:
        return Reply.say(t("find.none", text=req.text.split()[0][:60]), customer_id=None)
    names = [[Button(row(one).label, "note.to", one.id)] for one in found]
    reply = forms.begin(req, NOTE, values={"text": words}, extra={"customer": 0})
    return Reply.say(t("note.whose"), buttons=names).opening(reply.draft)


@routes.button("note.to", Action.LOG, writes=True, keeps_form=True)
def note_to(req: Request) -> Reply:
    """Which of several customers the note was about."""
    if req.draft is None or req.draft.form != NOTE.name or "text" not in req.draft.values:
        return Reply.say(t("error.no_longer"))
    customer = customers.get(req.tx, req.actor, req.number())
    return _write(req, customer, str(req.draft.values["text"])).closing()


def name_and_words(req: Request, line: str) -> tuple[list[Customer], str]:
    """Splits "张三 下周给报价" into the customers that the first word (or two) may mean, and the rest."""
    parts = line.split()
    for words in (2, 1):
        if len(parts) > words or words == 1:
            found = find(req.tx, req.actor, " ".join(parts[:words]), limit=PAGE).customers
            named = [one for one in found if not one.masked]
            if named:
                return named, " ".join(parts[words:])
    return [], " ".join(parts[1:])


def _write(req: Request, customer: Customer, words: str) -> Reply:
    kind, words = contacted.read(words)
    interactions.add(req.tx, req.actor, customer.id, words, kind)
    said = t("note.done", kind=t(f"contacted.{kind}"))
    return card(req, customers.get(req.tx, req.actor, customer.id), said, undo=True)


def _done(req: Request, draft: Draft) -> Reply:
    customer = customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))
    return _write(req, customer, str(draft.values["text"])).closing()


@routes.button("timeline", Action.SEE)
def timeline(req: Request) -> Reply:
    """A customer's timeline, a page at a time."""
    customer, skip = customers.get(req.tx, req.actor, req.number(0)), req.number(1)
    page = interactions.timeline(req.tx, req.actor, customer.id, limit=PAGE + 1, skip=skip)
    lines = [t("timeline.title", name=customer.name), BLANK]
    for one in page[:PAGE]:
        who = staff.name(req.tx, one.author_id)
        lines.append(t("timeline.line", at=one.at, kind=t(f"contacted.{one.kind}"), who=who, text=one.text[:200]))
    if not page:
        lines.append(t("timeline.none"))
    nav = []
    if skip:
        nav.append(Button(t("button.less"), "timeline", customer.id, max(skip - PAGE, 0)))
    if len(page) > PAGE:
        nav.append(Button(t("button.more"), "timeline", customer.id, skip + PAGE))
    buttons = [
        nav,
        [Button(t("button.history"), "history", customer.id), Button(t("button.back"), "customer", customer.id)],
    ]
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


def _text(_: Request, typed: str) -> str:
    return typed.strip()[: interactions.TEXT_MAX]


NOTE = forms.register(Form("note", Action.LOG, (Field("text", _text, required=True),), _done, confirm=False))
