"""Questionnaires as people compose, send and answer them, in both languages; and what stays closed."""

from __future__ import annotations

from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.person import Person
from store import questionnaires, staff
from store.db import Tx
from store.rules.questions import QuestionKind, Words
from tests.handlers.surveying import fetched, kept, published, sheets_of, steals
from tests.handlers.telling import adds, link_in, presses, says, taps, visits
from tests.house import Company
from tests.pictures import JPEG, jpeg
from tests.sheets import Cell


async def composes(boss: Person) -> Bubble:
    """老板 composes a questionnaire with a question of several kinds; its card."""
    await says(boss, "/survey", "还没有问卷")
    await taps(boss, "＋ 新问卷", "问卷叫什么")
    await says(boss, "售后满意度", "英文标题")
    await says(boss, "After-sales", "标题：售后满意度", "英文标题：After-sales")
    await taps(boss, "保存", "✓ 已新建", "售后满意度 · After-sales", "草稿", "还没有题目")
    await adds_question(boss, "打分 1–5", "服务怎么样？", "How was the service?")
    await adds_question(boss, "单选", "从哪里知道我们？", "Where did you hear of us?", "朋友\n网上", "A friend\nOnline")
    await adds_question(boss, "多选", "喜欢什么？", "", "价格\n质量\n送货")
    return await adds_question(boss, "文字", "还想说什么？", "Anything else?")


async def adds_question(
    boss: Person, kind: str, text: str, english: str, options: str = "", english_options: str = ""
) -> Bubble:
    """One question more, from its kind to its saving; without English that is skipped."""
    await taps(boss, "＋ 题目", "加一道什么题")
    await taps(boss, kind, "问什么")
    await says(boss, text, "英文怎么问")
    after = "有哪些选项" if options else "这道题："
    await (says(boss, english, after) if english else taps(boss, "跳过", after))
    if options:
        await says(boss, options, "英文选项")
        await (says(boss, english_options, "这道题：") if english_options else taps(boss, "跳过", "这道题："))
    return await taps(boss, "保存", "✓ 已加第")


async def test_composed_looked_at_and_published(company: Company) -> None:
    boss = company.boss
    card = await composes(boss)
    assert card.labels[:5] == ["撤销", "1. 服务怎么样？", "2. 从哪里知道我们？", "3. 喜欢什么？", "4. 还想说什么？"]
    # Looked at: as the customer sees it, every button leads on, and nothing is kept.
    shown = await taps(boss, "预览", "预览：客户看到的样子", "售后满意度 · 1/4", "服务怎么样？")
    assert shown.labels == ["1", "2", "3", "4", "5", "跳过", "‹ 结束预览"]
    await taps(boss, "5", "2/4", "从哪里知道我们")
    await taps(boss, "网上", "3/4", "喜欢什么")
    ticked = await taps(boss, "☐ 质量", "喜欢什么")
    assert ticked.labels[:4] == ["☐ 价格", "☑ 质量", "☐ 送货", "选好了（1）"]
    await taps(boss, "☐ 价格", "喜欢什么")
    await taps(boss, "选好了（2）", "4/4", "还想说什么", "直接打字")
    await taps(boss, "上一题", "3/4")
    await taps(boss, "跳过", "4/4")
    await taps(boss, "跳过", "答完了")
    await taps(boss, "‹ 结束预览", "草稿")
    # Ordered, required, reworded, taken out and taken back.
    await taps(boss, "4. 还想说什么？", "第 4 题", "文字 · 可跳过", "Anything else?")
    await taps(boss, "↑ 上移", "✓ 现在是第 3 题")
    await taps(boss, "改成必答", "✓ 现在：必答")
    await taps(boss, "改内容", "题目：还想说什么？", "英文题目：Anything else?")
    await taps(boss, "题目", "现在：还想说什么？", "问什么")
    await says(boss, "还有建议吗？", "题目：还有建议吗？")
    await taps(boss, "保存", "✓ 已改好", "还有建议吗？")
    await taps(boss, "删除", "✓ 已删掉第 3 题", "3 题")
    await taps(boss, "撤销", "已撤销")
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度 · 草稿 · 4 题", "4 题")
    await taps(boss, "改成匿名", "匿名")
    await taps(boss, "发布", "✓ 已发布", "进行中")
    # What is published stays as it is, whichever old button is pressed.
    card = await taps(boss, "复制一份", "✓ 已复制成草稿", "草稿", "4 题", "匿名")
    assert "1. 服务怎么样？" in card.labels


