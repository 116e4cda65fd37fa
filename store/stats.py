"""Activity of a week or a month (new customers, contacts, follow-ups, cases, deals), counted as its reader may see it.

    report = stats.report(tx, actor, periods.week(day, tx.now, zone))
    page = stats.rows(tx, actor, report.period, What.MISSED, EVERYBODY, skip=0, limit=9)

The rows behind a figure are read through the same views under the same conditions, so the two can't differ. A report
covers everything in the reader's reach, one team with its subteams, or one member.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from store import access, cadence, customers, deals, followups, staff, team_tree
from store.access import Action, Actor, Sight
from store.case_stats import UNSOLVED_LATE, Times, times
from store.db import Row, Tx
from store.rules.models import Contacted, Customer, Deal, Level
from store.rules.money import Currency, Money
from store.rules.periods import Period, Span
from store.times import from_ms, to_ms

#: Whose silence a manager reads of; the others stand in their salesperson's agenda.
WATCHED = (Level.VIP, Level.IMPORTANT)


class What(StrEnum):
    """The figures, each with rows behind it."""

    NEW = "new"
    CONTACTS = "contacts"
    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    OPENED = "opened"
    CLOSED = "closed"
    WON = "won"
    SILENT = "silent"


class Whose(NamedTuple):
    """About whom: a member, a team with those under it, or, with neither, all that the reader reaches."""

    staff_id: int | None = None
    team_id: int | None = None


EVERYBODY = Whose()


class Figure(NamedTuple):
    """A count, and the same count for the time before."""

    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Score:
    """A member's follow-ups in the period; `late` ones, done after their day, are among the `done`."""

    staff_id: int
    name: str
    done: Figure
    late: Figure
    missed: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period. `people` are those with any follow-up in it, the busiest first; `solved`: how long the
    complaints took that were closed in it; `sold`: for how much was won, in each currency.
    """

    period: Period
    figures: dict[What, Figure]
    people: tuple[Score, ...]
    solved: Times
    sold: tuple[Money, ...]

    def __getitem__(self, what: What) -> Figure:
        return self.figures[what]

    @property
    def quiet(self) -> bool:
        """Whether nothing at all happened; who is silent did nothing."""
        return not any(figure.now for what, figure in self.figures.items() if what is not What.SILENT)


class Line(NamedTuple):
    """A row behind a figure: the customer, and what of theirs it is (`at`: when; the rest where it has one)."""

    customer: Customer
    at: datetime
    followup_id: int | None = None
    text: str = ""
    complaint_id: int | None = None
    kind: Contacted | None = None
    deal: Deal | None = None


def report(tx: Tx, actor: Actor, period: Period, whose: Whose = EVERYBODY) -> Report:
    """The figures that the actor may know. Raises NotAllowed, also for a team or member out of reach."""
    reader = _reader(tx, actor, whose)
    spans = (period.span, period.before)
    ended = [_ended(tx, reader, span) for span in spans]

    def figure(what: What) -> Figure:
        if what in (What.DONE, What.LATE, What.MISSED):
            now, before = (sum(count[what] for count in one.values()) for one in ended)
        elif what is What.SILENT:
            now, before = (len(_silent(tx, reader, span.end)) for span in spans)
        else:
            now, before = (tx.value(f"SELECT count(*) {_from(what, reader)}", **_bounds(span)) for span in spans)
        return Figure(now, before)

    closed = f"SELECT worked_ms, solve_target {_from(What.CLOSED, reader)}"
    beyond = f"SELECT count(*) FROM complaint_{reader.sight.scope} WHERE {UNSOLVED_LATE}{reader.only('complaint')}"
    late = tx.value(beyond, **_bounds(period.span), now=to_ms(tx.now))
    solved = times(tx.all(closed, **_bounds(period.span)), "worked_ms", "solve_target", late)
    return Report(
        period, {what: figure(what) for what in What}, _people(tx, *ended), solved, _sold(tx, reader, period.span)
    )


def rows(
    tx: Tx, actor: Actor, period: Period, what: What, whose: Whose = EVERYBODY, *, skip: int = 0, limit: int = 8
) -> list[Line]:
    """The rows behind a figure of a period, the newest first (who is silent: the most valuable). Raises NotAllowed."""
    reader = _reader(tx, actor, whose)
    if what is What.SILENT:
        chosen = _silent(tx, reader, period.end)
        found = [(row, row["last_contact_at"] or row["created_at"]) for row in chosen[skip : skip + limit]]
        return [Line(customers.from_row(row, reader.sight), from_ms(at)) for row, at in found]
    columns, order = _LISTED[what]
    sql = f"SELECT {columns} {_from(what, reader)} ORDER BY {order} DESC, id DESC"
    if what is What.LATE:  # by the calendar of each: not for SQL to say
        listed = [row for row in tx.all(sql, **_bounds(period.span)) if _was_late(row)][skip : skip + limit]
    else:
        listed = tx.all(f"{sql} LIMIT :limit OFFSET :skip", **_bounds(period.span), limit=limit, skip=skip)
    return [line for row in listed if (line := _line(tx, reader.sight, what, row, order)) is not None]


# What was created since then was written since then: lists of customers have an index of that.
_NEW = "deleted_at IS NULL AND updated_at >= :begin AND created_at >= :begin AND created_at < :end"
_CONTACT = "id IN (SELECT id FROM contact_clock WHERE at >= :begin AND at < :end)"
_DONE = "deleted_at IS NULL AND state = 'done' AND done_at >= :begin AND done_at < :end"
_MISSED = "deleted_at IS NULL AND state = 'missed' AND due_at >= :begin AND due_at < :end"
# A case that repeats another is not counted beside it (as in store/case_stats.py).
_OPENED = "deleted_at IS NULL AND merged_into IS NULL AND opened_at >= :begin AND opened_at < :end"
_CLOSED = (
    "deleted_at IS NULL AND merged_into IS NULL AND status IN ('resolved', 'closed')"
    " AND coalesce(resolved_at, closed_at) >= :begin AND coalesce(resolved_at, closed_at) < :end"
)
_WON = "deleted_at IS NULL AND state = 'won' AND decided_at >= :begin AND decided_at < :end"
#: The table of each figure, and what counts.
_COUNTED = {
    What.NEW: ("customer", _NEW), What.CONTACTS: ("interaction", _CONTACT), What.DONE: ("followup", _DONE),
    What.LATE: ("followup", _DONE), What.MISSED: ("followup", _MISSED), What.OPENED: ("complaint", _OPENED),
    What.CLOSED: ("complaint", _CLOSED), What.WON: ("deal", _WON),
}  # fmt: skip
#: What of each row is read, and the time by which it is listed.
_LISTED = {
    What.NEW: ("*", "created_at"), What.CONTACTS: ("*", "at"), What.DONE: ("*", "done_at"),
    What.LATE: ("*", "done_at"), What.MISSED: ("*", "due_at"), What.OPENED: ("*", "opened_at"),
    What.CLOSED: ("*, coalesce(resolved_at, closed_at) AS ended_at", "ended_at"),
    What.WON: ("*", "decided_at"),
}  # fmt: skip
#: What of each table is a member's: what they have, what they wrote, what they had to do.
_MEMBERS = {
    "customer": "owner_id = {staff}",
    "interaction": "author_id = {staff}",
    "followup": "staff_id = {staff}",
    "deal": "customer_id IN (SELECT id FROM customer_{scope} WHERE owner_id = {staff})",
    "complaint": "(assignee_id = {staff} OR customer_id IN (SELECT id FROM customer_{scope} WHERE owner_id = {staff}))",
}


class _Reader(NamedTuple):
    """Through which view somebody reports, and of whom: the ids of the teams or of the member, if it is not of all."""

    sight: Sight
    teams: tuple[int, ...] = ()
    staff_id: int | None = None

    def only(self, table: str) -> str:
        """The condition that leaves a table's rows of those, as SQL; ids are numbers of ours."""
        if self.staff_id is not None:
            return f" AND {_MEMBERS[table].format(staff=self.staff_id, scope=self.sight.scope)}"
        if not self.teams:
            return ""
        teams = f"team_id IN ({', '.join(map(str, self.teams))})"
        if table in ("customer", "complaint"):
            return f" AND {teams}"
        return f" AND customer_id IN (SELECT id FROM customer_{self.sight.scope} WHERE {teams})"


