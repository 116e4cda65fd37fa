"""A stand-in, a bot of python-telegram-bot on it, and people."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.demo.standin import People, Person, StandIn

TOKEN = "12345:test-token"


def make_bot(standin: StandIn, token: str = TOKEN) -> Bot:
    request = HTTPXRequest(connection_pool_size=8, read_timeout=5, httpx_kwargs={"verify": False})
    polling = HTTPXRequest(connection_pool_size=2, httpx_kwargs={"verify": False})
    return Bot(
        token,
        base_url=standin.base_url,
        base_file_url=standin.base_file_url,
        request=request,
        get_updates_request=polling,
    )


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot then gives retry_after as a timedelta and doesn't warn of its future."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    running = await StandIn.start(token=TOKEN)
    yield running
    await running.stop()


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    async with make_bot(standin) as ready:
        standin.requests.clear()
        yield ready


@pytest.fixture
async def people(standin: StandIn) -> AsyncIterator[People]:
    async with People(standin.url) as ready:
        yield ready


@pytest.fixture
async def li(people: People, bot: Bot) -> Person:
    """Somebody who has started the bot, which has read that."""
    person = await people.person("李雷", language="zh", phone="+8613800138000")
    await person.starts()
    await drained(bot)
    return person


async def drained(bot: Bot) -> None:
    """Read and confirm all that waits."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """PNG bytes of a grey picture."""

    def png(width: int = 8, height: int = 8) -> bytes:
        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        rows = zlib.compress((b"\0" + b"\x80" * width) * height)
        header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

    return png
