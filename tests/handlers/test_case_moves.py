"""A case finds somebody, whatever becomes of its customer and of whoever had it: no words fall between two teams."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from store import staff
from store.db import Tx
from store.rules.models import Role
from tests.handlers.telling import WITHIN, adds, jane_is_known, joins, li_knows, presses, says, shanghai, taps
from tests.house import Company


async def complained(company: Company) -> Person:
    """张三, a customer of 李雷's, has opened #1 and stands before nothing else."""
    await li_knows(company)
    zhang = await joins(company, "张三")
    await says(zhang, "发货少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    await company.su.sees("新投诉", "#1")
    return zhang


async def adds_words(zhang: Person, words: str) -> None:
    await taps(zhang, "补充情况", "补充")
    await zhang.says(words)


async def test_a_customer_in_another_team_takes_the_open_case_along(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    done = await says(company.boss, "张三 转给 周强", "张三 已交给 周强")
    await company.qian.sees("随客户转来的投诉", "老板 转交", "#1", "张三", "还没有人接手")
    await company.zhou.sees("随客户转来的投诉", "#1")
    assert (await says(company.qian, "/complaint", "1 件")).labels[0] == "#1 张三 · 待处理"
    await says(company.su, "/complaint", "没有未处理完的投诉")
    await adds_words(zhang, "还有一箱也破了")
    await company.qian.sees("客户补充了情况", "还有一箱也破了")
    await company.moves(to=shanghai(24, 10))
    await company.qian.sees("已超时", "#1", "张三")
    assert "已超时" not in company.wang.transcript() + company.su.transcript()
    await taps(company.qian, "打开", "#1")
    await taps(company.qian, "全部经过", "老板", "随客户转到 华南")

    await presses(company.boss, done, "撤销", "已撤销")
    await says(company.qian, "/complaint", "没有未处理完的投诉")
    await says(company.su, "/complaint", "我的投诉", "1 件")
    await adds_words(zhang, "还没有人来")
    await company.su.sees("客户补充了情况", "还没有人来", "由 苏青 处理")


async def test_a_whole_list_given_to_another_team_takes_its_cases_along_and_back(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    await says(company.boss, "全部客户", "1 位")
    await taps(company.boss, "批量", "对整份名单做什么？")
    await taps(company.boss, "换负责人", "交给谁？")
    await taps(company.boss, "周强", "把 1 位客户交给“周强”？")
    done = await taps(company.boss, "改 1 位", "✓ 1 位客户：交给了“周强”")
    for there in (company.qian, company.zhou):
        await there.sees("随客户转来 1 件没处理完的投诉", "老板 转交", within=WITHIN)
    await adds_words(zhang, "还有一箱也破了")
    await company.qian.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")
    await taps(company.qian, "我来处理", "由 钱进 处理")
    await presses(company.boss, done, "撤销", "已撤销")
    await adds_words(zhang, "还没有人来")
    await company.wang.sees("客户补充了情况", "还没有人来", "还没有人接手")


async def test_a_customer_who_reopens_a_case_from_another_team_is_heard_there(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "补发", "✓ 已解决")
    await zhang.sees("有结果了")
    await says(company.boss, "张三 转给 周强", "张三 已交给 周强")
    await taps(zhang, "没有解决", "还")
    await company.qian.sees("客户说没有解决", "#1", "张三")


async def test_who_has_a_case_and_is_in_another_team_now_swallows_nothing(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")

    def move(tx: Tx) -> None:
        team = staff.as_actor(tx, company.ids["qian"]).team_id
        assert team is not None
        staff.set_team(tx, staff.as_actor(tx, company.ids["boss"]), company.ids["su"], team)

    await company.writes(move)
    await adds_words(zhang, "还有一箱也破了")
    await company.wang.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")
    assert (await says(company.wang, "/complaint", "待接手", "1 件")).labels[0] == "#1 张三 · 待处理"
    await company.moves(to=shanghai(20, 16, 30))
    await company.wang.sees("快到时限", "#1")
    assert "快到时限" not in company.su.transcript()


async def test_who_handles_no_cases_any_more_swallows_nothing(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    boss = company.ids["boss"]
    await company.writes(lambda tx: staff.set_role(tx, staff.as_actor(tx, boss), company.ids["su"], Role.SALESPERSON))
    await adds_words(zhang, "还有一箱也破了")
    await company.wang.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")


async def test_what_a_member_leaves_behind_is_open_again_and_their_team_is_told(company: Company) -> None:
    zhang = await complained(company)
    await says(zhang, "发票也开错了", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#2")
    for number in ("#2", "#1"):
        await taps(company.su, "我来处理", "由 苏青 处理", number)
    await zhang.sees("#2", "处理中", within=WITHIN)
    await company.moves(to=shanghai(20, 16, 30))
    await company.su.sees("2 件投诉快到时限", within=WITHIN)
    assert "快到时限" not in company.wang.transcript()
    off = await lets_out(company)
    freed = await company.wang.sees("2 件投诉没人接手了", "之前由 苏青 处理", within=WITHIN)
    await company.wang.sees("2 件投诉快到时限", within=WITHIN)  # who could take them had heard nothing of the time
    assert [
        label.split(" · ")[1] for label in (await presses(company.wang, freed, "看这些投诉", "待接手")).labels[:2]
    ] == ["待处理"] * 2
    assert "没人接手" not in company.boss.transcript()  # who did it knows
    await company.moves(by=timedelta(seconds=1))
    await zhang.sees("#1 · 已收到", within=WITHIN)
    await zhang.sees("#2 · 已收到", within=WITHIN)
    await presses(company.boss, off, "撤销", "已撤销")
    await company.moves(by=timedelta(seconds=1))
    await zhang.sees("#1 · 处理中", within=WITHIN)
    await says(company.su, "/complaint", "我的投诉", "2 件")


async def lets_out(company: Company) -> Bubble:
    """老板 deactivates 苏青."""
    await says(company.boss, "/team", "团队")
    await taps(company.boss, "华东", "华东")
    await taps(company.boss, "苏青", "苏青")
    return await taps(company.boss, "停用", "苏青")


async def test_the_same_in_english(english: Company) -> None:
    await jane_is_known(english)
    await says(english.li, "complaint Jane Smith wrong invoice", "#1")
    await taps(english.su, "I’ll take it", "#1")
    await says(english.boss, "/team", "Team")
    await taps(english.boss, "华东", "华东")
    await taps(english.boss, "苏青", "苏青")
    await taps(english.boss, "Deactivate", "苏青")
    await english.wang.sees("A complaint has nobody now", "苏青 had it", "#1 · open", within=WITHIN)
    await says(english.boss, "all customers", "1")
    await taps(english.boss, "Bulk", "whole list")
    await taps(english.boss, "Give to", "to whom")
    await taps(english.boss, "周强", "周强")
    await taps(english.boss, "Change 1", "✓ 1 customer")
    await english.qian.sees("1 open complaint came with its customer", "handed over by 老板", within=WITHIN)


async def test_only_who_could_have_a_case_is_offered_and_who_has_it_is_not_asked_to_take_it(company: Company) -> None:
    su, wang = company.su, company.wang
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 少了两箱", "#1")
    await says(wang, "#1", "还没有人接手")
    asked = await taps(wang, "转给同事", "转给谁", "投诉由本队的客服和经理处理")
    assert asked.labels == ["苏青", "王芳", "‹ 返回"]
    shown = await taps(wang, "返回", "还没有人接手")
    await taps(wang, "转给同事", "转给谁")
    await taps(wang, "苏青", "由 苏青 处理")
    await su.sees("王芳 把这件投诉转给你")
    await says(su, "#1", "由 苏青 处理")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "补发", "✓ 已解决")
    shown = await taps(su, "重新打开", "由 苏青 处理")
    assert "我来处理" not in shown.labels
    await says(wang, "#1", "由 苏青 处理")
    taken = await taps(wang, "我来处理", "苏青 已经在处理了")
    assert taken.labels == ["改由我处理", "‹ 返回"]
    await taps(wang, "改由我处理", "由 王芳 处理")


async def test_a_case_is_given_in_a_sentence_or_it_is_said_who_may(company: Company) -> None:
    su, wang = company.su, company.wang
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 少了两箱", "#1")
    told = await says(su, "把#1交给王芳", "要由经理来做，请找 王芳", "#1", "还没有人接手")
    assert "我来处理" in told.labels
    await says(company.li, "把#1交给苏青", "要由经理来做，请找 王芳")
    await says(su, "把张三交给韩梅", "把客户交给同事要由经理来做，请找 王芳")
    await says(company.zhou, "把#1交给周强", "没有找到")
    await says(wang, "把1号投诉转给苏青", "由 苏青 处理")
    await su.sees("王芳 把这件投诉转给你")
    await says(wang, "把#1交给苏青", "苏青 已经在处理了")
    asked = await says(wang, "#1 转给韩梅", "转给谁", "投诉由本队的客服和经理处理")
    assert asked.labels == ["王芳", "‹ 返回"]
    await says(wang, "#1 转给我", "苏青 已经在处理了")
    await taps(wang, "改由我处理", "由 王芳 处理")
    await taps(wang, "已解决", "怎么解决的")
    await says(wang, "补发", "✓ 已解决")
    await says(wang, "把#1交给苏青", "这件已经处理完")


async def test_who_could_have_a_case_in_english(english: Company) -> None:
    su, wang = english.su, english.wang
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await says(english.li, "complaint Acme two boxes missing", "#1")
    await says(su, "hand #1 to 王芳", "up to a manager: please ask 王芳", "Nobody has it yet")
    await taps(su, "I’ll take it", "苏青 has it")
    await says(wang, "assign #1 to 王芳", "王芳 has it")
    await says(wang, "hand case 1 to 苏青", "苏青 has it")
    asked = await taps(wang, "Assign", "Who should have it", "Only support and managers of this team handle cases")
    assert asked.labels == ["王芳", "‹ Back"]
    await taps(wang, "Back", "苏青 has it")
    taken = await taps(wang, "I’ll take it", "苏青 is already on it")
    assert taken.labels == ["Take it over", "‹ Back"]
