"""send…, forward… and copy…: the bot's messages. Called through ``METHODS``."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.content import caption_content, contact_content, media_content, sent_media, stored, text_content
from bot.demo.standin.keyboards import checked
from bot.demo.standin.messages import SERVICE, for_bot, post
from bot.demo.standin.refusals import Json, bad_request
from bot.demo.standin.signatures import Call, stricter
from bot.demo.standin.world import Chat, Message, World

_CHAT_ACTIONS = """
typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location
record_video_note upload_video_note
"""
CHAT_ACTIONS: Final = frozenset(_CHAT_ACTIONS.split())
"""https://core.telegram.org/bots/api#sendchataction"""
ALBUM_KINDS: Final = ("photo", "video", "document", "audio")
"""https://core.telegram.org/bots/api#sendmediagroup"""


def _destination(world: World, call: Call) -> Chat:
    """Where the bot writes. Topics are for forums, of which there are none here."""
    chat = world.writable_chat(call.values.get("chat_id"))
    if "message_thread_id" in call:
        raise bad_request("message thread not found")
    return chat


def _replied(chat: Chat, call: Call) -> int | None:
    """The message that is replied to: https://core.telegram.org/bots/api#replyparameters"""
    reply = call.mapping("reply_parameters")
    if reply is None:
        return None
    message_id = reply.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("message identifier is not specified")
    if reply.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise bad_request("message to be replied not found")
    if message_id in chat.messages:
        return message_id
    if reply.get("allow_sending_without_reply") is True:
        return None
    raise bad_request("message to be replied not found")


def resolve_mentions(world: World, content: Json) -> Json:
    """Mentions of people by id get their names; of unknown ones they are dropped, as
    https://core.telegram.org/bots/api#formatting-options says.
    """
    for key in ("entities", "caption_entities"):
        kept = []
        for entity in content.get(key, []):
            if entity["type"] == "text_mention":
                person = world.account(int((entity.get("user") or {}).get("id") or 0))
                if person is None:
                    continue
                entity["user"] = person.user()
            kept.append(entity)
        if kept:
            content[key] = kept
        else:
            content.pop(key, None)
    return content


def _send(world: World, call: Call, content: Json) -> Message:
    markup = checked(call.mapping("reply_markup"))
    chat = _destination(world, call)
    reply_to = _replied(chat, call)
    return post(
        world,
        chat,
        world.bot,
        resolve_mentions(world, content),
        markup=markup,
        reply_to=reply_to,
        protected=call.flag("protect_content"),
    )


def _message(world: World, call: Call) -> Json:
    content = text_content(call.text("text"), call.text("parse_mode"), call.array("entities"))
    preview = call.mapping("link_preview_options")
    if preview is not None:
        content["link_preview_options"] = preview
    return for_bot(world, _send(world, call, content))


def _media(kind: str, world: World, call: Call) -> Json:
    _destination(world, call)
    return for_bot(world, _send(world, call, sent_media(world.files, kind, call)))


def _contact(world: World, call: Call) -> Json:
    content = contact_content(
        call.text("phone_number"), call.text("first_name"), call.text("last_name"), call.text("vcard")
    )
    return for_bot(world, _send(world, call, content))


def album_item(world: World, call: Call, item: object) -> Json:
    """The content of one InputMedia: https://core.telegram.org/bots/api#inputmedia"""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: wrong type of the media")
    file = stored(world.files, kind, call.attached("media", item.get("media")))
    caption = caption_content(
        str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities") or []
    )
    return resolve_mentions(world, {**media_content(kind, file, item), **caption})


def _media_group(world: World, call: Call) -> list[Json]:
    """https://core.telegram.org/bots/api#sendmediagroup: 2-10 items; documents and audio only among their own."""
    media = call.array("media")
    if not media:
        raise bad_request("there are no messages to send")
    least, most = limits.ALBUM
    if len(media) > most:
        raise bad_request("too many messages to send as an album")
    if len(media) < least:
        raise stricter("a media group must include 2-10 items")
    kinds = {item.get("type") for item in media if isinstance(item, dict)}
    for kind in ("document", "audio"):
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")
    chat = _destination(world, call)
    reply_to = _replied(chat, call)
    contents = [album_item(world, call, item) for item in media]
    album = f"{world.bot.id}{chat.id}{chat.next_id}".replace("-", "")
    protected = call.flag("protect_content")
    return [
        for_bot(world, post(world, chat, world.bot, content, reply_to=reply_to, album=album, protected=protected))
        for content in contents
    ]


