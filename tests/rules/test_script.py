"""Width, case and script: one form to compare, and shadows of the same length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import script


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＢＣ　臺灣電腦", "abc 台湾电脑"), ("Straße", "strasse"), ("①", "1"), ("張偉", "张伟"), ("ｶﾞ", "ガ")],
)
def test_texts_are_compared_in_one_form(text: str, folded: str) -> None:
    assert script.fold(text) == folded


@given(st.text(max_size=80))
def test_shadows_keep_every_position(text: str) -> None:
    assert len(script.flat(text)) == len(script.narrow(text)) == len(script.simplified(text)) == len(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert script.fold(script.fold(text)) == script.fold(text)


def test_chinese_characters_are_told_from_others() -> None:
    assert script.has_han("Lisa 王")
    assert not script.has_han("Lisa カタカナ 123")
    assert script.is_han("〇")
