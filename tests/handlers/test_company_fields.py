"""The owner's fields from their first day: made in chat, asked, filled in a line, on the card, retired and back."""

from __future__ import annotations

from bot.demo.standin.bubbles import Bubble
from tests.handlers.telling import presses, says, taps
from tests.house import Company


async def boss_makes(company: Company, name: str, kind: str, *seen: str) -> Bubble:
    await says(company.boss, "/settings", "设置")
    await taps(company.boss, "字段", "客户的字段")
    await taps(company.boss, "＋ 新字段", "新字段叫什么")
    await says(company.boss, name, "这是什么样的内容")
    return await taps(company.boss, kind, *(seen or (f"✓ 已添加字段 {name}",)))


async def test_a_field_of_ones_own_is_filled_in_a_line_on_the_details_and_in_words(company: Company) -> None:
    await boss_makes(company, "预算", "数字")
    asked = await says(company.li, "张三 13800138000 云帆科技 预算:30万 要样品", "新客户", "预算：300,000")
    assert "要样品" in asked.text
    await taps(company.li, "保存", "✓ 已保存")
    await taps(company.li, "详情", "预算：300,000")
    await says(company.li, "预算改成 1.5m", "✓ 预算已改为 1,500,000")
    await says(company.li, "预算改成 很多", "“很多”不像数字", "预算？")
    await taps(company.li, "取消", "没有改动")
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "更多…", "改哪一项")
    await taps(company.li, "预算", "现在：1,500,000")
    await says(company.li, "2万", "✓ 预算已改为 20,000")
    await taps(company.li, "撤销", "已撤销")
    await taps(company.li, "详情", "预算：1,500,000")
    await taps(company.li, "修改记录", "预算：1,500,000 → 20,000", "预算：300,000 → 1,500,000")


async def test_choices_are_added_chosen_and_renamed_for_everybody(company: Company) -> None:
    await boss_makes(company, "会员", "选项", "有哪些选项")
    await says(company.boss, "金卡，银卡", "✓ 已添加 金卡 · 银卡")
    await says(company.li, "张三 13800138000", "新客户")
    await taps(company.li, "保存", "已保存")
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "更多…", "改哪一项")
    asked = await taps(company.li, "会员", "会员？")
    assert asked.labels[:2] == ["金卡", "银卡"]
    await taps(company.li, "金卡", "✓ 会员已改为 金卡")
    await taps(company.boss, "金卡", "金卡")
    await taps(company.boss, "改名", "改叫什么")
    await says(company.boss, "白金卡", "✓ 现在叫 白金卡")
    await says(company.li, "张三", "张三")
    await taps(company.li, "详情", "会员：白金卡")


async def test_what_is_required_is_asked_before_a_line_is_saved(company: Company) -> None:
    await says(company.boss, "/settings", "设置")
    await taps(company.boss, "字段", "客户的字段")
    await taps(company.boss, "电话", "电话")
    await taps(company.boss, "‹ 返回", "客户的字段")
    await taps(company.boss, "公司", "公司")
    await taps(company.boss, "必填", "✓ 必须填写")
    await says(company.li, "张三 13800138000", "哪家公司")
    await says(company.li, "云帆科技", "新客户", "公司：云帆科技")
    await taps(company.li, "保存", "✓ 已保存")
    await taps(company.li, "修改", "改哪一项")
    asked = await taps(company.li, "公司", "公司改成什么")
    assert asked.labels == ["取消"], "what must be there is not emptied"
    await taps(company.li, "取消", "没有改动")
    await taps(company.boss, "撤销", "已撤销")
    await says(company.li, "李四 13900139000", "新客户")


async def test_what_is_recommended_has_its_turn_in_the_form_and_a_way_past_it(company: Company) -> None:
    await boss_makes(company, "老客户介绍", "是或否")
    await taps(company.boss, "建议填", "✓ 表单里会问，可以跳过")
    await says(company.li, "/add", "叫什么名字")
    await says(company.li, "张三", "电话？")
    for question in ("哪家公司", "职位？", "邮箱？", "微信号？", "地址？"):
        await taps(company.li, "跳过", question)
    asked = await taps(company.li, "跳过", "老客户介绍？")
    assert asked.labels[:2] == ["是", "否"]
    await taps(company.li, "否", "新客户", "老客户介绍：否")
    await taps(company.li, "保存", "已保存")
    await taps(company.li, "详情", "老客户介绍：否")


async def test_a_retired_field_is_gone_from_forms_and_back_with_undo(company: Company) -> None:
    made = await boss_makes(company, "预算", "数字")
    assert "停用" in made.labels
    await taps(company.boss, "停用", "✓ 已停用 预算")
    await says(company.li, "张三 13800138000 预算:30万", "新客户", "📝 预算:30万")
    await taps(company.boss, "撤销", "已撤销")
    await says(company.li, "李四 13900139000 预算:30万", "新客户", "预算：300,000")


async def test_our_industries_get_company(company: Company) -> None:
    await says(company.boss, "/settings", "设置")
    await taps(company.boss, "字段", "客户的字段")
    await taps(company.boss, "下一页", "客户的字段")
    await taps(company.boss, "行业", "行业")
    await taps(company.boss, "选项", "行业 的选项")
    await taps(company.boss, "＋ 添加", "有哪些选项")
    await says(company.boss, "光伏", "✓ 已添加 光伏")
    await says(company.li, "张三 13800138000 行业：光伏", "新客户", "行业：光伏")
    await taps(company.li, "保存", "已保存")
    await says(company.li, "行业改成制造业", "✓ 行业已改为 制造业")
    await says(company.li, "行业改成光伏", "✓ 行业已改为 光伏")


