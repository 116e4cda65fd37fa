"""Fixtures for what needs a whole `kehu demo` and a browser: one of each for all tests of a worker."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.e2e.browser import Demo, chromium, kehu_demo, opened

# A hundred processes are started here, and each would compile the whole bot anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with kehu_demo() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    async with opened(browser, demo) as page:
        yield page
