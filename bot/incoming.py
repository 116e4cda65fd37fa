"""Turns an update of Telegram's into an `Incoming`, the form in which features read it; other kinds are dropped.

The inbox stores the result, so it holds nothing of an update but what a feature uses.
"""

from __future__ import annotations

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType, InlineQueryLimit

from handlers.kit.request import Incoming, Origin, SharedContact, SharedFile
from store.rules import person_name
from store.rules.models import FileKind

#: The kinds of update that Kehu asks for (https://core.telegram.org/bots/api#getupdates, allowed_updates).
WANTED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, Update.INLINE_QUERY]
_NAME_MAX = 64
#: https://core.telegram.org/bots/api#contact: a vCard of up to 2048 bytes.
_VCARD_MAX = 2048


def from_update(update: Update) -> Incoming | None:
    """What an update says, or None: other kinds, groups, channels, bots. (An inline query is no row: bot/inline.py.)"""
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.message is not None:
        return _said(update.message)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    return None


def from_query(query: InlineQuery) -> Incoming:
    """What a member types behind the bot's name, in whatever chat."""
    person = query.from_user
    return Incoming(
        kind="inline", person=person.id, chat=person.id, language_code=person.language_code or "",
        text=query.query[: InlineQueryLimit.MAX_QUERY_LENGTH],
    )  # fmt: skip


def _pressed(query: CallbackQuery) -> Incoming | None:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE or query.data is None:
        return None
    return Incoming(
        kind="button", person=query.from_user.id, chat=message.chat.id, name=query.from_user.full_name[:_NAME_MAX],
        language_code=query.from_user.language_code or "", text=query.data, message_id=message.message_id,
    )  # fmt: skip


def _membership(change: ChatMemberUpdated) -> Incoming | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    gone = change.new_chat_member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    return Incoming(kind="blocked" if gone else "unblocked", person=change.from_user.id, chat=change.chat.id)


def _said(message: Message) -> Incoming | None:
    user = message.from_user
    if user is None or user.is_bot or message.chat.type != ChatType.PRIVATE:
        return None
    base = Incoming(
        kind="other", person=user.id, chat=message.chat.id, name=user.full_name[:_NAME_MAX],
        language_code=user.language_code or "", text=message.text or message.caption or "",
        message_id=message.message_id, origin=_origin(message), album=message.media_group_id or "",
    )  # fmt: skip
    if message.contact is not None:
        card = message.contact
        name = person_name.joined(card.first_name, card.last_name or "")[:_NAME_MAX]
        contact = SharedContact(
            name=name, phone=card.phone_number[:_NAME_MAX], user_id=card.user_id, vcard=(card.vcard or "")[:_VCARD_MAX]
        )
        return base.model_copy(update={"kind": "contact", "contact": contact})
    file = _file(message)
    if file is not None:
        return base.model_copy(update={"kind": "file", "file": file})
    return base.model_copy(update={"kind": "text"}) if message.text else base


def _edited(message: Message) -> Incoming | None:
    """The words of a message that were changed, or those under a file; a place that moves on is no words."""
    said = _said(message)
    if said is None or not said.text:
        return None
    return said.model_copy(update={"kind": "text", "edited": True, "file": None, "album": ""})


def _origin(message: Message) -> Origin | None:
    """Whose words a forwarded message holds, as far as Telegram tells: a hidden sender is a name and no more."""
    match message.forward_origin:
        case None:
            return None
        case MessageOriginUser() as told:
            name, person = told.sender_user.full_name, not told.sender_user.is_bot
        case MessageOriginHiddenUser() as told:
            name, person = told.sender_user_name, True
        case MessageOriginChat() as told:
            name, person = told.sender_chat.title or "", False
        case MessageOriginChannel() as told:
            name, person = told.chat.title or "", False
        case told:  # a kind that is newer than this
            name, person = "", False
    return Origin(name=" ".join(name.split())[:_NAME_MAX], at=told.date, person=person)


def _file(message: Message) -> SharedFile | None:
    if message.photo:
        largest = message.photo[-1]
        return SharedFile(file_id=largest.file_id, kind=FileKind.PHOTO, size=largest.file_size or 0)
    for kind, shown in (
        (FileKind.VOICE, message.voice), (FileKind.VIDEO, message.video), (FileKind.VIDEO, message.video_note),
    ):  # fmt: skip
        if shown is not None:
            return SharedFile(file_id=shown.file_id, kind=kind, size=shown.file_size or 0)
    for kind, named in ((FileKind.AUDIO, message.audio), (FileKind.DOCUMENT, message.document)):
        if named is not None:
            return SharedFile(
                file_id=named.file_id, kind=kind, size=named.file_size or 0, name=(named.file_name or "")[:_NAME_MAX],
                mime=(named.mime_type or "")[:_NAME_MAX],
            )  # fmt: skip
    return None
