"""The follow-up that a line speaks of: 周三下午回访, call back next Tuesday; and not the dates in names.

`take(line, now, zone)` gives the day or time and takes its words off the line. Dates are read by `understand.when`;
here it is decided whether they are dates at all (明天公司, Sunday Riley) and whether they are a follow-up's.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand.capture.judging import LONGEST_TITLE
from handlers.understand.capture.lexicon import (
    CJK,
    HEADS,
    LEGAL,
    LEGAL_END,
    NOTE_INSIDE,
    STRONG_END,
    TITLE,
    TRADE_END,
    any_of,
    words,
)
from handlers.understand.capture.line import TAKEN, Line, Span
from handlers.understand.when import When, read
from store.rules.person_name import likeness, spoken

_HINT = re.compile(
    r"[今明后昨天日月周礼星初号点时分早晚午夜秒内底末春夏秋冬节年季旬刻]|\d ?[-/.:] ?\d|\d ?[a-z]{1,2}\b|\+\d"
    r"|day|week|month|year|tom|tmr|tonight|noon|night|morning|evening|hour|min|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mon|tue|wed|thu|fri|sat|sun|quarter|eod|eow|asap|soon|later|christmas|easter",
)
_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTERS_BEFORE = re.compile(r"[A-Za-zÀ-ɏ]-?$")
_HAN = re.compile(rf"[{CJK}]+")
_BEFORE_HAN = re.compile(rf"[{CJK}A-Za-z0-9]*$")
_AFTER_HAN = re.compile(rf"[{CJK}A-Za-z0-9]*")
_OTHER_WORD = re.compile(rf"[{CJK}] (?=\d)")
_DAY_AND_TIME = re.compile(r"(?:[今明后]|周.|礼拜.|星期.|[号日]).*[点时:]")
"""下周五晚上6点 in front of 饭局 is no firm's name, 七点半 in front of 咖啡馆 is."""
_BARE_DAY = re.compile(r"(?:[今明昨每]日|今天|昨天|当天|当日)")
_WEEKDAY_NAME = re.compile(r"周[一二三四五六日]")
_DOES = re.compile(any_of(words("date", "does")))
_LATIN_BEFORE = re.compile(r"([A-Za-z][\w'-]*)[ ,]+$")
_WORKS_AT = re.compile(r"(?:at|from|with|of) ")
_LATIN_AFTER = re.compile(r" +([A-Z][a-z]+)")
_LEADING = frozenset(words("date", "leading"))
_PARTS = frozenset(("morning", "afternoon", "evening", "night", "noon"))
_TRIES = 4
SAID = "said"
"""The field of a follow-up's time whose words stay in the rest."""
_MET = re.compile(rf"[{CJK}]{{2,10}}的(?=[^{CJK}]|客户|名片|$)")
"""今天展会认识的: what was done today."""
_HAD_MET = re.compile(r"(?:^|[,;.!\n] ?)(?:just |i |we |i've |have )*(?:met|spoke|talked|chatted|saw)\b[^,;.!\n]*$")
_LIKES = re.compile(r"(?:喜欢|习惯|一般|通常|平时|方便|适合)在?$")
_GENERALLY = re.compile(r"(?:mornings|afternoons|evenings|nights|weekends)$")
"""Prefers mornings: no time at which something is to be done."""
_NOT_AT = re.compile(
    r"(?:(?<![\w.@-])(?:no|not|never|avoid|except|unless)\b|n't\b)[^,;.\n]{0,20}$|(?:别|勿|不要|不能|不方便)[^,;]{0,4}$"
)
"""No calls at night: when nothing is to be done."""
_EVERY = re.compile(
    r"(?:(?:dai|week|month|quarter|year)ly|annual)(?! ?(?:call|meet|visit|check|follow|catch|review|on|at)\b)"
)
"""A quarterly newsletter is no follow-up, a quarterly review is one."""
_DONE = re.compile(
    rf"[{CJK}]{{0,4}}(?:认识|遇到|遇见|碰到|碰见|见到|收到|接到|打来|来过|问过)|(?!约|定|说好)[{CJK}]{{1,3}}[了过](?![去来])|已|在[{CJK}]{{2,10}}(?:认识|遇到|碰到|见到|加)|[跟和与同][{CJK}]{{2,14}}(?:聊|谈|见|通|吃|碰|沟通)[{CJK}]?[了过]"
)
_REGULARLY = re.compile(rf"(?:都|要|再|给|去|来|固定)*(?:{any_of(words('date', 'regularly'))}|\d|[a-z])")
_NOT_THEN = re.compile(r"(?:不|没|别|都|才|休息|放假|除外)")
_STARTS = {"morning": 9, "forenoon": 9, "afternoon": 14}
"""周三下午 without an hour: when the halves of a working day begin in Chinese offices."""


