"""Whether a message asks for an answer: then the case waits for the customer, else it goes on.

>>> is_question("请问是哪两箱"), is_question("Thanks, on their way"), is_question("Could you send a photo")
(True, False, True)
"""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"[?？]|(?:是谁|是哪位|在哪里?|是多少|怎么样)\s*[。.]*\s*$|吗\s*[。！!.]*\s*$|呢\s*[。！!.]*\s*$|请问|请(?:您)?(?:提供|告诉|告知|发(?:送|一下)?|补充|确认|说明)|麻烦您?(?:提供|告诉|告知|发|补充|确认)"
    r"|\bplease (?:send|tell|provide|let (?:us|me) know|confirm|describe)\b"
    r"|^\W*(?:could|can|would|will|do|did|does|is|are|was|were|what|which|when|where|who|how|why)\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether the words ask something, by a question mark or by how both languages ask without one."""
    return _ASKS.search(text) is not None
