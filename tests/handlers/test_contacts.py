"""Contacts written down: two taps, kind and outcome, or a sentence; words and the next step afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.telling import li_knows, presses, says, taps
from tests.house import Company


async def test_a_call_is_two_taps_from_the_card(company: Company) -> None:
    await li_knows(company)
    asked = await taps(company.li, "记一笔", "要记什么")
    assert asked.labels == ["📞 电话", "🤝 见面", "🏢 拜访", "💬 消息", "✉️ 邮件", "取消"]
    asked = await taps(company.li, "📞 电话", "📞 电话：结果怎么样？")
    assert asked.labels == ["接通了", "没人接", "约了再联系", "号码不对", "‹ 返回"]
    logged = await taps(company.li, "接通了", "✓ 已记下（电话 · 接通了）", "上次联系：今天 10:00")
    assert logged.labels[:3] == ["撤销", "补一句", "下一步"]
    undone = await taps(company.li, "撤销", "已撤销")
    assert "上次联系" not in undone.text


async def test_tapped_twice_by_an_impatient_finger_it_is_one_call(company: Company) -> None:
    await li_knows(company)
    await taps(company.li, "记一笔", "要记什么")
    asked = await taps(company.li, "📞 电话", "结果怎么样")
    logged = await presses(company.li, asked, "接通了", "✓ 已记下（电话 · 接通了）")
    await presses(company.li, asked, "接通了", "这个按钮已失效")
    shown = await presses(company.li, logged, "记录", "电话 · 接通了 · 李雷")
    assert shown.text.count("接通了") == 1


async def test_words_are_put_to_it_afterwards(company: Company) -> None:
    await li_knows(company)
    await taps(company.li, "记一笔", "要记什么")
    await taps(company.li, "🏢 拜访", "结果怎么样")
    await taps(company.li, "见到了", "✓ 已记下（拜访 · 见到了）")
    await taps(company.li, "补一句", "谈了什么")
    worded = await says(company.li, "样品满意，等报价", "✓ 已记下（拜访 · 见到了）")
    assert "补一句" not in worded.labels
    await taps(company.li, "记录", "拜访 · 见到了 · 李雷", "样品满意，等报价")


async def test_a_line_after_two_taps_is_not_taken_for_words_about_it(company: Company) -> None:
    await li_knows(company)
    await taps(company.li, "记一笔", "要记什么")
    await taps(company.li, "📞 电话", "结果怎么样")
    await says(company.li, "李四 13900139000 远山贸易", "新客户")


async def test_the_next_step_is_a_tap_away_and_asked_for_only_where_there_is_none(english: Company) -> None:
    await says(english.li, "Jane Doe +44 20 7946 0958 Acme Ltd", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.li, "note Jane called, no answer", "✓ Noted: Call · No answer")
    await taps(english.li, "Next step", "When")
    await says(english.li, "tomorrow 3pm", "What")
    await taps(english.li, "Skip", "Jane Doe")
    logged = await says(english.li, "note Jane called again", "✓ Noted: Call")
    assert "Next step" not in logged.labels


async def test_a_call_that_nobody_answers_is_no_contact(company: Company) -> None:
    """It is on the timeline; the silence goes on, and what rings goes on ringing."""
    await li_knows(company)
    tried = await says(company.li, "记 张三 电话 没人接", "✓ 已记下（电话 · 没人接）")
    assert "上次联系" not in tried.text
    await company.moves(by=timedelta(hours=1))
    reached = await says(company.li, "记 张三 电话 下周给报价", "✓ 已记下（电话）")
    assert "上次联系：今天 11:00" in reached.text
    await says(company.li, "记 张三 微信 没回", "✓ 已记下（消息 · 没有回音）", "上次联系：今天 11:00")


@pytest.mark.parametrize("data", ["log:1:party", "log.as:1:reached", "log.as:{}:done", "log.as:{}", "log.as", "log"])
async def test_an_edited_button_writes_nothing(company: Company, data: str) -> None:
    await li_knows(company)
    await taps(company.li, "记一笔", "要记什么")
    asked = await taps(company.li, "📞 电话", "结果怎么样")
    await company.li.forges(asked, data.format(asked.buttons[0].data.split(":")[1]))
    refused = await company.li.sees()
    assert any(word in refused.text for word in ("没有找到，或者你无权查看", "这个按钮已失效"))
    await says(company.li, "张三", "云帆科技")
    await taps(company.li, "记录", "新建客户")
    await taps(company.li, "往来", "这一类还没有记录")


async def test_nobody_logs_on_a_colleagues_customer(company: Company) -> None:
    await li_knows(company)
    menu = await says(company.han, "/menu", "菜单")
    await company.han.forges(menu, "log:1:call")
    await company.han.sees("没有找到，或者你无权查看")
    await company.han.forges(menu, "log.words:1")
    await company.han.sees("没有找到，或者你无权查看")
