"""What people type without thinking of a command: sentences about a customer, short orders, in any order of words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.telling import adds, li_knows, presses, says, taps
from tests.house import Company

LIU = "刘晓梅 13800138000 云帆科技 采购经理"
JANE = "Jane Smith +44 20 7946 0958 Acme Ltd"


async def test_a_sentence_about_somebody_known_is_written_down_with_one_tap(company: Company) -> None:
    li = company.li
    await li_knows(company, LIU)
    asked = await says(li, "今天拜访了刘晓梅, 聊得不错", "要把“今天拜访了刘晓梅, 聊得不错”记到 刘晓梅 名下吗")
    assert asked.labels == ["记下", "刘晓梅 · 云帆科技"]
    await taps(li, "记下", "✓ 已记下（拜访）", "上次联系：今天 10:00")
    await says(li, "刚才和刘总喝了咖啡", "记到 刘晓梅 名下吗")
    await taps(li, "记下", "✓ 已记下（见面）")
    asked = await says(li, "刘晓梅 明天10点 报价", "要把“明天10点 报价”记到 刘晓梅 名下吗")
    assert asked.labels == ["记下", "⏰ 明天 10:00 提醒我", "刘晓梅 · 云帆科技"]
    await taps(li, "提醒我", "明天 10:00", "刘晓梅 · 报价")
    await taps(li, "撤销", "已撤销")
    await li_knows(company, "王建国 13900139000 远山贸易")
    asked = await says(li, "昨天刘晓梅跟王建国见面了", "“昨天刘晓梅跟王建国见面了”要记给谁")
    assert sorted(asked.labels) == ["记到 刘晓梅 · 云帆科技", "记到 王建国 · 远山贸易"]
    await taps(li, "王建国", "✓ 已记下", "远山贸易")
    await says(li, "今天拜访了赵四", "没有找到")


async def test_each_question_writes_down_its_own_sentence(company: Company) -> None:
    li = company.li
    await li_knows(company, LIU)
    await li_knows(company, "王建国 13900139000 远山贸易")
    first = await says(li, "今天拜访了刘晓梅, 聊得不错", "记到 刘晓梅 名下吗")
    second = await says(li, "跟王建国吃饭, 他要降价", "记到 王建国 名下吗")
    await presses(li, first, "记下", "✓ 已记下（拜访）", "刘晓梅")
    await presses(li, second, "记下", "✓ 已记下（见面）", "王建国")
    await taps(li, "记录", "王建国", "跟王建国吃饭, 他要降价")
    await says(li, "刘晓梅", "云帆科技")
    told = await taps(li, "记录", "刘晓梅", "今天拜访了刘晓梅, 聊得不错")
    assert "王建国" not in told.text
    gone = await presses(li, first, "记下", "这句话已经记过", "刘晓梅")
    assert gone.labels == ["记一笔", "刘晓梅 · 云帆科技"]


async def test_a_question_waits_until_something_else_is_done_and_for_hours(company: Company) -> None:
    li = company.li
    await li_knows(company, LIU)
    asked = await says(li, "今天拜访了刘晓梅, 聊得不错", "记到 刘晓梅 名下吗")
    await says(li, "刘晓梅 升级 VIP", "✓ 级别已改为 VIP")
    for words in ("要样品", "谈价格", "看样品", "谈合同", "看合同", "谈交期"):
        await says(li, f"今天跟刘晓梅{words}", "名下吗")
    await company.moves(by=timedelta(hours=3))
    await presses(li, asked, "记下", "✓ 已记下（拜访）", "刘晓梅")


async def test_a_sentence_in_english_is_written_down_too(english: Company) -> None:
    li = english.li
    await says(li, JANE, "New customer")
    await taps(li, "Save", "Saved")
    asked = await says(
        li, "had lunch with Jane Smith today", "Write “had lunch with Jane Smith today” down for Jane Smith"
    )
    assert asked.labels == ["Write it down", "Jane Smith · Acme Ltd"]
    await taps(li, "Write it down", "✓ Noted: Meeting", "Last contact: today 10:00")
    await says(li, "Spoke with Jane about the renewal, will sign Friday", "down for Jane Smith")
    await taps(li, "Write it down", "✓ Noted: Call")
    await says(li, "the quote of Jane Smith is due tomorrow 4pm", "down for Jane Smith")
    await taps(li, "Remind me", "tomorrow 16:00", "Jane Smith")


async def test_what_was_done_and_what_is_to_be_done_are_one_tap(english: Company) -> None:
    li = english.li
    await adds(li, "Daniel Patel +44 20 7946 0958 Acme Ltd", save="Save")
    line = "called Daniel Patel, he wants 50 more units, send quote on Monday"
    asked = await says(li, line, "down for Daniel Patel")
    assert asked.labels == [
        "Log the call and remind me Mon 09:00", "Write it down", "⏰ Remind me Mon 09:00", "Daniel Patel · Acme Ltd"
    ]  # fmt: skip
    await taps(li, "Log the call", "✓ Noted: Call", f"📝 {line}", "Mon 09:00", "Daniel Patel · send quote")
    await taps(li, "Undo", "Undone")
    await taps(li, "Timeline", "New customer")
    await says(li, line, "down for Daniel Patel")
    await taps(li, "⏰ Remind me", "Mon 09:00", "Daniel Patel · send quote")


async def test_what_was_done_and_what_is_to_be_done_are_one_tap_in_chinese_too(company: Company) -> None:
    await li_knows(company, LIU)
    await says(company.li, "今天拜访了刘晓梅，聊得不错，周一上午10点发报价给刘晓梅", "名下吗")
    await taps(company.li, "记下拜访，下周一 10:00 提醒我", "✓ 已记下（拜访）", "下周一 10:00", "刘晓梅 · 发报价")


async def test_short_orders_in_any_order_of_words(company: Company) -> None:
    li = company.li
    await li_knows(company, LIU)
    await says(li, "刘晓梅 标签 制造业", "✓ 已加标签 #制造业", "刘晓梅")
    await says(li, "刘晓梅现在是VIP", "✓ 级别已改为 VIP")
    await says(li, "她是老客户了", "✓ 阶段已改为 老客户")
    await says(li, "刘晓梅 明天10点 提醒我报价", "明天 10:00", "刘晓梅 · 报价")
    await says(li, "归档 刘晓梅", "✓ 已归档 刘晓梅")
    assert "恢复" in (await says(li, "刘晓梅", "云帆科技")).labels
    await says(li, "恢复 刘晓梅", "✓ 已恢复", "VIP · 老客户")
    await says(li, "把她归档", "✓ 已归档 刘晓梅")
    await taps(li, "撤销", "已撤销")
    await says(li, "删除刘晓梅", "✓ 已归档 刘晓梅")
    await says(li, "撤销", "已撤销")
    await says(li, "刘晓梅是谁", "云帆科技 · 采购经理", "VIP · 老客户")
    await says(li, "归档 赵四", "没有找到“赵四”。是哪一位")
    await taps(li, "取消", "已取消")
    for line in ("赵四现在是VIP", "赵四 标签 制造业", "恢复 赵四"):
        await says(li, line, f"没有找到“{line}”")


async def test_the_same_orders_in_english(english: Company) -> None:
    li = english.li
    await says(li, JANE, "New customer")
    await taps(li, "Save", "Saved")
    await says(li, "Jane tag manufacturing", "✓ Tagged #manufacturing")
    await says(li, "Jane is now VIP", "✓ Level is now VIP")
    await says(li, "she is a loyal customer", "✓ Stage is now Loyal")
    await says(li, "Jane tomorrow 10am remind me to quote", "tomorrow 10:00", "Jane Smith · quote")
    await says(li, "archive Jane", "✓ Archived Jane Smith")
    await says(li, "restore Jane", "✓ Restored", "VIP · Loyal")
    await says(li, "delete Jane", "✓ Archived Jane Smith")
    await says(li, "undo", "Undone")
    await says(li, "who is vip", "Customers · 1", "VIP")
    await says(li, "Bob is now VIP", "Nothing found for “Bob is now VIP”")


async def test_a_company_named_after_its_place_is_found_there(company: Company) -> None:
    li = company.li
    await says(li, "王建国 13800138000 浙江云帆科技有限公司", "新客户", "地区：浙江")
    await taps(li, "保存", "✓ 已保存")
    await says(li, "浙江的客户", "客户 · 1 位", "浙江")


async def test_the_warning_at_entry_says_what_is_the_same(english: Company) -> None:
    li = english.li
    await says(li, "Jane Smith +44 20 7946 0958 jane@acme.com Acme Ltd", "New customer", "Region: United Kingdom")
    await taps(li, "Save", "Saved")
    asked = await says(
        li,
        "Bob Jones +44 20 7946 0958 jane@acme.com",
        "Jane Smith · Acme Ltd is in the book with the same phone number and e-mail",
    )
    assert asked.labels[2:4] == ["Open Jane Smith", "Same person: add to them"]
    await taps(li, "Cancel", "Nothing was saved")
    await says(li, "customers in United Kingdom", "Customers · 1")


@pytest.mark.parametrize("line", ["今天拜访了刘晓梅", "刘晓梅 要样品", "和刘总喝了茶"])
async def test_nobody_is_offered_a_note_on_a_colleagues_customer(company: Company, line: str) -> None:
    await li_knows(company, LIU)
    await says(company.han, line, "没有找到")


async def test_the_next_line_is_no_answer_to_an_offer_that_was_not_taken(company: Company) -> None:
    await li_knows(company, LIU)
    await says(company.li, "刘晓梅 要样品", "名下吗")
    await says(company.li, "云帆科技", "刘晓梅", "云帆科技")
