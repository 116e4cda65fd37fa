"""What a complaint is about, guessed from its words; the person sees the guess and corrects it with a tap.

>>> category("发货少了两箱 急"), category("wrong invoice"), category("你好")
('delivery', 'billing', None)

The kind whose signs are found most decides, the first of those that are found as often. Names that the company gave
(its own categories, its products) are found as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.rules.models import Label

#: By the codes that store/migrations brings along; what is found nowhere is left to the person.
_SIGNS = {
    "billing": (
        r"发票|开票|抬头|账单|对账|价格|多收|多扣|扣款|退款|收费|付款|货款|报销|\binvoice|\bbill(?:ed|ing)?\b|\bcharged?\b"
        r"|\bprice|\brefund|\bpayment|\bovercharg"
    ),
    "delivery": (
        r"发货|送货|到货|收货|送错|物流|快递|配送|运输|迟到|延误|延期|少了|少发|漏发|错发|没收到|没到|[一二两三四五六七八九十\d]箱"
        r"|\bdeliver|\bshipp|\bparcel|\bcourier|\blate\b|\bdelay|\bmissing\b|\bshort\b|\b(?:never|not) arrived\b"
    ),
    "quality": (
        r"质量|坏|破|裂|漏[水电油气]|故障|不能用|用不了|不工作|失灵|变形|生锈|发霉|过期|异味|瑕疵|划痕|起火|冒烟|爆炸|短路"
        r"|\bbroken?\b|\bdamaged?\b|\bdefect|\bfault|\bcrack|\bleak|\bquality\b|\bnot work|\bstopped working\b"
        r"|\brust|\bexpired\b|\bsmok|\bon fire\b"
    ),
    "service": (
        r"态度|服务|客服|不理|没人[管理接回]|推诿|骂|敷衍|不耐烦|没有?回[复音]|不回[复电]|电话打不通|\brude|\battitude|\bservice\b"
        r"|\bunhelpful|\bignored?\b|\bno (?:reply|answer|response)\b|\bhung up\b"
    ),
}
_READ = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _SIGNS.items()}


def category(text: str) -> str | None:
    """The code of the category that the words suggest, if they suggest one."""
    found = {code: len(signs.findall(text)) for code, signs in _READ.items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] else None


def named(text: str, labels: Iterable[Label]) -> Label | None:
    """The label whose own name stands in the text, the longest of them."""
    folded = text.casefold()
    standing = [label for label in labels if label.name and _stands(label.name.casefold(), folded)]
    return max(standing, key=lambda label: len(label.name), default=None)


def _stands(name: str, text: str) -> bool:
    """Whether a name is in a text: one of Latin letters or digits by itself, not within a longer word."""
    before = r"(?<![a-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    behind = r"(?![a-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return re.search(before + re.escape(name) + behind, text) is not None
