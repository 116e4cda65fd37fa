"""The encrypted file: what a commit promises, and what opening refuses."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from bot.clock import Clock
from store.db import READ_GROUP, READ_SECONDS, Book, Tx
from store.errors import Unusable
from store.settings import get, put


async def test_a_function_that_fails_undoes_only_itself(book: Book) -> None:
    """Functions that share a commit stand behind savepoints of their own."""

    def good(tx: Tx) -> None:
        put(tx, "good", "kept")

    def bad(tx: Tx) -> None:
        put(tx, "bad", "lost")
        raise LookupError("on purpose")

    outcomes = await asyncio.gather(*(book.write(work) for work in (good, bad, good)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), LookupError, type(None)]
    assert await book.read(lambda tx: (get(tx, "good", ""), get(tx, "bad", ""))) == ("kept", "")


async def test_a_cancelled_caller_leaves_no_transaction_open(book: Book) -> None:
    task = asyncio.create_task(book.write(lambda tx: put(tx, "cancelled", "whole")))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await book.write(lambda tx: put(tx, "next", "works"))
    assert await book.read(lambda tx: get(tx, "next", "")) == "works"


async def test_a_reader_sees_what_is_committed_and_cannot_write(book: Book) -> None:
    await book.write(lambda tx: put(tx, "name", "value"))
    assert await book.read(lambda tx: get(tx, "name", "")) == "value"
    with pytest.raises(Exception, match="readonly"):
        await book.read(lambda tx: put(tx, "name", "other"))


async def test_a_cancelled_reader_gives_its_connection_back(book: Book) -> None:
    for _ in range(6):
        task = asyncio.create_task(book.read(lambda tx: get(tx, "a", "")))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        assert await book.read(lambda tx: get(tx, "a", "none")) == "none"


async def test_a_reader_that_fails_fails_alone(book: Book) -> None:
    """Functions that share a snapshot don't share their faults, nor for whom they read."""
    seen: list[object] = []

    def good(tx: Tx) -> int:
        seen.append(tx.value("SELECT actor()"))
        tx.acts_for(staff=7)
        return int(tx.value("SELECT actor()"))

    def bad(tx: Tx) -> None:
        tx.acts_for(staff=8)
        raise LookupError("on purpose")

    outcomes = await asyncio.gather(*(book.read(work) for work in (good, bad, good)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, LookupError, int]
    assert seen == [0, 0]


async def test_what_is_known_to_be_committed_is_in_the_snapshot(book: Book) -> None:
    """Also for those who ask while slow ones hold up their group."""

    def slow(tx: Tx) -> str:
        time.sleep(READ_SECONDS / 2)
        return get(tx, "count", "0")

    async def writes_and_reads(name: str) -> None:
        for number in range(5):
            await book.write(partial(put, name=name, value=str(number)))
            assert await book.read(lambda tx: get(tx, name, "none")) == str(number)

    readers = (book.read(slow) for _ in range(4 * READ_GROUP))
    async with asyncio.timeout(20):
        await asyncio.gather(*readers, *(writes_and_reads(f"of {person}") for person in range(8)))


async def test_who_asks_a_broken_connection_is_told_and_waits_for_nothing(book: Book) -> None:
    """Also when not even the rollback can be made; who reads is not in it."""
    await book.write(lambda tx: put(tx, "name", "value"))
    await book._all[0].call(lambda raw: raw.close())
    for _ in range(2):
        with pytest.raises(sqlcipher.ProgrammingError):
            async with asyncio.timeout(20):
                await book.write(lambda tx: put(tx, "name", "other"))
    assert await book.read(lambda tx: get(tx, "name", "")) == "value"


async def test_the_file_is_not_a_plain_database(book: Book) -> None:
    await book.write(lambda tx: put(tx, "canary", "needle-in-the-file"))
    for path in book.path.parent.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        assert b"needle-in-the-file" not in content


@pytest.mark.parametrize("fault", ["plain", "other key", "damaged", "newer"])
async def test_what_can_not_be_opened_is_said_with_a_code_of_its_own(tmp_path: Path, clock: Clock, fault: str) -> None:
    path, key = tmp_path / "book.db", secrets.token_bytes(32)
    code = {"plain": 14, "other key": 16, "damaged": 16, "newer": 17}[fault]
    if fault == "plain":
        with sqlite3.connect(path) as plain:
            plain.execute("CREATE TABLE t (n)")
    else:
        book = await Book.open(path, key, clock=clock)
        if fault == "newer":
            await book.write(lambda tx: tx.run("INSERT INTO migration VALUES (9999, 'x', 'x', 0)"))
        await book.close()
    if fault == "other key":
        key = secrets.token_bytes(32)
    if fault == "damaged":
        content = bytearray(path.read_bytes())
        content[100] ^= 1
        path.write_bytes(content)
    with pytest.raises(Unusable) as refused:
        await Book.open(path, key, clock=clock)
    assert refused.value.code == code


async def test_a_file_whose_pages_carry_sha512_is_opened_as_before(tmp_path: Path, clock: Clock) -> None:
    path, key = tmp_path / "book.db", secrets.token_bytes(32)
    before = sqlcipher.connect(str(path))
    before.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    before.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA512")
    before.execute("CREATE TABLE anything (n)")
    before.close()
    for name in ("one", "two"):
        book = await Book.open(path, key, clock=clock)
        await book.write(partial(put, name=name, value="kept"))
        assert await book.read(lambda tx: get(tx, "one", "")) == "kept"
        assert await book.read(lambda tx: tx.all("PRAGMA cipher_integrity_check")) == []
        await book.close()


async def test_a_landed_migration_is_frozen(tmp_path: Path, clock: Clock) -> None:
    path, key = tmp_path / "book.db", secrets.token_bytes(32)
    book = await Book.open(path, key, clock=clock)
    await book.write(lambda tx: tx.run("UPDATE migration SET checksum = 'another' WHERE number = 1"))
    await book.close()
    with pytest.raises(Unusable) as refused:
        await Book.open(path, key, clock=clock)
    assert refused.value.key == "migration_changed"
