"""The layout of a follow-up: when it rings, in a list, on a button; and the buttons that answer it.

message(*ring_lines(task), buttons=answer_buttons(task), ref=ref(task.followup.id), …)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from handlers.kit.cards import PHONES_SHOWN, phone_line
from handlers.kit.reply import Button, Message, Text, message, plain, t
from handlers.kit.request import Request
from store import queue, staff
from store.followups import Task
from store.reminders import ref


def at_label(at: datetime) -> Text:
    """An instant on a button."""
    return t("followup.at", at=at)


def task_text(name: str, what: str) -> Text:
    """A customer and what to do: 张三 · 发报价."""
    return t("followup.task", name=name, what=what) if what else t("followup.whose", name=name)


def task_label(name: str, what: str) -> Text:
    """The same on a button."""
    return plain(f"{name} · {what}" if what else name)


def ring_lines(task: Task, *, late: bool = False) -> list[Text]:
    """Who, what for, since when, and the number to call, as the reader may see it."""
    customer = task.customer
    company = f" · {customer.company}" if customer.company else ""
    lines = [t("followup.ring", name=customer.name, company=company)]
    if task.followup.text:
        lines.append(t("followup.what", what=task.followup.text))
    if late:
        lines.append(t("followup.since", at=task.followup.due_at))
    return lines + [phone_line(phone) for phone in customer.phones[:PHONES_SHOWN]]


def answer_buttons(task: Task) -> list[list[Button]]:
    """The answers to a ring."""
    number = task.followup.id
    return [
        [
            Button(t("followup.button.done"), "task.done", number),
            Button(t("followup.button.later"), "task.later", number),
        ],
        [
            Button(t("followup.button.note"), "task.note", number),
            Button(t("followup.button.customer"), "customer", task.customer.id),
        ],
    ]


def task_rows(tasks: Iterable[Task]) -> list[list[Button]]:
    """Follow-ups as rows of a list, each opening its card."""
    return [
        [Button(t("followup.row", at=one.followup.due_at, task=task_label(one.customer.name, one.followup.text)),
                "task", one.followup.id)]
        for one in tasks
    ]  # fmt: skip


def settled(req: Request, task: Task, line: Text) -> list[Message]:
    """Edits the ring in its member's chat so that it loses its buttons, unless one of them was just pressed."""
    address = staff.address(req.tx, task.followup.staff_id)
    if address is None:
        return []
    rung = queue.sent_as(req.tx, ref(task.followup.id), address["chat_id"])
    if rung is None or (address["chat_id"], rung) == (req.incoming.chat, req.incoming.message_id):
        return []
    return [
        message(
            line, to_staff=task.followup.staff_id, ref=ref(task.followup.id), edit=True, customer_id=task.customer.id,
            masked=task.customer.masked,
        )
    ]  # fmt: skip
