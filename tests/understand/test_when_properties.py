"""What holds for every text: no exception, no past that nobody asked for, what we print reads back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.moments import moment
from handlers.understand.when import as_json, read, read_all
from handlers.understand.when.fold import fold
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.words_en import ENGLISH, ENGLISH_PHRASES
from handlers.understand.when.words_zh import CHINESE

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/London", "America/New_York", "Pacific/Apia", "UTC")]
)


def walls(first_year: int, last_year: int) -> st.SearchStrategy[datetime]:
    """Give naive wall times of some years."""
    return st.datetimes(datetime.fromisoformat(f"{first_year}-01-01"), datetime.fromisoformat(f"{last_year}-01-01"))


MOMENTS = walls(2000, 2060).map(lambda moment: moment.replace(tzinfo=UTC))
WORDS = st.sampled_from([*ENGLISH, *ENGLISH_PHRASES, *CHINESE, *"0123456789", "12", "2026", "15:30", "3/12", "十一"])
JOINTS = st.sampled_from(["", " ", "，", ", ", "-", "到", "的", ".", "\n", "前", "后"])
SENTENCES = st.lists(st.tuples(WORDS, JOINTS), min_size=1, max_size=8).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)
TEXTS = st.one_of(st.text(max_size=60), SENTENCES)

NUMBERS = st.integers(1, 40)
# Words that speak of what is to come, in the ways that people do.
AHEAD = st.one_of(
    st.sampled_from(
        ["明天", "后天", "大后天", "下周三", "下个月", "周五", "星期天", "月底", "年底", "明晚", "周末", "下周末"]
    ),
    st.sampled_from(
        ["国庆", "春节前", "年后", "3点", "九点半", "晚上八点", "半夜两点", "中午", "5号", "12月3日", "2月29日"]
    ),
    st.sampled_from(
        ["每周一", "每月31号", "每天9点", "隔周周二", "季度末", "正月十五", "下下周二", "三天内", "本周内", "凌晨"]
    ),
    st.sampled_from(["tomorrow", "tonight", "next Friday", "Monday", "Sunday 9am", "in a week", "end of month", "EOD"]),
    st.sampled_from(
        ["by Friday", "noon", "midnight", "at 3", "at 11", "quarter to five", "Dec 25", "the 31st", "1:30"]
    ),
    st.sampled_from(
        ["first Monday of next month", "every weekday at 9am", "every other week", "next quarter", "daily"]
    ),
    st.sampled_from(["this weekend", "mid December", "Christmas", "after Easter", "2:30 am", "early next week"]),
    NUMBERS.map(lambda n: f"{n}天后"),
    NUMBERS.map(lambda n: f"in {n} minutes"),
    NUMBERS.map(lambda n: f"{n}个月后上午10点"),
    NUMBERS.map(lambda n: f"+{n}h"),
    st.integers(1, 31).map(lambda n: f"{n}号下午3点"),
    st.integers(0, 23).map(lambda n: f"{n}:15"),
    st.integers(1, 12).map(lambda n: f"{n}月"),
)


@given(TEXTS, MOMENTS, ZONES)
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_spans_lie_within_it(text: str, now: datetime, zone: ZoneInfo) -> None:
    answer = as_json(text, now, zone)
    if answer["span"] is not None:
        first, last = (int(place) for place in answer["span"])
        assert 0 <= first < last <= len(text)
        assert text[first:last].strip() == text[first:last]
    for one, two in zip(found := read_all(text, now, zone), found[1:], strict=False):
        assert one.span[1] <= two.span[0]


@given(AHEAD, MOMENTS, ZONES)
@settings(max_examples=600, deadline=None)
def test_never_a_time_in_the_past_unless_the_words_say_so(text: str, now: datetime, zone: ZoneInfo) -> None:
    when = read(text, now, zone)
    assert when is not None
    if isinstance(when.value, datetime):
        assert when.value.astimezone(UTC) > now
    else:
        assert when.value >= now.astimezone(zone).date()
    assert not when.past


@given(walls(2026, 2041), MOMENTS, ZONES)
@settings(max_examples=150, deadline=None)
def test_what_we_print_reads_back(wall: datetime, now: datetime, zone: ZoneInfo) -> None:
    moment = wall.replace(second=0, microsecond=0, tzinfo=zone).astimezone(UTC).astimezone(zone).replace(fold=0)
    english = f"{moment:%a} {moment.day} {moment:%b %Y}, {moment:%H:%M}"
    chinese = f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
    for text in (english, chinese, f"{moment:%Y-%m-%d %H:%M}", f"{moment:%Y-%m-%dT%H:%M}"):
        assert as_json(text, now, zone)["value"] == f"{moment:%Y-%m-%dT%H:%M}", text
        assert as_json(f"提醒 {text} call Bob", now, zone)["value"] == f"{moment:%Y-%m-%dT%H:%M}", text


@given(st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), MOMENTS, ZONES)
@settings(max_examples=150, deadline=None)
def test_the_short_forms_of_the_coming_days_read_back(
    days: int, hour: int, minute: int, now: datetime, zone: ZoneInfo
) -> None:
    """We print 明天 15:00 and Tue 15:00 for the days of the week to come."""
    today = now.astimezone(zone)
    day = today.date() + timedelta(days=days)
    clock = f"{hour:02}:{minute:02}"
    names = {0: ("今天", "today"), 1: ("明天", "tomorrow"), 2: ("后天", "the day after tomorrow")}
    later = ("周" + "一二三四五六日"[day.weekday()], f"{day:%a}")
    for name in names.get(days, later):
        answer = as_json(f"{name} {clock}", now, zone)
        assert str(answer["value"])[:10] == day.isoformat(), name
        assert str(answer["value"])[14:16] == f"{minute:02}"


@given(st.timedeltas(timedelta(), timedelta(days=500)), MOMENTS, ZONES, st.sampled_from(["zh", "en"]))
@settings(max_examples=300, deadline=None)
def test_what_we_say_of_a_moment_to_come_reads_back(
    later: timedelta, now: datetime, zone: ZoneInfo, language: str
) -> None:
    at = (now + later).replace(second=0, microsecond=0)
    said = moment(at, now, zone, language)
    assert as_json(said, now, zone)["value"] == f"{at.astimezone(zone):%Y-%m-%dT%H:%M}", said


# The days on which the clocks change, 2024 to 2040, found as the days that are not 24 hours long.
CHANGES = [
    (zone, day)
    for zone in (ZoneInfo("Europe/London"), ZoneInfo("America/New_York"))
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(365 * 17))
    if datetime.combine(day, time(), zone).utcoffset()
    != datetime.combine(day + timedelta(days=1), time(), zone).utcoffset()
]


@given(st.sampled_from(CHANGES), st.times(), st.integers(0, 23), st.integers(0, 59))
@settings(max_examples=300, deadline=None)
def test_a_wall_time_on_the_day_the_clocks_change_exists_and_is_the_one_said(
    change: tuple[ZoneInfo, date], clock: time, hour: int, minute: int
) -> None:
    zone, day = change
    now = datetime.combine(day - timedelta(days=1), clock, zone)
    when = read(f"tomorrow {hour:02}:{minute:02}", now, zone)
    assert when is not None
    assert isinstance(when.value, datetime)
    assert when.value.astimezone(UTC).astimezone(zone) == when.value
    wall = datetime.combine(day, time(hour, minute))
    skipped = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall
    assert when.value.replace(tzinfo=None) == wall + timedelta(hours=skipped)


@given(st.sampled_from(CHANGES), st.times(), st.integers(1, 2000))
@settings(max_examples=200, deadline=None)
def test_minutes_pass_as_they_are_long_when_the_clocks_change(
    change: tuple[ZoneInfo, date], clock: time, minutes: int
) -> None:
    zone, day = change
    now = datetime.combine(day, clock.replace(second=0, microsecond=0), zone)
    when = read(f"in {minutes} minutes", now, zone)
    assert when is not None
    assert isinstance(when.value, datetime)
    assert when.value.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=minutes)


@given(st.text())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert all(len(letter) == 1 for letter in KINDS.values())
