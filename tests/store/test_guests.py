"""Links and consent: one link, one person; and what a link that is not one's own tells, which is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from store import customers, guests, staff
from store.access import Actor
from store.db import Book, Tx
from store.errors import KehuError, NotAllowed
from store.rules.models import CustomerWords, Role
from tests.house import settle

T = TypeVar("T")
ZHANG, FRIEND = 900, 901


class House:
    """A settled book with two customers of 李雷's."""

    def __init__(self, book: Book, ids: dict[str, int]) -> None:
        self.book = book
        self.ids = ids
        self.zhang = self.wu = 0

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def link(self, customer_id: int) -> str:
        return await self.does("li", lambda tx, actor: guests.link(tx, actor, customer_id))

    async def agrees(self, token: str, person: int = ZHANG) -> Actor:
        return await self.book.write(
            lambda tx: guests.consent(tx, token, telegram_id=person, chat_id=person, language="zh")
        )

    async def refused(self, token: str, person: int) -> None:
        """Looking through the door and going through it are refused alike."""
        with pytest.raises(KehuError, match="link_invalid"):
            await self.book.write(lambda tx: guests.door(tx, token, person))
        with pytest.raises(KehuError, match="link_invalid"):
            await self.agrees(token, person)


@pytest.fixture
async def house(book: Book) -> House:
    house = House(book, await book.write(lambda tx: settle(tx, "zh")))
    house.zhang = (await house.does("li", lambda tx, a: customers.add(tx, a, CustomerWords(name="张三")))).id
    house.wu = (await house.does("li", lambda tx, a: customers.add(tx, a, CustomerWords(name="吴九")))).id
    return house


async def test_a_link_waits_until_somebody_agrees_and_is_then_theirs(house: House) -> None:
    token = await house.link(house.zhang)
    assert await house.link(house.zhang) == token
    guest = await house.agrees(token)
    assert (guest.role, guest.customer_id) == (Role.CUSTOMER, house.zhang)
    assert await house.agrees(token) == guest
    assert await house.book.write(lambda tx: guests.chats(tx, house.zhang)) == [(guest.guest_id, ZHANG, "zh")]
    assert await house.link(house.zhang) != token


async def test_a_forwarded_link_opens_nothing(house: House) -> None:
    token = await house.link(house.zhang)
    await house.agrees(token)
    await house.refused(token, FRIEND)


async def test_neither_does_another_customers_link(house: House) -> None:
    await house.agrees(await house.link(house.zhang))
    await house.refused(await house.link(house.wu), ZHANG)


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "' OR 1=1 --", "钥匙"])
async def test_neither_does_a_guess(house: House, token: str) -> None:
    await house.link(house.zhang)
    await house.refused(token, ZHANG)


async def test_nor_one_that_was_revoked_or_whose_customer_is_gone(house: House) -> None:
    old, wus = await house.link(house.zhang), await house.link(house.wu)
    assert await house.does("li", lambda tx, actor: guests.revoke(tx, actor, house.zhang))
    assert not await house.does("li", lambda tx, actor: guests.revoke(tx, actor, house.zhang))
    await house.refused(old, ZHANG)
    await house.agrees(await house.link(house.zhang))

    def archive(tx: Tx, actor: Actor) -> None:
        wu = customers.get(tx, actor, house.wu)
        customers.change(tx, actor, wu.id, wu.version, {"deleted_at": 1})

    await house.does("li", archive)
    await house.refused(wus, FRIEND)


async def test_several_people_of_one_customer_come_through_a_link_each(house: House) -> None:
    first = await house.agrees(await house.link(house.zhang))
    second = await house.agrees(await house.link(house.zhang), FRIEND)
    chats = await house.book.write(lambda tx: guests.chats(tx, house.zhang))
    assert [guest for guest, *_ in chats] == [first.guest_id, second.guest_id]


async def test_who_leaves_is_forgotten_and_may_come_back_through_a_new_link(house: House) -> None:
    token = await house.link(house.zhang)
    guest = await house.agrees(token)
    await house.book.write(lambda tx: guests.leave(tx, guest))
    assert await house.book.write(lambda tx: guests.actor(tx, ZHANG)) is None
    assert await house.book.write(lambda tx: guests.as_actor(tx, guest.guest_id)) is None
    assert await house.book.write(lambda tx: guests.chats(tx, house.zhang)) == []
    with pytest.raises(NotAllowed):
        await house.book.write(lambda tx: guests.leave(tx, guest))
    await house.refused(token, ZHANG)
    back = await house.agrees(await house.link(house.wu))
    assert (back.customer_id, back.guest_id != guest.guest_id) == (house.wu, True)


async def test_who_blocks_the_bot_is_not_written_to_until_they_return(house: House) -> None:
    await house.agrees(await house.link(house.zhang))
    await house.book.write(lambda tx: guests.set_reachable(tx, ZHANG, False))
    assert await house.book.write(lambda tx: guests.chats(tx, house.zhang)) == []
    await house.book.write(lambda tx: guests.set_reachable(tx, ZHANG, True))
    assert len(await house.book.write(lambda tx: guests.chats(tx, house.zhang))) == 1


@pytest.mark.parametrize("who", ["han", "su", "qian", "zhou"])
async def test_only_who_looks_after_a_customer_hands_out_the_link(house: House, who: str) -> None:
    with pytest.raises(NotAllowed):
        await house.does(who, lambda tx, actor: guests.link(tx, actor, house.zhang))
    with pytest.raises(NotAllowed):
        await house.does(who, lambda tx, actor: guests.revoke(tx, actor, house.zhang))
