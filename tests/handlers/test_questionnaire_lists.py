"""A questionnaire sent to a list, and what stays closed: edited buttons, foreign answers, old links, names."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.surveying import composes_short, kept, published, sheets_of
from tests.handlers.telling import adds, jane_is_known, joins, presses, says, shanghai, taps, visits
from tests.house import SHANGHAI, Company


async def test_a_list_is_sent_it_once_in_thirty_days_and_never_at_night(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await adds(company.li, "吴九 13800138009")
    await adds(company.zhou, "陈华 13800138008")
    await published(company)
    zhang = await visits(company, "张三")
    wang, boss = company.wang, company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    asked = await taps(boss, "发给客户", "名单里 3 位，现在可以发给 1 位", "30 天最多收到一次")
    await company.moves(to=shanghai(20, 22))
    await taps(boss, "发给 1 位", "已处理 0/1")
    await company.moves(by=timedelta(minutes=5))
    await zhang.sees_nothing()
    await company.moves(to=shanghai(21, 9))
    letter = await zhang.sees("请您花一分钟", "售后满意度 · After-sales")
    assert letter.labels == ["开始", "不再收到"]
    await boss.sees("发给了 1 位")
    # Pressed again on the old message, it asks anew and finds nobody.
    await presses(boss, asked, "发给 1 位", "名单里现在没有可以发的客户")
    await taps(zhang, "开始", "1/4", "服务怎么样？")
    await taps(zhang, "5", "2/4")
    # Another one, from a list: not within 30 days, and not to who declined.
    await composes_short(company, "wang", "华东回访")
    await says(wang, "潜在客户", "潜在")
    await taps(wang, "批量", "对整份名单做什么")
    await taps(wang, "发问卷", "发哪份问卷")
    await taps(wang, "华东回访", "名单里现在没有可以发的客户")
    await company.moves(by=timedelta(days=31))
    await says(wang, "潜在客户", "潜在")
    await taps(wang, "批量", "对整份名单做什么")
    await taps(wang, "发问卷", "发哪份问卷")
    await taps(wang, "华东回访", "名单里 2 位，现在可以发给 1 位")
    await presses(zhang, letter, "不再收到", "不会再发问卷")
    await taps(wang, "发给 1 位", "名单里现在没有可以发的客户")
    await taps(zhang, "还是愿意收到", "最多一次")
    await says(wang, "潜在客户", "潜在")
    await taps(wang, "批量", "对整份名单做什么")
    await taps(wang, "发问卷", "发哪份问卷")
    await taps(wang, "华东回访", "现在可以发给 1 位")
    await company.moves(to=company.clock().astimezone(SHANGHAI).replace(hour=22))
    await taps(wang, "发给 1 位", "已处理 0/1")
    await taps(wang, "停止发送", "✓ 已停止，发出了 0 份")
    await company.moves(by=timedelta(hours=12))
    await zhang.sees_nothing()


async def test_an_impatient_finger_sends_a_list_once(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await published(company)
    await visits(company, "张三")
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    asked = await taps(boss, "发给客户", "现在可以发给 1 位")
    await company.moves(to=shanghai(20, 22))
    await taps(boss, "发给 1 位", "已处理 0/1")
    await boss.forges(asked, next(button.data for button in asked.buttons if button.label == "发给 1 位"))
    await says(boss, "/survey", "问卷")
    await company.moves(to=shanghai(21, 9))
    await boss.sees("发给了 1 位")
    assert await kept(company, "mailing") == 1


async def test_edited_buttons_foreign_handles_and_old_links_lead_nowhere(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    await adds(company.li, "吴九 13800138009")
    link = await published(company)
    zhang, wu = await visits(company, "张三"), await visits(company, "吴九")
    await zhang.opens(link)
    await zhang.sees("一共 4 题")
    await taps(zhang, "开始", "1/4")
    question = await taps(zhang, "5", "2/4")
    # 吴九 holds a button of 张三's answers, and makes up some of her own.
    data = next(button.data for button in question.buttons if button.label == "网上")
    handle = data.split(":")[1]
    await wu.opens(link)
    await wu.sees("一共 4 题")
    await wu.forges(wu.last, data)
    await wu.sees("这个按钮已失效")
    for forged in ("q.go:1", "q.go:99", f"q:{handle}:1:v:5", "q:x:1:v:1", "qr:1:0", "qr.sheet:1", "qs.one:1", "q.in:1"):
        await wu.forges(wu.last, forged)
    await wu.sees("链接已失效")
    # 张三 sends what no button of hers says.
    for rest in (":2:v:7", ":1:v:0", ":99:v:1", ":3:m:9999", ":2:z:1", ":3:v:0", ":4:v:1", ":2:v:-1", ""):
        await zhang.forges(question, f"q:{handle}{rest}")
    await zhang.forges(question, f"q:{handle}:2:v:0")
    await zhang.sees("3/4", "喜欢什么？")
    # A link that was exchanged, and one that is forwarded to the staff.
    await company.li.opens(link)
    await company.li.sees("预览", "售后满意度")
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    shown = await taps(boss, "链接和二维码", link)
    assert "photo" in shown.raw
    await taps(boss, "换新链接", "已换新链接")
    friend = await company.stranger("Friend")
    await friend.opens(link)
    await friend.sees("链接已失效")
    await friend.opens("https://t.me/kehu_test_bot?start=q_invented")
    await friend.sees("链接已失效")
    # Closed while she is in the midst of it, and opened again.
    closed = await taps(boss, "返回问卷", "进行中")
    await taps(boss, "停止收答案", "✓ 已停止收答案", "已结束")
    await zhang.forges(question, f"q:{handle}:3:s")
    await zhang.sees("这份问卷已经结束")
    await presses(boss, closed, "链接和二维码", "这个按钮已失效")
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度 · 已结束", "已结束")
    await taps(boss, "继续收答案", "✓ 又可以作答了")
    # Withdrawn: she is nobody, and her half-finished answers take no more.
    await says(zhang, "/start", "想做什么")
    await taps(zhang, "隐私", "加密文件")
    await taps(zhang, "撤回同意", "要撤回吗")
    await taps(zhang, "撤回", "已撤回")
    await zhang.forges(question, f"q:{handle}:2:v:1")
    await zhang.sees("这个按钮已失效")


async def test_an_anonymous_one_keeps_no_name_even_of_a_known_customer(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    link = await published(company, anonymous=True)
    zhang = await visits(company, "张三")
    await zhang.opens(link)
    await zhang.sees("不留您的姓名")
    await taps(zhang, "开始", "1/4")
    await taps(zhang, "4", "2/4")
    await taps(zhang, "跳过", "3/4")
    await taps(zhang, "跳过", "4/4")
    await says(zhang, "都好", "答完了")
    await zhang.opens(link)
    await zhang.sees("不留您的姓名")
    await taps(zhang, "开始", "您已经答过")
    rows = await company.inspects(lambda tx: tx.all("SELECT customer_id, digest, finished_at FROM response"))
    writers = await company.inspects(
        lambda tx: tx.all(
            "SELECT DISTINCT g.actor_kind, g.cause, e.customer_id FROM entry e JOIN change g ON g.id = e.change_id"
            " WHERE e.record = 'response'"
        )
    )
    assert [(row["customer_id"], row["digest"], row["finished_at"] % 86_400_000) for row in rows] == [(None, None, 0)]
    assert {(row["actor_kind"], row["customer_id"]) for row in writers} == {("stranger", None)}
    assert {row["cause"] for row in writers} == {"answering.enter", "unnamed"}  # the same of a stranger
    boss = company.boss
    await says(boss, "/survey", "问卷")
    await taps(boss, "售后满意度", "进行中")
    await taps(boss, "结果", "收到 1 份")
    sheets = await sheets_of(company, await taps(boss, "下载表格", "1 份答案"))
    assert [cell.value for cell in sheets["答案"][0]][:2] == ["日期", "1. 服务怎么样？"]
    assert "张三" not in str(sheets)


async def test_a_list_is_sent_it_in_english(english: Company) -> None:
    await jane_is_known(english)
    await published(english)
    jane = await joins(english, "Jane Smith", language="en")
    boss = english.boss
    await says(boss, "/survey", "Questionnaires")
    await taps(boss, "After-sales", "open")
    await taps(boss, "Send to a list", "1 on the list, 1 can be asked now", "once in 30 days at most")
    await taps(boss, "Send to 1", "went to 1 customer")
    letter = await jane.sees("Would you take a minute", "After-sales")
    assert letter.labels == ["Begin", "Don't ask me"]
    await taps(jane, "Begin", "1/4", "How was the service?")
    await taps(jane, "5", "2/4")
    await presses(jane, letter, "Don't ask me", "no more surveys")
    await says(boss, "all customers", "1")
    await taps(boss, "Bulk", "whole list")
    await taps(boss, "Questionnaire", "Which questionnaire")
    await taps(boss, "After-sales", "Nobody on the list can be asked just now")
