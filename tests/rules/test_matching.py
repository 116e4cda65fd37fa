"""What a customer is found by, and how well it fits what was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules import findable, matching
from store.rules.findable import Hay
from store.rules.matching import END, INSIDE, START, WHOLE, WORD_START, Term
from store.rules.models import CustomerWords, Phone

ZENG = CustomerWords(
    name="曾国藩",
    company="重庆银行股份有限公司",
    phones=(Phone(e164="+862012345678", ext="801"), Phone(e164="+8613800138000")),
    emails=("zeng.gf@cqbank.com.cn",),
    wechat="Zeng_1811",
)
ALICE = CustomerWords(name="Alice O’Neil-Smith", company="Société Générale", phones=(Phone(e164="+442079460958"),))


def found(words: CustomerWords, query: str) -> bool:
    """Whether the query finds the customer, by the words and by the tokens alike: the index must not lose anybody."""
    sought = matching.terms(query)
    assert sought
    line = findable.hay(words)
    held = findable.tokens(line)
    fits = matching.fit(sought, line.shown, line.hidden) is not None
    asked = all(
        all(any(held.issuperset(way) for way in matching.ways(part)) for part in term.parts)
        or ((contact := matching.contact(term)) and held.issuperset(contact))
        for term in sought
    )
    assert asked or not fits
    return fits


@pytest.mark.parametrize(
    "query",
    [
        "曾国藩", "曾", "国藩", "藩", "曾國藩", "曾国藩 重庆",
        "zengguofan", "cengguofan", "zeng guo fan", "ZengGuofan", "zēng", "guofan", "zeng g", "zgf", "cgf", "zg", "z",
        "重庆", "重庆银行", "重慶銀行", "银行股份", "chongqing", "chongqingyinhang", "yinhang", "cqyh", "cq", "yh",
        "020-12345678", "02012345678", "12345678", "+86 20 1234 5678", "0086 20 12345678", "5678", "801",
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0013", "8000", "８０００",
        "zeng.gf@cqbank.com.cn", "gf@cq", "cqbank", "@cqbank.com.cn", "zeng_1811", "ZENG_18",
        "曾 8000", "zeng 8000", "曾8000", "8000 重庆", "zgf cqbank",
    ],
)  # fmt: skip
def test_a_chinese_customer_is_found_by(query: str) -> None:
    assert found(ZENG, query)


@pytest.mark.parametrize(
    "query", ["王", "曾国华", "zengguohua", "gz", "ng", "86 21", "8001 3900", "曾 13900139000", "an", "engg zz", "股限"]
)
def test_and_not_by(query: str) -> None:
    assert not found(ZENG, query)


@pytest.mark.parametrize(
    "query",
    [
        "alice", "Ali", "smith", "neil", "oneil", "o'neil", "O’Neil-Smith", "smith alice", "alicesmith", "aos",
        "societe", "Société générale", "SOCI", "020 7946 0958", "+44 20 7946 0958", "7946", "al", "s",
    ],
)  # fmt: skip
def test_an_english_customer_is_found_by(query: str) -> None:
    assert found(ALICE, query) is (query != "alicesmith")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("单雄信", "shan"), ("单雄信", "dan"), ("解缙", "xie"), ("仇英", "qiu"), ("区家明", "ou"), ("查良镛", "zha"),
        ("吕布", "lvbu"), ("吕布", "lubu"), ("欧阳娜娜", "ouyang"), ("欧阳娜娜", "oynn"), ("张乐", "zhangyue"),
        ("张乐", "zhangle"), ("諸葛亮", "诸葛"), ("诸葛亮", "諸葛"), ("王行行", "wanghangxing"), ("张三 Tom", "tom"),
        ("张三 Tom", "zhangsantom"), ("Müller", "muller"), ("Müller", "müller"), ("ＡＢＣ贸易", "abc"),
        ("김철수", "철수"),
    ],
)  # fmt: skip
def test_every_reading_and_every_form_finds(name: str, query: str) -> None:
    assert found(CustomerWords(name=name), query)


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("zhang", START),
        ("sanfeng", END),
        ("zhangsanfeng", WHOLE),
        ("san", WORD_START),
        ("张三丰", WHOLE),
        ("三丰", END),
        ("acme", WHOLE),
        ("widgets", WORD_START),
        ("dget", INSIDE),
    ],
)  # fmt: skip
def test_places_are_told_apart(part: str, place: int) -> None:
    line = "|张三丰|acme|the acme widgets ltd|\n|zhang san feng|zsf|"
    assert matching.place(Term(part, (part,)), line, "") == place


def test_a_whole_name_fits_better_than_a_longer_one() -> None:
    sought = matching.terms("张三")
    fits = [
        matching.fit(sought, findable.hay(CustomerWords(name=name)).shown, "") for name in ("张三", "张三丰", "小张三")
    ]
    assert fits == [(0, WHOLE), (1, START), (1, END)]


def test_two_terms_that_make_the_whole_name_fit_best() -> None:
    shown = findable.hay(CustomerWords(name="张三")).shown
    assert matching.fit(matching.terms("zhang san"), shown, "") == (0, START + END)


def test_contact_details_are_in_the_hidden_line_only() -> None:
    line = findable.hay(ZENG)
    for secret in ("13800138000", "12345678", "zeng.gf", "cqbank", "zeng_1811", "801"):
        assert secret in line.hidden
        assert secret not in line.shown
    assert all(token.startswith("~") for token in findable.tokens(Hay("||", "||", line.hidden)))


def test_the_company_is_spelled_without_its_legal_form() -> None:
    shown = findable.hay(ZENG).shown
    assert "|chongqingyinhang|" in shown
    assert "xiangong" not in shown.replace(" ", "")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_line_can_be_asked(text: str) -> None:
    sought = matching.terms(text)
    assert len(sought) <= matching.TERMS_MOST
    for term in sought:
        assert term.raw
        assert all(term.parts)
        for part in term.parts:
            assert all(matching.ways(part))
            assert not set(' "|') & set(part)


#: What names are written with, and some of what is typed between.
LETTERS = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from("éüøßŁ·（）「」　－。，ＡＢ１２かタ한國龍"),
)


@settings(deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=40), st.text(LETTERS, max_size=40), st.integers(0, 39), st.integers(1, 12))
def test_any_piece_of_any_name_finds_it(name: str, company: str, start: int, length: int) -> None:
    words = CustomerWords(name=name, company=company)
    line = findable.hay(words)
    for run in re.findall(r"[a-z0-9]+|[^\x00-\x7f]+", line.written):
        piece = run[start : start + length]
        if len(piece) >= 3 or (piece and not piece.isascii()):
            assert found(words, piece)
