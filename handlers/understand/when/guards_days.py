"""What looks like a day and is a name, a place or a number: 周一鸣, 今日头条, 5号楼, 王国庆, May Chen, the 5th floor.

`no_day` is called by `guards.py`, which says when.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.understand.when.days import DayOfMonth, Festival, MonthDay, Offset, Weekdays, Weekend
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.periods import Edge, MonthOnly, Nth, Quarter, Season, Span, YearOnly
from handlers.understand.when.phrase import Phrase
from handlers.understand.when.place import HAN, Place, one_of
from handlers.understand.when.relative import Shifted

# 前天津市长 is no day before yesterday.
_SPLIT_WRONG: Final = ("前天津", "后天津", "今天津", "明天津", "今年轻")
_TITLES: Final = re.compile(
    one_of(
        r"先生 女士 小姐 经理 老师 总 哥 姐 叔 姨 工(?!作) 董 老板 主任 博士 教授 医生 律师 同学 同志 师傅"
        r" 太太 夫人 书记 局长 处长 科长 校长 院长 厂长 店长 说 的 是 想 要 \d"
    )
)
# The hundred most frequent surnames, but those that begin a sentence after a day.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
# What can be all that is said after a weekday, and what can stand between one and a title.
_WHOLE_SENTENCES: Final = frozenset(
    "见聊谈打来去回约到交发签看问办做吧呢吗啊哦哈前后内起再说有行忙空休补开走送寄取收付催定了"
)
_BEFORE_A_TITLE: Final = _SURNAMES | _WHOLE_SENTENCES | frozenset("找跟给和请让与陪带帮等访拜把叫由对向同是要我你他她")
# Behind these comes whom one deals with, sooner than a day.
_NAME_AHEAD: Final = ("联系", "拜访", "添加", "新客户", "客户", "提醒", "查", "找", "叫", "姓名:", "姓名", "投诉", "记")
_NUMBERED: Final = re.compile(
    one_of(
        "楼 线 店 机 位 院 仓 库 门 桌 厅 馆 车 房 室 码 字 柜 台 病 井 矿 地 单元 座 栋 幢 客户(?!来) 方案"
        " 产品 商品 文件 公(?!布) 员 选手 技师 样 色 球 人物 首长 床 坑 令 出口 航站 国道 高速 口 会议 路 街"
        " 弄 巷 厂 桥 胶 渠 园 湾 站 岗 区 标 电池 元素 文 种子 舱 泵 炉 塔 泊 窗 档 牌 包 箱 柱 钢 汽油 柴油 油 套"
        " 款 信箱 信封 鲜 别墅 铺 达 游 均"
    )
)
_NUMBERED_BEFORE: Final = re.compile(
    one_of(
        r"路 街 道 巷 弄 区 园 村 镇 里 胡同 大厦 尾 工 编 单 座 型 账 帐 学 牌 机 房 门 楼 批 合同 订 第"
        r" no\.? # 号 幢 栋 组 队 苑 庄 屯 乡 期"
    )
    + r"\s*$"
)
CODE_BEFORE: Final = re.compile(
    one_of(
        r"号 编号 单号 版本 型号 批次 房间 门牌 单元 合同 评分 打分 满意度 比分 得分 比例 尺寸 ver\.? version"
        r" section bldg\.? building lot part rm gate chapter article serial sku model no\.? ref\.? id room"
        r" unit flat suite apt\.? score scored rating rated"
    )
    + r"\s*:?\s*$"
)
_BEFORE_A_DATE: Final = frozenset("于在到前从至自是为定约,、日期:改")
_COUNTED_THINGS: Final = frozenset("个份件台套次人元块折分星页倍箱条张家成")
_FRACTION: Final = re.compile(r"([1-9])/([2-9]|10)$")
_SHARED: Final = re.compile(
    r"的?"
    + one_of("客户 用户 人 员工 时间 成本 价 费用 市场 订单 产品 钱 份额 以上 左右 库存 利润 面积 英寸 寸 英里 杯")
    + r"|\s*(?:of\b|[\"”]|inch|cups?\b|scale\b|price\b|rating\b|stars?\b|zip\b)"
)
STREET_AFTER: Final = re.compile(
    r"\s*(?:[A-Z]\w+\s+)?" + one_of("street st road rd avenue ave lane drive square park way court") + r"\b",
    re.IGNORECASE,
)
# 2025年报, 2026年款
_OF_A_YEAR: Final = re.compile(one_of("报 鉴 级 款 版 届 检 费 货 薪 生(?!产) 产 代 式 制"))
_FESTIVE_THINGS: Final = re.compile(
    one_of(
        "好$ 月饼 礼 粽 树 老人 快乐 卡 套装 档 福利 路 街 广场 大道 村 镇 巷 桥 上河图 大厦 帽 装饰 歌 节目"
        " 联欢 晚会 家宴 愉快 安康 新村 小区 花园 寺 元素 茶 目 条 套餐 价 蛋糕 指挥部"
    )
)
_COUNTED_BEHIND: Final = re.compile(r"\s*[\d一二三四五六七八九十两几百]+\s*[箱盒份套个件斤提袋瓶只桌号弄栋]")
_WISHES_BEFORE: Final = re.compile(r"(?:merry|happy|庆祝|祝)\s*(?:a\s+)?(?:belated\s+)?$")
NAME_BEFORE: Final = re.compile(
    r"\b" + one_of("ruby freaky manic bloody tgi man girl casual super fat giving usa psychology taco joe") + r"\s+$"
)
_ORDINAL_THINGS: Final = re.compile(
    r"[\s-]*"
    + one_of(
        "floor fl avenue ave street st road rd place time one edition gen generation anniversary birthday"
        " party grade version attempt order invoice customer client item row gate century amendment class"
        " degree line level step batch round draft phase meeting reminder try person retweet"
    )
    + r"\b"
)
_AFTER_A_QUARTER: Final = frozenset(("", *"见前后内再签开交谈聊"))
# SW8 4TH is where someone lives in Britain.
_POSTCODE_BEFORE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*$")
_NAMES_TOO: Final = frozenset((1, 3, 4, 5, 6, 8))
_PREPOSITION_BEFORE: Final = re.compile(
    r"(?:\b"
    + one_of(
        "in by until till til before after from since on during every each next this last of for to through"
        " early late mid end around about due"
    )
    + r"\s*)$"
)
_NUMBER_BEFORE: Final = re.compile(r"\d\s*$")
_OTHER_CALENDARS: Final = (
    "伊斯兰",
    "伊斯兰教",
    "伊斯兰历",
    "犹太",
    "东正教",
    "以色列",
    "islamic ",
    "jewish ",
    "hijri ",
    "orthodox ",
    "parsi ",
)
_SAT_DOWN: Final = re.compile(r"\s+(?:with|down|in|at|there|next|beside|on|through|for|together)\b")


def no_day(phrase: Phrase, place: Place) -> bool:
    """Tell whether a phrase that names a day, and no hour, is part of something else."""
    shape = phrase.shape
    if isinstance(shape, YearOnly):
        return place.first.kind == KINDS["of"] or _OF_A_YEAR.match(place.han_after) is not None
    if isinstance(shape, DayOfMonth):
        return _no_day_of_month(phrase, place)
    if isinstance(shape, MonthDay):
        return _no_date(phrase, place)
    if isinstance(shape, Festival):
        return _no_festival(phrase, place)
    if isinstance(shape, Nth) and shape.what in ("day", "week") and shape.period is None:
        return True
    if phrase.part and isinstance(shape, MonthOnly) and "的" in place.said:
        # 八月的夜晚
        return True
    if phrase.part or phrase.deadline or phrase.after:
        # Saturday Night Live, 昨夜星辰
        if place.first.form == "en":
            return place.title
        return place.single and isinstance(shape, Offset) and place.name_like
    if isinstance(shape, Weekdays):
        return place.single and _no_weekday(phrase, place)
    if isinstance(shape, Quarter):
        return _no_quarter(phrase, place)
    if isinstance(shape, Span):
        # 今年预算 is no time; 明年合作 may be.
        stale = shape.unit == "year" and shape.count <= 0 and place.said_on is False
        return stale or place.first.kind in (KINDS["of"], KINDS["in"]) or _split_wrong(place)
    if isinstance(shape, Offset | Weekend):
        return _no_relative_day(place)
    if isinstance(shape, MonthOnly):
        return _no_month(phrase, place)
    if isinstance(shape, Season):
        return place.single and not phrase.placed
    if isinstance(shape, Edge):
        # 田月初
        return place.first.form == "zh" and given_name(place)
    return isinstance(shape, Shifted) and place.han_after.startswith("性")


def _split_wrong(place: Place) -> bool:
    return (place.said + place.right)[-3:] in _SPLIT_WRONG


# --- dates ------------------------------------------------------------------------------------------------------------


def _no_day_of_month(phrase: Phrase, place: Place) -> bool:
    if place.last.kind not in (KINDS["hao"], KINDS["ri"]):
        if _ORDINAL_THINGS.match(place.after) or _POSTCODE_BEFORE.search(place.before):
            return True
        # 1st Choice, 5th Element
        return place.single and place.name_after and not phrase.placed and not place.article
    if _NUMBERED.match(place.han_after):
        return True
    return place.first.kind == KINDS["num"] and _NUMBERED_BEFORE.search(place.before) is not None


def _no_date(phrase: Phrase, place: Place) -> bool:
    first = place.first
    if first.form != "zh" and STREET_AFTER.match(place.text, place.last.end):
        # 12 May Street
        return True
    if place.brand and not place.before.strip():
        # 3月8日酒店
        return True
    if first.kind == KINDS["numdate"] and place.single:
        if _FRACTION.match(place.said) and _SHARED.match(place.after):
            return True
        if CODE_BEFORE.search(place.before) is not None:
            return True
        behind_a_word = place.left.isalpha() and place.left not in _BEFORE_A_DATE
        return not first.date[0] and (behind_a_word or place.han_after[:1] in _COUNTED_THINGS)
    if place.last.kind == KINDS["num"] and first.form in ("zh", "digits", "padded"):
        # 12月3 without 日 or 号
        return place.said_on is False
    if first.kind == KINDS["num"] and ("may" in place.typed or "march" in place.typed):
        return bool(place.word_after) and not phrase.placed
    return False


def _no_quarter(phrase: Phrase, place: Place) -> bool:
    """Tell "Q3 report" and 一季度业绩 from a quarter in which something is to happen."""
    if place.first.kind == KINDS["qnumber"] and place.single:
        followed = bool(place.word_after) or place.han_after[:1] not in _AFTER_A_QUARTER
        return followed and not (place.whole or phrase.placed)
    if place.first.kind == KINDS["nth"] and place.said.endswith("季"):
        # 第二季 is more often of a series than of a year.
        return not place.said_on
    return place.said_on is False


def _no_festival(phrase: Phrase, place: Place) -> bool:
    if place.before.endswith(_OTHER_CALENDARS):
        return True
    if place.said == "cny" and re.search(r"\d\s*[km万]?\s*$", place.before):
        return True
    if _WISHES_BEFORE.search(place.before) is not None or (place.typed == "Easter" and place.name_after):
        return True
    if place.first.form == "en":
        return place.title
    if phrase.deadline or phrase.after:
        return False
    if _COUNTED_BEHIND.match(place.after):
        # 元宵10箱
        return True
    if place.said.endswith("晚") and place.han_after.startswith(("会", "宴")):
        # 元旦晚会
        return True
    return _FESTIVE_THINGS.match(place.han_after) is not None or place.company_name or given_name(place)


def given_name(place: Place) -> bool:
    """Tell whether 国庆 is a person's: a surname before it, nothing Chinese before that, no sentence after it."""
    if len(place.said) != 2 or place.left not in _SURNAMES - {"于"} or HAN.match(place.before[-2:-1]):
        return False
    return not place.han_after or _TITLES.match(place.han_after) is not None


