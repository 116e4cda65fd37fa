"""The day's agenda as its people get it: at their hour, in their zone, with everything that wants seeing to."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store import customers, interactions, staff
from store.db import Tx
from store.rules.models import Contacted, CustomerWords, Level
from tests.handlers.telling import jane_is_known, li_knows, shanghai
from tests.house import SHANGHAI, Company

LONDON = ZoneInfo("Europe/London")


async def knew(company: Company, days: int, who: str, people: dict[str, Level]) -> None:
    """Customers who were added and called so many days ago, straight into the book."""
    now = company.clock()

    def work(tx: Tx) -> None:
        actor = staff.as_actor(tx, company.ids[who])
        for name, level in people.items():
            added = customers.add(tx, actor, CustomerWords(name=name), level=level)
            interactions.add(tx, actor, added.id, "聊了聊", Contacted.CALL)

    async with company.book() as book:
        company.clock.set(now - timedelta(days=days))
        await book.write(work)
        company.clock.set(now)


async def sees_the_settings(company: Company) -> None:
    await company.li.says("/settings")
    await company.li.sees("设置")
    await company.li.taps("我的一天")
    await company.li.sees("我的一天")


async def test_everything_that_wants_seeing_to_and_each_line_a_button(company: Company) -> None:
    li = company.li
    await knew(company, 40, "li", {"王总": Level.VIP, "张三": Level.IMPORTANT, "李四": Level.REGULAR})
    await knew(company, 3, "li", {"赵六": Level.VIP})
    await li.says("提醒 李四 2026-11-20 15:00 发报价")
    await li.sees("15:00 提醒你")
    await li.says("提醒 李四 2026-11-23 15:00 催款")
    await li.sees("15:00 提醒你")
    await company.su.says("投诉 赵六 发货少了两箱")
    await li.sees("新投诉")
    for hour in (15, 16, 18):
        await company.moves(to=shanghai(20, hour))
    await company.moves(to=shanghai(23, 8, 30))
    agenda = await li.sees("今天要做的 5 项", "跟进 2 项，1 项已到时间", "该联系了 2 位", "投诉 1 件")
    assert agenda.labels[:-1] == [
        "❗ 11月20日 周五 15:00 李四 · 发报价", "⏰ 今天 15:00 李四 · 催款", "💤 王总 · VIP · 42 天没联系",
        "💤 张三 · 重要 · 42 天没联系", "⚠️ #1 赵六 · 待处理",
    ]  # fmt: skip
    await li.taps("王总")
    await li.sees("王总", "VIP")
    await li.taps("#1 赵六", on=agenda)
    await li.sees("发货少了两箱")


async def test_a_logged_contact_restarts_the_cadence_and_no_other_name_moves_up(company: Company) -> None:
    li = company.li
    await knew(company, 40, "li", {f"王{place}": Level.VIP for place in range(7)})
    await li.says("/today")
    agenda = await li.sees("该联系了 5 位")
    assert agenda.labels[:-1] == [f"💤 王{place} · VIP · 40 天没联系" for place in range(5)]
    await li.says("记 王2 电话 下周给报价")
    await li.sees("已记下")
    await li.says("/today")
    agenda = await li.sees("该联系了 4 位")
    assert [label[2:4] for label in agenda.labels[:-1]] == ["王0", "王1", "王3", "王4"]
    await li.says("提醒 王0 2026-12-01 15:00 拜访")
    await li.sees("提醒你")
    await company.moves(to=shanghai(21, 10))
    await li.says("/today")
    agenda = await li.sees("该联系了 5 位")
    assert [label[2:4] for label in agenda.labels[:-1]] == ["王1", "王3", "王4", "王5", "王6"]


async def test_a_level_with_its_own_cadence_and_one_that_is_left_in_peace(english: Company) -> None:
    li = english.li
    people = {"Ann": Level.POTENTIAL, "Bob": Level.REGULAR, "Cid": Level.IMPORTANT, "Dee": Level.VIP}
    await knew(english, 22, "li", people)
    await li.says("/today")
    agenda = await li.sees("2 customers to get in touch with")
    assert agenda.labels[:-1] == ["💤 Dee · VIP · 22 days silent", "💤 Ann · Potential · 22 days silent"]


async def test_nothing_to_do_is_no_message_or_one_line_as_they_choose(company: Company) -> None:
    li = company.li
    await company.moves(to=shanghai(23, 8, 30))
    await li.sees_nothing()
    await sees_the_settings(company)
    await li.taps("没事说一声")
    await li.sees("已改好", "没有事也说一声")
    await company.moves(to=shanghai(24, 8, 30))
    said = await li.sees("今天没有要跟进的")
    assert len(said.text.splitlines()) == 1
    await sees_the_settings(company)
    await li.taps("不要送")
    await li.sees("不自动送来")
    await company.moves(to=shanghai(25, 8, 30))
    await li.sees_nothing()


async def test_it_comes_at_the_hour_that_they_choose_and_once(company: Company) -> None:
    li = company.li
    await knew(company, 40, "li", {"王总": Level.VIP})
    await sees_the_settings(company)
    await li.taps("09:30")
    shown = await li.sees("工作日 09:30 送来")
    assert "✓ 09:30" in shown.labels
    await company.moves(to=shanghai(23, 8, 30))
    await li.sees_nothing()
    await company.moves(to=shanghai(23, 9, 30))
    await li.sees("今天要做的 1 项")
    await sees_the_settings(company)
    await li.taps("10:00")
    await li.sees("工作日 10:00 送来")
    await company.moves(to=shanghai(23, 10))
    await li.sees_nothing()


async def test_who_moves_to_london_has_mornings_and_series_there(company: Company) -> None:
    li = company.li
    await knew(company, 3, "li", {"张三": Level.REGULAR})
    await li.says("提醒 张三 每天早上9点 例会")
    await li.sees("明天 09:00 提醒你")
    await li.says("提醒 张三 2026-11-23 15:00 签合同")
    await li.sees("15:00 提醒你")
    await sees_the_settings(company)
    await li.taps("换时区")
    await li.sees("你在哪个时区")
    await li.says("Atlantis")
    await li.sees("没有“Atlantis”这个时区")
    await li.says("London")
    await li.sees("伦敦，现在 02:00")
    await company.moves(to=shanghai(21, 9))
    await li.sees_nothing()
    await company.moves(to=datetime(2026, 11, 21, 9, tzinfo=LONDON))
    await li.sees("⏰ 张三", "例会", "下一次：明天 09:00")
    await li.taps("完成")
    await li.sees("已完成")
    await company.moves(to=shanghai(23, 15))  # an instant stays at its instant: 7:00 in London
    await li.sees("⏰ 张三", "签合同")


async def test_a_zone_that_is_a_tap_away(english: Company) -> None:
    su = english.su
    await su.says("/settings")
    await su.sees("Settings")
    await su.taps("My day")
    shown = await su.sees("Beijing time, now 10:00")
    assert shown.labels[-2:] == ["Another zone", "‹ Back"]
    await su.taps("Another zone")
    asked = await su.sees("Which time zone")
    await su.taps("New York")
    await su.sees("New York, now 21:00")
    await su.forges(asked, "day.zone:99")
    await su.sees("Not found")
    await su.forges(asked, "day.hour:0901")
    await su.sees("Not found")


async def test_on_a_holiday_no_agenda_comes_and_on_a_worked_sunday_it_does(company: Company) -> None:
    li = company.li
    await knew(company, 40, "li", {"王总": Level.VIP})
    await company.moves(to=datetime(2026, 10, 1, 8, 30, tzinfo=SHANGHAI) + timedelta(days=365))
    await li.sees_nothing()
    await company.moves(to=datetime(2027, 10, 8, 8, 30, tzinfo=SHANGHAI))
    await li.sees("今天要做的 1 项")


async def bears(company: Company, who: str, birthdays: dict[str, str]) -> None:
    """Customers with their birthdays, straight into the book."""

    def work(tx: Tx) -> None:
        actor = staff.as_actor(tx, company.ids[who])
        for name, day in birthdays.items():
            customers.add(tx, actor, CustomerWords(name=name, birthday=day))

    await company.writes(work)


async def test_birthdays_are_in_the_agenda_of_whose_customers_they_are(company: Company) -> None:
    li = company.li
    await bears(company, "li", {"张三": "11-23", "李四": "11-24", "王五": "11-23"})
    await bears(company, "han", {"赵六": "11-23"})
    await company.moves(to=shanghai(23, 8, 30))
    agenda = await li.sees("今天要做的 2 项", "🎂 今天生日 2 位")
    assert agenda.labels == ["🎂 张三", "🎂 王五", "🗓 本周"]
    await li.taps("🎂 张三")
    await li.sees("张三", "潜在")
    assert (await company.han.sees("今天生日 1 位")).labels[0] == "🎂 赵六"
    await company.moves(to=shanghai(24, 8, 30))
    assert (await li.sees("今天生日 1 位")).labels[0] == "🎂 李四"
    await company.moves(to=shanghai(25, 8, 30))
    await li.sees_nothing()


async def test_a_birthday_on_the_29th_of_february_in_other_years(english: Company) -> None:
    await bears(english, "li", {"Jane Smith": "02-29"})
    await english.moves(to=datetime(2028, 2, 28, 12, tzinfo=SHANGHAI))
    await english.li.says("/today")
    assert "🎂" not in (await english.li.sees("to do today")).text  # 2028 has a 29th, a Tuesday
    await english.moves(to=datetime(2028, 2, 29, 8, 30, tzinfo=SHANGHAI))
    agenda = await english.li.sees("to do today", "🎂 1 birthday")
    assert agenda.labels[0] == "🎂 Jane Smith"
    await english.moves(to=datetime(2029, 2, 28, 8, 30, tzinfo=SHANGHAI))
    await english.li.sees("🎂 1 birthday")


async def test_support_finds_what_presses_what_is_theirs_and_what_is_free(company: Company) -> None:
    su, li = company.su, company.li
    await su.says("/today")
    await su.sees("今天没有要处理的投诉")
    await knew(company, 3, "li", {"张三": Level.REGULAR})
    for text in ("漏电", "发票抬头错了", "快递迟到"):
        await li.says(f"投诉 张三 {text}")
        await su.sees("新投诉", text)
    await su.taps("我来处理")
    await su.sees("由 苏青 处理", "快递迟到")
    await company.moves(to=shanghai(20, 10, 50))
    await su.sees("快到时限", "漏电")
    await su.says("/today")
    agenda = await su.sees("今天要做的 2 项", "快超时或已超时的投诉 1 件", "未处理完的投诉 1 件", "还没有人接手的 2 件")
    assert agenda.labels == ["⏰ #1 张三 · 待处理", "⚠️ #3 张三 · 处理中", "去接手"]
    await su.taps("去接手")
    await su.sees("待接手 · 2 件")
    await company.moves(to=shanghai(23, 8, 30))
    morning = await su.sees("📋 今天要做的", "还没有人接手的 2 件")
    assert morning.labels[-1] == "去接手"
    assert "本周" not in "".join(morning.labels)


async def test_support_chooses_the_hour_and_quiet_in_english(english: Company) -> None:
    su = english.su
    await su.says("/settings")
    await su.sees("Settings")
    await su.taps("My day")
    await su.taps("09:30")
    await su.sees("09:30")
    await english.moves(to=shanghai(23, 9, 30))
    await su.sees_nothing()
    await su.says("/today")
    await su.sees("No complaints to see to today")


async def test_today_in_pages_and_the_morning_by_itself(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("/today")
    await li.sees("今天没有要跟进的")
    for minute in range(9):
        await li.says(f"提醒 张三 2026-11-23 14:0{minute} 第{minute}件")
        await li.sees(f"14:0{minute} 提醒你")
    await company.moves(to=shanghai(21, 8, 30))  # Saturday
    await li.sees_nothing()
    await company.moves(to=shanghai(23, 8, 30))
    agenda = await li.sees("今天要做的 9 项")
    assert agenda.labels[0] == "⏰ 今天 14:00 张三 · 第0件"
    assert agenda.labels[8:] == ["下一页", "🗓 本周"]
    await li.taps("下一页")
    await li.sees("今天要做的 9 项")
    await li.taps("第8件")
    await li.sees("⏰ 今天 14:08")
    await li.taps("取消提醒")
    await li.sees("已取消提醒")
    await company.moves(to=shanghai(23, 8, 31))
    await li.sees_nothing()


async def test_today_in_english(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await li.says("remind Jane Smith 2026-11-20 15:00 send quote")
    await li.sees("today 15:00")
    await li.says("/today")
    agenda = await li.sees("1 thing to do today")
    assert agenda.labels == ["⏰ today 15:00 Jane Smith · send quote", "🗓 This week"]
