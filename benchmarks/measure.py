"""How fast a bot answers, and what it costs: one measurement, used by every benchmark.

echo = Echo()
async with echo.at(server) as child: ...
rate = median([await once(echo, Load(2000, 50, text=str, answered=bool)) for _ in range(3)])
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import AsyncIterator, Callable, Sequence
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
        messages: how many lines are written.
        people: by how many people, in turn; all of it is waiting when the measurement begins.
        text: what they say.
        answered: whether a text that a person was shown last is a right one.
        taps: which buttons they tap when they are shown them; a tap counts as an update, too.
        latency: seconds that each of the server's answers takes.
        warm_up: messages before the measurement.
        limit: seconds after which it counts as failed.
    """

    messages: int
    people: int
    text: Text
    answered: Callable[[str], bool]
    taps: Callable[[str], bool] | None = None
    latency: float = 0.0
    warm_up: int = 100
    limit: float = 120.0


@dataclass(frozen=True)
class Outcome:
    """What one measurement showed.

    Attributes:
        per_second: updates answered a second, from the first handed out to the last answer's arrival.
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
            await server.hand_out(in_turn(who, load.text, load.warm_up), load.taps).finished
        messages = in_turn(who, lambda number: load.text(load.warm_up + number), load.messages)
        used = cpu_seconds(child)
        run = server.hand_out(messages, load.taps)
        owed = run.owed
        try:
            async with asyncio.timeout(load.limit):
                await run.finished
        except TimeoutError:
            raise BotFailed(f"{bot.name} left {run.owed} of {owed} updates without an answer") from None
        used = cpu_seconds(child) - used
    wrong = [text for text in run.said.values() if not load.answered(text)]
    if wrong:
        raise BotFailed(f"{bot.name} answered wrongly, as {wrong[0]!r}")
    return Outcome(owed / (run.ended - run.began), used / owed)


def median(outcomes: Sequence[Outcome]) -> Outcome:
    """The median of each figure."""
    return Outcome(
        statistics.median(outcome.per_second for outcome in outcomes),
        statistics.median(outcome.cpu for outcome in outcomes),
    )
