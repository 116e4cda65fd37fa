"""The way to Telegram's servers: python-telegram-bot's request class, on aiohttp.

Built by `bot.app` (one for getUpdates, one for everything else) and by whoever talks to a Bot API server in the tests.
python-telegram-bot's own class stands on httpx, which is several times slower with many requests in flight
(docs/decisions has the figures). This one keeps its meaning of the time-outs and its errors, and adds three things:

- the bot's token is never in an error: neither in its words, nor in what it was caused by;
- an error says whether the request can have reached Telegram (`NotSent` can't have), so that a message is repeated
  without fear where that is certain;
- an answer that is not the Bot API's, or is larger than the bound, is a `NetworkError` without its content.

    async with telegram.Bot(token, request=AiohttpRequest(), get_updates_request=AiohttpRequest(1)) as bot:
        await bot.get_me()
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import select
import ssl
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit
from weakref import WeakSet

import aiohttp
import certifi
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.upload import PIECE, Body

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace
    from telegram._utils.types import JSONDict, ODVInput

# Otherwise each 429 warns that `RetryAfter.retry_after`, an int, is to become a timedelta; so it is one from now on.
os.environ.setdefault("PTB_TIMEDELTA", "true")

KEEP_ALIVE: Final = 30.0
"""Seconds that an idle connection is kept. Shorter than a server's patience (nginx: 75,
https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_timeout), so that it is we who hang up."""

MAX_ANSWER: Final = 64 * 1024 * 1024
"""Bytes of one answer. Telegram's own servers give files of up to 20 MB
(https://core.telegram.org/bots/api#getfile); a Bot API server of one's own may give more."""

_MAX_DESCRIPTION: Final = 500
_SHORTEST: Final = 0.001
_TOKEN = re.compile(r"bot(\d+)(?::|%3A)([\w-]+)")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):
    """Nothing of the request has reached Telegram: it may be repeated without doing anything twice."""

    __slots__ = ()


