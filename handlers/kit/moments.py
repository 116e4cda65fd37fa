"""Instants as a person says them: 明天 15:00, Tue 15:00, and the date when it is far.

>>> from datetime import UTC
>>> moment(datetime(2026, 11, 21, 7, tzinfo=UTC), datetime(2026, 11, 20, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai"),
"zh") '明天 15:00'
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_NEAR = {
    "zh": {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(at: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """An instant with its time of day, as seen in a zone at `now`."""
    local = at.astimezone(zone)
    return f"{day(local.date(), now.astimezone(zone).date(), language)} {local:%H:%M}"


def day(when: date, today: date, language: str) -> str:
    """A date as said on another day: near ones by their name, those of the coming six days by the weekday."""
    distance = (when - today).days
    near = _NEAR[language].get(distance)
    if near:
        return near
    weekday = _WEEKDAYS[language][when.weekday()]
    if 0 < distance < 7:
        return weekday if language == "en" else f"{'下' if when.weekday() < today.weekday() else ''}{weekday}"
    if language == "zh":
        year = "" if when.year == today.year else f"{when.year}年"
        return f"{year}{when.month}月{when.day}日 {weekday}"
    year = "" if when.year == today.year else f" {when.year}"
    return f"{weekday} {when.day} {_MONTHS[when.month - 1]}{year}"
