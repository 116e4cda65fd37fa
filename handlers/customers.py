"""The card, and changing what is on it: every field by button, confirmed in one line with Undo."""

from __future__ import annotations

from handlers import lists, search
from handlers.fields import CUSTOMER_FIELDS, STANDING, field_of
from handlers.kit import forms
from handlers.kit.cards import card, card_lines
from handlers.kit.forms import Form
from handlers.kit.reply import Button, Param, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Customer

routes = Routes()


@routes.button("customer", Action.SEE)
def show(req: Request) -> Reply:
    """A customer's card."""
    return card(req, customers.get(req.tx, req.actor, req.number()), replace=True)


@routes.button("open", Action.SEE)
def show_beside(req: Request) -> Reply:
    """A customer's card, under the message that it was opened from: what is there is still needed."""
    return card(req, customers.get(req.tx, req.actor, req.number()))


@routes.command("customer", Action.FIND)
def recent(req: Request) -> Reply:
    """/customer: the ones touched last; with words, a search."""
    return search.search(req) if req.text else lists.recent(req)


@routes.button("edit", Action.EDIT)
def edit(req: Request) -> Reply:
    """Which field of a customer to change."""
    customer = customers.living(req.tx, req.actor, req.number())
    buttons = [Button(t(f"field.{field.key}"), "edit.field", customer.id, field.key) for field in EDIT.fields]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([Button(t("button.return"), "customer", customer.id)])
    return Reply.say(
        *card_lines(customer), t("edit.which"), buttons=rows, replace=True,
        customer_id=customer.id, masked=customer.masked,
    )  # fmt: skip


@routes.button("edit.field", Action.EDIT, writes=True, keeps_form=True)
def edit_field(req: Request) -> Reply:
    """Asks for one field's new value."""
    customer = customers.living(req.tx, req.actor, req.number())
    if customer.masked:
        raise NotAllowed
    key = EDIT.field(req.word(1)).key
    now = _value(customer, key)
    extra = {"customer": customer.id, "version": customer.version, "field": key, "was": now}
    return forms.begin(req, EDIT, only=key, values={key: now} if now else {}, extra=extra)


def _value(customer: Customer, key: str) -> object:
    """What a field holds, as drafts and the journal keep it."""
    return customer.model_dump(mode="json", include={key})[key]


def _changed(req: Request, draft: Draft) -> Reply:
    customer_id, version = int(str(draft.extra["customer"])), int(str(draft.extra["version"]))
    key = str(draft.extra["field"])
    new = draft.values.get(key) or ([] if key in ("phones", "emails") else "")
    now = customers.get(req.tx, req.actor, customer_id)
    if _value(now, key) == new:
        return card(req, now, t("edit.same"), replace=req.pressed).closing()
    # Who changed other fields meanwhile is in nobody's way: both changes stay.
    if now.version != version and _value(now, key) != draft.extra["was"]:
        return _both(req, draft, now, key)
    customer = customers.change(req.tx, req.actor, customer_id, now.version, {key: new})
    label = t(f"field.{key}")
    said = t("edit.done", label=label, value=_shown(key, new)) if new else t("edit.cleared", label=label)
    return card(req, customer, said, undo=True, replace=req.pressed).closing()


def _both(req: Request, draft: Draft, now: Customer, key: str) -> Reply:
    """Somebody has changed the same field since: what it holds now beside what was typed, and one tap to choose."""
    there, typed = _value(now, key), draft.values.get(key)
    draft = draft.model_copy(update={"step": None, "extra": draft.extra | {"version": now.version, "was": there}})
    buttons = [
        [forms.button(t("edit.mine", value=_shown(key, typed)), draft, "ok")],
        [forms.button(t("edit.theirs", value=_shown(key, there)), draft, "x")],
    ]
    return Reply.say(
        t("card.name", name=now.name), t("edit.meanwhile", label=t(f"field.{key}"), value=_shown(key, there)),
        t("edit.typed", value=_shown(key, typed)), buttons=buttons, replace=req.pressed, customer_id=now.id,
    ).opening(draft)  # fmt: skip


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was changed: back to the card."""
    return card(req, _about(req, draft), t("edit.left"), replace=req.pressed)


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _shown(key: str, value: object) -> Param:
    return field_of(key).show(value) if value else t("edit.nothing")


EDIT = forms.register(
    Form("edit", Action.EDIT, (*CUSTOMER_FIELDS, *STANDING), _changed, confirm=False, about=_about, left=_left)
)
