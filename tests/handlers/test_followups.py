"""Reminders, from the tap or sentence that sets one to the answer when it rings, with everybody's phones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.handlers.telling import adds, jane_is_known, li_knows, presses, says, shanghai, taps
from tests.house import SHANGHAI, Company


async def test_a_day_at_the_end_of_the_calendar_is_said_to_be_none_and_what_was_typed_is_kept(company: Company) -> None:
    await li_knows(company)
    asked = await says(company.li, "提醒 张三 9999-12-31 23:59 发报价", "9999-12-31 23:59 发报价”看不出是什么时间")
    assert "什么时候提醒你" in asked.text
    await says(company.li, "9999-12-31 23:59", "“9999-12-31 23:59”看不出是什么时间")
    await says(company.li, "明天15:00", "明天 15:00 提醒你：张三 · 发报价")
    await says(company.li, "老王 13700137000 120年后回访", "新客户", "📝 2146-11-20 09:00 回访")
    await taps(company.li, "保存", "已保存", "2146-11-20 09:00 回访")


async def test_from_the_card_with_three_taps(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.taps("提醒")
    asked = await li.sees("什么时候提醒你")
    assert asked.labels[:4] == ["今天 13:00", "明天 09:00", "下周一 09:00", "📅 选日期"]
    await li.taps("明天 09:00")
    await li.sees("要做什么")
    await li.taps("发报价")
    said = await li.sees("明天 09:00 提醒你：张三 · 发报价")
    assert said.labels == ["撤销", "客户"]
    await company.moves(to=shanghai(21, 9))
    rang = await li.sees("张三", "发报价", "云帆科技", "+86 138 0013 8000")
    assert rang.labels == ["✓ 完成", "推迟", "记一笔", "客户"]


async def test_what_for_may_be_skipped_and_the_time_typed(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.taps("提醒")
    await li.sees("什么时候提醒你")
    await li.says("随便")
    await li.sees("看不出是什么时间")
    await li.says("2026-11-19 09:00")
    await li.sees("这个时间已经过了")
    await li.says("2026-12-01 15:30")
    await li.sees("要做什么")
    await li.taps("跳过")
    await li.sees("12月1日 周二 15:30 提醒你：张三")
    await company.moves(to=datetime(2026, 12, 1, 15, 30, tzinfo=SHANGHAI))
    await li.sees("⏰ 张三")


async def test_one_sentence_is_enough(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 周三下午3点 发报价")
    await li.sees("周三 15:00 提醒你：张三 · 发报价")
    await li.taps("撤销")
    await li.sees("已撤销")
    await company.moves(to=shanghai(25, 15))
    await li.sees_nothing()


async def test_in_english_with_the_name_inside_the_sentence(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await li.says("remind me to send the quote to Jane Smith tomorrow 3pm")
    await li.sees("tomorrow 15:00: Jane Smith · send the quote")
    await li.says("remind Jane Smith tomorrow 4pm call")
    await li.sees("tomorrow 16:00: Jane Smith · call")


async def test_an_hour_without_half_of_day_is_shown_to_tap_or_change(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 3点 回电话")
    said = await li.sees("今天 15:00 提醒你：张三 · 回电话")
    assert said.labels == ["撤销", "改为 明天 03:00", "客户"]
    await li.taps("改为")
    await li.sees("明天 03:00 提醒你：张三 · 回电话")
    await company.moves(to=shanghai(20, 15))
    await li.sees_nothing()
    await company.moves(to=shanghai(21, 3))
    await li.sees("⏰ 张三", "回电话")


async def test_which_of_two_likely_times_is_asked_and_one_tap_answers(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 8点 回电话")
    asked = await li.sees("你说的是哪个时间")
    assert asked.labels == ["今天 20:00", "明天 08:00"]
    await li.taps("明天 08:00")
    await li.sees("明天 08:00 提醒你：张三 · 回电话")


async def test_a_time_that_has_passed_is_asked_again(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 昨天15:00 回电话")
    await li.sees("这个时间已经过了", "什么时候提醒你")
    await li.taps("明天 09:00")
    await li.sees("明天 09:00 提醒你：张三 · 回电话")


async def test_which_of_two_people_is_asked_and_what_was_said_is_kept(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li_knows(company, "张三 13900139000 远山贸易")
    await li.says("提醒 张三 明天10:00 签合同")
    await li.sees("是哪一位")
    await li.taps("远山贸易")
    await li.sees("明天 10:00 提醒你：张三 · 签合同")


async def test_a_misspelt_name_is_asked_about_and_a_missing_time_too(english: Company) -> None:
    li = english.li
    await li.says("Catherine +44 20 7946 0958")
    await li.taps("Save")
    await li.sees("Saved")
    await li.says("remind Cathrine send contract")
    await li.sees("Which one?")
    await li.taps("Catherine")
    await li.sees("When shall I remind you?")
    await li.says("the day after tomorrow 8:30")
    said = await li.sees("Sun 08:30: Catherine · send contract")
    assert said.labels == ["Undo", "Make it Sun 20:30", "Customer"]


async def test_a_reminder_that_was_left_half_said_is_put_aside(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 发报价")
    await li.sees("什么时候提醒你")
    await li.says("/find 张三")
    await li.sees("云帆科技", "没填完的先放着：发报价")
    await li.taps("接着填")
    await li.sees("什么时候提醒你")
    await li.says("明天9点")
    await li.sees("明天 09:00 提醒你", "发报价")


async def test_the_question_survives_a_restart_and_its_button_something_else(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.taps("提醒")
    asked = await li.sees("什么时候提醒你")
    await company.restart()
    await li.says("/find 张三")
    await li.sees("云帆科技")
    await li.taps("明天 09:00", on=asked)
    await li.sees("要做什么")


async def test_a_button_means_the_hour_that_it_said_even_a_day_later(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.taps("提醒")
    asked = await li.sees("什么时候提醒你")
    await company.moves(by=timedelta(hours=6))  # "later today" is not offered any more
    await li.taps("明天 09:00", on=asked)
    await li.sees("要做什么")
    await li.taps("跳过")
    await li.sees("明天 09:00 提醒你：张三")


async def test_nobody_may_remind_of_a_colleagues_customer(company: Company) -> None:
    await li_knows(company)
    await company.han.says("提醒 张三 明天9点")
    await company.han.sees("还没有客户")
    await company.han.says("/today")
    nothing = await company.han.sees("没有要跟进的")
    await company.han.forges(nothing, "follow:1")
    await company.han.sees("没有找到")


async def test_done_with_one_tap_and_how_it_went_with_another(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await company.moves(to=shanghai(20, 15))
    await li.sees("发报价")
    await li.taps("完成")
    await li.sees("✓ 已完成 张三 · 发报价", "结果怎么样")
    await li.taps("联系上了")
    await li.sees("结果：联系上了")
    await li.taps("客户")
    await li.sees("上次联系：今天 15:00")
    await company.moves(to=shanghai(23, 18))
    await li.sees_nothing()


async def test_how_it_went_in_ones_own_words(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await li.says("remind Jane Smith 2026-11-20 15:00 send quote")
    await li.sees("today 15:00: Jane Smith · send quote")
    await english.moves(to=shanghai(20, 15))
    await li.sees("⏰ Jane Smith", "send quote")
    await li.taps("Done")
    await li.taps("In words")
    await li.sees("How did it go")
    await li.says("She wants 10 % off")
    await li.sees("Outcome: She wants 10 % off")


async def test_snoozed_and_undone(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await company.moves(to=shanghai(20, 15))
    await li.sees("发报价")
    await li.taps("推迟")
    asked = await li.sees("推迟到什么时候")
    assert asked.labels == ["10 分钟后", "1 小时后", "今天 19:00", "明天 09:00", "下周一 09:00", "其他时间", "上一步"]
    await li.taps("10 分钟后")
    await li.sees("推迟到 今天 15:10：张三 · 发报价")
    await company.moves(to=shanghai(20, 15, 11))
    await li.sees("⏰ 张三", "发报价")
    await li.taps("推迟")
    await li.taps("其他时间")
    await li.says("明天下午4点")
    await li.sees("推迟到 明天 16:00")
    await li.taps("撤销")
    await li.sees("已撤销")
    await company.moves(to=shanghai(20, 16, 12))
    await li.sees("⏰ 张三", "原定 今天 15:10")


async def test_a_time_typed_after_later_is_taken_and_any_other_line_goes_its_way(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "提醒 张三 15:00 发报价", "今天 15:00")
    await company.moves(to=shanghai(20, 15))
    rung = await li.sees("发报价", within=20)
    await taps(li, "推迟", "推迟到什么时候")
    await says(li, "推迟到下午三点半", "推迟到 今天 15:30：张三 · 发报价")
    await presses(li, rung, "推迟", "推迟到什么时候")
    await says(li, "明天上午", "推迟到 明天", "张三 · 发报价")
    await presses(li, rung, "推迟", "推迟到什么时候")
    card = await says(li, "张三", "云帆科技")
    assert "没填完" not in card.text


async def test_a_time_typed_after_later_in_english(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await says(li, "remind Jane Smith 2026-11-20 15:00 send quote", "today 15:00")
    await english.moves(to=shanghai(20, 15))
    await li.sees("send quote", within=20)
    await taps(li, "Later", "Until when")
    await says(li, "put it off to tomorrow 4pm", "tomorrow 16:00", "Jane Smith · send quote")


async def test_nobody_answers(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await company.moves(to=shanghai(20, 15))
    first = await li.sees("⏰ 张三", "发报价")
    await company.moves(to=shanghai(20, 16))
    await li.sees("已再次提醒")
    second = await li.sees("⏰ 张三", "原定 今天 15:00")
    assert second.id != first.id
    quiet = next(one for one in li.phone.bubbles(li.id) if one.id == first.id)
    assert quiet.labels == []
    await company.moves(to=shanghai(20, 18))
    told = await wang.sees("李雷 还没有回应这项跟进", "张三", "发报价")
    assert told.labels == ["打开", "转给同事", "客户"]
    await wang.taps("打开")
    await wang.sees("今天 15:00 到期，还没有做", "负责人：李雷")
    await wang.taps("完成")
    await wang.sees("已完成 张三")
    await li.sees("✓ 已完成 张三")


async def test_a_note_stops_the_second_ring(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三")
    await li.taps("记一笔")
    await li.says("在等财务的价格")
    await li.sees("已记下")
    await company.moves(to=shanghai(20, 16))
    await li.sees_nothing()


async def test_after_an_outage_one_card_tells_all(company: Company) -> None:
    li = company.li
    await li_knows(company)
    for hour, what in ((11, "发报价"), (12, "回电话"), (14, "催款")):
        await li.says(f"提醒 张三 {hour}:00 {what}")
        await li.sees(f"{hour}:00 提醒你")
    await company.stop()
    company.clock.set(shanghai(20, 16))
    await company.start()
    card = await li.sees("3 项跟进还在等你")
    assert card.labels == ["今天 11:00 张三 · 发报价", "今天 12:00 张三 · 回电话", "今天 14:00 张三 · 催款"]
    await li.taps("回电话")
    await li.sees("⏰ 张三", "回电话", "已提醒")
    await li.taps("完成")
    await li.sees("已完成 张三 · 回电话")
    await company.moves(to=shanghai(20, 17))
    await li.sees("2 项跟进还在等你")


async def test_several_that_were_missed_reach_the_manager_in_one_message(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    for hour, what in ((11, "发报价"), (12, "回电话")):
        await li.says(f"提醒 张三 {hour}:00 {what}")
        await li.sees("提醒你")
    # Each ring has arrived before the clock jumps: what waits too long for Telegram is told by itself.
    for hour, heard in ((11, "发报价"), (12, "回电话"), (13, "原定 今天 12:00")):
        await company.moves(to=shanghai(20, hour))
        await li.sees("⏰ 张三 · 云帆科技", heard)
    await company.moves(to=shanghai(20, 18))
    told = await wang.sees("2 项跟进还没有人回应")
    assert told.labels == ["李雷：张三 · 发报价", "李雷：张三 · 回电话"]


async def test_a_series_shows_the_next_and_one_can_be_left_out(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 每周一早上9点 例会")
    await li.sees("下周一 09:00 提醒你：张三 · 例会", "下一次：11月30日 周一 09:00")
    await company.moves(to=shanghai(23, 9))
    await li.sees("⏰ 张三", "下一次：11月30日 周一 09:00")
    await li.taps("完成")
    await li.sees("已完成")
    await company.moves(to=shanghai(29, 12))
    await li.says("今天")
    await li.sees("今天没有要跟进的", "下一项：明天 09:00")


async def test_a_restart_in_the_middle_and_a_clock_that_goes_back_ring_nothing_twice(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 15:00 发报价")
    await li.sees("今天 15:00")
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三", "发报价")
    await company.restart()
    await company.moves(to=shanghai(20, 14, 30))
    await company.moves(to=shanghai(20, 15, 30))
    await li.sees_nothing()
    await company.moves(to=shanghai(20, 16))
    await li.sees("已再次提醒")
    await li.sees("⏰ 张三", "原定 今天 15:00")


async def test_the_night_that_the_clocks_change_keeps_the_hour_on_the_wall(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await li.says("/settings")
    await li.taps("My day")
    await li.taps("Another zone")
    await li.taps("London")
    await li.sees("London, now 02:00")
    london = ZoneInfo("Europe/London")
    await english.moves(to=datetime(2027, 3, 26, 12, tzinfo=london))
    await li.says("remind Jane Smith every day at 9am report")
    await li.sees("tomorrow 09:00: Jane Smith · report")
    await english.moves(to=datetime(2027, 3, 27, 9, tzinfo=london))
    await li.sees("⏰ Jane Smith", "report", "Next: tomorrow 09:00")
    await li.taps("Done")
    await li.sees("Done: Jane Smith")
    await english.moves(to=datetime(2027, 3, 28, 8, 59, tzinfo=london))
    await li.sees_nothing()
    await english.moves(to=datetime(2027, 3, 28, 8, tzinfo=UTC))
    await li.sees("⏰ Jane Smith", "report", "Next: tomorrow 09:00")


async def test_a_month_end_stays_one(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li.says("提醒 张三 每月底上午10点 对账")
    await li.sees("11月30日 周一 10:00 提醒你：张三 · 对账", "下一次：12月31日 周四 10:00")
    await company.moves(to=datetime(2026, 11, 30, 10, tzinfo=SHANGHAI))
    await li.sees("⏰ 张三", "下一次：12月31日 周四 10:00")


async def test_whom_a_reminder_is_for_is_said_when_it_is_asked_and_left_out_of_its_words(english: Company) -> None:
    li = english.li
    await adds(li, "Anna Larsson +46 70 123 45 67", save="Save")
    await taps(li, "Remind", "Anna Larsson", "When shall I remind you?")
    await taps(li, "Cancel", "Cancelled")
    await says(
        li,
        "remind Anna Larsson tomorrow 3pm send samples to Anna Larsson",
        "tomorrow 15:00",
        "Anna Larsson · send samples",
    )
    await says(li, "Anna Larsson met at the fair ring her Wed 3pm", "down for Anna Larsson")
    await taps(li, "⏰ Remind me", "Wed 15:00", "Anna Larsson · ring her")


async def test_a_chinese_reminder_does_not_name_its_customer_twice(company: Company) -> None:
    await li_knows(company, "李娜 13800138000")
    await taps(company.li, "提醒", "李娜", "什么时候提醒你")
    await taps(company.li, "取消", "已取消")
    await says(company.li, "提醒我明天下午3点打电话给李娜", "明天 15:00", "李娜 · 打电话")
