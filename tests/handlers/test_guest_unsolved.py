"""A customer says in their own words that what was called settled is not: the case opens again, with these words."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from tests.handlers.telling import WITHIN, adds, presses, says, taps, visits
from tests.handlers.test_guests import knows
from tests.house import Company
from tests.pictures import jpeg


async def complains(company: Company, text: str) -> Person:
    """张三 has a case, of which 苏青 knows."""
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await says(zhang, text, "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    await company.su.sees("新投诉", within=WITHIN)
    await taps(company.su, "打开", "#1")
    return zhang


async def is_resolved(company: Company, zhang: Person) -> Bubble:
    """苏青, whose screen shows the case, says what was done; what the customer is told of it."""
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "补发", "✓ 已解决")
    return await zhang.sees("您的问题有结果了", "问题解决了吗", within=WITHIN)


async def test_typing_that_it_is_not_solved_opens_the_case_again(company: Company) -> None:
    zhang = await complains(company, "发货少了两箱")
    await is_resolved(company, zhang)
    asked = await says(zhang, "没有解决，还是少一箱", "这段话要怎么办")
    assert asked.labels == ["没有解决 #1", "请处理这个问题", "只是说一声", "我的问题", "取消"]
    await zhang.sends_photo(jpeg(1))
    await zhang.sees("照片", "这段话要怎么办", within=WITHIN)
    await taps(zhang, "没有解决 #1", "我们会重新处理")
    await zhang.sees("#1 · 重新处理中", within=WITHIN)
    for member in (company.su, company.wang):
        await member.sees("客户说没有解决", "#1", "没有解决，还是少一箱", "照片", within=WITHIN)
    assert await knows(company) == {"guest": 1, "feedback": 0, "complaint": 1}
    # Settled again and put away: the same way back, but not for ever.
    await taps(company.su, "打开", "#1", "重新打开")
    await is_resolved(company, zhang)
    await taps(zhang, "解决了", "打个分")
    assert "没有解决 #1" in (await says(zhang, "又坏了", "这段话要怎么办")).labels
    await company.moves(by=timedelta(days=31))
    assert "没有解决 #1" not in (await says(zhang, "发票还没到", "这段话要怎么办")).labels


async def test_what_was_typed_before_the_tap_goes_along(company: Company) -> None:
    zhang = await complains(company, "水管漏水")
    answer = await is_resolved(company, zhang)
    words = await says(zhang, "不对，还在漏", "这段话要怎么办")
    await zhang.sends_photo(jpeg(1))
    await zhang.sees("照片", "这段话要怎么办", within=WITHIN)
    await presses(zhang, answer, "👎 没有解决", "我们会重新处理", "您写的也一起转过去")
    for member in (company.su, company.wang):
        await member.sees("客户说没有解决", "不对，还在漏", "照片", within=WITHIN)
    await presses(zhang, words, "请处理这个问题", "已失效")  # they went along: not twice
    assert await knows(company) == {"guest": 1, "feedback": 0, "complaint": 1}
    # Who has typed nothing is asked.
    await taps(company.su, "打开", "#1", "重新打开")
    await is_resolved(company, zhang)
    await taps(zhang, "👎 没有解决", "还差什么")


async def test_words_for_a_case_that_the_staff_opened_again_meanwhile_are_added_to_it(company: Company) -> None:
    zhang = await complains(company, "发货少了两箱")
    await is_resolved(company, zhang)
    await says(zhang, "还是少一箱", "这段话要怎么办")
    await taps(company.su, "重新打开", "✓ 已重新打开")
    await taps(zhang, "没有解决 #1", "已补充到 #1")
    await company.su.sees("客户补充了情况", "还是少一箱", within=WITHIN)


async def test_the_same_in_english(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.li, "Acme", "Acme")
    link = await taps(english.li, "Link", "t.me")
    ann = await english.stranger("Ann", language="en")
    await ann.opens(next(word for word in link.text.split() if word.startswith("https://t.me/")))
    await taps(ann, "I agree", "Hello")
    await says(ann, "two boxes missing", "What should we do with this")
    await taps(ann, "Please look into this", "#1")
    await english.su.sees("New complaint", within=WITHIN)
    await taps(english.su, "Open", "#1")
    await taps(english.su, "Resolve", "What was done")
    await says(english.su, "sent again", "Resolved")
    await ann.sees("There is an answer for you", within=WITHIN)
    await says(ann, "still one box missing", "What should we do with this")
    await taps(ann, "#1 is not solved", "take it up again")
    await english.su.sees("it’s not solved", "still one box missing", within=WITHIN)
    await taps(english.su, "Open", "#1")
    await taps(english.su, "Resolve", "What was done")
    await says(english.su, "sent again", "Resolved")
    answer = await ann.sees("There is an answer for you", within=WITHIN)
    await says(ann, "no, it is still missing!", "What should we do with this")
    await presses(ann, answer, "👎 Not solved", "with what you wrote")
    await english.su.sees("it’s not solved", "no, it is still missing!", within=WITHIN)
