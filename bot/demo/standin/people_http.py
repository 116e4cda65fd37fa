"""The person side over HTTP: routes to actions, chats as JSON, files, the event stream. The package's docstring is its
manual.

``server`` routes ``/people`` here, after the access check. Example::

    PeopleSide(world).serve(exchange)      # exchange.rest == "700000001/say"
"""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import quote

from bot.demo.standin.actions import ACTIONS, Given, Impossible, own_chat
from bot.demo.standin.files import File, image_type
from bot.demo.standin.messages import describe_chat, for_people
from bot.demo.standin.methods.profile import commands_for, profile_text
from bot.demo.standin.occasions import OCCASIONS
from bot.demo.standin.refusals import Json, Refusal
from bot.demo.standin.wire import Exchange, Malformed
from bot.demo.standin.world import Account, Chat, World

_GESTURES: Final = ACTIONS | OCCASIONS
_SHOWN: Final = frozenset(
    ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/webm", "video/mp4", "video/webm", "video/ogg")
)
"""Types beside pictures that a browser plays and never runs."""
HEARTBEAT: Final = 15.0
"""Seconds between comments on a quiet stream, so that both sides notice a broken one."""


class PeopleSide:
    """Answers everything under ``/people``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def serve(self, exchange: Exchange) -> None:
        """One request; what can't be done is answered with its reason."""
        try:
            self._route(exchange, [part for part in exchange.rest.split("/") if part])
        except Impossible as why:
            exchange.json(why.status, {"error": str(why)})
        except Refusal as why:
            exchange.json(400, {"error": why.description})
        except Malformed as why:
            exchange.json(400, {"error": str(why)})

    def _route(self, exchange: Exchange, parts: list[str]) -> None:
        get = exchange.method == "GET"
        if not parts:
            exchange.json(200, self._overview() if get else self._new_person(exchange))
        elif parts == ["events"]:
            self._stream(exchange)
        elif len(parts) == 2 and parts[0] == "files":
            self._file(exchange, parts[1])
        elif get:
            exchange.json(200, self._read(exchange, self._person(parts[0]), parts[1:]))
        elif len(parts) == 2 and parts[1] in _GESTURES:
            fields, files = exchange.form()
            given = Given(fields, [upload for found in files.values() for upload in found])
            exchange.json(200, _GESTURES[parts[1]](self._world, self._person(parts[0]), given))
        else:
            raise Impossible("no such thing", 404)

    def _person(self, text: str) -> Account:
        person = self._world.people.get(int(text)) if text.isdecimal() and len(text) < 17 else None
        if person is None:
            raise Impossible("no such person", 404)
        return person

    def _overview(self) -> Json:
        world = self._world
        bot = {
            **world.bot.user(),
            "description": profile_text(world, "description", ""),
            "short_description": profile_text(world, "short_description", ""),
            "commands": world.commands.get(("default", ""), []),
        }
        people = [person.as_json() for person in world.people.values()]
        return {"bot": bot, "people": people, "now": world.clock.now(), "seq": world.events.seq}

    def _new_person(self, exchange: Exchange) -> Json:
        fields, _ = exchange.form()
        try:
            return self._world.add_person(fields).as_json()
        except ValueError as error:
            raise Impossible(str(error)) from error

    def _read(self, exchange: Exchange, person: Account, parts: list[str]) -> Json:
        if not parts:
            chats = [self._chat(person, chat) for chat in self._world.chats_of(person)]
            return {**person.as_json(), "chats": chats, "seq": self._world.events.seq}
        if parts != ["chat"]:
            raise Impossible("no such thing", 404)
        asked = Given(exchange.query)
        chat = own_chat(self._world, person, asked.number("chat"))
        limit = asked.number("limit") or len(chat.messages)
        messages = list(chat.messages.values())[-limit:]
        return {
            **self._chat(person, chat),
            "messages": [for_people(self._world, message) for message in messages],
            "seq": self._world.events.seq,
        }

    def _chat(self, person: Account, chat: Chat) -> Json:
        world = self._world
        language = person.language_code[:2].lower()
        return {
            **describe_chat(world, chat),
            "commands": commands_for(world, person, chat) if world.with_bot(chat) else [],
            "menu_button": chat.menu_button or world.menu_button,
            "description": profile_text(world, "description", language) if chat.type == "private" else "",
        }

    def _file(self, exchange: Exchange, file_id: str) -> None:
        """A person's file is hostile: it is never a page, and only pictures, sound and video are shown at all."""
        file = self._world.files.by_id.get(file_id)
        if file is None:
            raise Impossible("no such file", 404)
        shown = _shown_type(file)
        name = quote(file.name.replace("/", "_")[:200] or "file", safe="")
        headers = {
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, max-age=3600",
        }
        exchange.send(200, file.data, shown or "application/octet-stream", headers)

    def _stream(self, exchange: Exchange) -> None:
        """Server-sent events: what was missed, then what comes. https://html.spec.whatwg.org/multipage/server-sent-events.html"""
        asked = Given(exchange.query | ({"after": last} if (last := exchange.header("Last-Event-ID")) else {}))
        person = asked.number("person")
        events = self._world.events
        after = asked.number("after")
        after = events.seq if after is None else after
        exchange.stream("text/event-stream")
        exchange.write(b": hello\n\n" + events.since(after, person))
        stop = events.listen(person, exchange.write)
        beat = _Heartbeat(exchange)

        def gone() -> None:
            stop()
            beat.stop()

        exchange.on_close(gone)


class _Heartbeat:
    """A comment on the stream every now and then."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._timer = asyncio.get_running_loop().call_later(HEARTBEAT, self._beat)

    def _beat(self) -> None:
        self._exchange.write(b": \n\n")
        self._timer = asyncio.get_running_loop().call_later(HEARTBEAT, self._beat)

    def stop(self) -> None:
        """No more."""
        self._timer.cancel()


def _shown_type(file: File) -> str | None:
    """The type under which a browser may show a file, None if it may only be saved."""
    return image_type(file.data) or (file.mime_type if file.mime_type in _SHOWN else None)
