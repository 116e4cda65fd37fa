"""The figures behind the digest: whose they are, what counts as late, who is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from bot.clock import Clock
from store import customers, followups, interactions, staff, stats
from store.access import Actor
from store.db import Book, Tx
from store.errors import NotAllowed
from store.rules.models import Contacted, CustomerWords, Level
from store.rules.periods import Period, week
from store.stats import Figure, Report, What
from tests.house import SHANGHAI, settle

T = TypeVar("T")


class House:
    """A settled book whose people do things at hours of November 2026."""

    def __init__(self, book: Book, clock: Clock, ids: dict[str, int]) -> None:
        self.book, self.clock, self.ids = book, clock, ids

    async def does(self, who: str, day: int, hour: int, work: Callable[[Tx, Actor], T]) -> T:
        self.clock.set(datetime(2026, 11, day, hour, tzinfo=SHANGHAI))
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def adds(self, who: str, day: int, name: str, level: Level = Level.REGULAR) -> int:
        added = await self.does(
            who, day, 10, lambda tx, actor: customers.add(tx, actor, CustomerWords(name=name), level=level)
        )
        return added.id

    async def calls(self, who: str, day: int, customer: int) -> None:
        await self.does(who, day, 11, lambda tx, actor: interactions.add(tx, actor, customer, "打了", Contacted.CALL))

    async def reads(self, who: str, day: int = 23, hour: int = 9) -> Report:
        return await self.does(who, day, hour, lambda tx, actor: stats.report(tx, actor, last_week(tx)))


def _silent(tx: Tx, actor: Actor, at: datetime) -> list[str]:
    """Who is silent at the end of a week that ends at `at`."""
    return [line.customer.name for line in stats.rows(tx, actor, week(at.date(), at, SHANGHAI), What.SILENT)]


def last_week(tx: Tx) -> Period:
    return week((tx.now.astimezone(SHANGHAI) - timedelta(days=7)).date(), tx.now, SHANGHAI)


@pytest.fixture
async def house(book: Book, clock: Clock) -> House:
    return House(book, clock, await book.write(lambda tx: settle(tx, "zh")))


async def test_each_reader_counts_what_they_may_open(house: House) -> None:
    east, south = await house.adds("li", 17, "张三"), await house.adds("zhou", 17, "南方")
    await house.calls("li", 18, east)
    await house.calls("zhou", 18, south)
    assert (await house.reads("wang"))[What.NEW] == Figure(1, 0)
    assert (await house.reads("qian"))[What.CONTACTS] == Figure(1, 0)
    assert (await house.reads("boss"))[What.CONTACTS] == Figure(2, 0)
    for who in ("li", "su"):
        with pytest.raises(NotAllowed):
            await house.reads(who)


async def test_the_week_before_stands_beside_it(house: House) -> None:
    for day in (10, 11, 17):
        await house.adds("li", day, f"客户{day}")
    report = await house.reads("wang")
    assert report[What.NEW] == Figure(1, 2)
    assert not report.quiet


async def test_late_is_done_on_a_later_day(house: House) -> None:
    zhang = await house.adds("li", 16, "张三")

    async def planned(due_hour: int) -> int:
        due = datetime(2026, 11, 17, due_hour, tzinfo=SHANGHAI)
        task = await house.does("li", 16, 12, lambda tx, actor: followups.plan(tx, actor, zhang, due))
        return task.id

    first, second = await planned(9), await planned(17)
    await house.does("li", 17, 20, lambda tx, actor: followups.complete(tx, actor, first))
    await house.does("li", 18, 8, lambda tx, actor: followups.complete(tx, actor, second))
    report = await house.reads("wang")
    assert (report[What.DONE], report[What.LATE], report[What.MISSED]) == (Figure(2, 0), Figure(1, 0), Figure(0, 0))
    (li,) = report.people
    assert (li.name, li.done.now, li.late.now, li.missed.now) == ("李雷", 2, 1, 0)


async def test_silent_are_the_important_ones_past_their_cadence(house: House) -> None:
    vip = await house.adds("li", 3, "贵宾", Level.VIP)
    important = await house.adds("li", 1, "重要", Level.IMPORTANT)
    await house.adds("li", 1, "普通", Level.REGULAR)
    assert (await house.reads("wang"))[What.SILENT] == Figure(1, 0)  # three weeks: the VIP, whose cadence is two
    await house.calls("li", 23, vip)
    names = await house.does("wang", 30, 12, lambda tx, actor: _silent(tx, actor, tx.now))
    assert names == []
    decembers = datetime(2026, 12, 2, 9, tzinfo=SHANGHAI)
    names = await house.does("wang", 30, 12, lambda tx, actor: _silent(tx, actor, decembers))
    assert names == ["重要"]
    await house.calls("li", 30, important)


async def test_a_figure_and_its_rows_are_the_same(house: House) -> None:
    for day in (16, 17, 18):
        await house.calls("li", day, await house.adds("li", day, f"客户{day}"))
    report = await house.reads("wang")

    def rows(tx: Tx, actor: Actor) -> tuple[list[str], list[str]]:
        period = last_week(tx)
        return (
            [line.customer.name for line in stats.rows(tx, actor, period, What.NEW)],
            [line.customer.name for line in stats.rows(tx, actor, period, What.CONTACTS)],
        )

    new, contacted = await house.does("wang", 23, 9, rows)
    assert new == contacted == ["客户18", "客户17", "客户16"]
    assert report[What.NEW].now == report[What.CONTACTS].now == 3
    assert (await house.does("qian", 23, 9, rows)) == ([], [])
