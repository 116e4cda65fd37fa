"""A customer in one line, or from a shared contact: at most two taps to a saved card, nothing that was typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import duplicates, selecting, staff
from tests.handlers.telling import WITHIN, li_knows, says, taps
from tests.house import Company


@pytest.mark.parametrize(
    ("line", "card"),
    [
        ("王总 13800138000 云帆科技 采购", ["王总", "云帆科技 · 采购", "📞 +86 138 0013 8000"]),
        ("添加 张三，13900139000，zhang@yunfan.cn", ["张三", "📞 +86 139 0013 9000", "✉️ zhang@yunfan.cn"]),
        ("姓名：李娜\n电话：010-62345678转801\n公司：远山贸易", ["李娜", "远山贸易", "📞 +86 10 6234 5678 转 801"]),
        ("Jane Doe, Acme Ltd, +44 20 7946 0958", ["Jane Doe", "Acme Ltd", "📞 +44 20 7946 0958"]),
        ("陈静 sales manager 微信 chenjing_88 chen@acme.com", ["陈静", "sales manager", "✉️ chen@acme.com"]),
    ],
)
async def test_one_line_and_one_tap(company: Company, line: str, card: list[str]) -> None:
    await says(company.li, line, "新客户，对吗？")
    saved = await taps(company.li, "保存", "✓ 已保存")
    shown = saved.text.splitlines()
    assert [part for part in card if part not in shown] == []
    assert saved.labels == ["撤销", "提醒", "记一笔", "修改", "详情", "记录", "商机", "投诉", "客户链接"]


@pytest.mark.parametrize(
    ("line", "card"),
    [
        ("Jane Doe +44 20 7946 0958 Acme Ltd buyer", ["Jane Doe", "Acme Ltd · buyer", "📞 +44 20 7946 0958"]),
        (
            "add John Smith john.smith@globex.com Globex Inc",
            ["John Smith", "Globex Inc", "✉️ john.smith@globex.com"],
        ),
        ("王总 云帆科技 13800138000", ["王总", "云帆科技", "📞 +86 138 0013 8000"]),
    ],
)
async def test_one_line_and_one_tap_in_english(english: Company, line: str, card: list[str]) -> None:
    await says(english.li, line, "New customer: right?")
    saved = await taps(english.li, "Save", "✓ Saved")
    assert [part for part in card if part not in saved.text.splitlines()] == []


async def test_a_number_alone_needs_a_name_and_no_more(company: Company) -> None:
    await says(company.li, "13800138000", "客户叫什么名字")
    await says(company.li, "张三", "新客户", "+86 138 0013 8000")
    await taps(company.li, "保存", "✓ 已保存", "张三")


async def test_digits_that_are_no_number_are_looked_for(company: Company) -> None:
    """The end of a number, an order's number: nobody is called so."""
    await li_knows(company, "张三 010-62345678 云帆科技")
    await says(company.li, "62345678", "张三", "云帆科技")
    await says(company.li, "20261234", "没有找到“20261234”")


async def test_a_number_with_a_slip_in_it_is_kept_beside_the_name(company: Company) -> None:
    await says(company.li, "张三 1380013800 云帆科技", "新客户", "姓名：张三", "📝 1380013800")


async def test_nobody_finds_a_customer_before_they_are_saved(company: Company) -> None:
    await says(company.li, "张三 13800138000 云帆科技", "新客户")
    await says(company.li, "张三", "没有找到")
    await taps(company.li, "保存", "✓ 已保存")
    await says(company.li, "张三", "云帆科技")


# A time, and the rest ------------------------------------------------------------------------------------------------


async def test_a_time_becomes_a_follow_up_that_rings(company: Company) -> None:
    shown = await says(company.li, "王总 13800138000 云帆科技 采购 周三下午3点回访", "新客户")
    assert "⏰ 保存后会在下周三 15:00 提醒你：回访" in shown.text
    saved = await taps(company.li, "保存", "✓ 已保存")
    assert "⏰ 下周三 15:00 回访" in saved.text
    await company.moves(by=timedelta(days=5, hours=5))
    await company.li.sees("⏰ 王总", "回访", within=WITHIN)


async def test_a_day_without_an_hour_is_nine_in_the_morning_and_today_is_later_today(english: Company) -> None:
    shown = await says(english.li, "Jane Doe +44 20 7946 0958 call back tomorrow", "New customer")
    assert "⏰ Once saved, you will be reminded tomorrow 09:00: call back" in shown.text
    await taps(english.li, "Cancel", "Nothing was saved")
    shown = await says(english.li, "Jane Doe +44 20 7946 0958 call back today", "New customer")
    assert "⏰ Once saved, you will be reminded today 13:00: call back" in shown.text


