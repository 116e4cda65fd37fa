"""Prices as people type them: alone, in a sentence, in either language and many currencies; and what is no price."""

from __future__ import annotations

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand import amount, deal, money
from store.rules.money import Currency, Money

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("3.2万", 3_200_000, "CNY"), ("3万2", 3_200_000, "CNY"), ("三万二", 3_200_000, "CNY"),
        ("3.2w", 3_200_000, "CNY"),
        ("12k", 1_200_000, "CNY"), ("$500", 50_000, "USD"), ("¥3,200", 320_000, "CNY"), ("￥3,200", 320_000, "CNY"),
        ("1.5 million", 150_000_000, "CNY"), ("12,000 USD", 1_200_000, "USD"), ("usd500", 50_000, "USD"),
        ("USD 12k", 1_200_000, "USD"), ("500块", 50_000, "CNY"), ("1,200元", 120_000, "CNY"), ("0.01", 1, "CNY"),
        ("12万美元", 12_000_000, "USD"), ("HK$3,000", 300_000, "HKD"), ("1亿2000万", 12_000_000_000, "CNY"),
        ("€99.90", 9_990, "EUR"), ("£20", 2_000, "GBP"), ("3000日元", 3_000, "JPY"),
        ("5 million JPY", 5_000_000, "JPY"),
        ("rmb 800", 80_000, "CNY"), ("３．２万", 3_200_000, "CNY"), ("10萬", 10_000_000, "CNY"),
        ("两千五", 250_000, "CNY"),
        ("100 dollars", 10_000, "USD"), ("8万5千元", 8_500_000, "CNY"),
    ],
)  # fmt: skip
def test_a_price_alone(typed: str, minor: int, currency: str) -> None:
    assert money.read(typed, Currency.CNY) == Money(minor=minor, currency=Currency(currency))


@pytest.mark.parametrize(
    "typed",
    ["", "很多钱", "0", "-500", "1.005元", "0.5 JPY", "9999999999999", "12:30", "50%", "A4", "2025年", "三期", "3.2.1",
     "$", "万", "1,2,3", "3千2万"],
)  # fmt: skip
def test_what_is_no_price(typed: str) -> None:
    assert money.read(typed, Currency.CNY) is None


@pytest.mark.parametrize(
    ("line", "title", "minor"),
    [
        ("年度框架 3.2万", "年度框架", 3_200_000), ("3.2万 年度框架", "年度框架", 3_200_000),
        ("100台净水器 12万", "100台净水器", 12_000_000),
        ("3台 5000", "3台", 500_000), ("2025年框架 3.2万", "2025年框架", 3_200_000),
        ("框架合同，300", "框架合同", 30_000),
        ("Unit 42 rollout 500", "Unit 42 rollout", 50_000), ("rollout for 40k", "rollout", 4_000_000),
        ("二期 三万", "二期", 3_000_000), ("价格太高", "价格太高", None), ("框架3.2万元", "框架", 3_200_000),
        ("3万人的培训 20万", "3万人的培训", 20_000_000),
    ],
)  # fmt: skip
def test_a_price_in_a_line_leaves_the_title(line: str, title: str, minor: int | None) -> None:
    said = deal.sold(line, Currency.CNY)
    assert (said.title, said.money and said.money.minor) == (title, minor)


@pytest.mark.parametrize(
    ("line", "title", "minor", "day"),
    [
        ("年度框架 12万 月底", "年度框架", 12_000_000, date(2026, 11, 30)),
        ("rollout 40k end of June", "rollout", 4_000_000, date(2027, 6, 30)),
        ("rollout 4000 15 June", "rollout", 400_000, date(2027, 6, 15)),
        ("扩容 20万 6月30日", "扩容", 20_000_000, date(2027, 6, 30)),
        ("月底 年度框架", "年度框架", None, date(2026, 11, 30)),
        ("每周三送货 3万", "每周三送货", 3_000_000, None),  # a rhythm is no day
    ],
)
def test_a_deal_that_may_come_has_a_day(line: str, title: str, minor: int | None, day: date | None) -> None:
    said = deal.read(line, Currency.CNY, NOW, ZONE)
    assert (said.title, said.money and said.money.minor, said.expected) == (title, minor, day)


def test_a_bare_dollar_is_the_companys_own_where_that_is_one() -> None:
    assert money.read("$500", Currency.HKD) == Money(minor=50_000, currency=Currency.HKD)
    assert money.read("$500", Currency.EUR) == Money(minor=50_000, currency=Currency.USD)


@given(st.integers(1, 10**13), st.sampled_from([one for one in Currency if one.digits == 2]))
def test_what_is_written_out_is_read_to_the_cent(minor: int, currency: Currency) -> None:
    typed = f"{minor // 100:,}.{minor % 100:02} {currency}"
    assert money.read(typed, Currency.CNY) == Money(minor=minor, currency=currency)


@given(st.text(max_size=200))
def test_any_words_are_read_or_left(text: str) -> None:
    found = money.find(text, Currency.CNY)
    assert found is None or found.money.minor > 0
    amount.read(text)


def test_a_page_of_figures_costs_no_time() -> None:
    """Half a second of the processor: the words around each of two thousand prices took four."""
    begun = time.process_time()
    deal.decided("1 " * 2_048, Currency.CNY, NOW, ZONE)
    assert time.process_time() - begun < 0.5
