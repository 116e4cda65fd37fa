"""The rules for times of day in Chinese and in figures: 3点半, 差一刻五点, 15:30, 10-12pm, the parts of the day, zones.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.clock import HOUR, Clock
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Clocks, Found, Now, Part, Piece, Zone, rule
from handlers.understand.when.recurring import Every
from handlers.understand.when.said_clock import LAST_HOUR, alone, clock_of, clock_or_hour, half_of_day, written

# The number of a part of the day in the plural: mornings.
_PLURAL: Final = 2

_MINUTES: Final = (
    "(?:(?P<half>half)|pass? (?P<q>num) ke"
    "|(?:past|pass)? (?P<m>num)(?! ge) (?P<fen>fen|minute)? (?:(?P<s>num) second)?)?"
)


@rule("num", f"point {_MINUTES}")
def _chinese_time(found: Found) -> Piece | None:
    return alone(_chinese_clock(found))


def _chinese_clock(found: Found) -> Clock | None:
    head, minute = found.head, found.token("m")
    if head.form not in ("digits", "padded", "zh") or int(head.number) > LAST_HOUR:
        return None
    minutes = 30 if found.token("half") else found.number("q") * 15
    if minute is not None:
        # 三点五 is no time: a minute under ten is said with 零 or 分.
        if found.token("fen") is None and minute.number < 10 and minute.form != "padded":
            return None
        minutes = int(minute.number)
    clock = clock_of(head.number, minutes, found.number("s"), settled=head.form == "padded")
    if clock is None or not head.high:
        return clock
    return Clock(clock.seconds, clock.settled, high=head.high * HOUR)


@rule("num", "(?:to|and) (?P<l>num) point (?P<half>half)?")
def _chinese_times(found: Found) -> Piece | None:
    first, last = clock_of(found.head.number), clock_of(found.number("l"), 30 if found.token("half") else 0)
    return Clocks(first, last) if first is not None and last is not None else None


@rule("short", "(?P<m>num) (?P<unit>fen|minute|ke) (?P<h>num) point")
@rule("short", "(?P<unit>ke) (?P<h>num) point")
def _chinese_time_short_of(found: Found) -> Piece | None:
    unit = found.token("unit")
    minutes = found.number("m") or 1
    if unit is not None and unit.kind == KINDS["ke"]:
        minutes *= 15
    hour = found.number("h")
    return alone(clock_of(hour - 1, 60 - minutes)) if 1 <= hour <= 24 and 0 < minutes < 60 else None


@rule("num", "point short (?P<m>num) (?P<unit>fen|minute|ke)")
def _chinese_time_with_short_behind(found: Found) -> Piece | None:
    unit = found.token("unit")
    minutes = found.number("m") * (15 if unit is not None and unit.kind == KINDS["ke"] else 1)
    return alone(clock_of(found.head.number - 1, 60 - minutes)) if 0 < minutes < 60 else None


@rule("clock", "(?P<p>meridiem)? (?:to? ish)? (?:fen|point|hour)?")
def _written_time(found: Found) -> Piece | None:
    return alone(written(found.head, half_of_day(found.token("p"))))


@rule("clock num", "(?P<p1>meridiem)? (?:to|and) (?P<last>clock|num) (?P<p2>meridiem)")
@rule("clock", "(?P<p1>meridiem)? to (?P<last>clock) (?P<p2>meridiem)?")
@rule("num", "(?P<p1>meridiem) (?:to|by) (?P<last>clock|num)(?! unit|monthname)")
@rule("from between", "at? (?P<first>num) (?:to|and) (?P<last>clock) (?P<p2>meridiem)?")
@rule("num", "to (?P<last>clock) (?P<p2>meridiem)")
@rule("clock", "(?:to|by) (?P<last>num)(?! unit|monthname|meridiem|point|yue|hao|to)")
def _stretch(found: Found) -> Piece | None:
    """Read 10-12pm, 3:30-5pm, 9am-5: the first takes the second's half of the day when that keeps the order."""
    last = found.token("last")
    if last is None:
        return None
    p1 = half_of_day(found.token("p1"))
    p2 = half_of_day(found.token("p2"))
    head = found.token("first") or found.head
    first, second = clock_or_hour(head, p1), clock_or_hour(last, p2)
    if first is None or second is None:
        return None
    if not p1 and p2:
        same = clock_or_hour(head, p2)
        other = clock_or_hour(head, "am" if p2 == "pm" else "pm")
        if same is None or other is None:
            return None
        first = same if _absolute(same) < _absolute(second) else other
    return Clocks(first, second)


def _absolute(clock: Clock) -> int:
    hour = clock.hour % 12 + (12 if clock.meridiem == "pm" else 0)
    return hour * HOUR + clock.seconds % HOUR


@rule("part")
def _part(found: Found) -> Piece | None:
    if found.head.number == _PLURAL:
        return Every("DAILY", part=found.head.name)
    return Part(found.head.name, weak=bool(found.head.number))


@rule("in on at", "the? (?P<part>part)")
def _in_the_part(found: Found) -> Piece | None:
    part = found.token("part")
    return Part(part.name) if part is not None and part.number != _PLURAL else None


@rule("zone")
def _zone(found: Found) -> Piece | None:
    return Zone(found.head.name)


@rule("now")
def _now(_found: Found) -> Piece | None:
    return Now()
