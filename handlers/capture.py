"""Adding a customer: from one line, from a shared contact, or step by step; always with one tap to confirm.

What a line says is shown as a card to save, each field a tap away from correction. What was not understood is kept as a
note; a time becomes a follow-up. A contact that the book knows already opens its customer, with what is new about them
one tap from being noted; whose somebody else's is, nobody is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from handlers.fields import CUSTOMER_FIELDS, region_of
from handlers.followups import MORNING, quick_times
from handlers.kit import forms
from handlers.kit.cards import card, row
from handlers.kit.forms import Beside, Form
from handlers.kit.reply import Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import shows
from handlers.search import look_for
from handlers.understand import capture as reading
from store import customers, followups, interactions
from store.access import Action, allowed
from store.rules import person_name, phone
from store.rules.ladder import wall_instant
from store.rules.models import Customer, CustomerWords
from store.rules.script import fold
from store.search import find
from store.times import from_ms, to_ms

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
    return _propose(req, _read(req, req.text)) if req.text.strip() else forms.begin(req, ADD)


@routes.kind("capture", Action.STAFF, writes=True)
def capture(req: Request) -> Reply:
    """A plain line with what may be a phone number or an e-mail in it.

    It is looked for where nobody may be added, and where it is neither: an order's number, the end of a phone number.
    """
    line = req.incoming.text
    if not allowed(req.actor, Action.ADD):
        return look_for(req, line)
    read = _read(req, line)
    reachable = read.values.get("phones") or read.values.get("emails")
    if not reachable and (not read.values.get("name") or find(req.tx, req.actor, line, limit=1).customers):
        return look_for(req, line)
    return _propose(req, read)


@routes.kind("contact", Action.STAFF, writes=True)
def shared_contact(req: Request) -> Reply:
    """A contact card that a member shares; looked for where nobody may be added."""
    contact = req.incoming.contact
    assert contact is not None
    if not allowed(req.actor, Action.ADD):
        return look_for(req, contact.phone)
    region = region_of(req.zone)
    number = phone.parse(contact.phone, region) or phone.parse("+" + contact.phone.lstrip("+"), region)
    values = {"name": " ".join(contact.name.split()), "phones": [number.model_dump()] if number else []}
    return _propose(req, _Read(values, rest="" if number else contact.phone))


class _Read(NamedTuple):
    """What was understood: values by field, what went into none, and a time that it speaks of."""

    values: dict[str, Any]
    rest: str = ""
    at: datetime | None = None


def _read(req: Request, line: str) -> _Read:
    found = reading.as_json(line, now=req.now.astimezone(req.zone), zone=req.zone, region=region_of(req.zone))
    values: dict[str, Any] = {field.key: found.get(field.key) for field in CUSTOMER_FIELDS}
    tags = found.get("tags", [])
    assert isinstance(tags, list)
    rest = " ".join(filter(None, [str(found.get("rest", "")), *(f"#{tag}" for tag in tags)]))
    return _Read(values, rest, _instant(req, found.get("when")))


def _instant(req: Request, when: object) -> datetime | None:
    """The time that a line speaks of. A day alone means nine in the morning, today: later today."""
    if not when:
        return None
    local = datetime.fromisoformat(str(when))
    at = wall_instant(local.date(), local.time() if "T" in str(when) else MORNING, req.zone)
    if at <= req.now and "T" not in str(when):
        return quick_times(req.now, req)[0]
    return at


def _propose(req: Request, read: _Read) -> Reply:
    """Shows what will be saved; or the customer whom it is about, when that is one of the actor's already."""
    values = {key: value for key, value in read.values.items() if value and (key in _LISTS or shows(value))}
    extra: dict[str, Any] = {"at": to_ms(read.at), "task": read.rest} if read.at else {"note": read.rest}
    _, mine = _known(req, values)
    same = [one for one in mine if _same_person(one, str(values.get("name", "")))]
    if len(same) == 1:
        return _open(req, same[0], values, extra)
    return forms.begin(req, ADD, values=values, extra=extra)


def _known(req: Request, values: dict[str, Any]) -> tuple[bool, list[Customer]]:
    """Whether somebody in the book has one of these contacts, and those of them whom the actor sees in the clear."""
    words = CustomerWords.model_validate({"name": "?"} | values)
    return customers.known(req.tx, req.actor, customers.contacts_of(words))


