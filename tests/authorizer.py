"""SQLite itself watches that what belongs to customers is read through the predicate's views only.

`watch` puts an authorizer (https://www.sqlite.org/c3ref/set_authorizer.html) on a connection: a read of a customer's
table that comes through no view is refused when the statement is prepared, whatever the rows are. The `watched` fixture
puts it on every book that a test opens, wherever a conftest.py imports it. A test that plays the burglar, or looks at
the tables themselves, says `await unwatch(book)` first.

    SELECT sealed FROM customer           refused
    SELECT sealed FROM customer_own       fine: what it shows is the predicate's to say
    UPDATE … WHERE id = … AND version = … fine: the few columns that tell nothing may be named
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from store.db import Book
from tests.personal_columns import CUSTOMERS

#: Columns that statements may name outside the views: writing needs them, and they tell nothing about anybody.
BARE = frozenset({"id", "version", "customer_id", "key_id", "tag_id", "field_id"})
#: Said of a table in a view of which a statement uses no column but the id: SQLite then names neither view nor column.
ALSO = frozenset({("seal_key", ""), ("customer_find", "")})


def judge(action: int, table: str | None, column: str | None, _: str | None, through: str | None) -> int:
    """What SQLite asks for each column that a statement reads; `through` is the view or trigger that reads it."""
    if action != sqlcipher.SQLITE_READ or table not in CUSTOMERS or through is not None:
        return int(sqlcipher.SQLITE_OK)
    if column in BARE or (table, column) in ALSO:
        return int(sqlcipher.SQLITE_OK)
    return int(sqlcipher.SQLITE_DENY)


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book that this test opens is watched from the moment that its migrations are done."""
    opening = vars(Book)["open"].__func__

    async def watched_open(cls: type[Book], *args: Any, **options: Any) -> Book:
        book: Book = await opening(cls, *args, **options)
        for connection in book._all:
            await connection.call(watch)
        return book

    monkeypatch.setattr(Book, "open", classmethod(watched_open))


async def unwatch(book: Book) -> None:
    """Lets this book be read in any way from here on."""
    for connection in book._all:
        await connection.call(lambda raw: raw.set_authorizer(None))


def watch(connection: Any) -> None:
    """Puts the authorizer on a connection of sqlcipher3."""
    connection.set_authorizer(judge)
