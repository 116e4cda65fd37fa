"""One slip or one homophone, and no more, is forgiven."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from store.rules import findable, typos
from store.rules.models import CustomerWords

WORDS = st.text(ascii_lowercase, min_size=4, max_size=14)
LINE = findable.hay(CustomerWords(name="张三丰", company="深圳市华为技术有限公司", emails=("sanfeng@wudang.org",)))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the word with one slip in it."""
    word = draw(WORDS)
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(ascii_lowercase))
    slipped = draw(
        st.sampled_from(
            [
                word[:at] + letter + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    return word, slipped


@settings(deadline=None)
@given(slips())
def test_every_single_slip_is_one(pair: tuple[str, str]) -> None:
    word, slipped = pair
    assert (typos.meant(slipped, f"|{word}|") == word) is (slipped != word)


@settings(deadline=None)
@given(slips())
def test_words_one_slip_apart_are_neighbours(pair: tuple[str, str]) -> None:
    word, slipped = pair
    assert set(findable.neighbours(word)) & set(findable.neighbours(slipped))


@settings(deadline=None)
@given(WORDS, WORDS)
def test_a_slip_is_the_optimal_string_alignment_distance_of_one(left: str, right: str) -> None:
    assert (typos.meant(left, f"|{right}|") == right) is (OSA.distance(left, right) == 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zhagn", "zhang"), ("zhamg", "zhang"), ("zhnag", "zhang"), ("zzhang", "zhang"), ("hang", "zhang"),
        ("zhangsna", "zhangsan"), ("zhangsanfneg", "zhangsanfeng"), ("zahngsanfeng", "zhangsanfeng"),
        ("huawie", "huawei"), ("huawwei", "huawei"), ("huaweijsihu", "huaweijishu"),
        ("张叁丰", "张三丰"), ("章三丰", "张三丰"), ("华维", "华为"), ("画为", "华为"), ("深镇市", "深圳市"),
    ],
)  # fmt: skip
def test_meant(typed: str, meant: str) -> None:
    assert typos.meant(typed, LINE.shown) == meant
    held = findable.tokens(LINE)
    assert any(all(token in held for token in guess) for guess in typos.guesses(typed))


@pytest.mark.parametrize(
    "typed", ["sanfneg@wudang.org", "sanfeng@wudagn.org", "sanfeng@wudang.ogr", "sanfeng@wudan.org"]
)
def test_a_slip_in_a_contact(typed: str) -> None:
    assert typos.meant(typed, LINE.hidden) == "sanfeng@wudang.org"
    held = findable.tokens(LINE)
    assert any(all(token in held for token in guess) for guess in typos.contact_guesses(typed))


@pytest.mark.parametrize("typed", ["zahgn", "zhzhsanfeng", "章叁丰", "张四丰", "丰三张", "huwaie"])
def test_two_slips_are_not(typed: str) -> None:
    assert typos.meant(typed, LINE.shown) is None


@pytest.mark.parametrize("typed", ["san", "13800138001", "1380", "张", "a" * 41, "华" * 9, "138-1"])
def test_what_tells_too_little_is_not_guessed(typed: str) -> None:
    assert typos.guesses(typed) == []
    assert typos.contact_guesses(typed) == []
