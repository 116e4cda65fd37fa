"""Inline mode: a member looks somebody up in any chat; what is shown there is masked, outsiders see nothing."""

from __future__ import annotations

from typing import Any

from bot.demo.standin.person import Person
from store import guests, search, staff
from store.db import Tx
from tests.handlers.telling import WITHIN, says
from tests.handlers.test_find import THREE, hands_over, knows
from tests.house import Company


async def asks(person: Person, words: str) -> dict[str, Any]:
    """Somebody types @kehu_test_bot and these words in some chat; what is shown."""
    shown: dict[str, Any] = await person.asks_inline(words, within=WITHIN)
    return shown


def titles(shown: dict[str, Any]) -> list[str]:
    return [result["title"] for result in shown["results"]]


async def test_a_member_sends_a_masked_card_and_a_colleague_opens_it(company: Company) -> None:
    await knows(company, "li", *THREE)
    shown = await asks(company.li, "张")
    assert titles(shown) == ["张四海", "张三"]
    assert shown["results"][1]["description"] == "云帆科技 · 📞 +86 138****00"
    await company.li.chooses(shown, shown["results"][1]["id"], to=company.wang)
    card = await company.wang.sees("张三", "云帆科技", "138****00", within=WITHIN)
    assert "0013 8000" not in card.text
    assert "潜在" not in card.text
    await says(company.wang, f"/start open_{await _id(company, '张三')}", "张三", "+86 138 0013 8000")


async def _id(company: Company, name: str) -> int:
    def look(tx: Tx) -> int:
        return search.find(tx, staff.as_actor(tx, company.ids["boss"]), name).customers[0].id

    return await company.reads(look)


async def test_before_a_word_the_recent_ones_and_a_way_over(english: Company) -> None:
    await knows(english, "li", "Jane Smith|+442079460958|Acme Ltd")
    shown = await asks(english.li, "")
    assert titles(shown) == ["Jane Smith"]
    assert shown["button"] == {"text": "Open Kehu", "start_parameter": "recent"}
    await says(english.li, "/start recent", "Recent customers")


async def test_outsiders_are_shown_nothing(company: Company) -> None:
    """A stranger, a customer, somebody who was let out."""
    await knows(company, "li", *THREE)
    stranger = await company.stranger("路人")
    guest = await _guest(company)
    for person in (stranger, guest):
        shown = await asks(person, "张")
        assert (shown["results"], shown["button"]) == ([], None)
    assert titles(await asks(company.li, "张三")) == ["张三"]
    await _lets_out(company, "li")
    shown = await asks(company.li, "张三")
    assert (shown["results"], shown["button"]) == ([], None)


async def _guest(company: Company) -> Person:
    """A customer who has come by their own link, and consented."""
    person = await company.stranger("张三")

    def come(tx: Tx) -> None:
        li = staff.as_actor(tx, company.ids["li"])
        token = guests.link(tx, li, search.find(tx, li, "张三").customers[0].id)
        guests.consent(tx, token, telegram_id=person.id, chat_id=person.id, language="zh")

    await company.writes(come)
    return person


async def _lets_out(company: Company, nickname: str) -> None:
    await company.writes(
        lambda tx: staff.set_active(tx, staff.as_actor(tx, company.ids["boss"]), company.ids[nickname], False)
    )


async def test_nobody_finds_by_what_is_hidden_from_them(company: Company) -> None:
    (number,) = await knows(company, "li", "张三|+8613812345678|云帆科技")
    assert titles(await asks(company.han, "张三")) == []
    await hands_over(company, number, None)
    shown = await asks(company.han, "张三")
    assert titles(shown) == ["张三"]
    assert "12345" not in str(shown)
    assert titles(await asks(company.han, "12345678")) == []
    assert titles(await asks(company.zhou, "张三")) == []


async def test_telegram_keeps_no_answer_for_the_next_who_asks(company: Company) -> None:
    await knows(company, "li", *THREE)
    assert titles(await asks(company.li, "张三")) == ["张三"]
    assert titles(await asks(company.han, "张三")) == []
    sent = [request for request in company.standin.requests if request.method == "answerInlineQuery"]
    assert sent
    for one in sent:
        assert (str(one.parameters["cache_time"]), str(one.parameters["is_personal"]).lower()) == ("0", "true")


async def test_nothing_of_a_query_is_kept(company: Company) -> None:
    await knows(company, "li", *THREE)
    await asks(company.li, "张三 13800138000")
    assert await company.reads(lambda tx: tx.value("SELECT count(*) FROM inbox")) == 0


async def test_a_card_of_somebody_elses_customer_opens_for_nobody_else(company: Company) -> None:
    await knows(company, "li", *THREE)
    number = await _id(company, "张三")
    for person in (company.zhou, company.qian):
        await says(person, f"/start open_{number}", "没有找到，或者你无权查看。")
    for forged in ("open_", "open_x", "open_99999999999", "open_-1"):
        await says(company.li, f"/start {forged}", "没有找到，或者你无权查看。")
