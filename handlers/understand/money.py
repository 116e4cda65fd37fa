"""What something costs, said anywhere in a line: 年度框架 3.2万, rollout for $500, 3万2, 12,000 USD, 1.5 million.

>>> found = find("Acme rollout 12,000 USD", Currency.CNY)
>>> found.money, found.said, found.before
(Money(minor=1200000, currency=<Currency.USD: 'USD'>), '12,000 USD', 'Acme rollout')
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from handlers.understand import amount
from store.rules import money
from store.rules.money import Currency, Money
from store.rules.script import flat

#: How currencies are said before and behind a number. A bare $ is the company's own where that is a dollar.
_BEFORE = {
    "hk$": Currency.HKD, "us$": Currency.USD, "nt$": Currency.TWD, "s$": Currency.SGD, "a$": Currency.AUD,
    "c$": Currency.CAD, "¥": Currency.CNY, "$": Currency.USD, "€": Currency.EUR, "£": Currency.GBP, "rmb": Currency.CNY,
    "人民币": Currency.CNY, "₩": Currency.KRW,
} | {one.lower(): one for one in Currency}  # fmt: skip
_BEHIND = {
    "元": Currency.CNY, "块钱": Currency.CNY, "块": Currency.CNY, "圆": Currency.CNY, "人民币": Currency.CNY,
    "rmb": Currency.CNY, "yuan": Currency.CNY, "美元": Currency.USD, "美金": Currency.USD, "dollars": Currency.USD,
    "dollar": Currency.USD, "欧元": Currency.EUR, "euros": Currency.EUR, "euro": Currency.EUR, "€": Currency.EUR,
    "英镑": Currency.GBP, "pounds": Currency.GBP, "£": Currency.GBP, "$": Currency.USD, "港币": Currency.HKD,
    "港元": Currency.HKD, "台币": Currency.TWD, "新币": Currency.SGD, "新加坡元": Currency.SGD, "澳元": Currency.AUD,
    "加元": Currency.CAD, "日元": Currency.JPY, "yen": Currency.JPY, "韩元": Currency.KRW,
} | {one.lower(): one for one in Currency}  # fmt: skip
_DOLLARS = frozenset({Currency.USD, Currency.HKD, Currency.TWD, Currency.SGD, Currency.AUD, Currency.CAD})


def _one_of(said: dict[str, Currency]) -> str:
    return "|".join(re.escape(word) for word in sorted(said, key=len, reverse=True))


_PRICE = re.compile(
    rf"(?<![\d.\-])(?<!\d,)(?:(?<![a-z])(?P<before>{_one_of(_BEFORE)})\s?|(?<![a-z]))(?P<number>{amount.NUMBER})"
    rf"(?:\s?(?P<behind>{_one_of(_BEHIND)})(?![a-z]))?(?=(?P<after>.?))",
    re.IGNORECASE,
)
#: What stands behind a number that counts something, or is a part of it, and so is no price: 100台, 2025年, 50%, 12:30.
_COUNTED = re.compile(r"[\w%:/\-]")
#: How many numbers of a line are looked at, a page of figures has thousands; and how far before one what leads to it.
MOST, LEAD_MOST = 200, 16
_LED_BY = re.compile(r"(?:[,，:：;；]|\b(?:for|at|worth|of|is)|[共计约值价款额])\s*$", re.IGNORECASE)


class Found(NamedTuple):
    """A price, as it was `said`, with the words before and behind it. `sure`: it says its currency or a unit, so that
    it is no date.
    """

    money: Money
    said: str
    before: str
    behind: str
    sure: bool


def find(text: str, default: Currency) -> Found | None:
    """The price that a text names: one that says its currency before one that has a unit before a number alone, and of
    several the last. `default`: what it is in where that is not said.
    """
    shadow = flat(text).replace("￥", "¥")
    if len(shadow) != len(text):
        text = shadow
    best: tuple[int, Money, re.Match[str]] | None = None
    for match in islice(_PRICE.finditer(shadow), MOST):
        price, certain = _money(match, default), _certainty(shadow, match)
        if price is not None and certain and (best is None or certain >= best[0]):
            best = certain, price, match
    if best is None:
        return None
    certain, price, match = best  # its words only now: each time they are a walk through the whole line
    begin, end = match.span()
    return Found(price, text[begin:end], _edge(text[:begin]), _edge(text[end:]), certain > 1)


def read(text: str, default: Currency) -> Money | None:
    """The price that a text is, and nothing else."""
    found = find(text.strip(), default)
    return found.money if found is not None and not found.before and not found.behind else None


def _certainty(shadow: str, match: re.Match[str]) -> int:
    """3: says its currency, 2: has a unit, 1: a number that stands alone, 0: no price."""
    if match["before"] or match["behind"]:
        return 3
    digits = match["number"][:1].isdigit() and match["number"][:1].isascii()
    if match["after"] and _COUNTED.match(match["after"]):
        return 0
    if amount.unit(match["number"]) or (re.search("[千万亿]", match["number"]) and len(match["number"]) > 1):
        return 2
    begin = match.start()
    alone = begin == 0 or shadow[begin - 1].isspace() or _LED_BY.search(shadow, max(0, begin - LEAD_MOST), begin)
    return int(bool(digits and alone))


def _money(match: re.Match[str], default: Currency) -> Money | None:
    said = amount.read(match["number"])
    if said is None:
        return None
    currency = default
    for name, known in (("before", _BEFORE), ("behind", _BEHIND)):
        if match[name]:
            currency = known[match[name].lower()]
            if match[name] == "$" and default in _DOLLARS:
                currency = default
    return money.of(Decimal(str(said)), currency)


def _edge(words: str) -> str:
    """Without the marks, and the small words that led to the price, at its edges."""
    words = words.strip(" \t\n,，.。:：;；、-–—~|")
    return re.sub(r"(?:^|(?<=\s))(?:for|at|worth|of|is|about|approx|total|金额|总价|价格|报价|大约|约|共)$", "", words,
                  flags=re.IGNORECASE).strip(" \t\n,，.。:：;；、-–—~|")  # fmt: skip
