"""Chats, their members and pinned messages; files by id. Called through ``METHODS``."""

from __future__ import annotations

from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.messages import chat_changed, for_bot, post
from bot.demo.standin.refusals import Json, Refusal, bad_request, forbidden
from bot.demo.standin.signatures import Call
from bot.demo.standin.world import ADMINISTRATORS, PRESENT, Chat, World

_RIGHTS: Final = """
can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members
can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories
"""
"""What an administrator may or may not: https://core.telegram.org/bots/api#chatmemberadministrator"""


def _chat(world: World, call: Call) -> Json:
    """https://core.telegram.org/bots/api#chatfullinfo, its always present fields and the pinned message."""
    chat = world.known_chat(call.values.get("chat_id"))
    out = {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        out["pinned_message"] = for_bot(world, chat.messages[chat.pinned[-1]], nested=False)
    return out


def _group(world: World, call: Call) -> Chat:
    chat = world.known_chat(call.values.get("chat_id"))
    if chat.type != "private" and not world.with_bot(chat):
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    return chat


def member_json(world: World, chat: Chat, user_id: int) -> Json:
    """A member as https://core.telegram.org/bots/api#chatmember"""
    account = world.account(user_id)
    if account is None:
        raise bad_request("user not found")
    status = chat.members.get(user_id, "left")
    out: Json = {"user": account.user(), "status": status}
    if status == "kicked":
        out["until_date"] = 0
    elif status == "creator":
        out["is_anonymous"] = False
    elif status == "administrator":
        out |= dict.fromkeys(_RIGHTS.split(), False) | {"can_manage_chat": True, "can_delete_messages": True}
    return out


def _member(world: World, call: Call) -> Json:
    return member_json(world, _group(world, call), call.integer("user_id"))


def _member_count(world: World, call: Call) -> int:
    return len(_group(world, call).people())


def _administrators(world: World, call: Call) -> list[Json]:
    chat = _group(world, call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(world, chat, user)
        for user, status in chat.members.items()
        if status in ADMINISTRATORS and user != world.bot.id
    ]


def _leave(world: World, call: Call) -> bool:
    chat = _group(world, call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    change_bot_status(world, chat, "left", by=world.bot.user())
    return True


def change_bot_status(world: World, chat: Chat, status: str, *, by: Json) -> None:
    """The bot enters, leaves, is blocked: its own update (https://core.telegram.org/bots/api#chatmemberupdated) and the
    people's event.
    """
    old = member_json(world, chat, world.bot.id)
    chat.members[world.bot.id] = status
    if chat.type == "private":
        chat.blocked = status not in PRESENT
    update = {
        "chat": chat.as_json(),
        "from": by,
        "date": world.clock.date(),
        "old_chat_member": old,
        "new_chat_member": member_json(world, chat, world.bot.id),
    }
    world.updates.push("my_chat_member", update, chat.id)
    chat_changed(world, chat)


def _pin(world: World, call: Call) -> bool:
    """https://core.telegram.org/bots/api#pinchatmessage: in groups only an administrator may."""
    chat = world.writable_chat(call.values.get("chat_id"))
    _check_may_pin(world, chat)
    message_id = call.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to pin not found")
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    chat.pinned.append(message_id)
    pinned = for_bot(world, chat.messages[message_id], nested=False)
    post(world, chat, world.bot, {"pinned_message": pinned})
    chat_changed(world, chat)
    return True


def _check_may_pin(world: World, chat: Chat) -> None:
    if chat.type != "private" and chat.members[world.bot.id] not in ADMINISTRATORS:
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _unpin(world: World, call: Call) -> bool:
    chat = world.writable_chat(call.values.get("chat_id"))
    _check_may_pin(world, chat)
    message_id = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    chat_changed(world, chat)
    return True


def _unpin_all(world: World, call: Call) -> bool:
    chat = world.writable_chat(call.values.get("chat_id"))
    _check_may_pin(world, chat)
    chat.pinned.clear()
    chat_changed(world, chat)
    return True


def _file(world: World, call: Call) -> Json:
    """https://core.telegram.org/bots/api#getfile: at most 20 MB."""
    file = world.files.by_id.get(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.as_json(), "file_path": file.path}


def _profile_photos(world: World, call: Call) -> Json:
    if world.account(call.integer("user_id")) is None:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def _moved_out(_world: World, _call: Call) -> bool:
    """https://core.telegram.org/bots/api#logout and #close are for moving between servers; there is only this one."""
    raise Refusal(429, "Too Many Requests: retry after 600", {"retry_after": 600})


METHODS: Final = {
    "getChat": _chat,
    "getChatMember": _member,
    "getChatMemberCount": _member_count,
    "getChatAdministrators": _administrators,
    "leaveChat": _leave,
    "pinChatMessage": _pin,
    "unpinChatMessage": _unpin,
    "unpinAllChatMessages": _unpin_all,
    "getFile": _file,
    "getUserProfilePhotos": _profile_photos,
    "close": _moved_out,
}
