"""What a message says, as the Bot API's fields: text, caption, file, contact. Made alike for the bot's and the people's
messages.

Example::

    text_content("<b>hi</b>", parse_mode="HTML")     # {"text": "hi", "entities": [...]}
"""

from __future__ import annotations

from typing import Any

from bot.demo.standin import limits
from bot.demo.standin.entities import formatted, units
from bot.demo.standin.files import File, Files
from bot.demo.standin.refusals import Json, Refusal, bad_request
from bot.demo.standin.signatures import Call
from bot.demo.standin.wire import Upload


def text_content(text: str, parse_mode: str = "", entities: list[Any] | None = None) -> Json:
    """A text of 1-4096 units after entity parsing: https://core.telegram.org/bots/api#sendmessage"""
    plain, found = formatted(text, parse_mode, entities or [])
    if not plain:
        raise bad_request("message text is empty")
    if units(plain) > limits.TEXT:
        raise bad_request("message is too long")
    return {"text": plain, "entities": found} if found else {"text": plain}


def caption_content(caption: str, parse_mode: str = "", entities: list[Any] | None = None) -> Json:
    """A caption of 0-1024 units after entity parsing: https://core.telegram.org/bots/api#sendphoto"""
    plain, found = formatted(caption, parse_mode, entities or [])
    if units(plain) > limits.CAPTION:
        raise bad_request("message caption is too long")
    if not plain:
        return {}
    return {"caption": plain, "caption_entities": found} if found else {"caption": plain}


def stored(files: Files, kind: str, given: Upload | str | None) -> File:
    """The file of a request: kept if uploaded, found if named by its id. https://core.telegram.org/bots/api#sending-files"""
    if given is None:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, Upload):
        # https://core.telegram.org/bots/api#sending-files: 10 MB for photos, 50 MB for other files
        if len(given.data) > limits.UPLOAD_BYTES:
            raise Refusal(413, "Request Entity Too Large")
        return files.add(kind, given)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = files.find(given)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def media_content(kind: str, file: File, given: Json) -> Json:
    """A file as https://core.telegram.org/bots/api#message holds it; ``given`` are the request's facts about it."""

    def number(name: str) -> int:
        value = given.get(name, 0)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0

    about = file.as_json()
    if kind == "photo":
        out: Json = {"photo": [{**about, "width": file.width, "height": file.height}]}
    elif kind == "document":
        out = {"document": {**about, "file_name": file.name or "file", "mime_type": file.mime_type}}
    elif kind == "video":
        about |= {"width": number("width") or 320, "height": number("height") or 240, "duration": number("duration")}
        out = {"video": {**about, "file_name": file.name, "mime_type": file.mime_type}}
    elif kind == "video_note":  # no name, no caption: https://core.telegram.org/bots/api#videonote
        out = {"video_note": {**about, "length": number("width") or 240, "duration": number("duration")}}
    elif kind == "voice":
        out = {"voice": {**about, "duration": number("duration"), "mime_type": file.mime_type}}
    else:
        names = {key: given[key] for key in ("performer", "title") if isinstance(given.get(key), str)}
        out = {
            "audio": {
                **about,
                "duration": number("duration"),
                "file_name": file.name,
                "mime_type": file.mime_type,
                **names,
            }
        }
    if kind in ("photo", "video"):
        for name, field in (
            ("has_spoiler", "has_media_spoiler"),
            ("show_caption_above_media", "show_caption_above_media"),
        ):
            if given.get(name) is True:
                out[field] = True
    return out


def sent_media(files: Files, kind: str, call: Call) -> Json:
    """The content of a sendPhoto, sendDocument …: the file and its caption."""
    caption = caption_content(call.text("caption"), call.text("parse_mode"), call.array("caption_entities"))
    return {**media_content(kind, stored(files, kind, call.file(kind)), call.values), **caption}


def contact_content(
    phone_number: str, first_name: str, last_name: str = "", vcard: str = "", user_id: int | None = None
) -> Json:
    """A contact card: https://core.telegram.org/bots/api#contact"""
    if not phone_number.strip():
        raise bad_request("parameter phone_number is required")
    if not first_name.strip():
        raise bad_request("parameter first_name is required")
    # https://core.telegram.org/bots/api#sendcontact: 0-2048 bytes
    if len(vcard.encode("utf-8", "replace")) > 2048:
        raise bad_request("vcard is too long")
    contact: Json = {"phone_number": phone_number.strip(), "first_name": first_name}
    if last_name:
        contact["last_name"] = last_name
    if user_id is not None:
        contact["user_id"] = user_id
    if vcard:
        contact["vcard"] = vcard
    return {"contact": contact}
