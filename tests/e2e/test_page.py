"""The demo page as people meet it: the real `kehu demo`, Debian's Chromium, clicking and typing."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.async_api import Error, Locator, Page, async_playwright, expect

from tests.e2e.process import ROOT

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Milliseconds within which something must appear; a slow machine is no fault of the page's.
WITHIN = 30_000
LI, MANAGER, SUPPORT, CUSTOMER, HAN = 103, 102, 105, 201, 104

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}: apt install chromium fonts-noto-cjk")


@dataclass(frozen=True)
class Demo:
    """A running `kehu demo`."""

    url: str

    @property
    def origin(self) -> str:
        return self.url.partition("/?")[0]

    @property
    def access(self) -> str:
        return self.url.partition("access_token=")[2]

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request of the people's or the control side."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.access}", "Content-Type": "application/json"}
        with urlopen(Request(self.origin + path, data, headers), timeout=30) as answer:
            return json.load(answer)

    def texts(self, person: int) -> list[str]:
        """What stands in a person's chat with the bot."""
        return [message.get("text", "") for message in self.call(f"/people/{person}/chat")["messages"]]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0", "--lang", "zh"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?access_token=\S+", process.stdout.readline())
        assert found, "the demo prints its address first"
        yield Demo(found.group())
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@asynccontextmanager
async def opened(demo: Demo, *, width: int = 1440, height: int = 900) -> AsyncIterator[Page]:
    """The page in a browser of its own. Ends with a look at the console: no errors, nothing that the policy stopped."""
    said: list[str] = []
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.set_default_timeout(WITHIN)
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto(demo.url)
        await page.locator(".phone").first.wait_for()
        yield page
        await browser.close()
    assert said == []


@pytest.fixture
async def page(demo: Demo) -> AsyncIterator[Page]:
    async with opened(demo) as page:
        yield page


def phone(page: Page, person: int) -> Locator:
    return page.locator(f"#phone-{person}")


async def writes(page: Page, person: int, text: str) -> None:
    await phone(page, person).get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def sees(page: Page, person: int, *texts: str) -> Locator:
    """Waits for the newest slip with all of these texts."""
    slip = phone(page, person).locator(".slip")
    for text in texts:
        slip = slip.filter(has_text=text)
    await expect(slip.last).to_be_visible(timeout=WITHIN)
    return slip.last


async def taps(page: Page, person: int, label: str) -> None:
    await phone(page, person).locator(".slip .key", has_text=re.compile(f"^{re.escape(label)}$")).last.click()


