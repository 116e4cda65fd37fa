"""`kehu run`: the bot until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot import logs
from bot.app import App
from bot.clock import Clock
from bot.config import load

#: How long a thread that computes may keep the others waiting. Python's 5 ms is an eternity between a database thread
#: and a loop that hand each other work of a tenth of that (`python -m benchmarks.updates`).
SWITCH_SECONDS = 0.0005


def run(path: Path) -> int:
    """Serves until it is told to stop. Raises Unusable when it can't begin."""
    config = load(path)
    sys.setswitchinterval(SWITCH_SECONDS)
    logs.begin(config.log_level)
    asyncio.run(serve(App(config, Clock())))
    return 0


async def serve(app: App, *, ready: Callable[[App], Awaitable[None]] | None = None) -> None:
    """The app until SIGTERM or SIGINT; `ready` is called once it listens."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.of_the_loop)
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    await app.run(stop, ready=ready)
