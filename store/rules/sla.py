"""SLA deadlines in working time: until when a complaint must be answered first, and until when solved.

One stopwatch serves both. It starts when the case is opened, pauses while the case waits for the customer or is
resolved, and goes on where it stood when the case is reopened. (Nothing pauses it before the first answer.)

    watch = Stopwatch(since=opened)
    limit(watch, targets.solve, calendar)   →  the instant at which the promise is broken, as things stand
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from store.rules.models import CaseStatus, Severity
from store.rules.workdays import Calendar

#: The statuses in which somebody of the staff has to move.
RUNNING = (CaseStatus.OPEN, CaseStatus.IN_PROGRESS, CaseStatus.REOPENED)
#: How much of the time is used up when the first warning comes.
NEAR_SHARE = 0.75
#: What a target may be, in working hours.
HOURS_MOST = 1_000


class Targets(NamedTuple):
    """SLA targets in working time: until the first answer, and until the solution."""

    answer: timedelta
    solve: timedelta


_HOURS = {Severity.URGENT: (1, 8), Severity.HIGH: (4, 16), Severity.NORMAL: (8, 40), Severity.LOW: (16, 80)}


def targets(setting: Callable[[str, str], str], severity: Severity) -> Targets:
    """The targets of a severity as the company's settings have them, in minutes."""
    answer, solve = (
        timedelta(minutes=int(setting(f"sla.{name}.{severity}", str(hours * 60))))
        for name, hours in zip(("answer", "solve"), _HOURS[severity], strict=True)
    )
    return Targets(answer, solve)


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """The working time that has run; `since` is when it was last started, None while it is stopped."""

    worked: timedelta = timedelta()
    since: datetime | None = None

    def elapsed(self, now: datetime, calendar: Calendar) -> timedelta:
        """The working time that has run until now."""
        return self.worked if self.since is None else self.worked + calendar.between(self.since, now)

    def turned(self, now: datetime, calendar: Calendar, *, running: bool) -> Stopwatch:
        """The same watch, running or stopped from now on."""
        if running == (self.since is not None):
            return self
        return Stopwatch(self.elapsed(now, calendar), now if running else None)


class Stage(IntEnum):
    """How much of a target is used up."""

    FINE = 0
    NEAR = 1
    OVER = 2


def limit(watch: Stopwatch, target: timedelta, calendar: Calendar) -> datetime | None:
    """The instant at which a target is used up if the watch goes on running; None while it is stopped.

    A target that was used up before the watch was started again counts from that instant, also at night and on
    holidays.
    """
    if watch.since is None:
        return None
    rest = target - watch.worked
    return calendar.after(watch.since, rest) if rest > timedelta() else watch.since


def stage(now: datetime, near_at: datetime, due_at: datetime) -> Stage:
    """How much of a target is used up at an instant."""
    return Stage.OVER if now >= due_at else Stage.NEAR if now >= near_at else Stage.FINE
