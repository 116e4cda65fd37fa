"""The verb that a plain line may begin with: 查 张三, add Jane Doe, 提醒 张三 明天3点, complaint Acme wrong invoice.

The router asks `recognise(text)` before it takes a line for a customer or a search; `recognise("查 张三")` is
`Verb("find", "张三", (0, 2))`. Names begin like verbs (查理, 记者, 加藤, Adderley, Findlay): a verb of one character
needs a space, a mark or a plain object behind it, an English one the end of a word. What a whole line
asks for (撤销, what should I do today) is handlers/understand/orders.py's to say.
"""

import re
from dataclasses import dataclass
from typing import Literal

from handlers.understand.contactlike import holds_contact
from handlers.understand.orders import Order, order
from handlers.understand.postponed import MOVED
from store.rules.person_name import COMMON, likeness, spoken
from store.rules.script import flat

_Begins = Literal["find", "add", "note", "remind", "complaint", "deal", "purchase", "lost", "units"]
Name = _Begins | Order


@dataclass(frozen=True, slots=True)
class Verb:
    """What to do, with what: `rest` as typed, and where the verb with its marks stands (code points, half open)."""

    name: Name
    rest: str
    span: tuple[int, int]


_CHINESE: dict[_Begins, tuple[str, ...]] = {
    "find": (
        "(?:查找|查询|搜索|寻找|查|找|搜)客户",
        "查找|查询(?!系统|台)|搜索(?!引擎)|寻找",
        "(?:帮我)?(?:查|找|搜)一?下|帮我(?:查|找|搜)",
    ),
    "add": (
        "(?:添加|新增|增加|新建|录入|登记|创建|加)(?:一?[个位])?新?(?:客户|联系人|顾客)",
        "新(?:客户|联系人|顾客)(?!介绍|推荐)",
        "添加(?!剂|物)|新增|录入|新建(?![筑设材国])",
    ),
    "note": ("记录一下|记一下|记一笔|记笔记|备注一下", "记录(?![仪片员])|备注(?!名)"),
    "remind": (f"提醒一下我?|提醒我?(?!{MOVED})|回访提醒", f"跟进一下|跟进(?!表|人|记录|{MOVED})"),
    "complaint": ("(?:客户)?投诉(?!电话|中心|部|率|箱|热线)", "客诉(?!率|部)"),
    "deal": ("新(?:增|建)?商机|商机(?!库|池|表|数|阶段|转化)",),
    "purchase": ("成交(?!价|额|量|率|客户|记录|的)", "(?:赢单|签单)(?!率|量|数)"),
    "lost": ("(?:丢单|输单|失单)(?!率|量|数|原因|客户|记录)",),
    "units": ("(?:登记|录入|填)?销量(?!表|排|第)",),
}
_ONE_CHARACTER: dict[_Begins, tuple[str, ...]] = {"find": ("[查找搜]",), "add": ("加",), "note": ("记",)}
_ENGLISH: dict[_Begins, tuple[str, ...]] = {
    "find": ("find(?: me)?(?: (?:customer|client|contact))?", "search(?: for)?|look ?up"),
    "add": (
        "add(?: an?)?(?: new)?(?: (?:customer|client|contact|lead))?",
        "(?:create|new)(?: a)?(?: new)? (?:customer|client|contact|lead)",
    ),
    "note": ("note(?: (?:on|for|about|that))?", "log"),
    "remind": ("remind(?: me)?(?: (?:to|about|of))?|reminder", "follow(?:[ -]?up)?(?: (?:with|on))?"),
    "complaint": ("complaint(?: (?:from|by|of))?|complain",),
    "deal": (
        "new (?:deal|opportunity)(?: (?:with|for))?",
        "(?:deal|opportunity)(?: (?:with|for))?(?! (?:(?:is )?(?:won|lost|closed)|breakers?)\\b)(?= )",
    ),
    "purchase": (
        "(?:deal (?:won|closed)|won(?: the)?(?: deal)?|closed (?:the |a )?deal)(?: (?:with|from|by))?"
        "(?! (?:over|back)\\b)(?= )",
        "purchase(?: (?:by|from))?(?! (?:manager|department|dept|order|director|officer|lead|head)s?\\b)",
        "sold(?: to)?",
    ),
    "lost": (
        "(?:deal lost|lost(?: the)?(?: deal)?)(?: (?:with|from|by))?"
        "(?! (?:touch|contact|interest|track|count)\\b)(?= )",
    ),
    "units": ("units sold(?: of)?",),
}
#: What only an order says, wherever in a line it stands: 张三 明天10点 提醒我报价.
_REMIND = re.compile(r"(?:记得)?(?<![他她])提醒一?下?我(?![了过])|\bremind me\b(?: (?:to|about|of))?", re.IGNORECASE)
#: A deal of whoever is named before it: 张三 成交 3.2万, Acme deal won 12k, Acme deal lost too expensive.
_DECIDED: dict[_Begins, re.Pattern[str]] = {
    "deal": re.compile(r"(?<=\S) 新?商机 (?=\S)"),
    "purchase": re.compile(
        r"(?:已经?)?(?:成交|签单|赢单)(?!价|额|量|率|数|客户|记录)了?(?=[^\d]{0,20}\d)"
        r"|\b(?:the )?deal (?:is |was )?won\b",
        re.IGNORECASE,
    ),
    "lost": re.compile(
        r"(?:已经?)?(?:丢单|输单|失单)(?!率|量|数|原因|客户)了?"
        r"|\b(?:the )?deal (?:is |was )?lost\b",
        re.IGNORECASE,
    ),
}
_ORDERS: dict[_Begins, re.Pattern[str]] = {"remind": _REMIND, **_DECIDED}
#: Verbs that are names too: Won Ji-ho +82 10 1234 5678 is somebody new.
_NAMES_TOO = re.compile(r"[\s/@,.:!]*(?:won|lost|deal)\b.*(?:\+\d|@|(?:\d[ -]?){9})", re.IGNORECASE)
_MARKS = r"[\s:,;\-–—>]"
_PLAIN_OBJECT = re.compile(r"\+?\d{3,}|[A-Za-z@]")
_WORD_END = re.compile(r"[\s,;，。:]")


