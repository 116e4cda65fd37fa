"""Questions that can't be answered any more: what was written is given back, and the next line is free again."""

from __future__ import annotations

from bot.demo.standin import Person
from store import staff
from store.db import Tx
from store.rules.models import Role
from tests.handlers.telling import adds, joins, li_knows, presses, says, taps
from tests.handlers.test_find import hands_over
from tests.house import Company

OVER = "这一步已经办不了了，刚才写的没有送出。原文在这里，可以复制："


async def gives_back(person: Person, text: str) -> None:
    """Somebody writes what has nowhere to go any more, gets it back with the way to the case, and is free."""
    back = await says(person, text, OVER)
    assert back.text.splitlines() == [OVER, text]
    assert back.labels == ["打开", "菜单"]
    await says(person, "查 张三", "张三")
    assert OVER not in person.last.text
    await presses(person, back, "打开", "已解决", "张三")


async def test_a_colleague_was_faster_with_the_case(company: Company) -> None:
    """Each of the ways to answer a case, while 王芳 resolves it: nothing that 苏青 writes afterwards is swallowed."""
    su, wang = company.su, company.wang
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 发货少了两箱", "#1")
    case = await su.sees("新投诉", "#1")
    seen = await wang.sees("新投诉", "#1")
    opened = await presses(su, case, "打开", "#1", "还没有人接手")

    async def resolves() -> None:
        await presses(wang, seen, "打开", "#1")
        await taps(wang, "已解决", "怎么解决的")
        await says(wang, "补发两箱", "✓ 已解决")

    async def reopens() -> None:
        await taps(wang, "重新打开", "#1")

    for label, asked in (("已电话答复", "对客户说了什么"), ("已解决", "怎么解决的")):
        await presses(su, opened, label, asked)
        await resolves()
        await gives_back(su, "今天补发，明天到")
        await reopens()
    await joins(company, "张三")
    await presses(su, case, "打开", "#1")
    await taps(su, "回复客户", "要对客户说什么")
    await resolves()
    await gives_back(su, "今天补发，明天到，请查收")


async def test_words_for_a_case_behind_a_new_link_are_not_lost(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    await says(company.li, "投诉 张三 发货少了两箱", "#1")
    await zhang.sees("#1")
    await taps(zhang, "补充情况", "补充")
    await says(company.li, "张三", "张三")
    await taps(company.li, "客户链接", "t.me")
    await taps(company.li, "换新链接", "t.me")
    await says(zhang, "箱号是12", "先证明是您本人")
    await zhang.sees("这段话要怎么办")
    await says(zhang, "发票也错了", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#2", "箱号是12", "发票也错了")


async def test_a_customer_handed_over_in_the_middle(company: Company) -> None:
    """A number that is asked for, and a deal put aside and saved by its button: each comes back, alone."""
    li = company.li
    await li_knows(company)
    await says(li, "商机 张三", "什么商机")
    await says(li, "年度框架", "多少钱")
    deal = await taps(li, "填好了", "新商机", "年度框架")
    await says(li, "张三", "张三")
    await taps(li, "修改", "改哪一项")
    await taps(li, "电话", "现在：+86 138 0013 8000")
    await hands_over(company, 1, "han")
    back = await presses(li, deal, "保存", OVER, "年度框架")
    assert back.labels == ["菜单"]
    back = await says(li, "13900139000", OVER)
    assert back.text.splitlines() == ["没有找到，或者你无权查看。", OVER, "13900139000"]
    assert back.labels == ["菜单"]
    await says(li, "李四 13900139000", "新客户")
    await presses(li, deal, "保存", "这个按钮已失效")


async def test_another_role_in_the_middle(company: Company) -> None:
    """李雷 works in support from now on, where nobody adds customers."""
    li = company.li
    await says(li, "/add", "名字")
    await says(li, "王五", "电话？")

    def move(tx: Tx) -> None:
        staff.set_role(tx, staff.as_actor(tx, company.ids["boss"]), company.ids["li"], Role.SUPPORT)

    await company.writes(move)
    back = await says(li, "13800138000", OVER)
    assert back.text.splitlines()[-2:] == ["王五", "13800138000"]
    await says(li, "13800138000", "没有找到“13800138000”")
