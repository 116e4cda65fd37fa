"""Between a customer's link and their consent: who writes first is asked to agree, and nothing of it is kept."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin import Person
from tests.handlers.surveying import kept
from tests.handlers.telling import WITHIN, adds, link_of, says, taps
from tests.handlers.test_guests import knows
from tests.handlers.test_own_proof import everything_held
from tests.house import Company
from tests.pictures import jpeg

NOTHING = {"guest": 0, "feedback": 0, "complaint": 0}


async def at_the_door(company: Company) -> Person:
    """Somebody has opened 张三's link, and reads the notice."""
    await adds(company.li, "张三 13800138000")
    zhang = await company.stranger("Zhang")
    await zhang.opens(await link_of(company, "张三"))
    await zhang.sees("什么都不会保存", within=WITHIN)
    return zhang


async def test_who_complains_before_they_agree_reads_the_notice_and_sends_it_again(company: Company) -> None:
    zhang = await at_the_door(company)
    asked = await says(zhang, "箱子破了，怎么办", "刚才发的内容没有保存", "再发一次", "什么都不会保存")
    assert asked.labels == ["同意", "不用了"]
    await zhang.sends_photo(jpeg(1), jpeg(2))
    assert (await zhang.sees("刚才发的内容没有保存", within=WITHIN)).labels == ["同意", "不用了"]
    await zhang.starts()  # of the two photos one was answered, and this is no words
    assert "没有保存" not in (await zhang.sees("什么都不会保存", within=WITHIN)).text.splitlines()[0]
    assert await knows(company) == NOTHING
    assert "箱子" not in await everything_held(company)
    assert await kept(company, "draft") == 0
    await zhang.taps("同意", on=asked)
    await zhang.sees("请把刚才的内容再发一次", "直接打字也行", within=WITHIN)
    await says(zhang, "箱子破了，怎么办", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1", "箱子破了")


async def test_the_same_in_english(english: Company) -> None:
    await adds_english(english)
    link = await taps(english.li, "Link", "t.me")
    ann = await english.stranger("Ann", language="en")
    await ann.opens(next(word for word in link.text.split() if word.startswith("https://t.me/")))
    await ann.sees("nothing is kept", within=WITHIN)
    asked = await says(ann, "my box is broken", "was not kept", "then send it again", "Until you agree")
    assert asked.labels == ["I agree", "No, thanks"]
    await taps(ann, "I agree", "Please send again", "You can also just type")


async def adds_english(company: Company) -> None:
    """Li has a customer, whose card is open."""
    await says(company.li, "Acme +44 20 7946 0958", "New customer")
    await taps(company.li, "Save", "Saved")
    await says(company.li, "Acme", "Acme")


async def test_the_door_closes_when_somebody_else_went_through_it_or_it_was_declined_or_the_day_is_over(
    company: Company,
) -> None:
    zhang = await at_the_door(company)
    await taps(zhang, "不用了", "什么都没有保存")
    await says(zhang, "你好", "这里只为一家公司")
    link = await link_of(company, "张三")
    late, first = await company.stranger("Late"), await company.stranger("First")
    for one in (late, first):
        await one.opens(link)
        await one.sees("什么都不会保存", within=WITHIN)
    await taps(first, "同意", "您好")
    await says(late, "箱子破了", "这里只为一家公司")
    await adds(company.li, "李四 13900139000")
    tired = await company.stranger("Tired")
    await tired.opens(await link_of(company, "李四"))
    await tired.sees("什么都不会保存", within=WITHIN)
    await company.moves(by=timedelta(days=1))
    await says(tired, "箱子破了", "这里只为一家公司")
