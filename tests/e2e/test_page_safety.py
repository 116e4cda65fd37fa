"""The demo page among hostile people and hostile pages: nothing of theirs runs, and they drive nothing."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, expect

from bot.demo.standin.messages import post
from tests.e2e.bare import LI, USERNAME, bare_page
from tests.e2e.browser import (
    HAN,
    WITHIN,
    Demo,
    got,
    needs_chromium,
    phone,
)  # fmt: skip

pytestmark = needs_chromium


async def test_hostile_names_texts_and_files_never_run(page: Page, demo: Demo, tmp_path: Path) -> None:
    attack = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    person = demo.call("/people", {"first_name": attack[:64], "last_name": "\u202egnp.exe", "language_code": "zh"})[
        "id"
    ]
    demo.call(f"/people/{person}/say", {"text": f'{attack} javascript:alert(1) https://t.me/x"onclick="run'})
    demo.call(f"/people/{person}/contact", {"phone_number": "1", "first_name": attack})
    await page.get_by_role("button", name="再拿一部手机").click()
    await page.get_by_role("menuitem", name="<img src=x").first.click()
    sheet = tmp_path / "a'\"><svg onload=run>.html"
    sheet.write_text(f"<html><body>{attack}</body></html>")
    await phone(page, person).locator("input[type=file]").set_input_files(sheet)
    await page.keyboard.press("Enter")
    link = phone(page, person).locator("a.file")
    await expect(link).to_contain_text("<svg onload=run>.html", timeout=WITHIN)
    await expect(phone(page, person)).to_contain_text("<script>")
    assert await page.locator("img[src='x'], svg[onload], [onclick], body script").count() == 0
    assert await page.locator("a[href^='javascript']").count() == 0
    assert "run" not in await page.title()

    target = await link.get_attribute("href")
    assert target is not None
    status, headers, _ = await asyncio.to_thread(got, target)
    assert (status, headers["Content-Type"]) == (200, "application/octet-stream")
    assert headers["Content-Disposition"].startswith("attachment")


async def test_a_page_of_another_address_drives_and_reads_nothing(browser: Browser, demo: Demo) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><link rel=icon href=data:,>")

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Not into the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        async with await browser.new_context() as profile:
            page = await profile.new_page()
            await page.goto(f"http://127.0.0.1:{server.server_port}/")
            tried = """async ([origin, key]) => {
                const body = JSON.stringify({ text: "driven" });
                const han = `${origin}/people/104/say`;
                const say = (query, options) => fetch(han + query, { method: "POST", body, ...options });
                const outcomes = await Promise.allSettled([
                    say("", { mode: "no-cors" }), say(key, { mode: "no-cors" }), say(key, { mode: "cors" }),
                    fetch(`${origin}/demo.json${key}`).then((answer) => answer.text()),
                    fetch(`${origin}/people${key}`).then((answer) => answer.text()),
                ]);
                const frame = document.createElement("iframe");
                frame.src = `${origin}/${key}`;
                document.body.append(frame);
                await new Promise((done) => frame.addEventListener("load", done));
                return outcomes.map(({ value }) => (typeof value === "string" ? value : ""));
            }"""
            read = await page.evaluate(tried, [demo.origin, f"?access_token={demo.access}"])
            assert read == [""] * 5
            framed = page.frames[-1]
            assert await framed.locator(".phone").count() == 0
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
    assert "driven" not in demo.texts(HAN)


async def test_without_the_token_only_the_pages_own_files_are_given(demo: Demo) -> None:
    for path in ("/demo.json", "/demo-link.svg", "/people", "/control/state", "/demo.json?access_token=guess"):
        assert (await asyncio.to_thread(got, demo.origin + path))[0] == 403
    for path in ("/../command.py", "/page.py", "/index.html.bak", "/..%2fpage.py"):
        assert (await asyncio.to_thread(got, demo.origin + path))[0] == 404
    assert (await asyncio.to_thread(got, f"{demo.origin}/main.js"))[0] == 200


async def test_the_policy_lets_nothing_else_in(browser: Browser, demo: Demo) -> None:
    _, headers, body = await asyncio.to_thread(got, demo.url)
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers
    async with await browser.new_context() as profile:
        page = await profile.new_page()
        await page.goto(demo.url)
        with pytest.raises(Error, match="TrustedHTML"):
            await page.evaluate("document.body.innerHTML = '<p>x</p>'")
    assert not re.search(r"(?:https?:)?//|style=|<script(?! type=\"module\" src=\")", body.replace("<!doctype", ""))


async def test_hostile_words_of_a_bot_never_run(browser: Browser) -> None:
    attack = '"><img src=x onerror="document.title=\'run\'"><svg onload="document.title=\'run\'">'
    async with bare_page(browser) as (page, bot):
        world, li = bot.standin.world, phone(page, LI)
        entities = [
            {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:document.title='run'"},
            {
                "type": "text_link",
                "offset": 5,
                "length": 4,
                "url": "data:text/html,<script>document.title='run'</script>",
            },
            {"type": "bold", "offset": 2, "length": 900},
            {"type": "made_up", "offset": 1, "length": 3},
        ]
        rows = [[{"text": attack, "callback_data": "x"}, {"text": "go", "url": "javascript:document.title='run'"}]]
        content = {"text": f"link link {attack}", "entities": entities}
        post(world, world.chats[LI], world.bot, content, markup={"inline_keyboard": rows})
        keyboard = {"keyboard": [[{"text": attack}]], "input_field_placeholder": attack[:64]}
        await bot("sendMessage", chat_id=LI, text=attack, reply_markup=keyboard)
        await li.locator(".slip .key", has_text="go").click()
        await li.locator(".slip .key").first.click()
        pressed = await bot.gets("callback_query")
        await bot("answerCallbackQuery", callback_query_id=pressed["id"], text=attack, show_alert=True)
        await expect(page.get_by_role("dialog")).to_contain_text("<img src=x")
        await page.keyboard.press("Escape")
        await li.get_by_role("textbox").fill(f"@{USERNAME} {attack}")
        query = await bot.gets("inline_query")
        await bot.offers(query, attack)
        await li.get_by_role("option").click()
        await expect(li.locator(".mine").last).to_contain_text("<img src=x")
        await page.wait_for_function("document.querySelectorAll('.row').length >= 3")
        assert (
            await page.locator("img[src='x'], svg[onload], body script, a[href^='javascript'], a[href^='data']").count()
            == 0
        )
        assert await page.title() == "Kehu demo"


async def test_only_this_machine_is_listened_to(demo: Demo) -> None:
    """127.0.0.2 is this machine too, but not the address that was bound."""
    port = int(demo.origin.rpartition(":")[2])
    (await asyncio.open_connection("127.0.0.1", port))[1].close()
    for other in ("127.0.0.2", "::1", socket.gethostbyname(socket.gethostname())):
        if other != "127.0.0.1":
            with pytest.raises((ConnectionRefusedError, OSError), match=r"onnect|refused|assign|reach"):
                await asyncio.open_connection(other, port)
    status, _, body = await asyncio.to_thread(got, demo.url, Host="kehu.example.org")  # a name that leads here
    assert (status, "script" in body) == (403, False)
