"""What has a shape of its own: e-mail addresses, web pages, WeChat names, phone numbers, tags, birthdays.

Taken off the line first, since their characters would mislead those who look for names: `take(line, "CN")`.
"""

import re
from dataclasses import dataclass

from handlers.understand.capture import labels
from handlers.understand.capture.line import TAKEN, Line
from store.rules import email, phone
from store.rules.models import Phone
from store.rules.script import narrow

_PAGE = re.compile(r"(?:https?://|www\.)[^\s,;，；。<>()（）\x1f\u3400-\u9fff]+")
_WECHAT = re.compile(
    r"(?:(?:(?<!\w)(?:加|\+|➕)(?:个|我|他|她|一下)?(?:微信?|薇信?|威信|v信|[vw](?![a-z]))"
    r"|加微信|微 ?信号?码?|薇信|v信)(?: ?id| ?号)?(?: ?(?:is|是|为))? ?[】\]:=#]? ?"
    r"|(?<![a-z0-9@._-])(?:(?:wechat|weixin)(?: id| no\.?| number)?(?: is)?|wx|vx)(?: ?[:=#] ?| )"
    r"|(?<![a-z0-9@._-])v ?: ?)@?"
    r"(?P<id>[a-z0-9][a-z0-9_.\-]{2,29})(?![a-z0-9_@])"
)
_WECHAT_NICK = re.compile(r"(?:微信号?|wechat|vx|wx) ?[:=] ?(?P<id>[^\s,;|/:()\x1f]{1,20})")
_QQ = re.compile(r"(?:企鹅|qq)(?: ?号码?)? ?[:=]? ?[1-9]\d{4,10}(?!\d)")
_WECHAT_SAME = re.compile(
    r"\(?(?:(?<![a-z])(?:微信|薇信|v信|wechat|wx|vx|v)号?码? ?[:=]? ?(?:[就也都][是为]?|[是为]|[和跟与] ?)?(?:"
    r"同(?: ?(?:手机|电话|此|本)?号?(?:码|步)?)|(?:手机|电话|这个|本机|此|该|一个)(?:号码?)(?:一样|相同|一致)?"
    r"|(?:手机|电话)(?:一样|相同|一致))|(?:手机|电话)微信同号?|[和跟与同]微信号?(?:一样|相同|同号)?"
    r"|(?:also )?(?:on )?wechat (?:is )?(?:the )?same(?: (?:number|as (?:phone|mobile|above)))?"
    r"|same (?:number )?(?:for|as|on) wechat|also (?:my |her |his )?(?:on )?wechat)\)?"
    r"|(?:手机号?码?|电话|联系方式|tel|phone|mobile|cell) ?[/、&+和及] ?(?:微信号?|wechat|[wv]x)(?= ?[:=]? ?\+?\d)"
    r"|(?:微信号?|wechat|[wv]x) ?[/、&+和及] ?(?:手机号?码?|电话|tel|phone|mobile|cell)(?= ?[:=]? ?\+?\d)"
)
_TELEFAX = re.compile(r"(?:tel|telephone|phone|t|电话|座机)\.? ?[/&]")
"""One number for both is one to call."""
_EXTENSION = re.compile(r"(?:分机号?码?|内线|(?<![a-z])ext(?:ension|n)?\.?(?: no\.?)?) ?[:=] ?(?P<ext>\d{1,6})(?!\d)")
"""An extension that stands apart from its number, with a label of its own."""
_LEAST_ID = 5
"""A shorter word behind wx or vx without a colon says something else: "wx ok"."""

