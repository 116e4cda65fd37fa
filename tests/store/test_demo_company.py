"""The demo's company: nobody works at night, nobody is spoken with before they are known, and some were forgotten."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock
from bot.demo import seed
from store import access, selecting, staff
from store.access import Actor
from store.db import Book, Row, Tx
from store.rules.models import Role
from store.selecting import Filters
from store.times import from_ms
from tests.house import BEGIN

NOON = BEGIN + timedelta(days=6)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_it_has_lived_as_companies_do(book: Book, clock: Clock, language: str) -> None:
    await seed.seed(book, clock, language, NOON)

    def look(tx: Tx) -> list[tuple[list[Row], int]]:
        sellers = [staff.as_actor(tx, one) for one in staff.with_role(tx, Role.SALESPERSON)]
        return [(_times(tx, one), selecting.count(tx, one, Filters(silent=30))) for one in sellers]

    for times, forgotten in await book.read(look):
        assert forgotten
        assert times
        for row in times:
            assert row["at"] > row["created_at"]
            assert 9 <= from_ms(row["at"]).astimezone(ZoneInfo(seed.ZONE)).hour < 19


def _times(tx: Tx, seller: Actor) -> list[Row]:
    access.stand(tx, seller)
    return tx.all("SELECT i.at, c.created_at FROM interaction_own i JOIN customer_own c ON c.id = i.customer_id")