async def test_the_rest_becomes_a_note(company: Company) -> None:
    shown = await says(company.li, "张三 13800138000 云帆科技 老家在湖南 喜欢喝茶", "新客户")
    assert "📝 老家在湖南 喜欢喝茶" in shown.text
    await taps(company.li, "保存", "✓ 已保存", "📝 老家在湖南 喜欢喝茶")
    await taps(company.li, "记录", "备注 · 李雷", "老家在湖南 喜欢喝茶")


async def test_tags_are_tags_and_words_for_which_there_is_no_field_are_not_dropped(company: Company) -> None:
    await says(company.li, "张三 13800138000 标签：外贸、老客户 生日5月1日", "标签：#外贸 #老客户", "5月1日")
    await taps(company.li, "保存", "✓ 已保存", "#外贸 #老客户")
    await taps(company.li, "记录", "5月1日")


async def test_a_time_that_passes_while_the_card_waits_is_kept_as_a_note(company: Company) -> None:
    await says(company.li, "张三 13800138000 周三下午3点回访", "⏰ 保存后会在下周三 15:00 提醒你")
    await company.moves(by=timedelta(days=7))
    saved = await taps(company.li, "保存", "✓ 已保存", "📝 2026-11-25 15:00 回访")
    assert "⏰" not in saved.text


CARD = """{names}
销售总监 Sales Director
上海远洋国际贸易有限公司
Shanghai Ocean International Trading Co., Ltd.
地址：上海市浦东新区世纪大道100号
Address: No.100 Century Avenue, Pudong, Shanghai
手机 Mobile: 13800138000
邮箱 Email: helen@ocean.com"""


async def test_a_card_in_two_scripts_is_named_by_its_chinese_name(company: Company) -> None:
    for names in ("刘海燕\nHelen Liu", "刘海燕 Helen Liu", "刘海燕（Helen Liu）"):
        shown = await says(
            company.li, CARD.format(names=names), "新客户", "姓名：刘海燕", "公司：上海远洋国际贸易有限公司"
        )
        assert "姓名：Helen" not in shown.text
        assert "Helen Liu" in shown.text


async def test_a_card_in_two_scripts_in_english(english: Company) -> None:
    await says(english.li, CARD.format(names="刘海燕\nHelen Liu"), "New customer", "Name: 刘海燕", "Title: 销售总监")
    # Two people are two people, whatever their names are written in.
    await says(english.li, "王磊 +86 13900139000\nHelen Liu", "Name: 王磊")


async def test_one_undo_takes_back_all_of_a_line(english: Company) -> None:
    await says(english.li, "Jane Doe +44 20 7946 0958 call back Wed 3pm", "New customer")
    await taps(english.li, "Save", "✓ Saved", "⏰ Wed 15:00")
    await taps(english.li, "Undo", "Jane Doe is removed again")
    await english.moves(by=timedelta(days=5, hours=6))
    await english.li.sees_nothing()


# A shared contact ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["+8613800138000", "8613800138000", "138 0013 8000"])
async def test_a_shared_contact_is_one_tap_from_saved(company: Company, number: str) -> None:
    await company.li.sends_contact(phone=number, first_name="王", last_name="建国")
    await company.li.sees("新客户", "王建国", "+86 138 0013 8000", within=WITHIN)
    await taps(company.li, "保存", "✓ 已保存", "王建国")


async def test_a_shared_contact_without_a_name_is_asked_for_one(english: Company) -> None:
    await english.li.sends_contact(phone="+442079460958", first_name="\u200b")
    await english.li.sees("What is the customer's name?", within=WITHIN)
    await says(english.li, "Jane Doe", "New customer", "+44 20 7946 0958")


async def test_a_shared_contact_with_what_is_no_number_keeps_it_as_a_note(english: Company) -> None:
    await english.li.sends_contact(phone="12", first_name="Jane")
    await english.li.sees("New customer", "Jane", "📝 12", within=WITHIN)


async def test_a_shared_contact_that_is_known_opens(company: Company) -> None:
    await li_knows(company)
    await company.li.sends_contact(phone="+8613800138000", first_name="张三")
    card = await company.li.sees("客户簿里已有这位客户", "云帆科技", within=WITHIN)
    assert "保存" not in card.labels


# Known already -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["13800138000", "+86 138-0013-8000", "张三 13800138000", "张总 13800138000 云帆科技"])
async def test_a_contact_of_ones_own_customer_opens_the_card(company: Company, line: str) -> None:
    await li_knows(company)
    card = await says(company.li, line, "客户簿里已有这位客户", "张三", "云帆科技")
    assert card.labels[0] == "提醒"


