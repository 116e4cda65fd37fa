"""Undo and history: from the message that confirmed a change, by /undo, or in a customer's history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import groupby

from handlers.bulk import undoing
from handlers.fields import fields_of
from handlers.kit.cards import card
from handlers.kit.case_cards import clip
from handlers.kit.form_model import Field
from handlers.kit.lists import PAGE
from handlers.kit.reply import BLANK, Button, Param, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import bulk, customers, fields, journal, staff, told
from store import history as changes
from store.access import Action
from store.errors import KehuError, NotAllowed
from store.journal import Past
from store.times import from_ms

routes = Routes()

#: How many changes are offered to be taken back on a page, and how many are looked through for their fields.
UNDOS, MOST = 4, 10_000
#: How many changes before one that stays are looked through for one that can be taken back.
EARLIER = 30
#: What is named of a change that was taken back; the rest of it is the same kind of thing.
NAMED = 4
#: Characters of what a field held, in a line of its history.
VALUE_WIDTH = 40
#: A gap within a number, where no line may end.
_GAP = re.compile(r"(?<=\d) (?=\d)")


@routes.button("undo", Action.UNDO, writes=True)
def undo(req: Request) -> Reply:
    """Takes back the change whose message this button stands under."""
    return _undo(req, req.number())


@routes.command("undo", Action.UNDO, writes=True)
@routes.verb("undo", Action.UNDO, writes=True)
def undo_last(req: Request) -> Reply:
    """/undo: takes back the last thing that this person changed."""
    last = journal.last_change(req.tx, req.actor)
    return Reply.say(t("undo.nothing")) if last is None else _undo(req, last)


def _undo(req: Request, change_id: int) -> Reply:
    read = told.outside(req.tx, req.actor, change_id)
    if read is not None:
        return _too_late(req, change_id, read)
    in_steps = bulk.take_back(req.tx, req.actor, change_id)
    if in_steps is not None:
        return undoing(in_steps)
    hindered = journal.hindrance(req.tx, req.actor, change_id)
    if hindered is not None:
        return _rest(req, change_id) or _no_more(req, change_id, hindered)
    ids = journal.undo(req.tx, req.actor, change_id)
    changed = _changed(req, journal.entries(req.tx, req.actor, change_id))
    if len(ids) > 1:
        many = t("undo.many", n=len(ids))
        return Reply.say(many if changed is None else t("undo.many_of", what=changed, n=len(ids)), replace=req.pressed)
    about = customers.get_all(req.tx, req.actor, ids)
    done = t("undo.done") if changed is None else t("undo.done_of", what=changed)
    if not about:
        return Reply.say(done, replace=req.pressed)
    if about[0].archived:
        said = t("undo.added", name=about[0].name)
        return Reply.say(said, replace=req.pressed, customer_id=about[0].id, masked=about[0].masked)
    if changed is not None:
        done = t("undo.done_for", name=about[0].name, what=changed)
    return card(req, about[0], done, replace=req.pressed)


def _rest(req: Request, change_id: int) -> Reply | None:
    """Undoes a list that was changed at once but for whoever has changed since, as one that was changed in steps."""
    taken = bulk.take_back_standing(req.tx, req.actor, change_id)
    if taken is None:
        return None
    done, kept = taken
    return Reply.say(t("bulk.taken_back", n=done), t("bulk.kept", n=kept), replace=req.pressed)


#: What can be done instead about what a customer has read: the button, its route, and which id that takes.
_INSTEAD = {
    "feedback": ("feedback.button.answer", "fb.answer", "record_id"),
    "case_message": ("case.button.ask", "case.ask", "complaint_id"),
    "data_request": ("case.button.customer", "customer", "customer_id"),
}


def _too_late(req: Request, change_id: int, read: Past) -> Reply:
    """A customer has read it: said so, with what can be done instead; the change before it is one tap away."""
    label, route, which = _INSTEAD[read.record]
    number = read.record_id if which == "record_id" else int(str(read.after.get(which) or read.customer_id))
    return Reply.say(t("undo.read"), buttons=[[Button(t(label), route, number)], _earlier(req, change_id)])


def _no_more(req: Request, change_id: int, hindered: KehuError) -> Reply:
    """It is out of reach by now, or has changed since: said so; the change before it is one tap away."""
    done = journal.entries(req.tx, req.actor, change_id)
    if all(one.customer_id is None for one in done):
        raise hindered
    what = _changed(req, done) or t("undo.change")
    said = t("undo.gone" if isinstance(hindered, NotAllowed) else "undo.moved_on", what=what)
    return Reply.say(said, buttons=[_earlier(req, change_id)])


def _earlier(req: Request, change_id: int) -> list[Button]:
    """The button of the newest change before this one that can still be taken back; none where there is none near."""
    before: int | None = change_id
    for _ in range(EARLIER):
        before = journal.last_change(req.tx, req.actor, before=before)
        if before is None:
            break
        what = _changed(req, journal.entries(req.tx, req.actor, before))
        if what is not None and _stands(req, before):
            return [Button(t("undo.earlier", what=what), "undo", before)]
    return []


def _stands(req: Request, change_id: int) -> bool:
    """Whether a change can still be taken back; of a long list what can't be stays as it is, and the rest goes back."""
    if told.outside(req.tx, req.actor, change_id) is not None:
        return False
    in_steps = bulk.in_steps(req.tx, change_id)
    return in_steps or journal.hindrance(req.tx, req.actor, change_id) is None


