"""The rules for days: dates, weekdays, periods and their edges, holidays, lunar days, lengths from now.

Imported by `phrase.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.days import (
    DayOfMonth,
    Edge,
    Festival,
    Length,
    LunarDay,
    MonthDay,
    MonthOnly,
    Nth,
    Offset,
    Period,
    Quarter,
    Shifted,
    Span,
    WeekdayAndDay,
    Weekdays,
    Weekend,
    YearOnly,
)
from handlers.understand.when.lengths import measure
from handlers.understand.when.pieces import Ago, DayPart, Found, Part, Piece, length_rule, rule
from handlers.understand.when.tokens import Token
from handlers.understand.when.words import KINDS

_PERIODS: Final = {
    KINDS["week"]: "week",
    KINDS["month"]: "month",
    KINDS["yue"]: "month",
    KINDS["quarter"]: "quarter",
    KINDS["yearunit"]: "year",
}


def _year(token: Token | None) -> int | None:
    """Return a year of four digits, or of two in this century; None for no year."""
    if token is None:
        return None
    year = int(token.number)
    return year if year >= 1900 else 2000 + year if 0 <= year < 100 and token.form in ("digits", "padded", "zh") else None


# --- dates ------------------------------------------------------------------------------------------------------------


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
    return MonthDay(month, number, _year(found.token("y")), swapped=swapped)


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
    year = _year(found.head)
    return _month_day(found, year) if year is not None else None


@rule("year", "(?P<m>num) yue (?P<d>num) (?P<mark>ri|hao)? (?:(?:to|and) (?P<l>num) (?:ri|hao))?")
def _chinese_full_date_without_year_sign(found: Found) -> Piece | None:
    return _month_day(found, _year(found.head))


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
    if dated is not None and found.head.kind == KINDS["num"] and not (found.head.form == "digits" and 20 <= found.head.number < 50):
        return None
    return _edged(MonthOnly(month, _year(found.head) if dated is not None else None), found.token("edge"))


@rule("num", "(?P<mark>hao|ri) (?:(?:and|comma|to)? (?P<more>num) (?:hao|ri))*")
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


@rule("monthname", "of? the? (?P<d>num|ord)(?! meridiem) (?:comma? (?P<y>year))?")
@rule("monthname", "(?P<d>num|ord)(?! meridiem) (?:to|and) (?P<l>num|ord)(?! meridiem) (?:comma? (?P<y>year))?")
def _english_date(found: Found) -> Piece | None:
    return _english_day(found, found.head, found.token("d"))


@rule("num ord", "day? (?:of|to)? the? (?P<m>monthname) (?:comma? (?P<y>year))?")
@rule("num ord", "(?:to|and) (?P<l>num|ord) of? (?P<m>monthname) (?:comma? (?P<y>year))?")
def _english_date_day_first(found: Found) -> Piece | None:
    month = found.token("m")
    return _english_day(found, month, found.head) if month is not None else None


@rule("year", "(?:to|and) (?P<m>monthname) (?:to|and) (?P<d>num)")
@rule("monthname", "(?:to|and) (?P<d>num|ord) (?:(?:to|and) (?P<y>year))?")
@rule("num ord", "(?:to|and) (?P<m>monthname) (?:(?:to|and) (?P<y>year))?")
def _english_date_with_marks(found: Found) -> Piece | None:
    """Read Oct/2, 23-Sep-2026: the marks stand without spaces."""
    items = found.all
    if any(one.end != two.start for one, two in zip(items, items[1:], strict=False)):
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
    year = _year(found.token("y") or (found.head if found.head.kind == KINDS["year"] else None))
    return MonthDay(int(month.number), int(day.number), year, int(last.number) if last is not None else None)


@rule("monthname", "(?:comma? of? (?P<y>year))?")
def _english_month(found: Found) -> Piece | None:
    return MonthOnly(int(found.head.number), _year(found.token("y")))


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


# --- weekdays ---------------------------------------------------------------------------------------------------------


def _weekdays(token: Token) -> tuple[int, ...]:
    if not token.name:
        return (int(token.number),)
    return tuple(dict.fromkeys(int(day) for day in token.name.split(",")))


@rule("weekday weekdays")
def _weekday(found: Found) -> Piece | None:
    if found.head.kind == KINDS["weekdays"]:
        return None
    days = _weekdays(found.head)
    return Weekdays(days, None, "en" if found.head.form == "en" else "zh", span=len(days) > 1)


@rule("next this last past", "(?P<day>weekday)")
def _weekday_placed(found: Found) -> Piece | None:
    day = found.token("day")
    if day is None:
        return None
    style = found.head.form
    if found.head.name == "coming" or (found.head.kind == KINDS["this"] and style == "en"):
        return Weekdays(_weekdays(day), 0 if found.head.kind == KINDS["this"] else None, "this" if found.head.kind == KINDS["this"] else "coming")
    return Weekdays(_weekdays(day), _count(found.head), style)


@rule("weekday", "(?:of|on|the)* (?P<which>next|this|last) week")
def _weekday_of_week(found: Found) -> Piece | None:
    return Weekdays(_weekdays(found.head), found.number("which"))


@rule("weekday", "the? (?P<d>num)(?! unit|meridiem|point|monthname|yue|hao|past|to|and|clock|junk)")
@rule("weekday", "comma? the? (?P<d>ord)(?! of? monthname| of? next| of? every)")
def _weekday_and_day(found: Found) -> Piece | None:
    """Read "Monday 21" and "Thu the 15th"."""
    day = found.token("d")
    if day is None or found.head.form != "en" or not 1 <= day.number <= 31:
        return None
    if day.kind == KINDS["num"] and (day.number < 13 or day.form != "digits"):
        return None
    return WeekdayAndDay(int(found.head.number), int(day.number))


@rule("weekday", "after next")
def _weekday_after_next(found: Found) -> Piece | None:
    return Weekdays(_weekdays(found.head), None, "after")


@rule("weekday", "week")
def _weekday_week(found: Found) -> Piece | None:
    """Read "Monday week", British for the Monday after the coming one."""
    return Weekdays(_weekdays(found.head), None, "after") if found.head.form == "en" else None


@rule("num", "(?P<unit>week|fortnight) on? (?P<day>weekday|relday)")
def _week_on_weekday(found: Found) -> Piece | None:
    """Read "a week on Tuesday", "two weeks today"."""
    day = found.token("day")
    if day is None or day.form != "en":
        return None
    base = Weekdays(_weekdays(day), None, "en") if day.kind == KINDS["weekday"] else Offset(int(day.number))
    unit = found.token("unit")
    week = 14 if unit is not None and unit.kind == KINDS["fortnight"] else 7
    return Shifted(Length(days=week * int(found.head.number)), 1, base)


@rule("weekend")
def _weekend(found: Found) -> Piece | None:
    return Weekend() if not found.head.number else None


@rule("next this last past", "(?P<end>weekend)")
def _weekend_placed(found: Found) -> Piece | None:
    return Weekend(_count(found.head) if found.head.name != "coming" else 0)


# --- days from today --------------------------------------------------------------------------------------------------


@rule("relday", "(?:and (?P<more>relday))?")
def _relative_day(found: Found) -> Piece | None:
    more = found.token("more")
    number = int(found.head.number)
    until = int(more.number) if more is not None else found.head.high or None
    day = Offset(number, until if until is not None and until > number else None)
    return DayPart(day, found.head.name) if found.head.name else day


@rule("next", "(?P<part>part)")
def _next_part(found: Found) -> Piece | None:
    part = found.token("part")
    return DayPart(Offset(1), part.name) if part is not None and not part.number and found.head.form == "en" else None


@rule("on by", "the (?P<d>ord)(?! of|unit|junk|num|monthname|weekday|workday|weekend|quarter|weekof|day)")
@rule("on", "the (?P<d>num)(?! unit|junk|num|point|monthname|ord)")
def _on_the_day(found: Found) -> Piece | None:
    """Read "on the 17"."""
    number = found.number("d")
    return DayOfMonth((number,)) if 1 <= number <= 31 else None


@rule("this", "(?P<part>part)")
def _this_part(found: Found) -> Piece | None:
    part = found.token("part")
    return DayPart(Offset(0), part.name) if part is not None and not part.number else None


@rule("this", "(?P<n>num) (?:day|week|month)")
def _these_days(found: Found) -> Piece | None:
    count = found.token("n")
    if count is None or count.form in ("a", "digits"):
        return None
    return Offset(0, int(count.number) - 1 or None)


# --- periods and their edges ------------------------------------------------------------------------------------------


def _edged(period: Period, edge: Token | None, *, rolls: bool = False) -> Piece:
    return period if edge is None else Edge(edge.name, period, int(edge.number), rolls)


@rule("next this last past", "(?P<unit>week|month|yue|quarter|yearunit) of? (?P<edge>edge)?")
def _period(found: Found) -> Piece | None:
    unit = found.token("unit")
    if unit is None or unit.number == 10:
        return None
    return _edged(Span(_PERIODS[unit.kind], _count(found.head)), found.token("edge"))


def _count(which: Token) -> int:
    """Return 1 for next, 0 for this, -1 for last and past."""
    return -1 if which.kind == KINDS["past"] else int(which.number)


@rule("of in", "the (?P<unit>week|month|quarter|yearunit)")
def _of_the_period(found: Found) -> Piece | None:
    """Read "of the month" behind "the last day"; alone it is no day, which `guards.py` sees to."""
    unit = found.token("unit")
    return Span(_PERIODS[unit.kind], 0, rolls=True) if unit is not None else None


@rule("day week month", "(?=after|before)")
def _the_day_before(found: Found) -> Piece | None:
    """Read "the day" of "the day before Christmas"."""
    if found.head.kind == KINDS["day"]:
        return Length(days=1)
    return Length(days=7) if found.head.kind == KINDS["week"] else Length(months=1)


@rule("week yue quarter yearunit", "inside")
def _within_period(found: Found) -> Piece | None:
    """Read 年内, 月内: by its end."""
    return Edge("end", Span(_PERIODS[found.head.kind], 0)) if found.head.form == "zh" else None


@rule("dec", "(?=part|relday|hao|ri)")
def _dotted_date(found: Found) -> Piece | None:
    """Read 12.25下午3点; a decimal number is a date only before a time of day."""
    month, _, day = found.head.name.partition(".")
    if not (month.isdecimal() and day.isdecimal()) or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return MonthDay(int(month), int(day))


@rule("week month yearunit", "after the? next")
def _period_after_next(found: Found) -> Piece | None:
    return Span(_PERIODS[found.head.kind], 2)


@rule("week yue month quarter yearunit", "of? (?P<edge>edge)")
def _period_edge(found: Found) -> Piece | None:
    """Read 月底, 年中, 季末: the next one to come."""
    return _edged(Span(_PERIODS[found.head.kind], 0), found.token("edge"), rolls=True)


@rule("edge", "of? about? the? (?P<which>next|this|last|past)? (?P<unit>week|month|yue|quarter|yearunit)")
def _edge_of_period(found: Found) -> Piece | None:
    unit = found.token("unit")
    if unit is None:
        return None
    which = found.token("which")
    span = Span(_PERIODS[unit.kind], _count(which) if which is not None else 0)
    return _edged(span, found.head, rolls=which is None)


@rule("edge", "(?:of|in|to)? the? (?P<which>next|this|last)? (?P<m>monthname) (?:comma? (?P<y>year))?")
def _edge_of_month(found: Found) -> Piece | None:
    which = found.token("which")
    month = MonthOnly(found.number("m"), _year(found.token("y")), int(which.number) if which is not None else None)
    return _edged(month, found.head, rolls=found.token("y") is None)


@rule("edge", "of? the? (?P<y>year)")
def _edge_of_year(found: Found) -> Piece | None:
    year = found.token("y")
    return _edged(YearOnly(int(year.number)), found.head) if year is not None and found.head.name != "close" else None


@rule("edge", "of? (?P<q>qnumber) (?P<y>year)?")
def _edge_of_quarter(found: Found) -> Piece | None:
    return _edged(Quarter(found.number("q"), _year(found.token("y"))), found.head)


@rule("edgeword")
def _edge_word(found: Found) -> Piece | None:
    name = found.head.name
    return Part("close") if name == "day" else Edge("end", Span(name, 0), rolls=True)


@rule("qnumber", "of? (?P<y>year)? (?P<edge>edge)?")
@rule("year", "yearunit? of? to? (?P<q>qnumber) (?P<edge>edge)?")
def _quarter_number(found: Found) -> Piece | None:
    quarter = found.token("q") or found.head
    year = _year(found.head if found.head.kind == KINDS["year"] else found.token("y"))
    number = int(quarter.number)
    if quarter.name == "half":
        return Edge("halfstart", YearOnly(year) if year is not None else Span("year", 0), number, rolls=year is None)
    return _edged(Quarter(number, year), found.token("edge"))


@rule("num", "(?P<n>quarter) (?P<edge>edge)?")
def _chinese_quarter(found: Found) -> Piece | None:
    """Read 一季度; 个季度 counts them."""
    quarter = found.token("n")
    if quarter is None or quarter.form != "zh" or quarter.end - quarter.start > 2 or found.head.form not in ("zh", "digits"):
        return None
    number = int(found.head.number)
    return _edged(Quarter(number), found.token("edge")) if 1 <= number <= 4 and not found.head.high else None


@rule("nth", "(?P<n>num) quarter (?P<edge>edge)?")
@rule("ord", "(?P<n>quarter) (?:of? (?P<y>year))? (?P<edge>edge)?")
def _quarter_by_number(found: Found) -> Piece | None:
    number = found.number("n") if found.head.kind == KINDS["nth"] else int(found.head.number)
    return _edged(Quarter(number, _year(found.token("y"))), found.token("edge")) if 1 <= number <= 4 else None


@rule("relyear", "(?:of? yearunit? (?P<edge>edge))?")
def _relative_year(found: Found) -> Piece | None:
    return _edged(Span("year", int(found.head.number)), found.token("edge"))


@rule("year", "yearunit (?P<edge>edge)?")
@rule("year", "yearunit of? yearunit (?P<edge>edge)")
def _year_alone(found: Found) -> Piece | None:
    return _edged(YearOnly(int(found.head.number)), found.token("edge"))


@rule("of", "(?P<y>year)")
def _of_year(found: Found) -> Piece | None:
    return YearOnly(found.number("y"))


@rule("in", "(?P<y>year)(?! junk|num|hour)")
def _in_year(found: Found) -> Piece | None:
    return YearOnly(found.number("y"))


# --- the n-th of a period ---------------------------------------------------------------------------------------------


@rule("nth", "(?P<n>num) ge? (?P<what>weekday|day|workday|week|weekend)")
@rule("ord last", "ge? (?P<what>day|workday|week|weekof|weekend)")
@rule("ord", "(?P<what>weekday)")
def _nth(found: Found) -> Piece | None:
    what = found.token("what")
    n = found.number("n") if found.head.kind == KINDS["nth"] else int(found.head.number)
    if what is None or not (1 <= n <= 5 or n == -1 or (what.kind == KINDS["day"] and n <= 31)):
        return None
    if found.head.kind == KINDS["last"] and what.kind == KINDS["week"]:
        return None
    if what.kind == KINDS["weekend"]:
        return Nth(n, "weekday", 5)
    return Nth(n, _NTH[what.kind], int(what.number) if what.kind == KINDS["weekday"] else 0)


_NTH: Final = {
    KINDS["weekday"]: "weekday",
    KINDS["day"]: "day",
    KINDS["workday"]: "workday",
    KINDS["week"]: "week",
    KINDS["weekof"]: "week",
}


# --- holidays and lunar days ------------------------------------------------------------------------------------------


@rule("festival", "(?:of|comma)? (?P<y>year)?")
def _festival(found: Found) -> Piece | None:
    if found.head.name == "holiday":
        return Festival("holiday", after=True) if found.head.number > 0 else _before("holiday")
    return Festival(found.head.name, _year(found.token("y")))


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
    return Festival("spring festival", None, 0, after=True) if how.kind == KINDS["later"] else _before("spring festival")


def _before(name: str) -> Piece:
    return Shifted(Length(days=1), -1, Festival(name))


@rule("lunarmonth", "(?P<d>lunarday|num) (?:ri|hao)?")
@rule("lunarmonth", "(?:(?P<y>year) yearunit)? (?P<m>num) yue (?P<d>lunarday|num) (?:ri|hao)?")
@rule("year", "yearunit (?P<m>num) yue (?P<d>lunarday)")
@rule("num", "(?P<m>yue) (?P<d>lunarday)")
def _lunar_day(found: Found) -> Piece | None:
    month = int(found.head.number)
    token = found.token("m")
    if token is not None and token.kind == KINDS["num"]:
        month = int(token.number)
    day, year = found.number("d"), found.token("y")
    return LunarDay(month, day, _year(year)) if 1 <= month <= 12 and 1 <= day <= 30 else None


@rule("lunarday", "(?! junk)")
def _lunar_day_of_new_year(found: Found) -> Piece | None:
    return LunarDay(1, int(found.head.number))


# --- lengths from now -------------------------------------------------------------------------------------------------


def _ago(found: Found, sign: int, *, within: bool = False) -> Piece | None:
    length = measure(found.tokens("long"))
    return Ago(length, sign, within) if length is not None else None


@rule("in", "about? (?P<long>duration) about? times? later?")
@rule("after", "about? (?P<long>duration) times?")
@rule("pass", "about? (?P<long>duration) later?")
def _in_a_while(found: Found) -> Piece | None:
    return _ago(found, 1)


@length_rule("about? (?:later|more)")
def _later(found: Found) -> Piece | None:
    return _ago(found, 1)


@length_rule("about? (?:ago|ahead)")
def _so_long_ago(found: Found) -> Piece | None:
    first, unit = found.tokens("long")[0], found.tokens("long")[-1]
    if unit.kind == KINDS["ri"] and first.form != "zh":
        # 5日前 is before the 5th, 三日前 three days ago.
        return None
    return _ago(found, -1)


@rule("ahead", "(?P<long>num unit)")
def _preceding_while(found: Found) -> Piece | None:
    """Read 前两天."""
    return _ago(found, -1) if found.head.form == "zh" else None


@length_rule("inside")
def _inside(found: Found) -> Piece | None:
    return _ago(found, 1, within=True)


@length_rule("(?=from|after|before)")
def _length_before_a_day(found: Found) -> Piece | None:
    return measure(found.tokens("long"))


@rule("within", "(?:the|of|next|about)* (?P<long>duration) inside?")
@rule("in", "the? next (?P<long>duration)")
@rule("next", "(?P<long>num unit) inside?")
def _within(found: Found) -> Piece | None:
    long = found.tokens("long")
    if found.head.kind == KINDS["next"] and (long[0].form == "a" or found.head.number != 1):
        return None
    return _ago(found, 1, within=True)


@rule("later", "(?P<long>num unit)")
def _following_while(found: Found) -> Piece | None:
    return _ago(found, 1, within=True) if found.head.form == "zh" else None


@rule("num", "(?P<which>next|last|this) (?P<unit>unit)")
def _so_many_next(found: Found) -> Piece | None:
    """Read "the 2 next days"."""
    length = measure((found.head, found.all[-1]))
    which = found.token("which")
    # "only 3 next week" has no such length: the unit must be in the plural.
    if length is None or which is None or found.head.number < 2 or not which.number or found.all[-1].name != "s":
        return None
    return Ago(length, 1 if which.number > 0 else -1, within=which.number > 0)


@rule("next", "(?P<unit>workday)")
def _next_workday(found: Found) -> Piece | None:
    return Shifted(Length(workdays=1)) if found.head.number == 1 else None


@rule("ord", "half of? (?P<y>year)")
@rule("ord", "half of? (?:the|this)? (?P<unit>month|yearunit)")
@rule("ord", "half of? (?P<which>next) (?P<unit>month|yearunit)")
def _half_of(found: Found) -> Piece | None:
    number, unit, year = int(found.head.number), found.token("unit"), found.token("y")
    if number not in (1, 2):
        return None
    if year is not None:
        return Edge("halfstart", YearOnly(int(year.number)), number)
    if unit is None:
        return None
    which = found.number("which")
    return Edge("halfstart", Span(_PERIODS[unit.kind], which), number, rolls=not which)


@rule("next", "(?P<unit>hour|minute|fortnight|day)")
def _next_hour(found: Found) -> Piece | None:
    unit = found.all[-1]
    if unit.kind == KINDS["day"]:
        return Offset(1) if found.head.form == "en" else None
    if unit.kind == KINDS["fortnight"]:
        return Ago(Length(days=14), 1, within=True)
    return Ago(Length(seconds=3600 if unit.kind == KINDS["hour"] else 60), 1, within=True)


@rule("last past", "(?P<long>num unit)")
def _past_while(found: Found) -> Piece | None:
    long = found.tokens("long")
    return _ago(found, -1) if long[0].form != "a" else None

