"""`kehu demo`: the real bot, a company that has been at work for weeks, and its people's phones in the browser."""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import signal
import webbrowser
from typing import Any

from bot.demo import seed
from bot.demo.stage import Scene, stage


def demo(options: argparse.Namespace) -> int:
    """Plays until Ctrl-C, or, with --script, one day from morning to the manager's week; the exit code."""
    language = options.lang or ("zh" if os.environ.get("LANG", "").startswith("zh") else "en")
    if options.script:
        from bot.demo.day import play

        return asyncio.run(play(language))
    return asyncio.run(_serve(options.port, language, browser=not options.no_browser))


async def _serve(port: int, language: str, *, browser: bool) -> int:
    from bot.demo import page

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    access = secrets.token_urlsafe(16)
    told: dict[str, Any] = {}
    async with stage(language=language, port=port, routes=page.routes(access, told), access=access) as scene:
        told.update(cast(scene))
        _say(f"Kehu's demo: {scene.url}")
        _say("Everything is made up, stays on this machine, and is gone when you stop it (Ctrl-C).")
        if browser:
            webbrowser.open(scene.url)
        keeping = asyncio.create_task(scene.keep_bot(lambda code: _say(f"The bot ended ({code}); it starts again.")))
        await stop.wait()
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
    return 0


def cast(scene: Scene) -> dict[str, Any]:
    """What the page is told of the company: who is who, which phones to show, and the customer's link."""
    roles = {who: role.value for who, (_, role) in seed.CASTS[scene.language].staff.items()}
    roles |= {seed.CUSTOMER: "customer", seed.STRANGER: "stranger"}
    return {
        "lang": scene.language,
        "people": [{"id": who, "role": role} for who, role in roles.items()],
        "phones": [seed.LI, seed.MANAGER, seed.CUSTOMER],
        "link": scene.link,
        "zone": seed.ZONE,
    }


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the answer of a command
