"""The rules for rhythms: 每周一三五, every other Friday, first Monday of every month, 两周一次, daily.

Imported by `phrase.py` for its effect on `pieces.piece`; a rhythm and a day next to it are joined there.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import Edge, Span
from handlers.understand.when.pieces import Found, Piece, rule
from handlers.understand.when.recurring import WORKDAYS, Every, joined
from handlers.understand.when.tokens import Token

_FREQ: Final = {
    KINDS["minute"]: ("MINUTELY", 1),
    KINDS["hour"]: ("HOURLY", 1),
    KINDS["day"]: ("DAILY", 1),
    KINDS["ri"]: ("DAILY", 1),
    KINDS["nightunit"]: ("DAILY", 1),
    KINDS["week"]: ("WEEKLY", 1),
    KINDS["fortnight"]: ("WEEKLY", 2),
    KINDS["month"]: ("MONTHLY", 1),
    KINDS["yue"]: ("MONTHLY", 1),
    KINDS["quarter"]: ("MONTHLY", 3),
    KINDS["yearunit"]: ("YEARLY", 1),
}
_MOST: Final = 400


def _per(unit: Token, count: int, other: int = 0) -> Every | None:
    if unit.kind == KINDS["workday"]:
        return Every("WEEKLY", days=WORKDAYS) if count == 1 else None
    freq, factor = _FREQ.get(unit.kind, ("", 0))
    if not freq or not 1 <= count <= _MOST:
        return None
    return Every(freq, count * factor, other=other * factor)


@rule("every", "(?P<n>num|ord|other)? ge? (?P<unit>unit|yue|ri)(?! edge) (?:times)?")
def _every(found: Found) -> Piece | None:
    unit, count = found.token("unit"), found.token("n")
    if unit is None:
        return None
    return _per(
        unit, int(count.number) if count is not None and count.kind != KINDS["other"] else 2 if count is not None else 1
    )


@rule("every", "(?P<half>half) (?:num|of|ge){0,2} (?P<unit>hour|day|month|yue|yearunit) (?:times)?")
@rule("other", "(?P<half>half) ge? (?P<unit>hour|month|yue|yearunit) (?:times)?")
def _every_half(found: Found) -> Piece | None:
    unit = found.token("unit")
    if unit is None:
        return None
    return {
        KINDS["hour"]: Every("MINUTELY", 30),
        KINDS["day"]: Every("HOURLY", 12),
        KINDS["yearunit"]: Every("MONTHLY", 6),
    }.get(unit.kind, Every("WEEKLY", 2))


@rule("every", "(?P<n>num|dec) half (?P<unit>hour|yearunit)")
def _every_one_and_a_half(found: Found) -> Piece | None:
    unit, count = found.token("unit"), found.number("n")
    if unit is None:
        return None
    return Every("MINUTELY", 60 * count + 30) if unit.kind == KINDS["hour"] else Every("MONTHLY", 12 * count + 6)


@rule("every", "(?:num)? (?P<q>ke)")
def _every_quarter_of_an_hour(_found: Found) -> Piece | None:
    return Every("MINUTELY", 15)


@rule("other", "(?P<n>num)? ge? (?P<unit>unit|yue|ri) (?:times)?")
def _at_intervals(found: Found) -> Piece | None:
    """Read 每隔两天: two days lie between, so it is every third; of hours and months people mean every second."""
    unit, said = found.token("unit"), found.token("n")
    if unit is None or found.head.form != "zh":
        return None
    count = int(said.number) if said is not None else 1
    short = unit.kind in (KINDS["minute"], KINDS["hour"])
    if count == 1:
        return _per(unit, 1 if short else 2)
    between = unit.kind in (KINDS["day"], KINDS["ri"], KINDS["week"])
    return _per(unit, count + 1, count) if between else _per(unit, count)


@rule("num half", "(?:half|ge){0,2} (?P<unit>unit|yue) times")
def _so_often(found: Found) -> Piece | None:
    """Read 两周一次, 半年一次."""
    unit, times = found.token("unit"), found.all[-1]
    if unit is None or times.number != 1:
        return None
    if found.head.kind == KINDS["half"]:
        return _every_half(found) if unit.kind != KINDS["day"] else Every("HOURLY", 12)
    return _per(unit, int(found.head.number)) if found.head.form != "a" and len(found.all) <= 4 else None


@rule("once", "(?P<every>every|num)? (?P<n>num)? (?P<unit>unit)")
def _once_in(found: Found) -> Piece | None:
    unit, count = found.token("unit"), found.token("n")
    if unit is None or found.token("every") is None:
        return None
    return _per(unit, int(count.number) if count is not None else 1)


@rule("once", "(?P<how>often)")
@rule("often", "(?:times)?")
def _often(found: Found) -> Piece | None:
    how = found.token("how") if found.head.kind == KINDS["once"] else found.head
    if how is None:
        return None
    return Every(how.name, int(how.number))


@rule("every other", "(?P<other>other|ord|num)? week? of? (?P<days>weekday|weekdays|weekend)")
@rule(
    "every",
    "(?P<other>other|ord|num)? ge? week? of? (?P<days>weekday|weekdays|weekend)"
    " (?:(?:and|comma){1,2} (?:weekday|weekdays)){1,7}",
)
@rule("every", "(?P<days>weekday|weekdays) to (?P<last>weekday|num)")
def _every_weekday(found: Found) -> Piece | None:
    days = _day_numbers(found)
    if days is None:
        return None
    other = found.token("other")
    if found.head.kind == KINDS["other"] and found.head.form == "en":
        return None
    if found.head.kind == KINDS["other"]:
        return Every("WEEKLY", 2, days)
    if other is None:
        return Every("WEEKLY", 1, days)
    if other.kind == KINDS["ord"] and other.number not in (2,):
        return (
            Every("MONTHLY", 1, days, nth=int(other.number)) if 1 <= other.number <= 5 or other.number == -1 else None
        )
    return Every("WEEKLY", 2 if other.kind == KINDS["other"] else int(other.number), days)


def _day_numbers(found: Found) -> tuple[int, ...] | None:
    days: list[int] = []
    for token in found.all:
        if token.kind == KINDS["weekend"]:
            days += [5, 6]
        elif token.kind in (KINDS["weekday"], KINDS["weekdays"]):
            days += [int(day) for day in token.name.split(",")] if token.name[:1].isdecimal() else _one_day(token)
    last = found.token("last")
    if last is not None:
        end = int(last.number) - (1 if last.kind == KINDS["num"] else 0)
        if last.kind == KINDS["num"] and (last.form != "zh" or not 1 <= last.number <= 6):
            return None
        days = [day % 7 for day in range(days[0], end + (1 if end >= days[0] else 8))]
    return tuple(sorted(set(days)))


def _one_day(token: Token) -> list[int]:
    return list(WORKDAYS) if token.name == "weekdays" else [int(token.number)]


@rule("every", "(?P<part>part)")
def _every_part(found: Found) -> Piece | None:
    part = found.token("part")
    return Every("DAILY", part=part.name) if part is not None else None


@rule("every", "(?P<n>ord) (?:(?:and|comma) ord){0,9}")
def _every_ordinal(found: Found) -> Piece | None:
    days = [token for token in found.all if token.kind == KINDS["ord"]]
    if any(token.form != "digits" for token in days):
        return None
    return Every("MONTHLY", month_days=tuple(int(token.number) for token in days))


@rule("every")
def _every_day_that_follows(_found: Found) -> Piece | None:
    """Read "every" before a day that says the rhythm (every Christmas, 每月底): `phrase.py` joins them."""
    return Every()


@rule("other", "(?P<days>weekdays)")
def _alternate_weekdays(found: Found) -> Piece | None:
    """Read "alternate Wednesdays"."""
    days = _day_numbers(found)
    return Every("WEEKLY", 2, days) if days and found.head.form == "en" else None


@rule("weekdays", "(?:(?:and|comma){1,2} (?:weekday|weekdays)){0,7}")
def _plural_weekdays(found: Found) -> Piece | None:
    days = _day_numbers(found)
    return Every("WEEKLY", 1, days) if days else None


@rule("weekend", "")
def _plural_weekend(found: Found) -> Piece | None:
    return Every("WEEKLY", 1, (5, 6)) if found.head.number else None


@rule("edge", "of? the? every (?P<unit>week|month|quarter|yearunit)")
def _edge_of_every(found: Found) -> Piece | None:
    unit = found.token("unit")
    return joined(Every(), Edge(found.head.name, Span(_UNIT_NAMES[unit.kind], 0))) if unit is not None else None


_UNIT_NAMES: Final = {
    KINDS["week"]: "week",
    KINDS["month"]: "month",
    KINDS["quarter"]: "quarter",
    KINDS["yearunit"]: "year",
}


_MORE_ORDINALS: Final = "(?: (?:and|comma){1,2} the? (?:ord|last|nth? num)){1,4} ge? (?P<day>weekday)"


@rule("every", f"(?:ge? (?:month|yue) (?:of|on)? the?)? (?:ord|nth num) {_MORE_ORDINALS}")
@rule("often", f"on? the? (?:ord|nth num) {_MORE_ORDINALS}")
@rule("ord last", f"{_MORE_ORDINALS} of? (?:every|the) month")
def _several_ordinals(found: Found) -> Piece | None:
    """Read "the 1st and 3rd Monday of every month", 每月第一和第三个周五."""
    day = found.token("day")
    numbers = [int(token.number) for token in found.all[:-1] if token.kind in _ORDINAL_KINDS]
    if day is None or (found.head.kind == KINDS["often"] and found.head.name != "MONTHLY"):
        return None
    if not all(1 <= number <= 5 or number == -1 for number in numbers):
        return None
    return Every("MONTHLY", days=(int(day.number),), nth=numbers[0], more=tuple(numbers[1:]))


_ORDINAL_KINDS: Final = frozenset(KINDS[kind] for kind in ("ord", "last", "num"))


@rule("every", "(?P<unit>week|month|quarter|yearunit) (?:at|on|in|by) the? (?P<edge>edge)(?! of)")
def _edge_behind_every(found: Found) -> Piece | None:
    """Read "every month at the end"."""
    unit, edge = found.token("unit"), found.token("edge")
    if unit is None or edge is None:
        return None
    return joined(Every(), Edge(edge.name, Span(_UNIT_NAMES[unit.kind], 0)))


@rule(
    "except",
    "(?:on|for|the|of){0,2} (?P<days>weekday|weekdays|weekend)"
    " (?:(?:and|comma){1,2} (?:weekday|weekdays)){0,5} (?P<out>except)?",
)
@rule("weekday weekend", "(?P<out>except)")
def _every_day_but(found: Found) -> Piece | None:
    """Read "except weekends" and 周末除外; the guards refuse it where it stands without a rhythm."""
    days, out = _day_numbers(found), found.token("out")
    if days is None or (found.head.kind != KINDS["except"] and (out is None or out.name != "out")):
        return None
    rest = tuple(day for day in range(7) if day not in days)
    return Every("WEEKLY", days=rest, but=True) if rest else None


@rule("ord", "(?:(?:and|comma){1,2} the? (?:ord|last)){1,5} day? of? every month")
def _days_of_every_month(found: Found) -> Piece | None:
    """Read "the 15th and last day of each month"."""
    days = tuple(int(token.number) for token in found.all if token.kind in _ORDINAL_KINDS)
    return Every("MONTHLY", month_days=days) if all(1 <= day <= 31 or day == -1 for day in days) else None


@rule("last", "of every month")
@rule("ord", "day? of? every month")
def _day_of_every_month(found: Found) -> Piece | None:
    number = int(found.head.number)
    return Every("MONTHLY", month_days=(number,)) if 1 <= number <= 31 or number == -1 else None


@rule("every", "last (?P<day>weekday)")
def _every_last_weekday(found: Found) -> Piece | None:
    day = found.token("day")
    return Every("MONTHLY", days=(int(day.number),), nth=-1) if day is not None else None


@rule("workday")
def _workdays(_found: Found) -> Piece | None:
    """Read 工作日上午9点; the guards refuse it where it counts or has no time of day."""
    return Every("WEEKLY", days=WORKDAYS)
