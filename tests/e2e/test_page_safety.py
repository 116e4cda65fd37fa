"""The demo page among hostile people and hostile pages: nothing of theirs runs, and they drive nothing."""

from __future__ import annotations

import asyncio
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, expect

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
