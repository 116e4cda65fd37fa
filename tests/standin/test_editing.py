"""Edits, deletions, answers to buttons, the bot's profile: what works and what Telegram refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest

from bot.demo.standin import People, Person, StandIn
from tests.standin.conftest import drained

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


def button(label: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def only_update(bot: Bot) -> Update:
    (update,) = await bot.get_updates(timeout=0)
    return update


async def test_an_edit_is_seen(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "one", reply_markup=button("Save", "s"))
    await li.sees("one")
    await bot.edit_message_text("two", li.id, sent.message_id, reply_markup=button("Undo", "u"))
    seen = await li.sees("two")
    assert (seen.id, seen.labels) == (sent.message_id, ["Undo"])
    assert "edit_date" in seen.raw
    await bot.edit_message_reply_markup(li.id, sent.message_id)
    await li.sees("two")
    assert li.buttons == []


async def test_edits_that_are_refused(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "<b>one</b>", parse_mode="HTML", reply_markup=button("Save", "s"))
    where: dict[str, Any] = {"chat_id": li.id, "message_id": sent.message_id}
    with pytest.raises(BadRequest) as refused:
        await bot.edit_message_text("<b>one</b>", parse_mode="HTML", reply_markup=button("Save", "s"), **where)
    assert refused.value.message == NOT_MODIFIED
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(reply_markup=button("Save", "s"), **where)
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.edit_message_text(" ", **where)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(caption="x", **where)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", li.id, 999)
    said = await li.says("mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", li.id, said.id)
    keyed = await bot.send_message(li.id, "keys", reply_markup=ReplyKeyboardMarkup([["a"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", li.id, keyed.message_id)


async def test_captions_and_media_change(bot: Bot, li: Person, picture: Callable[..., bytes]) -> None:
    sent = await bot.send_photo(li.id, picture(), caption="one")
    await bot.edit_message_caption(li.id, sent.message_id, caption="two")
    await li.sees("two")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", li.id, sent.message_id)
    changed = await bot.edit_message_media(InputMediaPhoto(picture(12, 5), caption="three"), li.id, sent.message_id)
    assert not isinstance(changed, bool)
    assert changed.photo[-1].width == 12
    await li.sees("three")


async def test_deletions(standin: StandIn, bot: Bot, li: Person) -> None:
    said = await li.says("4111 1111")
    sent = await bot.send_message(li.id, "old")
    await bot.delete_message(li.id, said.id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(li.id, said.id)
    standin.clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(li.id, sent.message_id)
    fresh = await bot.send_message(li.id, "fresh")
    await bot.delete_messages(li.id, [fresh.message_id, 999])
    await li.sees("fresh")
    assert [message["text"] for message in (await li.chat())["messages"]] == ["/start", "old"]


async def test_a_pressed_button_is_answered_once_and_in_time(standin: StandIn, bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "card", reply_markup=button("Save", "s:1"))
    await li.sees("card")
    await li.taps("Sav")
    query = (await only_update(bot)).callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("s:1", li.id)
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(query.id, "x" * 201)
    await bot.answer_callback_query(query.id, "saved", show_alert=True)
    await bot.answer_callback_query(query.id, "twice")
    await li.sees("saved")
    await li.sees_nothing(for_=0.05)
    await li.taps("Save")
    await drained(bot)
    await li.taps("Save")
    late = (await only_update(bot)).callback_query
    assert late is not None
    standin.clock.advance(60)
    words = "Query is too old and response timeout expired or query id is invalid"
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query(late.id)
    with pytest.raises(BadRequest, match=words):
        await bot.answer_callback_query("1")


async def test_an_altered_app_may_send_any_data(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "card", reply_markup=button("Save", "s:1"))
    await li.forges(await li.sees("card"), "s:2")
    query = (await only_update(bot)).callback_query
    assert query is not None
    assert query.data == "s:2"


async def test_commands_by_scope_and_language(bot: Bot, li: Person, people: People) -> None:
    john = await people.person("John", language="en", started=True)
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("help", "帮助"), BotCommand("add", "添加")], language_code="zh")
    assert await li.commands() == ["help", "add"]
    assert await john.commands() == ["help"]
    await bot.set_my_commands([BotCommand("team", "Team")], scope=BotCommandScopeChat(john.id))
    assert await john.commands() == ["team"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(john.id))
    await bot.set_my_commands([BotCommand("private", "Private")], scope=BotCommandScopeAllPrivateChats())
    assert await li.commands() == ["private"]
    assert [c.command for c in await bot.get_my_commands(language_code="zh")] == ["help", "add"]
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Add", "x")])
    with pytest.raises(BadRequest, match=r"(?i)bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("add", "x" * 257)])
    with pytest.raises(BadRequest, match=r"(?i)bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"c{n}", "x") for n in range(101)])
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([BotCommand("a", "x")], scope=BotCommandScopeChat(1))


async def test_the_profile(bot: Bot, li: Person) -> None:
    await bot.set_my_name("客户", language_code="zh")
    await bot.set_my_description("什么都记得", language_code="zh")
    await bot.set_my_short_description("CRM")
    assert (await bot.get_my_name(language_code="zh")).name == "客户"
    assert (await bot.get_my_name()).name == "Kehu"
    assert (await li.chat())["description"] == "什么都记得"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_description("x" * 513)
    await bot.set_chat_menu_button(li.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(li.id)).type == "commands"


async def test_chats_and_reactions_and_pins(bot: Bot, li: Person) -> None:
    chat = await bot.get_chat(li.id)
    assert (chat.first_name, chat.type) == ("李雷", "private")
    assert (await bot.get_chat_member(li.id, li.id)).status == "member"
    assert (await bot.get_user_profile_photos(li.id)).total_count == 0
    said = await li.says("hello")
    await bot.set_message_reaction(li.id, said.id, "👍")
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(li.id, said.id, "🦷")
    await bot.pin_chat_message(li.id, said.id)
    assert (await li.chat())["pinned"] == [said.id]
    pinned = (await bot.get_chat(li.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == said.id
    await bot.unpin_chat_message(li.id, said.id)
    assert (await li.chat())["pinned"] == []
