"""What is due to each member once a day, week or month, in their time zone: agenda, digest, report.

    for owed in rounds.owed(tx, "week", weekly): …   # each member once for each occasion

Each occasion is claimed for every active member in the calling transaction, also for those who get nothing on it: a
member who becomes a manager on Wednesday is not sent Monday's digest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store import followups, queue, staff
from store.access import Actor
from store.db import Row, Tx
from store.rules.ladder import GRACE, Hours, wall_instant
from store.times import from_ms

#: Members whose occasion one transaction claims: a digest costs some milliseconds, and people's own work goes first.
BATCH = 5


class Occasion(NamedTuple):
    """One thing that is due on a day: its name in the record of occasions, and the instant at which it was due."""

    name: str
    at: datetime


class Owed(NamedTuple):
    """An occasion that is due to a member; `late` when the clock was stopped at its time."""

    actor: Actor
    at: datetime
    late: bool


#: The newest occasion at or before a wall time in a zone; None when there is none.
Latest = Callable[[datetime, ZoneInfo, Hours], Occasion | None]


def weekly(local: datetime, zone: ZoneInfo, _: Hours) -> Occasion:
    """Monday, nine in the morning."""
    monday = local.date() - timedelta(days=local.weekday())
    at = wall_instant(monday, time(9), zone)
    if at > local:
        monday -= timedelta(days=7)
        at = wall_instant(monday, time(9), zone)
    year, week, _weekday = monday.isocalendar()
    return Occasion(f"{year}-W{week:02}", at)


def monthly(local: datetime, zone: ZoneInfo, _: Hours) -> Occasion:
    """The first day of a month, nine in the morning."""
    first = local.date().replace(day=1)
    at = wall_instant(first, time(9), zone)
    if at > local:
        first = (first - timedelta(days=1)).replace(day=1)
        at = wall_instant(first, time(9), zone)
    return Occasion(f"{first:%Y-%m}", at)


def daily(local: datetime, zone: ZoneInfo, hours: Hours) -> Occasion | None:
    """The hour at which a working day begins, or the member's own."""
    today: date = local.date()
    at = wall_instant(today, hours.day_begins, zone)
    return Occasion(today.isoformat(), at) if at <= local and hours.works_on(today) else None


def owed(tx: Tx, kind: str, latest: Latest, *, batch: int = BATCH) -> list[Owed]:
    """Claims the latest occasion for a few members who have not had it, and returns those who get it now.

    Late ones wait for the end of quiet hours. A member who joined after the occasion does not get it.
    """
    hours = followups.hours(tx)
    found: list[Owed] = []
    for row in tx.all("SELECT DISTINCT zone, agenda_at FROM staff WHERE active"):
        zone, own = ZoneInfo(row["zone"]), row["agenda_at"]
        begins = time.fromisoformat(own) if own else hours.day_begins
        occasion = latest(tx.now.astimezone(zone), zone, replace(hours, day_begins=begins))
        if occasion is None:
            continue
        late = tx.now - occasion.at > GRACE
        if late and hours.quiet(tx.now, zone):
            continue
        found += _claim(tx, f"{kind}:{occasion.name}", occasion.at, row, late=late, batch=batch)
    return found


def _claim(tx: Tx, name: str, at: datetime, day: Row, *, late: bool, batch: int) -> list[Owed]:
    """Claims it for members with this zone and hour."""
    rows = tx.all(
        "SELECT id, created_at FROM staff s WHERE active AND zone = :zone AND agenda_at IS :own AND NOT EXISTS"
        " (SELECT 1 FROM occasion o WHERE o.name = :name || ':' || s.id) ORDER BY id LIMIT :batch",
        zone=day["zone"], own=day["agenda_at"], name=name, batch=batch,
    )  # fmt: skip
    return [
        Owed(staff.as_actor(tx, row["id"]), at, late)
        for row in rows
        if queue.once(tx, f"{name}:{row['id']}") and from_ms(row["created_at"]) <= at
    ]
