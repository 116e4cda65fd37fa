"""Names of places that stand before companies, in addresses, or alone: provinces and cities of China, cities abroad.

Capture asks whether a word is a place (`is_place("杭州市")`), `company.core` takes one off the front of a company.
The names are Simplified, without 省 or 市 (words.toml).
"""

import re

from store.rules.script import simplified
from store.rules.words import words

PROVINCES = frozenset(words("place", "provinces"))

CITIES = frozenset(words("place", "cities"))

REGIONS = frozenset(words("place", "regions"))
"""Countries and parts of China, as salespeople divide the world."""

LATIN = frozenset(word.replace("_", " ") for word in words("place", "latin"))

_UNIT = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$")
_NAMED = PROVINCES | CITIES | REGIONS
LONGEST = max(map(len, _NAMED))


def prefix(text: str) -> str:
    """The place that a Chinese text begins with, as typed (杭州市西湖… → 杭州市), or nothing."""
    plain = simplified(text[: LONGEST + 1])
    for length in range(min(LONGEST, len(plain)), 1, -1):
        if plain[:length] in _NAMED:
            return text[: length + 1] if plain[length : length + 1] in ("省", "市") else text[:length]
    return ""


def is_place(text: str) -> bool:
    """Whether a text is nothing but a place: 杭州, 浙江省杭州市, London, Hong Kong."""
    if text.isascii():
        return text.strip(" .").casefold() in LATIN
    plain = simplified(text.strip())
    if plain.casefold() in LATIN:
        return True
    for _ in range(3):
        bare = _UNIT.sub("", plain)
        if plain in _NAMED or bare in _NAMED:
            return True
        front = prefix(plain)
        if not front:
            return False
        plain = plain[len(front) :]
    return False
