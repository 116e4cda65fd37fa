"""A customer's card and details, editing each field by a button (confirmed in one line with Undo), archiving and
restoring.
"""

from __future__ import annotations

from handlers import lists, search
from handlers.fields import FIRST, change_of, fields_of, value_of
from handlers.kit import forms
from handlers.kit.cards import card, card_lines, row
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Param, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers, staff
from store.access import Action, allowed
from store.errors import KehuError, NotAllowed
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


@routes.button("details", Action.SEE)
def details(req: Request) -> Reply:
    """All that the book holds of a customer, and what is done rarely."""
    customer = customers.get(req.tx, req.actor, req.number())
    lines = [t("card.name", name=customer.name)]
    for key, field in fields_of(req).items():
        value = value_of(customer, key)
        if value is not None and key != "name":
            lines.append(t("form.line", label=field.label, value=field.show(value)))
    owner = staff.name(req.tx, customer.owner_id)
    lines += [BLANK, t("details.kept", at=customer.created_at, who=owner or t("details.nobody"))]
    if customer.masked:
        lines.append(t("card.masked"))
    rare = _rare(req, customer)  # two to a row: four words don't fit one
    buttons = [rare[:2], rare[2:], [Button(t("button.return"), "customer", customer.id)]]
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id, masked=customer.masked)


def _rare(req: Request, customer: Customer) -> list[Button]:
    """The less frequent actions on a customer that this reader may take."""
    if customer.masked:
        return []
    buttons = []
    if allowed(req.actor, Action.EDIT) and not customer.archived:
        buttons = [Button(t("card.button.edit"), "edit", customer.id), Button(t("tag.button"), "tags", customer.id)]
    if allowed(req.actor, Action.HISTORY):
        buttons.append(Button(t("button.history"), "history", customer.id))
    if allowed(req.actor, Action.EDIT):
        way = "restore" if customer.archived else "archive"
        buttons.append(Button(t(f"card.button.{way}"), way, customer.id))
    return buttons


@routes.button("archive", Action.EDIT, writes=True)
def archive(req: Request) -> Reply:
    """Puts a customer away, with the way back."""
    return put_away(req, customers.living(req.tx, req.actor, req.number()))


def put_away(req: Request, customer: Customer) -> Reply:
    """Archived, confirmed with Undo."""
    customers.archive(req.tx, req.actor, customer.id, customer.version)
    return Reply.say(
        t("archive.done", name=customer.name), t("archive.where"), buttons=[[req.undo()]], replace=req.pressed,
        customer_id=customer.id,
    )  # fmt: skip


@routes.button("restore", Action.EDIT, writes=True)
def restore(req: Request) -> Reply:
    """Brings a customer back."""
    return bring_back(req, req.number())


def bring_back(req: Request, customer_id: int) -> Reply:
    """Restored, confirmed with Undo; a second tap leaves that as it stands."""
    customer = customers.restore(req.tx, req.actor, customer_id)
    return Reply() if req.tx.change is None else card(req, customer, t("archive.back"), undo=True, replace=req.pressed)


