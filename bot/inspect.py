"""`kehu check` and `kehu verify`: the state of the book, one line for each finding."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.book import open_book
from bot.clock import Clock
from bot.config import Config, load
from bot.request import AiohttpRequest
from store import journal
from store.check import soundness
from store.db import Book
from store.errors import Unusable


def check(path: Path) -> int:
    """Everything that a bot needs, looked at without changing it. The exit code is that of the first fault, or 0.

    Raises Unusable for what makes further looking pointless.
    """
    config = load(path)
    _say("configuration", "sound")
    config.wrapper()
    return asyncio.run(_check(config))


async def _check(config: Config) -> int:
    book = await open_book(config, Clock())
    _say("key", "fits")
    try:
        found = await book.read(soundness)
        _say("encryption", "sound" if not found.torn else f"{found.torn} pages are damaged")
        _say("database", "sound" if found.quick == "ok" else "damaged")
        _say("migrations", "up to date" if found.applied == found.known else f"{found.applied} of {found.known}")
        code = 0 if not found.torn and found.quick == "ok" and found.applied == found.known else 16
    finally:
        await book.close()
    telegram, faulty = await _telegram(config)
    _say("telegram", telegram)
    return code or faulty


async def _telegram(config: Config) -> tuple[str, int]:
    try:
        token = config.token()
    except Unusable as error:
        return "there is no token yet", error.code
    settings = config.telegram
    request = AiohttpRequest(2, proxy=settings.proxy)
    bot = Bot(token, base_url=settings.base_url, base_file_url=settings.base_file_url, request=request)
    try:
        await bot.initialize()
    except InvalidToken:
        return "does not know the token", 20
    except TelegramError as error:
        return f"can't be reached ({type(error).__name__})", 21
    else:
        return f"answers as @{bot.username}", 0
    finally:
        await bot.shutdown()


def verify(path: Path) -> int:
    """Walks the audit chain; 0 when every entry fits."""

    async def walk() -> tuple[int, int | None]:
        book: Book = await open_book(load(path), Clock())
        try:
            return await book.read(journal.verify)
        finally:
            await book.close()

    count, broken = asyncio.run(walk())
    _say("journal", f"{count} entries, all in place" if broken is None else f"broken at entry {broken}")
    return 0 if broken is None else 16


def _say(what: str, found: str) -> None:
    print(f"{what + ':':<15}{found}")  # noqa: T201 - the answer of a command


COMMANDS: dict[str, Callable[[Path], int]] = {"check": check, "verify": verify}
