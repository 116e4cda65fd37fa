"""A follow-up in a colleague's hands: given by a manager, or offered by the ladder when nobody answered."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.telling import li_knows, shanghai, taps
from tests.house import Company
from tests.pictures import JPEG, jpeg


async def li_is_reminded(company: Company) -> None:
    """Li has a follow-up at three."""
    await li_knows(company)
    await company.li.says("提醒 张三 15:00 发报价")
    await company.li.sees("15:00 提醒你")


async def nobody_answers(company: Company) -> None:
    """It rings at three and at four; at six the manager hears of it."""
    for hour in (15, 16, 18):
        await company.moves(to=shanghai(20, hour))
    await company.wang.sees("李雷 还没有回应这项跟进")


async def test_a_manager_sets_one_for_whose_customer_it_is(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await wang.says("提醒 张三 15:00 发报价")
    said = await wang.sees("今天 15:00 提醒你：张三 · 发报价")
    assert "交给 李雷" in said.labels
    await wang.taps("交给 李雷")
    await wang.sees("已交给 李雷，今天 15:00：张三 · 发报价")
    await li.sees("王芳 交给你一项跟进，今天 15:00", "张三", "发报价", "+86 138 0013 8000")
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三", "发报价")
    await wang.sees_nothing()


async def test_a_managers_sentence_begins_with_the_colleague(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_knows(company)
    await wang.says("提醒 李雷 周三15:00 给张三发报价")
    await wang.sees("已交给 李雷，下周三 15:00：张三")
    await li.sees("王芳 交给你一项跟进，下周三 15:00", "发报价")
    await wang.taps("撤销")
    await wang.sees("已撤销")
    await company.moves(to=shanghai(25, 15))
    await li.sees_nothing()


async def test_in_english_and_the_time_is_asked(english: Company) -> None:
    li, wang = english.li, english.wang
    await li.says("Jane Smith +44 20 7946 0958")
    await li.taps("Save")
    await li.sees("Saved")
    await wang.says("remind 李雷 to call Jane Smith")
    await wang.sees("When shall I remind you?")
    await wang.taps("tomorrow 09:00")
    await wang.sees("Given to 李雷, tomorrow 09:00")
    await li.sees("王芳 gives you a follow-up, tomorrow 09:00", "Jane Smith")


async def test_a_colleague_without_the_customer_sees_them_for_it_and_a_day_longer(company: Company) -> None:
    li, han, wang = company.li, company.han, company.wang
    await li_is_reminded(company)
    await nobody_answers(company)
    await wang.taps("转给同事")
    asked = await wang.sees("交给谁")
    assert asked.labels == ["王芳", "韩梅", "上一步"]
    await wang.taps("韩梅")
    await wang.sees("已交给 韩梅")
    await li.sees("已交给 韩梅")
    given = await han.sees("王芳 交给你一项跟进", "张三", "发报价", "+86 138 0013 8000")
    await han.taps("客户")
    card = await han.sees("张三", "云帆科技")
    assert "修改" not in card.labels
    assert "投诉" not in card.labels
    await han.says("/find 13800138000")
    await han.sees("没有找到")
    await han.forges(given, "task.done:1")
    await han.sees("已完成", "结果怎么样")
    await han.taps("联系上了")
    await han.sees("结果：联系上了")
    await company.moves(to=shanghai(21, 17))
    await han.forges(given, "customer:1")
    await han.sees("张三")
    await company.moves(to=shanghai(21, 19))
    await han.forges(given, "customer:1")
    await han.sees("没有找到")


async def test_photos_of_a_lent_customer_are_seen_and_added_and_taken_back(company: Company) -> None:
    """Whoever does a colleague's follow-up sees the notes of that customer, and so what hangs on them."""
    li, han, wang = company.li, company.han, company.wang
    await li_is_reminded(company)
    await taps(li, "客户", "张三")
    await taps(li, "记一笔", "要记什么")
    await li.sends_photo(JPEG)
    await li.sees("已记下")
    await wang.says("张三")
    await wang.forges(await wang.sees("云帆科技"), f"task.give:1:{company.ids['han']}")
    await wang.sees("已交给 韩梅")
    await han.sees("王芳 交给你一项跟进")
    await taps(han, "客户", "云帆科技")
    await taps(han, "记录", "🖼 照片")
    await taps(han, "返回", "云帆科技")
    await taps(han, "记一笔", "要记什么")
    await han.sends_photo(jpeg(1), caption="到了门口")
    await han.sees("已记下", "到了门口")
    await han.forges(await taps(han, "撤销", "已撤销"), "customer:1")
    await han.sees("云帆科技")
    shown = await taps(han, "记录", "🖼 照片")
    assert shown.text.count("🖼") == 1
    assert shown.labels[1:] == ["• 全部", "往来", "跟进", "记一笔", "‹ 返回"]  # the rest of it is not lent


async def test_who_is_let_out_or_changes_team_sees_the_customer_no_more(company: Company) -> None:
    han, wang, boss = company.han, company.wang, company.boss
    await li_is_reminded(company)
    await wang.says("张三")
    await wang.sees("张三")
    await wang.forges(wang.last, f"task.give:1:{company.ids['han']}")
    await wang.sees("已交给 韩梅")
    given = await han.sees("王芳 交给你一项跟进")
    await boss.says("/team")
    shown = await boss.sees("团队")
    await boss.forges(shown, f"member.in:{company.ids['han']}:2")
    await boss.sees("韩梅")
    await han.sees("你现在在")
    await han.taps("客户", on=given)
    await han.sees("没有找到")
    await company.moves(to=shanghai(20, 15))
    await company.moves(to=shanghai(20, 15, 1))
    await company.li.sees("⏰ 张三", "发报价")