def got(address: str) -> tuple[int, Message, str]:
    """Status, headers and body of an address."""
    try:
        with urlopen(address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x99" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def test_the_first_minute_and_the_day_after_it(page: Page, demo: Demo) -> None:
    """The guide's five steps, then edit, remind, complain with a photo, and rate."""
    guide = page.locator(".guide")
    await guide.locator(".line").click()
    await page.keyboard.press("Enter")
    await sees(page, LI, "新客户，对吗", "云帆科技")
    await expect(guide).to_contain_text("保存")
    await taps(page, LI, "保存")
    await sees(page, LI, "已保存", "王总")
    await guide.locator(".line", has_text="wangzong").click()
    await page.keyboard.press("Enter")
    await expect(guide).to_contain_text("撤销", timeout=WITHIN)
    await page.locator(".pointed", has_text="撤销").click()
    await sees(page, LI, "已撤销")

    # again, to keep: edit, undo the edit
    await writes(page, LI, "王总 13800138000 云帆科技 采购 周三下午回访")
    await sees(page, LI, "新客户，对吗")
    await taps(page, LI, "保存")
    await sees(page, LI, "已保存", "采购")
    await taps(page, LI, "修改")
    await sees(page, LI, "改哪一项")
    await taps(page, LI, "级别")
    await sees(page, LI, "选择级别")
    await taps(page, LI, "VIP")
    await sees(page, LI, "级别已改为 VIP")
    await taps(page, LI, "撤销")
    await sees(page, LI, "已撤销", "潜在")

    # Monday, by the button that the guide points at; Wednesday, by a date
    await page.locator('[data-jump="monday"].pointed').click()
    await sees(page, MANAGER, "📊", "新客户")
    await expect(guide).to_contain_text("走完了", timeout=WITHIN)
    await guide.get_by_role("button", name="关闭引导").click()
    await expect(guide).to_be_hidden()
    await page.locator('[data-jump="pick"]').click()
    when = page.locator("dialog input")
    monday = await when.input_value()
    await when.fill("2000-01-01T00:00")
    await page.locator("dialog .primary").click()
    await expect(page.locator("dialog")).to_contain_text("只能往后拨")
    await when.fill(f"{monday[:8]}{int(monday[8:10]) + 2:02}T14:00" if int(monday[8:10]) < 27 else monday)
    if int(monday[8:10]) < 27:
        await page.locator("dialog .primary").click()
    else:  # the month ends before Wednesday: two mornings and the hours to two o'clock
        await page.keyboard.press("Escape")
        for jump in ("tomorrow", "tomorrow", *["hour"] * 6):
            await page.locator(f'[data-jump="{jump}"]').click()
    await sees(page, LI, "⏰", "138 0013 8000", "回访")
    await taps(page, LI, "✓ 完成")
    await sees(page, LI, "已完成")


async def test_a_customer_scans_rates_and_complains_with_a_photo(page: Page, tmp_path: Path) -> None:
    (tmp_path / "box.png").write_bytes(png(64, 48))
    await phone(page, CUSTOMER).get_by_role("button", name="用周凯的手机扫").click()
    await sees(page, CUSTOMER, "什么都不会保存")
    assert await phone(page, CUSTOMER).get_by_text("c_").count() == 0, "the key of the link stands nowhere"
    await taps(page, CUSTOMER, "同意")
    await sees(page, CUSTOMER, "想做什么")
    await taps(page, CUSTOMER, "评分")
    await taps(page, CUSTOMER, "5 ★")
    await sees(page, CUSTOMER, "收到 5 分")
    await writes(page, CUSTOMER, "响应很快")
    await sees(page, CUSTOMER, "转给负责的同事")
    await sees(page, LI, "周凯", "响应很快")

    before = await phone(page, CUSTOMER).locator(".theirs").count()
    await phone(page, CUSTOMER).locator("input[type=file]").set_input_files(tmp_path / "box.png")
    await expect(phone(page, CUSTOMER).locator(".held")).to_contain_text("box.png")
    await phone(page, CUSTOMER).get_by_role("textbox").fill("投诉 箱子破了")
    await page.keyboard.press("Enter")
    picture = phone(page, CUSTOMER).locator(".mine .photo img")
    await expect(picture).to_be_visible(timeout=WITHIN)
    assert await picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") == 64
    await expect(phone(page, CUSTOMER).locator(".theirs")).not_to_have_count(before, timeout=WITHIN)


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


async def test_a_page_of_another_address_drives_and_reads_nothing(demo: Demo) -> None:
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
        async with async_playwright() as play:
            browser = await play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            page = await browser.new_page()
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
            await browser.close()
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
    assert "driven" not in demo.texts(HAN)


def test_without_the_token_only_the_pages_own_files_are_given(demo: Demo) -> None:
    for path in ("/demo.json", "/demo-link.svg", "/people", "/control/state", "/demo.json?access_token=guess"):
        assert got(demo.origin + path)[0] == 403
    for path in ("/../command.py", "/page.py", "/index.html.bak", "/..%2fpage.py"):
        assert got(demo.origin + path)[0] == 404
    assert got(f"{demo.origin}/main.js")[0] == 200


async def test_the_policy_lets_nothing_else_in(demo: Demo) -> None:
    _, headers, body = await asyncio.to_thread(got, demo.url)
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in headers
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = await browser.new_page()
        await page.goto(demo.url)
        with pytest.raises(Error, match="TrustedHTML"):
            await page.evaluate("document.body.innerHTML = '<p>x</p>'")
        await browser.close()
    assert not re.search(r"(?:https?:)?//|style=|<script(?! type=\"module\" src=\")", body.replace("<!doctype", ""))


async def test_it_survives_a_reload_and_a_narrow_screen(demo: Demo) -> None:
    async with opened(demo, width=360, height=740) as page:
        await writes(page, LI, "/today")
        await sees(page, LI, "跟进")
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        assert await page.locator(".phone:visible").count() == 1
        await page.get_by_role("button", name="王芳").first.click()
        await expect(phone(page, MANAGER)).to_be_visible()
        await expect(phone(page, LI)).to_be_hidden()
        await page.locator(".skip").click()
        await page.reload()
        await sees(page, LI, "/today")
        await expect(page.locator(".guide")).to_be_hidden()


async def test_without_a_mouse_and_in_english(page: Page) -> None:
    await page.keyboard.press("Alt+Digit2")
    await page.keyboard.type("/menu")
    await page.keyboard.press("Enter")
    menu = await sees(page, MANAGER, "菜单")
    for _ in range(60):
        if await page.evaluate("document.activeElement.classList.contains('key')"):
            break
        await page.keyboard.press("Shift+Tab")
    await expect(menu.locator(".key:focus")).to_have_count(1)
    box = phone(page, MANAGER).get_by_role("textbox")
    await box.focus()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await page.get_by_role("banner").get_by_role("button", name="设置").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Faults")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"
    keys = await page.evaluate("import('./texts.js').then((texts) => texts.keys())")
    assert keys["zh"] == keys["en"]
    assert await page.evaluate(NAMELESS) == []


async def test_when_telegram_is_down_the_answer_comes_after_it(page: Page, demo: Demo) -> None:
    await page.get_by_role("button", name="故障").click()
    await page.get_by_role("menuitemcheckbox", name="Telegram 停了").click()
    await expect(page.locator(".strip", has_text="Telegram 停了")).to_be_visible()
    await writes(page, LI, "没有这个人啊")
    await asyncio.sleep(1)
    assert await phone(page, LI).locator(".theirs", has_text="没有这个人啊").count() == 0
    await page.get_by_role("button", name="恢复").click()
    await sees(page, LI, "没有找到", "没有这个人啊")
    await page.get_by_role("button", name="王芳的手机：更多").click()
    await page.get_by_role("menuitemcheckbox", name="屏蔽 Kehu").click()
    await expect(phone(page, MANAGER)).to_contain_text("屏蔽了 Kehu")
    demo.call(f"/people/{MANAGER}/unblock", {})


async def test_a_message_forwarded_from_one_phone_to_another(page: Page) -> None:
    await phone(page, CUSTOMER).get_by_role("button", name="周凯的手机：更多").click()
    await page.get_by_role("menuitem", name="写给 李雷").click()
    await writes(page, CUSTOMER, "我换号码了：13900139000")
    await phone(page, LI).get_by_role("button", name=re.compile("周凯: 我换号码了")).click()
    await (await sees(page, LI, "13900139000")).hover()
    await phone(page, LI).get_by_role("button", name="这条消息").last.click()
    await page.get_by_role("menuitem", name="转发给…").click()
    await page.get_by_role("menuitem", name="Kehu").click()
    await phone(page, LI).get_by_role("navigation").get_by_role("button", name="Kehu").click()
    await sees(page, LI, "转发自 周凯", "13900139000")


NAMELESS = """[...document.querySelectorAll("button, input, textarea, a")]
  .filter((one) => one.checkVisibility() && !(one.ariaLabel || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML)"""

CONTRAST = """() => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return pixel.getImageData(0, 0, 1, 1).data;
  };
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => [...rgb].slice(0, 3).map((c) => linear(c / 255))
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) return color;
    }
    return rgba("white");
  };
  const poor = [];
  for (const one of document.querySelectorAll("body *")) {
    const speaks = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!speaks || one.disabled || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const [a, b] = [light(rgba(getComputedStyle(one).color)), light(ground(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${one.className || one.tagName} ${one.textContent.slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_every_text_has_the_contrast_of_wcag_aa(page: Page, theme: str) -> None:
    """https://www.w3.org/TR/WCAG22/#contrast-minimum"""
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await writes(page, LI, "/help")
    await sees(page, LI, "可以直接这样说")
    assert await page.evaluate(CONTRAST) == []
    await page.get_by_role("button", name="故障").click()
    assert await page.evaluate(CONTRAST) == []
