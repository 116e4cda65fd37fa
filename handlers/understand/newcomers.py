"""When the customers that a line asks for were added: 本月新增的客户, customers added this month, 上周录入的VIP客户.

in_line("本月新增的客户", date(2026, 11, 20))          →  (Bounds("2026-11-01", "2026-11-30"), "的客户")
in_line("new customers this month", date(2026, 11, 20))  →  (Bounds("2026-11-01", "2026-11-30"), "customers")
"""

from __future__ import annotations

import re
from datetime import date

from handlers.understand import spans
from handlers.understand.between import Bounds
from store.rules.script import flat, fold

_ZH = "(?:新增加?|新加|新建|新录|添加|录入|加入|加进来|登记|建档)了?"
_EN = "(?:added|created|entered|registered)"
_NOUN = "(?P<noun>customers?|clients?|contacts?)"
_SHAPES = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<said>{spans.PATTERN})\s*{_ZH}",
        rf"(?P<said>{spans.PATTERN})\s*的?新(?P<noun>客户|顾客)",
        rf"\b{_EN}\s+(?P<said>{spans.PATTERN})",
        rf"\bnew\s+{_NOUN}\s+(?P<said>{spans.PATTERN})",
    )
]


def in_line(line: str, today: date) -> tuple[Bounds, str] | None:
    """The days that a line says of adding, and the line without them; None where it says none."""
    plain = flat(line)
    for shape in _SHAPES:
        found = shape.search(plain)
        bounds = None if found is None else spans.read(found["said"], today)
        if found is not None and bounds is not None:
            noun = found.groupdict().get("noun") or ""
            return bounds, fold(f"{plain[: found.start()]} {noun} {plain[found.end() :]}").strip()
    return None
