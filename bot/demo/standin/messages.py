"""Messages: written, changed, deleted, and as each side sees them.

Whatever makes a message, a method of the bot or an action of a person, calls :func:`post`; the update for the bot and
the event for the people follow from it. Example::

    post(world, chat, person, {"text": "hello"})
"""

from __future__ import annotations

import re
from typing import Final

from bot.demo.standin import keyboards
from bot.demo.standin.entities import to_html
from bot.demo.standin.refusals import Json
from bot.demo.standin.world import ADMINISTRATORS, Account, Chat, Message, World

_FILES: Final = ("photo", "document", "video", "video_note", "voice", "audio")
_SERVICE = """
group_chat_created new_chat_members left_chat_member migrate_to_chat_id migrate_from_chat_id pinned_message
"""
SERVICE: Final = frozenset(_SERVICE.split())
"""Messages that nobody wrote: https://core.telegram.org/bots/api#message"""


def post(
    world: World,
    chat: Chat,
    sender: Account,
    content: Json,
    *,
    markup: Json | None = None,
    reply_to: int | None = None,
    via_bot: bool = False,
    origin: Json | None = None,
    album: str | None = None,
    protected: bool = False,
) -> Message:
    """Write a message into ``chat``; its people see it, and the bot, if it isn't its own and it may."""
    message = Message(
        chat, chat.next_id, sender, world.clock.date(), content, markup, reply_to, via_bot, origin, album, protected
    )
    chat.next_id += 1
    chat.messages[message.id] = message
    if len(chat.messages) > world.settings.messages_per_chat:
        chat.messages.popitem(last=False)
    if sender is world.bot and chat.typing is not None:
        chat.typing = None
        world.tell({"type": "typing", "chat_id": chat.id, "action": "", "until": 0}, chat.people())
    show(world, message, "message")
    if markup is not None and sender is world.bot and message.inline_keyboard is None:
        _keyboard(world, message, markup)
    if bot_sees(world, message):
        world.updates.push("message", for_bot(world, message), chat.id)
    return message


def _keyboard(world: World, message: Message, markup: Json) -> None:
    """What a reply keyboard, its removal or a forced reply does to the chat."""
    chat = message.chat
    if "keyboard" in markup:
        chat.keyboard = {**markup, "keyboard": keyboards.keys(markup), "message_id": message.id}
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    chat.force_reply = message.id if markup.get("force_reply") else None
    keyboard_changed(world, chat)


def keyboard_changed(world: World, chat: Chat) -> None:
    """Tell the chat's people which keyboard stands below it."""
    event = {"type": "keyboard", "chat_id": chat.id, "keyboard": chat.keyboard, "force_reply": chat.force_reply}
    world.tell(event, chat.people())


def show(world: World, message: Message, kind: str) -> None:
    """Tell the chat's people about a new (``message``) or changed (``edited``) message."""
    message.seq = world.events.seq + 1
    world.tell({"type": kind, "chat_id": message.chat.id, "message": for_people(world, message)}, message.chat.people())


def changed(world: World, message: Message, *, dated: bool = True) -> None:
    """After a change: the date, and the news for both sides. Buttons alone don't date it."""
    if dated:
        message.edit_date = world.clock.date()
    show(world, message, "edited")
    if dated and message.sender is not world.bot and not message.via_bot and bot_sees(world, message):
        world.updates.push("edited_message", for_bot(world, message), message.chat.id)


def delete(world: World, chat: Chat, message_ids: list[int]) -> None:
    """Take messages out of a chat; the bot isn't told, as with Telegram."""
    for message_id in message_ids:
        chat.messages.pop(message_id, None)
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
    world.tell({"type": "deleted", "chat_id": chat.id, "message_ids": message_ids}, chat.people())


def bot_sees(world: World, message: Message) -> bool:
    """Whether the bot gets a person's message.

    In groups with privacy mode, only what concerns it: https://core.telegram.org/bots/features#privacy-mode
    """
    chat = message.chat
    if message.sender is world.bot or not world.with_bot(chat) or chat.type == "direct":
        return False
    if chat.type == "private" or not world.settings.privacy_mode or chat.members[world.bot.id] in ADMINISTRATORS:
        return True
    content = message.content
    if message.via_bot or SERVICE & content.keys():
        return True
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and replied.sender is world.bot:
        return True
    text = str(content.get("text") or content.get("caption") or "")
    command = re.match(r"/\w+(?:@(\w+))?", text)
    if command and (command.group(1) or world.bot.username).lower() == world.bot.username.lower():
        return True
    return bool(re.search(rf"@{re.escape(world.bot.username)}\b", text, re.IGNORECASE))


def for_bot(world: World, message: Message, *, nested: bool = True) -> Json:
    """As https://core.telegram.org/bots/api#message; a replied message comes without its own reply."""
    out: Json = {
        "message_id": message.id,
        "from": message.sender.user(),
        "chat": message.chat.as_json(),
        "date": message.date,
    }
    if message.origin is not None:
        out["forward_origin"] = message.origin
    if nested and message.reply_to is not None:
        replied = message.chat.messages.get(message.reply_to)
        if replied is not None:
            out["reply_to_message"] = for_bot(world, replied, nested=False)
    if message.via_bot:
        out["via_bot"] = world.bot.user()
    if message.edit_date is not None:
        out["edit_date"] = message.edit_date
    if message.protected:
        out["has_protected_content"] = True
    if message.album is not None:
        out["media_group_id"] = message.album
    out.update(message.content)
    if message.inline_keyboard is not None:
        out["reply_markup"] = message.inline_keyboard
    return out


def for_people(world: World, message: Message) -> Json:
    """The same, with what a page needs: safe HTML, addresses of files, reactions, the number of the last change."""
    out = for_bot(world, message)
    content = message.content
    if "text" in content:
        out["html"] = to_html(content["text"], content.get("entities", []))
    elif "caption" in content:
        out["html"] = to_html(content["caption"], content.get("caption_entities", []))
    files = [_file(world, kind, content[kind]) for kind in _FILES if kind in content]
    if files:
        out["files"] = files
    if message.reactions:
        out["reactions"] = {str(user): emoji for user, emoji in message.reactions.items()}
    out["seq"] = message.seq
    return out


def _file(world: World, kind: str, value: Json | list[Json]) -> Json:
    """A file as a page shows it."""
    biggest = value[-1] if isinstance(value, list) else value
    file_id = biggest["file_id"]
    file = world.files.by_id.get(file_id)
    return {
        "kind": kind,
        "file_id": file_id,
        "url": f"/people/files/{file_id}",
        "name": file.name if file else "",
        "mime_type": file.mime_type if file else "",
        "size": len(file.data) if file else 0,
    }


def describe_chat(world: World, chat: Chat) -> Json:
    """A chat as a page shows it, without its messages."""
    typing = chat.typing if chat.typing and chat.typing[1] > world.clock.now() else None
    return {
        **chat.as_json(),
        "type": chat.type,
        "title": chat.title,
        "started": chat.started,
        "blocked": chat.blocked,
        "keyboard": chat.keyboard,
        "force_reply": chat.force_reply,
        "typing": typing and {"action": typing[0], "until": typing[1]},
        "pinned": list(chat.pinned),
        "members": [
            {**account.user(), "status": chat.members[account.id]}
            for account in (world.account(user_id) for user_id in chat.people())
            if account is not None
        ],
        "migrated_to": chat.migrated_to,
    }


def chat_changed(world: World, chat: Chat) -> None:
    """Tell its people that a chat changed, other than by its messages."""
    world.tell({"type": "chat", "chat_id": chat.id, "chat": describe_chat(world, chat)}, chat.people())