async def test_a_conversation_survives_and_wrong_answers_say_why(company: Company) -> None:
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "＋ 新问卷", "问卷叫什么")
    await says(boss, "长" * 61, "最多 60 个字", "问卷叫什么")
    await says(boss, "满意度", "英文标题")
    await company.restart()
    await taps(boss, "上一步", "现在：满意度", "问卷叫什么")
    await says(boss, "满意度调查", "英文标题")
    await taps(boss, "跳过", "标题：满意度调查")
    await taps(boss, "保存", "已新建")
    await taps(boss, "＋ 题目", "加一道什么题")
    await taps(boss, "单选", "问什么")
    await says(boss, "喜欢吗？", "英文怎么问")
    await taps(boss, "跳过", "有哪些选项")
    await says(boss, "喜欢", "2 到 10 个", "有哪些选项")
    await says(boss, "喜欢\n喜欢", "不要重复", "有哪些选项")
    await says(boss, "喜欢\n不喜欢\n" + "太" * 41, "最多 40 个字")
    await says(boss, "喜欢\n不喜欢", "英文选项")
    await says(boss, "Yes", "2 到 10 个")
    await says(boss, "Yes\nNo\nMaybe", "一样多，另一种有 2 个", "英文选项")
    await says(boss, "Yes\nNo", "选项：喜欢 / 不喜欢", "英文选项：Yes / No")
    await taps(boss, "取消", "已取消")


async def test_twenty_questions_are_enough(company: Company) -> None:
    boss = company.boss

    def compose(tx: Tx) -> None:
        owner = staff.as_actor(tx, company.ids["boss"])
        made = questionnaires.add(tx, owner, Words(zh="长问卷"))
        for number in range(19):
            questionnaires.add_question(tx, owner, made.id, QuestionKind.SCORE10, Words(zh=f"第{number}问"))

    await company.writes(compose)
    await says(boss, "/survey", "问卷")
    await taps(boss, "长问卷", "19 题")
    card = await adds_question(boss, "打分 0–10", "第19问", "")
    assert [label for label in card.labels if label[:1].isdecimal()] == [
        "17. 第16问", "18. 第17问", "19. 第18问", "20. 第19问",
    ]  # fmt: skip
    await taps(boss, "上一页", "20 题")
    await taps(boss, "＋ 题目", "最多 20 题")


async def test_composed_in_english(english: Company) -> None:
    boss = english.boss
    await says(boss, "/survey", "There are none yet")
    await taps(boss, "＋ New questionnaire", "What is it called?")
    await says(boss, "Delivery", "The title in Chinese?")
    await says(boss, "送货", "Title: Delivery", "Title in Chinese: 送货")
    await taps(boss, "Save", "✓ Created", "0 questions")
    await taps(boss, "＋ Question", "Which kind of question?")
    await taps(boss, "Several choices", "What do you ask?")
    await says(boss, "What was good?", "The same in Chinese?")
    await says(boss, "什么好？", "What can be chosen?")
    await says(boss, "Speed\nPeople", "The choices in Chinese?")
    await taps(boss, "Skip", "Choices: Speed / People")
    await taps(boss, "Save", "✓ Question 1 added", "1 question ·")
    await taps(boss, "1. What was good?", "Several choices · can be skipped", "什么好？", "· Speed")
    await taps(boss, "Preview", "Preview: what the customer sees", "Delivery · 1/1", "What was good?")


async def test_a_manager_composes_for_their_team_and_nobody_else_at_all(company: Company) -> None:
    card = await composes(company.boss)
    await says(company.wang, "/survey", "还没有问卷")  # a draft of the company's is not theirs to see
    await steals(company.wang, card, "预览", "没有找到，或者你无权查看")
    await steals(company.wang, card, "发布", "没有找到，或者你无权查看")
    await taps(company.boss, "发布", "✓ 已发布")
    await says(company.wang, "/survey", "问卷")
    read = await taps(company.wang, "售后满意度 · 进行中", "进行中")
    assert [label for label in read.labels if label in ("停止收答案", "复制一份", "删除")] == []
    await presses(company.boss, card, "1. 服务怎么样？", "已经发布的问卷不能改")
    for nobody in (company.li, company.su):
        await says(nobody, "/survey", "没有找到，或者你无权查看")
        await steals(nobody, card, "预览", "没有找到，或者你无权查看")
    await taps(company.wang, "‹ 返回", "问卷")
    await taps(company.wang, "＋ 新问卷", "问卷叫什么")
    await says(company.wang, "华东回访", "英文标题")
    await taps(company.wang, "跳过", "标题：华东回访")
    mine = await taps(company.wang, "保存", "已新建")
    await says(company.qian, "/survey", "问卷")
    await steals(company.qian, mine, "改标题", "没有找到，或者你无权查看")
    await says(company.boss, "/survey", "问卷")
    await taps(company.boss, "华东回访", "草稿")


# Answering -----------------------------------------------------------------------------------------------------------


