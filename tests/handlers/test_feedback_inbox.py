"""The staff's inbox of feedback: what is new, what is low, read in one tap, thanked, answered."""

from __future__ import annotations

from handlers.kit.lists import PAGE
from tests.handlers.telling import adds, link_of, presses, says, taps, visits
from tests.handlers.test_campaigns import asks, scans
from tests.house import Company

PARTS = ["全部", "未读", "低分", "活动"]


def rows(labels: list[str]) -> list[str]:
    """The rows of a page, without the buttons under them."""
    return [label for label in labels if "★" in label]


async def test_what_is_new_what_is_low_and_a_page_read_in_one_tap(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    for score in (5, 1, 4):
        await zhang.taps("评分")
        await taps(zhang, f"{score} ★", f"收到 {score} 分")
        await taps(zhang, "跳过", "您好")
    su = company.su
    inbox = await says(su, "/feedback", "评价", "3 条未读")
    assert [label.split()[1] for label in rows(inbox.labels)] == ["★4/5", "★1/5", "★5/5"]
    await taps(su, "低分", "只看低分")
    assert rows(su.last.labels) == ["● ★1/5 张三 "]
    await taps(su, "★1/5", "★1/5", "张三")
    await taps(su, "全部评价", "评价", "2 条未读")
    await taps(su, "未读", "只看未读")
    assert len(rows(su.last.labels)) == 2
    read = await taps(su, "本页都标为已读", "评价")
    assert "未读" not in read.text
    assert not any(label.startswith("●") or "标为已读" in label for label in read.labels)
    await taps(su, "未读", "只看未读", "这里没有评价")


async def test_a_page_is_marked_as_it_was_shown(company: Company) -> None:
    """What came in meanwhile stays new, and nobody marks what they don't see."""
    link = await asks(company, "售后", scale="1–5 分")
    for _ in range(PAGE + 1):
        await taps(await scans(company, link), "4 ★", "收到 4 分")
    shown = await says(company.su, "/feedback", f"{PAGE + 1} 条未读")
    await taps(await scans(company, link), "5 ★", "收到 5 分")
    await presses(company.su, shown, "本页都标为已读", "2 条未读")
    mark = next(button.data for button in shown.buttons if "标为已读" in button.label)
    for other in (company.zhou, company.qian):
        empty = await says(other, "/feedback", "还没有评价")
        await other.forges(empty, mark)
        await other.sees("没有找到")


async def test_thanks_and_own_words_reach_the_customer_without_a_name(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.taps("评分")
    await taps(zhang, "3 ★", "收到 3 分")
    await says(zhang, "包装可以更好", "谢谢")
    li = company.li
    card = await taps(li, "打开", "★3/5", "包装可以更好")
    await taps(li, "道谢", "已发给客户", "已道谢")
    await zhang.sees("谢谢您的评价")
    assert "道谢" not in li.last.labels
    await presses(li, card, "道谢", "已失效")
    await taps(li, "回复", "想对客户说什么")
    await says(li, "下次给您加固包装", "已发给客户", "已回复", "下次给您加固包装")
    await zhang.sees("关于您的评价", "下次给您加固包装")
    assert [name for name in ("李雷", "张三", "138") if name in zhang.transcript()] == []
    await says(company.wang, "/feedback", "评价")  # read and answered, for everybody
    assert rows(company.wang.last.labels) == ["★3/5 张三 包装可以更好"]


async def test_thanks_in_the_customers_own_language(english: Company) -> None:
    await english.li.says("张三 13800138000")
    await taps(english.li, "Save", "张三")
    await taps(english.li, "Link", "t.me")
    guest = await english.stranger("Guest", language="zh")
    await guest.opens(english.li.last.text.split("\n")[1])
    await taps(guest, "同意", "您好")
    await taps(guest, "评分", "打几分")
    await taps(guest, "1 ★", "很抱歉让您失望了")
    await english.wang.sees("★1/5", "张三")
    await taps(english.wang, "Open", "★1/5")
    await taps(english.wang, "Thank them", "Sent", "Thanked")
    await guest.sees("谢谢您的评价")


async def test_who_left_or_has_no_name_cant_be_answered(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await taps(zhang, "评分", "打几分")
    await taps(zhang, "2 ★", "收到 2 分")
    await taps(zhang, "跳过", "您好")
    card = await taps(company.li, "打开", "★2/5")
    await taps(company.li, "回复", "想对客户说什么")
    await taps(zhang, "隐私", "加密文件")
    await taps(zhang, "撤回同意", "要撤回吗")
    await taps(zhang, "撤回", "已撤回")
    await says(company.li, "对不起", "现在收不到消息，没有发出去", "★2/5")
    await says(company.li, "张三", "138 0013 8000")  # what is typed next is no answer any more
    await presses(company.li, card, "道谢", "现在收不到消息")
    await zhang.sees_nothing()


async def test_another_owners_feedback_is_not_answered_by_an_altered_button(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await taps(zhang, "评分", "打几分")
    await taps(zhang, "5 ★", "收到 5 分")
    for other in (company.han, company.zhou, company.qian):
        empty = await says(other, "/feedback", "还没有评价")
        for route in ("fb", "fb.thanks", "fb.answer", "fb.case"):
            said = []
            for number in (1, 999):
                await other.forges(empty, f"{route}:{number}")
                said.append((await other.sees()).text)
            assert said[0] == said[1] == "没有找到，或者你无权查看。"
        for route in ("fb.box:x:0", "fb.box:new", "fb.box:new:-1", "fb.read:zz!"):
            await other.forges(empty, route)
            await other.sees("没有找到")
    await zhang.sees_nothing()


async def test_a_new_link_of_a_customer_can_be_taken_back(company: Company) -> None:
    await adds(company.li, "张三 13800138000")
    old = await link_of(company, "张三")
    await taps(company.li, "换新链接", "旧链接已作废")
    await taps(company.li, "撤销", "已撤销")
    zhang = await company.stranger("Zhang")
    await zhang.opens(old)
    await taps(zhang, "同意", "您好")
