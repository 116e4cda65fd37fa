"""Lists: what a filter and an order show equals what looking at every customer shows, for everybody, page by page."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks import book as made
from store import customers, selecting
from store.access import ALL, Actor
from store.db import Book, Row, Tx
from store.rules import pinyin
from store.rules.models import Customer, Level, Role, Stage
from store.selecting import LONG, Filters, Range, Sort
from store.times import to_ms
from tests.authorizer import unwatch
from tests.store.conftest import TEN_THOUSAND

ROUNDS = 160
LEVELS = {Level.VIP: 3, Level.IMPORTANT: 12, Level.REGULAR: 35, Level.POTENTIAL: 50}
STAGES = {Stage.LEAD: 60, Stage.CUSTOMER: 30, Stage.LAPSED: 9, Stage.PROPOSAL: 1}
REGIONS = (None, "CN-ZJ", "CN-ZJ/杭州", "CN-ZJ/宁波", "CN-SH", "GB")
DAY = 86_400_000


def tag_of(customer_id: int) -> int:
    """Which tag somebody carries: of five, the first is rare."""
    return 1 if customer_id % 40 == 0 else 2 + customer_id % 4


def amount_of(customer_id: int) -> float:
    """What somebody has in the eighth field."""
    return customer_id % 7 + (0.5 if customer_id % 2 else 0)


def day_of(customer_id: int) -> str:
    """And in the ninth."""
    return f"2026-{1 + customer_id % 12:02}-{1 + customer_id % 28:02}"


RANGES = (
    Range(8, low=3), Range(8, low=3, above=True), Range(8, low=1.5, high=4), Range(8, high=2, below=True),
    Range(9, low="2026-11-01", high="2026-11-30"), Range(9, high="2026-03-01", below=True), Range(9, low="2027-01-01"),
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """Where the book lies, its customers, and everybody of the company who lists."""

    folder: Path
    everybody: list[Customer]
    members: list[Actor]
    reach: dict[int, set[int]]
    _visible: dict[int, dict[int, bool]] = field(default_factory=dict)

    def visible(self, actor: Actor) -> dict[int, bool]:
        """Whom the actor may find, by id, and whether masked."""
        if actor.id not in self._visible:
            found = ((one.id, self._sees(actor, one)) for one in self.everybody)
            self._visible[actor.id] = {number: masked for number, masked in found if masked is not None}
        return self._visible[actor.id]

    def _sees(self, actor: Actor, one: Customer) -> bool | None:
        """Whether the actor may find a customer, by the words of the product and no view: True masked, None not."""
        if actor.role is Role.OWNER:
            return False
        reached = one.team_id in self.reach[actor.id]
        if actor.role is Role.MANAGER:
            return False if reached else None
        if actor.role is Role.SUPPORT:
            return True if reached else None
        return False if one.owner_id == actor.id else True if one.owner_id is None and reached else None


@pytest.fixture(scope="module")
def listed(ten_thousand: Path, tmp_path_factory: pytest.TempPathFactory) -> Listed:
    """The book, with what lists tell apart, made and read once for the module."""
    folder = tmp_path_factory.mktemp("listed")
    shutil.copy(made.place(ten_thousand, TEN_THOUSAND), folder)

    async def make() -> Listed:
        book = await made.opened(folder, TEN_THOUSAND)
        await book.write(_vary)
        listed = await book.read(lambda tx: _look(tx, folder))
        await book.close()
        return listed

    return asyncio.run(make())


def _vary(tx: Tx) -> None:
    dice = random.Random(21)
    made._join(tx, 500, Role.SUPPORT, 1)
    for customer_id in range(1, TEN_THOUSAND + 1):
        tx.run(
            "UPDATE customer SET level = :level, stage = :stage, last_contact_at = :at, deleted_at = :gone,"
            " region = :region, industry = :industry WHERE id = :id",
            region=dice.choice(REGIONS), industry=dice.choice(["trade", "retail", "12"]),
            level=dice.choices(list(LEVELS), list(LEVELS.values()))[0],
            stage=dice.choices(list(STAGES), list(STAGES.values()))[0],
            at=None if dice.random() < 0.4 else to_ms(tx.now) - dice.randrange(90) * DAY,
            gone=1 if dice.random() < 0.02 else None, id=customer_id,
        )  # fmt: skip
    for customer_id in range(1, TEN_THOUSAND + 1):
        tx.run("INSERT INTO customer_tag VALUES (:tag, :id)", tag=tag_of(customer_id), id=customer_id)
        tx.run("INSERT INTO customer_value VALUES (7, :id, :value)", value=customer_id % 3, id=customer_id)
        tx.run("INSERT INTO customer_value VALUES (8, :id, :value)", value=amount_of(customer_id), id=customer_id)
        tx.run("INSERT INTO customer_value VALUES (9, :id, :value)", value=day_of(customer_id), id=customer_id)
    tx.run("DELETE FROM customer_find WHERE id IN (SELECT id FROM customer WHERE deleted_at IS NOT NULL)")


@pytest.fixture
async def book(listed: Listed) -> AsyncIterator[Book]:
    book = await made.opened(listed.folder, TEN_THOUSAND, cache_mib=16)
    yield book
    await book.close()


def _look(tx: Tx, folder: Path) -> Listed:
    rows = tx.all("SELECT * FROM customer_index")
    reach: dict[int, set[int]] = {}
    for row in tx.all("SELECT staff_id, team_id FROM reach"):
        reach.setdefault(row["staff_id"], set()).add(row["team_id"])
    return Listed(folder, [customers.from_row(row, ALL) for row in rows], _members(tx), reach)


def _members(tx: Tx) -> list[Actor]:
    return [made.member(tx, telegram_id) for telegram_id in (1, 2, 500, *range(3, 15))]


def _fits(one: Customer, filters: Filters) -> bool:
    last = one.last_contact_at or one.created_at
    return (
        not one.archived
        and filters.level in (None, one.level)
        and filters.stage in (None, one.stage)
        and (filters.owner is None or filters.owner == (one.owner_id or 0))
        and (filters.silent is None or last < made.NOW - timedelta(days=filters.silent))
        and filters.region in (None, one.region, (one.region or "").partition("/")[0])
        and filters.industry in (None, one.industry)
        and filters.tag in (None, tag_of(one.id))
        and filters.field in (None, (7, one.id % 3))
        and (filters.range is None or _between(one.id, filters.range))
    )


def _between(customer_id: int, asked: Range) -> bool:
    value: Any = amount_of(customer_id) if asked.field == 8 else day_of(customer_id)
    low = asked.low is None or (value > asked.low if asked.above else value >= asked.low)
    return low and (asked.high is None or (value < asked.high if asked.below else value <= asked.high))


def _by_name(one: Customer) -> str:
    if one.name.isascii():
        return one.name.lower().replace("'", "")
    return " ".join(part[0] for part in pinyin.syllables(one.name))


_KEYS: dict[Sort, Callable[[Customer], tuple[float | int | str, ...]]] = {
    Sort.RECENT: lambda one: (-one.updated_at.timestamp(), -one.id),
    Sort.NAME: lambda one: (_by_name(one), one.id),
    Sort.CONTACT: lambda one: ((one.last_contact_at or one.created_at).timestamp(), one.id),
    Sort.LEVEL: lambda one: (list(LEVELS).index(one.level), -one.updated_at.timestamp(), -one.id),
}


def _expected(listed: Listed, actor: Actor, filters: Filters, sort: Sort) -> list[int]:
    masked = listed.visible(actor)
    # What a masked reader doesn't see, nobody can try out.
    hidden = filters.field is not None or filters.range is not None
    seen = [one for one in listed.everybody if one.id in masked and not (hidden and masked[one.id])]
    fitting = [one for one in seen if _fits(one, filters)]
    return [one.id for one in sorted(fitting, key=lambda one: (masked[one.id], *_KEYS[sort](one)))]


def _some(dice: random.Random, actor: Actor) -> Filters:
    return Filters(
        level=dice.choice([None, None, *Level]),
        stage=dice.choice([None, None, None, *STAGES]),
        owner=dice.choice([None, None, None, 0, actor.id, 3]),
        silent=dice.choice([None, None, 30, 60]),
        region=dice.choice([None, None, *REGIONS]),
        industry=dice.choice([None, None, "trade", "12"]),
        tag=dice.choice([None, None, None, 1, 2]),
        field=dice.choice([None, None, None, (7, 1), (7, 5)]),
        range=dice.choice([None, None, None, *RANGES]),
    )


async def test_a_list_is_what_looking_at_everybody_shows(listed: Listed, book: Book) -> None:
    dice = random.Random(8)
    lengths = set()
    for _ in range(ROUNDS):
        actor, sort = dice.choice(listed.members), dice.choice(list(Sort))
        filters = dice.choice([Filters(), _some(dice, actor), _some(dice, actor)])
        expected = _expected(listed, actor, filters, sort)
        lengths.add(min(len(expected), LONG))
        skip = dice.choice([0, 8, dice.randrange(len(expected) + 20)])
        page = partial(selecting.select, actor=actor, filters=filters, sort=sort, skip=skip, limit=9)
        found = await book.read(page)
        assert [one.id for one in found] == expected[skip : skip + 9], (actor.role, filters, sort, skip)
        assert all(one.masked is listed.visible(actor)[one.id] for one in found)
        number = await book.read(partial(selecting.count, actor=actor, filters=filters))
        assert number == min(len(expected), LONG)
    assert {0, LONG} < lengths


async def test_support_has_the_customers_of_its_cases_first_and_once(listed: Listed, book: Book) -> None:
    await unwatch(book)
    support = next(actor for actor in listed.members if actor.role is Role.SUPPORT)
    reached = _expected(listed, support, Filters(), Sort.RECENT)
    unmasked = reached[40]

    def open_case(tx: Tx) -> list[Customer]:
        tx.run(
            "INSERT INTO complaint (key_id, customer_id, team_id, assignee_id, opened_at, created_at, updated_at,"
            " sealed) VALUES (0, :customer, :team, :me, 1, 1, 1, x'')",
            customer=unmasked, team=support.team_id, me=support.id,
        )  # fmt: skip
        first, last = selecting.select(tx, support, limit=50), selecting.select(tx, support, skip=1, limit=50)
        tx.run("DELETE FROM complaint")
        assert first[1:] == last[:-1]
        return first

    found = await book.write(open_case)
    assert [one.id for one in found] == [unmasked, *(one for one in reached if one != unmasked)][:50]
    assert [one.masked for one in found[:2]] == [False, True]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("role", [Role.SALESPERSON, Role.MANAGER, Role.OWNER])
async def test_no_list_is_read_from_one_end_of_the_book_to_the_other(book: Book, role: Role, sort: Sort) -> None:
    """SQLite's own plan: each table is entered by an index; and the order of long lists is that of an index."""
    plans = await book.read(lambda tx: _plans(tx, next(one for one in _members(tx) if one.role is role), sort))
    assert plans
    for plan in plans:
        assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step], plan
        if sort in (Sort.RECENT, Sort.NAME):
            assert not [step for step in plan if "TEMP B-TREE" in step], plan


def _plans(tx: Tx, actor: Actor, sort: Sort) -> list[list[str]]:
    asked: list[list[str]] = []
    reading = tx.all

    def explaining(sql: str, **params: object) -> list[Row]:
        if sql.startswith("SELECT c.id"):
            asked.append([row["detail"] for row in reading(f"EXPLAIN QUERY PLAN {sql}", **params)])
        return reading(sql, **params)

    class Explaining(Tx):
        __slots__ = ()

        def all(self, sql: str, **params: object) -> list[Row]:
            return explaining(sql, **params)

    watching = Explaining(tx._connection, tx._who, tx.now)
    selecting.select(watching, actor, Filters(owner=None), sort)
    return asked
