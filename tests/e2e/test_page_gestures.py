"""What people do with their phones on the demo page: drop, fetch, forward, link, reply, search. The test is the bot."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Browser, JSHandle, Locator, Page, expect

from tests.e2e.bare import GUEST, LI, USERNAME, Bot, bare_page
from tests.e2e.browser import needs_chromium, phone, png, writes

pytestmark = needs_chromium

SHEET = "name,phone\nKai Zhou,+447700900001\n"


async def held(page: Page, name: str, kind: str, data: bytes) -> JSHandle:
    """A file in somebody's hand, on its way from the desktop."""
    make = """([name, type, bytes]) => {
        const held = new DataTransfer();
        held.items.add(new File([new Uint8Array(bytes)], name, { type }));
        return held;
    }"""
    return await page.evaluate_handle(make, [name, kind, list(data)])


async def chosen(page: Page, opener: Locator, *labels: str | re.Pattern[str]) -> None:
    """Opens a menu and picks, menu after menu."""
    await opener.click()
    for label in labels:
        await page.get_by_role("menuitem", name=label).click()


def menu_of(page: Page, person: int, text: str) -> Locator:
    """What opens the menu of a message."""
    return phone(page, person).locator(".row", has_text=text).last.get_by_role("button", name="This message")


async def test_files_are_dropped_onto_a_phone_and_fetched_from_another(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li, kai = phone(page, LI), phone(page, GUEST)
        sheet = await held(page, "客户 list.csv", "text/csv", SHEET.encode())
        await li.dispatch_event("dragover", {"dataTransfer": sheet})
        await expect(li.locator(".drop-hint")).to_be_visible()
        await li.dispatch_event("drop", {"dataTransfer": sheet})
        await expect(li.locator(".drop-hint")).to_be_hidden()
        await expect(li.locator(".held")).to_contain_text("客户 list.csv")
        await page.keyboard.press("Enter")
        document = (await bot.gets("message"))["document"]
        assert (document["file_name"], document["file_size"]) == ("客户 list.csv", len(SHEET))

        await bot("sendDocument", chat_id=GUEST, document=document["file_id"], caption="Your list")
        async with page.expect_download() as download:
            await kai.get_by_role("link", name="Download 客户 list.csv").click()
        fetched = await (await download.value).path()
        assert await asyncio.to_thread(fetched.read_bytes) == SHEET.encode()

        for number in range(2):
            picture = await held(page, f"{number}.png", "image/png", png(40 + number, 30))
            await li.dispatch_event("drop", {"dataTransfer": picture})
        await page.keyboard.press("Enter")
        photos = [(await bot.gets("message"))["photo"][-1]["file_id"] for _ in range(2)]
        media = [
            {"type": "photo", "media": photo, "caption": "Boxes" if not n else ""} for n, photo in enumerate(photos)
        ]
        await bot("sendMediaGroup", chat_id=GUEST, media=media)
        await expect(kai.locator(".theirs .album")).to_have_count(1)
        await expect(kai.locator(".album .photo img")).to_have_count(2)
        await expect(kai.locator(".row:has(.album)")).to_contain_text("Boxes")

        beside = """(held) => document.querySelector(".desk").dispatchEvent(
            new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: held }))"""
        assert await page.evaluate(beside, sheet) is False, "a file that misses the phones doesn't replace the page"


async def test_unread_marks_and_a_notification_without_a_sound(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        await phone(page, LI).get_by_role("textbox").focus()
        for text in ("One", "Two"):
            await bot("sendMessage", chat_id=GUEST, text=text)
        badge = phone(page, GUEST).locator(".phone-head .badge")
        await expect(badge).to_have_text("2")
        await expect(badge).to_have_attribute("aria-label", "2 unread")
        await phone(page, GUEST).get_by_role("textbox").click()
        await expect(badge).to_be_hidden()
        await bot("sendMessage", chat_id=GUEST, text="Three")
        await expect(phone(page, GUEST)).to_contain_text("Three")
        await expect(badge).to_be_hidden()
        assert await page.evaluate("[...document.querySelectorAll('audio, video')].length") == 0
    async with bare_page(browser, width=360) as (page, bot):
        await bot("sendMessage", chat_id=GUEST, text="Behind a tab")
        tab = page.get_by_role("button", name="Kai, Customer, 1 unread")
        await expect(tab).to_be_visible()
        await page.get_by_role("button", name="Kai · Behind a tab").click()
        await expect(phone(page, GUEST)).to_be_visible()


async def test_the_commands_menu_is_the_readers_own(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        await expect(phone(page, LI).get_by_role("button", name="Commands")).to_be_hidden()
        command = {"command": "today", "description": "What is due"}
        await bot("setMyCommands", commands=[command], scope={"type": "chat", "chat_id": LI})
        await chosen(page, phone(page, LI).get_by_role("button", name="Commands"), re.compile("today.*What is due"))
        assert (await bot.gets("message"))["text"] == "/today"
        await expect(phone(page, GUEST).get_by_role("button", name="Commands")).to_be_hidden()


async def test_from_one_phone_to_another_and_a_contact_of_somebody_else(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li, kai = phone(page, LI), phone(page, GUEST)
        await bot("sendMessage", chat_id=LI, text="An offer")
        await li.get_by_text("An offer").hover()
        await chosen(page, menu_of(page, LI, "An offer"), "Forward to…", "Kai")
        await kai.get_by_role("button", name="Leo: An offer").click()
        await expect(kai.locator(".slip", has_text="An offer")).to_contain_text("Forwarded from Kehu")
        await li.locator(".chats button", has_text="Kehu").click()

        await chosen(page, li.get_by_role("button", name="Attach"), "Another contact…")
        await page.get_by_label("Name").fill("Mei Lin")
        await page.get_by_label("Phone", exact=True).fill("+44 7700 900123")
        await page.get_by_role("button", name="Send contact").click()
        contact = (await bot.gets("message"))["contact"]
        assert (contact["first_name"], contact["phone_number"]) == ("Mei Lin", "+44 7700 900123")
        await expect(li.locator(".mine .contact")).to_contain_text("Mei Lin")


async def test_deep_links_open_on_the_phone_that_is_chosen(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        link = f"https://t.me/{USERNAME}?start=c_abc"
        rows = [[{"text": "Open", "url": link}], [{"text": "Read", "url": "https://example.org/terms"}]]
        await bot("sendMessage", chat_id=LI, text=f"Pass it on: {link}", reply_markup={"inline_keyboard": rows})
        li = phone(page, LI)
        await chosen(page, li.locator(".text a"), "Kai’s phone")
        message = await bot.gets("message")
        assert (message["from"]["id"], message["text"]) == (GUEST, "/start c_abc")
        await expect(phone(page, GUEST).locator(".mine")).to_have_text(re.compile("^/start"))
        await chosen(page, li.locator(".key", has_text="Open"), "Leo’s phone")
        assert (await bot.gets("message"))["from"]["id"] == LI
        await li.locator(".key", has_text="Read").click()
        await expect(page.get_by_role("menuitem", name="Open example.org")).to_be_visible()
        await page.keyboard.press("Escape")
        assert len(page.context.pages) == 1


async def test_long_messages_and_long_words(browser: Browser) -> None:
    async with bare_page(browser, width=360) as (page, bot):
        await writes(page, LI, "word " * 900 + "end")
        parts = [(await bot.gets("message"))["text"] for _ in range(2)]
        assert [len(part) <= 4096 for part in parts] == [True, True]
        assert parts[1].endswith("end")
        await bot("sendMessage", chat_id=LI, text="W" * 4096)
        await expect(phone(page, LI).locator(".theirs .text")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        assert await phone(page, LI).locator(".log").evaluate("(log) => log.scrollWidth <= log.clientWidth")


async def test_own_messages_are_changed_reacted_to_and_taken_back(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li = phone(page, LI)
        await writes(page, LI, "Helo")
        await li.get_by_text("Helo").hover()
        await chosen(page, menu_of(page, LI, "Helo"), "Edit")
        await li.get_by_role("textbox").fill("Hello")
        await page.keyboard.press("Enter")
        assert (await bot.gets("edited_message"))["text"] == "Hello"
        await expect(li.locator(".mine time")).to_contain_text("edited")
        await chosen(page, menu_of(page, LI, "Hello"), re.compile("👍"))
        await expect(li.locator(".reactions")).to_have_text("👍")
        await chosen(page, menu_of(page, LI, "Hello"), "Delete")
        await expect(li.locator(".row")).to_have_count(0)


async def asks(page: Page, bot: Bot, person: int, words: str) -> dict[str, object]:
    """Types an inline query; as the bot gets it."""
    box = phone(page, person).get_by_role("textbox")
    await box.fill("")
    await box.press_sequentially(f"@{USERNAME} {words}")
    while True:
        query = await bot.gets("inline_query")
        if query["query"] == words:
            return query


async def test_inline_results_go_into_any_chat_by_keyboard(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li, kai = phone(page, LI), phone(page, GUEST)
        await chosen(page, li.get_by_role("button", name="Leo’s phone: more"), "Write to Kai")
        query = await asks(page, bot, LI, "mei")
        assert query["chat_type"] == "private"
        await bot.offers(query, "Mei Lin", "Mei Wu", next_offset="2")
        await expect(li.get_by_role("option")).to_have_text(["Mei Lin", "Mei Wu"])
        await li.get_by_role("button", name="More results").click()
        further = await bot.gets("inline_query")
        assert (further["query"], further["offset"]) == ("mei", "2")
        await bot.offers(further, "Meihua Zhang")
        await expect(li.get_by_role("option")).to_have_text(["Mei Lin", "Mei Wu", "Meihua Zhang"])
        await expect(li.get_by_role("button", name="More results")).to_have_count(0)
        await li.get_by_role("textbox").focus()
        for key in ("ArrowUp", "ArrowUp", "Enter"):
            await page.keyboard.press(key)
        await kai.get_by_role("button", name="Leo: Mei Wu.").click()
        await expect(kai.locator(".slip", has_text="Mei Wu.")).to_contain_text("via Kehu")
        await expect(li.get_by_role("textbox")).to_have_value("")

        await bot.offers(await asks(page, bot, LI, "kai"), "Kai Zhou")
        await expect(li.get_by_role("option")).to_have_count(1)
        await page.keyboard.press("Enter")
        await expect(kai.locator(".slip", has_text="Kai Zhou.")).to_be_visible()

        button = {"text": "See all", "start_parameter": "find"}
        await bot.offers(await asks(page, bot, LI, "nobody"), button=button)
        await li.get_by_role("button", name="See all").click()
        assert (await bot.gets("message"))["text"] == "/start find"


async def test_a_button_that_searches_asks_in_which_chat(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li = phone(page, LI)
        rows = [
            [{"text": "Share", "switch_inline_query": "mei"}, {"text": "Here", "switch_inline_query_current_chat": ""}]
        ]
        await bot("sendMessage", chat_id=LI, text="Find", reply_markup={"inline_keyboard": rows})
        await li.locator(".key", has_text="Here").click()
        assert (await bot.gets("inline_query"))["chat_type"] == "sender"
        await chosen(page, li.locator(".key", has_text="Share"), "Kai")
        query = await bot.gets("inline_query")
        assert (query["query"], query["chat_type"]) == ("mei", "private")
        await bot.offers(query)
        await expect(li.locator(".results")).to_have_text("No results")
        await page.keyboard.press("Escape")
        await expect(li.locator(".results")).to_be_hidden()
