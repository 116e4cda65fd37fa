"""Scores and words: who gives them, who reads them, and how one becomes a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.clock import Clock
from store import case_queue, customers, feedback, feedback_inbox, staff
from store.access import Actor
from store.case_queue import Queue
from store.db import Book, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.feedback_inbox import Box
from store.rules.models import Customer, CustomerWords, Feedback, Role, Severity
from tests.house import settle

T = TypeVar("T")


class House:
    """A settled book; 张三 is 李雷's customer, and `guest` is who 张三 is on Telegram."""

    def __init__(self, book: Book, ids: dict[str, int], customer: Customer) -> None:
        self.book = book
        self.ids = ids
        self.customer = customer
        self.guest = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer.id)

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def gives(self, work: Callable[[Tx, Actor], T]) -> T:
        """The customer does something."""
        return await self.book.write(lambda tx: work(tx, self.guest))

    async def rates(self, score: int) -> Feedback:
        return await self.gives(lambda tx, actor: feedback.rate(tx, actor, score))


@pytest.fixture
async def house(book: Book) -> House:
    ids = await book.write(lambda tx: settle(tx, "zh"))
    return House(
        book,
        ids,
        await book.write(lambda tx: customers.add(tx, staff.as_actor(tx, ids["li"]), CustomerWords(name="张三"))),
    )


async def test_a_score_with_a_word_is_read_by_those_who_look_after_the_customer(house: House) -> None:
    given = await house.rates(4)
    given = await house.gives(lambda tx, actor: feedback.add_words(tx, actor, given.id, " 包装很好 "))
    assert (given.score, given.scale, given.text, given.seen) == (4, 5, "包装很好", False)
    for who in ("li", "su", "wang", "boss"):
        assert [one.id for one in await house.does(who, feedback_inbox.page)] == [given.id]
        assert await house.does(who, lambda tx, actor: feedback_inbox.count(tx, actor, Box.NEW)) == 1
    for who in ("han", "qian", "zhou"):
        assert await house.does(who, feedback_inbox.page) == []
        with pytest.raises(NotAllowed):
            await house.does(who, lambda tx, actor: feedback.get(tx, actor, given.id))
        with pytest.raises(NotAllowed):
            await house.does(who, lambda tx, actor: feedback_inbox.mark_seen(tx, actor, [given.id]))


@pytest.mark.parametrize("score", [0, 6, -1, 10**9])
async def test_a_score_outside_the_scale_is_none(house: House, score: int) -> None:
    with pytest.raises(Invalid):
        await house.rates(score)
    assert await house.does("wang", feedback_inbox.page) == []


async def test_praise_needs_no_score_but_words(house: House) -> None:
    given = await house.gives(lambda tx, actor: feedback.praise(tx, actor, "谢谢小李"))
    assert (given.score, given.text) == (None, "谢谢小李")
    with pytest.raises(Invalid):
        await house.gives(lambda tx, actor: feedback.praise(tx, actor, " "))


async def test_the_inbox_begins_with_what_nobody_has_read(house: House, clock: Clock) -> None:
    ids = []
    for score in (5, 4, 3):
        ids.append((await house.rates(score)).id)
        clock.set(clock() + timedelta(minutes=1))
    (read,) = await house.does("su", lambda tx, actor: feedback_inbox.mark_seen(tx, actor, [ids[2]]))
    assert read.seen
    assert [one.id for one in await house.does("wang", feedback_inbox.page)] == [ids[1], ids[0], ids[2]]
    assert await house.does("wang", lambda tx, actor: feedback_inbox.count(tx, actor, Box.NEW)) == 2
    second = await house.does("wang", lambda tx, actor: feedback_inbox.page(tx, actor, skip=1, limit=1))
    assert [one.id for one in second] == [ids[0]]


async def test_a_low_score_becomes_one_case_and_no_second(house: House) -> None:
    given = await house.rates(1)
    await house.gives(lambda tx, actor: feedback.add_words(tx, actor, given.id, "送货太慢"))
    case = await house.gives(lambda tx, actor: feedback.make_case(tx, actor, given.id, Severity.HIGH))
    assert (case.text, case.severity) == ("1/5 送货太慢", Severity.HIGH)
    seen = await house.does("su", lambda tx, actor: feedback.get(tx, actor, given.id))
    assert seen.complaint_id == case.id
    for again in (house.gives, lambda work: house.does("su", work)):
        with pytest.raises(KehuError, match="no_longer"):
            await again(lambda tx, actor: feedback.make_case(tx, actor, given.id, Severity.HIGH))
    assert await house.does("su", lambda tx, a: case_queue.count(tx, a, Queue.ALL)) == 1


async def test_another_customer_reaches_none_of_it(house: House) -> None:
    given = await house.rates(2)
    other = await house.does("li", lambda tx, actor: customers.add(tx, actor, CustomerWords(name="李四")))
    stranger = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=other.id)
    reaches: list[Callable[[Tx], object]] = [
        lambda tx: feedback.get(tx, stranger, given.id),
        lambda tx: feedback.add_words(tx, stranger, given.id, "x"),
        lambda tx: feedback.make_case(tx, stranger, given.id, Severity.LOW),
        lambda tx: feedback_inbox.mark_seen(tx, stranger, [given.id]),
        lambda tx: feedback_inbox.page(tx, stranger),
    ]
    for reach in reaches:
        with pytest.raises(NotAllowed):
            await house.book.write(reach)


async def test_a_flood_of_scores_is_held_back_until_the_next_day(house: House, clock: Clock) -> None:
    for _ in range(feedback.A_DAY):
        await house.rates(5)
    with pytest.raises(Busy):
        await house.rates(5)
    clock.set(clock() + timedelta(days=1, seconds=1))
    await house.rates(5)


async def test_a_score_concerns_the_owner_of_the_customer_and_a_low_one_the_manager_too(house: House) -> None:
    high, low = await house.rates(5), await house.rates(2)
    ids = house.ids
    assert await house.does("su", lambda tx, _: feedback.audience(tx, high.id)) == [ids["li"]]
    assert await house.does("su", lambda tx, _: feedback.audience(tx, low.id)) == [ids["li"], ids["wang"]]
