"""What is to be done at the time that a line speaks of: the words as they were typed around it, never a patchwork.

    王总 13800138000 云帆科技 周三下午回访                                  →  回访
    This is Kai. Our new buyer is … He wants 300 pcs by 10 December.   →  He wants 300 pcs

It is the clause that tells the time, or else the sentence, without the time; where contacts stand in it, the stretch
between them. What capture took at its ends (the name, the firm) is left off.
"""

import re

from handlers.understand.capture import dates
from handlers.understand.capture.line import Line, tidy

TASK = "task"
"""The field of what is to be done, once it is known."""
_FREE = ("", "kept", "said")
_CONTACTS = ("phones", "emails", "wechat", "address")
_SENTENCE = re.compile(r"[!?。\n;]|\.(?=\s|$)")
_CLAUSE = re.compile(r"[!?。\n;,]|\.(?=\s|$)")


def take(line: Line) -> str:
    """The task, taken off what would be the rest; empty where the time stands alone."""
    told = next((field for field in ("when", dates.SAID) if field in line.field), None)
    if told is None:
        return ""
    at = line.field.index(told)
    for ends in (_CLAUSE, _SENTENCE):
        start, end = _bared(line, *_stretch(line, at, ends))
        kept = [place for place in range(start, end) if line.field[place] != "when"]
        text = tidy(re.sub(r"\s+", " ", "".join(line.text[place] for place in kept)))
        if text:
            line.take(start, end, TASK)
            return text
    return ""


def _stretch(line: Line, at: int, marks: re.Pattern[str]) -> tuple[int, int]:
    """From where to where the words go that belong to the time at `at`."""
    ends = [mark.end() for mark in marks.finditer(line.flat) if line.field[mark.start()] in ("", "kept")]
    ends += [edge for place, field in enumerate(line.field) if field in _CONTACTS for edge in (place, place + 1)]
    return max((end for end in ends if end <= at), default=0), min(end for end in [*ends, len(line.text)] if end > at)


def _bared(line: Line, start: int, end: int) -> tuple[int, int]:
    """The stretch without the fields at its ends."""

    def is_word(place: int) -> bool:
        return line.field[place] in _FREE and line.flat[place].isalnum()

    words = [place for place in range(start, end) if is_word(place)]
    if not words:
        return start, start
    tail = words[-1] + 1
    while tail < end and line.field[tail] in _FREE:
        tail += 1
    return words[0], tail
