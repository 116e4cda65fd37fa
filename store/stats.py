"""What happened in a week or a month, counted as its reader: only through the views that their role reports on.

    report = stats.report(tx, actor, periods.week(day, tx.now, zone))

Most figures have the rows behind them (`new_customers`, `contacted`, `missed`, `cases`, `silent`), read through the
same views under the same conditions, so that a figure and its rows can't differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store import access, cadence, customers, followups, staff
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.followups import Task
from store.rules.models import Customer, Level
from store.rules.periods import Period, Span
from store.times import from_ms, to_ms

#: Whose silence a manager reads of; the others stand in their salesperson's agenda.
WATCHED = (Level.VIP, Level.IMPORTANT)


class Figure(NamedTuple):
    """A count, and the same count for the time before."""

    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Score:
    """How one member's follow-ups went: `late` ones, done after their day, are among the `done`."""

    staff_id: int
    name: str
    done: int
    late: int
    missed: int


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period. `people` are those with any follow-up in it, the busiest first."""

    period: Period
    new: Figure
    contacts: Figure
    done: Figure
    late: Figure
    missed: Figure
    opened: Figure
    closed: Figure
    silent: Figure
    people: tuple[Score, ...]

    @property
    def quiet(self) -> bool:
        """Whether nothing at all happened."""
        return not any(
            figure.now for figure in (self.new, self.contacts, self.done, self.missed, self.opened, self.closed)
        )


def report(tx: Tx, actor: Actor, period: Period) -> Report:
    """The figures that the actor may know. Raises NotAllowed."""
    sight = _sight(tx, actor)
    ended = {span: _ended(tx, sight, span) for span in (period.span, period.before)}

    def figure(sql: str, **params: object) -> Figure:
        now, before = (
            tx.value(sql, begin=to_ms(span.begin), end=to_ms(span.end), **params)
            for span in (period.span, period.before)
        )
        return Figure(now, before)

    def followed(name: str) -> Figure:
        now, before = (sum(getattr(score, name) for score in ended[span]) for span in (period.span, period.before))
        return Figure(now, before)

    return Report(
        period=period,
        new=figure(f"SELECT count(*) FROM customer_{sight.scope} WHERE {_NEW}"),
        contacts=figure(f"SELECT count(*) FROM interaction_{sight.scope} WHERE {_CONTACT}"),
        done=followed("done"), late=followed("late"), missed=followed("missed"),
        opened=figure(f"SELECT count(*) FROM complaint_{sight.scope} WHERE {_OPENED}"),
        closed=figure(f"SELECT count(*) FROM complaint_{sight.scope} WHERE {_CLOSED}"),
        silent=Figure(*(len(_silent(tx, sight, span.end)) for span in (period.span, period.before))),
        people=ended[period.span],
    )  # fmt: skip


def new_customers(tx: Tx, actor: Actor, period: Period) -> list[Customer]:
    """Who was added, the newest first. Raises NotAllowed."""
    sight = _sight(tx, actor)
    rows = tx.all(f"SELECT * FROM customer_{sight.scope} WHERE {_NEW} ORDER BY created_at DESC", **_bounds(period.span))
    return [customers.from_row(row, sight) for row in rows]


def contacted(tx: Tx, actor: Actor, period: Period) -> list[Customer]:
    """With whom there was contact, the latest first. Raises NotAllowed."""
    sight = _sight(tx, actor)
    rows = tx.all(
        f"SELECT customer_id FROM interaction_{sight.scope} WHERE {_CONTACT}"
        " GROUP BY customer_id ORDER BY max(at) DESC",
        **_bounds(period.span),
    )
    return _customers(tx, sight, [row["customer_id"] for row in rows])


def missed(tx: Tx, actor: Actor, period: Period) -> list[Task]:
    """The follow-ups that fell into the period and that nobody has answered, the oldest first. Raises NotAllowed."""
    sight = _sight(tx, actor)
    rows = tx.all(f"SELECT * FROM followup_{sight.scope} WHERE {_MISSED} ORDER BY due_at", **_bounds(period.span))
    about = {found.id: found for found in _customers(tx, sight, [row["customer_id"] for row in rows])}
    return [Task(followups.from_row(row), about[row["customer_id"]]) for row in rows if row["customer_id"] in about]


def cases(tx: Tx, actor: Actor, period: Period) -> list[tuple[int, Customer]]:
    """The numbers of the complaints opened in the period with their customers, the newest first. Raises NotAllowed."""
    sight = _sight(tx, actor)
    rows = tx.all(
        f"SELECT id, customer_id FROM complaint_{sight.scope} WHERE {_OPENED} ORDER BY opened_at DESC",
        **_bounds(period.span),
    )
    about = {found.id: found for found in _customers(tx, sight, [row["customer_id"] for row in rows])}
    return [(row["id"], about[row["customer_id"]]) for row in rows if row["customer_id"] in about]


def silent(tx: Tx, actor: Actor, at: datetime) -> list[Customer]:
    """The important customers with whom nobody had contact for too long, the most valuable and longest silent first."""
    sight = _sight(tx, actor)
    found = _customers(tx, sight, _silent(tx, sight, at))
    return sorted(found, key=lambda one: (WATCHED.index(one.level), one.last_contact_at or one.created_at))


_NEW = "deleted_at IS NULL AND created_at >= :begin AND created_at < :end"
_CONTACT = "id IN (SELECT id FROM contact_clock WHERE at >= :begin AND at < :end)"
_DONE = "deleted_at IS NULL AND state = 'done' AND done_at >= :begin AND done_at < :end"
_MISSED = "deleted_at IS NULL AND state = 'missed' AND due_at >= :begin AND due_at < :end"
_OPENED = "deleted_at IS NULL AND opened_at >= :begin AND opened_at < :end"
_CLOSED = (
    "deleted_at IS NULL AND status IN ('resolved', 'closed')"
    " AND coalesce(resolved_at, closed_at) >= :begin AND coalesce(resolved_at, closed_at) < :end"
)


def _sight(tx: Tx, actor: Actor) -> Sight:
    (sight,) = access.sights(actor, Action.REPORT)
    access.stand(tx, actor)
    return sight


def _bounds(span: Span) -> dict[str, int]:
    return {"begin": to_ms(span.begin), "end": to_ms(span.end)}


def _customers(tx: Tx, sight: Sight, ids: list[int]) -> list[Customer]:
    """Those of `ids` that can be seen, each once, in that order."""
    rows = (
        tx.one(f"SELECT * FROM customer_{sight.scope} WHERE id = :id", id=customer_id)
        for customer_id in dict.fromkeys(ids)
    )
    return [customers.from_row(row, sight) for row in rows if row is not None]


def _ended(tx: Tx, sight: Sight, span: Span) -> tuple[Score, ...]:
    """Per member: follow-ups done and missed in a span."""
    view = f"SELECT staff_id, due_at, done_at, zone FROM followup_{sight.scope}"
    done = tx.all(f"{view} WHERE {_DONE}", **_bounds(span))
    lost = tx.all(f"{view} WHERE {_MISSED}", **_bounds(span))
    counts: dict[int, list[int]] = {}
    for row in done:
        count = counts.setdefault(row["staff_id"], [0, 0, 0])
        count[0] += 1
        count[1] += _was_late(row)
    for row in lost:
        counts.setdefault(row["staff_id"], [0, 0, 0])[2] += 1
    scores = [Score(staff_id, staff.name(tx, staff_id), *count) for staff_id, count in counts.items()]
    return tuple(sorted(scores, key=lambda score: (-score.done, -score.missed, score.name)))


def _was_late(row: Row) -> bool:
    """Done on a later day than it was due, by the calendar of the one who had to do it."""
    zone = ZoneInfo(row["zone"])
    return from_ms(row["done_at"]).astimezone(zone).date() > from_ms(row["due_at"]).astimezone(zone).date()


def _silent(tx: Tx, sight: Sight, at: datetime) -> list[int]:
    """Who was silent at an instant, judged by today's levels: nobody keeps yesterday's."""
    ids: list[int] = []
    for level in WATCHED:
        days = cadence.days(tx, level)
        if days == 0:
            continue
        rows = tx.all(
            f"SELECT id FROM customer_{sight.scope} c WHERE deleted_at IS NULL AND level = :level AND stage <> 'lapsed'"
            " AND created_at < :since AND NOT EXISTS (SELECT 1 FROM contact_clock k WHERE k.customer_id = c.id"
            " AND k.at >= :since AND k.at < :at)",
            level=level, since=to_ms(at - timedelta(days=days)), at=to_ms(at),
        )  # fmt: skip
        ids += [row["id"] for row in rows]
    return ids
