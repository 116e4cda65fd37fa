"""A follow-up that rings, and its answers: done, later, a note; and the message to the manager when nobody answers.

`store.reminders` finds what is due; here it becomes messages. A repeated ring is a new message, since an edit rings no
bell, and the earlier one loses its buttons. Several late follow-ups come as one card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from handlers import pick
from handlers.contacts import NOTE
from handlers.followups import parse_when, quick_times
from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.reply import BLANK, Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.tasks import answer_buttons, at_label, ring_lines, settled, task_label, task_rows, task_text
from handlers.kit.texts import Reader, label
from handlers.understand import postponed
from store import followups, reminders, staff
from store.access import Action, allowed
from store.db import Tx
from store.followups import OPEN, Task
from store.queue import Priority
from store.reminders import Missed, Ring, Turn, ref
from store.rules.ladder import wall_instant
from store.rules.models import Contacted
from store.times import from_ms, to_ms

routes = Routes()

EVENING = time(19)
#: How a follow-up went, and what that is on the timeline. Nobody answering is no contact.
OUTCOMES = {"reached": Contacted.CALL, "unanswered": Contacted.NOTE, "moved": Contacted.MESSAGE}


@routes.tick
def ring(tx: Tx) -> list[Message]:
    """Rings the follow-ups that are due, for everybody."""
    turns, missed = reminders.claim(tx)
    return [one for turn in turns for one in _turn(turn)] + _all_told(tx, missed)


@routes.tick
def undelivered(tx: Tx) -> list[Message]:
    """Tells the managers of reminders that reached nobody."""
    return _all_told(tx, reminders.undelivered(tx))


def _all_told(tx: Tx, missed: Sequence[Missed]) -> list[Message]:
    """The news for each manager, a page of it in one message."""
    by_manager: dict[int, list[Missed]] = {}
    for news in missed:
        by_manager.setdefault(news.manager_id, []).append(news)
    pages = [news[at : at + PAGE] for news in by_manager.values() for at in range(0, len(news), PAGE)]
    return [_told(tx, page) for page in pages]


def _turn(turn: Turn) -> list[Message]:
    """One member's messages: what was set for this hour rings by itself, what is late or repeated comes together."""
    extra = [one for one in turn.rings if one.late or one.again]
    alone = [one for one in turn.rings if one not in extra] if len(extra) > 1 else list(turn.rings)
    said = [quietened for one in extra for quietened in _quieten(one)]
    if len(extra) > 1:
        said.append(_catch_up(turn.staff_id, extra))
    return said + [_ring(turn.staff_id, one) for one in alone]


def _ring(staff_id: int, rung: Ring) -> Message:
    task = rung.task
    lines = ring_lines(task, late=rung.late or rung.again)
    if rung.next_at is not None:
        lines.append(t("followup.next", at=rung.next_at))
    return message(
        *lines, buttons=answer_buttons(task), to_staff=staff_id, ref=ref(task.followup.id),
        customer_id=task.customer.id, masked=task.customer.masked, priority=Priority.NEWS,
    )  # fmt: skip


def _quieten(rung: Ring) -> list[Message]:
    """Takes the buttons off the message of the ring before; it goes out behind it, also when that still waits."""
    task = rung.task
    if not rung.again:
        return []
    return [
        message(
            t("followup.before", task=task_text(task.customer.name, task.followup.text)),
            to_staff=task.followup.staff_id, ref=ref(task.followup.id), amend=True, customer_id=task.customer.id,
            masked=task.customer.masked, priority=Priority.NEWS,
        )
    ]  # fmt: skip


def _catch_up(staff_id: int, rings: Sequence[Ring]) -> Message:
    tasks = [one.task for one in rings]
    lines = [t("followup.catchup", n=len(tasks))]
    more = [[Button(t("followup.button.all"), "today", 0)]] if len(tasks) > PAGE else []
    return message(
        *lines, buttons=task_rows(tasks[:PAGE]) + more, to_staff=staff_id, customer_id=tasks[0].customer.id,
        others=tuple(one.customer.id for one in tasks[1:]), ref=ref(*(one.followup.id for one in tasks)),
        priority=Priority.NEWS,
    )  # fmt: skip


