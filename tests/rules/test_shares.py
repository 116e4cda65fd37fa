"""Figures of many values, against how they are defined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.shares import median, ninetieth, share

VALUES = st.lists(st.integers(0, 10**9), min_size=1, max_size=60)


@given(VALUES)
def test_nine_in_ten_do_not_exceed_the_ninetieth_and_no_smaller_value_does_that(values: list[int]) -> None:
    most = ninetieth(values)
    assert most in values
    assert sum(one <= most for one in values) * 10 >= len(values) * 9
    smaller = [one for one in values if one < most]
    assert not smaller or sum(one <= max(smaller) for one in values) * 10 < len(values) * 9


@given(VALUES)
def test_half_lie_on_either_side_of_the_median(values: list[int]) -> None:
    middle = median(values)
    assert middle is not None
    assert sum(one <= middle for one in values) * 2 >= len(values)
    assert sum(one >= middle for one in values) * 2 >= len(values)


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 4, 25), (1, 3, 33), (2, 3, 67), (0, 5, 0), (0, 0, None)])
def test_a_share_is_told_to_the_nearest_per_cent(part: int, whole: int, percent: int | None) -> None:
    assert share(part, whole) == percent


def test_of_nothing_nothing_is_said() -> None:
    assert (median([]), ninetieth([])) == (None, None)
