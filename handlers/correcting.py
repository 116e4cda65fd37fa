"""A correction in words of what somebody has just written down or looks at.

    不对，应该是李四     电话错了，是 13900139000     no, it's tomorrow afternoon     sorry, the phone is +44 …

What it is about is found in this order: the field that it names; a form that is shown to be confirmed; what was saved
last, within the hour (its one field, its price, its time, or for whom it was); the customer whose card stands last in
the chat. What stays unclear is asked with buttons, and may still be written down as a note.
"""

from __future__ import annotations

from typing import NamedTuple

from handlers import changes, deals, moving
from handlers.changes import LOOKED_AT
from handlers.contacts import write_again
from handlers.fields import fields_of
from handlers.followups import plan_again
from handlers.history import touched
from handlers.kit import forms
from handlers.kit.cards import card
from handlers.kit.form_model import Form
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.sentences import FORM as SAID
from handlers.understand import changes as reading
from handlers.understand import corrected
from handlers.understand.corrected import PRICE, TIME, WHO, Correction
from handlers.understand.customerlike import may_be_customer
from store import customers, journal, queue
from store.access import Action, allowed
from store.errors import Invalid, KehuError, NotAllowed
from store.journal import Past
from store.rules.models import Customer
from store.rules.script import fold
from store.times import from_ms

routes = Routes()
#: What an unclear correction may be about.
_ASKED = ("name", "company", "title", "notes")


@routes.kind("correct", Action.STAFF, writes=True)
def correct(req: Request) -> Reply:
    """A line that has the shape of a correction; what turns out to be none goes the way that it would have gone."""
    said = corrected.recognise(req.incoming.text)
    if said is None:
        return changes.change(req)
    return _in_form(req, said) or _saved(req, said) or changes.change(req)


@routes.kind("fill", Action.STAFF, writes=True)
def fill(req: Request) -> Reply:
    """A label and a value, while a form waits to be confirmed; what its field can't hold is another line after all."""
    said = corrected.labelled(req.incoming.text)
    key = corrected.key_of(said.field) if said is not None else ""
    try:
        fits = said is not None and fields_of(req)[key].parse(req, said.value) is not None
        fits = fits and not (key == "tags" and " as " in req.incoming.text)  # tag Jane as key account
    except (Invalid, KeyError):
        fits = False
    reply = _in_form(req, said) if said is not None and fits else None
    return reply or changes.change(req)


# A form that waits to be confirmed -----------------------------------------------------------------------------------


def _in_form(req: Request, said: Correction) -> Reply | None:
    """The field of the form that was shown last; None where none was, or it has no such field."""
    draft = req.draft
    form = None if draft is None or draft.step is not None else forms.FORMS.get(draft.form)
    if draft is None or form is None or not (form.confirm and draft.typed) or not allowed(req.actor, form.action):
        return None
    row = queue.draft(req.tx, req.incoming.person)
    if row is None or queue.told_of(req.tx, req.actor.id, from_ms(row["updated_at"])):
        return None  # something else was shown since
    key = _field_of(req, form.now(req), draft, said)
    return None if key is None else forms.correct(req, key, said.value)


def _field_of(req: Request, form: Form, draft: Draft, said: Correction) -> str | None:
    keys = [field.key for field in form.fields]
    if said.field and not corrected.names(said.field, WHO):
        named = changes.field_in(req, said.field)
        return named[1] if named is not None and not named[0] and named[1] in keys else None
    for field in form.fields:
        if said.old and field.key in draft.values and field.show(draft.values[field.key]) == said.old:
            return field.key
    return next((key for key in (_kind(req, said.value), "name", *draft.values) if key in keys), None)


def _kind(req: Request, value: str) -> str:
    """The field that can be told by a value alone: a number, an address, a level; "" for words."""
    told = reading.standing(value)
    if told is not None:
        return told[0]
    for key in ("emails", "phones"):
        try:
            fields_of(req)[key].parse(req, value)
        except Invalid:
            continue
        return key
    return ""


# What was saved or shown last ----------------------------------------------------------------------------------------


class _Last(NamedTuple):
    """What this person did last, record by record, and the customer whose card they look at."""

    done: list[Past]
    seen: Customer | None

    def of(self, record: str) -> Past | None:
        """The record of this kind, if it was the only one."""
        found = [one for one in self.done if one.record == record]
        return found[0] if len(found) == 1 else None


def _last(req: Request) -> _Last:
    change_id = journal.last_change(req.tx, req.actor)
    done = [] if change_id is None else journal.entries(req.tx, req.actor, change_id)
    seen = changes.looked_at(req)
    return _Last([one for one in done if from_ms(one.at) >= req.now - LOOKED_AT], seen[0] if len(seen) == 1 else None)


def _saved(req: Request, said: Correction) -> Reply | None:
    last = _last(req)
    if said.field and not corrected.names(said.field, WHO):
        return _named(req, said, last)
    for found in (_same_field, _price, _time, _by_kind, _other_customer, _name):
        reply = found(req, said, last)
        if reply is not None:
            return reply
    about = last.seen or next((one for past in last.done if (one := _still(req, past)) is not None), None)
    return None if about is None or not allowed(req.actor, Action.EDIT) else _which(req, said.value, about)


