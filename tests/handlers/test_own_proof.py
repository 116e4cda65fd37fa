"""A forwarded link: what a stranger learns who opened it first, and how the customer shows that it is them."""

from __future__ import annotations

import json

import pytest

from bot.demo.standin import Person
from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.people import Refused
from store.db import Tx
from tests.handlers.telling import WITHIN, adds, li_knows, link_of, presses, says, taps, visits
from tests.house import Company

#: What a stranger must not learn of 张三.
SECRETS = ("13800138000", "138 0013 8000", "张三", "云帆科技", "example.com", "两箱", "仓库", "平湖路", "3号楼")


async def known_with_history(company: Company) -> None:
    """张三, whose complaint 李雷 wrote down."""
    await li_knows(company, "张三 13800138000 云帆科技 zhang@example.com")
    await says(company.li, "投诉 张三 发货少了两箱", "#1")


async def looks_at(person: Person) -> Bubble:
    """My data."""
    await person.starts()
    await person.sees("想做什么", within=WITHIN)
    await person.taps("隐私", within=WITHIN)
    return await taps(person, "我的数据", "我们保存了您的这些信息")


def read_by(person: Person) -> str:
    """Everything that the bot has told somebody."""
    return "\n".join(seen.text for seen in person.phone.bubbles(person.id) if seen.from_bot)


async def proven(company: Company) -> list[tuple[bool, int | None]]:
    """Who is known as the customer, and by whose word."""

    def look(tx: Tx) -> list[tuple[bool, int | None]]:
        rows = tx.all("SELECT proven_at, proven_by FROM guest ORDER BY id")
        return [(row["proven_at"] is not None, row["proven_by"]) for row in rows]

    return await company.inspects(look)


async def everything_held(company: Company) -> str:
    """All words that the book holds of anybody, unsealed or in the clear."""

    def look(tx: Tx) -> str:
        words = []
        for table in ("guest", "data_request", "entry", "occasion", "inbox", "outbox", "draft"):
            words += [str(dict(row)) for row in tx.all(f"SELECT * FROM {table}")]
        return "\n".join(words)

    return await company.inspects(look)


async def test_a_stranger_with_a_forwarded_link_learns_nothing(company: Company) -> None:
    await known_with_history(company)
    await says(company.li, "成交 张三 净水器 3.2万", "🎉 已成交")
    stranger = await visits(company, "张三", phone="+8613700137000")
    await taps(company.su, "我来处理", "由 苏青 处理", "对方还没有确认是本人")
    kept = await looks_at(stranger)
    for line in ("姓名：张***", "公司：云***", "电话：+86 138****00", "邮箱：z***", "投诉 1 件"):
        assert line in kept.text
    assert "还不能确定是您本人" in kept.text
    assert kept.labels[0] == "证明是我本人"
    # As a file it is no more.
    await stranger.taps("导出文件")
    readable, machine = await stranger.sees("打开就能看"), await stranger.sees("给其他软件读")
    text, raw = [(await company.people.fetch(one.files[0]["url"])).decode() for one in (readable, machine)]
    assert "#1 · 处理中" in text
    told = json.loads(raw)
    assert told["complete"] is False
    assert told["purchases"] == []
    assert "净水器" not in kept.text + text + raw
    assert [set(case) for case in told["cases"]] == [{"number", "status", "opened_at"}]
    # The case is there, and no more: nothing can be read in it, added, rated or closed.
    await stranger.starts()
    await taps(stranger, "我的问题", "您提的问题")
    held = await taps(stranger, "#1 · 处理中", "#1", "内容只给客户本人看")
    assert held.labels == ["证明是我本人", "看内容", "‹ 返回"]
    await taps(stranger, "看内容", "先证明是您本人")
    for data in ("g.add:1", "g.solved:1", "g.unsolved:1", "g.mark:1", "g.mark:1:1"):
        await stranger.forges(held, data)
        await stranger.sees("先证明是您本人", within=WITHIN)
    await stranger.forges(held, "files:case:1")
    await stranger.sees("没有找到", within=WITHIN)
    # What the staff writes to the customer is told without its words, and the staff reads that.
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "两箱已从仓库补发到平湖路", "已发给客户", "对方还没有确认是本人")
    await stranger.sees("内容只给客户本人看", within=WITHIN)
    await taps(company.su, "已解决", "怎么解决的")
    await says(company.su, "补发到3号楼", "已解决")
    await stranger.sees("#1", "有结果了", within=WITHIN)
    # A word of the stranger's own is a case of its own, and no more of the customer's.
    await says(stranger, "我的东西呢", "这段话要怎么办")
    card = await taps(stranger, "请处理这个问题", "#2", "我的东西呢")
    assert "补充情况" in card.labels
    for secret in SECRETS:
        assert secret not in read_by(stranger) + text + raw, secret


