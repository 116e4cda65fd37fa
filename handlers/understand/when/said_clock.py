"""Clocks from what tokens say, for the rules of times: 15:30, noon, an hour with its half of the day."""

from __future__ import annotations

from typing import Final

from handlers.understand.when.clock import HOUR, Clock
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Clocks
from handlers.understand.when.tokens import Token

LAST_HOUR: Final = 24


def clock_of(
    hour: float, minute: float = 0, second: float = 0, *, settled: bool = False, meridiem: str = ""
) -> Clock | None:
    """Return the clock of an hour, minute and second; None when no clock shows them."""
    if not (0 <= hour <= LAST_HOUR and 0 <= minute < 60 and 0 <= second < 60):
        return None
    if hour == LAST_HOUR and (minute or second):
        return None
    if meridiem and not 1 <= hour <= 12:
        meridiem = ""
    return Clock(int(hour) * HOUR + int(minute) * 60 + int(second), settled, meridiem)


def alone(clock: Clock | None) -> Clocks | None:
    """Return a time of day without an end."""
    return Clocks(clock) if clock is not None else None


def half_of_day(token: Token | None) -> str:
    """Return am or pm, "" for no token."""
    return token.name if token is not None else ""


def written(token: Token, meridiem: str = "") -> Clock | None:
    """Return the clock of a 15:30 or noon token."""
    seconds = int(token.number)
    if token.name:
        return Clock(seconds, True, "", named=token.name)
    hour = seconds // HOUR
    if meridiem and 1 <= hour <= 12:
        return Clock(seconds, False, meridiem)
    # 9:30 may be in the evening; 09:30 and 10:30 are 24-hour times as written.
    return Clock(seconds, token.form == "padded" or hour >= 10, "", written=True)


def clock_or_hour(token: Token, meridiem: str) -> Clock | None:
    """Return the clock of a 15:30 token or of a bare hour."""
    if token.kind == KINDS["clock"]:
        return written(token, meridiem)
    return clock_of(token.number, meridiem=meridiem) if token.form in ("digits", "en", "padded", "zh") else None
