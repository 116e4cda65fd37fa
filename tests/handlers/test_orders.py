"""The plainest words: what there is to do, help, stop, take it back; and what is answered to words that say nothing."""

from __future__ import annotations

from tests.handlers.telling import jane_is_known, li_knows, says, taps
from tests.house import Company


async def test_the_plainest_words_lead_where_they_say(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "提醒 张三 今天15:00 发报价", "张三 · 发报价")
    for line in ("今天要做什么？", "今日待办", "我今天有什么事", "today", "what should I do today"):
        assert "张三 · 发报价" in " ".join((await says(li, line, "📋")).labels), line
    for line in ("帮助", "怎么用？", "help"):
        assert (await says(li, line, "提醒")).labels == ["菜单"], line
    await says(li, "取消", "没有正在填的")
    await says(li, "设置", "语言")
    await says(li, "张三 级别 VIP", "张三")
    await says(li, "刚才那个不对，撤回", "已撤销：张三 · 级别")
    await says(li, "取消刚才的操作", "已撤销：张三 · 跟进")


async def test_the_plainest_words_in_english(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await says(li, "remind me to call Jane Smith today 3pm", "Jane Smith")
    for line in ("what should I do today", "What’s on today?", "my tasks", "today"):
        assert "Jane Smith" in " ".join((await says(li, line, "📋")).labels), line
    for line in ("help", "What can you do?", "how do I use this"):
        assert (await says(li, line, "remind")).labels == ["Menu"], line
    await says(li, "never mind", "Nothing")
    await says(li, "that was wrong, undo it", "Undone")


async def test_words_that_are_nobody_s_name_are_not_offered_as_one(company: Company) -> None:
    li = company.li
    assert (await says(li, "好的，谢谢", "我在")).labels == ["菜单"]
    assert (await says(li, "谢谢", "我在")).labels == ["菜单"]
    asked = await says(li, "这个东西是不是坏了", "没有找到", "/help")
    assert asked.labels == ["添加客户"]
    asked = await says(li, "陈经理", "没有找到“陈经理”")
    assert asked.labels == ["添加“陈经理”"]
    assert "/help" not in asked.text


async def test_a_name_that_was_only_looked_for_is_no_form_that_somebody_left(company: Company) -> None:
    li = company.li
    await li_knows(company)
    offered = await says(li, "helen lui", "没有找到“helen lui”")
    assert offered.labels == ["添加“helen lui”"]
    shown = await says(li, "张三", "云帆科技")
    assert "没填完" not in shown.text
    # The button is as good as before, and whoever taps it has begun.
    await li.forges(offered, offered.buttons[0].data)
    await li.sees("新客户", "helen lui", within=20)
    await taps(li, "电话", "电话")
    await says(li, "/find 张三", "云帆科技", "没填完的先放着")


async def test_a_name_that_was_only_looked_for_in_english(english: Company) -> None:
    await jane_is_known(english)
    asked = await says(english.li, "that does not look right to me", "Nothing found", "/help")
    assert asked.labels == ["Add a customer"]
    assert (await says(english.li, "helen lui", "Nothing found")).labels == ["Add “helen lui”"]
    shown = await says(english.li, "Jane", "Acme Ltd")
    assert "Go on" not in " ".join(shown.labels)