class NotSentInTime(TimedOut, NotSent):
    """No connection was free, or none could be made, in the time allowed; nothing has reached Telegram."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """Requests to a Bot API server over kept-alive HTTP/1.1 connections.

    Args:
        connection_pool_size: how many requests may be under way at once; the others wait.
        read_timeout: seconds to wait for the next bytes of an answer; None waits for ever, here and below.
        write_timeout: seconds for one write (64 KiB) of a body to leave.
        connect_timeout: seconds for resolving, connecting and the TLS handshake together.
        pool_timeout: seconds to wait for one of the `connection_pool_size` places.
        media_write_timeout: like `write_timeout`, for requests with files.
        proxy: `http://` or `https://` URL of a proxy, with user and password if it wants them. The environment's proxy
            variables are not read.
        max_answer: bytes of one answer, unpacked.

    Raises:
        ValueError: the proxy is not an http or https URL.
    """

    __slots__ = ("_certificates", "_connector", "_max_answer", "_own", "_places", "_pool_size", "_proxy", "_session")

    def __init__(
        self,
        connection_pool_size: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
        max_answer: int = MAX_ANSWER,
    ) -> None:
        self._own = {
            "read": read_timeout,
            "write": write_timeout,
            "connect": connect_timeout,
            "pool": pool_timeout,
            "media write": media_write_timeout,
        }
        self._pool_size = connection_pool_size
        self._proxy = _proxy(proxy)
        self._max_answer = max_answer
        self._connector: _Connector | None = None
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(connection_pool_size)
        self._certificates: ssl.SSLContext | None = None

    @property
    def read_timeout(self) -> float | None:
        """The seconds given as `read_timeout`."""
        return self._own["read"]

    async def initialize(self) -> None:
        """Make ready for requests; does nothing when it is ready, and may follow a shutdown."""
        if self._session is not None and not self._session.closed:
            return
        self._places = asyncio.Semaphore(self._pool_size)
        # The places are counted here and not by the connector, which knows one time-out for waiting and connecting.
        self._connector = _Connector(limit=0, keepalive_timeout=KEEP_ALIVE)
        self._session = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self._proxy,
            trust_env=False,
        )

    async def shutdown(self) -> None:
        """Close every connection; a request under way ends with a NetworkError. May be called again."""
        if self._session is not None and self._connector is not None:
            self._connector.abort_stuck()
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and return the status and the body of its answer.

        A redirect is an answer like any other: following it would carry the token to another place.

        Raises:
            NotSent: nothing has reached the server (NotSentInTime: for want of time).
            TimedOut: the server may have got it, and its answer didn't come in time.
            NetworkError: the server may have got it; the answer didn't come, or isn't one.
            RuntimeError: `initialize` was not called.
        """
        session = self._session
        if session is None or session.closed:
            raise RuntimeError("AiohttpRequest is not initialized")
        limits = aiohttp.ClientTimeout(
            total=None,
            connect=self._seconds(connect_timeout, "connect"),
            sock_read=self._seconds(read_timeout, "read"),
        )
        with_files = request_data is not None and request_data.contains_files
        write = self._seconds(write_timeout, "media write" if with_files else "write")
        try:
            await self._take_place(self._seconds(pool_timeout, "pool"))
            try:
                if session.closed:
                    raise NotSent("Closed while waiting for a place. Nothing was sent to Telegram.")
                code, answer = await self._exchange(session, method, url, request_data, limits=limits, write=write)
            finally:
                self._places.release()
        except Exception as error:  # noqa: BLE001 - any other would be printed whole, with URL and token
            failure = _failure(error)
        else:
            return self._checked(method, url, code, answer)
        # Raised outside of the handler: an exception also keeps what it was raised in, and aiohttp's hold the URL.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The JSON object in an answer. Unlike the inherited method it neither logs nor repeats the answer.

        Raises:
            NetworkError: it is not a JSON object, so it does not come from a Bot API server.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict):
            return answer
        raise NetworkError("The answer is not a JSON object")

    def _seconds(self, given: ODVInput[float], kind: str) -> float | None:
        seconds = self._own[kind] if isinstance(given, DefaultValue) else given
        # For aiohttp 0 means "no limit"; for python-telegram-bot it means "at once".
        return None if seconds is None else max(float(seconds), _SHORTEST)

    async def _take_place(self, seconds: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise NotSentInTime(
                "Pool timeout: all places for requests are taken. Nothing was sent to Telegram."
            ) from None

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        request_data: RequestData | None,
        *,
        limits: aiohttp.ClientTimeout,
        write: float | None,
    ) -> tuple[int, bytes]:
        send = partial(session.request, method, url, timeout=limits, allow_redirects=False, ssl=self.trusted(url))
        fields = request_data.json_parameters if request_data else {}
        if request_data and request_data.contains_files:
            body = await Body.of_files(fields, request_data.multipart_data)
        else:
            form = urlencode(fields, errors="replace").encode()
            if not form:
                return await self._answer(await send())
            if len(form) <= PIECE:  # as nearly always: the socket takes it in one write
                return await self._answer(await send(data=form, headers=_FORM))
            body = Body(_FORM["Content-Type"], [form])
        async with asyncio.timeout(None) as writing:
            return await self._answer(await send(data=body.pieces(writing, write), headers=body.headers))

    async def _answer(self, response: aiohttp.ClientResponse) -> tuple[int, bytes]:
        try:
            chunks: list[bytes] = []
            size = 0
            async for chunk in response.content.iter_any():
                chunks.append(chunk)
                size += len(chunk)
                if size > self._max_answer:
                    raise NetworkError(f"The answer is larger than {self._max_answer} bytes")
            return response.status, b"".join(chunks)
        finally:
            # Not `async with`: that waits for the rest of an upload which the server has already answered.
            response.release()

    def trusted(self, url: str) -> ssl.SSLContext | bool:
        """The certificates that are trusted for `url`: the system's, or certifi's where the system brings none.

        That is so for Python from python.org on macOS and in slim containers. They are read once, and only for TLS;
        without it (and without a proxy that has it) the answer is True, aiohttp's default.
        """
        if not url.startswith("https:") and not (self._proxy or "").startswith("https:"):
            return True
        if self._certificates is None:
            self._certificates = ssl.create_default_context()
            if not self._certificates.cert_store_stats()["x509_ca"]:
                self._certificates.load_verify_locations(certifi.where())
        return self._certificates

    def _checked(self, method: str, url: str, code: int, answer: bytes) -> tuple[int, bytes]:
        if code >= HTTPStatus.MULTIPLE_CHOICES:
            return code, _told(answer, url)
        if method == "POST" and b'"result"' not in answer:
            raise NetworkError(f"The answer ({code}) holds no result")
        return code, answer


