"""Files that people send, while the process dies again and again: each is kept once, whole, and never in the clear.

CI runs a few rounds; `pytest tests/e2e/test_files.py --rounds 100` is the long proof.
"""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from bot.book import open_book
from bot.clock import Clock
from bot.config import as_toml, load
from bot.demo.standin import People, StandIn
from store import attachments, customers, interactions, staff
from store.db import Tx
from store.rules.models import CustomerWords
from tests.e2e.process import Process
from tests.house import STAFF, TOKEN, make_book

MARK = b"canary-in-a-file"
#: Bytes of a file: three parts of the store's.
SIZE = 1_400_000


async def test_files_survive_kills(tmp_path: Path, rounds: int) -> None:
    rng = random.Random(11)
    folder = tmp_path / "company"
    ids = await make_book(folder, Clock())
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    (folder / "config.toml").write_text(as_toml({
        "telegram": {"token": TOKEN, "base_url": standin.base_url, "base_file_url": standin.base_file_url},
        "telegram.limits": {"per_second": 10000.0, "chat_per_second": 10000.0, "chat_burst": 1000},
    }))  # fmt: skip
    sent: list[bytes] = []
    book = await open_book(load(folder / "config.toml"), Clock())
    try:
        await book.write(lambda tx: customers.add(tx, staff.as_actor(tx, ids["li"]), CustomerWords(name="customerli")))
        async with Process(folder) as bot, People(standin.url) as people:
            li = await people.person("李雷", language="zh", id=STAFF["li"][0], started=True)
            for place in range(rounds):
                sent.append(MARK + place.to_bytes(4, "big") + os.urandom(SIZE))
                await li.sends_file("offer.pdf", sent[-1], caption="customerli")
                await li.sees("记到 customerli", within=60)
                await li.taps("记下", within=60)
                await asyncio.sleep(rng.uniform(0, 0.8))  # anywhere between the tap and the last part
                await bot.kill()
                await bot.start()
            async with asyncio.timeout(120):
                while len(await book.read(_kept)) < rounds:  # noqa: ASYNC110 - another process writes them
                    await asyncio.sleep(0.2)
            assert sorted(await book.read(_kept)) == sorted(sent)
            assert await bot.terminate() == 0, bot.said()
    finally:
        await book.close()
        await standin.stop()
    looked = [path for path in (folder / "data").iterdir() if path.is_file()]
    assert [path.name for path in looked if MARK in path.read_bytes()] == []


def _kept(tx: Tx) -> list[bytes]:
    """The files of the customer's timeline that are in the book by now, each as often as it stands there."""
    li = staff.actor(tx, STAFF["li"][0], language="zh", zone="Asia/Shanghai")
    entries = [one.id for one in interactions.timeline(tx, li, 1, limit=10_000)]
    found = attachments.of(tx, li, "interaction", entries)
    hung = [file for files in found.values() for file in files]
    return [attachments.content(tx, li, file.id) for file in hung if file.state == "kept"]
