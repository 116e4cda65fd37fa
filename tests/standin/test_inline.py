"""Inline mode: what is asked from any chat, what Telegram keeps of the answer, and the message of a choice."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultContact,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from bot.demo.standin import People, Person, Refused, StandIn
from tests.standin.conftest import make_bot
from tests.standin.test_people import Picture, heard, news


async def asked_for(bot: Bot) -> InlineQuery:
    """The only query that the bot was asked."""
    (update,) = await news(bot)
    assert update.inline_query is not None
    return update.inline_query


def article(result_id: str, text: str) -> InlineQueryResultArticle:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data=f"more:{result_id}")]])
    return InlineQueryResultArticle(result_id, text, InputTextMessageContent(f"<b>{text}</b>", "HTML"), markup)


async def test_inline_mode(bot: Bot, people: People, li: Person) -> None:
    mei = await people.person("梅")
    asked = await li.does("inline", {"query": "张"})
    query = await asked_for(bot)
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
    query = (await asked_for(bot)).id
    with pytest.raises(BadRequest, match=r"(?i)results_too_much"):
        await bot.answer_inline_query(query, [article(str(n), "x") for n in range(51)])
    with pytest.raises(BadRequest, match=r"(?i)result_id_duplicate"):
        await bot.answer_inline_query(query, [article("1", "x"), article("1", "y")])
    for parameter, why in (
        ("", "start_param_empty"),
        ("x" * 65, "start_param_too_long"),
        ("a b", "start_param_invalid"),
    ):
        with pytest.raises(BadRequest, match=rf"(?i){why}"):
            await bot.answer_inline_query(
                query, [], button=InlineQueryResultsButton("Sign in", start_parameter=parameter)
            )
    with pytest.raises(BadRequest, match=r"(?i)switch_pm_text_empty"):
        await bot.answer_inline_query(query, [], button=InlineQueryResultsButton("", start_parameter="in"))
    with pytest.raises(BadRequest, match=r"(?i)next_offset_invalid"):
        await bot.answer_inline_query(query, [], next_offset="x" * 65)
    standin.clock.advance(3600)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(query, [])


async def test_a_choice_in_the_bots_own_chat_is_a_message(bot: Bot, li: Person) -> None:
    asked = await li.does("inline", {"query": "张"})
    await bot.answer_inline_query((await asked_for(bot)).id, [article("1", "张三")])
    await li.chooses(await li.sees_results(asked["query_id"]), "1")
    message = await heard(bot)
    assert message.via_bot is not None
    assert message.text == "张三"


async def test_an_answer_that_is_not_personal_reaches_whoever_types_the_same(
    standin: StandIn, bot: Bot, people: People, li: Person
) -> None:
    mei = await people.person("梅")
    await li.does("inline", {"query": "张"})
    await bot.answer_inline_query((await asked_for(bot)).id, [article("1", "张三")])
    kept = await mei.asks_inline("张")
    assert [result["title"] for result in kept["results"]] == ["张三"]
    assert await news(bot) == []
    await mei.chooses(kept, "1", to=li)
    await li.sees("张三")
    standin.clock.advance(301)
    await mei.does("inline", {"query": "张"})
    assert (await asked_for(bot)).from_user.id == mei.id


async def test_a_personal_answer_is_kept_for_who_asked_and_none_without_time(
    bot: Bot, people: People, li: Person
) -> None:
    mei = await people.person("梅")
    await li.does("inline", {"query": "张"})
    await bot.answer_inline_query((await asked_for(bot)).id, [article("1", "张三")], is_personal=True)
    assert (await li.asks_inline("张"))["results"]
    assert await news(bot) == []
    await mei.does("inline", {"query": "张"})
    await bot.answer_inline_query((await asked_for(bot)).id, [], is_personal=True, cache_time=0)
    await mei.does("inline", {"query": "张"})
    assert (await asked_for(bot)).from_user.id == mei.id


async def test_more_results_by_the_offset_and_a_button_to_the_bot(bot: Bot, people: People, li: Person) -> None:
    mei = await people.person("梅")
    asking = asyncio.create_task(li.asks_inline("张", to=mei))
    query = (await bot.get_updates(timeout=5))[-1].inline_query
    assert query is not None
    assert query.chat_type == "private"
    button = InlineQueryResultsButton("All of them", start_parameter="find")
    await bot.answer_inline_query(query.id, [article("1", "张三")], next_offset="1", button=button, cache_time=0)
    first = await asking
    assert (first["next_offset"], first["button"]["start_parameter"]) == ("1", "find")
    await news(bot)
    await li.does("inline", {"query": "张", "offset": first["next_offset"]})
    assert (await asked_for(bot)).offset == "1"


async def test_contacts_and_pictures_as_results(bot: Bot, li: Person, picture: Picture) -> None:
    sent = await bot.send_photo(li.id, picture())
    await li.does("inline", {"query": ""})
    results = [
        InlineQueryResultContact("1", "+8613800138000", "张三"),
        InlineQueryResultCachedPhoto("2", sent.photo[-1].file_id, caption="the link"),
    ]
    query = await asked_for(bot)
    await bot.answer_inline_query(query.id, results)
    await li.chooses({"query_id": query.id}, "1")
    contact = (await heard(bot)).contact
    assert contact is not None
    assert contact.phone_number == "+8613800138000"
    await li.chooses({"query_id": query.id}, "2")
    chosen = await heard(bot)
    assert (len(chosen.photo), chosen.caption) == (1, "the link")
    with pytest.raises(Refused, match="no such result"):
        await li.chooses({"query_id": query.id}, "3")
    with pytest.raises(Refused, match="up to 256"):
        await li.does("inline", {"query": "x" * 257})


async def test_feedback_and_a_bot_without_inline_mode() -> None:
    told = await StandIn.start(token="12345:test-token", inline_feedback=True)
    silent = await StandIn.start(token="12345:test-token", inline_mode=False)
    try:
        async with make_bot(told) as bot, People(told.url) as people:
            li = await people.person("Li")
            await li.does("inline", {"query": "zh"})
            query = await asked_for(bot)
            await bot.answer_inline_query(query.id, [article("1", "Zhang")])
            await li.chooses({"query_id": query.id}, "1", to=await people.person("Mei"))
            (update,) = await news(bot)
            chosen = update.chosen_inline_result
            assert chosen is not None
            assert (chosen.result_id, chosen.query, chosen.from_user.id) == ("1", "zh", li.id)
            assert await bot.edit_message_text("later", inline_message_id=chosen.inline_message_id) is True
        async with make_bot(silent) as bot, People(silent.url) as people:
            assert (await bot.get_me()).supports_inline_queries is False
            with pytest.raises(Refused, match="no inline mode"):
                await (await people.person("Li")).asks_inline("zh")
    finally:
        await told.stop()
        await silent.stop()
