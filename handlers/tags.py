"""Tags of a customer: present ones are removed with one tap, tags in use elsewhere are added with one tap."""

from __future__ import annotations

from handlers import values
from handlers.kit import forms
from handlers.kit.cards import card
from handlers.kit.form_model import Field, Form
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers, marks
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Customer
from store.rules.script import fold

routes = Routes()


@routes.button("tags", Action.EDIT)
def tags(req: Request) -> Reply:
    """The customer's tags, and other tags in use."""
    return _page(req, _living(req))


@routes.button("tag.on", Action.EDIT, writes=True)
def on(req: Request) -> Reply:
    """Puts on a tag that is in use on customers whom this person sees."""
    customer, offered = _living(req), dict(marks.tags_near(req.tx, req.actor, limit=marks.NEAR))
    if req.number(1) not in offered:
        raise NotAllowed
    return put_on(req, customer, [offered[req.number(1)]], page=True)


@routes.button("tag.off", Action.EDIT, writes=True)
def off(req: Request) -> Reply:
    """Takes a tag off."""
    customer = _living(req)
    gone = [tag for tag in customer.tags if marks.tag_called(req.tx, tag) == req.number(1)]
    return take_off(req, customer, gone, page=True)


@routes.button("tag.new", Action.EDIT, writes=True, keeps_form=True)
def new(req: Request) -> Reply:
    """Asks for tags that nobody has used yet."""
    return ask(req, _living(req))


def ask(req: Request, customer: Customer) -> Reply:
    """Asks which tags to put on somebody."""
    return forms.begin(req, TAG, only="tags", extra={"customer": customer.id})


def put_on(req: Request, customer: Customer, new: list[str], *, page: bool = False) -> Reply:
    """Adds tags to those there are. `page`: back to the tags, not to the card."""
    held = {fold(tag) for tag in customer.tags}
    added = [tag for tag in new if fold(tag) not in held]
    if not added:
        return _page(req, customer, t("tag.has")) if page else card(req, customer, t("tag.has"), replace=req.pressed)
    added = added[: max(values.TAGS_MOST - len(customer.tags), 0)]
    if not added:
        full = t("tag.full", n=values.TAGS_MOST)
        return _page(req, customer, full) if page else card(req, customer, full, replace=req.pressed)
    whole = [*customer.tags, *added]
    after = customers.change(req.tx, req.actor, customer.id, customer.version, {"tags": whole})
    return _said(req, after, t("tag.on", tags=values.show_tags(added)), page=page)


def take_off(req: Request, customer: Customer, gone: list[str], *, page: bool = False) -> Reply:
    """Takes tags off, however they are written."""
    folded = {fold(tag) for tag in gone}
    kept = [tag for tag in customer.tags if fold(tag) not in folded]
    if len(kept) == len(customer.tags):
        said = t("tag.has_not")
        return _page(req, customer, said) if page else card(req, customer, said, replace=req.pressed)
    off = [tag for tag in customer.tags if fold(tag) in folded]
    after = customers.change(req.tx, req.actor, customer.id, customer.version, {"tags": kept})
    return _said(req, after, t("tag.off", tags=values.show_tags(off)), page=page)


def _said(req: Request, after: Customer, said: Text, *, page: bool) -> Reply:
    return _page(req, after, said, undo=True) if page else card(req, after, said, undo=True, replace=req.pressed)


def _page(req: Request, customer: Customer, *above: Text, undo: bool = False) -> Reply:
    held = {fold(tag) for tag in customer.tags}
    mine = [
        Button(t("tag.take", tag=tag), "tag.off", customer.id, marks.tag_called(req.tx, tag) or 0)
        for tag in customer.tags
    ]
    offered = [
        Button(plain(name), "tag.on", customer.id, tag_id)
        for tag_id, name in marks.tags_near(req.tx, req.actor) if fold(name) not in held
    ]  # fmt: skip
    lines = [*above, t("card.name", name=customer.name)]
    lines.append(t("tag.now", tags=values.show_tags(customer.tags)) if customer.tags else t("tag.none"))
    rows = [part[at : at + 3] for part in (mine, offered) for at in range(0, len(part), 3)]
    last = [Button(t("tag.new"), "tag.new", customer.id), Button(t("button.return"), "customer", customer.id)]
    return Reply.say(
        *lines, buttons=[[req.undo()] if undo else [], *rows, last], replace=req.pressed, customer_id=customer.id
    )


def _living(req: Request) -> Customer:
    customer = customers.living(req.tx, req.actor, req.number())
    if customer.masked:
        raise NotAllowed
    return customer


def _typed(req: Request, draft: Draft) -> Reply:
    typed = draft.values["tags"]
    assert isinstance(typed, list)
    return put_on(req, _about(req, draft), typed, page=True).closing()


def _about(req: Request, draft: Draft) -> Customer:
    return customers.get(req.tx, req.actor, int(str(draft.extra["customer"])))


def _left(req: Request, draft: Draft) -> Reply:
    return _page(req, _about(req, draft), t("edit.left"))


TAG = forms.register(
    Form("tag", Action.EDIT, (Field("tags", values.tags, required=True, show=values.show_tags),), _typed,
         confirm=False, about=_about, left=_left)
)  # fmt: skip
