"""Where somebody is, as far as a number, an address or a word tells; and nothing more than that."""

from __future__ import annotations

import pytest

from store.rules import areas
from store.rules.places import CITIES, PROVINCES


@pytest.mark.parametrize(
    ("e164", "code"),
    [
        ("+8657188889999", "CN-ZJ/杭州"),
        ("+861062345678", "CN-BJ"),
        ("+862062345678", "CN-GD/广州"),
        ("+8675562345678", "CN-GD/深圳"),
        ("+864326234567", "CN-JL/吉林市"),
        ("+8673182345678", "CN-HN"),  # 长沙, 株洲 and 湘潭 share it
        ("+862962345678", "CN-SN"),
        ("+8689862345678", "CN-HI"),
        ("+8613800138000", None),  # its city is in no table that we carry, and people move
        ("+864001234567", None),
        ("+85223456789", "CN-HK"),
        ("+85362345678", "CN-MO"),
        ("+886223456789", "CN-TW"),
        ("+442079460958", "GB"),
        ("+12125550147", "US"),
        ("+80012345678", None),
        ("138****00", None),
    ],
)
def test_what_a_number_tells(e164: str, code: str | None) -> None:
    assert areas.of_phone(e164) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("浙江省杭州市西湖区文三路1号", "CN-ZJ/杭州"),
        ("杭州市西湖区文三路1号", "CN-ZJ/杭州"),
        ("上海市浦东新区张江路 1 号", "CN-SH/浦东"),
        ("廣東省深圳市南山區", "CN-GD/深圳"),
        ("广西壮族自治区南宁市", "CN-GX/南宁"),
        ("浙江义乌国际商贸城", "CN-ZJ/义乌"),
        ("吉林市昌邑区", "CN-JL/吉林市"),
        ("221B Baker Street, London NW1 6XE, United Kingdom", "GB"),
        ("350 Fifth Ave, New York, USA", "US/纽约"),
        ("文三路1号", None),
        ("", None),
    ],
)
def test_what_an_address_tells(text: str, code: str | None) -> None:
    assert areas.of_text(text) == code


@pytest.mark.parametrize(
    ("company", "code"),
    [
        ("浙江云帆科技有限公司", "CN-ZJ"),
        ("杭州市云帆科技", "CN-ZJ/杭州"),
        ("浙江省杭州云帆", "CN-ZJ/杭州"),
        ("南京路商场", None),
        ("云帆科技（浙江）", None),
        ("美国云帆", None),
        ("上海", None),
        ("Acme Ltd", None),
        ("", None),
    ],
)
def test_what_the_name_of_a_firm_tells(company: str, code: str | None) -> None:
    assert areas.of_company(company) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("杭州", "CN-ZJ/杭州"), ("浙江 杭州", "CN-ZJ/杭州"), ("浙江省杭州市", "CN-ZJ/杭州"), ("浙江", "CN-ZJ"),
        ("浙江·杭州", "CN-ZJ/杭州"), ("Hangzhou", "CN-ZJ/杭州"), ("hangzhou, zhejiang", "CN-ZJ/杭州"),
        ("Xi'an", "CN-SN/西安"), ("xian", "CN-SN/西安"), ("uk", "GB"), ("United Kingdom", "GB"), ("英国", "GB"),
        ("内蒙古", "CN-NM"), ("內蒙古自治區", "CN-NM"), ("Hong Kong", "CN-HK"), ("吉林", "CN-JL"),
        ("London", "GB/伦敦"),
        ("浙江 深圳", None), ("火星", None), ("杭州的张三", None), ("", None), ("·", None),
    ],
)  # fmt: skip
def test_what_somebody_types(typed: str, code: str | None) -> None:
    assert areas.read(typed) == code


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("CN-ZJ/杭州", "浙江 杭州", "Hangzhou, Zhejiang"),
        ("CN-SH", "上海", "Shanghai"),
        ("CN-SN/西安", "陕西 西安", "Xi’an, Shaanxi"),
        ("GB", "英国", "United Kingdom"),
        ("GB/伦敦", "英国 伦敦", "London, United Kingdom"),
        ("BT", "BT", "BT"),
    ],
)
def test_how_it_is_said(code: str, zh: str, en: str) -> None:
    assert (areas.said(code, "zh"), areas.said(code, "en")) == (zh, en)


def test_every_place_that_capture_knows_is_somewhere() -> None:
    """All provinces, and all cities of places.py: none is read as a city and then refused as a region."""
    assert {name for name in PROVINCES | CITIES if areas.read(name) is None} == set()