def _pattern(verbs: dict[_Begins, tuple[str, ...]], behind: str) -> re.Pattern[str]:
    named = "|".join(f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in verbs.items())
    return re.compile(rf"[\s/@,.:!]*(?:请|please +)?(?:{named}){behind}", re.IGNORECASE)


_BY_WORDS = (_pattern(_CHINESE, f"{_MARKS}*"), _pattern(_ENGLISH, f"(?:{_MARKS}+|$)"))
_BY_CHARACTER = _pattern(_ONE_CHARACTER, f"(?P<mark>{_MARKS}*)")


def _is_object(text: str) -> bool:
    """Whether a text without a space before it is what one looks for: 王总, 张三, 138…, zhang; not the 理 of 查理."""
    word = _WORD_END.split(text, maxsplit=1)[0]
    if _PLAIN_OBJECT.match(word):
        return True
    return spoken(word) is not None or (likeness(word) >= 4 and word[:1] in COMMON)


def recognise(text: str) -> Verb | None:
    """The verb at the beginning of a line, in Chinese (either script) or English; None when there is none."""
    whole = order(text)
    if whole is not None:
        return Verb(whole, "", (0, len(text)))
    shadow = flat(text[:200])
    match = next((found for pattern in _BY_WORDS if (found := pattern.match(shadow))), None)
    match = match or _by_character(shadow)
    if match is None or _NAMES_TOO.match(shadow):
        return _inside(text, shadow)
    name = next(name for name in _CHINESE if match.groupdict().get(name))
    return Verb(name, text[match.end() :].strip(), (match.start(), match.end()))


def _by_character(shadow: str) -> re.Match[str] | None:
    match = _BY_CHARACTER.match(shadow)
    if match is None:
        return None
    behind = shadow[match.end() :]
    return match if not behind or match["mark"] or (match["find"] and _is_object(behind)) else None


def _inside(text: str, shadow: str) -> Verb | None:
    """An order in the middle of a line that tells of nobody new."""
    if holds_contact(text):
        return None
    for name, pattern in _ORDERS.items():
        match = pattern.search(shadow)
        if match is not None:
            rest = f"{text[: match.start()].strip()} {text[match.end() :].strip()}"
            return Verb(name, rest.strip(), match.span())
    return None
