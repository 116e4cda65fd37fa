"""A line that asks for a list: VIP 客户, 30天没联系的, list vip in 浙江, my customers.

`recognise("重要客户 30天没联系")` is `Listing(level=Level.IMPORTANT, silent=30)`; of what it doesn't know it says the
words, `others`, which the caller looks up in the book (a colleague, a place, a tag). Where one of these is unknown,
too, the line was no list: only what is understood wholly is taken for one. Something in the line must say that a list
is meant, customers or "list" or how long nobody called; `vip` alone may be somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from handlers.kit.texts import LANGUAGES, catalogue
from store.rules.models import Level, Stage
from store.rules.script import fold

#: Longer lines are no lists.
LINE_MOST = 60
#: The longest silence that is asked for, in days.
DAYS_MOST = 3_650


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is narrowed to. `mine` and `pool` say whose; `others` is what only the book can know."""

    level: Level | None = None
    stage: Stage | None = None
    silent: int | None = None
    mine: bool = False
    pool: bool = False
    untagged: bool = False
    others: tuple[str, ...] = field(default=())
    """Each several words, where they stand together: united kingdom."""


_NUMBER = r"(?P<{0}>\d{{1,4}}|[一二两三四五六七八九十]{{1,3}}|半|an?|one|two|three|six)"
_UNIT = r"(?P<{0}>天|日|个?星期|个?礼拜|周|个?月|年|days?|weeks?|months?|years?)"
#: The ends of a word in Latin letters; beside a Chinese character a word boundary sees none.
_LEFT, _RIGHT = "(?<![a-z0-9])", "(?![a-z0-9])"
_CONTACT = "(?:联系|跟进|回访|沟通|联络|拜访|打电话|来往|往来)"
_SILENT = (
    rf"(?:超过|已经|有)?\s*{_NUMBER.format('n1')}\s*{_UNIT.format('u1')}(?:以上|多)?(?:都|还)?(?:没有?|未)(?:再)?{_CONTACT}(?:过|了)?",
    rf"(?:no contact|not contacted|not been contacted|uncontacted|untouched|silent|stale|quiet|"
    rf"(?:not|n[’']?t)(?: been)? (?:called|contacted|visited|spoken to|talked to|heard from|call|contact|visit))"
    rf"(?: in| for| since)?"
    rf"(?: the last| over| more than)? {_NUMBER.format('n2')} {_UNIT.format('u2')}",
    rf"{_NUMBER.format('n3')} {_UNIT.format('u3')} (?:without contact|not contacted|silent|no contact)",
)
_KNOWN = (
    *(rf"(?P<silent{place}>{pattern})" for place, pattern in enumerate(_SILENT)),
    rf"(?P<mine>我自己的|我的|{_LEFT}(?:my|mine){_RIGHT})",
    rf"(?P<pool>公海|公共池|没人跟的|无主的?|{_LEFT}(?:unowned|pool){_RIGHT})",
    r"(?P<untagged>(?:还?没有?打?|未打|未加|无|不带)任?何?标签的?"
    rf"|{_LEFT}(?:untagged|without (?:an? |any )?tags?|no tags?){_RIGHT})",
    r"(?P<verb>列出|列一下|筛选|谁是|有?哪些是?|(?:我们?)?(?:现在|一共|总共)?有?多少[位个]?"
    rf"|{_LEFT}(?:list|filter|who (?:is|are)|how many){_RIGHT})",
    rf"(?P<all>所有|全部|{_LEFT}(?:all|every){_RIGHT})",
    rf"(?P<noun>客户|顾客|联系人|{_LEFT}(?:customer|client|contact)s?{_RIGHT})",
    r"(?P<noise>的|名单|列表|给我|看看|在|和|且|[\s,、。.;:]+"
    rf"|{_LEFT}(?:the|an?|of|in|from|at|with|who|whose|are|is|has|have|having|me|and|for|show|we|do|i){_RIGHT})",
)
#: What says, before or behind a list, that all of it are meant.
_ALL = re.compile(
    r"\s*(?:(?:all|every|each)\b(?:\s+of\b)?|every(?:one|body)\b|所有的?|全部的?|全体|每一?[个位])\s*", re.IGNORECASE
)
_EACH = re.compile(r"(?:全|通通|统统)?都?\s*$")
_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ENGLISH = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "six": 6}
_UNITS = (("天日d", 1), ("星礼周w", 7), ("月m", 30), ("年y", 365))


