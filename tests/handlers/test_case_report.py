"""The statistics of complaints as a manager reads them, in both languages; each figure opens its rows."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.telling import adds, says, taps
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
    rows = await taps(wang, "发货 2", "发货 11月1日", "新增 2（↑2） · 未解决 2")
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
    edited = ("case.rows:c1.no:w739940:0", "case.rows:c123456789012:w739940:0")
    for wrong in (
        "case.report:x1", "case.rows:nothing:w739940:0", "case.rows:c:w739940:0", "case.groups:z:w739940:0", *edited,
    ):  # fmt: skip
        await wang.forges(wang.last, wrong)
        await wang.sees("没有找到")
    await su.forges(su.last, "case.report")
    await su.sees("没有")


async def test_the_same_in_english(english: Company) -> None:
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    await says(english.li, "complaint Acme wrong invoice", "#1")
    await says(english.wang, "/complaint", "Nobody’s yet")
    await taps(english.wang, "Statistics", "Complaints", "Opened 1 (↑1) · not solved 1", "100 active customers")
    await taps(english.wang, "Category", "Billing: 1 (↑1)")


async def test_a_group_opens_each_of_its_figures_and_the_list_of_its_cases(company: Company) -> None:
    wang, su = company.wang, company.su
    await adds(company.li, "张三 13800138000")
    for text in ("少了两箱", "快递迟到", "漏电"):
        await says(company.li, f"投诉 张三 {text}", text)
    await su.sees("漏电")
    await says(su, "/complaint")
    await taps(su, "#2 张三", "快递迟到")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "退了运费", "✓ 已解决")
    await says(wang, "/complaint")
    await taps(wang, "统计", "投诉统计")
    await taps(wang, "类别", "发货：2")
    shown = await taps(wang, "发货 2", "新增 2（↑2） · 未解决 1", "解决：一半在")
    assert shown.labels[:4] == ["✓ 新增 2", "未解决 1", "已答复 1", "已解决 1"]
    solved = await taps(wang, "已解决 1", "发货")
    assert [label for label in solved.labels if "#" in label] == ["#2 张三 · 已解决"]
    listed = await taps(wang, "投诉列表", "未处理完的投诉 · 1 件", "只看：发货")
    assert [label for label in listed.labels if "#" in label] == ["#1 张三 · 待处理"]


async def test_units_sold_are_entered_and_complaints_counted_by_the_thousand(company: Company) -> None:
    boss, wang = company.boss, company.wang
    await says(boss, "销量 净水器 10月 1200", "还没有产品")
    await says(boss, "/settings")
    await taps(boss, "投诉类别和产品", "投诉类别")
    await taps(boss, "产品", "还没有产品")
    await taps(boss, "加产品", "新产品叫什么")
    await says(boss, "净水器 X1", "✓ 已添加 净水器 X1")
    await adds(company.li, "张三 13800138000")
    await says(company.li, "投诉 张三 净水器 x1 漏水", "#1", "净水器 X1")
    await says(wang, "/complaint")
    await taps(wang, "统计", "投诉统计")
    await taps(wang, "产品", "净水器 X1：1（↑1）")
    await taps(wang, "填销量", "销量 2026年11月", "每售出 1,000 件的投诉数")
    await taps(wang, "净水器 X1 · 没填", "卖了多少件")
    await says(wang, "很多", "“很多”看不出是多少件", "卖了多少件")
    entered = await says(wang, "800台", "✓ 2026年11月 净水器 X1 · 800 件")
    assert "净水器 X1 · 800 件" in entered.labels
    await taps(wang, "按产品统计", "净水器 X1：1（↑1） · 每售出 1,000 件 1.2 件", "销量是全公司的")
    await taps(wang, "净水器 X1 1", "每售出 1,000 件 1.2 件")
    await says(boss, "销量 净水器X1 1200", "卖了 1,200 件的是哪个产品")
    await taps(boss, "净水器 X1", "✓ 2026年11月 净水器 X1 · 1,200 件")
    await taps(boss, "撤销", "已撤销")
    await says(boss, "销量 净水器 X1 3千", "是哪个月的")
    await taps(boss, "2026年10月", "✓ 2026年10月 净水器 X1 · 3,000 件")
    await taps(boss, "净水器 X1 · 3,000 件", "2026年10月 净水器 X1 · 3,000 件", "卖了多少件")
    await taps(boss, "去掉这个数", "✓ 2026年10月 净水器 X1 · 没填")
    await says(company.li, "销量 净水器 X1 10月 1", "无权查看")
    for wrong in ("units:9999999:0", "units.put:99:739920:5", "units.put:1:739920:5", "units.put:6:99999999:5"):
        await boss.forges(boss.last, wrong)
        await boss.sees("没有找到")


async def test_units_in_english(english: Company) -> None:
    boss = english.boss
    await says(boss, "/settings")
    await taps(boss, "Complaint lists")
    await taps(boss, "Products")
    await taps(boss, "＋ Product")
    await says(boss, "Filter X1", "Filter X1")
    await says(boss, "units sold Filter X1 last month 1.2k", "✓ Oct 2026 Filter X1 · 1,200 units")
    await says(boss, "units sold Filter X1 Oct", "Filter X1 · 1,200 units", "How many units were sold?")
    await says(boss, "lots", "does not look like a number of units")
    await says(boss, "1,500", "✓ Oct 2026 Filter X1 · 1,500 units")
    await taps(boss, "By product", "Filter X1: 0 (as before) · 0 per 1,000 units sold")


async def test_what_is_open_beyond_its_limit_is_not_in_time(company: Company) -> None:
    wang, su = company.wang, company.su
    await adds(company.li, "张三 13800138000")
    for text in ("漏电", "冒烟"):
        await says(company.li, f"投诉 张三 {text}", text)
    await says(su, "#2", "冒烟")
    await taps(su, "已解决", "怎么解决的")
    await says(su, "换了一台", "✓ 已解决")
    await company.moves(by=timedelta(days=5))
    await says(wang, "/complaint")
    shown = await taps(wang, "统计", "投诉统计", "未解决 1")
    assert shown.text.count("按时 50%") == 2  # one of two was answered in time, and one of two solved
    assert [label for label in (await taps(wang, "超时 1", "超时")).labels if "#" in label] == [
        "⏰ 🔴 #1 张三 · 待处理"
    ]
    await taps(wang, "返回", "投诉统计")
    await taps(wang, "类别", "质量")


async def test_what_is_late_in_english(english: Company) -> None:
    wang, su = english.wang, english.su
    await adds(english.li, "Acme +44 20 7946 0958", save="Save")
    for text in ("it leaks", "it smokes"):
        await says(english.li, f"complaint Acme {text}", text)
    await says(su, "#2", "it smokes")
    await taps(su, "Resolve", "do")
    await says(su, "A new one", "✓ Resolved")
    await english.moves(by=timedelta(days=7))
    await says(wang, "/complaint")
    shown = await taps(wang, "Statistics", "not solved 1")
    assert shown.text.count("in time 50%") == 2
    assert "100%" not in shown.text
