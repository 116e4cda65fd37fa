"""Working time: days, hours, holidays with the weekends worked instead, and the company's own table."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.workdays import Calendar, days_of, kept, stretches

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(SHANGHAI)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),  # a Saturday
        ("2026-02-14", True),  # a Saturday before 春节, worked (国务院办公厅关于2026年部分节假日安排的通知)
        ("2026-02-16", False),  # 除夕, a Monday
        ("2026-02-23", False),  # a Monday off, for the 28th
        ("2026-10-10", True),
        ("2027-02-08", False),  # 春节 2027 by the law, before the weekends are announced
    ],
)
def test_china_works_when_the_state_council_says(day: str, works: bool) -> None:
    assert CALENDAR.works_on(date.fromisoformat(day)) is works


def test_the_owners_own_table_goes_before_the_law() -> None:
    own = Calendar(SHANGHAI, off=days_of("2026-02-14 2026-11-20"), extra=days_of("2026-02-16 2026-11-21"))
    days = ("2026-02-14", "2026-11-20", "2026-02-16", "2026-11-21")
    assert [own.works_on(date.fromisoformat(day)) for day in days] == [False, False, True, True]


def test_a_company_without_holidays_works_through_them() -> None:
    assert Calendar(SHANGHAI, country="").works_on(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("begin", "hours", "end"),
    [
        ("2026-11-20T10:00", 8, "2026-11-20T18:00"),
        ("2026-11-20T17:00", 2, "2026-11-23T09:30"),  # over the weekend
        ("2026-11-21T12:00", 1, "2026-11-23T09:30"),  # asked on a Saturday
        ("2026-11-20T05:00", 1, "2026-11-20T09:30"),
        ("2026-02-13T17:00", 2, "2026-02-14T09:30"),  # the Saturday is worked
        ("2026-02-14T17:00", 2, "2026-02-24T09:30"),  # 春节 lies between
    ],
)
def test_when_so_much_working_time_has_passed(begin: str, hours: int, end: str) -> None:
    assert CALENDAR.after(at(begin), timedelta(hours=hours)) == at(end)
    assert CALENDAR.between(at(begin), at(end)) == timedelta(hours=hours)


def test_a_night_shift_and_a_house_that_never_closes() -> None:
    night = Calendar(SHANGHAI, begins=time(22), ends=time(6))
    assert night.between(at("2026-11-20T20:00"), at("2026-11-21T12:00")) == timedelta(hours=8)
    assert night.after(at("2026-11-21T05:00"), timedelta(hours=2)) == at("2026-11-23T23:00")
    always = Calendar(SHANGHAI, begins=time(), ends=time(), weekdays=frozenset(), country="")
    assert always.between(at("2026-11-20T20:00"), at("2026-11-23T20:00")) == timedelta(days=3)


def test_hours_follow_the_wall_clock_where_it_is_put_forward() -> None:
    london = ZoneInfo("Europe/London")
    calendar = Calendar(london, country="GB")
    friday, monday = at("2026-03-27T17:00", london), at("2026-03-30T09:30", london)  # the clocks change on the 29th
    assert calendar.between(friday, monday) == timedelta(hours=2)


CALENDARS = st.builds(
    Calendar, st.sampled_from([SHANGHAI, ZoneInfo("Europe/London"), ZoneInfo("America/New_York")]),
    begins=st.sampled_from([time(8, 30), time(22), time(0)]), ends=st.sampled_from([time(18), time(6), time(0)]),
    weekdays=st.frozensets(st.integers(0, 6)), country=st.sampled_from(["CN", "GB", ""]),
    off=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
    extra=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)  # fmt: skip
INSTANTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
SPANS = st.timedeltas(timedelta(0), timedelta(hours=200))


@given(CALENDARS, INSTANTS, SPANS)
def test_after_and_between_are_each_others_inverse(calendar: Calendar, begin: datetime, span: timedelta) -> None:
    end = calendar.after(begin, span)
    assert end >= begin
    assert calendar.between(begin, end) == span


@given(CALENDARS, INSTANTS, SPANS, SPANS)
def test_working_time_adds_up_and_never_exceeds_the_time(
    calendar: Calendar, begin: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = begin + first, begin + first + second
    whole = calendar.between(begin, end)
    assert whole == calendar.between(begin, middle) + calendar.between(middle, end)
    assert timedelta() <= whole <= end - begin
    assert calendar.between(end, begin) == timedelta()


@given(CALENDARS, INSTANTS)
def test_counted_minute_by_minute_it_is_the_same(calendar: Calendar, begin: datetime) -> None:
    """Against a count that asks of each quarter of an hour by itself whether it is worked."""
    quarter = timedelta(minutes=15)
    begin = begin.replace(minute=0, second=0, microsecond=0)
    counted = sum(_worked(calendar, begin + place * quarter) for place in range(4 * 80))
    assert calendar.between(begin, begin + timedelta(hours=80)) == counted * quarter


def _worked(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(calendar.zone)
    today, wall = local.date(), local.time()
    if calendar.begins < calendar.ends:
        return calendar.works_on(today) and calendar.begins <= wall < calendar.ends
    if wall >= calendar.begins and calendar.works_on(today):
        return True
    return wall < calendar.ends and calendar.works_on(today - timedelta(days=1))


@given(st.frozensets(st.dates()))
def test_days_are_kept_and_told_in_stretches(days: frozenset[date]) -> None:
    assert days_of(kept(days)) == days
    told = stretches(days)
    assert {day for first, last in told for day in _each(first, last)} == days
    assert all(later[0] - earlier[1] > timedelta(days=1) for earlier, later in pairwise(told))


def _each(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
