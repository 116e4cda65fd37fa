"""Whom is it about? Only who was asked for answers that; any other line does what it says, and the question waits."""

from __future__ import annotations

from tests.handlers.telling import jane_is_known, li_knows, presses, says, taps
from tests.house import Company


async def english_people(english: Company) -> None:
    for place, line in enumerate(("Mei Lin, Larch Ltd", "Mei Chen, Tamar Ltd", "Daniel Patel", "Anna Larsson"), 1):
        await says(english.li, f"{line} +44 20 7946 095{place}", "New customer")
        await taps(english.li, "Save", "Saved")


async def test_somebody_who_was_not_offered_is_looked_up_and_gets_no_note(english: Company) -> None:
    li = english.li
    await english_people(english)
    asked = await says(li, "note Mei visit ok", "Which “Mei”?")
    assert asked.labels == ["Mei Chen · Tamar Ltd", "Mei Lin · Larch Ltd", "Cancel"]
    looked_up = await says(li, "Daniel Patel", "+44 20 7946 0953", "Put aside, unfinished: visit ok")
    assert "Noted" not in looked_up.text
    await presses(li, asked, "Mei Lin · Larch Ltd", "✓ Noted", "Mei Lin")
    await says(li, "note Mei wants samples", "Which “Mei”?")
    await says(li, "Anna Larsson damaged box", "damaged box", "Anna Larsson")
    assert "wants samples" not in (await says(li, "Anna Larsson", "0954")).text
    await says(li, "note Mei wants samples", "Which “Mei”?")
    await says(li, "Chen", "✓ Noted", "Mei Chen")
    await says(li, "complaint Mei wrong invoice", "Which “Mei”")
    await says(li, "Daniel Patel", "+44 20 7946 0953", "Put aside")
    await says(li, "complaint Mei wrong invoice", "Which “Mei”")
    await says(li, "Mei Lin", "#1")


async def test_a_change_without_its_customer_does_not_swallow_what_comes_next(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await li_knows(company, "李娜 13900139000 远山贸易")
    await says(li, "孙悟空的公司改为 花果山", "没有找到“孙悟空”")
    for line, seen in (
        ("归档 李娜", "没填完的先放着：花果山"),
        ("撤销", "已撤销"),
        ("我的客户", "客户"),
        ("记 李娜 打过电话", "✓ 已记下"),
        ("李娜", "远山贸易"),
    ):
        await says(li, line, seen)
    assert "花果山" not in li.last.text
    await says(li, "孙悟空的公司改为 花果山", "没有找到“孙悟空”")
    await says(li, "三", "“三”是哪一位")
    await taps(li, "张三 · 云帆科技", "✓ 公司已改为 花果山", "张三")


async def test_the_same_in_english(english: Company) -> None:
    li = english.li
    await jane_is_known(english)
    await says(li, "set Mark Robinson level to VIP", "Nobody called “Mark Robinson”")
    await says(li, "list", "Recent customers")
    await says(li, "set Mark Robinson level to VIP", "Nobody called “Mark Robinson”")
    await says(li, "set Jane Smith level to important", "✓ Level is now Important")
    await says(li, "Jane Smith", "Important")
    await says(li, "set Mark Robinson level to VIP", "Nobody called “Mark Robinson”")
    await says(li, "Jane", "Which “Jane”?")
    await taps(li, "Jane Smith", "✓ Level is now VIP")
    await says(li, "set Mark Robinson level to regular", "Nobody called “Mark Robinson”")
    await says(li, "Jane Smith", "✓ Level is now Regular")
