"""The team, with everybody's phones: the tree, roles, names; who is let out and in again; what altered apps may do."""

from __future__ import annotations

import pytest

from handlers.commands import names_for
from store import staff
from store.db import Tx
from store.rules.models import Role
from tests.handlers.telling import li_knows, presses, says
from tests.house import Company


async def opens_card(company: Company, name: str, team: str = "华东") -> None:
    """The owner goes from the tree to a member's card."""
    await company.boss.says("/team")
    await company.boss.sees(team)
    await company.boss.taps(team)
    await company.boss.sees("人")
    await company.boss.taps(name)
    await company.boss.sees(name, "中文")


async def test_the_forms_of_who_is_let_out_or_moves_on_answer_nothing(company: Company) -> None:
    """Open and put aside: a tap showed the form again, with the word that a colleague's customer has that number."""
    boss, li, han = company.boss, company.li, company.han
    await li_knows(company)
    taken = await says(han, "老张 13800138000", "新客户", "已有同事在跟进")
    await says(han, "老李 13900139000", "新客户")
    await says(boss, "/team", "团队")
    await boss.forges(boss.last, f"member.off:{company.ids['han']}")
    await boss.sees("已停用 韩梅")
    seen = len(han.transcript())
    more = next(button.data for button in taken.buttons if button.label == "更多…")
    for on, data in ((taken, more), (han.last, next(one.data for one in han.last.buttons if one.label == "更多…"))):
        await han.forges(on, data)
        await han.sees("这个按钮已失效")
    assert "13800138000" not in han.transcript()[seen:]
    opened = await says(li, "老王 13700137000", "新客户")
    await boss.forges(boss.last, f"member.is:{company.ids['li']}:support")
    await boss.sees("李雷")
    await li.sees("你现在是")
    await presses(li, opened, "更多…", "这个按钮已失效")


async def test_the_tree_shows_teams_in_teams(company: Company) -> None:
    boss = company.boss
    await boss.says("/team")
    await boss.sees("团队 · 7 人")
    await boss.taps("华东")
    await boss.sees("4 人")
    await boss.taps("下级团队")
    await boss.sees("新团队叫什么？")
    await boss.says("  上海   浦东 ")
    made = await boss.sees("建好了团队 上海 浦东", "属于 华东", "0 人")
    assert made.labels == ["邀请同事", "下级团队", "改名", "撤销", "‹ 返回"]
    await boss.taps("返回")
    shown = await boss.sees("团队 · 7 人")
    assert "华东\n王芳（经理）、李雷、韩梅、苏青（客服）\n\n└ 上海 浦东\n　还没有人\n\n华南" in shown.text
    await company.wang.says("/team")
    assert "上海 浦东" in (await company.wang.sees("团队")).text


async def test_a_team_is_renamed_and_the_name_taken_back(company: Company) -> None:
    boss = company.boss
    await boss.says("/team")
    await boss.taps("华南")
    await boss.taps("改名")
    await boss.sees("团队改叫什么？")
    await boss.says("\u200b")
    await boss.sees("请给团队起个名字。")
    await boss.says("<b>大湾区</b>")
    await boss.sees("团队现在叫 <b>大湾区</b>")
    await boss.taps("撤销")
    await boss.sees("已撤销")
    await boss.says("/team")
    assert "大湾区" not in (await boss.sees("团队 · 7 人")).text


async def test_who_is_let_out_is_a_stranger_at_once_and_back_again(company: Company) -> None:
    li, boss = company.li, company.boss
    await li.says("王总 13800138000 云帆科技")
    await li.taps("保存")
    card = await li.sees("已保存")
    await li.says("添加")
    await li.sees("客户叫什么名字")
    await opens_card(company, "李雷")
    await boss.taps("停用")
    await boss.sees("已停用 李雷，立刻生效")
    await li.says("王总")
    await li.sees("只为一家公司的同事和客户服务")
    await li.says("13800138000")
    await li.says("/today")
    await li.says("/find 王总")
    await li.sees_nothing()
    await li.taps("撤销", on=card)
    assert "云帆科技" not in (await li.sees()).text
    await boss.taps("恢复")
    await boss.sees("已恢复 李雷")
    await li.sees("你又可以用了，李雷。")
    await li.says("王总")
    await li.sees("云帆科技")


async def test_a_deactivation_is_undone_from_its_message(company: Company) -> None:
    await opens_card(company, "李雷")
    await company.boss.taps("停用")
    await company.boss.sees("已停用")
    await company.boss.taps("撤销")
    await company.boss.sees("已撤销")
    await company.li.says("/start")
    await company.li.sees("你好，李雷。")


