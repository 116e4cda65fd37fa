"""What looks like a time and is a name, a place or a number: 周一鸣, 今日头条, 5号楼, 两点建议, May Chen, Monday Ltd.

Called by `reader.py` with every phrase. A phrase that says more than one thing (a day and an hour) is rarely a name, so
most guards look only at weak phrases: one bare word, no time of day, no word like "on" or 下 before it.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.understand.when.days import DayOfMonth, Festival, MonthDay, Offset, Weekdays, Weekend
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import MonthOnly, Nth, Span, YearOnly
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.relative import Shifted
from handlers.understand.when.tokens import Tokens

# With these a sentence goes on after a time: verbs of a salesperson's day, and words that join.
_GOES_ON: Final = frozenset(
    "回联打电发拜跟约见开去来到给找提催问聊谈看送寄签交做上下办报确检汇总更准处参吃出拿取收付还安接请让叫把和与跟在再要有会可能"
    "应必完结截预通复核对讨沟演培试写改整备买订帮陪带我他她它你您咱之以左前后内吧呢吗啊哦哈呀嘛了的整钟过起开始就也还得需想将等"
    "盘验审面飞赶启搬退换存传录补登考听讲休放值加挂抄配装修洗体视播直续追访邀商走集动没不到至-~跑推拍测清停结算转借"
)
_NO_HOUR: Final = re.compile(
    r"要求|要点|建议|意见|问题|原因|说明|注意|想法|内容|不同|区别|感受|心得|收获|好处|特点|优势|理由|看法|补充|启示|体会|反馈|水|式|都|也"
    r"|不|儿|没|钱|小|多|少|一|共|积分|优惠|折|几|点|半点|左右都|透|透视|定位|式|方面|安排事|事"
)
_BEFORE_AN_HOUR: Final = frozenset(
    "的定到在于约是改说等为成那就了见会日天午上晚早从自至、,，。;；:：和与跟及或前赶点期号五六七周末"
)
_BEFORE_A_LITTLE: Final = frozenset("早晚快慢多少大小好有提下共高低便贵重轻长短近远胖瘦差强弱第几每这宜些点热冷")

_PLACE_ENDING: Final = re.compile(
    r"(?:公司|集团|科技|传媒|文化|工作室|照相馆|影楼|摄影|酒店|宾馆|饭店|餐厅|咖啡|咖啡馆|茶馆|书店|设计|头条|优鲜|商城|超市|银行|学校|大学|中学|小学"
    r"|幼儿园|医院|诊所|药店|药房|报社|新闻|日报|晚报|周刊|杂志|网络|传播|广告|装饰|装修|建材|家具|家居|服饰|珠宝|食品|果园|快递|物流|贸易|商贸|实业"
    r"|工厂|厂|店|馆|吧|院|社|网|阁|轩|坊|号店|广场|大厦|大道|花园|小区|教育|培训|旅行社|旅游|健身|美容|美发|娱乐|影视|动漫|软件|信息|智能|电子|生物"
    r"|农业|之星|国际|控股|资本|基金|保险|证券|地产|置业|物业|律所|律师事务所|事务所|联盟|俱乐部|经济|一淘|福珠宝|向上|顺)$"
)
# 前天津市长 is no day before yesterday.
_SPLIT_WRONG: Final = ("前天津", "后天津", "今天津", "今年轻")
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_TITLES: Final = re.compile(
    r"先生|女士|小姐|经理|老师|总|哥|姐|叔|姨|工(?!作)|董|老板|主任|博士|教授|医生|律师|同学|同志|师傅|太太|夫人|书记|局长|处长|科长|校长|院长|厂长|店长|说|的"
    r"|是|想|要|\d"
)
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_DAY_NUMBER_THINGS: Final = re.compile(
    r"楼|线|店|机|位|院|仓|库|门|桌|厅|馆|车|房|室|码|字|柜|台|病|井|矿|地|单元|座|栋|幢|客户|方案|产品|商品|文件|公馆|员|选手|技师|样|色|球|人物|首长|床|坑"
    r"|令|出口|航站|公路|国道|高速|码头|口|会议|路|街|弄|巷|院|厂|公|标|电池|元素|文|种子|舱|泵|炉|塔|泊|窗|档|牌|楼层|包|箱|柱|钢|汽油|柴油|油|套|款|仓库|信箱|别墅|铺"
)
_NUMBERED_BEFORE: Final = re.compile(
    r"(?:路|街|道|巷|弄|区|园|村|镇|里|胡同|大厦|尾|工|编|单|座|型|账|帐|学|牌|机|房|门|楼|批|合同|订|第|no\.?|#|号|幢|栋|组|队|苑|庄|屯|乡|期)\s*$"
)
_CODE_BEFORE: Final = re.compile(
    r"(?:号|编号|单号|版本|型号|批次|房间|门牌|单元|合同|ver\.?|version|no\.?|ref\.?|id|room|unit|flat|suite|apt\.?|score|scored|rating|rated|评分|打分|满意度|比分|得分|比例|尺寸)"
    r"\s*[:：]?\s*$"
)
_BIRTH_BEFORE: Final = re.compile(
    r"(?:生日|出生|出生日期|生于|诞辰|born|birthday|dob|b\.d\.|bday|birth date|date of birth|成立于|成立|founded|since|est\.?|注册于)"
    r"\s*(?:on|in|is|是|为|于)?\s*[:：]?\s*$"
)
_GREETING: Final = re.compile(r"^\s*(?:好(?![的像])|安)")
_FESTIVE_THINGS: Final = re.compile(
    r"好$|月饼|礼盒|粽子|粽|礼物|礼品|树|老人|快乐|卡|套装|档|福利|路|街|广场|大道|村|镇|巷|桥|上河图|大厦|帽|装饰|歌|节目|联欢|晚会|家宴|愉快|安康|新村|小区|花园|礼"
)
_WISHES_BEFORE: Final = re.compile(r"(?:merry|happy|庆祝|祝)\s*(?:a\s+)?(?:belated\s+)?$")
_COMPANY_AFTER: Final = re.compile(
    r"\s+(?:(?i:ltd|inc|llc|corp|gmbh|plc|pty)|Co|Corporation|Company|Group|Studios?|Club|Labs?|Bank|Bistro|Cafe|Times|Post|News|Addams|Holdings"
    r"|Ventures|Partners|Media|Systems|Technologies|Tech|Software|Solutions|Industries|Foods|Hotel|Bar|Restaurant|Magazine|Mail|Bugle|Telegraph"
    r"|Herald|Show|Designs?|Consulting|Capital|International|Global|Pictures|Records|Books|Shoes|Hare)\b\.?"
)
_NAME_BEFORE_DAY: Final = re.compile(
    r"\b(?:ruby|freaky|manic|bloody|tgi|man|girl|casual|super|fat|giving|usa|psychology|taco|joe)\s+$"
)
_ORDINAL_THINGS: Final = re.compile(
    r"[\s-]*(?:floor|fl|avenue|ave|street|st|road|rd|place|time|one|edition|gen|generation|anniversary|birthday|party|grade|version|attempt|order|invoice"
    r"|customer|client|item|row|gate|century|amendment|class|degree|line|level|step|batch|round|draft|phase|visit|call|meeting|email|reminder|try|person)\b"
)
_MONTHS_THAT_ARE_NAMES: Final = frozenset((1, 3, 4, 5, 6, 8))
_PREPOSITION_BEFORE: Final = re.compile(
    r"(?:\b(?:in|by|until|till|til|before|after|from|since|on|during|every|each|next|this|last|of|for|to|through|early|late|mid|end|around|about|due|-)\s*)$"
)
_SAT_DOWN: Final = re.compile(r"\s+(?:with|down|in|at|there|next|beside|on|through|for|together)\b")
_WORD_AFTER: Final = re.compile(r"[ \t]+([A-Za-z][A-Za-z'-]*)")
_CAPITAL_WORD_BEFORE: Final = re.compile(r"([A-Z][a-z]+)[ \t]+$")
_STREET_AFTER: Final = re.compile(
    r"\s*(?:[A-Z]\w+\s+)?(?:street|st|road|rd|avenue|ave|lane|drive|square|park|way|court)\b", re.IGNORECASE
)
_COMMON_CAPITAL: Final = frozenset(
    [
        "call",
        "email",
        "meet",
        "meeting",
        "send",
        "visit",
        "remind",
        "follow",
        "lunch",
        "dinner",
        "with",
        "and",
        "at",
        "the",
        "for",
        "to",
        "i",
        "please",
        "see",
        "check",
        "talk",
        "ring",
        "text",
        "ask",
        "chat",
        "book",
        "pay",
        "coffee",
        "demo",
        "review",
        "finish",
        "submit",
        "update",
        "discuss",
        "ping",
        "invoice",
        "quote",
        "confirm",
        "am",
        "pm",
        "noon",
        "or",
        "on",
        "in",
        "by",
        "before",
        "after",
    ]
)


_COUNTABLE: Final = frozenset((KINDS["workday"], KINDS["weekend"], KINDS["weekdays"]))
_COUNT_BEFORE: Final = re.compile(
    r"(?:[\d一二三四五六七八九十两几个]|\b(?:one|two|three|four|five|six|several|few|many|of))\s*$"
)
_UNITS: Final = frozenset(KINDS[kind] for kind in ("week", "month", "yue", "quarter", "yearunit"))
_NUMERALS: Final = frozenset("0123456789零〇一二两三四五六七八九十百千几数半个多")


class _Place:
    """Where a phrase stands: its ends, and the text around them, folded and as typed."""

    def __init__(self, phrase: Phrase, tokens: Tokens, text: str) -> None:
        self.first = tokens.items[phrase.first]
        self.single = phrase.last - phrase.first == 1
        if self.first.kind == KINDS["the"] and phrase.last - phrase.first == 2:
            self.first = tokens.items[phrase.first + 1]
            self.single = True
        self.last = tokens.items[phrase.last - 1]
        self.text = text
        folded = tokens.folded
        self.before = folded[max(self.first.start - 24, 0) : self.first.start]
        self.after = folded[self.last.end : self.last.end + 24]
        self.said = folded[self.first.start : self.last.end]
        self.whole = not folded[: self.first.start].strip(" .,!?;。，！？") and not folded[self.last.end :].strip(
            " .,!?;。，！？"
        )
        run = _HAN.match(folded, self.last.end)
        self.han_after = run[0] if run is not None else ""
        self.left = folded[self.first.start - 1] if self.first.start else " "
        self.right = self.after[:1] or " "

    @property
    def company(self) -> bool:
        """Tell whether a word that companies end with follows."""
        return _COMPANY_AFTER.match(self.text, self.last.end) is not None

    @property
    def typed(self) -> str:
        """Return the phrase as typed."""
        return self.text[self.first.start : self.last.end]


def refused(phrase: Phrase, tokens: Tokens, text: str) -> bool:
    """Tell whether the phrase is part of something that is no time."""
    place = _Place(phrase, tokens, text)
    if phrase.now:
        return not place.whole
    if place.first.kind == KINDS["pass"] and place.before.endswith(("已经", "都", "刚", "才", "又", "没")):
        return True
    if place.first.kind in (KINDS["ahead"], KINDS["later"]) and place.left in "提延推落靠向往":
        return True
    if place.first.kind in _UNITS and place.first.form == "zh" and place.left in _NUMERALS:
        # 十年中国: what follows a number counts it.
        return True
    if place.company and place.first.form == "en" and not re.search(r"\d", place.said):
        return True
    if _glued(place) or _BIRTH_BEFORE.search(place.before) is not None:
        return True
    if place.first.kind in _COUNTABLE and _COUNT_BEFORE.search(place.before):
        return True
    if phrase.clock is not None:
        return _no_hour(phrase, place)
    if phrase.every is not None:
        return _no_rhythm(phrase, place)
    if phrase.shape is None:
        return phrase.ago is None and _no_part(phrase, place)
    return _no_day(phrase, place)


def _glued(place: _Place) -> bool:
    """Tell whether the phrase is joined to letters or digits that make it part of a code."""
    right, left = place.right, place.left
    if right.isascii() and right.isalnum() and place.said[-1].isascii() and place.said[-1].isalnum():
        return True
    if right in "%°℃@_" or (right == "." and place.after[1:2].isalnum() and place.said[-1].isascii()):
        return True
    return left in "_@\\" and place.said[0] != "@"


# --- times of day -----------------------------------------------------------------------------------------------------


def _no_hour(phrase: Phrase, place: _Place) -> bool:
    if place.said.startswith(("早一点", "晚一点")):
        return True
    bare = phrase.shape is None and not phrase.part and phrase.every is None and phrase.until is None
    if not bare:
        return False
    if place.first.kind in (KINDS["at"], KINDS["about"]):
        return _STREET_AFTER.match(place.text[place.last.end :]) is not None or _counted_after(place)
    if place.last.kind == KINDS["point"] and place.last.end - place.last.start == 1:
        return _no_chinese_hour(place)
    if place.first.kind == KINDS["clock"] and place.single and not place.first.name:
        return _CODE_BEFORE.search(place.before) is not None
    return False


def _counted_after(place: _Place) -> bool:
    """Tell whether "at 5" goes on with what there are five of, or where."""
    word = _WORD_AFTER.match(place.text, place.last.end)
    if word is None or place.last.form == "padded":
        return False
    return word[1][0].isupper() and word[1].lower() not in _COMMON_CAPITAL


def _no_chinese_hour(place: _Place) -> bool:
    number = int(place.first.number)
    after = place.han_after
    if after and _NO_HOUR.match(after):
        return True
    if number == 1 and place.first.form == "zh" and place.left in _BEFORE_A_LITTLE:
        return True
    if after and after[0] not in _GOES_ON:
        return True
    if _HAN.match(place.left) and place.left not in _BEFORE_AN_HOUR:
        return not after or number <= 3 or place.left in _BEFORE_A_LITTLE
    return False


# --- rhythms and parts ------------------------------------------------------------------------------------------------


def _no_rhythm(phrase: Phrase, place: _Place) -> bool:
    if not place.single:
        return False
    if place.first.kind == KINDS["workday"]:
        return not phrase.part
    if place.first.kind == KINDS["often"]:
        return _no_adverb(place)
    return place.first.kind == KINDS["weekdays"] and _NAME_BEFORE_DAY.search(place.before) is not None


def _no_adverb(place: _Place) -> bool:
    after = place.han_after
    if place.first.form == "zh":
        if after.startswith("达"):
            return True
        if after and _PLACE_ENDING.search(after) and after[0] not in _GOES_ON:
            return True
        return (
            place.said in ("天天", "日日", "月月", "年年", "周周", "每日", "双周", "双月", "隔年")
            and bool(after)
            and after[0] not in _GOES_ON
        )
    if place.said in ("annual", "biannual", "semiannual", "biennial", "everyday"):
        return not place.whole
    word = _WORD_AFTER.match(place.text, place.last.end)
    return place.typed[0].isupper() and word is not None and word[1][0].isupper()


def _no_part(phrase: Phrase, place: _Place) -> bool:
    if phrase.part_weak:
        return True
    if place.first.form == "en" and place.first.kind == KINDS["part"]:
        return not (place.whole or place.last.end - place.first.start > 10 or phrase.part == "lunch")
    return (
        _GREETING.match(place.after) is not None
        or place.han_after.startswith("茶")
        or (
            bool(place.han_after)
            and place.han_after[0] not in _GOES_ON
            and _PLACE_ENDING.search(place.han_after) is not None
        )
    )


# --- days -------------------------------------------------------------------------------------------------------------


def _no_day(phrase: Phrase, place: _Place) -> bool:
    shape = phrase.shape
    weak = not phrase.part and not phrase.deadline and not phrase.after
    if isinstance(shape, YearOnly):
        return place.first.kind == KINDS["of"]
    if isinstance(shape, DayOfMonth):
        return _no_day_of_month(place)
    if isinstance(shape, MonthDay):
        return _no_month_day(phrase, place)
    if isinstance(shape, Festival):
        return _no_festival(phrase, place)
    if not weak:
        return False
    if isinstance(shape, Weekdays):
        return place.single and _no_weekday(phrase, place)
    if isinstance(shape, Nth):
        return shape.what in ("day", "week") and shape.period is None and phrase.every is None
    if isinstance(shape, Span):
        return place.first.kind in (KINDS["of"], KINDS["in"]) or (place.said + place.right)[-3:] in _SPLIT_WRONG
    if isinstance(shape, Offset | Weekend):
        return _no_relative_day(phrase, place)
    if isinstance(shape, MonthOnly):
        return _no_month(phrase, place)
    return isinstance(shape, Shifted) and _no_length(place)


def _no_day_of_month(place: _Place) -> bool:
    if place.last.kind in (KINDS["hao"], KINDS["ri"]):
        if _DAY_NUMBER_THINGS.match(place.han_after) and not place.han_after.startswith(("会", "开", "客户来", "公布")):
            return True
        return _NUMBERED_BEFORE.search(place.before) is not None and place.first.kind == KINDS["num"]
    return _ORDINAL_THINGS.match(place.after) is not None


def _no_month_day(phrase: Phrase, place: _Place) -> bool:
    first = place.first
    if first.kind == KINDS["numdate"] and place.single:
        if _CODE_BEFORE.search(place.before) is not None:
            return True
        bare = not first.date[0]
        return bare and (
            (place.left.isalpha() and place.left not in "于在到前从至自是为定约,、日期：改")
            or _counted(place.han_after)
        )
    if place.last.kind == KINDS["num"] and first.form in ("zh", "digits", "padded") and place.han_after:
        return place.han_after[0] not in _GOES_ON
    if any(ambiguous in place.typed.split() for ambiguous in ("may", "march")) and first.kind == KINDS["num"]:
        return _WORD_AFTER.match(place.text, place.last.end) is not None and not phrase.placed
    return False


def _counted(after: str) -> bool:
    return after[:1] in tuple("个份件台套次人元块折分星页倍箱条张家成")


def _no_festival(phrase: Phrase, place: _Place) -> bool:
    if place.said == "cny" and re.search(r"\d\s*[km万]?\s*$", place.before):
        return True
    if place.first.form == "en":
        return _WISHES_BEFORE.search(place.before) is not None or place.company
    if phrase.deadline or phrase.after:
        return False
    after = place.han_after
    if _FESTIVE_THINGS.match(after) or _WISHES_BEFORE.search(place.before):
        return True
    if after and after[0] not in _GOES_ON and _PLACE_ENDING.search(after):
        return True
    return _given_name(place)


def _given_name(place: _Place) -> bool:
    """Tell whether 国庆 is a person's: a surname before it, nothing Chinese before that, no sentence after it."""
    if len(place.said) != 2 or place.left not in _SURNAMES:
        return False
    further = place.before[-2:-1]
    return not (further and _HAN.match(further)) and (not place.han_after or _TITLES.match(place.han_after) is not None)


