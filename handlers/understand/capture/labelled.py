"""The values that labels name: 姓名：李娜, Company - Athlead, 备注：展会认识.

`take(line, now, zone)` gives them and takes them, with their labels, off the line. Phones, e-mail addresses and WeChat
names have been taken before, by their shape; a label that is left without a value belongs to nobody and is kept.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand.capture import address, chinese, dates, judging, labels
from handlers.understand.capture.lexicon import CJK, LABEL_LIKE_NAME, LEGAL, TITLE, any_of, words
from handlers.understand.capture.line import TAKEN, Line, Span
from handlers.understand.capture.pieces import Word
from store.rules.person_name import LATIN_SALUTATION, joined, likeness, spoken
from store.rules.script import flat, has_han

_STOP = re.compile(rf"[\n;|【{TAKEN}]| [/–—-] ")
_COMMA = re.compile(r",(?! ?(?i:ltd|limited|inc|llc|corp|gmbh|plc|jr|sr)\b)|、")
_PERSON = re.compile(rf"[:=] ?(?P<name>[{CJK}·]{{2,8}})(?![{CJK}])")
_CUSTOMER = re.compile(r"[\[ ]*(?:客户|顾客|甲方|买方|customer|client)[^\w]")
_PERSONS_LABEL = re.compile(r"(?:姓 *名|名字|联系人|[收提]货人|收件人|称呼|contact(?: person)?)[^\w\n]*$")
"""Behind these stands a person, whatever the name ends with; behind 客户 perhaps a firm."""
_SPACED_HAN = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_QUICK = re.compile(r"\s*(?:[A-Za-z]+ )?")
"""Before a note that is the whole message."""
_TWO_SCRIPTS = re.compile(rf"(?P<first>[A-Z][A-Za-z'-]+ [A-Z][A-Za-z'-]+) ?[{CJK}]{{2,4}}(?![{CJK}])")
"""James Li 李建: the first counts."""
_SOMEBODY_ELSE = re.compile(any_of(words("note", "others")))
_SENTENCE_END = re.compile(r"\.(?= )|。")
_INTRODUCES = re.compile("^新|(?:的|的名片|介绍|推荐)$")
"""老客户介绍：小青 is who was introduced, 介绍人：王总 who did it."""
_OTHERS = re.compile(rf"(?:[、和及&][{CJK}]{{2,4}})+(?![{CJK}:])")
"""姓名：齐鸣、齐放: who is named behind a labelled name."""
_NICKNAME = re.compile("[小老阿].")
_TAG_MARKS = re.compile(r"[,;、/#\s]+")
_HEAVY = re.compile(rf"[\s{TAKEN}]*【(?P<word>[^\s{TAKEN}【】]{{1,8}})】")
_KINDS = re.compile(f"(?:{any_of(words('note', 'kinds'))})+|[a-z]类")
_TEXTS = ("name", "company", "title", "address", "region", "given", "family")


@dataclass(slots=True)
class Labelled:
    """What labels told; empty where they told nothing."""

    name: str = ""
    company: str = ""
    title: str = ""
    address: str = ""
    region: str = ""
    salutation: str = ""
    given: str = ""
    family: str = ""
    tags: tuple[str, ...] = ()
    when: date | datetime | None = None


def _value(line: Line, field: str, start: int, stop: int) -> Span | None:
    """Where the value of a label stands that reaches to `stop` at most; None when there is none."""
    while start < stop and line.open[start] in " \n":
        start += 1
    cut = _STOP.search(line.open, start, stop)
    end = cut.start() if cut else stop
    text = line.open[start:end]
    if not text.strip():
        return None
    if field == "address":
        return Span(start, start + address.extent(text)) if has_han(text) else Span(start, end)
    if field == "tag":
        stop_there = _SENTENCE_END.search(text)
        return Span(start, start + stop_there.start() if stop_there else end)
    if field in ("note", "quoted"):
        return Span(start, end)
    comma = _COMMA.search(text)
    text = text[: comma.start()] if comma else text
    if field == "aside" and line.flat[start - 1] == " " and line.flat[start - 2 : start - 1] not in (":", "="):
        text = text.lstrip().split(" ")[0]  # 行业 餐饮 王总
    if field == "name" and "(" in text[1:]:
        text = text[: text.index("(", 1)]
    first = text.split(" ")[0]
    if field in ("name", "title", "company") and has_han(first) and not _continues(field, text):
        text = first
    both = _TWO_SCRIPTS.match(text) if field == "name" else None
    if both:
        line.take(start + both.end("first"), start + both.end(), "kept")
        return Span(start, start + both.end("first"))
    return Span(start, start + len(text))


def _continues(field: str, text: str) -> bool:
    """Whether a labelled Chinese value goes on behind its first space: 张 伟, 采购部 经理."""
    words = text.split()
    if field == "name":
        return likeness("".join(words)) >= 3 and len(words[0]) <= 2
    if field == "company":
        return len(words) > 1 and words[-1].strip(".,").lower() in LEGAL and all(map(str.isascii, words[1:]))
    return all(judging.title(word) for word in words)


def _take_date(line: Line, field: str, value: Span, told: Labelled, now: datetime, zone: ZoneInfo) -> bool:
    """A follow-up's time, said by itself or in a note, which is kept but for the words of time."""
    found = dates.find(line, value.start, value.end, now, zone) if told.when is None else None
    if field == "note":
        line.take(value.start, value.end, "kept")
    if found is None:
        return field == "note"
    told.when = found.value
    found.take(line)
    return True


