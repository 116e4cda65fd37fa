"""The company's book, opened by what its configuration says; held by one bot at a time.

    book = await open_book(load(path), Clock())

Apart from `bot.app`, so that a command which only needs the book does not load Telegram's side.
"""

from __future__ import annotations

import fcntl
import os
from typing import IO

from bot.config import Config
from store import keys
from store.db import Book, Clock
from store.errors import Unusable


async def open_book(config: Config, clock: Clock) -> Book:
    """The company's book, unlocked. Raises Unusable."""
    if not config.book.exists():
        raise Unusable("file_missing", 19, path=str(config.book))
    key = keys.unlock(config.envelope, config.wrapper())
    return await Book.open(config.book, key, clock=clock, cache_mib=config.data.cache_mib)


def lock(config: Config) -> IO[bytes]:
    """Holds the book for this process: two bots on one book would do things twice. Raises Unusable."""
    file = config.book.with_suffix(".lock").open("wb")
    os.fchmod(file.fileno(), 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Unusable("file_locked", 15, path=str(config.book)) from None
    return file
