"""One customer in one message: whatever order, punctuation, labels and languages people type it in.

`read("王总 13800138000 云帆科技 采购 周三下午回访", now=…, zone=…)` gives the name 王总, the phone, the company 云帆科技, the
title 采购, Wednesday 14:00 and the rest 回访. The customers feature shows that as a card to confirm; `as_json` is the
same for `python -m handlers.understand capture`.

How it goes: what has a shape comes off the line first (contacts), then what has a label, then the address, the date,
and at last names, firms and jobs are told from each other by words, shapes and places (pieces, chinese, latin, choose).
What nobody took is the rest, so nothing is lost. To add a word, see words.toml; a new label, labels.py; an example,
tests/understand/gold/capture_own.jsonl.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understand.capture import address, chinese, dates, labels
from handlers.understand.capture.choose import Known, settle
from handlers.understand.capture.contacts import Contacts
from handlers.understand.capture.lexicon import LABEL_LIKE_NAME
from handlers.understand.capture.line import TAKEN, Line, Span
from handlers.understand.capture.model import Capture
from handlers.understand.verbs import recognise
from store.rules.person_name import ADDRESS_GENDER, LATIN_GENDER, likeness, spoken
from store.rules.script import has_han

__all__ = ["Capture", "as_json", "read"]

MOST = 1500
"""A card is shorter; what stands beyond goes to the rest unread, so that a long forwarded text costs no time."""

_HARD_STOPS = frozenset("\n;|" + TAKEN)


class _Labelled:
    """The values that labels name, taken off the line."""

    __slots__ = ("address", "company", "name", "region", "tags", "title", "when")

    def __init__(self, line: Line, now: datetime, zone: ZoneInfo) -> None:
        self.name = self.company = self.title = self.address = self.region = ""
        self.tags: tuple[str, ...] = ()
        self.when: date | datetime | None = None
        marks = labels.marks(line)
        for number, (field, mark) in enumerate(marks):
            stop = marks[number + 1][1].start if number + 1 < len(marks) else len(line.open)
            value = _value(line, field, mark.end, stop)
            if value is None:
                continue
            text = line.typed(value.start, value.end)
            if not text:
                continue
            if field == "tag":
                self.tags += tuple(dict.fromkeys(line.text[value.start : value.end].replace("，", " ").translate(_TAG_MARKS).split()))
                line.take(value.start, value.end, "tags")
            elif field == "note":
                found = dates.find(line, value.start, value.end, now, zone) if self.when is None else None
                line.take(value.start, value.end, "kept")
                if found is not None:
                    self.when = found.value
                    found.take(line)
            elif field == "when":
                found = dates.find(line, value.start, value.end, now, zone) if self.when is None else None
                if found is None:
                    continue
                self.when = found.value
                found.take(line)
            elif field == "gender":
                line.take(value.start, value.end, "gender")
            elif field in ("fax", "web", "birthday"):
                line.take(mark.start, value.end, "kept")
                continue
            elif field == "quoted":
                pass
            elif field in ("phone", "email", "wechat"):
                continue
            elif getattr(self, field):
                continue
            else:
                if field == "name" and chinese.firm(line.flat[value.start : value.end]) >= chinese.TRADE and likeness(text) < 4:
                    field = "company"
                if getattr(self, field):
                    continue
                setattr(self, field, text)
                line.take(value.start, value.end, field)
            line.take(mark.start, mark.end, "label")


_TAG_MARKS = str.maketrans(",;、/#，；", "       ")


def _value(line: Line, field: str, start: int, stop: int) -> Span | None:
    """Where the value of a label stands that reaches to `stop` at most; None when there is none."""
    end = next((at for at in range(start, stop) if line.open[at] in _HARD_STOPS and line.open[start:at].strip()), stop)
    text = line.open[start:end]
    if not text.strip(" \n" + TAKEN) or text[0] == TAKEN:
        return None
    if field == "address":
        if has_han(text):
            end = start + address.extent(text)
    elif field not in ("note", "tag", "quoted"):
        end = start + _comma(text)
        if field == "name" and (bracket := line.open.find("(", start, end)) > start:
            end = bracket
        first = line.open[start:end].split(" ")[0] if not line.open[start:end].startswith(" ") else ""
        if field in ("name", "title", "company") and first and has_han(first) and not _continues(field, line.open[start:end]):
            end = start + len(first)
    return Span(start, end)


def _comma(text: str) -> int:
    """The place of the first comma that doesn't stand before Ltd., Inc. and the like."""
    at = -1
    while (at := text.find(",", at + 1)) >= 0:
        following = text[at + 1 :].lstrip()[:12].lower()
        if not following.startswith(("ltd", "limited", "inc", "llc", "corp", "gmbh", "plc")):
            return at
    return min((position for mark in "、" if (position := text.find(mark)) >= 0), default=len(text))


