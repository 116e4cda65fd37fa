"""The demo page for everybody: without a mouse, in both languages, with enough contrast."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browser import LI, MANAGER, needs_chromium, phone, sees, writes

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
