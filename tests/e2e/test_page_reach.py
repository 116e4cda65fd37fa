"""The demo page for everybody: without a mouse, in both languages, with enough contrast."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import LI, MANAGER, Demo, kehu_demo, needs_chromium, opened, phone, sees, writes

pytestmark = needs_chromium


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
    await expect(page.get_by_role("button", name="What if…")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"
    keys = await page.evaluate("import('./texts.js').then((texts) => texts.keys())")
    assert keys["zh"] == keys["en"]
    assert await page.evaluate(NAMELESS) == []


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
    await page.get_by_role("button", name="万一…").click()
    assert await page.evaluate(CONTRAST) == []


async def test_it_opens_within_a_second(browser: Browser, demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first request to three phones with their chats: the best of five.

    Where others use it too, the largest share of a core that we got meanwhile is counted.
    """
    times, shares = [], []
    for _ in range(5):
        async with opened(browser, demo) as page:
            times.append(await page.evaluate("performance.getEntriesByName('drawn')[0].startTime"))
            shares.append(_share_of_a_core())
    best, share = min(times), max(shares)
    with capsys.disabled():
        print(f"\nthe demo page opens in {best * share:.0f} ms ({best:.0f} ms by the clock, {share:.0%} of a core)")
    assert best * share < 1000


def _share_of_a_core() -> float:
    """What this process gets of a core just now, 0 to 1."""
    began, own = time.perf_counter(), time.thread_time()
    while time.perf_counter() - began < 0.2:
        pass
    return (time.thread_time() - own) / (time.perf_counter() - began)


async def test_from_a_small_phone_to_a_wall_of_4k(page: Page) -> None:
    for width, height, phones in ((360, 740, 1), (768, 1024, 2), (1440, 900, 3), (2560, 1440, 3), (3840, 2160, 3)):
        await page.set_viewport_size({"width": width, "height": height})
        await expect(page.locator(".phone:visible")).to_have_count(phones)
        assert await page.evaluate(SPILLED) == [], width
        box = await phone(page, LI).get_by_role("textbox").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, f"the box is in view at {width}"


SPILLED = """[...document.querySelectorAll("button, input, textarea, h1, h2, p, .phone")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen") && !one.matches(".unseen"))
  .filter((one) => one.getBoundingClientRect().left < 0 || one.getBoundingClientRect().right > innerWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 80))"""


async def tabs_to(page: Page, name: str) -> None:
    """Goes with the Tab key until something with that name has the focus, and presses Enter."""
    await page.get_by_role("button", name=name, exact=True).first.wait_for()
    for _ in range(120):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent.trim()") == name:
            await page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key doesn't reach {name!r}")


async def test_the_first_minute_in_english_by_keyboard_alone(browser: Browser) -> None:
    with kehu_demo("en") as demo:
        async with opened(browser, demo) as page:
            line = "Jane Doe +44 20 7946 0958 Acme Ltd buyer call back Wed 2pm"
            await tabs_to(page, line)
            await page.keyboard.press("Enter")
            await sees(page, LI, "Acme Ltd")
            await tabs_to(page, "Save")
            await sees(page, LI, "Saved", "Jane Doe")
            await tabs_to(page, "jan")
            await page.keyboard.press("Enter")
            await expect(page.locator(".guide")).to_contain_text("Every change can be taken back")
            await tabs_to(page, "Undo")
            await sees(page, LI, "Undone")
            await tabs_to(page, "Monday 9:00")
            await sees(page, MANAGER, "Last week")
            await expect(page.locator(".guide")).to_contain_text("That’s it")
