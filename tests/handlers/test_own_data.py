"""My data, as customers and the staff live it: seen, put right, received, asked to be erased; nothing done silently."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from tests.handlers.telling import WITHIN, adds, is_known, joins, li_knows, says, shanghai, taps, visits
from tests.house import Company


async def my_data(person: Person) -> Bubble:
    """The customer looks at what is kept."""
    await person.starts()
    await person.sees("想做什么", within=WITHIN)
    await person.taps("隐私", within=WITHIN)
    return await taps(person, "我的数据", "我们保存了您的这些信息")


async def complained(company: Company, name: str = "张三") -> Person:
    """A customer with a case in which everybody has said something."""
    zhang = await visits(company, name)
    await is_known(company, zhang)
    await zhang.says("发货少了两箱")
    await taps(zhang, "请处理这个问题", "#1", "已收到")
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "内部备注", "留什么话")
    await says(company.su, "仓库漏扫，别告诉客户", "客户看不到")
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "已经在查", "已发给客户")
    await zhang.sees("已经在查")
    return zhang


async def test_a_correction_is_granted_by_who_has_the_customer(company: Company) -> None:
    await li_knows(company)
    zhang = await joins(company, "张三")
    kept = await my_data(zhang)
    for line in ("姓名：张三", "电话：+86 138 0013 8000", "公司：云帆科技", "今天 10:00 同意保存", "投诉 0 件"):
        assert line in kept.text
    await taps(zhang, "更正", "哪一项要更正")
    await taps(zhang, "电话", "应该是什么电话")
    await says(zhang, "不记得了", "不像电话号码")
    await says(zhang, "13800138000", "不用改")
    await taps(zhang, "更正", "哪一项要更正")
    await taps(zhang, "电话", "应该是什么电话")
    await says(zhang, "13900139000", "已转给负责的同事", "⏳ 更正电话：+86 139 0013 9000：等待答复")
    asked = await company.li.sees(
        "客户请求更正自己的信息", "张三", "电话应为：+86 139 0013 9000", "现在：+86 138 0013 8000"
    )
    assert asked.labels == ["更正", "不办，写原因", "客户"]
    for person in (company.han, company.su, company.zhou):
        await person.starts()
        await person.sees()
        for data in ("asked.yes:1", "asked.no:1", "asked.open:1", "asked:0"):
            await person.forges(person.last, data)
            await person.sees("没有")
    await taps(company.li, "更正", "✓ 已更正", "张三")
    await zhang.sees("✓ 更正电话", "已办好")
    await company.li.forges(asked, "asked.yes:1")
    await company.li.sees("已经有人答复过")
    await says(company.li, "张三", "139 0013 9000")
    # The customer has read that it is done: another number is another change.
    await says(company.li, "/undo", "客户已经看到了，收不回来")
    await taps(company.li, "客户", "139 0013 9000")


async def test_the_file_holds_what_is_theirs_and_no_word_among_colleagues(company: Company) -> None:
    await li_knows(company)
    await adds(company.li, "李四 13900139000 远山贸易")
    await says(company.li, "记 张三 电话 很难缠", "已记下")
    zhang = await complained(company)
    si = await visits(company, "李四")
    await si.says("金丝雀的投诉")
    await taps(si, "请处理这个问题", "#2")
    await says(company.li, "成交 张三 净水器 3.2万", "🎉 已成交")
    await says(company.li, "丢单 张三 压价太狠", "✓ 已记为丢单")
    kept = await my_data(zhang)
    assert "成交 1 笔" in kept.text
    await zhang.taps("导出文件")
    readable = await zhang.sees("打开就能看")
    machine = await zhang.sees("给其他软件读")
    text = (await company.people.fetch(readable.files[0]["url"])).decode()
    raw = (await company.people.fetch(machine.files[0]["url"])).decode()
    told = json.loads(raw)
    assert [readable.files[0]["name"], machine.files[0]["name"]] == ["kehu-data.txt", "kehu-data.json"]
    assert told["about_you"]["phones"][0]["e164"] == "+8613800138000"
    assert told["telegram"]["id"] == zhang.id
    (case,) = told["cases"]
    assert [(said["from"], said["text"]) for said in case["messages"]] == [("us", "已经在查")]
    assert "发货少了两箱" in text
    assert "我们：已经在查" in text
    (bought,) = told["purchases"]
    assert (bought["title"], bought["amount"], bought["currency"]) == ("净水器", "32000.00", "CNY")
    assert "购买 净水器 ¥32,000" in text
    for hidden in ("苏青", "李雷", "王芳", "仓库", "难缠", "压价", "李四", "金丝雀", "139", "潜在", "potential"):
        assert hidden not in text + raw, hidden
    for _ in range(4):
        await zhang.forges(zhang.last, "g.file")
        await zhang.sees("给其他软件读")
    await zhang.forges(zhang.last, "g.file")
    await zhang.sees("太快了")


async def test_an_erasure_reaches_the_owner_is_reminded_of_and_answered(company: Company) -> None:
    await li_knows(company)
    zhang = await joins(company, "张三")
    await my_data(zhang)
    await taps(zhang, "请求删除", "30 天内答复您")
    await taps(zhang, "请求删除", "最晚 12月20日", "答复您")
    await company.boss.sees("客户请求删除自己的数据", "张三", "最晚 12月20日")
    kept = await my_data(zhang)
    assert "请求删除" not in kept.labels
    assert "⏳ 删除我的数据：等待答复" in kept.text
    await zhang.forges(zhang.last, "g.erase.now")
    await zhang.sees("已经请求过了")
    await says(company.boss, "/privacy", "加密文件")
    await taps(company.boss, "客户的数据请求", "待办的数据请求")
    assert company.boss.last.labels[0].startswith("删除 张三 · 12月20日")
    await taps(company.boss, "删除 张三", "客户请求删除自己的数据")
    for person in (company.li, company.wang):
        await says(person, "/privacy", "加密文件")
        await person.forges(person.last, "asked.yes:1")
        await person.sees("没有找到")
    await company.moves(to=shanghai(30, 9) + timedelta(days=14))
    await company.boss.sees("快到期了", "客户请求删除自己的数据")
    await company.moves(by=timedelta(days=9))
    await company.boss.sees("已过期，请马上答复")
    await taps(company.boss, "不办，写原因", "为什么不办")
    await says(company.boss, "还有一张发票没结清", "✓ 已答复")
    await zhang.sees("删除我的数据：没有办", "原因：还有一张发票没结清")
    await taps(zhang, "我的数据", "我们保存了您的这些信息")
    await taps(zhang, "请求删除", "要请求吗")
    await taps(zhang, "请求删除", "已请求删除")
    await company.boss.sees("客户请求删除自己的数据")
    await taps(company.boss, "会删除", "✓ 已同意", "还没有删")
    await zhang.sees("✓ 删除我的数据：已同意，最晚", "办好")
    assert "老板" not in zhang.transcript()
    # Nothing is erased yet: it is owed, to both sides, and asked for once.
    kept = await my_data(zhang)
    assert "请求删除" not in kept.labels
    assert "姓名：张" in kept.text
    await zhang.forges(zhang.last, "g.erase.now")
    await zhang.sees("已经请求过了")
    await says(company.boss, "/privacy", "加密文件")
    await taps(company.boss, "客户的数据请求", "待办的数据请求")
    assert company.boss.last.labels[0].startswith("✓ 已同意删除 张三")
    assert (await taps(company.boss, "✓ 已同意删除 张三", "已同意，最晚")).labels == ["客户"]
    await company.moves(by=timedelta(days=31))
    await company.boss.sees("过期还没删", "已同意，最晚")


async def test_what_is_declined_is_told_with_its_reason(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    await acme.taps("Privacy")
    await taps(acme, "My data", "What we keep about you", "Name: Acme")
    await taps(acme, "Correct", "What should be put right")
    await taps(acme, "Address", "What should the address be")
    await says(acme, "1 High Street, Leeds", "Passed on")
    await english.li.sees("asks to have something put right", "Address should be: 1 High Street, Leeds")
    await taps(english.li, "Decline, with a reason", "Why not")
    await says(english.li, "We bill the head office", "The customer will read the reason")
    await acme.sees("Address to be 1 High Street, Leeds: not done. Reason: We bill the head office")


async def test_what_is_put_right_and_what_is_erased_in_english(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    acme = await joins(english, "Acme", language="en")
    await acme.taps("Privacy")
    await taps(acme, "My data", "What we keep about you", "Phone: +44 20 7946 0958", "Cases: 0")
    await taps(acme, "Correct", "What should be put right")
    await taps(acme, "Phone", "What should the phone number be")
    await says(acme, "no idea", "does not look like a phone number")
    await says(acme, "+44 20 7946 0958", "That is what we have already")
    await taps(acme, "Correct", "What should be put right")
    await taps(acme, "Phone", "What should the phone number be")
    await says(acme, "+44 20 7946 0111", "Passed on to the person in charge")
    await english.li.sees("asks to have something put right", "should be: +44 20 7946 0111", "Now: +44 20 7946 0958")
    await taps(english.li, "Put it right", "✓ Put right")
    await acme.sees("done", "+44 20 7946 0111")
    await acme.starts()
    await taps(acme, "Privacy", "encrypted")
    await taps(acme, "My data", "What we keep about you")
    await taps(acme, "Ask to be erased", "within 30 days")
    await taps(acme, "Yes, ask", "You have asked to be erased", "20 Dec")
    await english.boss.sees("A customer asks to be erased", "Acme", "20 Dec")
    await taps(english.boss, "Decline, with a reason", "Why not")
    await says(english.boss, "An invoice is still open", "The customer will read the reason")
    await acme.sees("not done. Reason: An invoice is still open")
    await taps(acme, "My data", "What we keep about you")
    await taps(acme, "Ask to be erased", "within 30 days")
    await taps(acme, "Yes, ask", "You have asked to be erased")
    await english.boss.sees("A customer asks to be erased", "Acme")
    await taps(english.boss, "We will erase it", "✓ Accepted, by", "20 Dec", "Nothing is erased yet")
    await acme.sees("✓ Erase my data: accepted, to be done by", "20 Dec")
    await says(english.boss, "/privacy", "encrypted")
    await taps(english.boss, "Data requests", "Data requests")
    assert english.boss.last.labels[0].startswith("✓ Accepted: Erase Acme")
