"""What single tokens say, for the rules: the year of 26年, the step of "next"."""

from __future__ import annotations

from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import Edge, Period
from handlers.understand.when.tokens import Token


def year_of(token: Token | None) -> int | None:
    """Return a year of four digits, or of two in this century; None for no year."""
    if token is None:
        return None
    year = int(token.number)
    if year >= 1900:
        return year
    if year >= 100 or token.form not in ("digits", "padded", "zh"):
        return None
    return year + (2000 if year < 70 else 1900)


def steps(which: Token) -> int:
    """Return 1 for next, 0 for this, -1 for last and past."""
    return -1 if which.kind == KINDS["past"] else int(which.number)


def edged(period: Period, edge: Token | None, *, rolls: bool = False) -> Period | Edge:
    """Return the period, or its edge when one was said."""
    return period if edge is None else Edge(edge.name, period, int(edge.number), rolls)
