"""edit…, delete… and reactions: changes to messages. Called through ``METHODS``."""

from __future__ import annotations

from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.content import caption_content, text_content
from bot.demo.standin.keyboards import checked
from bot.demo.standin.messages import SERVICE, changed, delete, for_bot, show
from bot.demo.standin.methods.sending import album_item, resolve_mentions
from bot.demo.standin.refusals import Json, bad_request
from bot.demo.standin.signatures import Call
from bot.demo.standin.world import ADMINISTRATORS, Chat, Message, World

_CAPTION: Final = ("caption", "caption_entities", "show_caption_above_media")
_FILES: Final = ("photo", "video", "document", "audio", "voice")
_REACTIONS = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕
😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS: Final = frozenset(_REACTIONS.split())
"""https://core.telegram.org/bots/api#reactiontypeemoji"""


def _target(world: World, call: Call) -> Message:
    """The message to change.

    https://core.telegram.org/bots/api#updating-messages: only the bot's own messages, only those "without reply_markup
    or with inline keyboards"; https://core.telegram.org/bots/api#editmessagetext for the two ways to name one.
    """
    inline_id = call.text("inline_message_id")
    if inline_id:
        message = world.inline_messages.get(inline_id)
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    chat = world.writable_chat(call.values.get("chat_id"))
    message_id = call.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot or message.origin is not None or SERVICE & message.content.keys():
        raise bad_request("message can't be edited")
    if message.markup is not None and message.inline_keyboard is None:
        raise bad_request("message can't be edited")
    return message


def _apply(world: World, call: Call, message: Message, content: Json, markup: Json | None) -> Json | bool:
    """Change it, unless nothing would change, which Telegram refuses."""
    if _comparable(content) == _comparable(message.content) and markup == message.markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current"
            " content and reply markup of the message"
        )
    only_buttons = content is message.content
    message.content = content
    message.markup = markup
    changed(world, message, dated=not only_buttons)
    return True if call.text("inline_message_id") else for_bot(world, message)


def _comparable(content: Json) -> Json:
    """Without what Telegram doesn't compare."""
    return {key: value for key, value in content.items() if key != "link_preview_options"}


def _text(world: World, call: Call) -> Json | bool:
    content = text_content(call.text("text"), call.text("parse_mode"), call.array("entities"))
    markup = checked(call.mapping("reply_markup"), inline_only=True)
    message = _target(world, call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    preview = call.mapping("link_preview_options")
    if preview is not None:
        content["link_preview_options"] = preview
    return _apply(world, call, message, resolve_mentions(world, content), markup)


def _caption(world: World, call: Call) -> Json | bool:
    caption = caption_content(call.text("caption"), call.text("parse_mode"), call.array("caption_entities"))
    markup = checked(call.mapping("reply_markup"), inline_only=True)
    message = _target(world, call)
    if not any(kind in message.content for kind in _FILES):
        raise bad_request("there is no caption in the message to edit")
    content = {key: value for key, value in message.content.items() if key not in _CAPTION} | caption
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _apply(world, call, message, resolve_mentions(world, content), markup)


def _media(world: World, call: Call) -> Json | bool:
    """https://core.telegram.org/bots/api#editmessagemedia: an album's item only becomes a fitting one."""
    markup = checked(call.mapping("reply_markup"), inline_only=True)
    message = _target(world, call)
    media = call.mapping("media") or {}
    if message.album is not None:
        held = next((kind for kind in _FILES if kind in message.content), "")
        alike = {"photo": ("photo", "video"), "video": ("photo", "video")}.get(held, (held,))
        if media.get("type") not in alike:
            raise bad_request("can't use the media of the specified type in the album")
    if call.text("inline_message_id") and not isinstance(call.attached("media", media.get("media")), str):
        # "a new file can't be uploaded": https://core.telegram.org/bots/api#editmessagemedia
        raise bad_request("can't upload a file to an inline message")
    return _apply(world, call, message, album_item(world, call, media), markup)


def _markup(world: World, call: Call) -> Json | bool:
    markup = checked(call.mapping("reply_markup"), inline_only=True)
    message = _target(world, call)
    return _apply(world, call, message, message.content, markup)


def _check_deletable(world: World, message: Message) -> None:
    """https://core.telegram.org/bots/api#deletemessage lists these; a bot deletes others' messages in groups only as
    administrator.
    """
    chat = message.chat
    if world.clock.now() - message.date > limits.DELETE_AGE:
        raise bad_request("message can't be deleted for everyone")
    if message.sender is not world.bot and chat.type != "private" and chat.members[world.bot.id] not in ADMINISTRATORS:
        raise bad_request("message can't be deleted")


def _delete(world: World, call: Call) -> bool:
    chat = world.writable_chat(call.values.get("chat_id"))
    message_id = call.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, message)
    delete(world, chat, [message_id])
    return True


def _delete_many(world: World, call: Call) -> bool:
    """1-100; those that aren't there are passed over: https://core.telegram.org/bots/api#deletemessages"""
    ids = call.message_ids(limits.DELETE_MANY)
    chat = world.writable_chat(call.values.get("chat_id"))
    found = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in found:
        _check_deletable(world, message)
    delete(world, chat, [message.id for message in found])
    return True


def _reaction(world: World, call: Call) -> bool:
    """At most one, of the standard ones: https://core.telegram.org/bots/api#setmessagereaction"""
    chat = world.writable_chat(call.values.get("chat_id"))
    message = _existing(chat, call, "message to react not found")
    given = call.array("reaction")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = given[0].get("emoji") if given and isinstance(given[0], dict) else None
    if given and (emoji is None or emoji.replace("\ufe0f", "") not in REACTIONS):
        raise bad_request("REACTION_INVALID")
    if emoji is None:
        message.reactions.pop(world.bot.id, None)
    else:
        message.reactions[world.bot.id] = emoji
    show(world, message, "edited")
    return True


def _existing(chat: Chat, call: Call, words: str) -> Message:
    message_id = call.integer("message_id")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(words) if message_id > 0 else bad_request("message identifier is not specified")
    return message


METHODS: Final = {
    "editMessageText": _text,
    "editMessageCaption": _caption,
    "editMessageMedia": _media,
    "editMessageReplyMarkup": _markup,
    "deleteMessage": _delete,
    "deleteMessages": _delete_many,
    "setMessageReaction": _reaction,
}
