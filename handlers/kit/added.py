"""A list's filter by when its customers were added: read from a line, shown to a person, and the periods on offer.

    in_line(req, "本月新增的客户")  →  ((29349600, 29392800), "的客户")    # minutes since 1970, the second not included

Days are those of the reader's time zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from handlers.kit.ranges import LINE_MOST, SPANS
from handlers.kit.reply import Text, t
from handlers.kit.request import Request
from handlers.understand.between import Bounds

#: What is offered, of the stretches that have a name.
OFFERED = ("week", "month", "last_month", "quarter", "year")
_MINUTE = timedelta(minutes=1)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
#: In minutes no more digits than a button has for a number (handlers/kit/lists.py).
_LAST = date(6000, 1, 1)

Added = tuple[int, int]


def in_line(req: Request, line: str) -> tuple[Added | None, str]:
    """From when to when, if a line says when customers were added, and the line without it."""
    if len(line) > LINE_MOST:
        return None, line
    from handlers.understand import newcomers  # brings the grammar of days: not every start needs it

    found = newcomers.in_line(line, _today(req))
    return (None, line) if found is None else (_between(req, found[0]), found[1])


def offered(req: Request) -> list[Added]:
    """The stretches that a list may be narrowed to with a tap."""
    return [_named(req, name) for name in OFFERED]


def label(req: Request, added: Added) -> Text:
    """A stretch by its name, or by its first and last day."""
    named = next((name for name in OFFERED if _named(req, name) == added), None)
    if named is not None:
        return t(f"list.added_when.{named}")
    low, high = (_day(req, minute) for minute in (added[0], added[1] - 1))
    if added[0] == 0:
        return t("list.added_before", day=_day(req, added[1]))
    return t("list.added_on", day=low) if low == high else t("list.added", low=low, high=high)


def _named(req: Request, name: str) -> Added:
    from handlers.understand import spans

    bounds = spans.read(SPANS[name], _today(req))
    assert bounds is not None
    return _between(req, bounds)


def _between(req: Request, bounds: Bounds) -> Added:
    """Days as minutes; without a first day from the beginning, without a last one to the end of today."""
    first = None if bounds.low is None else _number(bounds.low) + bounds.above
    last = _number(_today(req)) if bounds.high is None else _number(bounds.high) - bounds.below
    begin = 0 if first is None else _minute(req, first)
    return begin, max(begin, _minute(req, last + 1))


def _number(day: object) -> int:
    return date.fromisoformat(str(day)).toordinal()


def _minute(req: Request, number: int) -> int:
    """Where a day begins; of one that a calendar or a button does not hold any more, the last that they do."""
    day = date.fromordinal(min(max(number, _BEGIN.toordinal()), _LAST.toordinal()))
    return max(0, (datetime.combine(day, time(), req.zone).astimezone(UTC) - _BEGIN) // _MINUTE)


def _day(req: Request, minute: int) -> str:
    return (_BEGIN + minute * _MINUTE).astimezone(req.zone).date().isoformat()


def _today(req: Request) -> date:
    return req.now.astimezone(req.zone).date()
