"""Where somebody is to be found: 苏州市工业园区星湖街328号; 1600 Amphitheatre Parkway, Mountain View, CA 94043.

`take(line)` gives the first address of the line and takes it off. A Chinese address goes from province to room without
spaces, or with; a Western one from room or house to country, with commas. A city alone is a region, not an address.
"""

import re

from handlers.understand.capture.judging import LONGEST_TITLE, is_under_roof
from handlers.understand.capture.lexicon import (
    CJK,
    FIRMS,
    HEADS,
    LEGAL,
    LEGAL_END,
    PLACE,
    STREET,
    STRONG_END,
    TITLE,
    TRADE_END,
    UNIT,
)
from handlers.understand.capture.line import TAKEN, Line, Span
from store.rules.places import is_place, prefix

LONGEST = 80
_TOKEN = re.compile(rf"[^\s,;，；、|/()<>{TAKEN}]+")
_WHERE = re.compile(
    rf"(?:公司|工厂|厂|店|门店|办公室|单位|家|总部|仓库|人|我们)?(?:就?在|位于|坐落于?|住在?)(?={PLACE})|(?:公司|工厂|厂|店)(?:就?在|位于)"
)
"""What leads to an address within a word: 公司在沈阳市铁西区…"""
_NUMBERED = re.compile(
    r"(?:大道|道|路|街|巷|弄|胡同|村|镇|里|段|苑|园|城|厦|场|座|庄|屯|组|坊|港|桥|东|西|南|北|中)\d{1,5}(?:-\d+)?(?:号|弄|#|之)"
    r"|\d{1,5}(?:-\d+)?(?:号|弄|街|路|巷)(?:院|楼|线|弄)?\d*(?:号|栋|幢|座|楼|室)?"
    r"|[\dA-Z一二三四五六七八九十]{1,4}(?:栋|幢|单元|层|室|号楼)|\d{3,4}室"
    r"|[A-Z]座|(?:大厦|广场|大楼|中心|商厦)[A-Z]?(?:座|栋|塔)?\d{1,4}"
)
_DAY = re.compile(r"\d月\d{1,2}[日号]")
_ROAD = re.compile(rf"[{CJK}]{{1,8}}(?:大道|路|街|巷|弄|胡同|道(?=\d))")
_LEVEL = re.compile(rf"(?:省|自治区|市|自治州|盟|区|县|旗|镇|乡|街道|村)(?=[{CJK}A-Z\d]|$)")
_DISTRICT = re.compile(rf"(?![{CJK}]?[景园社小校库战发新])[{CJK}]{{2,3}}(?<![景园社小校库战发新])区[{CJK}]{{3,}}")
_PART = re.compile(
    rf"[{CJK}\dA-Za-z\-#]*(?:栋|幢|座|楼|层|室|单元|号|厦|广场|苑|园区|小区|花园|村|大院)|[A-Z]?\d{{2,5}}"
    rf"|[{CJK}]{{2,6}}(?:省|市|区|县|镇|乡|路|街|大道)"
)
_LAST_NUMBER = re.compile(r"(?:号|室|楼|层|栋|幢|座|弄|\d)(?!.*(?:号|室|楼|层|栋|幢|座|弄|\d))")
_BUILDING_END = re.compile(r"(?:大厦|广场|大楼|大院|园区|花园|小区|公寓|中心|城|期|号|室|楼|层|栋|幢|座|塔)$")