@routes.button("archived", Action.EDIT)
def archived(req: Request) -> Reply:
    """The archived customers, the last archived first."""
    skip = max(req.number(), 0) if req.args else 0
    page = customers.archived(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    buttons = paged([row(one) for one in page[:PAGE]], "archived", skip=skip, more=len(page) > PAGE)
    buttons.append([Button(t("button.return"), "recent", 0)])
    if not page:
        return Reply.say(t("archive.none"), buttons=buttons, replace=True)
    return Reply.say(
        t("archive.title"), buttons=buttons, replace=True, customer_id=page[0].id,
        others=tuple(one.id for one in page[1:PAGE]),
    )  # fmt: skip


# Every field by button ------------------------------------------------------------------------------------------------


@routes.button("edit", Action.EDIT)
def edit(req: Request) -> Reply:
    """Which field of a customer to change: the usual ones, and one tap further the others."""
    customer = customers.living(req.tx, req.actor, req.number())
    known = fields_of(req)
    further = len(req.args) > 1
    keys = [key for key in known if key not in FIRST] if further else list(FIRST)
    buttons = [_to_edit(customer, known[key]) for key in keys]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    back = Button(t("button.return"), "edit" if further else "customer", customer.id)
    rows.append([back] if further else [Button(t("button.further"), "edit", customer.id, 1), back])
    return Reply.say(
        *card_lines(customer), t("edit.which"), buttons=rows, replace=True,
        customer_id=customer.id, masked=customer.masked,
    )  # fmt: skip


def _to_edit(customer: Customer, field: Field) -> Button:
    if field.key == "tags":
        return Button(field.label, "tags", customer.id)
    return Button(field.label, "edit.field", customer.id, field.key)


@routes.button("edit.field", Action.EDIT, writes=True, keeps_form=True)
def edit_field(req: Request) -> Reply:
    """Asks for one field's new value."""
    return ask(req, customers.living(req.tx, req.actor, req.number()), req.word(1))


def ask(
    req: Request, customer: Customer, key: str, notice: Text | None = None, *, insisted: object = None
) -> Reply:  # fmt: skip
    """Asks for one field's new value; `notice`: what was wrong with one that was typed already, `insisted`: as what
    that one is kept all the same.
    """
    if customer.masked:
        raise NotAllowed
    if key not in fields_of(req):
        raise KehuError("no_longer")
    now = value_of(customer, key)
    extra = {"customer": customer.id, "version": customer.version, "field": key, "was": now}
    values = {} if now is None else {key: now}
    return forms.begin(req, EDIT, only=key, values=values, extra=extra, notice=notice, insisted=insisted)


def put(req: Request, customer: Customer, key: str, value: object) -> Reply:
    """Changes one field to `value` (None empties it), confirmed in one line with Undo."""
    field = fields_of(req)[key]
    if value_of(customer, key) == value:
        return card(req, customer, t("edit.same"), replace=req.pressed)
    change = change_of(customer, key, value)
    after = customers.change(req.tx, req.actor, customer.id, customer.version, change)
    if value is None:
        said = t("edit.cleared", label=field.label)
    else:
        said = t("edit.done", label=field.label, value=field.show(value))
    return card(req, after, said, undo=True, replace=req.pressed)


def _changed(req: Request, draft: Draft) -> Reply:
    key = str(draft.extra["field"])
    if key not in fields_of(req):
        raise KehuError("no_longer")
    now = _about(req, draft)
    there, typed = value_of(now, key), draft.values.get(key)
    # Who changed other fields meanwhile is in nobody's way: both changes stay.
    if now.version != int(str(draft.extra["version"])) and there not in (draft.extra["was"], typed):
        return both(req, now, key, typed, draft=draft)
    return put(req, now, key, typed).closing()


def both(req: Request, now: Customer, key: str, typed: object, *, draft: Draft | None = None) -> Reply:
    """Somebody has changed the same field since: what it holds now beside what was typed, and one tap to choose."""
    field, there = fields_of(req)[key], value_of(now, key)
    draft = draft or forms.draft_of(EDIT.name, extra={"customer": now.id, "field": key})
    draft = draft.model_copy(update={
        "step": None, "values": {} if typed is None else {key: typed},
        "extra": draft.extra | {"version": now.version, "was": there},
    })  # fmt: skip
    buttons = [
        [forms.button(t("edit.mine", value=_shown(field, typed)), draft, "ok")],
        [forms.button(t("edit.theirs", value=_shown(field, there)), draft, "x")],
    ]
    return Reply.say(
        t("card.name", name=now.name), t("edit.meanwhile", label=field.label, value=_shown(field, there)),
        t("edit.typed", value=_shown(field, typed)), buttons=buttons, replace=req.pressed, customer_id=now.id,
    ).opening(draft)  # fmt: skip


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was changed: back to the card."""
    return card(req, _about(req, draft), t("edit.left"), replace=req.pressed)


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _shown(field: Field, value: object) -> Param:
    return t("edit.nothing") if value is None else field.show(value)


def _current(req: Request) -> tuple[Field, ...]:
    return tuple(fields_of(req).values())


EDIT = forms.register(
    Form("edit", Action.EDIT, (), _changed, confirm=False, about=_about, left=_left, current=_current)
)
