"""The morning on the demo's phones: the clock is moved to tomorrow, and the agenda arrives; then a reminder rings."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.e2e.browser import LI, kehu_demo, needs_chromium, opened, phone, sees, taps, writes

pytestmark = needs_chromium

AGENDA = {"zh": "今天要做的", "en": "to do today"}
LINE = {
    "zh": "王总 13800138000 云帆科技 采购",
    "en": "Jane Doe +44 20 7946 0958 Acme Ltd buyer",
}
REMIND = {"zh": "提醒 王总 今天 9:30 发报价", "en": "remind Jane Doe today 9:30 send the quote"}
SET = {"zh": "今天 09:30 提醒你", "en": "today 09:30: Jane Doe"}


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_agenda_arrives_tomorrow_at_half_past_eight_and_a_reminder_rings(
    browser: Browser, language: str
) -> None:
    """The demo begins on a Thursday, so that tomorrow is a working day."""
    with kehu_demo(language) as demo:
        async with opened(browser, demo) as page:
            await page.locator('[data-jump="tomorrow"]').click()
            agenda = await sees(page, LI, "📋", AGENDA[language])
            rows = agenda.locator(".key")
            assert await rows.count() >= 2
            assert all(sign in "⏰❗🎂💤⚠🗓" for sign in [text[0] for text in await rows.all_inner_texts()])
            await rows.first.click()
            await sees(page, LI, "⏰")
            await writes(page, LI, LINE[language])
            await taps(page, LI, "保存" if language == "zh" else "Save")
            await writes(page, LI, REMIND[language])
            await sees(page, LI, SET[language])
            await page.locator('[data-jump="hour"]').click()
            await sees(page, LI, "⏰", "138 0013 8000" if language == "zh" else "+44 20 7946 0958")
            assert await phone(page, LI).locator(".slip .key", has_text="✓").count() > 0
