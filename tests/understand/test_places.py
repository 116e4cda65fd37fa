"""Which lines ask for something to be opened, and which only look like it."""

from __future__ import annotations

import pytest

from handlers.understand.places import Place, recognise


@pytest.mark.parametrize(
    ("line", "number"),
    [("#4", "4"), ("＃12", "12"), ("case 4", "4"), ("Case #4.", "4"), ("show me case no. 4", "4"), ("ticket 4", "4"),
     ("投诉4", "4"), ("投诉 #4", "4"), ("4号投诉", "4"), ("第4号投诉", "4"), ("投訴４號", "4"), ("看看 #4", "4")],
)  # fmt: skip
def test_a_case_by_its_number(line: str, number: str) -> None:
    assert recognise(line) == Place("case", (number,))


@pytest.mark.parametrize(
    ("line", "args"),
    [("complaints", ()), ("cases", ()), ("投诉列表", ()), ("Open cases", ("all", "0")),
     ("show me all the open cases", ("all", "0")), ("待处理的投诉", ("all", "0")), ("查看未解决投诉", ("all", "0"))],
)  # fmt: skip
def test_the_complaints(line: str, args: tuple[str, ...]) -> None:
    assert recognise(line) == Place("cases", args)


@pytest.mark.parametrize("line", ["feedback", "show me feedback", "评价", "看看客户评价"])
def test_the_feedback(line: str) -> None:
    assert recognise(line) == Place("feedback")


@pytest.mark.parametrize(
    "line",
    ["4", "138", "投诉 13800138000", "complaint 4 boxes missing", "投诉 张三 少了4箱", "#4号楼 王总", "# VIP",
     "case closed for Jane", "feedback from Jane: great", "评价很好", "Case Western", "投诉人 张三"],
)  # fmt: skip
def test_what_says_more_is_none(line: str) -> None:
    assert recognise(line) is None
