"""Who writes under a campaign's question or a questionnaire's first page, and has not tapped: told what to tap."""

from __future__ import annotations

from tests.handlers.surveying import kept, published
from tests.handlers.telling import WITHIN, adds, link_of, says, taps
from tests.handlers.test_campaigns import NOTICE, asks, feedbacks, results, scans
from tests.handlers.test_own_proof import everything_held
from tests.house import Company
from tests.pictures import jpeg

STRANGER = "这里只为一家公司"


async def test_words_before_the_score_are_not_kept_and_the_question_comes_again(company: Company) -> None:
    link = await asks(company)
    passer = await scans(company, link)
    await passer.sees(NOTICE)
    asked = await says(passer, "等了半个小时", "刚才发的内容没有保存。请先点一个分数，再发一次。", NOTICE, "打几分")
    assert asked.labels[-1] == "不用了"
    await passer.sends_photo(jpeg(1), jpeg(2))
    await passer.sees("刚才发的内容没有保存", within=WITHIN)
    assert "没有保存" not in (await says(passer, "/start", NOTICE)).text.splitlines()[0]
    assert await feedbacks(company) == []
    assert "半个小时" not in await everything_held(company)
    await taps(passer, "2 ★", "收到 2 分")
    await taps(passer, "跳过", "谢谢，已经收到")
    await says(passer, "等了半个小时", "现在发的没有保存")  # it is over: nothing is asked of them any more


async def test_words_before_a_questionnaire_begins_and_under_its_questions(company: Company) -> None:
    link = await published(company)
    somebody = await company.stranger("Nobody")
    await somebody.opens(link)
    await somebody.sees("一共 4 题", within=WITHIN)
    asked = await says(somebody, "服务很好", "没有保存。要回答，请先点下面的“开始”", "售后满意度", "一共 4 题")
    assert asked.labels == ["开始", "以后再说"]
    assert await kept(company, "response") == 0
    await taps(somebody, "开始", "1/4")
    await says(somebody, "服务很好", "请点一个分数", "1/4")
    await taps(somebody, "5", "2/4")
    await says(somebody, "朋友", "请点一个选项", "2/4")
    await somebody.opens(link)
    await taps(somebody, "以后再说", "什么都没有保存")
    await says(somebody, "服务很好", STRANGER)


async def test_what_was_opened_last_is_what_is_asked(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await link_of(company, "张三")
    campaign = await asks(company)
    zhang = await scans(company, campaign)
    await zhang.sees(NOTICE)
    await zhang.opens(link)
    await zhang.sees("什么都不会保存", within=WITHIN)
    assert (await says(zhang, "你好", "刚才发的内容没有保存")).labels == ["同意", "不用了"]
    await zhang.opens(campaign)
    await zhang.sees(NOTICE, within=WITHIN)
    await says(zhang, "你好", "请先点一个分数")
    await results(company.wang)
    await taps(company.wang, "结束", "活动已结束")
    await says(zhang, "你好", STRANGER)


async def test_the_same_in_english(english: Company) -> None:
    link = await published(english)
    somebody = await english.stranger("Nobody", language="en")
    await somebody.opens(link)
    await somebody.sees("4 questions", within=WITHIN)
    await says(somebody, "great service", "was not kept", "tap “Begin” below first", "After-sales")
    await taps(somebody, "Begin", "1/4")
    await says(somebody, "great service", "Please tap a score", "1/4")
