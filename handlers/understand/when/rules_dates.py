"""The rules for dates: 2026-12-05, 12月3日, Dec 3rd, the 25th, 3-5号.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

import itertools

from handlers.understand.when.days import (
    DayOfMonth,
    MonthDay,
)
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import MonthOnly, YearOnly
from handlers.understand.when.pieces import Found, Piece, rule
from handlers.understand.when.said import edged, year_of
from handlers.understand.when.tokens import Token


@rule("num", "and (?P<d>num) (?:and (?P<y>year))?")
def _spaced_slash_date(found: Found) -> Piece | None:
    """Read "12 / 25"."""
    day, slash = found.token("d"), found.all[1]
    if day is None or found.head.form == "zh" or day.form == "zh" or slash.name != "/":
        return None
    month, number = int(found.head.number), int(day.number)
    swapped = month <= 12 and number <= 12 and month != number
    if month > 12:
        month, number = number, month
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    return MonthDay(month, number, year_of(found.token("y")), swapped=swapped)


@rule("year", "(?P<m>num) (?P<d>num)(?! unit|num|junk|point|meridiem)")
def _spaced_date(found: Found) -> Piece | None:
    """Read "2026 12 05"."""
    month, day = found.token("m"), found.token("d")
    if month is None or day is None or month.end - month.start != 2 or day.end - day.start != 2:
        return None
    return _month_day(found, year_of(found.head))


@rule("year", "(?=$|stop|comma)")
def _year_behind_a_time(found: Found) -> Piece | None:
    """Read the year of "Wed Oct 26 15:50 2027"."""
    before = found.before
    return (
        YearOnly(int(found.head.number))
        if before is not None and before.kind in (KINDS["clock"], KINDS["meridiem"])
        else None
    )


@rule("on", "(?P<d>dec)(?! unit|junk|num)")
def _on_dotted_date(found: Found) -> Piece | None:
    """Read "on 4.22"."""
    said = found.token("d")
    return _dotted(said.name) if said is not None else None


@rule("on", "(?P<m>num) to (?P<d>num)(?! unit|junk|num|to|point|meridiem)")
def _on_dashed_date(found: Found) -> Piece | None:
    """Read "on 4-22"."""
    month, day = found.number("m"), found.number("d")
    return MonthDay(month, day) if 1 <= month <= 12 and 1 <= day <= 31 and found.all[-1].form != "en" else None


@rule("numdate")
def _numeric_date(found: Found) -> Piece | None:
    year, month, day = found.head.date
    if not day:
        return MonthOnly(month, year)
    return MonthDay(month, day, year or None, swapped=found.head.form == "either")


@rule(
    "year num",
    "yearunit of? (?P<m>num) yue of? (?P<d>num) (?P<mark>ri|hao)? (?:(?:to|and) (?P<l>num) (?:ri|hao))?",
)
def _chinese_full_date(found: Found) -> Piece | None:
    year = year_of(found.head)
    return _month_day(found, year) if year is not None else None


@rule("year", "(?P<m>num) yue (?P<d>num) (?P<mark>ri|hao)? (?:(?:to|and) (?P<l>num) (?:ri|hao))?")
def _chinese_full_date_without_year_sign(found: Found) -> Piece | None:
    return _month_day(found, year_of(found.head))


@rule(
    "num",
    "yue of? (?P<d>num) (?P<mark>ri|hao)? (?:(?:to|and) (?P<l>num) (?P<lmark>ri|hao))?",
)
def _chinese_date(found: Found) -> Piece | None:
    return _month_day(found, None, found.head)


def _month_day(found: Found, year: int | None, head: Token | None = None) -> MonthDay | None:
    month = int(head.number) if head is not None else found.number("m")
    day, last = found.token("d"), found.token("l")
    if not 1 <= month <= 12 or day is None or not 1 <= day.number <= 31 or day.form == "couple":
        return None
    end = int(last.number) if last is not None else day.high or None
    if end is not None and not day.number < end <= 31:
        return None
    return MonthDay(month, int(day.number), year, end)


@rule("num", "yue (?P<edge>edge)?")
@rule("year num", "yearunit of? (?P<m>num) yue (?P<edge>edge)?")
def _chinese_month(found: Found) -> Piece | None:
    dated = found.token("m")
    month = int(dated.number) if dated is not None else int(found.head.number)
    if not 1 <= month <= 12 or found.head.form == "couple":
        return None
    if (
        dated is not None
        and found.head.kind == KINDS["num"]
        and not (found.head.form == "digits" and 20 <= found.head.number < 50)
    ):
        return None
    return edged(MonthOnly(month, year_of(found.head) if dated is not None else None), found.token("edge"))


@rule("num", "(?P<mark>hao|ri) (?:(?:and|comma|to)? (?P<more>num) (?:hao|ri)){0,9}")
def _chinese_days(found: Found) -> Piece | None:
    numbers = [int(token.number) for token in found.all if token.kind == KINDS["num"]]
    ends = [token for token in found.all if token.kind == KINDS["to"]]
    mark = found.token("mark")
    if any(token.form == "couple" for token in found.all):
        return None
    # 一日 is a day's length at least as often as the first of the month.
    if mark is None or (mark.kind == KINDS["ri"] and found.head.form == "zh" and numbers[0] < 10):
        return None
    return _days(numbers, ranged=bool(ends))


@rule("num", "(?P<joint>and|to|comma) (?P<l>num) (?:(?:and|comma) (?P<m>num))? hao")
def _chinese_days_with_one_sign(found: Found) -> Piece | None:
    joint = found.token("joint")
    numbers = [int(token.number) for token in found.all if token.kind == KINDS["num"]]
    return _days(numbers, ranged=joint is not None and joint.kind == KINDS["to"])


def _days(numbers: list[int], *, ranged: bool) -> DayOfMonth | None:
    if not all(1 <= number <= 31 for number in numbers):
        return None
    if ranged:
        return DayOfMonth((numbers[0],), None, numbers[-1]) if len(numbers) == 2 else None
    return DayOfMonth(tuple(numbers))


@rule("monthname", "(?:of|comma)? the? (?P<d>num|ord)(?! meridiem) (?:hao|ri)? (?:comma? (?P<y>year))?")
@rule("monthname", "(?P<d>num|ord)(?! meridiem) (?:to|and) (?P<l>num|ord)(?! meridiem) (?:comma? (?P<y>year))?")
def _english_date(found: Found) -> Piece | None:
    return _english_day(found, found.head, found.token("d"))


@rule("num ord", "day? (?:of|to)? the? (?P<m>monthname) (?:comma? (?P<y>year))?")
@rule("num ord", "(?:to|and) the? (?P<l>num|ord) of? (?P<m>monthname) (?:comma? (?P<y>year))?")
def _english_date_day_first(found: Found) -> Piece | None:
    month = found.token("m")
    return _english_day(found, month, found.head) if month is not None else None


@rule("year", "(?:to|and) (?P<m>monthname) (?:to|and) (?P<d>num)")
@rule("monthname", "(?:to|and) (?P<d>num|ord) (?:(?:to|and) (?P<y>year))?")
@rule("num ord", "(?:to|and) (?P<m>monthname) (?:(?:to|and) (?P<y>year))?")
def _english_date_with_marks(found: Found) -> Piece | None:
    """Read Oct/2, 23-Sep-2026: the marks stand without spaces."""
    items = found.all
    if any(one.end != two.start for one, two in itertools.pairwise(items)):
        return None
    month = found.token("m") or found.head
    day = found.token("d") or found.head
    return _english_day(found, month, day)


def _english_day(found: Found, month: Token, day: Token | None) -> MonthDay | None:
    if day is None or not 1 <= day.number <= 31 or day.form in ("a", "couple"):
        return None
    last = found.token("l")
    if last is not None and not day.number < last.number <= 31:
        return None
    year = year_of(found.token("y") or (found.head if found.head.kind == KINDS["year"] else None))
    return MonthDay(int(month.number), int(day.number), year, int(last.number) if last is not None else None)


@rule("monthname", "(?P<edge>edge)")
def _english_month_edge(found: Found) -> Piece | None:
    """Read "Nov 底", "March end"."""
    return edged(MonthOnly(int(found.head.number)), found.token("edge"), rolls=True)


@rule("monthname", "(?:(?:comma|to)? of? (?P<y>year))?")
@rule("year", "comma? (?P<m>monthname)(?! num year|ord|num (?:$|stop|comma|at|clock))")
def _english_month(found: Found) -> Piece | None:
    """Read "Sep 2027", "Sep-2027", "2027 September"."""
    month, year = found.token("m") or found.head, found.token("y")
    return MonthOnly(int(month.number), year_of(year or (found.head if month is not found.head else None)))


@rule("year", "comma? (?P<m>monthname) (?P<d>num|ord)(?! meridiem|year|point|unit)")
def _english_date_year_first(found: Found) -> Piece | None:
    """Read "2027 March 18"."""
    month = found.token("m")
    return _english_day(found, month, found.token("d")) if month is not None else None


@rule("next this last", "(?P<m>monthname)")
def _english_month_placed(found: Found) -> Piece | None:
    return MonthOnly(found.number("m"), None, int(found.head.number))


@rule("next this last", "(?P<m>monthname) (?P<d>num|ord)(?! meridiem)")
def _english_date_placed(found: Found) -> Piece | None:
    month = found.token("m")
    return _english_day(found, month, found.token("d")) if month is not None and found.head.number >= 0 else None


@rule("ord", "(?:of? (?P<this>the|this) (?:month|yue))?")
def _english_day_of_month(found: Found) -> Piece | None:
    number = int(found.head.number)
    if found.token("this") is None and (found.head.form != "digits" or number < 1):
        return None
    return DayOfMonth((number,), 0 if found.token("this") is not None else None) if 1 <= number <= 31 else None


@rule("num", "of (?P<which>next|this) month")
@rule("ord", "of? (?P<which>next|last) (?:month|yue)")
@rule("ord", "day of? (?P<which>next|last) (?:month|yue)")
def _english_day_of_next_month(found: Found) -> Piece | None:
    number = int(found.head.number)
    return DayOfMonth((number,), found.number("which")) if 1 <= number <= 31 else None


@rule("ord", "(?:and|comma) (?P<l>ord)")
def _english_days_of_month(found: Found) -> Piece | None:
    days = (int(found.head.number), found.number("l"))
    return DayOfMonth(days) if all(1 <= day <= 31 for day in days) and found.head.form == "digits" else None


@rule(
    "on by",
    "the (?P<d>ord)(?! of|unit|junk|num|monthname|weekday|workday|weekend|quarter|weekof|day"
    "|(?:and|comma) the? (?:ord|last))",
)
@rule("on", "the (?P<d>num)(?! unit|junk|num|point|monthname|ord)")
@rule("on", "(?P<d>num) (?=$|stop|comma|at|clock)")
def _on_the_day(found: Found) -> Piece | None:
    """Read "on the 17"."""
    number = found.number("d")
    return DayOfMonth((number,)) if 1 <= number <= 31 else None


@rule("dec", "(?=part|relday|hao|ri)")
def _dotted_date(found: Found) -> Piece | None:
    """Read 12.25下午3点; a decimal number is a date only before a time of day."""
    return _dotted(found.head.name)


def _dotted(said: str) -> MonthDay | None:
    month, _, day = said.partition(".")
    if not (month.isdecimal() and day.isdecimal()) or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return MonthDay(int(month), int(day))
