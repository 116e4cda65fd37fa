"""The demo page when something goes wrong: a killed bot, a slow network, a block, a demo out of reach."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime

from playwright.async_api import Browser, Page, expect

from bot.demo.standin.messages import post
from tests.e2e.bare import LI, bare_page
from tests.e2e.browser import LI as SALES
from tests.e2e.browser import Demo, needs_chromium, phone, sees, taps, writes

pytestmark = needs_chromium


async def test_the_bot_is_killed_and_comes_back_under_the_open_page(page: Page, demo: Demo) -> None:
    await writes(page, SALES, "孙丽 13600136000 启明设计")
    await sees(page, SALES, "新客户", "启明设计")
    os.kill(demo.bot(), signal.SIGKILL)
    await taps(page, SALES, "保存")
    await sees(page, SALES, "已保存", "孙丽")
    await writes(page, SALES, "sunli")
    await sees(page, SALES, "孙丽", "启明设计")


async def test_a_slow_network_and_the_way_back(page: Page) -> None:
    await page.get_by_role("button", name="万一…").click()
    await page.get_by_role("menuitemcheckbox", name="网络很慢").click()
    strip = page.locator(".strip", has_text="网络很慢")
    await expect(strip).to_be_visible()
    await writes(page, SALES, "/help")
    await sees(page, SALES, "可以直接这样说")
    await strip.get_by_role("button", name="恢复正常").click()
    await expect(strip).to_be_hidden()


async def test_who_blocked_kehu_can_only_unblock(page: Page) -> None:
    await page.get_by_role("button", name="万一…").click()
    await page.get_by_role("menuitemcheckbox", name="李雷屏蔽了 Kehu").click()
    li = phone(page, SALES)
    await expect(li.get_by_role("textbox")).to_be_hidden()
    await expect(li.locator(".state")).to_contain_text("屏蔽了 Kehu")
    await page.locator(".strip", has_text="李雷").get_by_role("button", name="解除屏蔽").click()
    await expect(li.get_by_role("textbox")).to_be_visible()
    await page.get_by_role("button", name="万一…").click()
    await page.get_by_role("menuitemcheckbox", name="李雷屏蔽了 Kehu").click()
    await li.get_by_role("button", name="解除屏蔽").click()
    await writes(page, SALES, "/today")
    await sees(page, SALES, "今天")


async def test_out_of_reach_and_back(browser: Browser) -> None:
    async with bare_page(browser, expected="ERR_", events=20) as (page, bot):
        await bot("sendMessage", chat_id=LI, text="Before")
        await expect(phone(page, LI)).to_contain_text("Before")
        await bot.standin.unplug()
        strip = page.locator(".strip", has_text="out of reach")
        await expect(strip).to_be_visible()
        await writes(page, LI, "Anybody there")
        await expect(phone(page, LI).locator(".notice")).to_contain_text("the demo doesn’t answer")
        await expect(phone(page, LI).get_by_role("textbox")).to_have_value("Anybody there")
        world = bot.standin.world
        for number in range(30):  # more than the stand-in keeps for who comes back
            post(world, world.chats[LI], world.bot, {"text": f"Missed {number}"})
        bot.standin.plug()
        await expect(phone(page, LI).locator(".slip", has_text="Missed")).to_have_count(30)
        await expect(strip).to_be_hidden()
        await phone(page, LI).get_by_role("textbox").press("Enter")
        assert (await bot.gets("message"))["text"] == "Anybody there"


async def test_an_address_of_yesterday(browser: Browser) -> None:
    async with bare_page(browser, expected="403") as (page, bot):
        await page.goto(f"{bot.standin.url}/?access_token=of-yesterday")
        await expect(page.get_by_role("alert")).to_contain_text("The demo has ended")
        await page.goto(f"{bot.standin.url}/")
        await expect(page.get_by_role("alert")).to_contain_text("kehu demo")


async def test_the_clock_moves_on_the_companys_wall(browser: Browser) -> None:
    """Over the night in which London's clocks go forward: https://www.gov.uk/when-do-the-clocks-change"""
    async with bare_page(browser) as (page, bot):
        friday = datetime(2026, 3, 27, 10, 0, tzinfo=UTC)
        await asyncio.to_thread(bot.demo.call, "/control/clock", {"now": friday.timestamp()})
        face = page.locator(".clock-face")
        await expect(face).to_contain_text("Fri 27 Mar10:00")
        for jump, shown in (
            ("In an hour", "Fri 27 Mar11:00"),
            ("Tomorrow 8:30", "Sat 28 Mar08:30"),
            ("Monday 9:00", "Mon 30 Mar09:00"),
        ):
            await page.locator(".jumps").get_by_role("button", name=jump).click()
            await expect(face).to_contain_text(shown)
        assert abs(bot.standin.clock.now() - datetime(2026, 3, 30, 8, 0, tzinfo=UTC).timestamp()) < 30
        await bot("sendMessage", chat_id=LI, text="Good morning")
        await expect(phone(page, LI).locator(".day")).to_have_text("Mon 30 Mar")
        await page.set_viewport_size({"width": 360, "height": 740})
        await face.click()
        await page.get_by_role("menuitem", name="Pick a time").click()
        await page.get_by_label("The company’s time").fill("2026-03-01T09:00")
        await page.get_by_role("button", name="Move").click()
        await expect(page.get_by_role("dialog")).to_contain_text("It only moves forward")
        await page.get_by_label("The company’s time").fill("2026-04-01T14:00")
        await page.get_by_role("button", name="Move").click()
        await expect(face).to_contain_text("Wed 1 Apr14:00")
