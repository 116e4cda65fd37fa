"""Notes on a customer: in a sentence, by button, on which of two, for nobody that we know."""

from __future__ import annotations

import pytest

from tests.handlers.telling import jane_is_known, li_knows, presses, says, taps
from tests.house import Company

ZHANG = "张三 13800138000 云帆科技 采购"


async def test_a_note_in_a_sentence_says_what_kind_of_contact_it_was(company: Company) -> None:
    await li_knows(company, ZHANG)
    noted = await says(company.li, "记 张三 电话 下周给报价", "✓ 已记下（电话）", "上次联系：今天 10:00")
    assert noted.labels[0] == "撤销"
    await taps(company.li, "记录", "张三 的往来", "今天 10:00 · 电话 · 李雷", "下周给报价")


async def test_a_note_needs_no_space_after_a_chinese_name(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.li, "记一下张三想要样品", "✓ 已记下")
    await taps(company.li, "记录", "想要样品")


async def test_a_note_by_button_and_taken_back(english: Company) -> None:
    await jane_is_known(english)
    asked = await taps(english.li, "Note", "What happened?")
    assert asked.text.startswith("Jane Smith")
    noted = await says(english.li, "call wants a quote next week", "✓ Noted: Call", "Last contact: today 10:00")
    assert "⏰" not in noted.text
    undone = await taps(english.li, "Undo", "Undone")
    assert "Last contact" not in undone.text
    await taps(english.li, "Timeline", "New customer")
    await taps(english.li, "Contacts", "Nothing of this kind yet")


@pytest.mark.parametrize(
    ("first", "second", "done"),
    [
        ("记 张三 电话 要样品", "记 李四 邮件 要发票", "✓ 已记下（电话）"),
        ("张三 升级 VIP", "李四 升级 重要", "级别已改为 VIP"),
        ("投诉 张三 发货少了两箱", "投诉 李四 箱子破了", "发货少了两箱"),
        ("商机 张三 年度框架 12万", "商机 李四 样品 3万", "年度框架"),
    ],
)
async def test_a_button_of_an_earlier_question_does_what_was_said_then(
    company: Company, first: str, second: str, done: str
) -> None:
    """Who is meant is asked twice; a tap on the first question means its own words, not the last ones."""
    for number, line in enumerate(("张三 云帆科技", "张三 大河贸易", "李四 远山贸易", "李四 海天物流")):
        await li_knows(company, f"{line.split()[0]} 1380013800{number} {line.split()[1]}")
    asked = await says(company.li, first, "“张三”是哪一位")
    later = await says(company.li, second)
    assert later.id != asked.id
    await presses(company.li, asked, "张三 · 云帆科技", done)


async def test_a_note_that_is_not_written_after_all_leads_back_to_the_card(company: Company) -> None:
    await li_knows(company, ZHANG)
    await taps(company.li, "记一笔", "要记什么")
    card = await taps(company.li, "取消", "没有记", "云帆科技")
    assert "记一笔" in card.labels
    await taps(company.li, "记录", "新建客户")
    await taps(company.li, "往来", "这一类还没有记录")


async def test_which_of_two_is_asked_and_the_words_wait(company: Company) -> None:
    await li_knows(company, ZHANG)
    await li_knows(company, "张三 13900139000 远山贸易")
    asked = await says(company.li, "记 张三 电话 要样品", "“张三”是哪一位")
    assert sorted(asked.labels) == ["取消", "张三 · 云帆科技", "张三 · 远山贸易"]
    await taps(company.li, "远山贸易", "✓ 已记下（电话）", "远山贸易")
    await taps(company.li, "记录", "要样品")


async def test_which_of_two_may_be_typed_too(english: Company) -> None:
    for line in ("Jane Smith +44 20 7946 0958 Acme Ltd", "Jane Doe +1 212 555 0147 Globex Inc"):
        await says(english.li, line, "New customer")
        await taps(english.li, "Save", "Saved")
    await says(english.li, "note Jane call wants samples", "Which “Jane")
    await says(english.li, "globex", "✓ Noted: Call", "Jane Doe")


async def test_part_of_a_name_will_do_where_nobody_else_is_called_so_but_not_a_slip(english: Company) -> None:
    await jane_is_known(english)
    await says(english.li, "note Jane called, wants a quote", "✓ Noted: Call", "Jane Smith")
    await says(english.li, "note Jnae called again", "Which “Jnae”?")
    await says(english.li, "note Jane emailed the quote", "✓ Noted: E-mail")


async def test_a_note_for_nobody_we_know_is_kept_until_its_name_is_right(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.li, "记 孙悟空 想要样品", "没有找到“孙悟空”", "写好的内容还在")
    await says(company.li, "猪八戒", "没有找到“猪八戒”")
    await says(company.li, "张三", "✓ 已记下")
    await taps(company.li, "记录", "想要样品")


async def test_a_choice_among_names_is_gone_once_it_was_made(company: Company) -> None:
    await li_knows(company, ZHANG)
    await li_knows(company, "张三 13900139000 远山贸易")
    asked = await says(company.li, "记 张三 要样品", "是哪一位")
    await taps(company.li, "远山贸易", "✓ 已记下")
    await presses(company.li, asked, "张三 · 云帆科技", "这个按钮已失效")


async def test_the_verb_alone_shows_how_and_a_name_alone_is_asked_for_the_rest(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.li, "/note", "这样写：记 张三")
    await says(company.li, "记 张三", "要记什么")
    await says(company.li, "微信 发了目录", "✓ 已记下（消息）")


async def test_nobody_notes_anything_on_somebody_elses_customer(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.han, "记 张三 电话 抢单", "没有找到“张三”")
    await says(company.han, "取消", "已取消")
    await says(company.li, "张三", "云帆科技")
    await taps(company.li, "记录", "新建客户")
    await taps(company.li, "往来", "这一类还没有记录")


async def test_a_time_to_come_in_a_note_is_one_tap_from_a_reminder_and_the_words_are_shown(company: Company) -> None:
    await li_knows(company, ZHANG)
    noted = await says(
        company.li, "记 张三 电话 没人接 明天上午10点再打", "✓ 已记下（电话 · 没人接）", "📝 没人接 明天上午10点再打"
    )
    assert noted.labels[:2] == ["撤销", "⏰ 明天 10:00 提醒我"]
    await taps(company.li, "提醒我", "明天 10:00", "张三 · 再打")
    await taps(company.li, "撤销", "已撤销")
    noted = await says(company.li, "记 张三 要样品", "✓ 已记下", "📝 要样品")
    assert "下一步" in noted.labels


async def test_how_it_went_is_told_in_words(english: Company) -> None:
    await jane_is_known(english)
    await says(
        english.li,
        "note Jane Smith call no answer, try again tomorrow 10am",
        "✓ Noted: Call · No answer",
        "📝 no answer",
    )
    await taps(english.li, "Remind me tomorrow 10:00", "Jane Smith · try again")
    await taps(english.li, "Customer", "Jane Smith")
    await taps(english.li, "Note", "What happened?")
    await taps(english.li, "Call", "how did it go?")
    await says(english.li, "wants a new price list", "✓ Noted: Call", "wants a new price list", "Acme Ltd")
    await taps(english.li, "Note", "What happened?")
    await taps(english.li, "Visit", "how did it go?")
    await says(english.li, "not in, left a card", "✓ Noted: Visit · Not in", "📝 not in, left a card")
    await taps(english.li, "Note", "What happened?")
    await taps(english.li, "Call", "how did it go?")
    await taps(english.li, "No answer", "✓ Noted: Call · No answer")
    await says(english.li, "Acme", "Jane Smith")  # the question is over
