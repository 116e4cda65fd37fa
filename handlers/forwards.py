"""Forwarded messages and files: become a note on a customer or a new customer, after one tap that shows what is
written.

Forwarded words are somebody else's and are never read as an order. The customer is guessed from their author (Telegram
gives a name, for hidden senders nothing more) and from their content; where that is unsure, the likely customers are
buttons. Words and files wait in the draft; buttons carry ids only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import along
from handlers.capture import propose
from handlers.kit import albums, forms
from handlers.kit.cards import card, row_label
from handlers.kit.form_model import Field, Form
from handlers.kit.lately import lately
from handlers.kit.reply import BLANK, Button, Reply, Text, t
from handlers.kit.request import Draft, Origin, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.kit.texts import shows
from handlers.newcomer import Read, read, read_contact
from handlers.search import look_for
from handlers.understand.contactlike import holds_contact
from store import attachments, customers, mentions, staff
from store.access import Action, allowed
from store.errors import Invalid
from store.rules.models import Customer, CustomerWords

routes = Routes()
#: How many likely customers are offered as buttons.
LIKELY = 4


@routes.kind("forward", Action.STAFF, writes=True)
@routes.kind("file", Action.STAFF, writes=True)
def brought(req: Request) -> Reply:
    """Words, a contact or a file that came from elsewhere, or a file of the member's own."""
    written = albums.later_part(req)
    if written is not None:
        return written
    if not allowed(req.actor, Action.LOG):
        return _searched(req)
    extra = along.gathered(req.incoming)
    later = _of_an_album(req, extra)
    if later is not None:
        return later
    text = req.incoming.text.strip() if shows(req.incoming.text) else ""
    notice = _refused(req, extra)
    if notice is not None and not text:
        return Reply.say(notice)
    asked = _asked_about(req)
    if asked is not None:
        return _write(req, asked, {**extra, "note": text})
    author = _author(req)
    sure = author[0] if len(author) == 1 else None
    if req.incoming.contact is not None:
        return propose(req, _named(req, read_contact(req, req.incoming.contact)), extra, sure)
    if holds_contact(text):
        told = _named(req, read(req, text))
        if told.values.get("phones") or told.values.get("emails"):
            whole = {"whole": text} if req.incoming.origin is None else {"note": text}
            return propose(req, told, {**extra, **whole, "author": sure.id if sure else None}, sure)
    return _hold(req, {**extra, "note": text}, author, notice)


def _searched(req: Request) -> Reply:
    """A forwarded message from a member who may not write on timelines: it is searched for."""
    words = req.incoming.contact.phone if req.incoming.contact else req.incoming.text
    return look_for(req, words) if words.strip() else Reply.say(t("start.unreadable"))


def _refused(req: Request, extra: dict[str, Any]) -> Text | None:
    """Says why a file can't be kept, and leaves it out; the words that came with it stay."""
    file = req.incoming.file
    if file is None:
        return None
    try:
        attachments.check(file.new())
    except Invalid as error:
        extra.pop("files")
        return t(f"error.{error.key}")
    return None


def _of_an_album(req: Request, extra: dict[str, Any]) -> Reply | None:
    """A further part of an album goes where its first went: into the draft, or to the entry that was written since."""
    draft = req.draft
    if draft is None or not extra.get("album") or draft.extra.get("album") != extra["album"]:
        return None
    notice = _refused(req, extra)
    said = () if notice is None else Reply.say(notice).messages
    note, caption = str(draft.extra.get("note") or ""), req.incoming.text.strip()
    files = [*_listed(draft.extra.get("files")), *_listed(extra.get("files"))]
    kept = draft.model_copy(update={"extra": draft.extra | {"files": files, "note": note or caption}})
    if caption and not note and draft.form == HOLD.name:
        about = draft.extra.get("customer")
        return _shown(req, kept, customers.get(req.tx, req.actor, int(str(about))) if about else None, [])
    return Reply(said).opening(kept)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _asked_about(req: Request) -> Customer | None:
    """The customer about whom a note was just asked for: what is sent now is that note."""
    draft = req.draft
    if draft is None or draft.form not in ("note", "logged") or draft.step is None:
        return None
    return customers.living(req.tx, req.actor, int(str(draft.extra["customer"])))


def _author(req: Request) -> list[Customer]:
    """The customer who may have written it, or whom a caption names; one when there is no doubt."""
    origin = req.incoming.origin
    if origin is None:
        return _captioned(req, req.incoming.text)
    author = _called(req, origin.name) if origin.person else []
    # A helper who writes about somebody often begins with the name.
    about = [] if author else _called(req, req.incoming.text)
    return author or (about if len(about) == 1 else [])


def _captioned(req: Request, caption: str) -> list[Customer]:
    """Whom a caption names, wherever in it; or whom it begins with, by a company or a number."""
    named = [one.customer for one in mentions.named(req.tx, req.actor, caption)]
    return named or _called(req, caption)


def _called(req: Request, words: str) -> list[Customer]:
    if not shows(words):
        return []
    about = subject(req, words)
    mine = [one for one in about.customers if not one.masked]
    return mine[:1] if about.certain and mine and mine[0] is about.customers[0] else mine


