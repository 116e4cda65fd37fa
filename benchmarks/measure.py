"""How fast a bot answers, and what it costs: one measurement, used by every benchmark.

echo = Echo()
async with echo.at(server) as child: ...
rate = median([await once(echo, Load(updates=2000, people=50, text=str)) for _ in range(3)])
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import psutil

from benchmarks.messages import Text, in_turn, people
from benchmarks.process import BotFailed, cpu_seconds, running
from benchmarks.server import BotApiServer


class Bot(Protocol):
    """A bot that can be measured."""

    name: str

    def at(self, server: BotApiServer, who: Sequence[int]) -> AbstractAsyncContextManager[psutil.Process]:
        """The bot's process, up and polling `server`, for as long as the block lasts; `who` may use it."""
        ...


class Echo:
    """`benchmarks.echo`: everybody may use it.

    Args:
        request: the request class: "httpx" is the library's default, "aiohttp" is ours.
    """

    def __init__(self, request: str = "httpx") -> None:
        self.name = "echo" if request == "httpx" else f"echo on {request}"
        self._request = request

    @asynccontextmanager
    async def at(self, server: BotApiServer, who: Sequence[int]) -> AsyncIterator[psutil.Process]:  # noqa: ARG002
        """See `Bot.at`."""
        command = [sys.executable, "-m", "benchmarks.echo", server.base_url, self._request]
        async with running(command) as child:
            yield child


@dataclass(frozen=True)
class Load:
    """What a bot is given to do.

    Attributes:
        updates: how many messages are measured.
        people: by how many people, in turn; all of them are waiting when the measurement begins.
        text: what they say.
        latency: seconds that each of the server's answers takes.
        warm_up: messages before the measurement.
        limit: seconds after which it counts as failed.
    """

    updates: int
    people: int
    text: Text
    latency: float = 0.0
    warm_up: int = 100
    limit: float = 120.0


@dataclass(frozen=True)
class Outcome:
    """What one measurement showed.

    Attributes:
        per_second: messages answered a second, from the first handed out to the last answer's arrival.
        cpu: seconds of processor time for each, of the bot's processes together.
    """

    per_second: float
    cpu: float


async def once(bot: Bot, load: Load) -> Outcome:
    """Start the bot, let it get warm, and measure.

    Raises:
        BotFailed: it ended, or didn't answer everybody within the limit.
    """
    who = people(load.people)
    async with BotApiServer(load.latency) as server, bot.at(server, who) as child:
        async with asyncio.timeout(load.limit):
            await server.first_poll
            await server.hand_out(in_turn(who, load.text, load.warm_up)).finished
        messages = in_turn(who, lambda number: load.text(load.warm_up + number), load.updates)
        used = cpu_seconds(child)
        run = server.hand_out(messages)
        try:
            await asyncio.wait_for(asyncio.shield(run.finished), load.limit)
        except TimeoutError:
            raise BotFailed(f"{bot.name} left {run.owed} of {load.updates} messages without an answer") from None
        used = cpu_seconds(child) - used
    return Outcome(load.updates / (run.ended - run.began), used / load.updates)


def median(outcomes: Sequence[Outcome]) -> Outcome:
    """The median of each figure."""
    return Outcome(
        statistics.median(outcome.per_second for outcome in outcomes),
        statistics.median(outcome.cpu for outcome in outcomes),
    )
