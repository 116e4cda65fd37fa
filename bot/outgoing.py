"""Outgoing messages: a feature's `Message` becomes outbox rows, and an outbox row becomes what Telegram is sent.

A row holds text keys and parameters. It is rendered when it is sent, in the language and time zone that its reader has
then, after checking again that the reader may still see its content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from handlers.kit.case_cards import held_card
from handlers.kit.pages import pages
from handlers.kit.reply import Button, Message, Text, t, text_from_json, text_to_json
from handlers.kit.texts import Reader, label, render, shows
from store import access, attachments, case_outlines, guests, proofs, queue, staff
from store.access import Actor
from store.db import Row, Tx
from store.errors import NotAllowed
from store.queue import Letter
from store.rules.models import FileKind, Role


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes to Telegram for one outbox row. `edit` is the message to take the place of.

    `markup` is the JSON of an InlineKeyboardMarkup or, if `words`, of a ReplyKeyboardMarkup.
    """

    id: int
    chat_id: int
    pages: tuple[str, ...]
    markup: str | None
    words: bool
    edit: int | None
    attachment: bytes | None
    file_name: str
    file: int | None = None
    commands_for: Actor | None = None


def post(tx: Tx, message: Message, *, chat: int, actor: Actor, pressed: int | None = None) -> None:
    """Puts a message into the outbox: for the person at `chat`, or for the recipient that the message names.

    `pressed` is the message whose button was pressed. A member who has left and a customer without a guest are skipped.
    """
    letter = Letter(
        chat, _to_json(message, pressed if message.replace else None), actor.language, message.priority,
        staff_id=actor.id or None, guest_id=None if message.unnamed else actor.guest_id or None,
        customer_id=message.customer_id, masked=message.masked, attachment=message.photo or message.document,
        ref=message.ref, not_before=message.not_before,
    )  # fmt: skip
    if message.to_staff is not None:
        address = staff.address(tx, message.to_staff)
        if address is not None:
            to, language = address["chat_id"], address["language"]
            queue.post(tx, replace(letter, chat_id=to, language=language, staff_id=message.to_staff, guest_id=None))
    elif message.to_customer is not None:
        for guest_id, to, language in guests.chats(tx, message.to_customer):
            queue.post(tx, replace(letter, chat_id=to, language=language, staff_id=None, guest_id=guest_id))
    elif message.to_guest is not None:
        place = guests.address(tx, message.to_guest)
        if place is not None:
            to, language = place
            queue.post(
                tx, replace(letter, chat_id=to, language=language, staff_id=None, guest_id=message.to_guest)
            )  # fmt: skip
    else:
        queue.post(tx, letter)


def _to_json(message: Message, edit: int | None) -> bytes:
    kept = {
        "lines": [text_to_json(line) for line in message.lines],
        "buttons": [[_button_to_json(button) for button in row] for row in message.buttons],
        "keyboard": [[text_to_json(word) for word in row] for row in message.keyboard],
        "share": message.share and text_to_json(message.share),
        "bare": message.bare,
        "of": message.of,
        "edit": edit,
        "edit_ref": message.edit or message.amend,
        "amend": message.amend,
        "file_name": message.file_name,
        "file": message.file,
        "commands": message.commands,
        "others": message.others,
    }
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False).encode()


def _button_to_json(button: Button) -> list[object]:
    return [text_to_json(button.label), button.data, button.url]


def prepare(tx: Tx, row: Row, *, zone: str) -> Outgoing | None:
    """An outbox row as it goes out now; None when its reader may not see its content (any more), or has left."""
    actor = _reader(tx, row)
    permitted = _permitted(tx, row, actor)
    if permitted is None:
        return None
    kept, attachment = permitted
    language = actor.language if actor else row["language"]
    reader = Reader(language, actor.zone if actor and actor.member else zone, tx.now)
    lines = [render(text_from_json(line), reader) for line in kept.get("lines", ())]
    edit = kept.get("edit")
    if kept.get("edit_ref") and row["ref"]:
        edit = queue.sent_as(tx, row["ref"], row["chat_id"])
        if edit is None and kept.get("amend"):
            return None
    return Outgoing(
        id=row["id"],
        chat_id=row["chat_id"],
        pages=tuple(pages(lines, attached=attachment is not None or "file" in kept)),
        markup=_markup(kept, reader),
        words="buttons" not in kept and not kept.keys().isdisjoint(("keyboard", "share", "bare")),
        edit=edit,
        attachment=attachment,
        file_name=kept.get("file_name", ""),
        file=kept.get("file"),
        commands_for=actor if kept.get("commands") else None,
    )


