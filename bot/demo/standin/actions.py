"""What a person does in their chats: each function one gesture, with the updates that the bot gets from it.

``people_http`` calls them with the request's fields. What can't be done raises :class:`Impossible`. Example::

    say(world, person, Given({"text": "hello"}))
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from bot.demo.standin import limits
from bot.demo.standin.content import caption_content, contact_content, text_content
from bot.demo.standin.entities import units
from bot.demo.standin.messages import (
    SERVICE,
    changed,
    chat_changed,
    delete,
    for_bot,
    for_people,
    keyboard_changed,
    post,
    show,
)
from bot.demo.standin.methods.chats import change_bot_status
from bot.demo.standin.methods.sending import origin_of
from bot.demo.standin.refusals import Json
from bot.demo.standin.wire import Upload
from bot.demo.standin.world import ADMINISTRATORS, PRESENT, Account, Chat, Message, World


class Impossible(Exception):
    """The person can't do that; ``status`` is the HTTP status of the answer."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Given:
    """A request's fields (JSON values or form texts) and files."""

    fields: Json
    files: list[Upload] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return self.fields.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A text, empty if absent."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """A whole number, None if absent."""
        if name not in self:
            return None
        try:
            return int(str(self.fields[name]))
        except ValueError:
            raise Impossible(f"{name} must be a number") from None

    def flag(self, name: str, *, default: bool) -> bool:
        """A Boolean."""
        return str(self.fields.get(name, default)).lower() in ("true", "1")


def own_chat(world: World, person: Account, chat_id: int | None) -> Chat:
    """A chat that the person sees; their chat with the bot if None."""
    chat = world.chats.get(person.id if chat_id is None else chat_id)
    if chat is None or chat.members.get(person.id) not in PRESENT:
        raise Impossible("no such chat", 404)
    return chat


def place(world: World, person: Account, given: Given) -> Chat:
    """Where the person writes. Writing to the bot for the first time starts the chat."""
    to = given.number("to")
    if to is not None:
        other = world.people.get(to)
        if other is None or other is person:
            raise Impossible("no such person", 404)
        return world.direct(person, other)
    chat = own_chat(world, person, given.number("chat"))
    if chat.migrated_to is not None:
        raise Impossible("the group has become a supergroup")
    if chat.blocked:
        raise Impossible("the bot is blocked by this person", 403)
    if not chat.started:
        chat.started = True
        chat_changed(world, chat)
    return chat


def _message(chat: Chat, given: Given, name: str = "message_id") -> Message:
    message = chat.messages.get(given.number(name) or 0)
    if message is None:
        raise Impossible("no such message", 404)
    return message


def send(world: World, person: Account, given: Given, content: Json, album: str | None = None) -> Message:
    """Write a message where ``given`` says, as a reply if it says so."""
    chat = place(world, person, given)
    reply_to = _message(chat, given, "reply_to").id if "reply_to" in given else None
    chat.force_reply = None
    return post(world, chat, person, content, reply_to=reply_to, album=album)


def _pieces(text: str) -> list[str]:
    """A text as Telegram's apps send it: cut where it is longer than a message may be."""
    pieces = []
    while units(text) > limits.TEXT:
        cut = limits.TEXT
        while units(text[:cut]) > limits.TEXT:
            cut -= 1
        space = max(text.rfind("\n", cut // 2, cut), text.rfind(" ", cut // 2, cut))
        cut = space if space > 0 else cut
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def say(world: World, person: Account, given: Given) -> Json:
    """Send a text; a very long one goes as several messages, of which the last is the answer."""
    sent: Message | None = None
    for piece in _pieces(given.text("text")):
        sent = send(world, person, given, text_content(piece))
    if sent is None:
        raise Impossible("nothing to say")
    return for_people(world, sent)


def start(world: World, person: Account, given: Given) -> Json:
    """Press Start, with a deep link's payload or none: https://core.telegram.org/bots/features#deep-linking"""
    payload = given.text("payload")
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{0,{limits.START_PAYLOAD}}}", payload):
        raise Impossible("a payload has up to 64 of A-Z a-z 0-9 _ -")
    chat = own_chat(world, person, None)
    if chat.blocked:
        change_bot_status(world, chat, "member", by=person.user())
    return say(world, person, Given({"text": f"/start {payload}".strip()}))


def open_link(world: World, person: Account, given: Given) -> Json:
    """Follow a link to the bot: https://core.telegram.org/api/links#bot-links"""
    parts = urlsplit(given.text("url").strip())
    query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.scheme == "tg" and parts.netloc == "resolve":
        name = query.get("domain", "")
    elif parts.scheme in ("http", "https") and parts.netloc.lower() in ("t.me", "telegram.me", "telegram.dog"):
        name = parts.path.strip("/")
    else:
        raise Impossible("not a link to Telegram")
    if name.lower() != world.bot.username.lower():
        raise Impossible("a link to somebody else", 404)
    if "text" in query:
        return say(world, person, Given({"text": query["text"]}))
    return start(world, person, Given({"payload": query.get("start", "")}))


def _button(message: Message, given: Given) -> Json:
    """The inline button that is meant; it must stand on the message."""
    rows: list[list[Json]] = (message.inline_keyboard or {}).get("inline_keyboard", [])
    row, column = given.number("row"), given.number("column")
    if row is not None and column is not None:
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            return rows[row][column]
        raise Impossible("no such button on that message")
    for button in (button for line in rows for button in line):
        if "callback_data" in given and button.get("callback_data") == given.text("callback_data"):
            return button
        if "callback_data" not in given and button["text"] == given.text("text"):
            return button
    raise Impossible("no such button on that message")


def tap(world: World, person: Account, given: Given) -> Json:
    """Press an inline button. ``forged`` sends any data with that message, as an altered app could."""
    chat = own_chat(world, person, given.number("chat"))
    message = _message(chat, given)
    button: Json = {"callback_data": given.text("forged")} if "forged" in given else _button(message, given)
    if "callback_data" in button:
        if chat.blocked:
            raise Impossible("the bot is blocked by this person", 403)
        return {"kind": "callback", "query_id": _press(world, person, message, button["callback_data"])}
    if "url" in button:
        return {"kind": "url", "url": button["url"]}
    if "copy_text" in button:
        return {"kind": "copy_text", "text": button["copy_text"]["text"]}
    for name, here in (("switch_inline_query_current_chat", True), ("switch_inline_query", False)):
        if name in button:
            return {"kind": "inline_query", "query": button[name], "here": here}
    return {"kind": "other", "button": button}


def _press(world: World, person: Account, message: Message, data: str) -> str:
    """https://core.telegram.org/bots/api#callbackquery"""
    query = world.ask(person, message.chat.id, message.id)
    update: Json = {"id": query.id, "from": person.user(), "chat_instance": str(message.chat.id * 7919), "data": data}
    if message.inline_id is not None:
        update["inline_message_id"] = message.inline_id
    else:
        update["message"] = for_bot(world, message)
    world.updates.push("callback_query", update, message.chat.id)
    return query.id


def key(world: World, person: Account, given: Given) -> Json:
    """Press a key of the reply keyboard: https://core.telegram.org/bots/api#keyboardbutton"""
    chat = own_chat(world, person, given.number("chat"))
    keyboard = chat.keyboard
    found = [k for row in (keyboard or {}).get("keyboard", []) for k in row if k["text"] == given.text("text")]
    if keyboard is None or not found:
        raise Impossible("no such key on the keyboard")
    chat_field = {"chat": chat.id}
    if found[0].get("request_contact"):
        sent = contact(world, person, Given(chat_field | {"reply_to": keyboard["message_id"]}))
    else:
        # in groups a key's text replies to the message of the keyboard
        reply = {} if chat.type == "private" else {"reply_to": keyboard["message_id"]}
        sent = say(world, person, Given(chat_field | {"text": given.text("text")} | reply))
    if keyboard.get("one_time_keyboard"):
        chat.keyboard = None
        keyboard_changed(world, chat)
    return sent


def contact(world: World, person: Account, given: Given) -> Json:
    """Share a contact: own, of another person here, or of anybody by number."""
    subject = person
    if "person" in given:
        other = world.people.get(given.number("person") or 0)
        if other is None:
            raise Impossible("no such person", 404)
        subject = other
    if "phone_number" in given:
        phone, first, last, vcard = (given.text(n) for n in ("phone_number", "first_name", "last_name", "vcard"))
        content = contact_content(phone, first, last, vcard, given.number("user_id"))
    elif not subject.phone:
        raise Impossible("this person has no phone number")
    else:
        content = contact_content(subject.phone, subject.first_name, subject.last_name, given.text("vcard"), subject.id)
    return for_people(world, send(world, person, given, content))


def forward(world: World, person: Account, given: Given) -> Json:
    """Forward a message from any chat that the person sees, or several at once (``message_ids``); the first of them.

    Those of one album stay one, under a new id: https://core.telegram.org/method/messages.forwardMessages
    """
    chat_from = own_chat(world, person, given.number("from"))
    ids = given.fields.get("message_ids") or [given.number("message_id") or 0]
    if not isinstance(ids, list) or not ids:
        raise Impossible("message_ids is a list")
    sources = [_message(chat_from, Given({"message_id": each})) for each in ids]
    if any(source.protected or SERVICE & source.content.keys() for source in sources):
        raise Impossible("this message can't be forwarded", 403)
    chat = place(world, person, given)
    albums = {source.album: str(10**16 + secrets.randbelow(10**16)) for source in sources if source.album}
    alone = [source.album for source in sources]
    sent = [
        post(
            world, chat, person, dict(source.content), origin=origin_of(source),
            album=albums[source.album] if source.album and alone.count(source.album) > 1 else None,
        )
        for source in sources
    ]  # fmt: skip
    return for_people(world, sent[0])


def edit(world: World, person: Account, given: Given) -> Json:
    """Change an own text or caption."""
    message = _own_message(world, person, given)
    if "text" in message.content:
        message.content = text_content(given.text("text"))
    elif any(kind in message.content for kind in ("photo", "video", "document", "audio", "voice")):
        rest = {name: value for name, value in message.content.items() if name not in ("caption", "caption_entities")}
        message.content = rest | caption_content(given.text("text"))
    else:
        raise Impossible("this message can't be edited", 403)
    changed(world, message)
    return for_people(world, message)


def _own_message(world: World, person: Account, given: Given) -> Message:
    message = _message(own_chat(world, person, given.number("chat")), given)
    if message.sender is not person or message.origin is not None:
        raise Impossible("not this person's message", 403)
    if world.clock.now() - message.date > limits.DELETE_AGE:
        raise Impossible("too old to be changed", 403)
    return message


def remove(world: World, person: Account, given: Given) -> Json:
    """Delete an own message for everyone."""
    message = _own_message(world, person, given)
    delete(world, message.chat, [message.id])
    return {"deleted": message.id}


def react(world: World, person: Account, given: Given) -> Json:
    """Set or remove a reaction: https://core.telegram.org/bots/api#messagereactionupdated"""
    chat = own_chat(world, person, given.number("chat"))
    message = _message(chat, given)
    before, after = message.reactions.pop(person.id, ""), given.text("emoji")
    if after:
        message.reactions[person.id] = after
    show(world, message, "edited")
    if chat.type == "private" or chat.members.get(world.bot.id) in ADMINISTRATORS:
        update = {
            "chat": chat.as_json(),
            "message_id": message.id,
            "user": person.user(),
            "date": world.clock.date(),
            "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
            "new_reaction": [{"type": "emoji", "emoji": after}] if after else [],
        }
        world.updates.push("message_reaction", update, chat.id)
    return for_people(world, message)


def block(world: World, person: Account, _given: Given) -> Json:
    """Block the bot: https://core.telegram.org/bots/api#update (my_chat_member)"""
    chat = own_chat(world, person, None)
    if not chat.blocked:
        change_bot_status(world, chat, "kicked", by=person.user())
    return {"blocked": True}


def unblock(world: World, person: Account, _given: Given) -> Json:
    """Unblock it."""
    chat = own_chat(world, person, None)
    if chat.blocked:
        change_bot_status(world, chat, "member", by=person.user())
    return {"blocked": False}


Action = Callable[[World, Account, Given], Any]

ACTIONS: Final[dict[str, Action]] = {
    "say": say,
    "start": start,
    "open": open_link,
    "tap": tap,
    "key": key,
    "contact": contact,
    "forward": forward,
    "edit": edit,
    "delete": remove,
    "react": react,
    "block": block,
    "unblock": unblock,
}
"""The gestures by their name in the URL; ``occasions`` has those with groups, files and inline mode."""
