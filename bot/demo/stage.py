"""The demo's stage: a temporary folder, a seeded book, the stand-in, everybody's phones, and the bot as a process.

async with stage(language="zh", port=0) as scene:
    print(scene.url)
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, BotCommand, BotCommandScopeChat

from bot.clock import Clock
from bot.config import as_toml
from bot.demo import seed
from bot.demo.process import ACCESS
from bot.demo.standin import Clock as StandInClock
from bot.demo.standin import People, StandIn
from bot.request import AiohttpRequest
from handlers.commands import commands_for
from store import keys
from store.db import Book
from store.keys import write_private

USERNAME = "kehu_demo_bot"
#: The demo begins on a Thursday at ten in the morning, whenever it is: then a working morning, Monday's digest and
#: Wednesday are ahead.
_BEGIN = (3, 10)
#: Seconds before a bot that ended is started again; Ctrl-C ends it and us at once, and then nothing is started.
_PAUSE = 1.0


@dataclass
class Scene:
    """A running demo. `link` leads the customer in; `access` guards the people's side."""

    standin: StandIn
    folder: Path
    access: str
    link: str
    language: str
    begin: datetime
    bot: asyncio.subprocess.Process

    @property
    def url(self) -> str:
        """The page, with what it needs to be let in."""
        return f"{self.standin.url}/?access_token={self.access}"

    async def keep_bot(self, ended: Callable[[int], None]) -> None:
        """Starts the bot again whenever it ended by itself, as a service manager would; `ended` hears its exit code.

        Runs until it is cancelled.
        """
        while True:
            code = await self.bot.wait()
            await asyncio.sleep(_PAUSE)
            ended(code)
            self.bot = await _start_bot(self.folder, self.standin.url, self.access)


def beginning(now: datetime) -> datetime:
    """The latest Thursday, ten o'clock in Shanghai, that is not after `now`."""
    local = now.astimezone(ZoneInfo(seed.ZONE))
    back = (local.weekday() - _BEGIN[0]) % 7
    begin = (local - timedelta(days=back)).replace(hour=_BEGIN[1], minute=0, second=0, microsecond=0)
    return begin if begin <= local else begin - timedelta(days=7)


@asynccontextmanager
async def stage(*, language: str, port: int, routes: Sequence[Any] = (), access: str = "") -> AsyncIterator[Scene]:
    """Sets everything up, and takes it all down again, the folder included."""
    access = access or secrets.token_urlsafe(16)
    begin = beginning(Clock()())
    clock = StandInClock()
    clock.set(begin)
    token = f"{secrets.randbelow(10**9) + 10**8}:{secrets.token_hex(17)}x"
    with tempfile.TemporaryDirectory(prefix="kehu-demo-") as name:
        folder = Path(name)
        link = await _write_company(folder, token, language, begin)
        standin = await StandIn.start(
            port=port, token=token, bot_username=USERNAME, bot_name="Kehu", clock=clock, access_token=access,
            extra_routes=routes,
        )  # fmt: skip
        try:
            (folder / "config.toml").write_text(_config(standin, language), encoding="utf-8")
            await _meet(standin, token, access, language)
            bot = await _start_bot(folder, standin.url, access)
            scene = Scene(standin, folder, access, f"https://t.me/{USERNAME}?start=c_{link}", language, begin, bot)
            try:
                yield scene
            finally:
                await _stop(scene.bot)
        finally:
            await standin.stop()


async def _write_company(folder: Path, token: str, language: str, begin: datetime) -> str:
    for part in ("data", "secrets"):
        (folder / part).mkdir(mode=0o700)
    write_private(folder / "secrets/token", token.encode())
    keys.new_key_file(folder / "secrets/master.key")
    key = keys.create(folder / "data/kehu.key", keys.KeyFile(folder / "secrets/master.key"))
    clock = Clock()
    book = await Book.open(folder / "data/kehu.db", key, clock=clock)
    try:
        return await seed.seed(book, clock, language, begin)
    finally:
        await book.close()


def _config(standin: StandIn, language: str) -> str:
    return as_toml(
        {
            "language": language,
            "timezone": seed.ZONE,
            "country": seed.CASTS[language].country,
            "telegram": {
                "token_file": "secrets/token",
                "base_url": standin.base_url,
                "base_file_url": standin.base_file_url,
            },
        }
    )


async def _meet(standin: StandIn, token: str, access: str, language: str) -> None:
    """Everybody has a phone; those of the company have spoken to the bot before, and have its commands."""
    cast = seed.CASTS[language]
    names = {telegram_id: name for telegram_id, (name, _) in cast.staff.items()}
    async with People(standin.url, access) as people:
        for telegram_id, name in (names | {seed.CUSTOMER: cast.guest, seed.STRANGER: cast.stranger}).items():
            number = cast.number if telegram_id == seed.CUSTOMER else f"+86138000000{telegram_id}"  # made up
            await people.person(name, language=language, phone=number, id=telegram_id, started=telegram_id in names)
    # As the bot did for each of them when they joined (bot/sender.py).
    base = standin.base_url
    async with Bot(token, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest(1)) as bot:
        for telegram_id, (_, role) in cast.staff.items():
            listed = [BotCommand(name, words) for name, words in commands_for(role, language)]
            await bot.set_my_commands(listed, scope=BotCommandScopeChat(telegram_id))


async def _start_bot(folder: Path, standin: str, access: str) -> asyncio.subprocess.Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KEHU_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo.process", "--config", str(folder / "config.toml"), "--standin", standin,
        env=environment | {ACCESS: access},
    )  # fmt: skip


async def _stop(bot: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        bot.terminate()
    try:
        async with asyncio.timeout(5):
            await bot.wait()
    except TimeoutError:
        bot.kill()
        await bot.wait()
