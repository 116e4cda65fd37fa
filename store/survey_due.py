"""Surveys that are due after a case or a purchase: whom to ask now, outside the night.

    for one in survey_due.claim(tx): …     # each is to be asked in this very transaction

A member who closes a case or wins a deal plans a survey (`surveys.plan`); a customer who closes their own case is asked
on the spot. Before it is sent everything is checked again: if the step was undone, or the customer has rated it or
declined surveys, nothing is ever sent. A customer who was asked something in the last 30 days is asked once these are
over, about the latest event only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from store import complaints, followups, settings, surveys, worktime
from store.access import Actor
from store.db import Row, Tx
from store.errors import NotAllowed
from store.rules.models import CaseStatus, Role
from store.times import from_ms, to_ms

#: Whether the company asks at all: after a case, after a purchase.
CASES, DEALS = "survey.cases", "survey.deals"
#: What ended longer ago than this is not asked about any more: the clock was stopped meanwhile.
STALE = timedelta(days=7)
#: How many are asked in one transaction.
BATCH = 20


class Ended(NamedTuple):
    """What a customer is to be asked about: record "complaint" or "deal", its id, the customer, and when it ended."""

    record: str
    record_id: int
    customer_id: int
    at: datetime


class _About(NamedTuple):
    """The handling of one kind of event: its setting, the view with its customer, and whether the event still holds."""

    setting: str
    view: str
    still: Callable[[Tx, Ended], bool]


def claim(tx: Tx) -> list[Ended]:
    """The events to ask about now, one for each customer, the latest; none in the company's quiet hours."""
    rows = tx.all(
        "SELECT * FROM survey_due WHERE wake_at <= :now ORDER BY wake_at, ended_at DESC, record, record_id"
        " LIMIT :batch",
        now=to_ms(tx.now), batch=BATCH,
    )  # fmt: skip
    if not rows or followups.hours(tx).quiet(tx.now, worktime.calendar(tx).zone):
        return []
    found = []
    for row in rows:
        record, record_id = row["record"], row["record_id"]
        tx.run("DELETE FROM survey_due WHERE record = :record AND record_id = :id", record=record, id=record_id)
        ended = _ended(tx, row) if tx.now - from_ms(row["wake_at"]) <= STALE else None
        at = None if ended is None else _ask_at(tx, ended)
        if ended is None or at is None:
            continue
        if at > tx.now:
            _put_off(tx, row, at)
        else:
            surveys.asked(tx, ended.customer_id)
            found.append(ended)
    return found


def _ended(tx: Tx, row: Row) -> Ended | None:
    """What came to an end, if the company asks about such things and it still is so."""
    about = _ABOUT[row["record"]]
    customer_id = tx.value(f"SELECT customer_id FROM {about.view} WHERE id = :id", id=row["record_id"])
    if customer_id is None or settings.get(tx, about.setting, "1") != "1":
        return None
    ended = Ended(row["record"], row["record_id"], customer_id, from_ms(row["ended_at"]))
    return ended if about.still(tx, ended) else None


def _ask_at(tx: Tx, ended: Ended) -> datetime | None:
    """When its customer may be asked; None for who doesn't want it, and for what a survey since then has covered."""
    at = surveys.ask_at(tx, ended.customer_id)
    covered = at is not None and ended.at <= at - timedelta(days=surveys.EVERY_DAYS)
    return None if covered else at


def _put_off(tx: Tx, row: Row, until: datetime) -> None:
    tx.run(
        "INSERT INTO survey_due (record, record_id, wake_at, ended_at) VALUES (:record, :id, :until, :ended)",
        record=row["record"], id=row["record_id"], until=to_ms(until), ended=row["ended_at"],
    )  # fmt: skip


def _is_closed(tx: Tx, ended: Ended) -> bool:
    """A case that is closed, has no score, and is no other one's repetition."""
    try:
        case = complaints.get(tx, Actor(Role.CUSTOMER, "zh", "UTC", customer_id=ended.customer_id), ended.record_id)
    except NotAllowed:
        return False
    return case.status is CaseStatus.CLOSED and case.rating is None and case.merged_into is None


def _is_unrated(tx: Tx, ended: Ended) -> bool:
    """A purchase without a score; that it still is one, the view says."""
    return not tx.value("SELECT rated FROM deal_clock WHERE id = :id", id=ended.record_id)


_ABOUT = {
    "complaint": _About(CASES, "complaint_clock", _is_closed),
    "deal": _About(DEALS, "deal_clock", _is_unrated),
}
