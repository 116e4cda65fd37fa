"""The real command as a real process: started, killed, started again.

async with Process(company_folder) as bot:
    await bot.ready()
    await bot.kill()
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """`kehu run` on a folder with a config.toml. Its standard error is kept, to be looked at."""

    def __init__(self, folder: Path, *, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.log = folder / "stderr.log"
        self._environment = environment or {}
        self._child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it; returns at once."""
        with self.log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(self.folder / "config.toml"),
                cwd=ROOT, stderr=log, stdout=log, env=os.environ | self._environment,
            )  # fmt: skip

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self._child is not None
        if self._child.returncode is None:
            self._child.send_signal(signal.SIGKILL)
        await self._child.wait()

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        assert self._child is not None
        self._child.send_signal(signal.SIGTERM)
        return await self._child.wait()

    async def ended(self) -> int:
        """Waits for it to end by itself; the exit code."""
        assert self._child is not None
        return await self._child.wait()

    def said(self) -> str:
        """Everything on its standard error so far."""
        return self.log.read_text(encoding="utf-8")

    async def __aenter__(self) -> Process:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()
