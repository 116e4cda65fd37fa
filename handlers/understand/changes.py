"""A change in words: 电话改成 139…, 张三 升级 VIP, tag 张三 制造业, change Jane's phone to …, 清空 地址.

The router asks `recognise(text)` whether a line has the shape of a change; which customer and which of the company's
own fields it means only the book knows, so the rest is handlers/changes.py's, which gives back what it can't place.

    recognise("张三的电话改成 13900139000")  →  Asked("set", "张三的电话", "13900139000")
    field_in("张三的电话", {})               →  ("张三", "phones")
    recognise("张三 升级 VIP")               →  Asked("standing", "张三", "VIP")
    recognise("tag Jane as key account")    →  Asked("tag", "Jane", "key account")
    recognise("Jane is now VIP")            →  Asked("standing", "Jane", "VIP", loose=True)
    recognise("归档 张三")                   →  Asked("archive", "张三")
    recognise("张三改名叫张三丰")            →  Asked("rename", "张三", "张三丰", loose=True)
    recognise("张三 电话 13900139000")       →  Asked("told", "张三 电话", "13900139000", loose=True)
    recognise("张三转给韩梅")                →  Asked("owner", "张三", "韩梅", loose=True)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from handlers.kit.texts import LANGUAGES, catalogue
from handlers.understand.contactlike import holds_contact
from handlers.understand.known_days import birthday
from handlers.understand.question import is_question
from store.rules.models import Level, Stage
from store.rules.script import flat, fold

What = Literal["set", "clear", "standing", "tag", "untag", "archive", "restore", "owner", "rename", "told"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for. `left` names whom and what, `value` what it shall be, both as typed.

    Of "tag" and "untag", `left` may be empty and `value` hold both: 张三 制造业. `loose`: many a sentence looks like
    this, so it is a change only where the book knows who is named.
    """

    what: What
    left: str
    value: str = ""
    loose: bool = False


_WORDS = {
    "name": "姓名 名字 name",
    "phones": "电话 电话号码 手机 手机号 手机号码 联系电话 号码 phone phone_number mobile mobile_number number tel",
    "company": "公司 单位 公司名 company firm employer",
    "title": "职位 职务 岗位 title position job_title",
    "emails": "邮箱 电邮 邮件 邮箱地址 email e-mail mail email_address",
    "wechat": "微信 微信号 wechat wechat_id",
    "address": "地址 住址 公司地址 address",
    "level": "级别 等级 level",
    "stage": "阶段 stage",
    "kind": "类型 kind",
    "region": "地区 所在地 城市 省份 region city",
    "industry": "行业 industry",
    "source": "来源 source",
    "gender": "性别 gender",
    "birthday": "生日 birthday",
    "birth_year": "出生年份 出生年 birth_year year_of_birth",
    "language": "语言 language",
    "preferences": "喜好 偏好 爱好 preferences preference",
    "needs": "服务需求 需求 needs",
    "notes": "备注 notes",
}
_KEY_OF = {word.replace("_", " "): key for key, words in _WORDS.items() for word in words.split()}

