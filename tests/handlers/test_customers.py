"""A customer's card and everything that is done to it from a phone: changed, looked back at, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.person import Person
from tests.handlers.telling import WITHIN, jane_is_known, li_knows, presses, says, taps
from tests.house import Company

ZHANG = "张三 13800138000 云帆科技 采购"


async def changes(person: Person, field: str, typed: str, *seen: str) -> Bubble:
    """From the card: Edit, a field, and what is typed."""
    await taps(person, "修改", "改哪一项")
    await taps(person, field, "现在" if field in ("级别", "阶段") else "张三")
    return await says(person, typed, *seen)


# The card ------------------------------------------------------------------------------------------------------------


async def test_a_card_shows_what_is_needed_before_a_call_and_nothing_empty(company: Company) -> None:
    await li_knows(company, ZHANG)
    card = await says(company.li, "张三", "张三")
    assert card.text.splitlines() == ["张三", "云帆科技 · 采购", "潜在 · 线索", "📞 +86 138 0013 8000"]
    assert card.labels == ["提醒", "记一笔", "修改", "详情", "记录", "商机", "投诉", "客户链接"]


async def test_before_a_call_the_card_tells_what_is_open_what_was_said_and_what_comes(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(
        company.li,
        "记 张三 打了电话，想要三种颜色的样册，下周再看一次价格，月底之前给他答复，最晚月初",
        "已记下",
    )
    await says(company.li, "提醒 张三 明天15:00 寄样册", "⏰ 明天 15:00")
    await says(company.li, "提醒 张三 下周一9:00 报价", "⏰ 下周一 09:00")
    for words in ("少了两箱", "颜色不对", "发票开错了"):
        await says(company.li, f"投诉 张三 {words}", "已登记")
    card = await says(company.li, "张三", "张三")
    assert card.text.splitlines() == [
        "张三", "⚠️ 投诉 #3 · 待处理：发票开错了", "⚠️ 投诉 #2 · 待处理：颜色不对", "⚠️ 还有 1 个投诉未解决",
        "云帆科技 · 采购", "潜在 · 线索", "📞 +86 138 0013 8000",
        "上次联系：今天 10:00 · 电话：想要三种颜色的样册，下周再…",
        "⏰ 明天 15:00 寄样册（另有 1 个）",
    ]  # fmt: skip


async def test_the_same_before_a_call_in_english(english: Company) -> None:
    await jane_is_known(english)
    await says(english.li, "note Jane called, wants a quote\nfor the year", "✓ Noted: Call")
    await says(english.li, "remind Jane tomorrow 3pm send samples", "⏰ tomorrow 15:00: Jane Smith · send samples")
    await says(english.li, "remind Jane Tuesday 9am ask about them", "⏰ Tue 09:00: Jane Smith")
    await says(english.li, "complaint Jane Smith the cup arrived broken", "#1")
    card = await says(english.li, "jane", "Jane Smith")
    assert card.text.splitlines() == [
        "Jane Smith", "⚠️ Case #1 · open: the cup arrived broken", "Acme Ltd", "Potential · Lead", "📞 +44 20 7946 0958",
        "Last contact: today 10:00 · Call: wants a quote for the year", "⏰ tomorrow 15:00 send samples (+1)",
    ]  # fmt: skip


async def test_a_foreign_number_is_shown_as_it_is_read_aloud(english: Company) -> None:
    await jane_is_known(english)
    card = await says(english.li, "jane", "Jane Smith")
    assert card.text.splitlines() == ["Jane Smith", "Acme Ltd", "Potential · Lead", "📞 +44 20 7946 0958"]
    assert card.labels == ["Remind", "Note", "Edit", "Details", "Timeline", "Deals", "Complaint", "Link"]


# Every field by button -----------------------------------------------------------------------------------------------


async def test_every_field_is_changed_by_button(company: Company) -> None:
    await li_knows(company, ZHANG)
    for field, typed, said in (
        ("姓名", "张三丰", "姓名已改为 张三丰"),
        ("公司", "远山贸易", "公司已改为 远山贸易"),
        ("职位", "厂长", "职位已改为 厂长"),
        ("电话", "13900139000 转 801；+1 212 555 0147", "电话已改为 +86 139 0013 9000 #801 · +1 212-555-0147"),
        ("邮箱", "San@Yunfan.CN，b@yunfan.cn", "邮箱已改为 san@yunfan.cn · b@yunfan.cn"),
        ("微信", "zhangsan_88", "微信已改为 zhangsan_88"),
        ("地址", "上海市浦东新区张江路 1 号", "地址已改为 上海市浦东新区张江路 1 号"),
        ("级别", "重要", "级别已改为 重要"),
        ("阶段", "loyal", "阶段已改为 老客户"),
    ):
        await changes(company.li, field, typed, f"✓ {said}")
    card = company.li.last
    assert card.text.splitlines()[2:] == [
        "张三丰", "远山贸易 · 厂长", "重要 · 老客户", "📞 +86 139 0013 9000 转 801", "📞 +1 212-555-0147",
        "✉️ san@yunfan.cn", "💬 zhangsan_88",
    ]  # fmt: skip


async def test_a_level_is_two_taps_and_replaces_the_card_in_place(english: Company) -> None:
    saved = await jane_is_known(english)
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "Level", "Now: Potential", "Which level?")
    changed = await taps(english.li, "VIP", "✓ Level is now VIP", "VIP · Lead")
    assert changed.id == saved.id


async def test_the_question_names_the_customer_and_shows_what_is_there_now(company: Company) -> None:
    await li_knows(company, ZHANG)
    await taps(company.li, "修改", "改哪一项")
    asked = await taps(company.li, "公司", "公司改成什么")
    assert asked.text.splitlines() == ["张三", "现在：云帆科技", "公司改成什么？"]
    assert asked.labels == ["清空", "取消"]


async def test_a_field_is_emptied_but_never_the_name(company: Company) -> None:
    await li_knows(company, ZHANG)
    await taps(company.li, "修改", "改哪一项")
    asked = await taps(company.li, "姓名", "姓名改成什么")
    assert asked.labels == ["取消"]
    await taps(company.li, "取消", "没有改动", "云帆科技")
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "电话", "电话改成什么")
    emptied = await taps(company.li, "清空", "✓ 电话已清空")
    assert "📞" not in emptied.text
    await taps(company.li, "撤销", "已撤销：张三 · 电话", "📞 +86 138 0013 8000")


@pytest.mark.parametrize(
    ("field", "wrong", "said", "right"),
    [
        ("电话", "一三八", "“一三八”不像电话号码", "13900139000"),
        ("邮箱", "li@yunfan.cn, 没有", "“没有”不像邮箱地址", "li@yunfan.cn"),
        ("微信", "王", "“王”不像微信号", "wang_1988"),
        ("级别", "超级", "没有“超级”这个级别", "VIP"),
    ],
)
async def test_wrong_input_says_so_and_asks_again(
    company: Company, field: str, wrong: str, said: str, right: str
) -> None:
    await li_knows(company, ZHANG)
    asked = await changes(company.li, field, wrong, said)
    assert "取消" in asked.labels
    await says(company.li, right, f"✓ {field}已改为")


async def test_wrong_input_in_english(english: Company) -> None:
    await jane_is_known(english)
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "Phone", "right phone number")
    await says(english.li, "ring me", "“ring me” does not look like a phone number", "Now: +44 20 7946 0958")
    await says(english.li, "+1 212 555 0147", "✓ Phone is now +1 212-555-0147")


async def test_the_same_again_is_no_change(company: Company) -> None:
    await li_knows(company, ZHANG)
    same = await changes(company.li, "公司", "云帆科技", "没有变化")
    assert "撤销" not in same.labels


async def test_a_number_without_code_belongs_to_where_one_lives(english: Company) -> None:
    """李雷 lives in Shanghai, whatever the language: an inland number is a Chinese one."""
    await jane_is_known(english)
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "Phone", "right phone number")
    await says(english.li, "021 6234 5678", "+86 21 6234 5678")


# Two at once ---------------------------------------------------------------------------------------------------------


async def both_open_the_company(company: Company) -> None:
    """李雷 and his manager look at the same card and are both asked for its company."""
    await li_knows(company, ZHANG)
    await says(company.wang, "张三", "云帆科技")
    for person in (company.li, company.wang):
        await taps(person, "修改", "改哪一项")
        await taps(person, "公司", "现在：云帆科技")


async def test_the_second_of_two_sees_both_and_takes_theirs_back(company: Company) -> None:
    await both_open_the_company(company)
    await says(company.wang, "远山贸易", "✓ 公司已改为 远山贸易")
    asked = await says(company.li, "远洋贸易", "同事刚把公司改成了 远山贸易", "你写的是 远洋贸易")
    assert asked.labels == ["改成 远洋贸易", "保留 远山贸易"]
    await taps(company.li, "保留", "没有改动", "远山贸易")
    await says(company.wang, "张三", "远山贸易")


async def test_the_second_of_two_insists_and_the_first_can_no_longer_undo(company: Company) -> None:
    await both_open_the_company(company)
    await says(company.wang, "远山贸易", "✓ 公司已改为 远山贸易")
    await says(company.li, "远洋贸易", "同事刚把公司改成了")
    await taps(company.li, "改成 远洋贸易", "✓ 公司已改为 远洋贸易")
    await taps(company.wang, "撤销", "公司：之后又被改过，不能撤销")
    await says(company.wang, "张三", "远洋贸易")


async def test_a_third_change_between_is_asked_about_again(company: Company) -> None:
    await both_open_the_company(company)
    await says(company.wang, "远山贸易", "✓ 公司已改为 远山贸易")
    await says(company.li, "远洋贸易", "改成了 远山贸易")
    await taps(company.wang, "修改", "改哪一项")
    await taps(company.wang, "公司", "现在：远山贸易")
    await says(company.wang, "远望贸易", "✓ 公司已改为 远望贸易")
    await taps(company.li, "改成 远洋贸易", "改成了 远望贸易", "你写的是 远洋贸易")


async def test_two_who_change_different_fields_are_not_in_each_others_way(english: Company) -> None:
    await jane_is_known(english)
    await says(english.wang, "jane", "Acme Ltd")
    for person, field in ((english.li, "Company"), (english.wang, "Title")):
        await taps(person, "Edit", "What should change?")
        await taps(person, field, "Jane Smith")
    await says(english.wang, "buyer", "✓ Title is now buyer")
    both = await says(english.li, "Acme Group", "✓ Company is now Acme Group")
    assert "Acme Group · buyer" in both.text


# Taking it back ------------------------------------------------------------------------------------------------------


async def test_a_change_is_taken_back_from_its_message(company: Company) -> None:
    await li_knows(company, ZHANG)
    await changes(company.li, "公司", "远山贸易", "✓ 公司已改为 远山贸易")
    back = await taps(company.li, "撤销", "已撤销", "云帆科技")
    assert "撤销" not in back.labels


async def test_the_command_takes_back_the_last_change(english: Company) -> None:
    await jane_is_known(english)
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "Title", "right title")
    await says(english.li, "buyer", "✓ Title is now buyer")
    undone = await says(english.li, "/undo", "Undone")
    assert "buyer" not in undone.text
    await says(english.han, "/undo", "There is nothing to undo.")


async def test_an_addition_taken_back_is_gone_from_everywhere(company: Company) -> None:
    await li_knows(company, ZHANG)
    await taps(company.li, "撤销", "已撤销，张三 已从客户簿移除")
    await says(company.li, "张三", "没有找到")
    await says(company.li, "/customer", "还没有客户")
    await says(company.li, "张三 13800138000", "新客户")


async def test_what_was_taken_back_is_not_taken_back_twice(company: Company) -> None:
    await li_knows(company, ZHANG)
    changed = await changes(company.li, "公司", "远山贸易", "✓ 公司已改为")
    await taps(company.li, "撤销", "已撤销")
    await presses(company.li, changed, "撤销", "之后又被改过")
    await says(company.li, "张三", "云帆科技")


async def test_nobody_takes_back_what_somebody_else_did(company: Company) -> None:
    await li_knows(company, ZHANG)
    changed = await changes(company.li, "公司", "远山贸易", "✓ 公司已改为")
    undo = next(button.data for button in changed.buttons if button.label == "撤销")
    hers = await says(company.han, "/customer", "还没有客户")
    await company.han.forges(hers, undo)
    await company.han.sees("没有找到，或者你无权查看", within=WITHIN)
    await says(company.li, "张三", "远山贸易")


# Looking back --------------------------------------------------------------------------------------------------------


async def test_the_timeline_turns_its_pages(company: Company) -> None:
    await li_knows(company, ZHANG)
    for place in range(1, 11):
        await says(company.li, f"记 张三 电话 第{place}次", "✓ 已记下")
    first = await taps(company.li, "记录", "第10次", "第3次")
    assert "第2次" not in first.text
    assert "上一页" not in first.labels
    second = await taps(company.li, "下一页", "第2次", "第1次")
    assert "第3次" not in second.text
    assert second.id == first.id
    await taps(company.li, "上一页", "第10次")
    await taps(company.li, "返回", "上次联系")


async def test_a_long_note_is_folded_and_whole(english: Company) -> None:
    await jane_is_known(english)
    words = " ".join(f"word{place}" for place in range(480))
    await says(english.li, f"note Jane Smith {words}", "✓ Noted")
    await taps(english.li, "Timeline", "word0")
    told = await taps(english.li, "Contacts", "word0")
    assert [entity["type"] for entity in told.raw["entities"]] == ["bold", "bold", "expandable_blockquote"]
    assert told.text.endswith("word478 word479")


async def test_the_history_tells_field_by_field_who_changed_what(company: Company) -> None:
    await li_knows(company, ZHANG)
    await changes(company.li, "公司", "远山贸易", "✓ 公司已改为")
    await says(company.wang, "张三", "远山贸易")
    await taps(company.wang, "修改", "改哪一项")
    await taps(company.wang, "电话", "现在：+86 138 0013 8000")
    await says(company.wang, "+44 20 7946 0958", "✓ 电话已改为")
    await taps(company.wang, "修改", "改哪一项")
    await taps(company.wang, "级别", "现在：潜在")
    await taps(company.wang, "VIP", "✓ 级别已改为 VIP")
    await taps(company.wang, "撤销", "已撤销")
    await says(company.li, "记 张三 电话 改了号码", "✓ 已记下")
    await taps(company.li, "记录", "张三 的往来")
    told = await taps(company.li, "修改记录", "张三 的修改记录")
    assert told.text.splitlines()[2:] == [
        "今天 · 李雷", "10:00 新建往来", "",
        "今天 · 王芳", "10:00 级别：潜在 → VIP（已撤销）", "10:00 电话：+86 138 0013 8000 → +44 20 7946 0958", "",
        "今天 · 李雷", "10:00 公司：云帆科技 → 远山贸易", "10:00 新建客户",
    ]  # fmt: skip


async def test_the_history_says_days_as_people_do(english: Company) -> None:
    await jane_is_known(english)
    await english.moves(by=timedelta(days=1))
    await says(english.li, "note Jane Smith call asked again", "✓ Noted")
    await english.moves(by=timedelta(days=9))
    await says(english.li, "jane", "Last contact: Sat 21 Nov")
    await taps(english.li, "Timeline", "Sat 21 Nov 10:00 · Call · 李雷", "asked again")
    await taps(english.li, "Changes", "Fri 20 Nov · 李雷", "10:00 New customer")


async def test_what_one_changes_at_once_and_takes_back_reads_plainly(company: Company) -> None:
    await says(company.li, "张三 13800138000 明天下午3点回访", "新客户")
    await taps(company.li, "保存", "已保存")
    await taps(company.li, "撤销", "张三 已从客户簿移除")
    await says(company.wang, "张三 13800138000", "新客户")


async def test_somebody_elses_card_timeline_and_history_are_nobodys_business(company: Company) -> None:
    """韩梅 forges the buttons of a customer of 李雷's: missing and forbidden read the same."""
    saved = await li_knows(company, ZHANG)
    number = next(button.data for button in saved.buttons if button.label == "修改").partition(":")[2]
    hers = await says(company.han, "/customer", "还没有客户")
    for data in (
        f"customer:{number}", f"open:{number}", f"edit:{number}", f"edit.field:{number}:name", f"timeline:{number}:0",
        f"history:{number}:0", f"note:{number}", f"hit:0:{number}", f"hits:{number}", f"recent.one:{number}:0",
        "customer:99999", "hit:0:zzzzz", "hits:-", "hit:9:1", "edit.field:1:owner_id",
    ):  # fmt: skip
        await company.han.forges(hers, data)
        told = await company.han.sees(within=WITHIN)
        assert told.text in ("没有找到，或者你无权查看。", "这个按钮已失效。"), data


async def test_nothing_more_happens_to_a_customer_who_was_taken_back(company: Company) -> None:
    """An older card of a customer whose adding was undone: no reminder is promised that would never come."""
    await company.li.says("王总 13800138000 云帆科技")
    await company.li.sees("对吗")
    await company.li.taps("保存")
    saved = await company.li.sees("已保存")
    await company.li.says("wangzong")
    older = await company.li.sees("云帆科技")
    await company.li.taps("撤销", on=saved)
    await company.li.sees("已撤销")
    for button in ("提醒", "记一笔", "修改", "投诉"):
        await company.li.taps(button, on=older)
        await company.li.sees("不能再记了")
