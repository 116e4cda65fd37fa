"""A time that is said alone, as to "until when?": 推迟到下午三点半, 明天上午, to tomorrow 3pm.

>>> is_time("推迟到下午三点半"), is_time("张三 明天10点 报价")
(True, False)
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.understand.errand import read
from store.rules.script import flat

_ONLY = re.compile(
    r"(?:请|帮我|那就|就|先)*(?:推迟|延后|延迟|推后|顺延|推|改|挪|延)?[到至]?(?:吧|好了|再说|提醒我?|再提醒我?)?"
    r"|(?:please |just )?(?:postpone|snooze|move|put)?(?: ?(?:it|that|this))?(?: ?off)?(?: ?(?:to|till|until|at|for))?",
    re.IGNORECASE,
)


#: The clock that the question needs and that does not change its answer: every hour of a day is still to come.
_MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)


def is_time(line: str) -> bool:
    """Whether a line says a time and nothing else, but that something is to be put off until then."""
    asked = read(line, _MIDNIGHT, ZoneInfo("UTC"))
    return asked.at is not None and all(_ONLY.fullmatch(flat(part)) for part in asked.parts)