async def test_only_a_manager_gives_and_only_to_who_may_have_it(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_is_reminded(company)
    shown = li.last
    for data in (f"task.give:1:{company.ids['han']}", "task.whom:1:0"):
        await li.forges(shown, data)
        await li.sees("没有找到")
    await wang.says("张三")
    card = await wang.sees("张三")
    for who in ("su", "zhou", "qian", "boss"):
        await wang.forges(card, f"task.give:1:{company.ids[who]}")
        await wang.sees("没有找到")


async def test_the_ladder_offers_it_to_colleagues_and_the_first_has_it(company: Company) -> None:
    li, han, wang = company.li, company.han, company.wang
    await li_is_reminded(company)
    await nobody_answers(company)
    await company.moves(to=shanghai(23, 10, 29))
    await han.sees_nothing()
    await company.moves(to=shanghai(23, 10, 30))
    offer = await han.sees("李雷 有一项跟进一直没人处理", "潜在客户 · 原定 11月20日 周五 15:00")
    assert "张三" not in offer.text
    assert "发报价" not in offer.text
    await company.zhou.sees_nothing()
    await company.su.sees_nothing()
    await han.forges(offer, "task:1")
    await han.sees("没有找到")
    await han.taps("我来接", on=offer)
    taken = await han.sees("归你了", "张三", "发报价", "+86 138 0013 8000")
    assert taken.labels[:2] == ["✓ 完成", "推迟"]
    await li.sees("韩梅 接过了 张三 · 发报价")
    await wang.sees("韩梅 接过了 张三 · 发报价")
    await han.forges(offer, "offer.take:1")
    await han.sees("按钮已失效")
    await han.taps("推迟", on=taken)
    await han.taps("10 分钟后")
    await han.sees("推迟到")
    await company.moves(to=shanghai(23, 10, 41))
    await han.sees("⏰ 张三", "发报价")


async def test_an_offer_is_over_when_somebody_talks_to_the_customer(company: Company) -> None:
    han, wang = company.han, company.wang
    await li_is_reminded(company)
    await nobody_answers(company)
    await company.moves(to=shanghai(23, 10, 30))
    offer = await han.sees("没人处理")
    await wang.says("记 张三 电话 谈好了")
    await wang.sees("已记下")
    await han.taps("我来接", on=offer)
    await han.sees("按钮已失效")


async def test_taking_one_can_be_undone(company: Company) -> None:
    han = company.han
    await li_is_reminded(company)
    await nobody_answers(company)
    await company.moves(to=shanghai(23, 10, 30))
    offer = await han.sees("没人处理")
    await han.taps("我来接", on=offer)
    taken = await han.sees("归你了")
    await han.taps("撤销", on=taken)
    await han.sees("已撤销")
    await han.forges(taken, "task:1")
    await han.sees("没有找到")


async def test_any_contact_ends_the_ladder_even_after_a_note(company: Company) -> None:
    li, wang = company.li, company.wang
    await li_is_reminded(company)
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三")
    await li.taps("记一笔")
    await li.sees("要记什么")
    await li.says("电话 谈好了价格")
    await li.sees("已记下（电话）")
    await company.moves(to=shanghai(20, 18))
    await company.moves(to=shanghai(23, 10, 30))
    await wang.sees("上周")
    await wang.sees_nothing()
    await company.han.sees_nothing()


async def test_the_owner_sets_the_ladder_and_takes_it_back(company: Company) -> None:
    li, wang, boss = company.li, company.wang, company.boss
    await boss.says("/settings")
    await boss.sees("设置")
    await boss.taps("跟进规则")
    shown = await boss.sees("60 分钟后再提醒", "18:00 告诉经理：要", "请同事接手：要", "VIP 14 天")
    await boss.taps("再次提醒")
    choices = await boss.sees("多久以后再提醒一次")
    assert choices.labels == ["15 分钟后", "30 分钟后", "✓ 60 分钟后", "120 分钟后", "240 分钟后", "不用", "上一步"]
    await boss.taps("不用")
    await boss.sees("✓ 再次提醒：不用")
    await li_is_reminded(company)
    await company.moves(to=shanghai(20, 15))
    await li.sees("⏰ 张三")
    await company.moves(to=shanghai(20, 17))
    await li.sees_nothing()
    await boss.taps("撤销")
    await boss.sees("已撤销")
    await boss.says("/settings")
    await boss.taps("跟进规则")
    await boss.sees("60 分钟后再提醒")
    await boss.taps("告诉经理")
    await boss.taps("不要")
    await boss.sees("告诉经理：不要")
    await company.moves(to=shanghai(20, 18))
    await wang.sees_nothing()
    for person in (wang, li):
        await person.says("/settings")
        said = await person.sees("设置")
        assert "跟进规则" not in said.labels
        await person.forges(said, "rules.to:again:0")
        await person.sees("没有找到")
    await boss.forges(shown, "rules.to:again:99")
    await boss.sees("没有找到")
    await boss.forges(shown, "rules.set:predicate")
    await boss.sees("没有找到")


async def test_a_cadence_of_ones_own_counts_from_that_moment(english: Company) -> None:
    boss = english.boss
    await boss.says("/settings")
    await boss.taps("Follow-up rules")
    await boss.sees("potential 21 days")
    await boss.taps("Potential cadence")
    await boss.sees("After how long")
    await boss.taps("7 days")
    await boss.sees("✓ Potential cadence: 7 days")
    await english.li.says("Jane Smith +44 20 7946 0958")
    await english.li.taps("Save")
    await english.li.sees("Saved")
    await english.moves(by=timedelta(days=8))
    await english.li.says("/today")
    await english.li.sees("1 customer to get in touch with")
