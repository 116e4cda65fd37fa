"""The demo page in Debian's Chromium: starting both, and what a person at a phone does and sees.

with kehu_demo() as demo:
    async with opened(browser, demo) as page:
        await writes(page, LI, "/today")
        await sees(page, LI, "今天")
"""

from __future__ import annotations

import json
import os
import re
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.e2e.process import ROOT

CHROMIUM = Path("/usr/bin/chromium")
#: The popup of an address bar that nobody sees, which takes a second of processor time for each page; and what
#: Playwright itself leaves out, because Chromium listens to the last such flag only.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
    "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip
#: Milliseconds within which something must appear; a slow machine is no fault of the page's.
WITHIN = 60_000
LI, MANAGER, CUSTOMER, STRANGER, HAN = 103, 102, 201, 301, 104

expect.set_options(timeout=WITHIN)

needs_chromium = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}: apt install chromium fonts-noto-cjk"),
    pytest.mark.asyncio(loop_scope="session"),  # one browser for all tests lives in one loop
]


@dataclass(frozen=True)
class Demo:
    """A running `kehu demo`; `process` is its number, where it is one."""

    url: str
    process: int = 0

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

    def bot(self) -> int:
        """The number of the process in which the demo's bot runs."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii").split()
        told = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        return next(child for child, command in told.items() if b"bot.demo.process" in command)

    def texts(self, person: int) -> list[str]:
        """What stands in a person's chat with the bot."""
        return [message.get("text", "") for message in self.call(f"/people/{person}/chat")["messages"]]


@contextmanager
def kehu_demo(language: str = "zh") -> Iterator[Demo]:
    """The command as a newcomer starts it, until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0", "--lang", language],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?access_token=\S+", process.stdout.readline())
        assert found, "the demo prints its address first"
        try:
            yield Demo(found.group(), process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(30)
        assert code == 0


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser; each page of :func:`opened` gets a profile of its own in it."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, demo: Demo, *, width: int = 1440, height: int = 900, expected: str = "$^"
) -> AsyncIterator[Page]:
    """The page, as somebody opens it who was never here.

    Ends with a look at the console and the network: no errors but those that the pattern `expected` names, nothing that
    the policy stopped, nothing asked of another address.
    """
    said: list[str] = []
    asked: set[str] = set()
    profile = await browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    async with profile:
        page = await profile.new_page()
        page.set_default_timeout(WITHIN)
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.removeprefix("blob:").partition("/people")[0]))
        await page.goto(demo.url)
        await page.locator(".phone").first.wait_for()
        yield page
    assert [line for line in said if not re.search(expected, line)] == []
    assert {address for address in asked if not address.startswith(demo.origin)} == set()


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


def got(address: str, **headers: str) -> tuple[int, Message, str]:
    """Status, headers and body of an address."""
    try:
        with urlopen(Request(address, headers=headers), timeout=30) as answer:
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
