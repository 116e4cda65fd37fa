"""How soon a bot asks for its first updates, and how much memory it then holds: Kehu beside a bare echo bot.

    python -m benchmarks.start

From the start of the process to the arrival of its first getUpdates; resident memory after ten idle seconds, child
processes included. One start of each is thrown away: it finds the files in the cache for those that count.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from dataclasses import dataclass

from benchmarks.kehu_process import Kehu
from benchmarks.measure import Bot, Echo
from benchmarks.messages import people
from benchmarks.process import resident_bytes, run_to_the_end
from benchmarks.server import BotApiServer

SLOWER = 1.5
LATER = 0.3
LARGER = 2.0
IDLE = 10.0
_LIMIT = 60.0


@dataclass(frozen=True)
class Start:
    """Attributes: seconds to the first poll, and bytes held after the idle time."""

    seconds: float
    held: int


async def started(bot: Bot, idle: float) -> Start:
    """One start, and the memory after `idle` seconds in which nothing was written."""
    async with BotApiServer() as server:
        began = time.perf_counter()
        async with bot.at(server, people(1)) as child:
            async with asyncio.timeout(_LIMIT):
                seconds = await server.first_poll - began
            await asyncio.sleep(idle)
            return Start(seconds, resident_bytes(child))


async def compare(runs: int) -> int:
    """Measure and print; 1 when a bound is missed."""
    kehu, echo = Kehu(people=10), Echo()
    bots: list[Bot] = [echo, kehu]
    starts: dict[str, list[Start]] = {bot.name: [] for bot in bots}
    try:
        await kehu.found()
        for bot in bots:
            await started(bot, 0)
        for number in range(runs):
            for bot in bots:
                # The memory of one run is enough: it hardly differs between them.
                starts[bot.name].append(await started(bot, IDLE if number == 0 else 0))
    finally:
        kehu.close()
    seconds = {name: statistics.median(start.seconds for start in those) for name, those in starts.items()}
    held = {name: those[0].held for name, those in starts.items()}
    for bot in bots:
        print(f"{bot.name:6}{seconds[bot.name] * 1000:7.0f} ms to the first poll{held[bot.name] / 2**20:8.1f} MiB idle")
    latest = SLOWER * seconds[echo.name] + LATER
    largest = LARGER * held[echo.name]
    print(f"promised: at most {latest * 1000:.0f} ms and {largest / 2**20:.1f} MiB")
    return 1 if seconds[kehu.name] > latest or held[kehu.name] > largest else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="starts of each, of which the median counts")
    run_to_the_end(compare(parser.parse_args().runs))
