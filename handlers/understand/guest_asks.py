"""What a customer's short line asks of the bot itself: how their cases stand, what one can do here, their own data.

Only a line that says nothing else is taken for one; whatever else it holds makes it words for the people in charge.

>>> asked("我的投诉处理得怎么样了？"), asked("hello, is anybody there?"), asked("delete all my data")
(<Asks.CASES: 'cases'>, <Asks.MENU: 'menu'>, <Asks.DATA: 'data'>)
>>> asked("no progress at all on my complaint, I want my money back") is None
True
"""

from __future__ import annotations

import re
from enum import StrEnum

from store.rules.script import fold, has_han


class Asks(StrEnum):
    """What such a line asks for."""

    CASES = "cases"
    MENU = "menu"
    DATA = "data"


#: Characters of the longest line that is looked at: more is a story.
LONGEST = 60

_MARKS = re.compile(r"[^\w\s'#]+")
_SPACES = re.compile(r"\s+")

# English -------------------------------------------------------------------------------------------------------------

_OPENS_EN = re.compile(
    r"^(?:hi|hello|hey|dear (?:all|team|sir or madam)|good (?:morning|afternoon|evening|day)|there|please"
    r"|excuse me|sorry|so|and|ok|okay"
    r"|(?:can|could|would|will) (?:you|i|we)(?: please)? (?:tell me|let me know|give me|get|have|ask|know)"
    r"|may i ask|do you know"
    r"|(?:i want|i would like|i'd like|i wanted) to (?:know|ask)|i(?: am|'m) wondering|i wonder|just wondering"
    r"|tell me|give me|let me know)\s+"
)
_CLOSES_EN = re.compile(
    r"\s+(?:please|pls|thanks|thank you|now|today|right now|at the moment|currently|then|so far|yet|by the way)$"
)
_OF_EN = r"(?:case|complaint|ticket|request|issue|problem|matter)s?"
_CASE_EN = (
    rf"(?:(?:(?:all|both) )?(?:of )?(?:my|our|the|this|that) (?:(?:open|last|latest|first"
    rf"|other) )?{_OF_EN}(?: #?\d+)?|{_OF_EN} #?\d+|#\d+)"
)
_IT_EN = rf"(?:{_CASE_EN}|it|this|that|things|everything)"
_STAND_EN = r"(?:(?:current|latest|new) )?(?:status|progress|state of play|news|updates?)"
_CASES_EN = re.compile("|".join((
    rf"(?:what(?:'s| is| are) )?(?:the |my )?{_STAND_EN}(?: (?:of|on|about|with|for|report on) {_IT_EN})?",
    rf"what the {_STAND_EN}(?: (?:of|on|about|with|for) {_IT_EN})? is",
    rf"(?:is there |are there |do you have |have you got |have you |got )?(?:any|an|some) {_STAND_EN}(?: (?:of|on"
    rf"|about|with|for) {_IT_EN})?",
    rf"{_CASE_EN} {_STAND_EN}",
    rf"(?:what(?:'s| is| has)|what) (?:happening|happened|going on|up)(?: (?:with|to|on|about) {_CASE_EN})?",
    rf"how(?:'s| is| are) {_IT_EN}(?: (?:going|doing|coming along|coming on|getting on|progressing|looking))?",
    rf"how(?: is| are)? {_CASE_EN}(?: is| are)? (?:going|doing|coming along|coming on|getting on|progressing)",
    rf"where(?:'s| is| are| do| does) {_IT_EN}(?: stand| at| standing)?",
    rf"where (?:are we|we are|do we stand|we stand) (?:with|on) {_IT_EN}",
    rf"(?:(?:show|list|view|see|check|track|open|find|follow)(?: me)? |(?:can|could|may) i (?:see|check|track"
    rf"|view) |i want to (?:see|check) |let me see )"
    rf"(?:(?:the|my) {_STAND_EN} (?:of|on) )?{_CASE_EN}",
    r"(?:all )?(?:my|our) (?:open )?(?:cases|complaints|tickets|requests|case|complaint|ticket|request)",
)))  # fmt: skip
_MENU_EN = re.compile(
    r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))(?: (?:hi|hello|there|all|everyone"
    r"|everybody|team|again|kehu))*"
    r"|(?:is|are) (?:there )?(?:anybody|anyone|somebody|someone|you)(?: (?:there|here|at home|around|online"
    r"|available|in))?"
    r"|(?:anybody|anyone|somebody|you) (?:there|here|around|online)"
    r"|(?:i need |i want |can i get |get )?(?:some )?help(?: me)?|(?:can|could) (?:you|anybody|anyone"
    r"|somebody) help(?: me)?"
    r"|how (?:does|do) (?:this|it|that|i use this|i use it)(?: (?:bot|chat))?(?: work)?|what(?:'s"
    r"| is) this(?: bot| chat)?|who (?:are you|is this)"
    r"|what (?:can|do) (?:you|i|we) do(?: here| now)?|menu|(?:main |the )menu|start|commands|options"
)  # fmt: skip
_KEPT_EN = (
    r"(?:data|information|info|details|personal data|personal information|personal details|account|profile|records?)"
)
_OF_MINE_EN = rf"(?:(?:all|everything)(?: of)? )?(?:my|the|your) (?:own )?{_KEPT_EN}"
_YOU_KEEP_EN = r"(?: (?:that )?(?:you (?:have|keep|hold|store)|you've got))?(?: (?:about|on|of) me)?"
_DATA_EN = re.compile("|".join((
    rf"(?:i want (?:you )?to |i'd like (?:you )?to |(?:can|could) you )?(?:delete|erase|remove|wipe|forget)"
    rf"(?: {_OF_MINE_EN}| all {_KEPT_EN}| everything| me| me completely){_YOU_KEEP_EN}",
    rf"(?:show |see |view |get |export |download |correct |change )?(?:me )?(?:all )?my (?:own )?{_KEPT_EN}",
    rf"what (?:{_KEPT_EN} )?do you (?:know|have|keep|hold|store) (?:about|on|of) me",
)))  # fmt: skip

# Chinese -------------------------------------------------------------------------------------------------------------

_OPENS_ZH = re.compile(
    r"^(?:你好|您好|你们好|喂|嗨|哈喽|hello|hi|请问(?:一下|下)?|麻烦(?:你|您)?|帮(?:我|忙)|请"
    r"|我?想(?:要)?(?:知道|了解|问|查|看)(?:一下|下|看)?|(?:问|查询?|看|说)(?:一下|下)|查看|查询|告诉我|能不能"
    r"|可不可以)"
)
_CLOSES_ZH = re.compile(r"(?:谢谢(?:你|您)?了?|好吗|可以吗|行吗|行不行|吧|呢|啊|呀|哦|嘛)$")
_OF_ZH = r"(?:投诉|问题|事情|事儿?|反馈|案件|工单|单子|诉求|案子)"
_CASE_ZH = (
    rf"(?:(?:我|我们|俺|咱)?的?(?:那|这|上)?(?:个|件|次|条|张|些)?(?:提|反映|反馈|投诉)?的?{_OF_ZH}"
    rf"|#?\d+号?{_OF_ZH}?|#\d+)"
)
_NOW_ZH = r"(?:现在|目前|最近|到底|今天|都)?"
_WORK_ZH = r"(?:处理|办理|解决|跟进|进行|进展|办|弄|搞|查)"
_HOW_ZH = r"(?:怎么样|怎样|如何|咋样|到哪(?:里|儿)?(?:一步|步)?|到(?:什么|哪个)(?:程度|地步|阶段|进度|步骤))"
_STAND_ZH = r"(?:进度|进展|状态|最新情况|最新进展|处理情况|处理进度|处理进展|处理结果|处理状态|结果)"
_CASES_ZH = re.compile("|".join((
    rf"{_CASE_ZH}?{_NOW_ZH}(?:{_WORK_ZH}(?:得|的)?|{_STAND_ZH})?{_NOW_ZH}{_HOW_ZH}了?",
    rf"{_CASE_ZH}?的?{_STAND_ZH}(?:是什么|是怎样的|多少)?",
    rf"{_CASE_ZH}?{_NOW_ZH}(?:是|到)?什么(?:进度|进展|状态|情况|阶段)了?",
    rf"{_CASE_ZH}?{_NOW_ZH}有(?:什么|没有|没)?(?:新的?|最新)?(?:进展|进度|消息|结果|回音)了?(?:吗|么|没有?)?",
    rf"{_CASE_ZH}?{_NOW_ZH}{_WORK_ZH}(?:好|完|好了|完了|了)(?:吗|么|没有?)",
    rf"(?:我|我们)的?(?:全部|所有)?{_OF_ZH}(?:列表|记录)?",
    rf"{_OF_ZH}(?:列表|进度)",
)))  # fmt: skip
_MENU_ZH = re.compile(
    r"(?:你|您|你们|大家)好(?:呀|啊|吗)?|嗨|哈[喽啰罗]|喂+|(?:早上|上午|中午|下午|晚上)好|早|早安|晚安"
    r"|(?:你|您|你们|有人|客服)?(?:还)?在(?:吗|么|不在|线吗)|有(?:没有)?(?:人|客服)(?:在)?(?:吗|么)?|有人在不在"
    r"|帮助|帮帮忙|帮帮我|帮我|帮忙|求助|(?:这个?|这里|机器人)?(?:怎么|如何)(?:使用|用)|使用(?:说明|方法|帮助)"
    r"|菜单|主菜单|功能|开始"
    r"|(?:你|您|这里)?(?:能|可以|会)(?:做|干|办)?(?:什么|啥|哪些事)|(?:你|您|这)是(?:谁|什么|干什么的|干嘛的)"
)  # fmt: skip
_GONE_ZH = r"(?:删除|删掉|删了|删|清除|清空|抹掉|抹去|注销|销毁)"
_KEPT_ZH = r"(?:个人)?(?:资料|数据|信息|账号|账户|帐号|隐私)"
_MINE_ZH = rf"(?:你们?|您)?(?:保存|存|留)?的?(?:我|我们|本人)?的?(?:全部|所有|一切)?的?{_KEPT_ZH}(?:和{_KEPT_ZH})?"
_DATA_ZH = re.compile("|".join((
    rf"(?:我?(?:要求?|想))?{_GONE_ZH}(?:掉)?{_MINE_ZH}",
    rf"(?:我?(?:要求?|想))?(?:把|将){_MINE_ZH}(?:全部|全都|都|全)?{_GONE_ZH}掉?了?",
    rf"(?:查看|看看|看|导出|下载|更正)?我的(?:全部|所有)?{_KEPT_ZH}",
    rf"你们?(?:有|保存了?|存了?|知道)我的?(?:什么|哪些){_KEPT_ZH}",
)))  # fmt: skip


def asked(text: str) -> Asks | None:
    """What the line asks of the bot; None for words that are meant for people, and wherever that is not certain."""
    line = _SPACES.sub(" ", _MARKS.sub(" ", fold(text.strip().lstrip("/")).replace("’", "'"))).strip()
    if not line or len(line) > LONGEST:
        return None
    if not has_han(line):
        return _read(line, _OPENS_EN, _CLOSES_EN, {Asks.CASES: _CASES_EN, Asks.MENU: _MENU_EN, Asks.DATA: _DATA_EN})
    whole = line.replace(" ", "")
    return _read(whole, _OPENS_ZH, _CLOSES_ZH, {Asks.CASES: _CASES_ZH, Asks.MENU: _MENU_ZH, Asks.DATA: _DATA_ZH})


def _read(
    line: str, opens: re.Pattern[str], closes: re.Pattern[str], meant: dict[Asks, re.Pattern[str]]
) -> Asks | None:
    """The line, then what is left of it as its politeness comes off, piece by piece."""
    for shorter in (opens, closes, opens):
        while line:
            for asks, words in meant.items():
                if words.fullmatch(line):
                    return asks
            line, off = shorter.subn("", line, count=1)
            if not off:
                break
    return None
