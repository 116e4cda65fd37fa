"""A whole list named in a sentence: asked with its number before anything is written, and never taken for somebody
whose initials happen to spell a word of it.
"""

from __future__ import annotations

from tests.handlers.telling import says, taps
from tests.handlers.test_lists import settled
from tests.house import Company


async def test_all_vip_customers_are_a_list_and_nobodys_initials(english: Company) -> None:
    li = english.li
    await settled(english)
    await says(li, "Jack Brown +44 20 7946 0958 Ashton Logistics Ltd", "New customer")
    await taps(li, "Save", "Saved")
    asked = await says(li, "tag all vip customers xmas", "Tag: xmas", "Tag 2 customers #xmas?", "VIP")
    assert "Jack Brown" not in asked.text
    await taps(li, "Save", "✓ 2 customers: tagged #xmas")
    await says(li, "Jack Brown", "Ashton Logistics")
    assert "#xmas" not in li.last.text
    asked = await says(li, "set all leads to qualified", "Set the stage of 3 customers to “Qualified”?", "Lead")
    assert asked.labels[0] == "Change 3"
    await says(li, "remove tag xmas from every vip", "Take #xmas off 2 customers?")
    done = await taps(li, "Change 2", "✓ 2 customers: #xmas taken off")
    assert "Undo" in done.labels
    await says(li, "add tag fair, autumn to all customers", "one tag at a time")
    await says(li, "archive all vip customers", "can’t be done to a whole list", "VIP")
    await says(li, "tag all purple customers xmas", "Which customers are “all purple customers”?")
    await says(english.wang, "hand all vip customers over to 李雷", "Give 1 customer to “李雷”?")
    await says(li, "hand all vip customers over to 韩梅", "for a manager to do. Ask 王芳.")
    # Initials, the middle of a word and a slip call nobody; what they find is offered.
    await says(li, "note all went well", "Which “all”?")
    await taps(li, "Cancel", "ancelled")
    await says(li, "tag Jack Bronw key account", "Which “Jack Bronw”?")
    await taps(li, "Jack Brown", "✓ Tagged #key account", "Ashton")


async def test_the_same_in_chinese(company: Company) -> None:
    li = company.li
    await settled(company)
    await says(li, "给所有VIP客户打标签 圣诞", "标签：圣诞", "给 2 位客户加上 #圣诞？", "VIP")
    await taps(li, "保存", "✓ 2 位客户")
    await says(li, "所有VIP客户都去掉标签 圣诞", "把 2 位客户的 #圣诞 去掉？")
    asked = await says(li, "把全部线索客户升级为重要", "把 2 位客户的级别改为“重要”？")
    assert asked.labels[0] == "改 2 位"
    await says(li, "清空所有客户的地址", "不能对整份名单一起改")
    await says(li, "给所有紫色客户打标签 圣诞", "“所有紫色客户”是哪些客户")
    await says(company.wang, "VIP客户都转给李雷", "把 1 位客户交给“李雷”？")
    await says(company.wang, "所有客户转给采购部", "没有找到")
    await says(li, "标签 单雄心 老客户", "“单雄心”是哪一位")
    await taps(li, "单雄信", "✓ 已加标签 #老客户", "单雄信")
