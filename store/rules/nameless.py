"""Anonymises a quote: removes from somebody's words everything that tells who they are about.

    hider = Hider(people=["刘晓梅", "王芳"], phrases=["云帆科技"], numbers=["+8613800138000"])
    hider.clean("我是刘晓梅，接头漏水，打 138-0013-8000")   →  "我是***，接头漏水，打 ***"

Two methods together: what the book knows of customer and staff is found in any spelling of the same letters (刘 晓 梅,
小刘, Liu Xiaomei, J.a.n.e), and whatever looks like a name, number, address or account is removed, whoever's it is. It
errs on the side of removing too much: a quote is there for what went wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from store.rules import company, person_name, pinyin
from store.rules.script import flat, has_han, is_han

MASK = "***"
#: Characters of somebody's words that are looked at.
READ_MOST = 1_000
#: How many characters that are no letters may stand between two letters of a name: L.i  L_e_i.
GAP_MOST = 3
#: Letters that a Latin part of a name has at least to be looked for by itself.
PART_LEAST = 3
#: Given names that are words too: only with a capital are they taken for a name.
_WORDS = frozenset({
    "will", "may", "mark", "grace", "hope", "rose", "bill", "art", "faith", "joy", "summer", "young", "long", "king",
    "day", "june", "april", "august", "rich", "frank", "grant", "pat", "rob", "sue", "drew", "chase", "price", "short",
    "small", "best", "good", "white", "black", "green", "brown", "wood", "stone", "field", "hill", "rice", "park",
})  # fmt: skip
#: Forms of address that follow a surname; 总 and 工 stand in too many other words.
_ADDRESSES = sorted({*person_name.ADDRESS_GENDER, *person_name.JOB_ADDRESS} - {"工", "总"}, key=len, reverse=True)
_ADDRESSED = (
    rf"(?:{'|'.join(sorted(person_name.COMPOUND))}|[{''.join(sorted(person_name.COMMON))}])[\u4e00-\u9fff]{{0,2}}?"
    rf"(?:{'|'.join(_ADDRESSES)}|总(?![是算共会要有在不觉部计得体量价数结监之和归]))"
)
_SAID_TO_BE = (
    r"(?:我叫|叫我|名叫|我是|我姓|姓名|联系人|收[件货]人|经办人|签收人|下单人|署名|落款|签名)"
    r"(?:[是为叫]|[\s:：])*(?P<name>[\u4e00-\u9fff]{2,4})"
)
_SAID_IN_ENGLISH = (
    r"(?i:\b(?:my name is|name|i am|i'm|this is|call me|contact|ask for|regards|sincerely|cheers|thanks|signed"
    r"|mr|mrs|ms|miss|mx|dr|prof|sir|madam)\b)[\s.,:–—-]*(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})"
)
_DOT = r"\s*(?:\.|\(dot\)|\[dot\]|\sdot\s|点)\s*"
#: Where a word begins: looked for at every letter, a long one would be read over and over.
_ALONE = r"(?<![a-z0-9._%+-])"
_TELLING = (
    r"(?:https?://|www\.|\bt\.me/)[^\s\u4e00-\u9fff]+",
    rf"{_ALONE}[a-z0-9][a-z0-9._%+-]*\s*(?:@|\(at\)|\[at\]|艾特|#)\s*[a-z0-9-]+(?:{_DOT}[a-z0-9-]+)*",
    rf"{_ALONE}[a-z0-9][a-z0-9._%+-]*\s+at\s+[a-z0-9-]+\s+dot\s+[a-z]+(?:{_DOT}[a-z0-9-]+)*",
    r"@[a-z0-9_]{3,}",
    r"(?:微信|威信|薇信|v信|扣扣|飞书|钉钉|抖音)(?:号|id|是|[:=\s])*[a-z0-9][a-z0-9_.-]{3,}",
    r"\b(?:we\s?chat|weixin|wx|vx|qq|telegram|tg|whats\s?app|line|skype)\b(?:\s*(?:\bid\b|\bis\b|[:=])+\s*"
    r"|\s+(?=[a-z0-9_.-]*[\d_]))[a-z0-9][a-z0-9_.-]{3,}",
    # numbers of seven digits or more, be they written as words: telephones, accounts, identity cards
    r"\+?(?:[\d零〇一二三四五六七八九幺两][\s().·/–—-]{0,2}){6,}[\d零〇一二三四五六七八九幺两]x?",
    r"[\u4e00-\u9fff]{1,8}?(?:路|街|大道|道|巷|弄|胡同|村|镇)\s*[\d一二三四五六七八九十百]+\s*[号弄][\w\u4e00-\u9fff-]{0,12}?(?:室|楼|单元|栋|幢|号)?",
    r"(?<!\d)\d+\s*[栋幢座]\s*(?:\d+\s*单元)?\s*\d*\s*[室号]?",
    r"\b\d+[a-z]?\s+(?:[a-z'’]+\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|square)\b\.?",
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][\s·]?[a-z0-9]{5,6}(?![a-z0-9])",
)

Span = tuple[int, int]


class Hider:
    """Removes identifying words. It is made from the names of people, other identifying phrases (companies, addresses,
    accounts) and telephone numbers.
    """

    def __init__(self, people: Iterable[str], phrases: Iterable[str] = (), numbers: Iterable[str] = ()) -> None:
        told = [*(one for person in people for one in _spellings(person)), *(_letters(one) for one in phrases)]
        self._needles = frozenset(needle for needle in told if len(needle) > 1)
        self._numbers = tuple("".join(filter(str.isdigit, number)) for number in numbers)

    def __or__(self, other: Hider) -> Hider:
        """One that knows what both know."""
        both = Hider(())
        both._needles, both._numbers = self._needles | other._needles, self._numbers + other._numbers
        return both

    def clean(self, text: str) -> str:
        """The words in one line, with `MASK` for what tells who somebody is."""
        line = _plain(text)
        shadow = _shadow(line)
        kept, at = [], 0
        for begin, end in _joined([*self._known(line, shadow), *_telling(line, shadow)]):
            kept += [line[at:begin], MASK]
            at = end
        return "".join([*kept, line[at:]]).strip()

    def _known(self, line: str, shadow: str) -> Iterator[Span]:
        places = [at for at, character in enumerate(shadow) if character.isalnum()]
        letters = "".join(shadow[at] for at in places)
        for needle in self._needles:
            found = letters.find(needle)
            while found >= 0:
                stands = places[found : found + len(needle)]
                if _is_word(line, needle, stands):
                    yield stands[0], stands[-1] + 1
                found = letters.find(needle, found + 1)
        for number in re.finditer(r"\d{4,6}", shadow):
            if any(known.endswith(number[0]) for known in self._numbers):
                yield number.span()


def _is_word(line: str, needle: str, stands: list[int]) -> bool:
    """Whether letters that stand so are this name, and not part of other words."""
    if any(after - before > GAP_MOST + 1 for before, after in pairwise(stands)):
        return False
    if not needle.isascii():
        return True
    begin, end = stands[0], stands[-1] + 1
    if _latin(line[begin - 1 : begin]) or _latin(line[end : end + 1]):
        return False
    return needle not in _WORDS or line[begin].isupper()


def _latin(character: str) -> bool:
    return character.isalnum() and not is_han(character)


@cache
def _read(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: not at the start, which everybody waits for."""
    return re.compile(pattern, flags)