async def test_a_new_role_is_told_and_changes_what_is_offered(company: Company) -> None:
    await company.li.says("/start")
    await company.li.sees("菜单")
    assert "team" not in await company.li.commands()
    await opens_card(company, "李雷")
    await company.boss.taps("换角色")
    await company.boss.sees("李雷 换成什么角色？")
    await company.boss.taps("经理")
    await company.boss.sees("李雷 现在是经理")
    await company.li.sees("你现在是经理。")
    assert set(await company.li.commands()) == set(names_for(Role.MANAGER))
    await company.li.says("/team")
    await company.li.sees("韩梅")


async def test_a_new_role_taken_back(company: Company) -> None:
    await opens_card(company, "李雷")
    await company.boss.taps("换角色")
    await company.boss.taps("客服")
    await company.boss.sees("李雷 现在是客服")
    await company.boss.taps("撤销")
    await company.boss.sees("已撤销")
    await opens_card(company, "李雷")
    assert "销售 · 华东" in company.boss.last.text


async def test_a_new_team_decides_what_a_manager_sees(company: Company) -> None:
    await company.zhou.says("钱总 13900139000 南海贸易")
    await company.zhou.taps("保存")
    await company.zhou.sees("已保存")
    await company.wang.says("钱总")
    await company.wang.sees("没有找到")
    await opens_card(company, "王芳")
    await company.boss.taps("换团队")
    asked = await company.boss.sees("王芳 换到哪个团队？")
    assert asked.labels == ["✓ 华东", "华南", "‹ 返回"]
    await company.boss.taps("华南")
    await company.boss.sees("王芳 现在在华南")
    await company.wang.sees("你现在在华南。")
    await company.wang.says("钱总")
    await company.wang.sees("南海贸易")


async def test_a_member_is_called_as_the_company_does(company: Company) -> None:
    await opens_card(company, "李雷")
    await company.boss.taps("改名")
    await company.boss.sees("怎么称呼这位同事？")
    await company.boss.says("李雷（华东一组）")
    await company.boss.sees("现在叫 李雷（华东一组）")
    await company.li.says("/start")
    await company.li.sees("你好，李雷（华东一组）。")


async def test_the_last_owner_stays(company: Company) -> None:
    await opens_card(company, "老板", team="未分队")
    await company.boss.taps("停用")
    await company.boss.sees("至少要有一位负责人")
    await company.boss.says("/team")
    await company.boss.sees("老板（负责人）")


async def test_an_owner_steps_back_once_there_is_another(company: Company) -> None:
    await opens_card(company, "王芳")
    await company.boss.taps("换角色")
    await company.boss.taps("负责人")
    await company.boss.sees("王芳 现在是负责人")
    await company.wang.sees("你现在是负责人。")
    await opens_card(company, "老板", team="未分队")
    await company.boss.taps("换角色")
    await company.boss.taps("客服")
    done = await company.boss.sees("老板 现在是客服")
    assert done.labels == []
    await company.boss.sees("你现在是客服。")
    await company.boss.says("/undo")
    await company.boss.sees("没有找到，或者你无权查看。")


@pytest.mark.parametrize(
    "forged",
    ["member.off:1", "member.off:2", "member.off:6", "member.is:3:owner", "member.in:3:2", "team.new:0", "member:6"],
)
async def test_a_manager_with_an_altered_app_gets_nowhere(company: Company, forged: str) -> None:
    await company.wang.says("/team")
    shown = await company.wang.sees("团队")
    await company.wang.forges(shown, forged)
    await company.wang.sees("没有找到，或者你无权查看。")


@pytest.mark.parametrize("forged", ["member", "member:x", "member.is:3:god", "invite.as", "team.one:99", "language:fr"])
async def test_buttons_that_were_altered_are_refused_politely(company: Company, forged: str) -> None:
    await company.boss.says("/team")
    shown = await company.boss.sees("团队")
    await company.boss.forges(shown, forged)
    await company.boss.sees("没有找到，或者你无权查看。")


async def test_a_large_team_is_read_page_by_page(company: Company) -> None:
    def twenty_join(tx: Tx) -> None:
        for number in range(20):
            code = staff.invite(tx, None, Role.SALESPERSON, 1)
            newcomer = staff.Newcomer(5_000 + number, 5_000 + number, f"同事{number:02}", "zh", "Asia/Shanghai")
            staff.join(tx, code, newcomer)

    await company.writes(twenty_join)
    await company.boss.says("/team")
    shown = await company.boss.sees("王芳（经理）、李雷、韩梅、同事00、同事01、同事02 等 24 人")
    assert "华东 · 24" in shown.labels
    await company.boss.taps("华东")
    first = await company.boss.sees("24 人")
    assert first.labels[:2] == ["王芳 · 经理", "李雷 · 销售"]
    assert first.labels[8] == "下一页"
    await company.boss.taps("下一页")
    second = await company.boss.sees("24 人")
    assert not set(first.labels[:8]) & set(second.labels[:8])
    await company.boss.taps("上一页")
    assert (await company.boss.sees("24 人")).labels == first.labels
