"""A visitor, who came through a customer's link and has not shown who they are: what the staff reads of that, and what
of the customer's they can't use up.
"""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from store import questionnaires, staff
from tests.handlers.surveying import composes_short, kept, published
from tests.handlers.telling import WITHIN, adds, is_known, says, taps, visits
from tests.house import Company

UNPROVEN = "Came through the link, not confirmed who"
WROTE, ANSWERED = "通过链接提交，未核实身份", "⚠️ 还不能确定对方是客户本人"


async def test_the_staff_reads_that_a_case_may_be_somebody_elses_until_it_is_known(company: Company) -> None:
    su = company.su
    await adds(company.li, "张三 13800138000")
    eve = await visits(company, "张三", called="Eve")
    await says(eve, "我的货到哪了，请发一下收货地址", "这段话要怎么办")
    await taps(eve, "请处理这个问题", "#1")
    await su.sees("新投诉", WROTE, within=WITHIN)
    card = await taps(su, "我来处理", "由 苏青", WROTE)
    assert "⚠️" not in card.text  # said once, and no alarm
    await taps(su, "全部经过", "#1 全部经过 · 处理中", "客户提出", WROTE)
    await taps(su, "返回", "由 苏青")
    await taps(su, "已解决", ANSWERED, "怎么解决的")
    await taps(su, "取消", "取消")
    await taps(su, "回复客户", ANSWERED, "请不要发客户的资料", "要对客户说什么")
    await says(su, "请先证明是您本人", "已发给客户", WROTE)
    await eve.sees("请先证明是您本人", within=WITHIN)
    await is_known(company, eve)
    await says(eve, "已经证明了", "这段话要怎么办")
    await taps(eve, "补充到 #1", "已补充到 #1")
    assert WROTE not in (await su.sees("客户补充了情况", "已经证明了", within=WITHIN)).text
    assert WROTE not in (await taps(su, "打开", "#1")).text
    assert ANSWERED not in (await taps(su, "回复客户", "要对客户说什么")).text


async def test_what_the_staff_wrote_down_is_not_in_doubt(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await visits(company, "张三", called="Eve")
    await says(company.li, "投诉 张三 发货少了两箱", "#1")
    assert WROTE not in (await company.su.sees("新投诉", within=WITHIN)).text
    assert ANSWERED not in (await taps(company.su, "我来处理", "由 苏青")).text


async def test_the_staff_reads_that_a_score_may_be_somebody_elses_until_it_is_known(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.li, "Acme", "Acme")
    link = await taps(english.li, "Link", "t.me")
    eve = await english.stranger("Eve", language="en")
    await eve.opens(next(word for word in link.text.split() if word.startswith("https://t.me/")))
    await taps(eve, "I agree", "Hello")
    await taps(eve, "Rate", "5 is best")
    await taps(eve, "2 ★", "2 it is")
    await english.li.sees("★2/5", UNPROVEN, within=WITHIN)
    await taps(english.li, "Open", "★2/5", UNPROVEN)
    await taps(english.li, "Answer", "Not known yet whether it is the customer: please send none of their details")
    await says(english.li, "Sorry", "Sent", UNPROVEN)
    await taps(eve, "Please look into it", "#1")
    await english.su.sees("New complaint", UNPROVEN, within=WITHIN)
    await is_known(english, eve)
    await taps(english.su, "Open", "#1")
    assert UNPROVEN not in english.su.last.text


async def test_several_warnings_say_in_one_line_how_many_are_of_visitors(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    eve = await visits(company, "张三", called="Eve")
    for words in ("货还没到", "发票开错了"):
        await says(eve, words, "这段话要怎么办")
        await taps(eve, "请处理这个问题", words)
    await says(company.li, "投诉 张三 发货少了两箱", "#3")
    await company.moves(by=timedelta(days=10))
    warned = await company.wang.sees("3 件投诉快到时限或已超时", "其中 2 件通过链接提交，未核实身份", within=WITHIN)
    assert "⚠️" not in warned.text


async def eve_and_zhang(company: Company) -> tuple[Person, Person]:
    """Two who came through links of 张三's; only the second has shown who he is."""
    await adds(company.li, "张三 13800138000")
    eve, zhang = await visits(company, "张三", called="Eve"), await visits(company, "张三", called="Zhang")
    await is_known(company, zhang)
    return eve, zhang


async def test_a_visitor_ends_the_surveys_in_their_own_chat_and_no_star_of_theirs_is_the_customers(
    company: Company,
) -> None:
    eve, zhang = await eve_and_zhang(company)
    await says(company.li, "成交 张三 净水器 3.2万", "🎉 已成交")
    await company.moves(by=timedelta(minutes=11))
    survey = await eve.sees("觉得怎么样", within=WITHIN)
    await zhang.sees("觉得怎么样", within=WITHIN)
    await eve.taps("1 ★", on=survey)
    await eve.sees("收到 1 分", within=WITHIN)
    await company.li.sees("★1/5", WROTE, within=WITHIN)
    await eve.forges(survey, "g.deal:1:5")
    await eve.sees("已失效", within=WITHIN)
    await taps(zhang, "5 ★", "收到 5 分")
    assert WROTE not in (await company.li.sees("★5/5", within=WITHIN)).text
    await eve.forges(survey, "g.quiet")
    await eve.sees("以后不会再发问卷和回访给您", within=WITHIN)
    await company.moves(by=timedelta(days=31))
    await says(company.li, "成交 张三 滤芯 800", "🎉 已成交")
    await company.moves(by=timedelta(minutes=11))
    await zhang.sees("觉得怎么样", within=WITHIN)
    await eve.forges(eve.last, "g.menu")
    await eve.sees("您好", within=WITHIN)
    assert eve.transcript().count("觉得怎么样") == 1


async def test_a_visitors_answers_to_a_questionnaire_leave_the_customer_theirs(company: Company) -> None:
    eve, zhang = await eve_and_zhang(company)
    await composes_short(company, "boss", "回访")
    token: list[str] = []
    await company.writes(lambda tx: token.append(questionnaires.token(tx, staff.as_actor(tx, company.ids["boss"]), 1)))
    for person, score in ((eve, "2"), (zhang, "9")):
        await person.opens(f"https://t.me/kehu_test_bot?start=q_{token[0]}")
        await taps(person, "开始", "会推荐吗")
        await taps(person, score, "答完了，谢谢")
    for person in (eve, zhang):
        await person.opens(f"https://t.me/kehu_test_bot?start=q_{token[0]}")
        await taps(person, "开始", "您已经答过")


async def test_a_visitors_answers_without_a_name_leave_the_customer_theirs(company: Company) -> None:
    eve, zhang = await eve_and_zhang(company)
    link = await published(company, anonymous=True)
    for person in (eve, zhang):
        await person.opens(link)
        await taps(person, "开始", "1/4")
        await taps(person, "4", "2/4")
        for place in ("3/4", "4/4"):
            await taps(person, "跳过", place)
        await taps(person, "跳过", "答完了，谢谢")
    for person in (eve, zhang):  # and each answers once
        await person.opens(link)
        await taps(person, "开始", "您已经答过")
    assert await kept(company, "response WHERE finished_at IS NOT NULL") == 2
    assert await kept(company, "questionnaire_guest WHERE answered") == 1
