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
    """aiosqlite's connection and thread, with two things more: a whole function in one hop, and one without a task."""

    def __init__(self, connector: Callable[[], Any], who: Who) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self.who = who

    async def call(self, work: Callable[[Any], T]) -> T:
        """Runs `work(connection)` on the connection's thread."""
        execute: Callable[..., Awaitable[T]] = self._execute
        return await execute(work, self._conn)

    def start(self, work: Callable[[Any], T], then: Callable[[T], None]) -> None:
        """Runs `work(connection)`, which must not raise, on the connection's thread, and then `then(result)` here."""
        loop = asyncio.get_running_loop()
        self._tx.put_nowait((None, lambda: loop.call_soon_threadsafe(then, work(self._conn))))


#: A function that waits for its turn, and who is told what came of it.
Waiting = tuple[Callable[[Tx], Any], "asyncio.Future[Any]"]
#: What a function returned, or raised.
Outcome = tuple[Any, Exception | None]
#: Runs a group of functions for somebody at a time; leaves the last of them for another turn when it must.
Serve = Callable[[Any, Who, datetime, list[Callable[[Tx], Any]]], list[Outcome]]


class _Turns:
    """Who waits for one of a few connections, `most` at a time. Those who ask in one turn of the loop share theirs."""

    def __init__(self, serve: Serve, most: int, clock: Clock) -> None:
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._serve = serve
        self._most = most
        self._clock = clock
        self._connections = 0
        self._idle: list[_Connection] = []
        self._waiting: deque[Waiting] = deque()

    def add(self, connection: _Connection) -> None:
        """One more connection that serves."""
        self._connections += 1
        self._idle.append(connection)

    async def ask(self, work: Callable[[Tx], T]) -> T:
        """What `work` returns; raises what it raises, and RuntimeError once nobody serves any more."""
        if not self._connections:
            raise RuntimeError("the book is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((work, future))
        self._at_rest.clear()
        if self._idle:
            loop.call_soon(self._begin)
        return await future

    async def end(self) -> None:
        """Returns once all who ask are served; nobody else is."""
        await self._at_rest.wait()
        self._connections = 0

    def _begin(self) -> None:
        while self._idle and self._waiting:
            if group := _next(self._waiting, self._most):
                self._give(self._idle.pop(), group)
        if len(self._idle) == self._connections:
            self._at_rest.set()

    def _give(self, connection: _Connection, group: list[Waiting]) -> None:
        now, works = self._clock(), [work for work, _ in group]

        def serve(raw: Any) -> list[Outcome]:
            try:
                return self._serve(raw, connection.who, now, works)
            except Exception as error:  # noqa: BLE001 - whoever waits for a broken connection is told
                return [(None, error)] * len(works)

        connection.start(serve, partial(self._end, connection, group))

    def _end(self, connection: _Connection, group: list[Waiting], outcomes: list[Outcome]) -> None:
        self._idle.append(connection)
        self._waiting.extendleft(reversed(group[len(outcomes) :]))
        _tell(group, outcomes)
        self._begin()


class Book:
    """The open book. One a process; `open` it, hand it functions, `close` it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._all: list[_Connection] = []
        self._writing = _Turns(_commit_group, GROUP, clock)
        self._reading = _Turns(_snapshot, READ_GROUP, clock)

    @classmethod
    async def open(cls, path: Path, key: bytes, *, clock: Clock, readers: int = 2, cache_mib: int = 96) -> Book:
        """Opens the file at `path` (made if it is not there) with a raw 256-bit key and brings it up to date.

        `cache_mib` is shared by all connections. Raises Unusable as `connect` and `migrate` do.
        """
        from store.migrate import migrate

        book = cls(path, clock)
        share = cache_mib * 1024 // (readers + 1)
        try:
            writer = await book._connect(key, share)
            await writer.call(lambda connection: migrate(connection, path, key, clock()))
            book._writing.add(writer)
            for _ in range(readers):
                reader = await book._connect(key, share)
                await reader.call(lambda connection: connection.execute("PRAGMA query_only = ON") and None)
                book._reading.add(reader)
        except BaseException:
            await book.close()
            raise
        return book

    async def _connect(self, key: bytes, cache_kib: int) -> _Connection:
        # Opened before aiosqlite's thread begins: a connector that raises would leave that thread behind.
        who = Who()
        raw = await asyncio.to_thread(connect, self.path, key, who, cache_kib=cache_kib)
        connection = _Connection(lambda: raw, who)
        await connection
        self._all.append(connection)
        return connection

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Runs `work(tx)` on a snapshot of what is committed by now. Writing in it fails.

        The snapshot may serve others, too, but only such as asked before it began: what they know to be committed must
        be in it.
        """
        return await self._reading.ask(work)

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work(tx)` in a write transaction and returns once it is on the disk; an exception undoes all of it.

        A caller that is cancelled while it waits may find the work done all the same, never half done.
        """
        return await self._writing.ask(work)

    async def close(self) -> None:
        """Waits for what is being written and read, folds the log into the file and closes every connection."""
        await self._writing.end()
        await self._reading.end()
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