def _permitted(tx: Tx, row: Row, reader: Actor | None) -> tuple[dict[str, Any], bytes | None] | None:
    """What of a row's payload and attachment its reader may see now; None when that is nothing."""
    if reader is None and (row["staff_id"] is not None or row["guest_id"] is not None):
        return None  # the reader has left since
    if row["customer_id"] is not None and (reader is None or not _may_see(tx, reader, row)):
        return None
    kept: dict[str, Any] = json.loads(row["payload"])
    attachment: bytes | None = row["attachment"]
    if not all(reader is not None and access.clearest(tx, reader, other) for other in kept.get("others", ())):
        kept, attachment = _CHANGED, None  # the reader may not see somebody on the list any more
    if reader is not None and "of" in kept and not proofs.may_read(tx, reader, *kept["of"]):
        held = _held(tx, reader, *kept["of"])
        if held is None:
            return None
        kept, attachment = held | {name: kept[name] for name in ("edit_ref", "amend") if name in kept}, None
    return kept, attachment


@dataclass(frozen=True, slots=True)
class Fetched:
    """An attachment on its way to a reader: what it is to Telegram, its bytes and the name that the reader sees."""

    kind: FileKind
    data: bytes
    name: str


def fetch(tx: Tx, row: Row, attachment_id: int) -> Fetched:
    """The attachment that an outbox row carries, for its reader. Raises NotAllowed and KehuError as the store does."""
    reader = _reader(tx, row)
    if reader is None:
        raise NotAllowed
    found = attachments.get(tx, reader, attachment_id)
    return Fetched(found.kind, attachments.content(tx, reader, attachment_id), found.name or _FILE_NAMES[found.kind])


def _reader(tx: Tx, row: Row) -> Actor | None:
    try:
        if row["staff_id"] is not None:
            return staff.as_actor(tx, row["staff_id"])
    except NotAllowed:
        return None
    if row["guest_id"] is not None:
        return guests.as_actor(tx, row["guest_id"])
    return None


def _held(tx: Tx, reader: Actor, record: str, record_id: int) -> dict[str, Any] | None:
    """The payload that a visitor gets in place of words that they may not read: of a case, that it exists."""
    if record != "complaint":
        return None
    try:
        case = case_outlines.get(tx, reader, record_id)
    except NotAllowed:  # it was taken back meanwhile
        return None
    held: dict[str, Any] = json.loads(_to_json(held_card(case), None))
    return held


def _may_see(tx: Tx, actor: Actor, row: Row) -> bool:
    if actor.role is Role.CUSTOMER:
        return bool(actor.customer_id == row["customer_id"])
    sight = access.clearest(tx, actor, row["customer_id"])
    return sight is not None and (not sight.masked or bool(row["masked"]))


def _markup(kept: dict[str, list[list[list[str]]]], reader: Reader) -> str | None:
    if kept.get("buttons"):
        rows = [[_inline(button, reader) for button in row] for row in kept["buttons"]]
        return json.dumps({"inline_keyboard": rows}, ensure_ascii=False)
    if kept.get("keyboard") or kept.get("share"):
        words = [[{"text": label(_text(word), reader)} for word in row] for row in kept.get("keyboard", ())]
        whole: dict[str, object] = {"keyboard": words, "resize_keyboard": True, "is_persistent": True}
        if "share" in kept:
            # https://core.telegram.org/bots/api#keyboardbutton: it asks its person once more before it sends anything
            share = {"text": label(_text(kept["share"]), reader), "request_contact": True}
            whole = {"keyboard": [[share], *words], "resize_keyboard": True, "one_time_keyboard": True}
        return json.dumps(whole, ensure_ascii=False)
    return '{"remove_keyboard":true}' if kept.get("bare") else None


def _inline(button: list[str], reader: Reader) -> dict[str, str]:
    text, data, url = button
    said = label(_text(text), reader)[:BUTTON_MAX]
    said = said if shows(said) else "·"
    return {"text": said, "url": url} if url else {"text": said, "callback_data": data}


def _text(value: object) -> Text:
    assert isinstance(value, list)
    return text_from_json(value)


#: The payload in place of a list with a customer whom the reader may not see any more.
_CHANGED: dict[str, Any] = {"lines": [text_to_json(t("error.list_changed"))]}
#: What a file without a name is called on the wire; the ending tells Telegram what it is.
_FILE_NAMES = {
    FileKind.PHOTO: "photo.jpg", FileKind.VOICE: "voice.ogg", FileKind.VIDEO: "video.mp4", FileKind.AUDIO: "audio.mp3",
    FileKind.DOCUMENT: "file",
}  # fmt: skip
#: What a phone shows of a button; Telegram itself sets no limit that it tells.
BUTTON_MAX = 60
