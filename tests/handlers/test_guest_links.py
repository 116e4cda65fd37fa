"""Whose link it is: not theirs, invented, tried one after the other, looked at by staff, exchanged, given up."""

from __future__ import annotations

import re

from tests.handlers.telling import adds, link_of, visits
from tests.handlers.test_guests import knows
from tests.house import Company


async def test_a_link_that_is_not_theirs_says_the_same_to_everybody(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await adds(company.li, "李四 13900139000")
    zhang = await visits(company, "张三")
    used = re.search(r"c_\S+", company.li.transcript())
    assert used is not None
    friend = await company.stranger("Friend")
    answers = []
    for person, payload in (
        (friend, used[0]),
        (friend, "c_" + "A" * 22),
        (friend, "c_"),
        (zhang, (await link_of(company, "李四")).partition("=")[2]),
    ):
        await person.starts(payload)
        answers.append((await person.sees("链接")).text)
    assert set(answers) == {"链接已失效。请向发给你的人再要一个。"}
    assert (await knows(company))["guest"] == 1


async def test_a_stranger_who_tries_one_link_after_the_other_is_not_answered_for_ever(company: Company) -> None:
    guesser = await company.stranger("Guesser")
    for number in range(5):
        await guesser.starts(f"c_{number:022}")
        await guesser.sees("链接已失效")
    await guesser.starts("c_" + "9" * 22)
    await guesser.sees_nothing(for_=0.6)


async def test_another_customers_things_are_closed_to_altered_buttons(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await adds(company.li, "李四 13900139000")
    zhang, si = await visits(company, "张三"), await visits(company, "李四")
    await zhang.says("发货少了两箱")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1")
    await zhang.says("多谢")
    await zhang.taps("只是说一声")
    await zhang.sees("谢谢")
    for route in ("g.case", "g.add", "g.solved", "g.unsolved", "g.fix", "case", "case.take", "fb", "customer", "link"):
        said = []
        for number in (1, 999):  # what is another's and what does not exist
            await si.forges(si.last, f"{route}:{number}")
            said.append((await si.sees()).text)
        assert said[0] == said[1]
        assert said[0] in ("没有找到，或者你无权查看。", "这个按钮已失效。")
    await si.says("帮我看看")
    await si.sees("这段话要怎么办")
    nonce = si.last.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    await si.forges(si.last, f"g.put:{nonce}:1")
    await si.sees("没有找到")
    assert "两箱" not in si.transcript()


async def test_staff_see_a_preview_that_keeps_nothing(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await link_of(company, "张三")
    await company.li.opens(link)
    await company.li.sees("预览", "什么都不会保存")
    await company.li.taps("同意")
    shown = await company.li.sees("预览", "您好")
    await company.li.taps("评分", on=shown)
    await company.li.sees("预览到这里")
    assert await knows(company) == {"guest": 0, "feedback": 0, "complaint": 0}
    zhang = await company.stranger("Zhang")
    await zhang.opens(link)
    await zhang.taps("同意")
    await zhang.sees("您好")


async def test_a_new_link_ends_the_old_one(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    old = await link_of(company, "张三")
    await company.li.taps("换新链接")
    fresh = re.search(r"https://t\.me/\S+", (await company.li.sees("旧链接已作废")).text)
    assert fresh is not None
    zhang = await company.stranger("Zhang")
    await zhang.opens(old)
    await zhang.sees("链接已失效")
    await zhang.opens(fresh[0])
    await zhang.sees("什么都不会保存")


async def test_consent_is_withdrawn_as_easily_as_it_was_given(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.says("发货少了两箱")
    await zhang.taps("请处理这个问题")
    await zhang.sees("#1")
    await zhang.starts()
    await zhang.forges(zhang.last, "g.privacy")
    await zhang.taps("撤回同意")
    await zhang.sees("要撤回吗")
    await zhang.taps("撤回")
    await zhang.sees("已撤回")
    await company.su.taps("我来处理")
    await company.su.sees("由 苏青 处理", "客户收不到这里的消息")
    await zhang.sees_nothing(for_=0.6)
