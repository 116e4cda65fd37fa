"""The rules for periods, their edges and their n-th days: 下个月, 月底, Q1, the last Friday of March.

Imported by `parser.py` for its effect on `pieces.piece`.
"""

from __future__ import annotations

from typing import Final

from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import Edge, MonthOnly, Nth, Quarter, Season, Span, YearOnly
from handlers.understand.when.pieces import Found, Part, Piece, rule
from handlers.understand.when.relative import Length, Shifted
from handlers.understand.when.said import edged, steps, year_of

_PERIODS: Final = {
    KINDS["week"]: "week",
    KINDS["month"]: "month",
    KINDS["yue"]: "month",
    KINDS["quarter"]: "quarter",
    KINDS["yearunit"]: "year",
}


@rule("next this last past", "(?P<unit>week|month|yue|quarter|yearunit) of? (?P<edge>edge)?")
def _period(found: Found) -> Piece | None:
    unit = found.token("unit")
    if unit is None or unit.number == 10:
        return None
    return edged(Span(_PERIODS[unit.kind], steps(found.head)), found.token("edge"))


@rule("of in", "the (?P<unit>week|month|quarter|yearunit)(?! after)")
def _of_the_period(found: Found) -> Piece | None:
    """Read "of the month" behind "the last day"; alone it is no day, which `guards.py` sees to."""
    unit = found.token("unit")
    return Span(_PERIODS[unit.kind], 0, rolls=True) if unit is not None else None


@rule("week yue quarter yearunit", "inside")
def _within_period(found: Found) -> Piece | None:
    """Read 年内, 月内: by its end."""
    return Edge("end", Span(_PERIODS[found.head.kind], 0)) if found.head.form == "zh" else None


@rule("week month yearunit", "after the? next")
def _period_after_next(found: Found) -> Piece | None:
    return Span(_PERIODS[found.head.kind], 2)


@rule("week month yearunit", "before the? last")
def _period_before_last(found: Found) -> Piece | None:
    return Span(_PERIODS[found.head.kind], -2)


@rule("week yue month quarter yearunit", "of? (?P<edge>edge)")
def _period_edge(found: Found) -> Piece | None:
    """Read 月底, 年中, 季末: the next one to come."""
    return edged(Span(_PERIODS[found.head.kind], 0), found.token("edge"), rolls=True)


@rule("edge", "(?:of|to)? about? the? (?P<which>next|this|last|past)? (?P<unit>week|month|yue|quarter|yearunit)")
def _edge_of_period(found: Found) -> Piece | None:
    unit = found.token("unit")
    if unit is None or unit.name == "s":
        # early years
        return None
    which = found.token("which")
    span = Span(_PERIODS[unit.kind], steps(which) if which is not None else 0)
    return edged(span, found.head, rolls=which is None)


@rule("edge", "(?:of|in|to)? the? (?P<which>next|this|last)? (?P<m>monthname) (?:comma? (?P<y>year))?")
def _edge_of_month(found: Found) -> Piece | None:
    which = found.token("which")
    month = MonthOnly(found.number("m"), year_of(found.token("y")), int(which.number) if which is not None else None)
    return edged(month, found.head, rolls=found.token("y") is None)


@rule("edge", "of? (?P<n>num) yue")
def _edge_of_chinese_month(found: Found) -> Piece | None:
    """Read "early 12月"."""
    month = found.number("n")
    return edged(MonthOnly(month), found.head, rolls=True) if 1 <= month <= 12 else None


@rule("edge", "of? the? (?P<y>year)")
def _edge_of_year(found: Found) -> Piece | None:
    year = found.token("y")
    return edged(YearOnly(int(year.number)), found.head) if year is not None and found.head.name != "close" else None


@rule("edge", "of? (?P<q>qnumber) (?P<y>year)?")
def _edge_of_quarter(found: Found) -> Piece | None:
    quarter, year = found.token("q"), year_of(found.token("y"))
    number = found.number("q")
    if quarter is not None and quarter.name == "half":
        number = 2 * number - (found.head.name == "start")
    return edged(Quarter(number, year), found.head)


@rule("next this last", "(?P<edge>edgeword)")
def _edge_word_placed(found: Found) -> Piece | None:
    """Read "next quarter end"."""
    edge = found.token("edge")
    if edge is None or edge.name == "day":
        return None
    return Edge("end", Span(edge.name, int(found.head.number)))


@rule("edgeword")
def _edge_word(found: Found) -> Piece | None:
    name = found.head.name
    return Part("close") if name == "day" else Edge("end", Span(name, 0), rolls=True)


@rule("qnumber", "of? (?P<y>year)? (?P<edge>edge)?")
@rule("year", "yearunit? of? to? (?P<q>qnumber) (?P<edge>edge)?")
def _quarter_number(found: Found) -> Piece | None:
    quarter = found.token("q") or found.head
    year = year_of(found.head if found.head.kind == KINDS["year"] else found.token("y"))
    number = int(quarter.number)
    if quarter.name == "half":
        return Edge("halfstart", YearOnly(year) if year is not None else Span("year", 0), number, rolls=year is None)
    return edged(Quarter(number, year), found.token("edge"))