def _chat_action(world: World, call: Call) -> bool:
    if call.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = _destination(world, call)
    chat.typing = (call.text("action"), world.clock.now() + limits.TYPING_SECONDS)
    world.tell({"type": "typing", "chat_id": chat.id, "action": chat.typing[0], "until": chat.typing[1]}, chat.people())
    return True


def _source(world: World, call: Call, message_id: object, verb: str) -> Message:
    """A message that the bot passes on; protected and service messages can't be: https://core.telegram.org/bots/api#forwardmessage"""
    if not isinstance(message_id, int):
        raise bad_request("message identifier is not specified")
    message = world.known_chat(call.values.get("from_chat_id")).messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.protected or SERVICE & message.content.keys():
        raise bad_request(f"the message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return message


def origin_of(message: Message) -> Json:
    """Where a forwarded message comes from: https://core.telegram.org/bots/api#messageorigin"""
    if message.origin is not None:
        return message.origin
    sender = message.sender
    if sender.hides_forwards:
        name = f"{sender.first_name} {sender.last_name}".strip()
        return {"type": "hidden_user", "date": message.date, "sender_user_name": name}
    return {"type": "user", "date": message.date, "sender_user": sender.user()}


def _forward(world: World, call: Call) -> Json:
    chat = _destination(world, call)
    return for_bot(world, _forwarded(world, chat, _source(world, call, call.values.get("message_id"), "forward"), call))


def _forwarded(world: World, chat: Chat, message: Message, call: Call) -> Message:
    content, origin = dict(message.content), origin_of(message)
    return post(world, chat, world.bot, content, origin=origin, protected=call.flag("protect_content"))


def _copy(world: World, call: Call) -> Json:
    markup = checked(call.mapping("reply_markup"))
    chat = _destination(world, call)
    content = dict(_source(world, call, call.values.get("message_id"), "copy").content)
    if "caption" in call and "text" not in content:
        content = _without_caption(content)
        content |= caption_content(call.text("caption"), call.text("parse_mode"), call.array("caption_entities"))
    message = post(
        world,
        chat,
        world.bot,
        resolve_mentions(world, content),
        markup=markup,
        reply_to=_replied(chat, call),
        protected=call.flag("protect_content"),
    )
    return {"message_id": message.id}


def _without_caption(content: Json) -> Json:
    return {key: value for key, value in content.items() if key not in ("caption", "caption_entities")}


def _many(world: World, call: Call, verb: str) -> list[Json]:
    """Several at once, passing over those that can't be: https://core.telegram.org/bots/api#forwardmessages"""
    ids = call.message_ids(limits.DELETE_MANY)
    chat = _destination(world, call)
    known = world.known_chat(call.values.get("from_chat_id")).messages
    out = []
    for message_id in ids:
        message = known.get(message_id)
        if message is None or message.protected or SERVICE & message.content.keys():
            continue
        if verb == "forward":
            sent = _forwarded(world, chat, message, call)
        else:
            content = _without_caption(message.content) if call.flag("remove_caption") else dict(message.content)
            sent = post(world, chat, world.bot, content, protected=call.flag("protect_content"))
        out.append({"message_id": sent.id})
    if not out:
        raise bad_request(f"there are no messages to {verb}")
    return out


METHODS: Final = {
    "sendMessage": _message,
    "sendPhoto": partial(_media, "photo"),
    "sendDocument": partial(_media, "document"),
    "sendVideo": partial(_media, "video"),
    "sendVoice": partial(_media, "voice"),
    "sendAudio": partial(_media, "audio"),
    "sendContact": _contact,
    "sendMediaGroup": _media_group,
    "sendChatAction": _chat_action,
    "forwardMessage": _forward,
    "forwardMessages": partial(_many, verb="forward"),
    "copyMessage": _copy,
    "copyMessages": partial(_many, verb="copy"),
}
