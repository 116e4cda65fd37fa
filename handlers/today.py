"""The daily agenda: follow-ups due and overdue, neglected customers, complaints; each line a button.

By /today at any time, and sent when the member's day begins, in their zone, on working days (handlers/my_day.py sets
how). Support, who have no customers of their own, see their cases, the nearest deadline first, and the number of
unassigned ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.cards import row_label
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.tasks import task_label
from store import cadence, case_queue, customers, followups, own_day, rounds
from store.access import Action, Actor, allowed
from store.cadence import Neglected
from store.case_queue import Queue
from store.db import Tx
from store.errors import NotAllowed
from store.followups import Task
from store.own_day import Idle
from store.queue import Priority
from store.rules.ladder import wall_instant
from store.rules.models import Complaint, Customer

routes = Routes()

#: After this a morning's agenda that an outage held back is no help any more; /today says the same at any time.
STALE = timedelta(hours=3)
#: Cases that are named, the most severe; the line above counts them all.
CASES_NAMED = 5
#: Of those who are there for cases: all that one person can have in hand.
CASES_MOST = 50
#: Nobody does more than this in a day; what is beyond it moves up as the list gets shorter.
TASKS_NAMED = 100


@dataclass(frozen=True, slots=True)
class Agenda:
    """A member's day. `open_cases` includes those not listed, `overdue` counts overdue tasks, `due` cases whose
    deadline is near or missed, `free` unassigned cases.
    """

    tasks: tuple[Task, ...] = ()
    number: int = 0
    overdue: int = 0
    born: tuple[Customer, ...] = ()
    silent: tuple[Neglected, ...] = ()
    cases: tuple[Complaint, ...] = ()
    open_cases: int = 0
    due: int = 0
    free: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.number or self.born or self.silent or self.open_cases or self.free)


@routes.command("today", Action.STAFF)
@routes.verb("today", Action.STAFF)
@routes.button("today", Action.STAFF)
def today(req: Request) -> Reply:
    """The agenda, a page at a time; an empty one is one line that says what comes next."""
    agenda = _agenda(req.tx, req.actor)
    if agenda.empty:
        return Reply((replace(_nothing(req.tx, req.actor), replace=bool(req.args)),))
    skip = max(req.number(), 0) if req.args else 0
    return Reply((replace(_said(req.tx, req.actor, agenda, skip), replace=bool(req.args)),))


@routes.tick
def morning(tx: Tx) -> list[Message]:
    """Everybody's agenda when their day begins."""
    said = []
    for owed in rounds.owed(tx, "agenda", rounds.daily):
        if tx.now - owed.at > STALE:
            continue
        idle = own_day.of(tx, owed.actor.id).idle
        if idle is Idle.OFF:
            continue
        agenda = _agenda(tx, owed.actor)
        if not agenda.empty:
            said.append(_said(tx, owed.actor, agenda, 0))
        elif idle is Idle.LINE:
            said.append(_nothing(tx, owed.actor))
        else:
            continue
        said[-1] = replace(said[-1], to_staff=owed.actor.id, priority=Priority.DIGEST)
    return said


def _agenda(tx: Tx, actor: Actor) -> Agenda:
    if not allowed(actor, Action.REMIND):
        return _desk(tx, actor)
    zone = ZoneInfo(actor.zone)
    date = tx.now.astimezone(zone).date()
    midnight, end = wall_instant(date, time(), zone), wall_instant(date + timedelta(days=1), time(), zone)
    sees_cases = allowed(actor, Action.SEE_CASE)
    return Agenda(
        tasks=tuple(followups.agenda(tx, actor, end, limit=TASKS_NAMED)),
        number=followups.count(tx, actor, end),
        overdue=followups.count(tx, actor, tx.now),
        born=tuple(cadence.birthdays(tx, actor, date)),
        silent=tuple(cadence.today(tx, actor, midnight)),
        cases=tuple(case_queue.page(tx, actor, Queue.ALL, limit=CASES_NAMED)) if sees_cases else (),
        open_cases=case_queue.count(tx, actor, Queue.ALL) if sees_cases else 0,
    )


