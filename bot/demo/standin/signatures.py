"""The Bot API's methods that the stand-in knows, with their parameters, and the reading of a request against them.

From https://core.telegram.org/bots/api#available-methods (Bot API 10.0). A parameter is written ``name:type``; ``!``
after it says that it is required where Telegram has no more telling words for its absence. ``bot_api`` reads requests
with :func:`read`, the methods take :class:`Call`. Example::

    call = read("sendMessage", {"chat_id": "7", "text": "hi"}, {}, strict=True)
    call.integer("chat_id")
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from bot.demo.standin.refusals import Json, Refusal, bad_request
from bot.demo.standin.wire import Upload

_GROUPS: Final = {
    "SEND": (
        "business_connection_id:text chat_id:chat message_thread_id:int direct_messages_topic_id:int"
        " disable_notification:bool protect_content:bool allow_paid_broadcast:bool message_effect_id:text"
        " reply_parameters:object"
    ),
    "SUGGEST": "suggested_post_parameters:object",
    "MARKUP": "reply_markup:object",
    "CAPTION": "caption:text parse_mode:text caption_entities:array",
    "MESSAGE": "business_connection_id:text chat_id:chat message_id:int inline_message_id:text",
    "PASS": (
        "chat_id:chat from_chat_id:chat message_thread_id:int direct_messages_topic_id:int disable_notification:bool"
        " protect_content:bool"
    ),
}
"""Parameters that several methods have."""

_METHODS: Final = """
getMe
logOut
close
getUpdates offset:int limit:int timeout:int allowed_updates:array
setWebhook url:text certificate:file ip_address:text max_connections:int allowed_updates:array
    drop_pending_updates:bool secret_token:text
deleteWebhook drop_pending_updates:bool
getWebhookInfo
sendMessage SEND SUGGEST MARKUP text:text parse_mode:text entities:array link_preview_options:object
sendPhoto SEND SUGGEST MARKUP CAPTION photo:file show_caption_above_media:bool has_spoiler:bool
sendDocument SEND SUGGEST MARKUP CAPTION document:file thumbnail:file disable_content_type_detection:bool
sendVideo SEND SUGGEST MARKUP CAPTION video:file duration:int width:int height:int thumbnail:file cover:file
    start_timestamp:int show_caption_above_media:bool has_spoiler:bool supports_streaming:bool
sendVoice SEND SUGGEST MARKUP CAPTION voice:file duration:int
sendAudio SEND SUGGEST MARKUP CAPTION audio:file duration:int performer:text title:text thumbnail:file
sendContact SEND SUGGEST MARKUP phone_number:text! first_name:text! last_name:text vcard:text
sendMediaGroup SEND media:array!
sendChatAction business_connection_id:text chat_id:chat message_thread_id:int action:text
forwardMessage PASS SUGGEST message_id:int video_start_timestamp:int message_effect_id:text
forwardMessages PASS message_ids:array
copyMessage PASS SUGGEST MARKUP CAPTION message_id:int video_start_timestamp:int show_caption_above_media:bool
    allow_paid_broadcast:bool message_effect_id:text reply_parameters:object
copyMessages PASS message_ids:array remove_caption:bool
editMessageText MESSAGE MARKUP text:text parse_mode:text entities:array link_preview_options:object
editMessageCaption MESSAGE MARKUP CAPTION show_caption_above_media:bool
editMessageMedia MESSAGE MARKUP media:object!
editMessageReplyMarkup MESSAGE MARKUP
deleteMessage chat_id:chat message_id:int
deleteMessages chat_id:chat message_ids:array
setMessageReaction chat_id:chat message_id:int reaction:array is_big:bool
answerCallbackQuery callback_query_id:text text:text show_alert:bool url:text cache_time:int
answerInlineQuery inline_query_id:text results:array! cache_time:int is_personal:bool next_offset:text button:object
setMyCommands commands:array! scope:object language_code:text
getMyCommands scope:object language_code:text
deleteMyCommands scope:object language_code:text
setMyName name:text language_code:text
getMyName language_code:text
setMyDescription description:text language_code:text
getMyDescription language_code:text
setMyShortDescription short_description:text language_code:text
getMyShortDescription language_code:text
setChatMenuButton chat_id:int menu_button:object
getChatMenuButton chat_id:int
getChat chat_id:chat
getChatMember chat_id:chat user_id:int!
getChatMemberCount chat_id:chat
getChatAdministrators chat_id:chat return_bots:bool
leaveChat chat_id:chat
pinChatMessage business_connection_id:text chat_id:chat message_id:int disable_notification:bool
unpinChatMessage business_connection_id:text chat_id:chat message_id:int
unpinAllChatMessages chat_id:chat
getFile file_id:text!
getUserProfilePhotos user_id:int! offset:int limit:int
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """A method's name as Telegram spells it, its parameters' types, and those it refuses to miss."""

    name: str
    types: dict[str, str]
    required: frozenset[str]


