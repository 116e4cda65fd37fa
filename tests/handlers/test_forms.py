"""Step by step: forms as people fill them, leave them and come back to them; told with the one that adds a customer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.telling import WITHIN, li_knows, presses, says, taps
from tests.house import Company


async def test_question_by_question_to_a_saved_card(company: Company) -> None:
    li = company.li
    asked = await says(li, "/add", "客户叫什么名字")
    assert asked.labels == ["取消"]
    asked = await says(li, "张三", "电话？")
    assert asked.labels == ["上一步", "跳过", "填好了", "取消"]
    await says(li, "138 0013 8000", "哪家公司")
    await says(li, "云帆科技", "职位？")
    await says(li, "采购", "邮箱？")
    await says(li, "San@yunfan.cn", "微信号？")
    await says(li, "zhangsan_88", "地址？")
    shown = await says(li, "上海市浦东新区张江路1号", "新客户")
    assert shown.text.splitlines() == [
        "新客户，对吗？", "姓名：张三", "电话：+86 138 0013 8000", "公司：云帆科技", "职位：采购",
        "邮箱：san@yunfan.cn",
        "微信：zhangsan_88", "地址：上海市浦东新区张江路1号",
    ]  # fmt: skip
    saved = await taps(li, "保存", "✓ 已保存")
    assert saved.id == shown.id
    assert saved.labels[0] == "撤销"


async def test_only_what_is_known_in_three_answers(english: Company) -> None:
    li = english.li
    await says(li, "add", "What is the customer's name?")
    await says(li, "Jane Smith", "Phone number?")
    await taps(li, "Skip", "Which company?")
    await says(li, "Acme Ltd", "Title?")
    shown = await taps(li, "That’s all", "New customer")
    assert shown.text.splitlines() == ["New customer: right?", "Name: Jane Smith", "Company: Acme Ltd"]
    await taps(li, "Save", "✓ Saved", "Jane Smith", "Acme Ltd")


async def test_a_wrong_answer_says_why_and_what_was_given_before_stays(company: Company) -> None:
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张三", "电话？")
    await says(li, "一三八", "“一三八”不像电话号码", "电话？")
    await says(li, "再说吧", "“再说吧”不像电话号码")
    await says(li, "13800138000", "哪家公司")
    shown = await taps(li, "填好了", "新客户")
    assert shown.text.splitlines()[1:] == ["姓名：张三", "电话：+86 138 0013 8000"]


async def test_back_shows_what_was_given_and_skipping_keeps_it(company: Company) -> None:
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张山", "电话？")
    await says(li, "13800138000", "哪家公司")
    await taps(li, "上一步", "现在：+86 138 0013 8000", "电话？")
    await taps(li, "上一步", "现在：张山", "名字")
    await says(li, "张三", "现在：+86 138 0013 8000", "电话？")
    await taps(li, "跳过", "哪家公司")
    shown = await taps(li, "填好了", "新客户")
    assert shown.text.splitlines()[1:] == ["姓名：张三", "电话：+86 138 0013 8000"]


async def test_the_name_alone_can_not_be_skipped(company: Company) -> None:
    await says(company.li, "/add", "名字")
    await says(company.li, "跳过", "电话？")
    await taps(company.li, "填好了", "姓名：跳过")


@pytest.mark.parametrize("word", ["取消", "Cancel", "/cancel"])
async def test_cancelled_by_button_word_or_command_nothing_is_saved(company: Company, word: str) -> None:
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张三", "电话？")
    await says(li, word, "已取消")
    await says(li, "张三", "没有找到")


async def test_the_words_of_the_buttons_may_be_typed(english: Company) -> None:
    li = english.li
    await says(li, "add", "name?")
    await says(li, "Jane Smith", "Phone number?")
    await says(li, "skip", "Which company?")
    await says(li, "BACK", "Phone number?")
    await says(li, "that’s all", "New customer", "Jane Smith")
    await taps(li, "Cancel", "Nothing was saved")


async def test_corrected_at_the_confirmation(company: Company) -> None:
    li = company.li
    await says(li, "张三 13800138000 云帆科技 采购", "新客户")
    await taps(li, "公司", "现在：云帆科技", "哪家公司")
    await says(li, "远山贸易", "新客户", "公司：远山贸易")
    await taps(li, "职位", "现在：采购")
    emptied = await taps(li, "清空", "新客户")
    assert "职位" not in emptied.text
    await taps(li, "邮箱", "邮箱？")
    await says(li, "没有邮箱", "不像邮箱地址")
    await taps(li, "上一步", "新客户", "公司：远山贸易")
    saved = await taps(li, "保存", "✓ 已保存")
    assert saved.text.splitlines()[2:] == ["张三", "远山贸易", "潜在 · 线索", "📞 +86 138 0013 8000"]


async def test_a_choice_is_tapped_or_typed_in_either_language(english: Company) -> None:
    li = english.li
    await says(li, "Jane Smith +44 20 7946 0958", "New customer")
    await taps(li, "Save", "Saved")
    for answer, said in (("Important", "Level is now Important"), ("潜在", "Level is now Potential")):
        await taps(li, "Edit", "What should change?")
        asked = await taps(li, "Level", "Which level?")
        assert asked.labels == ["Potential", "Regular", "Important", "VIP", "Cancel"]
        await (taps if answer in asked.labels else says)(li, answer, said)


async def test_a_restart_in_the_middle_forgets_nothing(company: Company) -> None:
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张三", "电话？")
    await company.restart()
    await says(li, "13800138000", "哪家公司")
    await company.restart()
    await taps(li, "填好了", "新客户", "张三", "+86 138 0013 8000")
    await company.restart()
    await taps(li, "保存", "✓ 已保存", "张三")


async def test_what_is_said_while_the_bot_is_away_is_answered_when_it_is_back(english: Company) -> None:
    li = english.li
    await says(li, "add", "name?")
    await english.stop()
    await li.says("Jane Smith")
    await li.says("+44 20 7946 0958")
    await english.start()
    await li.sees("Phone number?", within=WITHIN)
    await li.sees("Which company?", within=WITHIN)
    await taps(li, "That’s all", "Jane Smith", "+44 20 7946 0958")


async def test_a_week_later_it_goes_on_where_it_was(company: Company) -> None:
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张三", "电话？")
    await company.moves(by=timedelta(days=7))
    await says(li, "13800138000", "哪家公司")
    await taps(li, "填好了", "新客户")
    await company.moves(by=timedelta(days=7))
    await taps(li, "保存", "✓ 已保存", "张三")


async def test_two_forms_are_open_and_each_has_its_own_buttons(company: Company) -> None:
    li = company.li
    earlier = await says(li, "张三 13800138000", "新客户")
    later = await says(li, "李四 13900139000", "新客户", "李四", "没填完的先放着：张三")
    await presses(li, earlier, "保存", "✓ 已保存", "张三", "没填完的先放着：李四")
    await presses(li, earlier, "取消", "这个按钮已失效")
    await presses(li, later, "保存", "✓ 已保存", "李四")
    await says(li, "/undo", "李四 已从客户簿移除")


async def test_what_was_left_half_filled_is_put_aside_with_a_way_back(english: Company) -> None:
    li = english.li
    await says(li, "add", "name?")
    await says(li, "Jane Smith", "Phone number?")
    found = await says(li, "/find Bob", "Nothing found", "Put aside, unfinished: Jane Smith")
    await says(li, "/today")
    assert "Put aside" not in li.last.text  # said once
    await taps(li, "Go on with", "Phone number?")
    await says(li, "+44 20 7946 0958", "Which company?")
    shown = await taps(li, "That’s all", "Jane Smith", "+44 20 7946 0958")
    await presses(li, shown, "Save", "✓ Saved", "Jane Smith")
    await presses(li, found, "Go on with Jane Smith", "no longer")


async def test_a_step_of_a_case_in_between_loses_nothing(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await says(wang, "/add", "名字")
    await says(wang, "李四", "电话？")
    await says(li, "投诉 张三 少了两箱", "#1")
    await wang.sees("新投诉")
    await taps(wang, "我来处理", "由 王芳 处理", "没填完的先放着：李四")
    await taps(wang, "接着填", "电话？")
    await says(wang, "13900139000", "哪家公司")


async def test_what_was_shown_can_be_saved_after_others_and_after_something_else_was_done(company: Company) -> None:
    li = company.li
    names = ("张伟", "王芳芳", "李娜", "刘洋")
    shown = [await says(li, f"{name} 1380013800{place}", "新客户") for place, name in enumerate(names)]
    await presses(li, shown[0], "保存", "✓ 已保存", "没填完的先放着：刘洋")
    shown.append(await says(li, "陈静 13800138009", "新客户"))
    await says(li, "成交 张伟 3万", "30,000", "没填完的先放着：陈静")
    for one in shown[1:]:
        await presses(li, one, "保存", "✓ 已保存")
    await presses(li, shown[0], "保存", "这个按钮已失效")


async def test_a_colleague_can_not_take_up_what_was_put_aside(company: Company) -> None:
    shown = await says(company.li, "张三 13800138000", "新客户")
    await says(company.li, "李四 13900139000", "新客户")
    mine = await says(company.han, "王五 13700137000", "新客户")
    await company.han.forges(mine, shown.buttons[0].data)
    await company.han.sees("这个按钮已失效", within=WITHIN)


async def test_buttons_of_an_earlier_question_do_nothing(company: Company) -> None:
    """The phone still shows 跳过 under a question that was answered by typing."""
    li = company.li
    await says(li, "/add", "名字")
    phones = await says(li, "张三", "电话？")
    await says(li, "13800138000", "哪家公司")
    await presses(li, phones, "跳过", "这个按钮已失效")
    await presses(li, phones, "上一步", "这个按钮已失效")
    await says(li, "云帆科技", "职位？")
    shown = await taps(li, "填好了", "新客户")
    assert shown.text.splitlines()[1:] == ["姓名：张三", "电话：+86 138 0013 8000", "公司：云帆科技"]


async def test_saved_twice_by_an_impatient_finger_is_one_customer(company: Company) -> None:
    li = company.li
    shown = await says(li, "张三 13800138000", "新客户")
    await taps(li, "保存", "✓ 已保存")
    await presses(li, shown, "保存", "这个按钮已失效")
    await says(li, "/undo", "张三 已从客户簿移除")
    await says(li, "/undo", "没有可以撤销的修改")


async def test_altered_buttons_do_nothing(company: Company) -> None:
    li = company.li
    shown = await says(li, "张三 13800138000", "新客户")
    nonce = shown.buttons[0].data.split(":")[1]
    for data in (f"f:{nonce}", f"f:{nonce}:s", f"f:{nonce}:e:owner_id", f"f:{nonce}:c:0:name", "f:zzzzzz:ok", "f"):
        await li.forges(shown, data)
        told = await li.sees(within=WITHIN)
        assert told.text.startswith(("这个按钮已失效。", "没有找到，或者你无权查看。")), data
    await taps(li, "电话", "现在：+86 138 0013 8000")
    for data in (f"f:{nonce}:c:0:phones", f"f:{nonce}:v:phones", f"f:{nonce}:s:phones"):
        await li.forges(shown, data)
        await li.sees("这个按钮已失效", within=WITHIN)
    await says(li, "13900139000", "新客户", "+86 139 0013 9000")


@pytest.mark.parametrize("instead", ["/today", "菜单", "/help"])
async def test_a_question_is_left_by_doing_something_else(company: Company, instead: str) -> None:
    """Somebody else's name typed afterwards is a search, not the answer to a question that was left behind."""
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "张三", "电话？")
    await li.says(instead)
    await li.sees(within=WITHIN)
    await says(li, "李四", "没有找到“李四”")


