"""The rules for holidays and lunar days: 国庆, next Christmas, 年后, 正月十五.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from handlers.understand.when.days import (
    Festival,
    LunarDay,
)
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Found, Piece, rule
from handlers.understand.when.relative import Length, Shifted
from handlers.understand.when.said import year_of


@rule("festival", "(?:of|comma)? (?P<y>year)?")
def _festival(found: Found) -> Piece | None:
    if found.head.name == "holiday":
        return Festival("holiday", after=True) if found.head.number > 0 else _day_before("holiday")
    return Festival(found.head.name, year_of(found.token("y")), after=found.head.number > 0)


@rule("next this last", "(?P<f>festival)")
def _festival_placed(found: Found) -> Piece | None:
    festival = found.token("f")
    if festival is None:
        return None
    return Festival(festival.name, None, -1 if found.head.number == -1 else 0)


@rule("year", "yearunit (?P<f>festival)")
def _festival_in_year(found: Found) -> Piece | None:
    festival = found.token("f")
    return Festival(festival.name, int(found.head.number)) if festival is not None else None


@rule("yearunit", "(?P<how>later|ahead)")
def _around_spring_festival(found: Found) -> Piece | None:
    """Read 年后 and 年前, which mean the Chinese New Year."""
    how = found.token("how")
    if found.head.form != "zh" or how is None:
        return None
    return (
        Festival("spring festival", None, 0, after=True)
        if how.kind == KINDS["later"]
        else _day_before("spring festival")
    )


def _day_before(name: str) -> Piece:
    return Shifted(Length(days=1), -1, Festival(name))


@rule("lunarmonth", "(?P<lunar>lunarmonth)? (?P<d>lunarday|num) (?:ri|hao)?")
@rule("lunarmonth", "(?:(?P<y>year) yearunit)? (?P<m>num) yue (?P<d>lunarday|num) (?:ri|hao)?")
@rule("year", "yearunit (?P<m>num) yue (?P<d>lunarday)")
@rule("year", "yearunit lunarmonth? (?P<lunar>lunarmonth) (?:(?P<m>num) yue)? (?P<d>lunarday|num)")
@rule("num", "(?P<m>yue) (?P<d>lunarday)")
def _lunar_day(found: Found) -> Piece | None:
    month = int(found.head.number)
    token = found.token("m")
    lunar = found.token("lunar")
    if token is not None and token.kind == KINDS["num"]:
        month = int(token.number)
    elif lunar is not None:
        month = int(lunar.number)
    day, year = found.number("d"), found.token("y") or (found.head if found.head.kind == KINDS["year"] else None)
    return LunarDay(month, day, year_of(year)) if 1 <= month <= 12 and 1 <= day <= 30 else None


@rule("lunarmonth", "(?P<m>num) yue")
def _lunar_month(found: Found) -> Piece | None:
    month = found.number("m")
    return LunarDay(month, 1) if found.head.number == 0 and 1 <= month <= 12 else None


@rule("lunarmonth", "inside?")
def _lunar_month_alone(found: Found) -> Piece | None:
    """Read 腊月: by its first day."""
    month = int(found.head.number)
    return LunarDay(month, 1) if month > 1 else None


@rule("lunarday", "(?! junk)")
def _lunar_day_of_new_year(found: Found) -> Piece | None:
    return LunarDay(1, int(found.head.number))