def _take_text(line: Line, field: str, value: Span, told: Labelled) -> bool:
    """A name, firm, job, address or region; 客户：华泰精密机械厂 is a firm. The first of each counts."""
    text = line.typed(value.start, value.end)
    if field == "name":
        text = _SPACED_HAN.sub("", text)
        persons = _PERSONS_LABEL.search(line.lower[max(0, value.start - labels.REACH) : value.start])
        least = judging.SHAPE if persons else judging.SHAPE + 1
        if judging.firm(line.flat[value.start : value.end]) >= judging.TRADE and likeness(text) < least:
            field = "company"
    if not text or getattr(told, field):
        return False
    if field == "name" and _says_more(line, value):
        return True
    if field == "name":
        value = _without_address(line, value, told)
        text = _SPACED_HAN.sub("", line.typed(value.start, value.end))
    setattr(told, field, text)
    line.take(value.start, value.end, "name" if field in ("given", "family") else field)
    others = _OTHERS.match(line.flat, value.end) if field == "name" else None
    if others is not None:
        line.take(others.start(), others.end(), "kept")
    return True


def _without_address(line: Line, value: Span, told: Labelled) -> Span:
    """A labelled name without the form of address that stands by the full name: Mr. Rahul Mehta, 張惠妹小姐."""
    text = line.flat[value.start : value.end]
    before = LATIN_SALUTATION.match(text)
    behind = spoken(text)
    if before and text[before.end() : before.end() + 1] == " ":
        address, name = Span(value.start, value.start + before.end()), Span(value.start + before.end(), value.end)
    elif behind and likeness(behind.name) >= judging.SHAPE:
        cut = value.start + len(behind.name)
        address, name = Span(cut, value.end), Span(value.start, cut)
    else:
        return value
    told.salutation = line.typed(address.start, address.end)
    line.take(address.start, address.end, "salutation")
    return name


def _either(line: Line, marks: list[tuple[str, Span]], start: int) -> str:
    """What 客户名称 names: somebody only where nobody else is named and the word looks like a name."""
    word = _PERSON.search(":" + line.flat[start:].lstrip())
    named = word is not None and word.start() == 0 and likeness(word["name"]) >= judging.SHAPE
    somebody = named and word is not None and judging.firm(word["name"]) == 0
    return "name" if somebody and not any(field == "name" for field, _ in marks) else "company"


def _names_person(line: Line, marks: list[tuple[str, Span]]) -> bool:
    """Whether a label of persons stands in the line: beside it 客户 names the firm."""
    return any(field == "name" and _PERSONS_LABEL.search(line.lower[mark.start : mark.end]) for field, mark in marks)


def _says_more(line: Line, value: Span) -> bool:
    """Whether a labelled name is a firm, a job and a name in one, to be read with the line: 客户：云帆科技的王强."""
    text = line.flat[value.start : value.end]
    if not has_han(text) or " " in text or judging.name(text) >= judging.SURE:
        return False
    pieces = chinese.read(Word(value.start, value.end, text, 0, han=True))
    return len(pieces) > 1 and any(piece.kind == "open" and piece.name >= judging.SHAPE for piece in pieces)


