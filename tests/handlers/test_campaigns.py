"""Feedback campaigns as people live them: a code on the counter, one tap, results; and what stays shut."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from bot.demo.standin import Person
from store import feedback
from store.rules.scores import nps
from store.times import from_ms
from tests.handlers.telling import adds, link_in, presses, says, taps, visits
from tests.house import Company
from tests.pictures import OGG, jpeg

NOTICE = "不记名评价"
#: Seconds until somebody in a crowd has their answer.
PATIENCE = 60.0


async def asks(
    company: Company, name: str = "门店收银台", *, scale: str = "1–5 分", naming: str = "匿名", by: Person | None = None
) -> str:
    """A manager makes a campaign; its link."""
    wang = by or company.wang
    await says(wang, "/feedback", "评价")
    await taps(wang, "活动", "评价活动")
    await taps(wang, "新建活动", "活动叫什么")
    await says(wang, name, "怎么打分")
    await taps(wang, scale, "要记名吗")
    return link_in(await taps(wang, naming, "活动已建好", name), "f")


async def scans(company: Company, link: str, *, language: str = "zh") -> Person:
    """A passer-by opens the link."""
    passer = await company.stranger("Passer", language=language)
    await passer.opens(link)
    return passer


async def results(person: Person, *seen: str) -> None:
    """Somebody looks at what the only campaign brought."""
    await says(person, "/feedback", "评价")
    await taps(person, "活动", "评价活动")
    await taps(person, "门店收银台", "门店收银台", *seen)


async def feedbacks(company: Company) -> list[dict[str, object]]:
    """Every row of feedback, as the table has it."""
    return await company.inspects(lambda tx: [dict(row) for row in tx.all("SELECT * FROM feedback ORDER BY id")])


async def test_from_the_counter_to_the_results(company: Company) -> None:
    link = await asks(company)
    assert "photo" in company.wang.last.raw
    passer = await scans(company, link)
    notice = await passer.sees(NOTICE, "点一个分数就表示同意", "打几分")
    assert notice.text.splitlines()[2] == ""  # a notice of two lines, then the question
    assert notice.labels == ["1 ★", "2 ★", "3 ★", "4 ★", "5 ★", "不用了"]
    assert await feedbacks(company) == []
    await taps(passer, "4 ★", "收到 4 分", "想说一句吗")
    await says(passer, "店员很热情", "谢谢，已经收到")
    await says(passer, "还在吗", "评价已经收好", "没有保存")  # nothing is open any more
    await says(passer, "在吗", "这里只为一家公司")
    await company.wang.sees_nothing()
    second = await scans(company, link)
    await taps(second, "1 ★", "收到 1 分", "没法回复")
    await company.wang.sees("★1/5", "门店收银台")  # the first low one of the day rings
    await taps(second, "跳过", "谢谢，已经收到")
    await results(company.wang, "11月1日–11月30日：2 条，平均 2.5", "满意度 50%（95% 可信区间 9% 到 91%）")
    assert "评价 2" in company.wang.last.labels
    await taps(company.wang, "留言 1", "门店收银台 · 留言")
    await taps(company.wang, "● ★4/5 门店收银台 店员很热情", "★4/5", "店员很热情", "不记名，没法回复")
    assert company.wang.last.labels == ["活动结果", "全部评价"]
    first, _ = await feedbacks(company)
    given = from_ms(int(str(first["created_at"])))
    assert (first["notice"], first["customer_id"]) == (feedback.UNNAMED_NOTICE, None)
    assert timedelta() <= company.clock() - given < timedelta(hours=1)


async def test_in_english(english: Company) -> None:
    wang = english.wang
    await says(wang, "/feedback", "No feedback yet")
    await taps(wang, "Campaigns", "No campaign yet")
    await taps(wang, "New campaign", "What is the campaign called")
    await says(wang, "Counter", "How do people rate")
    await taps(wang, "0–10", "With names")
    link = link_in(await taps(wang, "Anonymous", "The campaign is ready", "Counter"), "f")
    passer = await scans(english, link, language="en")
    asked = await passer.sees("No name needed", "How likely are you to recommend us")
    assert asked.labels == [*(str(score) for score in range(11)), "No, thanks"]
    await taps(passer, "10", "10 it is", "a voice message or a video", "A face or a voice may tell who you are")
    await passer.sends_file("contract.pdf", b"%PDF")
    await passer.sees("who made them", "not kept")
    await passer.sends_photo(jpeg(1), caption="too dark")
    await passer.sees("kept without your name", "You can send more")
    await passer.sends_voice(OGG)
    await passer.sees("kept without your name")
    await taps(passer, "That’s all", "Thank you, we have it")
    await says(passer, "Hello", "Your answer without a name is complete")
    await taps(wang, "Results", "1 answer, mean 10.0", "NPS +100 (95% interval -48 to +100)")


async def test_a_score_is_a_number_of_its_scale(company: Company) -> None:
    passer = await scans(company, await asks(company))
    asked = await passer.sees(NOTICE)
    data = asked.buttons[0].data
    for wrong in ("0", "6", "99999999999", "-1", "x"):
        await passer.forges(asked, data.rpartition(":")[0] + f":{wrong}")
        await passer.sees("没有")
    assert await feedbacks(company) == []


async def test_a_known_customer_answers_as_themselves_and_a_low_score_becomes_a_case(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    link = await asks(company, "售后回访", naming="老客户记名")
    await zhang.opens(link)
    asked = await zhang.sees("打几分")
    assert NOTICE not in asked.text
    await taps(zhang, "2 ★", "很抱歉让您失望了")
    await company.li.sees("★2/5", "张三", "售后回访")
    await taps(zhang, "请处理一下", "#1")
    (given,) = await feedbacks(company)
    assert (given["customer_id"], given["complaint_id"], given["notice"]) == (1, 1, None)
    # Somebody whom we don't know is not asked who they are; nor is anything of them kept.
    passer = await scans(company, link)
    await passer.sees(NOTICE)
    await taps(passer, "5 ★", "收到 5 分")
    assert [one["customer_id"] for one in await feedbacks(company)] == [1, None]


async def test_an_impatient_finger_scores_once(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    zhang, passer = await visits(company, "张三"), await scans(company, await asks(company))
    await taps(zhang, "评分", "打几分")
    for person in (zhang, passer):
        shown = await person.sees("打几分") if person is passer else person.last
        await presses(person, shown, "5 ★", "收到 5 分")
        await presses(person, shown, "4 ★", "这个按钮已失效")
        await says(person, "很好", "谢谢")
    assert [one["score"] for one in await feedbacks(company)] == [5, 5]
    # Another day they are asked again, and score again.
    await says(zhang, "/start", "想做什么")
    await taps(zhang, "评分", "打几分")
    await taps(zhang, "3 ★", "收到 3 分")


async def test_a_known_customer_is_nobody_in_an_anonymous_campaign(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.opens(await asks(company))
    asked = await zhang.sees(NOTICE)
    own = asked.buttons[0].data.replace("f.any", "f.own")
    await zhang.forges(asked, own)  # a name can't be forced upon an anonymous campaign
    await zhang.sees("没有找到")
    await presses(zhang, asked, "1 ★", "收到 1 分")
    assert "请处理一下" not in zhang.last.labels
    await says(zhang, "老板太凶", "谢谢，已经收到")
    await company.li.sees_nothing()
    assert [one["customer_id"] for one in await feedbacks(company)] == [None]


async def test_who_types_skip_has_skipped(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await taps(zhang, "评分", "打几分")
    await taps(zhang, "5 ★", "想说一句吗")
    await says(zhang, "跳过", "您好，想做什么")
    link = await asks(company)
    await zhang.opens(link)
    await taps(zhang, "5 ★", "想说一句吗")
    await says(zhang, "跳过", "谢谢，已经收到")
    passer = await scans(company, link)
    await taps(passer, "4 ★", "想说一句吗")
    await says(passer, "跳过", "谢谢，已经收到")
    await says(passer, "你好", "评价已经收好")
    assert [one["worded"] for one in await feedbacks(company)] == [0, 0, 0]


async def test_a_word_after_ten_minutes_is_no_answer_any_more(company: Company) -> None:
    passer = await scans(company, await asks(company))
    await taps(passer, "3 ★", "想说一句吗")
    await company.moves(by=timedelta(minutes=11))
    await says(passer, "灯太暗", "评价已经收好", "再打开那个链接")
    assert [one["worded"] for one in await feedbacks(company)] == [0]


async def test_links_that_are_over_invented_or_of_another_kind_read_the_same(company: Company) -> None:
    old = await asks(company)
    passer = await scans(company, old)
    asked = await passer.sees(NOTICE)
    new = link_in(await taps(company.wang, "换新链接", "旧链接已作废"), "f")
    said = []
    for payload in (old.partition("=")[2], "f_" + "A" * 22, "f_", "c_" + new.partition("=f_")[2]):
        await passer.starts(payload)
        said.append((await passer.sees("链接")).text)
    await passer.forges(asked, asked.buttons[-2].data)  # a score of the old one
    said.append((await passer.sees("链接")).text)
    assert set(said) == {"链接已失效。请向发给你的人再要一个。"}
    await passer.starts("f_" + "B" * 22)
    await passer.sees_nothing(for_=0.6)  # who guesses on is not answered any more
    assert await feedbacks(company) == []
    await taps(company.wang, "撤销", "已撤销", "公开链接")
    other = await scans(company, old)
    await other.sees(NOTICE)


async def test_who_declines_leaves_nothing_and_who_floods_is_held_back(company: Company) -> None:
    link = await asks(company)
    passer = await scans(company, link)
    await passer.sees(NOTICE)
    await taps(passer, "不用了", "什么都没有保存")
    assert await feedbacks(company) == []
    for _ in range(3):
        await passer.opens(link)
        await taps(passer, "5 ★", "收到 5 分")
    await passer.opens(link)
    await taps(passer, "5 ★", "今天评过几次了")
    assert len(await feedbacks(company)) == 3


async def test_staff_see_a_preview_that_keeps_nothing(company: Company) -> None:
    link = await asks(company)
    for member in (company.li, company.zhou):
        await member.opens(link)
        shown = await member.sees("预览", NOTICE)
        await taps(member, "5 ★", "预览到这里")
        data = f"f.any:{link.partition('=f_')[2]}:5"
        await member.forges(shown, data)
        await member.sees("已失效")
    assert await feedbacks(company) == []


async def test_a_campaign_of_another_team_is_not_there(company: Company) -> None:
    link = await asks(company)
    await taps(await scans(company, link), "2 ★", "收到 2 分")
    for other in (company.qian, company.zhou, company.han):
        said = []
        shown = await says(other, "/feedback", "还没有评价")
        for route in ("cp.one", "cp.link", "cp.rotate", "cp.end", "cp.name", "fb", "cp.rows"):
            for number in (1, 999):
                await other.forges(shown, f"{route}:{number}" + (":all:a:0" if route == "cp.rows" else ""))
                said.append((await other.sees()).text)
        assert set(said) <= {"没有找到，或者你无权查看。", "这个按钮已失效。"}
        assert "收银台" not in other.transcript()
    await company.su.says("/feedback")  # support of the team reads it, and changes nothing
    await taps(company.su, "活动", "评价活动")
    await taps(company.su, "门店收银台 · 1 条", "满意度 0%")
    assert "结束" not in company.su.last.labels
    await company.su.forges(company.su.last, "cp.end:1")
    await company.su.sees("没有找到")


async def test_an_owner_says_whose_it_is_ends_it_and_takes_that_back(company: Company) -> None:
    boss = company.boss
    await says(boss, "/feedback", "评价")
    await taps(boss, "活动", "还没有活动")
    await taps(boss, "新建活动", "活动叫什么")
    await says(boss, "门店收银台", "怎么打分")
    await says(boss, "十分", "请点一个按钮")
    await taps(boss, "1–5 分", "要记名吗")
    await taps(boss, "匿名", "归哪个团队")
    link = link_in(await taps(boss, "华南", "活动已建好"), "f")
    await taps(await scans(company, link), "5 ★", "收到 5 分")
    await results(company.qian, "匿名 · 华南", "1 条，平均 5.0")
    await taps(company.qian, "改名", "改成什么名字")
    await says(company.qian, "大门口", "已改名", "大门口")
    await taps(company.qian, "结束", "活动已结束", "已结束")
    passer = await scans(company, link)
    await passer.sees("链接已失效")
    await taps(company.qian, "撤销", "已撤销")
    passer = await scans(company, link)
    await passer.sees(NOTICE)


async def test_this_month_the_last_and_since_it_began(company: Company) -> None:
    link = await asks(company)
    await taps(await scans(company, link), "2 ★", "收到 2 分")
    await company.moves(by=timedelta(days=20))
    for score in ("5 ★", "4 ★"):
        await taps(await scans(company, link), score, "收到")
    await results(company.wang, "12月1日–12月31日：2 条，平均 4.5", "满意度 100%")
    await taps(company.wang, "上月", "11月1日–11月30日：1 条，平均 2.0")
    await taps(company.wang, "至今全部", "至今全部：3 条，平均 3.7", "满意度 67%")
    await taps(company.wang, "低分 1", "门店收银台 · 低分 · 至今全部")
    assert [label.strip("‹ ") for label in company.wang.last.labels] == ["● ★2/5 门店收银台", "返回"]


async def test_a_crowd_answers_at_once(company: Company, answers: int) -> None:
    """Everybody scans, taps and some write, side by side; every answer is counted once and none has a name."""
    link = await asks(company, scale="0–10")

    async def passes_by(place: int) -> int:
        passer = await company.people.person(f"Passer {place}", language="zh", id=5_000_000 + place)
        score = place * 7 % 11
        await passer.opens(link)
        await passer.taps(str(score), within=PATIENCE)
        await passer.sees(f"收到 {score} 分", within=PATIENCE)
        if place % 3 == 0:
            await passer.says(f"第 {place} 句")
        else:
            await passer.taps("跳过", within=PATIENCE)
        await passer.sees("谢谢，已经收到", within=PATIENCE)
        return score

    began = time.perf_counter()
    scores = await asyncio.gather(*(passes_by(place) for place in range(answers)))
    print(f"\n{answers} answers in {time.perf_counter() - began:.1f} s")
    promoters, detractors = (sum(one >= 9 for one in scores), sum(one <= 6 for one in scores))
    expected = nps(promoters, detractors, answers)
    assert expected is not None
    mean = sum(scores) / answers
    await results(company.wang, f"{answers} 条，平均 {mean:.1f}", f"NPS {expected.value:+d}")
    rows = await feedbacks(company)
    assert sorted(str(row["score"]) for row in rows) == sorted(map(str, scores))
    assert sum(int(str(row["worded"])) for row in rows) == len(range(0, answers, 3))
    assert {row["customer_id"] for row in rows} == {None}
    told = [said for said in company.wang.transcript().split("Kehu: ") if said.startswith("★")]
    rung = [said for said in told if "(changed)" not in said]  # what was written with it comes in the same message
    assert len(rung) == 1  # the first low one of the day