_AFTER_PHONE = re.compile(
    r" ?\((?:手机|座机|办公|工作|公司|家|私人|mobile|cell|office|work|home|direct|whatsapp|m|o|h|w)\)"
)
_TAG = re.compile(r"(?<![A-Za-z0-9_&])#(?P<tag>[^\s#,;:，。；、|()\x1f]{1,30})(?:#(?![^\s#]))?")
_NUMBER_ONLY = re.compile(r"[\d\-]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"3[01]|[12]\d|0?[1-9]"
_YEAR = r"(?:19|20)\d\d"
_BIRTHDAY = re.compile(
    r"(?:出生日期|出生年月|生日|出生于?|birthday|birth date|date of birth|dob|bday|b-day|born(?: on)?)"
    r" ?(?:是|is)? ?[:=]? ?"
    rf"(?:(?:(?P<y>{_YEAR}) ?[-./年] ?)?(?P<m>1[0-2]|0?[1-9]) ?[-./月] ?(?P<d>{_DAY})(?:[日号](?!\w))?"
    rf"|(?P<word>{'|'.join(_MONTHS)})[a-z]* (?P<wd>{_DAY})(?:st|nd|rd|th)?(?:,? (?P<wy>{_YEAR}))?)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What was found, in the order of the line, each once."""

    emails: tuple[str, ...]
    wechat: str
    phones: tuple[Phone, ...]
    tags: tuple[str, ...]
    birthday: str


def _emails(line: Line) -> tuple[str, ...]:
    found: list[str] = []
    for one in email.find(line.open):
        start = one.start
        if line.lower[max(0, start - 7) : start] == "mailto:":
            start -= 7
        line.take(start, one.end, "emails")
        line.take(labels.before(line, "email", start), start, "label")
        found.append(one.address)
    return tuple(dict.fromkeys(found))


def _pages(line: Line) -> None:
    """Web pages go into no field; they are taken so that nobody reads names or dates in them."""
    for match in _PAGE.finditer(line.open):
        line.take(match.start(), match.start() + len(match.group().rstrip(".:!?")), "kept")


def _wechat(line: Line) -> str:
    for pattern in (_WECHAT, _WECHAT_NICK):
        for match in pattern.finditer(line.lower):
            start, end = match.span("id")
            end = start + len(match["id"].rstrip(".-"))
            if TAKEN in line.open[match.start() : end] or (end - start < _LEAST_ID and ":" not in match.group()):
                continue
            line.take(start, end, "wechat")
            line.take(match.start(), start, "label")
            return narrow(line.text[start:end])
    return ""


def _qq(line: Line) -> None:
    """QQ numbers have no field of their own, and are no phones."""
    for match in _QQ.finditer(line.lower):
        line.take(match.start(), match.end(), "kept")


def _phones(line: Line, region: str) -> tuple[Phone, ...]:
    """Phone numbers; what is labelled as a fax machine's goes to the rest with its label."""
    found: dict[tuple[str, str], Phone] = {}
    for one in phone.find(line.open, region):
        fax = labels.before(line, "fax", one.start)
        if fax != one.start and not _TELEFAX.match(line.lower, fax):
            line.take(fax, one.end, "kept")
            continue
        line.take(one.start, one.end, "phones")
        line.take(labels.before(line, "phone", one.start), one.start, "label")
        if aside := _AFTER_PHONE.match(line.lower, one.end):
            line.take(one.end, aside.end(), "label")
        as_typed = one.phone.model_copy(update={"raw": line.text[one.start : one.end]})
        found.setdefault((as_typed.e164, as_typed.ext), as_typed)
    apart = _EXTENSION.search(line.lower)
    if apart is not None and TAKEN not in line.open[apart.start() : apart.end()]:
        _extend(line, apart, found)
    return tuple(found.values())


def _extend(line: Line, said: re.Match[str], found: dict[tuple[str, str], Phone]) -> None:
    """Give an extension that was said apart to the last number without one."""
    bare = [key for key, number in found.items() if not number.ext]
    if bare:
        found[bare[-1]] = found[bare[-1]].model_copy(update={"ext": said["ext"]})
        line.take(said.start(), said.end(), "phones")


def _tags(line: Line) -> tuple[str, ...]:
    found: list[str] = []
    for match in _TAG.finditer(line.open):
        tag = line.typed(*match.span("tag"))
        if tag and not _NUMBER_ONLY.fullmatch(match["tag"]):
            line.take(match.start(), match.end(), "tags")
            line.take(labels.before(line, "tag", match.start()), match.start(), "label")
            found.append(tag)
    return tuple(dict.fromkeys(found))


def _birthday(line: Line) -> str:
    match = _BIRTHDAY.search(line.lower)
    if match is None:
        return ""
    line.take(match.start(), match.end(), "birthday")
    month = _MONTHS.index(match["word"]) + 1 if match["word"] else int(match["m"])
    return f"{match['y'] or match['wy'] or '-'}-{month:02}-{int(match['wd'] or match['d']):02}"


def take(line: Line, region: str) -> Contacts:
    """Everything with a shape, taken off the line with the labels in front of it.

    `region` is the country whose numbers are typed without a country code.
    """
    birthday = _birthday(line)
    emails = _emails(line)
    _pages(line)
    _qq(line)
    same = _WECHAT_SAME.search(line.lower)
    if same is not None:
        line.take(same.start(), same.end(), "label")
    wechat = _wechat(line)
    phones = _phones(line, region)
    if same is not None and not wechat and phones:
        wechat = phones[0].e164.removeprefix("+86")
    return Contacts(emails, wechat, phones, _tags(line), birthday)
