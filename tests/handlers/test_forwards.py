"""What was forwarded, and files: one tap that shows what will be written, and nothing of it taken for an order."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable

import pytest

from bot.demo.standin.bubbles import Bubble
from tests.handlers.telling import WITHIN, adds, says, taps
from tests.house import Company
from tests.pictures import JPEG, OGG, jpeg


async def writes(company: Company, name: str, text: str, *, hides: bool = False) -> Bubble:
    """Somebody outside writes to 李雷; the message as it stands in their chat."""
    other = await company.people.person(name, language="zh", hides_forwards=hides)
    return await other.says(text, to=company.li)


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hides", [False, True])
async def test_a_customers_words_are_one_tap_from_their_timeline(company: Company, hides: bool) -> None:
    await adds(company.li, "张三 13800138000 云帆科技", "李四 13900139000 远山贸易")
    said = await writes(company, "张三", "下周二之前要报价", hides=hides)
    await company.li.forwards(said)
    shown = await company.li.sees("记到 张三？", "📝 下周二之前要报价", "转自 张三", within=WITHIN)
    assert shown.labels == ["记下", "别的客户", "取消"]
    kept = await taps(company.li, "记下", "✓ 已记下", "📝 下周二之前要报价", "云帆科技")
    assert "上次联系" in kept.text  # their own words are contact
    await taps(company.li, "撤销", "已撤销", "张三")


async def test_words_of_somebody_unknown_are_one_tap_from_the_customer_touched_last(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技", "李四 13900139000 远山贸易")
    said = await writes(company, "王助理", "张总同意了")
    await company.li.forwards(said)
    shown = await company.li.sees("记给谁？", "📝 张总同意了", "转自 王助理", within=WITHIN)
    assert shown.labels == ["李四 · 远山贸易", "张三 · 云帆科技", "新客户 王助理", "别的客户", "取消"]
    kept = await taps(company.li, "张三", "✓ 已记下", "📝 张总同意了", "云帆科技")
    assert "上次联系" not in kept.text  # somebody else's words about them are not
    await taps(company.li, "记录", "张总同意了", "王助理")


async def test_words_that_begin_with_a_customers_name_are_one_tap_from_their_timeline(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技", "李四 13900139000 远山贸易")
    helper = await company.people.person("韩梅", language="zh")
    await company.li.forwards(await helper.says("张三说下周二之前要报价", to=company.li))
    await company.li.sees("记到 张三？", "📝 张三说下周二之前要报价", "转自 韩梅", within=WITHIN)
    await company.li.forwards(await helper.says("收到了，谢谢", to=company.li))
    asked = await company.li.sees("记给谁？", within=WITHIN)
    assert "新客户 韩梅" not in asked.labels  # a colleague's name


async def test_who_wrote_becomes_a_customer_with_their_words_in_one_tap(english: Company) -> None:
    other = await english.people.person("Jane", last_name="Doe", language="en")
    await english.li.forwards(await other.says("Could you send me a price list", to=english.li))
    await english.li.sees("Whose is it?", "📝 Could you send me a price list", within=WITHIN)
    await taps(english.li, "New customer Jane Doe", "✓ Saved", "Jane Doe", "📝 Could you send me a price list")
    await taps(english.li, "Undo", "Jane Doe is removed again")


async def test_somebody_else_is_named_and_the_words_are_still_there(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技", "李四 13900139000 远山贸易")
    await company.li.forwards(await writes(company, "张三", "李四的货到了"))
    await company.li.sees("记到 张三？", within=WITHIN)
    await taps(company.li, "别的客户", "记给哪一位")
    await says(company.li, "没这个人", "没有找到“没这个人”")
    await says(company.li, "李四", "✓ 已记下", "📝 李四的货到了", "远山贸易")


async def test_forwarded_contact_details_become_a_customer_named_as_their_author(company: Company) -> None:
    await company.li.forwards(await writes(company, "王建国", "我换号了 13900139000"))
    shown = await company.li.sees("新客户，对吗？", "姓名：王建国", "电话：+86 139 0013 9000", within=WITHIN)
    assert "转自 王建国" in shown.text
    await taps(company.li, "保存", "✓ 已保存", "王建国")


async def test_a_known_author_s_new_number_is_one_tap_from_their_card(company: Company) -> None:
    await adds(company.li, "王建国 13800138000 云帆科技")
    await company.li.forwards(await writes(company, "王建国", "13900139000"))
    await company.li.sees("客户簿里已有这位客户", "＋ 电话：+86 139 0013 9000", within=WITHIN)
    kept = await taps(company.li, "记下", "✓ 已记下", "云帆科技")
    assert "📞 +86 139 0013 9000" in kept.text


async def test_a_known_author_who_names_somebody_else_may_be_noted_on_instead(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.forwards(await writes(company, "张三", "以后找我同事 李四 13900139000"))
    await company.li.sees("新客户", "+86 139 0013 9000", within=WITHIN)
    await taps(company.li, "记到 张三", "✓ 已记下", "📝 以后找我同事 李四 13900139000", "云帆科技")


async def test_who_writes_about_somebody_new_is_not_taken_for_them_and_their_words_stay_whole(english: Company) -> None:
    li = english.li
    await says(li, "Kai Zhou +49 30 901820 Becker GmbH", "New customer")
    await taps(li, "Save", "Saved")
    kai = await english.people.person("Kai", last_name="Zhou", language="en")
    said = (
        "Hi, this is Kai. Our new buyer is Tom Becker, +49 170 1234567, tom.becker@becker-gmbh.de. "
        "He wants 300 pcs by 10 December."
    )
    await li.forwards(await kai.says(said, to=li))
    shown = await li.sees("New customer", "Name: Tom Becker", "Title: buyer", within=WITHIN)
    assert "Company" not in shown.text
    assert "you will be reminded Thu 10 Dec 09:00: He wants 300 pcs" in shown.text
    assert f"📝 {said}" in shown.text
    await taps(li, "Reminder", "When, and what for?", "He wants 300 pcs")
    await says(li, "quote for 300 pcs", "reminded Thu 10 Dec 09:00: quote for 300 pcs")
    await taps(li, "Reminder", "When, and what for?")
    await says(li, "sometime", "reminded Thu 10 Dec 09:00: sometime")
    await taps(li, "Reminder", "When, and what for?")
    await says(li, "Friday 4 December 3pm send the quote", "reminded Fri 4 Dec 15:00: send the quote")
    await taps(li, "Save", "✓ Saved", "⏰ Fri 4 Dec 15:00 send the quote", said)
    await taps(li, "Timeline", said, "Kai Zhou")
    await li.forwards(await kai.says(said, to=li))
    await li.sees("Already in the book", within=WITHIN)


async def test_a_colleague_s_words_about_a_new_buyer_are_the_buyer_s_first_note(company: Company) -> None:
    await adds(company.li, "周凯 13800138000 云帆科技")
    said = "你好，我是周凯。我们新的采购是王小明，13900139000，他下周三要报价"
    await company.li.forwards(await writes(company, "周凯", said))
    shown = await company.li.sees("新客户，对吗？", "姓名：王小明", "职位：采购", within=WITHIN)
    assert "提醒你：他下周三要报价" in shown.text
    await taps(company.li, "记到 周凯", "✓ 已记下", f"📝 {said}", "云帆科技")
    await taps(company.li, "撤销", "已撤销")
    await company.li.forwards(await writes(company, "周凯", said))
    await company.li.sees("姓名：王小明", within=WITHIN)
    await taps(company.li, "提醒", "什么时候提醒，提醒什么？")
    await taps(company.li, "清空", "新客户，对吗？")
    saved = await taps(company.li, "保存", "✓ 已保存", f"📝 {said}")
    assert "⏰" not in saved.text
    await taps(company.li, "记录", said, "周凯")


@pytest.mark.parametrize("order", ["/undo", "撤销", "查 张三", "投诉 张三 发货少了两箱", "/start abc", "菜单"])
async def test_forwarded_words_are_never_an_order(company: Company, order: str) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.forwards(await writes(company, "陌生人", order))
    await company.li.sees("记给谁？", f"📝 {order}", within=WITHIN)
    await says(company.li, "张三", "云帆科技", "潜在 · 线索")


async def test_forwarded_words_are_no_answer_but_to_the_question_what_to_note(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await taps(company.li, "修改", "改哪一项")
    await taps(company.li, "公司", "公司改成什么")
    await company.li.forwards(await writes(company, "张三", "我们改叫远山了"))
    await company.li.sees("记到 张三？", within=WITHIN)
    await taps(company.li, "取消", "没有记")
    await says(company.li, "张三", "云帆科技")
    await taps(company.li, "记一笔", "要记什么")
    await company.li.forwards(await writes(company, "王助理", "张总下周在"))
    await company.li.sees("✓ 已记下", "📝 张总下周在", within=WITHIN)


async def test_support_forwards_to_search_and_writes_nothing(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    other = await company.people.person("张三", language="zh")
    await company.su.forwards(await other.says("张三", to=company.su))
    found = await company.su.sees("云帆科技", "联系方式已隐藏", within=WITHIN)
    assert "记下" not in found.labels


async def test_a_held_message_of_an_earlier_card_is_kept_with_its_own(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.forwards(await writes(company, "张三", "第一句"))
    first = await company.li.sees("📝 第一句", within=WITHIN)
    await company.li.forwards(await writes(company, "张三", "第二句"))
    await company.li.sees("📝 第二句", within=WITHIN)
    await company.li.forges(first, first.buttons[0].data)
    await company.li.sees("第一句", within=WITHIN)


# Contacts ------------------------------------------------------------------------------------------------------------

VCARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:王;建国;;;\nFN:王建国\nORG:云帆科技;采购部\nTITLE:采购经理\n"
    "TEL;TYPE=CELL:+86 138 0013 8000\nTEL;TYPE=WORK:010-62345678\nEMAIL:Wang@Yunfan.cn\nEND:VCARD"
)


async def test_a_contact_brings_all_that_its_card_says(company: Company) -> None:
    await company.li.sends_contact(phone="+8613800138000", first_name="王建国", vcard=VCARD)
    await company.li.sees(
        "新客户", "姓名：王建国", "+86 138 0013 8000 · +86 10 6234 5678", "公司：云帆科技", "职位：采购经理",
        "邮箱：wang@yunfan.cn", within=WITHIN,
    )  # fmt: skip
    await taps(company.li, "保存", "✓ 已保存", "云帆科技 · 采购经理")


async def test_a_forwarded_contact_of_a_known_customer_adds_what_is_new(company: Company) -> None:
    await adds(company.li, "王建国 13800138000")
    other = await company.people.person("同事", language="zh")
    card = await other.does(
        "contact", {"phone_number": "+8613800138000", "first_name": "王建国", "vcard": VCARD, "to": company.li.id}
    )
    await company.li.does("forward", {"message_ids": [card["message_id"]], "from": card["chat"]["id"]})
    await company.li.sees("客户簿里已有这位客户", "＋ 公司：云帆科技", "＋ 邮箱：wang@yunfan.cn", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下", "云帆科技 · 采购经理")


# Photos, recordings, files -------------------------------------------------------------------------------------------


async def test_a_photo_with_a_caption_is_kept_and_shown_again(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.sends_photo(JPEG, caption="张三 名片")
    shown = await company.li.sees("记到 张三？", "📝 张三 名片", "🖼 照片", within=WITHIN)
    assert shown.labels[0] == "记下"
    await taps(company.li, "记下", "✓ 已记下", "🖼 照片")
    await taps(company.li, "记录", "张三 名片")
    again = await opened(company, "🖼")
    assert await company.people.fetch(again.files[0]["url"]) == JPEG


async def opened(company: Company, label: str) -> Bubble:
    """Taps a file of the timeline once it has been fetched."""
    await company.li.taps(label, within=WITHIN)
    while True:
        seen = await company.li.sees(within=WITHIN)
        if seen.files:
            return seen
        assert "还在从 Telegram 取" in seen.text
        await company.app.jobs.tick()
        await company.li.taps(label, within=WITHIN)


async def test_a_voice_message_of_a_customer_and_a_document(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    other = await company.people.person("张三", language="zh")
    sent = await other.does("media", media("voice", "v.ogg", "audio/ogg", OGG, company.li.id))
    await company.li.does("forward", {"message_ids": [sent[0]["message_id"]], "from": sent[0]["chat"]["id"]})
    await company.li.sees("记到 张三？", "🎤 语音", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下", "🎤 语音")
    await company.li.sends_file("合同.pdf", b"%PDF-1.4 hello", caption="张三")
    await company.li.sees("记到 张三？", "📄 合同.pdf", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下", "📄 合同.pdf")
    await taps(company.li, "记录", "的往来")
    again = await opened(company, "合同.pdf")
    assert again.files[0]["name"] == "合同.pdf"
    assert await company.people.fetch(again.files[0]["url"]) == b"%PDF-1.4 hello"


def media(kind: str, name: str, mime: str, data: bytes, to: int) -> object:
    """A file from one person to another, which the bot doesn't see."""
    import io

    import aiohttp

    form = aiohttp.FormData(quote_fields=False)
    for key, value in (("kind", kind), ("to", str(to)), ("duration", "1")):
        form.add_field(key, value)
    form.add_field("file", io.BytesIO(data), filename=name, content_type=mime)
    return form


