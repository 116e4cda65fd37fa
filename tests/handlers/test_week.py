"""Days picked with the thumb, the week as buttons, and both in one's own calendar."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.standin.bubbles import Bubble
from handlers.kit import ics
from tests.handlers.telling import li_knows, presses, shanghai
from tests.house import BEGIN, Company


async def content(company: Company, said: Bubble) -> tuple[str, list[str]]:
    """A message's file: its name, and its lines, unfolded (RFC 5545, section 3.1)."""
    (file,) = said.files
    text = await asyncio.to_thread(_fetch, company.standin.url + file["url"])
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return file["name"], text.replace("\r\n ", "").split("\r\n")


def _fetch(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return bytes(answer.read()).decode()


async def test_a_day_and_an_hour_from_the_calendar(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三 13800138000")
    await li.taps("提醒")
    await li.sees("什么时候提醒你")
    await li.taps("选日期")
    shown = await li.sees("哪一天")
    assert shown.labels[:10] == ["·", "2026年11月", "›", "一", "二", "三", "四", "五", "六", "日"]
    assert "[20]" in shown.labels
    assert "19" not in shown.labels
    await li.taps("›")
    shown = await li.sees("哪一天")
    assert shown.labels[1] == "2026年12月"
    await li.taps("31")
    asked = await li.sees("12月31日 周四，几点")
    assert asked.labels[:4] == ["08:00", "09:00", "10:00", "11:00"]
    await li.taps("上一步")
    await li.sees("哪一天")
    await li.taps("[20]")
    asked = await li.sees("今天，几点")
    assert asked.labels[0] == "11:00"
    await li.taps("16:00")
    await li.sees("要做什么")
    await li.says("看样品")
    await li.sees("今天 16:00 提醒你：张三 · 看样品")


async def test_put_off_to_a_day_from_the_calendar_and_an_old_one_does_nothing(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三 13800138000")
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("15:00 提醒你")
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三")
    await li.taps("推迟")
    await li.taps("其他时间")
    month = await li.sees("推迟到什么时候")
    assert month.labels[1] == "2026年11月"
    await li.taps("27")
    await li.taps("14:00")
    await li.sees("推迟到 11月27日 周五 14:00：张三 · 发报价")
    await presses(li, month, "27", "按钮已失效")
    await li.taps("撤销")
    await li.sees("已撤销")


async def test_an_altered_calendar_leads_nowhere(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三 13800138000")
    await li.taps("提醒")
    asked = await li.sees("什么时候提醒你")
    way = asked.button("选日期")
    assert way is not None
    _, nonce, key, _ = way.data.split(":")
    for data in (
        f"pick:{nonce}:{key}:99", f"pick.day:{nonce}:{key}:1", f"pick.day:{nonce}:{key}:9999999",
        f"pick:{nonce}", "week:1", "week:99999999", "week.day:740000", "week.file:0",
    ):  # fmt: skip
        await li.forges(asked, data)
        await li.sees("没有找到")
    await li.forges(asked, f"pick:beef00:{key}:0")
    await li.sees("按钮已失效")
    await li.forges(asked, f"pick.at:{nonce}:{key}:1")
    await li.sees("要做什么")
    await li.taps("跳过")
    await li.sees("这个时间已经过了")


async def test_the_week_day_by_day_with_all_that_recurs(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三 13800138000")
    await li.says("提醒 张三 每天早上9点 问进度")
    await li.sees("明天 09:00")
    await li.says("提醒 张三 2026-11-25 15:00 签合同")
    await li.sees("提醒你")
    await li.says("/today")
    await li.sees("没有要跟进的")
    await company.moves(to=shanghai(21, 8))
    await li.says("/today")
    await li.sees("今天要做的 1 项")
    await li.taps("本周")
    await li.sees("这一周 2 项")
    await li.taps("下一周")
    week = await li.sees("这一周 8 项")
    assert week.labels[:4] == ["周一 23日 · 1 项", "周二 24日 · 1 项", "周三 25日 · 2 项", "周四 26日 · 1 项"]
    await li.taps("周三 25日 · 2 项")
    day = await li.sees("下周三 · 2 项")
    assert day.labels == ["09:00 张三 · 问进度", "15:00 张三 · 签合同", "‹ 返回"]
    await li.taps("签合同")
    await li.sees("⏰ 下周三 15:00")
    await li.forges(day, next(button.data for button in week.buttons if "日历文件" in button.label))
    sent = await li.sees("8 项跟进")
    name, lines = await content(company, sent)
    assert name == "kehu-2026-11-23.ics"
    assert lines.count("BEGIN:VEVENT") == 8
    assert "DTSTART:20261125T070000Z" in lines
    assert "SUMMARY:张三 · 签合同" in lines


async def test_one_follow_up_in_ones_own_calendar_keeps_its_rhythm(english: Company) -> None:
    li = english.li
    await li.says("Jane Smith +44 20 7946 0958")
    await li.taps("Save")
    await li.sees("Saved")
    await li.says("remind Jane Smith every Monday 9am report, prices; BEGIN:VEVENT")
    await li.sees("Mon 09:00")
    await english.moves(to=shanghai(22, 12))
    await li.says("remind Jane Smith 2026-11-22 23:00 call")
    await li.sees("today 23:00")
    await li.says("/today")
    await li.taps("This week")
    await li.taps("After")
    await li.taps("Mon 23 · 1")
    await li.taps("09:00")
    await li.sees("⏰ tomorrow 09:00")
    await li.taps("To my calendar")
    name, lines = await content(english, await li.sees("1 follow-up"))
    assert name == "kehu.ics"
    assert "DTSTART:20261123T090000" in lines
    assert next(line for line in lines if line.startswith("RRULE:")).startswith("RRULE:FREQ=WEEKLY")
    assert lines.count("BEGIN:VEVENT") == 1
    assert "\\, prices\\; BEGIN:VEVENT" in next(line for line in lines if line.startswith("SUMMARY:"))


@given(st.text(), st.text())
def test_nothing_that_somebody_typed_leaves_its_line(one: str, other: str) -> None:
    events = [ics.Event(f"followup-{place}@bot", BEGIN, words) for place, words in enumerate((one, other))]
    text = ics.calendar(events, datetime(2026, 11, 20, tzinfo=UTC)).decode()
    assert text.count("\n") == text.count("\r\n")
    assert all(len(line.encode()) <= ics.LINE_MAX for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert len(lines) == 5 + 2 * 12 + 2
    said = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    for words, kept in zip((one, other), said, strict=True):
        plain = kept.replace("\\n", "\0").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\")
        assert [char for char in plain if char not in "\0\\n"] == [
            char for char in words if char.isprintable() and char not in "\\n"
        ]


def test_the_file_of_a_hundred_hours_is_the_same_when_it_is_made_again() -> None:
    events = [ics.Event(f"followup-{place}@bot", BEGIN + timedelta(hours=place), "x") for place in range(100)]
    assert ics.calendar(events, BEGIN) == ics.calendar(events, BEGIN)
