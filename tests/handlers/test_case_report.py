"""The statistics of complaints as a manager reads them, in both languages; each figure opens its rows."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.telling import says, taps
from tests.handlers.test_complaints import adds
from tests.house import Company


async def test_a_month_of_complaints_and_the_rows_behind_it(company: Company) -> None:
    wang, su = company.wang, company.su
    await adds(company.li, "张三 13800138000")
    for text in ("少了两箱", "快递迟到", "漏电"):
        await says(company.li, f"投诉 张三 {text}", text)
        await su.sees(text)
    await company.moves(by=timedelta(minutes=30))
    await taps(su, "打开", "漏电")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "换了一台", "✓ 已解决")
    await says(wang, "/complaint", "待接手")
    shown = await taps(wang, "统计", "投诉统计", "新增 3", "未解决 2", "每 100 位活跃客户 300 件")
    assert "解决：一半在 30 分钟内，九成在 30 分钟内 · 按时 100%" in shown.text
    await taps(wang, "类别", "发货：2", "质量：1")
    rows = await taps(wang, "发货 2", "发货 11月1日")
    assert [label for label in rows.labels if "#" in label] == ["#2 张三 · 待处理", "#1 张三 · 待处理"]
    await taps(wang, "返回", "发货：2")
    await taps(wang, "返回", "投诉统计")
    await taps(wang, "同事", "苏青：1", "还没有人接手：2")
    await taps(wang, "返回", "投诉统计")
    assert [label for label in (await taps(wang, "已解决 1", "已解决")).labels if "#" in label] == [
        "🔴 #3 张三 · 已解决"
    ]
    await taps(wang, "返回", "投诉统计")
    await taps(wang, "上周", "投诉统计", "新增 0")
    for wrong in ("case.report:x1", "case.rows:nothing:w739940:0", "case.rows:c:w739940:0", "case.groups:z:w739940:0"):
        await wang.forges(wang.last, wrong)
        await wang.sees("没有找到")
    await su.forges(su.last, "case.report")
    await su.sees("没有")


async def test_the_same_in_english(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", "Save")
    await says(english.li, "complaint Acme wrong invoice", "#1")
    await says(english.wang, "/complaint", "Nobody’s yet")
    await taps(english.wang, "Statistics", "Complaints", "Opened 1 (↑1) · not solved 1", "100 active customers")
    await taps(english.wang, "Category", "Billing: 1 (↑1)")