_STREET = re.compile(
    r"(?<![\w#.])(?:\d{1,5},? (?:rue|avenue|boulevard|place|quai|chemin|allée"
    r"|via|viale|corso|piazza|calle|rua|avenida|jalan|jln|lorong)"
    r"(?: (?:de|du|des|la|le))*(?: [\w'’\-]+){1,3}"
    rf"|\d{{1,5}}[a-z]?(?:[-/]\d{{1,5}})?,? (?:(?!\d+,? |\d+(?::\d\d)?[ap]m )[\w'.\-]+ ){{0,5}}{STREET}(?![\w'])\.?"
    r"(?: (?:north|south|east|west|n|s|e|w|ne|nw|se|sw)\b\.?)?"
    r"|(?:[a-zà-ÿ][\w\-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|gatan|vej)"
    r"|(?:rua|avenida|av\.?|via|viale|calle|rue|piazza|plaza|carrer|ulica|ul\.)(?: [\w'.\-]+){1,4}?)"
    r",? \d{1,5}[a-z]?(?!\d))"
)
_PO_BOX = re.compile(r"(?<!\w)p\.?o\.? ?box \d+")
_ROOM = re.compile(
    rf"(?<![\w])(?:{UNIT}(?: ?(?:#|no\.?) ?| |(?=\d))[\w\-]{{1,6}}"
    rf"|(?:\d{{1,3}}|g)/f|\d{{1,3}}(?:st|nd|rd|th) floor)(?![\w])"
)
_UNIT_BEFORE = re.compile(rf"(?<![\w]){UNIT} $")
_POSTCODE = re.compile(
    r"(?:[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3} \d{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|\d{5}-\d{3}|\d{3} \d{2}(?= [A-Z])|(?:[A-Z]{1,2}-)?\d{4,6}(?! \d{3}))(?![\w])"
)
_STATE = re.compile(r"[A-Z]{2}(?![\w.])")
_TOWN = re.compile(r"[A-ZÀ-Þ][\w'.\-]*(?: (?:de|la|del|do|upon|on|of|the|am|der|[A-ZÀ-Þ][\w'.\-]*)){0,3}")
_TOWN_AND_CODE = re.compile(rf"(?P<town>[A-ZÀ-Þ][\w'.\-]*(?: [A-ZÀ-Þ][\w'.\-]*){{0,2}}?)[ ,]+{_POSTCODE.pattern}")
_CODE_AND_TOWN = re.compile(
    rf"(?:[A-Z]{{1,2}}-)?(?:\d{{4,5}}|\d{{3}} \d{{2}})(?: [A-Z]{{2}})?"
    rf" (?P<town>[A-ZÀ-Þ][^\W\d]+(?: [A-ZÀ-Þ][^\W\d]+)?)(?=[,;\n|{TAKEN}]| [-–—/]|$)"
)
"""5020 Salzburg, 1017 CT Amsterdam."""
_WHOLE = re.compile(
    rf"(?<![\w#.+(-])\d{{1,5}}[A-Za-z]? [A-Z][^,;\n|{TAKEN}\d]{{1,40}}, ?(?:[A-Z][^,;\n|{TAKEN}\d]{{1,30}}, ?){{0,2}}"
    rf"(?:[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?|(?:[A-Z][a-z]+ ){{0,2}}[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})(?!\w)"
)
"""A house and a postcode with its state or town around a street of any name: 315 Bowery, New York, NY 10003."""
_HOUSE_BEHIND = re.compile(rf"(?<![\w])[A-ZÀ-Þ][^\W\d]+(?: [^\W\d]+){{0,2}} \d{{1,4}}[a-z]?, ?{_CODE_AND_TOWN.pattern}")
"""Torget 5, 5014 Bergen: the same where the house stands behind the street and the postcode before the town."""
_GAP = re.compile(r"(?:,? ?\n|, ?| )")
_STRETCH_END = re.compile(rf"[,;\n|{TAKEN}]|$")


def _is_firm(token: str) -> bool:
    """Whether a Chinese token ends like a firm and not like a building."""
    if LEGAL_END.search(token) or TRADE_END.search(token):
        return True
    return STRONG_END.search(token) is not None and not _BUILDING_END.search(token)


def _weight(token: str) -> int:
    """How much a Chinese token says that it is an address: 2 by itself, 1 as part of one, 0 not."""
    if _DAY.search(token) or len(token) > LONGEST or (len(token) <= LONGEST_TITLE and TITLE.fullmatch(token)):
        return 0
    numbered = _NUMBERED.search(token) is not None
    levels = len(_LEVEL.findall(token))
    road = _ROAD.search(token) is not None
    if numbered and (road or levels or prefix(token)):
        return 2
    if _is_firm(token):
        return 0
    if _DISTRICT.match(token) or (levels >= 2 and (prefix(token) or road or token[-1] in "区县镇乡村")):
        return 2
    if is_under_roof(token) and levels < 2 and not road:
        return 0
    if prefix(token) and ((road and token[-1] in "路街巷道") or (levels and _BUILDING_END.search(token))):
        return 2
    return 1 if numbered or _PART.fullmatch(token) or is_place(token) else 0


def _cut(token: str) -> int:
    """Where the address ends in a token that goes on with a firm: …100号云帆科技有限公司."""
    last = _LAST_NUMBER.search(token[:LONGEST])
    tail = token[last.end() :] if last else ""
    return last.end() if last and len(tail) >= 3 and _is_firm(tail) and not _BUILDING_END.search(tail) else len(token)


def _chinese(line: Line) -> Span | None:
    """The first token that is an address by itself, with the places before it and the parts behind it."""
    text = line.open
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text)]
    words = [text[token.start : token.end] for token in tokens]
    weights = [_weight(word) for word in words]
    sure = next((number for number, weight in enumerate(weights) if weight == 2), None)
    if sure is None:
        return None
    first = last = sure
    while first and text[tokens[first - 1].end : tokens[first].start] in (" ", ","):
        if not (is_place(words[first - 1]) or weights[first - 1] == 2):
            break
        first -= 1
    end = tokens[last].start + _cut(words[last])
    while end == tokens[last].end and last + 1 < len(tokens) and weights[last + 1]:
        if text[tokens[last].end : tokens[last + 1].start] != " ":
            break
        last += 1
        end = tokens[last].start + _cut(words[last])
    where = _WHERE.match(text, tokens[first].start, end)
    if where:
        line.take(where.start(), where.end(), "label")
    return Span(where.end() if where else tokens[first].start, end)


