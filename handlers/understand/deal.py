"""What a line says of a deal, once it is known whose: its title, its price, by when.

>>> said = read("年度框架 12万 月底", Currency.CNY, datetime(2026, 11, 20, 10, tzinfo=zone), zone)
>>> said.title, said.money.minor, said.expected
('年度框架', 12000000, datetime.date(2026, 11, 30))
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand import errand, money
from store.deals import Terms
from store.rules.money import Currency

_SAYS_NOTHING = re.compile(r"^\s*(?:the )?deal\b|今天|刚刚|刚才|\btoday\b|\bjust now\b", re.IGNORECASE)


def read(text: str, default: Currency, now: datetime, zone: ZoneInfo) -> Terms:
    """A deal that may come. `default`: what a price is in where that is not said."""
    priced = money.find(text, default)
    if priced is not None and priced.sure:  # 3.2万 is no date, but 15 of 4000 15 June is
        asked = errand.read(f"{priced.before} , {priced.behind}", now, zone)
        terms = Terms(title(" ".join(asked.parts)), priced.money)
    else:
        asked = errand.read(text, now, zone)
        terms = sold(asked.words, default)
    if asked.at is None or asked.rule is not None:
        return sold(text, default)
    return terms._replace(expected=asked.at.astimezone(zone).date())


def sold(text: str, default: Currency) -> Terms:
    """A title and a price, and nothing of a day."""
    found = money.find(text, default)
    if found is None:
        return Terms(title(text))
    return Terms(title(f"{found.before} {found.behind}"), found.money)


def decided(text: str, default: Currency, now: datetime, zone: ZoneInfo) -> tuple[Terms, date | None]:
    """A deal that is decided, and on which day it was, where one is named that has been (昨天); another is part of the
    title.
    """
    terms = read(text, default, now, zone)
    if terms.expected is None or terms.expected > now.astimezone(zone).date():
        return sold(text, default), None
    return terms._replace(expected=None), terms.expected


def price_last(text: str, default: Currency) -> str:
    """The same line with its price at the end, so that a name stands apart from it: 张三3.2万, 3万 张三."""
    found = money.find(text, default)
    return text if found is None else " ".join(f"{found.before} {found.behind} {found.said}".split())


def title(words: str) -> str:
    """What is said of a deal, without the marks at its edges and what says no more than that it is a deal, now."""
    return " ".join(_SAYS_NOTHING.sub(" ", words).split()).strip(" ,，.。:：;；")