_PLEASE = r"\s*(?:请|帮我|麻烦|please\s+)?"
_SET = re.compile(
    rf"{_PLEASE}(?:把|将|修改|更新|更改)?\s*(?P<left>\S.{{0,60}}?)\s*(?:都)?"
    r"(?:改成|改为|改到|换成|换为|更新为|更新成|变更为|更改为|设为|设成|设置为)\s*[::]?\s*(?P<value>\S.*)",
    re.DOTALL,
)
_IS = re.compile(r"\s*(?P<left>\S.{0,40}?的\S{1,12}?)(?:现在)?是\s*(?P<value>[^吗呢谁什怎几哪多?？\s][^吗呢?？]*)")
_SET_EN = re.compile(
    rf"{_PLEASE}(?:change|set|update|edit|correct)\s+(?P<left>\S.{{0,60}}?)\s+(?:to|as)[:\s]\s*(?P<value>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_IS_EN = re.compile(r"\s*(?P<left>\S.{0,40}?['’]s\s+\S.{0,20}?)\s+is\s+(?:now\s+)?(?P<value>[^?]+)", re.IGNORECASE)
#: Without a verb that orders it, a name that is another one now is told of somebody whom the book knows.
_RENAME = (
    re.compile(
        rf"{_PLEASE}(?:[把将给]\s*(?P<left>\S.{{0,30}}?))?\s*[改更]名(?:字)?[为成叫]*\s*[::]?\s*(?P<value>\S.*?)[吧了]?"
    ),
    re.compile(rf"{_PLEASE}rename\s+(?P<left>\S.{{0,40}}?)\s+(?:to|as)\s+(?P<value>\S.*)", re.IGNORECASE),
)
_RENAME_LOOSE = (
    re.compile(
        r"\s*(?P<left>\S.{0,30}?)\s*(?:现在|已经|已)*(?:[改更]名(?:字)?[为成叫]*|改叫)\s*[::]?\s*(?P<value>\S.*?)[吧了]?"
    ),
    re.compile(
        r"\s*(?P<left>\S.{0,40}?)\s+(?:(?:has\s+)?changed\s+(?:her|his|their|its)\s+name\s+to|is\s+now\s+called)\s+"
        r"(?P<value>\S.*)",
        re.IGNORECASE,
    ),
)
_CLEAR = re.compile(rf"{_PLEASE}(?:清空|清除|删除|删掉|去掉|去除)\s*(?P<left>\S.{{0,40}})")
_CLEAR_EN = re.compile(rf"{_PLEASE}(?:clear|delete|remove|erase)\s+(?P<left>\S.{{0,40}})", re.IGNORECASE)
_RAISED = r"升级为|升级到|升级成|升级|升为|升到|升成|降级为|降级到|降为|降到|降成|调为|标为|标记为|转为|列为|进入"
_RAISE = re.compile(
    rf"{_PLEASE}(?:把|将)?\s*(?P<left>\S.{{0,30}}?)?\s*(?:{_RAISED})\s*[::]?\s*(?P<value>\S{{1,10}}?)(?:客户)?"
)
_RAISE_EN = re.compile(
    rf"{_PLEASE}(?:upgrade|promote|downgrade|move|mark|make)\s+(?:(?P<left>\S.{{0,40}}?)\s+)??(?:(?:to|as|into)\s+)?"
    r"(?:an?\s+)?(?P<value>\S{1,16})(?:\s+(?:customer|client))?",
    re.IGNORECASE,
)
_ARCHIVE = (
    re.compile(rf"{_PLEASE}归档\s*[::]?\s*(?P<left>\S.{{0,40}})"),
    re.compile(rf"{_PLEASE}(?:把|将)\s*(?P<left>\S.{{0,40}}?)\s*归档(?:了|吧)?"),
    re.compile(rf"{_PLEASE}archive\s+(?P<left>\S.{{0,40}})", re.IGNORECASE),
)
_TAG_ON = (
    re.compile(
        rf"{_PLEASE}(?:给|为)?(?P<left>.{{0,40}}?)\s*(?<![没未])(?:打上?|加上?|贴上?|添加)(?:一个)?\s*标签\s*[::]?\s*(?P<value>\S.*)"
    ),
    re.compile(
        rf"{_PLEASE}(?:给|为)(?P<left>\S.{{0,40}}?)\s*(?:打上?|加上?|贴上?)\s*(?P<value>\S.{{0,30}}?)(?:的)?标签"
    ),
    re.compile(r"\s*标签\s*[::]?\s*(?P<value>\S.*)"),
    re.compile(r"\s*(?P<left>\S.{0,40}?)的?\s*标签\s*[::]\s*(?P<value>\S.*)"),
    re.compile(r"\s*tag\s+(?P<left>\S.{0,40}?)\s+(?:as|with)\s+(?P<value>\S.*)", re.IGNORECASE),
    re.compile(r"\s*add\s+(?:the\s+)?tags?\s+(?P<value>\S.{0,80}?)\s+(?:to|for)\s+(?P<left>\S.*)", re.IGNORECASE),
    re.compile(r"\s*(?:add\s+(?:the\s+)?)?tags?\s*:?\s+(?P<value>\S.*)", re.IGNORECASE),
)
_TAG_OFF = (
    re.compile(rf"{_PLEASE}(?:去掉|取消|删除|删掉|移除)\s*(?P<left>\S.{{0,40}}?)?\s*的?标签\s*[::]?\s*(?P<value>\S.*)"),
    re.compile(
        rf"{_PLEASE}(?:给|为|把)?(?P<left>\S.{{0,40}}?)\s*(?:去掉|取消|删掉|移除)标签\s*[::]?\s*(?P<value>\S.*)"
    ),
    re.compile(r"\s*remove\s+(?:the\s+)?tags?\s+(?P<value>\S.{0,80}?)\s+(?:from|of)\s+(?P<left>\S.*)", re.IGNORECASE),
    re.compile(r"\s*(?:untag|remove\s+(?:the\s+)?tags?)\s+(?P<value>\S.*)", re.IGNORECASE),
)
#: What may be a change and may be a sentence: 张三 标签 制造业, 张三现在是VIP, 恢复 张三.
_TAG_LOOSE = (
    re.compile(r"\s*(?P<left>\S.{0,40}?)\s+标签\s*(?P<value>\S.*)"),
    re.compile(r"\s*(?P<left>\S.{0,40}?)\s+tags?\s*:?\s+(?P<value>\S.*)", re.IGNORECASE),
)
_STANDS_LOOSE = (
    re.compile(
        r"\s*(?P<left>\S.{0,30}?)\s*(?:现在|如今|已经|已|也|就)*(?:是|成为|成了|变成)(?:我们的?)?(?:一?[个位名])?\s*"
        r"(?P<value>\S{1,10}?)了?"
    ),
    re.compile(
        r"\s*(?P<left>\S.{0,40}?)(?:['’]s|\s+(?:is|are|has become|became))\s+(?:now\s+)?(?:an?\s+)?(?P<value>\S{1,16})"
        r"(?:\s+(?:customer|client|contact))?(?:\s+now)?",
        re.IGNORECASE,
    ),
)
#: Nobody is ever deleted: whoever says so means that they shall be seen no more.
_ARCHIVE_LOOSE = (
    re.compile(rf"{_PLEASE}(?:删除|删掉|移除)\s*(?P<left>\S.{{0,40}})"),
    re.compile(rf"{_PLEASE}(?:delete|remove)\s+(?P<left>\S.{{0,40}})", re.IGNORECASE),
)
_CLEAR_LOOSE = (
    re.compile(rf"{_PLEASE}(?:清空|清除)\s*(?P<left>\S.{{0,40}})"),
    re.compile(rf"{_PLEASE}clear\s+(?P<left>\S.{{0,40}})", re.IGNORECASE),
)
_RESTORE_LOOSE = (
    re.compile(rf"{_PLEASE}(?:恢复|取消归档|找回)\s*(?P<left>\S.{{0,40}})"),
    re.compile(rf"{_PLEASE}(?:restore|unarchive|bring\s+back)\s+(?P<left>\S.{{0,40}})", re.IGNORECASE),
)
_OWNER_LOOSE = (
    re.compile(
        rf"{_PLEASE}(?:把|将)?\s*(?P<left>\S.{{0,30}}?)\s*(?:移交|转交|交接|分配|转|交|分|派)给\s*(?P<value>\S{{1,20}}?)"
        r"(?:来?(?:跟进?|负责))?[了吧]?"
    ),
    re.compile(
        r"\s*(?:please\s+)?(?:hand|give|assign|reassign|transfer|pass)\s+(?:over\s+)?(?P<left>\S.{0,40}?)(?:\s+over)?\s+to\s+"
        r"(?P<value>\S.{0,30})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_PLEASE}(?P<left>\S.{{0,30}}?)\s*(?:(?:从)?(?:以后|今后|往后|之后|现在起?|今天起)\s*)?(?:都|就)?(?:改|换)?由\s*"
        r"(?P<value>\S{1,20}?)\s*来?(?:负责|跟进?|接手|对接|维护)[了吧]?"
    ),
    re.compile(
        r"\s*(?P<left>\S.{0,40}?)\s+(?:is|will be)\s+(?:now\s+)?(?:handled|looked after|taken over)\s+by\s+"
        r"(?P<value>\S.{0,30}?)(?:\s+from now on)?",
        re.IGNORECASE,
    ),
)
#: Of a birthday nobody says a verb: 刘晓梅生日3月5号. In English any field may be told so: Jane's birthday is 5 March.
_TOLD_LOOSE = (
    re.compile(r"\s*(?P<left>\S.{0,30}?的?生日)\s*[::]?\s*(?:是|为)?\s*(?P<value>\d.{2,12}|.{0,4}月.{1,4}[日号])"),
    re.compile(r"\s*(?P<left>\S.{1,40}?\s\S{1,12})\s+is\s+(?:now\s+)?(?P<value>[^?]+)", re.IGNORECASE),
)
#: Lines that begin so are a change even where a verb would take them: 备注 is also a note, 添加 also an addition.
_LEADS = re.compile(
    r"\s*(?:(?:备注|備註)(?:改|换|设|更)|(?:添加|加上?|打上?|贴上?)\s*标签|标签|add\s+(?:the\s+)?tags?\s|tags?\s)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"他", "她", "ta", "这位", "这个客户", "这位客户", "him", "her", "he", "she", "them", "they"})
_ME = frozenset({"我", "我自己", "me", "myself"})
_POSSESSIVE = re.compile(r"(?:的|['’]s|['’])$")
_OF_EN = re.compile(r"(?:the\s+)?(?P<field>.+?)\s+(?:of|for)\s+(?P<who>.+)", re.IGNORECASE)


def words_of(key: str) -> list[str]:
    """What a field of ours is called, in both languages."""
    return [word for word, named in _KEY_OF.items() if named == key]


def is_me(who: str) -> bool:
    """Whether who writes means themselves."""
    return fold(who) in _ME


def is_looked_at(who: str) -> bool:
    """Whether a text says no more than "that one": 她, him."""
    return fold(who) in _PRONOUNS


def unordered(text: str) -> Asked | None:
    """The change that a line tells of where its first word orders none, but is part of a name: Mark Green level VIP."""
    line = text[:1500].strip()
    return _labelled(line) or _shaped(line, flat(line), _LOOSE) or _told(line)


def leads(text: str) -> bool:
    """Whether a line is a change before it is anything else."""
    return _LEADS.match(flat(text[:80])) is not None


def recognise(text: str) -> Asked | None:
    """The change that a line has the shape of; None for any other line."""
    line = text[:1500].strip()
    shadow = flat(line)
    asked = _shaped(line, shadow, _SHAPES)
    if asked is not None:
        return asked
    labelled = _labelled(line)
    if labelled is not None:
        return labelled
    loose = _shaped(line, shadow, _LOOSE) or _told(line)
    return None if loose is None else replace(loose, loose=True)


def _shaped(line: str, shadow: str, shapes: tuple[tuple[What, tuple[re.Pattern[str], ...]], ...]) -> Asked | None:
    for what, patterns in shapes:
        for pattern in patterns:
            found = pattern.fullmatch(shadow)
            # Which fields the company has of its own, only the book knows.
            may_be = found is not None and (_may_be(what, found) or (what == "clear" and shapes is _LOOSE))
            if found is not None and may_be and not (pattern in _TOLD_LOOSE and not _tells(found)):
                return Asked(what, _typed(line, found, "left"), _typed(line, found, "value"))
    return None


def _typed(line: str, found: re.Match[str], group: str) -> str:
    if found.groupdict().get(group) is None:
        return ""
    return line[slice(*found.span(group))].strip(" \t\n,，:：")


_SHAPES: tuple[tuple[What, tuple[re.Pattern[str], ...]], ...] = (
    ("untag", _TAG_OFF),
    ("tag", _TAG_ON),
    ("set", (_SET, _SET_EN, _IS, _IS_EN)),
    ("clear", (_CLEAR, _CLEAR_EN)),
    ("standing", (_RAISE, _RAISE_EN)),
    ("rename", _RENAME),
    ("archive", _ARCHIVE),
)
_LOOSE: tuple[tuple[What, tuple[re.Pattern[str], ...]], ...] = (
    ("tag", _TAG_LOOSE),
    ("rename", _RENAME_LOOSE),
    ("standing", _STANDS_LOOSE),
    ("clear", _CLEAR_LOOSE),
    ("archive", _ARCHIVE_LOOSE),
    ("restore", _RESTORE_LOOSE),
    ("owner", _OWNER_LOOSE),
    ("set", _TOLD_LOOSE),
)


def _may_be(what: What, found: re.Match[str]) -> bool:
    """Whether a shape holds what it needs: words alone (升级, make, remove) begin many other lines, and a line in which
    a number stands before it tells of somebody new.
    """
    if holds_contact(found.groupdict().get("left") or ""):
        return False
    if what == "clear":
        return field_in(found["left"], {}) is not None
    if what == "standing":
        return standing(found["value"]) is not None
    return True


def _tells(found: re.Match[str]) -> bool:
    """Whether a sentence names somebody's field, and of a birthday says a day."""
    field = field_in(found["left"], {})
    if field is None or not field[0]:
        return False
    return field[1] != "birthday" or birthday(found["value"]) is not None


def _labelled(line: str) -> Asked | None:
    """级别 VIP, 张三 级别 重要, Jane stage proposal: a level or a stage behind its label."""
    words = line.replace("：", " ").replace(":", " ").rsplit(None, 1)
    if len(words) != 2 or (told := standing(words[1])) is None:
        return None
    field = field_in(words[0], {})
    return Asked("set", words[0], words[1]) if field is not None and field[1] == told[0] else None


def _told(line: str) -> Asked | None:
    """Somebody, a field and what it is, without a word more: Jane Smith phone +44 …, 张三 职位 厂长."""
    found = None if is_question(line) else _told_shape().fullmatch(line)
    return None if found is None else Asked("told", line[: found.end("label")].strip(), found["value"].strip())


@cache
def _told_shape() -> re.Pattern[str]:
    """Fields that hold one thing that is found again when it was replaced; of notes one more is not instead of what is
    there.
    """
    labels = [word for word, key in _KEY_OF.items() if key not in ("name", "kind", "preferences", "needs", "notes")]
    latin = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True) if word.isascii())
    han = "|".join(word for word in sorted(labels, key=len, reverse=True) if not word.isascii())
    return re.compile(
        rf"[^\s:：][^:：]{{0,40}}?(?P<label>\s(?:{latin})(?=[:：\s])|(?:{han}))\s*[:：]?\s*(?P<value>\S.{{0,120}})",
        re.IGNORECASE,
    )


def standing(value: str) -> tuple[str, str] | None:
    """The level or stage that a text is in either language, with its field: VIP, 重要客户, proposal."""
    said = fold(value.strip().removesuffix("客户").removesuffix("客戶"))
    return _standings().get(said) or _standings().get(fold(value.strip())) or _standings().get(f"已{said}")


@cache
def _standings() -> dict[str, tuple[str, str]]:
    """Levels before stages: nobody says "customer" of a level."""
    return {
        fold(str(catalogue(language)[f"{key}.{one.value}"])): (key, one.value)
        for key, kinds in (("stage", Stage), ("level", Level)) for one in kinds for language in LANGUAGES
    }  # fmt: skip


def field_in(left: str, own: Mapping[str, str]) -> tuple[str, str] | None:
    """Whom and which field a text names: 张三的电话, Jane's phone, phone of Jane, 预算. None where no field is named.

    `own`: the company's own fields, folded name → key. The longest name counts.
    """
    text = left.strip()
    known = {**_KEY_OF, **own}
    turned = _OF_EN.fullmatch(text)
    if turned and fold(turned["field"]) in known:
        return turned["who"].strip(), known[fold(turned["field"])]
    folded = flat(text).casefold()
    for word in sorted(known, key=len, reverse=True):
        if not folded.endswith(word):
            continue
        who = text[: len(text) - len(word)]
        if word.isascii() and who and (who[-1].isascii() and who[-1].isalnum()):
            continue  # the end of a longer word: microphone
        return _POSSESSIVE.sub("", who.strip()).strip(), known[word]
    return None