def _telling(line: str, shadow: str) -> Iterator[Span]:
    """What looks like a name, a number, an address or an account."""
    for pattern in _TELLING:
        yield from (found.span() for found in _read(pattern).finditer(shadow))
    for found in _read(_ADDRESSED).finditer(shadow):
        if person_name.spoken(found[0]) is not None:
            yield found.span()
    for found in _read(_SAID_TO_BE).finditer(shadow):
        begin, said = found.start("name"), found["name"]
        sure = 5 if "我是" in found[0] else 4
        length = max((n for n in (2, 3, 4) if person_name.likeness(said[:n]) >= sure), default=0)
        yield begin, begin + min(length, len(said))
    for found in _read(_SAID_IN_ENGLISH, 0).finditer(line):
        yield found.span("name")


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch or overlap as one, in order."""
    whole: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if whole and begin <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((begin, end))
    return whole


def _plain(text: str) -> str:
    """The words as they are read: one line, letters in their plain form, without what can't be seen."""
    marks = "，。！？：；（）"
    read = "".join(one if one in marks else unicodedata.normalize("NFKC", one) for one in text[:READ_MOST])
    unseen = ("Cf", "Mn", "Cc", "Co")
    seen = (
        one for one in unicodedata.normalize("NFC", read) if one.isspace() or unicodedata.category(one) not in unseen
    )
    return " ".join("".join(seen).split())


def _shadow(line: str) -> str:
    """The line position for position, Simplified and of narrow width, without accents and case: é is e."""
    bare = "".join(unicodedata.normalize("NFD", character)[0].lower()[:1] or character for character in line)
    return flat(bare)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, _shadow(_plain(name))))


def _spellings(name: str) -> Iterator[str]:
    """The letters of a name as people may write it."""
    plain = _shadow(_plain(person_name.bare(name)))
    yield _letters(name)
    yield "".join(filter(str.isalnum, plain))
    han = "".join(filter(is_han, plain))
    if has_han(plain):
        family = person_name.surname(han)
        given = han[len(family) :]
        if len(given) > 1:
            yield given
        yield from (f"{familiar}{one}" for one in (family, given[:1], given[-1:]) if one for familiar in "小老阿大"
                    if len(one) > 1 or person_name.familiar(f"{familiar}{one}"))  # fmt: skip
        if len(han) > 1:
            yield from pinyin.spellings(han, 3)
            first = [told[0] for told in pinyin.syllables(han)]
            yield "".join([*first[len(family) :], *first[: len(family)]])
    latin = re.findall(r"[^\W\d_]+", re.sub(r"[\u4e00-\u9fff]", " ", plain))
    yield from (part for part in latin if len(part) >= PART_LEAST)
    yield "".join(reversed(latin))


def phrases_of(name: str) -> list[str]:
    """The ways in which a company may be written: in full, and by its distinctive part."""
    return [name, company.core(name)]