def _rooms_before(text: str, start: int) -> int:
    """Where the rooms and floors begin that stand before a street: Suite 500, 221 Baker Street."""
    unit = _UNIT_BEFORE.search(text[:start].lower())
    start = unit.start() if unit else start  # Unit 4, Harbour Park
    while True:
        head = text[:start].rstrip(" ,")
        cut = max(head.rfind(mark) for mark in (",", ";", "\n", TAKEN, "|")) + 1
        piece = head[cut:].strip()
        if not piece or not _ROOM.fullmatch(piece.lower()):
            return start
        start = head.rindex(piece)


def _ends_as_firm(piece: str) -> bool:
    """Whether a piece between commas ends like a firm, so that a town may stand before it: Milano, Rossi Moda SpA."""
    last = piece.split()[-1:]
    return len(piece.split()) > 1 and last[0].strip(".,").lower().replace(".", "") in LEGAL | FIRMS


def _is_named(piece: str) -> bool:
    """Whether a piece between commas is a firm or a job, so that it ends the address."""
    words = [word.strip(".,").lower() for word in piece.split()]
    return any(word in LEGAL or word in HEADS for word in words) or (len(words) > 1 and words[-1] in FIRMS)


def _town_end(text: str, at: int, street_end: int) -> int:
    """Where the town ends that begins at `at`; `at` when none does.

    A town is known by the postcode, state or country behind it; in "Jane Doe, Acme, 1 Main Square, Casablanca" by
    there being a person and a firm before the street and nothing behind.
    """
    coded = _TOWN_AND_CODE.match(text, at)
    if coded and not _is_named(coded["town"]):
        return coded.end()
    town = _TOWN.match(text, at)
    stop = _STRETCH_END.search(text, at)
    if town is None or stop is None or text[town.end() : stop.start()].strip() or _is_named(town.group()):
        return at
    if text[stop.start() : stop.start() + 1] == ",":
        following = text[stop.start() + 1 :].lstrip(" ")
        then = _STRETCH_END.split(following, maxsplit=1)[0].strip()
        known = _POSTCODE.match(following) or _STATE.fullmatch(then) or (then and is_place(then)) or _ends_as_firm(then)
        return town.end() if known else at
    before = re.split(rf"[,;\n|{TAKEN}]|[-/] ", text[:street_end])
    return town.end() if sum(any(letter.isalpha() for letter in part) for part in before) > 2 else at


def _towns_after(line: Line, street_end: int) -> int:
    """Where the room, town, state, postcode and country end that follow a street."""
    text, end = line.open, street_end
    while gap := _GAP.match(text, end):
        at = gap.end()
        stop = _STRETCH_END.search(text, at)
        piece = text[at : stop.start() if stop else len(text)].rstrip()
        if found := _ROOM.match(line.lower, at):
            end = found.end()
        elif found := _POSTCODE.match(text, at):
            coded = _CODE_AND_TOWN.match(text, at)
            end = coded.end() if coded and not _is_named(coded["town"]) else found.end()
        elif is_place(piece) or ("," in gap.group() and _STATE.fullmatch(piece)):
            end = at + len(piece)
        elif (town := _town_end(text, at, street_end)) > at and (
            "," in gap.group() or _POSTCODE.search(text, at, town)
        ):
            end = town
        else:
            break
    return end


def _western(line: Line) -> Span | None:
    match = _STREET.search(line.lower) or _PO_BOX.search(line.lower)
    while match and TAKEN in line.open[match.start() : match.end()]:
        match = _STREET.search(line.lower, match.start() + 1)
    if match is None:
        whole = _WHOLE.search(line.open) or _HOUSE_BEHIND.search(line.open)
        return Span(*whole.span()) if whole else None
    return Span(_rooms_before(line.open, match.start()), _towns_after(line, match.end()))


def take(line: Line) -> str:
    """The line's first address, which is taken off it; empty when there is none."""
    span = _chinese(line) or _western(line)
    if span is None:
        return ""
    line.take(span.start, span.end, "address")
    return line.typed(span.start, span.end)


def extent(text: str) -> int:
    """How far the Chinese address reaches that a labelled value begins with; the first word at least."""
    end = 0
    for match in _TOKEN.finditer(text):
        if end and not (_weight(match.group()) and text[end : match.start()] in (" ", ",")):
            break
        end = match.end()
    return end
