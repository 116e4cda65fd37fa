"""One spelling for the many ways in which the same characters are typed: width, case, Traditional and Simplified.

Used where things are compared (search, duplicates, capture's word lists); what was typed is always what is kept.
`fold("ＡＢＣ 臺灣電腦")` is `"abc 台湾电脑"`.

OpenCC's own converter works on phrases: 41 µs for a line, 20 ms to start. To compare, both sides only need the same
character, so OpenCC's table of single characters is enough (1.4 µs for a line, 0.2 MB); it is read when the first
line that isn't ASCII comes by.
"""

import unicodedata
from functools import cache
from importlib.resources import files

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}


@cache
def _simplified() -> dict[int, int]:
    """Traditional → Simplified, one character to one, from OpenCC's TSCharacters (its first choice for each)."""
    table: dict[int, int] = {}
    listing = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8")
    for line in listing.splitlines():
        traditional, _, choices = line.partition("\t")
        simplified = choices.partition(" ")[0]
        if len(traditional) == len(simplified) == 1 and traditional != simplified:
            table[ord(traditional)] = ord(simplified)
    return table


@cache
def _flat() -> dict[int, int]:
    return _simplified() | _WIDE


def simplified(text: str) -> str:
    """The text with each Traditional character as its Simplified one; the length stays the same."""
    return text if text.isascii() else text.translate(_simplified())


def narrow(text: str) -> str:
    """The text with full-width letters, digits and punctuation at their ASCII width; the length stays the same."""
    return text if text.isascii() else text.translate(_WIDE)


def flat(text: str) -> str:
    """`narrow` and `simplified` in one pass: a shadow of the text, position for position, for matching words."""
    return text if text.isascii() else text.translate(_flat())


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, Simplified, without case. Not for showing; its length may differ."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", text).translate(_simplified()).casefold()


def is_han(character: str) -> bool:
    """Whether this one character is a Chinese character (Unified Ideographs and extensions A and B, and 〇)."""
    code = ord(character)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2A6DF or code == 0x3007


def has_han(text: str) -> bool:
    """Whether any character of the text is a Chinese character."""
    return not text.isascii() and any(map(is_han, text))