def _no_weekday(phrase: Phrase, place: _Place) -> bool:
    first = place.first
    if first.form == "en":
        return _no_english_weekday(phrase, place)
    if place.said[0] != "周":
        return _brand(place)
    if place.left in "小老阿" and place.left.strip():
        return True
    after = place.han_after
    if not after or after[0] in _GOES_ON:
        return False
    if len(after) == 1 or _TITLES.match(after[1:]):
        # 周 is a surname: 周一鸣, 周三多先生.
        return True
    return _brand(place)


def _brand(place: _Place) -> bool:
    after = place.han_after
    return bool(after) and after[0] not in _GOES_ON and _PLACE_ENDING.search(after) is not None


def _no_english_weekday(phrase: Phrase, place: _Place) -> bool:
    if _NAME_BEFORE_DAY.search(place.before) or place.company:
        return True
    if place.right in "-'" and place.after[1:2].isalpha():
        return True
    if phrase.placed or _PREPOSITION_BEFORE.search(place.before):
        return False
    word = _WORD_AFTER.match(place.text, place.last.end)
    short = len(place.said) <= 3
    if not short:
        return False
    if place.said == "sat" and place.typed == "sat" and _SAT_DOWN.match(place.after):
        return True
    if place.said == "sun" and re.search(r"\bthe\s*$", place.before):
        return True
    return (
        place.typed[0].isupper()
        and word is not None
        and word[1][0].isupper()
        and word[1].lower() not in _COMMON_CAPITAL
    )


