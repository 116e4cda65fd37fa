"""A complaint on the demo's phones from its photo to its score: raised, seen, taken, answered, resolved, rated."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.e2e.browser import (
    CUSTOMER,
    MANAGER,
    WITHIN,
    kehu_demo,
    needs_chromium,
    opened,
    phone,
    png,
    sees,
    taps,
    writes,
)

pytestmark = needs_chromium


async def test_a_complaint_with_a_photo_from_the_phone_to_its_score(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "box.png").write_bytes(png(64, 48))
    with kehu_demo("zh") as demo:
        async with opened(browser, demo) as page:
            customer, manager = phone(page, CUSTOMER), phone(page, MANAGER)
            await customer.get_by_role("button", name="用周凯的手机扫").click()
            await taps(page, CUSTOMER, "同意")
            await sees(page, CUSTOMER, "想做什么")
            await customer.locator("input[type=file]").set_input_files(tmp_path / "box.png")
            await customer.get_by_role("textbox").fill("箱子破了，少了两袋")
            await page.keyboard.press("Enter")
            await sees(page, CUSTOMER, "🖼 照片", "这段话要怎么办")
            await taps(page, CUSTOMER, "请处理这个问题")
            await sees(page, CUSTOMER, "· 已收到", "箱子破了", "之前答复您")
            await sees(page, CUSTOMER, "是哪方面的问题")
            await taps(page, CUSTOMER, "✓ 发货")
            await sees(page, CUSTOMER, "已记好")

            await sees(page, MANAGER, "新投诉，客户提出", "箱子破了", "🖼 照片")
            await taps(page, MANAGER, "照片和文件")
            picture = manager.locator(".theirs .photo img").last
            await expect(picture).to_be_visible(timeout=WITHIN)
            assert await picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") == 64
            await taps(page, MANAGER, "我来处理")
            await sees(page, MANAGER, "由 王芳 处理")
            await sees(page, CUSTOMER, "· 处理中", "箱子破了")
            await taps(page, MANAGER, "回复客户")
            await writes(page, MANAGER, "已经安排补发")
            await sees(page, CUSTOMER, "关于", "已经安排补发")
            await taps(page, MANAGER, "已解决")
            await sees(page, MANAGER, "怎么解决的")
            await writes(page, MANAGER, "补发两袋，明天到")
            await sees(page, CUSTOMER, "您的问题有结果了", "补发两袋，明天到")
            await taps(page, CUSTOMER, "解决了")
            await sees(page, CUSTOMER, "打个分")
            await taps(page, CUSTOMER, "5 ★")
            await sees(page, CUSTOMER, "收到 5 分")
            await sees(page, MANAGER, "客户打了 5 分", "客户评分 5/5")
            assert await customer.get_by_text("王芳").count() == 0
