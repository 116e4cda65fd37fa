"""What has a shape of its own: e-mail addresses, web pages, WeChat names, phone numbers, tags, birthdays.

Taken off the line first, since their characters would mislead those who look for names. `take(line, "CN")`.
"""

import re

from handlers.understand.capture import labels
from handlers.understand.capture.line import TAKEN, Line
from store.rules import email, phone
from store.rules.models import Phone

_PAGE = re.compile(r"(?:https?://|www\.)[^\s,;，；。<>()（）\x1f\u3400-\u9fff]+")
_WECHAT = re.compile(
    r"(?:(?:加微信|微信号?码?|薇信|v信)(?: ?id| ?号)?(?: ?(?:is|是|为))? ?[:=#]? ?"
    r"|(?<![a-z0-9@._-])(?:(?:wechat|weixin)(?: id| no\.?| number)?(?: is)?|wx|vx)(?: ?[:=#] ?| )"
    r"|(?<![a-z0-9@._-])v ?: ?)@?"
    r"(?P<id>[a-z0-9][a-z0-9_.\-]{2,29})(?![a-z0-9_@])"
)
_WECHAT_NICK = re.compile(r"(?:微信号?|wechat|vx|wx) ?[:=] ?(?P<id>[^\s,;|/:()\x1f]{1,20})")
_WECHAT_SAME = re.compile(r"[(]?(?:微信同(?:手机)?号|微信同手机|同微信(?:号)?|微信同步|微信同电话|wechat same|same (?:for|as) wechat|v同号|vx同号)[)]?")
_AFTER_PHONE = re.compile(
    r" ?\((?:手机|座机|办公|工作|公司|家|私人|mobile|cell|office|work|home|direct|whatsapp|m|o|h|w)\)"
)
_TAG = re.compile(r"(?<![\w&])#(?P<tag>[^\s#,;:，。；、|()\x1f]{1,30})#?")
_LEAST_ID = 5
_NUMBER_ONLY = re.compile(r"[\d\-]+")
_BIRTHDAY = re.compile(
    r"(?:出生日期|出生年月|生日|出生于?|birthday|birth date|date of birth|dob|bday|b-day|born(?: on)?) ?(?:是|is)? ?[:=]? ?"
    r"(?:(?:(?P<y>(?:19|20)\d\d) ?[-./年] ?)?(?P<m>1[0-2]|0?[1-9]) ?[-./月] ?(?P<d>3[01]|[12]\d|0?[1-9])(?:[日号](?!\w))?"
    r"|(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?P<wd>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,? (?P<wy>(?:19|20)\d\d))?)"
    r"(?!\d)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _emails(line: Line) -> tuple[str, ...]:
    found: list[str] = []
    for one in email.find(line.open):
        start, end = one.start, one.end
        if line.lower[max(0, start - 7) : start] == "mailto:":
            start -= 7
        line.take(start, end, "emails")
        begin = labels.before(line, "email", start)
        line.take(begin, start, "label")
        found.append(one.address)
    return tuple(dict.fromkeys(found))


def _wechat(line: Line) -> str:
    shown = line.open.lower() if len(line.open.lower()) == len(line.open) else line.lower
    for pattern in (_WECHAT, _WECHAT_NICK):
        for match in pattern.finditer(shown):
            given = match["id"]
            if len(given) < _LEAST_ID and ":" not in match.group():
                continue  # "wx ok" says something else
            start, end = match.span("id")
            end -= len(given) - len(given.rstrip(".-"))
            line.take(start, end, "wechat")
            line.take(match.start(), start, "label")
            return line.typed(start, end)
    return ""


def _phones(line: Line, region: str) -> tuple[Phone, ...]:
    found: list[Phone] = []
    for one in phone.find(line.open, region):
        begin = labels.before(line, "fax", one.start)
        if begin != one.start:
            line.take(begin, one.end, "kept")
            continue
        raw = line.text[one.start : one.end]
        line.take(one.start, one.end, "phones")
        line.take(labels.before(line, "phone", one.start), one.start, "label")
        if aside := _AFTER_PHONE.match(line.lower, one.end):
            line.take(one.end, aside.end(), "label")
        if all(known.e164 != one.phone.e164 or known.ext != one.phone.ext for known in found):
            found.append(one.phone.model_copy(update={"raw": raw}))
    return tuple(found)


def _tags(line: Line) -> tuple[str, ...]:
    found: list[str] = []
    for match in _TAG.finditer(line.open):
        if _NUMBER_ONLY.fullmatch(match["tag"]):
            continue
        line.take(match.start(), match.end(), "tags")
        found.append(line.typed(*match.span("tag")))
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _birthday(line: Line) -> str:
    match = _BIRTHDAY.search(line.lower)
    if match is None or TAKEN in line.open[match.start() : match.end()]:
        return ""
    line.take(match.start(), match.end(), "birthday")
    month = _MONTHS.index(match["word"]) + 1 if match["word"] else int(match["m"])
    day = int(match["wd"] or match["d"])
    return f"{match['y'] or match['wy'] or '-'}-{month:02}-{day:02}"


def _pages(line: Line) -> None:
    """Web pages go into no field; they are taken so that nobody reads names or dates in them."""
    for match in _PAGE.finditer(line.open):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(".:!?")))
        line.take(match.start(), end, "kept")


class Contacts:
    """What `take` found: in the order of the line, each once."""

    __slots__ = ("birthday", "emails", "phones", "tags", "wechat")

    def __init__(self, line: Line, region: str) -> None:
        self.birthday = _birthday(line)
        self.emails = _emails(line)
        _pages(line)
        same = _WECHAT_SAME.search(line.lower)
        if same is not None:
            line.take(same.start(), same.end(), "label")
        self.wechat = _wechat(line)
        self.phones = _phones(line, region)
        if same is not None and not self.wechat and self.phones:
            self.wechat = self.phones[0].e164.removeprefix("+86")
        self.tags = _tags(line)
