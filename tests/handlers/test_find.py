"""Finding somebody: by whatever comes to mind, from a list to a card and back, and never what is not one's own."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo.standin import Fault
from store import access, customers, journal, kinds, staff
from store.access import Action
from store.db import Tx
from store.rules.models import CustomerWords, Phone
from tests.handlers.telling import WITHIN, li_knows, says, taps
from tests.house import Company


async def knows(company: Company, nickname: str, *lines: str) -> list[int]:
    """Somebody's customers, written straight into the book: name, number, company."""

    def write(tx: Tx) -> list[int]:
        actor = staff.as_actor(tx, company.ids[nickname])
        added = []
        for line in lines:
            name, number, firm = line.split("|")
            words = CustomerWords(name=name, company=firm, phones=(Phone(e164=number, raw=number),))
            added.append(customers.add(tx, actor, words).id)
        return added

    return await company.writes(write)


async def hands_over(company: Company, customer_id: int, to: str | None) -> None:
    """The owner gives a customer to somebody else, or to the team's pool."""

    def write(tx: Tx) -> None:
        boss = staff.as_actor(tx, company.ids["boss"])
        row, _ = access.row(tx, boss, Action.EDIT, "customer", customer_id)
        journal.update(tx, boss, kinds.CUSTOMER, row, {"owner_id": company.ids[to] if to else None})

    await company.writes(write)


THREE = ("张三|+8613800138000|云帆科技", "张四海|+8613900139000|远山贸易", "曾国强|+8613700137000|云帆科技")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张三", "张三"),
        ("四海", "张四海"),
        ("查 张三", "张三"),
        ("/find 国强", "曾国强"),
        ("zhangsan", "张三"),
        ("zhang si hai", "张四海"),
        ("zsh", "张四海"),
        ("zgq", "曾国强"),
        ("cengguoqiang", "曾国强"),
        ("0139000", "张四海"),
        ("37000", "曾国强"),
        ("远山", "张四海"),
        ("張三", "张三"),
        ("云帆 国强", "曾国强"),
    ],
)
async def test_one_who_fits_opens_as_a_card(company: Company, typed: str, name: str) -> None:
    await knows(company, "li", *THREE)
    card = await says(company.li, typed, name)
    assert card.text.startswith(f"{name}\n")
    assert card.labels[0] == "提醒"


@pytest.mark.parametrize("typed", ["jane", "smith", "Jane Smith", "find jane", "acme", "0958", "7946 0958", "js"])
async def test_one_who_fits_opens_as_a_card_in_english(english: Company, typed: str) -> None:
    await knows(english, "li", "Jane Smith|+442079460958|Acme Ltd", "Bob Brown|+12125550147|Globex Inc")
    card = await says(english.li, typed, "Jane Smith")
    assert card.text.splitlines() == ["Jane Smith", "Acme Ltd", "Potential · Lead", "📞 +44 20 7946 0958"]


async def test_several_are_a_list_that_a_card_leads_back_to(company: Company) -> None:
    await knows(company, "li", *THREE)
    listed = await says(company.li, "zhang", "找到 2 位")
    assert sorted(listed.labels) == ["张三 · 云帆科技", "张四海 · 远山贸易"]
    card = await taps(company.li, "张四海", "+86 139 0013 9000")
    assert card.id == listed.id
    again = await taps(company.li, "返回列表", "找到 2 位")
    assert (again.id, again.labels) == (listed.id, listed.labels)
    await taps(company.li, "张三", "+86 138 0013 8000")


async def test_a_full_page_says_that_there_are_more(english: Company) -> None:
    await knows(english, "li", *(f"Jane Smith{place}|+4420794609{place:02}|Acme" for place in range(12)))
    listed = await says(english.li, "jane", "The closest 8; type more to narrow it down")
    assert len(listed.labels) == 8
    await taps(english.li, listed.labels[7], "Potential")
    back = await taps(english.li, "Back to list", "8 customers")
    assert back.labels == listed.labels


async def test_a_place_that_nobody_is_called_by_lists_who_is_there(company: Company) -> None:
    await li_knows(company, "Sofia Rossi +39 312 345 6789 Rossi Tessuti")
    for typed in ("意大利", "italy"):
        listed = await says(company.li, typed, "意大利")
        assert listed.labels[0].startswith("Sofia Rossi")
    await says(company.li, "法国", "没有找到“法国”")


async def test_nobody_found_is_two_taps_from_added(company: Company) -> None:
    told = await says(company.li, "陈经理", "没有找到“陈经理”")
    assert told.labels == ["添加“陈经理”"]
    await taps(company.li, "添加“陈经理”", "新客户，对吗？", "姓名：陈经理")
    await taps(company.li, "保存", "✓ 已保存", "陈经理")


async def test_nobody_found_in_english_and_digits_are_nobodys_name(english: Company) -> None:
    told = await says(english.li, "Mary Jones", "Nothing found for “Mary Jones”.")
    assert told.labels == ["Add “Mary Jones”"]
    told = await says(english.li, "4711", "Nothing found for “4711”.")
    assert told.labels == ["Add a customer"]
    await taps(english.li, "Add a customer", "What is the customer's name?")


