"""A customer asks in plain words how their case stands, for help, for their data; words for people stay so."""

from __future__ import annotations

from tests.handlers.telling import adds, presses, says, taps, visits
from tests.handlers.test_guest_unsolved import complains
from tests.handlers.test_guests import knows
from tests.house import Company


async def test_plain_questions_are_answered(company: Company) -> None:
    zhang = await complains(company, "发货少了两箱")
    for asked in ("进度怎么样了", "我的投诉处理得怎么样", "status"):
        shown = await says(zhang, asked, "您提的问题")
        assert shown.labels == ["#1 · 已收到", "返回"]
    await taps(zhang, "#1 · 已收到", "发货少了两箱")
    for asked in ("你好", "帮助"):
        assert "我的问题" in (await says(zhang, asked, "想做什么")).labels
    await says(zhang, "删除我的资料", "我们保存了您的这些信息", "姓名")
    # Asked where praise or a complaint was expected, it is a question all the same.
    await says(zhang, "在吗", "想做什么")
    await taps(zhang, "表扬或投诉", "请")
    await says(zhang, "处理好了吗", "您提的问题")
    # What says more is for people; the words wait while the cases are looked at.
    words = await says(zhang, "没有进展，太慢了", "这段话要怎么办")
    await taps(zhang, "我的问题", "您提的问题")
    await says(zhang, "进度", "您提的问题")
    await presses(zhang, words, "补充到 #1", "已补充到 #1")
    await company.su.sees("客户补充了情况", "没有进展，太慢了")
    assert await knows(company) == {"guest": 1, "feedback": 0, "complaint": 1}
    # Somebody waits for an answer: a greeting may be part of it, a question about the case is still one.
    await taps(company.su, "打开", "#1")
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "请问是哪两箱？", "已发给客户")
    await zhang.sees("请问是哪两箱")
    assert "#1 · 等您回复" in (await says(zhang, "进度怎么样了", "您提的问题")).labels
    await says(zhang, "你好，在吗", "已补充到 #1")


async def test_who_has_no_case_is_told_so(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    assert "表扬或投诉" in (await says(zhang, "有进展吗", "还没有")).labels
    assert "我的问题" not in (await says(zhang, "少了两箱", "这段话要怎么办")).labels


async def test_the_same_in_english(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    link = await taps(english.li, "Link", "t.me")
    ann = await english.stranger("Ann", language="en")
    await ann.opens(next(word for word in link.text.split() if word.startswith("https://t.me/")))
    await taps(ann, "I agree", "Hello")
    await says(ann, "two boxes missing", "What should we do with this")
    await taps(ann, "Please look into this", "#1")
    for asked in ("what is happening with my complaint?", "how is my case going", "my cases"):
        assert (await says(ann, asked, "Your cases")).labels == ["#1 · received", "Back"]
    for asked in ("help", "hello, is anybody there?"):
        assert "My cases" in (await says(ann, asked, "what would you like to do")).labels
    await says(ann, "delete all my data", "What we keep about you")
    words = await says(ann, "nothing is happening with my complaint", "What should we do with this")
    assert words.labels == ["Add to #1", "Please look into this", "Just letting you know", "My cases", "Cancel"]
