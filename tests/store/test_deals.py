"""Deals in the book: exact, journaled, sealed, seen by whoever has the customer, and asked about when they are won."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from bot.clock import Clock
from store import customers, deals, guests, journal, kinds, survey_due
from store.access import Action, row
from store.db import Book, Tx
from store.deals import Terms
from store.errors import KehuError, NotAllowed, Stale
from store.rules.models import Customer, Deal, DealState
from store.rules.money import Currency, Money
from tests.authorizer import unwatch
from tests.store.people import People, people, zhang

PRICE = Money(minor=3_200_050, currency=Currency.CNY)
TERMS = Terms("年度框架", PRICE, date(2026, 12, 31))


def _begun(tx: Tx) -> tuple[People, Customer, Deal]:
    """李雷's customer, who agreed and can be reached, with an open deal."""
    them = people(tx)
    known = zhang(tx, them.li)
    guests.consent(tx, guests.link(tx, them.li, known.id), telegram_id=900, chat_id=900, language="zh")
    return them, known, deals.add(tx, them.li, known.id, TERMS)


async def test_a_deal_is_exact_and_a_win_that_is_undone_is_open_again(book: Book, clock: Clock) -> None:
    them, known, deal = await book.write(_begun)
    assert (deal.title, deal.money, deal.expected, deal.state) == (
        "年度框架",
        PRICE,
        date(2026, 12, 31),
        DealState.OPEN,
    )
    more = Money(minor=1, currency=Currency.USD)
    await book.write(lambda tx: deals.win(tx, them.li, deal.id, more))
    won = await book.read(lambda tx: journal.last_change(tx, them.li)) or 0
    bought = await book.read(lambda tx: deals.last_purchase(tx, them.li, known.id))
    assert bought is not None
    assert (bought.money, bought.state) == (more, DealState.WON)
    with pytest.raises(KehuError, match="no_longer"):
        await book.write(lambda tx: deals.win(tx, them.li, deal.id))
    with pytest.raises(KehuError, match="no_longer"):
        await book.write(lambda tx: deals.lose(tx, them.li, deal.id, "太贵"))
    await book.write(lambda tx: journal.undo(tx, them.li, won))
    assert await book.read(lambda tx: deals.get(tx, them.li, deal.id)) == deal.model_copy(update={"version": 3})
    clock.set(clock() + timedelta(minutes=11))
    assert await book.write(survey_due.claim) == []
    with pytest.raises(Stale):
        await book.write(lambda tx: deals.change(tx, them.li, deal.id, deal.version, Terms("新名字")))
    with pytest.raises(Stale):
        await book.write(lambda tx: journal.undo(tx, them.li, won))


async def test_whose_customer_it_is_has_the_deals(book: Book) -> None:
    them, known, deal = await book.write(_begun)
    for stranger in (them.han, them.su, them.zhou, them.qian):
        with pytest.raises(NotAllowed):
            await book.read(partial(deals.get, actor=stranger, deal_id=deal.id))
    assert (await book.read(lambda tx: deals.page(tx, them.wang, known.id)))[0].id == deal.id

    def to_han(tx: Tx) -> None:
        held, _ = row(tx, them.wang, Action.ASSIGN, "customer", known.id)
        journal.update(tx, them.wang, kinds.CUSTOMER, held, {"owner_id": them.han.id})

    await book.write(to_han)
    assert (await book.read(lambda tx: deals.get(tx, them.han, deal.id))).title == "年度框架"
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: deals.get(tx, them.li, deal.id))


async def test_nothing_happens_to_the_deals_of_who_was_archived_and_erased_is_erased(book: Book) -> None:
    them, known, deal = await book.write(_begun)
    await book.write(lambda tx: customers.archive(tx, them.li, known.id, known.version))
    with pytest.raises(KehuError, match="archived"):
        await book.write(lambda tx: deals.win(tx, them.li, deal.id))
    with pytest.raises(KehuError, match="archived"):
        await book.write(lambda tx: deals.purchase(tx, them.li, known.id, TERMS))
    await unwatch(book)
    stored = await book.read(lambda tx: tx.one("SELECT * FROM deal WHERE id = :id", id=deal.id))
    assert stored is not None
    assert "年度框架".encode() not in stored["sealed"]
    await book.write(lambda tx: tx.run("DELETE FROM seal_key WHERE customer_id = :id", id=known.id))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: deals.get(tx, them.boss, deal.id))


async def test_one_question_for_all_that_ended_and_none_when_the_clock_stood_still(book: Book, clock: Clock) -> None:
    them, known, deal = await book.write(_begun)
    await book.write(lambda tx: deals.win(tx, them.li, deal.id))
    second = await book.write(lambda tx: deals.purchase(tx, them.li, known.id, Terms("配件", PRICE)))
    clock.set(clock() + timedelta(minutes=11))
    assert [one.record_id for one in await book.write(survey_due.claim)] == [deal.id]
    clock.set(clock() + timedelta(days=31))
    assert await book.write(survey_due.claim) == []  # of the other nobody asks any more
    await book.write(lambda tx: deals.reopen(tx, them.li, second.id))
    await book.write(lambda tx: deals.win(tx, them.li, second.id))
    clock.set(clock() + timedelta(days=8))
    assert await book.write(survey_due.claim) == []
