"""The life of a case as data: the steps that it can take, and the statuses between which each step leads.

    MOVES[Step.RESOLVE][CaseStatus.WAITING]    →  CaseStatus.RESOLVED
    CaseStatus.CLOSED in MOVES[Step.TAKE]      →  False: a closed case can't be taken

store/complaints.py makes the steps; whatever asks which cases are still open asks with `UNRESOLVED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from store.rules.models import CaseStatus


class Step(StrEnum):
    """What can happen to a case."""

    TAKE = "take"  # a member becomes its assignee
    ASK = "ask"  # the staff asks the customer something and waits for the answer
    TELL = "tell"  # the staff tells the customer something
    HEAR = "hear"  # the customer adds to it
    RESOLVE = "resolve"
    CLOSE = "close"  # the customer is satisfied, or the staff puts it away
    REOPEN = "reopen"
    MERGE = "merge"  # it repeats another case of the same customer


_OPEN, _BUSY, _WAITING = CaseStatus.OPEN, CaseStatus.IN_PROGRESS, CaseStatus.WAITING
_RESOLVED, _CLOSED, _AGAIN = CaseStatus.RESOLVED, CaseStatus.CLOSED, CaseStatus.REOPENED

#: The statuses in which somebody still has to do something.
UNRESOLVED = (_OPEN, _BUSY, _WAITING, _AGAIN)
#: The same as a condition on `complaint` and its views.
UNRESOLVED_SQL = "deleted_at IS NULL AND status IN ('open', 'in_progress', 'waiting', 'reopened')"

#: For each step, the statuses from which it may be made and the status that follows.
MOVES: Mapping[Step, Mapping[CaseStatus, CaseStatus]] = {
    Step.TAKE: {_OPEN: _BUSY, _AGAIN: _BUSY, _BUSY: _BUSY, _WAITING: _WAITING},
    Step.ASK: dict.fromkeys(UNRESOLVED, _WAITING),
    Step.TELL: {_OPEN: _BUSY, _AGAIN: _BUSY, _BUSY: _BUSY, _WAITING: _WAITING},
    Step.HEAR: {_OPEN: _OPEN, _BUSY: _BUSY, _WAITING: _BUSY, _AGAIN: _AGAIN},
    Step.RESOLVE: dict.fromkeys(UNRESOLVED, _RESOLVED),
    Step.CLOSE: {_RESOLVED: _CLOSED},
    Step.REOPEN: {_RESOLVED: _AGAIN, _CLOSED: _AGAIN},
    Step.MERGE: dict.fromkeys((*UNRESOLVED, _RESOLVED), _CLOSED),
}