@dataclass(frozen=True, slots=True)
class Found:
    """A follow-up's time, the words that say it, and the words of time that stay in the rest.

    No `value`: 周五前 on a Friday may be today or in a week, so it is for a person to say, and only words.
    """

    value: date | datetime | None
    spans: tuple[Span, ...]
    keep: tuple[Span, ...]

    def take(self, line: Line) -> None:
        """Take the words off the line, those that say more than the time does to the rest."""
        for span in self.spans:
            line.take(span.start, span.end, "when")
        for span in self.keep:
            line.take(span.start, span.end, "kept" if self.spans or self.value is None else SAID)


def _token(shown: str, span: Span) -> tuple[str, str]:
    """What stands before and after a span without a space or a mark between."""
    before = _BEFORE_HAN.search(shown[: span.start])
    after = _AFTER_HAN.match(shown, span.end)
    return (before.group() if before else ""), (after.group() if after else "")


def _in_chinese_name(shown: str, span: Span) -> bool:
    """Whether the date is part of a firm's name: 明天公司, 今日头条, 周五超市, 七点半咖啡馆."""
    before, after = _token(shown, span)
    typed = shown[span.start : span.end]
    if not _HAN.search(typed) or not after:
        return False
    name = _HAN.match(after)
    tail = name.group() if name else ""
    if _DOES.match(tail) and (len(tail) <= 4 or not LEGAL_END.search(tail)):
        return False
    if len(tail) <= LONGEST_TITLE and TITLE.fullmatch(tail):
        return False
    if LEGAL_END.search(tail):
        return True
    if NOTE_INSIDE.search(tail):
        return False
    if STRONG_END.search(tail) or TRADE_END.search(tail):
        return _DAY_AND_TIME.search(typed) is None or len(tail) > len("饭局")
    return _BARE_DAY.fullmatch(typed) is not None and not before and len(tail) <= 6


def _in_latin_name(line: Line, shown: str, span: Span) -> bool:
    """Whether a weekday or month is part of a name: Sunday Riley, Ruby Tuesday, Friday Ltd."""
    typed = line.flat[span.start : span.end].partition("(")[0].strip()
    works = _WORKS_AT.match(typed)
    typed = typed[works.end() :] if works else typed
    if " " in typed or not typed.isascii() or not typed.isalpha() or not typed[:1].isupper():
        return False
    before = _LATIN_BEFORE.search(shown[: span.start])
    word = before.group(1) if before else ""
    after = _LATIN_AFTER.match(shown, span.end)
    follows = after.group(1).lower() if after else ""
    named = bool(follows) and follows not in _LEADING and follows not in _PARTS
    if works or word.lower() in _LEADING:
        return works is not None and named
    if named:
        return True
    joined = before is not None and "," not in before.group() and word[:1].isupper()
    return joined and word.lower() not in HEADS and word.lower() not in LEGAL


def _is_han_name(shown: str, span: Span) -> bool:
    """Whether somebody's name begins like a date: 周一鸣; 周五 and 黎明 where nobody else is named."""
    typed = shown[span.start : span.end]
    before, after = _token(shown, span)
    if before or likeness(typed) < 4:
        return False
    if after:
        return (
            _WEEKDAY_NAME.fullmatch(typed) is not None
            and len(after) == 1
            and likeness(typed + after) >= 4
            and not _DOES.match(after)
        )
    alone = not shown[: span.start].strip() and shown[span.end : span.end + 1] in (" ", ",", ";", "|", "")
    others = shown[span.end :].replace(";", " ").split()
    return alone and bool(others) and not any(likeness(word) >= 4 or spoken(word) or word.isascii() for word in others)


