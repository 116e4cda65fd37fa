"""Which lines take back what was just said, and which only hold such words."""

from __future__ import annotations

import pytest

from handlers.understand.corrected import Correction, recognise


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("不对，应该是李四", Correction("李四")),
        ("記錯了，是李四。", Correction("李四")),
        ("不是张三，是李四", Correction("李四", old="张三")),
        ("哦不对，是明天下午吧", Correction("明天下午")),
        ("电话错了，是13900139000", Correction("13900139000", "电话")),
        ("张三的电话不对，应该是139", Correction("139", "张三的电话")),
        ("抱歉，公司是远山贸易", Correction("远山贸易", "公司")),
        ("名字写错了，应该叫李四才对", Correction("李四", "名字")),
        ("时间错了，明天下午", Correction("明天下午", "时间")),
        ("no, it's Jane Benet", Correction("Jane Benet")),
        ("Sorry, the phone is +44 20 7946 0959", Correction("+44 20 7946 0959", "phone")),
        ("the phone is wrong, it's 020 7946 0959.", Correction("020 7946 0959", "phone")),
        ("it's not Jane Bennet, it's Jane Benet", Correction("Jane Benet", old="Jane Bennet")),
        ("oops, should be 3pm", Correction("3pm")),
        ("I meant Jane Darcy", Correction("Jane Darcy")),
    ],
)
def test_a_correction(line: str, said: Correction) -> None:
    assert recognise(line) == said


@pytest.mark.parametrize(
    "line",
    ["不对", "no", "no thanks", "不对吗？", "电话不对", "刚才那个不对，撤回", "发货错了，少了两箱", "不错是个好客户",
     "Sorry to bother you", "张三说不对", "不行，是太贵了", "错过了，是他的问题", "", "投诉张三发货错了，少了两箱"],
)  # fmt: skip
def test_none(line: str) -> None:
    assert recognise(line) is None
