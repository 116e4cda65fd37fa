"""Holidays and lunar days that people set dates by, in China and in English-speaking countries.

`on` gives the day of a festival in a year; called by the shapes of `days.py`. Statutory Chinese holidays (how long the
working world is shut) follow the State Council's 全国年节及纪念日放假办法 as amended in November 2024.

    >>> on("spring festival", 2027)
    datetime.date(2027, 2, 6)
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lunardate import LunarDate

from handlers.understand.when.calendar import DAY, nth_weekday, workday_from

_FIXED: Final = {
    "new year": (1, 1),
    "australia day": (1, 26),
    "valentine": (2, 14),
    "groundhog day": (2, 2),
    "girls' day": (3, 7),
    "women's day": (3, 8),
    "arbor day": (3, 12),
    "consumer day": (3, 15),
    "st patrick": (3, 17),
    "april fools": (4, 1),
    "earth day": (4, 22),
    "anzac day": (4, 25),
    "labour day": (5, 1),
    "youth day": (5, 4),
    "nurses day": (5, 12),
    "children's day": (6, 1),
    "618": (6, 18),
    "juneteenth": (6, 19),
    "party day": (7, 1),
    "canada day": (7, 1),
    "independence day": (7, 4),
    "bastille day": (7, 14),
    "army day": (8, 1),
    "teachers' day": (9, 10),
    "national day": (10, 1),
    "halloween": (10, 31),
    "bonfire night": (11, 5),
    "journalists day": (11, 8),
    "veterans day": (11, 11),
    "singles' day": (11, 11),
    "double twelve": (12, 12),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
# Month, which one, weekday (0 is Monday), days after it.
_WEEKDAY_RULES: Final = {
    "mlk day": (1, 3, 0, 0),
    "presidents day": (2, 3, 0, 0),
    "mother's day": (5, 2, 6, 0),
    "memorial day": (5, -1, 0, 0),
    "father's day": (6, 3, 6, 0),
    "labor day us": (9, 1, 0, 0),
    "columbus day": (10, 2, 0, 0),
    "thanksgiving": (11, 4, 3, 0),
    "black friday": (11, 4, 3, 1),
    "cyber monday": (11, 4, 3, 4),
}
_LUNAR: Final = {
    "spring festival": (1, 1),
    "lantern": (1, 15),
    "dragon boat": (5, 5),
    "qixi": (7, 7),
    "ghost": (7, 15),
    "mid-autumn": (8, 15),
    "double ninth": (9, 9),
    "laba": (12, 8),
    "xiaonian": (12, 23),
}
_EASTER: Final = {
    "easter": 0,
    "good friday": -2,
    "easter monday": 1,
    "palm sunday": -7,
    "ash wednesday": -46,
    "shrove tuesday": -47,
    "maundy thursday": -3,
    "ascension day": 39,
    "pentecost": 49,
    "whit monday": 50,
}
# The constant C of the usual formula day = [Y * 0.2422 + C] - [(Y - leap) / 4], Y the year within the 21st century.
_SOLAR_TERMS: Final = {
    "lichun": (2, 3.87),
    "jingzhe": (3, 5.63),
    "spring equinox": (3, 20.646),
    "lixia": (5, 5.52),
    "mangzhong": (6, 5.678),
    "liqiu": (8, 7.5),
    "autumn equinox": (9, 23.042),
    "shuangjiang": (10, 23.438),
    "lidong": (11, 7.438),
    "qingming": (4, 4.81),
    "summer solstice": (6, 21.37),
    "winter solstice": (12, 21.94),
}
# The last day of the holiday, counted from the day itself.
_SHUT_FOR: Final = {"new year": 0, "spring festival": 6, "labour day": 4, "national day": 6}
_STATUTORY: Final = (*_SHUT_FOR, "qingming", "dragon boat", "mid-autumn")

# The years for which lunardate has tables.
_LUNAR_YEARS: Final = range(1901, 2099)


@lru_cache(maxsize=512)
def lunar(year: int, month: int, day: int) -> date | None:
    """Return a day of the lunar year that begins in `year`; the 30th of a short month is its last."""
    if year not in _LUNAR_YEARS:
        return None
    for last in (day, day - 1):
        try:
            solar: date = LunarDate(year, month, last).to_solar_date()
        except ValueError:
            continue
        return solar
    return None


def _easter(year: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def on(name: str, year: int) -> date | None:
    """Return the day of the festival `name` (as `words_en.py` calls it) in `year`; None when it has none."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _WEEKDAY_RULES:
        month, n, weekday, later = _WEEKDAY_RULES[name]
        found = nth_weekday(year, month, n, weekday)
        return found + timedelta(days=later) if found is not None else None
    if name in _LUNAR:
        month, day = _LUNAR[name]
        return lunar(year - (month == 12), month, day)
    if name == "chuxi":
        first = lunar(year, 1, 1)
        return first - DAY if first is not None else None
    if name in _EASTER:
        return _easter(year) + timedelta(days=_EASTER[name])
    if name in _SOLAR_TERMS:
        month, constant = _SOLAR_TERMS[name]
        y = year % 100
        leaps = (y - 1) // 4 if month <= 2 else y // 4
        return date(year, month, int(y * 0.2422 + constant) - leaps)
    return None


def coming(name: str, today: date) -> date | None:
    """Return the next day of the festival on or after `today`; "holiday" is any statutory one."""
    if name == "holiday":
        days = [day for each in _STATUTORY if (day := coming(each, today)) is not None]
        return min(days, default=None)
    for year in range(today.year - 1, today.year + 3):
        day = on(name, year) if 1 <= year <= 9999 else None
        if day is not None and day >= today:
            return day
    return None


def back_at_work(name: str, day: date) -> date:
    """Return what "after the festival" means: the first working day after its holiday, else the next day."""
    if name == "holiday":
        name = next((each for each in _SHUT_FOR if on(each, day.year) == day), "")
    if name not in _SHUT_FOR:
        return day + DAY
    return workday_from(day + timedelta(days=_SHUT_FOR[name] + 1))


def yearly(name: str) -> tuple[int, int, str] | None:
    """Return month, day and weekday (as BYDAY, "" for none) of a festival that the sun rules; None for others."""
    if name in _FIXED:
        return (*_FIXED[name], "")
    rule = _WEEKDAY_RULES.get(name)
    if rule is not None and rule[3] == 0:
        return rule[0], 0, f"{rule[1]}{['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][rule[2]]}"
    return None