def _same_person(one: Customer, name: str) -> bool:
    """Whether a line with one's contact means that very customer: it names nobody, or them (王总 for 王建国)."""
    spoken = person_name.spoken(name)
    called, known = fold(name), fold(one.name)
    return not name or called == known or (spoken is not None and known.startswith(fold(spoken.name)))


# What the book knows already -----------------------------------------------------------------------------------------


def _open(req: Request, one: Customer, values: dict[str, Any], extra: dict[str, Any]) -> Reply:
    """The customer's card; what the line says beyond it waits for one tap."""
    note = " ".join(filter(None, [*_news(one, values), extra.get("note")]))
    if not note and "at" not in extra:
        return card(req, one, t("add.here"))
    draft = forms.draft_of(KEEP.name, extra=extra | {"customer": one.id, "note": note})
    keep = forms.button(t("add.keep"), draft, "ok")
    return card(req, one, t("add.here"), *_following(req, draft), offers=[keep]).opening(draft)


def _news(one: Customer, values: dict[str, Any]) -> list[str]:
    """What a line says of a customer that the book doesn't hold, as words."""
    new = CustomerWords.model_validate({"name": "?"} | values)
    known = {number.e164 for number in one.phones}
    words = [phone.shown(number.e164) for number in new.phones if number.e164 not in known]
    words += [address for address in new.emails if address not in one.emails]
    for key in ("company", "title", "wechat", "address"):
        said = getattr(new, key)
        if said and fold(said) != fold(getattr(one, key)):
            words.append(said)
    return words


def _following(req: Request, draft: Draft) -> list[Text]:
    """What saving does beside the fields, for the eyes: a reminder, a note."""
    at, task, note = _kept_for(req, draft)
    lines = []
    if at is not None:
        lines.append(t("add.will_remind_of", at=at, what=task) if task else t("add.will_remind", at=at))
    return [*lines, t("add.will_note", text=note)] if note else lines


def _follow(req: Request, customer_id: int, draft: Draft) -> list[Text]:
    """Does that. What went on the timeline, to be shown: the card itself shows reminders only."""
    at, task, note = _kept_for(req, draft)
    if at is not None:
        followups.plan(req.tx, req.actor, customer_id, at, task)
    if not note:
        return []
    interactions.add(req.tx, req.actor, customer_id, note)
    return [t("add.will_note", text=note)]


def _kept_for(req: Request, draft: Draft) -> tuple[datetime | None, str, str]:
    """A time to come with what it is for, and what is noted: nothing that was typed is dropped."""
    task, note, ms = (draft.extra.get(key) or "" for key in ("task", "note", "at"))
    at = from_ms(int(str(ms))) if ms else None
    if at is None:
        return None, "", str(note)
    if at <= req.now:  # saved after a pause: the hour has passed
        return None, "", f"{at.astimezone(req.zone):%Y-%m-%d %H:%M} {task} {note}".strip()
    if len(str(task)) > followups.TEXT_MAX:
        return at, "", f"{task} {note}".strip()
    return at, str(task), str(note)


def _kept(req: Request, draft: Draft) -> Reply:
    customer_id = int(str(draft.extra["customer"]))
    noted = _follow(req, customer_id, draft)
    return card(req, customers.get(req.tx, req.actor, customer_id), t("add.kept"), *noted, undo=True, replace=True)


KEEP = forms.register(Form("keep", Action.LOG, (), _kept, confirm=False))

# Somebody new --------------------------------------------------------------------------------------------------------


def _beside(req: Request, draft: Draft) -> Beside:
    """What becomes of the rest; and whether the book has these contacts: one's own by name, others' without a word."""
    taken, mine = _known(req, draft.values)
    lines = _following(req, draft)
    if mine:
        lines.append(t("add.known", name=mine[0].name))
    elif taken:
        lines.append(t("add.taken"))
    return Beside(lines, [[row(one, "open")] for one in mine[:2]])


def _save(req: Request, draft: Draft) -> Reply:
    customer = customers.add(req.tx, req.actor, CustomerWords.model_validate(draft.values))
    noted = _follow(req, customer.id, draft)
    return card(req, customer, t("add.saved"), *noted, undo=True, replace=req.pressed)


def _left(req: Request, _: Draft) -> Reply:
    return Reply.say(t("add.left"), replace=req.pressed)


ADD = forms.register(Form("add", Action.ADD, CUSTOMER_FIELDS, _save, beside=_beside, left=_left))
