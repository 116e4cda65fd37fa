"""Splits long texts into messages: Telegram takes 4096 UTF-16 units of text and 1024 of a caption, counted without
markup.

A page ends between two lines, or, in a line that is longer than a page, between two characters. Nothing is cut off;
tags that are open at the end of a page are closed there and opened again on the next.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from handlers.kit.texts import shows

#: https://core.telegram.org/bots/api#sendmessage: 1-4096 characters after entities parsing, in UTF-16 code units.
TEXT_MAX = 4096
#: https://core.telegram.org/bots/api#sendphoto: 0-1024 characters after entities parsing.
CAPTION_MAX = 1024
_PIECE = re.compile(r"<[^>]*>|&[^;]*;|.", re.DOTALL)


def pages(lines: Sequence[str], *, attached: bool = False) -> Iterator[str]:
    """Lines of Telegram HTML as pages that fit. `attached`: the first page is a photo's or a document's caption.

    A page of which nothing would be seen is left out, because Telegram refuses it and with it all that follows.
    """
    return (page for place, page in enumerate(_filled(lines, attached)) if (attached and place == 0) or _seen(page))


def _filled(lines: Sequence[str], attached: bool) -> Iterator[str]:
    room = CAPTION_MAX if attached else TEXT_MAX
    page: list[str] = []
    used = 0
    for line in lines:
        length = units(line)
        if page and used + 1 + length > room:
            yield "\n".join(page)
            page, used, room = [], 0, TEXT_MAX
        if length > room:
            *whole, line = _cut(line, room)  # noqa: PLW2901 - what is left of the line begins the next page
            yield from whole
            room, length = TEXT_MAX, units(line)
        used += length + (1 if page else 0)
        page.append(line)
    if page and ("".join(page).strip() or not attached):
        yield "\n".join(page)


def units(line: str) -> int:
    """The length that Telegram counts: UTF-16 code units of the text without its markup."""
    return len(_words(line).encode("utf-16-le")) // 2


def _seen(page: str) -> bool:
    return shows(_words(page))


def _words(line: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", line))


def _cut(line: str, room: int) -> list[str]:
    parts: list[str] = []
    part, used, open_tags = "", 0, list[str]()
    for piece in _PIECE.findall(line):
        size = units(piece)
        if used + size > room:
            parts.append(part + "".join(f"</{_name(tag)}>" for tag in reversed(open_tags)))
            part, used, room = "".join(open_tags), 0, TEXT_MAX
        if piece.startswith("</"):
            open_tags.pop()
        elif piece.startswith("<"):
            open_tags.append(piece)
        part, used = part + piece, used + size
    return [*parts, part]


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]
