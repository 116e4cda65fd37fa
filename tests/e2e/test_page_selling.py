"""A salesperson at the demo's phone: a customer in a line, a call, a sentence, a list, and the next morning."""

from __future__ import annotations

from playwright.async_api import Page

from tests.e2e.browser import LI, MANAGER, needs_chromium, sees, taps, writes

pytestmark = needs_chromium


async def test_a_salesperson_sells_on_the_page(page: Page) -> None:
    await writes(page, LI, "姜维明 13655550101 宁波海天塑业有限公司 采购经理 明天10点送样品")
    await sees(page, LI, "新客户", "地区：浙江 宁波", "明天 10:00", "送样品")
    await taps(page, LI, "保存")
    await sees(page, LI, "已保存", "姜维明", "宁波海天塑业有限公司 · 采购经理")
    await writes(page, LI, "jiangweiming")
    await sees(page, LI, "姜维明", "⏰ 明天 10:00 送样品")
    await taps(page, LI, "记一笔")
    await sees(page, LI, "要记什么")
    await taps(page, LI, "📞 电话")
    await sees(page, LI, "结果怎么样")
    await taps(page, LI, "接通了")
    await sees(page, LI, "已记下（电话 · 接通了）", "上次联系")
    await writes(page, LI, "今天拜访了姜维明，聊得不错")
    await sees(page, LI, "记到 姜维明 名下吗")
    await taps(page, LI, "记下")
    await sees(page, LI, "已记下（拜访）")
    await writes(page, LI, "他是VIP")
    await sees(page, LI, "级别已改为 VIP", "VIP · 线索")
    await writes(page, LI, "宁波的VIP客户")
    await sees(page, LI, "客户 · 1 位", "VIP · 浙江 宁波")
    await taps(page, LI, "姜维明 · 宁波海天塑业有限公司")
    await taps(page, LI, "记录")
    await sees(page, LI, "姜维明 的往来", "拜访", "电话 · 接通了")
    await writes(page, MANAGER, "姜维明")
    await sees(page, MANAGER, "姜维明", "VIP · 线索")
    await page.locator('[data-jump="tomorrow"]').click()
    await sees(page, LI, "今天要做的")
    await writes(page, LI, "姜维明")
    await sees(page, LI, "姜维明", "VIP · 线索", "⏰ 今天 10:00 送样品")
