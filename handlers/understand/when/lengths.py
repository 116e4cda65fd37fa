"""How long: "一个半小时", "2 and a half days", "1h30m" as a length of months, days, seconds and working days.

Called by the rules.

    >>> measure(scan("一年半").items)
    Length(months=18, days=0, seconds=0, workdays=0, more=(0, 0, 0, 0))
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.kinds import KINDS
from handlers.understand.when.relative import Length
from handlers.understand.when.tokens import Token

_SECONDS: Final = {KINDS["second"]: 1, KINDS["minute"]: 60, KINDS["fen"]: 60, KINDS["hour"]: 3600, KINDS["ke"]: 900}
_WEEKS: Final = {KINDS["week"]: 7, KINDS["fortnight"]: 14}
_DAYS: Final = frozenset((KINDS["day"], KINDS["nightunit"], KINDS["ri"]))
_MONTHS: Final = {KINDS["month"]: 1, KINDS["quarter"]: 3, KINDS["yearunit"]: 12, KINDS["yue"]: 1}
_UNITS: Final = frozenset([*_SECONDS, *_WEEKS, *_DAYS, *_MONTHS, KINDS["workday"]])
# Beyond these a length is a joke or an attack, and would leave the calendar.
_MOST_MONTHS: Final = 12 * 200
_MOST_DAYS: Final = 366 * 200


def _one(amount: float, unit: Token) -> tuple[int, int, int, int]:
    """Return months, days, seconds and working days of one amount; half a month is 15 days, half a week 3."""
    if unit.kind in _SECONDS:
        return 0, 0, round(amount * _SECONDS[unit.kind]), 0
    if unit.kind in _WEEKS:
        return 0, int(amount * _WEEKS[unit.kind]), 0, 0
    if unit.kind in _DAYS:
        return 0, int(amount), round(amount % 1 * 86_400), 0
    if unit.kind in _MONTHS:
        months = amount * _MONTHS[unit.kind] * (unit.number if unit.kind == KINDS["yearunit"] else 1)
        return int(months), round(months % 1 * 30), 0, 0
    return 0, 0, 0, int(amount)


def _sum(amounts: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    columns = [sum(column) for column in zip(*amounts, strict=True)]
    return columns[0], columns[1], columns[2], columns[3]


def measure(items: tuple[Token, ...]) -> Length | None:
    """Return the length that the tokens of a duration say; None when it is nothing, or absurdly long."""
    quarter = _quarters_of_an_hour(items)
    if quarter is not None:
        return quarter
    amounts: list[tuple[int, int, int, int]] = []
    spreads: list[tuple[int, int, int, int]] = []
    amount: float | None = None
    high = 0
    unit: Token | None = None
    for item in items:
        if item.kind == KINDS["num"]:
            if amount is not None and item.form != "a":
                # 2-3 days, two or three weeks
                amount, high = min(amount, item.number), int(max(amount, item.number))
            elif amount is None:
                if item.form == "padded":
                    # 07年 is a year, 05分 a minute.
                    return None
                amount, high = item.number, item.high
        elif item.kind == KINDS["dec"]:
            amount = item.number
        elif item.kind == KINDS["half"]:
            if amount is None and unit is not None:
                amounts.append(_one(0.5, unit))
            else:
                amount = (amount or 0) + 0.5
        elif item.kind in _UNITS and amount is not None:
            amounts.append(_one(amount, item))
            if high:
                spreads.append(_one(high - amount, item))
            amount, high, unit = None, 0, item
    if amount is not None and unit is not None and len(items) > 3 and items[-2].name == "or":
        # in a day or two
        spreads.append(_one(amount - 1, unit))
    if not amounts:
        return None
    months, days, seconds, workdays = _sum(amounts)
    if months > _MOST_MONTHS or days + workdays * 2 > _MOST_DAYS or seconds > _MOST_DAYS * 86_400:
        return None
    if not (months or days or seconds or workdays):
        return None
    return Length(months, days, seconds, workdays, _sum(spreads) if spreads else (0, 0, 0, 0))


def _quarters_of_an_hour(items: tuple[Token, ...]) -> Length | None:
    kinds = [item.kind for item in items]
    if KINDS["quarter"] not in kinds or KINDS["of"] not in kinds or kinds[-1] != KINDS["hour"]:
        return None
    first = items[0]
    return Length(seconds=900 * int(first.number if first.kind == KINDS["num"] else 1))