async def test_what_a_line_says_beyond_a_known_customer_is_one_tap_from_kept(company: Company) -> None:
    await li_knows(company)
    card = await says(
        company.li,
        "张三 13800138000 zhang@yunfan.cn 想要样品",
        "客户簿里已有",
        "＋ 邮箱：zhang@yunfan.cn",
        "📝 想要样品",
    )
    assert card.labels[0] == "记下"
    kept = await taps(company.li, "记下", "✓ 已记下", "＋ 邮箱：zhang@yunfan.cn", "📝 想要样品")
    assert "✉️ zhang@yunfan.cn" in kept.text.splitlines()
    undone = await taps(company.li, "撤销", "已撤销", "张三")
    assert "✉️" not in undone.text


async def test_what_contradicts_a_known_customer_replaces_nothing_and_becomes_a_note(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技 采购")
    await says(company.li, "张三 13800138000 远山贸易 厂长", "客户簿里已有", "📝 远山贸易 厂长")
    kept = await taps(company.li, "记下", "✓ 已记下", "📝 远山贸易 厂长")
    assert "云帆科技 · 采购" in kept.text.splitlines()


async def test_the_same_company_in_another_form_is_nothing_new(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技")
    card = await says(company.li, "张三 13800138000 上海云帆科技有限公司", "客户簿里已有")
    assert card.labels[0] == "提醒"


async def test_a_time_for_a_known_customer_is_one_tap_from_a_reminder(english: Company) -> None:
    await says(english.li, "Jane Doe +44 20 7946 0958 Acme Ltd", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.li, "Jane Doe +44 20 7946 0958 send quote Wed 3pm", "Already in the book", "reminded Wed 15:00")
    await taps(english.li, "Keep this", "✓ Kept", "⏰ Wed 15:00 send quote")
    undone = await taps(english.li, "Undo", "Undone")
    assert "⏰" not in undone.text


async def test_somebody_else_at_the_same_number_may_be_added_all_the_same(company: Company) -> None:
    """A switchboard, a couple: the other one is named and can be looked at without losing what was typed."""
    await li_knows(company, "王建国 010-62345678 云帆科技")
    asked = await says(company.li, "小李 010-62345678 前台", "新客户", "王建国 · 云帆科技 已在客户簿里，电话相同")
    assert asked.labels[:4] == ["仍然新增", "取消", "打开 王建国", "同一位，补资料"]
    await taps(company.li, "打开 王建国", "云帆科技", "潜在 · 线索")
    await taps(company.li, "仍然新增", "✓ 已保存", "小李")
    await says(company.li, "62345678", "找到 2 位")


async def test_a_number_that_two_have_opens_neither_unasked(company: Company) -> None:
    await li_knows(company, "王建国 010-62345678 云帆科技")
    await says(company.li, "小李 010-62345678 前台", "新客户")
    await taps(company.li, "仍然新增", "✓ 已保存", "小李")
    asked = await says(company.li, "010-62345678", "这个联系方式有几位客户")
    assert sorted(asked.labels) == ["小李 · 前台", "王建国 · 云帆科技"]
    await taps(company.li, "小李", "潜在 · 线索", "前台")


# The same by name and company ----------------------------------------------------------------------------------------


async def test_a_name_that_sounds_the_same_at_the_same_company_is_asked_about(company: Company) -> None:
    await li_knows(company, "张三 13800138000 上海云帆科技有限公司")
    asked = await says(
        company.li, "章叁 13900139000 云帆科技", "新客户", "张三 · 上海云帆科技有限公司 已在客户簿里，姓名和公司相同"
    )
    assert asked.labels[:4] == ["仍然新增", "取消", "打开 张三", "同一位，补资料"]


async def test_it_is_that_one_what_was_typed_is_shown_and_added_there(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技")
    await says(company.li, "章叁 13900139000 云帆科技 采购 想要样品", "新客户")
    shown = await taps(company.li, "同一位，补资料", "补充到这位客户", "＋ 电话：+86 139 0013 9000", "＋ 职位：采购")
    assert "📝 章叁 想要样品" in shown.text.splitlines()
    assert shown.labels[0] == "记下"
    kept = await taps(company.li, "记下", "✓ 已记下", "云帆科技 · 采购")
    assert "📞 +86 139 0013 9000" in kept.text.splitlines()
    assert "章叁" not in [label.split(" · ")[0] for label in kept.labels]
    undone = await taps(company.li, "撤销", "已撤销", "张三")
    assert "139" not in undone.text
    assert "采购" not in undone.text


async def test_of_a_colleagues_customer_a_name_and_a_company_tell_nothing(company: Company) -> None:
    """A number one holds in one's hands; a name and a company anybody can try, one after the other."""
    await li_knows(company, "张三 13800138000 云帆科技")
    there = await says(company.han, "添加 张三 13900139000 云帆科技", "新客户")
    await taps(company.han, "取消", "没有保存")
    nobody = await says(company.han, "添加 李四 13900139000 远山贸易", "新客户")
    assert there.labels == nobody.labels
    assert len(there.text.splitlines()) == len(nobody.text.splitlines())
    assert "⚠️" not in there.text


async def test_the_manager_of_both_is_asked(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技")
    await says(company.wang, "张三 13900139000 云帆科技", "新客户", "张三 · 云帆科技 已在客户簿里")


async def test_who_adds_nothing_to_the_one_who_is_there_is_told_so(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技")
    await says(company.li, "添加 张三 云帆科技", "张三 · 云帆科技 已在客户簿里")
    there = await taps(company.li, "同一位，补资料", "张三 那里都有了，没有新的要补充")
    assert there.labels == ["打开"]
    await taps(company.li, "打开", "张三", "📞 +86 138 0013 8000")


async def test_added_anyway_is_remembered(company: Company) -> None:
    await li_knows(company, "张三 13800138000 云帆科技")
    await says(company.li, "章叁 13900139000 云帆科技", "张三 · 云帆科技 已在客户簿里")
    await taps(company.li, "仍然新增", "✓ 已保存", "章叁")
    first, second = await company.reads(
        lambda tx: [one.id for one in selecting.select(tx, staff.as_actor(tx, company.ids["li"]))]
    )
    assert await company.reads(lambda tx: duplicates.apart(tx, first, second))
    await taps(company.li, "撤销", "已从客户簿移除")
    assert not await company.reads(lambda tx: duplicates.apart(tx, first, second))


async def test_a_known_contact_is_noticed_in_the_form_too(company: Company) -> None:
    await li_knows(company)
    await says(company.li, "/add", "名字")
    await says(company.li, "李四", "电话？")
    await says(company.li, "13800138000", "哪家公司")
    asked = await taps(company.li, "填好了", "新客户", "张三 · 云帆科技 已在客户簿里，电话相同")
    assert "同一位，补资料" in asked.labels
    await taps(company.li, "电话", "现在：+86 138 0013 8000")
    corrected = await says(company.li, "13900139000", "新客户")
    assert "张三" not in corrected.text


# Whose it is, nobody is told -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["line", "form", "contact"])
async def test_a_colleagues_contact_is_taken_and_no_more(company: Company, how: str) -> None:
    await li_knows(company, "张三丰 13800138000 云帆科技 想要样品")
    han = company.han
    if how == "line":
        asked = await says(han, "老张 13800138000", "新客户")
    elif how == "contact":
        await han.sends_contact(phone="+8613800138000", first_name="老张")
        asked = await han.sees("新客户", within=WITHIN)
    else:
        await says(han, "/add", "名字")
        await says(han, "老张", "电话？")
        await says(han, "13800138000", "哪家公司")
        asked = await taps(han, "填好了", "新客户")
    assert asked.text.splitlines()[-1] == "⚠️ 这个联系方式已有同事在跟进。"
    assert asked.labels == ["保存", "取消", "申请", "姓名", "电话", "公司", "职位", "邮箱", "微信", "地址", "更多…"]
    told = han.transcript()
    assert [word for word in ("三丰", "云帆", "李雷", "样品") if word in told] == []


async def test_an_email_is_taken_in_english_whatever_its_case(english: Company) -> None:
    await says(english.li, "Jane Doe jane@acme.co.uk", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.han, "JD JANE@Acme.co.uk", "New customer", "A colleague already looks after this contact.")


async def test_a_manager_sees_whose_it_is_in_the_own_team_only(company: Company) -> None:
    await li_knows(company)
    await says(company.wang, "13800138000", "客户簿里已有这位客户", "张三")
    await says(company.qian, "老张 13800138000", "新客户", "已有同事在跟进")
    assert "张三" not in company.qian.transcript()


async def test_what_was_taken_back_is_free_again(company: Company) -> None:
    await li_knows(company)
    await taps(company.li, "撤销", "已从客户簿移除")
    asked = await says(company.han, "张三 13800138000", "新客户")
    assert "⚠️" not in asked.text


async def test_a_support_agent_with_a_number_searches_and_learns_nothing(company: Company) -> None:
    """Support adds nobody; whether the book has a number that they may not see is not for them to know."""
    await li_knows(company)
    await says(company.su, "13800138000", "没有找到“13800138000”")
    await says(company.su, "13900139000", "没有找到“13900139000”")
    await company.su.sends_contact(phone="+8613800138000", first_name="张三")
    await company.su.sees("没有找到", within=WITHIN)
