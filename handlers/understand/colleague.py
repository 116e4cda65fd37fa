"""For which colleague a manager's sentence is: 李雷 周三给张三发报价; 让李雷 明天回电话; Li to call Jane tomorrow.

    read("李雷 周三3点 给张三发报价", ["韩梅", "李雷"])  →  ("李雷", "周三3点 给张三发报价")

Only a name that the sentence begins with counts: later in it stands the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEAD = r"(?:让|叫|请|for\s+|tell\s+|ask\s+)?\s*"
#: Behind the name: a mark, a blank, or Chinese and digits, which need neither; then words that lead over to the task.
_BEHIND = r"(?:\s*[,，:：]\s*|\s+|(?=[㐀-鿿\d]))(?:去|来|to\s+)?"


def read(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The colleague and the rest of the sentence; None when it begins with none of them. The longest name wins."""
    for name in sorted(names, key=len, reverse=True):
        found = re.match(f"{_LEAD}{re.escape(name)}{_BEHIND}", text.strip(), re.IGNORECASE)
        if found:
            return name, text.strip()[found.end() :]
    return None
