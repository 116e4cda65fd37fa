"""The rules for weekdays and the days around today: 下周三, Friday week, tomorrow, this evening.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from handlers.understand.when.days import (
    Offset,
    WeekdayAndDay,
    Weekdays,
    Weekend,
)
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import DayPart, Found, Piece, rule
from handlers.understand.when.relative import Length, Shifted
from handlers.understand.when.said import steps
from handlers.understand.when.tokens import Token


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
        return Weekdays(
            _weekdays(day),
            0 if found.head.kind == KINDS["this"] else None,
            "this" if found.head.kind == KINDS["this"] else "coming",
        )
    return Weekdays(_weekdays(day), steps(found.head), style)


@rule("weekday", "(?:of|on|the){0,2} (?P<which>next|this|last) week")
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


@rule("in", "(?P<n>num) (?P<day>weekdays)")
def _in_so_many_weekdays(found: Found) -> Piece | None:
    """Read "in 3 weekdays", which are working days."""
    day = found.token("day")
    return Shifted(Length(workdays=found.number("n"))) if day is not None and day.name == "weekdays" else None


@rule("num", "(?P<day>weekday|weekdays) (?P<how>later|ago)")
def _so_many_weekdays_away(found: Found) -> Piece | None:
    """Read "two Sundays from now" and "2 Thursdays ago"."""
    day, how = found.token("day"), found.token("how")
    if day is None or how is None or found.head.number < 1:
        return None
    if how.kind == KINDS["ago"]:
        if day.name == "weekdays":
            return Shifted(Length(workdays=int(found.head.number)), -1)
        return Shifted(Length(days=7 * (int(found.head.number) - 1)), -1, Weekdays((int(day.number),), -1, "en"))
    if day.name == "weekdays":
        return Shifted(Length(workdays=int(found.head.number)))
    return Shifted(Length(days=7 * (int(found.head.number) - 1)), 1, Weekdays((int(day.number),), None, "coming"))


@rule("weekday", "to (?P<last>num)(?! unit|point|yue|hao|ri|to)")
def _weekdays_to_number(found: Found) -> Piece | None:
    """Read 周一到五."""
    last = found.token("last")
    if last is None or last.form != "zh" or not 1 <= last.number <= 6 or found.head.form != "zh":
        return None
    return Weekdays((int(found.head.number), int(last.number) - 1), None, "zh", span=True)


@rule("weekday", "after next")
def _weekday_after_next(found: Found) -> Piece | None:
    return Weekdays(_weekdays(found.head), None, "after")


@rule("weekday", "(?P<unit>week|fortnight)")
def _weekday_week(found: Found) -> Piece | None:
    """Read "Monday week", British for the Monday after the coming one."""
    if found.head.form != "en":
        return None
    if found.all[-1].kind == KINDS["week"]:
        return Weekdays(_weekdays(found.head), None, "after")
    return Shifted(Length(days=14), 1, Weekdays(_weekdays(found.head), None, "en"))


@rule("relday", "week")
def _day_week(found: Found) -> Piece | None:
    """Read "tomorrow week"."""
    return Offset(int(found.head.number) + 7) if found.head.form == "en" and not found.head.name else None


@rule("weekday", "(?:(?:and|comma) weekday){1,7}")
def _several_weekdays(found: Found) -> Piece | None:
    """Read "Mon or Tue", 周三和周五: the first to come, the others as other readings."""
    if found.before is not None and found.before.kind == KINDS["between"]:
        return None
    days = [day for token in found.all if token.kind == KINDS["weekday"] for day in _weekdays(token)]
    commas = sum(token.kind == KINDS["comma"] for token in found.all)
    if commas == len(found.all) - len([token for token in found.all if token.kind == KINDS["weekday"]]) == 1:
        return None
    return Weekdays(tuple(dict.fromkeys(days)), None, "en" if found.head.form == "en" else "zh")


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


@rule("weekend", "after the? next")
def _weekend_after_next(_found: Found) -> Piece | None:
    return Weekend(2)


@rule("weekend", "before the? last")
def _weekend_before_last(_found: Found) -> Piece | None:
    return Weekend(-2)


@rule("next this last past", "(?P<end>weekend)")
def _weekend_placed(found: Found) -> Piece | None:
    return Weekend(steps(found.head) if found.head.name != "coming" else 0)


@rule("relday", "(?:and (?P<more>relday))?")
def _relative_day(found: Found) -> Piece | None:
    if found.head.name == "until":
        return Offset(int(found.head.number), int(found.head.number) + 1)
    more = found.token("more")
    number = int(found.head.number)
    until = int(more.number) if more is not None else found.head.high or None
    day = Offset(number, until if until is not None and until > number else None)
    return DayPart(day, found.head.name) if found.head.name else day


@rule("next", "(?P<part>part)")
def _next_part(found: Found) -> Piece | None:
    part = found.token("part")
    return DayPart(Offset(1), part.name) if part is not None and not part.number and found.head.form == "en" else None


@rule("this", "(?P<part>part)")
def _this_part(found: Found) -> Piece | None:
    part = found.token("part")
    return DayPart(Offset(0), part.name) if part is not None and not part.number else None
