"""What every feature is made with: pages that Telegram takes, moments as people say them, words that stay words, lists
in a button, and the order in which a plain line is understood.
"""

from __future__ import annotations

import html
import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.all import all_routes
from handlers.kit import router
from handlers.kit.durations import duration
from handlers.kit.lists import DIGITS_MOST, PAGE, packed, unpacked
from handlers.kit.moments import day, moment
from handlers.kit.pages import CAPTION_MAX, TEXT_MAX, pages, units
from handlers.kit.reply import DATA_MAX, Button, plain, t
from handlers.kit.request import Draft, Incoming
from handlers.kit.texts import LANGUAGES, Reader, label, language_of, render, shows
from store.access import Actor
from store.errors import KehuError, NotAllowed
from store.rules.models import Role
from store.rules.phone import shown
from tests.house import BEGIN, SHANGHAI

# Pages ---------------------------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """A page as it is seen: each character that shows, with the tags that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.characters: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop().startswith(f"{tag} "), f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.characters += [(character, tuple(self.open)) for character in data if shows(character)]


_TAGS = ("b", "i", "code", "blockquote expandable", 'a href="https://example.com/?a=1&amp;b=2"')
_WORDS = st.one_of(
    st.text(alphabet=st.sampled_from("张三 ab\n&<>\"';😀e\u0301"), max_size=40),
    st.builds(lambda word, times: word * times, st.sampled_from(["张三", "😀", "a ", "&lt;", "<", "\n"]),
              st.integers(1, 3000)),
)  # fmt: skip
_ESCAPED = _WORDS.map(lambda words: html.escape(words, quote=False))
_LINE = st.recursive(
    _ESCAPED,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(_TAGS), st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(_LINE, min_size=1, max_size=6), attached=st.booleans())
@example(lines=["a" * TEXT_MAX, "", "b"], attached=False)
@example(lines=["", "<b>" + "😀" * TEXT_MAX + "</b>"], attached=True)
def test_pages_fit_and_are_whole_and_lose_nothing(lines: list[str], attached: bool) -> None:
    got = list(pages(lines, attached=attached))
    for place, page in enumerate(got):
        assert units(page) <= (CAPTION_MAX if attached and place == 0 else TEXT_MAX)
        assert Seen(page).open == [], "a tag is left open"
        assert Seen(page).characters or (attached and place == 0), "Telegram refuses a page of nothing"
    left = [character for page in got for character in Seen(page).characters]
    assert left == [character for line in lines for character in Seen(line).characters]


def test_a_page_ends_between_two_lines_where_it_can() -> None:
    lines = [f"{place} " + "字" * 1000 for place in range(10)]
    got = list(pages(lines))
    assert [page.count("\n") + 1 for page in got] == [4, 4, 2]
    assert "\n".join(got) == "\n".join(lines)


def test_a_length_is_counted_as_telegram_counts_it() -> None:
    """https://core.telegram.org/bots/api#messageentity: UTF-16 code units, after the markup is taken off."""
    assert units('<b>张</b>&amp;😀<a href="https://example.com">x</a>') == 1 + 1 + 2 + 1


# Moments -------------------------------------------------------------------------------------------------------------

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("distance", "zh", "en"),
    [
        (-3, "11月17日 周二", "Tue 17 Nov"),
        (-2, "前天", "Wed 18 Nov"),
        (-1, "昨天", "yesterday"),
        (0, "今天", "today"),
        (1, "明天", "tomorrow"),
        (2, "后天", "Sun"),
        (3, "下周一", "Mon"),
        (6, "下周四", "Thu"),
        (7, "11月27日 周五", "Fri 27 Nov"),
        (50, "2027年1月9日 周六", "Sat 9 Jan 2027"),
    ],
)
def test_days_as_they_are_said(distance: int, zh: str, en: str) -> None:
    when = FRIDAY + timedelta(days=distance)
    assert (day(when, FRIDAY, "zh"), day(when, FRIDAY, "en")) == (zh, en)


def test_a_line_breaks_never_between_a_number_and_its_unit() -> None:
    span = duration(timedelta(minutes=80))
    read = [label(span, Reader(language, "Asia/Shanghai", BEGIN)) for language in LANGUAGES]
    assert read == ["1\u00a0小时 20\u00a0分", "1\u00a0h 20\u00a0min"]


def test_a_weekday_of_this_week_is_not_next_weeks() -> None:
    monday = date(2026, 11, 16)
    assert day(date(2026, 11, 19), monday, "zh") == "周四"
    assert day(date(2026, 11, 22), monday, "zh") == "周日"


