"""Stretches of days as people say them of a date: 本月, last quarter, 2026年3月, before 2026-12-01, 最近30天.

    read("本月", date(2026, 11, 20))          →  Bounds("2026-11-01", "2026-11-30")
    read("before Dec 1", date(2026, 11, 20))  →  Bounds(None, "2026-12-01", below=True)

A month without a year is of this year. `PATTERN` is the shape of them all, for who looks for one in a sentence.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.understand.between import Bounds

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_NUMBERS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_COUNT = r"(?:[0-9]{{1,3}}|[一二两三四五六七八九十])"
#: Days in a unit; a month and a year are said of about so many.
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365, "day": 1, "week": 7, "month": 30, "year": 365}
_STRETCH = (
    r"(?:本|这个?|上个?|下个?|this|last|next|current)\s*(?:月份?|周|星期|季度?|年度?|week|month|quarter|year)"
    r"|[今去明]年|[今昨明]天|today|yesterday|tomorrow"
    r"|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}[日号]?|\d{4}\s*[-/.年]\s*\d{1,2}月?|\d{4}年?"
    r"|\d{1,2}月\d{1,2}[日号]?|\d{1,2}月份?|q[1-4]|第?[一二三四1-4]季度"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?(?!\d)"
    rf"|{_MONTH}(?:\s+\d{{4}})?"
)
_SPAN = rf"{_COUNT})\s*个?\s*(?P<{{}}>[天日周月年]|星期|(?:day|week|month|year)s?)内?"
_NEAR = (
    r"(?P<past>最近|近|过去|(?:in )?(?:the )?(?:last|past))\s*(?P<past_n>" + _SPAN.format("past_unit"),
    r"(?P<coming>未来|接下来|今后|(?:in )?(?:the )?(?:next|coming))\s*(?P<coming_n>" + _SPAN.format("coming_unit"),
)
_FORMS = (
    *_NEAR,
    rf"(?:在|介于|between|from)?\s*(?P<low>{_STRETCH})\s*(?:到|至|和|-|–|—|~|and|to|until)\s*(?P<high>{_STRETCH})\s*(?:之间|间)?",
    rf"(?:before|早于|<)\s*(?P<before>{_STRETCH})|(?:在)?(?P<before_zh>{_STRETCH})(?:之前|以前|前)",
    rf"(?:until|by|up to|截至|截止到?|<=|≤)\s*(?P<until>{_STRETCH})",
    rf"(?:after|晚于|>)\s*(?P<after>{_STRETCH})|(?:在)?(?P<after_zh>{_STRETCH})(?:之后|以后|后)",
    rf"(?:since|from|从|自|>=|≥)\s*(?P<since>{_STRETCH})(?:起|以来|开始)?|(?P<since_zh>{_STRETCH})(?:起|以来)",
    rf"(?:在|in|on|=)?\s*(?P<within>{_STRETCH})",
)
_READ = [re.compile(form, re.IGNORECASE) for form in _FORMS]
PATTERN = "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _FORMS)


def read(said: str, today: date) -> Bounds | None:
    """The days that a text means, as ISO 8601; None for what is none."""
    for form in _READ:
        found = form.fullmatch(said.strip())
        if found is None:
            continue
        try:
            return _bounds({name: text for name, text in found.groupdict().items() if text}, today)
        except (ValueError, OverflowError):  # the 31st of February
            return None
    return None


def _bounds(told: dict[str, str], today: date) -> Bounds:
    if "past" in told:
        return Bounds((today - _length(told["past_n"], told["past_unit"])).isoformat(), today.isoformat())
    if "coming" in told:
        return Bounds(today.isoformat(), (today + _length(told["coming_n"], told["coming_unit"])).isoformat())
    if "low" in told:
        return Bounds(_stretch(told["low"], today)[0].isoformat(), _stretch(told["high"], today)[1].isoformat())
    (way, said), *_ = told.items()
    first, last = (day.isoformat() for day in _stretch(said, today))
    return {
        "before": Bounds(None, first, below=True), "until": Bounds(None, last), "after": Bounds(last, above=True),
        "since": Bounds(first), "within": Bounds(first, last),
    }[way.removesuffix("_zh")]  # fmt: skip


def _length(number: str, unit: str) -> timedelta:
    count = int(number) if number.isdecimal() else _NUMBERS[number]
    return timedelta(days=count * _UNITS[unit.lower().rstrip("s")])


def _stretch(said: str, today: date) -> tuple[date, date]:
    """The first and the last day. Raises ValueError for a day that there is not."""
    plain = " ".join(said.lower().split())
    one_day = {"今天": 0, "today": 0, "昨天": -1, "yesterday": -1, "明天": 1, "tomorrow": 1}
    if plain in one_day:
        day = today + timedelta(days=one_day[plain])
        return day, day
    relative = re.fullmatch(r"(本|这个?|上个?|下个?|this|last|next|current|今|去|明)\s*(\D+)", plain)
    if relative:
        return _relative(relative[1], relative[2], today)
    quarter = re.fullmatch(r"q([1-4])|第?([一二三四1-4])季度", plain)
    if quarter:
        number = quarter[1] or quarter[2]
        return _months(today.year, 3 * (int(number) if number.isdecimal() else _NUMBERS[number]) - 2, 3)
    year, month, day_of = _written(plain, today)
    if day_of:
        return date(year, month, day_of), date(year, month, day_of)
    return _months(year, month or 1, 1 if month else 12)


def _relative(way: str, unit: str, today: date) -> tuple[date, date]:
    """This, the last or the next of a unit."""
    step = -1 if way[0] in "上去l" else 1 if way[0] in "下明n" else 0
    if unit[0] in "周星w":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return first, first + timedelta(days=6)
    if unit[0] in "季q":
        return _months(today.year, 3 * ((today.month - 1) // 3 + step) + 1, 3)
    if unit[0] in "年y":
        return _months(today.year + step, 1, 12)
    return _months(today.year, today.month + step, 1)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """Some whole months; `month` may lie outside the year."""
    years, at = divmod(month - 1, 12)
    end_years, end = divmod(month - 1 + count, 12)
    return date(year + years, at + 1, 1), date(year + end_years, end + 1, 1) - timedelta(days=1)


def _written(plain: str, today: date) -> tuple[int, int, int]:
    """Year, month and day as far as they are written; 0 for what is not."""
    named = re.search(_MONTH, plain)
    numbers = [int(number) for number in re.findall(r"\d+", plain)]
    if named:
        years = [number for number in numbers if number > 31]
        days = [number for number in numbers if number <= 31]
        return (*years, today.year)[0], _MONTHS.index(named[0][:3]) + 1, (*days, 0)[0]
    if numbers[0] > 12:
        year, month, day_of = (*numbers, 0, 0)[:3]
        return year, month, day_of
    return today.year, numbers[0], (*numbers[1:], 0)[0]
