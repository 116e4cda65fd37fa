"""The day's agenda: what is due today and what is overdue, at any time, and by itself when a working day begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.followups import task_label
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, t
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
    skip = req.number() if req.args else 0
    lines, rows = _agenda(req.tx, req.actor, skip)
    return Reply.say(*lines, buttons=rows, replace=bool(req.args))


@routes.tick
def morning(tx: Tx) -> list[Message]:
    """Everybody's agenda when their working day begins; nothing to do makes no message."""
    said = []
    for owed in rounds.owed(tx, "agenda", rounds.daily):
        if not allowed(owed.actor, Action.REMIND) or tx.now - owed.at > STALE:
            continue
        if followups.count(tx, owed.actor, _end_of_day(tx.now, owed.actor)):
            lines, rows = _agenda(tx, owed.actor, 0)
            said.append(message(*lines, buttons=rows, to_staff=owed.actor.id, priority=Priority.DIGEST))
    return said


def _end_of_day(now: datetime, actor: Actor) -> datetime:
    zone = ZoneInfo(actor.zone)
    return wall_instant(now.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _agenda(tx: Tx, actor: Actor, skip: int) -> tuple[list[Text], list[list[Button]]]:
    end = _end_of_day(tx.now, actor)
    number, overdue = followups.count(tx, actor, end), followups.count(tx, actor, tx.now)
    if number == 0:
        following = followups.upcoming(tx, actor, end)
        if following is None:
            return [t("today.nothing")], []
        task = task_label(following.customer.name, following.followup.text)
        return [t("today.nothing"), t("today.next", at=following.followup.due_at, task=task)], []
    lines = [t("today.title", n=number)]
    if overdue:
        lines.append(t("today.overdue", n=overdue))
    tasks = followups.agenda(tx, actor, end, skip=skip, limit=PAGE + 1)
    rows = [row for (row,) in task_rows(tasks[:PAGE])]
    return lines, paged(rows, "today", skip=skip, more=len(tasks) > PAGE)
