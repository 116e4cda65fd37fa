"""What is kept of people who are nothing to the company, and for how long."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from store import floods, strangers
from store.db import Book


async def test_a_stranger_is_answered_once_a_day(book: Book, clock: Clock) -> None:
    async def asked(telegram_id: int) -> bool:
        return await book.write(lambda tx: strangers.may_answer(tx, telegram_id))

    assert [await asked(5), await asked(5), await asked(6), await asked(5)] == [True, False, True, False]
    clock.set(clock() + timedelta(days=1))
    assert [await asked(5), await asked(5)] == [True, False]


async def test_what_is_kept_of_a_stranger_is_gone_the_next_day_and_tells_nothing(book: Book, clock: Clock) -> None:
    await book.write(lambda tx: [strangers.may_answer(tx, 31337), strangers.may_try(tx, 31337)])
    names = [row["name"] for row in await book.read(lambda tx: tx.all("SELECT name FROM occasion"))]
    assert len(names) == 2
    assert not any("31337" in name for name in names)
    assert await book.write(floods.forget) == 0
    clock.set(clock() + timedelta(days=1))
    assert await book.write(floods.forget) == 2
    assert await book.read(lambda tx: tx.value("SELECT count(*) FROM occasion")) == 0


async def test_a_stranger_may_mistype_a_code_a_few_times_a_day(book: Book) -> None:
    answers = [await book.write(lambda tx: strangers.may_try(tx, 9)) for _ in range(7)]
    assert answers == [True] * strangers.TRIES + [False, False]
