"""A name in the book that begins a longer one in the sentence, or the other way round: asked, never guessed."""

from __future__ import annotations

from tests.handlers.telling import li_knows, says, taps
from tests.house import Company


async def test_nothing_of_zhang_sanfeng_is_written_down_for_zhang_san(company: Company) -> None:
    li = company.li
    await li_knows(company)
    asked = await says(li, "投诉 张三丰 发货少了两箱", "“张三”是哪一位")
    assert asked.labels == ["张三 · 云帆科技", "取消"]
    await taps(li, "取消", "取消")
    await says(li, "记 张三丰 电话 要样品", "“张三”是哪一位")
    await taps(li, "张三 · 云帆科技", "✓ 已记下")  # it was he after all: no character is lost
    await taps(li, "记录", "张三丰 电话 要样品")
    await says(li, "提醒 张三丰 明天下午3点 发报价", "是哪一位")
    await taps(li, "张三 · 云帆科技", "明天 15:00 提醒你：张三 · 张三丰 发报价")
    await says(li, "投诉 云帆科技集团 发货少了两箱", "“云帆科技”是哪一位")
    await taps(li, "取消", "取消")
    await says(li, "记 张三 要样品", "✓ 已记下")
    await says(li, "投诉 云帆科技 发货少了两箱", "#1")


async def test_who_is_called_longer_than_what_was_typed_is_asked_for_too(company: Company) -> None:
    li = company.li
    await li_knows(company, "张三丰 13800138001 武当贸易")
    for line, question in (
        ("记 张三 要样品", "“张三”是哪一位"),
        ("标签 张三 老客户", "哪一位"),
        ("投诉 张三 发货少了", "“张三”是哪一位"),
    ):
        assert (await says(li, line, question)).labels == ["张三丰 · 武当贸易", "取消"]
        await taps(li, "取消", "没有改")
    assert (await says(li, "提醒 张三 明天10点 打电话", "是哪一位")).labels[0] == "张三丰 · 武当贸易"


async def test_the_same_in_english(english: Company) -> None:
    li = english.li
    for line in ("John +1 212 555 0147 Acme", "Lina Brown +44 20 7946 0958 Globex"):
        await says(li, line, "New customer")
        await taps(li, "Save", "Saved")
    for line, asked, offered in (
        ("complaint John Smith wrong invoice", "Which “John”", "John · Acme"),
        ("note Acme Trading wants samples", "Which “Acme”", "John · Acme"),
        ("note Li wants samples", "Which “Li”", "Lina Brown · Globex"),
    ):
        assert (await says(li, line, asked)).labels == [offered, "Cancel"]
        await taps(li, "Cancel", "ancelled")
    await says(li, "note Lina wants samples", "✓ Noted")
    await says(li, "complaint Acme wrong invoice", "#1")
