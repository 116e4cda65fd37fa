"""How long adding a customer takes: the customer, the index, the journal and the answer, in one commit on the disk.

    python -m benchmarks.writes --customers 1000000

Each is what one line and one tap leave in the book: the sealed record and its key, its entry in the journal's chain,
the hashes of its contacts, what it is found by, the inbox's mark and the outbox's row, committed with
`synchronous=FULL` before the next begins. A bare insert of a row of that size into the same file, committed the same
way, stands beside it, in turn. The book is a copy of `benchmarks.book`'s, which stays as it is. Ends with the limits,
held against the clock (nothing else should run), and with exit code 1 when one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.book import FIRST_SALESPERSON_ID, KEY, NOW, member, opened, people, place
from benchmarks.search import p99
from store import customers, queue
from store.access import Actor
from store.db import Book, Tx
from store.queue import Arrived, Letter
from store.rules.models import CustomerWords

#: Milliseconds, from the issue that asked for it.
P50, P99 = 2.5, 30.0
#: Adds before the measurement.
WARM_UP = 100
#: Bytes of a sealed customer, and of an answer.
SEALED, ANSWER = 320, 240
#: Update numbers of ours are above those of any other.
FIRST_UPDATE = 10**9


def _add(tx: Tx, actor: Actor, words: CustomerWords, number: int) -> None:
    """What saving one line leaves."""
    queue.finish(tx, FIRST_UPDATE + number)
    added = customers.add(tx, actor, words)
    queue.post(tx, Letter(actor.id, b"x" * ANSWER, "zh", staff_id=actor.id, customer_id=added.id))


def _bare(tx: Tx) -> None:
    tx.run("INSERT INTO bare (sealed) VALUES (:sealed)", sealed=b"x" * SEALED)


def _prepare(tx: Tx, number: int) -> list[Actor]:
    tx.run("CREATE TABLE bare (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL)")
    queue.accept(tx, [Arrived(FIRST_UPDATE + each, 1, b"{}") for each in range(number)])
    return [member(tx, FIRST_SALESPERSON_ID + at) for at in range(20)]


async def measure(book: Book, number: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each add and of each bare insert, taken in turn."""
    members = await book.write(lambda tx: _prepare(tx, number))
    adds: list[float] = []
    bares: list[float] = []
    for at, words in enumerate(islice(people(seed=99), number)):
        actor = members[at % len(members)]
        began = time.perf_counter()
        await book.write(partial(_add, actor=actor, words=words, number=at))
        between = time.perf_counter()
        await book.write(_bare)
        adds.append((between - began) * 1000)
        bares.append((time.perf_counter() - between) * 1000)
    return adds[WARM_UP:], bares[WARM_UP:]


def _copied(source: Path, to: Path) -> None:
    """A copy that is on the disk: else the disk would be busy with it while the adds are measured."""
    shutil.copyfile(source, to)
    with to.open("rb") as file:
        os.fsync(file.fileno())


def report(adds: list[float], bares: list[float]) -> bool:
    """Prints the figures; whether both limits were kept."""
    print(f"{'milliseconds':28}{'p50':>8}{'p99':>8}{'most':>8}")
    for name, times in (("one line, one tap: an add", adds), ("a bare insert", bares)):
        print(f"{name:28}{statistics.median(times):8.2f}{p99(times):8.2f}{max(times):8.2f}")
    print(f"{'ratio':28}{statistics.median(adds) / statistics.median(bares):8.2f}{p99(adds) / p99(bares):8.2f}")
    kept = statistics.median(adds) <= P50 and p99(adds) <= P99
    print(f"{'kept  ' if kept else 'MISSED'} p50 ≤ {P50} ms, p99 ≤ {P99} ms")
    return kept


async def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--adds", type=int, default=2_000)
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/kehu-benchmarks"))
    options = parser.parse_args()
    await (await opened(options.folder, options.customers)).close()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        copy = Path(scratch) / "writes.db"
        await asyncio.to_thread(_copied, place(options.folder, options.customers), copy)
        book = await Book.open(copy, KEY, clock=lambda: NOW)
        try:
            adds, bares = await measure(book, options.adds + WARM_UP)
        finally:
            await book.close()
    return 0 if report(adds, bares) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(_main()))
