"""What a Chinese word looks like: a firm, a job, a name, something that is said about somebody.

`firm("云帆科技")`, `title("采购经理")`, `name("张伟")`, `note("要报价")`. Nothing here knows where a word stands.
"""

import re
from functools import lru_cache

from handlers.understand.capture.lexicon import (
    AGENCY_END,
    CJK,
    FIRMS,
    HEADS,
    JOBS,
    LEGAL_END,
    MODIFIERS,
    NOTE_END,
    NOTE_INSIDE,
    NOTE_START,
    PLACE,
    ROOF_END,
    STRONG_END,
    TITLE,
    TITLE_END,
    TITLE_LIKE,
    TRADE_END,
    TRADE_ONLY,
    any_of,
    latin_words,
    words,
)
from store.rules.person_name import COMPOUND, JOB_ADDRESS, SURNAMES, familiar, likeness, spoken
from store.rules.places import is_place, prefix

LONGEST_FIRM = 30
LONGEST_NAME_OF_FIRM = 8
LONGEST_TITLE = 16
"""Lengths beyond which nothing is looked for: the patterns of known words are quick on words, not on pages."""
ONE_LINE = 64
"""The same words of a line are looked at many times."""
_MEASURES = "个台套件箱吨万元块次份岁斤米平人名年月天亿千百只条瓶包双桶辆间家层寸折点分位袋张支根克升方期%"
_COUNTED = re.compile(
    rf"\d+(?:\.\d+)? ?(?:[{_MEASURES}]|公斤|小时)|[一二三四五六七八九十百千万几两]+[个套件箱吨万块次份岁]"
    rf"|(?<=[{CJK}])[一二三四五六七八九十百千万几两]+[台元]"
)
_LATIN_PART = re.compile(rf"[A-Za-z]{{3,15}}(?=[{CJK}]{{2}})")
"""marketing经理"""
_LATIN_HEAD = re.compile(rf"(?<=[{CJK}]{{2}})[A-Za-z]{{4,12}}$")
"""高级Consultant"""
_LATIN_END = re.compile(rf"(?<=[{CJK}])[A-Za-z]{{3,12}}$")
"""瑜舍Studio"""
_LETTERS_END = re.compile(rf"(?<=[{CJK}]{{2}})(?:{any_of(words('job', 'letters'))}|[A-Z]{{2,3}})$")
"""产品经理PM"""
_ADDRESSED = re.compile(rf"(?P<name>[{CJK}])(?:工|{any_of(JOB_ADDRESS)})$")
_ROLES = latin_words("roles")
DEALS_IN = re.compile(
    r"(?:自己|自家|家里)开.{1,5}的?$|开.{1,5}的$|(?:主要|专门|专业)?(?:做|开(?=.[馆店厂])|卖|搞|主营|经营|从事|专营|专做)"
)
_DEALS_THERE = re.compile(
    rf"(?:在{PLACE}?[{CJK}]{{0,4}}?(?:做|开|卖|搞|经营|从事)|{PLACE}(?:做|卖|搞|主营|经营|从事))[{CJK}]{{2,}}"
    rf"|[{CJK}]{{1,5}}(?:市场|街|路口|门口|商场)里?(?:卖|做|开|摆)[{CJK}]{{1,6}}"
    rf"|[{CJK}]{{1,8}}(?:旁边?|附近|对面|隔壁|楼[上下]|门口)(?:卖|做|开|摆)[{CJK}]{{1,8}}"
)
"""What somebody lives on, and where: 在厦门开民宿, 福州做茶叶批发的."""
_HOLDS_FIRM = re.compile(rf"[{CJK}]{{3,}}(?<![分子总])(?:公司|集团)")
_NO_FIRM = re.compile(
    r"(?:来|去|到|在|回|见|约|我|我们|你|你们|他|他们|贵|本|该|这|那|一|某|新|老|原|前)家?"
    rf"(?:公司|工厂|门店|单位|办公室|厂|店|集团)里?|[{CJK}]{{1,4}}[族籍]"
)
_FIRM_PART = re.compile(
    rf"[{CJK}A-Za-z]{{2,12}}(?:公司|集团|银行|大学|医院)(?P<part>[{CJK}]{{1,8}}(?:部|分公司|中心|处|院|系|所|站|局))"
)
_TOLD = re.compile("打电话|来电|打来|有个|介绍了|认识了")
_WANTS = re.compile(
    rf"(?:想(?!念|象)|要[买做订办找换租学装看]|打算|准备|希望|人在|[他她][开做]|住(?![友建宅])).*|[{CJK}]{{2,}}(?<![理联思梦构幻])想(?![念象])[{CJK}]{{2,}}|[{CJK}]{{2,}}(?<![重主需只])要(?!素)[{CJK}]{{2,}}"
)
"""想开分店, 家里装修要定制衣柜: what somebody wants, whatever it ends with."""
_DENIES = re.compile("[不没]")
_SPEAKS_OF = re.compile(r"(?:这|我|他|她)(?:是|们|的)")
NAME_MOST = 4
SPOKEN, FAMILIAR, FULL = 9.0, 7.0, 3.0
"""What a name is worth: with a form of address, as colleagues say it, and (added to `likeness`) as a full name."""
SHAPE, _BRAND_LIKE = 3, 0.75
"""What `likeness` says of a mere shape, and what is taken off for two characters of it."""
SURE = FULL + 4
"""What a name is worth by a usual surname or usual given name: 4 in `likeness`."""
LEGAL, STRONG, TRADE, PLACED, UNKNOWN = 9.0, 6.0, 6.0, 4.0, 3.0
"""What a firm is worth: by legal form, by what it is, by its trade, by its place, or by nothing but standing there."""


