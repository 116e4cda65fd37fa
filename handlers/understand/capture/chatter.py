"""What people say around the matter in a chat: 就是那个…, 麻烦录一下哈, btw, pls, thx. Kept, and nobody's name.

`take(line)` takes what opens and closes a message and tells where the message itself begins, so that "btw add Jane" is
an order to add. The words are in words.toml.
"""

import re

from handlers.understand.capture.lexicon import any_of, words
from handlers.understand.capture.line import TAKEN, Line


def _phrases(name: str) -> str:
    return any_of(tuple(word.replace("_", " ") for word in words("chat", name)))


_GAP = r"[\s,;，。.!！~…—:-]"
_ASKS = (
    r"(?:麻烦|辛苦|帮忙|帮我|帮|请|你|您|给我|替我)*再?(?:加|录|记|存|登记|录入|保存|新增|添加)(?:一?下|进去)[吧哈啊呗]?"
    r"|(?:(?:can|could|would|will) (?:you|u) |(?:pls|plz|please) )+"
    r"(?:add|save|note|record|log|create|put (?:in|down))\b"
    r"(?: (?:down|this|these|my|the|a|new|contact|customer|client|lead))*"
)
"""What asks to be written down, where no order to add stands alone."""
_MENTION = r"@[^\s@.]{1,20}\s+(?=添加|新增|[加录记存]|add|save|new|pls|please)"
_SMALL = r"(?:so|oh|yo|well|also|hey|bro)"
_OPENS = re.compile(
    rf"{_GAP}*+(?i:{_MENTION})?"
    rf"(?>(?:(?i:{_ASKS}){_GAP}*(?=[\s:,]|$)|(?i:{_phrases('glued')})|(?i:{_phrases('openers')})(?![\w'’-])"
    rf"|(?i:hi|hello|{_SMALL})(?=[,!])|(?i:{_SMALL})(?= [a-z])|{_SMALL}(?![\w'’-])){_GAP}*+)*+"
)
"""So and Oh before a capital are surnames: So Ka Wai, Oh Se-hun."""
_CLOSES = re.compile(
    rf"(?<=[\s,;，。.!！~…—:{TAKEN}-])(?>(?:{_phrases('closers')})[了啦哈哦啊呀你您]{{0,2}}{_GAP}*+)++$"
)
_CLOSING_MOST = 48
"""Nobody thanks for longer."""
_BETWEEN = re.compile(rf"(?<![^\s,;({TAKEN}])(?:{_phrases('asides')})(?![^\s,;.!){TAKEN}])")
"""Small as people type them in passing; THX and FYI may be firms."""


def take(line: Line) -> int:
    """Keep what is said around the matter; where the message itself begins."""
    opens = _OPENS.match(line.open)
    begin = opens.end() if opens else 0
    if begin >= len(line.text.rstrip()):
        return 0  # there is nothing else
    line.take(0, begin, "chatter")
    for said in (_CLOSES.search(line.open_lower, len(line.text) - _CLOSING_MOST), *_BETWEEN.finditer(line.open)):
        if said is not None:
            line.take(*said.span(), "chatter")
    return begin