def whole_of(typed: str) -> tuple[str, bool]:
    """The words of a list without those that say all of it, and whether there are such: 所有VIP客户都, every lead."""
    found = _ALL.match(typed)
    return _EACH.sub("", typed[found.end() :] if found else typed).strip(), found is not None


def recognise(line: str, *, narrowed: bool = False) -> Listing | None:
    """The list that a line asks for, or None. `narrowed`: what was taken out of the line says that a list is meant."""
    plain = fold(line.strip())
    if not plain and narrowed:
        return Listing()
    if not plain or len(plain) > LINE_MOST:
        return None
    found: dict[str, str] = {}
    others: list[str] = []
    for kind, words in _pieces(plain):
        if kind == "other":
            others.append(words)
        elif kind in found and kind not in ("noun", "noise", "all", "verb"):
            return None  # two levels: a list has one
        else:
            found[kind] = words
    silent = _days(found["silent"]) if "silent" in found else None
    listing = Listing(
        level=_level(found.get("level")), stage=_stage(found.get("stage")), silent=silent, mine="mine" in found,
        pool="pool" in found, untagged="untagged" in found, others=tuple(others),
    )  # fmt: skip
    if not (narrowed or _asks(found, listing)) or ("silent" in found and not silent) or (listing.mine and listing.pool):
        return None
    return listing


def _asks(found: dict[str, str], listing: Listing) -> bool:
    """Whether something in the line says that a list is meant."""
    if found.keys() & {"verb", "silent", "pool", "untagged"} or "客户" in found.get("stage", ""):
        return True
    if listing.mine and (listing.level or listing.stage):
        return True
    return "noun" in found and ("all" in found or listing != Listing())


def _pieces(plain: str) -> Iterator[tuple[str, str]]:
    """The line piece by piece; "other" is what stands between what is known, several words of it together."""
    begin: int | None = None
    end = 0
    for match in _pattern().finditer(plain):
        if match.start() > end and begin is None:
            begin = end
        if not match[0].isspace():
            if begin is not None:
                yield "other", plain[begin : match.start()].strip()
            begin = None
            kind = match.lastgroup or "noise"
            if kind != "noise":
                yield kind.rstrip("0123456789"), match[0]
        end = match.end()
    if end < len(plain) or begin is not None:
        yield "other", plain[end if begin is None else begin :].strip()


@cache
def _pattern() -> re.Pattern[str]:
    levels, stages = "|".join(map(_word, _named("level"))), "|".join(map(_word, _named("stage")))
    # 流失客户, 成交的VIP客户: of 已流失 and 已成交, said of customers only.
    stages += "".join(rf"|{name[1:]}(?=\S{{0,4}}客户)" for name in _named("stage") if name[0] == "已")
    # Python's lastgroup names the outermost group that closed last, so each alternative is one named group.
    return re.compile("|".join((*_KNOWN[:6], rf"(?P<level>{levels})", rf"(?P<stage>{stages})", *_KNOWN[6:])))


def _word(word: str) -> str:
    return rf"{_LEFT}{re.escape(word)}s?{_RIGHT}" if word.isascii() else re.escape(word)


@cache
def _named(kind: str) -> dict[str, str]:
    """What the levels or stages are called in either language; "customer" is said of all of them."""
    of: type[Level | Stage] = Level if kind == "level" else Stage
    names = {fold(str(catalogue(language)[f"{kind}.{one.value}"])): one.value for language in LANGUAGES for one in of}
    return {name: names[name] for name in sorted(names, key=len, reverse=True) if name != "customer"}


def _level(word: str | None) -> Level | None:
    return Level(_meant("level", word)) if word else None


def _stage(word: str | None) -> Stage | None:
    return Stage(_meant("stage", word)) if word else None


def _meant(kind: str, word: str) -> str:
    named = _named(kind)
    return next(named[name] for name in (word, word.removesuffix("s"), f"已{word}") if name in named)


def _days(said: str) -> int | None:
    """How many days a silence is."""
    match = next(found for pattern in _SILENT if (found := re.fullmatch(pattern, said)))
    number, unit = (next(part for name, part in match.groupdict().items() if part and name[0] == kind) for kind in "nu")
    each = next(days for letters, days in _UNITS if unit.removeprefix("个")[0] in letters)
    days = each // 2 if number == "半" else _number(number) * each
    return days if 0 < days <= DAYS_MOST else None


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if said in _ENGLISH:
        return _ENGLISH[said]
    tens, ten, ones = said.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones, 0) if len(ones) <= 1 else 0)
