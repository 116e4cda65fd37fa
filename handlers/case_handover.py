"""News of several cases that need a new assignee: one message for each reader, with the number and a way to the list.

When a member leaves, moves or changes role, their cases fall back to the team (`freed`); when a list of customers is
given to somebody, its open cases come along (`came_along`). A single case is announced with its card instead
(handlers/case_news.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from handlers.case_news import staff_news
from handlers.kit.reply import Button, Message, Text, message, t
from store import access, bulk, case_moves, case_news, staff
from store.access import Action
from store.bulk import Progress
from store.case_queue import Queue
from store.db import Tx
from store.errors import NotAllowed
from store.queue import Priority
from store.rules.models import Member


def freed(tx: Tx, member: Member, had: Sequence[int], *, but: int) -> list[Message]:
    """News for the teams about the cases that a member had before and can't handle any more."""
    still = case_moves.held(tx, member.id)
    lost = [case_id for case_id in had if case_id not in still]
    if len(lost) == 1:
        headline = t("case.news.freed", n=1, name=member.name)
        return staff_news(tx, lost[0], case_news.candidates(tx, lost[0]), headline, but=but)
    number = Counter(reader for case_id in lost for reader in case_news.candidates(tx, case_id) if reader != but)
    return [_told(tx, reader, t("case.news.freed", n=n, name=member.name)) for reader, n in number.items()]


def came_along(tx: Tx, done: Progress) -> list[Message]:
    """News after a whole list of customers was given to somebody: to the new owner about all its open cases, and to
    those who handle cases there about the ones that came from other teams.
    """
    if not (done.ended and done.heir) or done.undoing:
        return []
    try:
        giver = staff.as_actor(tx, done.staff_id)
        heir = staff.as_actor(tx, done.heir)
    except NotAllowed:  # either has left meanwhile
        return []
    came = bulk.came_along(tx, giver, done.change_id)
    handling = case_news.handling(tx, heir.team_id) if came.moved else []
    told = _each(tx, [one for one in handling if one != giver.id], "case.news.came", came.moved, giver.name)
    if came.all and heir.id not in (giver.id, *handling):
        told += _each(tx, [heir.id], "case.news.came", came.all, giver.name)
    return told


def _each(tx: Tx, readers: Iterable[int], key: str, number: int, name: str) -> list[Message]:
    return [_told(tx, reader, t(key, n=number, name=name)) for reader in readers]


def _told(tx: Tx, reader: int, headline: Text) -> Message:
    """Whoever handles cases is led to those that nobody has, others to all that they see."""
    handles = access.allowed(staff.as_actor(tx, reader), Action.HANDLE)
    shown = Button(t("case.news.show"), "cases", (Queue.FREE if handles else Queue.ALL).value, 0)
    return message(headline, buttons=[[shown]], to_staff=reader, priority=Priority.NEWS)
