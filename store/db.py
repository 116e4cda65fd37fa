"""The encrypted file: one writer that commits in groups, a few readers, and the transaction that both hand out.

Whoever needs the book gives it a function of a transaction; the function runs whole on the connection's own thread:

    customer = await book.write(lambda tx: customers.add(tx, actor, new))
    found = await book.read(lambda tx: search.find(tx, actor, "张三"))

A function, not a `BEGIN` … `COMMIT` around awaits, because nothing can then come between its statements: no other task,
no cancellation, and one hop between threads instead of one a statement (docs/decisions/0001 has the figures). Functions
that wait for the writer at the same moment share one commit, each behind a savepoint of its own, so the price of
`synchronous=FULL` is paid once for all of them. Functions that wait for a reader share a snapshot, because every commit
empties the readers' page caches and each snapshot begins with deciphering the same pages anew.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiosqlite
from sqlcipher3 import dbapi2 as sqlcipher

from store.errors import Busy, Unusable

T = TypeVar("T")
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)

#: What each page is authenticated with: new files the first (docs/decisions/0009), files of before the second.
MACS = ("HMAC_SHA256", "HMAC_SHA512")
#: How many functions may share a commit. Beyond it the first of them would wait too long for its answer.
GROUP = 64
#: How many functions may share a snapshot, and after how many seconds the rest of them get a fresh one: a slow search
#: holds up no more than those that are in its group.
READ_GROUP, READ_SECONDS = 32, 0.02
#: SQLite's file header; a file that begins with it was never encrypted (https://www.sqlite.org/fileformat2.html).
PLAIN_HEADER = b"SQLite format 3\x00"
#: Milliseconds to wait for another process (`kehu owner-code`, a backup) that holds the write lock.
BUSY_TIMEOUT_MS = 5_000


class Row(Protocol):
    """A row: its columns by name."""

    def __getitem__(self, name: str) -> Any: ...

    def keys(self) -> list[str]:
        """The names of the columns."""
        ...


class Tx:
    """One transaction. Lives on its connection's thread and only as long as the function it was given to."""

    __slots__ = ("_connection", "_who", "cause", "change", "has_fresh", "now")

    def __init__(self, connection: Any, who: Who, now: datetime) -> None:
        self._connection = connection
        self._who = who
        self.now = now
        #: Why the journal says that something changed: the name of the route.
        self.cause = ""
        #: The journal's change that this transaction has begun, if it has.
        self.change: int | None = None
        #: Whether a customer's tokens were left for later (store/search_index.py).
        self.has_fresh = False

    def all(self, sql: str, **params: object) -> list[Row]:
        """Every row of a query."""
        return list(self._connection.execute(sql, params))

    def one(self, sql: str, **params: object) -> Row | None:
        """The first row, or None."""
        row: Row | None = self._connection.execute(sql, params).fetchone()
        return row

    def value(self, sql: str, **params: object) -> Any:
        """The first column of the first row, or None."""
        row = self._connection.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, **params: object) -> int:
        """Runs a statement; the number of rows it touched."""
        touched: int = self._connection.execute(sql, params).rowcount
        return touched

    def insert(self, sql: str, **params: object) -> int:
        """Runs an INSERT; the id of its row."""
        rowid: int = self._connection.execute(sql, params).lastrowid
        return rowid

    def many(self, sql: str, rows: Iterable[dict[str, object]]) -> None:
        """Runs one statement for each set of parameters."""
        self._connection.executemany(sql, list(rows))

    @property
    def pepper(self) -> bytes:
        """The file's secret behind keyed hashes (store/seal.py), asked for once a connection."""
        if self._who.pepper is None:
            self._who.pepper = bytes(self.value("SELECT value FROM secret WHERE name = 'pepper'"))
        return self._who.pepper

    def acts_for(self, *, staff: int = 0, guest: int = 0, visitor: int = 0) -> None:
        """Says for whom the views of predicate.sql are read: what `actor()`, `guest()` and `visitor()` answer in this
        transaction.
        """
        self._who.staff, self._who.guest, self._who.visitor = staff, guest, visitor