def _named(req: Request, said: Correction, last: _Last) -> Reply | None:
    """What is wrong was named: the time, the price, or a field of a customer."""
    if corrected.names(said.field, TIME):
        return _time(req, said, last)
    if corrected.names(said.field, PRICE) and last.of("deal"):
        return _price(req, said, last)
    named = changes.field_in(req, said.field) if allowed(req.actor, Action.EDIT) else None
    if named is None or (named[0] and not changes.known(req, named[0])):
        return None
    return changes.whose(req, *named, said.value)


def _same_field(req: Request, said: Correction, last: _Last) -> Reply | None:
    """The one field that was changed last, if it can hold the value; another customer's name is none."""
    changed = last.of("customer")
    keys = touched(changed) if changed is not None and changed.before is not None else set()
    key = next(iter(keys)) if len(keys) == 1 else ""
    field = fields_of(req).get(key)
    customer = None if changed is None else _still(req, changed)
    if field is None or customer is None or key == "tags" or _another(req, said.value, customer) is not None:
        return None
    try:
        field.parse(req, said.value)
    except Invalid:
        return None
    return changes.apply(req, customer, key, said.value)


def _still(req: Request, past: Past) -> Customer | None:
    """Whom a change was about, as far as they may still be changed."""
    try:
        customer = customers.get(req.tx, req.actor, past.customer_id or 0)
    except NotAllowed:
        return None
    return None if customer.masked or customer.archived or not allowed(req.actor, Action.EDIT) else customer


def _price(req: Request, said: Correction, last: _Last) -> Reply | None:
    deal = last.of("deal")
    if deal is None or not allowed(req.actor, Action.DEAL):
        return None
    try:
        return deals.put_right(req, deal.record_id, said.value)
    except (Invalid, NotAllowed):
        return None


def _time(req: Request, said: Correction, _: _Last) -> Reply | None:
    return moving.put_right(req, said.value) if allowed(req.actor, Action.REMIND) else None


def _by_kind(req: Request, said: Correction, last: _Last) -> Reply | None:
    """A number, an address, a level: what else could it be of whom somebody looks at?"""
    key = _kind(req, said.value)
    return (
        changes.apply(req, last.seen, key, said.value)
        if key and last.seen and allowed(req.actor, Action.EDIT)
        else None
    )


def _another(req: Request, value: str, than: Customer | None) -> Customer | None:
    """The customer, if not this one, who is called exactly so."""
    about = subject(req, value)
    known = about.certain and not about.words and not about.customers[0].masked
    return about.customers[0] if known and (than is None or about.customers[0].id != than.id) else None


def _other_customer(req: Request, said: Correction, last: _Last) -> Reply | None:
    """A note or a reminder was for somebody else, and goes there; or somebody else's card was meant."""
    other = _another(req, said.value, last.seen)
    if other is None:
        return None
    note, task = last.of("interaction"), last.of("followup")
    moved = note or task
    if moved is not None and moved.before is None and moved.customer_id != other.id and not last.of("attachment"):
        journal.retract(req.tx, req.actor, moved.change_id)
        return write_again(req, other, moved) if note is not None else plan_again(req, other, moved)
    return None if last.done else card(req, other)


def _name(req: Request, said: Correction, last: _Last) -> Reply | None:
    """Somebody who has just been added is called otherwise, or whose old name is said."""
    added, seen = last.of("customer"), last.seen
    if seen is None or not allowed(req.actor, Action.EDIT) or _another(req, said.value, seen) is not None:
        return None
    just_added = added is not None and added.before is None and added.customer_id == seen.id
    if (just_added and may_be_customer(said.value)) or (said.old and fold(said.old) == fold(seen.name)):
        return changes.apply(req, seen, "name", said.value)
    return None


# Asked ---------------------------------------------------------------------------------------------------------------


def _which(req: Request, value: str, customer: Customer) -> Reply:
    """What is it that is wrong? The words wait in the draft of a sentence, so that they may also become a note."""
    draft = forms.draft_of(SAID.name, extra={"text": req.incoming.text, "names": [], "value": value})
    known = fields_of(req)
    fields = [Button(known[key].label, "correct.as", draft.nonce, customer.id, key) for key in _ASKED]
    rows = [fields[:2], fields[2:], [Button(t("said.write"), "said.note", draft.nonce, customer.id)]]
    asked = t("correct.which", name=customer.name, value=value[:60])
    return Reply.say(asked, buttons=rows, customer_id=customer.id).opening(draft)


@routes.button("correct.as", Action.EDIT, writes=True, keeps_form=True)
def correct_as(req: Request) -> Reply:
    """It is this field that was wrong."""
    draft = forms.belonging(req, SAID.name)
    if "value" not in draft.extra:
        raise KehuError("no_longer")
    customer = customers.living(req.tx, req.actor, req.number(1))
    return changes.apply(req, customer, req.word(2), str(draft.extra["value"]))
