"""Fixtures for what needs a whole `kehu demo` and a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Page

from tests.e2e.browser import Demo, kehu_demo, opened


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with kehu_demo() as running:
        yield running


@pytest.fixture
async def page(demo: Demo) -> AsyncIterator[Page]:
    async with opened(demo) as page:
        yield page
