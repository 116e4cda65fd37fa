"""Groups and supergroups."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.standin import People, Person
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
