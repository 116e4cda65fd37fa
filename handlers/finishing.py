"""A sentence that says that what a reminder asks for is done: done Anna Larsson, 李娜的提醒完成了.

The customer's open reminder is done with it, as by its button; which of several is asked. Where none is open that is
said. What names nobody of one's own goes the way that it would have gone.
"""

from __future__ import annotations

from handlers import changes
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.subject import subject
from handlers.kit.tasks import task_label
from handlers.reminders import finish
from handlers.understand import finished
from store import followups, mentions
from store.access import Action, allowed
from store.followups import Task
from store.rules.models import Customer
from store.rules.script import fold

routes = Routes()


@routes.kind("finish", Action.STAFF, writes=True)
def done(req: Request) -> Reply:
    """A line that has the shape of it."""
    left = finished.recognise(req.incoming.text)
    meant, words = _meant(req, left) if left and allowed(req.actor, Action.REMIND) else ([], "")
    tasks = [task for one in meant for task in _open_of(req, one) if words in fold(task.followup.text)]
    if not meant or (words and not tasks):
        return changes.change(req)
    if len(tasks) == 1:
        return finish(req, tasks[0].followup.id)
    first, others = meant[0], tuple(one.id for one in meant[1:])
    if not tasks:
        ways = [Button(t("card.button.follow"), "follow", first.id), Button(t("button.open"), "open", first.id)]
        return Reply.say(t("move.none", name=first.name), buttons=[ways], customer_id=first.id)
    rows = [
        [Button(t("followup.row", at=one.followup.due_at, task=task_label(one.customer.name, one.followup.text)),
                "task.done", one.followup.id)]
        for one in tasks[:PAGE]
    ]  # fmt: skip
    return Reply.say(t("finish.which"), buttons=rows, customer_id=first.id, others=others)


def _meant(req: Request, left: str) -> tuple[list[Customer], str]:
    """Whom a line names, and what else it says: what of them is done."""
    named = mentions.named(req.tx, req.actor, left)
    for one in named:
        left = left.replace(one.said, " ")
    about = None if named else subject(req, left)
    if about is not None and about.sure and not about.customers[0].masked:
        return [about.customers[0]], fold(about.words)
    return [one.customer for one in named], fold(finished.bared(left))


def _open_of(req: Request, customer: Customer) -> list[Task]:
    """What is to be done for a customer: by oneself, or else by others."""
    found = followups.open_of(req.tx, req.actor, customer.id)
    mine = [one for one in found if one.staff_id == req.actor.id]
    return [Task(one, customer) for one in mine or found]
