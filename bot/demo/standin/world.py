"""Everybody and everything: the bot, the people, their chats and messages, commands, open questions.

``messages`` writes messages into it, ``methods`` and ``actions`` change the rest. Nothing here knows HTTP. Example::

    world = World(Settings("12345:secret", "my_bot", "My bot"), Clock())
    li = world.add_person({"first_name": "李雷", "language_code": "zh"})
    world.chats[li.id].started        # False: the bot can't write to them yet
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.clock import Clock
from bot.demo.standin.events import Events
from bot.demo.standin.files import Files
from bot.demo.standin.inline import InlineCache
from bot.demo.standin.refusals import Json, bad_request, forbidden, migrated
from bot.demo.standin.updates import Updates

ADMINISTRATORS: Final = ("creator", "administrator")
PRESENT: Final = ("creator", "administrator", "member", "restricted")


@dataclass(slots=True)
class Account:
    """A person or the bot. ``hides_forwards``: their name in forwarded messages leads to nobody."""

    id: int
    is_bot: bool
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    phone: str = ""
    hides_forwards: bool = False

    def user(self) -> Json:
        """As https://core.telegram.org/bots/api#user"""
        out: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            out["last_name"] = self.last_name
        if self.username:
            out["username"] = self.username
        if self.language_code:
            out["language_code"] = self.language_code
        return out

    def as_json(self) -> Json:
        """With what only the person's own side knows."""
        return {**self.user(), "phone": self.phone, "hides_forwards": self.hides_forwards}


@dataclass(eq=False, slots=True)
class Message:
    """One message.

    ``content`` holds the Bot API's fields of what it says; ``markup`` the keyboard as the bot sent it.
    """

    chat: Chat
    id: int
    sender: Account
    date: int
    content: Json
    markup: Json | None = None
    reply_to: int | None = None
    via_bot: bool = False
    origin: Json | None = None
    album: str | None = None
    protected: bool = False
    edit_date: int | None = None
    inline_id: str | None = None
    reactions: dict[int, str] = field(default_factory=dict)
    seq: int = 0

    @property
    def inline_keyboard(self) -> Json | None:
        """The markup, if it is buttons of the message itself."""
        return self.markup if self.markup and "inline_keyboard" in self.markup else None


@dataclass(eq=False, slots=True)
class Chat:
    """A chat.

    ``members`` maps ids to a status of https://core.telegram.org/bots/api#chatmember; the bot's stands there too.
    """

    id: int
    type: str
    title: str
    members: dict[int, str]
    owner: Account | None = None
    started: bool = False
    blocked: bool = False
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    next_id: int = 1
    keyboard: Json | None = None
    force_reply: int | None = None
    typing: tuple[str, float] | None = None
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None
    migrated_to: int | None = None

    def as_json(self) -> Json:
        """As https://core.telegram.org/bots/api#chat"""
        if self.owner is not None:
            user = self.owner.user()
            names: Json = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
            return {"id": self.id, **names, "type": "private"}
        return {"id": self.id, "title": self.title, "type": self.type}

    def people(self) -> list[int]:
        """The ids of those who see it, the bot's among them."""
        return [member for member, status in self.members.items() if status in PRESENT]


@dataclass(slots=True)
class Query:
    """A pressed button or an inline query that waits for the bot's answer."""

    id: str
    person: Account
    at: float
    chat_id: int | None = None
    message_id: int | None = None
    answered: bool = False
    results: list[Json] = field(default_factory=list)
    text: str = ""
    offset: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a stand-in is made with. Bytes and counts bound its memory."""

    token: str
    bot_username: str
    bot_name: str
    strict_parameters: bool = True
    privacy_mode: bool = True
    inline_mode: bool = True
    inline_feedback: bool = False
    messages_per_chat: int = 2_000
    file_bytes: int = 256 * 1024 * 1024
    events: int = 5_000
    updates: int = 100_000
    requests: int = 10_000
    query_seconds: float = limits.QUERY_SECONDS

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token: https://core.telegram.org/bots/api#authorizing-your-bot"""
        return int(self.token.split(":", 1)[0])


