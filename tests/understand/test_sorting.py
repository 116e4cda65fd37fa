"""What a complaint is about, by its words."""

from __future__ import annotations

import pytest

from handlers.understand.sorting import category, named
from store.rules.models import Label, LabelKind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("发货少了两箱 急", "delivery"),
        ("快递送错了地址", "delivery"),
        ("发票抬头开错了", "billing"),
        ("多收了两百块，要求退款", "billing"),
        ("机器漏电", "quality"),
        ("杯子裂了，盖子也坏了", "quality"),
        ("客服态度太差，打电话没人接", "service"),
        ("两箱都破损了，物流", "delivery"),
        ("wrong invoice", "billing"),
        ("two boxes missing urgent", "delivery"),
        ("the pump is broken and leaks", "quality"),
        ("your agent was rude", "service"),
        ("no reply for three days", "service"),
        ("你好", None),
        ("I am not happy", None),
        ("", None),
    ],
)
def test_usual_words(text: str, code: str | None) -> None:
    assert category(text) == code


def label(number: int, name: str) -> Label:
    return Label(id=number, version=1, kind=LabelKind.PRODUCT, code="", name=name)


PRODUCTS = [label(1, "X1"), label(2, "净水器"), label(3, "净水器 Pro"), label(4, "C++ kit")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("净水器漏水", 2),
        ("净水器 PRO 漏水", 3),
        ("my x1 broke", 1),
        ("x10 broke", None),
        ("the C++ kit is late", 4),
        ("水壶漏水", None),
    ],
)
def test_the_companys_own_names(text: str, number: int | None) -> None:
    found = named(text, PRODUCTS)
    assert (found.id if found else None) == number
