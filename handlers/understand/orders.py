"""A whole line that asks for one of the few things that everybody asks for: today's list, help, to stop, to take back.

    >>> order("今天要做什么？"), order("what should I do today"), order("刚才那个不对，撤回"), order("今天拜访了张三")
    ('today', 'today', 'undo', None)

Every word of the line must be one of such a question: whoever is named in it, or what, makes it another line.
"""

from __future__ import annotations

import re
from typing import Literal

from store.rules.script import flat

Order = Literal["today", "help", "cancel", "undo", "greet"]

_DAY = "(?:今天|今日|今儿|现在|接下来)"
_THINGS = "(?:待办|任务|工作|安排|日程|行程|计划|提醒|事情?|活儿?)(?:事项|清单|列表|安排)?"
_DOING = "(?:做|干|办|忙|处理|跟进|安排|完成)"
_LAST = "(?:刚才|刚刚|上一?[步条个次]|前一[步条个次])"
_DONE = "(?:操作|修改|改动|记录|更改)"
_POINTED = f"(?:的|那个?|这个?|那一?[条步次笔]|{_DONE})*"
_TAKEN_BACK = "(?:撤销|撤回|撤消|撤掉|还原|回退)"

_ZH: dict[Order, tuple[str, ...]] = {
    "today": (
        f"(?:那|我)*{_DAY}?我?{_DAY}(?:一天|我|的|还|都|有|要|得|该|应该|需要|能)*{_DOING}?(?:些|点)?(?:什么|啥|哪些|几件)"
        f"(?:{_THINGS})?(?:要|需要|该|得|没|可以)*{_DOING}?(?:的|了)?",
        f"我(?:的)?(?:还|都|有|要|得|该|应该|需要)+{_DOING}?(?:些|点)?(?:什么|啥|哪些)(?:{_THINGS})?(?:要|需要)*{_DOING}?",
        f"(?:看看?|查看|查一?下|打开|显示|列出)?(?:一下)?我?的?{_DAY}我?的?{_THINGS}(?:有|是|都)*(?:什么|啥|哪些)?",
        "(?:看看?|查看|打开|显示|列出)?(?:一下)?我?的?(?:待办|日程)(?:事项|清单|列表|安排)?(?:有|是)*(?:什么|啥|哪些)?",
        f"(?:我)?{_DAY}我?(?:还)?有(?:没有)?(?:{_THINGS})(?:要{_DOING})?",
    ),
    "help": (
        "帮助|帮帮?我|帮帮?忙|求助|(?:使用)?(?:说明|帮助|方法)|说明书|用法|教程|指南",
        "(?:这个?|这东西|你)?(?:怎么|如何|咋)(?:使用|用|操作|玩|弄)(?:它|这个)?",
        "你?(?:都|还)?(?:会|能|可以)(?:做|干|帮我做)?(?:些|点)?(?:什么|啥|哪些)(?:事情?)?|有(?:什么|哪些)功能",
        "我?(?:都|还)?(?:可以|能)(?:说|发|做|输入|打)(?:些|点)?(?:什么|啥|哪些)",
    ),
    "cancel": ("(?:取消|算了|不要了|不用了|不弄了|不填了|不做了|退出|放弃)(?:吧|啦|了)?",),
    "undo": (
        f"(?:(?:我)?(?:{_LAST})?{_POINTED}(?:我)?(?:是|写|记|改|弄|搞|打|点|填)*(?:不对|错)了?[,. ]*)?"
        f"(?:把|将|给我|帮我)*(?:{_LAST})?{_POINTED}(?:给我)?"
        f"{_TAKEN_BACK}(?:一下)?(?:{_LAST})?{_POINTED}",
        f"(?:取消|恢复|退回){_LAST}{_POINTED}",
        f"(?:把|将)?{_LAST}{_POINTED}(?:取消|恢复|退回|改回去|改回来)",
    ),
    "greet": (
        "你好|您好|大家好|嗨|哈喽|早上?好?|上午好|下午好|晚上好|在吗",
        "(?:好的?[, ]*)?(?:谢谢|多谢|感谢|辛苦)(?:你|您|了|啦)?",
    ),
}  # fmt: skip
_ME = "(?:i|we|me|my|for me)"
_LATEST = "(?:that|it|this|(?:that |the |my )?last(?: one| change| step| thing| action)?|what i(?: just)? did)"
_EN: dict[Order, tuple[str, ...]] = {
    "today": (
        "today(?:['’]s)?(?: (?:list|tasks?|to-?dos?|agenda|plan|schedule|work|reminders?))?(?: please)?",
        "(?:show(?: me)? |see |open )?(?:my |the )?(?:to-?dos?|to-?do list|tasks?|agenda|schedule|day)"
        "(?: (?:for |of )?today)?",
        f"what(?:['’]s| is| are| do| should| must| can| have| will)*(?: {_ME})*"
        f"(?: (?:have|got|need|to|do|be|doing|on|up|due|"
        f"planned|next|there|tasks?|plans?|agenda|list|schedule))*(?: {_ME})*(?: for| on)? (?:today|now|next)",
        f"what(?: (?:should|must|do|have|need))+ {_ME}(?: (?:have|got|need|to|do))+",
        f"(?:is there |do i have |have i got )?anything(?: {_ME})*(?: (?:to do|due|on|planned))?(?: for)? today",
    ),
    "help": (
        "help(?: me)?(?: please)?|instructions|manual",
        "how (?:do|can|should|to)(?: (?:i|we|you))?(?: (?:use|work))(?: (?:this|it|you|kehu))?",
        "how does (?:this|it|kehu) work",
        "what (?:can|do|could|should) (?:you|i|we)(?: (?:do|say|type|write|send|ask))(?: (?:here|to you))?",
    ),
    "cancel": ("cancel|never ?mind|forget it|quit|exit",),
    "undo": (
        "(?:(?:no|oops|sorry|wait|(?:that|it)(?:['’]s| was| is) (?:wrong|a mistake|not right)|wrong)[,. ]+)*"
        f"(?:please )?(?:undo|take back|revert|roll ?back)(?: {_LATEST})?(?: back)?",
        f"(?:please )?take {_LATEST} back",
        "cancel (?:(?:the|my) last(?: one| change| step| thing| action)?|what i(?: just)? did)",
    ),
    "greet": (
        "hi|hey|hello|hi there|good (?:morning|afternoon|evening)",
        "(?:ok(?:ay)?,? )?(?:thanks|thank you|thx|many thanks|cheers)(?: (?:a lot|so much|very much))?",
    ),
}  # fmt: skip
_POLITE = r"[\s/@,.:!]*(?:请问?|麻烦你?|你好[,. ]*|please |hi[,. ]+|hello[,. ]+)?"
_END = r"(?:呢|吗|呀|啊|吧|嘛|,? please)?[\s.,!?~…]*"


def _whole(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


_ORDERS: dict[Order, re.Pattern[str]] = {
    name: re.compile(rf"{_POLITE}(?:{_whole((*_ZH[name], *_EN[name]))}){_END}", re.IGNORECASE) for name in _ZH
}
#: No such line is longer.
_MOST = 60


def order(text: str) -> Order | None:
    """What a whole line asks for, in Chinese (either script) or English; None for every other line."""
    line = flat(text.strip()).replace("。", ".").replace("、", ",")
    if not 0 < len(line) <= _MOST:
        return None
    return next((name for name, pattern in _ORDERS.items() if pattern.fullmatch(line)), None)
