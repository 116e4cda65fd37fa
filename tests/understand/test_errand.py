"""Reminders in one sentence, taken apart into when, whom and what."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand import errand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)  # a Friday


def read(text: str) -> errand.Asked:
    return errand.read(text, NOW, SHANGHAI)


@pytest.mark.parametrize(
    ("text", "at", "who", "what"),
    [
        ("张三 周三下午3点 发报价", "2026-11-25T15:00", "张三", "发报价"),
        ("明天10点 张三 发报价", "2026-11-21T10:00", "张三", "发报价"),
        ("张三 2026-12-01 15:00 签合同", "2026-12-01T15:00", "张三", "签合同"),
        ("明天下午3点给张三发报价", "2026-11-21T15:00", "张三", "给张三发报价"),
        ("明天下午打电话给李总，问合同", "2026-11-21T15:00", "李总", "打电话给李总，问合同"),
        ("Jane Smith tomorrow 3pm send quote", "2026-11-21T15:00", "Jane Smith", "send quote"),
        ("call Jane tomorrow at 3pm", "2026-11-21T15:00", "Jane", "call Jane"),
        ("send the quote to Jane Smith tomorrow 3pm", "2026-11-21T15:00", "Jane Smith", "send the quote to Jane Smith"),
        ("王总 tomorrow 3pm 开会", "2026-11-21T15:00", "王总", "开会"),
    ],
)
def test_when_whom_and_what(text: str, at: str, who: str, what: str) -> None:
    asked = read(text)
    assert asked.at is not None
    assert asked.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M") == at
    assert (who, what) in list(asked.readings())


def test_a_rhythm_brings_its_rule_and_its_next_time() -> None:
    asked = read("张三 每天9点 对账")
    assert asked.at == datetime(2026, 11, 21, 9, tzinfo=SHANGHAI)  # today's nine has passed
    assert asked.rule is not None
    assert asked.rule.startswith("FREQ=DAILY")


def test_today_without_an_hour_is_no_time_once_the_morning_has_begun() -> None:
    assert read("今天 张三 发报价").at is None
    assert errand.read("今天 张三", NOW.replace(hour=7), SHANGHAI).at == NOW.replace(hour=9)


def test_a_day_that_there_is_not_is_no_time() -> None:
    assert read("2026-13-01 15:00").at is None
    assert read("2026-02-30 15:00").at is None


def test_other_readings_are_all_to_come() -> None:
    asked = read("张三 3点 回电话")
    assert asked.at == NOW.replace(hour=15)
    assert asked.others == (datetime(2026, 11, 21, 3, tzinfo=SHANGHAI),)


def test_a_name_alone_has_no_time() -> None:
    asked = read("张三")
    assert (asked.at, next(asked.readings())) == (None, ("张三", ""))


@given(st.text(max_size=80))
def test_whatever_is_typed_nothing_breaks(text: str) -> None:
    asked = read(text)
    readings = [who.lower() for who, _ in asked.readings()]
    assert len(readings) == len(set(readings))


@pytest.mark.parametrize("words", [[f"Ab{place} Cd{place}" for place in range(600)], ["给张三升级"] * 800])
def test_a_sentence_of_names_is_for_few(words: list[str]) -> None:
    """Each is looked for in the book: a thousand of them kept everybody waiting for two seconds."""
    assert len(list(read(" ".join(words)[:4_096]).readings())) <= errand.READINGS_MOST
