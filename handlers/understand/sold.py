"""How many of a product were sold in a month, as people type it: 净水器 X1 10月 1200, Filter X1 last month 1.2k.

What is missing is None, for the feature to ask; a month without its year is the latest such month that has begun.

>>> month("卖了 上个月", date(2026, 11, 20)), month("Oct 2025", date(2026, 11, 20)), month("12月", date(2026, 11, 20))
(datetime.date(2026, 10, 1), datetime.date(2025, 10, 1), datetime.date(2025, 12, 1))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from handlers.understand import amount, sorting
from store.rules.models import Label

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(?P<year>\d{4})\s*[-/年]\s*(?P<number>\d{1,2})\s*(?:月份?)?|(?P<alone>\d{1,2})\s*月份?"
    rf"|\b(?P<name>{'|'.join(_NAMES)})[a-z]*\.?(?:\s+(?P<of>\d{{4}}))?\b|(?P<last>上个?月|\blast month\b)"
    r"|(?P<this>这个?月|本月|\bthis month\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:[百千万wk])?", re.IGNORECASE)


class Sold(NamedTuple):
    """What a line says."""

    product: Label | None
    month: date | None
    units: int | None


def read(text: str, products: Sequence[Label], today: date) -> Sold:
    """Reads a line: the company's own products by their names, the month, the number."""
    product = sorting.named(text, products)
    rest = text if product is None else re.sub(re.escape(product.name), " ", text, count=1, flags=re.IGNORECASE)
    found = _MONTH.search(rest)
    if found is not None:
        rest = rest[: found.start()] + " " + rest[found.end() :]
    numbers = _AMOUNT.findall(rest)
    return Sold(product, month(text if found is None else found[0], today), whole(numbers[-1]) if numbers else None)


def month(text: str, today: date) -> date | None:
    """The first day of the month that a text names; None where it names none."""
    found = _MONTH.search(text)
    if found is None:
        return None
    if found["this"]:
        return today.replace(day=1)
    if found["last"]:
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    number = int(found["number"] or found["alone"] or _NAMES.index(found["name"].lower()) + 1)
    year = int(found["year"] or found["of"] or today.year - (number > today.month))
    return date(year, number, 1) if 1 <= number <= 12 and 1971 <= year <= today.year else None


def whole(typed: str) -> int | None:
    """A number of things: a whole one, not below nought; None for anything else."""
    number = amount.read(typed.strip())
    return number if isinstance(number, int) and number >= 0 else None
