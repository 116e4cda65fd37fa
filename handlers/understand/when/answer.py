"""A reading as the JSON object that `python -m handlers.understand when` prints."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand.when.reader import read

Json = dict[str, str | list[int] | list[str] | None]


def _text(value: date | datetime | str) -> str:
    """Return a value as people's clocks show it: wall time without a zone, seconds only when there are any."""
    if isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.replace(tzinfo=None, microsecond=0).isoformat(timespec="seconds" if value.second else "minutes")


def as_json(text: str, now: datetime, zone: ZoneInfo) -> Json:
    """Return what `read` finds: kind, value (ISO 8601, local), rrule, span (code points, half open), others."""
    when = read(text, now, zone)
    if when is None:
        return {"kind": "none", "value": None, "rrule": None, "span": None, "others": []}
    return {
        "kind": when.kind,
        "value": _text(when.value),
        "rrule": when.rrule,
        "span": list(when.span),
        "others": [_text(other) for other in when.others],
    }