async def test_who_adds_nobody_is_not_offered_to(company: Company) -> None:
    told = await says(company.su, "陈经理", "没有找到“陈经理”")
    assert told.labels == []


async def test_the_verb_alone_asks_whom(english: Company) -> None:
    await says(english.li, "find", "Who? Type a name, pinyin, company or number.")
    await says(english.li, "/find", "Who?")


async def test_a_slip_is_forgiven_and_said(company: Company) -> None:
    await knows(company, "li", *THREE)
    card = await says(company.li, "张叁", "没有完全一样的", "张三")
    assert "+86 138 0013 8000" in card.text
    await says(company.li, "zhangsna", "没有完全一样的", "张三")


async def test_the_recent_ones_are_pages_that_a_card_leads_back_to(company: Company) -> None:
    await knows(company, "li", *(f"客户{place:02}|+86138001380{place:02}|云帆" for place in range(10)))
    first = await says(company.li, "/customer", "最近的客户")
    assert len(first.labels) == 8 + 4
    second = await taps(company.li, "下一页", "最近的客户")
    assert (second.id, len(second.labels)) == (first.id, 2 + 4)
    name = second.labels[0]
    await taps(company.li, name, "潜在 · 线索")
    back = await taps(company.li, "返回列表", "最近的客户")
    assert back.labels == second.labels
    await taps(company.li, "上一页", "最近的客户")


async def test_the_newest_change_comes_first(english: Company) -> None:
    await knows(english, "li", "Jane Smith|+442079460958|Acme Ltd", "Bob Brown|+12125550147|Globex Inc")
    await says(english.li, "jane", "Acme Ltd")
    await taps(english.li, "Edit", "What should change?")
    await taps(english.li, "Title", "right title")
    await says(english.li, "buyer", "✓ Title is now buyer")
    listed = await says(english.li, "/customer", "Recent customers")
    assert listed.labels[0] == "Jane Smith · Acme Ltd"


async def test_nobody_elses_customer_is_found_by_anything(company: Company) -> None:
    await knows(company, "li", *THREE)
    for person in (company.han, company.zhou, company.qian):
        for typed in ("张三", "zhangsan", "zs", "0138000", "云帆", "张叁"):
            await says(person, typed, f"没有找到“{typed}”")
        await says(person, "/customer", "还没有客户")


async def test_a_manager_finds_the_teams_and_the_owner_everybodys(company: Company) -> None:
    await knows(company, "li", "张三|+8613800138000|云帆科技")
    await knows(company, "zhou", "张三丰|+8613900139000|武当")
    card = await says(company.wang, "张三", "云帆科技")
    assert "📞 +86 138 0013 8000" in card.text
    await says(company.qian, "张三", "武当")
    listed = await says(company.boss, "张三", "找到 2 位")
    assert listed.labels == ["张三 · 云帆科技", "张三丰 · 武当"]


async def test_the_pool_is_masked_and_its_numbers_are_not_found(company: Company) -> None:
    (number,) = await knows(company, "li", "张三|+8613812345678|云帆科技")
    await hands_over(company, number, None)
    card = await says(company.han, "张三", "云帆科技", "联系方式已隐藏")
    assert "📞 +86 138****78" in card.text
    assert card.labels == []
    for digits in ("13812345678", "345678", "1234"):
        told = await says(company.han, f"查 {digits}", f"没有找到“{digits}”")
        assert "张三" not in told.text
    await says(company.zhou, "张三", "没有找到“张三”")


async def test_support_sees_the_teams_customers_masked(english: Company) -> None:
    await knows(english, "li", "Jane Smith|+442079460958|Acme Ltd")
    card = await says(english.su, "jane", "Acme Ltd", "Contact details are hidden")
    assert "7946" not in card.text
    assert "Complaint" in card.labels
    await says(english.su, "0958", "Nothing found for “0958”")


async def test_a_list_shows_later_only_what_may_still_be_seen(company: Company) -> None:
    """Between the list and the way back to it a customer was handed to somebody else."""
    ids = await knows(company, "li", *THREE)
    await says(company.li, "zhang", "找到 2 位")
    await taps(company.li, "张三", "+86 138 0013 8000")
    await hands_over(company, ids[1], "han")
    left = await taps(company.li, "返回列表", "找到 1 位")
    assert left.labels == ["张三 · 云帆科技"]


async def test_a_list_that_waited_names_nobody_who_was_handed_over_meanwhile(company: Company) -> None:
    """Telegram is down for a while; when the list can go out, one of those on it is somebody else's."""
    ids = await knows(company, "li", *THREE)
    held = Fault(kind="error", method="sendMessage", chat=company.li.id, code=429, retry_after=2, times=1)
    company.standin.faults.add(held)
    await company.li.says("张")
    for _ in range(1000):
        if held.hits:
            break
        await asyncio.sleep(0.02)
    await hands_over(company, ids[0], to="han")
    seen = await company.li.sees("名单里有人已不归你看", within=WITHIN)
    assert not seen.buttons
    await says(company.li, "张", "张四海")
    assert not any("张三" in bubble.text for bubble in company.li.phone.bubbles(company.li.id) if bubble.from_bot)
