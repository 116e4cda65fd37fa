"""A plain line that asks for something to be opened: a case by its number, the complaints, the feedback.

    recognise("#4")  →  Place("case", ("4",))      recognise("show me open cases")  →  Place("cases", ("all", "0"))

Only a line that says nothing else is one: "complaint 4 boxes missing" is somebody's complaint.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from store.rules.script import flat


class Place(NamedTuple):
    """The button route that leads there, with its arguments."""

    route: str
    args: tuple[str, ...] = ()


#: Digits of a case's number; what is longer is a telephone number.
_NUMBER = r"[#№]? ?(?P<number>[0-9]{1,6}) ?号?"
_SHOW = (
    r"(?:please )?(?:(?:show(?: me)?|open|see|view|list)(?: all)?(?: the)? )??"  # lazy: in "open cases" it is no order
)
_SHOW_ZH = "(?:请|帮我)?(?:看一?下?|看看|查看|打开|显示|列出)? ?"
_OF_CASES = "(?:投诉|客诉|案件|工单)"
_CASE = re.compile(
    rf"(?:{_SHOW}(?:case|complaint|ticket) ?(?:no\.?|number)? ?{_NUMBER}"
    rf"|(?:{_SHOW}|{_SHOW_ZH})[#№] ?(?P<bare>[0-9]{{1,6}})"
    rf"|{_SHOW_ZH}{_OF_CASES} ?{_NUMBER.replace('number', 'behind')}"
    rf"|{_SHOW_ZH}第? ?{_NUMBER.replace('number', 'before')} ?的?{_OF_CASES})[.。]?"
)
_CASES = re.compile(
    rf"(?:{_SHOW}(?P<open>open |unresolved |pending )?(?:cases|complaints)"
    rf"|{_SHOW_ZH}(?:所有|全部)?的?(?P<waiting>(?:待处理|未处理|没处理|未解决|没解决|没处理完|未处理完|未完成|处理中)的?)?"
    r"(?:投诉|客诉)(?:列表|清单)?)[.。?？]?"
)
_FEEDBACK = re.compile(rf"(?:{_SHOW}feedback|{_SHOW_ZH}(?:所有|全部|客户)?的?(?:评价|反馈))[.。?？]?")


_ARCHIVED = re.compile(
    rf"(?:{_SHOW}(?:archived?|archived (?:customers|clients|people))"
    rf"|{_SHOW_ZH}(?:已归档|归档)的?(?:客户|名单|列表)?)[.。?？]?"
)
_CUSTOMERS = re.compile(
    rf"(?:{_SHOW}(?:my )?(?:customers?|clients?|contacts)|list|{_SHOW_ZH}(?:客户|名单)(?:列表|名单)?)[.。?？]?"
)


def recognise(line: str) -> Place | None:
    """What a line asks to have opened; None when it asks for nothing of the kind."""
    said = " ".join(flat(line[:80]).lower().split())
    case = _CASE.fullmatch(said)
    if case is not None:
        return Place("case", (next(digits for digits in case.groups() if digits),))
    cases = _CASES.fullmatch(said)
    if cases is not None:
        return Place("cases", ("all", "0") if cases["open"] or cases["waiting"] else ())
    if _CUSTOMERS.fullmatch(said):
        return Place("recent")
    if _ARCHIVED.fullmatch(said):
        return Place("archived", ("0",))
    return Place("feedback") if _FEEDBACK.fullmatch(said) else None
