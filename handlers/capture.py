"""Adding a customer: from one line, from a shared contact, or step by step; always confirmed with one tap.

What a line says is shown as a card to save, each field one tap from correction. Words that were not understood become a
note, a time becomes a follow-up. handlers/duplicates.py takes over when the customer is in the book already.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from handlers import along, duplicates, labelled, lists
from handlers.along import Extra
from handlers.fields import CUSTOMER_FIELDS, facts, form_fields, region_of
from handlers.followups import MORNING, quick_times
from handlers.kit import forms
from handlers.kit.cards import card, row
from handlers.kit.form_model import Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import Reply, t
from handlers.kit.request import Draft, Request, SharedContact
from handlers.kit.routes import Routes
from handlers.kit.texts import shows
from handlers.search import look_for
from handlers.understand import capture as reading
from handlers.understand import vcard
from store import customers
from store.access import Action, allowed
from store.rules import email, phone
from store.rules.adding import CONTACTS_MOST
from store.rules.ladder import wall_instant
from store.rules.models import Customer
from store.search import find
from store.times import to_ms

routes = Routes()
_LISTS = ("phones", "emails")


@routes.button("add", Action.ADD, writes=True)
def add_by_steps(req: Request) -> Reply:
    """The form, question by question."""
    return forms.begin(req, ADD)


@routes.command("add", Action.ADD, writes=True)
@routes.verb("add", Action.ADD, writes=True)
def add(req: Request) -> Reply:
    """ "添加 …": the form where nothing follows, else what follows is read as a customer."""
    return propose(req, read(req, req.text)) if req.text.strip() else forms.begin(req, ADD)


@routes.kind("capture", Action.STAFF, writes=True)
def capture(req: Request) -> Reply:
    """A plain line with what may be a phone number or an e-mail in it.

    It is looked for where nobody may be added, and where it is neither: an order's number, the end of a phone number.
    """
    line = req.incoming.text
    if not allowed(req.actor, Action.ADD):
        return look_for(req, line)
    told = read(req, line)
    reachable = told.values.get("phones") or told.values.get("emails")
    if not reachable:  # a condition on a large number is one, too: 预算>3000000
        listed = lists.in_words(req, line)
        if listed is not None:
            return listed
        if not told.values.get("name") or find(req.tx, req.actor, line, limit=1).customers:
            return look_for(req, line)
    return propose(req, told)


@routes.kind("contact", Action.STAFF, writes=True)
def shared_contact(req: Request) -> Reply:
    """A contact card that a member shares; looked for where nobody may be added."""
    contact = req.incoming.contact
    assert contact is not None
    if not allowed(req.actor, Action.ADD):
        return look_for(req, contact.phone)
    return propose(req, read_contact(req, contact))


def read_contact(req: Request, contact: SharedContact) -> Read:
    """A contact card as values: what Telegram tells of it, and what is in its vCard."""
    region = region_of(req.zone)
    card = vcard.read(contact.vcard)
    typed = [contact.phone, *card.phones]
    numbers = [phone.parse(one, region) or phone.parse("+" + one.lstrip("+"), region) for one in typed]
    phones = {number.e164: number.model_dump() for number in numbers if number is not None}
    emails = dict.fromkeys(address for one in card.emails if (address := email.parse(one)))
    values: dict[str, Any] = {
        "name": contact.name if shows(contact.name) else card.name, "phones": list(phones.values())[:CONTACTS_MOST],
        "emails": list(emails)[:CONTACTS_MOST], "company": card.company, "title": card.title, "address": card.address,
    }  # fmt: skip
    unread = [one for one, number in zip(typed, numbers, strict=True) if number is None]
    return Read(values, rest=" ".join([*unread, *filter(None, [card.note])]))


class Read(NamedTuple):
    """What was understood of a line: values by field, the rest that went into none, and a time that it names."""

    values: dict[str, Any]
    rest: str = ""
    at: datetime | None = None

    def extra(self) -> dict[str, Any]:
        """What is saved with the customer: a reminder with the rest of the line as its text, or a note with it."""
        return {"at": to_ms(self.at), "task": self.rest} if self.at else {"note": self.rest}


def read(req: Request, line: str) -> Read:
    """A line as values by field."""
    own, line = labelled.take_own(req, line)
    found = reading.as_json(line, now=req.now.astimezone(req.zone), zone=req.zone, region=region_of(req.zone))
    values: dict[str, Any] = {field.key: found.get(field.key) for field in CUSTOMER_FIELDS}
    further, rest = labelled.take(req, str(found.get("rest", "")))
    values |= {"tags": found.get("tags")} | further | own
    return Read(values, rest, _instant(req, found.get("when")))


def _instant(req: Request, when: object) -> datetime | None:
    """The time that a line speaks of. A day alone means nine in the morning, today: later today."""
    if not when:
        return None
    local = datetime.fromisoformat(str(when))
    at = wall_instant(local.date(), local.time() if "T" in str(when) else MORNING, req.zone)
    if at <= req.now and "T" not in str(when):
        return quick_times(req.now, req)[0]
    return at


def propose(req: Request, told: Read, brought: Extra = MappingProxyType({}), about: Customer | None = None) -> Reply:
    """Shows what will be saved; or the customer whom it is about, when that is one of the actor's already.

    `brought`: what came beside the words (`along.gathered`); `about`: whose words they are, when that is known.
    """
    tidied = {key: _tidy(key, value) for key, value in told.values.items()}
    tidied["region"] = tidied.get("region") or labelled.place(tidied)
    values = {key: value for key, value in tidied.items() if value not in (None, "", [])}
    extra = {**told.extra(), **brought}
    name = str(values.get("name", ""))
    same = [one for one in duplicates.known(req, values).same if duplicates.same_person(one, name)]
    if not same and about is not None and duplicates.same_person(about, name):
        same = [about]
    if len(same) == 1:
        return duplicates.open_known(req, same[0], values, extra, t("add.here"))
    if same and not name:
        rows = [[row(one, "open")] for one in same[:PAGE]]
        return Reply.say(t("add.several"), buttons=rows, customer_id=same[0].id)
    return forms.begin(req, ADD, values=values, extra=extra)


def _tidy(key: str, value: Any) -> Any:
    """A value as the form keeps it; words of which nothing is seen are none."""
    if isinstance(value, str):
        return " ".join(value.split()) if shows(value) else None
    return value[:CONTACTS_MOST] if key in _LISTS and value else value


def _save(req: Request, draft: Draft) -> Reply:
    customer = customers.add(req.tx, req.actor, facts(draft.values))
    duplicates.remember(req, customer, draft.values)
    written = along.write(req, customer, draft.extra)
    saved = card(
        req, customers.get(req.tx, req.actor, customer.id), t("add.saved"), *written.lines, undo=True,
        replace=req.pressed,
    )  # fmt: skip
    return written.end(saved, draft.extra)


def _left(req: Request, _: Draft) -> Reply:
    return Reply.say(t("add.left"), replace=req.pressed)


ADD = forms.register(Form("add", Action.ADD, (), _save, beside=duplicates.beside, left=_left, current=form_fields))
