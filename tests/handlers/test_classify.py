"""What tells customers apart: every field on the details and by button, tags, history by field, put away and back."""

from __future__ import annotations

import pytest

from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.person import Person
from tests.handlers.telling import li_knows, presses, says, taps
from tests.house import Company

ZHANG = "张三 13800138000 云帆科技 采购"


async def edits(person: Person, field: str, *, further: bool = False) -> Bubble:
    """From the card to the question of a field."""
    await taps(person, "修改", "改哪一项")
    if further:
        await taps(person, "更多…", "改哪一项")
    return await taps(person, field, "张三")


# Every field ----------------------------------------------------------------------------------------------------------


async def test_one_tag_too_many_is_not_said_to_be_there(company: Company) -> None:
    await li_knows(company)
    await says(company.li, "tag 张三 " + "，".join(f"批次{place}" for place in range(19)), "✓ 已加标签")
    await says(company.li, "tag 张三 展会，老乡", "✓ 已加标签 #展会")
    full = await says(company.li, "tag 张三 老乡", "标签最多 20 个")
    assert "撤销" not in full.labels
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "标签", "#展会")
    await taps(company.li, "✕ 展会", "✓ 已去掉标签 #展会")
    await says(company.li, "tag 张三 老乡", "✓ 已加标签 #老乡")


async def test_every_further_field_is_filled_and_read_back_in_the_details(company: Company) -> None:
    await li_knows(company, ZHANG)
    for field, typed, said in (
        ("行业", "制造业", "行业已改为 制造业"),
        ("来源", "Trade fair", "来源已改为 展会"),
        ("类型", "公司", "类型已改为 公司"),
        ("性别", "女", "性别已改为 女"),
        ("生日", "1988年3月5日", "生日已改为 3月5日"),
        ("出生年份", "88年", "出生年份已改为 1988"),
        ("语言", "粤语", "语言已改为 粤语"),
        ("喜好", "喝龙井，不喝酒", "喜好已改为 喝龙井，不喝酒"),
        ("服务需求", "每月上门巡检", "服务需求已改为 每月上门巡检"),
    ):
        await edits(company.li, field, further=True)
        await says(company.li, typed, f"✓ {said}")
    for field, typed, said in (
        ("地区", "hangzhou", "地区已改为 浙江 杭州"), ("备注", "孩子今年高考", "备注已改为 孩子今年高考"),
    ):  # fmt: skip
        await edits(company.li, field)
        await says(company.li, typed, f"✓ {said}")
    told = await taps(company.li, "详情", "建档")
    assert told.text.splitlines() == [
        "张三", "电话：+86 138 0013 8000", "公司：云帆科技", "职位：采购", "级别：潜在", "阶段：线索", "类型：公司",
        "行业：制造业", "来源：展会", "性别：女", "生日：3月5日", "出生年份：1988", "语言：粤语",
        "喜好：喝龙井，不喝酒",
        "服务需求：每月上门巡检", "地区：浙江 杭州", "备注：孩子今年高考", "", "今天 10:00 建档 · 李雷",
    ]  # fmt: skip


async def test_a_choice_is_three_taps_and_the_way_back_leads_to_the_card(english: Company) -> None:
    await says(english.li, "Jane Smith +44 20 7946 0958 Acme Ltd", "New customer")
    await taps(english.li, "Save", "Saved")
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "More…", "What should change?")
    await taps(english.li, "Industry", "Which industry?")
    await taps(english.li, "Manufacturing", "✓ Industry is now Manufacturing", "Jane Smith")
    await taps(english.li, "Details", "Industry: Manufacturing")
    await taps(english.li, "‹ Back", "Potential · Lead")


@pytest.mark.parametrize(
    ("field", "further", "wrong", "said"),
    [
        ("地区", False, "火星", "不认识“火星”这个地方"),
        ("生日", True, "2月30日", "“2月30日”不像生日"),
        ("出生年份", True, "3088", "“3088”不像出生年份"),
        ("行业", True, "挖矿", "没有“挖矿”这个行业"),
        ("语言", True, "火星话", "没有“火星话”这种语言"),
    ],
)
async def test_what_a_field_cannot_hold_is_said_and_asked_again(
    company: Company, field: str, further: bool, wrong: str, said: str
) -> None:
    await li_knows(company, ZHANG)
    await edits(company.li, field, further=further)
    asked = await says(company.li, wrong, said)
    assert "取消" in asked.labels


# The card -------------------------------------------------------------------------------------------------------------


async def test_an_open_case_stands_on_the_card_until_it_is_settled(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.li, "投诉 张三 少了两箱", "已登记")
    shown = await says(company.li, "张三", "⚠️ 投诉 #1 · 待处理：")
    assert "投诉 #1" in shown.labels
    await taps(company.li, "投诉 #1", "少了两箱")
    await says(company.su, "/complaint", "待接手")
    await taps(company.su, "#1", "少了两箱")
    await taps(company.su, "我来处理", "已由你处理")
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "补发了", "已解决")
    after = await says(company.li, "张三", "云帆科技")
    assert "⚠️" not in after.text


# Tags -----------------------------------------------------------------------------------------------------------------


