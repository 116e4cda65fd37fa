"""A case finds somebody, whatever becomes of its customer and of whoever had it: no words fall between two teams."""

from __future__ import annotations

from collections.abc import Callable

from bot.demo.standin import Person
from store import staff
from store.db import Tx
from store.rules.models import Role
from tests.handlers.telling import li_knows, presses, says, shanghai, taps
from tests.handlers.test_complaints import joins
from tests.house import Company


async def complained(company: Company) -> Person:
    """张三, a customer of 李雷's, has opened #1 and stands before nothing else."""
    await li_knows(company)
    zhang = await joins(company, "张三", by=company.li)
    await says(zhang, "发货少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    await company.su.sees("新投诉", "#1")
    return zhang


async def adds(zhang: Person, words: str) -> None:
    await taps(zhang, "补充情况", "补充")
    await zhang.says(words)


async def decides(company: Company, what: Callable[[Tx], object]) -> None:
    book = await company.book()
    try:
        await book.write(what)
    finally:
        await book.close()


async def test_a_customer_in_another_team_takes_the_open_case_along(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    done = await says(company.boss, "张三 转给 周强", "张三 已交给 周强")
    await company.qian.sees("随客户转来的投诉", "老板 转交", "#1", "张三", "还没有人接手")
    await company.zhou.sees("随客户转来的投诉", "#1")
    assert (await says(company.qian, "/complaint", "1 件")).labels[0] == "#1 张三 · 处理中"
    await says(company.su, "/complaint", "没有未处理完的投诉")
    await adds(zhang, "还有一箱也破了")
    await company.qian.sees("客户补充了情况", "还有一箱也破了")
    await company.moves(to=shanghai(24, 10))
    await company.qian.sees("已超时", "#1", "张三")
    assert "已超时" not in company.wang.transcript() + company.su.transcript()
    await taps(company.qian, "打开", "#1")
    await taps(company.qian, "全部经过", "老板", "随客户转到 华南")

    await presses(company.boss, done, "撤销", "已撤销")
    await says(company.qian, "/complaint", "没有未处理完的投诉")
    await says(company.su, "/complaint", "我的投诉", "1 件")
    await adds(zhang, "还没有人来")
    await company.su.sees("客户补充了情况", "还没有人来", "由 苏青 处理")


async def test_a_whole_list_given_to_another_team_takes_its_cases_along_and_back(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    await says(company.boss, "全部客户", "1 位")
    await taps(company.boss, "批量", "对整份名单做什么？")
    await taps(company.boss, "换负责人", "交给谁？")
    await taps(company.boss, "周强", "把 1 位客户交给“周强”？")
    done = await taps(company.boss, "改 1 位", "✓ 1 位客户：交给了“周强”")
    await adds(zhang, "还有一箱也破了")
    await company.qian.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")
    await taps(company.qian, "我来处理", "由 钱进 处理")
    await presses(company.boss, done, "撤销", "已撤销")
    await adds(zhang, "还没有人来")
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

    await decides(company, move)
    await adds(zhang, "还有一箱也破了")
    await company.wang.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")
    assert (await says(company.wang, "/complaint", "待接手", "1 件")).labels[0] == "#1 张三 · 处理中"
    await company.moves(to=shanghai(20, 16, 30))
    await company.wang.sees("快到时限", "#1")
    assert "快到时限" not in company.su.transcript()


async def test_who_handles_no_cases_any_more_swallows_nothing(company: Company) -> None:
    zhang = await complained(company)
    await taps(company.su, "我来处理", "由 苏青 处理")
    boss = company.ids["boss"]
    await decides(company, lambda tx: staff.set_role(tx, staff.as_actor(tx, boss), company.ids["su"], Role.SALESPERSON))
    await adds(zhang, "还有一箱也破了")
    await company.wang.sees("客户补充了情况", "还有一箱也破了", "还没有人接手")


async def test_where_nobody_of_the_team_sees_the_customer_the_owners_are_told(company: Company) -> None:
    """The case was resolved before its customer moved, and the resolution is taken back afterwards."""
    zhang = await complained(company)
    await taps(company.su, "打开", "还没有人接手")
    await taps(company.su, "已解决", "怎么解决的")
    done = await says(company.su, "补发", "✓ 已解决")
    await zhang.sees("有结果了")
    await says(company.boss, "张三 转给 周强", "张三 已交给 周强")
    await presses(company.su, done, "撤销", "已撤销")
    await adds(zhang, "还有一箱也破了")
    await company.boss.sees("客户补充了情况", "#1", "张三", "还有一箱也破了")
