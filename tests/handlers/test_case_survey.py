"""What a customer is asked after the staff has closed their case: seldom, not at night, and never who declined."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from tests.handlers.telling import adds, joins, li_knows, says, shanghai, taps
from tests.house import Company

LATER = timedelta(minutes=11)


async def closes(company: Company, number: int, text: str) -> None:
    """A complaint that support resolves and puts away."""
    await says(company.li, f"投诉 张三 {text}", f"#{number}")
    await taps(company.su, "打开", f"#{number}")
    await taps(company.su, "已解决", "怎么解决的")
    await taps(company.su, "跳过", "✓ 已解决")
    await company.su.taps("关闭")
    await company.su.sees("✓ 已关闭")


async def asked(zhang: Person) -> int:
    """How often a customer was asked by now; they look at something else, so that all is there."""
    await zhang.forges(zhang.last, "g.cases:0")
    await zhang.sees("您提的问题")
    return zhang.transcript().count("您觉得处理得怎么样")


async def test_the_customer_is_asked_after_a_while_and_not_again_within_a_month(company: Company) -> None:
    await li_knows(company)
    zhang = await joins(company, "张三")
    await closes(company, 1, "少了两箱")
    await company.moves(by=timedelta(minutes=9))
    assert await asked(zhang) == 0
    await company.moves(by=timedelta(minutes=2))
    survey = await zhang.sees("#1 已处理完", "处理得怎么样")
    assert survey.labels == ["1 ★", "2 ★", "3 ★", "4 ★", "5 ★", "不再收到"]
    await zhang.taps("2 ★", on=survey)
    await zhang.sees("收到 2 分", "很抱歉")
    await company.su.sees("客户打了 2 分", "客户评分 2/5")
    await company.wang.sees("客户打了 2 分")
    await closes(company, 2, "发票开错了")
    await company.moves(by=LATER)
    assert await asked(zhang) == 1
    await company.moves(by=timedelta(days=31))
    await zhang.sees("#2 已处理完", "处理得怎么样")  # now that the month is over
    await company.moves(by=timedelta(days=31))
    await closes(company, 3, "送错了地址")
    await company.su.taps("撤销")
    await company.su.sees("已撤销")
    await company.moves(by=LATER)
    assert await asked(zhang) == 2  # it is open to be closed again
    await company.su.forges(company.su.last, "case.close:3")
    await company.su.sees("✓ 已关闭")
    await company.moves(by=LATER)
    assert await asked(zhang) == 3


async def test_not_at_night_and_never_who_declined(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")

    async def closed(number: int) -> None:
        await says(english.li, "complaint Acme wrong invoice", f"#{number}")
        await taps(english.su, "Open", f"#{number}")
        await taps(english.su, "Resolve", "do")
        await taps(english.su, "Skip", "✓ Resolved")
        await taps(english.su, "Close", "✓ Closed")

    await english.moves(to=shanghai(20, 20, 55))
    await closed(1)
    await english.moves(by=LATER)
    await acme.sees("This is settled")
    await english.moves(to=shanghai(21, 8, 1))
    await acme.sees("#1 is settled", "5 is best")
    await taps(acme, "Don't ask me", "no more surveys")
    await english.moves(by=timedelta(days=40))
    await closed(2)
    await english.moves(by=LATER)
    await acme.forges(acme.last, "g.cases:0")
    await acme.sees("Your cases")
    assert acme.transcript().count("5 is best") == 1


async def test_the_owner_turns_it_off(company: Company) -> None:
    await li_knows(company)
    zhang = await joins(company, "张三")
    await says(company.boss, "/settings")
    await taps(company.boss, "跟进规则", "关闭投诉以后，请客户打分：要")
    await taps(company.boss, "请客户打分", "30 天里最多问一次")
    await taps(company.boss, "不要", "请客户打分：不要")
    await closes(company, 1, "少了两箱")
    await company.moves(by=LATER)
    assert await asked(zhang) == 0
