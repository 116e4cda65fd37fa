"""Groups, supergroups, inline mode."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.standin import People, Person, StandIn
from tests.standin.test_people import heard, news


async def test_a_group_with_privacy_mode(bot: Bot, people: People, li: Person) -> None:
    mei = await people.person("梅")
    group = await people.group("Sales", li, mei)
    added, created = await news(bot)
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    assert created.message is not None
    assert created.message.chat.type == "group"
    await li.says("just talking", chat=group)
    await mei.sees("just talking")
    assert await news(bot) == []
    await li.says("/today", chat=group)
    assert (await heard(bot)).text == "/today"
    await li.says("hey @kehu_demo_bot", chat=group)
    await heard(bot)
    sent = await bot.send_message(group, "hello all")
    answer = await mei.says("hello bot", chat=group, reply_to=await mei.sees("hello all"))
    assert answer.chat_id == group
    assert (await heard(bot)).text == "hello bot"
    assert await bot.get_chat_member_count(group) == 3
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group, answer.id)
    await bot.delete_message(group, sent.message_id)


async def test_thrown_out(bot: Bot, people: People, li: Person) -> None:
    group = await people.group("Sales", li)
    await li.does("remove_bot", {"chat": group})
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group, "hello?")
    await li.does("add_bot", {"chat": group, "administrator": True})
    await bot.send_message(group, "back")
    await news(bot)
    await li.says("an administrator hears everything", chat=group)
    await heard(bot)
    await bot.leave_chat(group)
    with pytest.raises(Forbidden):
        await bot.send_message(group, "gone")


async def test_a_group_becomes_a_supergroup(bot: Bot, people: People, li: Person) -> None:
    group = await people.group("Sales", li)
    await news(bot)
    new = (await li.does("migrate", {"chat": group}))["id"]
    old_news, new_news = [update.message for update in await news(bot)]
    assert old_news is not None
    assert old_news.migrate_to_chat_id == new
    assert new_news is not None
    assert new_news.migrate_from_chat_id == group
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group, "hello")
    assert migrated.value.new_chat_id == new
    assert (await bot.send_message(new, "hello")).chat.type == "supergroup"


def article(result_id: str, text: str) -> InlineQueryResultArticle:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data=f"more:{result_id}")]])
    return InlineQueryResultArticle(result_id, text, InputTextMessageContent(f"<b>{text}</b>", "HTML"), markup)


async def test_inline_mode(bot: Bot, people: People, li: Person) -> None:
    mei = await people.person("梅")
    asked = await li.does("inline", {"query": "张"})
    (update,) = await news(bot)
    query = update.inline_query
    assert query is not None
    assert (query.query, query.from_user.id, query.chat_type) == ("张", li.id, "sender")
    await bot.answer_inline_query(
        query.id, [article("1", "张三"), article("2", "张伟")], cache_time=0, is_personal=True
    )
    results = await li.sees_results(asked["query_id"])
    assert [result["title"] for result in results["results"]] == ["张三", "张伟"]
    await li.chooses(results, "1", to=mei)
    card = await mei.sees("张三")
    assert card.raw["via_bot"]["username"] == "kehu_demo_bot"
    assert await news(bot) == []
    await mei.taps("More", chat=card.chat_id)
    (update,) = await news(bot)
    pressed = update.callback_query
    assert pressed is not None
    assert (pressed.message, pressed.data) == (None, "more:1")
    assert await bot.edit_message_text("changed", inline_message_id=pressed.inline_message_id) is True
    await mei.sees("changed")
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("changed", inline_message_id="x")


async def test_inline_answers_that_are_refused(standin: StandIn, bot: Bot, li: Person) -> None:
    await li.does("inline", {"query": "x"})
    (update,) = await news(bot)
    assert update.inline_query is not None
    query = update.inline_query.id
    with pytest.raises(BadRequest, match=r"(?i)results_too_much"):
        await bot.answer_inline_query(query, [article(str(n), "x") for n in range(51)])
    with pytest.raises(BadRequest, match=r"(?i)result_id_duplicate"):
        await bot.answer_inline_query(query, [article("1", "x"), article("1", "y")])
    standin.clock.advance(3600)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(query, [])


async def test_a_choice_in_the_bots_own_chat_is_a_message(bot: Bot, li: Person) -> None:
    asked = await li.does("inline", {"query": "张"})
    (update,) = await news(bot)
    assert update.inline_query is not None
    await bot.answer_inline_query(update.inline_query.id, [article("1", "张三")])
    await li.chooses(await li.sees_results(asked["query_id"]), "1")
    message = await heard(bot)
    assert message.via_bot is not None
    assert message.text == "张三"
