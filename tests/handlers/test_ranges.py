"""Lists narrowed by numbers and days of the company's own, in words and by button, and never by what is hidden."""

from __future__ import annotations

from store import customers, fields, staff
from store.db import Tx
from store.rules.classification import FieldKind
from store.rules.models import CustomerWords, Level, Value
from tests.handlers.telling import says, taps
from tests.house import Company

#: Name, level, budget, day of the contract.
KNOWN = (
    ("张三", Level.VIP, 500_000, "2026-11-05"),
    ("李四", Level.VIP, 300_000, "2026-10-31"),
    ("王五", Level.REGULAR, 80_000, "2026-11-30"),
    ("赵六", Level.REGULAR, None, None),
)


async def settled(company: Company, budget: str, contract: str) -> None:
    """李雷's customers with a number and a day of the company's own; and one of the pool."""

    def write(tx: Tx) -> None:
        boss, li = (staff.as_actor(tx, company.ids[name]) for name in ("boss", "li"))
        number = fields.add(tx, boss, budget, FieldKind.NUMBER)
        day = fields.add(tx, boss, contract, FieldKind.DATE)
        for name, level, amount, signed in KNOWN:
            held: dict[str, Value] = (
                {} if amount is None or signed is None else {str(number.id): amount, str(day.id): signed}
            )
            customers.add(tx, li, CustomerWords(name=name, custom=held), level=level)
        pooled = customers.add(tx, li, CustomerWords(name="公海客", custom={str(number.id): 900_000}))
        customers.change(tx, boss, pooled.id, pooled.version, {"owner_id": None})

    await company.writes(write)


async def test_a_number_and_a_day_narrow_a_list_in_words(company: Company) -> None:
    """Whoever is in the pool is seen masked: that 公海客 has the largest budget is nothing that a list tells."""
    await settled(company, "预算", "签约日期")
    li = company.li
    for line, title, rows in (
        ("预算>30万的客户", "预算 超过 300,000", ["张三"]),
        ("预算30万以上", "预算 ≥ 300,000", ["李四", "张三"]),
        ("预算在5万到40万之间的VIP客户", "VIP · 预算 50,000 – 400,000", ["李四"]),
        ("预算不到1000000的普通客户", "普通 · 预算 不到 1,000,000", ["王五"]),
        ("签约日期 本月", "签约日期 2026-11-01 – 2026-11-30", ["王五", "张三"]),
        ("查 签约日期在11月之前的客户", "签约日期 早于 2026-11-01", ["李四"]),
    ):
        listed = await says(li, line, f"客户 · {len(rows)} 位", title)
        assert listed.labels[: len(rows) + 1] == [*rows, "筛选"], line
    await says(li, "预算大于1亿的客户", "没有符合的客户", "预算 超过 100,000,000")
    await taps(li, "✕ 预算 超过 100,000,000", "最近的客户")
    await says(li, "预算 30万的客户", "没有找到")
    await says(company.boss, "预算80万以上的客户", "客户 · 1 位")


async def test_they_narrow_a_list_by_button(english: Company) -> None:
    await settled(english, "Budget", "Contract day")
    li = english.li
    await says(li, "vip customers", "Customers · 2")
    await taps(li, "Filter", "Narrow it down by what?")
    offered = await taps(li, "Your own fields", "Which of them?")
    assert offered.labels[:2] == ["Budget…", "Contract day…"]
    await taps(li, "Budget…", "Which range?")
    await says(li, "a lot", "“a lot” does not look like a number", "Which range?")
    narrowed = await says(li, "over 300k", "Customers · 1", "VIP · Budget over 300,000")
    assert narrowed.labels[0] == "张三"
    await taps(li, "Filter", "VIP · Budget over 300,000")
    await taps(li, "✕ Budget over 300,000", "Customers · 2")
    await taps(li, "Filter", "Narrow it down by what?")
    await taps(li, "Your own fields", "Which of them?")
    asked = await taps(li, "Contract day…", "When? Tap one")
    spans = ["This week", "This month", "Last month", "Next month", "This quarter", "This year"]
    assert asked.labels == [*spans, "Cancel"]
    await taps(li, "This month", "Customers · 1", "VIP · Contract day 2026-11-01 – 2026-11-30")
    await says(li, "customers with a budget over 300k", "Customers · 1", "Budget over 300,000")
    await says(li, "contract day before Nov 1", "Customers · 1", "Contract day before 2026-11-01")


async def test_a_whole_list_by_a_number_is_changed_at_once(company: Company) -> None:
    await settled(company, "预算", "签约日期")
    await says(company.li, "预算30万以上的客户", "客户 · 2 位")
    await taps(company.li, "批量", "预算 ≥ 300,000")
    await taps(company.li, "阶段", "预算 ≥ 300,000")
    await taps(company.li, "已报价", "2 位")
    await taps(company.li, "2 位", "✓")
    await says(company.li, "已报价的客户", "客户 · 2 位")


async def test_a_forged_range_shows_nothing(company: Company) -> None:
    await settled(company, "预算", "签约日期")
    shown = await says(company.li, "预算30万以上", "客户 · 2 位")
    for word in ("g1", "g1--", "g1-Q5-", "g1-zzzzzzzzzzz-", "g1-D-", "g1-Dzzzzzzzzz-", "g-1-", "g1-5-6-7", "g1-5"):
        await company.li.forges(shown, f"list:{word}:r:0")
        await company.li.sees("没有找到，或者你无权查看。")
    await company.li.forges(shown, "list.range:-:r:99")
    await company.li.sees("这个按钮已失效")
