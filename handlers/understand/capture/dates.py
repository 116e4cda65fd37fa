"""The follow-up that a line speaks of: 周三下午回访, call back next Tuesday; and not the dates in names.

`take(line, now, zone)` gives the day or time and takes its words off the line. Dates are `understand.when`'s; here it is
decided whether they are dates at all (明天公司, Sunday Riley) and whether they are a follow-up's.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand.capture.lexicon import CJK, HEADS, LEGAL, LEGAL_END, NOTE_INSIDE, STRONG_END, TITLE, TRADE_END
from handlers.understand.capture.line import TAKEN, Line, Span

_HINT = re.compile(
    r"[今明后昨天日月周礼星初号点时分早晚午夜秒内底末春夏秋冬节年季旬刻]|\d ?[-/.:] ?\d|\d ?[a-z]{1,2}\b|\+\d"
    r"|day|week|month|year|tom|tmr|tonight|noon|night|morning|evening|hour|min|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mon|tue|wed|thu|fri|sat|sun|quarter|eod|eow|asap|soon|later|christmas|easter",
)
_HAN = re.compile(rf"[{CJK}]+")
_BEFORE_HAN = re.compile(rf"[{CJK}A-Za-z0-9]*$")
_AFTER_HAN = re.compile(rf"[{CJK}A-Za-z0-9]*")
_CLOCK = re.compile(r"\d ?(?:[点:时]|am|pm|a\.m|p\.m)|[一二三四五六七八九十两半]点|[上下中]午|早上|晚上|noon")
_BARE_DAY = re.compile(r"(?:[今明昨每]日|今天|昨天|当天|当日)")
_WEEKDAY_NAME = re.compile(r"周[一二三四五六日]")
_DEADLINE = re.compile(r"(?:之?前|以前|\bby\b|\bbefore\b)")
_DOES = re.compile(
    r"(?:再|去|到|来|在|给|发|打|见|约|谈|聊|回|拜|送|寄|报|签|开|看|联|跟|确|交|付|催|请|做|要|会|可|吃|喝|参|考|面|电|提|下单|需|必|等|准|"
    r"出|过|带|取|提|拿|安|验|试|演|培|讨|沟|复|收|上门|对|把|前|后|左右|之|以|的|，|,|、|和|或|跟)"
)
_LATIN_BEFORE = re.compile(r"([A-Za-z][\w'-]*)[ ,]+$")
_LATIN_AFTER = re.compile(r" +([A-Z][a-z]+)")
_LEADING = frozenset(
    ["on", "next", "this", "by", "until", "till", "before", "after", "from", "for", "at", "in", "coming", "every", "each", "last", "the", "of", "around", "about", "since", "call", "meet", "visit", "send", "follow", "up", "back", "again", "demo", "email", "remind", "text", "quote", "due", "meeting", "appointment", "discuss"]
)
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A follow-up's time, and whether its words say more than the time does, so that they stay in the rest."""

    value: date | datetime
    span: Span
    keep: bool


def _token(shown: str, span: Span) -> tuple[str, str]:
    """What stands before and after a span without a space or a mark between."""
    before = _BEFORE_HAN.search(shown[: span.start])
    after = _AFTER_HAN.match(shown, span.end)
    return (before.group() if before else ""), (after.group() if after else "")


def _in_chinese_name(shown: str, span: Span) -> bool:
    """Whether the date is part of a firm's name: 明天公司, 今日头条, 周五超市, 七点半咖啡馆."""
    before, after = _token(shown, span)
    words = shown[span.start : span.end]
    if not _HAN.search(words) or not after:
        return False
    name = _HAN.match(after)
    tail = name.group() if name else ""
    if _DOES.match(tail) and not LEGAL_END.search(tail):
        return False
    if TITLE.fullmatch(tail):
        return False
    if (
        LEGAL_END.search(tail) or STRONG_END.search(tail) or TRADE_END.search(tail)
    ) and not (NOTE_INSIDE.search(tail) and not LEGAL_END.search(tail)):
        return True
    return bool(_BARE_DAY.fullmatch(words) and not before and not NOTE_INSIDE.search(tail) and len(tail) <= 6)


def _in_latin_name(line: Line, shown: str, span: Span) -> bool:
    """Whether a weekday or month is part of a name: Sunday Riley, Ruby Tuesday, Friday Ltd."""
    typed = line.flat[span.start : span.end].strip()
    if " " in typed or not typed.isascii() or not typed.isalpha() or not typed[:1].isupper():
        return False
    before = _LATIN_BEFORE.search(shown[: span.start])
    word = before.group(1) if before else ""
    if word.lower() in _LEADING:
        return False
    after = _LATIN_AFTER.match(shown, span.end)
    follows = after.group(1).lower() if after else ""
    if follows and follows not in _LEADING and follows not in ("morning", "afternoon", "evening", "night", "noon"):
        return True
    joined = before is not None and "," not in before.group() and word[:1].isupper()
    return joined and word.lower() not in HEADS and word.lower() not in LEGAL


def _settled(value: date | datetime, now: datetime, zone: ZoneInfo) -> date | datetime | None:
    """The value in the person's zone, or None when it is over."""
    here = now.astimezone(zone)
    if isinstance(value, datetime):
        local = value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
        return local if local >= here else None
    return value if value >= here.date() else None


def find(line: Line, start: int, end: int, now: datetime, zone: ZoneInfo) -> Found | None:
    """The first follow-up time in a stretch of the line, without taking it."""
    if not _HINT.search(line.lower[start:end]):
        return None
    from handlers.understand.when import read

    shown = " " * start + line.open[start:end].replace(TAKEN, " ")
    for _ in range(_TRIES):
        if not shown.strip():
            return None
        offset = len(shown) - len(shown.lstrip())
        told = read(shown[offset:], now, zone)
        if told.kind == "none" or told.value is None or told.span is None:
            return None
        span = Span(told.span[0] + offset, told.span[1] + offset)
        value = _settled(told.value, now, zone)
        lone = _WEEKDAY_NAME.fullmatch(shown[span.start : span.end]) and not shown[: span.start].strip()
        if (
            value is None
            or _in_chinese_name(shown, span)
            or _in_latin_name(line, shown, span)
            or (lone and _is_name(line, shown, span))
        ):
            shown = shown[: span.start] + " " * (span.end - span.start) + shown[span.end :]
            continue
        words = line.lower[span.start : span.end + 2]
        if _DEADLINE.search(words) and told.others:
            return None
        before, after = _token(shown, span)
        middle = bool(before and after and _HAN.search(before) and not _CLOCK.fullmatch(before))
        return Found(value, span, keep=middle or told.kind == "recur")
    return None


def _is_name(line: Line, shown: str, span: Span) -> bool:
    """Whether 周五 at the beginning of a line is somebody called 周五: it stands alone, and nobody else is named."""
    from store.rules.person_name import likeness, spoken

    if span.end < len(line.open) and line.open[span.end] not in (" ", ",", ";", "|", TAKEN):
        return False
    return not any(likeness(word) >= 4 or spoken(word) or word.isascii() for word in shown[span.end :].split())


def take(line: Line, now: datetime, zone: ZoneInfo) -> date | datetime | None:
    """The follow-up's time; its words are taken unless the rest would lose its sense without them."""
    found = find(line, 0, len(line.open), now, zone)
    if found is None:
        return None
    line.take(found.span.start, found.span.end, "kept" if found.keep else "when")
    return found.value