@given(
    today=st.dates(date(2020, 1, 1), date(2100, 1, 1)), first=st.integers(-800, 800), second=st.integers(-800, 800),
    language=st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_two_days_are_never_said_alike(today: date, first: int, second: int, language: str) -> None:
    one, other = today + timedelta(days=first), today + timedelta(days=second)
    assert (day(one, today, language) == day(other, today, language)) == (one == other)


#: Every second from 2020 to 2100.
INSTANTS = st.integers(1_577_836_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(
    ahead=st.timedeltas(timedelta(days=-1_000), timedelta(days=20_000)),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_tomorrow_is_the_day_after_on_the_calendar_there(ahead: timedelta, zone: str) -> None:
    """Also when a night has 23 hours, or 25: the wall is asked, not the number of hours."""
    there = ZoneInfo(zone)
    at, wall, today = BEGIN + ahead, (BEGIN + ahead).astimezone(there), BEGIN.astimezone(there).date()
    for language, tomorrow in (("zh", "明天 "), ("en", "tomorrow ")):
        said = moment(at, BEGIN, there, language)
        assert said.endswith(f" {wall:%H:%M}")
        assert said.startswith(tomorrow) == (wall.date() == today + timedelta(days=1))


def test_tomorrow_is_the_readers_not_the_servers() -> None:
    now = datetime(2026, 11, 20, 17, tzinfo=UTC)
    at = datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert moment(at, now, SHANGHAI, "zh") == "今天 09:00"
    assert moment(at, now, ZoneInfo("America/New_York"), "en") == "today 20:00"
    assert moment(at, now, ZoneInfo("Europe/London"), "en") == "tomorrow 01:00"


# Words ---------------------------------------------------------------------------------------------------------------

READER = Reader("en", "Asia/Shanghai", BEGIN)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf"))))
def test_what_people_typed_stays_what_they_typed(typed: str) -> None:
    rendered = render(t("card.name", name=typed), READER)
    assert not re.search(r"<(?!/?b>)", rendered)
    assert html.unescape(rendered.removeprefix("<b>").removesuffix("</b>")) == html.unescape(html.escape(typed))
    assert label(plain(typed), READER) == typed


def test_a_number_is_grouped_an_identifier_is_not_and_a_plural_is_chosen() -> None:
    assert render(t("find.some", n=1), READER) == "1 customer"
    assert render(t("find.some", n=12_345), READER) == "12,345 customers"
    assert render(t("guest.row", number="12345", status=t("guest.status.open")), READER) == "#12345 · received"


def test_an_instant_is_said_in_the_readers_language_and_zone() -> None:
    said = t("card.last_contact", at=BEGIN + timedelta(hours=14))
    assert render(said, READER) == "Last contact: tomorrow 00:00"
    assert render(said, Reader("zh", "Europe/London", BEGIN)) == "上次联系：今天 16:00"


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh"), ("ZH", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("fr", "en"), ("", "zh")],
)
def test_the_first_guess_at_a_language(code: str, language: str) -> None:
    assert language_of(code, "zh") == language


@pytest.mark.parametrize(
    ("e164", "seen"),
    [
        ("+8613800138000", "+86 138 0013 8000"),
        ("+861062345678", "+86 10 6234 5678"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+12125550147", "+1 212-555-0147"),
        ("+85221234567", "+852 2123 4567"),
        ("+9991234567", "+9991234567"),
        ("+86 138****00", "+86 138****00"),
    ],
)
def test_a_number_is_shown_as_it_is_read_aloud(e164: str, seen: str) -> None:
    assert shown(e164) == seen


# Lists ---------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 36**DIGITS_MOST - 1), min_size=1, max_size=PAGE))
def test_a_page_of_ids_fits_a_button_and_comes_back(ids: list[int]) -> None:
    button = Button(plain(""), "hit", PAGE - 1, packed(ids))
    assert len(button.data.encode()) <= DATA_MAX
    assert unpacked(packed(ids)) == ids


@given(st.text())
def test_an_altered_page_of_ids_is_refused_or_numbers(word: str) -> None:
    with suppress(NotAllowed):
        assert all(abs(one) < 36**DIGITS_MOST for one in unpacked(word))


# The order in which a line is understood -----------------------------------------------------------------------------

LI = Actor(Role.SALESPERSON, "zh", "Asia/Shanghai", id=3)
NOBODY = Actor(Role.STRANGER, "zh", "Asia/Shanghai")
QUESTION = Draft(form="add", nonce="abc123", step="phones")
CONFIRMATION = Draft(form="add", nonce="abc123", values={"name": "张三"})


def typed(text: str, draft: Draft | None = None, actor: Actor = LI) -> str:
    """Where a line leads."""
    return router.way(all_routes(), Incoming(kind="text", person=3, chat=3, text=text), actor, draft).route.name


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("/find 张三", "search.search"),
        ("/FIND@kehu_bot 张三", "search.search"),
        ("今天", "today.today"),
        ("Add", "capture.add_by_steps"),
        ("查 张三", "search.search"),
        ("添加 张三 13800138000", "capture.add"),
        ("记 张三 电话 要样品", "contacts.note"),
        ("投诉 张三 少了两箱", "complaints.complaint"),
        ("提醒 张三 明天3点", "followups.remind"),
        ("张三 13800138000", "capture.capture"),
        ("jane@acme.co.uk", "capture.capture"),
        ("张三", "search.search"),
        ("/nonsense", "start.unknown_command"),
    ],
)
def test_a_plain_line_of_a_member(text: str, route: str) -> None:
    assert typed(text) == route


def test_an_open_question_takes_words_but_not_commands_and_menu_words() -> None:
    assert typed("查 张三", QUESTION) == "form.add"
    assert typed("13800138000", QUESTION) == "form.add"
    assert typed("/find 张三", QUESTION) == "search.search"
    assert typed("今天", QUESTION) == "today.today"
    assert typed("查 张三", CONFIRMATION) == "search.search"


def test_a_stranger_has_one_way_and_no_buttons() -> None:
    assert {typed(text, actor=NOBODY) for text in ("张三", "查 张三", "13800138000", "/find 张三", "今天")} == {
        typed("anything", actor=NOBODY)
    }
    for data in ("customer:1", "undo:1", "nonsense", "", ":"):
        with pytest.raises(KehuError, match="no_longer"):
            router.way(all_routes(), Incoming(kind="button", person=9, chat=9, text=data), NOBODY, None)
