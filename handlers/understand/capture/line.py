"""A line that is being understood: what was typed, its flat shadow, and which characters already belong to a field.

Every reader of capture takes its characters off the same `Line`; those that nobody takes are the rest, so nothing that
was typed can be lost. `Line("王总 138…").take(0, 2, "name")`.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from store.rules.company import LATIN_FORMS
from store.rules.script import flat

TAKEN = "\x1f"
"""Stands in `Line.open` where a character was taken: no word reaches across it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BOLD = re.compile(r"(?<![\w*])\*(?=\w)|(?<=[\w:])\*(?![\w*])")
"""*姓名*：, as chats write what is bold; not the * of 138****1234."""
_ARROWS = re.compile("[-=]>|[→⇒➜➡]|(?<= )>(?= )|[.·]{4,}|…{2,}")
"""姓名→张伟, Phone ...... 138, as people and forms part a label from its value."""
_BLANKS = re.compile("__+")
"""姓名：___张伟___, as forms leave room for it."""
_SPACES = re.compile(r"[^\S\n]+")
_WIDE_WORDS = {code: code - 0xFEE0 for start in (0xFF10, 0xFF21, 0xFF41) for code in range(start, start + 26)} | {
    0x3000: 0x20
}
_EDGE = (
    " \t\r\n,，;；:：、|｜/／\\-–—_·•。.!！?？~～=<>《》\"“”'‘’●◆■()（）[]【】{}「」『』@＠*…\x1f\ufe0f"
    "☎☏✆✉📞📱📧📍🏢👤📝💬🏠📌🔗🌐"
)
_EDGE_FRONT = _EDGE.replace("-", "").replace("@", "").replace("*", "")
_DOTTED = "|".join(form for form in LATIN_FORMS if form not in ("llc", "llp", "plc", "gmbh"))
"""Legal forms that may end with a full stop; behind LLC it ends the sentence."""
_ABBREVIATED = re.compile(
    rf"(?i)(?<!\w)(?:{_DOTTED}|dept|jr|sr|ph\.d|no|bros|intl|tic|san|şti|\w|(?:\w{{1,4}}\.)+\w{{1,5}})$"
)
_CLOSES = {"(": ")", "（": "）"}


def tidy(text: str) -> str:
    """Text for a field: full-width letters and digits at ASCII width, spaces single, without punctuation around it.

    The full stop of Ltd. stays, and the bracket that closes 云帆科技（杭州）.
    """
    plain = _SPACES.sub(" ", text.translate(_WIDE_WORDS))
    bare = plain.strip(_EDGE)
    if not bare:
        return ""
    after = plain[plain.index(bare) + len(bare) :][:1]
    if after == "." and _ABBREVIATED.search(bare):
        return bare + after
    for opening, closing in _CLOSES.items():
        if after == closing and bare.count(opening) > bare.count(closing):
            return bare + after
    return bare


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the line: code points, half open."""

    start: int
    end: int


class Line:
    """The text, and beside it, position for position, its flat form and the field that each character went to.

    `open` is the flat form of what nobody took yet, `open_lower` the same in lower case.
    """

    __slots__ = ("field", "flat", "lower", "open", "open_lower", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        shadow = _BLANKS.sub(lambda blank: " " * len(blank.group()), flat(text))
        shadow = _BOLD.sub(" ", _CONTROL.sub(" ", shadow))
        self.flat = _ARROWS.sub(lambda arrow: ":".ljust(len(arrow.group())), shadow)
        self.lower = "".join(small if len(small := character.lower()) == 1 else character for character in self.flat)
        self.open, self.open_lower = self.flat, self.lower
        self.field: list[str] = [""] * len(text)

    def take(self, start: int, end: int, field: str) -> None:
        """Give these characters to a field (or to `label`, which nobody keeps)."""
        if start < end:
            self.field[start:end] = [field] * (end - start)
            gone = TAKEN * (end - start)
            self.open = self.open[:start] + gone + self.open[end:]
            self.open_lower = self.open_lower[:start] + gone + self.open_lower[end:]

    def typed(self, start: int, end: int) -> str:
        """What was typed there, tidied for a field."""
        return tidy(self.text[start:end])

    def gather(self, *fields: str) -> str:
        """What was typed in these fields (`""` is what nobody took), in order: a line each, a space between pieces."""
        pieces: list[str] = []
        position = 0
        for chosen, group in groupby(self.field, key=lambda field: field in fields):
            length = len(list(group))
            piece = self.text[position : position + length]
            if chosen:
                pieces.append(piece)
            elif "\n" in piece:
                pieces.append("\n")
            position += length
        lines: list[str] = [""]
        for piece in pieces:
            for number, part in enumerate(piece.split("\n")):
                if number and lines[-1]:
                    lines.append("")
                cleaned = _SPACES.sub(" ", part).lstrip(_EDGE_FRONT).rstrip(_EDGE).removeprefix("- ")
                if any(character not in _EDGE for character in cleaned):
                    lines[-1] = f"{lines[-1]} {cleaned}" if lines[-1] else cleaned
        return "\n".join(line for line in lines if line)