async def test_a_file_is_offered_first_to_whose_card_was_shown_last_and_a_caption_may_name_anybody(
    english: Company,
) -> None:
    li = english.li
    lines = ["Anna Larsson", "Bo Dahl", "Cleo Rask", "Dan Holm", "Eva Lund", "Finn Berg"]
    await adds(li, *(f"{name} +46 70 123 45 0{place}" for place, name in enumerate(lines)), save="Save")
    await says(li, "Anna Larsson", "+46 70 123 45 00")
    await li.sends_photo(JPEG)
    asked = await li.sees("Whose is it?", within=WITHIN)
    assert asked.labels[:3] == ["Anna Larsson", "Finn Berg", "Eva Lund"]
    await taps(li, "Cancel", "Nothing was")
    await li.sends_photo(JPEG, caption="photo of the damaged box, Bo Dahl")
    await li.sees("Bo Dahl?", "photo of the damaged box", within=WITHIN)
    await taps(li, "Keep this", "✓ Kept", "Bo Dahl")
    await li.sends_photo(JPEG, caption="contract between Dan Holm and Eva Lund")
    asked = await li.sees("Whose is it?", within=WITHIN)
    assert {*asked.labels[:2]} == {"Dan Holm", "Eva Lund"}
    assert asked.labels[2] == "Bo Dahl"


