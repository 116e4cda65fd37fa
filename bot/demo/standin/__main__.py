"""The stand-in as a process: ``python -m bot.demo.standin --port 8081``.

Prints its addresses, ends with Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot.demo.standin.server import StandIn


async def _serve(options: argparse.Namespace) -> None:
    standin = await StandIn.start(
        port=options.port,
        token=options.token,
        bot_username=options.username,
        access_token=options.access_token,
    )
    lines = {
        "url": standin.url,
        "base_url": standin.base_url,
        "base_file_url": standin.base_file_url,
        "token": options.token,
    }
    sys.stdout.write("".join(f"{name}={value}\n" for name, value in lines.items()))
    sys.stdout.flush()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    await standin.stop()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.demo.standin", description="A Bot API server for tests and demos."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="12345:stand-in-token", help="the bot's token")
    parser.add_argument("--username", default="kehu_demo_bot", help="the bot's username")
    parser.add_argument("--access-token", default="", help="guards the person and control sides")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
