"""Complaint statistics of a week or a month, counted through the views that the reader's role reports on.

    report = case_stats.report(tx, actor, periods.month(day, tx.now, zone))
    report.now.solved.median, report.before.solved.median

`of` restricts all figures to a category, product, cause or assignee. A merged case is not counted beside the case that
it repeats. An answer or a solution counts in the period in which it was given, whenever the case was opened; durations
are working time. Each figure has its rows (`cases`), read under the same conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from store import access, complaints, product_units
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.rules.models import Complaint
from store.rules.periods import Period, Span
from store.rules.shares import median, ninetieth, share
from store.times import to_ms

#: A customer is active when there was contact with them in this time before a period's end, or they complained in it.
ACTIVE = timedelta(days=365)
PAGE = 8
_MS = timedelta(milliseconds=1)
_MINUTE_MS = 60_000


class What(StrEnum):
    """The figures that have rows."""

    OPENED = "opened"
    OPEN = "open"  # not solved yet when the period ended
    ANSWERED = "answered"  # for the first time
    SOLVED = "solved"
    LATE = "late"  # answered or solved in the period later than was promised, or open beyond it
    REOPENED = "reopened"  # solved in the period after the customer had to ask again


class By(StrEnum):
    """The dimensions by which cases are grouped."""

    CATEGORY = "category"
    PRODUCT = "product"
    CAUSE = "cause"
    AGENT = "agent"


class Of(NamedTuple):
    """One group of cases: those with this label or agent; 0: with none."""

    by: By
    id: int


class Times(NamedTuple):
    """Durations in working time: the number of cases, median and 90th percentile, and the percentage that was in time
    (None without any case).
    """

    cases: int
    median: timedelta | None
    ninetieth: timedelta | None
    in_time: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one span. `reopened` is in per cent of what was solved; `rate`: cases per 100 active customers;
    `per_thousand`: of a product in a month, cases per 1,000 units sold, where these were entered.
    """

    count: dict[What, int]
    answered: Times
    solved: Times
    reopened: int | None
    rate: float | None
    per_thousand: float | None = None


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A period's figures, and those of the time before it."""

    period: Period
    now: Figures
    before: Figures


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one category, product, cause or agent: opened now and before, how the solved ones went, and, of a
    product in a month, how many there were per 1,000 units sold.
    """

    id: int
    opened: int
    before: int
    solved: Times
    per_thousand: float | None = None
    per_thousand_before: float | None = None


def report(tx: Tx, actor: Actor, period: Period, of: Of | None = None) -> CaseReport:
    """The figures that the actor may know, of one group or of all. Raises NotAllowed."""
    sight = _sight(tx, actor)
    now, before = (_figures(tx, sight, span, of) for span in (period.span, period.before))
    if of is not None and of.by is By.PRODUCT:
        sold, sold_before = _sold(tx, period)
        now = replace(now, per_thousand=_rate(1000, now.count[What.OPENED], sold.get(of.id)))
        before = replace(before, per_thousand=_rate(1000, before.count[What.OPENED], sold_before.get(of.id)))
    return CaseReport(period, now, before)


def groups(tx: Tx, actor: Actor, period: Period, by: By) -> list[Group]:
    """A period's cases in groups, the largest first; 0 holds those without such a label or agent. Raises NotAllowed."""
    sight = _sight(tx, actor)
    column = _COLUMN[by]
    now, before = (_counted(tx, sight, column, span) for span in (period.span, period.before))
    unsolved = _counted(tx, sight, column, period.span, UNSOLVED_LATE)
    solved: dict[int, list[Row]] = {}
    for row in _rows(tx, sight, What.SOLVED, period.span):
        solved.setdefault(row[column] or 0, []).append(row)
    sold, sold_before = _sold(tx, period) if by is By.PRODUCT else ({}, {})
    found = [
        Group(
            one, now.get(one, 0), before.get(one, 0),
            times(solved.get(one, []), "worked_ms", "solve_target", unsolved.get(one, 0)),
            _rate(1000, now.get(one, 0), sold.get(one)), _rate(1000, before.get(one, 0), sold_before.get(one)),
        )
        for one in {*now, *before, *solved, *sold}
    ]  # fmt: skip
    return sorted(found, key=lambda group: (-group.opened, -group.before, -group.solved.cases, group.id))


def cases(
    tx: Tx, actor: Actor, period: Period, what: What, of: Of | None = None, *, skip: int = 0, limit: int = PAGE
) -> list[Complaint]:  # fmt: skip
    """The cases behind a figure, the newest first. Raises NotAllowed."""
    sight = _sight(tx, actor)
    rows = tx.all(
        f"SELECT id FROM complaint_{sight.scope} WHERE {_WHERE[what]}{_only(of)}"
        " ORDER BY opened_at DESC, id DESC LIMIT :limit OFFSET :skip",
        **_bounds(tx, period.span, of),
        limit=limit,
        skip=skip,
    )
    return [complaints.get(tx, actor, row["id"]) for row in rows]