class World:
    """All that the stand-in remembers."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.events = Events(settings.events)
        self.updates = Updates(clock, settings.updates)
        self.files = Files(settings.file_bytes)
        self.bot = Account(settings.bot_id, True, settings.bot_name, username=settings.bot_username)
        self.people: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.inline_messages: OrderedDict[str, Message] = OrderedDict()
        self.inline_cache = InlineCache(clock)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_button: Json = {"type": "commands"}
        self._next_person = 700_000_001
        self._next_group = 4_000_001
        self._next_direct = 9_000_000_000_000_001

    # people and chats

    def add_person(self, given: Json) -> Account:
        """A new person and their chat with the bot, which they haven't started.

        Raises ValueError for an id that is taken.
        """
        person_id = given.get("id")
        if person_id is None:
            while self._next_person in self.people:
                self._next_person += 1
            person_id = self._next_person
        if (
            not isinstance(person_id, int)
            or not 0 < person_id < 2**52
            or person_id in self.people
            or person_id == self.bot.id
        ):
            raise ValueError("the id is taken, or not one of a person")
        texts = {
            key: str(given.get(key) or "")[:64]
            for key in ("first_name", "last_name", "username", "language_code", "phone")
        }
        person = Account(
            person_id,
            False,
            **{**texts, "first_name": texts["first_name"] or "?"},
            hides_forwards=given.get("hides_forwards") is True,
        )
        self.people[person_id] = person
        members = {person_id: "member", self.bot.id: "member"}
        started = given.get("started") is True
        self.chats[person_id] = Chat(person_id, "private", "", members, owner=person, started=started)
        self.events.add({"type": "person", "person": person.as_json()})
        return person

    def add_group(self, title: str, members: dict[int, str], kind: str = "group") -> Chat:
        """A new group or supergroup."""
        number = self._next_group
        self._next_group += 1
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, members, started=True)
        return chat

    def direct(self, one: Account, other: Account) -> Chat:
        """The chat of two people, which the bot can't see."""
        pair = {one.id, other.id}
        for chat in self.chats.values():
            if chat.type == "direct" and set(chat.members) == pair:
                return chat
        chat = Chat(self._next_direct, "direct", "", dict.fromkeys(sorted(pair), "member"), started=True)
        self._next_direct += 1
        self.chats[chat.id] = chat
        return chat

    def chats_of(self, person: Account) -> list[Chat]:
        """What a person sees."""
        return [chat for chat in self.chats.values() if chat.members.get(person.id) in PRESENT]

    def account(self, user_id: int) -> Account | None:
        """A person or the bot."""
        return self.bot if user_id == self.bot.id else self.people.get(user_id)

    def with_bot(self, chat: Chat) -> bool:
        """Whether the bot is in the chat."""
        return chat.members.get(self.bot.id) in PRESENT

    # what the bot may address

    def known_chat(self, chat_id: object) -> Chat:
        """The chat that the bot names, blocked or not.

        A person's @username is no address: only channels and groups have one.
        """
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(str(chat_id)))
        except ValueError:
            chat = None
        if chat is None or chat.type == "direct":
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def writable_chat(self, chat_id: object) -> Chat:
        """The chat that the bot wants to write to.

        Blocked, never started, thrown out: https://core.telegram.org/bots/faq#what-messages-will-my-bot-get and
        https://core.telegram.org/bots#how-are-bots-different-from-users ("Bots can't initiate conversations with
        users").
        """
        chat = self.known_chat(chat_id)
        if chat.type == "private":
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif not self.with_bot(chat):
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        return chat

    # open questions

    def ask(
        self,
        person: Account,
        chat_id: int | None = None,
        message_id: int | None = None,
        text: str = "",
        offset: str = "",
    ) -> Query:
        """A new query of a person; the oldest of very many are forgotten."""
        number = str(secrets.randbelow(2**62) + 2**61)
        query = Query(number, person, self.clock.now(), chat_id, message_id, text=text, offset=offset)
        self.queries[query.id] = query
        while len(self.queries) > 10_000:
            self.queries.popitem(last=False)
        return query

    def open_query(self, query_id: str) -> Query:
        """The query that the bot answers; refuses one that is unknown or too old."""
        query = self.queries.get(query_id)
        if query is None or self.clock.now() - query.at > self.settings.query_seconds:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    def tell(self, event: Json, people: Iterable[int] | None) -> None:
        """An event for some people, or for all (None)."""
        self.events.add(event, None if people is None else list(people))
