"""What was changed, and taking it back: from the message that confirmed it, by /undo, or read in a customer's
history.
"""

from __future__ import annotations

from handlers.fields import field_of
from handlers.kit.cards import card
from handlers.kit.lists import PAGE
from handlers.kit.reply import BLANK, Button, Param, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import customers, journal, staff
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
    about = journal.undo(req.tx, req.actor, change_id)
    said = t("undo.done")
    for customer in customers.get_all(req.tx, req.actor, about):
        if not customer.archived:
            return card(req, customer, said, replace=req.pressed)
    return Reply.say(said, replace=req.pressed)


@routes.button("history", Action.HISTORY)
def history(req: Request) -> Reply:
    """A customer's changes, the newest first, field by field."""
    customer, skip = customers.get(req.tx, req.actor, req.number(0)), req.number(1) if len(req.args) > 1 else 0
    past = journal.history(req.tx, req.actor, customer.id, limit=PAGE + 1, skip=skip)
    lines = [t("history.title", name=customer.name), BLANK]
    for one in past[:PAGE]:
        lines.append(
            t(
                "history.line",
                at=from_ms(one.at),
                who=staff.name(req.tx, one.actor_id) or t("history.kehu"),
                what=_what(one),
            )
        )
    nav = []
    if skip:
        nav.append(Button(t("button.less"), "history", customer.id, max(skip - PAGE, 0)))
    if len(past) > PAGE:
        nav.append(Button(t("button.more"), "history", customer.id, skip + PAGE))
    return Reply.say(
        *lines, buttons=[nav, [Button(t("button.back"), "customer", customer.id)]], replace=True,
        customer_id=customer.id,
    )  # fmt: skip


def _what(past: Past) -> Text:
    if past.before is None:
        return t("history.begun", record=t(f"record.{past.record}"))
    if past.record != "customer":
        return t("history.changed", record=t(f"record.{past.record}"))
    changes = [
        t("history.field", label=t(f"field.{key}"), old=_value(key, past.before.get(key)), new=_value(key, value))
        for key, value in past.after.items()
        if key in _NAMED
    ]
    if not changes:
        return t("history.changed", record=t("record.customer"))
    return changes[0] if len(changes) == 1 else t("history.several", first=changes[0], n=len(changes) - 1)


_NAMED = ("name", "company", "title", "phones", "emails", "wechat", "address", "level", "stage")


def _value(key: str, value: object) -> Param:
    if not value:
        return t("edit.nothing")
    if key in ("level", "stage"):
        return t(f"{key}.{value}")
    shown = field_of(key).show(value)
    return plain(shown) if isinstance(shown, str) else shown
