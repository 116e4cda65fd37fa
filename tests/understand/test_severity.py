"""How badly a complaint presses, as its words suggest; what denies it counts first."""

from __future__ import annotations

import pytest

from handlers.understand.question import is_question
from handlers.understand.severity import guess
from store.rules.models import Severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("发货少了两箱 急", Severity.URGENT),
        ("设备冒烟了", Severity.URGENT),
        ("再不处理我就打12315", Severity.URGENT),
        ("插座漏电，很危险", Severity.URGENT),
        ("production is down, URGENT", Severity.URGENT),
        ("please fix it asap", Severity.URGENT),
        ("my lawyer will call you", Severity.URGENT),
        ("要求退款", Severity.HIGH),
        ("第三次送错了", Severity.HIGH),
        ("服务态度太差", Severity.HIGH),
        ("wrong again, I want a refund", Severity.HIGH),
        ("不急，发票抬头写错了", Severity.LOW),
        ("不是很急 下周处理就行", Severity.LOW),
        ("not urgent: a typo on the label", Severity.LOW),
        ("minor scratch", Severity.LOW),
        ("发货少了两箱", Severity.NORMAL),
        ("wrong invoice", Severity.NORMAL),
        ("应急灯少了一个", Severity.NORMAL),
        ("急救箱漏发", Severity.NORMAL),
        ("法律顾问王总的发票开错了", Severity.NORMAL),
        ("the firewall box is missing", Severity.NORMAL),
        ("", Severity.NORMAL),
    ],
)
def test_severity_is_guessed_from_the_words(text: str, severity: Severity) -> None:
    assert guess(text) is severity


@pytest.mark.parametrize(
    "text",
    [
        "请问是哪两箱",
        "订单号是多少？",
        "是红色的吗",
        "请提供照片",
        "麻烦您补充一下",
        "Which boxes?",
        "could you send a photo",
        "Please tell us the order number",
        "When did it arrive",
    ],
)
def test_a_question_waits_for_an_answer(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "已经补发了，明天到",
        "谢谢您的耐心",
        "请放心，我们在处理",
        "Thanks, on their way",
        "We have sent two more boxes.",
        "好的",
    ],
)
def test_a_statement_does_not(text: str) -> None:
    assert not is_question(text)