class _Connector(aiohttp.TCPConnector):
    """Connections, of which an idle one that the server has closed is never used.

    aiohttp learns of it only when its event loop turns to that socket, which can be after the next request was written
    into the void; Telegram's methods are POST, so nobody may then simply repeat it.
    """

    def __init__(self, *, limit: int, keepalive_timeout: float) -> None:
        super().__init__(limit=limit, keepalive_timeout=keepalive_timeout)
        self._used: WeakSet[asyncio.Transport] = WeakSet()

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's signature
    ) -> Connection:
        """Like the inherited method; each round throws one closed connection away, so it ends."""
        while True:
            connection = await super().connect(req, traces, timeout)
            transport = connection.transport
            if transport is None:
                return connection
            if transport in self._used and _has_something_to_say(transport):
                connection.close()
                continue
            self._used.add(transport)
            connection.add_callback(partial(_abort_if_stuck, transport))
            return connection

    def abort_stuck(self) -> None:
        """Let go of the connections whose peer doesn't take what was written; closing would wait for it to."""
        for transport in list(self._used):
            _abort_if_stuck(transport)


def _abort_if_stuck(transport: asyncio.WriteTransport) -> None:
    """Called when a connection is given back. One with unsent bytes has failed, or was answered too early."""
    if transport.get_write_buffer_size():
        transport.abort()


def _has_something_to_say(transport: asyncio.BaseTransport) -> bool:
    """True when an idle connection is readable: the server has closed it, or broken the protocol."""
    poll = select.poll()
    poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _proxy(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        # Not repeated: it may hold a password.
        raise ValueError("the proxy must be given as http://host:port or https://host:port")
    return url


def _failure(error: Exception) -> TelegramError:
    """What went wrong, in words that hold neither the URL nor anything of the request."""
    if isinstance(error, TelegramError):
        return error
    kind = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSentInTime("Timed out while connecting")
    if isinstance(error, TimeoutError):
        return TimedOut()
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "")
        return NotSent(f"aiohttp.{kind}: {reason or 'the certificate is not valid'}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotSent(f"aiohttp.{kind}: {error.os_error.strerror}")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return NotSent(f"aiohttp.{kind}: the proxy answered {error.status}")
    if isinstance(error, (aiohttp.InvalidURL, ValueError)):  # yarl's for an address, before there is a request
        return NotSent(f"aiohttp.{kind}: the server's address is not valid")
    return NetworkError(f"aiohttp.{kind}")


def _told(answer: bytes, url: str) -> bytes:
    """Of a refusal, what https://core.telegram.org/bots/api#making-requests documents and nothing else.

    A proxy's page may repeat the URL, and python-telegram-bot repeats a page that it can't read.
    """
    try:
        told = json.loads(answer.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        told = None
    refusal: dict[str, object] = {"ok": False}
    if not isinstance(told, dict):
        return json.dumps(refusal).encode()
    description = told.get("description")
    if isinstance(description, str):
        token = _TOKEN.search(url)
        shown = description.replace(token[2], "…") if token else description
        refusal["description"] = shown[:_MAX_DESCRIPTION]
    parameters = told.get("parameters")
    if isinstance(parameters, dict):
        known = {key: parameters.get(key) for key in ("retry_after", "migrate_to_chat_id")}
        refusal["parameters"] = {key: value for key, value in known.items() if isinstance(value, int)}
    return json.dumps(refusal).encode()
