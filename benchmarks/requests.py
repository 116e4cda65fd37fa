"""The same bare echo bot on python-telegram-bot's default request (httpx) and on ours (aiohttp).

    python -m benchmarks.requests

Why there is a request class of our own: docs/decisions quotes these figures.
"""

from __future__ import annotations

import argparse

from benchmarks.measure import Echo, Load, median, once
from benchmarks.process import run_to_the_end


async def compare(messages: int, runs: int) -> int:
    """Measure and print."""
    load = Load(messages, 100, text=lambda number: f"hello {number}", answered=lambda text: text.startswith("hello "))
    bots = [Echo("httpx"), Echo("aiohttp")]
    outcomes = [[await once(bot, load) for bot in bots] for _ in range(runs)]
    for bot, those in zip(bots, zip(*outcomes, strict=True), strict=True):
        middle = median(those)
        print(f"{bot.name:18}{middle.per_second:7.0f} updates/s{middle.cpu * 1000:8.2f} ms CPU each")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.requests", description=compare.__doc__)
    parser.add_argument("--messages", type=int, default=2000, help="messages that each run measures")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median counts")
    options = parser.parse_args()
    run_to_the_end(compare(options.messages, options.runs))
