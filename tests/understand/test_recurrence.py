"""What recurs, by the wall clock: month ends, the nights the clocks change, old series, rules that we don't keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.recurrence import BadRule, next_after, parts

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(rule: str, first: str, zone: ZoneInfo, after: str, count: int) -> list[str]:
    """Return the next occurrences as wall times of the zone."""
    found: list[str] = []
    at = instant(after)
    for _ in range(count):
        occurrence = next_after(rule, wall(first), zone, at)
        assert occurrence is not None
        found.append(occurrence.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes"))
        at = occurrence
    return found


class TestWallTimeIsKept:
    def test_nine_stays_nine_when_summer_begins(self) -> None:
        rule = "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"
        assert following(rule, "2026-03-27T09:00", LONDON, "2026-03-27T12:00", 3) == [
            "2026-03-28T09:00",
            "2026-03-29T09:00",
            "2026-03-30T09:00",
        ]

    def test_a_time_that_is_skipped_happens_after_the_skip(self) -> None:
        rule = "FREQ=DAILY;BYHOUR=2;BYMINUTE=30"
        assert following(rule, "2026-03-07T02:30", NEW_YORK, "2026-03-07T12:00", 2) == [
            "2026-03-08T03:30",
            "2026-03-09T02:30",
        ]

    def test_a_time_that_comes_twice_happens_once(self) -> None:
        rule = "FREQ=DAILY;BYHOUR=1;BYMINUTE=30"
        first = next_after(rule, wall("2026-10-24T01:30"), LONDON, instant("2026-10-24T12:00"))
        assert first == instant("2026-10-25T00:30")
        assert next_after(rule, wall("2026-10-24T01:30"), LONDON, instant("2026-10-25T00:30")) == instant(
            "2026-10-26T01:30"
        )

    @pytest.mark.parametrize("night", ["2026-10-25T00:00", "2026-03-29T00:00"])
    def test_hours_are_counted_as_they_pass(self, night: str) -> None:
        at = instant(night)
        for _ in range(6):
            occurrence = next_after("FREQ=HOURLY", wall("2026-01-01T00:15"), LONDON, at)
            assert occurrence is not None
            assert occurrence - at <= timedelta(hours=1)
            assert occurrence.minute == 15
            at = occurrence

    def test_the_answer_is_in_utc_whatever_zone_was_asked_in(self) -> None:
        after = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
        assert next_after("FREQ=DAILY", wall("2026-11-20T09:00"), SHANGHAI, after) == instant("2026-11-21T01:00")


class TestMonthEnds:
    def test_the_last_day_of_every_month(self) -> None:
        assert following("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30T09:00", SHANGHAI, "2026-11-30T12:00", 3) == [
            "2026-12-31T09:00",
            "2027-01-31T09:00",
            "2027-02-28T09:00",
        ]

    def test_the_thirtieth_or_the_last_day_of_a_shorter_month(self) -> None:
        rule = "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
        assert following(rule, "2026-12-30T09:00", SHANGHAI, "2026-12-30T12:00", 3) == [
            "2027-01-30T09:00",
            "2027-02-28T09:00",
            "2027-03-30T09:00",
        ]

    def test_the_last_working_day(self) -> None:
        rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        assert following(rule, "2027-01-01T09:00", SHANGHAI, "2027-01-01T00:00", 2) == [
            "2027-01-29T09:00",
            "2027-02-26T09:00",
        ]

    def test_leap_day(self) -> None:
        rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"
        assert following(rule, "2024-02-29T09:00", SHANGHAI, "2024-03-01T00:00", 1) == ["2028-02-29T09:00"]


class TestRhythm:
    def test_every_other_week_keeps_its_week(self) -> None:
        rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
        assert following(rule, "2026-11-24T15:00", SHANGHAI, "2036-11-01T00:00", 2) == [
            "2036-11-11T15:00",
            "2036-11-25T15:00",
        ]

    def test_a_first_time_to_come_is_the_next(self) -> None:
        assert following("FREQ=WEEKLY", "2027-01-04T09:00", SHANGHAI, "2026-11-20T00:00", 1) == ["2027-01-04T09:00"]

    def test_a_counted_series_ends(self) -> None:
        after = instant("2026-11-22T12:00")
        assert next_after("FREQ=DAILY;COUNT=3", wall("2026-11-20T09:00"), SHANGHAI, after) is None

    def test_until_ends_by_the_wall(self) -> None:
        rule = "FREQ=DAILY;UNTIL=20261122T235959"
        first = wall("2026-11-20T09:00")
        assert next_after(rule, first, NEW_YORK, instant("2026-11-22T00:00")) == instant("2026-11-22T14:00")
        assert next_after(rule, first, NEW_YORK, instant("2026-11-22T14:00")) is None


class TestRulesThatWeDoNotKeep:
    @pytest.mark.parametrize(
        "rule",
        [
            "",
            "DAILY",
            "FREQ=SECONDLY",
            "FREQ=DAILY;FREQ=WEEKLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=99999999999999999999",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;COUNT=2;UNTIL=20270101",
            "FREQ=DAILY;BYEASTER=0",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=WEEKLY;BYDAY=8MO",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=2",
            "FREQ=MONTHLY;BYSETPOS=1",
            "FREQ=MINUTELY;BYHOUR=3",
            "FREQ=DAILY;UNTIL=never",
            "FREQ=DAILY;" + "BYMONTH=1;" * 100,
        ],
    )
    def test_refused(self, rule: str) -> None:
        with pytest.raises(BadRule):
            next_after(rule, wall("2026-11-20T09:00"), SHANGHAI, instant("2026-11-20T00:00"))

    @given(st.text(max_size=80))
    def test_no_text_raises_anything_else(self, text: str) -> None:
        try:
            assert "FREQ" in parts(text)
        except BadRule:
            return

    def test_the_prefix_that_calendars_write(self) -> None:
        assert parts("RRULE:freq=daily") == {"FREQ": "DAILY"}


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
        "FREQ=WEEKLY;BYDAY=SU;BYHOUR=1;BYMINUTE=30",
        "FREQ=DAILY;BYHOUR=2;BYMINUTE=30",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25;BYHOUR=1;BYMINUTE=15",
        "FREQ=HOURLY;INTERVAL=5",
        "FREQ=MINUTELY;INTERVAL=45",
    ]
)


@given(
    RULES,
    st.datetimes(wall("2020-01-01"), wall("2027-01-01")),
    st.sampled_from([LONDON, NEW_YORK, SHANGHAI]),
    st.integers(0, 5 * 366 * 24 * 60),
)
@settings(max_examples=200, deadline=None)
def test_the_next_is_after_and_nothing_lies_between(rule: str, first: datetime, zone: ZoneInfo, minutes: int) -> None:
    first = first.replace(second=0, microsecond=0)
    after = first.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=minutes)
    found = next_after(rule, first, zone, after)
    assert found is not None
    assert found > after
    assert next_after(rule, first, zone, found - timedelta(seconds=1)) == found
    if found - after > timedelta(hours=2):
        assert next_after(rule, first, zone, after + (found - after) / 2) == found
