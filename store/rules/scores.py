"""Scores, and what many of them say: stars from 1 to 5 are counted as CSAT, 0 to 10 as NPS, each with its uncertainty.

>>> csat(satisfied=8, answers=10)
Rate(value=80, low=49, high=94)
>>> nps(promoters=6, detractors=1, answers=10)
Rate(value=50, low=0, high=77)
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

#: The two-sided 95 % quantile of the normal distribution.
Z = 1.959964


class Scale(IntEnum):
    """What a score is out of. The bounds of NPS are those of its authors (Reichheld, "The One Number You Need to Grow",
    Harvard Business Review, December 2003); four and five stars count as satisfied ("top two box").
    """

    STARS = 5
    NPS = 10

    @property
    def lowest(self) -> int:
        """The lowest score that can be given."""
        return 1 if self is Scale.STARS else 0

    @property
    def low(self) -> int:
        """A score that is at most this asks for somebody's attention; of NPS it makes a detractor."""
        return 2 if self is Scale.STARS else 6

    @property
    def high(self) -> int:
        """A score from this on is a satisfied customer's, or a promoter's."""
        return 4 if self is Scale.STARS else 9

    def holds(self, score: int) -> bool:
        """Whether such a score can be given."""
        return self.lowest <= score <= self


class Rate(NamedTuple):
    """A figure in per cent (CSAT), or in points from -100 to 100 (NPS), and between what bounds it lies with 95 %
    confidence.
    """

    value: int
    low: int
    high: int


def csat(satisfied: int, answers: int) -> Rate | None:
    """The share of the satisfied with the score interval of Wilson; None without an answer.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927) 209-212, as
    recommended for small n by Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.
    """
    if not answers:
        return None
    share, squared = satisfied / answers, Z * Z
    middle = (share + squared / (2 * answers)) / (1 + squared / answers)
    half = Z / (1 + squared / answers) * math.sqrt(share * (1 - share) / answers + squared / (4 * answers**2))
    return _rate(share, middle - half, middle + half, 0)


def nps(promoters: int, detractors: int, answers: int) -> Rate | None:
    """The Net Promoter Score with the adjusted Wald interval; None without an answer.

    Three answers are added, three quarters of one on either side: the best of the methods that B. Rocks compares in
    "Interval Estimation for the Net Promoter Score", The American Statistician 70 (2016) 365-372.
    """
    if not answers:
        return None
    n = answers + 3
    up, down = (promoters + 0.75) / n, (detractors + 0.75) / n
    half = Z * math.sqrt((up + down - (up - down) ** 2) / n)
    return _rate((promoters - detractors) / answers, up - down - half, up - down + half, -1)


def _rate(value: float, low: float, high: float, least: float) -> Rate:
    """As whole points; what was found lies within its bounds, though the interval of a tiny sample may miss it."""
    low, high = max(min(low, value), least), min(max(high, value), 1)
    return Rate(round(100 * value), round(100 * low), round(100 * high))