@rule("num", "(?P<n>quarter) (?P<edge>edge)?")
def _chinese_quarter(found: Found) -> Piece | None:
    """Read 一季度; 个季度 counts them."""
    quarter = found.token("n")
    if (
        quarter is None
        or quarter.form != "zh"
        or quarter.end - quarter.start != 2
        or found.head.form not in ("zh", "digits")
    ):
        return None
    number = int(found.head.number)
    return edged(Quarter(number), found.token("edge")) if 1 <= number <= 4 and not found.head.high else None


@rule("nth", "(?P<n>num) quarter (?P<edge>edge)?")
@rule("ord", "(?P<n>quarter) (?:of? (?P<y>year))? (?P<edge>edge)?")
def _quarter_by_number(found: Found) -> Piece | None:
    number = found.number("n") if found.head.kind == KINDS["nth"] else int(found.head.number)
    return edged(Quarter(number, year_of(found.token("y"))), found.token("edge")) if 1 <= number <= 4 else None


@rule("relyear", "(?:of? yearunit? (?P<edge>edge))?")
def _relative_year(found: Found) -> Piece | None:
    return edged(Span("year", int(found.head.number)), found.token("edge"))


@rule("relyear", "of? (?P<edge>edge) yearunit")
@rule("year", "yearunit of? (?P<edge>edge) yearunit")
def _half_of_year(found: Found) -> Piece | None:
    """Read 明年上半年."""
    edge = found.token("edge")
    if edge is None or edge.name != "halfstart":
        return None
    year = (
        Span("year", int(found.head.number))
        if found.head.kind == KINDS["relyear"]
        else YearOnly(int(found.head.number))
    )
    return edged(year, edge)


@rule("season", "(?P<edge>edge)?")
@rule("next this last", "(?P<season>season)")
@rule("season", "(?:of|comma)? (?P<y>year)")
@rule("edge", "of? the? (?P<season>season) (?:of? (?P<y>year))?")
def _season(found: Found) -> Piece | None:
    season = found.token("season") or found.head
    which = int(found.head.number) if found.head.kind in _WHICH else None
    edge = found.token("edge") or (found.head if found.head.kind == KINDS["edge"] else None)
    year = year_of(found.token("y"))
    return edged(Season(int(season.number), year, which), edge, rolls=year is None and which is None)


_WHICH: Final = frozenset(KINDS[kind] for kind in ("next", "this", "last"))


@rule("num", "yearunit of? yearunit? (?P<edge>edge)")
def _short_year_edge(found: Found) -> Piece | None:
    """Read 26年底."""
    year = year_of(found.head) if found.head.form == "digits" and 20 <= found.head.number < 50 else None
    return edged(YearOnly(year), found.token("edge")) if year is not None else None


@rule("year", "yearunit (?P<season>season) (?P<edge>edge)?")
def _season_of_year(found: Found) -> Piece | None:
    return edged(Season(found.number("season"), int(found.head.number)), found.token("edge"))


@rule("year", "yearunit (?P<edge>edge)?")
@rule("year", "yearunit of? yearunit (?P<edge>edge)")
def _year_alone(found: Found) -> Piece | None:
    return edged(YearOnly(int(found.head.number)), found.token("edge"))


@rule("of", "(?P<y>year)")
def _of_year(found: Found) -> Piece | None:
    return YearOnly(found.number("y"))


@rule("in", "(?P<y>year)(?! junk|num|hour)")
def _in_year(found: Found) -> Piece | None:
    return YearOnly(found.number("y"))


@rule("nth", "(?P<n>num) ge? (?P<what>weekday|day|workday|week|weekend)")
@rule("ord last", "ge? (?P<what>day|workday|week|weekof|weekend)")
@rule("ord", "(?P<what>weekday)")
def _nth(found: Found) -> Piece | None:
    what = found.token("what")
    n = found.number("n") if found.head.kind == KINDS["nth"] else int(found.head.number)
    if what is None or not (1 <= n <= 5 or -3 <= n <= -1 or (what.kind == KINDS["day"] and n <= 31)):
        return None
    if found.head.kind == KINDS["last"] and what.kind in (KINDS["week"], KINDS["weekend"]):
        return None
    if found.head.kind == KINDS["last"] and what.kind == KINDS["workday"] and not found.followed_by("of"):
        return Shifted(Length(workdays=1), -1)
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


@rule("ord", "half of? (?P<m>monthname)")
@rule("ord", "half of? (?P<y>year)")
@rule("ord", "half of? (?:the|this)? (?P<unit>month|yearunit)")
@rule("ord", "half of? (?P<which>next) (?P<unit>month|yearunit)")
def _half_of(found: Found) -> Piece | None:
    number, unit, year = int(found.head.number), found.token("unit"), found.token("y")
    if number not in (1, 2):
        return None
    if found.token("m") is not None:
        return Edge("halfstart", MonthOnly(found.number("m")), number, rolls=True)
    if year is not None:
        return Edge("halfstart", YearOnly(int(year.number)), number)
    if unit is None:
        return None
    which = found.number("which")
    return Edge("halfstart", Span(_PERIODS[unit.kind], which), number, rolls=not which)
