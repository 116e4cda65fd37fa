"""A reminder that is moved by a sentence, and what else such a sentence may be."""

from __future__ import annotations

import pytest

from tests.handlers.telling import jane_is_known, li_knows, presses, says, shanghai, taps
from tests.house import Company


async def test_a_reminder_is_moved_by_a_sentence(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    moved = await says(li, "张三的提醒推迟到下周四下午", "⏰ 推迟到 下周四 15:00：张三 · 发报价")
    assert moved.labels == ["撤销", "打开"]
    await taps(li, "撤销", "⏰ 下周三 15:00 发报价")
    await says(li, "把张三的回访改到周一上午10点", "⏰ 提前到 下周一 10:00：张三 · 发报价")
    await says(li, "提醒推迟两天", "⏰ 推迟到 下周三 10:00：张三 · 发报价")
    await says(li, "张三的报价提前一小时", "⏰ 提前到 下周三 09:00：张三 · 发报价")
    await company.moves(to=shanghai(25, 9))
    await li.sees("⏰ 张三", "发报价")
    await says(li, "推迟到下午三点半", "⏰ 推迟到 今天 15:30：张三 · 发报价")
    await company.moves(to=shanghai(25, 15, 30))
    await li.sees("⏰ 张三", "发报价")


async def test_in_english_the_time_may_have_to_be_asked(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await says(li, "postpone Jane until Monday", "Jane Smith has no open reminder")
    await taps(li, "Remind me", "⏰ Mon 09:00: Jane Smith")
    await taps(li, "Undo", "Undone")
    await says(li, "remind Jane Smith tomorrow 3pm quote", "tomorrow 15:00: Jane Smith · quote")
    asked = await says(li, "postpone Jane's follow-up to Friday 3pm", "Jane Smith: which time do you mean?")
    assert asked.labels == ["today 15:00", "Fri 27 Nov 15:00"]
    await taps(li, "27 Nov", "⏰ Put off until Fri 27 Nov 15:00: Jane Smith · quote")
    await says(li, "move the reminder for Jane to next Tuesday", "⏰ Brought forward to Tue 09:00: Jane Smith · quote")
    await says(li, "snooze jane 1 hour", "⏰ Put off until Tue 10:00: Jane Smith · quote")
    await says(li, "push it back to Monday 8am", "⏰ Brought forward to Mon 08:00: Jane Smith · quote")
    await taps(li, "Undo", "Undone")
    await says(li, "postpone Jane to yesterday 3pm", "That time has passed", "Until when?")
    await says(li, "Wed 3pm", "⏰ Put off until Wed 15:00: Jane Smith · quote")


async def test_which_of_several_is_asked_unless_the_words_say_it(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    await says(li, "提醒 张三 周四9点 签合同", "周四 09:00")
    await says(li, "张三签合同推迟到周五", "⏰ 推迟到 11月27日 周五 09:00：张三 · 签合同")
    asked = await says(li, "张三的提醒推迟一天", "要改哪一条提醒")
    assert asked.labels == ["下周三 15:00 张三 · 发报价", "11月27日 周五 09:00 张三 · 签合同"]
    await taps(li, "发报价", "⏰ 推迟到 下周四 15:00：张三 · 发报价")
    await presses(li, asked, asked.labels[1], "⏰ 推迟到 11月28日 周六 09:00：张三 · 签合同")
    asked = await says(li, "把李四的提醒推迟到明天", "没有找到“李四”的提醒")
    assert len(asked.labels) == 2
    asked = await says(
        li, "把张三丰的提醒推迟到明天", "哪一条提醒改到 明天 09:00"
    )  # 张三 may be the beginning of another's name
    assert len(asked.labels) == 2


async def test_where_none_is_open_it_is_said_and_one_is_a_tap_away(company: Company) -> None:
    await li_knows(company)
    asked = await says(company.li, "把张三的回访改到明天下午", "张三 没有待办的提醒")
    assert asked.labels == ["⏰ 明天 15:00 提醒我：张三", "客户"]
    await taps(company.li, "提醒我", "⏰ 明天 15:00 提醒你：张三")


async def test_a_manager_moves_a_members_reminder_and_a_colleague_none(company: Company) -> None:
    await li_knows(company)
    await says(company.li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    await says(company.wang, "张三的提醒推迟到周四", "⏰ 推迟到 下周四 09:00：张三 · 发报价", "负责人：李雷")
    await says(company.han, "张三的提醒推迟到周四", "没有找到")
    await says(company.su, "张三的提醒推迟到周四", "没有找到")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("张三的会议推迟到周五", "名下吗"),
        ("张三的生日改成3月5日", "✓ 生日已改为"),
        ("张三的电话改成 13900139000", "✓ 电话已改为"),
        ("张三改到每周五", "名下吗"),
        ("发货推迟到下周一", "没有找到"),
        ("投诉 张三 发货推迟到周五", "#1"),
    ],
)
async def test_what_only_looks_like_a_move_goes_its_own_way(company: Company, line: str, seen: str) -> None:
    await li_knows(company)
    await says(company.li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    await says(company.li, line, seen)
