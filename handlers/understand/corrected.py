"""A line that takes back what was just said: 不对，应该是李四; 电话错了，是139…; sorry, it's Jane Bennet.

    >>> recognise("不对，应该是李四")
    Correction(value='李四', field='', old='')
    >>> recognise("the phone is wrong, it's 020 7946 0958")
    Correction(value='020 7946 0958', field='phone', old='')
    >>> recognise("不是张三，是李四").old
    '张三'

It begins with a word that says that something is wrong, or names what is; and then says how it is. What it corrects,
the open form or what was saved last, is handlers/correcting.py's to find.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.understand import changes
from handlers.understand.orders import order
from handlers.understand.question import is_question
from handlers.understand.verbs import recognise as recognise_verb
from store.rules.script import flat, fold


class Correction(NamedTuple):
    """How it is (`value`), of what where that is named (`field`: 电话, Jane's phone), and instead of what."""

    value: str
    field: str = ""
    old: str = ""


_SEPARATED = r"(?:[了啊哈呀哦]|的)?[\s,.;:!~—-]*"
_SLIP = "(?:弄|搞|记|写|打|说|输|填|听|看)?错了?"
_WRONG = f"(?:不对|有误|{_SLIP})"
_LEAD = f"(?:(?:[哦啊噢呃额]|等等)[,. ]*)?(?:{_WRONG}|更正|纠正|不是的?|不(?=[,. ])|不好意思|抱歉|对不起)"
_IS = r"(?:(?:其实|实际上?|正确的|应该|应当|我(?:是)?说的?)*(?:是|为|叫|改成|改为|换成|写成))"
_LEAD_EN = (
    r"(?:no+|nope|sorry|oops|wait|wrong|actually|correction|my (?:mistake|bad)|not right"
    r"|(?:that|it)(?:['’]s| is| was) (?:wrong|not right|a mistake|a typo))"
)
_IT_IS = r"(?:(?:it|that|this)(?:['’]s| is| was| should be| must be)|should be|make (?:it|that)|i meant?)"
_FIELD_EN = r"(?P<field>\S.{1,40}?)"
_VALUE = r"\s*[:]?\s*(?P<value>\S.{0,200})"

#: What begins with a word that takes back, or says it twice over: it can be nothing else.
_LED = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?:{_LEAD}{_SEPARATED})*不是\s*(?P<old>\S.{{0,30}}?)[\s,.;]+而?是{_VALUE}",
        rf"(?:{_LEAD}{_SEPARATED})+(?P<field>[^\s,]{{0,16}}?)的?{_IS}{_VALUE}",
        rf"(?:{_LEAD_EN}[\s,.!:;—-]+)*(?:it['’]s )?not (?P<old>\S.{{0,30}}?),? (?:but|it['’]s|it is) {_VALUE}",
        rf"(?:{_LEAD_EN}[\s,.!:;—-]+)+{_IT_IS} {_VALUE}",
        rf"(?:{_LEAD_EN}[\s,.!:;—-]+)+{_FIELD_EN} (?:is|should be) {_VALUE}",
        rf"i mean(?:t)?,? {_VALUE}",
    )
)
#: What says of a thing that it is wrong: many a complaint does, too, unless the thing is a field.
_UNLED = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<field>[^\s,]{{1,16}}?)(?:好像|应该|是|都)?{_WRONG}{_SEPARATED}{_IS}?{_VALUE}",
        rf"{_FIELD_EN} (?:is|was) (?:wrong|incorrect|not right|a typo)[\s,.;:—-]+(?:{_IT_IS}\s)?{_VALUE}",
    )
)
#: What a correction may name beside the fields of a customer, folded.
TIME = frozenset(("时间", "日期", "time", "date", "day"))
PRICE = frozenset(("金额", "价格", "amount", "price"))
WHO = frozenset(("客户", "人", "customer", "person"))
_END = re.compile(r"(?:才对|才是|来着|[吧哦啊呀]|, (?:sorry|please))*[\s.。!！,，;；]*$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|her|his|their|its|my)\s+", re.IGNORECASE)
#: No correction is longer.
_MOST = 240


def recognise(text: str) -> Correction | None:
    """The correction that a line is; None for any other line, and for what asks."""
    line = text.strip()
    if len(line) > _MOST or "\n" in line or is_question(line) or order(line) is not None:
        return None
    shadow = flat(line).replace("。", ".")
    for shape in (*_LED, *_UNLED):
        found = shape.fullmatch(shadow)
        if found is None:
            continue
        value, field, old = (_typed(line, found, group) for group in ("value", "field", "old"))
        value, field = _END.sub("", value), _ARTICLE.sub("", field)
        if value and (shape in _LED or changes.field_in(field, dict.fromkeys(TIME | PRICE | WHO, "")) is not None):
            return Correction(value, field, old)
    return None


def labelled(text: str) -> Correction | None:
    """A field of the customer by its name and what it is to hold: title head of purchasing, 职位：采购总监."""
    line = text.strip()
    if len(line) > _MOST or "\n" in line or recognise_verb(line) is not None:
        return None
    for words in (3, 2, 1):
        found = re.match(
            rf"(?P<field>(?:[^\s:=]+\s+){{{words - 1}}}[^\s:=]+)(?:\s*[:=]\s*|\s+)(?P<value>\S.*)", flat(line)
        )
        if found is not None and key_of(line[slice(*found.span("field"))]):
            return Correction(_typed(line, found, "value"), _typed(line, found, "field"))
    return None


def key_of(field: str) -> str:
    """The key of the customer's field that is named without saying whose; "" for any other."""
    named = changes.field_in(field, {})
    return named[1] if named is not None and not named[0] else ""


def names(field: str, words: frozenset[str]) -> bool:
    """Whether the words that name what is wrong are these, and nobody's: 时间, the time."""
    return fold(field.removesuffix("的")) in words


def _typed(line: str, found: re.Match[str], group: str) -> str:
    return line[slice(*found.span(group))].strip() if found.groupdict().get(group) is not None else ""