def _reader(tx: Tx, actor: Actor, whose: Whose) -> _Reader:
    (sight,) = access.sights(actor, Action.REPORT)
    teams: tuple[int, ...] = ()
    if whose.team_id is not None:
        team_tree.get(tx, actor, whose.team_id)
        teams = team_tree.under(tx, whose.team_id)
    if whose.staff_id is not None and whose.staff_id != actor.id:
        staff.member(tx, actor, whose.staff_id)
    access.stand(tx, actor)
    return _Reader(sight, teams, whose.staff_id)


def _from(what: What, reader: _Reader) -> str:
    table, counted = _COUNTED[what]
    return f"FROM {table}_{reader.sight.scope} WHERE {counted}{reader.only(table)}"


def _line(tx: Tx, sight: Sight, what: What, row: Row, order: str) -> Line | None:
    if what is What.NEW:
        return Line(customers.from_row(row, sight), from_ms(row["created_at"]))
    found = tx.one(f"SELECT * FROM customer_{sight.scope} WHERE id = :id", id=row["customer_id"])
    if found is None:
        return None
    customer, at = customers.from_row(found, sight), from_ms(row[order])
    if what is What.CONTACTS:
        return Line(customer, at, kind=Contacted(row["kind"]))
    if what in (What.OPENED, What.CLOSED):
        return Line(customer, at, complaint_id=row["id"])
    if what is What.WON:
        return Line(customer, at, deal=deals.from_row(row))
    return Line(customer, at, followup_id=row["id"], text=followups.from_row(row).text)


