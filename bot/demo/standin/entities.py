"""Text and its entities: Telegram's HTML read into entities, entities found in plain text, entities written as safe
HTML.

The methods that take a text, and the people's messages, come through here. Offsets and lengths count UTF-16 units, as
https://core.telegram.org/bots/api#messageentity says. Example::

    text, entities = formatted("<b>hi</b> you", parse_mode="HTML", given=None)
    # "hi you", [{"type": "bold", "offset": 0, "length": 2}]
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any, Final

from bot.demo.standin import limits
from bot.demo.standin.markup import parse_html
from bot.demo.standin.refusals import Json, bad_request

Entities = list[Json]

_KINDS = """
mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote
expandable_blockquote code pre text_link text_mention custom_emoji date_time
"""
KINDS: Final = frozenset(_KINDS.split())
"""https://core.telegram.org/bots/api#messageentity"""

_END: Final = r"[^\s<>\"'（），。；！？、.,:;!?)\]]"
"""A link's last character: what closes a sentence doesn't belong to it."""
_FOUND: Final = re.compile(
    rf"""
    (?P<url>
        https?://[^\s<>"'（），。；！？、]* {_END}
      | (?<![\w@./-]) (?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,8}}
        (?:com|org|net|cn|me|io|uk|de|dev|app|info|co)\b (?!@) (?:/(?:[^\s<>"'（），。；！？、]* {_END})?)?
    )
    | (?P<email> (?<![\w.+-]) [a-z0-9._%+-]{{1,64}} @ (?:[a-z0-9-]{{1,63}}\.){{1,8}} [a-z]{{2,24}}\b )
    | (?P<mention> (?<![\w@/]) @[a-z0-9_]{{3,32}}\b )
    | (?P<bot_command> (?<![\w/@<>]) /[a-z0-9_]{{1,64}} (?:@[a-z0-9_]{{3,32}})?\b (?!/) )
    | (?P<hashtag> (?<![\w\#]) \# (?=\w*[^\W\d]) \w{{1,256}} )
    | (?P<cashtag> (?<![\w$]) \$ (?-i:[A-Z]{{1,8}})\b )
    | (?P<phone_number>
        (?<![\w+./-]) \+\d (?:[ \-()]{{0,2}}\d){{6,14}} (?!\d)
      | (?<![\w+./-]) 1[3-9]\d{{9}} (?![\w-])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What Telegram's server marks by itself. It publishes no grammar; these are the plain cases."""

_TAGS: Final = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, parse_mode: str, given: list[Any]) -> tuple[str, Entities]:
    """A text as Telegram keeps it: markup read, ends trimmed, links and commands found.

    ``given`` are the request's own entities, ignored when ``parse_mode`` is set. Raises a refusal for markup that can't
    be read. https://core.telegram.org/bots/api#formatting-options
    """
    entities: Entities = []
    mode = parse_mode.lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request("unsupported parse_mode (the stand-in reads HTML and entities only)")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        entities = [_checked(entity, units(text)) for entity in given]
    text, entities = _trimmed(text, entities)
    return text, _sorted([*entities, *_found(text, entities)])[: limits.ENTITIES]


def _checked(entity: object, length: int) -> Json:
    """One given entity; https://core.telegram.org/bots/api#messageentity"""
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, size = entity.get("type"), entity.get("offset"), entity.get("length")
    if kind not in KINDS:
        raise bad_request(f"can't parse MessageEntity: unsupported type {str(kind)[:40]!r}")
    if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size < 0:
        raise bad_request("can't parse MessageEntity: wrong offset or length")
    if offset + size > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {offset + size}"
        )
    return {key: value for key, value in entity.items() if value is not None}


def _trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    text = text.replace("\r", "").replace("\0", "")
    kept = text.rstrip()
    front = units(kept) - units(kept.lstrip())
    kept = kept.lstrip()
    if not entities:
        return kept, []
    end = units(kept)
    out = []
    for entity in entities:
        start = min(max(entity["offset"] - front, 0), end)
        stop = min(max(entity["offset"] + entity["length"] - front, 0), end)
        if stop > start:
            out.append({**entity, "offset": start, "length": stop - start})
    return kept, out


def _sorted(entities: Iterable[Json]) -> Entities:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _found(text: str, entities: Entities) -> Entities:
    """Links, addresses, commands and the like that nobody marked, outside of code and links."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in ("code", "pre", "text_link", "text_mention", "url", "custom_emoji")
    ]
    out = []
    for match in _FOUND.finditer(text):
        start = units(text[: match.start()])
        stop = start + units(match.group())
        if not any(start < end and begin < stop for begin, end in taken):
            out.append({"type": match.lastgroup, "offset": start, "length": stop - start})
    return out


def _link(entity: Json, covered: str) -> str | None:
    """Where an entity leads, if to a place that is safe to follow."""
    kind = entity["type"]
    if kind == "text_link":
        target = str(entity.get("url", ""))
        return target if re.match(r"(?:https?|tg|mailto|tel):", target, re.IGNORECASE) else None
    if kind == "url":
        return covered if covered.lower().startswith(("http://", "https://")) else f"https://{covered}"
    if kind == "email":
        return f"mailto:{covered}"
    if kind == "phone_number":
        return "tel:" + re.sub(r"[^\d+]", "", covered)
    return None


def _opening(entity: Json, covered: str) -> tuple[str, str]:
    """The tags around an entity."""
    kind = entity["type"]
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if link := _link(entity, covered):
        return f'<a href="{html.escape(link)}" rel="noopener noreferrer">', "</a>"
    return f'<span class="{kind.replace("_", "-")}">', "</span>"


def to_html(text: str, entities: Entities) -> str:
    """``text`` as HTML that is safe in a page: everything escaped, only tags of our own, overlaps cut into nested
    pieces.
    """
    if not entities:
        return html.escape(text)
    wide = text.encode("utf-16-le", "replace")

    def piece(start: int, stop: int) -> str:
        return wide[2 * start : 2 * stop].decode("utf-16-le", "replace")

    out: list[str] = []
    open_tags: list[tuple[int, str]] = []
    at = 0

    def close_until(position: int) -> None:
        nonlocal at
        while open_tags and open_tags[-1][0] <= position:
            end, tag = open_tags.pop()
            out.append(html.escape(piece(at, end)) + tag)
            at = max(at, end)

    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        close_until(start)
        if open_tags:
            stop = min(stop, open_tags[-1][0])
        out.append(html.escape(piece(at, start)))
        at = max(at, start)
        before, after = _opening(entity, piece(start, stop))
        out.append(before)
        open_tags.append((stop, after))
    close_until(len(wide) // 2)
    out.append(html.escape(piece(at, len(wide) // 2)))
    return "".join(out)
