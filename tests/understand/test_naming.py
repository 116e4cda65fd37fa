"""When a name may only be the beginning of the one that was written."""

from __future__ import annotations

import pytest

from handlers.understand.naming import begun, firm_goes_on, goes_on


@pytest.mark.parametrize(
    ("typed", "behind", "person", "firm"),
    [
        ("张三", "丰 发货少了", True, True),
        ("张三", "丰，发货少了", True, True),
        ("张三", "发货少了", False, False),
        ("张三", " 急", False, False),
        ("张三", "3.2万", False, False),
        ("云帆", "科技 发货少了", False, True),
        ("云帆科技", "集团 发货少了", True, True),
        ("云帆科技", "上海分公司发货少了", True, True),
        ("云帆", "少发了两箱", False, False),
        ("John", " Smith wrong invoice", True, True),
        ("Acme", " Trading: wrong invoice", True, True),
        ("Acme Trading", " Group wrong invoice", True, True),
        ("Jane Smith", " Wants samples", False, False),
        ("Acme", " PO 123 is late", False, False),
        ("Acme", " Friday 3pm", False, False),
        ("Acme", " The pump is leaking", False, False),
        ("Acme", ": Wrong invoice", False, False),
        ("Acme", "", False, False),
    ],
)
def test_whether_a_name_goes_on(typed: str, behind: str, person: bool, firm: bool) -> None:
    assert goes_on(typed, behind) is person
    assert firm_goes_on(typed, behind) is firm


@pytest.mark.parametrize(
    ("typed", "name", "piece"),
    [
        ("张三", "张三丰", True),
        ("三丰", "张三丰", False),
        ("云帆", "云帆科技", False),
        ("Li", "Lina Wang", True),
        ("lina", "Lina Wang", False),
        ("Ann", "Hannah Ann", False),
        ("Smith", "Jane Smith-Jones", False),
        ("zhangsan", "张三", False),
    ],
)
def test_what_is_only_a_piece_of_a_name(typed: str, name: str, piece: bool) -> None:
    assert begun(typed, name) is piece
