"""What people can do, and what the bot hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.demo.standin import People, Person, Refused, StandIn, Unseen
from tests.standin.conftest import drained

Picture = Callable[..., bytes]


async def news(bot: Bot) -> list[Update]:
    """What came since the last look."""
    updates = list(await bot.get_updates(timeout=0))
    await drained(bot)
    return updates


async def heard(bot: Bot) -> Message:
    """The only message that came."""
    (update,) = await news(bot)
    assert update.message is not None
    return update.message


async def test_a_message_looks_as_telegram_sends_it(standin: StandIn, bot: Bot, li: Person) -> None:
    await li.says("添加 张三 +86 138 0013 8000 zhang@example.com https://example.com /help@kehu_demo_bot #重要")
    message = await heard(bot)
    assert message.from_user is not None
    assert (message.from_user.is_bot, message.from_user.language_code) == (False, "zh")
    assert message.date.timestamp() == pytest.approx(standin.clock.now(), abs=2)
    found = {entity.type: message.parse_entity(entity) for entity in message.entities}
    assert found == {
        "phone_number": "+86 138 0013 8000",
        "email": "zhang@example.com",
        "url": "https://example.com",
        "bot_command": "/help@kehu_demo_bot",
        "hashtag": "#重要",
    }


async def test_deep_links(bot: Bot, people: People) -> None:
    mei = await people.person("Mei")
    await mei.opens("https://t.me/kehu_demo_bot?start=abc_-9")
    assert (await heard(bot)).text == "/start abc_-9"
    await mei.opens("tg://resolve?domain=Kehu_Demo_Bot&start=x")
    assert (await heard(bot)).text == "/start x"
    with pytest.raises(Refused, match="a payload has up to 64"):
        await mei.opens("https://t.me/kehu_demo_bot?start=a%20b")
    with pytest.raises(Refused, match="a payload has up to 64"):
        await mei.starts("x" * 65)
    with pytest.raises(Refused, match="somebody else"):
        await mei.opens("https://t.me/other_bot?start=x")
    with pytest.raises(Refused, match="not a link to Telegram"):
        await mei.opens("https://example.org/kehu_demo_bot?start=x")


async def test_contacts(bot: Bot, li: Person, people: People) -> None:
    mei = await people.person("梅", last_name="韩", phone="+8613900139000")
    await li.sends_contact()
    own = (await heard(bot)).contact
    assert own is not None
    assert (own.phone_number, own.user_id) == ("+8613800138000", li.id)
    await li.sends_contact(of=mei)
    hers = (await heard(bot)).contact
    assert hers is not None
    assert (hers.first_name, hers.last_name, hers.user_id) == ("梅", "韩", mei.id)
    await li.sends_contact(phone="13700137000", first_name="Zhou")
    other = (await heard(bot)).contact
    assert other is not None
    assert (other.phone_number, other.user_id) == ("13700137000", None)


async def test_files_from_people(bot: Bot, li: Person, picture: Picture) -> None:
    await li.sends_photo(picture(40, 30), caption="broken")
    photo = await heard(bot)
    assert (photo.photo[-1].width, photo.caption) == (40, "broken")
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == picture(40, 30)
    await li.sends_file('../"客户" <b>.csv', b"a,b", mime_type="text/csv")
    document = (await heard(bot)).document
    assert document is not None
    assert (document.file_name, document.mime_type) == ('../"客户" <b>.csv', "text/csv")
    await li.sends_voice(b"OggS", duration=7)
    voice = (await heard(bot)).voice
    assert voice is not None
    assert voice.to_dict()["duration"] == 7
    await li.sends_video(b"....ftyp", caption="see")
    assert (await heard(bot)).video is not None
    await li.sends_video_note(b"....ftyp", duration=3)
    round_one = (await heard(bot)).video_note
    assert round_one is not None
    assert (round_one.length, round_one.to_dict()["duration"]) == (240, 3)


async def test_an_album_comes_as_several_updates(bot: Bot, li: Person, picture: Picture) -> None:
    await li.sends_photo(picture(), picture(9, 9), picture(10, 10), caption="three")
    messages = [update.message for update in await news(bot) if update.message]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["three", None, None]


async def test_forwards_from_another_chat(bot: Bot, li: Person, people: People) -> None:
    mei = await people.person("梅")
    shy = await people.person("Shy", hides_forwards=True)
    words = await mei.says("我的电话 13900139000", to=li)
    assert await news(bot) == []
    await li.sees("13900139000")
    await li.forwards(words)
    origin = (await heard(bot)).forward_origin
    assert origin is not None
    assert origin.to_dict()["sender_user"]["first_name"] == "梅"
    await li.forwards(await shy.says("psst", to=li))
    hidden = (await heard(bot)).forward_origin
    assert hidden is not None
    assert hidden.to_dict()["sender_user_name"] == "Shy"
    with pytest.raises(Refused, match="no such chat"):
        await people.call("POST", f"/people/{shy.id}/forward", {"message_id": words.id, "from": li.id})


async def test_replies_and_edits_and_deletions(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "what?")
    answer = await li.says("张三", reply_to=await li.sees("what?"))
    heard_reply = (await heard(bot)).reply_to_message
    assert heard_reply is not None
    assert heard_reply.message_id == sent.message_id
    await li.edits(answer, "李四")
    (update,) = await news(bot)
    assert update.message is None
    assert update.edited_message is not None
    assert update.edited_message.text == "李四"
    await li.deletes(answer)
    assert await news(bot) == []
    with pytest.raises(Refused, match="not this person's message"):
        await li.edits(li.last, "mine now")


async def test_a_very_long_text_goes_as_several_messages(bot: Bot, li: Person) -> None:
    await li.says("词" * 5000)
    texts = [update.message.text or "" for update in await news(bot) if update.message]
    assert [len(text) for text in texts] == [4096, 904]


async def test_blocking(bot: Bot, li: Person) -> None:
    await li.blocks()
    await li.blocks()
    with pytest.raises(Refused) as refused:
        await li.says("hello?")
    assert refused.value.status == 403
    await li.starts()
    kicked, back, start = await news(bot)
    assert kicked.my_chat_member is not None
    assert back.my_chat_member is not None
    assert (back.my_chat_member.old_chat_member.status, back.my_chat_member.new_chat_member.status) == (
        "kicked",
        "member",
    )
    assert start.message is not None
    assert start.message.text == "/start"


async def test_only_buttons_that_stand_there_can_be_pressed(bot: Bot, li: Person) -> None:
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("保存 A", callback_data="a"), InlineKeyboardButton("保存 B", callback_data="b")],
            [InlineKeyboardButton("Site", url="https://example.com")],
        ]
    )
    sent = await bot.send_message(li.id, "card", reply_markup=markup)
    card = await li.sees("card")
    with pytest.raises(Unseen, match="is on several buttons"):
        await li.taps("保存")
    with pytest.raises(Unseen, match=r"found no button 'Delete' within 0.05 s"):
        await li.taps("Delete", within=0.05)
    assert await li.taps("Site") == {"kind": "url", "url": "https://example.com"}
    with pytest.raises(Refused, match="no such button"):
        await li.does("tap", {"message_id": sent.message_id, "callback_data": "c"})
    await li.taps("保存 B", on=card)
    (update,) = await news(bot)
    assert update.callback_query is not None
    assert update.callback_query.data == "b"


async def test_seeing(bot: Bot, li: Person) -> None:
    await li.sees_nothing(for_=0.02)
    for text in ("one", "two", "three"):
        await bot.send_message(li.id, text)
    await li.sees("two")
    with pytest.raises(Unseen, match=r"李雷 didn't see 'one' within 0.05 s") as unseen:
        await li.sees("one", within=0.05)
    assert "李雷: /start\nKehu: one\nKehu: two\nKehu: three" in str(unseen.value)
    with pytest.raises(Unseen, match="李雷 saw 'three'"):
        await li.sees_nothing(for_=0.02)
    assert li.last.text == "three"
    await li.sees("three", whole=True)


async def test_waiting_is_woken_by_the_message(bot: Bot, li: Person) -> None:
    waiting = asyncio.create_task(li.sees("later"))
    await asyncio.sleep(0.02)
    await bot.send_message(li.id, "later")
    assert (await asyncio.wait_for(waiting, 0.5)).text == "later"


async def test_somebody_known_already(standin: StandIn, bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "hello")
    async with People(standin.url) as others:
        same = await others.known(li.id)
        assert same.last.text == "hello"
        await same.sees_nothing(for_=0.02)
        await bot.send_message(li.id, "new")
        await same.sees("new")


async def test_the_stream_is_taken_up_again(standin: StandIn, bot: Bot, li: Person) -> None:
    await standin.unplug()
    standin.plug()
    await bot.send_message(li.id, "after the break")
    await li.sees("after the break")


async def test_memory_is_bounded(people: People) -> None:
    small = await StandIn.start(token="12345:x", messages_per_chat=3, events=4, file_bytes=10)
    async with People(small.url) as there:
        person = await there.person("Li", started=True)
        for number in range(5):
            await person.says(str(number))
        chat = await person.chat()
        assert [message["text"] for message in chat["messages"]] == ["2", "3", "4"]
        assert b'"type":"reset"' in small.world.events.since(1, None)
        first = await person.sends_file("a", b"12345678")
        await person.sends_file("b", b"12345678")
        with pytest.raises(Refused):
            await there.fetch(first.files[0]["url"])
    await small.stop()
