"""What the file needs when nobody is at work is done at night, in everybody's zone, once a night."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock
from store import customers, own_day, search_index, staff, upkeep
from store.db import Book
from store.rules.models import CustomerWords
from tests.house import SHANGHAI
from tests.store.firm import Firm

NIGHT = datetime(2026, 11, 21, 3, tzinfo=SHANGHAI)


async def steps(book: Book) -> int:
    """How many steps are done before there is nothing more to do."""
    done = 0
    while await book.write(upkeep.step):
        done += 1
        assert done < 1_000
    return done


async def knows(firm: Firm) -> None:
    """Customers, added one by one: the index is in as many pieces."""
    for place in range(20):
        await firm.does("seller", customers.add, CustomerWords(name=f"客户{place}"))
        await firm.book.write(search_index.catch_up)


async def test_the_index_is_merged_at_night_and_once(book: Book, clock: Clock) -> None:
    firm = Firm(book)
    assert await steps(book) == 0, "nobody sleeps in an empty house"
    await firm.begin()
    await knows(firm)
    assert await steps(book) == 0, "it is ten in the morning"
    clock.set(NIGHT)
    assert await steps(book) > 0
    await knows(firm)
    assert await steps(book) == 0, "it was done this night"
    clock.set(NIGHT + timedelta(days=1))
    assert await steps(book) > 0


async def test_it_waits_while_somebody_is_awake(book: Book, clock: Clock) -> None:
    """Three in the morning in Shanghai is seven in the evening in London."""
    firm = Firm(book)
    await firm.begin()
    await knows(firm)
    await firm.does("other", own_day.set_zone, "Europe/London")
    clock.set(NIGHT)
    assert await steps(book) == 0
    await firm.does("owner", staff.set_active, firm.ids["other"], False)
    assert await steps(book) > 0, "who was let out keeps nobody awake"
