"""A Bot API server for measuring bots against: as fast as plain asyncio allows, so that the bot is what is measured.

Run by `benchmarks.measure` in its own process, the bot being a child process. It understands what a polling bot sends,
answers as Telegram does (https://core.telegram.org/bots/api), never refuses, and notes when each answer to a person
arrived. It is no place to test a bot: the stand-in of `bot.demo` is.

    async with BotApiServer(latency=0.05) as server:
        ...  # start a bot with base_url=server.base_url
        run = server.hand_out(messages)
        await run.finished
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import parse_qsl

from benchmarks.messages import BOT, Message, tap

MOST_IN_ONE_ANSWER = 100
"""Updates in one answer (https://core.telegram.org/bots/api#getupdates)."""

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_SHOWN = ("sendMessage", "editMessageText")
_RESULTS: dict[str, object] = {
    "getMe": BOT,
    "getMyCommands": [],
    "getWebhookInfo": {"url": "", "pending_update_count": 0},
}


@dataclass
class Run:
    """Messages that are being answered.

    Attributes:
        due: chat → how many answers are still owed to that person: one for each message and each tap.
        owed: the sum of them.
        finished: done when nobody is owed an answer.
        taps: which buttons people tap, if any.
        began: when the first message was handed out, on `time.perf_counter`'s clock.
        ended: when the last answer that was owed had arrived.
        said: the last text that each person was shown.
    """

    due: Counter[int]
    owed: int
    finished: asyncio.Future[None]
    taps: Callable[[str], bool] | None = None
    began: float = 0.0
    ended: float = 0.0
    said: dict[int, str] = field(default_factory=dict)

    def shown(self, chat: int, text: str) -> None:
        """A person is shown something."""
        if self.due[chat] <= 0:
            return
        self.said[chat] = text
        self.due[chat] -= 1
        self.owed -= 1
        if self.owed == 0 and not self.finished.done():
            self.ended = time.perf_counter()
            self.finished.set_result(None)


class BotApiServer:
    """One bot's server on a free port of 127.0.0.1.

    Args:
        latency: seconds that each answer takes, as a long way to Telegram would.

    Attributes:
        watch: told of everything that a person is shown, if set: the chat and the text.
    """

    def __init__(self, latency: float = 0.0) -> None:
        self.latency = latency
        self.base_url = ""
        self.first_poll: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.asked: Counter[str] = Counter()
        self.watch: Callable[[int, str], None] | None = None
        self._updates: list[bytes] = []
        self._first_id = 1
        self._run: Run | None = None
        self._waiting: list[tuple[_Connection, int, asyncio.TimerHandle]] = []
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()
        self._message_id = 0

    async def __aenter__(self) -> BotApiServer:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=1024)
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/bot"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, hang up."""
        for _, _, timer in self._waiting:
            timer.cancel()
        for connection in list(self._connections):
            connection.hang_up()
        if self._server is not None:
            self._server.close()

    def hand_out(self, messages: Sequence[Message], taps: Callable[[str], bool] | None = None) -> Run:
        """Have the messages ready for the bot's next getUpdates.

        Args:
            messages: what is written; all of it waits from now on.
            taps: whether a button with this data is one that people tap as soon as they are shown it. Then each message
                is owed two answers: the one with the button, and the one to the tap.
        """
        due = Counter(message.person for message in messages)
        if taps is not None:
            due = Counter({person: 2 * number for person, number in due.items()})
        self._run = Run(due, due.total(), asyncio.get_running_loop().create_future(), taps)
        if not messages:
            self._run.finished.set_result(None)
        for message in messages:
            self._updates.append(message.update(self._first_id + len(self._updates)))
        self._release()
        return self._run

    def _release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for connection, offset, timer in waiting:
            timer.cancel()
            self._poll(connection, offset, 0)

    def answer(self, connection: _Connection, method: str, body: bytes) -> None:
        """Answer one request, now or after the latency."""
        self.asked[method] += 1
        if method == "getUpdates":
            asked = dict(parse_qsl(body))
            self._poll(connection, int(asked.get(b"offset", b"0")), int(asked.get(b"timeout", b"0")))
        elif method in _SHOWN:
            self._reply(connection, self._show(body))
        else:
            self._reply(connection, _ok(_RESULTS.get(method, True)))

    def _poll(self, connection: _Connection, offset: int, patience: int) -> None:
        if not self.first_poll.done():
            self.first_poll.set_result(time.perf_counter())
        done = max(0, min(offset - self._first_id, len(self._updates)))
        # What is confirmed is forgotten, as Telegram forgets it.
        del self._updates[:done]
        self._first_id += done
        if not self._updates and patience:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(patience, self._give_up, connection)
            self._waiting.append((connection, offset, timer))
            return
        if self._updates and self._run is not None and not self._run.began:
            self._run.began = time.perf_counter()
        batch = b",".join(self._updates[:MOST_IN_ONE_ANSWER])
        self._reply(connection, b'{"ok":true,"result":[' + batch + b"]}")

    def _give_up(self, connection: _Connection) -> None:
        self._waiting = [waiting for waiting in self._waiting if waiting[0] is not connection]
        self._reply(connection, b'{"ok":true,"result":[]}')

    def _show(self, body: bytes) -> bytes:
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        chat = int(form.get("chat_id", "0"))
        self._message_id += 1
        message: dict[str, object] = {
            "message_id": int(form.get("message_id", self._message_id)),
            "from": BOT,
            "chat": {"id": chat, "type": "private", "first_name": f"P{chat}"},
            "date": int(time.time()),
            "text": form.get("text", ""),
        }
        markup = json.loads(form.get("reply_markup", "{}"))
        if markup:
            message["reply_markup"] = markup
        if self.watch is not None:
            self.watch(chat, form.get("text", ""))
        run = self._run
        if run is not None:
            run.shown(chat, form.get("text", ""))
            if run.taps is not None:
                buttons = [
                    button.get("callback_data", "") for row in markup.get("inline_keyboard", ()) for button in row
                ]
                for data in filter(run.taps, buttons):
                    self._updates.append(tap(self._first_id + len(self._updates), chat, message, data))
                    self._release()
        return _ok(message)

    def _reply(self, connection: _Connection, payload: bytes) -> None:
        if self.latency:
            asyncio.get_running_loop().call_later(self.latency, connection.reply, payload)
        else:
            connection.reply(payload)

    def connected(self, connection: _Connection) -> None:
        """A connection was made."""
        self._connections.add(connection)

    def disconnected(self, connection: _Connection) -> None:
        """A connection has gone, and with it what it waited for."""
        self._connections.discard(connection)
        for waiting in self._waiting:
            if waiting[0] is connection:
                waiting[2].cancel()
        self._waiting = [waiting for waiting in self._waiting if waiting[0] is not connection]


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with Content-Length, one request after the other: what httpx and aiohttp speak with a Bot API server."""

    def __init__(self, server: BotApiServer) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connected(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """End."""
        self._transport = None
        self._server.disconnected(self)

    def data_received(self, data: bytes) -> None:
        """Cut off whole requests and have them answered."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            body = self._received[end + 4 : whole]
            self._received = self._received[whole:]
            path = head.split(b" ", 2)[1]
            self._server.answer(self, path.rpartition(b"/")[2].decode("ascii", "replace"), body)

    def reply(self, payload: bytes) -> None:
        """Send an answer, if anybody is still there."""
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(payload)
                + payload
            )

    def hang_up(self) -> None:
        """Close from this side."""
        if self._transport is not None:
            self._transport.abort()


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()
