"""E-mail addresses and WeChat names: what is one, and in which form it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules import email, wechat


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jane@ACME.co.uk ", "jane@acme.co.uk"),
        ("mailto:li@example.com", "li@example.com"),
        ("ｚｈａｎｇ＠ａｃｍｅ．ｃｏｍ", "zhang@acme.com"),
        ("o'brien+spam@pub.ie", "o'brien+spam@pub.ie"),
    ],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert email.parse(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "jane", "jane@", "@acme.com", "jane@acme", "a b@acme.com", "x@corp.local", "a@b." + "c" * 300]
)
def test_what_no_mail_can_reach_is_refused(typed: str) -> None:
    assert email.parse(typed) is None


def test_addresses_are_found_where_they_stand() -> None:
    text = "邮箱zhou@zgc.com.cn，或 Jane.Doe@Acme.co.uk."
    found = email.find(text)
    assert [one.address for one in found] == ["zhou@zgc.com.cn", "jane.doe@acme.co.uk"]
    assert [text[one.start : one.end] for one in found] == ["zhou@zgc.com.cn", "Jane.Doe@Acme.co.uk"]


@given(st.text(alphabet="ab@.-_ 张", max_size=80))
def test_whatever_is_found_is_an_address_by_itself(text: str) -> None:
    for one in email.find(text):
        assert email.parse(one.address) == one.address


@pytest.mark.parametrize("typed", ["weiqing-2020", "mayunfei666", "wxid_a1b2c3d4e5f6", "13800138000", " lisawong_hk "])
def test_names_that_wechat_gives(typed: str) -> None:
    assert wechat.parse(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["", "abc", "1abcdefg", "张三的微信", "with space", "a" * 21])
def test_names_that_wechat_does_not_give(typed: str) -> None:
    assert wechat.parse(typed) is None


def test_wechat_names_compare_without_case() -> None:
    assert wechat.key("Wang_88") == wechat.key(" wang_88")
