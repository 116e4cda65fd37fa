"""Statistics of many values: the median, the 90th percentile, and a percentage.

>>> median([1, 2, 3, 10]), ninetieth([1, 2, 3, 10]), share(1, 4), share(0, 0)
(2.5, 10, 25, None)
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float | None:
    """The middle value; None of nothing."""
    return statistics.median(values) if values else None


def ninetieth(values: Sequence[float]) -> float | None:
    """The 90th percentile by nearest rank: the smallest value that 90 % do not exceed; None of nothing."""
    return sorted(values)[-(-len(values) * 9 // 10) - 1] if values else None


def share(part: int, whole: int) -> int | None:
    """A part in per cent of the whole, to the nearest; None where there is no whole."""
    return None if whole == 0 else round(100 * part / whole)
