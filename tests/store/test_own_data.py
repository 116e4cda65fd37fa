"""What customers ask about their own data: who owes the answer, what may be answered, and when it is due."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.clock import Clock
from store import access, customers, guests, journal, kinds, own_data, staff
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.data_requests import AskedState
from store.rules.models import Role
from tests.store.people import People, people, zhang

CLOCK = Actor(Role.CLOCK, "zh", "Asia/Shanghai")


async def asking(book: Book) -> tuple[People, Actor]:
    """李雷's customer, who agreed."""

    def settle(tx: Tx) -> tuple[People, Actor]:
        them = people(tx)
        known = zhang(tx, them.li)
        token = guests.link(tx, them.li, known.id)
        return them, guests.consent(tx, token, telegram_id=900, chat_id=900, language="zh")

    return await book.write(settle)


async def test_who_has_the_customer_owes_the_answer_and_else_the_manager(book: Book) -> None:
    them, guest = await asking(book)
    asked = await book.write(lambda tx: own_data.ask_correction(tx, guest, "wechat", "zhang_3"))
    assert await book.read(lambda tx: own_data.answerers(tx, asked.id)) == [them.li.id]
    await book.write(lambda tx: staff.set_active(tx, them.boss, them.li.id, active=False))
    assert await book.read(lambda tx: own_data.answerers(tx, asked.id)) == [them.wang.id]

    def to_pool(tx: Tx) -> None:
        row, _ = access.row(tx, them.boss, Action.SEE, "customer", guest.customer_id)
        journal.update(tx, CLOCK, kinds.CUSTOMER, row, {"owner_id": None})

    await book.write(to_pool)
    assert await book.read(lambda tx: own_data.answerers(tx, asked.id)) == [them.wang.id]
    for nobody in (them.han, them.su, them.qian):
        with pytest.raises(NotAllowed):
            await book.write(partial(own_data.grant, actor=nobody, request_id=asked.id))
    done = await book.write(lambda tx: own_data.grant(tx, them.wang, asked.id))
    assert done.state is AskedState.GRANTED
    seen = await book.read(lambda tx: customers.get(tx, them.wang, guest.customer_id))
    assert seen.wechat == "zhang_3"
    with pytest.raises(KehuError, match="answered"):
        await book.write(lambda tx: own_data.refuse(tx, them.wang, asked.id, "晚了"))


async def test_an_erasure_is_an_owners_to_answer_and_a_refusal_says_why(book: Book) -> None:
    them, guest = await asking(book)
    asked = await book.write(lambda tx: own_data.ask_erasure(tx, guest))
    with pytest.raises(KehuError, match="asked_already"):
        await book.write(lambda tx: own_data.ask_erasure(tx, guest))
    assert await book.read(lambda tx: own_data.answerers(tx, asked.id)) == [them.boss.id]
    for other in (them.li, them.wang):
        with pytest.raises(NotAllowed):
            await book.write(partial(own_data.grant, actor=other, request_id=asked.id))
    with pytest.raises(Invalid, match="text"):
        await book.write(lambda tx: own_data.refuse(tx, them.boss, asked.id, " "))
    await book.write(lambda tx: own_data.refuse(tx, them.boss, asked.id, "还有一张发票没结清"))
    (mine,) = await book.read(lambda tx: own_data.mine(tx, guest))
    assert (mine.state, mine.reason) == (AskedState.REFUSED, "还有一张发票没结清")
    again = await book.write(lambda tx: own_data.ask_erasure(tx, guest))
    assert [one.id for one in await book.read(lambda tx: own_data.unanswered(tx, them.boss))] == [again.id]


async def test_the_term_is_a_month_and_each_reminder_comes_once(book: Book, clock: Clock) -> None:
    _, guest = await asking(book)
    asked = await book.write(lambda tx: own_data.ask_erasure(tx, guest))
    assert timedelta(0) <= asked.due_at + timedelta(seconds=60) - clock() - timedelta(days=30) <= timedelta(minutes=1)
    told = []
    for _ in range(33):
        clock.set(clock() + timedelta(days=1))
        for _ in range(2):
            told += [round((asked.due_at - clock()) / timedelta(days=1)) for _ in await book.write(own_data.claim)]
    assert told == [7, 1, 0]


async def test_nothing_is_asked_without_end_and_nothing_of_anybody_elses(book: Book) -> None:
    them, guest = await asking(book)
    for place in range(own_data.OPEN_MOST):
        await book.write(partial(own_data.ask_correction, actor=guest, field="title", value=f"经理{place}"))
    with pytest.raises(Busy, match="limit"):
        await book.write(lambda tx: own_data.ask_correction(tx, guest, "title", "总裁"))
    for field in ("level", "notes", "owner_id", "deleted_at"):
        with pytest.raises(NotAllowed):
            await book.write(partial(own_data.ask_correction, actor=guest, field=field, value="vip"))
    other = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=guest.customer_id + 1)
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: own_data.held(tx, other, guest.customer_id))
    assert await book.read(lambda tx: own_data.mine(tx, other)) == []
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: own_data.mine(tx, them.boss))
