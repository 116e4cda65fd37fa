"""How badly a complaint presses, guessed from its words; the person sees the guess and corrects it with a tap.

>>> guess("发货少了两箱 急"), guess("wrong invoice, no rush"), guess("发货少了两箱")
(<Severity.URGENT: 'urgent'>, <Severity.LOW: 'low'>, <Severity.NORMAL: 'normal'>)

What is denied counts before what is said ("不急" holds 急), and danger or law before annoyance.
"""

from __future__ import annotations

import re

from store.rules.models import Severity

#: Names of things that hold a word of alarm without being one.
_HARMLESS = re.compile(r"应急[灯包箱]|急救[包箱]|急支糖浆|法律?顾问|fire\s?(?:wall|place|fox)", re.IGNORECASE)

#: The first that is found decides. 12315 is the consumers' hotline of mainland China (国家市场监督管理总局).
_SIGNS = (
    (
        Severity.LOW,
        r"不(?:太|是很|着|用)?急|不紧急|有空再|小(?:问题|建议)|提个建议|\bno (?:rush|hurry)\b|\bnot urgent\b|\bminor\b"
        r"|\bwhen you have time\b|\bsuggestion\b",
    ),
    (
        Severity.URGENT,
        r"急|马上|立[刻即]|尽快|12315|12345|消协|消费者协会|工商局|律师|起诉|法院|曝光|媒体|受伤|着火|起火|冒烟|漏电|触电|爆炸|中毒"
        r"|停产|\burgent|\basap\b|\bimmediate|\bright away\b|\blawyer|\bsue\b|\binjur|\bon fire\b|\bsmok(?:e|ing)\b"
        r"|\bunsafe\b|\bdangerous\b|\bshut down\b",
    ),
    (
        Severity.HIGH,
        r"严重|退款|赔偿|退货|愤怒|生气|气死|第[二三四五]次|又[坏错漏少]|一直没|骗|太差|\bserious|\brefund|\bangry\b|\bfurious\b"
        r"|\bunacceptable\b|\bagain\b|\b(?:second|third) time\b|\bterrible\b|\bstill (?:no|not|waiting)\b",
    ),
)
_READ = tuple((severity, re.compile(pattern, re.IGNORECASE)) for severity, pattern in _SIGNS)


def guess(text: str) -> Severity:
    """The severity that the words suggest; normal where they suggest none."""
    words = _HARMLESS.sub(" ", text)
    for severity, signs in _READ:
        if signs.search(words):
            return severity
    return Severity.NORMAL
