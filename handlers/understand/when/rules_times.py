"""The rules for times of day: 3点半, half past three, 10-12pm, noon, the parts of the day, zones.

Imported by `phrase.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.clock import HOUR, Clock
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Clocks, Found, Now, Part, Piece, Zone, rule
from handlers.understand.when.recurring import Every
from handlers.understand.when.tokens import Token

_TWENTY_FOUR: Final = 24
# The number of a part of the day in the plural: mornings.
_PLURAL: Final = 2


def _clock(
    hour: float, minute: float = 0, second: float = 0, *, settled: bool = False, meridiem: str = ""
) -> Clock | None:
    if not (0 <= hour <= _TWENTY_FOUR and 0 <= minute < 60 and 0 <= second < 60):
        return None
    if hour == _TWENTY_FOUR and (minute or second):
        return None
    if meridiem and not 1 <= hour <= 12:
        meridiem = ""
    return Clock(int(hour) * HOUR + int(minute) * 60 + int(second), settled, meridiem)


def _one(clock: Clock | None) -> Clocks | None:
    return Clocks(clock) if clock is not None else None


def _meridiem(token: Token | None) -> str:
    return token.name if token is not None else ""


def _from_token(token: Token, meridiem: str = "") -> Clock | None:
    """Return the clock of a 15:30 or noon token."""
    seconds = int(token.number)
    if token.name:
        return Clock(seconds, True, "", named=token.name)
    hour = seconds // HOUR
    if meridiem and 1 <= hour <= 12:
        return Clock(seconds, False, meridiem)
    # 9:30 may be in the evening; 09:30 and 10:30 are 24-hour times as written.
    return Clock(seconds, token.form == "padded" or hour >= 10, "", written=True)


# --- Chinese ----------------------------------------------------------------------------------------------------------

_MINUTES: Final = "(?:(?P<half>half)|(?P<q>num) ke|past? (?P<m>num) (?P<fen>fen|minute)? (?:(?P<s>num) second)?)?"


@rule("num", f"point {_MINUTES}")
def _chinese_time(found: Found) -> Piece | None:
    return _one(_chinese_clock(found))


def _chinese_clock(found: Found) -> Clock | None:
    head, minute = found.head, found.token("m")
    if head.form not in ("digits", "padded", "zh") or int(head.number) > _TWENTY_FOUR:
        return None
    minutes = 30 if found.token("half") else found.number("q") * 15
    if minute is not None:
        # 三点五 is no time: a minute under ten is said with 零 or 分.
        if found.token("fen") is None and minute.number < 10 and minute.form != "padded":
            return None
        minutes = int(minute.number)
    clock = _clock(head.number, minutes, found.number("s"), settled=head.form == "padded")
    if clock is None or not head.high:
        return clock
    return Clock(clock.seconds, clock.settled, high=head.high * HOUR)


@rule("num", "(?:to|and) (?P<l>num) point (?P<half>half)?")
def _chinese_times(found: Found) -> Piece | None:
    first, last = _clock(found.head.number), _clock(found.number("l"), 30 if found.token("half") else 0)
    return Clocks(first, last) if first is not None and last is not None else None


@rule("short", "(?P<m>num) (?P<unit>fen|minute|ke) (?P<h>num) point")
@rule("short", "(?P<unit>ke) (?P<h>num) point")
def _chinese_time_short_of(found: Found) -> Piece | None:
    unit = found.token("unit")
    minutes = found.number("m") or 1
    if unit is not None and unit.kind == KINDS["ke"]:
        minutes *= 15
    hour = found.number("h")
    return _one(_clock(hour - 1, 60 - minutes)) if 1 <= hour <= 24 and 0 < minutes < 60 else None


@rule("num", "point short (?P<m>num) (?P<unit>fen|minute|ke)")
def _chinese_time_with_short_behind(found: Found) -> Piece | None:
    unit = found.token("unit")
    minutes = found.number("m") * (15 if unit is not None and unit.kind == KINDS["ke"] else 1)
    return _one(_clock(found.head.number - 1, 60 - minutes)) if 0 < minutes < 60 else None


# --- both -------------------------------------------------------------------------------------------------------------


@rule("clock", "(?P<p>meridiem)? (?:to? ish)? (?:fen|point|hour)?")
def _written_time(found: Found) -> Piece | None:
    return _one(_from_token(found.head, _meridiem(found.token("p"))))


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
    p1 = _meridiem(found.token("p1"))
    p2 = _meridiem(found.token("p2"))
    head = found.token("first") or found.head
    first, second = _any(head, p1), _any(last, p2)
    if first is None or second is None:
        return None
    if not p1 and p2:
        same = _any(head, p2)
        other = _any(head, "am" if p2 == "pm" else "pm")
        if same is None or other is None:
            return None
        first = same if _absolute(same) < _absolute(second) else other
    return Clocks(first, second)


def _any(token: Token, meridiem: str) -> Clock | None:
    if token.kind == KINDS["clock"]:
        return _from_token(token, meridiem)
    return _clock(token.number, meridiem=meridiem) if token.form in ("digits", "en", "padded", "zh") else None


def _absolute(clock: Clock) -> int:
    hour = clock.hour % 12 + (12 if clock.meridiem == "pm" else 0)
    return hour * HOUR + clock.seconds % HOUR


# --- English ----------------------------------------------------------------------------------------------------------


@rule("num year", "point? (?:to? ish)? (?P<p>meridiem) (?:to? ish)?")
def _hour_with_meridiem(found: Found) -> Piece | None:
    head = found.head
    if head.form not in ("digits", "padded", "en"):
        return None
    if head.form != "en" and head.end - head.start >= 3:
        hour, minute = divmod(int(head.number), 100)
        return _one(_clock(hour, minute, meridiem=_meridiem(found.token("p"))))
    if not 1 <= head.number <= _TWENTY_FOUR:
        return None
    return _one(_clock(head.number, meridiem=_meridiem(found.token("p"))))


@rule("num", "(?P<noon>clock)")
def _twelve_noon(found: Found) -> Piece | None:
    noon = found.token("noon")
    return _one(_from_token(noon)) if noon is not None and noon.name and found.head.number == 12 else None


@rule("num", "(?P<m>num) point? (?P<p>meridiem)")
def _spelled_time(found: Found) -> Piece | None:
    """Read "nine thirty am"."""
    minute = found.token("m")
    if minute is None or minute.form == "a" or not 1 <= found.head.number <= 12 or not 10 <= minute.number < 60:
        return None
    return _one(_clock(found.head.number, minute.number, meridiem=_meridiem(found.token("p"))))


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
    return _one(_clock(found.head.number, minute.number))


_LEADS_TO_A_TIME: Final = frozenset(KINDS[kind] for kind in ("for", "relday", "weekday", "part", "by", "from", "on"))


@rule("num", "point (?P<p>meridiem)?")
def _oclock(found: Found) -> Piece | None:
    return _one(_clock(found.head.number, meridiem=_meridiem(found.token("p")))) if found.head.form == "en" else None


@rule("half", "past? (?P<h>num) point? (?P<p>meridiem)?")
def _half_past(found: Found) -> Piece | None:
    hour = found.token("h")
    bare = len(found.all) == 2
    if hour is None or not 1 <= hour.number <= 12 or found.head.form != "en":
        return None
    if bare and hour.form != "en" and not found.followed_by("relday"):
        return None
    return _one(_clock(hour.number, 30, meridiem=_meridiem(found.token("p"))))


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
    meridiem = _meridiem(found.token("p"))
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
        return _one(_clock(hours, minutes, settled=width == 4)) if minutes % 5 == 0 else None
    if not 1 <= hour.number <= _TWENTY_FOUR:
        return None
    return _one(_clock(hour.number, settled=hour.form == "padded"))


@rule("at", "about? (?P<h>dec)(?! unit)")
def _at_dotted(found: Found) -> Piece | None:
    """Read "at 6.45"."""
    said = found.token("h")
    if said is None or said.end - said.start < 4:
        return None
    return _one(_clock(int(said.number), round(said.number % 1 * 100)))


@rule("num", "(?=$|stop|comma)")
def _hour_behind_a_day(found: Found) -> Piece | None:
    """Read the 5 of "tmr 5", which ends what is said."""
    before = found.before
    if before is None or before.kind not in (KINDS["relday"], KINDS["weekday"]) or before.form != "en":
        return None
    return _one(_clock(found.head.number)) if found.head.form == "digits" and 1 <= found.head.number <= 12 else None


@rule("num year dec", "(?=$|stop|comma)")
def _compact_time_behind_a_day(found: Found) -> Piece | None:
    """Read "tomorrow 0900" and "tomorrow 09.30"."""
    before, head = found.before, found.head
    if before is None or before.kind not in (KINDS["relday"], KINDS["weekday"]) or head.form in ("zh", "en"):
        return None
    hour, minute = divmod(round(head.number * 100) if head.kind == KINDS["dec"] else int(head.number), 100)
    width = len(head.name) - 1 if head.kind == KINDS["dec"] else head.end - head.start
    return _one(_clock(hour, minute, settled=True)) if width == 4 and minute % 5 == 0 else None


@rule("before after", "(?P<h>num) (?=$|stop|comma|relday|weekday|on)")
@rule("by", "(?P<h>num) (?=relday|weekday|on)")
def _around_hour(found: Found) -> Piece | None:
    """Read "before 9", "by 5 tomorrow"."""
    hour = found.token("h")
    if hour is None or hour.form not in ("digits", "en") or found.head.form == "zh" or not 1 <= hour.number <= 12:
        return None
    return _one(_clock(hour.number))


@rule("at", "half (?P<h>num)(?! unit)")
def _at_half(found: Found) -> Piece | None:
    hour = found.number("h")
    return _one(_clock(hour, 30)) if 1 <= hour <= 12 and found.head.form != "zh" else None


@rule("num", "(?:to? ish)")
def _roughly(found: Found) -> Piece | None:
    """Read "11ish"."""
    hour = found.head
    return _one(_clock(hour.number)) if hour.form in ("digits", "en") and 1 <= hour.number <= 12 else None


@rule("at", "about? (?P<h>num) (?P<m>num) (?! unit|meridiem|monthname)")
def _at_spelled(found: Found) -> Piece | None:
    """Read "at three twenty", "at 3 15"."""
    hour, minute = found.token("h"), found.token("m")
    if hour is None or minute is None or minute.form == "a" or hour.form == "a" or hour.form != minute.form:
        return None
    if not 1 <= hour.number <= 12 or not 10 <= minute.number < 60:
        return None
    return _one(_clock(hour.number, minute.number))


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
    start, end = _clock(first.number), _clock(last.number)
    return Clocks(start, end) if start is not None and end is not None else None


@rule("num", "(?=(?:(?:in the?|at|this) (?P<part>part)|(?P<day>relday)(?P<dp>part)?))")
def _hour_in_part(found: Found) -> Piece | None:
    """Read the 8 of "8 in the evening" and "8 tonight"; the part is read after it."""
    part = found.token("part") or found.token("day")
    if part is None or part.form != "en" or found.head.form not in ("digits", "en") or not 1 <= found.head.number <= 12:
        return None
    if part.kind == KINDS["relday"]:
        return _one(_clock(found.head.number)) if part.name or found.token("dp") is not None else None
    return _one(_clock(found.head.number)) if part.number == 0 else None


@rule("num", "to (?P<l>num) (?=(?:in the?|at|this) part)")
def _hours_in_part(found: Found) -> Piece | None:
    """Read the hours of "10 - 11 at night"."""
    first, last = _clock(found.head.number), _clock(found.number("l"))
    return Clocks(first, last) if first is not None and last is not None else None


# --- parts and zones --------------------------------------------------------------------------------------------------


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