async def test_what_waits_to_be_confirmed_survives_a_look_elsewhere(english: Company) -> None:
    li = english.li
    await says(li, "Jane Smith +44 20 7946 0958", "New customer")
    await says(li, "/today", "Nothing")
    await says(li, "John", "Nothing found for “John”")
    await taps(li, "Save", "✓ Saved", "Jane Smith")


async def test_two_people_fill_the_same_form_at_once(company: Company) -> None:
    li, han = company.li, company.han
    for person in (li, han):
        await says(person, "/add", "名字")
    await says(li, "张三", "电话？")
    await says(han, "李四", "电话？")
    await says(li, "13800138000", "哪家公司")
    await says(han, "13900139000", "哪家公司")
    mine = await taps(li, "填好了", "新客户")
    hers = await taps(han, "填好了", "新客户")
    assert "张三" in mine.text
    assert "李四" in hers.text
    await presses(han, hers, "保存", "✓ 已保存", "李四")
    await han.forges(hers, mine.buttons[0].data)
    await han.sees("这个按钮已失效", within=WITHIN)


async def test_words_with_signs_of_html_stay_words(english: Company) -> None:
    li = english.li
    await says(li, "add", "name?")
    await says(li, "<b>Jane</b> & Co", "Phone number?")
    await says(li, "<i>none</i>", "“<i>none</i>” does not look like a phone number")
    await taps(li, "That’s all", "Name: <b>Jane</b> & Co")
    await taps(li, "Save", "✓ Saved", "<b>Jane</b> & Co")


