"""What a customer is asked after they have bought something: seldom, and never about what was taken back."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from tests.handlers.telling import jane_is_known, joins, li_knows, says, taps
from tests.house import Company

LATER = timedelta(minutes=11)


async def asked(zhang: Person) -> int:
    """How often a customer was asked by now; they look at something else, so that all is there."""
    await zhang.forges(zhang.last, "g.menu")
    await zhang.sees("您好")
    await zhang.forges(zhang.last, "g.privacy")
    await zhang.sees("")
    return zhang.transcript().count("这次合作，您觉得怎么样")


async def test_a_win_is_followed_by_a_question_whose_low_score_becomes_a_case_in_one_tap(company: Company) -> None:
    li = company.li
    await li_knows(company)
    zhang = await joins(company, "张三")
    await says(li, "商机 张三 年度框架 12万", "✓ 已记下商机")
    await taps(li, "成交", "🎉 已成交", "年度框架 ¥120,000")
    await company.moves(by=timedelta(minutes=9))
    await zhang.forges(zhang.last, "g.cases:0")
    await zhang.sees("您还没有提过问题")
    assert "觉得怎么样" not in zhang.transcript()
    await company.moves(by=timedelta(minutes=2))
    survey = await zhang.sees("谢谢您选择我们", "觉得怎么样")
    assert survey.labels == ["1 ★", "2 ★", "3 ★", "4 ★", "5 ★", "不再收到"]
    assert "年度框架" not in survey.text
    await zhang.taps("2 ★", on=survey)
    await zhang.sees("收到 2 分", "很抱歉")
    await li.sees("★2/5", "张三", "关于成交：年度框架 ¥120,000")
    await company.wang.sees("★2/5", "关于成交：年度框架 ¥120,000")
    await zhang.says("合同拖了两周")
    await zhang.sees("谢谢，已转给负责的同事")
    await li.sees("★2/5", "合同拖了两周")
    await says(company.su, "/feedback", "1 条未读")
    await company.su.taps("● ★2/5 张三 合同拖了两周")
    read = await company.su.sees("★2/5", "关于一次成交", "合同拖了两周")
    assert "¥" not in read.text
    await taps(company.su, "转成投诉", "#1", "2/5 合同拖了两周")
    await zhang.forges(survey, "g.deal:1:5")
    await zhang.sees("已失效")
    await company.moves(by=timedelta(days=31))
    await says(li, "成交 张三 900", "🎉 已成交")
    await taps(li, "撤销", "已撤销")
    await company.moves(by=LATER)
    assert await asked(zhang) == 1  # it was none
    await says(li, "商机 张三 扩容 5万", "✓ 已记下商机")
    await taps(li, "成交", "🎉 已成交", "扩容")
    await taps(li, "撤销", "已撤销：张三 · 商机", "💼 扩容 ¥50,000")
    await company.moves(by=LATER)
    assert await asked(zhang) == 1  # it is open again
    await says(li, "成交 张三 扩容", "🎉 已成交", "扩容")
    await company.moves(by=LATER)
    assert await asked(zhang) == 2
    await taps(li, "撤销", "已撤销")
    await zhang.forges(zhang.last, "g.deal:2:5")
    await zhang.sees("已失效")  # what was taken back meanwhile is not rated


async def test_what_was_bought_within_thirty_days_of_a_survey_is_asked_about_once_when_they_are_over(
    company: Company,
) -> None:
    li = company.li
    await li_knows(company)
    zhang = await joins(company, "张三")
    await says(li, "成交 张三 净水器 3.2万", "🎉 已成交")
    await company.moves(by=LATER)
    await zhang.sees("这次合作，您觉得怎么样")
    for day, line in ((2, "成交 张三 滤芯 800"), (3, "成交 张三 滤芯 900"), (4, "成交 张三 滤芯 700")):
        await company.moves(by=timedelta(days=day))
        await says(li, line, "🎉 已成交")
        await company.moves(by=LATER)
    await taps(li, "撤销", "已撤销")  # the last one was none: the one before is the latest
    await company.moves(by=timedelta(days=20))
    assert await asked(zhang) == 1
    await company.moves(by=timedelta(days=1))
    survey = await zhang.sees("11月25日", "的那次合作，您觉得怎么样")
    await zhang.taps("4 ★", on=survey)
    await zhang.sees("收到 4 分")
    await li.sees("★4/5", "关于成交：滤芯 ¥900")
    await company.moves(by=timedelta(days=31))
    assert zhang.transcript().count("您觉得怎么样") == 2  # it covers the others


async def test_who_declines_within_the_thirty_days_is_not_asked_when_they_are_over(english: Company) -> None:
    await jane_is_known(english)
    jane = await joins(english, "Jane Smith", language="en")
    await says(english.li, "won Jane Smith 12k", "🎉 Won")
    await english.moves(by=LATER)
    await jane.sees("How was it with us")
    await says(english.li, "won Jane Smith 300 USD", "🎉 Won")
    await english.moves(by=LATER)
    await english.moves(by=timedelta(days=31))
    survey = await jane.sees("Thank you for your custom on", "20 Nov. How")
    await says(english.li, "won Jane Smith 400 USD", "🎉 Won")
    await english.moves(by=LATER)
    await jane.taps("Don't ask me", on=survey)
    await jane.sees("no more surveys")
    await english.moves(by=timedelta(days=31))
    await jane.forges(jane.last, "g.menu")
    await jane.sees("Hello")
    assert jane.transcript().count("How was it with us") == 2


async def test_one_tap_makes_a_case_of_what_was_bought_and_who_declined_is_left_alone(english: Company) -> None:
    await jane_is_known(english)
    jane = await joins(english, "Jane Smith", language="en")
    await says(english.li, "won Jane Smith 12k", "🎉 Won", "¥12,000")
    await english.moves(by=LATER)
    survey = await jane.sees("How was it with us", "5 is best")
    await jane.taps("1 ★", on=survey)
    await jane.sees("1 it is", "Sorry")
    await jane.taps("Please look into it")
    await jane.sees("#1")
    await english.moves(by=timedelta(days=31))
    await says(english.li, "won Jane Smith 300 USD", "🎉 Won", "$300")
    await english.moves(by=LATER)
    await jane.sees("How was it with us")
    await taps(jane, "Don't ask me", "no more surveys")
    await english.moves(by=timedelta(days=40))
    await says(english.li, "won Jane Smith 400 USD", "🎉 Won", "$400")
    await english.moves(by=LATER)
    await jane.forges(jane.last, "g.cases:0")
    await jane.sees("Your cases")
    assert jane.transcript().count("How was it with us") == 2


async def test_the_owner_turns_it_off_and_chooses_what_the_company_counts_in(company: Company) -> None:
    await li_knows(company)
    zhang = await joins(company, "张三")
    await says(company.boss, "/settings")
    await taps(company.boss, "跟进规则", "请客户打分：要；成交以后：要", "没写币种的金额：CNY")
    await taps(company.boss, "成交后回访", "30 天里最多问一次")
    await taps(company.boss, "不要", "成交以后：不要")
    await taps(company.boss, "默认币种", "按哪一种算")
    await taps(company.boss, "USD", "没写币种的金额：USD")
    await says(company.li, "成交 张三 3.2万", "🎉 已成交", "$32,000")
    await company.moves(by=LATER)
    await zhang.forges(zhang.last, "g.cases:0")
    await zhang.sees("您还没有提过问题")
    assert "觉得怎么样" not in zhang.transcript()
