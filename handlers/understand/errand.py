"""A reminder in one sentence: 张三 周三下午3点 发报价; tomorrow 3pm call Jane; 明天给李总打电话.

Where the time stands is `when`'s to say; what is left holds a customer and what to do. Which words are the customer
only the book knows: `readings` are the guesses in the order of likelihood; whoever asks takes the first that it finds.

    >>> asked = read("张三 周三下午3点 发报价", now, zone)
    >>> next(asked.readings())
    ('张三', '发报价')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.rules.recurrence import next_after

if TYPE_CHECKING:
    from handlers.understand.when import When

#: The written form that is always understood, whatever stands around it: 2026-12-01 15:00.
_EXACT = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T,，]*(\d{1,2})[:：](\d{2})(?!\d)")
_EDGES = " \t\n,，.。;；:：、-–—!！"
_CHINESE = re.compile(r"[㐀-鿿]")
#: Behind these a Chinese sentence names its person.
_BEFORE_A_NAME = re.compile(
    r"打电话给|发邮件给|发消息给|打给|寄给|发给|送给|致电|联系|拜访|回访|约见|约|给|跟|和|向|找|陪|问"
)
#: English words that begin or join a reminder and are nobody's name.
_NOBODY = frozenset({
    "a", "about", "again", "an", "and", "ask", "at", "back", "book", "by", "call", "chase", "check", "collect", "email",
    "e-mail", "follow", "for", "from", "her", "him", "invoice", "meet", "meeting", "me", "message", "of", "on", "order",
    "out", "pay", "payment", "phone", "please", "quote", "remind", "ring", "see", "send", "tell", "text", "that", "the",
    "them", "to", "up", "visit", "with", "write",
})  # fmt: skip
#: Where a Chinese word, a clause and a sentence end.
_WORD = re.compile(r"[，,。;；!！?？\n]|[.](?=\s|$)|(?<=[㐀-鿿])\s(?=\S*[㐀-鿿])")
_CLAUSE = re.compile(r"[，,。;；!！?？\n]|[.](?=\s|$)")
_SENTENCE = re.compile(r"[。;；!！?？\n]|[.](?=\s|$)")
#: What was done, told in one breath with what is to be done: met at the fair ring him.
_FORE = re.compile(
    r"^(?:(?:just|i|we)\s+)*(?:met|saw|spoke|talked|called|rang|visited|e-?mailed|texted)\b.*?\b"
    r"(?=(?:call|ring|phone|e-?mail|text|send|visit|meet|quote|ask|check|bring|invite|try|remind|follow|book|chase)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:please|and|then|so|also|to|but|i'?ll|we'?ll)\s+|(?:请|然后|那就|记得)\s*)+", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:\s+(?:on|at|by|before|until|till|around|about|and|then|for|from|in|to))+$", re.IGNORECASE)
#: The space where a time stood in a Chinese sentence.
_APART = re.compile(r"(?<=[㐀-鿿])\s(?=[㐀-鿿])")
_TOWARDS = r"(?:\b(?:to|for|with|from|at|about|of)\s|[给跟和与向找约])"
_NAME_MOST = 4
#: How many people a sentence may be for: each is looked for in the book while others wait; and among how many guesses.
READINGS_MOST, GUESSES_MOST = 24, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence asks for: when (None: it doesn't say), in which rhythm (an RRULE), and what else it says.

    `others` are further times that it may mean, all to come. `parts` are the stretches of text around the time. `task`
    is what is to be done then: the clause that tells the time, without it.
    """

    at: datetime | None
    rule: str | None
    others: tuple[datetime, ...]
    parts: tuple[str, ...]
    task: str = ""

    @property
    def words(self) -> str:
        """Everything but the time."""
        return " ".join(self.parts)

    def readings(self) -> Iterator[tuple[str, str]]:
        """Who it may be for and what is then to be done, the likeliest first, each person once."""
        seen: set[str] = set()
        for who, what in islice(chain(self._leading(), self._inside_chinese(), self._inside()), GUESSES_MOST):
            if len(seen) == READINGS_MOST:
                return
            if who and who.lower() not in seen:
                seen.add(who.lower())
                yield who, what

    def _leading(self) -> Iterator[tuple[str, str]]:
        """The words that a stretch begins with: "Jane Smith | send quote"; "call | Jane Smith" keeps its verb."""
        for place, part in enumerate(self.parts):
            tokens = part.split()
            skipped = next((at for at, token in enumerate(tokens) if token.lower() not in _NOBODY), len(tokens))
            for length in range(min(3, len(tokens) - skipped), 0, -1):
                who = " ".join(tokens[skipped : skipped + length])
                rest = [*self.parts[:place], " ".join(tokens[skipped + length :]), *self.parts[place + 1 :]]
                yield who.strip(_EDGES), self.words if skipped else _clean(" ".join(rest))

    def _inside_chinese(self) -> Iterator[tuple[str, str]]:
        """Names that no space sets apart: 给张三发报价, 张三发报价."""
        for part in self.parts:
            for token in part.split():
                if not _CHINESE.search(token):
                    continue
                for mark in _BEFORE_A_NAME.finditer(token):
                    behind = token[mark.end() :]
                    for length in range(min(_NAME_MOST, len(behind)), 1, -1):
                        yield behind[:length], self.words
                for length in range(min(_NAME_MOST, len(token) - 1), 1, -1):
                    yield token[:length], _clean(self.words.replace(token[:length], "", 1))

    def _inside(self) -> Iterator[tuple[str, str]]:
        """Capitalised words anywhere: "send the quote to Jane Smith"."""
        tokens = self.words.split()
        for length in (2, 1):
            for at in range(len(tokens) - length + 1):
                window = tokens[at : at + length]
                if all(token[:1].isupper() and token.lower() not in _NOBODY for token in window):
                    yield " ".join(window).strip(_EDGES), self.words


