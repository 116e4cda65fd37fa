"""The week as its readers get it: on Monday at nine by itself, and by /report whenever they ask."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.demo.standin import Person, Unseen
from store import complaints, customers, interactions, staff
from store.access import Actor
from store.db import Tx
from store.rules.models import Contacted, CustomerWords, Level
from tests.handlers.telling import shanghai
from tests.house import SHANGHAI, Company


async def adds(company: Company, who: str, name: str, *, level: Level = Level.REGULAR, calls: int = 0) -> None:
    """What somebody entered in the past, straight into the book."""

    def work(tx: Tx) -> None:
        actor: Actor = staff.as_actor(tx, company.ids[who])
        customer = customers.add(tx, actor, CustomerWords(name=name), level=level)
        for _ in range(calls):
            interactions.add(tx, actor, customer.id, "聊了聊", Contacted.CALL)

    await company.writes(work)


async def reads_no_week(manager: Person) -> None:
    """Nothing of the week comes, whatever else there is to be told."""
    with pytest.raises(Unseen):
        await manager.sees("上周", within=0.5)


async def a_busy_friday(company: Company) -> None:
    """Li adds two customers, calls one, finishes one follow-up and misses another; south adds one."""
    await adds(company, "li", "张三", calls=2)
    await adds(company, "li", "李四")
    await adds(company, "zhou", "南方客户", calls=1)
    li = company.li
    for hour, what in ((11, "发报价"), (14, "回电话")):
        await li.says(f"提醒 张三 2026-11-20 {hour}:00 {what}")
        await li.sees(f"{hour}:00 提醒你")
    await company.moves(to=shanghai(20, 11))
    await li.sees("⏰ 张三", "发报价")
    await li.taps("完成")
    await li.sees("已完成")
    await company.su.says("投诉 张三 发货少了两箱")
    await company.wang.sees("新投诉")
    for hour in (14, 15, 18):
        await company.moves(to=shanghai(20, hour))
    await company.wang.sees("李雷 还没有回应")


async def test_monday_at_nine_each_manager_reads_the_own_teams_week(company: Company) -> None:
    await a_busy_friday(company)
    await company.moves(to=shanghai(23, 8, 59))
    await company.moves(to=shanghai(23, 9))
    east = await company.wang.sees("上周", "11月16日–11月22日")
    assert "新客户 2 ↑2" in east.text
    assert "联系客户 2 次 ↑2" in east.text
    assert "跟进：完成 1 ↑1，其中迟了 0，漏了 1 ↑1" in east.text
    assert "李雷：完成 1 ↑1，迟 0，漏 1 ↑1" in east.text
    assert "本该" not in east.text
    south = await company.qian.sees("上周")
    assert "新客户 1 ↑1" in south.text
    assert "李雷" not in south.text
    everything = await company.boss.sees("上周")
    assert "新客户 3 ↑3" in everything.text
    for one in (east, south, everything):
        assert len(one.text.splitlines()) <= 15
    await company.moves(to=shanghai(23, 9, 1))
    await company.restart()
    await company.moves(to=shanghai(24, 9))
    await reads_no_week(company.wang)


async def test_every_figure_opens_its_rows_and_each_row_its_card(company: Company) -> None:
    await a_busy_friday(company)
    await company.moves(to=shanghai(23, 9))
    wang = company.wang
    digest = await wang.sees("上周")
    assert [label for label in digest.labels if "周" not in label and "月" not in label][:5] == [
        "新客户 2", "联系 2", "完成的跟进 1", "漏掉的跟进 1", "新投诉 1",
    ]  # fmt: skip
    await wang.taps("新客户 2")
    rows = await wang.sees("新客户", "11月16日–11月22日")
    assert set(rows.labels) >= {"张三", "李四"}
    assert "南方客户" not in rows.labels
    await wang.taps("李四")
    await wang.sees("李四", "普通")
    await wang.says("/report")
    await wang.sees("本周")
    await wang.taps("上周")
    await wang.sees("上周")
    await wang.taps("漏掉的跟进 1")
    await wang.sees("漏掉的跟进")
    await wang.taps("回电话")
    await wang.sees("到期，还没有做")


async def test_the_line_of_complaints_says_how_fast_they_were_solved(company: Company) -> None:
    def solved(tx: Tx) -> None:
        li, su = (staff.as_actor(tx, company.ids[who]) for who in ("li", "su"))
        customer = customers.add(tx, li, CustomerWords(name="张三"))
        for text in ("漏电", "少货"):
            case = complaints.add(tx, li, customer.id, text)
            complaints.resolve(tx, su, case.id, "换了")

    await company.writes(solved)
    await company.moves(to=shanghai(23, 9))
    said = await company.wang.sees("上周", "投诉：新增 2 ↑2，解决 2 ↑2（一半在 1 分钟内，按时 100%）")
    assert len(said.text.splitlines()) <= 15


async def test_after_an_outage_it_comes_late_and_says_so(company: Company) -> None:
    await a_busy_friday(company)
    await company.stop()
    company.clock.set(shanghai(23, 23))
    await company.start()
    await reads_no_week(company.wang)  # not in their quiet hours
    await company.moves(to=shanghai(24, 8))
    await company.wang.sees("上周", "本该 昨天 09:00 发出")
    await company.moves(to=shanghai(24, 9))
    await reads_no_week(company.wang)


async def test_a_quiet_week_is_one_line(company: Company) -> None:
    await company.moves(to=shanghai(23, 9))
    quiet = await company.wang.sees("上周很安静")
    assert len(quiet.text.splitlines()) == 1
    await company.li.sees_nothing()
    await company.su.sees_nothing()


async def test_an_important_customer_nobody_called_for_weeks(english: Company) -> None:
    await adds(english, "li", "Jane Smith", level=Level.VIP, calls=1)
    await adds(english, "li", "Bob Carter", level=Level.POTENTIAL)
    await english.moves(to=shanghai(30, 9))
    await english.wang.sees("Last week was quiet")
    await english.moves(to=datetime(2026, 12, 7, 9, tzinfo=SHANGHAI))
    digest = await english.wang.sees("Important customers gone silent: 1")
    assert len(digest.text.splitlines()) == 1
    await english.wang.taps("Gone silent 1")
    rows = await english.wang.sees("Gone silent")
    assert rows.labels[0] == "Jane Smith"
    assert "Bob Carter" not in rows.labels


async def test_this_week_so_far_and_the_month_by_report(english: Company) -> None:
    await adds(english, "li", "Jane Smith", calls=3)
    wang = english.wang
    await wang.says("/report")
    week = await wang.sees("This week", "16 Nov – 22 Nov")
    assert "Contacts made 3 ↑3" in week.text
    await wang.taps("This month")
    await wang.sees("This month", "Nov 2026", "New customers 1 ↑1")
    await wang.taps("Complaint figures")
    await wang.sees("Complaints", "1 Nov – 30 Nov")
    await wang.taps("Product report")
    await wang.sees("Product report", "Oct 2026")
    await wang.says("/report this month")
    await wang.taps("Last month")
    await wang.sees("Last month was quiet")
    await wang.says("/report this month")
    await wang.sees("This month")


async def test_a_member_and_a_team_have_a_report_of_their_own(company: Company) -> None:
    await a_busy_friday(company)
    await company.moves(to=shanghai(23, 9))
    boss = company.boss
    await boss.sees("上周", "新客户 3 ↑3")
    await boss.taps("李雷 ›")
    mine = await boss.sees("上周 · 李雷", "新客户 2 ↑2", "联系客户 2 次", "完成 1 ↑1", "投诉：新增 1 ↑1")
    assert "· 李雷：" not in mine.text
    await boss.taps("完成的跟进 1")
    rows = await boss.sees("完成的跟进")
    assert rows.labels[0] == "11月20日 周五 11:00 张三 · 发报价"
    await boss.taps("上一步")
    await boss.sees("上周 · 李雷")
    await boss.taps("‹ 所有人")
    await boss.sees("上周", "新客户 3 ↑3")
    await boss.taps("按团队")
    await boss.sees("看哪个团队")
    await boss.taps("华南")
    south = await boss.sees("上周 · 华南", "新客户 1 ↑1")
    assert "李雷" not in south.text
    await boss.says("/report 上周 周强")
    await boss.sees("上周 · 周强", "联系客户 1 次")
    await boss.says("/report 华东")
    await boss.sees("本周 · 华东很安静")
    await boss.says("/report 上周 谁谁")
    await boss.sees("没有叫“谁谁”的团队或同事", "上周")


async def test_each_contact_is_a_row_and_what_was_resolved_too(english: Company) -> None:
    await adds(english, "li", "Jane Smith", calls=3)
    await english.su.says("complaint Jane Smith two boxes missing")
    await english.wang.sees("New complaint")
    await english.su.taps("I’ll take it")
    await english.su.taps("Resolve")
    await english.su.says("sent the rest")
    await english.su.sees("sent the rest")
    wang = english.wang
    await wang.says("/report")
    await wang.sees("This week", "Complaints: opened 1 ↑1, resolved 1 ↑1")
    await wang.taps("Contacts 3")
    rows = await wang.sees("Contacts")
    assert rows.labels == ["today 10:00 Jane Smith · Call"] * 3 + ["Back"]
    await wang.taps("Back")
    await wang.taps("Resolved 1")
    rows = await wang.sees("Resolved")
    assert rows.labels == ["#1 Jane Smith", "Back"]
    await wang.taps("#1")
    await wang.sees("two boxes missing")


async def test_no_manager_reads_of_another_team_or_its_people(company: Company) -> None:
    wang = company.wang
    await wang.says("/report")
    shown = await wang.sees("本周")
    for whom in (f"s{company.ids['zhou']}", f"s{company.ids['boss']}", "t2", "s0", "t99", "sx"):
        await wang.forges(shown, f"report:w739575:{whom}")
        await wang.sees("没有找到")
        await wang.forges(shown, f"report.rows:new:w739575:{whom}:0")
        await wang.sees("没有找到")
    await wang.says("/report 周强")
    await wang.sees("没有叫“周强”的团队或同事")


@pytest.mark.parametrize("who", ["li", "su"])
async def test_who_does_not_manage_gets_no_report(company: Company, who: str) -> None:
    person = getattr(company, who)
    await person.says("/report")
    refused = await person.sees("没有找到")
    await person.forges(refused, "report.rows:new:w739575:a:0")
    await person.sees("没有找到")


async def test_an_altered_button_is_refused(company: Company) -> None:
    wang = company.wang
    await wang.says("/report")
    shown = await wang.sees("本周")
    for data in ("report:x1", "report:w99999999999", "report.rows:secrets:w739575:a:0", "report.rows:new:w739575"):
        await wang.forges(shown, data)
        await wang.sees("没有找到")


async def test_who_becomes_a_manager_on_wednesday_is_not_sent_mondays_digest(company: Company) -> None:
    from store.rules.models import Role

    await company.moves(to=shanghai(23, 9))
    await company.wang.sees("上周很安静")
    boss = company.ids["boss"]
    await company.writes(lambda tx: staff.set_role(tx, staff.as_actor(tx, boss), company.ids["li"], Role.MANAGER))
    await company.moves(to=shanghai(25, 10))
    await company.li.sees_nothing()
    await company.moves(to=shanghai(30, 9))
    await company.li.sees("上周很安静")
