"""Amounts as people type them: 30万, 3.5千, 1,200, 12k, ¥2.5m, 三十万, 1.2亿元.

>>> read("30万"), read("3.5k"), read("￥1,200 元"), read("no idea")
(300000, 3500, 1200, None)
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
#: The shape of an amount, for who looks for one in a sentence: the m of members is no million.
PATTERN = rf"{_MONEY} ?-?(?:{_DIGITS}|{_HAN})(?: ?(?:{_UNIT})(?![a-z]))?(?: ?{_COUNTED}(?![a-z]))?"


def read(typed: str) -> int | float | None:
    """The number that a text is, whole where it can be; None when it is none, or larger than an amount can be."""
    found = _AMOUNT.fullmatch(flat(typed).replace("￥", "¥").strip())
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


def unit(typed: str) -> str:
    """The unit that an amount is said in: 万, k; empty where there is none."""
    found = _AMOUNT.fullmatch(flat(typed).strip())
    return found["unit"] or "" if found else ""
