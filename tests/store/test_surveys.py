"""Asking customers: once in 30 days, only who agreed and can be reached, never who declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import Clock
from store import customers, guests, proofs, surveys
from store.db import Book, Tx
from store.errors import NotAllowed
from tests.store.people import People, people, zhang


def _joins(tx: Tx, them: People, customer_id: int, person: int = 900) -> None:
    token = guests.link(tx, them.li, customer_id)
    guests.consent(tx, token, telegram_id=person, chat_id=person, language="zh")


async def test_once_in_thirty_days(book: Book, clock: Clock) -> None:
    them = await book.write(people)
    known = await book.write(lambda tx: zhang(tx, them.li))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))  # never came through a link
    await book.write(lambda tx: _joins(tx, them, known.id))
    assert await book.read(lambda tx: surveys.may_ask(tx, known.id))
    await book.write(lambda tx: surveys.asked(tx, known.id))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))
    clock.set(clock() + timedelta(days=29, hours=23))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))
    clock.set(clock() + timedelta(hours=1))
    assert await book.read(lambda tx: surveys.may_ask(tx, known.id))


async def test_who_declined_is_not_asked_until_they_say_so(book: Book) -> None:
    them = await book.write(people)
    known = await book.write(lambda tx: zhang(tx, them.li))
    await book.write(lambda tx: _joins(tx, them, known.id))
    me = await book.read(lambda tx: guests.actor(tx, 900))
    assert me is not None
    await book.write(lambda tx: proofs.by_member(tx, them.li, me.guest_id))
    await book.write(lambda tx: surveys.decline(tx, replace(me, visitor=False)))
    assert await book.read(lambda tx: surveys.declined(tx, known.id))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))
    await book.write(lambda tx: guests.leave(tx, me))
    await book.write(lambda tx: _joins(tx, them, known.id, 901))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))  # it is the customer's, not the phone's
    again = await book.read(lambda tx: guests.actor(tx, 901))
    assert again is not None
    await book.write(lambda tx: surveys.allow(tx, again))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))  # nor is it for whoever has the link
    await book.write(lambda tx: proofs.by_member(tx, them.li, again.guest_id))
    await book.write(lambda tx: surveys.allow(tx, replace(again, visitor=False)))
    assert await book.read(lambda tx: surveys.may_ask(tx, known.id))


async def test_a_visitor_declines_for_their_own_chat_only(book: Book) -> None:
    them = await book.write(people)
    known = await book.write(lambda tx: zhang(tx, them.li))
    await book.write(lambda tx: _joins(tx, them, known.id))
    eve = await book.read(lambda tx: guests.actor(tx, 900))
    assert eve is not None
    await book.write(lambda tx: surveys.decline(tx, eve))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))  # nobody else is there
    await book.write(lambda tx: _joins(tx, them, known.id, 901))
    other = await book.read(lambda tx: guests.actor(tx, 901))
    assert other is not None
    assert await book.read(lambda tx: surveys.may_ask(tx, known.id))
    assert await book.read(lambda tx: surveys.chats(tx, known.id)) == [other.guest_id]
    await book.write(lambda tx: surveys.allow(tx, eve))
    assert await book.read(lambda tx: surveys.chats(tx, known.id)) == [eve.guest_id, other.guest_id]


async def test_nobody_is_asked_who_blocked_the_bot_left_or_was_archived(book: Book) -> None:
    them = await book.write(people)
    known = await book.write(lambda tx: zhang(tx, them.li))
    await book.write(lambda tx: _joins(tx, them, known.id))
    await book.write(lambda tx: guests.set_reachable(tx, 900, reachable=False))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))
    await book.write(lambda tx: guests.set_reachable(tx, 900, reachable=True))
    assert await book.read(lambda tx: surveys.may_ask(tx, known.id))
    await book.write(lambda tx: customers.archive(tx, them.li, known.id, known.version))
    assert not await book.read(lambda tx: surveys.may_ask(tx, known.id))


async def test_only_the_customer_declines_for_themselves(book: Book) -> None:
    them = await book.write(people)
    await book.write(lambda tx: zhang(tx, them.li))
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: surveys.decline(tx, them.boss))
