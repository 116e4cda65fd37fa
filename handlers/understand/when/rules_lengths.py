"""The rules for lengths of time from now: 3天后, in a fortnight, within 24 hours, 过两天, 3 days before.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from handlers.understand.when.days import (
    Offset,
)
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.lengths import measure
from handlers.understand.when.pieces import Ago, Found, Piece, length_rule, rule
from handlers.understand.when.relative import Length, Shifted


def _ago(found: Found, sign: int, *, within: bool = False) -> Piece | None:
    length = measure(found.tokens("long"))
    return Ago(length, sign, within) if length is not None else None


@rule("in", "(?:about|to)? (?P<long>duration) about? times? later?")
@rule("after", "about? (?P<long>duration) times?")
@rule("pass", "about? (?P<long>duration) later?")
def _in_a_while(found: Found) -> Piece | None:
    return _ago(found, 1)


@length_rule("about? later")
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


@rule("within", "the (?P<long>hour|day|week|fortnight|month|yearunit)(?! of)")
def _within_the(found: Found) -> Piece | None:
    """Read "within the hour"."""
    unit = found.token("long")
    if unit is None or unit.form != "en":
        return None
    length = measure((unit._replace(kind=KINDS["num"], number=1, form="a"), unit))
    return Ago(length, 1, within=True) if length is not None else None


@rule("within", "(?:the|of|next|about){0,3} (?P<long>duration) inside?")
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


@rule("this", "(?P<n>num) (?:day|week|month)")
def _these_days(found: Found) -> Piece | None:
    count = found.token("n")
    if count is None or count.form in ("a", "digits"):
        return None
    return Offset(0, int(count.number) - 1 or None)


@rule("day week month", "(?=after|before)")
def _the_day_before(found: Found) -> Piece | None:
    """Read "the day" of "the day before Christmas"."""
    if found.head.kind == KINDS["day"]:
        return Length(days=1)
    return Length(days=7) if found.head.kind == KINDS["week"] else Length(months=1)
