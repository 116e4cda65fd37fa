"""One request of the bot, from its URL to its answer: token, method, parameters, faults, flood limits, work, log.

``server`` routes ``/bot…`` and ``/file/bot…`` here. https://core.telegram.org/bots/api#making-requests. Example::

    api = BotApi(world, Faults(), Recorder(1000))
    api.serve(exchange)           # exchange.rest == "12345:secret/sendMessage"
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import unquote

from bot.demo.standin.faults import Fault, Faults
from bot.demo.standin.methods import METHODS
from bot.demo.standin.methods.receiving import WEBHOOK_METHODS, poll, webhook
from bot.demo.standin.rates import Rates
from bot.demo.standin.recorder import Recorder, Request
from bot.demo.standin.refusals import Json, Refusal, bad_request, too_many_requests
from bot.demo.standin.signatures import SIGNATURES, Call, read
from bot.demo.standin.wire import Exchange, Malformed, Upload, compact
from bot.demo.standin.world import World

Reply = Callable[[int, bytes, str], None]
"""Takes the HTTP status, the body and the description of a failure."""

_MESSAGES: Final = frozenset(name for name in SIGNATURES if name.startswith(("send", "forward", "copy"))) - {
    "sendchataction"
}


class BotApi:
    """The bot's side. ``rates`` is None while nobody asked for flood limits."""

    def __init__(self, world: World, faults: Faults, recorder: Recorder) -> None:
        self.rates: Rates | None = None
        self._world = world
        self._faults = faults
        self._recorder = recorder
        self._tasks: set[asyncio.Task[None]] = set()
        self._logged_out = False

    def serve(self, exchange: Exchange) -> None:
        """Answer ``<token>/<method>``."""
        token, _, method = unquote(exchange.rest).partition("/")
        try:
            self._authorize(token, method)
            fields, files = exchange.form()
        except Malformed:
            _refuse(partial(_answer, exchange), bad_request("can't parse the request's body"))
            return
        except Refusal as refusal:
            _refuse(partial(_answer, exchange), refusal)
            return
        name = SIGNATURES[method.lower()].name
        entry = self._recorder.add(name, fields, files, self._world.clock.now())
        call = self._read(entry, fields, files)
        delay, failure = self._faults.strike(name, fields.get("chat_id"))
        work = partial(self._work, exchange, call, failure, self._reply(exchange, entry, failure))
        if delay > 0:
            asyncio.get_running_loop().call_later(delay, work)
        else:
            work()

    def file(self, exchange: Exchange) -> None:
        """Answer ``<token>/<file_path>``: https://core.telegram.org/bots/api#getfile"""
        token, _, path = unquote(exchange.rest).partition("/")
        try:
            self._authorize(token)
        except Refusal as refusal:
            _refuse(partial(_answer, exchange), refusal)
            return
        delay, failure = self._faults.strike("file", None)
        file = self._world.files.by_path.get(path)
        if failure is not None and failure.kind != "error":
            _drop(exchange, failure.seconds if failure.kind.startswith("hang") else 0.0)
            return
        if failure is not None or file is None:
            _refuse(partial(_answer, exchange), failure.refusal() if failure else Refusal(404, "Not Found"))
            return
        asyncio.get_running_loop().call_later(delay, exchange.send, 200, file.data, "application/octet-stream")

    async def close(self) -> None:
        """End what is under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._world.updates.webhook is not None:
            await self._world.updates.webhook.close()

    def _authorize(self, token: str, method: str = "getMe") -> None:
        """https://core.telegram.org/bots/api#authorizing-your-bot: a wrong token is 401; what can't be one, and an
        unknown method, is 404.
        """
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise Refusal(404, "Not Found")
        if token != self._world.settings.token or self._logged_out:
            raise Refusal(401, "Unauthorized")
        if method.lower() not in SIGNATURES:
            raise Refusal(404, "Not Found")

    def _reply(self, exchange: Exchange, entry: Request, failure: Fault | None) -> Reply:
        """How the answer goes out: as it should, or, with an ``…_after`` fault, not at all."""
        if failure is not None and failure.kind.endswith("_after"):
            wait = failure.seconds if failure.kind == "hang_after" else 0.0
            return lambda *_answer: _drop(exchange, wait)

        def reply(status: int, body: bytes, description: str) -> None:
            entry.status, entry.description = status, description
            _answer(exchange, status, body, description)

        return reply

    def _read(self, entry: Request, fields: Json, files: dict[str, list[Upload]]) -> Call | Refusal:
        """The request's parameters, or why they can't be read, which is answered only if nothing worse happens."""
        try:
            call = read(entry.method, fields, files, strict=self._world.settings.strict_parameters)
        except Refusal as refusal:
            return refusal
        entry.parameters = call.values
        return call

    def _work(self, exchange: Exchange, call: Call | Refusal, failure: Fault | None, reply: Reply) -> None:
        if failure is not None and failure.kind.endswith("_before"):
            _drop(exchange, failure.seconds if failure.kind == "hang_before" else 0.0)
            return
        if failure is not None and failure.kind == "error":
            _refuse(reply, failure.refusal())
            return
        if isinstance(call, Refusal):
            _refuse(reply, call)
            return
        try:
            self._perform(exchange, call, reply)
        except Refusal as refusal:
            _refuse(reply, refusal)

    def _perform(self, exchange: Exchange, call: Call, reply: Reply) -> None:
        name = call.method.lower()
        if name == "getupdates":
            waiting = poll(self._world, call, lambda body: _succeed(reply, body), partial(_refuse, reply))
            exchange.on_close(lambda: self._world.updates.leave(waiting))
        elif name in WEBHOOK_METHODS:
            task = asyncio.get_running_loop().create_task(self._webhook(call, reply))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif name == "logout":
            self._logged_out = True
            _succeed(reply, b"true")
        else:
            if self.rates is not None and name in _MESSAGES:
                self._limit(self.rates, call)
            _succeed(reply, compact(METHODS[name](self._world, call)))

    def _limit(self, rates: Rates, call: Call) -> None:
        chat = self._world.writable_chat(call.values.get("chat_id"))
        wait = rates.take(chat.id, max(1, len(call.array("media")), len(call.array("message_ids"))))
        if wait:
            raise too_many_requests(wait)

    async def _webhook(self, call: Call, reply: Reply) -> None:
        try:
            _succeed(reply, compact(await webhook(self._world, call)))
        except Refusal as refusal:
            _refuse(reply, refusal)


def _answer(exchange: Exchange, status: int, body: bytes, _description: str) -> None:
    exchange.send(status, body, "application/json")


def _succeed(reply: Reply, result: bytes) -> None:
    reply(200, b'{"ok":true,"result":%b}' % result, "")


def _refuse(reply: Reply, refusal: Refusal) -> None:
    reply(refusal.code, compact(refusal.answer()), refusal.description)


def _drop(exchange: Exchange, wait: float) -> None:
    """Close the connection, after ``wait`` seconds of silence."""
    if wait > 0:
        asyncio.get_running_loop().call_later(wait, exchange.drop)
    else:
        exchange.drop()