def _continues(field: str, text: str) -> bool:
    """Whether a labelled Chinese value goes on behind its first space: 张 伟, 采购部 经理."""
    words = text.split()
    if field == "name":
        return likeness("".join(words)) >= 3 and len(words[0]) <= 2
    return field == "title" and all(chinese.title(word) for word in words)


def _understood(text: str, now: datetime, zone: ZoneInfo, region: str) -> tuple[Capture, Line]:
    line = Line(text[:MOST])
    verb = recognise(line.text)
    if verb is not None and verb.name == "add":
        line.take(*verb.span, "label")
    contacts = Contacts(line, region)
    labelled = _Labelled(line, now, zone)
    for word, span in labels.unknown(line):
        if word in LABEL_LIKE_NAME or not (chinese.name(word) > chinese.FULL + 3 or chinese.firm(word) or chinese.title(word)):
            line.take(span.start, span.end, "kept")
    where = labelled.address or address.take(line)
    when = labelled.when if labelled.when is not None else dates.take(line, now, zone)
    settled = settle(
        line,
        Known(
            emails=contacts.emails,
            name=bool(labelled.name),
            company=bool(labelled.company),
            title=bool(labelled.title),
        ),
    )
    name = labelled.name or settled.name
    told = spoken(name)
    salutation = settled.salutation or (told.salutation if told else "")
    plain = salutation.lower().strip(".")
    gender = LATIN_GENDER.get(plain) or ADDRESS_GENDER.get(plain) or (told.gender if told else None)
    said = "".join(line.flat[at] for at, field in enumerate(line.field) if field == "gender")
    if said:
        gender = "female" if said.lower().startswith(("女", "f")) else "male"
    rest = "\n".join(part for part in (line.gather("", "kept"), text[MOST:].strip()) if part)
    return (
        Capture(
            name=name,
            company=labelled.company or settled.company,
            title=labelled.title or settled.title,
            phones=contacts.phones,
            emails=contacts.emails,
            wechat=contacts.wechat,
            address=where,
            region=labelled.region or settled.region,
            tags=tuple(dict.fromkeys(contacts.tags + labelled.tags)),
            when=when,
            birthday=contacts.birthday,
            gender=gender,
            salutation=salutation,
            rest=rest,
        ),
        line,
    )


def read(text: str, *, now: datetime, zone: ZoneInfo, region: str = "CN") -> Capture:
    """What a message says about one customer. Never raises; what isn't understood is in `rest`.

    `now` is an aware instant; days and times are told in `zone`; `region` is the ISO 3166 code of the country whose
    numbers are typed without a country code.
    """
    return _understood(text, now, zone, region)[0]


def as_json(text: str, *, now: datetime, zone: ZoneInfo, region: str = "CN") -> dict[str, object]:
    """The same as plain JSON values; a key is absent when its field is.

    Keys: name, company, title, phones (e164, ext, raw), emails, wechat, address, tags, when (ISO, in the zone), rest.
    What `read` has in fields beyond these (region, birthday, gender, salutation) is in the rest as it was typed.
    """
    capture, line = _understood(text, now, zone, region)
    when = capture.when
    if isinstance(when, datetime):
        told = when.replace(tzinfo=None).isoformat(timespec="minutes")
    else:
        told = when.isoformat() if when else ""
    rest = line.gather("", "kept", "region", "birthday", "gender", "salutation")
    fields: dict[str, object] = {
        "name": capture.name,
        "company": capture.company,
        "title": capture.title,
        "phones": [{key: value for key, value in phone.model_dump().items() if value} for phone in capture.phones],
        "emails": list(capture.emails),
        "wechat": capture.wechat,
        "address": capture.address,
        "tags": list(capture.tags),
        "when": told,
        "rest": "\n".join(part for part in (rest, text[MOST:].strip()) if part),
    }
    return {key: value for key, value in fields.items() if value}
