"""Reminders that do not get through: to whoever blocked the bot, or where Telegram refuses; somebody always hears."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Fault
from tests.handlers.telling import li_knows, says, shanghai, taps
from tests.house import Company


async def test_who_blocked_the_bot_is_followed_up_by_the_manager(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await li.blocks()
    await wang.sees_nothing()
    await company.moves(to=shanghai(20, 15))
    await wang.sees("李雷 还没有回应这项跟进", "张三")


async def test_who_blocked_the_bot_unnoticed_is_followed_up_by_the_manager_at_once(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    company.standin.faults.add(Fault("error", "sendMessage", chat=li.id, code=403))
    await company.moves(to=shanghai(20, 15))
    await wang.sees("李雷 停用了机器人")
    await company.moves(by=timedelta(seconds=1))
    told = await wang.sees("李雷 还没有回应这项跟进", "张三", "发报价")
    assert "转给同事" in told.labels


async def test_what_telegram_refuses_for_good_reaches_the_manager(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    refused = Fault("error", "sendMessage", chat=li.id, code=400, description="Bad Request: chat not found", times=1)
    company.standin.faults.add(refused)
    await company.moves(to=shanghai(20, 15))
    await wang.sees("李雷 还没有回应这项跟进", "张三", "发报价")  # the clock ticks once a second
    await company.moves(to=shanghai(20, 18))
    await wang.sees_nothing()


async def test_what_waits_too_long_reaches_the_manager_within_ten_minutes(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    company.standin.faults.add(Fault("error", "sendMessage", chat=li.id, code=502))
    await company.moves(to=shanghai(20, 15))
    await company.moves(to=shanghai(20, 15, 7))
    await wang.sees_nothing()
    await company.moves(to=shanghai(20, 15, 9))
    await wang.sees("李雷 还没有回应这项跟进", "张三", "发报价")


async def test_where_no_manager_can_be_reached_the_owner_hears(company: Company) -> None:
    li, wang, boss = company.li, company.wang, company.boss
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await wang.blocks()
    await li.blocks()
    await company.moves(to=shanghai(20, 15))
    await boss.sees("李雷 还没有回应这项跟进", "张三")


async def test_who_hangs_and_who_blocked_the_bot_delay_nobody(company: Company) -> None:
    li, han, wang = company.li, company.han, company.wang
    await li_knows(company)
    await han.says("李四 13900139000")
    await han.taps("保存")
    await han.sees("已保存")
    await wang.says("王五 13700137000")
    await wang.taps("保存")
    await wang.sees("已保存")
    for person, name in ((li, "张三"), (wang, "王五"), (han, "李四")):
        await person.says(f"提醒 {name} 15:00 回电话")
        await person.sees("今天 15:00")
    company.standin.faults.add(Fault("hang_before", "sendMessage", chat=li.id, seconds=20))
    company.standin.faults.add(Fault("error", "sendMessage", chat=wang.id, code=403))
    await company.moves(to=shanghai(20, 15))
    await han.sees("⏰ 李四", "回电话")
    await han.says("李四")
    await han.sees("139 0013 9000")


async def test_what_was_set_for_the_night_and_is_lost_reaches_the_manager_at_night(company: Company) -> None:
    """docs/decisions/0007: quiet hours are for what Kehu adds."""
    li, wang = company.li, company.wang
    await li_knows(company)
    for hour, what in ((22, "打给纽约"), (23, "发报价")):
        await li.says(f"提醒 张三 今天{hour}:30 {what}")
        await li.sees(f"{hour}:30")
    company.standin.faults.add(Fault("error", "sendMessage", chat=li.id, code=502))
    await company.moves(to=shanghai(20, 22, 30))
    await company.moves(to=shanghai(20, 22, 39))
    await wang.sees("李雷 还没有回应这项跟进", "张三", "打给纽约")
    company.standin.faults.clear()
    await li.blocks()
    await company.moves(to=shanghai(20, 23, 30))
    await wang.sees("李雷 还没有回应这项跟进", "发报价")


async def test_what_an_outage_held_back_and_is_lost_waits_for_the_morning(english: Company) -> None:
    li, wang = english.li, english.wang
    await says(li, "Jane Smith +44 20 7946 0958 Acme", "New customer")
    await taps(li, "Save", "Saved")
    await says(li, "remind Jane Smith today 17:00 send offer", "17:00")
    await li.blocks()
    await english.stop()
    english.clock.set(shanghai(20, 22))
    await english.start()
    await english.moves(to=shanghai(20, 22, 20))
    await wang.sees_nothing()
    await english.moves(to=shanghai(21, 8))
    await wang.sees("has not", "send offer")
