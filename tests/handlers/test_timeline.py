"""The timeline: all that happened in one list, with filters; what can be opened opens, for whom it may."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.standin.bubbles import Bubble
from store.db import Tx
from tests.handlers.telling import WITHIN, says, taps
from tests.house import Company
from tests.pictures import JPEG, jpeg


async def a_year_of(company: Company) -> None:
    """张三 of 李雷: a call, a note, a follow-up, a complaint, a change."""
    await says(company.li, "张三 13800138000 云帆科技", "新客户")
    await taps(company.li, "保存", "已保存")
    await says(company.li, "记 张三 电话 下周给报价", "✓ 已记下")
    await says(company.li, "记 张三 喜欢喝茶", "✓ 已记下")
    await says(company.li, "提醒 张三 明天下午3点 发报价", "发报价")
    await says(company.li, "投诉 张三 发货少了两箱", "已登记")
    await says(company.li, "张三", "云帆科技")


async def test_everything_is_in_one_list_and_each_part_by_itself(company: Company) -> None:
    await a_year_of(company)
    whole = await taps(company.li, "记录", "张三 的往来")
    told = whole.text.splitlines()
    for line in ("下周给报价", "喜欢喝茶", "发报价", "发货少了两箱", "新建客户"):
        assert line in told
    assert told.index("发报价") < told.index("发货少了两箱") < told.index("下周给报价")
    assert whole.labels == [
        "投诉 #1", "• 全部", "往来", "跟进", "商机", "投诉", "评价", "修改记录", "记一笔", "‹ 返回"
    ]  # fmt: skip
    calls = await taps(company.li, "往来", "下周给报价", "喜欢喝茶")
    assert "发报价" not in calls.text
    assert "发货少了两箱" not in calls.text
    assert "• 往来" in calls.labels
    tasks = await taps(company.li, "跟进", "⏰ 明天 15:00 · 李雷", "发报价")
    assert "下周给报价" not in tasks.text
    await taps(company.li, "评价", "这一类还没有记录")
    await taps(company.li, "修改记录", "张三 的修改记录")


async def test_a_complaint_opens_from_it(company: Company) -> None:
    await a_year_of(company)
    await taps(company.li, "记录", "张三 的往来")
    await taps(company.li, "投诉 #1", "#1", "发货少了两箱")


async def test_an_album_opens_as_all_its_photos(company: Company) -> None:
    await a_year_of(company)
    pictures = [jpeg(1), jpeg(2), jpeg(3)]
    await company.li.sends_photo(*pictures, caption="张三 样品")
    await company.li.sees("记到 张三？", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下")
    await until_kept(company, 3)
    listed = await taps(company.li, "记录", "张三 样品")
    assert "🖼 照片 3 张" in listed.text.splitlines()
    await taps(company.li, "修改记录", "新建附件", "新建往来")
    await says(company.li, "张三", "云帆科技")
    listed = await taps(company.li, "记录", "张三 样品")
    label = next(label for label in listed.labels if "🖼" in label)
    assert "3" in label
    await company.li.taps(label, within=WITHIN)
    shown = [await company.li.sees("🖼 照片", within=WITHIN) for _ in pictures]
    assert [await company.people.fetch(one.files[0]["url"]) for one in shown] == pictures


async def test_tags_in_a_row_are_one_line_and_an_undo_stands_with_what_it_took_back(company: Company) -> None:
    await says(company.li, "张三 13800138000 云帆科技", "新客户")
    await taps(company.li, "保存", "已保存")
    for tag in ("制造业", "华东", "大客户"):
        await says(company.li, f"张三 标签 {tag}", f"#{tag}")
    await company.moves(by=timedelta(minutes=2))
    await says(company.li, "记 张三 喜欢喝茶", "✓ 已记下")
    await company.moves(by=timedelta(minutes=2))
    await says(company.li, "张三 标签 圣诞", "#圣诞")
    await taps(company.li, "撤销", "已撤销")
    told = await taps(company.li, "记录", "张三 的往来")
    assert told.text.splitlines()[2:] == [
        "今天 10:04 · 李雷", "标签：+ #圣诞（已撤销）", "", "今天 10:02 · 备注 · 李雷", "喜欢喝茶", "",
        "今天 10:00 · 李雷", "标签：+ #制造业 #华东 #大客户", "", "今天 10:00 · 李雷", "新建客户",
    ]  # fmt: skip
    struck = [
        told.text[one["offset"] :][: one["length"]] for one in told.raw["entities"] if one["type"] == "strikethrough"
    ]
    assert struck == ["标签：+ #圣诞"]


async def test_how_tags_went_off_again_in_english(english: Company) -> None:
    await says(english.li, "Jane Smith +44 20 7946 0958 Acme Ltd", "New customer")
    await taps(english.li, "Save", "Saved")
    await says(english.li, "tag Jane as retail", "#retail")
    await taps(english.li, "Details", "Since")
    await taps(english.li, "Tags", "#retail")
    await taps(english.li, "✕ retail", "#retail")
    await taps(english.li, "‹ Back", "Acme Ltd")
    await english.moves(by=timedelta(hours=2))
    await says(english.li, "tag Jane as partner", "#partner")
    await taps(english.li, "Details", "Since")
    told = await taps(english.li, "Changes", "Jane Smith: changes")
    assert told.text.splitlines()[2:] == [
        "today · 李雷", "12:00 Tags: + #partner", "10:00 Tags: − #retail", "10:00 Tags: + #retail",
        "10:00 New customer",
    ]  # fmt: skip


async def until_kept(company: Company, count: int) -> None:
    """Until the bot has fetched that many files."""
    async with company.book() as book:
        while await book.read(_kept) < count:
            await company.app.jobs.tick()


def _kept(tx: Tx) -> int:
    due = {row["id"] for row in tx.all("SELECT * FROM attachment_due")}
    return len([row for row in tx.all("SELECT * FROM attachment_clock") if row["id"] not in due])


async def photo_of_li(company: Company) -> Bubble:
    """李雷 keeps a photo of 张三; the button of his timeline that opens it."""
    await a_year_of(company)
    await company.li.sends_photo(JPEG, caption="张三 名片")
    await company.li.sees("记到 张三？", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下")
    await until_kept(company, 1)
    return await taps(company.li, "记录", "张三 名片")


async def test_a_file_opens_for_whom_the_customer_does_and_for_nobody_else(company: Company) -> None:
    listed = await photo_of_li(company)
    data = next(button.data for button in listed.buttons if "🖼" in button.label)
    for person in (company.wang, company.boss):
        menu = await says(person, "/menu", "菜单")
        await person.forges(menu, data)
        assert (await person.sees("🖼 照片", within=WITHIN)).files
    for person in (company.han, company.su, company.qian, company.zhou):
        menu = await says(person, "/menu", "菜单")
        for forged in (data, "files:interaction:1", "files:interaction:3", "files:customer:1"):
            await person.forges(menu, forged)
            await person.sees("没有找到，或者你无权查看", within=WITHIN)
    stranger = await company.stranger("路人")
    await stranger.starts()
    hello = await stranger.sees(within=WITHIN)
    await stranger.forges(hello, data)
    await stranger.sees("没有找到，或者你无权查看", within=WITHIN)


async def test_a_photo_survives_a_restart_and_is_still_on_its_way(company: Company) -> None:
    """Stopped before it was fetched: the row waits, and the next run fetches it."""
    await a_year_of(company)
    await company.li.sends_photo(JPEG, caption="张三 名片")
    await company.li.sees("记到 张三？", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下")
    await company.restart()
    await until_kept(company, 1)
    listed = await taps(company.li, "记录", "张三 名片")
    await company.li.taps(next(label for label in listed.labels if "🖼" in label), within=WITHIN)
    again = await company.li.sees("🖼 照片", within=WITHIN)
    assert await company.people.fetch(again.files[0]["url"]) == JPEG
