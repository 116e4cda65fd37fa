"""The ladder at every instant: what Kehu adds never comes at night, and what it promises comes later, never earlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.ladder import GRACE, Act, Hours, step, wall_instant

HOURS = Hours()
ZONES = st.sampled_from(
    [ZoneInfo(key) for key in ("Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kolkata")]
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(), timedelta(days=730)).map(lambda after: BEGIN + after)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@given(now=INSTANTS, zone=ZONES, rings=st.integers(0, 3), late=st.timedeltas(timedelta(), timedelta(days=3)))
def test_nothing_that_the_person_did_not_set_comes_in_quiet_hours(
    now: datetime, zone: ZoneInfo, rings: int, late: timedelta
) -> None:
    taken = step(rings=rings, acknowledged=False, due_at=now - late, now=now, zone=zone, hours=HOURS)
    if HOURS.quiet(now, zone) and not (rings == 0 and late <= GRACE):
        assert taken.act is Act.HOLD
    else:
        assert taken.act is not Act.HOLD
    if taken.wake_at is not None:
        assert taken.wake_at >= now
        assert not HOURS.quiet(taken.wake_at, zone)


@given(at=INSTANTS, zone=ZONES)
def test_a_working_day_ends_once_more_within_four_days_and_never_at_a_weekend(at: datetime, zone: ZoneInfo) -> None:
    end = HOURS.day_end(at, zone)
    assert at <= end <= at + timedelta(days=4)
    local = end.astimezone(zone)
    assert local.time() == time(18)
    assert local.weekday() < 5


@given(at=INSTANTS, zone=ZONES)
def test_awake_is_never_quiet_and_never_earlier(at: datetime, zone: ZoneInfo) -> None:
    awake = HOURS.awake(at, zone)
    assert awake >= at
    assert not HOURS.quiet(awake, zone)


def test_from_the_first_ring_to_the_manager() -> None:
    first = step(rings=0, acknowledged=False, due_at=shanghai(20, 15), now=shanghai(20, 15), zone=SHANGHAI, hours=HOURS)
    assert first == (Act.RING, shanghai(20, 16))
    second = step(
        rings=1, acknowledged=False, due_at=shanghai(20, 15), now=shanghai(20, 16), zone=SHANGHAI, hours=HOURS
    )
    assert second == (Act.RING, shanghai(20, 18))
    third = step(rings=2, acknowledged=False, due_at=shanghai(20, 15), now=shanghai(20, 18), zone=SHANGHAI, hours=HOURS)
    assert third == (Act.TELL, None)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "asleep", "awake"),
    [(time(21), time(8), shanghai(20, 23), shanghai(20, 12)), (time(1), time(6), shanghai(20, 3), shanghai(20, 23))],
)
def test_quiet_hours_may_span_midnight_or_not(
    quiet_from: time, quiet_to: time, asleep: datetime, awake: datetime
) -> None:
    hours = Hours(quiet_from=quiet_from, quiet_to=quiet_to)
    assert hours.quiet(asleep, SHANGHAI)
    assert not hours.quiet(awake, SHANGHAI)
    assert hours.awake(asleep, SHANGHAI).astimezone(SHANGHAI).time() == quiet_to


def test_a_company_may_have_hours_of_its_own() -> None:
    own = {"quiet.from": "22:30", "work.days": "123456", "followup.again_minutes": "15"}
    hours = Hours.of(own.get)
    assert not hours.quiet(shanghai(20, 22), SHANGHAI)
    assert hours.works_on(shanghai(21, 9).date())
    assert hours.again_after == timedelta(minutes=15)


def test_a_wall_time_that_the_clocks_skip_comes_after_the_skip() -> None:
    assert wall_instant(date(2027, 3, 28), time(1, 30), ZoneInfo("Europe/London")) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )
