"""Times of day: what "3点", "晚上8点" and "half past three" mean, and the parts of the day.

Called by `grammar.py` (to build) and `reader.py` (to resolve).

Conventions, in the order in which they decide: am, pm, a part of the day or a 24-hour form settles the hour; with a day
named, 7 to 12 is in the morning and 1 to 6 in the afternoon; without one it is the next such hour between 7 and 22.
The other reading of an unsettled hour is kept, to be offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

HOUR: Final = 3600
DAY_SECONDS: Final = 86_400


class PartOfDay(NamedTuple):
    """A part of the day: its end and its usual hour for a reminder, in hours after midnight, and its plain name."""

    ends: float
    usual: float
    public: str


PARTS: Final = {
    "dawn": PartOfDay(6, 6, "dawn"),
    "early": PartOfDay(9, 7, "morning"),
    "morning": PartOfDay(12, 9, "morning"),
    "forenoon": PartOfDay(12, 10, "morning"),
    "before lunch": PartOfDay(12, 11, "morning"),
    "noon": PartOfDay(13, 12, "noon"),
    "lunch": PartOfDay(14, 13, "noon"),
    "afternoon": PartOfDay(18, 15, "afternoon"),
    "close": PartOfDay(18, 17.5, "close"),
    "dusk": PartOfDay(19.5, 18, "evening"),
    "evening": PartOfDay(24, 19, "evening"),
    "night": PartOfDay(24, 20, "night"),
    "deep night": PartOfDay(24, 23, "night"),
    "midnight": PartOfDay(24, 24, "night"),
}
_WAKING: Final = range(7 * HOUR, 22 * HOUR + 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was said: seconds after midnight, and whether morning or afternoon is settled.

    `written` is for a form with a colon, which without more is a 24-hour time of the morning sooner than an evening's.
    `named` is noon or midnight. `high` is the later hour of a spread (七八点).
    """

    seconds: int
    settled: bool = False
    meridiem: str = ""
    written: bool = False
    named: str = ""
    high: int = 0

    @property
    def hour(self) -> int:
        """Return the hour as said."""
        return self.seconds // HOUR


def readings(clock: Clock, part: str) -> tuple[int, ...]:
    """Return what the clock can mean with a part of the day ("" for none): seconds after midnight, likeliest first.

    A value of 86400 or more is in the night that follows the day.
    """
    seconds, hour = clock.seconds, clock.hour
    if clock.named == "midnight":
        return (DAY_SECONDS,)
    if clock.meridiem == "am":
        return (seconds - 12 * HOUR if hour == 12 else seconds,)
    if clock.meridiem == "pm":
        return (seconds + 12 * HOUR if hour < 12 else seconds,)
    if part:
        return (_in_part(seconds, hour, part),)
    if clock.settled or hour > 12 or hour == 0:
        return (seconds,)
    if hour == 12:
        return (seconds, seconds + 12 * HOUR)
    early, late = seconds, seconds + 12 * HOUR
    return (early, late) if hour >= 7 else (late, early)


def _in_part(seconds: int, hour: int, part: str) -> int:
    if hour > 12:
        return seconds
    if part in ("dawn", "early", "morning", "forenoon", "before lunch"):
        return seconds - 12 * HOUR if hour == 12 and part == "dawn" else seconds
    if part in ("noon", "lunch"):
        return seconds if hour >= 10 else seconds + 12 * HOUR
    if part in ("afternoon", "dusk", "close"):
        return seconds + 12 * HOUR if 0 < hour < 12 else seconds
    if hour == 12:
        return seconds + 12 * HOUR
    first_evening_hour = 5 if part in ("evening", "night") else 6
    return seconds + 12 * HOUR if hour >= first_evening_hour else seconds + DAY_SECONDS


def waking(seconds: int) -> bool:
    """Tell whether people are up at that time, from 7:00 to 22:00."""
    return seconds % DAY_SECONDS in _WAKING
