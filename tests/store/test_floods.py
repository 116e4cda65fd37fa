"""Marks of whom nothing is kept: they hold for a day, and then nobody can tell whose they were."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from bot.clock import Clock
from store import floods
from store.db import Book, Tx

PERSON = 31337


async def test_each_thing_has_a_limit_of_its_own_for_each_person_and_day(book: Book, clock: Clock) -> None:
    async def may(person: int, what: str) -> bool:
        return await book.write(lambda tx: floods.may(tx, person, what, 2))

    assert [await may(PERSON, "answer") for _ in range(3)] == [True, True, False]
    assert await may(PERSON, "try")
    assert await may(PERSON + 1, "answer")
    clock.set(clock() + timedelta(days=1))
    assert await may(PERSON, "answer")


async def test_with_the_day_goes_the_key_by_which_a_mark_could_be_told(book: Book, clock: Clock) -> None:
    """Even who copied the marks and knows whom to look for can't tell from then on; the pepper of the book won't do."""

    def look(tx: Tx) -> tuple[list[str], dict[str, bytes]]:
        marks = [row["name"] for row in tx.all("SELECT name FROM occasion")]
        return marks, {row["name"]: row["value"] for row in tx.all("SELECT name, value FROM secret")}

    def told(marks: list[str], keys: dict[str, bytes]) -> bool:
        traces = (hmac.digest(key, f"answer:{PERSON}".encode(), hashlib.sha256).hex() for key in keys.values())
        return any(trace in mark for trace in traces for mark in marks)

    await book.write(lambda tx: floods.may(tx, PERSON, "answer", 1))
    marks, keys = await book.read(look)
    assert told(marks, keys)  # or the next line would say nothing
    assert not told(marks, {"pepper": keys["pepper"]})
    clock.set(clock() + timedelta(days=1))
    assert await book.write(floods.forget) == 1
    assert not told(marks, (await book.read(look))[1])
    assert (await book.read(look))[0] == []


async def test_a_mark_has_no_time_but_its_day(book: Book) -> None:
    await book.write(lambda tx: floods.may(tx, PERSON, "answer", 1))
    (at,) = [row["at"] for row in await book.read(lambda tx: tx.all("SELECT at FROM occasion"))]
    assert at % (24 * 3600 * 1000) == 0
