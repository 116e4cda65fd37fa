"""Complaints as the staff lives them: logged in a sentence, taken, resolved, taken back, in Chinese and in English."""

from __future__ import annotations

from datetime import timedelta

from store import staff
from store.db import Tx
from store.rules.models import Role
from store.staff import Newcomer
from tests.handlers.telling import adds, joins
from tests.house import Company


async def test_from_a_sentence_to_a_closed_case(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await joins(company, "张三")
    await company.li.says("投诉 张三 发货少了两箱 急")
    await company.li.sees("#1", "紧急", "张三", "发货少了两箱", "还没有人接手")
    await zhang.sees("#1", "已收到", "我们替您登记的问题")
    assert "少了两箱" not in zhang.last.text

    await company.su.sees("新投诉，李雷 登记", "#1", "发货少了两箱")
    await company.wang.sees("新投诉", "#1")
    await company.su.taps("我来处理")
    await company.su.sees("处理中", "由 苏青 处理", "客户已收到通知")
    await zhang.sees("#1", "处理中")

    await company.su.taps("已解决")
    await company.su.sees("怎么解决的")
    await company.su.says("补发两箱，明天到")
    await company.su.sees("已解决", "处理结果：补发两箱，明天到")
    await zhang.sees("您的问题有结果了", "补发两箱，明天到")
    await zhang.taps("解决了", on=zhang.last)
    await zhang.sees("#1 已完结")
    await company.su.sees("客户确认已解决", "已关闭")
    assert "苏青" not in zhang.transcript()
    assert "李雷" not in zhang.transcript()


async def test_the_same_in_english(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    await english.li.says("complaint Acme wrong invoice")
    await english.li.sees("#1", "Normal", "wrong invoice", "Nobody has it yet")
    await english.su.sees("New complaint, logged by 李雷")
    await english.su.taps("I’ll take it")
    await english.su.sees("in progress", "The customer has been told")
    await acme.sees("in progress")
    await english.su.taps("Resolve")
    await english.su.taps("Skip")
    await english.su.sees("✓ Resolved")
    await acme.sees("There is an answer for you")
    await acme.taps("Not solved", on=acme.last)
    await acme.sees("Sorry it isn’t solved")
    await english.su.sees("The customer says it’s not solved", "reopened")
    await english.wang.sees("The customer says it’s not solved")
    await acme.says("still the old address")
    await acme.sees("Added to #1")
    await english.su.sees("The customer added something", "still the old address")


async def test_two_of_the_same_name_are_asked_about_and_the_words_wait(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await adds(company.li, "张三 13900139000 宏达商贸")
    await company.li.says("投诉 张三 发票开错了")
    await company.li.sees("“张三”是哪一位？")
    await company.restart()
    await company.li.taps("张三 · 宏达商贸")
    await company.li.sees("#1", "宏达商贸", "发票开错了")
    await company.su.sees("新投诉", "宏达商贸")


async def test_whose_it_is_may_be_typed_after_the_words(company: Company) -> None:
    await adds(company.li, "王总 13800138000 云帆科技")
    await company.li.says("投诉 小王 送错了地址")
    await company.li.sees("没有找到“小王”")
    await company.li.says("谁知道")
    await company.li.sees("没有找到“谁知道”")
    await company.li.says("wangzong")
    await company.li.sees("#1", "王总", "小王 送错了地址")


async def test_the_name_needs_no_space_behind_it(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.says("投诉张三发货少了两箱")
    await company.li.sees("#1", "张三", "发货少了两箱")


async def test_a_name_alone_asks_what_happened(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三")
    await company.li.sees("发生了什么")
    await company.li.says("漏电")
    await company.li.sees("#1", "漏电", "🔴 紧急")


async def test_from_the_card_and_with_the_guess_corrected(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("张三")
    await company.li.taps("投诉")
    await company.li.says("包装破了")
    await company.li.sees("#1", "包装破了", "一般")
    await company.li.taps("🔴 紧急")
    await company.li.sees("#1", "✓ 已改为🔴 紧急")


async def test_a_colleagues_customer_is_as_unknown_as_nobody(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.han.says("投诉 张三 发货少了")
    known = (await company.han.sees("没有找到")).text
    await company.han.taps("取消")
    await company.han.says("投诉 赵六 发货少了")
    unknown = (await company.han.sees("没有找到")).text
    assert known.replace("张三", "赵六") == unknown
    await company.su.sees_nothing()


async def test_support_logs_for_a_customer_of_the_team_and_sees_no_number_until_it_is_theirs(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.su.says("投诉 张三 发货少了")
    await company.su.sees("#1")
    await company.li.sees("新投诉，苏青 登记")
    await company.su.taps("客户", on=company.su.last)
    assert "8000" not in (await company.su.sees("张三")).text
    await company.su.says("/complaint")
    await company.su.taps("#1 张三")
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理", "客户收不到这里的消息")
    await company.su.taps("客户", on=company.su.last)
    await company.su.sees("138 0013 8000")


async def test_undo_takes_the_case_away_again(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    await company.li.says("投诉 张三 记错了")
    await zhang.sees("#1", "已收到")
    await company.su.sees("新投诉")
    await company.li.taps("撤销")
    await company.li.sees("已撤销")
    await company.moves(by=timedelta(seconds=2))
    await zhang.sees("#1 已撤销")
    await company.su.taps("我来处理")
    await company.su.sees("没有找到")


async def test_undo_of_a_resolution_reaches_the_customer_too(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    await company.li.says("投诉 张三 少了两箱")
    await company.su.taps("我来处理")
    await company.su.sees("处理中")
    await company.su.taps("已解决")
    await company.su.taps("跳过")
    await company.su.sees("✓ 已解决")
    await zhang.sees("您的问题有结果了")
    await company.su.taps("撤销")
    await company.su.sees("已撤销")
    await company.moves(by=timedelta(seconds=2))
    await zhang.sees("我们会继续处理", "处理中")


async def test_one_who_comes_second_sees_who_was_first_and_may_take_over(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三 少了两箱")
    await company.wang.sees("新投诉")
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理")
    await company.wang.taps("我来处理")
    await company.wang.sees("苏青 已经在处理了")
    await company.wang.taps("改由我处理")
    await company.wang.sees("由 王芳 处理")
    await company.su.sees("王芳 接过了这件投诉")


async def test_a_manager_gives_a_case_to_somebody(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三 少了两箱")
    await company.wang.sees("新投诉")
    await company.wang.taps("打开")
    await company.wang.sees("还没有人接手")
    await company.wang.taps("转给同事")
    assert (await company.wang.sees("转给谁")).labels[:2] == ["苏青", "王芳"]
    await company.wang.forges(company.wang.last, f"case.to:1:{company.ids['qian']}")
    await company.wang.sees("没有找到")
    await company.wang.taps("苏青")
    await company.wang.sees("✓ 已转给 苏青", "由 苏青 处理")
    await company.su.sees("王芳 把这件投诉转给你", "少了两箱")
    await company.su.forges(company.su.last, f"case.to:1:{company.ids['su']}")
    await company.su.sees()
    assert "转给" not in company.su.last.text


async def test_whoever_stands_on_the_second_page_can_be_given_a_case_too(company: Company) -> None:
    def many(tx: Tx) -> None:
        team = staff.as_actor(tx, company.ids["su"]).team_id
        for place in range(8):
            code = staff.invite(tx, None, Role.SUPPORT, team)
            staff.join(tx, code, Newcomer(9_000 + place, 9_000 + place, f"客服{place}", "zh", "Asia/Shanghai"))

    for place in range(8):
        await company.people.person(f"客服{place}", language="zh", id=9_000 + place, started=True)
    await company.writes(many)
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三 少了两箱")
    await company.wang.sees("新投诉")
    await company.wang.taps("打开")
    await company.wang.taps("转给同事")
    assert (await company.wang.sees("转给谁")).labels[7:9] == ["客服6", "下一页"]
    await company.wang.taps("下一页")
    assert (await company.wang.sees("转给谁")).labels[:3] == ["客服7", "王芳", "上一页"]
    await company.wang.taps("客服7")
    await company.wang.sees("✓ 已转给 客服7", "由 客服7 处理")


async def test_a_note_stays_among_colleagues_and_the_story_tells_all(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    await company.li.says("投诉 张三 少了两箱")
    await company.su.taps("我来处理")
    await company.su.taps("内部备注")
    await company.su.says("仓库说已经补发")
    await company.su.sees("内部：仓库说已经补发", "客户看不到")
    await company.su.taps("回复客户")
    await company.su.says("请问缺的是哪两箱？")
    await company.su.sees("已发给客户")
    await zhang.sees("关于 #1", "请问缺的是哪两箱？")
    await zhang.says("红色的两箱")
    await company.su.sees("客户补充了情况", "客户：红色的两箱")
    await company.su.taps("打开")
    await company.su.sees("红色的两箱")
    await company.su.taps("全部经过")
    await company.su.sees("少了两箱", "苏青（内部）", "苏青 回复客户", "红色的两箱")
    assert "仓库" not in zhang.transcript()


async def test_a_story_tells_when_who_and_where_it_stands_from_the_first_word_on(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await english.li.says("complaint Acme wrong invoice")
    await english.li.sees("#1", "wrong invoice")
    await english.li.taps("Whole story")
    told = await english.li.sees("#1 from the beginning")
    assert told.text.splitlines() == [
        "#1 from the beginning · open", "", "today 10:00 · 李雷 logged it", "wrong invoice",
        "Nothing has been said or done since.",
    ]  # fmt: skip


async def test_a_button_that_is_out_of_date_says_so(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三 少了两箱")
    await company.su.sees("新投诉")
    news = company.su.last
    await company.su.taps("打开", on=news)
    await company.su.taps("已解决")
    await company.su.says("补发")
    await company.su.sees("✓ 已解决")
    await company.su.taps("关闭", on=company.su.last)
    await company.su.sees("✓ 已关闭")
    await company.su.forges(news, "case.close:1")
    await company.su.sees("已失效")
    await company.su.forges(news, "case.set:1:terrible")
    await company.su.sees("没有找到")


async def test_the_list_has_queues_and_pages(company: Company) -> None:
    await company.su.says("/complaint")
    await company.su.sees("没有未处理完的投诉")
    await adds(company.li, "张三 13800138000")
    for number in range(1, 10):
        await company.li.says(f"投诉 张三 第{number}件 不急")
        await company.li.sees(f"#{number}")
    await company.li.says("投诉 张三 漏电")
    await company.li.sees("#10")
    await company.su.says("/complaint")
    shown = await company.su.sees("待接手", "10 件")
    assert shown.labels[0] == "🔴 #10 张三 · 待处理"
    assert len([label for label in shown.labels if "#" in label]) == 8
    await company.su.taps("下一页", on=shown)
    await company.su.taps("#9 张三")
    await company.su.sees("#9", "第9件")
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理")
    await company.su.says("/complaint")
    mine = await company.su.sees("我的投诉", "1 件")
    assert [label for label in mine.labels if "#" in label] == ["#9 张三 · 处理中"]
    await company.su.taps("全部 10", on=mine)
    await company.su.sees("未处理完的投诉", "10 件")


async def test_nobody_else_sees_the_case_by_list_or_by_an_altered_button(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await company.li.says("投诉 张三 少了两箱")
    await company.li.sees("#1")
    for person in (company.han, company.zhou, company.qian):
        await person.says("/complaint")
        await person.sees("没有未处理完的投诉")
        for data in ("case:1", "case.take:1", "case.story:1", "case.set:1:low", "cases:all:0"):
            await person.forges(person.last, data)
            await person.sees("没有")
