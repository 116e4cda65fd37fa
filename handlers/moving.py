"""A sentence that moves a reminder which is open: the one it names, of the customer it names or who was looked at last.

    张三的提醒推迟到明天下午     postpone Jane's follow-up to Friday 3pm     推迟两天     snooze Jane 1 hour

Which of several is asked with buttons that already hold the new time. Where none is open, that is said, and a reminder
at that time is a tap away. What turns out to be no move goes the way that it would have gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from handlers import changes
from handlers.followups import FOLLOWUP, unsure, waking
from handlers.kit import forms
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.subject import goes_on, subject
from handlers.kit.tasks import at_label, task_label
from handlers.reminders import SNOOZE, put_off
from handlers.understand import postponed
from handlers.understand.changes import is_looked_at
from handlers.understand.postponed import Move
from store import followups, mentions
from store.access import Action, allowed
from store.followups import Task
from store.rules.models import Customer
from store.rules.script import fold
from store.times import to_ms

routes = Routes()


@routes.kind("move", Action.STAFF, writes=True)
def move(req: Request) -> Reply:
    """A line that has the shape of a move."""
    if allowed(req.actor, Action.REMIND):
        for asked in postponed.moves(req.incoming.text):
            until = _until(req, asked)
            reply = None if until is None else _moved(req, asked, until)
            if reply is not None:
                return reply
    return changes.change(req)


def put_right(req: Request, said: str) -> Reply | None:
    """The reminder that was looked at last is for another time; None where `said` is no time, or none is open."""
    asked = Move("", said)
    until = _until(req, asked)
    return None if until is None or until.at is None else _moved(req, asked, until)


class _Until(NamedTuple):
    """The new time: an instant with what else it may mean, or a length from when it was to ring."""

    asked: Move
    at: datetime | None
    others: tuple[datetime, ...] = ()

    def of(self, req: Request, task: Task | None) -> datetime:
        """When a follow-up is to ring; one that was due already is counted from now, and so is one that is new."""
        if self.at is not None:
            return self.at
        start = req.now if task is None else max(req.now, task.followup.due_at)
        later = postponed.after(self.asked.until, start, req.zone)
        assert later is not None
        return start - (later - start) if self.asked.sooner and task is not None else later


def _until(req: Request, asked: Move) -> _Until | None:
    told = postponed.time(asked.until, req.now, req.zone)
    if told is not None:
        return _Until(asked, told.at, told.others)
    return None if postponed.after(asked.until, req.now, req.zone) is None else _Until(asked, None)


class _About(NamedTuple):
    """Who is named, whether for sure, and the words beside the name."""

    customers: list[Customer]
    surely: bool
    words: str


def _about(req: Request, left: str) -> _About:
    if not left or is_looked_at(left):
        return _About(changes.looked_at(req), surely=True, words="")
    named = mentions.named(req.tx, req.actor, left)
    if named:
        behind = left.partition(named[0].said)[2]
        surely = not goes_on(named[0].customer, named[0].said, behind)
        for one in named:
            left = left.replace(one.said, " ")
        return _About([one.customer for one in named], surely, postponed.bared(left))
    about = subject(req, left)
    mine = [one for one in about.customers if not one.masked]
    return _About(mine, about.sure, about.words) if mine else _About([], surely=False, words=left)


def _moved(req: Request, asked: Move, until: _Until) -> Reply | None:
    """What comes of a sentence that says a time; None where it is no move after all."""
    about = _about(req, asked.left)
    found = [task for one in about.customers or changes.looked_at(req) for task in _open_of(req, one)]
    meant = [task for task in found if _says(about.words, task.followup.text)]
    if about.words and not meant and (not asked.reminder or not about.customers):
        found = []
    tasks = meant or found
    if len(tasks) == 1 and (about.surely or meant):
        return _put_off(req, tasks[0], until)
    if tasks:
        return _which(req, tasks, until, _question(until))
    if not (asked.reminder or (asked.ordered and not asked.weak)):
        return None
    if not about.customers:
        mine = followups.agenda(req.tx, req.actor, req.now + followups.FURTHEST, limit=PAGE)
        unknown = t("move.unknown", what=asked.left[:60]) if asked.left else _question(until)
        return _which(req, mine, until, unknown) if mine else None
    return _none_open(req, about.customers, until) if asked.reminder or not about.words else None


def _open_of(req: Request, customer: Customer) -> list[Task]:
    """What is to be done for a customer: by oneself, or else by others."""
    found = followups.open_of(req.tx, req.actor, customer.id)
    mine = [one for one in found if one.staff_id == req.actor.id]
    return [Task(one, customer) for one in mine or found]


def _says(words: str, text: str) -> bool:
    """Whether words mean what a follow-up is for: call, of "Call about the renewal"."""
    said, held = fold(words), fold(text)
    return bool(said and held) and (said in held or held in said)


def _put_off(req: Request, task: Task, until: _Until) -> Reply:
    at = until.of(req, task)
    if at < req.now:
        passed = t("error.invalid_past")
        return forms.begin(req, SNOOZE, only="when", extra={"task": task.followup.id}, notice=passed)
    likely = waking(req, until.others)
    if likely and unsure(at, likely, req):
        times = [Button(at_label(one), "task.snooze", task.followup.id, _minute(one)) for one in (at, *likely)]
        asked_which = t("followup.which", name=task.customer.name)
        return Reply.say(asked_which, buttons=[times], customer_id=task.customer.id)
    return put_off(req, task.followup.id, at, likely[:1])


def _minute(at: datetime) -> int:
    return to_ms(at) // 60_000


def _question(until: _Until) -> Text:
    """Which of them is to ring then, or by how much later."""
    return t("move.which") if until.at is None else t("move.which_at", at=until.at)


def _which(req: Request, tasks: Sequence[Task], until: _Until, question: Text) -> Reply:
    """Which of several; a tap moves it. A time that has passed is asked for after the tap."""
    rows = []
    for task in tasks[:PAGE]:
        at = until.of(req, task)
        what = t("followup.row", at=task.followup.due_at, task=task_label(task.customer.name, task.followup.text))
        way = ("task.later",) if at < req.now else ("task.snooze", _minute(at))
        rows.append([Button(what, way[0], task.followup.id, *way[1:])])
    return Reply.say(
        question, buttons=rows, customer_id=tasks[0].customer.id, others=tuple(one.customer.id for one in tasks[1:PAGE])
    )


def _none_open(req: Request, customers: Sequence[Customer], until: _Until) -> Reply:
    """Nothing is open there: a new one is a tap away."""
    first, at = customers[0], until.of(req, None)
    said = t("move.none", name=first.name) if len(customers) == 1 else t("move.none_of_them")
    others = tuple(one.id for one in customers[1:])
    opened = [[Button(t("followup.button.customer"), "open", first.id)]]
    if at < req.now:
        return Reply.say(said, buttons=opened, customer_id=first.id, others=others)
    draft = forms.draft_of(FOLLOWUP.name, values={"when": {"at": to_ms(at)}})
    make = [[Button(t("move.make", name=one.name, at=at), "follow.who", draft.nonce, one.id)] for one in customers]
    return Reply.say(said, buttons=[*make, *opened], customer_id=first.id, others=others).opening(draft)
