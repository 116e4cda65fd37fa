"""What happened with a customer: notes and contacts, written down in a sentence or by button."""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import forms
from handlers.kit.cards import card, row_label
from handlers.kit.forms import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import Subject, subject
from handlers.understand import contacted, verbs
from store import customers, interactions, staff
from store.access import Action
from store.errors import Invalid, KehuError
from store.rules.models import Customer, Interaction
from store.rules.script import fold

routes = Routes()

#: A longer entry is folded on the timeline, with its beginning to be seen.
FOLDED = 200


@routes.button("note", Action.LOG, writes=True, keeps_form=True)
def ask_note(req: Request) -> Reply:
    """Asks what to write down about a customer."""
    return _write(req, customers.living(req.tx, req.actor, req.number()), "")


@routes.command("note", Action.LOG, writes=True)
@routes.verb("note", Action.LOG, writes=True)
def note(req: Request) -> Reply:
    """ "记 张三 电话 下周给报价": a customer, then what happened."""
    if not req.text.strip():
        return Reply.say(t("note.how"))
    about = subject(req, req.text)
    return _for(req, about, about.words if about.customers else req.text)


def _for(req: Request, about: Subject, text: str) -> Reply:
    """Writes the note when there is no doubt about whom; otherwise asks, by button or name, and keeps the words."""
    mine = [one for one in about.customers if not one.masked]
    if mine and mine[0] is about.customers[0] and (about.certain or _no_other(about)):
        return _write(req, mine[0], text)
    draft = forms.draft_of(WHOSE.name, extra={"text": text}).model_copy(update={"step": "who"})
    picks = [[Button(row_label(one), "note.to", one.id)] for one in mine]
    cancel = [forms.button(t("button.cancel"), draft, "x")]
    return Reply.say(
        t("note.whose" if mine else "note.unknown", name=about.typed[:60]), buttons=[*picks, cancel],
        replace=req.pressed, customer_id=mine[0].id if mine else None,
    ).opening(draft)  # fmt: skip


def _no_other(about: Subject) -> bool:
    """Whether the only one found has in the name what was typed (Jane for Jane Doe), and is no guess at a slip."""
    return len(about.customers) == 1 and fold(about.typed) in fold(about.customers[0].name)


@routes.button("note.to", Action.LOG, writes=True, keeps_form=True)
def note_to(req: Request) -> Reply:
    """Which of several customers the note is about; the words wait in the draft."""
    if req.draft is None or req.draft.form != WHOSE.name:
        raise KehuError("no_longer")
    return _write(req, customers.get(req.tx, req.actor, req.number()), str(req.draft.extra["text"]))


def _named(req: Request, draft: Draft) -> Reply:
    """Somebody typed whom it is about: looked for again, with the same words; or began another note instead."""
    verb = verbs.recognise(str(draft.values["who"]))
    if verb is not None and verb.name == "note":
        return note(replace(req, text=verb.rest))
    return _for(req, subject(req, str(draft.values["who"])), str(draft.extra["text"]))


def _write(req: Request, customer: Customer, words: str) -> Reply:
    """The note on the timeline and the card; without words they are asked for."""
    if not words:
        return forms.begin(req, NOTE, only="text", extra={"customer": customer.id})
    kind, words = contacted.read(words)
    interactions.add(req.tx, req.actor, customer.id, words, kind)
    said = t("note.done", kind=t(f"contacted.{kind}"))
    after = customers.get(req.tx, req.actor, customer.id)
    return card(req, after, said, undo=True, replace=req.pressed).closing()


def _done(req: Request, draft: Draft) -> Reply:
    return _write(req, _about(req, draft), str(draft.values["text"]))


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was written: back to the card."""
    return card(req, _about(req, draft), t("note.left"), replace=req.pressed)


@routes.button("timeline", Action.SEE)
def timeline(req: Request) -> Reply:
    """A customer's timeline, a page at a time."""
    customer, skip = customers.get(req.tx, req.actor, req.number(0)), max(req.number(1), 0)
    page = interactions.timeline(req.tx, req.actor, customer.id, limit=PAGE + 1, skip=skip)
    lines = [t("timeline.title", name=customer.name), BLANK]
    lines += [_entry(req, one) for one in page[:PAGE]] or [t("timeline.none")]
    buttons = [
        *paged([], "timeline", customer.id, skip=skip, more=len(page) > PAGE),
        [
            Button(t("card.button.note"), "note", customer.id),
            Button(t("button.history"), "history", customer.id),
            Button(t("button.return"), "customer", customer.id),
        ],
    ]
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


def _entry(req: Request, one: Interaction) -> Text:
    key = "timeline.line" if len(one.text) <= FOLDED else "timeline.folded"
    return t(key, at=one.at, kind=t(f"contacted.{one.kind}"), who=staff.name(req.tx, one.author_id), text=one.text)


def _text(_: Request, typed: str) -> str:
    if not typed.strip():
        raise Invalid("text")
    return typed.strip()[: interactions.TEXT_MAX]


NOTE = forms.register(
    Form("note", Action.LOG, (Field("text", _text, required=True),), _done, confirm=False, about=_about, left=_left)
)
WHOSE = forms.register(Form("note_whose", Action.LOG, (Field("who", _text, required=True),), _named, confirm=False))
