"""What one hop a statement costs against one hop a transaction (docs/decisions/0001).

    python -m benchmarks.hops

Writes the same rows with the same statements into the same encrypted file: each statement awaited on its own, then all
of a transaction in one function. The bound is the second; the ratio is what the first costs beside it.
"""

from __future__ import annotations

import asyncio
import secrets
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import aiosqlite

from store.db import Who, connect

STATEMENTS = 40
ROUNDS = 300


class _Connection(aiosqlite.Connection):
    async def call(self, work: Any) -> Any:
        execute: Any = self._execute
        return await execute(work, self._conn)


def _transaction(raw: Any) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for number in range(STATEMENTS - 2):
        raw.execute("INSERT INTO t VALUES (:n)", {"n": number})
    raw.execute("COMMIT")


async def _by_statement(connection: _Connection) -> None:
    await connection.call(lambda raw: raw.execute("BEGIN IMMEDIATE"))
    for number in range(STATEMENTS - 2):
        await connection.call(lambda raw, n=number: raw.execute("INSERT INTO t VALUES (:n)", {"n": n}))
    await connection.call(lambda raw: raw.execute("COMMIT"))


async def _measure(path: Path) -> None:
    connection = _Connection(lambda: connect(path, secrets.token_bytes(32), Who(), cache_kib=4096), 64)
    await connection
    await connection.call(lambda raw: raw.execute("CREATE TABLE t (n INTEGER)"))
    apart, together = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await _by_statement(connection)
        apart.append(time.perf_counter() - start)
        start = time.perf_counter()
        await connection.call(_transaction)
        together.append(time.perf_counter() - start)
    await connection.close()
    one, all_ = statistics.median(apart) * 1e3, statistics.median(together) * 1e3
    print(f"{STATEMENTS} statements, synchronous=FULL: one hop each {one:.2f} ms, one hop in all {all_:.2f} ms")
    print(f"ratio {one / all_:.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder) / "hops.db"))
