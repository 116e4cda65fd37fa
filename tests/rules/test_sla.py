"""The stopwatch of a case: it runs in working time, stands while the customer has the word, and goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.models import Severity
from store.rules.sla import Stage, Stopwatch, limit, stage, targets
from store.rules.workdays import Calendar

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"))
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=CALENDAR.zone)
HOUR = timedelta(hours=1)


def test_it_stands_while_the_customer_has_the_word_and_goes_on_where_it_stood() -> None:
    asked = Stopwatch(since=FRIDAY).turned(FRIDAY + 2 * HOUR, CALENDAR, running=False)
    assert asked == Stopwatch(2 * HOUR)
    assert asked.elapsed(FRIDAY + 5 * HOUR, CALENDAR) == 2 * HOUR
    heard = asked.turned(FRIDAY + 5 * HOUR, CALENDAR, running=True)
    assert heard.elapsed(FRIDAY + 6 * HOUR, CALENDAR) == 3 * HOUR
    assert limit(heard, 8 * HOUR, CALENDAR) == datetime(2026, 11, 23, 11, 30, tzinfo=CALENDAR.zone)
    assert limit(asked, 8 * HOUR, CALENDAR) is None


def test_what_is_used_up_already_is_over_at_once() -> None:
    for reopened in (FRIDAY, FRIDAY + timedelta(days=1), FRIDAY + 14 * HOUR):  # at work, on a Saturday, at midnight
        again = Stopwatch(8 * HOUR, reopened)
        assert [limit(again, used, CALENDAR) for used in (6 * HOUR, 8 * HOUR)] == [reopened, reopened]


def test_a_limit_is_near_before_it_is_over() -> None:
    at = [FRIDAY + place * HOUR for place in range(4)]
    assert [stage(now, at[1], at[2]) for now in at] == [Stage.FINE, Stage.NEAR, Stage.OVER, Stage.OVER]


@pytest.mark.parametrize("severity", Severity)
def test_targets_are_the_companys_own_where_it_has_some(severity: Severity) -> None:
    usual = targets(lambda _, default: default, severity)
    assert timedelta() < usual.answer < usual.solve
    own = targets(lambda name, default: "30" if name == f"sla.answer.{severity}" else default, severity)
    assert own == (timedelta(minutes=30), usual.solve)


TURNS = st.lists(st.tuples(st.booleans(), st.timedeltas(timedelta(0), timedelta(days=5))), max_size=12)


@given(TURNS)
def test_however_it_is_turned_it_counts_what_was_worked_while_it_ran(turns: list[tuple[bool, timedelta]]) -> None:
    watch, now, counted, running = Stopwatch(since=FRIDAY), FRIDAY, timedelta(), True
    for turn, later in turns:
        counted += CALENDAR.between(now, now + later) if running else timedelta()
        now, running = now + later, turn
        watch = watch.turned(now, CALENDAR, running=running)
        assert watch.elapsed(now, CALENDAR) == counted
        at = limit(watch, counted + HOUR, CALENDAR)
        assert (at is None) == (not running)
        assert at is None or CALENDAR.between(now, at) == HOUR