@lru_cache(maxsize=ONE_LINE)
def firm(text: str) -> float:
    """How much a word looks like a firm, by how it ends; 0 when nothing says so."""
    if _NO_FIRM.fullmatch(text):
        return 0
    part = _FIRM_PART.fullmatch(text)
    if part and not TITLE.fullmatch(part["part"]):
        return STRONG
    if LEGAL_END.search(text) or text.startswith(("株式会社", "有限会社")):
        return LEGAL if len(text) > 2 else 0
    if len(text) >= 3 and STRONG_END.search(text) and not is_place(text):
        return STRONG
    if TRADE_END.search(text) and not (len(text) <= LONGEST_TITLE and TRADE_ONLY.fullmatch(text)):
        return TRADE
    if _is_agency(text) or is_under_roof(text):
        return TRADE
    latin = _LATIN_END.search(text)
    return TRADE if latin and latin.group().lower() in FIRMS else 0


def _is_agency(text: str) -> bool:
    """Whether a word ends like a job and is a firm by the place before it and its trade: 上海浦江保险经纪."""
    agency, place = AGENCY_END.search(text), prefix(text)
    trade = text[len(place) : agency.start()] if agency else ""
    return bool(place) and len(trade) > 2 and TRADE_END.search(trade) is not None and not TRADE_ONLY.fullmatch(trade)


def is_under_roof(text: str) -> bool:
    """Whether a word is a house of shops with a place before it: 中山古镇灯饰城, 义乌国际商贸城."""
    roof, place = ROOF_END.search(text), prefix(text)
    return roof is not None and 0 < len(place) < roof.start() and not is_place(text)


def note(text: str) -> bool:
    """Whether a word says something about somebody: a verb, a count, a particle."""
    if len(text) > NAME_MOST + 2 and _SPEAKS_OF.match(text) and firm(text) < LEGAL:
        return True
    if (DEALS_IN.match(text) or _DEALS_THERE.fullmatch(text)) and firm(text) < LEGAL:
        return True
    if text[-2:] != "公司" and _WANTS.fullmatch(text):
        return True
    told = len(text) > LONGEST_NAME_OF_FIRM and _TOLD.search(text)
    if firm(text) >= STRONG and len(text) > 4 and not told and not NOTE_START.match(text):
        return False
    if NOTE_INSIDE.search(text) or _NO_FIRM.fullmatch(text) or _COUNTED.search(text) or len(text) > LONGEST_FIRM:
        return True
    if firm(text):
        return False
    if len(text) >= NAME_MOST and _DENIES.search(text, 1):
        return True
    if NOTE_START.match(text):
        return True
    # 宗庆后 ends like a note, and is somebody.
    return len(text) > 2 and NOTE_END.search(text) is not None and not (len(text) == 3 and likeness(text) >= 3)


@lru_cache(maxsize=ONE_LINE)
def title(text: str) -> bool:
    """Whether a word is a job, and not a name with a job for a form of address (秦朗经理, but 项目经理)."""
    if len(text) > LONGEST_TITLE or _HOLDS_FIRM.match(text) or text[0] in "他她我" or "的" in text:
        return False
    if text in JOBS:
        return True
    letters = _LETTERS_END.search(text)
    if letters and TITLE.fullmatch(text[: letters.start()]):
        return True
    head = _LATIN_HEAD.search(text)
    if head and head.group().lower() in _ROLES and TITLE.fullmatch(text[: head.start()] + "经理"):
        return True
    of = _LATIN_PART.match(text)
    if of and of.group().lower() in MODIFIERS | HEADS | FIRMS:
        return title(text[of.end() :])
    if TITLE.fullmatch(text):
        told = spoken(text)
        return told is None or TITLE.fullmatch(told.name) is not None or not is_surname(told.name)
    if spoken(text) is not None or firm(text) or _of_firm(text) or _ends_with_person(text):
        return False
    if len(text) > 3 and text[0] not in "要想需求做" and TITLE_LIKE.fullmatch(text):
        return True
    return len(text) > 2 and TITLE_END.fullmatch(text) is not None and likeness(text) < 3 and not prefix(text)


def _ends_with_person(text: str) -> bool:
    """Whether a word ends with somebody who is called by a job: 采购负责人李工, 心内科李主任, but not 设备维修工."""
    called = _ADDRESSED.search(text)
    of = text[: called.start()] if called else ""
    named = called is not None and called["name"] != "部" and is_surname(called["name"])
    return named and bool(TITLE.fullmatch(of) or firm(of))


def _of_firm(text: str) -> bool:
    """Whether a job's unknown first part is a firm: 长安造纸厂采购, but not 汽车销售 or 奶茶店店长."""
    for cut in range(3, len(text) - 1):
        of, job = text[:cut], text[cut:]
        trade_alone = TRADE_ONLY.fullmatch(of) or (cut == 3 and of[-1] == job[0])
        if firm(of) and not trade_alone and TITLE.fullmatch(job):
            # 无线通信工程师 is what somebody is, 蔚来汽车销售 where and what.
            return STRONG_END.search(of) is not None or job[-1] not in "师员"
    return False


def is_surname(text: str) -> bool:
    """Whether a text is a surname, and no more."""
    return text in SURNAMES or text in COMPOUND


def name(text: str) -> float:
    """How much a word is worth as a name."""
    if spoken(text):
        return SPOKEN
    if familiar(text):
        return FAMILIAR
    like = likeness(text)
    if like <= 1:
        return float(like)
    # Two characters by their shape alone are more often a brand (华为, 万科) than three are.
    return FULL + like - (_BRAND_LIKE if like == SHAPE and len(text) == 2 else 0)


def sure(text: str) -> bool:
    """Whether a word is surely somebody's name: 王总, 张伟, 小李."""
    return spoken(text) is not None or likeness(text) >= 4 or familiar(text)
