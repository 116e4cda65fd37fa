"""What is offered when a customer who is entered may be in the book already: open that one, add to it, or add a new
one.

Nothing that is there is replaced: what the line adds is shown field by field and saved with one tap. Nobody is told
whose a colleague's customer is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from handlers import along
from handlers.fields import field_of
from handlers.kit import forms
from handlers.kit.cards import card, row_label
from handlers.kit.form_model import Beside, Form
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers, duplicates, recognition
from store.access import Action, allowed
from store.duplicates import Known
from store.rules import person_name
from store.rules.adding import Addition, additions, person
from store.rules.models import Customer, CustomerWords
from store.rules.script import fold

routes = Routes()
#: How many who may be the same are offered.
OFFERED = 2

Values = Mapping[str, Any]


def known(req: Request, values: Values) -> Known:
    """What the actor may be told about duplicates of these values."""
    return duplicates.look(req.tx, req.actor, _words(values))


def _words(values: Values) -> CustomerWords:
    return CustomerWords.model_validate({"name": ""} | dict(values))


def same_person(one: Customer, name: str) -> bool:
    """Whether a line with one's contact means that very customer: it names nobody, or them (王总 for 王建国)."""
    spoken = person_name.spoken(name)
    called, there = fold(name), fold(one.name)
    return not name or called == there or (spoken is not None and there.startswith(fold(spoken.name)))


# Somebody new, or not ------------------------------------------------------------------------------------------------


def beside(req: Request, draft: Draft) -> Beside:
    """Beside the form of somebody new: who of one's own may be the same, with what can be done about it; of others'
    customers no word but that a contact is taken.
    """
    found = known(req, draft.values)
    doubts = [] if draft.values.get("phones") else along.no_numbers(req, along.of(draft))
    lines = [*along.shown(req, along.of(draft)), *doubts]
    rows: list[list[Button]] = []
    if found.taken:
        lines.append(t("add.taken"))
        rows.append([Button(t("add.ask"), "ask", draft.nonce)])
    if draft.extra.get("author"):  # somebody known has forwarded it: it may be a note about them instead
        author = customers.get_all(req.tx, req.actor, [int(str(draft.extra["author"]))])
        rows += [[Button(t("hold.onto", name=one.name), "hold.to", draft.nonce, one.id)] for one in author]
    by_contact = [(one, _shared(one, draft.values)) for one in found.same]
    for one, what in [*by_contact, *((one, [_alike(one, draft.values)]) for one in found.alike)][:OFFERED]:
        lines.append(t("add.known", name=row_label(one), what=reduce(lambda a, b: t("add.both", one=a, other=b), what)))
        rows.append([Button(t("add.open", name=one.name), "open", one.id)])
        if not one.masked:
            rows[-1].append(Button(t("add.into"), "add.into", draft.nonce, one.id))
    # Many share a name alone: that is said, and saving stays saving.
    likely = found.same or any(_same_firm(one, draft.values) for one in found.alike)
    away = customers.away(req.tx, req.actor, _words(draft.values)) if allowed(req.actor, Action.EDIT) else []
    for one in away[:OFFERED]:
        lines.append(t("add.away", name=row_label(one)))
        rows.append([Button(t("add.restore", name=one.name), "restore", one.id)])
    return Beside(lines, rows, t("add.anyway") if likely or away else None)


def _shared(one: Customer, values: Values) -> list[Text]:
    """Which contacts somebody has in common with what was typed; there is one, or they had not been found by it."""
    typed, there = recognition.contacts_of(_words(values)), recognition.contacts_of(one)
    return [t(f"add.same.{kind}") for kind in dict.fromkeys(kind for kind, value in typed if (kind, value) in there)]


def _alike(one: Customer, values: Values) -> Text:
    """What somebody without a contact in common has: the name, and perhaps the company."""
    return t("add.same.name" if _same_firm(one, values) else "add.same.called")


def _same_firm(one: Customer, values: Values) -> bool:
    words, there = _words(values), person(one.name, one.company)
    return there is not None and there == person(words.name, words.company)


def remember(req: Request, customer: Customer, values: Values) -> None:
    """Somebody new was added although others looked the same: of these pairs nobody is asked again."""
    for one in duplicates.alike(req.tx, req.actor, _words(values)):
        if one.id != customer.id:
            duplicates.keep_apart(req.tx, req.actor, one.id, customer.id)


# To the one who is there ---------------------------------------------------------------------------------------------


def open_known(req: Request, one: Customer, values: Values, extra: along.Extra, head: Text) -> Reply:
    """The customer's card; what was said beyond it waits for one tap, and is shown."""
    draft = forms.draft_of(KEEP.name, extra={**extra, "customer": one.id, "said": dict(values)})
    lines = _adding(req, one, draft)
    if not lines:
        return card(req, one, head)
    keep = forms.button(t("add.keep"), draft, "ok")
    return card(req, one, head, *lines, offers=[keep], replace=req.pressed).opening(draft)


@routes.button("add.into", Action.EDIT, writes=True, keeps_form=True)
def add_into(req: Request) -> Reply:
    """From the form of somebody new: it is that one, so what was typed is added there."""
    draft = forms.belonging(req, "add")
    one = customers.living(req.tx, req.actor, req.number(1))
    brought = along.of(draft)
    kept = forms.draft_of(KEEP.name, extra={**brought, "customer": one.id, "said": dict(draft.values)})
    if not _adding(req, one, kept):
        opened = [[Button(t("button.open"), "customer", one.id)]]
        said = t("add.nothing_new", name=one.name)
        return Reply.say(said, buttons=opened, replace=True, customer_id=one.id).closing()
    return open_known(req, one, draft.values, brought, t("add.adding"))


def _adding(req: Request, one: Customer, draft: Draft) -> list[Text]:
    added, extra = _beyond(one, draft)
    return [*(_line(each) for each in added), *along.shown(req, extra)]


def _beyond(one: Customer, draft: Draft) -> tuple[list[Addition], dict[str, Any]]:
    """What was said beyond what the customer's record holds: for fields, and for a note."""
    said = draft.extra["said"]
    assert isinstance(said, dict)
    added, otherwise = additions(one, _words(said))
    if said.get("name") and not same_person(one, str(said["name"])):
        otherwise.insert(0, str(said["name"]))
    note = " ".join(filter(None, [*otherwise, str(draft.extra.get("note") or "")]))
    return added, {**draft.extra, "note": note}


def _line(added: Addition) -> Text:
    return t("add.will_add", label=t(f"field.{added.key}"), value=field_of(added.key).show(added.new))


def _kept(req: Request, draft: Draft) -> Reply:
    """Written. Worked out anew: somebody may have added the same meanwhile."""
    one = customers.living(req.tx, req.actor, int(str(draft.extra["customer"])))
    added, extra = _beyond(one, draft)
    if added:
        one = customers.change(req.tx, req.actor, one.id, one.version, {each.key: each.value for each in added})
    written = along.write(req, one, extra)
    lines = [*(_line(each) for each in added), *written.lines]
    after = customers.get(req.tx, req.actor, one.id)
    undo = req.tx.change is not None
    return written.end(card(req, after, t("add.kept" if undo else "edit.same"), *lines, undo=undo, replace=True), extra)


KEEP = forms.register(Form("keep", Action.LOG, (), _kept, confirm=False))
