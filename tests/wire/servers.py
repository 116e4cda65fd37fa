"""A Bot API server over tornado that the tests of the wire speak with, and the bot that speaks. Fixtures: conftest."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import telegram
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

from bot.request import AiohttpRequest

TOKEN = "4200:AAbb-secret_token"
ME = {"id": 4200, "is_bot": True, "first_name": "Kehu", "username": "kehu_bot"}
MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "hello"}

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Listen = Callable[[Talk], AbstractAsyncContextManager[int]]


@dataclass
class BotApi:
    """A Bot API server: what it is to answer, and what it was asked."""

    port: int = 0
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[HTTPServerRequest] = field(default_factory=list)
    delay: float = 0.0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    def will_answer(self, method: str, result: object) -> None:
        self.answers[method] = (200, json.dumps({"ok": True, "result": result}).encode())

    def will_refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        refusal = {"ok": False, "error_code": code, "description": description}
        if parameters:
            refusal["parameters"] = parameters
        self.answers[method] = (code, json.dumps(refusal).encode())

    def methods(self) -> list[str]:
        return [request.path.rpartition("/")[2] for request in self.asked]


class Method(RequestHandler):
    def initialize(self, api: BotApi) -> None:
        self.api = api

    async def post(self, method: str) -> None:
        self.api.asked.append(self.request)
        await asyncio.sleep(self.api.delay)
        code, body = self.api.answers[method]
        self.set_status(code)
        if code == 302:
            self.set_header("Location", f"{self.api.base_url}{TOKEN}/elsewhere")
        self.finish(body)

    async def get(self, method: str) -> None:
        await self.post(method)


def application(api: BotApi) -> Application:
    """The routes of `api`: methods and files, for any token."""
    return Application([(r"/(?:file/)?bot[^/]+/(.+)", Method, {"api": api})], log_function=lambda _: None)


@asynccontextmanager
async def bot_at(api: BotApi, request: AiohttpRequest) -> AsyncIterator[telegram.Bot]:
    """A bot that speaks with `api` through `request`."""
    async with request:
        yield telegram.Bot(TOKEN, base_url=api.base_url, base_file_url=api.base_file_url, request=request)
