"""A company to test in: the real bot over HTTP against the stand-in, a real encrypted file, and people with phones.

    async def test_found_by_pinyin(company: Company) -> None:
        await company.li.says("王总 13800138000 云帆科技")
        await company.li.taps("保存")
        await company.li.says("wangzong")
        await company.li.sees("云帆科技")

Teams: 华东 (manager 王芳; salespeople 李雷, 韩梅; support 苏青) and 华南 (manager 钱进; salesperson 周强). The owner
is 老板. It is Friday 2026-11-20, 10:00 in Shanghai, and the clock goes on from there.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.app import App
from bot.book import open_book
from bot.clock import Clock
from bot.config import Config, DataSettings, KeySettings, LimitSettings, TelegramSettings
from bot.demo.standin import People, Person, StandIn
from store import keys, staff, team_tree
from store.access import Actor
from store.db import Book, Tx
from store.db import Clock as AnyClock
from store.rules.models import Role
from store.staff import Newcomer
from tests.authorizer import unwatch

T = TypeVar("T")
TOKEN = "12345678:" + "T" * 35
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)

#: nickname: (Telegram id, name, role, team)
STAFF = {
    "boss": (101, "老板", Role.OWNER, None),
    "wang": (102, "王芳", Role.MANAGER, "华东"),
    "li": (103, "李雷", Role.SALESPERSON, "华东"),
    "han": (104, "韩梅", Role.SALESPERSON, "华东"),
    "su": (105, "苏青", Role.SUPPORT, "华东"),
    "qian": (106, "钱进", Role.MANAGER, "华南"),
    "zhou": (107, "周强", Role.SALESPERSON, "华南"),
}
UNLIMITED = LimitSettings(per_second=100_000, chat_per_second=100_000, chat_burst=1_000)


def settle(tx: Tx, language: str) -> dict[str, int]:
    """Writes the teams and everybody of `STAFF` into an empty book; nickname → staff id."""
    owner: Actor | None = None
    teams: dict[str, int] = {}
    ids: dict[str, int] = {}
    for nickname, (telegram_id, name, role, team) in STAFF.items():
        if team is not None and team not in teams:
            assert owner is not None
            teams[team] = team_tree.add(tx, owner, team)
        code = staff.invite(tx, None, role, teams.get(team or ""))
        member = staff.join(tx, code, Newcomer(telegram_id, telegram_id, name, language, "Asia/Shanghai"))
        ids[nickname] = member.id
        if role is Role.OWNER:
            owner = staff.as_actor(tx, member.id)
    return ids


@dataclass(frozen=True)
class Blank:
    """An empty encrypted book to copy: its migrations take a tenth of a second, opening a copy a hundredth."""

    path: Path
    key: bytes

    async def opened(self, at: Path, clock: AnyClock) -> Book:
        """A copy at `at`."""
        shutil.copy(self.path, at)
        return await Book.open(at, self.key, clock=clock, cache_mib=8)


async def make_book(folder: Path, clock: Clock, language: str = "zh") -> dict[str, int]:
    """A key file, a wrapped data key and a settled book in `folder`, as `kehu init` and invites would have made
    them.
    """
    (folder / "data").mkdir(parents=True)
    (folder / "secrets").mkdir()
    keys.new_key_file(folder / "secrets/master.key")
    key = keys.create(folder / "data/kehu.key", keys.KeyFile(folder / "secrets/master.key"))
    book = await Book.open(folder / "data/kehu.db", key, clock=clock)
    try:
        return await book.write(lambda tx: settle(tx, language))
    finally:
        await book.close()


class Company:
    """The running bot, the stand-in, and everybody's phones."""

    def __init__(self, folder: Path, clock: Clock, standin: StandIn, people: People, ids: dict[str, int]) -> None:
        self.folder = folder
        self.clock = clock
        self.standin = standin
        self.people = people
        self.ids = ids
        self.config = Config(
            data=DataSettings(file=Path("data/kehu.db"), cache_mib=8),
            key=KeySettings(file=Path("secrets/master.key")),
            telegram=TelegramSettings(
                token=TOKEN, base_url=standin.base_url, base_file_url=standin.base_file_url, limits=UNLIMITED,
                poll_seconds=5,
            ),
            folder=folder,
        )  # fmt: skip
        self.language: str
        self.app: App
        self._stop: asyncio.Event
        self._running: asyncio.Task[None] | None = None
        self.boss: Person
        self.wang: Person
        self.li: Person
        self.han: Person
        self.su: Person
        self.qian: Person
        self.zhou: Person

    async def begin(self, language: str) -> None:
        """Everybody gets a phone and has pressed Start before; the bot runs."""
        self.language = language
        for nickname, (telegram_id, name, _, _) in STAFF.items():
            setattr(self, nickname, await self.people.person(name, language=language, id=telegram_id, started=True))
        await self.start()

    async def start(self) -> None:
        """Starts the bot and waits until it polls."""
        self._stop = asyncio.Event()
        self.app = App(self.config, self.clock)
        ready = asyncio.Event()

        async def is_ready(_: App) -> None:
            ready.set()

        self._running = asyncio.create_task(self.app.run(self._stop, ready=is_ready))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        """Stops the bot as SIGTERM does."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    async def restart(self) -> None:
        """Stops and starts it."""
        await self.stop()
        await self.start()

    async def moves(self, *, to: datetime | None = None, by: timedelta = timedelta()) -> None:
        """Moves the clock and lets everything that is due happen."""
        self.clock.set((to or self.clock()) + by)
        await self.app.jobs.tick()

    async def stranger(self, name: str, *, language: str = "zh", phone: str = "") -> Person:
        """Somebody new, whose number Telegram knows as `phone`."""
        return await self.people.person(name, language=language, phone=phone, id=200 + secrets.randbelow(1_000_000))

    @asynccontextmanager
    async def book(self) -> AsyncIterator[Book]:
        """The book, opened a second time beside the bot."""
        book = await open_book(self.config, self.clock)
        try:
            yield book
        finally:
            await book.close()

    async def writes(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` in a transaction of the book: what would take many taps, or what no tap does."""
        async with self.book() as book:
            return await book.write(work)

    async def reads(self, look: Callable[[Tx], T]) -> T:
        """What `look` finds in the book, through the predicate's views."""
        async with self.book() as book:
            return await book.read(look)

    async def inspects(self, look: Callable[[Tx], T]) -> T:
        """What `look` finds in the tables themselves: what somebody would who has the file and its key."""
        async with self.book() as book:
            await unwatch(book)
            return await book.read(look)
