"""Where the company is at home decides how a number without a country code is read; what is no number is not bent."""

from __future__ import annotations

from tests.handlers.telling import li_knows, presses, says, taps
from tests.house import Company

MARK = "Mark Robinson 07700 900412 Riverside Foods purchasing manager call back Friday 3pm"


async def test_the_owner_says_where_the_company_is_at_home(english: Company) -> None:
    """British numbers are then read everywhere without +44: by capture, forms, changes and the check at entry."""
    boss, li = english.boss, english.li
    unread = await says(li, MARK, "New customer", "Company: Riverside Foods", "07700 900412")
    assert "07700 900412 is no whole phone number here" in unread.text
    await taps(li, "Cancel", "Nothing was saved")
    await says(boss, "/settings", "Settings")
    await taps(boss, "Country", "read as in China (+86)")
    done = await taps(
        boss, "United Kingdom", "✓ Numbers without a country code are now read as in United Kingdom (+44)"
    )
    assert done.labels == ["Undo", "‹ Back"]
    await says(li, MARK, "Phone: +44 7700 900412", "Company: Riverside Foods", "Title: purchasing manager")
    await taps(li, "Save", "Saved", "Mark Robinson")
    await says(li, "07700900412", "Mark Robinson")
    await says(english.han, "Robin Marks 07700 900412", "A colleague already looks after this contact")
    await says(li, "change phone of Mark Robinson to 02079460958", "Phone is now +44 20 7946 0958")
    await taps(li, "Edit", "What should change")
    await taps(li, "Phone", "Now: +44 20 7946 0958")
    await says(li, "07700900413", "Phone is now +44 7700 900413")
    await presses(boss, done, "Undo", "Undone")
    await says(li, "Tom Hill 07700 900414", "07700 900414 is no whole phone number here")


async def test_any_country_can_be_typed(company: Company) -> None:
    boss = company.boss
    for typed, said in (
        ("法国", "法国（+33）"),
        ("+44", "英国（+44）"),
        ("us", "美国（+1）"),
        ("香港", "香港（+852）"),
    ):
        await says(boss, "/settings", "设置")
        await taps(boss, "所在国家", "公司在哪个国家")
        await says(boss, typed, "✓ 没写国家代码的电话", said)
    await says(boss, "/settings", "设置")
    await taps(boss, "所在国家", "香港（+852）")
    await says(boss, "火星", "不认识“火星”这个国家", "公司在哪个国家")
    assert "所在国家" not in (await says(company.wang, "/settings", "设置")).labels


async def test_a_number_that_is_too_short_is_asked_again_and_kept_if_one_insists(company: Company) -> None:
    li = company.li
    await li_knows(company)
    await taps(li, "修改", "改哪一项")
    await taps(li, "电话", "电话改成什么")
    asked = await says(li, "+44 20 7946", "“+44 20 7946”位数不够", "电话改成什么")
    assert asked.labels[0] == "就这样保存"
    await taps(li, "就这样保存", "电话已改为 +44 20 7946", "📞 +44 20 7946")
    await says(li, "张三电话改成 07700900412", "“07700900412”不是本国完整的电话")
    await taps(li, "就这样保存", "电话已改为 07700900412")
    await says(li, "张三电话改成 13800138000, 12345", "“12345”位数不够")
    await says(li, "13800138000", "电话已改为 +86 138 0013 8000")


async def test_whoever_is_not_found_is_added_with_all_that_was_typed(english: Company) -> None:
    li = english.li
    await says(li, "Peter Pan 12345", "Nothing found")
    asked = await taps(li, "Add “Peter Pan”", "New customer", "Name: Peter Pan", "📝 12345")
    assert "12345 is too short for a phone number" in asked.text
    await taps(li, "Save", "Saved", "Peter Pan", "📝 12345")
    await says(li, "98765", "Nothing found")
    await taps(li, "Add a customer", "What is the customer's name?")
    await says(li, "Wendy", "Name: Wendy", "📝 98765", "98765 is too short")
