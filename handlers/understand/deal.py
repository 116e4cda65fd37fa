"""What a line says of a deal, once it is known whose: its title, its price, by when.

>>> said = read("年度框架 12万 月底", Currency.CNY, datetime(2026, 11, 20, 10, tzinfo=zone), zone)
>>> said.title, said.money.minor, said.expected
('年度框架', 12000000, datetime.date(2026, 11, 30))
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.understand import errand, money
from store.deals import Terms
from store.rules.money import Currency


def read(text: str, default: Currency, now: datetime, zone: ZoneInfo) -> Terms:
    """A deal that may come. `default`: what a price is in where that is not said."""
    priced = money.find(text, default)
    if priced is not None and priced.sure:  # 3.2万 is no date, but 15 of 4000 15 June is
        asked = errand.read(f"{priced.before} , {priced.behind}", now, zone)
        terms = Terms(" ".join(asked.parts), priced.money)
    else:
        asked = errand.read(text, now, zone)
        terms = sold(asked.words, default)
    if asked.at is None or asked.rule is not None:
        return sold(text, default)
    return terms._replace(expected=asked.at.astimezone(zone).date())


def sold(text: str, default: Currency) -> Terms:
    """A deal that is decided: what day is named belongs to its title."""
    found = money.find(text, default)
    if found is None:
        return Terms(" ".join(text.split()).strip(" ,，.。:：;；"))
    return Terms(" ".join(f"{found.before} {found.behind}".split()), found.money)