def _no_month(phrase: Phrase, place: Place) -> bool:
    first = place.first
    if first.kind == KINDS["this"] and place.typed.endswith(("may", "march")):
        # "this may take a while"
        return bool(place.word_after)
    if first.kind != KINDS["monthname"] or first.form == "zh":
        if place.left == "近" or ((place.single or place.last.kind == KINDS["yue"]) and place.name_like):
            # 近三月, 八月瓜
            return True
        bare = place.single or (first.kind == KINDS["num"] and place.last.kind == KINDS["yue"])
        if bare and (place.han_after.startswith("的") or (place.han_after.startswith("在线") and place.company_name)):
            # 八月的天气 says when something is so; 七月在线教育 is a school.
            return not phrase.placed
        return place.han_after[:1] in ("天", "龄") or (place.last.kind == KINDS["yue"] and place.brand)
    if _NUMBER_BEFORE.search(place.before):
        # 32 August
        return True
    if not place.single or phrase.placed or _PREPOSITION_BEFORE.search(place.before):
        return False
    if int(first.number) in _NAMES_TOO:
        return not (place.whole and place.said in ("january", "march"))
    return place.word_after[:1].isupper()


# --- weekdays ---------------------------------------------------------------------------------------------------------


def _no_weekday(phrase: Phrase, place: Place) -> bool:
    if place.first.form == "en":
        return _no_english_weekday(phrase, place)
    if place.said[0] != "周" or place.han_after.startswith("之"):
        return place.brand or place.name_like or place.han_after.startswith("之")
    if place.left in ("小", "老", "阿"):
        return True
    after = place.han_after
    # 周 is a surname too: 周一鸣, 周一安先生; but 周一见 and 周一李总来 are Mondays.
    if len(after) == 1:
        return after not in _WHOLE_SENTENCES
    if after and _TITLES.match(after[1:]) and (after[0] not in _BEFORE_A_TITLE or place.before.endswith(_NAME_AHEAD)):
        return True
    return place.brand


def _no_english_weekday(phrase: Phrase, place: Place) -> bool:
    if NAME_BEFORE.search(place.before):
        return True
    if place.right in "-'" and place.after[1:2].isalpha():
        return True
    if place.title:
        return True
    if phrase.placed or _PREPOSITION_BEFORE.search(place.before) or len(place.said) > 3:
        return False
    if place.typed == "sat" and _SAT_DOWN.match(place.after):
        return True
    if place.said == "sun" and place.before.endswith("the "):
        return True
    return place.typed[0].isupper() and place.name_after


def _no_relative_day(place: Place) -> bool:
    if place.first.form == "en":
        # Tomorrow's World
        owned = place.after.startswith("'s ") and place.text[place.last.end + 3 : place.last.end + 4].isupper()
        return NAME_BEFORE.search(place.before) is not None or place.title or owned
    if place.name_like or given_name(place):
        return True
    if place.said[0] == "周" and len(place.han_after) == 1:
        # 周末生 is a person.
        return place.han_after not in _WHOLE_SENTENCES
    if (
        place.han_after.startswith(("性", "达", "愉快", "快乐", "之"))
        or place.han_after == "装饰"
        or _split_wrong(place)
    ):
        return True
    return place.single and place.said[-1] in "天日末" and place.brand