def _changed(req: Request, done: Sequence[Past]) -> Text | None:
    """The subject of a change without its content: fields by their names, records by their kind and number; None if it
    did nothing.
    """
    known = fields_of(req)
    parts: dict[str | tuple[str, int], Text] = {}
    for one in done:
        if one.record == "customer" and one.before is not None:
            parts |= {key: field.label for key, field in known.items() if key in touched(one)}
        if one.record == "complaint":
            parts["complaint", one.record_id] = t("undo.case", number=str(one.record_id))
        else:
            parts[one.record] = t(f"record.{one.record}")
    if "customer" in parts and len(parts) > 1:
        del parts["customer"]
    shown = list(parts.values())[:NAMED]
    return reduce(lambda before, after: t("undo.and", before=before, next=after), shown) if shown else None


@routes.button("history", Action.HISTORY)
def history(req: Request) -> Reply:
    """A customer's changes, the newest first, field by field; of one field when its key follows."""
    customer = customers.get(req.tx, req.actor, req.number(0))
    skip = max(req.number(1), 0) if len(req.args) > 1 else 0
    key = req.word(2) if len(req.args) > 2 else ""
    known = fields_of(req)
    if key and key not in known:
        raise KehuError("no_longer")
    about = (lambda past: key in touched(past)) if key else None
    past = changes.page(req.tx, req.actor, customer.id, skip=skip, limit=PAGE + 1, about=about)
    title = t("history.title_of", name=customer.name, label=known[key].label) if key else None
    lines = [title or t("history.title", name=customer.name), *_by_day(req, known, past[:PAGE], key)]
    if not past:
        lines += [BLANK, t("history.none")]
    mine = [Button(t("history.undo", what=what(known, one, key)), "undo", one.change_id)
            for one in past[:PAGE] if one.undoable and one.before is not None][:UNDOS]  # fmt: skip
    args = (customer.id, skip, key) if key else (customer.id, skip)
    buttons = [*([one] for one in mine), *_paged(args, more=len(past) > PAGE)]
    buttons.append([
        Button(t("history.by_field"), "history.fields", customer.id),
        Button(t("button.return"), "details", customer.id),
    ])  # fmt: skip
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=customer.id)


def _by_day(req: Request, known: Mapping[str, Field], past: Sequence[Past], key: str) -> list[Text]:
    """Changes under the day and whoever made them, each with its time."""
    lines: list[Text] = []
    for (day, who), run in groupby(past, lambda one: (_local(req, one).date(), one.actor_id)):
        lines += [BLANK, t("history.day", day=day, who=staff.name(req.tx, who) or t("history.kehu"))]
        for one in run:
            time, did = f"{_local(req, one):%H:%M}", what(known, one, key)
            lines.append(t("history.line_undone" if one.undone else "history.line", time=time, what=did))
    return lines


