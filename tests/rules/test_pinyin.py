"""How names sound, in all their readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import pinyin


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("曾国藩", "zengguofan"),
        ("单雄信", "shanxiongxin"),
        ("解晓东", "xiexiaodong"),
        ("仇英", "qiuying"),
        ("区丽", "ouli"),
        ("查良镛", "zhaliangyong"),
        ("盖茨", "gec"),
        ("翟天临", "zhaitianlin"),
        ("覃辉", "qinhui"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqi"),
        ("陳靜", "chenjing"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, first: str) -> None:
    assert pinyin.spellings(name)[0].startswith(first)


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("曾国藩", "cengguofan"),
        ("单雄信", "danxiongxin"),
        ("吕布", "lubu"),
        ("重庆", "chongqing"),
        ("重庆", "zhongqing"),
    ],
)
def test_every_reading_is_there(name: str, also: str) -> None:
    assert also in pinyin.spellings(name)


def test_the_one_changed_reading_comes_before_two_changed() -> None:
    spelled = pinyin.spellings("单雄信")
    assert spelled.index("danxiongxin") < spelled.index("danxiongshen")


def test_initials_have_every_reading_too() -> None:
    assert {"sxx", "dxx"} <= set(pinyin.initials("单雄信"))


def test_chinese_and_latin_mix() -> None:
    assert pinyin.spellings("David 张")[0] == "davidzhang"
    assert pinyin.initials("李雷Lee")[0] == "lll"


@pytest.mark.parametrize(
    ("one", "other"),
    [("张三", "章叁"), ("陈晨", "岑岑"), ("刘宁", "牛林"), ("程丽", "岑丽"), ("吕布", "卢布"), ("石磊", "思雷")],
)
def test_sounds_that_people_mix_up_fold_into_one(one: str, other: str) -> None:
    assert pinyin.folded(one) == pinyin.folded(other)


def test_sounds_that_they_tell_apart_stay_apart() -> None:
    assert pinyin.folded("张三") != pinyin.folded("张四")


def test_latin_words_are_not_folded_as_syllables() -> None:
    assert pinyin.folded("Shang Ltd") == "shangltd"


def test_a_text_without_sound_has_none() -> None:
    assert pinyin.spellings("——！") == pinyin.initials("") == ()
    assert pinyin.folded("…") == ""


@given(st.text(max_size=40))
def test_any_text_has_at_most_sixteen_lower_case_spellings(text: str) -> None:
    spelled = pinyin.spellings(text)
    assert len(spelled) <= pinyin.MOST
    assert len(set(spelled)) == len(spelled)
    assert all(" " not in one for one in spelled)
