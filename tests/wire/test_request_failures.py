"""When the wire fails: time-outs, broken connections, and what a failure says about what Telegram has got."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
import traceback
from collections.abc import Awaitable
from datetime import timedelta

import pytest
import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.request import AiohttpRequest, NotSent, NotSentInTime
from tests.wire.servers import ME, TOKEN, BotApi, Listen, Talk, bot_at

Read = asyncio.StreamReader
Write = asyncio.StreamWriter


def answer(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


ANSWER = answer(ME)


async def silent(reader: Read, _writer: Write) -> None:
    """Take everything, say nothing."""
    while await reader.read(65536):
        pass


async def deaf(_reader: Read, _writer: Write) -> None:
    """Take nothing, say nothing."""
    await asyncio.sleep(60)


async def hang_up(reader: Read, writer: Write) -> None:
    """Read a request and go."""
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def break_off(reader: Read, writer: Write) -> None:
    """Promise more than is given."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWER[:-10])


async def babble(reader: Read, writer: Write) -> None:
    """Speak no HTTP."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"SSH-2.0-OpenSSH_9.2 " + TOKEN.encode() + b"\r\n\r\n")


async def failure_of(call: Awaitable[object]) -> NetworkError:
    with pytest.raises(NetworkError) as failed:
        await call
    return failed.value


async def test_an_answer_that_does_not_come_may_have_been_delivered(listen: Listen) -> None:
    async with listen(silent) as port, bot_at(BotApi(port), AiohttpRequest(read_timeout=0.15)) as bot:
        began = time.monotonic()
        failure = await failure_of(bot.send_message(7, "hi"))
        assert 0.1 < time.monotonic() - began < 2
        assert isinstance(failure, TimedOut)
        assert not isinstance(failure, NotSent)
        assert bot.request.read_timeout == 0.15


async def test_a_call_may_have_its_own_read_time(api: BotApi) -> None:
    api.delay = 0.3
    async with bot_at(api, AiohttpRequest(read_timeout=5)) as bot:
        assert isinstance(await failure_of(bot.get_me(read_timeout=0.1)), TimedOut)
    async with bot_at(api, AiohttpRequest(read_timeout=0.1)) as bot:
        assert (await bot.get_me(read_timeout=5)).id == 4200
        assert (await bot.get_me(read_timeout=None)).id == 4200
        assert isinstance(await failure_of(bot.get_me(read_timeout=0)), TimedOut), "0 is at once, not for ever"


async def test_the_read_time_counts_from_the_last_bytes_not_from_the_first(listen: Listen) -> None:
    async def drip(reader: Read, writer: Write) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for at in range(0, len(ANSWER), 12):
            writer.write(ANSWER[at : at + 12])
            await asyncio.sleep(0.05)
        await reader.read()

    async with listen(drip) as port, bot_at(BotApi(port), AiohttpRequest(read_timeout=0.3)) as bot:
        began = time.monotonic()
        assert (await bot.get_me()).id == 4200
        assert time.monotonic() - began > 0.4


async def test_polling_waits_for_its_own_time_and_the_read_time_after_it(api: BotApi) -> None:
    api.will_answer("getUpdates", [])
    api.delay = 0.8
    async with AiohttpRequest(read_timeout=0.3) as request:
        bot = telegram.Bot(TOKEN, api.base_url, request=request, get_updates_request=request)
        assert isinstance(await failure_of(bot.get_updates(timeout=0)), TimedOut)
        assert await bot.get_updates(timeout=1) == ()


async def test_no_connection_in_time_means_that_nothing_was_sent(listen: Listen) -> None:
    # A TLS server that never shakes hands; resolving, connecting and the handshake share the time.
    async with listen(deaf) as port, AiohttpRequest(connect_timeout=0.15) as request:
        bot = telegram.Bot(TOKEN, f"https://127.0.0.1:{port}/bot", request=request)
        began = time.monotonic()
        assert isinstance(await failure_of(bot.get_me()), NotSentInTime)
        assert isinstance(await failure_of(bot.get_me(connect_timeout=0)), NotSentInTime)
        assert time.monotonic() - began < 3


async def test_no_free_place_in_time_means_that_nothing_was_sent(api: BotApi) -> None:
    api.delay = 0.4
    async with bot_at(api, AiohttpRequest(1, pool_timeout=0.1)) as bot:
        first = asyncio.create_task(bot.get_me())
        await asyncio.sleep(0.05)
        assert isinstance(await failure_of(bot.send_message(7, "late")), NotSentInTime)
        assert isinstance(await failure_of(bot.send_message(7, "late", pool_timeout=0)), NotSentInTime)
        patient = asyncio.create_task(bot.send_message(7, "patient", pool_timeout=5))
        gone = asyncio.create_task(bot.send_message(7, "gone", pool_timeout=5))
        await asyncio.sleep(0.05)
        gone.cancel()
        await asyncio.gather(first, patient)
    assert api.methods() == ["getMe", "sendMessage"], "late and gone have left no place taken"


@pytest.mark.parametrize("body", ["file", "long text"])
async def test_a_body_that_does_not_leave_times_out(listen: Listen, body: str) -> None:
    settings = AiohttpRequest(write_timeout=20, media_write_timeout=20, read_timeout=20)
    async with listen(deaf) as port, bot_at(BotApi(port), settings) as bot:
        began = time.monotonic()
        if body == "file":
            failure = await failure_of(bot.send_document(7, bytes(30 * 2**20), write_timeout=0.3))
        else:
            failure = await failure_of(bot.send_message(7, "字" * 4 * 2**20, write_timeout=0.3))
        assert isinstance(failure, TimedOut)
    assert time.monotonic() - began < 15


async def test_closing_does_not_wait_for_a_server_that_does_not_listen(listen: Listen) -> None:
    settings = AiohttpRequest(media_write_timeout=60, read_timeout=60)
    async with listen(deaf) as port:
        async with bot_at(BotApi(port), settings) as bot:
            under_way = asyncio.create_task(failure_of(bot.send_document(7, bytes(30 * 2**20))))
            await asyncio.sleep(0.2)
            began = time.monotonic()
        await asyncio.wait_for(under_way, 5)
        assert time.monotonic() - began < 2


async def test_files_have_their_own_write_time(listen: Listen) -> None:
    settings = AiohttpRequest(write_timeout=60, media_write_timeout=0.2, read_timeout=60)
    async with listen(deaf) as port, bot_at(BotApi(port), settings) as bot:
        assert isinstance(await failure_of(bot.send_document(7, bytes(30 * 2**20))), TimedOut)


async def test_a_slow_upload_is_no_time_out_while_it_moves(listen: Listen) -> None:
    got = 0

    async def sip(reader: Read, writer: Write) -> None:
        nonlocal got
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
        while got < length:
            got += len(await reader.readexactly(min(2**20, length - got)))
            await asyncio.sleep(0.02)
        writer.write(ANSWER)
        await reader.read()

    async with listen(sip) as port, bot_at(BotApi(port), AiohttpRequest(media_write_timeout=0.5)) as bot:
        began = time.monotonic()
        await bot.set_chat_photo(7, bytes(40 * 2**20))
        assert time.monotonic() - began > 0.7, "longer than the write time-out as a whole"
    assert got > 40 * 2**20


async def test_the_write_time_ends_with_the_writing(api: BotApi) -> None:
    api.delay = 0.4
    async with bot_at(api, AiohttpRequest(media_write_timeout=0.1)) as bot:
        assert (await bot.send_document(7, b"small")).text == "hello"


async def test_a_refusal_in_the_middle_of_an_upload_is_heard(listen: Listen) -> None:
    told = json.dumps({"ok": False, "error_code": 413, "description": "Request Entity Too Large"}).encode()

    async def refuse(reader: Read, writer: Write) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: %d\r\n\r\n" % len(told) + told)
        await asyncio.sleep(60)

    settings = AiohttpRequest(media_write_timeout=30, read_timeout=30)
    async with listen(refuse) as port, bot_at(BotApi(port), settings) as bot:
        began = time.monotonic()
        assert "Request Entity Too Large" in str(await failure_of(bot.send_document(7, bytes(30 * 2**20))))
    assert time.monotonic() - began < 5, "neither the call nor closing waits for a server that doesn't listen"


async def test_a_server_that_is_not_there_has_got_nothing(unused_tcp_port: int) -> None:
    async with bot_at(BotApi(unused_tcp_port), AiohttpRequest()) as bot:
        failure = await failure_of(bot.send_message(7, "hi"))
    assert isinstance(failure, NotSent)
    assert "Connection refused" in str(failure) or "Connect call failed" in str(failure)


@pytest.mark.parametrize("talk", [hang_up, break_off, babble])
async def test_a_broken_conversation_may_have_been_heard(listen: Listen, talk: Talk) -> None:
    async with listen(talk) as port, bot_at(BotApi(port), AiohttpRequest()) as bot:
        failure = await failure_of(bot.send_message(7, "hi"))
    assert type(failure) is NetworkError


def answer_once_per_connection(listening: socket.socket, heard: list[bytes], connections: int) -> None:
    """A server in a thread of its own, which hangs up after each answer without having said so."""
    for _ in range(connections):
        connection, _address = listening.accept()
        with connection, connection.makefile("rb") as lines:
            length = 0
            while (line := lines.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            heard.append(lines.read(length))
            connection.sendall(answer({"file_id": "f", "file_unique_id": "u"}))


async def test_a_connection_that_the_server_closed_while_idle_is_not_used_again() -> None:
    """The loop was busy while the server hung up: the next request must neither be lost nor be sent twice."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        server = asyncio.create_task(asyncio.to_thread(answer_once_per_connection, listening, heard, 6))
        async with bot_at(BotApi(listening.getsockname()[1]), AiohttpRequest()) as bot:
            for number in range(6):
                await bot.get_file(f"f{number}")
                time.sleep(0.05)  # noqa: ASYNC251 - keeps the loop from hearing that the server has gone
        await server
    assert heard == [f"file_id=f{number}".encode() for number in range(6)]


