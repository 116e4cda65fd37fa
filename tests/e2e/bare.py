"""The page before any bot: the test is the bot, and calls the stand-in's Bot API itself.

So everything that Telegram has for us is looked at, also what Kehu doesn't send yet. Example::

    async with bare_page(browser) as (page, bot):
        await bot("sendMessage", chat_id=LI, text="hello")
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from playwright.async_api import Browser, Page

from bot.demo import page as demo_page
from bot.demo.standin import StandIn
from tests.e2e.browser import WITHIN, Demo, opened

ACCESS, TOKEN, LI, GUEST = "key-of-the-page", "12345:of-the-bot", 103, 201
USERNAME = "kehu_demo_bot"


class Bot:
    """Calls the Bot API as a bot would."""

    def __init__(self, session: aiohttp.ClientSession, standin: StandIn, demo: Demo) -> None:
        self.standin = standin
        self.demo = demo
        self._session = session
        self._offset = 0

    async def __call__(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(f"{self.standin.base_url}{TOKEN}/{method}", json=parameters) as answer:
            told = await answer.json()
        assert told["ok"], told
        return told["result"]

    async def gets(self, kind: str) -> dict[str, Any]:
        """The next update of that kind; those before it are passed over. Raises TimeoutError when none comes."""
        async with asyncio.timeout(WITHIN / 1000):
            while True:
                for update in await self("getUpdates", offset=self._offset, timeout=10, limit=1):
                    self._offset = update["update_id"] + 1
                    if kind in update:
                        return dict(update[kind])

    async def offers(self, query: dict[str, Any], *titles: str, **more: Any) -> None:
        """Answers an inline query with a text for each title, to be kept nowhere."""
        results = [
            {"type": "article", "id": str(n), "title": title, "input_message_content": {"message_text": f"{title}."}}
            for n, title in enumerate(titles)
        ]
        await self("answerInlineQuery", inline_query_id=query["id"], results=results, cache_time=0, **more)


@asynccontextmanager
async def bare_page(
    browser: Browser, *, width: int = 1440, expected: str = "$^", events: int = 5_000
) -> AsyncIterator[tuple[Page, Bot]]:
    """Two phones, Leo's and Kai's, on a page in English, and the bot that the test plays.

    `expected` is a pattern of errors in the console, `events` how many the stand-in keeps for a page that was away.
    """
    people = [{"id": LI, "role": "salesperson"}, {"id": GUEST, "role": "customer"}]
    link = f"https://t.me/{USERNAME}?start=c_key"
    told = {"lang": "en", "people": people, "phones": [LI, GUEST], "link": link, "zone": "Europe/London"}
    standin = await StandIn.start(
        token=TOKEN,
        bot_username=USERNAME,
        access_token=ACCESS,
        events=events,
        extra_routes=demo_page.routes(ACCESS, told),
    )
    try:
        for person, name in ((LI, "Leo"), (GUEST, "Kai")):
            standin.world.add_person(
                {"id": person, "first_name": name, "language_code": "en", "started": True, "phone": "+447700900001"}
            )
        demo = Demo(f"{standin.url}/?access_token={ACCESS}")
        async with aiohttp.ClientSession() as session, opened(browser, demo, width=width, expected=expected) as page:
            yield page, Bot(session, standin, demo)
    finally:
        await standin.stop()
