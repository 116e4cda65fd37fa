"""Somebody takes back what they have just said, in words: in an open form, of what was saved last, of a card."""

from __future__ import annotations

from tests.handlers.telling import jane_is_known, li_knows, says, taps
from tests.house import Company


async def test_what_is_about_to_be_saved_is_put_right(company: Company) -> None:
    li = company.li
    await says(li, "张三 13800138000 云帆科技", "新客户")
    await says(li, "不对，应该是李四", "新客户", "姓名：李四", "+86 138 0013 8000")
    await says(li, "电话错了，是13900139000", "姓名：李四", "电话：+86 139 0013 9000")
    await says(li, "公司写错了，应该是远山贸易", "公司：远山贸易")
    await says(li, "不是李四，是李思", "姓名：李思")
    await taps(li, "保存", "✓ 已保存", "李思", "远山贸易", "+86 139 0013 9000")


async def test_an_answer_given_before_is_put_right_and_the_question_stays(company: Company) -> None:
    li = company.li
    await says(li, "/add", "客户叫什么名字")
    await says(li, "张三", "电话")
    await says(li, "不对，是李四", "✓ 姓名已改为 李四", "电话")
    await says(li, "13800138000", "公司")
    await says(li, "电话错了，是13900139000", "✓ 电话已改为 +86 139 0013 9000", "公司")


async def test_what_was_saved_last_is_put_right(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "不对，应该是李四", "✓ 姓名已改为 李四")
    await taps(li, "撤销", "已撤销", "张三")
    await says(li, "电话错了，是13900139000", "✓ 电话已改为 +86 139 0013 9000")
    await says(li, "不对，是13900139001", "✓ 电话已改为 +86 139 0013 9001")
    await says(li, "公司改为 远山贸易", "✓ 公司已改为 远山贸易")
    await says(li, "写错了，是远山科技", "✓ 公司已改为 远山科技")
    await says(li, "张三 升级 重要", "✓ 级别已改为 重要")
    await says(li, "不对，是VIP", "✓ 级别已改为 VIP")
    await says(li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    await says(li, "不对，是明天下午", "⏰ 提前到 明天 15:00：张三 · 发报价")
    await says(li, "时间错了，后天上午9点", "⏰ 推迟到 后天 09:00：张三 · 发报价")
    await says(li, "成交 张三 3.2万", "32,000")
    await says(li, "不对，是3.5万", "35,000")


async def test_a_note_or_a_reminder_was_for_somebody_else(company: Company) -> None:
    li = company.li
    await li_knows(company, "李四 13900139000 远山贸易")
    await li_knows(company)
    await says(li, "记 张三 电话 要样品", "✓ 已记下", "张三")
    await says(li, "不对，应该是李四", "✓ 已记下（电话）", "李四", "远山贸易")
    await taps(li, "撤销", "已撤销")
    await says(li, "提醒 张三 周三下午3点 发报价", "周三 15:00")
    await says(li, "记错了，是李四", "下周三 15:00 提醒你：李四 · 发报价")
    card = await says(li, "张三", "云帆科技")
    assert "发报价" not in card.text
    await taps(li, "记录", "要样品")  # the undo has brought it back


async def test_in_english_and_what_is_unclear_is_asked(english: Company) -> None:
    li = english.li
    await says(li, "Bob Brown +44 20 7946 0900", "New customer")
    await taps(li, "Save", "Saved")
    await jane_is_known(english)
    await says(li, "no, it's Jane Benet", "✓ Name is now Jane Benet")
    await says(li, "sorry, the phone is +44 20 7946 0959", "✓ Phone is now +44 20 7946 0959")
    await says(li, "oops, should be +44 20 7946 0960", "✓ Phone is now +44 20 7946 0960")
    await says(li, "remind Jane tomorrow 3pm quote", "tomorrow 15:00: Jane Benet · quote")
    await says(li, "no, make it Monday 10am", "⏰ Put off until Mon 10:00: Jane Benet · quote")
    await says(li, "customers in United Kingdom", "Customers · 2")  # the card is out of sight, not what was done
    asked = await says(li, "no, it's Purchasing Manager", "Jane Benet: what is “Purchasing Manager”?")
    assert asked.labels == ["Name", "Company", "Title", "Notes", "Write it down"]
    await taps(li, "Title", "✓ Title is now Purchasing Manager")


async def test_what_only_looks_like_a_correction_goes_its_own_way(company: Company) -> None:
    li = company.li
    await says(li, "不对，应该是李四", "没有找到")
    await li_knows(company)
    await says(li, "投诉 张三 发货错了，少了两箱", "#1")
    await says(li, "张三说价格不对，是别家便宜", "名下吗")
    await says(company.su, "不对，应该是李四", "没有找到")