def _begun(shown: str, start: int, end: int) -> Span:
    """A span of a date without the 约 of 预约, which reads like "about"."""
    if _OTHER_WORD.match(shown, start) and start and _HAN.match(shown[start - 1]):
        return Span(start + 2, end)  # 总教头 12月初: not 头12月
    return Span(start + 1 if shown[max(0, start - 1) : start + 1] == "预约" else start, end)


def _without(shown: str, spans: list[Span]) -> str:
    for span in spans:
        shown = shown[: span.start] + " " * (span.end - span.start) + shown[span.end :]
    return shown


def _is_no_date(line: Line, shown: str, span: Span) -> bool:
    """Whether what reads like a date is none here: part of a name or of a word, or a time at which nothing is done."""
    typed = shown[span.start : span.end]
    begun = _LETTER.match(typed) and _LETTERS_BEFORE.search(shown[max(0, span.start - 2) : span.start])
    goes_on = _LETTER.match(typed[-1:]) and _LETTER.match(shown, span.end)
    return bool(
        _GENERALLY.search(line.lower[span.start : span.end])
        or _LIKES.search(shown[: span.start])
        or _NOT_AT.search(line.lower[: span.start])
        or _EVERY.match(line.lower, span.start) is not None
        or begun
        or goes_on
        or _NOT_THEN.match(shown, span.end) is not None
        or _in_chinese_name(shown, span)
        or _is_han_name(shown, span)
        or _in_latin_name(line, shown, span)
    )


def _is_done(line: Line, shown: str, spans: list[Span], told: When, today: date) -> bool:
    """Whether something happened then: 今天拜访了, 今天展会认识的, met her on Monday."""
    end = spans[-1].end
    if _DONE.match(shown, end) or _HAD_MET.search(line.lower[: spans[0].start]):
        return True
    return told.value == today and _MET.match(shown, end) is not None


def _value(told: When, now: datetime, zone: ZoneInfo) -> date | datetime:
    """The day, or the time; a part of a day is the time at which it begins, unless that is over."""
    if isinstance(told.value, datetime) or told.part is None:
        return told.value
    value = told.moment(zone)
    if told.part in _STARTS:
        value = value.replace(hour=_STARTS[told.part])
    return value if value > now else told.value


def find(line: Line, start: int, end: int, now: datetime, zone: ZoneInfo) -> Found | None:
    """The first follow-up time in a stretch of the line, without taking it."""
    if not _HINT.search(line.lower[start:end]):
        return None
    shown = " " * start + line.open[start:end].replace(TAKEN, ";")
    over: list[Span] = []
    for _ in range(_TRIES):
        if not shown.strip(" ;"):
            break
        told = read(shown, now, zone)
        if told is None:
            break
        spans = [_begun(shown, *piece) for piece in told.pieces]
        if any(_is_no_date(line, shown, span) for span in spans):
            shown = _without(shown, spans)
            continue
        if told.rrule is not None and _token(shown, spans[-1])[1] and not _REGULARLY.match(shown, spans[-1].end):
            return Found(None, (), (*over, *spans))
        if told.past or _is_done(line, shown, spans, told, now.astimezone(zone).date()):
            # 今天拜访了…，下周二再去: what is to come is said later.
            shown = _without(shown, spans)
            over += spans
            continue
        if told.deadline and told.others:
            return Found(None, (), (*over, *spans))
        before, after = _token(shown, spans[0])
        if (_HAN.search(before) and after) or told.rrule is not None:
            return Found(_value(told, now, zone), (), (*over, *spans))
        return Found(_value(told, now, zone), tuple(spans), tuple(over))
    return Found(None, (), tuple(over)) if over else None


def take(line: Line, now: datetime, zone: ZoneInfo) -> date | datetime | None:
    """The follow-up's time; its words are taken unless the rest would lose its sense without them."""
    found = find(line, 0, len(line.open), now, zone)
    if found is None:
        return None
    found.take(line)
    return found.value