class Who:
    """For whom a connection reads just now; SQL asks it through `actor()`, `guest()` and `visitor()`."""

    __slots__ = ("guest", "pepper", "staff", "visitor")

    def __init__(self) -> None:
        self.staff = 0
        self.guest = 0
        self.visitor = 0
        self.pepper: bytes | None = None


def connect(path: Path, key: bytes, who: Who, *, cache_kib: int) -> Any:
    """A keyed connection of sqlcipher3. Raises Unusable when the file is plain, damaged, or made with another key."""
    if path.exists():
        with path.open("rb") as file:
            if file.read(16) == PLAIN_HEADER:
                raise Unusable("file_plain", 14, path=str(path))
    else:
        path.touch(mode=0o600)  # private from its first byte; SQLite gives the log and the index the same mode
    connection = _keyed(path, key)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = FAST")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    connection.row_factory = sqlcipher.Row
    connection.create_function("actor", 0, lambda: who.staff, deterministic=True)
    connection.create_function("guest", 0, lambda: who.guest, deterministic=True)
    connection.create_function("visitor", 0, lambda: who.visitor, deterministic=True)
    return connection


def _keyed(path: Path, key: bytes) -> Any:
    """A connection that has read the file's first page. Raises Unusable."""
    for mac in MACS:
        connection = sqlcipher.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=512,
            timeout=BUSY_TIMEOUT_MS / 1000,
        )  # fmt: skip
        try:
            # The raw key goes in before anything else touches the file; the log level first, or errors go to stderr.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute(f"PRAGMA cipher_hmac_algorithm = {mac}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError as error:
            connection.close()
            if "locked" in str(error):
                raise Unusable("file_locked", 15, path=str(path)) from None
        else:
            return connection
    raise Unusable("file_unreadable", 16, path=str(path))


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with one thing more: a whole function in one hop."""

    def __init__(self, connector: Callable[[], Any]) -> None:
        super().__init__(connector, iter_chunk_size=64)

    async def call(self, work: Callable[[Any], T]) -> T:
        """Runs `work(connection)` on the connection's thread."""
        execute: Callable[..., Awaitable[T]] = self._execute
        return await execute(work, self._conn)


#: A function that waits for its turn, and who is told what came of it.
Waiting = tuple[Callable[[Tx], Any], "asyncio.Future[Any]"]
#: What a function returned, or raised.
Outcome = tuple[Any, Exception | None]


