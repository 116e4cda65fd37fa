"""Servers on loopback for the tests of the wire: a Bot API, and bare sockets that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from tests.wire.servers import ME, MESSAGE, BotApi, Listen, Talk, application


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    api = BotApi()
    server = HTTPServer(application(api), max_buffer_size=64 * 2**20)
    sockets = bind_sockets(0, "127.0.0.1")
    api.port = sockets[0].getsockname()[1]
    server.add_sockets(sockets)
    api.will_answer("getMe", ME)
    api.will_answer("sendMessage", MESSAGE)
    api.will_answer("sendDocument", MESSAGE)
    yield api
    server.stop()
    await server.close_all_connections()


@pytest.fixture
def listen() -> Listen:
    """`async with listen(talk) as port`: a server that treats each connection as `talk` does."""

    @asynccontextmanager
    async def listening(talk: Talk) -> AsyncIterator[int]:
        talks: set[asyncio.Task[None]] = set()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            talks.add(task)
            try:
                with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                    await talk(reader, writer)
            finally:
                talks.discard(task)
                writer.close()

        server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=64 * 1024)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in list(talks):
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)

    return listening
