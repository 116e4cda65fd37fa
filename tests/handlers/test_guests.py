"""The customer's side as customers live it: a link, consent, a score, a case and its card; and what stays closed."""

from __future__ import annotations

from datetime import timedelta

from store import complaints, staff
from store.db import Tx
from store.rules.models import Role
from tests.handlers.telling import adds, link_of, presses, says, taps, visits
from tests.house import Company


async def knows(company: Company) -> dict[str, int]:
    """How much the book holds from the customers' side."""

    def count(tx: Tx) -> dict[str, int]:
        return {name: int(tx.value(f"SELECT count(*) FROM {name}")) for name in ("guest", "feedback", "complaint")}

    return await company.inspects(count)


async def test_a_customer_who_joins_the_staff_is_no_customer_any_more(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await says(zhang, "少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    case = await company.su.sees("新投诉", "#1")
    code = await company.writes(lambda tx: staff.invite(tx, None, Role.OWNER, None))
    await zhang.starts(f"i_{code}")
    await zhang.sees("欢迎", "你不再以客户身份收到消息")
    taken = await presses(company.su, case, "我来处理", "由 苏青 处理")
    assert "已电话答复" in taken.labels
    assert "处理中" not in zhang.transcript()
    await says(zhang, "张三", "+86 138 0013 8000")


async def test_a_link_a_consent_a_score_and_a_word(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    link = await link_of(company, "张三")
    assert "photo" in company.li.last.raw
    zhang = await company.stranger("Zhang")
    await zhang.opens(link)
    notice = await zhang.sees("什么都不会保存")
    assert len(notice.text.splitlines()) == 2
    assert await knows(company) == {"guest": 0, "feedback": 0, "complaint": 0}
    await zhang.taps("同意")
    await zhang.sees("您好")
    await zhang.taps("评分")
    await zhang.sees("打几分")
    await zhang.taps("5 ★")
    await zhang.sees("收到 5 分")
    await company.li.sees("★5/5", "张三")
    await zhang.says("包装很好")
    await zhang.sees("谢谢，已转给负责的同事")
    await company.li.sees("★5/5", "包装很好")
    await company.su.says("/feedback")
    inbox = await company.su.sees("评价", "1 条未读")
    assert inbox.labels == ["● ★5/5 张三 包装很好", "本页都标为已读", "未读", "低分", "活动"]
    await company.su.taps("● ★5/5")
    await company.su.sees("★5/5", "张三", "包装很好")
    await company.su.taps("全部评价")
    assert (await company.su.sees("评价")).labels == ["★5/5 张三 包装很好", "未读", "低分", "活动"]
    assert await knows(company) == {"guest": 1, "feedback": 1, "complaint": 0}


async def test_what_is_written_long_after_a_score_is_no_word_on_it(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await visits(company, "张三")
    await zhang.taps("评分")
    await taps(zhang, "5 ★", "收到 5 分")
    await company.moves(by=timedelta(minutes=61))
    await says(zhang, "箱子破了", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1", "箱子破了")


async def test_who_declines_leaves_nothing(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await company.stranger("Zhang")
    await zhang.opens(await link_of(company, "张三"))
    await zhang.taps("不用了")
    await zhang.sees("什么都没有保存")
    await zhang.says("你好")
    await zhang.sees("这里只为一家公司")
    assert (await knows(company))["guest"] == 0


async def test_each_customer_in_their_own_language(company: Company) -> None:
    await adds(company.li, "Acme 13800138000")
    acme = await visits(company, "Acme", language="en")
    await acme.taps("Rate")
    await acme.taps("1 ★")
    await acme.sees("Sorry that we let you down")
    await acme.taps("Please look into it")
    await acme.sees("#1 · received")
    await company.su.sees("新投诉，客户提出", "1/5", "较急")
    await company.su.taps("我来处理")
    await acme.sees("#1 · in progress")


async def test_a_complaint_its_number_its_card_and_two_ways(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await visits(company, "张三")
    await zhang.taps("表扬或投诉")
    await zhang.sees("请写下来")
    await zhang.says("发货少了两箱")
    await zhang.sees("这段话要怎么办")
    await zhang.taps("请处理这个问题")
    card = await zhang.sees("#1", "已收到", "发货少了两箱")
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理")
    assert (await zhang.sees("#1", "处理中")).id == card.id
    await company.su.taps("回复客户")
    await company.su.says("请问是哪两箱？")
    await zhang.sees("请问是哪两箱？")
    await zhang.says("红色的")
    await zhang.sees("已补充到 #1")
    await company.su.sees("客户补充了情况", "红色的")
    await zhang.taps("补充情况")
    await zhang.sees("要补充什么")
    await zhang.says("还有一箱破了")
    await company.su.sees("客户补充了情况", "还有一箱破了")
    await company.su.taps("打开")
    await company.su.sees("处理中")
    await company.su.taps("已解决")
    await company.su.says("已补发")
    outcome = await zhang.sees("您的问题有结果了", "已补发")
    assert outcome.id != card.id
    await zhang.taps("没有解决")
    await zhang.sees("还差什么")
    await company.su.sees("客户说没有解决")
    await company.wang.sees("客户说没有解决")
    await zhang.taps("跳过")
    await zhang.sees("我们会重新处理")
    names = [name for name in ("苏青", "李雷", "王芳", "张三", "138") if name in zhang.transcript()]
    assert names == []


async def test_an_answer_from_the_staff_does_not_make_the_case_wait(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.says("发货少了两箱")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1")
    await company.su.taps("打开")
    await company.su.sees("还没有人接手")
    await company.su.taps("回复客户")
    await company.su.says("已经在查，今天给您答复")
    await company.su.sees("处理中", "由 苏青 处理", "已发给客户")
    await zhang.sees("关于 #1：", "已经在查")
    await zhang.sees("#1", "处理中")
    await zhang.taps("回复")
    await zhang.sees("要补充什么")
    await zhang.says("好的，谢谢")
    await zhang.sees("已补充到 #1")
    await company.su.sees("客户补充了情况", "好的，谢谢")


async def test_plain_words_go_where_the_customer_says(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    for text in ("发货少了两箱", "发票开错了"):
        await zhang.says(text)
        await zhang.sees("这段话要怎么办")
        await zhang.taps("请处理这个问题")
        await zhang.sees("已收到", text)
    await zhang.says("是第二箱")
    await zhang.taps("补充到 #1")
    await zhang.sees("已补充到 #1")
    await company.su.sees("客户补充了情况", "#1", "是第二箱")
    await zhang.says("小李很耐心")
    await zhang.taps("只是说一声")
    await zhang.sees("谢谢")
    await company.li.sees("留言", "小李很耐心")
    await zhang.says("算了")
    await zhang.taps("取消")
    await zhang.sees("没有发出去")
    assert await knows(company) == {"guest": 1, "feedback": 1, "complaint": 2}


async def test_words_are_sorted_once_and_an_older_question_is_void(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.says("第一句")
    first = await zhang.sees("这段话要怎么办")
    await zhang.says("第二句")
    await zhang.sees("这段话要怎么办")
    await zhang.taps("请处理这个问题", on=first)
    await zhang.sees("已失效")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1", "第二句")


async def test_the_customers_cases_and_a_score_after_closing(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.taps("我的问题")
    await zhang.sees("您还没有提过问题")
    await zhang.taps("表扬或投诉")
    await zhang.sees("请写下来")
    await zhang.says("发货少了两箱")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1")
    await company.su.sees("新投诉")
    await company.su.taps("打开")
    await company.su.sees("还没有人接手")
    await company.su.taps("已解决")
    await company.su.taps("跳过")
    await zhang.sees("您的问题有结果了")
    await zhang.taps("解决了")
    await zhang.sees("打个分")
    await zhang.taps("4 ★")
    await zhang.sees("收到 4 分")
    await zhang.taps("跳过")
    await zhang.sees("您好")
    await zhang.taps("我的问题")
    assert (await zhang.sees("您提的问题")).labels == ["#1 · 已完结", "返回"]
    await zhang.taps("#1 · 已完结")
    await zhang.sees("#1", "发货少了两箱", "如果又出现问题")
    await zhang.taps("没有解决")
    await zhang.sees("还差什么")
    await company.su.sees("客户说没有解决")


async def test_words_to_a_case_that_was_closed_meanwhile_are_not_lost(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang = await visits(company, "张三")
    await says(zhang, "发货少了两箱", "这段话要怎么办")
    card = await taps(zhang, "请处理这个问题", "#1", "发货少了两箱")
    await presses(zhang, card, "补充情况", "要补充什么")

    def closes(tx: Tx) -> None:
        su = staff.as_actor(tx, company.ids["su"])
        complaints.resolve(tx, su, 1, "已补发")
        complaints.close(tx, su, 1)

    await company.writes(closes)
    await zhang.says("箱子也破了")
    await zhang.sees("前面问的已经结束了，您发的内容还在")
    await zhang.sees("这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#2", "箱子也破了")


async def test_who_blocks_the_bot_does_not_disturb_the_case(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.says("发货少了两箱")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1")
    await zhang.blocks()
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理", "联系不到")
    assert "已电话答复" in company.su.last.labels  # nothing can be written to them
    await company.su.taps("已解决")
    await company.su.taps("跳过")
    await company.su.sees("✓ 已解决", "客户收不到这里的消息")
    await zhang.unblocks()
    await zhang.taps("我的问题")
    await zhang.sees("您提的问题")
    await company.su.taps("重新打开")
    assert "联系不到" not in (await company.su.sees("✓ 已重新打开", "客户已收到通知")).text


async def test_a_low_score_can_be_made_a_case_by_the_staff(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.taps("评分")
    await zhang.taps("2 ★")
    await zhang.says("客服态度太差")
    await company.wang.sees("★2/5", "客服态度太差")
    await company.wang.taps("打开")
    await company.wang.taps("转成投诉")
    await company.wang.sees("#1", "2/5 客服态度太差", "较急")
    await zhang.sees("#1", "已收到")
    await company.su.sees("新投诉，王芳 登记")
    await zhang.taps("请处理一下")
    await zhang.sees("已失效")
