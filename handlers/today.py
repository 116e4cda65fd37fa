"""The day's agenda: what is due today and what is overdue, at any time, and by itself when a working day begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.followups import task_label
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Message, Reply, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.reminders import task_rows
from store import followups, rounds
from store.access import Action, Actor, allowed
from store.db import Tx
from store.queue import Priority
from store.rules.ladder import wall_instant

routes = Routes()

#: After this a morning's agenda that an outage held back is no help any more; /today says the same at any time.
STALE = timedelta(hours=3)


@routes.command("today", Action.REMIND)
@routes.button("today", Action.REMIND)
def today(req: Request) -> Reply:
    """What there is to do today, a page at a time; nothing is said in one line, with what comes next."""
    skip = max(req.number(), 0) if req.args else 0
    end = _end_of_day(req.now, req.actor)
    number = followups.count(req.tx, req.actor, end)
    if number:
        return Reply((replace(_agenda(req.tx, req.actor, number, end, skip), replace=bool(req.args)),))
    following = followups.upcoming(req.tx, req.actor, end)
    if following is None:
        return Reply.say(t("today.nothing"), replace=bool(req.args))
    task = task_label(following.customer.name, following.followup.text)
    comes = t("today.next", at=following.followup.due_at, task=task)
    return Reply.say(t("today.nothing"), comes, replace=bool(req.args), customer_id=following.customer.id)


@routes.tick
def morning(tx: Tx) -> list[Message]:
    """Everybody's agenda when their working day begins; nothing to do makes no message."""
    said = []
    for owed in rounds.owed(tx, "agenda", rounds.daily):
        if not allowed(owed.actor, Action.REMIND) or tx.now - owed.at > STALE:
            continue
        end = _end_of_day(tx.now, owed.actor)
        number = followups.count(tx, owed.actor, end)
        if number:
            agenda = _agenda(tx, owed.actor, number, end)
            said.append(replace(agenda, to_staff=owed.actor.id, priority=Priority.DIGEST))
    return said


def _end_of_day(now: datetime, actor: Actor) -> datetime:
    zone = ZoneInfo(actor.zone)
    return wall_instant(now.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _agenda(tx: Tx, actor: Actor, number: int, end: datetime, skip: int = 0) -> Message:
    """A page of what the actor has to do before `end`, of which there are `number`."""
    lines = [t("today.title", n=number)]
    overdue = followups.count(tx, actor, tx.now)
    if overdue:
        lines.append(t("today.overdue", n=overdue))
    tasks = followups.agenda(tx, actor, end, skip=skip, limit=PAGE + 1)
    rows = [row for (row,) in task_rows(tasks[:PAGE])]
    buttons = paged(rows, "today", skip=skip, more=len(tasks) > PAGE)
    return message(*lines, buttons=buttons, customer_id=tasks[0].customer.id if tasks else None)
