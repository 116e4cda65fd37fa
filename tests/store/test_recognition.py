"""Whoever is entered twice is recognised, whether the hashes of the first are written already or not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from store import customers, recognition, search_index
from store.db import Book, Tx
from store.rules.models import Customer, CustomerWords, Phone
from tests.store.people import People, people


def _number(at: int) -> str:
    return f"+86138{at:08}"


def _phones(*numbers: int) -> tuple[Phone, ...]:
    return tuple(Phone(e164=_number(at), raw=_number(at)) for at in numbers)


def _known(tx: Tx, numbers: Iterable[int]) -> dict[int, list[int]]:
    """Who is recognised by each number."""
    return {at: recognition.holders(tx, [("phone", _number(at))]) for at in numbers}


def _hashed(tx: Tx, numbers: Iterable[int]) -> dict[int, list[int]]:
    """The same once there is nobody whose hashes wait."""
    while search_index.catch_up(tx):
        pass
    return _known(tx, numbers)


async def _add(book: Book, who: People, words: CustomerWords) -> Customer:
    return await book.write(lambda tx: customers.add(tx, who.li, words))


async def _changed(book: Book, who: People, one: Customer, *numbers: int) -> Customer:
    """The customer with these numbers in place of the others."""
    values = {"phones": [phone.model_dump() for phone in _phones(*numbers)]}
    return await book.write(lambda tx: customers.change(tx, who.li, one.id, one.version, values))


async def test_whoever_was_just_added_is_recognised(book: Book) -> None:
    who = await book.write(people)
    added: dict[int, list[int]] = {}
    for at in range(2 * search_index.FRESH + 3):
        one = await _add(book, who, CustomerWords(name=f"客户{at}", phones=_phones(at)))
        added[at] = [one.id]
        assert await book.read(lambda tx: _known(tx, added)) == added
    assert await book.write(lambda tx: _hashed(tx, added)) == added


async def test_by_how_name_and_company_sound_too(book: Book) -> None:
    who = await book.write(people)
    one = await _add(book, who, CustomerWords(name="张三", company="上海云帆科技有限公司"))
    again = recognition.identifiers_of(CustomerWords(name="章叁", company="云帆科技"))
    assert again
    assert await book.read(lambda tx: recognition.holders(tx, again)) == [one.id]
    await book.write(lambda tx: _hashed(tx, ()))
    assert await book.read(lambda tx: recognition.holders(tx, again)) == [one.id]


async def test_a_change_is_followed_before_and_after_the_hashes_are_written(book: Book) -> None:
    who = await book.write(people)
    one = await _add(book, who, CustomerWords(name="张三", phones=_phones(1, 2)))
    one = await _changed(book, who, one, 2, 3)
    now = {1: [], 2: [one.id], 3: [one.id]}
    assert await book.read(lambda tx: _known(tx, now)) == now
    assert await book.write(lambda tx: _hashed(tx, now)) == now
    await _changed(book, who, one, 3, 4)
    assert await book.read(lambda tx: _known(tx, (2, 3, 4))) == {2: [], 3: [one.id], 4: [one.id]}


@pytest.mark.parametrize("written", [False, True])
async def test_who_is_put_away_is_not_recognised_until_brought_back(book: Book, written: bool) -> None:
    who = await book.write(people)
    one = await _add(book, who, CustomerWords(name="张三", phones=_phones(1)))
    if written:
        await book.write(lambda tx: _hashed(tx, ()))
    await book.write(lambda tx: customers.archive(tx, who.li, one.id, one.version))
    assert await book.write(lambda tx: _hashed(tx, [1])) == {1: []}
    await book.write(lambda tx: customers.restore(tx, who.li, one.id))
    assert await book.read(lambda tx: _known(tx, [1])) == {1: [one.id]}
    assert await book.write(lambda tx: _hashed(tx, [1])) == {1: [one.id]}
