"""Conditions on numbers and days, alone and in a line, in both languages."""

from __future__ import annotations

import time
from datetime import date

import pytest

from handlers.understand import quantities, spans
from handlers.understand.between import Bounds, in_line
from handlers.understand.listing import Listing, recognise
from store.rules.models import Level

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("30万以上", Bounds(300_000)),
        ("≥30万", Bounds(300_000)),
        ("不低于 30 万", Bounds(300_000)),
        (">30万", Bounds(300_000, above=True)),
        ("超过三十万", Bounds(300_000, above=True)),
        ("不到5", Bounds(None, 5, below=True)),
        ("不超过一百万", Bounds(None, 1_000_000)),
        ("10万到50万之间", Bounds(100_000, 500_000)),
        ("10-50万", Bounds(100_000, 500_000)),
        ("over 300k", Bounds(300_000, above=True)),
        ("at least $5,000", Bounds(5_000)),
        ("300k+", Bounds(300_000)),
        ("under 3.5m", Bounds(None, 3_500_000, below=True)),
        ("between 10k and 50k", Bounds(10_000, 50_000)),
        ("30万", Bounds(300_000, 300_000)),
        ("很多", None),
        ("over", None),
        ("", None),
    ],
)
def test_a_condition_on_a_number(said: str, bounds: Bounds | None) -> None:
    assert quantities.read(said) == bounds


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("本月", Bounds("2026-11-01", "2026-11-30")),
        ("上个月", Bounds("2026-10-01", "2026-10-31")),
        ("本周", Bounds("2026-11-16", "2026-11-22")),
        ("明年", Bounds("2027-01-01", "2027-12-31")),
        ("三季度", Bounds("2026-07-01", "2026-09-30")),
        ("2026年3月", Bounds("2026-03-01", "2026-03-31")),
        ("1月到3月", Bounds("2026-01-01", "2026-03-31")),
        ("12月之前", Bounds(None, "2026-12-01", below=True)),
        ("2026-12-01之后", Bounds("2026-12-01", above=True)),
        ("最近30天", Bounds("2026-10-21", "2026-11-20")),
        ("未来两周", Bounds("2026-11-20", "2026-12-04")),
        ("last month", Bounds("2026-10-01", "2026-10-31")),
        ("next quarter", Bounds("2027-01-01", "2027-03-31")),
        ("before Dec 1", Bounds(None, "2026-12-01", below=True)),
        ("since 1 March 2025", Bounds("2025-03-01")),
        ("last 3 months", Bounds("2026-08-22", "2026-11-20")),
        ("2月30日", None),
        ("9999年12月31日之后", Bounds("9999-12-31", above=True)),
        ("9999年12月", None),
        ("有空的时候", None),
        ("", None),
    ],
)
def test_a_condition_on_a_day(said: str, bounds: Bounds | None) -> None:
    assert spans.read(said, TODAY) == bounds


@pytest.mark.parametrize(
    ("line", "name", "bounds", "rest"),
    [
        ("预算>30万的客户", "预算", Bounds(300_000, above=True), "的客户"),
        ("30万以上预算的客户", "预算", Bounds(300_000), "的客户"),
        ("预算在30-50万的VIP客户", "预算", Bounds(300_000, 500_000), "的vip客户"),
        ("customers with a budget over 300k", "Budget", Bounds(300_000, above=True), "customers with a"),
        ("customers with at least 50 members", "members", Bounds(50), "customers with"),
        ("张三 预算 30万", "预算", None, ""),
        ("预算", "预算", None, ""),
    ],
)
def test_where_it_stands_in_a_line(line: str, name: str, bounds: Bounds | None, rest: str) -> None:
    assert in_line(line, name, quantities.PATTERN, quantities.read) == (bounds and (bounds, rest))


def test_what_is_left_of_the_line_is_a_list() -> None:
    assert recognise("的vip客户", narrowed=True) == Listing(level=Level.VIP)
    assert recognise("customers with a", narrowed=True) == Listing()
    assert recognise("", narrowed=True) == Listing()
    assert recognise("", narrowed=False) is None


@pytest.mark.parametrize("piece", ["1", "1,", "一", "jan ", "from 1 to ", "预算 ", " ", "9999年"])
def test_a_hostile_line_costs_no_time(piece: str) -> None:
    begun = time.process_time()
    line = (piece * 80)[:80]
    in_line(line, "预算", quantities.PATTERN, quantities.read)
    in_line(line, "预算", spans.PATTERN, lambda said: spans.read(said, TODAY))
    assert time.process_time() - begun < 0.5
