"""The process dies without a warning, again and again, in the middle of conversations: nothing is lost or done twice.

CI runs a few rounds; `pytest tests/e2e/test_kill.py --rounds 200` is the long proof.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.book import open_book
from bot.clock import Clock
from bot.config import as_toml, load
from bot.demo.standin import People, Person, StandIn
from store import customers, interactions, journal, staff
from store.db import Tx
from store.rules.models import CustomerWords
from tests.e2e.process import Process
from tests.house import BEGIN, STAFF, TOKEN, make_book

CROWD = ("li", "han", "zhou")


class Scene:
    """A book, a stand-in and three salespeople, each with one customer called by their nickname."""

    def __init__(self, folder: Path, standin: StandIn, people: dict[str, Person], known: dict[str, int]) -> None:
        self.folder = folder
        self.standin = standin
        self.people = people
        self.known = known


@pytest.fixture(params=["polling", "webhook"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Scene]:
    """The folder that `kehu run` is started on, for both ways in."""
    clock = Clock()
    ids = await make_book(tmp_path / "company", clock)
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    settings: dict[str, object] = {
        "telegram": {"token": TOKEN, "base_url": standin.base_url, "base_file_url": standin.base_file_url},
        "telegram.limits": {"per_second": 10000.0, "chat_per_second": 10000.0, "chat_burst": 1000},
    }
    if request.param == "webhook":
        (tmp_path / "company/secrets/webhook").write_text("a-secret_for-webhooks")
        settings["telegram.webhook"] = {
            "url": f"http://127.0.0.1:{unused_tcp_port}/telegram",
            "port": unused_tcp_port,
            "secret_file": "secrets/webhook",
        }
    (tmp_path / "company/config.toml").write_text(as_toml(settings))
    known = await _customers(tmp_path / "company", ids)
    async with People(standin.url) as people:
        phones = {}
        for nickname in CROWD:
            telegram_id, name, _, _ = STAFF[nickname]
            phones[nickname] = await people.person(name, language="zh", id=telegram_id, started=True)
        yield Scene(tmp_path / "company", standin, phones, known)
    await standin.stop()


async def _customers(folder: Path, ids: dict[str, int]) -> dict[str, int]:
    book = await open_book(load(folder / "config.toml"), Clock())

    def add(tx: Tx) -> dict[str, int]:
        return {
            nickname: customers.add(tx, staff.as_actor(tx, ids[nickname]), CustomerWords(name=f"customer{nickname}")).id
            for nickname in CROWD
        }

    try:
        return await book.write(add)
    finally:
        await book.close()


async def test_nothing_is_lost_or_done_twice(scene: Scene, rounds: int) -> None:
    rng = random.Random(7)
    said: dict[str, list[str]] = {nickname: [] for nickname in CROWD}
    bot = Process(scene.folder)
    for place in range(rounds):
        heard = len(scene.standin.requests)
        await bot.start()
        if place % 5:  # the others may die while they begin
            await _speaks(scene.standin, heard)
        chats = [asyncio.create_task(_talk(scene, nickname, said[nickname], rng)) for nickname in CROWD]
        await asyncio.sleep(rng.uniform(0, 1.3))
        await bot.kill()
        await asyncio.gather(*chats)
    await bot.start()
    for nickname, person in scene.people.items():  # once this is answered, everything before it is handled
        said[nickname].append(f"w{nickname}{len(said[nickname])}")
        await person.says(f"find {said[nickname][-1]}")
    for nickname, person in scene.people.items():
        async with asyncio.timeout(60 + rounds):
            for word in said[nickname]:
                if word not in _words(person):
                    await person.sees(word, within=60 + rounds)
    assert await bot.terminate() == 0, bot.said()
    for nickname, person in scene.people.items():
        assert list(dict.fromkeys(_words(person))) == said[nickname], "answered in the order of the questions"
    await _effects_once(scene, said)


async def _speaks(standin: StandIn, heard: int) -> None:
    """Waits until a process that was just started asks Telegram for something."""
    for _ in range(3000):
        if len(standin.requests) > heard:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the bot did not begin")


async def _talk(scene: Scene, nickname: str, said: list[str], rng: random.Random) -> None:
    """Six lines, each with a word that only it has: searches, whose answer repeats the word, and notes."""
    for _ in range(6):
        word = f"w{nickname}{len(said)}"
        said.append(word)
        if len(said) % 2:
            await scene.people[nickname].says(f"find {word}")
        else:
            await scene.people[nickname].says(f"note customer{nickname} {word}")
        await asyncio.sleep(rng.uniform(0, 0.2))


def _words(person: Person) -> list[str]:
    """The words that the answers repeat, in the order in which they arrived."""
    bubbles = sorted(person.phone.bubbles(person.id), key=lambda bubble: bubble.id)
    return [word for bubble in bubbles if bubble.from_bot for word in re.findall(r"w[a-z]+\d+", bubble.text)]


async def _effects_once(scene: Scene, said: dict[str, list[str]]) -> None:
    book = await open_book(load(scene.folder / "config.toml"), lambda: BEGIN)
    try:
        for nickname, customer in scene.known.items():

            def notes(tx: Tx, nickname: str = nickname, customer: int = customer) -> list[str]:
                actor = staff.actor(tx, STAFF[nickname][0], language="zh", zone="Asia/Shanghai")
                return [one.text for one in interactions.timeline(tx, actor, customer, limit=10_000)]

            written = Counter(await book.read(notes))
            wanted = Counter(word for place, word in enumerate(said[nickname]) if place % 2)
            assert written == wanted, "each note exactly once"
        count, broken = await book.read(journal.verify)
        assert count > 0
        assert broken is None
    finally:
        await book.close()
