"""The card, and changing what is on it: every field by button, confirmed in one line with Undo."""

from __future__ import annotations

from handlers import search
from handlers.fields import CUSTOMER_FIELDS, field_of
from handlers.kit import forms
from handlers.kit.cards import card, card_lines
from handlers.kit.forms import Choice, Field, Form
from handlers.kit.reply import Button, Param, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers
from store.access import Action
from store.rules.models import Level, Stage

routes = Routes()


@routes.button("customer", Action.SEE)
def show(req: Request) -> Reply:
    """A customer's card."""
    return card(req, customers.get(req.tx, req.actor, req.number()), replace=True)


@routes.command("customer", Action.FIND)
def recent(req: Request) -> Reply:
    """/customer: the ones touched last; with words, a search."""
    return search.search(req) if req.text else search.recent(req)


@routes.button("edit", Action.EDIT)
def edit(req: Request) -> Reply:
    """Which field of a customer to change."""
    customer = customers.get(req.tx, req.actor, req.number())
    keys = [field.key for field in CUSTOMER_FIELDS] + ["level", "stage"]
    buttons = [Button(t(f"field.{key}"), "edit.field", customer.id, key) for key in keys]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([Button(t("button.back"), "customer", customer.id)])
    return Reply.say(
        *card_lines(customer), t("edit.which"), buttons=rows, replace=True,
        customer_id=customer.id, masked=customer.masked,
    )  # fmt: skip


@routes.button("edit.field", Action.EDIT, writes=True, keeps_form=True)
def edit_field(req: Request) -> Reply:
    """Asks for one field's new value."""
    customer = customers.get(req.tx, req.actor, req.number())
    key = EDIT.field(req.word(1)).key
    extra = {"customer": customer.id, "version": customer.version, "field": key}
    return forms.begin(req, EDIT, only=key, extra=extra)


def _changed(req: Request, draft: Draft) -> Reply:
    customer_id, version = int(str(draft.extra["customer"])), int(str(draft.extra["version"]))
    key = str(draft.extra["field"])
    customer = customers.change(req.tx, req.actor, customer_id, version, {key: draft.values.get(key) or _empty(key)})
    said = t("edit.done", label=t(f"field.{key}"), value=_shown(key, draft.values.get(key)))
    return card(req, customer, said, undo=True, replace=req.pressed).closing()


def _empty(key: str) -> object:
    return [] if key in ("phones", "emails") else ""


def _shown(key: str, value: object) -> Param:
    if not value:
        return t("edit.nothing")
    if key in ("level", "stage"):
        return t(f"{key}.{value}")
    return field_of(key).show(value)


def _choice(kind: type[Level | Stage], key: str) -> Field:
    choices = [Choice(one.value, t(f"{key}.{one.value}")) for one in kind]
    return Field(key, parse=lambda _, typed: kind(typed).value, required=True, choices=lambda _: choices)


EDIT = forms.register(
    Form(
        "edit",
        Action.EDIT,
        (*CUSTOMER_FIELDS, _choice(Level, "level"), _choice(Stage, "stage")),
        _changed,
        confirm=False,
    )
)
