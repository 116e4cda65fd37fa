"""The verb that a plain line may begin with: 查 张三, add Jane Doe, 提醒 张三 明天3点, complaint Acme wrong invoice.

The router asks `recognise(text)` before it takes a line for a customer or a search; `recognise("查 张三")` is
`Verb("find", "张三", (0, 2))`. Names begin like verbs (查理, 记者, 加藤, Adderley, Findlay): a verb of one character needs
a space, a mark or a plain object behind it, an English one the end of a word.
"""

import re
from dataclasses import dataclass
from typing import Literal

from store.rules.person_name import COMMON, likeness, spoken
from store.rules.script import flat

Name = Literal["find", "add", "note", "remind", "complaint", "purchase"]


@dataclass(frozen=True, slots=True)
class Verb:
    """What to do, with what: `rest` as typed, and where the verb with its marks stands (code points, half open)."""

    name: Name
    rest: str
    span: tuple[int, int]


_LONG: dict[Name, str] = {
    "find": "查找(?:客户)?|查询(?:客户)?(?!系统|台)|搜索(?:客户)?(?!引擎)|寻找(?:客户)?|查客户|找客户|搜客户|查一下|找一下|搜一下|帮我查一?下?|帮我找一?下?",
    "add": "(?:添加|新增|增加|新建|录入|登记|加|创建)(?:一?个|一?位)?(?:新)?(?:客户|联系人|顾客)|新客户|新联系人|新顾客|添加(?!剂|物)|新增|录入|新建(?!筑|设|材|国)",
    "note": "记录一下|记一下|记一笔|记录(?!仪|片|员)|备注一下|备注(?!名)|记笔记",
    "remind": "提醒一下我?|提醒我|提醒|跟进一下|跟进(?!表|人|记录)|回访提醒",
    "complaint": "(?:客户)?投诉(?!电话|中心|部|率|箱|热线)|客诉(?!率|部)",
    "purchase": "成交(?!价|额|量|率|客户|记录)",
}
_SHORT: dict[Name, str] = {"find": "[查找搜]", "add": "[加]", "note": "[记]"}
_ENGLISH: dict[Name, str] = {
    "find": r"find(?: me)?(?: (?:customer|client|contact))?|search(?: for)?|look ?up|lookup",
    "add": r"add(?: (?:a |an )?(?:new )?(?:customer|client|contact|lead))?|(?:create|new) (?:a )?(?:new )?(?:customer|client|contact|lead)",
    "note": r"note(?: (?:on|for|about|that))?|log",
    "remind": r"remind(?: me)?(?: (?:to|about|of))?|reminder|follow[ -]?up(?: (?:with|on))?|followup(?: (?:with|on))?|follow",
    "complaint": r"complaint(?: (?:from|by|of))?|complain",
    "purchase": r"purchase(?: (?:by|from))?(?! (?:manager|department|dept|order|director|officer|lead))|sold(?: to)?",
}
_MARKS = r"[\s:,;\-–—>]"
_PLAIN_OBJECT = re.compile(r"\+?\d{3,}|[A-Za-z@]")


def _pattern(verbs: dict[Name, str], behind: str) -> re.Pattern[str]:
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in verbs.items())
    return re.compile(rf"[\s/@,.:!]*(?:请|please +)?(?:{named}){behind}", re.IGNORECASE)


_LONG_VERB = _pattern(_LONG, f"{_MARKS}*")
_SHORT_VERB = _pattern(_SHORT, f"(?P<mark>{_MARKS}*)")
_ENGLISH_VERB = _pattern(_ENGLISH, rf"(?:{_MARKS}+|$)")


def _object(text: str) -> bool:
    """Whether a text without a space before it is what one looks for: 王总, 张三, 138…, zhang; not the 理 of 查理."""
    word = re.split(r"[\s,;，。:]", text, maxsplit=1)[0]
    if _PLAIN_OBJECT.match(word):
        return True
    return spoken(word) is not None or (likeness(word) >= 4 and word[:1] in COMMON)


def recognise(text: str) -> Verb | None:
    """The verb at the beginning of a line, in Chinese (either script) or English; None when there is none."""
    shadow = flat(text[:200])
    match = _LONG_VERB.match(shadow) or _ENGLISH_VERB.match(shadow)
    if match is None:
        match = _SHORT_VERB.match(shadow)
        if match is None:
            return None
        behind = shadow[match.end() :]
        if behind and not match["mark"] and not (match["find"] and _object(behind)):
            return None
    name = next(name for name in (*_LONG, "find") if match.groupdict().get(name))
    return Verb(name, text[match.end() :].strip(), (match.start(), match.end()))