def _named(req: Request, told: Read) -> Read:
    """Without a name of its own it is its author's."""
    origin = req.incoming.origin
    if told.values.get("name") or origin is None or not origin.person or not shows(origin.name):
        return told
    return told._replace(values={**told.values, "name": origin.name})


# Held until somebody says whose it is --------------------------------------------------------------------------------


def _hold(req: Request, extra: dict[str, Any], author: Sequence[Customer], notice: Text | None) -> Reply:
    sure = author[0] if len(author) == 1 else None
    extra["customer"] = sure.id if sure else None
    others = [one for one in lately(req, LIKELY) if one.id not in {each.id for each in author}]
    likely = [] if sure else [*author, *others]
    draft = forms.draft_of(HOLD.name, extra=extra)
    reply = _shown(req, draft, sure, likely[:LIKELY])
    return reply if notice is None else reply.also(*Reply.say(notice).messages)


def _shown(req: Request, draft: Draft, sure: Customer | None, likely: Sequence[Customer]) -> Reply:
    """Shows what will be written to whom, to be confirmed with one tap."""
    head = t("hold.to", name=sure.name) if sure else t("hold.whose")
    rows = [[_to(t("add.keep"), draft, sure.id)]] if sure else [[_to(row_label(one), draft, one.id)] for one in likely]
    origin = req.incoming.origin
    if origin is not None and not sure and _somebody_new(req, origin):
        rows.append([Button(t("hold.new", name=origin.name), "hold.new", draft.nonce)])
    other = Button(t("hold.other"), "hold.other", draft.nonce)
    rows.append([other, forms.button(t("button.cancel"), draft, "x")])
    about = sure or (likely[0] if likely else None)
    return Reply.say(
        head, BLANK, *along.shown(req, draft.extra), buttons=rows, replace=req.pressed,
        customer_id=about.id if about else None,
    ).opening(draft)  # fmt: skip


def _somebody_new(req: Request, origin: Origin) -> bool:
    """Whether who wrote it could become a customer: a person with a name, and none of the house."""
    writes = origin.person and shows(origin.name) and not staff.called(req.tx, origin.name)
    return writes and allowed(req.actor, Action.ADD)


def _to(label: Text, draft: Draft, customer_id: int) -> Button:
    return Button(label, "hold.to", draft.nonce, customer_id)


def _open(req: Request) -> Draft:
    return forms.belonging(req, HOLD.name, "add")


@routes.button("hold.to", Action.LOG, writes=True, keeps_form=True)
def to_customer(req: Request) -> Reply:
    """It belongs to this customer."""
    return _write(req, customers.living(req.tx, req.actor, req.number(1)), along.of(_open(req)))


@routes.button("hold.new", Action.ADD, writes=True, keeps_form=True)
def to_somebody_new(req: Request) -> Reply:
    """Adds the author as a new customer, with the message as the first entry."""
    extra = _open(req).extra
    origin = extra.get("origin")
    name = str(origin["name"]) if isinstance(origin, dict) else ""
    return _write(req, customers.add(req.tx, req.actor, CustomerWords(name=name)), extra, t("add.saved"))


@routes.button("hold.other", Action.LOG, writes=True, keeps_form=True)
def to_another(req: Request) -> Reply:
    """It belongs to somebody who is not offered: to whom is asked."""
    return forms.begin(req, HOLD, only="who", extra=_open(req).extra)


def _write(req: Request, customer: Customer, extra: along.Extra, head: Text | None = None) -> Reply:
    whole = {**extra, "note": extra.get("whole") or extra.get("note") or ""}
    written = along.write(req, customer, whole)
    after = customers.get(req.tx, req.actor, customer.id)
    said = card(req, after, head or t("add.kept"), *written.lines, undo=True, replace=req.pressed)
    return written.end(said, extra)


def _found(req: Request, draft: Draft) -> Reply:
    """Somebody typed whom it is about."""
    about = subject(req, str(draft.values["who"]))
    mine = [one for one in about.customers if not one.masked]
    if about.certain and mine and mine[0] is about.customers[0]:
        return _write(req, mine[0], draft.extra)
    kept = forms.draft_of(HOLD.name, extra=draft.extra).model_copy(update={"step": "who"})
    rows = [[_to(row_label(one), kept, one.id)] for one in mine[:LIKELY]]
    rows.append([forms.button(t("button.cancel"), kept, "x")])
    asked = t("note.whose" if mine else "note.unknown", name=about.typed[:60])
    return Reply.say(asked, buttons=rows, customer_id=mine[0].id if mine else None).opening(kept)


def _name(_: Request, typed: str) -> str:
    if not shows(typed):
        raise Invalid("text")
    return " ".join(typed.split())


def _left(req: Request, _: Draft) -> Reply:
    return Reply.say(t("hold.left"), replace=req.pressed)


HOLD = forms.register(
    Form("hold", Action.LOG, (Field("who", _name, required=True),), _found, confirm=False, left=_left)
)
