"""The survey after a case: whom to ask now how it was handled, once, and not at night.

    for case in case_survey.claim(tx): …     # each is to be asked, in this very transaction

A member who closes a case plans it (`surveys.plan`); a customer who closes one is asked there and then. Until it goes
out everything may change: the case was opened again, the customer has given a score, said that they don't want to be
asked, or was asked something else in the last 30 days; then nothing is sent, now or later.
"""

from __future__ import annotations

from datetime import timedelta

from store import complaints, followups, settings, surveys, worktime
from store.access import Actor
from store.db import Tx
from store.errors import NotAllowed
from store.rules.models import CaseStatus, Complaint, Role
from store.times import from_ms, to_ms

#: Whether the company asks at all.
SETTING = "survey.cases"
#: A case that was closed longer ago than this is not asked about any more: the clock was stopped meanwhile.
STALE = timedelta(days=7)
#: How many are asked in one transaction.
BATCH = 20


def claim(tx: Tx) -> list[Complaint]:
    """The cases whose customers are to be asked now, as those see them; none in the company's quiet hours."""
    rows = tx.all(
        "SELECT record_id, wake_at FROM survey_due WHERE record = 'complaint' AND wake_at <= :now"
        " ORDER BY wake_at, record_id LIMIT :batch",
        now=to_ms(tx.now), batch=BATCH,
    )  # fmt: skip
    if not rows or followups.hours(tx).quiet(tx.now, worktime.calendar(tx).zone):
        return []
    found = []
    for row in rows:
        tx.run("DELETE FROM survey_due WHERE record = 'complaint' AND record_id = :id", id=row["record_id"])
        case = _to_ask(tx, row["record_id"])
        if case is not None and tx.now - from_ms(row["wake_at"]) <= STALE:
            surveys.asked(tx, case.customer_id)
            found.append(case)
    return found


def _to_ask(tx: Tx, case_id: int) -> Complaint | None:
    customer_id = tx.value("SELECT customer_id FROM complaint_clock WHERE id = :id", id=case_id)
    if customer_id is None or settings.get(tx, SETTING, "1") != "1" or not surveys.may_ask(tx, customer_id):
        return None
    try:
        case = complaints.get(tx, Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer_id), case_id)
    except NotAllowed:
        return None
    open_question = case.status is CaseStatus.CLOSED and case.rating is None and case.merged_into is None
    return case if open_question else None