def _sold(tx: Tx, reader: _Reader, span: Span) -> tuple[Money, ...]:
    """For how much deals were won in a span, in each currency, the most frequent first."""
    sums = tx.all(
        f"SELECT currency, sum(amount) AS minor {_from(What.WON, reader)} AND amount IS NOT NULL"
        " GROUP BY currency ORDER BY count(*) DESC, currency",
        **_bounds(span),
    )
    return tuple(Money(minor=row["minor"], currency=Currency(row["currency"])) for row in sums)


def _bounds(span: Span) -> dict[str, int]:
    return {"begin": to_ms(span.begin), "end": to_ms(span.end)}


_Counts = dict[int, dict[What, int]]


def _ended(tx: Tx, reader: _Reader, span: Span) -> _Counts:
    """Per member: follow-ups done, late and missed in a span."""
    counts: _Counts = {}

    def count(row: Row, what: What) -> None:
        mine = counts.setdefault(row["staff_id"], {What.DONE: 0, What.LATE: 0, What.MISSED: 0})
        mine[what] += 1

    columns = "SELECT staff_id, due_at, done_at, zone"
    for row in tx.all(f"{columns} {_from(What.DONE, reader)}", **_bounds(span)):
        count(row, What.DONE)
        if _was_late(row):
            count(row, What.LATE)
    for row in tx.all(f"{columns} {_from(What.MISSED, reader)}", **_bounds(span)):
        count(row, What.MISSED)
    return counts


def _people(tx: Tx, now: _Counts, before: _Counts) -> tuple[Score, ...]:
    """Everybody who had something to do, with how it was the time before."""
    nothing = {What.DONE: 0, What.LATE: 0, What.MISSED: 0}

    def score(staff_id: int) -> Score:
        mine, then = now[staff_id], before.get(staff_id, nothing)
        done, late, missed = (Figure(mine[what], then[what]) for what in nothing)
        return Score(staff_id, staff.name(tx, staff_id), done, late, missed)

    return tuple(sorted(map(score, now), key=lambda one: (-one.done.now, -one.missed.now, one.name)))


def _was_late(row: Row) -> bool:
    """Done on a later day than it was due, by the calendar of the one who had to do it."""
    zone = ZoneInfo(row["zone"])
    return from_ms(row["done_at"]).astimezone(zone).date() > from_ms(row["due_at"]).astimezone(zone).date()


def _silent(tx: Tx, reader: _Reader, at: datetime) -> list[Row]:
    """The customers who were neglected at an instant, the most valuable and longest silent first, judged by today's
    levels, since earlier ones are not kept.
    """
    found: list[Row] = []
    watched = ", ".join(f"'{level}'" for level in WATCHED)  # as customer_by_level says it, so that it is used
    for level in WATCHED:
        days = cadence.days(tx, level)
        if days == 0:
            continue
        found += tx.all(
            f"SELECT * FROM customer_{reader.sight.scope} c WHERE deleted_at IS NULL AND level IN ({watched})"
            f" AND level = :level AND stage <> 'lapsed' AND created_at < :since{reader.only('customer')} AND NOT EXISTS"
            " (SELECT 1 FROM contact_clock k WHERE k.customer_id = c.id AND k.at >= :since AND k.at < :at)"
            " ORDER BY coalesce(last_contact_at, created_at), id",
            level=level, since=to_ms(at - timedelta(days=days)), at=to_ms(at),
        )  # fmt: skip
    return found
