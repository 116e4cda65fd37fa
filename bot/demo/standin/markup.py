"""Telegram's HTML, read into plain text and entities, with Telegram's complaints about what it can't read.

Called by ``entities``. The grammar and the words: https://core.telegram.org/bots/api#html-style and what
https://github.com/tdlib/td says for malformed text. Offsets in complaints count bytes of the text as sent. Example::

    parse_html('<a href="https://example.org">there</a>')
    # ("there", [{"type": "text_link", "offset": 0, "length": 5, "url": "https://example.org"}])
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.demo.standin.refusals import Json, Refusal, bad_request

_KIND: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip

_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|([a-zA-Z]+));?")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE: Final = " \t\r\n\0\v"
_ATTRIBUTE: Final = re.compile(r"[^\s=>/\"']*")
_TOKEN: Final = re.compile(r"[A-Za-z0-9.\-]*")
_MENTION: Final = re.compile(r"tg://user\?id=(\d{1,16})$")


def _wide(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _reference(match: re.Match[str]) -> str:
    """A character reference; unknown ones stay as they are (only four names are supported)."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code < 0xE000:
        return match.group()
    return chr(code)


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_reference, text) if "&" in text else text


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    place: int


class _Parser:
    """One pass over the text; ``at`` is the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def fault(self, words: str, place: int) -> Refusal:
        """A complaint about the tag that begins at ``place``."""
        where = len(self.text[:place].encode("utf-8", "replace"))
        return bad_request(f"can't parse entities: {words.format(where)}")

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def skip_space(self) -> None:
        """Go on to the next character that isn't a space."""
        while self.peek() and self.peek() in _SPACE:
            self.at += 1

    def run(self) -> tuple[str, list[Json]]:
        """Read all of it."""
        while True:
            tag = self.text.find("<", self.at)
            plain = _unescaped(self.text[self.at : tag if tag >= 0 else None])
            self.out.append(plain)
            self.length += _wide(plain)
            if tag < 0:
                break
            self.at = tag + 1
            if self.peek() == "/":
                self.end_tag(tag)
            else:
                self.start_tag(tag)
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            )
        return "".join(self.out), _without_nested_code(self.entities)

    def start_tag(self, place: int) -> None:
        """From behind ``<`` to behind ``>``."""
        begin = self.at
        while self.peek() and self.peek() not in _SPACE and self.peek() != ">":
            self.at += 1
        if not self.peek():
            raise self.fault("Unclosed start tag at byte offset {}", place)
        tag = self.text[begin : self.at].lower()
        if tag not in _KIND:
            raise self.fault(
                f'Unsupported start tag "{tag.replace("{", "{{").replace("}", "}}")}" at byte offset {{}}', place
            )
        argument = ""
        while True:
            self.skip_space()
            if self.peek() == ">":
                break
            name, value = self.attribute(tag, place)
            argument = _argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self.fault('Tag "span" must have class "tg-spoiler" at byte offset {}', place)
        self.open.append(_Open(tag, argument, self.length, place))

    def attribute(self, tag: str, place: int) -> tuple[str, str]:
        """One attribute's name (lower case) and value; the value is empty when it has none."""
        found = _ATTRIBUTE.match(self.text, self.at)
        name = found.group() if found else ""
        if not name:
            if not self.peek():
                raise self.fault(f'Unclosed start tag "{tag}" at byte offset {{}}', place)
            raise self.fault(f'Empty attribute name in the tag "{tag}" at byte offset {{}}', place)
        self.at += len(name)
        self.skip_space()
        if self.peek() != "=":
            if not self.peek():
                raise self.fault(f'Unclosed start tag "{tag}" at byte offset {{}}', place)
            return name.lower(), ""
        self.at += 1
        self.skip_space()
        quote = self.peek()
        if quote in ("'", '"') and quote:
            end = self.text.find(quote, self.at + 1)
            if end < 0:
                raise self.fault(f'Unclosed start tag "{tag}" at byte offset {{}}', place)
            value = _unescaped(self.text[self.at + 1 : end])
            self.at = end + 1
        else:
            token = _TOKEN.match(self.text, self.at)
            value = token.group().lower() if token else ""
            self.at += len(value)
            if self.peek() and self.peek() not in _SPACE and self.peek() != ">":
                raise self.fault("Unexpected end of name token at byte offset {}", self.at - len(value))
        if not self.peek():
            raise self.fault(f'Unclosed start tag "{tag}" at byte offset {{}}', place)
        return name.lower(), value

    def end_tag(self, place: int) -> None:
        """From ``/`` to behind ``>``."""
        if not self.open:
            raise self.fault("Unexpected end tag at byte offset {}", place)
        begin = self.at + 1
        while self.peek() and self.peek() not in _SPACE and self.peek() != ">":
            self.at += 1
        name = self.text[begin : self.at].lower()
        self.skip_space()
        if self.peek() != ">":
            raise self.fault("Unclosed end tag at byte offset {}", place)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            safe = name.replace("{", "{{").replace("}", "}}")
            raise self.fault(
                f'Unmatched end tag at byte offset {{}}, expected "</{opened.tag}>", found "</{safe}>"', place
            )
        if self.length > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        """Write down the entity of a tag that has its end."""
        entity: Json = {"type": _KIND[opened.tag], "offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a":
            url = opened.argument or _slice("".join(self.out), entity)
            if mention := _MENTION.match(url):
                entity["type"] = "text_mention"
                entity["user"] = {"id": int(mention.group(1)), "is_bot": False, "first_name": ""}
            elif (link := _url(url)) is None:
                return
            else:
                entity["url"] = link
        elif opened.tag == "pre" and self._languages(entity):
            return
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _languages(self, pre: Json) -> bool:
        """Whether the pre holds just one code with a language, which then becomes the pre."""
        last = self.entities[-1] if self.entities else {}
        if "language" in last and (last["offset"], last["length"]) == (pre["offset"], pre["length"]):
            last["type"] = "pre"
            return True
        return False


def parse_html(text: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises a refusal for what Telegram can't read."""
    return _Parser(text).run()


def _slice(text: str, entity: Json) -> str:
    wide = text.encode("utf-16-le", "replace")
    return wide[2 * entity["offset"] :].decode("utf-16-le", "replace")


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute says for its tag; attributes that mean nothing are passed over, as Telegram does."""
    if tag == "a" and name == "href":
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if tag == "tg-emoji" and name == "emoji-id":
        return value
    if tag == "blockquote" and name == "expandable":
        return "expandable"
    return ""


def _url(url: str) -> str | None:
    """A link as Telegram keeps it, None if it keeps none: then the text stays, without a link."""
    url = url.strip()
    if re.match(r"(?:https?|tg|ton|tonsite)://\S+$", url, re.IGNORECASE):
        return url
    if re.match(r"(?:mailto|tel):\S+$", url, re.IGNORECASE):
        return None
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$", url):
        return f"http://{url}"
    return None


def _without_nested_code(entities: list[Json]) -> list[Json]:
    """code and pre hold no other entities (https://core.telegram.org/bots/api#formatting-options); a lone code has no
    language.
    """
    solid = [e for e in entities if e["type"] in ("code", "pre")]
    for entity in solid:
        if entity["type"] == "code":
            entity.pop("language", None)

    def inside(entity: Json) -> bool:
        return any(
            entity is not other
            and other["offset"] <= entity["offset"]
            and entity["offset"] + entity["length"] <= other["offset"] + other["length"]
            and (entity["type"] not in ("code", "pre") or other["length"] > entity["length"])
            for other in solid
        )

    return [entity for entity in entities if not inside(entity)] if solid else entities
