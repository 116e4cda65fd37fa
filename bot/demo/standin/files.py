"""The files that went through the stand-in, kept in memory up to a bound.

The media methods and the people's actions add them; getFile and the page's downloads read them. Example::

    file = files.add("photo", Upload("a.jpg", "image/jpeg", data))
    files.by_id[file.id].data
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.demo.standin import limits
from bot.demo.standin.refusals import Json, bad_request
from bot.demo.standin.wire import Upload

_FOLDERS: Final = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "video_note": "video_notes",
    "voice": "voice",
    "audio": "music",
    "thumbnail": "thumbnails",
}
_SUFFIXES: Final = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "video_note": ".mp4", "audio": ".mp3"}


@dataclass(frozen=True, slots=True)
class File:
    """A stored file.

    ``id`` is the bot's handle, ``unique_id`` the same for the same bytes, ``path`` what getFile tells.
    """

    id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0

    def as_json(self) -> Json:
        """The fields that every file object has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files; the oldest go when ``capacity`` bytes are exceeded, as if Telegram had lost them."""

    def __init__(self, capacity: int) -> None:
        self.by_id: OrderedDict[str, File] = OrderedDict()
        self.by_path: dict[str, File] = {}
        self._capacity = capacity
        self._held = 0
        self._count = 0

    def add(self, kind: str, upload: Upload) -> File:
        """Keep an upload as ``kind``; refuses what Telegram's page for that kind excludes."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        width, height = (0, 0)
        if kind == "photo":
            width, height = _photo_sides(upload.data)
        self._count += 1
        suffix = _SUFFIXES.get(kind) or PurePosixPath(upload.name.replace("\\", "/")).suffix[:12]
        suffix = suffix if suffix.isascii() and suffix[1:].isalnum() else ""
        path = f"{_FOLDERS[kind]}/file_{self._count}{suffix}"
        digest = hashlib.sha256(upload.data).hexdigest()[:15]
        file = File(
            secrets.token_urlsafe(24),
            f"AQ{digest}",
            kind,
            upload.name,
            upload.mime_type,
            upload.data,
            path,
            width,
            height,
        )
        self.by_id[file.id] = file
        self.by_path[path] = file
        self._held += len(file.data)
        while self._held > self._capacity and len(self.by_id) > 1:
            _, oldest = self.by_id.popitem(last=False)
            del self.by_path[oldest.path]
            self._held -= len(oldest.data)
        return file

    def find(self, file_id: str) -> File:
        """The file of an id that the bot was given; refuses any other."""
        file = self.by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file


def _photo_sides(data: bytes) -> tuple[int, int]:
    """Width and height of a photo that Telegram would take: https://core.telegram.org/bots/api#sendphoto"""
    if len(data) > limits.PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {limits.PHOTO_BYTES} bytes"
        )
    sides = image_sides(data)
    if sides is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = sides
    if width + height > limits.PHOTO_SIDES or min(sides) == 0 or max(sides) > limits.PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return sides


def image_sides(data: bytes) -> tuple[int, int] | None:
    """Width and height from the header of a PNG, GIF, JPEG or WebP; None if it is none of these."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
            return width, height
        if data[:6] in (b"GIF87a", b"GIF89a"):
            width, height = struct.unpack("<HH", data[6:10])
            return width, height
        if data.startswith(b"\xff\xd8"):
            return _jpeg_sides(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_sides(data)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg_sides(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp_sides(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def image_type(data: bytes) -> str | None:
    """The type of a picture that a browser shows and never runs, from its first bytes; None for all else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None
