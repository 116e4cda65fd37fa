"""HTTP as the stand-in needs it: a request that was read whole, and an answer in one write.

Tornado's server does the protocol; its ``RequestHandler`` is used only for the caller's own pages, since it costs more
than a whole Bot API method here. ``server`` hands requests to ``bot_api``, ``people_http`` and ``control``. Example::

    def hello(exchange: Exchange) -> None:
        exchange.json(200, {"hello": exchange.query.get("name", "")})
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import responses
from typing import Final
from urllib.parse import parse_qsl

from tornado.http1connection import HTTP1Connection
from tornado.httputil import (
    HTTPFile,
    HTTPHeaders,
    HTTPInputError,
    HTTPMessageDelegate,
    HTTPServerRequest,
    ResponseStartLine,
    parse_body_arguments,
)

from bot.demo.standin.refusals import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: its name as the sender gave it, its declared type, its bytes."""

    name: str
    mime_type: str
    data: bytes


UNSENT_BYTES: Final = 16 * 1024 * 1024
"""How much of an endless answer waits for a slow reader."""


class Malformed(Exception):
    """The body isn't what its Content-Type says."""


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact(value: object) -> bytes:
    """``value`` as UTF-8 JSON without spaces; a lone surrogate becomes a question mark."""
    return _ENCODER.encode(value).encode("utf-8", "replace")


class Exchange:
    """One request, read whole, and the way to answer it. ``rest`` is the path after the route's prefix."""

    __slots__ = ("_closed", "_connection", "_on_close", "_unsent", "body", "request", "rest")

    def __init__(self, request: HTTPServerRequest, rest: str, body: bytes) -> None:
        connection = request.connection
        if not isinstance(connection, HTTP1Connection):
            raise TypeError("the stand-in speaks HTTP/1.1")
        self.request = request
        self.rest = rest
        self.body = body
        self._connection = connection
        self._closed = False
        self._unsent = 0
        self._on_close: Callable[[], None] | None = None

    @property
    def method(self) -> str:
        """GET, POST …"""
        return self.request.method or "GET"

    @property
    def query(self) -> dict[str, str]:
        """The query string's parameters, the last of equal names."""
        return dict(parse_qsl(self.request.query, keep_blank_values=True))

    @property
    def closed(self) -> bool:
        """Whether the answer was given or the other side is gone."""
        return self._closed

    def header(self, name: str) -> str:
        """A request header, empty if absent."""
        return self.request.headers.get(name, "")

    def form(self) -> tuple[Json, dict[str, list[Upload]]]:
        """The parameters (query and body together) and the files, as Telegram takes them.

        https://core.telegram.org/bots/api#making-requests: query string, urlencoded, JSON (not for files), multipart.
        Values from JSON keep their types; all others are text. Raises :class:`Malformed`.
        """
        fields: Json = {}
        if self.request.query:
            fields.update(self.query)
        files: dict[str, list[Upload]] = {}
        if not self.body:
            return fields, files
        content_type = self.header("Content-Type").lower()
        try:
            if content_type.startswith("application/x-www-form-urlencoded"):
                fields.update(parse_qsl(self.body.decode(), keep_blank_values=True))
            elif content_type.startswith("application/json"):
                value = json.loads(self.body)
                if not isinstance(value, dict):
                    raise Malformed("an object is expected")
                fields.update(value)
            elif content_type.startswith("multipart/form-data"):
                self._multipart(fields, files)
            else:
                raise Malformed("unknown content type")
        except (ValueError, HTTPInputError, RecursionError) as error:
            raise Malformed("the body can't be read") from error
        return fields, files

    def _multipart(self, fields: Json, files: dict[str, list[Upload]]) -> None:
        arguments: dict[str, list[bytes]] = {}
        parts: dict[str, list[HTTPFile]] = {}
        parse_body_arguments(self.header("Content-Type"), self.body, arguments, parts)
        fields.update({name: values[-1].decode() for name, values in arguments.items()})
        for name, found in parts.items():
            files[name] = [Upload(part.filename, part.content_type, part.body) for part in found]

    def json(self, status: int, value: object) -> None:
        """Answer with a JSON value."""
        self.send(status, compact(value), "application/json")

    def send(self, status: int, body: bytes, content_type: str, headers: dict[str, str] | None = None) -> None:
        """Answer with a whole body. Nothing happens if the connection is gone."""
        if self._closed:
            return
        self._closed = True
        head = HTTPHeaders({"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})})
        line = ResponseStartLine("HTTP/1.1", status, responses.get(status, "Unknown"))
        self._connection.write_headers(line, head, body)
        self._connection.finish()

    def stream(self, content_type: str) -> None:
        """Begin an endless answer; :meth:`write` continues it."""
        head = HTTPHeaders({"Content-Type": content_type, "Cache-Control": "no-store", "Connection": "close"})
        self._connection.stream.set_nodelay(True)
        self._connection.write_headers(ResponseStartLine("HTTP/1.1", 200, "OK"), head)

    def write(self, chunk: bytes) -> None:
        """One more piece of an endless answer. A reader that has stopped reading loses its connection."""
        if self._closed:
            return
        if not self._connection.stream.writing():
            self._unsent = 0
        self._unsent += len(chunk)
        if self._unsent > UNSENT_BYTES:
            self.drop()
            self._gone()
        else:
            self._connection.write(chunk)

    def drop(self) -> None:
        """Close the connection without an answer, as a broken network does."""
        self._closed = True
        self._connection.close()

    def on_close(self, callback: Callable[[], None]) -> None:
        """Call back when the other side goes away before the answer is complete."""
        self._on_close = callback
        self._connection.set_close_callback(self._gone)

    def _gone(self) -> None:
        self._closed = True
        if self._on_close is not None:
            self._on_close()


class Reader(HTTPMessageDelegate):
    """Collects a request's body, then calls ``serve`` with the whole."""

    __slots__ = ("_chunks", "_request", "_rest", "_serve")

    def __init__(self, request: HTTPServerRequest, rest: str, serve: Callable[[Exchange], None]) -> None:
        self._request = request
        self._rest = rest
        self._serve = serve
        self._chunks: list[bytes] = []

    def data_received(self, chunk: bytes) -> None:
        """Called by tornado."""
        self._chunks.append(chunk)

    def finish(self) -> None:
        """Called by tornado at the end of the request."""
        self._serve(Exchange(self._request, self._rest, b"".join(self._chunks)))
