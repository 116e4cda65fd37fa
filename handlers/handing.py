"""Handing a follow-up to a colleague: a manager assigns it from its card, or the ladder offers one that nobody
answered.

An offer names no customer, because its readers may not see the customer; whoever takes the follow-up may.
"""

from __future__ import annotations

from datetime import datetime

from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.tasks import answer_buttons, ring_lines, settled, task_text
from store import access, followups, handing, staff
from store.access import Action
from store.db import Tx
from store.errors import NotAllowed
from store.followups import Task
from store.handing import Offer
from store.queue import Priority

routes = Routes()


@routes.button("task.whom", Action.ASSIGN)
def whom(req: Request) -> Reply:
    """The members to whom a follow-up may be given, a page at a time."""
    task = followups.task(req.tx, req.actor, req.number())
    skip = max(req.number(1), 0)
    found = handing.colleagues(req.tx, req.actor, task.followup.id)
    rows = [Button(plain(one.name), "task.give", task.followup.id, one.id) for one in found[skip : skip + PAGE]]
    listed = paged(rows, "task.whom", task.followup.id, skip=skip, more=len(found) > skip + PAGE)
    back = [Button(t("button.back"), "task", task.followup.id)]
    question = t("followup.to_whom" if found else "followup.to_nobody", task=_words(task))
    return Reply.say(question, buttons=[*listed, back], replace=True, customer_id=task.customer.id)


@routes.button("task.give", Action.ASSIGN, writes=True)
def give(req: Request) -> Reply:
    """Gives it; the colleague is told, and a ring that stands in the chat of who had it loses its buttons."""
    before = followups.task(req.tx, req.actor, req.number())
    return given(req, before, req.number(1))


def given(req: Request, before: Task, staff_id: int) -> Reply:
    """A follow-up that goes to a colleague, with the news for everybody whom it concerns."""
    task = handing.give(req.tx, req.actor, before.followup.id, staff_id)
    done = t("followup.given", who=staff.name(req.tx, staff_id), at=task.followup.due_at, task=_words(task))
    buttons = [[req.undo(), Button(t("button.open"), "task", task.followup.id)]]
    reply = Reply.say(done, buttons=buttons, replace=req.pressed, customer_id=task.customer.id)
    return reply.also(*settled(req, before, done), *_news(req, task, staff_id))


def _news(req: Request, task: Task, staff_id: int) -> list[Message]:
    """The message to the colleague, rendered as they see it."""
    if staff_id == req.actor.id:
        return []
    theirs = followups.task(req.tx, staff.as_actor(req.tx, staff_id), task.followup.id)
    access.stand(req.tx, req.actor)
    head = t("followup.given_to_you", who=req.actor.name, at=theirs.followup.due_at)
    return [
        message(
            head, *ring_lines(theirs), buttons=answer_buttons(theirs), to_staff=staff_id,
            customer_id=theirs.customer.id, masked=theirs.customer.masked, priority=Priority.NEWS,
        )
    ]  # fmt: skip


@routes.tick
def offer(tx: Tx) -> list[Message]:
    """The last rung: colleagues may take what nobody answered."""
    return [_offered(tx, one, reader, awake) for one in handing.claim_offers(tx) for reader, awake in one.colleagues]


def _offered(tx: Tx, one: Offer, reader: int, awake: datetime) -> Message:
    head = t("offer.head", who=staff.name(tx, one.staff_id))
    about = t("offer.about", level=t(f"level.{one.level}"), at=one.due_at)
    return message(
        head, about, t("offer.how"), buttons=[[Button(t("offer.take"), "offer.take", one.id)]], to_staff=reader,
        priority=Priority.NEWS, not_before=awake,
    )  # fmt: skip


@routes.button("offer.take", Action.REMIND, writes=True)
def take(req: Request) -> Reply:
    """The first who takes it has it, and sees the customer for it."""
    task, before = handing.take(req.tx, req.actor, req.number())
    lines = [t("offer.taken"), *ring_lines(task, late=True)]
    buttons = [*answer_buttons(task), [req.undo()]]
    told = [
        message(
            t("offer.told", who=req.actor.name, task=_words(theirs)), to_staff=reader, customer_id=theirs.customer.id,
            buttons=[[Button(t("button.open"), "task", theirs.followup.id)]], priority=Priority.NEWS,
        )
        for reader, theirs in _readers(req, task, before)
    ]  # fmt: skip
    return Reply.say(*lines, buttons=buttons, replace=True, customer_id=task.customer.id).also(*told)


def _readers(req: Request, task: Task, before: int) -> list[tuple[int, Task]]:
    """The previous member and the managers of the team: those who may open it."""
    found = []
    for reader in dict.fromkeys([before, *staff.managers_of(req.tx, task.customer.team_id)]):
        try:
            found.append((reader, followups.task(req.tx, staff.as_actor(req.tx, reader), task.followup.id)))
        except NotAllowed:
            continue
    access.stand(req.tx, req.actor)
    return [(reader, theirs) for reader, theirs in found if reader != req.actor.id]


def _words(task: Task) -> Text:
    return task_text(task.customer.name, task.followup.text)
