"""Amounts as people type them: 30万, 3.5千, 1,200, 12k, ¥2.5m, 三十万, 1.2亿元, 3万2, 两千五.

>>> read("30万"), read("3.5k"), read("￥1,200 元"), read("3万2"), read("no idea")
(300000, 3500, 1200, 32000, None)
"""

from __future__ import annotations

import re

from handlers.understand.when.numerals import CHINESE_DIGITS, chinese
from store.rules.script import flat

#: Beyond a thousand billion it is no amount but a number of something: of an identity card, of an account.
MOST = 10**12
_UNITS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "w": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_MONEY = r"(?:[¥$€£]|rmb|cny|usd|eur|gbp|hkd|人民币|约|about|approx\.?)?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = f"[{''.join(CHINESE_DIGITS)}十百千廿卅]+"
_COUNTED = r"(?:元|块钱?|圆|人|个|台|件|吨|%|rmb|cny|usd|eur|gbp|hkd|dollars?|yuan)?"
_AMOUNT = re.compile(
    rf"{_MONEY}\s*(?P<minus>-)?\s*(?:(?P<digits>{_DIGITS})|(?P<han>{_HAN}))\s*(?P<unit>{_UNIT})?\s*{_COUNTED}",
    re.IGNORECASE,
)
#: What is said in two parts, the second of the next lower unit where it has none of its own: 3万2, 两千五, 1亿2000万.
_DIGIT = f"[{''.join(CHINESE_DIGITS)}]"
_BELOW = {"百": 10, "千": 100, "万": 1_000, "亿": 10_000_000}
COMPOUND = rf"(?:\d+|{_HAN}?)[百千万亿](?:\d{{1,4}}|{_DIGIT})(?![\d.])[百千万]?"
_PARTS = re.compile(
    rf"{_MONEY}\s*(?P<high>\d+|{_HAN}?)(?P<unit>[百千万亿])(?P<low>\d{{1,4}}|{_DIGIT})(?P<less>[百千万])?\s*{_COUNTED}",
    re.IGNORECASE,
)
#: One number, with its unit, and nothing around it.
NUMBER = rf"(?:{COMPOUND}|(?:{_DIGITS}|{_HAN})(?:\s?(?:{_UNIT})(?![a-z]))?)"
#: The shape of an amount, for who looks for one in a sentence: the m of members is no million.
PATTERN = rf"{_MONEY} ?-?(?:{_DIGITS}|{_HAN})(?: ?(?:{_UNIT})(?![a-z]))?(?: ?{_COUNTED}(?![a-z]))?"


def read(typed: str) -> int | float | None:
    """The number that a text is, whole where it can be; None when it is none, or larger than an amount can be."""
    plain = flat(typed).replace("￥", "¥").strip()
    parts = _PARTS.fullmatch(plain)
    if parts is not None:
        return _in_parts(parts)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    if found["digits"]:
        number: float | None = float(found["digits"].replace(",", ""))
    else:
        number = chinese(found["han"])
    if number is None:
        return None
    number = round(number * _UNITS.get((found["unit"] or "").lower(), 1), 4) * (-1 if found["minus"] else 1)
    if abs(number) >= MOST:
        return None
    return int(number) if number == int(number) else number


def _in_parts(found: re.Match[str]) -> int | None:
    """3万2 is 3万 and 2千; None for what is no number: 3千2万, 3万25."""
    high, low = (
        int(part) if part.isdigit() and part.isascii() else chinese(part) for part in found.group("high", "low")
    )
    if high is None or low is None:
        return None
    whole = found["less"] is None and len(str(low)) == len(str(_BELOW[found["unit"]]))
    below = 1 if whole and low > 9 else _UNITS[found["less"]] if found["less"] else _BELOW[found["unit"]]
    if low * below >= _UNITS[found["unit"]]:
        return None
    total = high * _UNITS[found["unit"]] + low * below
    return total if total < MOST else None


def unit(typed: str) -> str:
    """The unit that an amount is said in: 万, k; empty where there is none."""
    found = _AMOUNT.fullmatch(flat(typed).strip())
    return found["unit"] or "" if found else ""
