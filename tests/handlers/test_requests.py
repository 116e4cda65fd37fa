"""A customer whom a colleague has: asked for, handed over or kept, and nothing told on the way."""

from __future__ import annotations

from tests.handlers.telling import WITHIN, li_knows, says, taps
from tests.house import Company

ZHANG = "张三丰 13800138000 云帆科技"


async def han_asks(company: Company) -> None:
    await says(company.han, "老张 13800138000", "新客户", "已有同事在跟进")
    await taps(company.han, "申请", "已转告")


async def test_whoever_has_the_customer_hands_them_over(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.li, "提醒 张三丰 明天下午3点 发报价", "发报价")
    await han_asks(company)
    assert [word for word in ("三丰", "云帆", "李雷", "王芳") if word in company.han.transcript()] == []
    asked = await company.li.sees("韩梅 想要你的客户 张三丰 · 云帆科技", within=WITHIN)
    assert asked.labels == ["交给 韩梅", "不转", "打开"]
    await taps(company.li, "交给 韩梅", "✓ 张三丰 已交给 韩梅")
    card = await company.han.sees("同事把这位客户交给了你", "张三丰", "云帆科技", "+86 138 0013 8000", within=WITHIN)
    assert card.labels == ["打开"]
    await company.wang.sees("李雷 把客户 张三丰 交给了 韩梅", within=WITHIN)
    await says(company.han, "张三丰", "云帆科技", "⏰ 明天 15:00 发报价")
    await says(company.li, "张三丰", "没有找到")


async def test_the_manager_may_answer_and_take_it_back(company: Company) -> None:
    await li_knows(company, ZHANG)
    await han_asks(company)
    await company.wang.sees("韩梅 想要 李雷 的客户 张三丰 · 云帆科技", within=WITHIN)
    await taps(company.wang, "交给 韩梅", "✓ 张三丰 已交给 韩梅")
    await company.li.sees("王芳 把你的一位客户交给了 韩梅", within=WITHIN)
    await taps(company.li, "交给 韩梅", "没有找到，或者你无权查看")
    await taps(company.wang, "撤销", "已撤销")
    await says(company.li, "张三丰", "云帆科技")
    await says(company.han, "张三丰", "没有找到")


async def test_no_is_told_without_a_name(company: Company) -> None:
    await li_knows(company, ZHANG)
    await han_asks(company)
    await company.li.sees("韩梅 想要你的客户", within=WITHIN)
    await taps(company.li, "不转", "张三丰 没有转给 韩梅")
    await company.han.sees("同事没有同意", within=WITHIN)
    assert [word for word in ("三丰", "云帆", "李雷") if word in company.han.transcript()] == []
    await company.wang.sees("韩梅 想要", within=WITHIN)
    await taps(company.wang, "交给 韩梅", "已经有人答复过了")


async def test_another_team_s_customer_is_asked_for_and_nobody_there_is_named(company: Company) -> None:
    await li_knows(company, ZHANG)
    await says(company.zhou, "老张 13800138000", "新客户", "已有同事在跟进")
    await taps(company.zhou, "申请", "已转告")
    await company.li.sees("周强 想要你的客户 张三丰", within=WITHIN)
    await company.wang.sees("周强 想要 李雷 的客户", within=WITHIN)
    assert "想要" not in company.qian.transcript()


async def test_one_asks_once_and_the_form_stays(company: Company) -> None:
    await li_knows(company, ZHANG)
    await han_asks(company)
    await taps(company.han, "申请", "已经申请过了")
    assert company.li.transcript().count("想要你的客户") <= 1
    await taps(company.han, "保存", "✓ 已保存", "老张")


async def test_asking_is_limited(company: Company) -> None:
    for place in range(6):
        await li_knows(company, f"客户{'甲乙丙丁戊己'[place]} 1380013800{place} 云帆{place}")
    for place in range(5):
        await says(company.han, f"老张 1380013800{place}", "新客户", "已有同事在跟进")
        await taps(company.han, "申请", "已转告")
        await taps(company.han, "取消", "没有保存")
    await says(company.han, "老张 13800138005", "新客户", "已有同事在跟进")
    await taps(company.han, "申请", "太快了")


async def test_nobody_answers_a_request_that_is_not_theirs(company: Company) -> None:
    await li_knows(company, ZHANG)
    await han_asks(company)
    asked = await company.li.sees("想要你的客户", within=WITHIN)
    data = asked.button("交给 韩梅")
    assert data is not None
    for person in (company.han, company.zhou, company.qian, company.su):
        await person.says("/menu")
        menu = await person.sees("菜单", within=WITHIN)
        await person.forges(menu, data.data)
        await person.sees("没有找到，或者你无权查看", within=WITHIN)
    await says(company.li, "张三丰", "云帆科技")


async def test_nobody_is_asked_about_a_free_number(company: Company) -> None:
    asked = await says(company.han, "老张 13800138000", "新客户")
    assert "申请" not in asked.labels
    await company.han.forges(asked, f"ask:{asked.buttons[0].data.split(':')[1]}")
    await company.han.sees("已经申请过了", within=WITHIN)