async def test_ones_own_number_shows_who_one_is_and_a_new_link_ends_it(company: Company) -> None:
    await known_with_history(company)
    zhang = await visits(company, "张三", phone="+8613800138000")
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "两箱已补发", "对方还没有确认是本人")
    told = await zhang.sees("内容只给客户本人看", within=WITHIN)
    await looks_at(zhang)
    await taps(zhang, "证明是我本人", "先认一认您")
    assert zhang.keyboard == ["📱 分享我的号码", "请同事确认", "先不用"]
    await taps(zhang, "分享我的号码", "✓ 已确认是您本人")
    await zhang.sees("想做什么", within=WITHIN)
    assert zhang.keyboard == []
    assert await proven(company) == [(True, None)]
    await presses(zhang, told, "看内容", "关于 #1", "两箱已补发")
    kept = await looks_at(zhang)
    for line in ("姓名：张三", "电话：+86 138 0013 8000", "公司：云帆科技"):
        assert line in kept.text
    assert "证明是我本人" not in kept.labels
    # A new link: whoever came through the old one shows it again.
    await says(company.li, "张三", "张三")
    await taps(company.li, "客户链接", "已有 1 人加入", "其中 1 位已确认是本人")
    await taps(company.li, "换新链接", "旧链接已作废", "还没有确认是不是本人")
    assert "姓名：张***" in (await looks_at(zhang)).text
    await taps(company.li, "撤销", "已撤销")
    assert "姓名：张三" in (await looks_at(zhang)).text
    # Who leaves is forgotten with it.
    await zhang.forges(zhang.last, "g.leave.now")
    await zhang.sees("已撤回", within=WITHIN)
    assert await proven(company) == [(False, None)]


async def test_another_number_shows_nothing_and_is_not_kept(company: Company) -> None:
    await known_with_history(company)
    stranger = await visits(company, "张三", phone="+8613700137000")
    friend = await company.stranger("Friend", phone="+8613800138000")
    await looks_at(stranger)
    await taps(stranger, "证明是我本人", "先认一认您")
    # 张三's own card, in somebody else's hand; the number by itself; and words that look like it.
    await stranger.sends_contact(of=friend)
    await stranger.sees("这不是您自己的号码，没有保存", within=WITHIN)
    await stranger.sends_contact(phone="+8613800138000", first_name="张三")
    await stranger.sees("这不是您自己的号码", within=WITHIN)
    # One's own card that was forwarded may hold the number that one had last year.
    old = await stranger.sends_contact(
        phone="+8613800138000", first_name="Me", user_id=stranger.id, chat=await company.people.group("Old", stranger)
    )
    await stranger.forwards(old)
    await stranger.sees("这不是您自己的号码", within=WITHIN)
    await taps(stranger, "分享我的号码", "这个号码认不出您，没有保存")
    assert stranger.keyboard == ["请同事确认", "先不用"]
    assert await proven(company) == [(False, None)]
    assert "13700137000" not in await everything_held(company)
    # Not for ever.
    for _ in range(4):
        await stranger.sends_contact()
        await stranger.sees("认不出您", within=WITHIN)
    await stranger.sends_contact()
    await stranger.sees("太快了", within=WITHIN)
    await taps(stranger, "先不用", "随时可以再来")
    assert stranger.keyboard == []
    with pytest.raises(Refused):
        await stranger.does("key", {"text": "📱 分享我的号码"})
    for secret in SECRETS[:3]:
        assert secret not in read_by(stranger), secret


