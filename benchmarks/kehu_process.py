"""Kehu under measurement: the real command `kehu run` on an encrypted book in which people and customers already are.

The book is made by `kehu init`; its members and their customers are put in by the store's own functions (`staff.invite`
and `staff.join`, which a real invite link leads to, and `customers.add`); each measurement runs on a copy. The
limits on how fast messages may go out are lifted, because the server has none, unless they are what is measured.

    kehu = Kehu(people=100)
    async with kehu.at(server, people(100)) as child: ...
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psutil

from benchmarks.messages import TOKEN, people
from benchmarks.process import ROOT, BotFailed, running
from benchmarks.server import BotApiServer
from bot.book import open_book
from bot.clock import Clock
from bot.config import load
from store import customers, staff
from store.db import Tx
from store.rules.models import CustomerWords, Phone, Role

NAMES = ("王芳", "李娜", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "黄磊", "周杰", "Alice Zhang")
"""Each member's customers."""

_TOGETHER = 50
_NO_LIMITS = {
    "KEHU_TELEGRAM__LIMITS__PER_SECOND": "1000000",
    "KEHU_TELEGRAM__LIMITS__CHAT_PER_SECOND": "1000000",
    "KEHU_TELEGRAM__LIMITS__CHAT_BURST": "1000000",
}


class Kehu:
    """`kehu run`; see `measure.Bot`.

    Args:
        people: how many salespeople the company has.
    """

    name = "kehu"

    def __init__(self, people: int) -> None:
        self._people = people
        self._made = tempfile.TemporaryDirectory(prefix="kehu-benchmark-")
        self._company = Path(self._made.name) / "company"

    def close(self) -> None:
        """Delete the company."""
        self._made.cleanup()

    async def found(self) -> None:
        """Make the company that each measurement gets a copy of."""
        token = Path(self._made.name) / "token"
        token.write_text(TOKEN)
        config = self._company / "config.toml"
        command = [sys.executable, "-m", "bot", "init", "--config", str(config), "--token-file", str(token)]
        init = await asyncio.create_subprocess_exec(
            *command,
            "--language",
            "en",
            "--yes",
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await init.communicate()
        if init.returncode:
            raise BotFailed(f"kehu init: {said.decode()}")
        book = await open_book(load(config), Clock())
        try:
            ids = people(self._people)
            for first in range(0, len(ids), _TOGETHER):
                some = ids[first : first + _TOGETHER]
                await book.write(partial(_employ, ids=some))
        finally:
            await book.close()

    @asynccontextmanager
    async def at(
        self,
        server: BotApiServer,
        who: Sequence[int],
        *,
        limits: Mapping[str, str] = _NO_LIMITS,
        before: Callable[[Path], Awaitable[None]] | None = None,
    ) -> AsyncIterator[psutil.Process]:
        """See `measure.Bot.at`. `before` is given the copy of the company before the bot starts on it."""
        if len(who) > self._people:
            raise ValueError(f"the company has {self._people} people, not {len(who)}")
        with tempfile.TemporaryDirectory(prefix="kehu-benchmark-") as folder:
            company = Path(folder) / "company"
            shutil.copytree(self._company, company)
            if before is not None:
                await before(company)
            command = [sys.executable, "-m", "bot", "run", "--config", str(company / "config.toml")]
            settings = {"KEHU_TELEGRAM__BASE_URL": server.base_url, **limits}
            async with running(command, settings) as child:
                yield child


def as_telegram_would() -> Mapping[str, str]:
    """The limits that Kehu keeps by itself: none is lifted."""
    return {}


def _employ(tx: Tx, ids: Sequence[int]) -> None:
    """Members with these Telegram ids, and their customers."""
    for telegram_id in ids:
        code = staff.invite(tx, None, Role.SALESPERSON, None)
        newcomer = staff.Newcomer(telegram_id, telegram_id, f"P{telegram_id}", "en", "Asia/Shanghai")
        member = staff.join(tx, code, newcomer)
        actor = staff.as_actor(tx, member.id)
        for number, name in enumerate(NAMES):
            phone = Phone(e164=f"+86139{telegram_id % 10_000:04d}{number:04d}")
            customers.add(tx, actor, CustomerWords(name=name, company=f"ACME {number}", phones=(phone,)))
