"""Ranges of an own field: encoded in a button's data, as a person reads them, and in a line.

Range(7, low=300000, above=True)  ⇄  "7-A6fi8-"  →  预算 超过 300,000
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from handlers.kit.lists import base36
from handlers.kit.reply import Text, t
from handlers.kit.request import Request
from handlers.understand.between import Bounds
from handlers.understand.between import in_line as found_in
from store import fields
from store.rules.classification import FieldKind
from store.rules.own_fields import CustomField
from store.rules.script import fold
from store.selecting import Range

#: The longest line in which a condition is looked for.
LINE_MOST = 80
#: The stretches that are offered, each by its text `list.span.<name>` and as the reader of days knows it.
SPANS = {
    "week": "this week", "month": "this month", "last_month": "last month", "next_month": "next month",
    "quarter": "this quarter", "year": "this year",
}  # fmt: skip
#: An end as a button carries it: excluded (X), a day (D), thousandths (K), below nothing (M), a number to base 36.
_END = re.compile(r"(X?)(D|K?M?)([0-9a-z]{1,9})")
_THOUSANDTHS = 1000


def packed(asked: Range) -> str:
    """The range as a button carries it."""
    ends = ((asked.low, asked.above), (asked.high, asked.below))
    return "-".join((base36(asked.field), *("" if end is None else _packed(end, out) for end, out in ends)))


def _packed(end: float | str, excluded: bool) -> str:
    mark = "X" if excluded else ""
    if isinstance(end, str):
        return f"{mark}D{base36(date.fromisoformat(end).toordinal())}"
    sign, size = "M" if end < 0 else "", abs(end)
    whole = base36(int(size)) if size == int(size) else ""
    return f"{mark}{sign}{whole}" if whole else f"{mark}K{sign}{base36(round(size * _THOUSANDTHS))}"


def unpacked(word: str) -> Range:
    """The range again. Raises ValueError for anything else: the button was edited."""
    field, low, high = word.split("-")
    if not re.fullmatch(r"[0-9a-z]{1,6}", field) or not (low or high):
        raise ValueError(word)
    (from_, above), (to, below) = _unpacked(low), _unpacked(high)
    return Range(int(field, 36), from_, to, above, below)


def _unpacked(word: str) -> tuple[int | float | str | None, bool]:
    if not word:
        return None, False
    found = _END.fullmatch(word)
    if found is None:
        raise ValueError(word)
    number = int(found[3], 36)
    if found[2] == "D":
        try:
            return date.fromordinal(number).isoformat(), bool(found[1])
        except OverflowError:
            raise ValueError(word) from None
    value = number / _THOUSANDTHS if "K" in found[2] else number
    return (-value if "M" in found[2] else value), bool(found[1])


def label(req: Request, asked: Range) -> Text:
    """A range with its field's name."""
    found = fields.get(req.tx, asked.field)
    name = found.name if found else "?"
    if asked.low is not None and asked.high is not None:
        if asked.low == asked.high:
            return t("list.range.same", field=name, value=asked.low)
        return t("list.range.both", field=name, low=asked.low, high=asked.high)
    days = isinstance(asked.low if asked.high is None else asked.high, str)
    if asked.low is not None:
        kind = "low" if not asked.above else "after" if days else "above"
        return t(f"list.range.{kind}", field=name, value=asked.low)
    assert asked.high is not None
    kind = "high" if not asked.below else "before" if days else "below"
    return t(f"list.range.{kind}", field=name, value=asked.high)


def own_fields(req: Request) -> list[CustomField]:
    """The company's own fields that hold numbers or days."""
    return [one for one in fields.all_of(req.tx) if one.kind in (FieldKind.NUMBER, FieldKind.DATE)]


def in_line(req: Request, line: str) -> tuple[Range | None, str]:
    """The condition on one of these fields in a line, and the line without it."""
    if len(line) > LINE_MOST:
        return None, line
    named = [one for one in own_fields(req) if fold(one.name) in fold(line)]
    for field in sorted(named, key=lambda one: -len(one.name)):
        found = found_in(line, field.name, *_reader(req, field.kind))
        if found is not None:
            return of(field.id, found[0]), found[1]
    return None, line


def _reader(req: Request, kind: FieldKind) -> tuple[str, Callable[[str], Bounds | None]]:
    """The shape of a condition on a field of this kind, and what reads it."""
    from handlers.understand import quantities, spans  # they bring the grammar of numerals: not every start needs it

    if kind is FieldKind.DATE:
        today = req.now.astimezone(req.zone).date()
        return spans.PATTERN, lambda said: spans.read(said, today)
    return quantities.PATTERN, quantities.read


def of(field_id: int, bounds: Bounds) -> Range:
    """The bounds as those of a field."""
    return Range(field_id, bounds.low, bounds.high, bounds.above, bounds.below)