def _desk(tx: Tx, actor: Actor) -> Agenda:
    """The day of somebody who is there for cases: what presses, what they have in hand, what waits for somebody."""
    due = case_queue.page(tx, actor, Queue.DUE, limit=CASES_MOST)
    mine = case_queue.page(tx, actor, Queue.MINE, limit=CASES_MOST)
    cases = {case.id: case for case in (*due, *mine)}
    free = case_queue.count(tx, actor, Queue.FREE)
    return Agenda(cases=tuple(cases.values()), open_cases=len(cases), due=len(due), free=free)


def _said(tx: Tx, actor: Actor, agenda: Agenda, skip: int) -> Message:
    """A page of the agenda, with how much there is of each kind above it."""
    rows = [
        *_task_rows(agenda.tasks, tx.now), *_birthday_rows(agenda.born), *_silent_rows(agenda.silent, tx.now),
        *_case_rows(tx, actor, agenda),
    ]  # fmt: skip
    number = agenda.number + len(agenda.born) + len(agenda.silent) + agenda.open_cases
    lines = [t("today.title", n=number)] if number else []
    if agenda.number:
        lines.append(t("today.overdue" if agenda.overdue else "today.tasks", n=agenda.number, overdue=agenda.overdue))
    if agenda.born:
        lines.append(t("today.born", n=len(agenda.born)))
    if agenda.silent:
        lines.append(t("today.silent", n=len(agenda.silent)))
    if agenda.due:
        lines.append(t("today.due", n=agenda.due))
    if agenda.open_cases > agenda.due:
        lines.append(t("today.cases", n=agenda.open_cases - agenda.due))
    if agenda.free:
        lines.append(t("today.free", n=agenda.free))
    buttons = paged(rows[skip : skip + PAGE], "today", skip=skip, more=len(rows) > skip + PAGE)
    if allowed(actor, Action.REMIND):
        buttons.append([Button(t("today.week"), "week")])
    elif agenda.free:
        buttons.append([Button(t("today.take"), "cases", Queue.FREE.value, 0)])
    about = [one.customer.id for one in agenda.tasks] + [one.id for one in agenda.born]
    about += [one.customer.id for one in agenda.silent]
    return message(*lines, buttons=buttons, customer_id=about[0] if about else None, others=tuple(about[1:]))


def _task_rows(tasks: tuple[Task, ...], now: datetime) -> list[Button]:
    rows = []
    for one in tasks:
        key = "today.row.overdue" if one.followup.due_at < now else "today.row.task"
        label = t(key, at=one.followup.due_at, task=task_label(one.customer.name, one.followup.text))
        rows.append(Button(label, "task", one.followup.id))
    return rows


def _birthday_rows(born: tuple[Customer, ...]) -> list[Button]:
    return [Button(t("today.row.born", who=row_label(one)), "open", one.id) for one in born]


def _silent_rows(silent: tuple[Neglected, ...], now: datetime) -> list[Button]:
    return [
        Button(
            t("today.row.silent", name=one.customer.name, level=_level(one), n=(now - one.since).days),
            "open", one.customer.id,
        )
        for one in silent
    ]  # fmt: skip


def _level(one: Neglected) -> Text:
    return t(f"level.{one.customer.level}")


def _case_rows(tx: Tx, actor: Actor, agenda: Agenda) -> list[Button]:
    rows = []
    for place, case in enumerate(agenda.cases):
        try:
            name = customers.get(tx, actor, case.customer_id).name
        except NotAllowed:
            name = ""
        key = "today.row.case" if place >= agenda.due else "today.row.due"
        label = t(key, number=str(case.id), name=name, status=t(f"case.status.{case.status}"))
        rows.append(Button(label, "case", case.id))
    return rows


def _nothing(tx: Tx, actor: Actor) -> Message:
    if not allowed(actor, Action.REMIND):
        return message(t("today.no_cases"))
    following = followups.upcoming(tx, actor, tx.now)
    if following is None:
        return message(t("today.nothing"))
    task = task_label(following.customer.name, following.followup.text)
    comes = t("today.next", at=following.followup.due_at, task=task)
    return message(t("today.nothing"), comes, customer_id=following.customer.id)