async def test_whoever_has_the_customer_says_with_one_tap_that_it_is_them(company: Company) -> None:
    await known_with_history(company)
    zhang = await visits(company, "张三", called="小张 🐟")
    await looks_at(zhang)
    await taps(zhang, "证明是我本人", "先认一认您")
    await taps(zhang, "请同事确认", "已请负责的同事确认")
    await zhang.sees("想做什么", within=WITHIN)
    asked = await company.li.sees("请您确认是本人", "张三", "对方的 Telegram 名字：小张 🐟", within=WITHIN)
    assert asked.labels == ["是本人", "不是本人", "客户"]
    assert "⏳ 确认是我本人：等待答复" in (await looks_at(zhang)).text
    await zhang.forges(zhang.last, "g.prove.ask")
    await zhang.sees("已经请求过了", within=WITHIN)
    # What they ask meanwhile says that nobody knows whether it is them.
    await taps(zhang, "更正", "哪一项要更正")
    await taps(zhang, "电话", "应该是什么电话")
    await says(zhang, "13800138000", "已转给负责的同事")
    await company.li.sees("客户请求更正", "⚠️ 还不知道提出的人是不是客户本人", within=WITHIN)
    for person in (company.han, company.su, company.zhou):
        await person.starts()
        await person.sees(within=WITHIN)
        for data in ("asked.yes:1", "asked.not:1", "link.out:1"):
            await person.forges(person.last, data)
            await person.sees("没有", within=WITHIN)
    await says(company.li, "张三", "张三")
    await taps(company.li, "客户链接", "还没有确认是不是本人")
    await taps(company.li, "确认是不是本人", "请您确认是本人", "小张")
    await taps(company.li, "是本人", "✓ 已确认是本人")
    await zhang.sees("✓ 确认是我本人：已办好", within=WITHIN)
    assert await proven(company) == [(True, company.ids["li"])]
    await taps(zhang, "我的数据", "姓名：张三", "+86 138 0013 8000")
    assert company.li.last.labels == ["客户"]


async def test_who_is_not_them_is_told_so_and_may_be_put_out(company: Company) -> None:
    await known_with_history(company)
    stranger = await visits(company, "张三", called="Mallory")
    await stranger.forges(stranger.last, "g.prove.ask")
    await stranger.sees("已请负责的同事确认", within=WITHIN)
    await company.li.sees("对方的 Telegram 名字：Mallory", within=WITHIN)
    await taps(company.li, "不是本人", "已告诉对方没有确认")
    await stranger.sees("确认是我本人：没有确认", within=WITHIN)
    assert await proven(company) == [(False, None)]
    out = await taps(company.li, "断开这个人", "✓ 已断开")
    await stranger.forges(stranger.last, "g.data")
    await stranger.sees("已失效", within=WITHIN)
    await taps(company.li, "撤销", "已撤销")
    await stranger.forges(stranger.last, "g.data")
    await stranger.sees("姓名：张*", within=WITHIN)
    await company.li.forges(out, "link.out:1")
    await company.li.sees("✓ 已断开", within=WITHIN)
    # The customer comes through a new link.
    zhang = await company.stranger("Zhang", phone="+8613800138000")
    await zhang.opens(await link_of(company, "张三"))
    await taps(zhang, "同意", "您好")
    await zhang.forges(zhang.last, "g.prove")
    await zhang.sees("先认一认您", within=WITHIN)
    await taps(zhang, "分享我的号码", "✓ 已确认是您本人")


async def test_two_of_a_customers_people_read_each_their_own_until_they_are_known(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    wife, stranger = await visits(company, "张三", phone="+8613800138000"), await visits(company, "张三")
    await says(wife, "冰箱不冷", "这段话要怎么办")
    await taps(wife, "请处理这个问题", "#1", "冰箱不冷")
    await taps(wife, "跳过")
    await taps(company.su, "我来处理", "由 苏青 处理", "客户已收到通知")
    assert "还没有确认" not in company.su.last.text
    await wife.sees("#1", "处理中", "冰箱不冷", within=WITHIN)
    await stranger.sees("#1", "处理中", "内容只给客户本人看", within=WITHIN)
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "明天上门", "已发给客户")
    await wife.sees("明天上门", within=WITHIN)
    await stranger.sees("内容只给客户本人看", within=WITHIN)
    assert "冰箱" not in read_by(stranger)
    assert "上门" not in read_by(stranger)


async def test_the_same_in_english(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await says(english.li, "complaint Acme wrong invoice", "#1")
    await says(english.li, "Acme", "Acme")
    link = await taps(english.li, "Link", "t.me")
    acme = await english.stranger("Ann", language="en", phone="+442079460958")
    await acme.opens(next(word for word in link.text.split() if word.startswith("https://t.me/")))
    await taps(acme, "I agree", "Hello")
    await taps(acme, "Privacy", "My data")
    kept = await taps(acme, "My data", "Name: A***", "We can’t tell yet that it is you")
    assert "7946 0958" not in kept.text
    await taps(acme, "It’s me", "please show that it is you")
    await taps(acme, "Share my number", "It is you")
    await taps(acme, "Privacy", "My data")
    await taps(acme, "My data", "Name: Acme", "+44 20 7946 0958")