def _told(tx: Tx, news: Sequence[Missed]) -> Message:
    """What a manager is told at the end of the day, a page in one message."""
    first = news[0]
    common: dict[str, Any] = {
        "to_staff": first.manager_id, "priority": Priority.NEWS, "not_before": first.not_before,
        "customer_id": first.task.customer.id, "masked": first.task.customer.masked,
    }  # fmt: skip
    if len(news) == 1:
        task = first.task
        head = t("followup.missed", who=staff.name(tx, task.followup.staff_id))
        buttons = [
            [
                Button(t("button.open"), "task", task.followup.id),
                Button(t("followup.button.give"), "task.whom", task.followup.id, 0),
                Button(t("followup.button.customer"), "customer", task.customer.id),
            ]
        ]
        return message(head, *ring_lines(task, late=True), buttons=buttons, **common)
    rows = [
        [Button(t("followup.missed_row", who=staff.name(tx, one.task.followup.staff_id),
                  task=task_label(one.task.customer.name, one.task.followup.text)), "task", one.task.followup.id)]
        for one in news
    ]  # fmt: skip
    return message(t("followup.missed_all", n=len(news)), buttons=rows, **common)


@routes.button("task", Action.REMIND)
def card(req: Request) -> Reply:
    """One follow-up, with what can be done about it."""
    return _card(req, followups.task(req.tx, req.actor, req.number()))


def _card(req: Request, task: Task, *above: Text) -> Reply:
    followup = task.followup
    lines = [*above, *ring_lines(task), t(f"followup.state.{followup.state}", at=followup.due_at)]
    if followup.outcome:
        lines.append(t("followup.outcome", outcome=followup.outcome))
    if followup.staff_id != req.actor.id:
        lines.append(t("followup.of", who=staff.name(req.tx, followup.staff_id)))
    following = followups.recurs(req.tx, req.actor, followup.id)
    if following is not None:
        lines.append(t("followup.next", at=following))
    buttons = [[Button(t("followup.button.customer"), "customer", task.customer.id)]]
    if followup.state in OPEN:
        buttons = answer_buttons(task)
        ending = [Button(t("followup.button.cancel"), "task.cancel", followup.id)]
        if following is not None:
            ending = [
                Button(t("followup.button.skip"), "task.skip", followup.id),
                Button(t("followup.button.end"), "task.cancel", followup.id),
            ]
        buttons.append(ending)
        beside = [Button(t("followup.button.file"), "task.file", followup.id)]
        if allowed(req.actor, Action.ASSIGN):
            beside.insert(0, Button(t("followup.button.give"), "task.whom", followup.id, 0))
        buttons.append(beside)
    buttons[-1].append(Button(t("followup.button.today"), "today", 0))
    return Reply.say(
        *lines, buttons=buttons, replace=True, customer_id=task.customer.id, masked=task.customer.masked
    )  # fmt: skip


@routes.button("task.done", Action.REMIND, writes=True)
def done(req: Request) -> Reply:
    """It is done with this tap; how it went may follow with another."""
    return finish(req, req.number())


def finish(req: Request, followup_id: int) -> Reply:
    """It is done; how it went may follow with a tap."""
    before = followups.task(req.tx, req.actor, followup_id)
    if before.followup.state not in OPEN:
        return _card(req, before)
    task = Task(followups.complete(req.tx, req.actor, before.followup.id), before.customer)
    number = task.followup.id
    outcomes = [Button(t(f"followup.outcomes.{code}"), "task.how", number, code) for code in OUTCOMES]
    buttons = [outcomes, [Button(t("followup.button.write"), "task.write", number), *_next_step(task)], [req.undo()]]
    line = t("followup.done", task=task_text(task.customer.name, task.followup.text))
    return _said(req, task, line, t("followup.how_went"), buttons=buttons)


