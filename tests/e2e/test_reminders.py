"""Reminders while everything goes wrong: SIGKILL at random moments, and a Telegram that refuses, fails and hangs.

CI sends a hundred; `pytest tests/e2e/test_reminders.py --reminders 1000` is the long proof. None is lost; one repeats
only if its own send was cut off, and then it names the same reminder; what can't reach who has blocked the bot reaches
their manager.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.book import open_book
from bot.clock import Clock
from bot.config import as_toml, load
from bot.demo.standin import Fault, People, Person, StandIn
from store import customers, followups, staff
from store.db import Tx
from store.rules.models import CustomerWords, FollowUpState, Role
from store.staff import Newcomer
from tests.e2e.process import Process
from tests.house import STAFF, TOKEN, make_book

SELLERS = 12
FIRST_SELLER = 1001
#: Reminders that fall due in a second.
PACE = 17.0
BLOCKED = FIRST_SELLER


@dataclass
class Scene:
    """A company at its noon, so that nobody rests; `words` are the reminders of each seller, by Telegram id."""

    folder: Path
    standin: StandIn
    people: dict[int, Person]
    words: dict[int, list[str]]
    ends: datetime


@pytest.fixture
def reminders(request: pytest.FixtureRequest) -> int:
    """How many fall due."""
    return int(request.config.getoption("--reminders"))


@pytest.fixture
async def scene(tmp_path: Path, reminders: int) -> AsyncIterator[Scene]:
    """Everything set to fall due from a few seconds from now on; the process is not started yet."""
    folder = tmp_path / "company"
    clock = Clock()
    await make_book(folder, clock)
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot", requests=200_000)
    (folder / "config.toml").write_text(
        as_toml(
            {
                "telegram": {"token": TOKEN, "base_url": standin.base_url, "base_file_url": standin.base_file_url},
                "telegram.limits": {"per_second": 10000.0, "chat_per_second": 10000.0, "chat_burst": 1000},
            }
        )
    )
    begins = datetime.now(UTC) + timedelta(seconds=6)
    words = await _plan(folder, clock, reminders, begins)
    async with People(standin.url) as people:
        phones = {
            number: await people.person(f"seller {number}", language="zh", id=number, started=True) for number in words
        }
        manager, name, _, _ = STAFF["wang"]
        phones[manager] = await people.person(name, language="zh", id=manager, started=True)
        await phones[BLOCKED].blocks()
        yield Scene(folder, standin, phones, words, begins + timedelta(seconds=reminders / PACE))
    await standin.stop()


async def _plan(folder: Path, clock: Clock, number: int, begins: datetime) -> dict[int, list[str]]:
    """Sellers in 王芳's team, a customer each, and their reminders; everybody lives where it is noon now."""
    noon = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    words: dict[int, list[str]] = {FIRST_SELLER + place: [] for place in range(SELLERS)}

    def settle(tx: Tx) -> dict[int, tuple[int, int]]:
        known = {}
        team = tx.value("SELECT team_id FROM staff WHERE telegram_id = :id", id=STAFF["wang"][0])
        for telegram_id in words:
            code = staff.invite(tx, None, Role.SALESPERSON, team)
            member = staff.join(tx, code, Newcomer(telegram_id, telegram_id, f"S{telegram_id}", "zh", noon))
            actor = staff.as_actor(tx, member.id)
            known[telegram_id] = (member.id, customers.add(tx, actor, CustomerWords(name=f"customer{telegram_id}")).id)
        tx.run("UPDATE staff SET zone = :zone", zone=noon)
        return known

    def plan(tx: Tx, known: dict[int, tuple[int, int]]) -> None:
        for place in range(number):
            telegram_id = FIRST_SELLER + place % SELLERS
            member, customer = known[telegram_id]
            words[telegram_id].append(f"r{place}e")
            due = begins + timedelta(seconds=place / PACE)
            followups.plan(tx, staff.as_actor(tx, member), customer, due, f"r{place}e")

    book = await open_book(load(folder / "config.toml"), clock)
    try:
        known = await book.write(settle)
        await book.write(lambda tx: plan(tx, known))
    finally:
        await book.close()
    return words


async def test_none_is_lost_and_one_repeats_only_if_its_own_send_was_cut_off(scene: Scene) -> None:
    rng = random.Random(5)
    for fault in (
        Fault("error", "sendMessage", code=429, retry_after=1, probability=0.02, seed=1),
        Fault("error", "sendMessage", code=502, probability=0.03, seed=2),
        Fault("drop_before", "sendMessage", probability=0.02, seed=3),
        Fault("drop_after", "sendMessage", probability=0.02, seed=4),
        Fault("hang_after", "sendMessage", seconds=1.5, probability=0.01, seed=5),
    ):
        scene.standin.faults.add(fault)
    bot = Process(scene.folder)
    kills: list[float] = []
    await bot.start()
    while datetime.now(UTC) < scene.ends:
        await asyncio.sleep(rng.uniform(1.0, 4.0))
        await bot.kill()
        kills.append(datetime.now(UTC).timestamp())
        await bot.start()
    scene.standin.faults.clear()
    for number, words in scene.words.items():
        if number != BLOCKED:
            await _all_arrive(scene.people[number], words)
    await _all_arrive(scene.people[STAFF["wang"][0]], scene.words[BLOCKED])
    assert await bot.terminate() == 0, bot.said()
    _repeats_are_accounted_for(scene, kills)
    await _the_book_agrees(scene)


async def _all_arrive(person: Person, words: list[str]) -> None:
    """Waits until each word stands in a message or on a button of one."""
    deadline = asyncio.get_running_loop().time() + 120
    while missing := set(words) - set(_seen(person)):
        assert await person.phone.waited(deadline), f"lost: {sorted(missing)}"


def _seen(person: Person) -> list[str]:
    shown = [bubble for bubble in person.phone.bubbles(person.id) if bubble.from_bot]
    return [word for bubble in shown for word in re.findall(r"r\d+e", " ".join((bubble.text, *bubble.labels)))]


def _repeats_are_accounted_for(scene: Scene, kills: list[float]) -> None:
    """Each second arrival of a reminder has a cause of its own: a broken answer, or a kill before the next try."""
    delivered: dict[tuple[object, str], list[tuple[float, int]]] = defaultdict(list)
    for request in scene.standin.requests:
        # 200: taken. 0: taken or not, and the answer broken on purpose.
        if request.method == "sendMessage" and request.status in (0, 200):
            for word in re.findall(r"r\d+e", str(request.parameters.get("text", ""))):
                delivered[request.chat_id, word].append((request.time, request.status))
    spent: set[tuple[object, float]] = set()
    for (chat, word), sends in delivered.items():
        for (at, status), (following, _) in pairwise(sends):
            if status == 0:
                continue
            cuts = [kill for kill in kills if at <= kill <= following and (chat, kill) not in spent]
            assert cuts, f"{word} came twice to {chat}, and nothing was cut off"
            spent.add((chat, cuts[0]))


async def _the_book_agrees(scene: Scene) -> None:
    """What was sent is said to be sent, what could not be is missed; nothing waits for its first ring any more."""
    book = await open_book(load(scene.folder / "config.toml"), Clock())

    def states(tx: Tx) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for row in tx.all("SELECT f.state, s.telegram_id FROM followup f JOIN staff s ON s.id = f.staff_id"):
            found.setdefault(row["telegram_id"], set()).add(row["state"])
        return found

    try:
        found = await book.read(states)
    finally:
        await book.close()
    assert found.pop(BLOCKED) == {FollowUpState.MISSED}
    assert all(states == {FollowUpState.SENT} for states in found.values()), found
