"""The demo page before any bot: every kind of message that Telegram has for us, drawn and answered.

Here the test is the bot: it calls the stand-in's Bot API itself, so that also what Kehu doesn't send yet is looked at.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import FilePayload, expect

from bot.demo import page as demo_page
from bot.demo.standin import StandIn
from tests.e2e.browser import WITHIN, Demo, needs_chromium, opened, phone, png

pytestmark = needs_chromium

ACCESS, TOKEN, LI, GUEST = "key-of-the-page", "12345:of-the-bot", 103, 201
TEXT = (
    "<b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> <code>try me</code> <tg-spoiler>hidden</tg-spoiler>\n"
    "<blockquote expandable>one\ntwo\nthree\nfour\nfive</blockquote>\n<pre>a  b</pre>\n"
    '<a href="https://example.org/">a link</a> /help'
)


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    people = [{"id": LI, "role": "salesperson"}, {"id": GUEST, "role": "customer"}]
    told = {"lang": "en", "people": people, "phones": [LI, GUEST], "link": "https://t.me/x", "zone": "Europe/London"}
    routes = demo_page.routes(ACCESS, told)
    standin = await StandIn.start(token=TOKEN, access_token=ACCESS, extra_routes=routes)
    for person, name in ((LI, "Leo"), (GUEST, "Kai")):
        standin.world.add_person(
            {"id": person, "first_name": name, "language_code": "en", "started": True, "phone": "+447700900001"}
        )
    yield standin
    await standin.stop()


class Bot:
    """Calls the Bot API as a bot would."""

    def __init__(self, session: aiohttp.ClientSession, standin: StandIn) -> None:
        self._session = session
        self._url = f"{standin.base_url}{TOKEN}"

    async def __call__(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(f"{self._url}/{method}", json=parameters) as answer:
            told = await answer.json()
        assert told["ok"], told
        return told["result"]

    async def gets(self, kind: str) -> dict[str, Any]:
        """The next update of that kind."""
        offset = 0
        while True:
            for update in await self("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                if kind in update:
                    await self("getUpdates", offset=offset, timeout=0)
                    return dict(update[kind])


async def test_every_kind_of_message(standin: StandIn) -> None:
    demo = Demo(f"{standin.url}/?access_token={ACCESS}")
    async with aiohttp.ClientSession() as session, opened(demo) as page:
        bot, li = Bot(session, standin), phone(page, LI)
        keyboard = {"inline_keyboard": [[{"text": "Press", "callback_data": "p"}]]}
        sent = await bot("sendMessage", chat_id=LI, text=TEXT, parse_mode="HTML", reply_markup=keyboard)
        for tag in ("b", "i", "u", "s", "code", "blockquote.folded", "pre", ".spoiler"):
            await expect(li.locator(f".text {tag}")).to_have_count(1, timeout=WITHIN)
        await expect(li.locator(".text a[href]")).to_have_attribute("rel", "noopener noreferrer nofollow")
        await li.get_by_role("button", name="More", exact=True).click()
        await expect(li.locator(".folded")).to_have_count(0)
        await li.locator(".spoiler").click()
        await expect(li.locator(".spoiler.shown")).to_have_text("hidden")
        await li.locator("code").click()
        await expect(li.get_by_role("textbox")).to_have_value("try me")

        await li.get_by_role("button", name="Press").click()
        await expect(li.locator(".key.waiting")).to_have_count(1)
        pressed = await bot.gets("callback_query")
        await bot("answerCallbackQuery", callback_query_id=pressed["id"], text="Heard", show_alert=True)
        await expect(page.get_by_role("dialog")).to_contain_text("Heard")
        await page.get_by_role("button", name="OK").click()
        await expect(li.locator(".key.waiting")).to_have_count(0)
        await bot("editMessageText", chat_id=LI, message_id=sent["message_id"], text="Changed")
        await expect(li.locator(".slip")).to_have_text("Changed")

        await bot("sendChatAction", chat_id=LI, action="typing")
        await expect(li.locator(".typing")).to_be_visible()
        keys = {"keyboard": [[{"text": "Share", "request_contact": True}]], "input_field_placeholder": "Your number"}
        await bot("sendMessage", chat_id=LI, text="Who are you", reply_markup=keys)
        await expect(li.locator(".typing")).to_be_hidden()
        await expect(li.get_by_role("textbox")).to_have_attribute("placeholder", "Your number")
        await li.get_by_role("button", name="Share").click()
        await expect(li.locator(".mine .contact")).to_contain_text("Leo")

        await li.get_by_role("textbox").fill("@kehu_demo_bot zh")
        asked = await bot.gets("inline_query")
        result = {
            "type": "article",
            "id": "1",
            "title": "Kai Zhou",
            "input_message_content": {"message_text": "A card"},
        }
        await bot("answerInlineQuery", inline_query_id=asked["id"], results=json.dumps([result]))
        await li.get_by_role("option", name="Kai Zhou").click()
        await expect(li.locator(".mine .slip").last).to_contain_text("A card")

        pictures = [FilePayload(name=f"{n}.png", mimeType="image/png", buffer=png(40, 30)) for n in range(3)]
        await li.locator("input[type=file]").set_input_files(pictures)
        await li.get_by_role("button", name="Send", exact=True).click()
        await expect(li.locator(".row:has(.photo)")).to_have_count(1)
        await expect(li.locator(".row .photo")).to_have_count(3)

        await bot("sendMessage", chat_id=LI, text="One answer", reply_markup={"force_reply": True})
        await expect(li.locator(".above-box")).to_contain_text("Reply to Kehu")
        await li.get_by_role("textbox").fill("Here")
        await page.keyboard.press("Enter")
        await expect(li.locator(".mine .replied").last).to_contain_text("One answer")
        await bot("deleteMessage", chat_id=LI, message_id=sent["message_id"])
        await expect(li.locator(".slip", has_text="Changed")).to_have_count(0)
