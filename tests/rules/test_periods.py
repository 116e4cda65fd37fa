"""Weeks and months, whole and so far, beside the ones before them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from store.rules.periods import Length, period

SHANGHAI = ZoneInfo("Asia/Shanghai")
LENGTHS: list[Length] = ["week", "month"]


def test_last_week_is_whole_and_compared_with_a_whole_one() -> None:
    found = period("week", date(2026, 11, 18), datetime(2026, 11, 23, 9, tzinfo=SHANGHAI), SHANGHAI)
    assert (found.first, found.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert found.begin == datetime(2026, 11, 16, tzinfo=SHANGHAI)
    assert found.end == datetime(2026, 11, 23, tzinfo=SHANGHAI) == found.begin + timedelta(days=7)
    assert (found.before.begin, found.before.end) == (datetime(2026, 11, 9, tzinfo=SHANGHAI), found.begin)


def test_this_week_ends_now_and_is_compared_with_as_much_of_the_last() -> None:
    now = datetime(2026, 11, 18, 12, tzinfo=SHANGHAI)
    found = period("week", date(2026, 11, 18), now, SHANGHAI)
    assert found.end == now
    assert found.before.end == now - timedelta(days=7)


def test_the_end_of_a_long_month_has_no_same_day_in_a_short_one() -> None:
    now = datetime(2027, 3, 31, 12, tzinfo=SHANGHAI)
    found = period("month", now.date(), now, SHANGHAI)
    assert found.before.begin == datetime(2027, 2, 1, tzinfo=SHANGHAI)
    assert found.before.end == found.begin == datetime(2027, 3, 1, tzinfo=SHANGHAI)


@given(
    length=st.sampled_from(LENGTHS),
    day=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    now=st.timedeltas(timedelta(), timedelta(days=730)).map(lambda after: datetime(2026, 1, 1, tzinfo=UTC) + after),
    zone=st.sampled_from([ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), SHANGHAI]),
)
def test_periods_meet_without_a_gap_and_hold_their_day(
    length: Length, day: date, now: datetime, zone: ZoneInfo
) -> None:
    found = period(length, day, now, zone)
    assert found.first <= day <= found.last
    assert found.before.begin < found.begin <= found.end or found.begin > now
    assert found.before.end <= found.begin
    assert period(length, found.first - timedelta(days=1), now, zone).begin == found.before.begin
