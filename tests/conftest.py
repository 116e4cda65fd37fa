"""Fixtures for every test: a book, a company in Chinese, a company in English."""

from __future__ import annotations

import asyncio
import gc
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from bot.clock import Clock
from bot.demo.standin import People, StandIn
from store.db import Book
from tests.conformity import hold
from tests.house import BEGIN, TOKEN, Blank, Company, make_book

#: No test is about how fast the machine is just now.
settings.register_profile("kehu", deadline=None)
settings.load_profile("kehu")


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the garbage collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    """Friday 2026-11-20, 10:00 in Shanghai."""
    clock = Clock()
    clock.set(BEGIN)
    return clock


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    """The empty book that tests begin with."""
    blank = Blank(tmp_path_factory.mktemp("blank") / "book.db", secrets.token_bytes(32))

    async def make() -> None:
        await (await Book.open(blank.path, blank.key, clock=lambda: BEGIN)).close()

    asyncio.run(make())
    return blank


@pytest.fixture
async def book(blank: Blank, tmp_path: Path, clock: Clock) -> AsyncIterator[Book]:
    """An empty encrypted book."""
    book = await blank.opened(tmp_path / "book.db", clock)
    yield book
    await book.close()


class Settled:
    """A settled company's folder for each language, made once and copied from then on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids: dict[str, dict[str, int]] = {}

    async def copy(self, to: Path, clock: Clock, language: str) -> dict[str, int]:
        """Puts a company into `to` as `make_book` does; nickname → staff id."""
        if language not in self._ids:
            self._ids[language] = await make_book(self._folder / language, clock, language)
        shutil.copytree(self._folder / language, to)
        return self._ids[language]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """The companies that tests begin with."""
    return Settled(tmp_path_factory.mktemp("settled"))


@asynccontextmanager
async def running(settled: Settled, folder: Path, clock: Clock, language: str) -> AsyncIterator[Company]:
    """A company with its bot running."""
    ids = await settled.copy(folder, clock, language)
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot", clock=clock)
    try:
        async with People(standin.url) as people:
            company = Company(folder, clock, standin, people, ids)
            await company.begin(language)
            try:
                yield company
            finally:  # of a test that failed, too: what it leaves open would be the next one's fault
                await company.stop()
            hold(standin.requests)
    finally:
        await standin.stop()


@pytest.fixture
async def company(settled: Settled, tmp_path: Path, clock: Clock) -> AsyncIterator[Company]:
    """A company that speaks Chinese."""
    async with running(settled, tmp_path / "company", clock, "zh") as company:
        yield company


@pytest.fixture
async def english(settled: Settled, tmp_path: Path, clock: Clock) -> AsyncIterator[Company]:
    """A company that speaks English."""
    async with running(settled, tmp_path / "company", clock, "en") as company:
        yield company


def pytest_addoption(parser: pytest.Parser) -> None:
    """The longer proofs are the same tests with larger numbers."""
    parser.addoption("--rounds", type=int, default=5, help="how often a process is killed")
    parser.addoption("--reminders", type=int, default=100, help="how many reminders fall due while everything fails")
    parser.addoption("--answers", type=int, default=60, help="how many people answer a campaign at once")
    parser.addoption("--minutes", type=float, default=0.1, help="how long a busy time lasts")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often to kill."""
    return int(request.config.getoption("--rounds"))


@pytest.fixture
def minutes(request: pytest.FixtureRequest) -> float:
    """How long to be busy."""
    return float(request.config.getoption("--minutes"))


@pytest.fixture
def answers(request: pytest.FixtureRequest) -> int:
    """How many people answer a campaign at once."""
    return int(request.config.getoption("--answers"))
