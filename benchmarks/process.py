"""A bot as a child process: started, watched, and ended together with all that it started itself.

async with running([sys.executable, "-m", "benchmarks.echo", server.base_url]) as child:
    used = cpu_seconds(child)
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
_TOLD = 2000


class BotFailed(Exception):
    """The bot ended, or did not do what it was to do; the end of what it said is in the message."""


@asynccontextmanager
async def running(
    command: Sequence[str], environment: Mapping[str, str] | None = None, *, patience: float = 10.0
) -> AsyncIterator[psutil.Process]:
    """A child process for as long as the block lasts; then SIGTERM, and SIGKILL if that doesn't help.

    Args:
        command: what is run, in the folder of the checkout.
        environment: variables beside the present ones.
        patience: seconds between the two.

    Raises:
        BotFailed: it ended by itself, or the block raised TimeoutError.
    """
    with tempfile.TemporaryFile() as said:
        child = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        process = psutil.Process(child.pid)
        family: list[psutil.Process] = []
        end = asyncio.ensure_future(child.wait())
        try:
            async with asyncio.timeout(None) as until_it_ends:
                # Nobody need wait for the answers of a bot that has gone.
                def gone(_: asyncio.Future[int]) -> None:
                    until_it_ends.reschedule(0)

                end.add_done_callback(gone)
                try:
                    yield process
                finally:
                    end.remove_done_callback(gone)
        except TimeoutError:
            state = f"ended with {end.result()}" if end.done() else "was not done in time"
            raise BotFailed(f"{command[2]} {state}\n{_end_of(said.fileno())}") from None
        finally:
            if not end.done():
                family = process.children(recursive=True)
                child.send_signal(signal.SIGTERM)
                try:
                    await asyncio.wait_for(asyncio.shield(end), patience)
                except TimeoutError:
                    child.kill()
                    await end
            for orphan in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    orphan.kill()
            await asyncio.to_thread(psutil.wait_procs, family, 1.0)


def _end_of(file: int) -> str:
    size = os.fstat(file).st_size
    return os.pread(file, _TOLD, max(0, size - _TOLD)).decode("utf-8", "replace")


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time that a process and its living children have used."""
    total = 0.0
    for member in [process, *process.children(recursive=True)]:
        times = member.cpu_times()
        total += times.user + times.system
    return total


def resident_bytes(process: psutil.Process) -> int:
    """Resident memory of a process and its living children."""
    return sum(member.memory_info().rss for member in [process, *process.children(recursive=True)])


def run_to_the_end(work: Coroutine[Any, Any, int]) -> None:
    """Run a benchmark and exit with what it returns; SIGTERM ends it in order, so that no bot is left behind."""

    async def with_signal() -> int:
        task = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        sys.exit(asyncio.run(with_signal()))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(130)
    except BotFailed as failed:
        sys.exit(f"the bot failed: {failed}")
