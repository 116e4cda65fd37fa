"""What can't be taken back: a customer has read it, it went to a colleague, it changed since. /undo says so, offers
what can be done, and the change before it.
"""

from __future__ import annotations

from tests.handlers.telling import WITHIN, jane_is_known, joins, li_knows, says, taps, visits
from tests.house import Company


async def test_thanks_and_an_answer_to_a_feedback_stay(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    await taps(zhang, "评分", "打几分")
    await taps(zhang, "4 ★", "收到 4 分")
    await company.li.sees("★4/5", within=WITHIN)
    await taps(company.li, "打开", "★4/5")
    thanked = await taps(company.li, "道谢", "✓ 已发给客户")
    assert "撤销" not in thanked.labels
    await zhang.sees("谢谢您的评价", within=WITHIN)
    kept = await says(company.li, "/undo", "客户已经看到了，收不回来")
    # The link was come through since, so it is not offered.
    assert kept.labels == ["回复", "撤销再前面的：客户"]
    await taps(company.li, "回复", "想对客户说什么")
    await says(company.li, "下次给您五分的服务", "✓ 已发给客户")
    await zhang.sees("五分的服务", within=WITHIN)
    await says(company.li, "撤销", "收不回来")
    # The button of an old app does no more than the word.
    for change in range(1, 12):
        await company.li.forges(company.li.last, f"undo:{change}")
        await company.li.sees(within=WITHIN)
    await says(company.wang, "/feedback", "评价")
    await taps(company.wang, "★4/5 张三", "下次给您五分的服务")


async def test_what_went_out_about_a_case_stays_and_what_was_before_it_can_be_undone(company: Company) -> None:
    await li_knows(company)
    zhang = await visits(company, "张三")
    await says(zhang, "少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "回复客户", "要对客户说什么")
    await says(company.su, "明天补发", "✓ 已发给客户")
    await zhang.sees("明天补发", within=WITHIN)
    kept = await says(company.su, "/undo", "客户已经看到了，收不回来")
    # What was before it is the case that these words have changed since: nothing is offered that would not be done.
    assert kept.labels == ["回复客户"]
    # What is among colleagues is taken back as ever.
    await says(company.su, "/complaint", "投诉")
    await taps(company.su, "#1 张三", "#1")
    await taps(company.su, "内部备注", "留什么话")
    await says(company.su, "仓库漏扫", "客户看不到")
    await says(company.su, "/undo", "已撤销")
    assert "仓库漏扫" not in company.su.last.text


async def test_what_a_customer_was_told_by_telephone_is_a_note_and_can_be_undone(company: Company) -> None:
    await li_knows(company)
    await says(company.li, "投诉 张三 少了两箱", "#1")
    await taps(company.su, "我来处理", "由 苏青 处理")
    await taps(company.su, "已电话答复")
    await says(company.su, "说了明天补发", "明天补发")
    await says(company.su, "/undo", "已撤销")


async def test_an_answered_request_about_ones_data_stays(english: Company) -> None:
    await says(english.li, "Acme +44 20 7946 0958", "New customer")
    await taps(english.li, "Save", "Saved")
    acme = await joins(english, "Acme", language="en")
    await taps(acme, "Privacy", "My data")
    await taps(acme, "My data", "What we keep about you")
    await taps(acme, "Correct", "What should be put right")
    await taps(acme, "Address", "What should the address be")
    await says(acme, "1 High Street, Leeds", "Passed on")
    await english.li.sees("asks to have something put right", within=WITHIN)
    done = await taps(english.li, "Put it right", "✓ Put right", "Open the customer to change it again")
    assert done.labels == ["Customer"]
    kept = await says(english.li, "/undo", "The customer has read it, so it can’t be taken back")
    assert kept.labels[0] == "Customer"
    await acme.sees("Address to be 1 High Street, Leeds: done", within=WITHIN)
    # Declined is declined as well.
    await taps(acme, "My data", "1 High Street")
    await taps(acme, "Ask to be erased", "Ask for it?")
    await taps(acme, "Yes, ask", "You have asked to be erased")
    await english.boss.sees("A customer asks to be erased", within=WITHIN)
    await taps(english.boss, "Decline, with a reason", "Why not")
    await says(english.boss, "An invoice is open", "read the reason")
    await says(english.boss, "/undo", "The customer has read it")


async def test_what_went_to_a_colleague_stays_and_what_was_before_it_can_be_undone(company: Company) -> None:
    await li_knows(company, "王小明 13800138001 启明贸易")
    await li_knows(company, "张伟强 13800138002 远山科技")
    await says(company.li, "王小明 级别 VIP", "王小明")
    await says(company.wang, "王小明转给韩梅", "✓ 王小明 已交给 韩梅")
    kept = await says(company.li, "撤销", "级别：已不在你名下，不能撤销。")
    assert kept.labels == ["撤销再前面的：客户"]
    assert "王小明" not in kept.text
    await taps(company.li, "撤销再前面的：客户", "张伟强 已从客户簿移除")
    kept = await says(company.li, "/undo", "已不在你名下")
    assert not kept.labels


async def test_what_somebody_changed_since_stays_and_what_was_before_it_can_be_undone(english: Company) -> None:
    await jane_is_known(english)
    await says(english.li, "Jane Smith title is buyer", "Jane Smith")
    await says(english.li, "Jane Smith level VIP", "Jane Smith")
    await says(english.wang, "Jane Smith level important", "Jane Smith")
    kept = await says(english.li, "undo", "Level: changed again since, so it can’t be undone.")
    assert kept.labels == ["Undo what was before it: Title"]
    await taps(english.li, "Undo what was before it: Title", "Undone: Jane Smith · Title")
    await says(english.wang, "Jane Smith level VIP", "Jane Smith")
    await says(english.wang, "hand Jane Smith over to 韩梅", "is now with")
    await says(english.li, "undo", "no longer yours, so it can’t be undone")
