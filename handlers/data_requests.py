"""Customers' requests about their own data, on the staff's side: announced, answered, and reminded of before the term
ends.

A correction goes to those who may change the customer and takes one tap, as does confirming that somebody who came
through the customer's link is the customer. An erasure goes to the owners, who accept it or say why not; an accepted
one stays listed as owed until it is done. The customer is told the outcome without a member's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from handlers.cases import words
from handlers.fields import field_of, value_of
from handlers.kit import forms
from handlers.kit.case_cards import whose
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.own_file import request_line
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import customers, followups, own_data, staff
from store.access import Action, Actor
from store.db import Tx
from store.errors import KehuError, NotAllowed
from store.queue import Priority
from store.rules.data_requests import AskedWhat, DataRequest

routes = Routes()


# Told ----------------------------------------------------------------------------------------------------------------


def to_answerers(tx: Tx, asked: DataRequest, *above: Text) -> list[Message]:
    """A request, to each who owes the answer, as they see it; not in their night."""
    said = []
    for member in own_data.answerers(tx, asked.id):
        reader = staff.as_actor(tx, member)
        awake = followups.hours(tx).awake(tx.now, ZoneInfo(reader.zone))
        shown = _shown(tx, reader, asked.id, above)
        if shown is not None:
            said.append(message(
                *shown.lines, buttons=shown.buttons, to_staff=member, customer_id=asked.customer_id, not_before=awake,
                priority=Priority.NEWS, ref=_ref(asked.id),
            ))  # fmt: skip
    return said


def _ref(request_id: int) -> str:
    return f"data_request:{request_id}"


def _shown(tx: Tx, reader: Actor, request_id: int, above: Iterable[Text] = ()) -> Message | None:
    """One request with its ways; None where it is not (any more) the reader's to answer."""
    try:
        asked = own_data.get(tx, reader, request_id)
        customer = customers.get(tx, reader, asked.customer_id)
    except NotAllowed:
        return None
    lines = [*above, t(f"asked.{asked.what}"), whose(customer)]
    if asked.what is AskedWhat.IDENTITY:
        lines += [t("asked.calls", name=str(asked.value or "—")), t("asked.check")]
    elif asked.doubtful:
        lines.append(t("asked.doubtful"))
    if asked.what is AskedWhat.CORRECT:
        field, now = field_of(asked.field), value_of(customer, asked.field)
        lines.append(t("asked.should", label=field.label, value=field.show(asked.value)))
        if now is not None:
            lines.append(t("asked.now", value=field.show(now)))
    due = "asked.due" if asked.what is AskedWhat.ERASE else "asked.due_correct"
    lines.append(t("asked.accepted" if asked.accepted else due, due=asked.due_at))
    yes = Button(t(f"asked.yes.{asked.what}"), "asked.yes", asked.id)
    no = Button(t("asked.no"), "asked.no", asked.id)
    if asked.what is AskedWhat.IDENTITY:
        no = Button(t("asked.not_them"), "asked.not", asked.id)
    ways = [yes, no] if asked.open else []
    opened = [Button(t("case.button.customer"), "customer", customer.id)]
    return message(*lines, buttons=[ways, opened], customer_id=customer.id)


@routes.tick
def remind(tx: Tx) -> list[Message]:
    """Reminds those who owe an answer: a week and a day before the term ends, and when it has ended."""
    return [said for asked in own_data.claim(tx) for said in to_answerers(tx, asked, _warning(tx, asked))]


def _warning(tx: Tx, asked: DataRequest) -> Text:
    if asked.due_at > tx.now:
        return t("asked.soon")
    return t("asked.over_accepted" if asked.accepted else "asked.over")


# Listed --------------------------------------------------------------------------------------------------------------


@routes.button("asked", Action.PRIVACY)
def unanswered(req: Request) -> Reply:
    """The requests that wait for an answer or for their erasure, the next due first."""
    skip = req.number() if req.args else 0
    page = own_data.unanswered(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    if not page:
        return Reply.say(t("asked.none"), replace=req.pressed)
    rows = [Button(_row(req, one), "asked.open", one.id) for one in page[:PAGE]]
    buttons = paged(rows, "asked", skip=skip, more=len(page) > PAGE)
    return Reply.say(t("asked.title"), buttons=buttons, replace=req.pressed, others=tuple(_whom(page)))


def _row(req: Request, asked: DataRequest) -> Text:
    customer = customers.get(req.tx, req.actor, asked.customer_id)
    row = "asked.row_accepted" if asked.accepted else "asked.row"
    return t(row, what=t(f"asked.short.{asked.what}"), name=customer.name, due=asked.due_at)


def _whom(page: Iterable[DataRequest]) -> set[int]:
    return {one.customer_id for one in page}


@routes.button("asked.open", Action.EDIT)
def show(req: Request) -> Reply:
    """One request."""
    shown = _shown(req.tx, req.actor, req.number())
    if shown is None:
        raise NotAllowed
    return Reply.say(*shown.lines, buttons=shown.buttons, customer_id=shown.customer_id, replace=True)


# Answered ------------------------------------------------------------------------------------------------------------


@routes.button("asked.yes", Action.EDIT, writes=True)
def grant(req: Request) -> Reply:
    """The correction is made, the erasing accepted, or somebody is the customer; they are told."""
    asked = own_data.grant(req.tx, req.actor, req.number())
    return _answered(req, asked, t(f"asked.done.{asked.what}", due=asked.due_at))


@routes.button("asked.not", Action.EDIT, writes=True)
def deny(req: Request) -> Reply:
    """Somebody is not the customer: they stay what they are, a visitor, or are put out with one tap more."""
    asked = own_data.get(req.tx, req.actor, req.number())
    if asked.what is not AskedWhat.IDENTITY:
        raise NotAllowed
    asked = own_data.refuse(req.tx, req.actor, asked.id, "")
    out = Button(t("link.button.out"), "link.out", asked.guest_id or 0)
    return _answered(req, asked, t("asked.done.not_them"), out)


@routes.button("asked.no", Action.EDIT, writes=True, keeps_form=True)
def ask_why(req: Request) -> Reply:
    """Why not? The customer reads the answer."""
    asked = own_data.get(req.tx, req.actor, req.number())
    if not asked.open:
        raise KehuError("answered")
    begun = forms.begin(req, WHY, extra={"asked": asked.id})
    return Reply.say(*begun.messages[0].lines, buttons=begun.messages[0].buttons).opening(begun.draft)


def _refused(req: Request, draft: Draft) -> Reply:
    reason = str(draft.values["reason"])
    asked = own_data.refuse(req.tx, req.actor, int(str(draft.extra["asked"])), reason)
    return _answered(req, asked, t("asked.done.refused")).closing()


WHY = forms.register(Form("asked_no", Action.EDIT, (Field("reason", words, required=True),), _refused, confirm=False))


def _answered(req: Request, asked: DataRequest, done: Text, *more: Button) -> Reply:
    """Said to who answered, and to who asked: what somebody has read is not taken back by an undo."""
    customer = customers.get(req.tx, req.actor, asked.customer_id)
    opened = Button(t("case.button.customer"), "customer", customer.id)
    said = Reply.say(
        done, whose(customer), buttons=[[*more, opened]], replace=req.pressed, customer_id=customer.id
    )  # fmt: skip
    to: dict[str, Any] = {"to_guest": asked.guest_id} if asked.guest_id else {"to_customer": customer.id}
    to_them = message(
        request_line(asked), buttons=[[Button(t("own.button.data"), "g.data")]], customer_id=customer.id,
        of=("data_request", asked.id), **to,
    )  # fmt: skip
    return said.also(to_them)
