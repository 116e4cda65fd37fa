"""Everyday words lead where one means: the lists, the menu, the archive, somebody new; never to a customer of that
name.
"""

from __future__ import annotations

from tests.handlers.telling import adds, says, taps
from tests.house import Company


async def test_everyday_words_lead_where_one_means(english: Company) -> None:
    li = english.li
    await adds(li, "Emma Jones +44 20 7946 0951 Larch Ltd", save="Save")
    await says(li, "make Emma Jones a VIP", "✓ Level is now VIP")
    for line, seen in (
        ("vip", "Customers · 1"),
        ("customers", "Recent customers"),
        ("/list", "Recent customers"),
        ("menu", "Menu"),
        ("hi", "Here for you"),
        ("thanks", "Here for you"),
        ("who have I not called for a month", "30 days"),
    ):
        assert not any(label.startswith("Add “") for label in (await says(li, line, seen)).labels), line
    told = await says(li, "Emma Watson", "Nothing found for “Emma Watson”")
    assert told.labels == ["Add “Emma Watson”", "Emma Jones · Larch Ltd"]
    await says(li, "archive Emma Jones", "✓ Archived")
    assert (await says(li, "Emma Jones", "Larch Ltd")).labels == ["Restore"]
    asked = await says(li, "Emma Jones +44 20 7946 0951", "Emma Jones · Larch Ltd is in the book, archived")
    assert "Restore Emma Jones" in asked.labels
    await says(li, "show archived", "Archived customers")
    await says(english.han, "Emma Jones", "Nothing found")
    await says(li, "bring back Emma Jones", "✓ Restored")


async def test_the_same_in_chinese(company: Company) -> None:
    li = company.li
    await adds(li, "李娜 13900139000 远山贸易")
    await says(li, "你好", "我在")
    await says(li, "客户", "最近的客户")
    await says(li, "菜单", "菜单")
    await says(li, "归档 李娜", "✓ 已归档")
    assert (await says(li, "李娜", "远山贸易")).labels == ["恢复"]
    await says(li, "已归档", "已归档的客户")
    await says(li, "李娜 13900139000", "李娜 · 远山贸易 已在客户簿里，归了档")
    await taps(li, "恢复 李娜", "✓ 已恢复")