async def test_tags_go_on_and_come_off_and_are_found(company: Company) -> None:
    await li_knows(company, ZHANG)
    await edits(company.li, "标签")
    await taps(company.li, "＋ 新标签", "打什么标签")
    put_on = await says(company.li, "老乡，制造业 大客户", "✓ 已加标签 #老乡 #制造业 大客户", "张三")
    assert "✕ 老乡" in put_on.labels
    await taps(company.li, "撤销", "已撤销")
    await edits(company.li, "标签")
    await taps(company.li, "＋ 新标签", "打什么标签")
    await says(company.li, "#老乡 #制造业", "✓ 已加标签 #老乡 #制造业")
    await taps(company.li, "✕ 老乡", "✓ 已去掉标签 #老乡")
    await taps(company.li, "‹ 返回", "#制造业")
    await li_knows(company, "李四 13900139000 远山贸易")
    await taps(company.li, "修改", "改哪一项")
    offered = await taps(company.li, "标签", "还没有标签")
    assert offered.labels == ["制造业", "＋ 新标签", "‹ 返回"]
    await taps(company.li, "制造业", "✓ 已加标签 #制造业", "李四")
    await says(company.li, "制造业", "找到 2 位")
    await says(company.han, "制造业", "没有找到")


async def test_a_tag_of_a_colleagues_customers_is_put_on_by_no_forged_button(company: Company) -> None:
    await li_knows(company, ZHANG)
    await edits(company.li, "标签")
    await taps(company.li, "＋ 新标签", "打什么标签")
    await says(company.li, "嫌贵", "✓ 已加标签")
    await says(company.han, "李四 13900139000", "新客户")
    hers = await taps(company.han, "保存", "已保存")
    number = next(button.data for button in hers.buttons if button.label == "修改").partition(":")[2]
    await company.han.forges(hers, f"tag.on:{number}:1")
    await company.han.sees("没有找到，或者你无权查看")


# History --------------------------------------------------------------------------------------------------------------


async def test_who_changed_the_level_when_and_back_again_from_there(company: Company) -> None:
    await li_knows(company, ZHANG)
    for level in ("重要", "VIP"):
        await edits(company.li, "级别")
        await taps(company.li, level, f"级别已改为 {level}")
    await edits(company.li, "公司")
    await says(company.li, "远山贸易", "✓ 公司已改为")
    await taps(company.li, "详情", "建档")
    await taps(company.li, "修改记录", "公司：云帆科技 → 远山贸易")
    which = await taps(company.li, "只看一项", "看哪一项的修改")
    assert which.labels == ["公司", "级别", "‹ 返回"]
    told = await taps(company.li, "级别", "张三 的级别")
    assert told.text.splitlines()[2:] == [
        "今天 · 李雷", "10:00 级别：重要 → VIP", "10:00 级别：潜在 → 重要", "10:00 级别：（空） → 潜在",
    ]  # fmt: skip
    assert told.labels == ["撤销 级别：重要 → VIP", "只看一项", "‹ 返回"]
    await taps(company.li, "撤销 级别", "已撤销：张三 · 级别", "重要 · 线索", "远山贸易")


async def test_a_colleagues_change_is_read_but_not_taken_back(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.wang, "张三", "云帆科技")
    await edits(company.wang, "级别")
    await taps(company.wang, "VIP", "级别已改为 VIP")
    await says(company.li, "张三", "VIP · 线索")
    await taps(company.li, "详情", "建档")
    told = await taps(company.li, "修改记录", "王芳", "级别：潜在 → VIP")
    assert not [label for label in told.labels if label.startswith("撤销")]


# Put away and brought back --------------------------------------------------------------------------------------------


async def test_a_customer_is_put_away_and_brought_back(company: Company) -> None:
    await li_knows(company, ZHANG)
    await taps(company.li, "详情", "建档")
    await taps(company.li, "归档", "✓ 已归档 张三")
    assert (await says(company.li, "张三", "已归档")).labels == ["恢复"]
    await says(company.li, "/customer", "还没有客户")
    await li_knows(company, "李四 13900139000 远山贸易")
    await says(company.li, "/customer", "最近的客户")
    await taps(company.li, "已归档", "已归档的客户")
    shown = await taps(company.li, "张三", "已归档")
    assert shown.labels == ["恢复"]
    shown = await taps(company.li, "恢复", "✓ 已恢复", "云帆科技")
    await company.li.forges(shown, "restore:1")  # a second tap: what can be undone still stands
    await says(company.li, "张三", "云帆科技")
    assert shown.id != company.li.last.id
    assert company.li.transcript().count("✓ 已恢复") == 1
    await says(company.li, "张三", "云帆科技")


async def test_archiving_is_undone_at_once(english: Company) -> None:
    await says(english.li, "Jane Smith +44 20 7946 0958 Acme Ltd", "New customer")
    await taps(english.li, "Save", "Saved")
    await taps(english.li, "Details", "Since")
    await taps(english.li, "Archive", "✓ Archived Jane Smith")
    await taps(english.li, "Undo", "Undone", "Acme Ltd")


async def test_the_choice_between_two_versions_holds_for_further_fields(company: Company) -> None:
    await li_knows(company, ZHANG)
    await edits(company.li, "备注")
    await says(company.wang, "张三", "云帆科技")
    await edits(company.wang, "备注")
    await says(company.wang, "爱喝茶", "✓ 备注已改为 爱喝茶")
    asked = await says(company.li, "爱喝咖啡", "同事刚把备注改成了 爱喝茶", "你写的是 爱喝咖啡")
    await taps(company.li, "改成 爱喝咖啡", "✓ 备注已改为 爱喝咖啡")
    await presses(company.li, asked, "保留 爱喝茶", "这个按钮已失效")
