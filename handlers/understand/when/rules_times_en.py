"""The rules for times of day in English: half past three, ten to six, at 5, 9 in the morning, nine thirty am.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.clock import HOUR, Clock
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Clocks, Found, Piece, rule
from handlers.understand.when.said_clock import LAST_HOUR, alone, clock_of, clock_or_hour, half_of_day, written
from handlers.understand.when.tokens import Token


@rule("num year", "point? (?:to? ish)? (?P<p>meridiem) (?:to? ish)?")
def _hour_with_meridiem(found: Found) -> Piece | None:
    head = found.head
    if head.form not in ("digits", "padded", "en"):
        return None
    if head.form != "en" and head.end - head.start >= 3:
        hour, minute = divmod(int(head.number), 100)
        return alone(clock_of(hour, minute, meridiem=half_of_day(found.token("p"))))
    if not 1 <= head.number <= LAST_HOUR:
        return None
    return alone(clock_of(head.number, meridiem=half_of_day(found.token("p"))))


@rule("num", "(?P<noon>clock)")
def _twelve_noon(found: Found) -> Piece | None:
    noon = found.token("noon")
    return alone(written(noon)) if noon is not None and noon.name and found.head.number == 12 else None


@rule("num", "(?P<m>num) point? (?P<p>meridiem)")
def _spelled_time(found: Found) -> Piece | None:
    """Read "nine thirty am"."""
    minute = found.token("m")
    if minute is None or minute.form == "a" or not 1 <= found.head.number <= 12 or not 10 <= minute.number < 60:
        return None
    return alone(clock_of(found.head.number, minute.number, meridiem=half_of_day(found.token("p"))))


@rule("num", "to? (?P<zero>num) to? (?P<m>num) (?P<p>meridiem)?")
def _spelled_time_with_zero(found: Found) -> Piece | None:
    """Read "twelve oh three"."""
    zero, minute, head = found.token("zero"), found.token("m"), found.head
    if zero is None or minute is None or zero.number or {head.form, zero.form, minute.form} != {"en"}:
        return None
    if not 1 <= head.number <= 12 or not 1 <= minute.number <= 9:
        return None
    return alone(clock_of(head.number, minute.number, meridiem=half_of_day(found.token("p"))))


@rule("num", "(?P<dash>to) (?P<m>num) (?P<p>meridiem)?")
def _hyphened_time(found: Found) -> Piece | None:
    """Read "ten-thirty"."""
    dash, minute, head = found.token("dash"), found.token("m"), found.head
    if dash is None or minute is None or dash.name != "-" or (head.form, minute.form) != ("en", "en"):
        return None
    if not 1 <= head.number <= 12 or minute.number not in (10, 15, 20, 25, 30, 35, 40, 45, 50, 55):
        return None
    return alone(clock_of(head.number, minute.number, meridiem=half_of_day(found.token("p"))))


@rule("num", "(?P<m>num) (?=$|stop|comma|(?:in|at) the? part|relday|on? weekday)")
def _spelled_time_alone(found: Found) -> Piece | None:
    """Read "nine thirty" behind "for" or a day, or before a part of the day; alone only on the quarters."""
    minute, before = found.token("m"), found.before
    if minute is None or found.head.form != "en" or minute.form != "en":
        return None
    if not 1 <= found.head.number <= 12 or not 10 <= minute.number < 60:
        return None
    led = before is not None and before.kind in _LEADS_TO_A_TIME
    if not led and minute.number % 15 and not found.followed_by("in"):
        return None
    return alone(clock_of(found.head.number, minute.number))


_LEADS_TO_A_TIME: Final = frozenset(KINDS[kind] for kind in ("for", "relday", "weekday", "part", "by", "from", "on"))


@rule("num", "point (?P<p>meridiem)?")
def _oclock(found: Found) -> Piece | None:
    return (
        alone(clock_of(found.head.number, meridiem=half_of_day(found.token("p")))) if found.head.form == "en" else None
    )


@rule("half", "past (?P<h>clock)")
def _half_past_noon(found: Found) -> Piece | None:
    hour = found.token("h")
    if hour is None or not hour.name:
        return None
    return alone(Clock((int(hour.number) + 1800) % (24 * HOUR), True))


@rule("half", "past? (?P<h>num) point? (?P<p>meridiem)?")
def _half_past(found: Found) -> Piece | None:
    hour = found.token("h")
    bare = len(found.all) == 2
    if hour is None or not 1 <= hour.number <= 12 or found.head.form != "en":
        return None
    if bare and hour.form != "en" and not found.followed_by("relday"):
        return None
    return alone(clock_of(hour.number, 30, meridiem=half_of_day(found.token("p"))))


@rule("quarter num", "(?:quarter|minute)? (?P<how>past|to|of|after|before|by) (?P<h>num|clock) point? (?P<p>meridiem)?")
def _past_or_to(found: Found) -> Piece | None:
    """Read "quarter to five", "ten past 6", "20 to noon"; "3 to 5" is a stretch, so plain digits need "past"."""
    head, how, hour = found.head, found.token("how"), found.token("h")
    if how is None or hour is None or (hour.kind == KINDS["clock"] and not hour.name):
        return None
    said = [token.kind for token in found.all]
    quarter = KINDS["quarter"] in said
    minutes = 15 if quarter else int(head.number)
    if quarter and head.kind == KINDS["num"] and head.form != "a":
        return None
    plain = not quarter and KINDS["minute"] not in said
    past = how.kind in (KINDS["past"], KINDS["after"])
    meridiem = half_of_day(found.token("p"))
    if not _said_as_time(how, head, plain=plain, meridiem=meridiem, named=hour.kind == KINDS["clock"]):
        return None
    value = 12 if hour.kind == KINDS["clock"] else int(hour.number)
    if not 0 < minutes < 60 or not 1 <= value <= 12:
        return None
    if hour.kind == KINDS["clock"]:
        meridiem = "pm" if hour.name == "noon" else "am"
    seconds = value * HOUR + (minutes if past else -minutes) * 60
    if not meridiem:
        return Clocks(Clock(seconds + (12 * HOUR if seconds < HOUR else 0)))
    settled = value % 12 * HOUR + (12 * HOUR if meridiem == "pm" else 0) + (minutes if past else -minutes) * 60
    return Clocks(Clock(settled % (24 * HOUR), True))


def _said_as_time(how: Token, head: Token, *, plain: bool, meridiem: str, named: bool) -> bool:
    if how.kind == KINDS["past"]:
        return True
    if how.kind == KINDS["to"]:
        return how.end - how.start == 2 and (
            not plain or named or (head.form == "en" and head.number in (5, 10, 20, 25))
        )
    if how.kind in (KINDS["of"], KINDS["before"], KINDS["by"]):
        return not plain and how.kind != KINDS["by"]
    return bool(meridiem) or named or (not plain and head.kind != KINDS["num"])


# What makes a count, a date or another time of the number behind "at".
_NO_BARE_HOUR: Final = (
    "(?! unit|meridiem|monthname|num meridiem|point|junk unit|yue|hao|ri|dec|more|past"
    "|(?:and|to|comma) num of? monthname)"
)


@rule("at", f"about? (?P<h>num|year) (?:to? ish)? {_NO_BARE_HOUR}")
@rule("about", f"(?P<h>num|year) (?:to? ish)? {_NO_BARE_HOUR}")
def _at_hour(found: Found) -> Piece | None:
    """Read "at 5", "@ 10", "at 1730"."""
    hour = found.token("h")
    if hour is None or hour.form not in ("digits", "padded", "en") or hour.high or found.head.form == "zh":
        return None
    if hour.form == "en" and hour.number in (5, 10, 20, 25) and found.followed_by("to", "num"):
        return None
    width = hour.end - hour.start
    if hour.form != "en" and width >= 3:
        if found.head.kind == KINDS["about"] and width == 4 and hour.kind == KINDS["year"]:
            return None
        hours, minutes = divmod(int(hour.number), 100)
        # "at 101 points" is no time; people who leave out the colon say round minutes.
        return alone(clock_of(hours, minutes, settled=width == 4)) if minutes % 5 == 0 else None
    if not 1 <= hour.number <= LAST_HOUR:
        return None
    return alone(clock_of(hour.number, settled=hour.form == "padded"))


@rule("at", "about? (?P<h>dec)(?! unit|junk)")
def _at_dotted(found: Found) -> Piece | None:
    """Read "at 6.45"."""
    said = found.token("h")
    if said is None or said.end - said.start < 4:
        return None
    return alone(clock_of(int(said.number), round(said.number % 1 * 100)))


@rule("num", "(?=$|stop|comma)")
def _hour_behind_a_day(found: Found) -> Piece | None:
    """Read the 5 of "tmr 5", which ends what is said."""
    if not _behind_a_day(found):
        return None
    return alone(clock_of(found.head.number)) if found.head.form == "digits" and 1 <= found.head.number <= 12 else None


@rule("num year dec", "(?=$|stop|comma)")
def _compact_time_behind_a_day(found: Found) -> Piece | None:
    """Read "tomorrow 0900" and "tomorrow 09.30"."""
    before, head = found.before, found.head
    if before is None or before.kind not in (KINDS["relday"], KINDS["weekday"]) or head.form in ("zh", "en"):
        return None
    hour, minute = divmod(round(head.number * 100) if head.kind == KINDS["dec"] else int(head.number), 100)
    width = len(head.name) - 1 if head.kind == KINDS["dec"] else head.end - head.start
    return alone(clock_of(hour, minute, settled=True)) if width == 4 and minute % 5 == 0 else None


@rule("dec", "(?=relday|on? weekday)")
def _dotted_time_before_a_day(found: Found) -> Piece | None:
    """Read the 18.30 of "18.30 tomorrow"."""
    hour, _, minute = found.head.name.partition(".")
    if len(minute) != 2 or int(minute) % 5:
        return None
    return alone(clock_of(int(hour), int(minute), settled=len(hour) == 2))


@rule("num", "(?=relday|on? weekday|on? monthname|on? numdate|hour)")
def _compact_time_before_a_day(found: Found) -> Piece | None:
    """Read the 0900 of "0900 tomorrow" and "1430 on Monday"."""
    head = found.head
    if head.form not in ("digits", "padded") or head.end - head.start != _MILITARY:
        return None
    hour, minute = divmod(int(head.number), 100)
    return alone(clock_of(hour, minute, settled=True)) if minute % 5 == 0 else None


# How many figures a time without its colon has.
_MILITARY: Final = 4


@rule("before after", "(?P<h>num) (?=$|stop|comma|relday|weekday|on)")
@rule("by", "(?P<h>num) (?=relday|weekday|on)")
@rule("by", "(?P<h>num) (?=$|stop|comma)")
def _around_hour(found: Found) -> Piece | None:
    """Read "before 9", "by 5 tomorrow"."""
    hour = found.token("h")
    if hour is None or hour.form not in ("digits", "en") or found.head.form == "zh" or not 1 <= hour.number <= 12:
        return None
    led = any(found.followed_by(kind) for kind in ("relday", "weekday", "on")) or _behind_a_day(found)
    if found.head.kind == KINDS["by"] and not led:
        return None
    return alone(clock_of(hour.number))


def _behind_a_day(found: Found) -> bool:
    """Tell whether an English day stands before."""
    before = found.before
    return before is not None and before.kind in (KINDS["relday"], KINDS["weekday"]) and before.form == "en"


@rule("num", "to (?P<l>num) (?=$|stop|comma)")
def _hours_behind_a_day(found: Found) -> Piece | None:
    """Read the hours of "Friday 2 to 3"."""
    if not _behind_a_day(found) or found.head.form not in ("digits", "en"):
        return None
    first, last = clock_or_hour(found.head, ""), clock_or_hour(found.all[-1], "")
    if first is None or last is None or not (1 <= found.head.number <= 12 and 1 <= found.number("l") <= 12):
        return None
    return Clocks(first, last)


@rule("at from", "(?P<h>num) (?P<unit>hour)(?! unit|num|later|ago|before|after)")
def _at_hours(found: Found) -> Piece | None:
    """Read "at 15h"."""
    hour, unit = found.token("h"), found.token("unit")
    if hour is None or unit is None or unit.end - unit.start != 1 or hour.end != unit.start:
        return None
    return alone(clock_of(hour.number, settled=True))


@rule("at", "half (?P<h>num)(?! unit)")
def _at_half(found: Found) -> Piece | None:
    hour = found.number("h")
    return alone(clock_of(hour, 30)) if 1 <= hour <= 12 and found.head.form != "zh" else None


@rule("num", "(?:to? ish)")
def _roughly(found: Found) -> Piece | None:
    """Read "11ish"."""
    hour = found.head
    return alone(clock_of(hour.number)) if hour.form in ("digits", "en") and 1 <= hour.number <= 12 else None


@rule("at", "about? (?P<h>num) (?P<m>num) (?! unit|meridiem|monthname)")
def _at_spelled(found: Found) -> Piece | None:
    """Read "at three twenty", "at 3 15"."""
    hour, minute = found.token("h"), found.token("m")
    if hour is None or minute is None or minute.form == "a" or hour.form == "a" or hour.form != minute.form:
        return None
    if not 1 <= hour.number <= 12 or not 10 <= minute.number < 60:
        return None
    return alone(clock_of(hour.number, minute.number))


@rule("at", "(?P<h>num) to (?P<l>num) (?! unit|meridiem|monthname|junk)")
@rule(
    "from between", "at? (?P<h>num) (?:to|and) (?P<l>num) (?! unit|meridiem|monthname|of monthname|junk|hao|yue|point)"
)
def _stretch_of_hours(found: Found) -> Piece | None:
    """Read "from 9 to 5"."""
    first, last = found.token("h"), found.token("l")
    if first is not None and first.form == "en" and first.number in (5, 10, 20, 25) and found.head.kind == KINDS["at"]:
        return None
    if first is None or last is None or first.form not in ("digits", "en") or last.form not in ("digits", "en"):
        return None
    if not (1 <= first.number <= 12 and 1 <= last.number <= 12):
        return None
    start, end = clock_of(first.number), clock_of(last.number)
    return Clocks(start, end) if start is not None and end is not None else None


@rule("num", "(?=(?:(?:in the?|at|this) (?P<part>part)|(?P<day>relday)(?P<dp>part)?))")
def _hour_in_part(found: Found) -> Piece | None:
    """Read the 8 of "8 in the evening" and "8 tonight"; the part is read after it."""
    part = found.token("part") or found.token("day")
    if part is None or part.form != "en" or found.head.form not in ("digits", "en") or not 1 <= found.head.number <= 12:
        return None
    if part.kind == KINDS["relday"]:
        return alone(clock_of(found.head.number)) if part.name or found.token("dp") is not None else None
    return alone(clock_of(found.head.number)) if part.number == 0 else None


@rule("num", "(?=relday)")
def _hour_before_a_day(found: Found) -> Piece | None:
    """Read the 10 of "10 tomorrow", which begins what is said; behind a verb it may count something."""
    if found.before is not None or found.head.form not in ("digits", "en") or not 1 <= found.head.number <= 12:
        return None
    return alone(clock_of(found.head.number)) if found.all[-1].form != "zh" else None


@rule("num", "to (?P<l>num) (?=on? (?:weekday|relday))")
def _hours_before_a_day(found: Found) -> Piece | None:
    """Read the hours of "9-5 on Monday"."""
    if found.before is not None or found.head.form != "digits":
        return None
    first, last = clock_or_hour(found.head, ""), clock_or_hour(found.all[-1], "")
    if first is None or last is None or not (1 <= found.head.number <= 12 and 1 <= found.number("l") <= 12):
        return None
    return Clocks(first, last)


@rule("num", "to (?P<l>num) (?=(?:in the?|at|this) part)")
def _hours_in_part(found: Found) -> Piece | None:
    """Read the hours of "10 - 11 at night"."""
    first, last = clock_of(found.head.number), clock_of(found.number("l"))
    return Clocks(first, last) if first is not None and last is not None else None