async def test_a_customer_answers_by_taps_and_words_in_one_message(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await published(company)
    zhang = await visits(company, "张三")
    await zhang.opens(link)
    intro = await zhang.sees("售后满意度", "一共 4 题", "记在您名下")
    first = await taps(zhang, "开始", "1/4", "服务怎么样？")
    assert first.id == intro.id
    await taps(zhang, "4", "2/4", "从哪里知道我们？")
    await taps(zhang, "上一题", "1/4")
    await taps(zhang, "5", "2/4")
    await taps(zhang, "网上", "3/4", "喜欢什么？")
    await taps(zhang, "☐ 送货", "3/4")
    await taps(zhang, "☐ 价格", "3/4")
    last = await taps(zhang, "选好了（2）", "4/4", "还想说什么？")
    assert last.id == intro.id
    # In the middle of it the bot restarts, and she looks at something else; the link goes on where she was.
    await company.restart()
    await says(zhang, "/start", "想做什么")
    await zhang.opens(link)
    await zhang.sees("售后满意度", "一共 4 题")
    await taps(zhang, "开始", "4/4", "还想说什么？")
    await says(zhang, "上一题", "3/4")
    await taps(zhang, "☐ 送货", "3/4")
    await taps(zhang, "☐ 价格", "3/4")
    await taps(zhang, "选好了（2）", "4/4")
    await says(zhang, "送货 <b>很快</b> =1+1", "答完了，谢谢")
    await zhang.opens(link)
    await taps(zhang, "开始", "您已经答过这份问卷")
    # What she answered is part of her own data.
    await says(zhang, "/start", "想做什么")
    await taps(zhang, "隐私", "加密文件")
    await taps(zhang, "我的数据", "问卷 1 份")
    await taps(zhang, "导出文件", "同样的内容")
    told = [file for bubble in (await zhang.chat())["messages"] for file in bubble.get("files", [])]
    words = b"".join([await fetched(company, file["url"]) for file in told]).decode()
    assert "从哪里知道我们？ 网上" in words
    assert '"answer": "送货 <b>很快</b> =1+1"' in words
    # The results, as their readers see them.
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    found = await taps(boss, "结果", "收到 1 份", "1. 服务怎么样？", "平均 5.0，1 人打分")
    assert "5　▇▇▇▇▇▇▇▇▇▇ 1（100%）" in found.text
    assert "网上　▇▇▇▇▇▇▇▇▇▇ 1（100%）" in found.text
    assert "朋友　· 0（0%）" in found.text
    await taps(boss, "下一页", "4. 还想说什么？", "1 人回答")
    await taps(boss, "4. 看原话（1）", "还想说什么？")
    await taps(boss, "张三：送货", "张三", "5/5", "网上", "价格、送货", "送货 <b>很快</b> =1+1")
    await says(company.wang, "/survey", "问卷")
    await taps(company.wang, "售后满意度", "进行中")
    await taps(company.wang, "结果", "收到 1 份")
    await says(company.qian, "/survey", "问卷")
    await taps(company.qian, "售后满意度", "进行中")
    await taps(company.qian, "结果", "还没有人答完")


async def test_the_sheet_holds_words_as_words_and_its_name_nobody(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await published(company)
    zhang = await visits(company, "张三")
    await zhang.opens(link)
    await taps(zhang, "开始", "1/4")
    await taps(zhang, "3", "2/4")
    await taps(zhang, "跳过", "3/4")
    await taps(zhang, "跳过", "4/4")
    await says(zhang, '=HYPERLINK("http://evil.example","点我")', "答完了")
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    await taps(boss, "结果", "收到 1 份")
    sent = await taps(boss, "下载表格", "1 份答案")
    sheets = await sheets_of(company, sent)
    assert [cell.value for cell in sheets["答案"][0]] == [
        "时间", "客户", "1. 服务怎么样？", "2. 从哪里知道我们？", "3. 喜欢什么？", "4. 还想说什么？",
    ]  # fmt: skip
    assert sheets["答案"][1][1:] == [
        Cell("s", "张三"), Cell("n", "3"), Cell("s", '=HYPERLINK("http://evil.example","点我")'),
    ]  # fmt: skip
    assert Cell("n", "3") in sheets["汇总"][1]


async def test_a_stranger_answers_and_nothing_is_kept_of_who_they_are(company: Company) -> None:
    link = await published(company)
    somebody = await company.stranger("Nobody")
    await somebody.opens(link)
    await somebody.sees("一共 4 题", "不留您的姓名和 Telegram 身份")
    assert await kept(company, "response") == 0
    await taps(somebody, "开始", "1/4")
    await taps(somebody, "2", "2/4")
    await taps(somebody, "跳过", "3/4")
    await taps(somebody, "跳过", "4/4")
    await taps(somebody, "跳过", "答完了")
    assert await kept(company, "guest") == 0
    for _ in range(2):
        await somebody.opens(link)
        await taps(somebody, "开始", "1/4")
    await somebody.opens(link)
    await taps(somebody, "开始", "今天已经答过几次")
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    await taps(boss, "结果", "收到 1 份，另有 2 份没答完", "平均 2.0")


async def shows_a_photo(company: Company, boss: Person) -> None:
    """The button of a photo shows it, once it has been fetched."""
    for _ in range(20):
        if "photo" in (await taps(boss, "🖼 照片")).raw:
            return
        await company.app.jobs.tick()
    raise AssertionError(boss.transcript())


async def test_what_is_required_can_not_be_left_out_and_a_photo_is_a_photo(company: Company) -> None:
    boss = company.boss
    await adds(company.li, "张三 13800138000")
    await says(boss, "/survey", "还没有问卷")
    await taps(boss, "＋ 新问卷", "问卷叫什么")
    await says(boss, "安装", "英文标题")
    await taps(boss, "跳过", "标题：安装")
    await taps(boss, "保存", "已新建")
    await adds_question(boss, "照片", "拍一张安装好的样子", "")
    await taps(boss, "1. 拍一张", "照片 · 可跳过")
    await taps(boss, "改成必答", "现在：必答")
    await taps(boss, "‹ 返回", "安装")
    await taps(boss, "发布", "已发布")
    link = link_in(await taps(boss, "链接和二维码", "t.me"))
    zhang = await visits(company, "张三")
    await zhang.opens(link)
    asked = await taps(zhang, "开始", "1/1", "发一张照片过来")
    assert asked.labels == ["先放着"]
    await says(zhang, "装好了", "请发一张照片", "1/1")
    await says(zhang, "跳过", "这道题要答完", "1/1")
    await zhang.sends_file("a.txt", b"text")
    await zhang.sees("请发一张照片", "1/1")
    await zhang.sends_photo(JPEG)
    await zhang.sees("答完了")
    # Somebody whom nobody knows sends one too; it lies under a key of its own.
    somebody = await company.stranger("Nobody")
    await somebody.opens(link)
    await somebody.sees("不留您的姓名")
    await taps(somebody, "开始", "1/1")
    await somebody.sends_photo(jpeg(1))
    await somebody.sees("答完了")
    await says(boss, "/survey", "问卷")
    await taps(boss, "安装", "进行中")
    await taps(boss, "结果", "2 人回答")
    found = await taps(boss, "1. 看照片（2）", "拍一张")
    await taps(boss, next(label for label in found.labels if label.startswith("今天")), "安装")
    await shows_a_photo(company, boss)
    await presses(boss, found, "张三：🖼 照片", "张三", "安装")
    await shows_a_photo(company, boss)


async def test_words_to_a_questionnaire_that_was_closed_meanwhile_are_not_lost(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await published(company)
    zhang, passer = await visits(company, "张三"), await company.stranger("Passer")
    for person in (zhang, passer):
        await person.opens(link)
        await taps(person, "开始", "1/4")
        await taps(person, "5", "2/4")
        await taps(person, "跳过", "3/4")
        await taps(person, "跳过", "4/4")
    await company.writes(lambda tx: _close(tx, company.ids["boss"]))
    await zhang.says("箱子破了")
    await zhang.sees("这份问卷已经结束")
    await zhang.sees("这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1", "箱子破了")
    await says(passer, "箱子破了", "这份问卷已经结束")
    assert await kept(company, "draft WHERE form = 'answering'") == 0


def _close(tx: Tx, owner: int) -> None:
    questionnaires.close(tx, staff.as_actor(tx, owner), 1)


async def test_answered_in_english_where_there_are_english_words(english: Company) -> None:
    await says(english.li, "Acme 13800138000", "New customer")
    await taps(english.li, "Save", "Saved")
    link = await published(english)
    acme = await english.stranger("Acme", language="en")
    await acme.opens(link)
    await acme.sees("After-sales", "4 questions; you can stop on the way", "Neither your name")
    await taps(acme, "Begin", "1/4", "How was the service?", "5 is best")
    await taps(acme, "4", "2/4", "从哪里知道我们？")
    await taps(acme, "A friend", "3/4", "Tap as many as you like")
    await taps(acme, "Skip", "4/4", "Anything else?", "Just type and send")
    await says(acme, "All good", "That was all. Thank you.")
    boss = english.boss
    await says(boss, "/survey", "Questionnaires")
    await taps(boss, "After-sales", "open")
    await taps(boss, "Results", "1 answer", "4.0 on average, 1 score")
