"""The stand-in as a whole: one loopback port, its routes, its start and stop.

Tests and the demo start it in their event loop; ``__main__`` in a process of its own. Example::

    standin = await StandIn.start(port=0, token="12345:secret")
    print(standin.base_url)
    await standin.stop()
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.routing import Router
from tornado.web import Application

from bot.demo.standin.bot_api import BotApi
from bot.demo.standin.clock import Clock
from bot.demo.standin.control import Control
from bot.demo.standin.faults import Faults
from bot.demo.standin.people_http import PeopleSide
from bot.demo.standin.rates import Rates
from bot.demo.standin.recorder import Recorder
from bot.demo.standin.wire import Exchange, Reader
from bot.demo.standin.world import Settings, World

BODY_BYTES: Final = 72 * 1024 * 1024
"""The largest request that is read at all: an upload of Telegram's 50 MB with room for what is refused."""

Serve = Callable[[Exchange], None]


class _Front(Router):
    """Which part answers a path."""

    def __init__(self, routes: Sequence[tuple[str, Serve]], pages: Application, access_token: str) -> None:
        self._routes = routes
        self._pages = pages
        self._access_token = access_token

    def find_handler(self, request: HTTPServerRequest, **_kwargs: Any) -> HTTPMessageDelegate | None:
        """Called by tornado for each request."""
        path = request.path
        if path.startswith(("/bot", "/file/bot")) and self._access_token and _elsewhere(request):
            return Reader(request, "", partial(_forbid, "requests from other pages are refused"))
        if re.match(r"/bot\d", path):
            return Reader(request, path[4:], self._routes[0][1])
        if path.startswith("/file/bot"):
            return Reader(request, path[9:], self._routes[1][1])
        if not _is_loopback(urlsplit(f"//{request.headers.get('Host', '')}").hostname):
            return Reader(request, "", partial(_forbid, "this address is served on the loopback interface only"))
        for prefix, serve in self._routes[2:]:
            if path == prefix or path.startswith(f"{prefix}/"):
                why = self._refused(request)
                return Reader(request, path[len(prefix) + 1 :], partial(_forbid, why) if why else serve)
        return self._pages.find_handler(request)

    def _refused(self, request: HTTPServerRequest) -> str:
        """Why a request of the person or control side isn't served; empty if it is.

        A page of another site may send requests here: its Origin betrays it, and it doesn't have the token.
        """
        if _elsewhere(request):
            return "requests from other pages are refused"
        if not self._access_token:
            return ""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = given or unquote(request.query.partition("access_token=")[2].partition("&")[0])
        same = hmac.compare_digest(given.encode(), self._access_token.encode())
        return "" if same else "the access token is missing or wrong"


def _elsewhere(request: HTTPServerRequest) -> bool:
    """Whether a browser sends this for a page of another address."""
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"http://{request.headers.get('Host', '')}"


def _forbid(why: str, exchange: Exchange) -> None:
    exchange.json(403, {"error": why})


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class StandIn:
    """A running stand-in. ``world`` is its memory, ``faults`` what goes wrong, ``requests`` what the bot asked."""

    def __init__(self, settings: Settings, clock: Clock, access_token: str, extra_routes: Sequence[Any]) -> None:
        self.settings = settings
        self.clock = clock
        self.access_token = access_token
        self.world = World(settings, clock)
        self.faults = Faults()
        self.requests = Recorder(settings.requests)
        self.host = ""
        self.port = 0
        self._api = BotApi(self.world, self.faults, self.requests)
        control = Control(self.world, self.faults, self.requests, self._api)
        routes: list[tuple[str, Serve]] = [
            ("/bot", self._api.serve),
            ("/file/bot", self._api.file),
            ("/people", PeopleSide(self.world).serve),
            ("/control", control.serve),
        ]
        self._front = _Front(routes, Application(list(extra_routes)), access_token)
        self._server: HTTPServer | None = None

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        token: str = "12345:stand-in-token",  # noqa: S107 - names no secret: the bot under test brings its own
        bot_username: str = "kehu_demo_bot",
        bot_name: str = "Kehu",
        clock: Clock | Callable[[], datetime] | Callable[[], float] | None = None,
        access_token: str = "",
        extra_routes: Sequence[Any] = (),
        **more: Any,
    ) -> StandIn:
        """Start one; ``port`` 0 takes a free one.

        ``clock`` gives the present as a datetime or seconds since 1970 (the system's time if None). ``access_token``
        guards the person and control sides; the bot's needs only ``token``. ``extra_routes`` are tornado's routes for
        pages of the caller. ``more`` are fields of :class:`bot.demo.standin.world.Settings`. Raises ValueError for a
        host that isn't loopback or a token that can't be one, OSError for a taken port.
        """
        if not _is_loopback(host):
            raise ValueError("the stand-in listens on the loopback interface only")
        if not re.fullmatch(r"\d{1,15}:[\w-]+", token):
            raise ValueError("a token looks like 12345:letters")
        settings = Settings(token=token, bot_username=bot_username, bot_name=bot_name, **more)
        standin = cls(settings, clock if isinstance(clock, Clock) else Clock(clock), access_token, extra_routes)
        standin.host, standin.port = host, port
        standin.plug()
        return standin

    @property
    def url(self) -> str:
        """Where it listens: ``http://127.0.0.1:PORT``."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as ``base_url``."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as ``base_file_url``."""
        return f"{self.url}/file/bot"

    @property
    def rates(self) -> Rates | None:
        """Telegram's flood limits; None while they are off."""
        return self._api.rates

    @rates.setter
    def rates(self, rates: Rates | None) -> None:
        self._api.rates = rates

    def plug(self) -> None:
        """Listen; after :meth:`unplug` on the same port, with the same memory."""
        sockets = bind_sockets(self.port, self.host)
        self.port = sockets[0].getsockname()[1]
        self._server = HTTPServer(self._front, max_body_size=BODY_BYTES, max_buffer_size=2 * BODY_BYTES)
        self._server.add_sockets(sockets)

    async def unplug(self) -> None:
        """Be gone: connections break, new ones are refused."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()
            await server.close_all_connections()

    async def stop(self) -> None:
        """End it for good."""
        await self._api.close()
        await self.unplug()
