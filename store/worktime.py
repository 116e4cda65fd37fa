"""The company's working time and its SLA targets: read by all, changed by owners.

    calendar = worktime.calendar(tx)
    worktime.set_days(tx, actor, {date(2027, 2, 4)}, works=False)     # the owner's table outranks the public holidays
    worktime.set_targets(tx, actor, Severity.URGENT, Targets(timedelta(minutes=30), timedelta(hours=4)))

All of these are settings, so each change is journaled and can be undone; store/case_clock.py then recomputes deadlines.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from store import settings
from store.access import Actor
from store.db import Tx
from store.errors import Invalid
from store.rules import sla
from store.rules.models import Role, Severity
from store.rules.sla import HOURS_MOST, Targets
from store.rules.workdays import COUNTRIES, Calendar, days_of, kept

#: Days that the owner's table may hold: ten years of exceptions.
DAYS_MOST = 1_000


def calendar(tx: Tx) -> Calendar:
    """The company's working time, by the wall clock of its first owner."""
    zone = tx.value("SELECT zone FROM staff WHERE role = :owner AND active ORDER BY id LIMIT 1", owner=Role.OWNER)
    return Calendar.of(lambda name, default: settings.get(tx, name, default), ZoneInfo(zone or "UTC"))


def targets(tx: Tx, severity: Severity) -> Targets:
    """The SLA targets of a severity."""
    return sla.targets(lambda name, default: settings.get(tx, name, default), severity)


def set_hours(tx: Tx, actor: Actor, begins: time, ends: time) -> None:
    """When the working day begins and ends. Raises NotAllowed, and Invalid `hours` for a day without an hour."""
    if begins == ends:
        raise Invalid("hours", f"{begins:%H:%M}-{ends:%H:%M}")
    settings.change(tx, actor, "work.begins", f"{begins:%H:%M}")
    settings.change(tx, actor, "work.ends", f"{ends:%H:%M}")


def set_weekdays(tx: Tx, actor: Actor, weekdays: Iterable[int]) -> None:
    """On which weekdays the company works (Monday is 0). Raises NotAllowed, and Invalid `weekdays` for none at all."""
    days = "".join(str(day + 1) for day in sorted(set(weekdays)))
    if not days:
        raise Invalid("weekdays")
    settings.change(tx, actor, "work.days", days)


def set_country(tx: Tx, actor: Actor, country: str) -> None:
    """Sets the country of the public holidays ("": none). Raises NotAllowed, and Invalid `country`."""
    if country not in COUNTRIES:
        raise Invalid("country", country)
    settings.change(tx, actor, "work.country", country)


def set_days(tx: Tx, actor: Actor, days: Iterable[date], *, works: bool | None) -> None:
    """Makes days working days or days off, whatever the law says; None: as the law says.

    Raises NotAllowed, and Invalid `too_many_days`.
    """
    changed = frozenset(days)
    for name, holds in (("work.off", works is False), ("work.extra", works is True)):
        before = days_of(settings.get(tx, name, ""))
        after = before | changed if holds else before - changed
        if len(after) > DAYS_MOST:
            raise Invalid("too_many_days")
        if after != before:
            settings.change(tx, actor, name, kept(after))


def set_targets(tx: Tx, actor: Actor, severity: Severity, promised: Targets) -> None:
    """What new cases of a severity are promised; those that are open keep theirs (`case_promises.anew`).

    Raises NotAllowed, and Invalid `targets` for what is no time, too long, or a solution before the first answer.
    """
    minute = timedelta(minutes=1)
    if not minute <= promised.answer <= promised.solve <= timedelta(hours=HOURS_MOST):
        raise Invalid("targets")
    settings.change(tx, actor, f"sla.answer.{severity}", str(promised.answer // minute))
    settings.change(tx, actor, f"sla.solve.{severity}", str(promised.solve // minute))