def _no_relative_day(phrase: Phrase, place: _Place) -> bool:
    if place.first.form == "en":
        return place.company or _NAME_BEFORE_DAY.search(place.before) is not None
    if (
        place.han_after[:1] in tuple("性达")
        or place.han_after.startswith(("愉快", "快乐", "好"))
        or (place.said + place.right)[-3:] in _SPLIT_WRONG
    ):
        return True
    return place.single and place.said[-1] in "天日末" and _brand(place)


def _no_month(phrase: Phrase, place: _Place) -> bool:
    first = place.first
    if first.kind == KINDS["this"] and place.typed.endswith(("may", "march")):
        return _WORD_AFTER.match(place.text, place.last.end) is not None
    if first.form != "en" or first.kind != KINDS["monthname"]:
        return place.han_after[:1] == "天" or (place.last.kind == KINDS["yue"] and _brand(place))
    if not place.single or phrase.placed or _PREPOSITION_BEFORE.search(place.before):
        return False
    if int(first.number) in _MONTHS_THAT_ARE_NAMES:
        return not (place.whole and place.said in ("january", "march"))
    word = _WORD_AFTER.match(place.text, place.last.end)
    return word is not None and word[1][0].isupper()


def _no_length(place: _Place) -> bool:
    return place.han_after.startswith("性")
