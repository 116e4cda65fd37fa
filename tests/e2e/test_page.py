"""The demo page as people meet it: the real `kehu demo`, a real browser, clicking and typing."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import (
    CUSTOMER,
    LI,
    MANAGER,
    STRANGER,
    WITHIN,
    Demo,
    needs_chromium,
    opened,
    phone,
    png,
    sees,
    taps,
    writes,
)  # fmt: skip

pytestmark = needs_chromium


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

    # the same complaint to its end: seen, taken, answered, resolved, rated
    await sees(page, CUSTOMER, "🖼 照片", "这段话要怎么办")
    await taps(page, CUSTOMER, "请处理这个问题")
    await sees(page, CUSTOMER, "· 已收到", "箱子破了", "之前答复您")
    await sees(page, CUSTOMER, "是哪方面的问题")
    await taps(page, CUSTOMER, "发货")
    await sees(page, CUSTOMER, "已记好")
    await sees(page, MANAGER, "新投诉，客户提出", "箱子破了", "🖼 照片")
    await taps(page, MANAGER, "我来处理")
    await sees(page, CUSTOMER, "· 处理中", "箱子破了")
    await taps(page, MANAGER, "回复客户")
    await sees(page, MANAGER, "要对客户说什么")
    await writes(page, MANAGER, "已经安排补发")
    await sees(page, CUSTOMER, "关于", "已经安排补发")
    await taps(page, MANAGER, "已解决")
    await sees(page, MANAGER, "怎么解决的")
    await writes(page, MANAGER, "补发一箱，明天到")
    await sees(page, CUSTOMER, "您的问题有结果了", "补发一箱，明天到")
    await taps(page, CUSTOMER, "解决了")
    await sees(page, CUSTOMER, "打个分")
    await taps(page, CUSTOMER, "5 ★")
    await sees(page, MANAGER, "客户打了 5 分", "客户评分 5/5")
    await taps(page, MANAGER, "照片和文件")
    shown = phone(page, MANAGER).locator(".theirs .photo img").last
    await expect(shown).to_be_visible(timeout=WITHIN)
    assert await shown.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") == 64
    assert await phone(page, CUSTOMER).get_by_text("王芳").count() == 0


async def test_it_survives_a_reload_and_a_narrow_screen(browser: Browser, demo: Demo) -> None:
    async with opened(browser, demo, width=360, height=740) as page:
        await writes(page, LI, "/today")
        await sees(page, LI, "今天")
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        assert await page.locator(".phone:visible").count() == 1
        await page.get_by_role("button", name="王芳").first.click()
        await expect(phone(page, MANAGER)).to_be_visible()
        await expect(phone(page, LI)).to_be_hidden()
        await page.locator(".skip").click()
        await page.reload()
        await sees(page, LI, "/today")
        await expect(page.locator(".guide")).to_be_hidden()
        await expect(page.locator(".tabs")).to_have_text(re.compile(r"^销售\s经理\s客户\s*$"), use_inner_text=True)
        await page.get_by_role("button", name="再拿一部手机").click()
        await page.get_by_role("menuitem", name="销售").first.click()
        await expect(page.locator(".tabs")).to_have_text(re.compile(r"^李雷\s王芳\s周凯"), use_inner_text=True)


async def test_when_telegram_is_down_the_answer_comes_after_it(page: Page, demo: Demo) -> None:
    await page.get_by_role("button", name="万一…").click()
    await page.get_by_role("menuitemcheckbox", name="Telegram 停了").click()
    await expect(page.locator(".strip", has_text="Telegram 停了")).to_be_visible()
    await writes(page, LI, "没有这个人啊")
    await asyncio.sleep(1)
    assert await phone(page, LI).locator(".theirs", has_text="没有这个人啊").count() == 0
    await page.get_by_role("button", name="恢复正常").click()
    await sees(page, LI, "没有找到", "没有这个人啊")
    await page.get_by_role("button", name="王芳的手机：更多").click()
    await page.get_by_role("menuitemcheckbox", name="屏蔽 Kehu").click()
    await expect(phone(page, MANAGER)).to_contain_text("屏蔽了 Kehu")
    demo.call(f"/people/{MANAGER}/unblock", {})


async def test_a_message_forwarded_from_one_phone_to_another(page: Page) -> None:
    await phone(page, CUSTOMER).get_by_role("button", name="周凯的手机：更多").click()
    await page.get_by_role("menuitem", name="写给 李雷").click()
    await expect(phone(page, CUSTOMER).locator(".chats [aria-current]")).to_have_text("李雷")
    await writes(page, CUSTOMER, "我换号码了：13900139000")
    await phone(page, LI).get_by_role("button", name=re.compile("周凯: 我换号码了")).click()
    await (await sees(page, LI, "13900139000")).hover()
    await phone(page, LI).get_by_role("button", name="这条消息").last.click()
    await page.get_by_role("menuitem", name="转发给…").click()
    await page.get_by_role("menuitem", name="Kehu").click()
    await expect(phone(page, LI).locator(".chats [aria-current]")).to_contain_text("Kehu")
    await sees(page, LI, "转发自 周凯", "13900139000")

    # a log that is full takes nothing from what stands around it
    around = [page.locator(".top"), *(phone(page, LI).locator(part) for part in (".phone-head", ".chats"))]
    roomy = [await part.evaluate("(part) => part.offsetHeight") for part in around]
    await page.set_viewport_size({"width": 1440, "height": 360})
    assert await phone(page, LI).locator(".log").evaluate("(log) => log.scrollHeight > log.clientHeight")
    assert [await part.evaluate("(part) => part.offsetHeight") for part in around] == roomy


async def test_a_qr_code_on_one_phone_is_scanned_by_another(page: Page) -> None:
    await writes(page, LI, "赵六 13700137000 蓝桥设计")
    await sees(page, LI, "新客户，对吗")
    await taps(page, LI, "保存")
    await sees(page, LI, "已保存", "赵六")
    await taps(page, LI, "客户链接")
    await phone(page, LI).get_by_role("button", name="放大照片").click(timeout=WITHIN)
    await page.get_by_role("button", name="扫这个码").click()
    await page.get_by_role("menuitem", name="路人的手机").click()
    await expect(page.locator(".page-notices")).to_contain_text("桌上放满了")
    await sees(page, STRANGER, "什么都不会保存")
    assert await page.locator(".phone:visible").count() == 4
