"""The days that an owner types for the table of days off."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.days import days, hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "first", "last", "count"),
    [
        ("2月4日到2月10日", "2027-02-04", "2027-02-10", 7),
        ("2027-02-04 - 2027-02-10", "2027-02-04", "2027-02-10", 7),
        ("2月5日-11日 放假", "2027-02-05", "2027-02-11", 7),
        ("Dec 24 to Dec 26", "2026-12-24", "2026-12-26", 3),
        ("Dec 24 and Dec 31", "2026-12-24", "2026-12-31", 2),
        ("2027-02-04、2027-02-14", "2027-02-04", "2027-02-14", 2),
        ("12月30日到2027年1月3日", "2026-12-30", "2027-01-03", 5),
        ("明天", "2026-11-21", "2026-11-21", 1),
    ],
)
def test_days_and_stretches(typed: str, first: str, last: str, count: int) -> None:
    found = days(typed, NOW, SHANGHAI)
    assert (min(found), max(found), len(found)) == (date.fromisoformat(first), date.fromisoformat(last), count)


@pytest.mark.parametrize(
    "typed", ["", "hello", "明天下午3点", "每周五", "2026-12-01, 谢谢", "2026-01-01 to 2036-01-01"]
)
def test_what_names_no_days_names_none(typed: str) -> None:
    assert days(typed, NOW, SHANGHAI) == frozenset()


@pytest.mark.parametrize("typed", ["9:00-18:30", "9-18:30", "09：00 到 18：30", "9:00 to 18:30"])
def test_hours_of_a_day(typed: str) -> None:
    assert hours(typed) == (time(9), time(18, 30))


@pytest.mark.parametrize("typed", ["", "9", "9-9", "25-26", "9:00-18:75", "from nine to five"])
def test_what_is_no_hours(typed: str) -> None:
    assert hours(typed) is None