async def test_nobody_but_an_owner_shapes_them_and_no_name_is_taken_twice(company: Company) -> None:
    shown = await says(company.wang, "/settings", "设置")
    assert "字段" not in shown.labels
    await company.wang.forges(shown, "field.new")
    await company.wang.sees("没有找到，或者你无权查看")
    await says(company.boss, "/settings", "设置")
    await taps(company.boss, "字段", "客户的字段")
    await taps(company.boss, "＋ 新字段", "新字段叫什么")
    await says(company.boss, "电话", "已经有“电话”了")
    await says(company.boss, "预算", "这是什么样的内容")


async def test_where_somebody_is_follows_from_a_landline_or_an_address_and_tags_are_kept(company: Company) -> None:
    await says(company.li, "张三 0571-88889999 云帆科技 #外贸", "新客户", "地区：浙江 杭州", "标签：#外贸")
    await taps(company.li, "保存", "✓ 已保存", "#外贸")
    await says(company.li, "李四 13900139000", "新客户")
    saved = await taps(company.li, "保存", "已保存")
    assert "地区" not in (await taps(company.li, "详情", "建档")).text
    assert saved is not None


async def test_words_and_days_of_ones_own_are_in_the_line_the_form_the_details_and_found(company: Company) -> None:
    boss, li = company.boss, company.li
    await boss_makes(company, "签约日期", "日期")
    await boss_makes(company, "车牌", "文字")
    await taps(boss, "建议填", "✓ 表单里会问，可以跳过")
    line = "张三 13800138000 云帆科技 签约日期：2026年3月1日 车牌:浙A12345，要样品"
    asked = await says(li, line, "新客户", "签约日期：2026-03-01", "车牌：浙A12345")
    assert "要样品" in asked.text
    await taps(li, "保存", "✓ 已保存")
    await says(li, "a12345", "张三", "云帆科技")
    await taps(li, "详情", "签约日期：2026-03-01", "车牌：浙A12345")
    await says(li, "签约日期改成 下周三", "✓ 签约日期已改为 2026-11-25")
    await says(li, "签约日期改成 等等再说", "“等等再说”", "签约日期？")
    await taps(li, "取消", "没有改动")
    await says(li, "清空车牌", "✓ 车牌已清空")
    await says(li, "a12345", "没有找到")
    await says(li, "签约日期在下周的客户", "客户 · 1 位", "签约日期 2026-11-23 – 2026-11-29")
    await says(li, "/add", "叫什么名字")
    await says(li, "李四", "电话？")
    for question in ("哪家公司", "职位？", "邮箱？", "微信号？", "地址？"):
        await taps(li, "跳过", question)
    await taps(li, "跳过", "车牌？")
    await says(li, "沪B88888", "新客户", "车牌：沪B88888")
    await taps(li, "保存", "✓ 已保存")


async def test_a_renamed_field_keeps_what_it_held_and_goes_by_its_new_name(company: Company) -> None:
    boss, li = company.boss, company.li
    made = await boss_makes(company, "预算", "数字")
    await says(li, "张三 13800138000 预算:30万", "新客户")
    await taps(li, "保存", "✓ 已保存")
    await presses(boss, made, "改名", "字段改叫什么")
    await says(boss, "年度预算", "✓ 现在叫 年度预算")
    await says(li, "张三", "张三")
    await taps(li, "详情", "年度预算：300,000")
    await says(li, "年度预算改成 50万", "✓ 年度预算已改为 500,000")
    await says(li, "年度预算40万以上", "客户 · 1 位", "年度预算 ≥ 400,000")
    await taps(boss, "撤销", "已撤销")
    await says(li, "预算改成 60万", "✓ 预算已改为 600,000")


async def test_fields_of_ones_own_in_english(english: Company) -> None:
    boss, li = english.boss, english.li
    for name, kind in (("Budget", "Number"), ("Renewal", "Date"), ("Account no", "Text"), ("Reference", "Yes or no")):
        await says(boss, "/settings", "Settings")
        await taps(boss, "Fields", "Fields of a customer")
        await taps(boss, "+ New field", "What is the new field called?")
        await says(boss, name, "What does it hold?")
        await taps(boss, kind, f"✓ Added the field {name}")
    line = (
        "Jane Smith +44 20 7946 0958 Acme Ltd, Budget: 30k, Renewal: 1 March 2027, Account no: AC-77120, Reference: yes"
    )
    await says(
        li, line, "New customer", "Budget: 30,000", "Renewal: 2027-03-01", "Account no: AC-77120", "Reference: Yes"
    )
    await taps(li, "Save", "✓ Saved")
    await says(li, "77120", "Jane Smith")
    await says(li, "set Jane's budget to 45k", "✓ Budget is now 45,000")
    await taps(li, "Undo", "Undone")
    await says(li, "customers with renewal before April 2027", "Customers · 1", "Renewal before 2027-04-01")
    await taps(li, "Jane Smith", "Acme Ltd")
    await taps(li, "Details", "Budget: 30,000", "Renewal: 2027-03-01")
    await taps(li, "Edit", "What should change?")
    await taps(li, "More…", "What should change?")
    await taps(li, "Reference", "Now: Yes")
    await taps(li, "No", "✓ Reference is now No")