def _said(req: Request, task: Task, *lines: Text, buttons: list[list[Button]]) -> Reply:
    """An answer in place of the message whose button was pressed; a ring that stands elsewhere loses its buttons."""
    told = Reply.say(
        *lines, buttons=buttons, replace=req.pressed, customer_id=task.customer.id, masked=task.customer.masked
    )  # fmt: skip
    return told.also(*settled(req, task, lines[0]))


@routes.button("task.how", Action.REMIND, writes=True)
def how(req: Request) -> Reply:
    """Logs the outcome by a button."""
    code = req.word(1)
    if code not in OUTCOMES:
        return card(req)
    words = label(t(f"followup.outcomes.{code}"), Reader(req.actor.language, req.actor.zone, req.now))
    return _conclude(req, req.number(), words, OUTCOMES[code])


@routes.button("task.write", Action.REMIND, writes=True, keeps_form=True)
def write(req: Request) -> Reply:
    """Asks for the outcome in words."""
    task = followups.task(req.tx, req.actor, req.number())
    return forms.begin(req, OUTCOME, extra={"task": task.followup.id})


def _conclude(req: Request, followup_id: int, words: str, kind: Contacted) -> Reply:
    followups.conclude(req.tx, req.actor, followup_id, words, kind)
    task = followups.task(req.tx, req.actor, followup_id)
    lines = [t("followup.done", task=task_text(task.customer.name, task.followup.text)),
             t("followup.outcome", outcome=task.followup.outcome)]  # fmt: skip
    buttons = [
        [*_next_step(task), req.undo()],
        [Button(t("followup.button.customer"), "customer", task.customer.id)],
    ]
    return _said(req, task, *lines, buttons=buttons)


def _next_step(task: Task) -> list[Button]:
    """The way to the next follow-up, which who was lent the customer does not set."""
    return [] if task.followup.lent else [Button(t("followup.button.next"), "follow", task.customer.id)]


