"""Adding a customer: from one line, from a shared contact, or step by step; always with one tap to confirm.

What a line says is shown as a card to save, each field a tap away from correction. What was not understood is kept as a
note; a time becomes a follow-up. A contact that the book knows already is shown, not added twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.fields import CUSTOMER_FIELDS
from handlers.kit import forms
from handlers.kit.cards import card, row
from handlers.kit.forms import Form
from handlers.kit.reply import Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers, followups, interactions
from store.access import Action
from store.rules import phone
from store.rules.models import CustomerWords

routes = Routes()


@routes.button("add", Action.ADD, writes=True)
def add_by_steps(req: Request) -> Reply:
    """The form, question by question."""
    return forms.begin(req, ADD)


@routes.command("add", Action.ADD, writes=True)
@routes.verb("add", Action.ADD, writes=True)
def add(req: Request) -> Reply:
    """ "添加 …": the form where nothing follows, else what follows is read as a customer."""
    return _offer(req, req.text) if req.text.strip() else forms.begin(req, ADD)


@routes.kind("capture", Action.STAFF, writes=True)
def capture(req: Request) -> Reply:
    """A plain line with a phone number or an e-mail in it."""
    return _offer(req, req.incoming.text)


@routes.kind("contact", Action.STAFF, writes=True)
def shared_contact(req: Request) -> Reply:
    """A contact card that a member shares."""
    contact = req.incoming.contact
    assert contact is not None
    number = phone.parse(contact.phone) or phone.parse("+" + contact.phone.lstrip("+"))
    values: dict[str, Any] = {"name": " ".join(contact.name.split())}
    if number is not None:
        values["phones"] = [number.model_dump()]
    return _propose(req, values, rest="" if number else contact.phone, when="")


def _offer(req: Request, line: str) -> Reply:
    from handlers.understand import capture as reading  # its word lists: not while the bot starts

    found = reading.as_json(line, now=req.now.astimezone(req.zone), zone=req.zone, region=region_of(req.zone))
    keys = {field.key for field in CUSTOMER_FIELDS}
    values = {key: value for key, value in found.items() if key in keys}
    return _propose(req, values, rest=str(found.get("rest", "")), when=str(found.get("when", "")))


def _propose(req: Request, values: dict[str, Any], *, rest: str, when: str) -> Reply:
    """Shows what will be saved; or, when a contact is known already, whose it is (to those who may see it)."""
    known = customers.owners_of(req.tx, _contacts(values))
    seen = [one for one in customers.get_all(req.tx, req.actor, known) if not one.masked]
    notice: Text | None = None
    if seen:
        return Reply.say(
            t("add.known", name=seen[0].name), buttons=[[row(one)] for one in seen[:8]], customer_id=seen[0].id
        )
    if known:
        notice = t("add.taken")
    elif when:
        at = _instant(when, req.zone)
        notice = t("add.will_remind", at=at) if at > req.now else None
    return forms.begin(req, ADD, values=values, extra={"rest": rest, "when": when}, notice=notice)


def _contacts(values: dict[str, Any]) -> list[tuple[str, str]]:
    return customers.contacts_of(CustomerWords.model_validate({"name": "?"} | values))


def _save(req: Request, draft: Draft) -> Reply:
    customer = customers.add(req.tx, req.actor, CustomerWords.model_validate(draft.values))
    rest, when = str(draft.extra.get("rest", "")), str(draft.extra.get("when", ""))
    if when and (at := _instant(when, req.zone)) > req.now:
        followups.plan(req.tx, req.actor, customer.id, at, rest)
    elif rest:
        interactions.add(req.tx, req.actor, customer.id, rest)
    return card(req, customer, t("add.saved"), undo=True, replace=req.pressed).closing()


def _instant(when: str, zone: ZoneInfo) -> datetime:
    """A time that capture read, as an instant; a bare date means nine in the morning."""
    local = datetime.fromisoformat(when) if "T" in when else datetime.fromisoformat(f"{when}T09:00")
    return local.replace(tzinfo=zone)


def region_of(zone: ZoneInfo) -> str:
    """The country whose numbers are typed without a code, by the zone in which a member lives."""
    return _REGIONS.get(zone.key, "CN")


_REGIONS = {
    "Europe/London": "GB",
    "America/New_York": "US",
    "America/Chicago": "US",
    "America/Los_Angeles": "US",
    "Asia/Hong_Kong": "HK",
    "Asia/Taipei": "TW",
    "Asia/Singapore": "SG",
    "Europe/Berlin": "DE",
    "Europe/Paris": "FR",
    "Australia/Sydney": "AU",
}

ADD = forms.register(Form("add", Action.ADD, CUSTOMER_FIELDS, _save))
