"""What of a company's name tells it from others, and places in front of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import company, places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海云帆科技（集团）有限公司", "云帆科技"),
        ("雲帆科技股份有限公司", "云帆科技"),
        ("浙江省杭州市西湖文化创意有限公司", "西湖文化创意"),
        ("云帆集团", "云帆"),
        ("Acme Co., Ltd.", "ACME LIMITED"),
        ("Acme S.p.A.", "acme"),
        ("Acme A/S", "acme"),
        ("The Home Group", "home"),
        ("株式会社山田商事", "山田商事"),
    ],
)
def test_the_same_firm_has_the_same_core(one: str, other: str) -> None:
    assert company.core(one) == company.core(other)


@pytest.mark.parametrize(
    ("one", "other"), [("云帆科技", "云帆贸易"), ("Brown & Sons", "Brown"), ("Acme Foods", "Acme Steel")]
)
def test_other_firms_have_other_cores(one: str, other: str) -> None:
    assert company.core(one) != company.core(other)


@pytest.mark.parametrize("name", ["北京有限公司", "集团", "Ltd", "The Group"])
def test_something_is_always_left(name: str) -> None:
    assert company.core(name)


@given(st.text(max_size=60))
def test_a_core_is_its_own_core_or_shorter_and_never_fails(name: str) -> None:
    core = company.core(name)
    assert " " not in core
    assert len(company.core(core)) <= len(core)


@pytest.mark.parametrize("text", ["杭州", "杭州市", "浙江省杭州市", "臺北", "London", "hong kong", "新加坡"])
def test_places_are_known(text: str) -> None:
    assert places.is_place(text)


@pytest.mark.parametrize("text", ["杭州西湖", "云帆", "Acme", "", "市"])
def test_what_is_more_than_a_place_is_none(text: str) -> None:
    assert not places.is_place(text)


def test_the_place_in_front_is_given_as_typed() -> None:
    assert places.prefix("廣州市長隆集團") == "廣州市"
    assert places.prefix("云帆科技") == ""
