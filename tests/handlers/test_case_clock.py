"""The time of a complaint as people see it: what is left, who is warned, what the customer was promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.handlers.telling import adds, joins, says, shanghai, taps
from tests.house import BEGIN, SHANGHAI, Company


async def test_out_of_hours_and_over_a_weekend(company: Company) -> None:
    """Friday 17:30, one working hour left of what is promised when something is urgent: half of it on Monday."""
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await joins(company, "张三")
    await company.moves(to=BEGIN.replace(hour=17, minute=30))
    await says(company.li, "投诉 张三 机器漏电", "#1", "紧急", "首次答复还剩 1 小时（上班时间），下周一 09:00 前")
    await zhang.sees("#1", "我们会在 下周一 09:00 之前答复您")
    await company.su.sees("新投诉")
    await company.moves(to=datetime(2026, 11, 22, 12, tzinfo=SHANGHAI))
    await company.su.sees_nothing()

    await company.moves(to=datetime(2026, 11, 23, 8, 46, tzinfo=SHANGHAI))
    near = await company.su.sees("快到时限", "还没有得到首次答复", "首次答复还剩 14 分钟")
    assert near.labels == ["打开", "我来处理"]
    await company.wang.sees("快到时限")
    await company.su.taps("我来处理", on=near)
    await company.su.sees("由 苏青 处理", "首次答复还剩 14 分钟")

    await company.moves(to=datetime(2026, 11, 23, 9, 10, tzinfo=SHANGHAI))
    await company.wang.sees("新的一条在下面")
    await company.wang.sees("已超时", "还没有得到首次答复", "首次答复已超时 10 分钟")
    await company.su.sees("新的一条在下面")
    await company.su.sees("已超时")
    await zhang.sees("#1", "正在跟进，有结果会发消息告诉您")
    await company.wang.says("/complaint")
    assert (await company.wang.sees("1 件")).labels[0].startswith("⏰ ")


async def test_a_question_stops_the_clock_and_the_answer_starts_it(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    await says(english.li, "complaint Acme wrong invoice", "First answer due in 8 h of working time, by Mon 08:30")
    await acme.sees("You will hear from us by Mon 08:30")
    await english.su.taps("I’ll take it")
    await taps(english.su, "Write back", "What should the customer read")
    await says(english.su, "Which invoice is it?", "The clock waits for the customer; 40 h left to solve it")
    await english.moves(by=timedelta(days=4))
    await english.su.sees("1 thing to do today", "1 open complaint")
    assert "limit" not in english.su.transcript()
    await acme.says("Number 17")
    await english.su.sees("The customer added something", "Solution due in 40 h of working time, by")


async def test_several_at_once_come_as_one_card(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    for text in ("漏电", "冒烟"):
        await says(company.li, f"投诉 张三 {text}", text)
    await company.wang.sees("冒烟")
    await company.moves(by=timedelta(hours=1))
    await company.wang.sees("2 件投诉快到时限或已超时")
    first = company.wang.last
    await taps(company.wang, "#2 张三", "冒烟", "首次答复已超时")
    await company.moves(to=shanghai(20, 16, 30))
    await company.wang.sees("几件投诉的提醒，新的一条在下面")
    await company.wang.sees("2 件投诉快到时限或已超时")
    assert [shown.labels for shown in company.wang.phone.bubbles(company.wang.id) if shown.id == first.id] == [[]]


async def test_what_was_settled_in_the_quiet_hours_rings_nobody_in_the_morning(company: Company) -> None:
    await says(company.boss, "/settings")
    await taps(company.boss, "工作时间和时限", "08:30–18:00")
    await taps(company.boss, "上下班时间", "几点上班")
    await says(company.boss, "9:00-23:00", "✓ 已更新")
    await adds(company.li, "张三 13800138000")
    await company.moves(to=shanghai(20, 21, 30))
    for text in ("漏电", "冒烟"):
        await says(company.li, f"投诉 张三 {text}", text)
    await company.su.sees("新投诉", "漏电")
    await company.su.sees("新投诉", "冒烟")
    await company.moves(to=shanghai(20, 22, 20))
    await taps(company.su, "打开", "#2")
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "换了一台", "✓ 已解决")
    await company.moves(to=shanghai(21, 8))
    rung = await company.su.sees("快到时限", "#1")
    assert rung.labels == ["打开", "我来处理"]
    assert company.su.transcript().count("快到时限") == 1
    await company.wang.sees("已超时", "#1")
    assert "2 件投诉" not in company.wang.transcript()


async def test_an_owner_sets_the_working_time(company: Company) -> None:
    boss = company.boss
    await says(boss, "/settings")
    await taps(
        boss, "工作时间和时限", "周一、周二、周三、周四、周五 08:30–18:00", "中国大陆，含调休", "1 小时 / 8 小时"
    )
    await taps(boss, "上下班时间", "几点上班")
    await says(boss, "早上到晚上", "看不出几点到几点")
    await says(boss, "9:00-17:30", "✓ 已更新", "09:00–17:30")
    await taps(boss, "加放假", "哪几天放假")
    await says(boss, "2月4日到2月10日", "放假：2027年2月4日至2027年2月10日")
    await taps(boss, "撤销", "已撤销")
    await says(boss, "/settings")
    await taps(boss, "工作时间和时限", "09:00–17:30")
    assert "放假：" not in boss.last.text
    await taps(boss, "加上班", "哪几天")
    await says(boss, "11月22日", "上班：2026年11月22日")
    await taps(boss, "工作日", "哪几天上班")
    await taps(boss, "周六", "✓ 已更新")
    await taps(boss, "返回", "周五、周六")
    await taps(boss, "公共假日", "按哪里")
    await taps(boss, "英国", "公共假日按英国")
    await taps(boss, "🔴 紧急", "几小时内首次答复")
    await says(boss, "8 1", "后一个不能比前一个小")
    shown = await says(boss, "0.5 4", "新投诉按这个时限", "30 分钟 / 4 小时")
    assert not [label for label in shown.labels if "新时限" in label]
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 漏电", "首次答复还剩 30 分钟")
    await taps(boss, "🔴 紧急", "几小时内首次答复")
    await says(boss, "2 6", "没解决的 1 件还按登记时的时限", "2 小时 / 6 小时")
    await taps(boss, "没解决的 1 件也按新时限", "✓ 没解决的 1 件也按现在的时限")
    await says(company.li, "/complaint")
    await taps(company.li, "#1 张三", "首次答复还剩 2 小时")
    await taps(boss, "撤销", "已撤销")
    await says(company.li, "/complaint")
    await taps(company.li, "#1 张三", "首次答复还剩 30 分钟")
    await company.wang.says("/settings")
    await company.wang.sees()
    assert "工作时间和时限" not in company.wang.last.labels
    await company.wang.forges(company.wang.last, "hours.land:0")
    await company.wang.sees("没有")


async def test_an_owner_sets_the_working_time_in_english(english: Company) -> None:
    boss = english.boss
    await says(boss, "/settings", "Settings")
    await taps(boss, "Working time and targets", "08:30–18:00")
    await taps(boss, "Hours", "From when until when")
    await says(boss, "all day long", "does not say from when until when")
    await says(boss, "9:00-17:30", "✓ Changed", "09:00–17:30")
    await taps(boss, "Closed on…", "Which days are you closed")
    await says(boss, "Dec 24 to Dec 26", "Closed: ", "24", "26")
    await taps(boss, "Open on…", "Which weekends or holidays")
    await says(boss, "Nov 21", "Open: ", "21")  # a Saturday
    await english.moves(by=timedelta(hours=5))
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await says(english.li, "complaint Acme wrong invoice", "First answer due in 8 h of working time, by tomorrow 14:30")
    await taps(boss, "Undo", "Undone")
    await says(english.li, "complaint Acme wrong address", "First answer due in 8 h of working time, by Mon 14:30")
