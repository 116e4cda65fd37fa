"""How the bot gets its updates: long polling, conflicts, webhooks with their repetitions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.demo.standin import Person, StandIn
from tests.standin.conftest import make_bot


async def test_a_poll_waits_for_the_next_update(bot: Bot, li: Person) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    await li.says("hello")
    (update,) = await asyncio.wait_for(waiting, 1)
    assert update.message is not None
    assert update.message.text == "hello"


async def test_updates_stay_until_they_are_confirmed(bot: Bot, li: Person) -> None:
    for text in ("a", "b", "c"):
        await li.says(text)
    first = await bot.get_updates(timeout=0, limit=2)
    assert [u.message.text for u in first if u.message] == ["a", "b"]
    assert first[0].update_id + 1 == first[1].update_id
    assert await bot.get_updates(timeout=0, limit=2) == first
    rest = await bot.get_updates(offset=first[-1].update_id + 1, timeout=0)
    assert [u.message.text for u in rest if u.message] == ["c"]
    assert await bot.get_updates(offset=-1, timeout=0) == rest
    assert await bot.get_updates(offset=rest[0].update_id + 1, timeout=0) == ()


async def test_an_empty_poll_ends_in_its_time(bot: Bot, li: Person) -> None:
    assert await asyncio.wait_for(bot.get_updates(timeout=1), 2) == ()


async def test_updates_of_yesterday_are_lost(standin: StandIn, bot: Bot, li: Person) -> None:
    await li.says("long ago")
    standin.clock.advance(24 * 3600 + 1)
    await li.says("now")
    assert [u.message.text for u in await bot.get_updates(timeout=0) if u.message] == ["now"]


async def test_only_one_may_poll(standin: StandIn, bot: Bot, li: Person) -> None:
    async with make_bot(standin) as other:
        waiting = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.05)
        assert await other.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await waiting


async def test_a_poll_of_a_dead_bot_takes_nothing(standin: StandIn, bot: Bot, li: Person) -> None:
    async with make_bot(standin) as other:
        waiting = asyncio.create_task(other.get_updates(timeout=5))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0.05)
    await li.says("for the living")
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_only_the_wanted_kinds_come(bot: Bot, li: Person) -> None:
    await bot.get_updates(timeout=0, allowed_updates=["my_chat_member", "message_reaction"])
    said = await li.says("unwanted")
    await li.reacts(said, "👍")
    await li.blocks()
    reaction, member = await bot.get_updates(timeout=0)
    assert reaction.message_reaction is not None
    assert reaction.message_reaction.new_reaction[0].to_dict()["emoji"] == "👍"
    assert member.my_chat_member is not None
    assert member.my_chat_member.new_chat_member.status == "kicked"


class Inbox:
    """What a bot's web server took, in the order of arrival."""

    def __init__(self) -> None:
        self.url = ""
        self._texts: asyncio.Queue[str] = asyncio.Queue()

    def put(self, text: str) -> None:
        self._texts.put_nowait(text)

    async def take(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            return [await self._texts.get() for _ in range(count)]

    def empty(self) -> bool:
        return self._texts.empty()


@asynccontextmanager
async def listening(answer: Callable[[web.Request], int]) -> AsyncIterator[Inbox]:
    """A bot's web server, which answers with the status that ``answer`` says."""
    inbox = Inbox()

    async def take(request: web.Request) -> web.Response:
        status = answer(request)
        if status == 200:
            inbox.put(json.loads(await request.read())["message"]["text"])
        return web.Response(status=status)

    application = web.Application()
    application.router.add_post("/hook", take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    inbox.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield inbox
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(bot: Bot, li: Person) -> None:
    secrets: list[str | None] = []

    def answer(request: web.Request) -> int:
        secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return 200

    async with listening(answer) as inbox:
        await li.says("before")
        await bot.set_webhook(inbox.url, secret_token="a-b_C1")
        await li.says("after")
        assert await inbox.take(2) == ["before", "after"]
        assert set(secrets) == {"a-b_C1"}
        info = await bot.get_webhook_info()
        assert info.url == inbox.url
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates(timeout=0)
        await bot.delete_webhook()
        assert await bot.get_updates(timeout=0) == ()


async def test_a_failed_delivery_comes_again_in_order(bot: Bot, li: Person) -> None:
    failures = iter([500, 502])

    async with listening(lambda _: next(failures, 200)) as inbox:
        await bot.set_webhook(inbox.url)
        for text in ("a", "b", "c"):
            await li.says(text)
        assert await inbox.take(3) == ["a", "b", "c"]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"
        await bot.delete_webhook()


async def test_what_a_webhook_did_not_take_can_be_polled(bot: Bot, li: Person) -> None:
    async with listening(lambda _: 500) as inbox:
        await bot.set_webhook(inbox.url)
        await li.says("kept")
        await asyncio.sleep(0.05)
        await bot.delete_webhook()
    assert inbox.empty()
    assert [u.message.text for u in await bot.get_updates(timeout=0) if u.message] == ["kept"]
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates(timeout=0) == ()


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("ftp://127.0.0.1/x", "", "Bad webhook: an https url must be provided for webhook"),
        ("https://example.org/x", "", "Bad webhook: failed to resolve host"),
        ("http://127.0.0.1/x", "a b", "Secret token contains unallowed characters"),
    ],
)
async def test_webhooks_that_are_refused(bot: Bot, url: str, secret: str, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.set_webhook(url, secret_token=secret or None)
    assert refused.value.message.lower().startswith(words.lower())


async def test_setting_a_webhook_ends_a_poll(bot: Bot, li: Person) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting
    await bot.delete_webhook()