class Book:
    """The open book. One a process; `open` it, hand it functions, `close` it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._writer: _Connection
        self._write_who = Who()
        self._idle: list[tuple[_Connection, Who]] = []
        self._asking: deque[Waiting] = deque()
        self._reading: set[asyncio.Task[None]] = set()
        self._all: list[_Connection] = []
        self._waiting: deque[Waiting] = deque()
        self._committing: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, key: bytes, *, clock: Clock, readers: int = 2, cache_mib: int = 96) -> Book:
        """Opens the file at `path` (made if it is not there) with a raw 256-bit key and brings it up to date.

        `cache_mib` is shared by all connections. Raises Unusable as `connect` and `migrate` do.
        """
        from store.migrate import migrate

        book = cls(path, clock)
        share = cache_mib * 1024 // (readers + 1)
        try:
            book._writer = await book._connect(key, book._write_who, share)
            await book._writer.call(lambda connection: migrate(connection, path, key, clock()))
            for _ in range(readers):
                who = Who()
                reader = await book._connect(key, who, share)
                await reader.call(lambda connection: connection.execute("PRAGMA query_only = ON") and None)
                book._idle.append((reader, who))
        except BaseException:
            await book.close()
            raise
        return book

    async def _connect(self, key: bytes, who: Who, cache_kib: int) -> _Connection:
        # Opened before aiosqlite's thread begins: a connector that raises would leave that thread behind.
        raw = await asyncio.to_thread(connect, self.path, key, who, cache_kib=cache_kib)
        connection = _Connection(lambda: raw)
        await connection
        self._all.append(connection)
        return connection

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Runs `work(tx)` on a snapshot of what is committed by now. Writing in it fails."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asking.append((work, future))
        self._set_to_reading()
        return await future

    def _set_to_reading(self) -> None:
        if self._idle and self._asking:
            task = asyncio.create_task(self._read(*self._idle.pop()))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _read(self, connection: _Connection, who: Who) -> None:
        """Answers who asks, a group a snapshot, until nobody does. A snapshot serves only who asked before it began:
        what they know to be committed must be in it.
        """
        try:
            while self._asking:
                group = _next(self._asking, READ_GROUP)
                works = [work for work, _ in group]
                outcomes = await connection.call(partial(_snapshot, who=who, now=self.clock(), works=works))
                self._asking.extendleft(reversed(group[len(outcomes) :]))
                _tell(group, outcomes)
        finally:
            self._idle.append((connection, who))

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work(tx)` in a write transaction and returns once it is on the disk; an exception undoes all of it.

        A caller that is cancelled while it waits may find the work done all the same, never half done.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await future

    async def _commit(self) -> None:
        try:
            while self._waiting:
                group = _next(self._waiting, GROUP)
                works = [work for work, _ in group]
                outcomes = await self._writer.call(
                    partial(_commit_group, who=self._write_who, now=self.clock(), works=works)
                )
                _tell(group, outcomes)
        finally:
            self._committing = None

    async def close(self) -> None:
        """Waits for what is being written and read, folds the log into the file and closes every connection."""
        if self._committing is not None:
            await self._committing
        if self._reading:
            await asyncio.wait(self._reading)
        for connection in reversed(self._all):
            await connection.close()
        self._all.clear()


def _next(waiting: deque[Waiting], most: int) -> list[Waiting]:
    """Takes the next group from those who wait, without who was cancelled meanwhile."""
    group = [waiting.popleft() for _ in range(min(most, len(waiting)))]
    return [(work, future) for work, future in group if not future.done()]


def _tell(group: list[Waiting], outcomes: list[Outcome]) -> None:
    """Gives those of a group whose functions ran what came of them."""
    for (_, future), (result, error) in zip(group, outcomes, strict=False):
        if future.done():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def _snapshot(raw: Any, who: Who, now: datetime, works: list[Callable[[Tx], Any]]) -> list[Outcome]:
    """One snapshot for all of `works`, or for the first of them when they take too long."""
    outcomes: list[Outcome] = []
    until = time.monotonic() + READ_SECONDS
    try:
        raw.execute("BEGIN")
        for work in works:
            outcomes.append(_tried(raw, who, now, work))
            if time.monotonic() > until:
                break
        raw.execute("ROLLBACK")
    except Exception as error:  # noqa: BLE001 - whoever waits for this snapshot is told
        log.warning("a snapshot failed: %s", type(error).__name__)
        return [(None, error)] * len(works)
    return outcomes


def _tried(raw: Any, who: Who, now: datetime, work: Callable[[Tx], Any]) -> Outcome:
    try:
        return work(Tx(raw, who, now)), None
    except Exception as error:  # noqa: BLE001 - whoever asked is told
        return None, error
    finally:
        who.staff = who.guest = who.visitor = 0


def _commit_group(raw: Any, who: Who, now: datetime, works: list[Callable[[Tx], Any]]) -> list[Outcome]:
    """One transaction for all of `works`: each behind its savepoint, so that one that fails undoes only itself.

    A work alone needs none: a savepoint keeps a copy of every page that is written.
    """
    outcomes: list[Outcome] = []
    alone = len(works) == 1
    try:
        raw.execute("BEGIN IMMEDIATE")
        for work in works:
            if not alone:
                raw.execute("SAVEPOINT one")
            result, error = _tried(raw, who, now, work)
            outcomes.append((result, error))
            if error is not None:  # (a full disk or a broken file takes the whole transaction with it: then this fails)
                raw.execute("ROLLBACK" if alone else "ROLLBACK TO one")
            if not alone:
                raw.execute("RELEASE one")
        if raw.in_transaction:
            raw.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 - whoever waits for this commit is told
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        log.warning("a commit failed: %s", type(error).__name__)
        fault = Busy() if isinstance(error, sqlcipher.OperationalError) else error
        return [(None, fault)] * len(works)
    return outcomes
