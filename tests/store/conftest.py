"""SQLite watches every book in these tests (tests/authorizer.py); and a large book, made once."""

from __future__ import annotations

import asyncio
import fcntl
from pathlib import Path

import pytest

from benchmarks import book as made
from tests.authorizer import watched

__all__ = ["watched"]
TEN_THOUSAND = 10_000


@pytest.fixture(scope="session")
def ten_thousand(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a book of ten thousand made-up customers, one for all workers: to be read, or to be copied."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "ten-thousand"
    folder.mkdir(exist_ok=True)

    async def make() -> None:
        await (await made.opened(folder, TEN_THOUSAND)).close()

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asyncio.run(make())
    return folder