@pytest.mark.parametrize(
    ("code", "description", "parameters", "kind"),
    [
        (400, "Bad Request: message is not modified", {}, BadRequest),
        (400, "Bad Request: query is too old and response timeout expired", {}, BadRequest),
        (401, "Unauthorized", {}, InvalidToken),
        (403, "Forbidden: bot was blocked by the user", {}, Forbidden),
        (404, "Not Found", {}, InvalidToken),
        (409, "Conflict: terminated by other getUpdates request", {}, Conflict),
        (429, "Too Many Requests: retry after 7", {"retry_after": 7}, RetryAfter),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}, ChatMigrated),
        (500, "Internal Server Error: restart", {}, NetworkError),
        (502, "Bad Gateway", {}, NetworkError),
    ],
)
async def test_refusals_of_telegram_become_the_errors_of_the_library(
    api: BotApi, code: int, description: str, parameters: dict[str, int], kind: type[TelegramError]
) -> None:
    api.will_refuse("sendMessage", code, description, **parameters)
    async with bot_at(api, AiohttpRequest()) as bot:
        with pytest.raises(kind) as refused:
            await bot.send_message(7, "hi")
    assert type(refused.value) is kind
    if isinstance(refused.value, RetryAfter):
        assert refused.value.retry_after == timedelta(seconds=7)
    elif isinstance(refused.value, ChatMigrated):
        assert refused.value.new_chat_id == -1009
    else:
        assert str(refused.value).lower() == description.removeprefix("Bad Request: ").lower()


