"""Where a phrase stands in a text: what is before and after it, folded and as typed.

Made by `guards.py` for each phrase, and asked by the guards.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.understand.when.phrase import Phrase
from handlers.understand.when.tokens import Tokens

HAN: Final = re.compile(r"[\u3400-\u9fff]+")
WORD_AFTER: Final = re.compile(r"[ \t]+([A-Za-z][A-Za-z'-]*)")

_AROUND: Final = 24
# Two or three words with capitals and nothing else.
_TITLE: Final = re.compile(r"\s*[A-Z][a-z]+(?:\s+[A-Z][A-Za-z']+){1,2}\s*")
_SHORT_NAME: Final = 4
_ENDS: Final = " .,!?;。，！？"

# With these a sentence goes on after a time: verbs of a salesperson's day, and words that join.
_GOES_ON: Final = frozenset(
    "回联打电发拜跟约见开去来到给找提催问聊谈看送寄签交做上下办报确检汇总更准处参吃出拿取收付还安接请让叫把和"
    "与在再要有会可能应必完结截预通复核对讨沟演培试写改整备买订帮陪带我他她它你您咱之以左前后内吧呢吗啊哦哈呀"
    "嘛了的整钟过起开始就也得需想将等盘验审面飞赶启搬退换存传录补登考听讲休放值加挂抄配装修洗体视播直续追访邀"
    "商走集动没不至-~跑推拍测清停结算转借忙闲行空聚玩碰搞弄定先都或是很只才已正刚全同为招投拟洽购选挑演展参巡检赔"
    "援服迎致祝贺慰探住坐乘骑爬逛唱喝睡醒叮嘱告知盖剪摄由向被拉用"
)


def one_of(words: str) -> str:
    """Return a pattern for any of the words, which are parted by spaces and may be patterns themselves."""
    return "(?:" + "|".join(words.split()) + ")"


# What happens on a day, and whom one meets: with these a few characters are a sentence (明天例会, 后天张总).
_ACTIVITY: Final = re.compile(
    one_of(
        "会议 例会 周会 早会 晨会 年会 晚会 班会 见面 面谈 约谈 出差 拜访 回访 联系 电话 开会 培训 体检 聚餐 聚会"
        " 团建 生日 婚礼 面试 考试 答辩 路演 展会 车展 航班 高铁 飞机 火车 值班 加班 早班 晚班 夜班 休息 放假"
        " 上班 下班 截止 到期 交货 发货 开标 投标 招标 年检 保养 约会 全天 整天 时间 客户 老板 付款 回款 签约"
        " 谈判 续约 续费 交付 上线 上门 出发 到货 见$ 来$ 去$ 到$ 谈$ 聊$ 签$ 交$ 吧$ 吗$ 呢$ 了$ 行$ 总 经理"
        " 哥$ 姐$ 老师 先生 女士 主任 医生 律师 董$"
    )
)
# How the names of companies, shops and brands end.
_COMPANY_ENDING: Final = re.compile(
    one_of(
        "公司 集团 科技 传媒 文化 工作室 照相馆 影楼 摄影 酒店 宾馆 饭店 餐厅 咖啡 茶馆 书店 设计 头条 优鲜"
        " 商城 超市 银行 学校 大学 中学 小学 幼儿园 医院 诊所 药店 药房 报社 新闻 日报 晚报 周刊 杂志 网络"
        " 传播 广告 装饰 装修 建材 家具 家居 服饰 珠宝 食品 果园 快递 物流 贸易 商贸 实业 工厂 厂 店 馆 吧 院"
        " 社 网 阁 轩 坊 广场 大厦 大道 花园 小区 教育 培训 旅行社 旅游 健身 美容 美发 娱乐 影视 动漫 软件"
        " 信息 智能 电子 生物 农业 之星 国际 控股 资本 基金 保险 证券 地产 置业 物业 律所 事务所 联盟 俱乐部"
        " 经济 一淘 向上 顺 车 画报 观察 财经 女装 男装 童装 影院 剧场 乐园 学堂 书房 书屋 食堂 饮料 奶茶 面包 蛋糕"
        " 甜品 烧烤 火锅 茶饮 股份 品牌 面包房 课堂 便利 投资 日化 商行 旗舰店"
    )
    + "$"
)
_ENGLISH_COMPANY: Final = re.compile(
    r"\s+(?:(?i:ltd|inc|llc|corp|gmbh|plc|pty)|"
    + one_of(
        "Co Corporation Company Group Studios? Club Labs? Bank Bistro Cafe Times Post News Addams Holdings"
        " Ventures Partners Media Systems Technologies Tech Software Solutions Industries Foods Hotel Bar"
        " Restaurant Magazine Mail Bugle Telegraph Herald Show Designs? Consulting Capital International"
        " Global Pictures Records Books Shoes Hare"
    )
    + r")\b\.?"
)
_COMPANY_AT_END: Final = re.compile(
    r"\s(?:(?i:ltd|inc|llc|corp|gmbh|plc|pty|ag|bv)|Co|Group|Holdings|Shops|Records|Studios)\.?\s*$"
)
# Words that people begin with a capital without making a name of them.
_COMMON_CAPITAL: Final = re.compile(
    one_of(
        "call email meet meeting send visit remind follow lunch dinner with and at the for to i please see check talk"
        " ring text ask chat book pay coffee demo review finish submit update discuss ping invoice quote confirm am pm"
        " noon or on in by before after presentation standup sync training workshop interview deadline delivery party"
        " catchup drinks breakfast brunch webinar kickoff onboarding visit trip travel order shipment contract"
        " proposal pitch negotiation morning afternoon evening night client customer team sales board weekly monthly"
        " daily appointment reminder launch release signing payment pickup gym birthday all next this first final"
        " january february march april may june july august september october november december"
    ),
    re.IGNORECASE,
)


class Place:
    """A phrase among its neighbours.

    first and last are its first and last tokens ("the" before a single word apart, which `article` tells), `single`
    whether it is one word;
    before, after, said, left and right are folded; `text` is as typed; `han_after` is the run of Chinese behind it;
    `whole` whether the text says nothing else; `kinds` what kinds of words it is made of.
    """

    def __init__(self, phrase: Phrase, tokens: Tokens, text: str) -> None:
        items, folded = tokens.items, tokens.folded
        article = items[phrase.first].kind == "t" and phrase.last - phrase.first == 2
        self.article = article
        self.first = items[phrase.first + article]
        self.last = items[phrase.last - 1]
        self.single = phrase.last - phrase.first == 1 + article
        self.kinds = frozenset(tokens.letters[phrase.first : phrase.last])
        self.text = text
        start, end = self.first.start, self.last.end
        self.before = folded[max(start - _AROUND, 0) : start]
        self.after = folded[end : end + _AROUND]
        self.said = folded[start:end]
        self.typed = text[start:end]
        self.left = folded[start - 1] if start else " "
        self.right = self.after[:1] or " "
        run = HAN.match(folded, end)
        self.han_after = run[0] if run is not None else ""
        self.whole = not folded[:start].strip(_ENDS) and not folded[end:].strip(_ENDS)

    @property
    def company(self) -> bool:
        """Tell whether a word that English companies end with follows."""
        if _ENGLISH_COMPANY.match(self.text, self.last.end) is not None:
            return True
        return not self.before.strip() and _COMPANY_AT_END.search(self.text) is not None

    @property
    def brand(self) -> bool:
        """Tell whether the Chinese behind makes a company's name of it, no sentence (明天公司, not 明天去公司)."""
        if self.han_after in ("集团", "集团公司"):
            # 集 alone begins what is done: 明天集合
            return True
        return self.said_on is False and _COMPANY_ENDING.search(self.han_after) is not None

    @property
    def company_name(self) -> bool:
        """Tell whether what is behind ends as companies do, and begins as a sentence does only by chance (天天拍车)."""
        return len(self.han_after) <= _SHORT_NAME and _COMPANY_ENDING.search(self.han_after) is not None

    @property
    def title(self) -> bool:
        """Tell whether it heads a text of two or three capitalised words, of no common use (Friday Robot)."""
        if self.before.strip() or not self.typed[0].isupper() or self.typed.isupper():
            return False
        return self.name_after and _TITLE.fullmatch(self.text) is not None

    @property
    def name_like(self) -> bool:
        """Tell whether all that is behind it are a few characters that say nothing to do (明日方舟, 八月瓜)."""
        alone = not self.before.strip() and not self.after[len(self.han_after) :].strip()
        short = alone and self.said_on is False and len(self.han_after) <= _SHORT_NAME
        return short and _ACTIVITY.search(self.han_after) is None

    @property
    def said_on(self) -> bool | None:
        """Tell whether a sentence goes on behind; None when nothing Chinese is behind."""
        return self.han_after[0] in _GOES_ON if self.han_after else None

    @property
    def word_after(self) -> str:
        """Return the English word behind, as typed; "" for none."""
        word = WORD_AFTER.match(self.text, self.last.end)
        return word[1] if word is not None else ""

    @property
    def name_after(self) -> bool:
        """Tell whether the English word behind looks like a name: a capital, and no word that often has one."""
        word = self.word_after
        return word[:1].isupper() and _COMMON_CAPITAL.fullmatch(word) is None
