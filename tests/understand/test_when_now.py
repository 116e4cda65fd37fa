"""The same words at another moment or in another place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.when import When, read, read_all

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)


def at(moment: str, text: str, zone: ZoneInfo = SHANGHAI) -> When:
    when = read(text, datetime.fromisoformat(moment).replace(tzinfo=zone), zone)
    assert when is not None, text
    return when


def value(moment: str, text: str, zone: ZoneInfo = SHANGHAI) -> str:
    said = at(moment, text, zone).value
    if isinstance(said, datetime):
        return said.replace(tzinfo=None).isoformat(timespec="minutes")
    return said.isoformat()


class TestWhatHasPassedRolls:
    @pytest.mark.parametrize(
        ("moment", "text", "meaning"),
        [
            ("2026-11-20T08:00", "9:30", "2026-11-20T09:30"),
            ("2026-11-20T10:00", "9:30", "2026-11-21T09:30"),
            ("2026-11-20T08:00", "周五 9:30", "2026-11-20T09:30"),
            ("2026-11-20T10:00", "周五 9:30", "2026-11-27T09:30"),
            ("2026-11-20T14:00", "下午", "2026-11-20"),
            ("2026-11-20T19:00", "下午", "2026-11-21"),
            ("2026-11-20T23:30", "8点", "2026-11-21T08:00"),
            ("2026-11-20T16:00", "3点", "2026-11-21T15:00"),
            ("2026-11-20T13:00", "noon", "2026-11-21T12:00"),
            ("2026-11-05T10:00", "5号", "2026-11-05"),
            ("2026-11-06T10:00", "5号", "2026-12-05"),
            ("2026-11-06T10:00", "5号下午3点", "2026-12-05T15:00"),
            ("2026-11-05T16:00", "5号下午3点", "2026-12-05T15:00"),
            ("2026-12-25T10:00", "圣诞节", "2026-12-25"),
            ("2026-12-26T10:00", "圣诞节", "2027-12-25"),
            ("2026-11-30T10:00", "月底", "2026-11-30"),
            ("2026-11-21T10:00", "end of week", "2026-11-22"),
            ("2026-11-22T10:00", "this weekend", "2026-11-22"),
        ],
    )
    def test_rolls(self, moment: str, text: str, meaning: str) -> None:
        assert value(moment, text) == meaning


class TestMonthsEndWhenTheyEnd:
    @pytest.mark.parametrize(
        ("moment", "text", "meaning"),
        [
            ("2027-01-31T10:00", "一个月后", "2027-02-28"),
            ("2028-01-31T10:00", "in a month", "2028-02-29"),
            ("2028-02-29T10:00", "一年后", "2029-02-28"),
            ("2027-01-10T10:00", "下个月31号", "2027-02-28"),
            ("2027-02-10T10:00", "31号", "2027-03-31"),
            ("2026-11-20T10:00", "2月29日", "2028-02-29"),
            ("2027-02-10T10:00", "EOM", "2027-02-28"),
        ],
    )
    def test_ends(self, moment: str, text: str, meaning: str) -> None:
        assert value(moment, text) == meaning


class TestOtherReadingsAreKept:
    def test_an_hour_without_its_half_of_the_day(self) -> None:
        when = at("2026-11-20T10:00", "3点")
        assert when.others == (datetime(2026, 11, 21, 3, tzinfo=SHANGHAI),)

    def test_next_saturday_said_on_a_friday(self) -> None:
        assert at("2026-11-20T10:00", "next Saturday").others == (date(2026, 11, 21),)

    def test_month_and_day_either_way_round(self) -> None:
        assert at("2026-11-20T10:00", "3/12").others == (date(2026, 12, 3),)

    def test_every_other_of_two_days(self) -> None:
        assert at("2026-11-20T10:00", "每隔两天").others == ("FREQ=DAILY;INTERVAL=2",)


class TestWhereOneIs:
    def test_the_british_write_the_day_first(self) -> None:
        assert value("2026-11-20T10:00", "3/12", LONDON) == "2026-12-03"
        assert value("2026-11-20T10:00", "3/12", NEW_YORK) == "2027-03-12"

    def test_the_day_is_the_readers(self) -> None:
        late = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
        for zone, today in ((SHANGHAI, date(2026, 11, 21)), (NEW_YORK, date(2026, 11, 20))):
            when = read("today", late, zone)
            assert when is not None
            assert when.value == today

    def test_a_time_said_in_another_zone_is_told_on_the_readers_clock(self) -> None:
        assert value("2026-11-20T10:00", "tomorrow 3pm London time") == "2026-11-21T23:00"

    def test_an_iso_moment_with_an_offset(self) -> None:
        assert value("2026-11-20T10:00", "2026-12-05T15:00:00Z") == "2026-12-05T23:00"

    def test_a_naive_now_is_refused(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            read("tomorrow", datetime(2026, 11, 20, 10), SHANGHAI)  # noqa: DTZ001 - naive on purpose


class TestTheNightTheClocksChange:
    """London: 2026-03-29 01:00 → 02:00, 2026-10-25 02:00 → 01:00. New York: 2026-03-08 and 2026-11-01 at 02:00."""

    @pytest.mark.parametrize(
        ("zone", "moment", "text", "instant"),
        [
            (LONDON, "2026-03-28T12:00", "tomorrow at 1:30 am", "2026-03-29T01:30:00+00:00"),
            (NEW_YORK, "2026-03-07T12:00", "tomorrow 2:30 am", "2026-03-08T07:30:00+00:00"),
            (LONDON, "2026-10-24T12:00", "tomorrow 1:30 am", "2026-10-25T00:30:00+00:00"),
            (NEW_YORK, "2026-10-31T12:00", "tomorrow 1:30 am", "2026-11-01T05:30:00+00:00"),
            (LONDON, "2026-03-28T23:30", "in 2 hours", "2026-03-29T01:30:00+00:00"),
            (NEW_YORK, "2026-10-31T23:30", "in 3 hours", "2026-11-01T06:30:00+00:00"),
            (LONDON, "2026-03-28T09:00", "in 2 days at 9am", "2026-03-30T08:00:00+00:00"),
            (NEW_YORK, "2026-03-07T09:00", "every day at 9am", "2026-03-08T13:00:00+00:00"),
        ],
    )
    def test_a_wall_time_is_the_instant_that_people_mean(
        self, zone: ZoneInfo, moment: str, text: str, instant: str
    ) -> None:
        said = at(moment, text, zone).value
        assert isinstance(said, datetime)
        assert said.astimezone(UTC).isoformat() == instant

    def test_in_the_hour_that_comes_twice_the_next_half_past_is_the_second_one(self) -> None:
        now = datetime(2026, 10, 25, 1, 20, tzinfo=LONDON, fold=1)
        when = read("1:30 am", now, LONDON)
        assert when is not None
        assert isinstance(when.value, datetime)
        assert when.value.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    def test_ten_minutes_are_ten_minutes_across_the_change(self) -> None:
        now = datetime(2026, 10, 25, 1, 55, tzinfo=LONDON)
        when = read("in 10 minutes", now, LONDON)
        assert when is not None
        assert isinstance(when.value, datetime)
        assert when.value.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=10)


class TestOneOfSeveral:
    def test_what_is_to_come_before_what_is_past(self) -> None:
        assert value("2026-11-20T10:00", "昨天聊过了，下周三再打") == "2026-11-25"

    def test_a_day_and_a_time_that_stand_apart_are_one(self) -> None:
        when = at("2026-11-20T10:00", "call Bob tomorrow about the quote, at 3pm")
        assert when.value == datetime(2026, 11, 21, 15, tzinfo=SHANGHAI)
        assert len(when.pieces) == 2

    def test_not_across_sentences(self) -> None:
        assert value("2026-11-20T10:00", "明天出差。3点开会") == "2026-11-21"

    def test_all_of_them_from_left_to_right(self) -> None:
        found = read_all("周一电话，周三下午3点拜访，每月15号对账", FRIDAY, SHANGHAI)
        assert [when.kind for when in found] == ["date", "datetime", "recur"]


class TestWhatElseIsSaid:
    def test_a_stretch_has_its_end(self) -> None:
        assert at("2026-11-20T10:00", "周三到周五").until == date(2026, 11, 27)
        assert at("2026-11-20T10:00", "明天下午2点到4点").until == datetime(2026, 11, 21, 16, tzinfo=SHANGHAI)
        assert at("2026-11-20T10:00", "下周").until == date(2026, 11, 29)

    def test_a_limit_is_a_deadline(self) -> None:
        for text in ("周五前", "by Friday", "3天内", "within 2 hours", "最晚周五", "月底之前"):
            assert at("2026-11-20T10:00", text).deadline, text
        assert not at("2026-11-20T10:00", "周五").deadline

    def test_a_part_of_the_day_has_its_usual_hour(self) -> None:
        for text, part, hour in (
            ("明天上午", "morning", 10),
            ("tomorrow morning", "morning", 9),
            ("明天下午", "afternoon", 15),
            ("tonight", "night", 20),
            ("明晚", "night", 20),
            ("明天", None, 9),
        ):
            when = at("2026-11-20T10:00", text)
            assert (when.part, when.moment(SHANGHAI).hour, when.has_time) == (part, hour, False), text

    def test_past_only_when_the_words_say_so(self) -> None:
        for text in ("昨天", "last Friday", "3 days ago", "上周三", "2020-01-05", "今天上午9点", "去年国庆"):
            assert at("2026-11-20T10:00", text).past, text


class TestRhythms:
    @pytest.mark.parametrize(
        ("moment", "text", "first"),
        [
            ("2026-11-20T10:00", "每周五", "2026-11-27"),
            ("2026-11-20T10:00", "每周五下午3点", "2026-11-20T15:00"),
            ("2026-11-20T16:00", "每周五下午3点", "2026-11-27T15:00"),
            ("2026-11-20T10:00", "every other Tuesday", "2026-11-24"),
            ("2026-11-20T10:00", "每月31号", "2026-11-30"),
            ("2026-11-30T10:00", "每月底", "2026-12-31"),
            ("2026-11-20T10:00", "每季度末", "2026-12-31"),
            ("2026-11-20T10:00", "every 3 days", "2026-11-23"),
            ("2026-11-20T10:00", "每小时", "2026-11-20T11:00"),
            ("2026-11-20T10:00", "从下周一开始每天9点", "2026-11-23T09:00"),
        ],
    )
    def test_the_first_time_is_the_next(self, moment: str, text: str, first: str) -> None:
        assert value(moment, text) == first

    def test_until_ends_a_rhythm(self) -> None:
        assert at("2026-11-20T10:00", "every day until Dec 1").rrule == "FREQ=DAILY;UNTIL=20261201T235959"
