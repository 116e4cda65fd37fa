"""A line that says that a reminder is done: done Anna Larsson, Oliver Novak's reminder is done, 李娜的提醒完成了.

    >>> recognise("done Anna Larsson"), recognise("李娜 完成了"), recognise("well done to everybody at the fair")
    ('Anna Larsson', '李娜', None)

It gives who or what is named; whose it is only the book knows (handlers/finishing.py).
"""

from __future__ import annotations

import re

from store.rules.script import flat

#: No such line is longer.
_MOST = 60
_NOUN = r"(?:reminders?|follow[ -]?ups?|tasks?|to-?dos?)"
_NOUN_ZH = "(?:提醒|回访|跟进|待办|任务|事情?)"
_DONE = "(?:done|finished|completed?)"
_DONE_ZH = "(?:完成|做完|办完|搞定|处理完|办好|弄完|搞完)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?:please )?(?:mark )?{_DONE}(?: with| for)?[\s:,]+(?:the )?(?:{_NOUN} )?(?:for |of |with )?"
        rf"(?P<left>\S.*?)(?:['’]s)?(?: {_NOUN})?",
        rf"(?:please )?(?:mark )?(?:the )?(?:{_NOUN} (?:for|of|with) )?(?P<left>\S.*?)(?:['’]s)?(?: {_NOUN})?"
        rf"(?: (?:is|as|has been))?,? {_DONE}",
        rf"(?:请|帮我)?[把将]?(?P<left>\S.*?)\s*的?(?:这个|那个)?{_NOUN_ZH}?\s*(?:已经?|都|我)*{_DONE_ZH}[了啦]?",
        rf"(?:请|帮我)?(?:已经?)?{_DONE_ZH}了?\s*(?P<left>\S.*?)\s*(?:的{_NOUN_ZH})?",
    )
)
#: What stands between a name and what is done.
_JOINTS = re.compile(r"['’]s\b|^\s*的|\b(?:the|with|of|for|to)\b|[\s,，:：]+", re.IGNORECASE)
_END = re.compile(r"[\s.。!！~]+$")


def recognise(text: str) -> str | None:
    """Who or what is named in a line that says that something is done; None for any other line."""
    line = _END.sub("", text.strip())
    if not 0 < len(line) <= _MOST or "\n" in line:
        return None
    shadow = flat(line)
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(shadow)) is not None), None)
    return None if found is None else line[slice(*found.span("left"))].strip(" ,，:：")


def bared(words: str) -> str:
    """What is left beside a name, without what joins the two."""
    return " ".join(_JOINTS.sub(" ", words).split())