@routes.button("task.later", Action.REMIND, writes=True)
def later(req: Request) -> Reply:
    """Until when to put it off, by button or as a time that is typed; any other line is none of it."""
    task = followups.task(req.tx, req.actor, req.number())
    if task.followup.state not in OPEN:
        return _card(req, task)
    number = task.followup.id
    times = [Button(at_label(at), "task.snooze", number, to_ms(at) // 60_000) for at in _later_times(req.now, req)]
    soon = [
        Button(t("followup.button.in_10"), "task.snooze", number, "+10"),
        Button(t("followup.button.in_60"), "task.snooze", number, "+60"),
    ]
    rows = [soon] + [times[at : at + 2] for at in range(0, len(times), 2)]
    rows.append([Button(t("followup.button.type"), "task.when", number), Button(t("button.back"), "task", number)])
    draft = forms.draft_of(LATER.name, extra={"task": number}).model_copy(update={"step": "when"})
    return Reply.say(
        *ring_lines(task), BLANK, t("followup.until"), buttons=rows, replace=True, customer_id=task.customer.id,
        masked=task.customer.masked,
    ).opening(draft)  # fmt: skip


def _later_times(now: datetime, req: Request) -> list[datetime]:
    """Tonight while it is not evening yet, then tomorrow and the other mornings."""
    local = now.astimezone(req.zone)
    tonight = wall_instant(local.date(), EVENING, req.zone)
    mornings = [at for at in quick_times(now, req) if at.astimezone(req.zone).date() != local.date()]
    return ([tonight] if now < tonight - timedelta(hours=1) else []) + mornings


@routes.button("task.snooze", Action.REMIND, writes=True)
def snooze(req: Request) -> Reply:
    """Put off by button: minutes from now ("+10"), or the minute that stood on the button."""
    minutes = req.word(1)
    until = req.now + timedelta(minutes=req.number(1)) if minutes.startswith("+") else from_ms(req.number(1) * 60_000)
    return put_off(req, req.number(), until)


@routes.button("task.when", Action.REMIND, writes=True, keeps_form=True)
def ask_when(req: Request) -> Reply:
    """Put off until a time that is typed."""
    task = followups.task(req.tx, req.actor, req.number())
    return pick.month_under(req, forms.begin(req, SNOOZE, only="when", extra={"task": task.followup.id}))


def put_off(req: Request, followup_id: int, until: datetime, others: Sequence[datetime] = ()) -> Reply:
    """It rings at another time, with the way back; `others` may have been meant as well, and are a tap away."""
    before = followups.task(req.tx, req.actor, followup_id)
    if before.followup.state not in OPEN:
        return _card(req, before)
    task = Task(followups.snooze(req.tx, req.actor, followup_id, until), before.customer)
    said = "followup.snoozed" if until >= before.followup.due_at else "followup.sooner"
    line = t(said, at=task.followup.due_at, task=task_text(task.customer.name, task.followup.text))
    lines = [line]
    if task.followup.staff_id != req.actor.id:
        lines.append(t("followup.of", who=staff.name(req.tx, task.followup.staff_id)))
    moves = [Button(t("followup.button.move", at=at), "task.snooze", followup_id, to_ms(at) // 60_000) for at in others]
    buttons = [[req.undo(), *moves, Button(t("button.open"), "task", followup_id)]]
    return _said(req, task, *lines, buttons=buttons)


@routes.button("task.note", Action.LOG, writes=True, keeps_form=True)
def note(req: Request) -> Reply:
    """A note about the customer; who writes one has heard the bell."""
    followup = followups.acknowledge(req.tx, req.actor, req.number())
    return _beside(forms.begin(req, NOTE, only="text", extra={"customer": followup.customer_id}))


def _beside(reply: Reply) -> Reply:
    """The same as a new message: the ring keeps its buttons until it is answered."""
    return replace(reply, messages=tuple(replace(one, replace=False) for one in reply.messages))


@routes.button("task.cancel", Action.REMIND, writes=True)
def cancel(req: Request) -> Reply:
    """Not needed any more; with a series, none of it."""
    before = followups.task(req.tx, req.actor, req.number())
    if before.followup.state not in OPEN:
        return _card(req, before)
    task = Task(followups.cancel(req.tx, req.actor, before.followup.id), before.customer)
    line = t("followup.cancelled", task=task_text(task.customer.name, task.followup.text))
    return _said(req, task, line, buttons=[[req.undo()]])


@routes.button("task.skip", Action.REMIND, writes=True)
def skip(req: Request) -> Reply:
    """One of a series is left out."""
    before = followups.task(req.tx, req.actor, req.number())
    if before.followup.state not in OPEN:
        return _card(req, before)
    task = Task(followups.skip(req.tx, req.actor, before.followup.id), before.customer)
    line = t("followup.skipped", at=task.followup.due_at, task=task_text(task.customer.name, task.followup.text))
    return _said(req, task, line, buttons=[[req.undo(), Button(t("button.open"), "task", task.followup.id)]])


def _until(req: Request, draft: Draft) -> Reply:
    kept = draft.values["when"]
    ms = kept["at"] if isinstance(kept, dict) else int(str(kept))
    return put_off(req, int(str(draft.extra["task"])), from_ms(ms)).closing()


def _written(req: Request, draft: Draft) -> Reply:
    words = str(draft.values["text"])
    return _conclude(req, int(str(draft.extra["task"])), words, Contacted.NOTE).closing()


SNOOZE = forms.register(
    Form(
        "snooze",
        Action.REMIND,
        (Field("when", parse_when, required=True, elsewhere=pick.button),),
        _until,
        confirm=False,
    )
)
LATER = forms.register(replace(SNOOZE, name="later", takes=postponed.is_time))
OUTCOME = forms.register(
    Form(
        "outcome",
        Action.REMIND,
        (Field("text", lambda _, typed: typed.strip()[: followups.TEXT_MAX], required=True),),
        _written,
        confirm=False,
    )
)