def read(text: str, now: datetime, zone: ZoneInfo) -> Asked:
    """A sentence taken apart. `now` is aware; `zone` is the writer's."""
    exact = _EXACT.search(text)
    if exact is not None:
        return Asked(_instant(exact, zone), None, (), _around(text, (exact.span(),)), _task(text, (exact.span(),)))
    from handlers.understand import when  # some sixty expressions to compile: not while the bot starts

    found = when.read(text, now, zone)
    if found is not None and found.rrule is None and found.moment(zone) <= now:
        # What was done comes first, what is to be done then: 今天拜访了…，周一发报价.
        found = _later(text, found, now, zone) or found
    if found is None:
        return Asked(None, None, (), _around(text, ()))
    at: datetime | None = found.moment(zone)
    if found.rrule is not None and at is not None and at <= now:
        at = next_after(found.rrule, at.astimezone(zone).replace(tzinfo=None), zone, now)
    elif _is_over(found, now, zone):
        at = None  # "today", said after nine: at which hour is for the person to say
    others = tuple(other for other in _moments(found, zone) if other > now and other != at)
    pieces = _around(text, found.pieces)
    return Asked(at, found.rrule, others if at is not None else (), pieces, _task(text, found.pieces))


def _later(text: str, over: When, now: datetime, zone: ZoneInfo) -> When | None:
    """The time to come that a sentence tells behind one that is over."""
    from handlers.understand import when

    end = over.pieces[-1][1]
    found = when.read(" " * end + text[end:], now, zone)
    return found if found is not None and found.rrule is None and found.moment(zone) > now else None


def _is_over(found: When, now: datetime, zone: ZoneInfo) -> bool:
    today = now.astimezone(zone).date()
    return not isinstance(found.value, datetime) and found.value == today and found.moment(zone) <= now


def _instant(exact: re.Match[str], zone: ZoneInfo) -> datetime | None:
    """The instant that was written out; None for a day or an hour that there is not."""
    year, month, day, hour, minute = (int(number) for number in exact.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None


def _moments(found: When, zone: ZoneInfo) -> Iterator[datetime]:
    """The other readings as instants; a rhythm's other rule is no instant."""
    hour = found.moment(zone).timetz()
    for other in found.others:
        if isinstance(other, datetime):
            yield other
        elif isinstance(other, date):
            yield datetime.combine(other, hour)


def _around(text: str, pieces: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """What stands before, between and after the pieces, without the marks and spaces at its edges."""
    stretches, begin = [], 0
    for start, end in (*pieces, (len(text), len(text))):
        stretches.append(_clean(text[begin:start]))
        begin = end
    return tuple(stretch for stretch in stretches if stretch)


def _task(text: str, pieces: tuple[tuple[int, int], ...]) -> str:
    """The words of the clause in which the time stands; where it stands alone, those of the sentence, or else all."""
    for before, behind in ((_WORD, _WORD), (_WORD, _CLAUSE), (_CLAUSE, _CLAUSE), (_SENTENCE, _SENTENCE)):
        start = max((end for end in _ends(before, text, pieces) if end <= pieces[0][0]), default=0)
        end = min((end for end in _ends(behind, text, pieces) if end > pieces[-1][1]), default=len(text))
        around = _around(text[start:end], tuple((first - start, last - start) for first, last in pieces))
        found = bared(_FORE.sub("", _APART.sub("", " ".join(around))))
        if found:
            return found
    return bared(" ".join(_around(text, pieces)))


def _ends(marks: re.Pattern[str], text: str, pieces: tuple[tuple[int, int], ...]) -> list[int]:
    """Where something ends that the time doesn't reach across."""
    return [mark.end() for mark in marks.finditer(text) if not any(a <= mark.start() < b for a, b in pieces)]


def bared(task: str, name: str = "") -> str:
    """What is to be done without what leads to it or to a time, and without `name`, whose it is, at its end."""
    called = (name, name.partition(" ")[0]) if name.isascii() else (name,)
    whose = "|".join(re.escape(one) for one in called if one)
    if name and (found := re.search(rf"(?:\s*{_TOWARDS}\s*|(?<=\s))(?:{whose})[\s.。!！]*$", task, re.IGNORECASE)):
        task = task[: found.start()] or task
    return _clean(_TRAILING.sub("", _LEADING.sub("", _clean(task))))


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(_EDGES)
