"""Who may drive the stand-in: only its own page, only from this machine; and hostile things stay harmless."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from tornado.web import RequestHandler

from bot.demo.standin import People, Person, Refused, StandIn
from tests.standin.conftest import TOKEN, make_bot

SECRET = "page-secret"


class Page(RequestHandler):
    """A page of the caller."""

    def get(self) -> None:
        self.write("the page")


@pytest.fixture
async def guarded() -> AsyncIterator[StandIn]:
    running = await StandIn.start(token=TOKEN, access_token=SECRET, extra_routes=[(r"/", Page)])
    yield running
    await running.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def status(http: aiohttp.ClientSession, url: str, method: str = "GET", **more: Any) -> int:
    async with http.request(method, url, **more) as answer:
        return answer.status


@pytest.mark.parametrize("path", ["/people", "/people/events", "/people/files/x", "/control/faults", "/control/state"])
async def test_the_access_token_is_needed(guarded: StandIn, http: aiohttp.ClientSession, path: str) -> None:
    assert await status(http, guarded.url + path) == 403
    assert await status(http, f"{guarded.url}{path}?access_token=wrong") == 403
    assert await status(http, guarded.url + path, headers={"Authorization": "Bearer wrong"}) == 403


async def test_with_the_access_token(guarded: StandIn, http: aiohttp.ClientSession) -> None:
    assert await status(http, f"{guarded.url}/people?access_token={SECRET}") == 200
    assert await status(http, f"{guarded.url}/people", headers={"Authorization": f"Bearer {SECRET}"}) == 200
    async with People(guarded.url, SECRET) as people, make_bot(guarded) as bot:
        person = await people.person("Li", started=True)
        await bot.send_message(person.id, "hi")
        await person.sees("hi")
    with pytest.raises(Refused):
        await People(guarded.url, "wrong").__aenter__()


async def test_pages_from_elsewhere_are_refused(guarded: StandIn, http: aiohttp.ClientSession) -> None:
    url = f"{guarded.url}/people?access_token={SECRET}"
    assert await status(http, url, headers={"Origin": "https://evil.example"}) == 403
    assert await status(http, url, headers={"Origin": "null"}) == 403
    assert await status(http, url, headers={"Origin": guarded.url}) == 200
    bot_side = f"{guarded.base_url}{TOKEN}/getMe"
    assert await status(http, bot_side) == 200
    assert await status(http, bot_side, headers={"Origin": "https://evil.example"}) == 403


async def test_another_host_name_is_refused(guarded: StandIn, http: aiohttp.ClientSession) -> None:
    """A name of somebody else's that leads to this machine (DNS rebinding)."""
    for path in ("/", f"/people?access_token={SECRET}"):
        assert await status(http, guarded.url + path, headers={"Host": f"evil.example:{guarded.port}"}) == 403
        assert await status(http, guarded.url + path, headers={"Host": f"localhost:{guarded.port}"}) == 200


async def test_pages_of_the_caller(guarded: StandIn, http: aiohttp.ClientSession) -> None:
    async with http.get(guarded.url + "/") as answer:
        assert await answer.text() == "the page"
    assert await status(http, guarded.url + "/elsewhere") == 404


async def test_it_listens_only_here() -> None:
    for host in ("0.0.0.0", "192.168.1.1", "example.org"):
        with pytest.raises(ValueError, match="loopback"):
            await StandIn.start(host=host)
    with pytest.raises(ValueError, match="token"):
        await StandIn.start(token="nonsense")


async def test_a_file_is_never_a_page(bot: Bot, li: Person, people: People, http: aiohttp.ClientSession) -> None:
    evil = b"<script>alert(1)</script>"
    for mime_type in ("text/html", "image/svg+xml", "image/png"):
        bubble = await li.sends_file('<img src=x>".html', evil, mime_type=mime_type)
        async with http.get(people.url + bubble.files[0]["url"]) as answer:
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%3Cimg")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert await answer.read() == evil


async def test_hostile_words_are_escaped_in_html(bot: Bot, people: People) -> None:
    eve = await people.person("<script>", started=True)
    said = await eve.says('<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/"><b>')
    assert "<img" not in said.html
    assert "<b>" not in said.html
    assert 'href="javascript' not in said.html
    sent = await bot.send_message(eve.id, '<a href="javascript:alert(1)">x</a>', parse_mode="HTML")
    assert sent.entities == ()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/people/abc/say", {"text": "x"}),
        ("/people/1/say", {"text": "x"}),
        ("/people/{id}/say", {"text": "x", "chat": "no number"}),
        ("/people/{id}/say", {"text": "x", "chat": -1}),
        ("/people/{id}/say", {"text": ""}),
        ("/people/{id}/say", {"text": "x", "reply_to": 99}),
        ("/people/{id}/tap", {"message_id": 1, "row": 0, "column": 0}),
        ("/people/{id}/media", {"kind": "photo"}),
        ("/people/{id}/forward", {"message_id": 1, "to": 5}),
        ("/people/{id}/choose", {"query_id": "1", "result_id": "1"}),
        ("/people/{id}/group", {"members": "all"}),
        ("/people/{id}/fly", {}),
        ("/people", {"id": "x", "first_name": "y"}),
        ("/people", []),
        ("/control/clock", {"now": "yesterday"}),
        ("/control/clock", {"advance": []}),
        ("/control/limits", {"overall": 0}),
        ("/control/nothing", {}),
    ],
)
async def test_impossible_requests_are_answered(people: People, li: Person, path: str, body: object) -> None:
    with pytest.raises(Refused) as refused:
        await people.call("POST", path.replace("{id}", str(li.id)), body)
    assert refused.value.status in (400, 404)
    assert str(refused.value)


async def test_as_a_process(http: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo.standin", "--token", TOKEN, "--access-token", SECRET,
        stdout=asyncio.subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().strip() for _ in range(4)]
    told = dict(line.split("=", 1) for line in lines)
    async with (
        Bot(told["token"], told["base_url"], told["base_file_url"]) as bot,
        People(told["url"], SECRET) as people,
    ):
        person = await people.person("Li")
        await person.starts()
        (update,) = await bot.get_updates(timeout=0)
        assert update.effective_user is not None
        assert update.effective_user.id == person.id
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0
