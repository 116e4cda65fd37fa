"""The rarer things that a person does: sending files, inline mode, groups. ``people_http`` calls them like ``actions``.

Example::

    send_media(world, person, Given({"kind": "photo", "caption": "broken"}, [Upload("a.png", "image/png", data)]))
"""

from __future__ import annotations

import secrets
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.actions import Action, Given, Impossible, own_chat, place, send
from bot.demo.standin.content import caption_content, media_content
from bot.demo.standin.entities import units
from bot.demo.standin.files import image_sides
from bot.demo.standin.inline import show_inline
from bot.demo.standin.messages import chat_changed, describe_chat, for_people, post
from bot.demo.standin.methods.chats import change_bot_status
from bot.demo.standin.refusals import Json
from bot.demo.standin.wire import Upload
from bot.demo.standin.world import ADMINISTRATORS, Account, Chat, World

MEDIA: Final = ("photo", "document", "video", "video_note", "voice", "audio")


def send_media(world: World, person: Account, given: Given) -> list[Json]:
    """Send files as ``kind``; an album's caption stands on its first."""
    if not given.files:
        raise Impossible("no file")
    kind = given.text("kind")
    if kind not in (*MEDIA, "album"):
        raise Impossible(f"kind is one of {', '.join(MEDIA)}, album")
    least, most = limits.ALBUM
    if kind == "album" and not least <= len(given.files) <= most:
        raise Impossible(f"an album has {least}-{most} files")
    album = str(10**16 + secrets.randbelow(10**16)) if kind == "album" else None
    kinds = [_album_kind(upload) if kind == "album" else kind for upload in given.files]
    if "document" in kinds and len(set(kinds)) > 1:
        kinds = ["document"] * len(kinds)
    contents = []
    for number, (each, upload) in enumerate(zip(kinds, given.files, strict=True)):
        facts = {name: given.number(name) or 0 for name in ("duration", "width", "height")}
        caption = caption_content(given.text("caption")) if number == 0 and each != "video_note" else {}
        contents.append(media_content(each, world.files.add(each, upload), facts) | caption)
    return [for_people(world, send(world, person, given, content, album)) for content in contents]


def _album_kind(upload: Upload) -> str:
    if image_sides(upload.data) is not None:
        return "photo"
    return "video" if upload.mime_type.startswith("video/") else "document"


def inline(world: World, person: Account, given: Given) -> Json:
    """Type ``@bot query`` somewhere: https://core.telegram.org/bots/api#inlinequery"""
    if not world.settings.inline_mode:
        raise Impossible("the bot has no inline mode")
    text = given.text("query")
    if units(text) > limits.INLINE_QUERY:
        raise Impossible("an inline query has up to 256 characters")
    kind = "private" if "to" in given else _chat_type(person, own_chat(world, person, given.number("chat")))
    query = world.ask(person, text=text, offset=given.text("offset"))
    answer = world.inline_cache.find(query)
    if answer is not None:
        show_inline(world, query, answer)
        return {"query_id": query.id}
    update = {"id": query.id, "from": person.user(), "query": text, "offset": query.offset, "chat_type": kind}
    world.updates.push("inline_query", update, person.id)
    return {"query_id": query.id}


def _chat_type(person: Account, chat: Chat) -> str:
    if chat.id == person.id:
        return "sender"
    return "private" if chat.type == "direct" else chat.type


def choose(world: World, person: Account, given: Given) -> Json:
    """Send one of the results: https://core.telegram.org/bots/api#choseninlineresult, told to bots with feedback."""
    query = world.queries.get(given.text("query_id"))
    if query is None or query.person is not person:
        raise Impossible("no such query", 404)
    result = next((result for result in query.results if result["id"] == given.text("result_id")), None)
    if result is None:
        raise Impossible("no such result", 404)
    markup = result["reply_markup"]
    message = post(world, place(world, person, given), person, dict(result["content"]), markup=markup, via_bot=True)
    feedback: Json = {"result_id": result["id"], "from": person.user(), "query": query.text}
    if markup is not None:
        message.inline_id = feedback["inline_message_id"] = secrets.token_urlsafe(18)
        world.inline_messages[message.inline_id] = message
        if len(world.inline_messages) > world.settings.messages_per_chat:
            world.inline_messages.popitem(last=False)
    if world.settings.inline_feedback:
        world.updates.push("chosen_inline_result", feedback, person.id)
    return for_people(world, message)


def group(world: World, person: Account, given: Given) -> Json:
    """Make a group with the person as its creator; the bot is told that it was added."""
    others = given.fields.get("members") or []
    if not isinstance(others, list) or not all(member in world.people for member in others):
        raise Impossible("no such person", 404)
    members = {person.id: "creator"} | {member: "member" for member in others if member != person.id}
    chat = world.add_group(given.text("title") or "Group", members)
    chat_changed(world, chat)
    if given.flag("with_bot", default=True):
        change_bot_status(world, chat, "member", by=person.user())
    post(world, chat, person, {"group_chat_created": True})
    return describe_chat(world, chat)


def _group_chat(world: World, person: Account, given: Given) -> Chat:
    chat = own_chat(world, person, given.number("chat"))
    if chat.type not in ("group", "supergroup") or chat.migrated_to is not None:
        raise Impossible("not a group")
    return chat


def leave(world: World, person: Account, given: Given) -> Json:
    """Leave a group."""
    chat = _group_chat(world, person, given)
    post(world, chat, person, {"left_chat_member": person.user()})
    chat.members[person.id] = "left"
    chat_changed(world, chat)
    return describe_chat(world, chat)


def add_bot(world: World, person: Account, given: Given) -> Json:
    """Add the bot to a group, as administrator if ``administrator``."""
    chat = _group_chat(world, person, given)
    status = "administrator" if given.flag("administrator", default=False) else "member"
    if chat.members.get(world.bot.id) != status:
        fresh = not world.with_bot(chat)
        change_bot_status(world, chat, status, by=person.user())
        if fresh:
            post(world, chat, person, {"new_chat_members": [world.bot.user()]})
    return describe_chat(world, chat)


def remove_bot(world: World, person: Account, given: Given) -> Json:
    """Throw the bot out of a group."""
    chat = _group_chat(world, person, given)
    if world.with_bot(chat):
        change_bot_status(world, chat, "kicked", by=person.user())
    return describe_chat(world, chat)


def migrate(world: World, person: Account, given: Given) -> Json:
    """Make a supergroup of a group: new id, both told.

    https://core.telegram.org/bots/api#message (migrate_to_chat_id)
    """
    old = _group_chat(world, person, given)
    if old.type != "group" or old.members[person.id] not in ADMINISTRATORS:
        raise Impossible("only an administrator of a group can do that", 403)
    new = world.add_group(old.title, dict(old.members), "supergroup")
    post(world, old, person, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    chat_changed(world, old)
    chat_changed(world, new)
    post(world, new, person, {"migrate_from_chat_id": old.id})
    return describe_chat(world, new)


OCCASIONS: Final[dict[str, Action]] = {
    "media": send_media,
    "inline": inline,
    "choose": choose,
    "group": group,
    "leave": leave,
    "add_bot": add_bot,
    "remove_bot": remove_bot,
    "migrate": migrate,
}
"""The rest of the gestures by their name in the URL."""