def _local(req: Request, one: Past) -> datetime:
    return from_ms(one.at).astimezone(req.zone)


def _paged(args: tuple[int | str, ...], *, more: bool) -> list[list[Button]]:
    """The ways to the pages before and after; the place in the list stands before the field's key."""
    customer_id, skip, *key = args
    nav = []
    if int(skip) > 0:
        nav.append(Button(t("button.less"), "history", customer_id, max(int(skip) - PAGE, 0), *key))
    if more:
        nav.append(Button(t("button.more"), "history", customer_id, int(skip) + PAGE, *key))
    return [nav] if nav else []


@routes.button("history.fields", Action.HISTORY)
def by_field(req: Request) -> Reply:
    """Which field's history to read: those that were ever changed."""
    customer = customers.get(req.tx, req.actor, req.number())
    past = journal.history(req.tx, req.actor, customer.id, limit=MOST, about=lambda one: one.before is not None)
    changed = {key for one in past for key in touched(one)}
    buttons = [
        Button(field.label, "history", customer.id, 0, key) for key, field in fields_of(req).items() if key in changed
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    back = [Button(t("button.return"), "history", customer.id)]
    said = t("history.which") if buttons else t("history.none")
    return Reply.say(t("card.name", name=customer.name), said, buttons=[*rows, back], replace=True,
                     customer_id=customer.id)  # fmt: skip


def touched(past: Past) -> set[str]:
    """The keys of the fields that a change of a customer is about; each of the company's own by itself."""
    own = (past.before or {}).get("custom"), past.after.get("custom")
    before, after = (dict(values) if isinstance(values, dict) else {} for values in own)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    return (past.after.keys() - {"custom"}) | {fields.own_key(int(name)) for name in changed}


def what(known: Mapping[str, Field], past: Past, only: str = "") -> Text:
    """The effect of a change, field by field, or on one field only."""
    record = t(f"record.{past.record}")
    if past.before is None and not only:
        return t("history.begun", record=record)
    if "deleted_at" in past.after and past.before is not None:
        put_away = "removed" if past.record != "customer" else "archived"
        return t(f"history.{put_away}" if past.after["deleted_at"] else "history.restored", record=record)
    done = [
        _tagged(field, past) if key == "tags"
        else t("history.field", label=field.label, old=_value(field, past.before, key),
               new=_value(field, past.after, key))
        for key, field in known.items()
        if past.record == "customer" and key in touched(past) and only in ("", key)
    ]  # fmt: skip
    if not done:
        return t("history.changed", record=record)
    return reduce(lambda before, after: t("history.and", before=before, next=after), done)


def _tagged(field: Field, past: Past) -> Text:
    """Which tags came and which went, not all that there are."""
    before, after = (dict.fromkeys(changes.tags(values)) for values in (past.before, past.after))
    came, went = [tag for tag in after if tag not in before], [tag for tag in before if tag not in after]
    parts = [t("history.tags_on", tags=field.show(came))] if came else []
    parts += [t("history.tags_off", tags=field.show(went))] if went else []
    both = reduce(lambda one, other: t("history.beside", before=one, next=other), parts or [t("edit.same")])
    return t("form.line", label=field.label, value=both)


def _value(field: Field, values: Mapping[str, object] | None, key: str) -> Param:
    """What a field held, short, and a number whole in its line."""
    own = fields.own_id(key)
    held = (values or {}).get(key if own is None else "custom")
    if own is not None:
        held = held.get(str(own)) if isinstance(held, dict) else None
    if held in (None, "", []):
        return t("edit.nothing")
    shown = field.show(held)
    if not isinstance(shown, str):
        return shown
    short = clip(" ".join(shown.split()), VALUE_WIDTH)
    return _GAP.sub("\u00a0", short)
