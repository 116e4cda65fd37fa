"""CSAT and NPS with their intervals: published examples, and what holds whatever was answered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feedback_inbox import IS_LOW
from store.rules.scores import Rate, Scale, csat, nps

#: How many of three kinds: promoters, passives, detractors.
ANSWERS = st.tuples(*(st.integers(0, 2_000) for _ in range(3))).filter(any)


def test_wilson_as_published() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: the score interval without correction."""
    assert csat(81, 263) == Rate(31, 26, 37)  # 0.2553 to 0.3662
    assert csat(15, 148) == Rate(10, 6, 16)  # 0.0624 to 0.1605
    assert csat(0, 20) == Rate(0, 0, 16)  # 0 to 0.1611
    assert csat(1, 29) == Rate(3, 1, 17)  # 0.0061 to 0.1718


def test_an_nps_by_hand() -> None:
    """36 answers, 16 of them promoters and 9 detractors: (16.75 - 9.75) / 39 and 1.96 of its standard error, 0.129."""
    assert nps(promoters=16, detractors=9, answers=36) == Rate(19, -7, 43)


def test_of_nothing_nothing_is_said() -> None:
    assert csat(0, 0) is None
    assert nps(0, 0, 0) is None


@given(ANSWERS)
def test_a_figure_lies_within_its_bounds_and_those_within_what_is_possible(answers: tuple[int, int, int]) -> None:
    up, passive, down = answers
    for rate, least in ((csat(up, up + passive + down), 0), (nps(up, down, up + passive + down), -100)):
        assert rate is not None
        assert least <= rate.low <= rate.value <= rate.high <= 100


@given(ANSWERS)
def test_ten_times_the_answers_say_the_same_more_closely(answers: tuple[int, int, int]) -> None:
    few, many = (
        (csat(up, up + passive + down), nps(up, down, up + passive + down))
        for up, passive, down in (answers, tuple(10 * one for one in answers))
    )
    for before, after in zip(few, many, strict=True):
        assert before is not None
        assert after is not None
        assert after.value == before.value
        assert after.high - after.low <= before.high - before.low + 1  # whole points


@given(ANSWERS)
def test_who_are_dissatisfied_mirror_who_are_satisfied(answers: tuple[int, int, int]) -> None:
    up, passive, down = answers
    n = up + passive + down
    one, other = nps(up, down, n), nps(down, up, n)
    assert one is not None
    assert other is not None
    assert (one.value, one.low, one.high) == (-other.value, -other.high, -other.low)


@pytest.mark.parametrize("scale", Scale)
def test_every_score_of_a_scale_is_low_high_or_between_and_sql_says_the_same(scale: Scale) -> None:
    scores = [score for score in range(-2, 20) if scale.holds(score)]
    assert scores == list(range(1, 6) if scale is Scale.STARS else range(11))
    low = [score for score in scores if score <= scale.low]
    with closing(sqlite3.connect(":memory:")) as db:
        asked = f"SELECT {IS_LOW} FROM (SELECT ? AS scale, ? AS score)"
        assert low == [score for score in scores if db.execute(asked, (scale, score)).fetchone()[0]]
    assert scale.low < scale.high <= scale