_COUNTED = "deleted_at IS NULL AND merged_into IS NULL"
_OPENED = f"{_COUNTED} AND opened_at >= :begin AND opened_at < :end"
_ANSWERED = f"{_COUNTED} AND answered_at >= :begin AND answered_at < :end"
_SOLVED = f"{_COUNTED} AND status IN ('resolved', 'closed') AND resolved_at >= :begin AND resolved_at < :end"
_OPEN = f"{_COUNTED} AND opened_at < :end AND (resolved_at IS NULL OR resolved_at >= :end)"
#: What nobody has answered or solved yet and should have been: by its clock, or, while that waits for the customer, by
#: the time that was used.
_UNANSWERED_LATE = (
    f"{_OPEN} AND answered_at IS NULL AND resolved_at IS NULL"
    " AND id IN (SELECT w.id FROM case_watch w WHERE w.answer_due < :end AND w.answer_due <= :now)"
)
UNSOLVED_LATE = (
    f"{_OPEN} AND resolved_at IS NULL"
    " AND (id IN (SELECT w.id FROM case_watch w WHERE w.solve_due < :end AND w.solve_due <= :now)"
    f" OR running_since IS NULL AND worked_ms > solve_target * {_MINUTE_MS})"
)
_WHERE = {
    What.OPENED: _OPENED,
    What.OPEN: _OPEN,
    What.ANSWERED: _ANSWERED,
    What.SOLVED: _SOLVED,
    What.LATE: f"({_ANSWERED} AND answer_ms > answer_target * {_MINUTE_MS}"
    f" OR {_SOLVED} AND worked_ms > solve_target * {_MINUTE_MS} OR {_UNANSWERED_LATE} OR {UNSOLVED_LATE})",
    What.REOPENED: f"{_SOLVED} AND reopened > 0",
}
_COLUMN = {
    By.CATEGORY: "category_id", By.PRODUCT: "product_id", By.CAUSE: "cause_id", By.AGENT: "assignee_id",
}  # fmt: skip
_MEASURED = (
    "id, category_id, product_id, cause_id, assignee_id, answer_ms, answer_target, worked_ms, solve_target, reopened"
)


def _sight(tx: Tx, actor: Actor) -> Sight:
    (sight,) = access.sights(actor, Action.REPORT)
    access.stand(tx, actor)
    return sight


def _only(of: Of | None) -> str:
    """The condition that leaves the cases of a group."""
    return "" if of is None else f" AND coalesce({_COLUMN[of.by]}, 0) = :group"


def _bounds(tx: Tx, span: Span, of: Of | None = None) -> dict[str, int]:
    return {
        "begin": to_ms(span.begin),
        "end": to_ms(span.end),
        "group": 0 if of is None else of.id,
        "now": to_ms(tx.now),
    }


def _figures(tx: Tx, sight: Sight, span: Span, of: Of | None) -> Figures:
    counted = f"SELECT count(*) FROM complaint_{sight.scope}"
    count = {
        what: int(tx.value(f"{counted} WHERE {_WHERE[what]}{_only(of)}", **_bounds(tx, span, of))) for what in What
    }  # fmt: skip
    unanswered, unsolved = (
        int(tx.value(f"{counted} WHERE {late}{_only(of)}", **_bounds(tx, span, of)))
        for late in (_UNANSWERED_LATE, UNSOLVED_LATE)
    )
    return Figures(
        count, answered=times(_rows(tx, sight, What.ANSWERED, span, of), "answer_ms", "answer_target", unanswered),
        solved=times(_rows(tx, sight, What.SOLVED, span, of), "worked_ms", "solve_target", unsolved),
        reopened=share(count[What.REOPENED], count[What.SOLVED]),
        rate=_rate(100, count[What.OPENED], _active(tx, sight, span)),
    )  # fmt: skip


def _rate(per: int, cases: int, base: int | None) -> float | None:
    """Cases for so many of something, to one place; None where there is none of it."""
    return round(per * cases / base, 1) if base else None


def _sold(tx: Tx, period: Period) -> tuple[dict[int, int], dict[int, int]]:
    """Units sold by product in a month and in the one before; of a month that is not over, the one before says nothing
    yet: its units are those of the whole month. Of a week nothing is known.
    """
    if period.length != "month":
        return {}, {}
    before = product_units.sold(tx, period.first - timedelta(days=1)) if period.end < tx.now else {}
    return product_units.sold(tx, period.first), before


def _rows(tx: Tx, sight: Sight, what: What, span: Span, of: Of | None = None) -> list[Row]:
    return tx.all(
        f"SELECT {_MEASURED} FROM complaint_{sight.scope} WHERE {_WHERE[what]}{_only(of)}", **_bounds(tx, span, of)
    )


def times(rows: Sequence[Row], used: str, target: str, late: int = 0) -> Times:
    """Summarises durations; `late` counts cases that are still open beyond their deadline, which are not in time
    either. Cases from before there were targets have no durations and are left out.
    """
    measured = [(row[used], row[target] * _MINUTE_MS) for row in rows if row[used] is not None and row[target]]
    values = [ms for ms, _ in measured]
    middle, most = median(values), ninetieth(values)
    return Times(
        len(rows), None if middle is None else middle * _MS, None if most is None else most * _MS,
        share(sum(ms <= limit for ms, limit in measured), len(measured) + late),
    )  # fmt: skip


def _counted(tx: Tx, sight: Sight, column: str, span: Span, where: str = _OPENED) -> dict[int, int]:
    rows = tx.all(
        f"SELECT coalesce({column}, 0) AS one, count(*) AS n FROM complaint_{sight.scope} WHERE {where} GROUP BY one",
        **_bounds(tx, span),
    )
    return {row["one"]: row["n"] for row in rows}


def _active(tx: Tx, sight: Sight, span: Span) -> int:
    return int(
        tx.value(
            f"SELECT count(*) FROM customer_{sight.scope} c WHERE deleted_at IS NULL AND created_at < :end AND"
            " (EXISTS (SELECT 1 FROM contact_clock k WHERE k.customer_id = c.id AND k.at >= :since AND k.at < :end)"
            f" OR c.id IN (SELECT customer_id FROM complaint_{sight.scope} WHERE {_OPENED}))",
            **_bounds(tx, span), since=to_ms(span.end - ACTIVE),
        )
    )  # fmt: skip