def _signatures() -> dict[str, Signature]:
    found = {}
    for text in _METHODS.replace("\n    ", " ").strip().splitlines():
        name, *words = text.split()
        parameters = " ".join(_GROUPS.get(word, word) for word in words).split()
        types = dict(parameter.rstrip("!").split(":") for parameter in parameters)
        required = frozenset(parameter.split(":")[0] for parameter in parameters if parameter.endswith("!"))
        found[name.lower()] = Signature(name, types, required)
    return found


SIGNATURES: Final = _signatures()
"""Lower-case method name to signature; Telegram's method names are case-insensitive."""


@dataclass(slots=True)
class Call:
    """A request that was read: ``values`` with the types of its signature, absent ones left out, and the ``files`` by
    part name.
    """

    method: str
    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A text parameter."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; ``default`` if absent."""
        value = self.values.get(name, default)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        """A Boolean, False if absent."""
        return self.values.get(name) is True

    def mapping(self, name: str) -> Json | None:
        """A JSON object, None if absent."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else None

    def array(self, name: str) -> list[Any]:
        """A JSON array, empty if absent."""
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def message_ids(self, most: int) -> list[int]:
        """The parameter of that name: 1 to ``most`` numbers, else a refusal."""
        ids = self.array("message_ids")
        if not ids:
            raise bad_request("message identifiers are not specified")
        if len(ids) > most:
            raise bad_request("too many message identifiers specified")
        return [_number("message_ids", message_id) for message_id in ids]

    def file(self, name: str) -> Upload | str | None:
        """An upload (as its own part or by attach://), a file_id, or None: https://core.telegram.org/bots/api#sending-files"""
        return self.attached(name, self.values.get(name))

    def attached(self, name: str, value: object) -> Upload | str | None:
        """What ``value`` (a file parameter's or InputMedia's) stands for; raises a refusal for a missing attachment."""
        if name in self.files:
            return self.files[name]
        if not isinstance(value, str) or not value:
            return None
        if value.startswith("attach://"):
            part = value.removeprefix("attach://")
            if part not in self.files:
                raise bad_request("file must be non-empty")
            return self.files[part]
        return value


def stricter(words: str) -> Refusal:
    """A refusal that Telegram wouldn't give, said as such, where it would silently ignore a bot's mistake."""
    return Refusal(400, f"Bad Request: {words} (the stand-in is stricter than Telegram here)")


def _decoded(name: str, value: object, kind: type, words: str) -> object:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
    if not isinstance(value, kind):
        raise bad_request(words)
    return value


def _number(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(str(value))
    except ValueError:
        raise stricter(f'parameter "{name}" must be an Integer') from None


def _typed(name: str, value: object, kind: str, *, strict: bool) -> object:
    if kind == "text":
        if strict and not isinstance(value, str):
            raise stricter(f'parameter "{name}" must be a String')
        return value if isinstance(value, str) else str(value)
    if kind == "int":
        return _number(name, value)
    if kind == "bool":
        if strict and value not in (True, False, "true", "false", "True", "False", "1", "0"):
            raise stricter(f'parameter "{name}" must be a Boolean')
        return str(value).lower() in ("true", "1", "yes")
    if kind == "object":
        return _decoded(name, value, dict, f"object expected as {name.replace('_', ' ')}")
    if kind == "array":
        return _decoded(name, value, list, f"expected an Array as {name}")
    return value


def read(method: str, fields: Json, files: dict[str, list[Upload]], *, strict: bool) -> Call:
    """The request's parameters with the types of ``method``'s signature.

    ``strict`` refuses parameters that the method doesn't have and values of another type; Telegram ignores them. Raises
    :class:`Refusal`.
    """
    signature = SIGNATURES[method.lower()]
    values: Json = {}
    for name, value in fields.items():
        kind = signature.types.get(name)
        if kind is None:
            if strict:
                raise stricter(f'{signature.name} has no parameter "{name}"')
            continue
        if value is None or (value == "" and kind != "text"):
            continue
        values[name] = _typed(name, value, kind, strict=strict)
    uploads = {name: found[0] for name, found in files.items()}
    for name in signature.required:
        if name not in values and name not in uploads:
            raise bad_request(f'parameter "{name}" is required')
    return Call(signature.name, values, uploads)