@pytest.mark.parametrize("code", [200, 302, 403, 404, 502, 799])
@pytest.mark.parametrize(
    "page",
    [
        f"<h1>Nothing at /bot{TOKEN}/sendMessage</h1>",
        f'{{"ok": false, "description": "no /bot{TOKEN}/sendMessage here", "parameters": ["?"]}}',
        '{"ok": true}',
        '{"description": 5, "parameters": {"retry_after": "soon", "migrate_to_chat_id": null}}',
        "[" * 100_000,
        "[1, 2]",
        '{"result": ',
        "",
    ],
)
async def test_an_answer_that_is_not_telegrams_is_an_error_that_tells_no_secret(
    api: BotApi, caplog: pytest.LogCaptureFixture, code: int, page: str
) -> None:
    log_everything(caplog)
    api.answers["sendMessage"] = (code, page.encode())
    async with bot_at(api, AiohttpRequest()) as bot:
        with pytest.raises(TelegramError) as refused:
            await bot.send_message(7, "hi")
    assert api.methods() == ["sendMessage"], "a redirect is not followed"
    if code == 200:
        assert isinstance(refused.value, NetworkError)
    tells_nothing(refused.value, caplog)


def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """All but what `telegram.Bot` says at DEBUG: it logs its own URL, which is why `bot.logs` never lets it."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "telegram.Bot")


def tells_nothing(error: BaseException | None, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the error, nor what it came from, nor any log holds the token."""
    secret = TOKEN.partition(":")[2]
    assert secret not in "".join(traceback.format_exception(error))
    assert secret not in caplog.text
    while error is not None:
        assert secret not in f"{error!s} {error!r} {error.args}"
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("talk", [silent, hang_up, break_off, babble])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_no_failure_of_the_wire_tells_the_token(
    listen: Listen, caplog: pytest.LogCaptureFixture, talk: Talk, scheme: str
) -> None:
    log_everything(caplog)
    async with listen(talk) as port, AiohttpRequest(read_timeout=0.1, connect_timeout=0.3) as request:
        bot = telegram.Bot(TOKEN, f"{scheme}://127.0.0.1:{port}/bot", f"{scheme}://127.0.0.1:{port}/", request=request)
        for attempt in (bot.get_me, lambda: request.retrieve(f"{scheme}://127.0.0.1:{port}/file/bot{TOKEN}/photo.jpg")):
            tells_nothing(await failure_of(attempt()), caplog)


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:1/bot", "no address/bot", "http://[::1/bot", "http:///bot"])
async def test_no_wrong_address_tells_the_token(caplog: pytest.LogCaptureFixture, base_url: str) -> None:
    log_everything(caplog)
    async with AiohttpRequest() as request:
        failure = await failure_of(telegram.Bot(TOKEN, base_url, request=request).get_me())
    assert isinstance(failure, NotSent)
    tells_nothing(failure, caplog)


async def test_before_it_is_opened_it_says_so(api: BotApi) -> None:
    failure = await failure_of(telegram.Bot(TOKEN, api.base_url, request=AiohttpRequest()).get_me())
    assert "not initialized" in str(failure)
