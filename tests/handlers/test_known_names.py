"""Somebody known by the whole name: a field behind it is changed, a verb that is their name orders nothing, and whoever
adds another of that name is told.
"""

from __future__ import annotations

from tests.handlers.telling import li_knows, says, taps
from tests.house import Company


async def test_a_known_name_a_field_and_a_value_is_a_change(english: Company) -> None:
    li = english.li
    for line in ("Daniel Patel +44 20 7946 0951 Larch Ltd", "Mark Green, Tamar Ltd +44 20 7946 0952"):
        await says(li, line, "New customer")
        await taps(li, "Save", "Saved")
    for line, said in (
        ("Daniel Patel phone +44 7700 900777", "✓ Phone is now +44 7700 900777"),
        ("Daniel Patel email dan@harbour.co.uk", "✓ E-mail is now dan@harbour.co.uk"),
        ("Daniel Patel company Harbour Group", "✓ Company is now Harbour Group"),
        ("Daniel Patel title head buyer", "✓ Title is now head buyer"),
        ("Daniel Patel birthday 3 May", "✓ Birthday is now 3 May"),
        ("make Daniel Patel a VIP", "✓ Level is now VIP"),
        ("Mark Green level important", "✓ Level is now Important"),
    ):
        assert (await says(li, line, said)).labels[0] == "Undo"
    await says(li, "Daniel Patel phone did not answer", "Write “phone did not answer” down for Daniel Patel?")
    await says(li, "Tom Becker phone +44 20 7946 0955", "New customer", "Tom Becker")
    await taps(li, "Cancel", "Nothing was saved")
    await says(
        li, "new customer Daniel Patel +49 30 901820", "Daniel Patel · Harbour Group is in the book with the same name"
    )
    await taps(li, "Save", "Saved")
    asked = await says(li, "Daniel Patel title buyer", "Which “Daniel Patel”?")
    assert len(asked.labels) == 3


async def test_the_same_in_chinese(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await says(li, "张三 电话 13900139000", "✓ 电话已改为 +86 139 0013 9000")
    await says(li, "张三职位厂长", "✓ 职位已改为 厂长")
    await says(li, "张三 电话 没人接", "要把“电话 没人接”记到 张三 名下吗？")
    await says(li, "张三 13600136001", "张三 · 云帆科技 已在客户簿里，姓名相同")
    await says(company.han, "张三 13600136002", "新客户")
    assert "张三 ·" not in company.han.transcript()
