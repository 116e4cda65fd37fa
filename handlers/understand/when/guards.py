"""What looks like a time and is a name, a place or a number: 两点建议, 每日优鲜, Good morning, at 5 Oxford Street.

`refused` is called by `reader.py` with every phrase. A phrase that says more than one thing (a day and an hour) is
rarely a name, so most guards look only at weak phrases: one bare word, no time of day, no word like "on" or 下 before
it. What looks like a day is in `guards_days.py`.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.understand.when.guards_days import CODE_BEFORE, NAME_BEFORE, STREET_AFTER, given_name, no_day
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.place import HAN, Place, one_of
from handlers.understand.when.tokens import Tokens

_NO_HOUR: Final = re.compile(
    one_of(
        "要求 要点 建议 意见 问题 原因 说明 注意 想法 内容 不同 区别 感受 心得 收获 好处 特点 优势 理由 看法"
        " 之间 补充 启示 体会 反馈 积分 优惠 定位 方面 安排事 水 式 都 也 不 儿 没 钱 小 多 少 一 共 折 几 点 半点"
        " 透 事 通"
    )
)
_BEFORE_AN_HOUR: Final = frozenset(
    "的定到在于约是改说等为成那就了见会日天午上晚早从自至、,。;:和与跟及或前赶期号五六七周末"
)
_BEFORE_A_LITTLE: Final = frozenset("早晚快慢多少大小好有提下共高低便贵重轻长短近远胖瘦差强弱第几每这宜些点热冷")
_GREETING: Final = re.compile(r"^\s*(?:好(?![的像])|安)")
_BIRTH_BEFORE: Final = re.compile(
    one_of(
        r"生日 出生 出生日期 生于 诞辰 成立于 成立 注册于 born birthday dob b\.d\. bday birth\sdate"
        r" date\sof\sbirth founded since est\.?"
    )
    + r"\s*(?:on|in|is|是|为|于)?\s*:?\s*$"
)
_HONORIFIC_BEFORE: Final = re.compile(r"\b" + one_of("mr mrs ms miss dr prof sir madam") + r"\.?\s+$")
# What a ratio or a score is of: 9:16竖版.
_RATIO_OF: Final = re.compile(
    r"\s*" + one_of("竖 横 版 屏 比 画 配 兑 的?比例 大胜 完胜 战胜 击败 领先 落后 ratio scale")
)
_COUNTED: Final = frozenset(KINDS[kind] for kind in ("workday", "weekend", "weekdays"))
_COUNT_BEFORE: Final = re.compile(
    r"(?:[\d一二三四五六七八九十两几个]|\b" + one_of("one two three four five six several few many of") + r")\s*$"
)
_RHYTHM_WORDS: Final = frozenset((KINDS["every"], KINDS["often"]))
_UNITS: Final = frozenset(KINDS[kind] for kind in ("week", "month", "yue", "quarter", "yearunit"))
_NUMERALS: Final = frozenset("0123456789零〇一二两三四五六七八九十百千几数半个多")
# Parts of the day that stand in names more often than they begin a sentence: 午后红茶, 黎明之光.
_LITERARY_PARTS: Final = frozenset(
    ("午后", "清晨", "黎明", "午间", "子夜", "拂晓", "黄昏", "清早", "晨间", "夜间", "午夜", "正午")
)
_BRAND_ADVERBS: Final = frozenset(("天天", "日日", "月月", "年年", "周周", "每日", "双周", "双月", "隔年"))
# A number of days with capitals is what a film or a book is called: 28 Days Later.
_TITLE_OF_LENGTH: Final = re.compile(r"\d+ [A-Z][a-z]+ (?:Later|Ago|After)")
_ADJECTIVES: Final = frozenset(("annual", "biannual", "semiannual", "biennial", "everyday"))


def refused(phrase: Phrase, tokens: Tokens, text: str) -> bool:
    """Tell whether the phrase is part of something that is no time."""
    place = Place(phrase, tokens, text)
    if phrase.now:
        # "by now", "for now"
        return not place.whole or place.first.kind != KINDS["now"]
    if _no_phrase(place) or _glued(place):
        return True
    if phrase.clock is not None:
        return _no_hour(phrase, place)
    if phrase.every is not None:
        return _no_rhythm(phrase, place)
    if phrase.shape is not None:
        return no_day(phrase, place)
    return phrase.ago is None and _no_part(phrase, place)


def _no_phrase(place: Place) -> bool:
    """Tell what no phrase can be, whatever it says."""
    first = place.first
    if first.kind == KINDS["pass"] and place.before.endswith(("已经", "都", "刚", "才", "又", "没")):
        return True
    if first.kind in (KINDS["ahead"], KINDS["later"]) and place.left in "提延推落靠向往":
        return True
    if first.kind in (KINDS["last"], KINDS["next"]) and place.left == "以":
        # 3年以上7年以下
        return True
    if first.kind in _UNITS and first.form == "zh" and place.left in _NUMERALS:
        # 十年中国: what follows a number is counted by it.
        return True
    if place.left == "年" and first.kind == KINDS["num"]:
        # 康熙三年五月: the month of a year that we don't read.
        return True
    if first.kind in _COUNTED and _COUNT_BEFORE.search(place.before):
        return True
    if first.form == "en" and place.company and not any(c.isdecimal() for c in place.said):
        return True
    if first.form == "en" and _HONORIFIC_BEFORE.search(place.before):
        return True
    if _TITLE_OF_LENGTH.fullmatch(place.typed):
        return True
    return _BIRTH_BEFORE.search(place.before) is not None


def _glued(place: Place) -> bool:
    """Tell whether the phrase is joined to letters or digits that make it part of a code."""
    right, left, end = place.right, place.left, place.said[-1]
    if right.isascii() and right.isalnum() and end.isascii() and end.isalnum():
        return True
    if right in "%°℃@_" or (right == "." and end.isascii() and place.after[1:2].isalnum()):
        return True
    if place.after.startswith("-ish"):
        return False
    if right in ":-" and end.isascii() and end.isalnum() and place.after[1:2].isascii() and place.after[1:2].isalnum():
        # the number of a network card, the parts of a code
        return True
    if left in ":-" and place.before[-2:-1].isascii() and place.before[-2:-1].isalnum() and place.said[0].isascii():
        return True
    return left in "_@\\" and place.said[0] != "@"


# --- times of day -----------------------------------------------------------------------------------------------------


def _no_hour(phrase: Phrase, place: Place) -> bool:
    if place.said.startswith(("早一点", "晚一点")):
        return True
    if phrase.shape is not None or phrase.part or phrase.every is not None or phrase.until is not None:
        return False
    if phrase.clock is not None and phrase.clock.named == "now":
        return True
    if place.first.kind == KINDS["clock"] and place.single and _RATIO_OF.match(place.after):
        return True
    if place.last.kind == KINDS["meridiem"] and place.last.end - place.last.start == 1:
        # 3p and 9a are times where a time is looked for, else flats and plates.
        return not (place.whole or phrase.placed or place.first.kind in (KINDS["at"], KINDS["clock"]))
    if place.first.kind in (KINDS["at"], KINDS["about"]):
        if place.last.form == "padded":
            return False
        return place.name_after or STREET_AFTER.match(place.text, place.last.end) is not None
    if place.brand and not place.before.strip():
        # 八点半咖啡馆
        return True
    if place.last.kind == KINDS["point"]:
        # 九点钟方向
        bare = place.last.end - place.last.start == 1
        return place.han_after.startswith("方向") or (bare and _no_chinese_hour(place))
    if place.first.name and place.typed[0].isupper() and place.name_after and not phrase.placed:
        # Midnight Express
        return True
    return place.first.kind == KINDS["clock"] and place.single and CODE_BEFORE.search(place.before) is not None


def _no_chinese_hour(place: Place) -> bool:
    """Tell 3点打给他 from 三点建议 and 早一点."""
    number, left = int(place.first.number), place.left
    if _NO_HOUR.match(place.han_after) or place.said_on is False:
        return True
    if number == 1 and place.first.form == "zh" and left in _BEFORE_A_LITTLE:
        return True
    if HAN.match(left) and left not in _BEFORE_AN_HOUR:
        return not place.han_after or number <= 3 or left in _BEFORE_A_LITTLE
    return False


# --- rhythms and parts ------------------------------------------------------------------------------------------------


def _no_rhythm(phrase: Phrase, place: Place) -> bool:
    if KINDS["except"] in place.kinds and not _RHYTHM_WORDS & place.kinds:
        # except Friday, without "every day"
        return True
    if not place.single:
        return False
    if place.first.kind == KINDS["workday"]:
        return not phrase.part
    if place.first.kind == KINDS["often"]:
        return _no_adverb(place)
    return place.first.kind == KINDS["weekdays"] and (place.title or NAME_BEFORE.search(place.before) is not None)


def _no_adverb(place: Place) -> bool:
    if place.first.form == "zh":
        brand = place.said in _BRAND_ADVERBS and (place.said_on is False or given_name(place))
        return brand or place.company_name or place.han_after.startswith("达")
    if place.before.rstrip().endswith(("twice", "thrice", "times")):
        return True
    if place.said in _ADJECTIVES:
        return bool(place.word_after)
    return place.typed[0].isupper() and place.word_after[:1].isupper()


def _no_part(phrase: Phrase, place: Place) -> bool:
    if phrase.part_weak or place.right == "'":
        return True
    if place.first.form == "en" and place.first.kind == KINDS["part"]:
        # "Good morning" greets; "after lunch" and "late afternoon" don't.
        return not (place.whole or " " in place.said)
    if _GREETING.match(place.after) is not None or place.han_after.startswith("茶") or place.brand:
        return True
    return place.said in _LITERARY_PARTS and place.name_like