async def test_a_chinese_caption_names_somebody_at_its_end(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技", "李四 13900139000 远山贸易")
    await company.li.sends_photo(JPEG, caption="破损的箱子，张三的")
    await company.li.sees("记到 张三？", within=WITHIN)


async def test_an_album_is_one_entry(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.sends_photo(jpeg(1), jpeg(2), jpeg(3), caption="张三 样品")
    await company.li.sees("记到 张三？", "🖼 一组照片或文件", within=WITHIN)
    await taps(company.li, "记下", "✓ 已记下")
    listed = await taps(company.li, "记录", "张三 样品")
    assert listed.text.count("张三 样品") == 1
    assert [label for label in listed.labels if "🖼" in label] != []


async def test_what_is_too_large_or_a_program_is_said_and_the_words_stay(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    await company.li.sends_file("报价.exe", b"MZ", caption="张三 要的报价")
    await company.li.sees("记到 张三？", "📝 张三 要的报价", within=WITHIN)
    await company.li.sees("程序文件不收", within=WITHIN)
    kept = await taps(company.li, "记下", "✓ 已记下")
    assert "📄" not in kept.text
    await company.li.sends_file("报价.exe", b"MZ")
    await company.li.sees("程序文件不收", within=WITHIN)


# Fifty forwards ------------------------------------------------------------------------------------------------------


async def test_the_median_of_fifty_forwards_takes_at_most_two_taps(
    company: Company, record_property: Callable[[str, object], None]
) -> None:
    """A salesperson's pocket: of customers, hidden ones, helpers and strangers; words, contacts, photos, recordings."""
    li = company.li
    people = [
        ("张三", "13800138000", "云帆科技"),
        ("李娜", "13800138001", "远山贸易"),
        ("王建国", "13800138002", "华盛电子"),
    ]
    await adds(li, *(" ".join(person) for person in people))
    counts = [await tapped(company, act, choice) for act, choice in fifty(company, [name for name, *_ in people])]
    record_property("taps", counts)
    print(f"taps of {len(counts)} forwards: median {statistics.median(counts)}, most {max(counts)}")
    assert len(counts) == 50
    assert statistics.median(counts) <= 2
    assert max(counts) <= 2


Act = Callable[[], Awaitable[object]]


async def tapped(company: Company, act: Act, choice: str) -> int:
    """How many taps from the forward to what is written; a person taps what the card offers for it."""
    await act()
    taps_made = 0
    while True:
        seen = await company.li.sees(within=WITHIN)
        if seen.text.startswith(("✓ 已记下", "✓ 已保存")):
            return taps_made
        offered = [label for label in (choice, "记下", "保存", "仍然新增") if label and seen.button(label)]
        if offered:
            await company.li.taps(offered[0], on=seen, within=WITHIN)
            taps_made += 1


def fifty(company: Company, names: list[str]) -> list[tuple[Act, str]]:
    """What is forwarded, and the customer whom its person means where the card can't know."""
    li = company.li

    def words(name: str, text: str, *, hides: bool = False) -> Act:
        async def act() -> None:
            await li.forwards(await writes(company, name, text, hides=hides))

        return act

    def file(name: str, kind: str, file_name: str, mime: str, data: bytes) -> Act:
        async def act() -> None:
            other = await company.people.person(name, language="zh")
            sent = await other.does("media", media(kind, file_name, mime, data, li.id))
            await li.does("forward", {"message_ids": [sent[0]["message_id"]], "from": sent[0]["chat"]["id"]})

        return act

    def contact(number: str, name: str) -> Act:
        async def act() -> None:
            await li.sends_contact(phone=number, first_name=name)

        return act

    acts: list[tuple[Act, str]] = []
    for round_ in range(4):
        for name in names:  # 36
            acts.append((words(name, f"第{round_}次：下周可以发货"), ""))
            acts.append((words(name, f"第{round_}次：价格能不能再谈", hides=True), ""))
            acts.append((file(name, "voice", "v.ogg", "audio/ogg", OGG), ""))
    for place in range(4):  # 8
        acts.append((words(f"助理{place}", "老板同意了"), names[place % 3]))
        acts.append(
            (file(f"助理{place}", "document", f"清单{place}.pdf", "application/pdf", b"%PDF"), names[place % 3])
        )
    for place in range(3):  # 6
        acts.append((contact(f"+861390013900{place}", f"新人{'甲乙丙'[place]}"), ""))
        acts.append((words(f"陈{'一二三'[place]}", f"我的电话 1370013700{place}"), ""))
    return acts
