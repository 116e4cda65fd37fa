"""A reminder that is to ring at another time: the time alone, as to "until when?", or a sentence that says which.

>>> is_time("推迟到下午三点半"), is_time("张三 明天10点 报价")
(True, False)
>>> [(one.left, one.until) for one in moves("把张三的回访改到周五上午10点")]
[('张三', '周五上午10点')]
>>> [(one.left, one.until) for one in moves("move the reminder for Jane to next Tuesday")]
[('Jane', 'next Tuesday')]

Many a sentence has the shape of a move (张三的生日改成3月5日, push the quote to Jane), so `moves` only says what may be
one: whether a time is said, and whether something is open there, is handlers/moving.py's to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.understand.errand import Asked, read
from store.rules.script import flat

_ONLY = re.compile(
    r"(?:请|帮我|那就|就|先)*(?:推迟|延后|延迟|推后|顺延|推|改|挪|延)?[到至]?(?:吧|好了|再说|提醒我?|再提醒我?)?"
    r"|(?:please |just )?(?:postpone|snooze|move|put)?(?: ?(?:it|that|this))?(?: ?off)?(?: ?(?:to|till|until|at|for))?",
    re.IGNORECASE,
)


#: The clock that the question needs and that does not change its answer: every hour of a day is still to come.
_MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
_PLEASE = r"\s*(?:请|麻烦|帮我|please\s+|can you\s+|could you\s+)*"
#: What does nothing but move an hour, and what does so of a reminder only when it says that it is one.
_PUT_OFF = "往后推|推迟|延后|延迟|延期|推后|顺延|后延|提前"
_CHANGE = "[改挪移调换][到至成为]"
#: Behind the name of a reminder: it is moved, and none is asked for.
MOVED = f"(?:{_PUT_OFF}|{_CHANGE})"
_PUT_OFF_EN = r"postpone|snooze|reschedule|delay|defer|put\s+off"
_CHANGE_EN = r"move|push|shift|change|put|bring"
#: Behind the verb: until, by, for.
_TO_EN = r"(?:(?:back|off|forward|out)\s+)?(?:to|till|until|for|by)"
_UNTIL = r"(?P<until>\S.{0,40}?)"
_END = r"[\s。.!?？,，]*"

#: A reminder by one of its names, with what leads over to whose it is.
_NOUN = re.compile(
    r"的?(?:那[个条]|这[个条])?(?:跟进|回访)?(?:提醒|回访|跟进|待办|任务)(?:的?(?:时间|日期))?"
    r"|\b(?:the\s+|my\s+)?(?:reminders?|follow[ -]?ups?|tasks?|to-?dos?)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b")
#: What stands before and behind whom or what it is about.
_AROUND = re.compile(
    r"^(?:[把将给对跟和与找让的]+|(?:for|with|of|about|to|the)\s+)|(?:的|(?:\s+|^)(?:off|back|forward|out))$",
    re.IGNORECASE,
)
_IT = frozenset(("", "it", "this", "that", "this one", "that one", "它", "这个", "那个", "这条", "那条", "时间"))


@dataclass(frozen=True, slots=True)
class Move:
    """What a sentence may mean to move: what is left to say which, and until when, both as typed.

    `reminder`: it names a reminder. `ordered`: it can only be an order. `weak`: its verb moves other things as well.
    `sooner`: a length of time is meant to the front.
    """

    left: str
    until: str
    reminder: bool = False
    ordered: bool = False
    weak: bool = False
    sooner: bool = False


_SHAPES = (
    re.compile(rf"{_PLEASE}(?P<left>.{{0,60}}?)\s*(?P<verb>(?:{_PUT_OFF})[到至成]?|{_CHANGE})\s*{_UNTIL}{_END}"),
    re.compile(rf"{_PLEASE}(?P<verb>{_PUT_OFF})\s*(?P<left>\S.{{0,60}}?)\s*[到至]\s*{_UNTIL}{_END}"),
    re.compile(
        rf"{_PLEASE}(?P<verb>{_PUT_OFF_EN}|{_CHANGE_EN})\s+(?P<left>\S.{{0,60}})\s+{_TO_EN}\s+{_UNTIL}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLEASE}(?P<verb>{_PUT_OFF_EN})\s+(?P<left>)(?:{_TO_EN}\s+)?{_UNTIL}{_END}", re.IGNORECASE),
)
#: "snooze Jane 1 hour": nothing but the words themselves says where the time begins.
_UNMARKED = re.compile(rf"{_PLEASE}(?P<verb>snooze|postpone|delay|defer)\s+(?P<rest>\S.{{0,60}}?){_END}", re.IGNORECASE)


def is_time(line: str) -> bool:
    """Whether a line says a time and nothing else, but that something is to be put off until then."""
    return time(line, _MIDNIGHT, ZoneInfo("UTC")) is not None


def time(said: str, now: datetime, zone: ZoneInfo) -> Asked | None:
    """The time that a text says and nothing else; a rhythm is none."""
    asked = read(said, now, zone)
    alone = asked.at is not None and all(_ONLY.fullmatch(flat(part)) for part in asked.parts)
    return asked if alone and asked.rule is None else None


def after(length: str, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The time that is a length (两天, 1 hour) after another, at the same hour where it is days; None for no length."""
    from handlers.understand import when  # some sixty expressions to compile: not while the bot starts

    for said in (f"{length}后", f"in {length}"):
        found = when.read(said, start, zone)
        if found is None or found.rrule is not None or found.pieces != ((0, len(said)),):
            continue
        if isinstance(found.value, datetime):
            return found.value
        return datetime.combine(found.value, start.astimezone(zone).timetz())
    return None


def bared(words: str) -> str:
    """The words without what only leads over to them."""
    return _AROUND.sub("", _AROUND.sub("", words.strip())).strip()


def may_move(line: str) -> bool:
    """Whether a line has the shape of a move."""
    return next(moves(line), None) is not None


def moves(line: str) -> Iterator[Move]:
    """What a line may mean to move, the likeliest first."""
    text = line.strip()
    if len(text) > 120 or "\n" in text:
        return
    shadow = flat(text)
    for shape in _SHAPES:
        found = shape.fullmatch(shadow)
        if found is not None:
            yield _move(text[slice(*found.span("left"))], text[slice(*found.span("until"))], found["verb"])
    unmarked = _UNMARKED.fullmatch(shadow)
    if unmarked is not None:
        rest = text[slice(*unmarked.span("rest"))]
        for space in re.finditer(r"\s+", rest):
            yield _move(rest[: space.start()], rest[space.end() :], unmarked["verb"])


def _move(left: str, until: str, verb: str) -> Move:
    object_ = left.strip()
    without, named = _NOUN.subn(" ", flat(object_))
    bare = bared(" ".join(_POSSESSIVE.sub("", without).split()))
    return Move(
        "" if bare.casefold() in _IT else bare,
        until.strip(),
        reminder=named > 0,
        ordered=verb.isascii() or object_.startswith(("把", "将")) or not object_,
        weak=re.fullmatch(rf"{_CHANGE}|{_CHANGE_EN}", verb, re.IGNORECASE) is not None,
        sooner=verb.startswith("提前"),
    )
