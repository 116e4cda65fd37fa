"""Numbers as people type them, found and brought to E.164."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import phone


def numbers(text: str, region: str = "CN") -> list[str]:
    """E.164 with its extension behind a semicolon, for each number found."""
    found = phone.find(text, region)
    return [f"{one.phone.e164};{one.phone.ext}" if one.phone.ext else one.phone.e164 for one in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13800138000", ["+8613800138000"]),
        ("138 0013 8000", ["+8613800138000"]),
        ("１３８－００１３－８０００", ["+8613800138000"]),
        ("+86 138 0013 8000", ["+8613800138000"]),
        ("(86)13800138000", ["+8613800138000"]),
        ("0086-13800138000", ["+8613800138000"]),
        ("8613800138000", ["+8613800138000"]),
        ("tel13800138000", ["+8613800138000"]),
        ("0571-88881234", ["+8657188881234"]),
        ("(010)62345678", ["+861062345678"]),
        ("86-571-88881234", ["+8657188881234"]),
        ("400-820-8820", ["+864008208820"]),
        ("800 820 8820", ["+868008208820"]),
    ],
)
def test_chinese_numbers_are_read_in_every_grouping(typed: str, expected: list[str]) -> None:
    assert numbers(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("(010)62345678转801", ["+861062345678;801"]),
        ("010-62345678 转分机801", ["+861062345678;801"]),
        ("010-62345678分机：801", ["+861062345678;801"]),
        ("010-62345678-801", ["+861062345678;801"]),
        ("０１０－６２３４５６７８轉801", ["+861062345678;801"]),
        ("0755 8888 8888 分机 12", ["+8675588888888;12"]),
        ("+1-310-555-0199 ext 42", ["+13105550199;42"]),
        ("+1-310-555-0199, ext. 42", ["+13105550199;42"]),
        ("+1-310-555-0199 x42", ["+13105550199;42"]),
        ("+1 310 555 0199 (extension 42)", ["+13105550199;42"]),
        ("400-820-8820转2", ["+864008208820;2"]),
        ("13800138000 8", ["+8613800138000"]),
    ],
)
def test_extensions_in_both_languages(typed: str, expected: list[str]) -> None:
    assert numbers(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("852 2345 6789", "+85223456789"),
        ("85223456789", "+85223456789"),
        ("1-310-555-0199", "+13105550199"),
        ("(212) 555-0147", "+12125550147"),
        ("+55 11 91234-5678", "+5511912345678"),
        ("090-1234-5678", "+819012345678"),
        ("+44 7700 900123", "+447700900123"),
    ],
)
def test_numbers_from_abroad_with_and_without_plus(typed: str, expected: str) -> None:
    assert numbers(typed) == [expected]


@pytest.mark.parametrize(
    "typed",
    ["13700001111 13700002222", "13700001111/13700002222", "13700001111、13700002222", "13700001111,13700002222"],
)
def test_two_numbers_in_one_string_are_two(typed: str) -> None:
    assert numbers(typed) == ["+8613700001111", "+8613700002222"]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-22 10:00",
        "07700 900123",  # British, without its code: no area code of China has five digits
        "07700900123",  # nor does a subscriber's number begin with 0
        "+44 20 7946",
        "1990-05-01",
        "身份证330102199005011234",
        "订单20261122000123",
        "007",
        "30000",
        "CA 94043-1234",
        "95588",
        "vx13800138000",
        "13800138000@qq.com",
        "12345678901234567890",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(typed: str) -> None:
    assert numbers(typed) == []


def test_a_date_beside_a_number_stays_out_of_it() -> None:
    assert numbers("1990-05-01 13711119999") == ["+8613711119999"]


@pytest.mark.parametrize(
    ("typed", "region", "expected"),
    [
        ("020 7946 0958", "GB", "+442079460958"),
        ("020 7946 0958", "CN", "+862079460958"),
        ("07700 900412", "GB", "+447700900412"),
        ("07700900412", "GB", "+447700900412"),
        ("(212) 555-0147", "US", "+12125550147"),
        ("13800138000", "US", "+8613800138000"),
    ],
)
def test_a_number_without_code_belongs_to_the_region(typed: str, region: str, expected: str) -> None:
    assert numbers(typed, region) == [expected]


@pytest.mark.parametrize("typed", ["1380013800", "01-12-2026 10", "12345"])
def test_what_nobody_dials_at_home_is_no_number(typed: str) -> None:
    assert numbers(typed, "GB") == []


@pytest.mark.parametrize(
    ("text", "region", "raw", "short"),
    [
        ("Peter Pan 12345", "GB", "12345", True),
        ("Jane +44 20 7946 Acme", "CN", "+44 20 7946", True),
        ("李四 1380013800", "CN", "1380013800", True),
        ("Mark 07700 900412 and 13800138000", "CN", "07700 900412", False),
    ],
)
def test_digits_that_are_no_number_are_told(text: str, region: str, raw: str, short: bool) -> None:
    (one,) = phone.unread(text, region)
    assert (one.raw, one.short, text[one.start : one.end].strip()) == (raw, short, raw)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("+44 20 7946", "+44207946", "+44 20 7946"),
        ("12345", "12345", "12345"),
        ("13800138000", "13800138000", "13800138000"),
    ],
)
def test_who_insists_keeps_a_number_as_typed(typed: str, kept: str, shown: str) -> None:
    number = phone.as_typed(typed)
    assert number is not None
    assert (number.e164, phone.said(number)) == (kept, shown)


def test_what_was_typed_is_kept_with_its_place() -> None:
    (found,) = phone.find("王总（０１０）６２３４５６７８转801 采购")
    assert found.phone.raw == "（０１０）６２３４５６７８转801"
    assert (found.start, found.end) == (2, 19)


@pytest.mark.parametrize("typed", ["13800138000 13900139000", "138", "王总 13800138000", ""])
def test_a_field_takes_one_number_and_nothing_beside(typed: str) -> None:
    assert phone.parse(typed) is None


def test_a_field_takes_a_number_with_spaces_around() -> None:
    parsed = phone.parse(" 138-0013-8000 ")
    assert parsed is not None
    assert (parsed.e164, parsed.ext, parsed.raw) == ("+8613800138000", "", "138-0013-8000")


@given(st.text(alphabet="0123456789+-() .转x张", max_size=60))
def test_any_text_gives_numbers_of_at_most_fifteen_digits_where_they_stand(text: str) -> None:
    end = 0
    for found in phone.find(text):
        assert found.start >= end
        assert found.phone.raw == text[found.start : found.end]
        assert 7 <= len(found.phone.e164) - 1 <= phone.DIGITS_MOST
        end = found.end


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_chinese_mobile_is_found_however_it_is_grouped(digits: str) -> None:
    grouped = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    assert numbers(digits) == numbers(grouped) == numbers(f"+86 {digits}") == [f"+86{digits}"]


def test_a_page_of_figures_is_not_tried_to_its_end() -> None:
    """Thirteen thousand tries of libphonenumber, while everybody waits, for a line that is no customer."""
    figures = "1 " * 2_000
    assert numbers(f"13800138000, {figures}") == ["+8613800138000"]
    assert numbers(f"{figures}, 13800138000") == []