async def test_a_support_agent_adds_nobody(company: Company) -> None:
    await says(company.su, "/add", "没有找到，或者你无权查看")
    await says(company.su, "添加 张三 13800138000", "没有找到，或者你无权查看")


async def test_a_label_and_a_value_put_the_open_form_right(english: Company) -> None:
    li = english.li
    await says(li, "Anna Larsson +46 70 123 45 67", "New customer")
    await says(li, "title head of purchasing", "New customer", "Anna Larsson", "Title: head of purchasing")
    await says(li, "Title: chief buyer", "Title: chief buyer")
    shown = await says(li, "phone +44 7700 900412", "Anna Larsson", "Phone: +44 7700 900412")
    assert "+46" not in shown.text
    await says(li, "email about the fair", "Nothing found")  # what no e-mail is, is another line
    await taps(li, "Save", "✓ Saved", "chief buyer")


async def test_a_label_and_a_value_put_the_open_form_right_in_chinese(company: Company) -> None:
    await says(company.li, "张三 13800138000 云帆科技", "新客户")
    await says(company.li, "职位 采购总监", "新客户", "职位：采购总监")
    await says(company.li, "电话：13900139000", "新客户", "电话：+86 139 0013 9000")


async def test_a_form_that_lies_aside_is_saved_by_its_button_and_later_it_is_said_what_became_of_it(
    english: Company,
) -> None:
    li = english.li
    first = await says(li, "Anna Larsson +46 70 123 45 67", "New customer")
    beside = await says(li, "Bo Dahl +46 70 123 45 68", "New customer", "Put aside, unfinished: Anna Larsson")
    assert "Go on with Anna Larsson" in beside.labels
    await presses(li, first, "Save", "✓ Saved", "Anna Larsson")
    await presses(li, first, "Save", "This button is no longer available", "saved or cancelled since")
    second = await says(li, "Cleo Rask +46 70 123 45 69", "New customer")
    await presses(li, second, "Title", "Title?")
    await presses(li, second, "Save", "✓ Saved", "Cleo Rask")
