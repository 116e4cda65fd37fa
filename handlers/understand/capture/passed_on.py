"""A message in which somebody says who they are and then tells of somebody else: that other one is the customer.

    Hi, this is Kai. Our new buyer is Tom Becker, +49 …      你好，我是周凯。我们新的采购是王小明，139…

`take(line)` gives the writer's name, with the greeting before it, to the rest; where they work stays to be read.
"""

import re

from handlers.understand.capture.lexicon import CJK, HEADS
from handlers.understand.capture.line import Line

WRITER = "writer"
"""The field of what tells who writes; it goes to the rest."""
_NAME = r"[A-Z][\w'’-]{0,20}(?: [A-Z][\w'’-]{0,20}){0,2}"
_WRITES = re.compile(
    r"\s*(?:(?i:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening))\b(?: [A-Z]?\w{1,15}){0,2}\s?[,!.]*\s*)?"
    rf"(?:(?i:this is|it'?s|i am|i'm|my name is) {_NAME}(?: here)?|{_NAME} here)"
    r"(?=\s*[.!,;\n]|,? (?:from|of|at|with)\b)"
)
_GREETS = re.compile(r"\s*(?:(?:你|您|大家)好|嗨|哈喽)(?=[,!.。\s])")
_WRITES_CHINESE = re.compile(
    rf"[,!.。\s]*(?:我是|我叫|这里是)(?P<firm>[{CJK}]{{2,12}}的)?"
    rf"(?P<name>[{CJK}]{{2,4}})(?=[,!.。;\s])"
)
_OTHER = re.compile(
    r"\b(?P<our>(?i:our|my|the) (?:new )?)(?:[a-z-]{1,20} ){0,3}(?P<who>[a-z-]{1,20})"
    r"(?P<is> (?:is|will be)(?: now)?) [A-Z]"
    r"|\b(?i:contact|reach|call|e-?mail|(?:talk|speak|write) to|(?:get )?in touch with) (?:our|my) "
)
_WHO = HEADS | {"colleague", "contact", "person", "friend", "customer", "client", "partner", "boss", "successor"}
_JOB = r"采购|同事|经理|主管|总监|负责人|对接人|联系人|老板|助理|会计|财务|工程师|客户|朋友"
_OTHER_CHINESE = re.compile(
    rf"(?:(?:请|麻烦)?(?:联系|找|加|对接)(?:一下)?)?(?:我们|我司|我)(?:公司|这边|这里)?的?(?:新来?的?)?"
    rf"(?=[{CJK}]{{0,2}}(?:{_JOB})[{CJK}]{{0,2}}(?:是|叫|换成|[{CJK}]{{2,3}}))"
)


def take(line: Line) -> None:
    """Where somebody else is told of, who writes is no candidate for the customer's name."""
    writes = _WRITES.match(line.flat)
    if writes is not None:
        others = _OTHER.finditer(line.flat, writes.end())
        told = next((other for other in others if not other["who"] or other["who"] in _WHO), None)
        if told is not None:
            line.take(*writes.span(), WRITER)
        if told is not None and told["who"]:
            line.take(*told.span("our"), "label")
            line.take(*told.span("is"), "label")
        return
    greets = _GREETS.match(line.flat)
    begin = greets.end() if greets else 0
    line.take(0, begin, WRITER)
    writes = _WRITES_CHINESE.match(line.flat, begin)
    other = None if writes is None else _OTHER_CHINESE.search(line.flat, writes.end())
    if writes is None or other is None:
        return
    firm = writes.span("firm") if writes["firm"] else (writes.start("name"),) * 2
    line.take(writes.start(), firm[0], WRITER)
    line.take(max(firm[1] - 1, firm[0]), writes.end(), WRITER)
    line.take(*other.span(), "label")
