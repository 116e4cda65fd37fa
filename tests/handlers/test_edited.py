"""A message that is changed after it was sent: a member's is not done twice, a customer's words are heard again."""

from __future__ import annotations

from tests.handlers.telling import jane_is_known, li_knows, says, taps, visits
from tests.house import Company


async def test_what_a_member_changes_is_not_done_twice(company: Company) -> None:
    """They are told; what was noted stands, and what is asked of them stays open."""
    await li_knows(company)
    await taps(company.li, "记一笔", "要记什么")
    sent = await company.li.says("电话 下周给报价")
    await company.li.sees("已记下")
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "职位", "职位")
    await company.li.edits(sent, "电话 下周二给报价")
    await company.li.sees("改过的消息不会再读一遍")
    card = await says(company.li, "采购经理", "采购经理")
    assert "下周二" not in card.text


async def test_a_member_reads_it_in_english(english: Company) -> None:
    await jane_is_known(english)
    sent = await english.li.says("note Jane call wants a quote")
    await english.li.sees("Noted")
    await english.li.edits(sent, "note Jane call wants two quotes")
    await english.li.sees("isn’t read again", "Send it anew")


async def test_what_a_customer_changes_is_what_they_complain_of(company: Company) -> None:
    """Before they have said what it is, and after."""
    await li_knows(company)
    zhang = await visits(company, "张三")
    sent = await zhang.says("箱子破")
    await zhang.sees("这段话要怎么办")
    await zhang.edits(sent, "箱子破了三个，急")
    await zhang.sees("这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1", "箱子破了三个")
    await company.su.sees("新投诉", "箱子破了三个", "紧急")
    await zhang.edits(sent, "箱子破了四个")
    await zhang.sees("这段话要怎么办")
    await taps(zhang, "补充", "已补充")
    await company.su.sees("箱子破了四个")
