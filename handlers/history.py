"""What was changed, and taking it back: from the message that confirmed it, by /undo, or read in a customer's
history.
"""

from __future__ import annotations

from functools import reduce

from handlers.bulk import undoing
from handlers.fields import CUSTOMER_FIELDS, STANDING, field_of
from handlers.kit.cards import card
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import BLANK, Button, Param, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import bulk, customers, journal, staff
from store.access import Action
from store.journal import Past
from store.times import from_ms

routes = Routes()


@routes.button("undo", Action.UNDO, writes=True)
def undo(req: Request) -> Reply:
    """Takes back the change whose message this button stands under."""
    return _undo(req, req.number())


@routes.command("undo", Action.UNDO, writes=True)
def undo_last(req: Request) -> Reply:
    """/undo: takes back the last thing that this person changed."""
    last = journal.last_change(req.tx, req.actor)
    return Reply.say(t("undo.nothing")) if last is None else _undo(req, last)


def _undo(req: Request, change_id: int) -> Reply:
    in_steps = bulk.take_back(req.tx, req.actor, change_id)
    if in_steps is not None:
        return undoing(in_steps)
    ids = journal.undo(req.tx, req.actor, change_id)
    if len(ids) > 1:
        return Reply.say(t("undo.many", n=len(ids)), replace=req.pressed)
    about = customers.get_all(req.tx, req.actor, ids)
    if not about:
        return Reply.say(t("undo.done"), replace=req.pressed)
    if about[0].archived:
        said = t("undo.added", name=about[0].name)
        return Reply.say(said, replace=req.pressed, customer_id=about[0].id, masked=about[0].masked)
    return card(req, about[0], t("undo.done"), replace=req.pressed)


@routes.button("history", Action.HISTORY)
def history(req: Request) -> Reply:
    """A customer's changes, the newest first, field by field."""
    customer = customers.get(req.tx, req.actor, req.number(0))
    skip = max(req.number(1), 0) if len(req.args) > 1 else 0
    past = journal.history(req.tx, req.actor, customer.id, limit=PAGE + 1, skip=skip)
    lines = [t("history.title", name=customer.name), BLANK]
    for one in past[:PAGE]:
        who = staff.name(req.tx, one.actor_id) or t("history.kehu")
        lines.append(t("history.line", at=from_ms(one.at), who=who, what=what(one)))
    buttons = paged([], "history", customer.id, skip=skip, more=len(past) > PAGE)
    buttons.append([Button(t("button.return"), "customer", customer.id)])
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


def what(past: Past) -> Text:
    """What one change did, field by field."""
    record = t(f"record.{past.record}")
    if past.before is None:
        return t("history.begun", record=record)
    if "deleted_at" in past.after:
        return t("history.removed" if past.after["deleted_at"] else "history.restored", record=record)
    changes = [
        t("history.field", label=t(f"field.{key}"), old=_value(key, past.before.get(key)), new=_value(key, value))
        for key, value in past.after.items()
        if past.record == "customer" and key in _NAMED
    ]
    if not changes:
        return t("history.changed", record=record)
    return reduce(lambda before, after: t("history.and", before=before, next=after), changes)


_NAMED = {field.key for field in (*CUSTOMER_FIELDS, *STANDING)}


def _value(key: str, value: object) -> Param:
    return field_of(key).show(value) if value else t("edit.nothing")