def _take(line: Line, field: str, value: Span, told: Labelled, now: datetime, zone: ZoneInfo) -> bool:
    """Take one value; whether its label has done its work and can go."""
    if field in _TEXTS:
        return _take_text(line, field, value, told)
    if field in ("when", "note"):
        return _take_date(line, field, value, told, now, zone)
    if field == "tag":
        typed = [tag for tag in _TAG_MARKS.split(line.flat[value.start : value.end]) if tag]
        told.tags += tuple(dict.fromkeys(typed))
        line.take(value.start, value.end, "tags")
    elif field == "gender":
        line.take(value.start, value.end, "gender")
    return field in ("tag", "gender", "quoted")


def _bracketed(line: Line) -> tuple[str, ...]:
    """What a customer is sorted by, in heavy brackets before all else: 【VIP】【重点客户】王总."""
    tags, at = [], 0
    while found := _HEAVY.match(line.open, at):
        word = line.typed(*found.span("word"))
        if not _KINDS.fullmatch(line.lower, *found.span("word")):
            break
        line.take(*found.span(), "tags")
        tags.append(word)
        at = found.end()
    return tuple(tags)


def _person(line: Line, word: str, span: Span) -> Span | None:
    """The person behind a label unknown to us, unless it is somebody else's: 发件人：梁朝伟, but not 介绍人：王总."""
    value = _PERSON.search(line.flat, span.start, span.end)
    least = judging.SHAPE if _INTRODUCES.search(word) else judging.SURE
    if (
        value is None
        or judging.title(word)
        or (_SOMEBODY_ELSE.search(word) and not _INTRODUCES.search(word))
        or not (judging.name(value["name"]) >= least or _NICKNAME.fullmatch(value["name"]))
    ):
        return None
    return Span(*value.span("name"))


def _names(line: Line, word: str, span: Span) -> bool:
    """Whether a word before a colon is no label: 张伟：…, 云帆科技：…, 采购经理：张伟, and 祝无双：同福客栈主管."""
    if judging.firm(word):
        return True
    value = line.flat[span.start : span.end].partition(":")[2].strip().split(" ")[0]
    pieces = chinese.read(Word(0, len(value), value, 0, han=True)) if has_han(value) else []
    if judging.title(word):
        return word[-1] not in "部处科室组" or any(piece.name >= judging.SHAPE for piece in pieces)
    if word in LABEL_LIKE_NAME:
        return False
    said = any(piece.kind == "title" or piece.company >= judging.TRADE for piece in pieces)
    return likeness(word) >= judging.SHAPE if said else judging.name(word) >= judging.SURE


def take(line: Line, now: datetime, zone: ZoneInfo) -> Labelled:
    """All labelled values; those with labels of no field of ours (行业：, QQ：) go to the rest with their labels."""
    told = Labelled()
    line.take(0, labels.header_end(line), "label")
    marks = labels.marks(line)
    persons = _names_person(line, marks)
    for number, (named, mark) in enumerate(marks):
        field = _either(line, marks, mark.end) if named == "either" else named
        if named == "nick":  # 昵称：糖糖, where no other name is given
            field = "aside" if any(other == "name" for other, _ in marks) else "name"
        if field == "name" and persons and _CUSTOMER.match(line.lower, mark.start):
            field = "company"
        stop = marks[number + 1][1].start if number + 1 < len(marks) else len(line.open)
        value = _value(line, field, mark.end, stop)
        if value is None:
            continue
        if field == "note" and len(marks) == 1 and _QUICK.fullmatch(line.flat, 0, mark.start):
            line.take(0, mark.end, "kept")  # Quick note: …, and all else behind it
            continue
        another = field == "name" and bool(told.name) and has_han(line.text[mark.start : mark.end])
        if another or field in ("fax", "web", "birthday", "aside"):
            line.take(mark.start, value.end, "kept")  # 家长姓名：卫红 学生姓名：卫小宝
        elif _take(line, field, value, told, now, zone):
            line.take(mark.start, mark.end, "label")
        elif field == "when":
            line.take(mark.start, mark.end, "kept")
    told.name = told.name or joined(told.given, told.family)
    if not told.title and TITLE.fullmatch(flat(told.salutation)):
        told.title = told.salutation
    told.tags += _bracketed(line)
    for word, span in labels.unknown(line):
        if not told.name and (person := _person(line, word, span)) is not None:
            told.name = line.typed(person.start, person.end)
            line.take(person.start, person.end, "name")
            line.take(span.start, person.start, "kept")
            continue
        if not _names(line, word, span):
            line.take(span.start, span.end, "kept")
    return told
