"""What the bot sends, and what it is refused, in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import Callable

import aiohttp
import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.demo.standin import People, Person, StandIn
from tests.standin.conftest import make_bot

Picture = Callable[..., bytes]


def rows(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"d:{label}")] for label in labels])


async def test_a_text_arrives_with_its_formatting_and_buttons(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "<b>张三</b> &lt;3 👍 <i>ok</i>", parse_mode="HTML", reply_markup=rows("Save"))
    assert sent.text == "张三 <3 👍 ok"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 2), ("italic", 9, 2)]
    seen = await li.sees("张三 <3", "ok")
    assert seen.html == "<b>张三</b> &lt;3 👍 <i>ok</i>"
    assert seen.labels == ["Save"]
    assert sent.from_user is not None
    assert sent.from_user.id == 12345
    assert sent.chat.first_name == "李雷"


async def test_given_entities_are_kept(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "👍 bold", entities=[MessageEntity("bold", 3, 4)])
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 3, 4)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        ("  \n ", "Message text is empty"),
        ("<b></b>", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
        ("👍" * 2049, "Message is too long"),
        ("<x>a</x>", 'Can\'t parse entities: unsupported start tag "x" at byte offset 0'),
        ("李<b>", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("李</b>", "Can't parse entities: unexpected end tag at byte offset 3"),
        (
            "<b>a</i>",
            'Can\'t parse entities: unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("a <b", "Can't parse entities: unclosed start tag at byte offset 2"),
        ('<span class="x">a</span>', 'Can\'t parse entities: tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_texts_that_are_refused(bot: Bot, li: Person, text: str, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(li.id, text, parse_mode="HTML")
    assert refused.value.message.lower() == words.lower()


async def test_the_longest_text_counts_after_its_markup(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, f"<b>{'👍' * 2048}</b>", parse_mode="HTML")
    assert sent.entities[0].length == 4096


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ([[{"text": "a", "callback_data": "x" * 65}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "a", "callback_data": "张" * 22}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "a"}]], "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            [[{"text": "a", "callback_data": ""}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[{"text": "a", "url": "https://a.example", "callback_data": "x"}]],
            "can't parse inline keyboard button: exactly one action is allowed, found url, callback_data"
            " (the stand-in is stricter than Telegram here)",
        ),
        ([[{"callback_data": "x"}]], "can't parse inline keyboard button: Can't find field \"text\""),
        ([[{"text": " ", "callback_data": "x"}]], "inline keyboard button text must be non-empty"),
        ([[{"text": "a", "callback_data": "x"}] * 8] * 13, "reply markup is too long"),
        ([[{"text": "a", "url": "ftp://x.example"}]], "URL protocol"),
        ([[{"text": "a", "url": "http://nowhere"}]], "Wrong HTTP URL"),
        ([[{"text": "a", "copy_text": {"text": ""}}]], "BUTTON_COPY_TEXT_INVALID"),
        ([{"text": "a"}], "expected an Array of Array"),
    ],
)
async def test_keyboards_that_are_refused(standin: StandIn, li: Person, markup: object, words: str) -> None:
    fields = {"chat_id": li.id, "text": "hi", "reply_markup": {"inline_keyboard": markup}}
    status, answer = await posted(standin, "sendMessage", fields)
    assert status == answer["error_code"] == 400
    assert answer["ok"] is False
    assert str(answer["description"]).startswith("Bad Request: ")
    assert words in str(answer["description"])


async def posted(
    standin: StandIn, method: str, fields: object, token: str = "12345:test-token"
) -> tuple[int, dict[str, object]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{standin.base_url}{token}/{method}", json=fields) as answer,
    ):
        return answer.status, await answer.json()


async def test_one_hundred_buttons_are_fine(bot: Bot, li: Person) -> None:
    button = InlineKeyboardButton("a", callback_data="x" * 64)
    await bot.send_message(li.id, "hi", reply_markup=InlineKeyboardMarkup([[button] * 8] * 12 + [[button] * 4]))


async def test_who_can_not_be_written_to(bot: Bot, people: People, li: Person) -> None:
    stranger = await people.person("Nobody")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hi")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "hi")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message("@li", "hi")
    await li.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(li.id, "hi")
    await li.unblocks()
    await bot.send_message(li.id, "hi")


async def test_somebody_who_started_long_ago_can_be_written_to(bot: Bot, people: People) -> None:
    old = await people.person("Old", started=True)
    await bot.send_message(old.id, "hi")
    await old.sees("hi")


async def test_replies(bot: Bot, li: Person) -> None:
    first = await li.says("question")
    answer = await bot.send_message(li.id, "answer", reply_to_message_id=first.id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "question"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(li.id, "answer", reply_to_message_id=999)
    loose = await bot.send_message(li.id, "answer", reply_to_message_id=999, allow_sending_without_reply=True)
    assert loose.reply_to_message is None


async def test_reply_keyboards_come_and_go(bot: Bot, li: Person) -> None:
    keyboard = ReplyKeyboardMarkup([["今天", KeyboardButton("电话", request_contact=True)]], one_time_keyboard=True)
    await bot.send_message(li.id, "choose", reply_markup=keyboard)
    await li.sees("choose")
    await li.taps("今天")
    await bot.send_message(li.id, "again", reply_markup=keyboard)
    await li.sees("again")
    await li.taps("电话")
    texts = [update.message for update in await bot.get_updates(timeout=0)]
    assert texts[0] is not None
    assert texts[0].text == "今天"
    assert texts[1] is not None
    assert texts[1].contact is not None
    assert texts[1].contact.user_id == li.id
    assert texts[1].reply_to_message is not None
    await bot.send_message(li.id, "gone", reply_markup=ReplyKeyboardRemove())
    await li.sees("gone")
    assert li.keyboard == []


async def test_files_go_up_and_down(bot: Bot, li: Person, people: People, picture: Picture) -> None:
    png = picture(30, 20)
    sent = await bot.send_photo(li.id, png, caption="<b>look</b>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (30, 20)
    assert sent.caption == "look"
    seen = await li.sees("look")
    assert await people.fetch(seen.files[0]["url"]) == png
    again = await bot.send_photo(li.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    document = await bot.send_document(li.id, b"a,b\n", filename="客户.csv")
    assert document.document is not None
    assert document.document.file_name == "客户.csv"
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n"
    assert (await bot.send_voice(li.id, b"OggS", duration=3)).voice is not None
    assert (await bot.send_video(li.id, b"mp4", duration=3)).video is not None


async def test_files_that_are_refused(bot: Bot, li: Person, picture: Picture) -> None:
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(li.id, picture(210, 10))
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(li.id, b"not a picture")
    big = picture(10, 10) + b"\0" * (10 * 1024 * 1024)
    with pytest.raises(BadRequest, match=r"File of size \d+ bytes is too big for a photo"):
        await bot.send_photo(li.id, big)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(li.id, b"\0" * (50 * 1024 * 1024 + 1), write_timeout=20)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(li.id, "unknown-file-id")
    sent = await bot.send_document(li.id, b"x", filename="x.txt")
    assert sent.document is not None
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(li.id, sent.document.file_id)
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(li.id, "https://example.org/a.png")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(li.id, picture(), caption="x" * 1025)


async def test_a_file_over_20_mb_can_not_be_fetched(bot: Bot, li: Person) -> None:
    bubble = await li.sends_file("big.bin", b"\0" * (20 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(bubble.files[0]["file_id"])


async def test_albums(bot: Bot, li: Person, picture: Picture) -> None:
    one = InputMediaPhoto(picture(), caption="both")
    sent = await bot.send_media_group(li.id, [one, InputMediaPhoto(picture(9, 9))])
    assert len(sent) == 2
    assert sent[0].media_group_id == sent[1].media_group_id is not None
    await li.sees("both")
    with pytest.raises(BadRequest, match="Too many messages to send as an album"):
        await bot.send_media_group(li.id, [one] * 11)
    with pytest.raises(BadRequest, match="2-10 items"):
        await bot.send_media_group(li.id, [one])
    with pytest.raises(BadRequest, match=r"(?i)document can't be mixed with other media types"):
        await bot.send_media_group(li.id, [one, InputMediaDocument(b"x")])


async def test_contacts_and_typing(bot: Bot, li: Person) -> None:
    await bot.send_chat_action(li.id, "typing")
    assert (await li.chat())["typing"]["action"] == "typing"
    await bot.send_contact(li.id, "+8613900139000", "张三")
    await li.sees("张三", "+8613900139000")
    assert (await li.chat())["typing"] is None
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(li.id, "sleeping")


async def test_forwards_and_copies(bot: Bot, li: Person, people: People, picture: Picture) -> None:
    mei = await people.person("韩梅梅", started=True)
    said = await li.says("hello")
    forwarded = await bot.forward_message(mei.id, li.id, said.id)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["id"] == li.id
    photo = await li.sends_photo(picture(), caption="mine")
    await bot.copy_message(mei.id, li.id, photo.id, caption="yours")
    copy = await mei.sees("yours")
    assert "forward_origin" not in copy.raw
    secret = await bot.send_message(li.id, "secret", protect_content=True)
    with pytest.raises(BadRequest, match="The message can't be forwarded"):
        await bot.forward_message(mei.id, li.id, secret.message_id)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(mei.id, li.id, 999)
    ids = await bot.copy_messages(mei.id, li.id, [said.id, 999, photo.id])
    assert len(ids) == 2


async def test_copied_text_stands_on_a_button(bot: Bot, li: Person) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Copy", copy_text=CopyTextButton("13800138000"))]])
    await bot.send_message(li.id, "number", reply_markup=markup)
    assert await li.taps("Copy") == {"kind": "copy_text", "text": "13800138000"}


async def test_tokens(standin: StandIn, bot: Bot) -> None:
    other = make_bot(standin, "12345:another")
    with pytest.raises(InvalidToken):
        await other.initialize()
    await other.shutdown()
    status, answer = await posted(standin, "getMe", {}, token="12345:another")
    assert (status, answer["description"]) == (401, "Unauthorized")
    status, answer = await posted(standin, "flyToTheMoon", {})
    assert (status, answer) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_moving_to_another_server(bot: Bot) -> None:
    with pytest.raises(RetryAfter):
        await bot.close()
    assert await bot.log_out()
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_parameters_that_telegram_would_ignore_are_refused(standin: StandIn, li: Person) -> None:
    status, answer = await posted(standin, "sendMessage", {"chat_id": li.id, "text": "x", "colour": "red"})
    assert status == 400
    assert answer["description"] == (
        'Bad Request: sendMessage has no parameter "colour" (the stand-in is stricter than Telegram here)'
    )
    status, answer = await posted(standin, "sendMessage", {"chat_id": li.id, "text": 5})
    assert 'parameter "text" must be a String' in str(answer["description"])


async def test_a_lenient_one_ignores_them() -> None:
    standin = await StandIn.start(token="12345:test-token", strict_parameters=False)
    async with People(standin.url) as people:
        person = await people.person("Li", started=True)
        status, _ = await posted(standin, "sendMessage", {"chat_id": person.id, "text": "x", "colour": "red"})
    await standin.stop()
    assert status == 200


async def test_every_way_to_send_parameters(standin: StandIn, li: Person) -> None:
    url = f"{standin.base_url}12345:test-token/sendMessage"
    fields = {"chat_id": str(li.id), "text": "张三 & co"}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    async with aiohttp.ClientSession() as session:
        for given in ({"params": fields}, {"data": fields}, {"json": fields}, {"data": form}):
            async with session.post(url, **given) as answer:
                assert (await answer.json())["result"]["text"] == "张三 & co"
        async with session.get(url, params=fields) as answer:
            assert answer.status == 200
        async with session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400


async def test_the_log_knows_what_was_asked(standin: StandIn, bot: Bot, li: Person) -> None:
    standin.requests.clear()
    await bot.send_message(li.id, "hi", reply_markup=rows("Save"))
    await bot.send_document(li.id, b"abc", filename="a.txt")
    text, document = standin.requests
    assert (text.method, text.status, text.chat_id) == ("sendMessage", 200, str(li.id))
    assert text.parameters["reply_markup"] == json.loads(rows("Save").to_json())
    assert document.files["document"]["size"] == 3
    standin.requests.on = False
    await bot.send_message(li.id, "unseen")
    assert len(standin.requests) == 2
