"""Numbers as people write them: 二十五, 廿三, 二〇二七, twenty-five, a couple.

Called by `tokens.scan`.

    >>> chinese("二十五"), chinese("廿三"), chinese("二〇二七")
    (25, 23, 2027)
"""

from __future__ import annotations

from typing import Final

CHINESE_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_TENS: Final = {"廿": 20, "卅": 30}

_SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS: Final = {
    f"{word}ty": 10 * n for n, word in enumerate(["twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"], 2)
}
ENGLISH: Final = {word: n for n, word in enumerate(_SMALL)} | _ENGLISH_TENS

_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
ENGLISH_ORDINALS: Final = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30}


def chinese(text: str) -> int | None:
    """Return the whole number that Chinese numerals say, or None when they say none.

    Read are 0 to 9999 with units (三百六十五), digit by digit (二〇二七, 一五), and 廿 / 卅.
    """
    if all(c in CHINESE_DIGITS for c in text):
        value = 0
        for c in text:
            value = value * 10 + CHINESE_DIGITS[c]
        return value if len(text) <= 4 else None
    total = 0
    digit = -1
    last_unit = 10_000
    for c in text:
        if c in CHINESE_DIGITS:
            if digit > 0:
                return None
            digit = CHINESE_DIGITS[c]
            continue
        if c in _TENS:
            if digit >= 0 or last_unit <= 10:
                return None
            total, last_unit = total + _TENS[c], 10
            continue
        unit = {"十": 10, "百": 100, "千": 1000}.get(c)
        if unit is None or unit >= last_unit:
            return None
        total, last_unit, digit = total + (digit if digit > 0 else 1) * unit, unit, -1
    return total + max(digit, 0)
