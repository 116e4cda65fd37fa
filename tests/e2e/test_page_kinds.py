"""Every kind of message that Telegram has for us, drawn and answered on the demo page. The test is the bot."""

from __future__ import annotations

from playwright.async_api import Browser, FilePayload, expect

from tests.e2e.bare import LI, bare_page
from tests.e2e.browser import WITHIN, needs_chromium, phone, png

pytestmark = needs_chromium

TEXT = (
    "<b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> <code>try me</code> <tg-spoiler>hidden</tg-spoiler>\n"
    "<blockquote expandable>one\ntwo\nthree\nfour\nfive</blockquote>\n<pre>a  b</pre>\n"
    '<a href="https://example.org/">a link</a> /help'
)


async def test_every_kind_of_message(browser: Browser) -> None:
    async with bare_page(browser) as (page, bot):
        li = phone(page, LI)
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
