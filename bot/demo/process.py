"""The demo's bot: the same code as `kehu run`, but its clock follows the stand-in's.

    python -m bot.demo.process --config PATH --standin http://127.0.0.1:PORT

Started by `kehu demo` as a process of its own, so that it can be stopped and started like a real one. The access token
of the stand-in comes in the environment. `kehu run` has no such clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot import logs
from bot.app import App
from bot.clock import Clock
from bot.config import load
from bot.run import serve

ACCESS = "KEHU_DEMO_ACCESS"


async def _follow(app: App, standin: str) -> None:
    """Takes over each move of the stand-in's clock, and lets what is due then happen at once."""
    headers = {"Authorization": f"Bearer {os.environ[ACCESS]}"}
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
    async with aiohttp.ClientSession(standin, headers=headers, timeout=timeout) as session:
        async with session.get("/control/clock") as answer:
            app.clock.set(_instant(await answer.json()))
        async with session.get("/people/events") as events:
            async for line in events.content:
                if not line.startswith(b"data:"):
                    continue
                event = json.loads(line[5:])
                if event.get("type") == "control":
                    app.clock.set(_instant(event))
                    await app.jobs.tick()


def _instant(told: dict[str, float]) -> datetime:
    return datetime.fromtimestamp(told["now"], UTC)


async def _serve(config: Path, standin: str) -> None:
    app = App(load(config), Clock())
    following: list[asyncio.Task[None]] = []

    async def follow(_: App) -> None:
        following.append(asyncio.create_task(_follow(app, standin)))

    await serve(app, ready=follow)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)


def main() -> None:
    """Runs until SIGTERM."""
    parser = argparse.ArgumentParser(description="The demo's bot, on the stand-in's clock.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--standin", required=True)
    options = parser.parse_args()
    logs.begin("warning")
    asyncio.run(_serve(options.config, options.standin))


if __name__ == "__main__":
    main()
