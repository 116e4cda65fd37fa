"""The person side of a stand-in as a client: everybody who takes part in a test or a scripted demo.

It speaks only HTTP, so the stand-in may run in another process. One event stream serves all people. Example::

    async with People(standin.url) as people:
        li = await people.person("李雷", language="zh")
        await li.starts()
"""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Final

import aiohttp

from bot.demo.standin.bubbles import Json
from bot.demo.standin.person import Person

RECONNECT: Final = 0.05
"""Seconds before a broken event stream is taken up again, where it broke."""


class Refused(Exception):
    """The stand-in says that a person can't do that; ``status`` is its HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class People:
    """The person side of one stand-in: an HTTP session and one event stream. Use it with ``async with``."""

    def __init__(self, url: str, access_token: str = "") -> None:
        headers = {"Authorization": f"Bearer {access_token}"} if access_token else {}
        self.url = url.rstrip("/")
        self.bot: Json = {}
        self._headers = headers
        self._people: dict[int, Person] = {}
        self._http: aiohttp.ClientSession | None = None
        self._stream: asyncio.Task[None] | None = None

    async def __aenter__(self) -> People:
        self._http = aiohttp.ClientSession(headers=self._headers, connector=aiohttp.TCPConnector(limit=0))
        try:
            overview = await self.call("GET", "/people")
            self.bot = overview["bot"]
            ready = asyncio.get_running_loop().create_future()
            self._stream = asyncio.create_task(self._follow(overview["seq"], ready))
            await ready
        except BaseException:
            await self._http.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.cancel()
            await asyncio.gather(self._stream, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    async def call(self, method: str, path: str, body: object = None) -> Any:
        """One request to the stand-in: JSON out and in, or a form. Raises :class:`Refused`."""
        if self._http is None:
            raise RuntimeError("People is used with 'async with'")
        given: dict[str, Any] = {"data" if isinstance(body, aiohttp.FormData) else "json": body}
        async with self._http.request(method, self.url + path, **given) as answer:
            value = await answer.json()
            if answer.status >= 400:
                raise Refused(answer.status, str(value.get("error", answer.reason)))
            return value

    async def fetch(self, path: str) -> bytes:
        """A file's bytes, by the ``url`` of a bubble's file."""
        if self._http is None:
            raise RuntimeError("People is used with 'async with'")
        async with self._http.get(self.url + path) as answer:
            if answer.status >= 400:
                raise Refused(answer.status, path)
            return await answer.read()

    async def person(
        self,
        first_name: str,
        *,
        last_name: str = "",
        language: str = "en",
        phone: str = "",
        username: str = "",
        id: int | None = None,  # noqa: A002 - the Bot API's word
        hides_forwards: bool = False,
        started: bool = False,
    ) -> Person:
        """Somebody new, who hasn't started the bot yet, or (``started``) did so long ago."""
        given = {
            "first_name": first_name,
            "last_name": last_name,
            "language_code": language,
            "phone": phone,
            "username": username,
            "hides_forwards": hides_forwards,
            "started": started,
        }
        return self._meet(await self.call("POST", "/people", given if id is None else given | {"id": id}))

    async def known(self, person_id: int) -> Person:
        """Somebody whom the stand-in knows already, with all that stands in their chats."""
        raw = await self.call("GET", f"/people/{person_id}")
        person = self._meet(raw)
        for chat in raw["chats"]:
            whole = await self.call("GET", f"/people/{person_id}/chat?chat={chat['id']}")
            person.phone.load(whole)
        return person

    async def group(self, title: str, creator: Person, *members: Person, with_bot: bool = True) -> int:
        """A group made by ``creator``; its chat id."""
        body = {"title": title, "members": [member.id for member in members], "with_bot": with_bot}
        chat = await creator.does("group", body)
        return int(chat["id"])

    def _meet(self, raw: Json) -> Person:
        person = self._people.get(raw["id"])
        if person is None:
            person = self._people[raw["id"]] = Person(self, raw)
        return person

    async def _follow(self, after: int, ready: asyncio.Future[None]) -> None:
        if self._http is None:
            return
        timeout = aiohttp.ClientTimeout(total=None, sock_read=None)
        while True:
            try:
                async with self._http.get(f"{self.url}/people/events?after={after}", timeout=timeout) as stream:
                    if stream.status != 200:
                        break
                    if not ready.done():
                        ready.set_result(None)
                    after = await self._read(stream, after)
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(RECONNECT)
        error = Refused(stream.status, "the event stream is refused")
        if not ready.done():
            ready.set_exception(error)
        for person in self._people.values():
            person.phone.lost(error)

    async def _read(self, stream: aiohttp.ClientResponse, after: int) -> int:
        pending = b""
        async for chunk in stream.content.iter_any():
            *frames, pending = (pending + chunk).split(b"\n\n")
            for frame in frames:
                data = frame.partition(b"data: ")[2]
                if data:
                    event = json.loads(data)
                    after = event["seq"]
                    self._dispatch(event)
        return after

    def _dispatch(self, event: Json) -> None:
        seen_by = event["people"] if event["people"] is not None else list(self._people)
        for person_id in seen_by:
            person = self._people.get(person_id)
            if person is not None:
                person.phone.take(event)
