"""Where somebody is to be found: 苏州市工业园区星湖街328号; 1600 Amphitheatre Parkway, Mountain View, CA 94043.

`take(line)` gives the first address of the line and takes it off. A Chinese address goes from province to room without
spaces, or with; a Western one from house or room to country, with commas. A city alone is a region, not an address.
"""

import re

from handlers.understand.capture.chinese import LONGEST_TITLE
from handlers.understand.capture.lexicon import (
    CJK,
    FIRMS,
    HEADS,
    LEGAL,
    LEGAL_END,
    STREET,
    STRONG_END,
    TITLE,
    TRADE_END,
    UNIT,
)
from handlers.understand.capture.line import TAKEN, Line, Span
from store.rules.places import is_place, prefix

LONGEST_PART = 80
_TOKEN = re.compile(rf"[^\s,;，；、|/()<>{TAKEN}]+")
_NUMBERED = re.compile(
    r"(?:大道|道|路|街|巷|弄|胡同|村|镇|里|段|苑|园|城|厦|场|座|庄|屯|组|坊|港|桥|东|西|南|北|中)\d{1,5}(?:-\d+)?(?:号|弄|#|之)"
    r"|\d{1,5}(?:-\d+)?(?:号|弄|街|路|巷)(?:院|楼|线|弄)?\d*(?:号|栋|幢|座|楼|室)?"
    r"|[\dA-Z一二三四五六七八九十]{1,4}(?:栋|幢|单元|层|室|号楼)|\d{3,4}室"
    r"|[A-Z]座|(?:大厦|广场|大楼|中心|商厦)[A-Z]?(?:座|栋|塔)?\d{1,4}"
)
_ROAD = re.compile(rf"[{CJK}]{{1,8}}(?:大道|路|街|巷|弄|胡同)")
_LEVEL = re.compile(rf"(?:省|自治区|市|自治州|盟|区|县|旗|镇|乡|街道|村)(?=[{CJK}A-Z\d]|$)")
_DISTRICT = re.compile(rf"[{CJK}]{{2,3}}(?:区|县|镇)[{CJK}]{{3,}}")
_PART = re.compile(
    rf"(?:[{CJK}\dA-Za-z\-#]*(?:栋|幢|座|楼|层|室|单元|号|厦|广场|苑|园区|小区|花园|村|大院)|[A-Z]?\d{{2,5}}|[{CJK}]{{2,6}}(?:省|市|区|县|镇|乡|路|街|大道))"
)
_LAST_NUMBER = re.compile(r"(?:号|室|楼|层|栋|幢|座|弄|\d)(?!.*(?:号|室|楼|层|栋|幢|座|弄|\d))")
_BUILDING_END = re.compile(r"(?:大厦|广场|大楼|大院|园区|花园|小区|公寓|中心|城|期|号|室|楼|层|栋|幢|座|塔)$")

_STREET = re.compile(
    r"(?<![\w#.])(?:\d{1,5},? (?:rue|avenue|boulevard|place|quai|chemin|allée)(?: (?:de|du|des|la|le))*(?: [\w'’\-]+){1,3}"
    rf"|\d{{1,5}}[a-z]?(?:[-/]\d{{1,5}})?,? (?:(?!\d+,? )[\w'.\-]+ ){{0,5}}?{STREET}(?![\w'])\.?"
    r"(?: (?:north|south|east|west|n|s|e|w|ne|nw|se|sw)\b\.?)?"
    r"|(?:[a-zà-ÿ][\w\-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|gatan|vej)"
    r"|(?:rua|avenida|av\.?|via|viale|calle|rue|piazza|plaza|carrer|ulica|ul\.)(?: [\w'.\-]+){1,4}?),? \d{1,5}[a-z]?(?!\d))"
)
_ROOM = re.compile(rf"(?<![\w]){UNIT} ?(?:#|no\.?)? ?[\w\-]{{1,6}}(?![\w])")
_PO_BOX = re.compile(r"(?<!\w)p\.?o\.? ?box \d+")
_POSTCODE = re.compile(
    r"(?:[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3} \d{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}-\d{3}|(?:[A-Z]{1,2}-)?\d{4,6})(?![\w])"
)
_STATE = re.compile(r"[A-Z]{2}(?![\w.])")
_CITY_WORDS = re.compile(r"[A-ZÀ-Þ][\w'.\-]*(?: (?:de|la|del|do|upon|on|of|the|am|der|[A-ZÀ-Þ][\w'.\-]*)){0,3}")


def _weight(token: str) -> int:
    """How much a Chinese token says that it is an address: 2 by itself, 1 as part of one, 0 not."""
    if len(token) > LONGEST_PART or (len(token) <= LONGEST_TITLE and TITLE.fullmatch(token)):
        return 0
    numbered = _NUMBERED.search(token) is not None
    levels = len(_LEVEL.findall(token))
    named = bool(
        LEGAL_END.search(token)
        or (STRONG_END.search(token) and not _BUILDING_END.search(token))
        or TRADE_END.search(token)
    )
    if numbered and (_ROAD.search(token) or levels >= 1 or prefix(token)):
        return 2
    if named:
        return 0
    if _DISTRICT.match(token):
        return 2
    if levels >= 2 and (prefix(token) or token[-1] in "区县镇乡村" or _ROAD.search(token)):
        return 2
    if prefix(token) and (
        (_ROAD.search(token) and token[-1] in "路街巷道") or (_BUILDING_END.search(token) and levels)
    ):
        return 2
    return 1 if numbered or _PART.fullmatch(token) or is_place(token) else 0


def _cut(token: str) -> int:
    """Where the address ends in a token that goes on with a firm or a person: …100号云帆科技有限公司."""
    last = _LAST_NUMBER.search(token)
    if last is None:
        return len(token)
    tail = token[last.end() :]
    if (
        len(tail) >= 3
        and (LEGAL_END.search(tail) or STRONG_END.search(tail) or TRADE_END.search(tail))
        and not _BUILDING_END.search(tail)
    ):
        return last.end()
    return len(token)


def _chinese(line: Line) -> Span | None:
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(line.open)]
    weights = [_weight(line.open[token.start : token.end]) for token in tokens]
    for number, weight in enumerate(weights):
        if weight < 2:
            continue
        first = last = number
        end = tokens[number].start + _cut(line.open[tokens[number].start : tokens[number].end])
        while first and weights[first - 1] and line.open[tokens[first - 1].end : tokens[first].start] in (" ", "", ","):
            if is_place(line.open[tokens[first - 1].start : tokens[first - 1].end]) or weights[first - 1] == 2:
                first -= 1
            else:
                break
        while (
            end == tokens[last].end
            and last + 1 < len(tokens)
            and weights[last + 1]
            and line.open[tokens[last].end : tokens[last + 1].start] == " "
        ):
            last += 1
            end = tokens[last].start + _cut(line.open[tokens[last].start : tokens[last].end])
        return Span(tokens[first].start, end)
    return None


def _rooms_before(shown: str, start: int) -> int:
    """Where the rooms and floors begin that stand before a street: Suite 500, 221 Baker Street."""
    while True:
        head = shown[:start].rstrip(" ,")
        cut = max(head.rfind(mark) for mark in (",", ";", "\n", TAKEN, "|")) + 1
        piece = head[cut:].strip()
        if piece and _ROOM.fullmatch(piece.lower()) and shown[len(head) : start].strip(" ") in (",", ""):
            start = cut + len(head[cut:]) - len(head[cut:].lstrip())
            continue
        return start


def _is_named(piece: str) -> bool:
    """Whether a piece between commas is a firm or a title, so that it ends the address."""
    words = [word.strip(".,").lower() for word in piece.split()]
    return any(word in LEGAL or word in HEADS for word in words) or (len(words) > 1 and words[-1] in FIRMS)


def _towns_after(line: Line, end: int) -> int:
    """Where the room, town, state, postcode and country end that follow a street."""
    text = line.open
    while True:
        gap = re.match(r"(?:,? ?\n|, ?| )", text[end:])
        if gap is None:
            return end
        at = end + gap.end()
        if room := _ROOM.match(line.lower, at):
            end = room.end()
            continue
        if code := _POSTCODE.match(text, at):
            end = code.end()
            continue
        piece_end = next((i for i in range(at, len(text)) if text[i] in f",;\n|{TAKEN}"), len(text))
        piece = text[at:piece_end].rstrip()
        if is_place(piece) or ("," in gap.group() and _STATE.fullmatch(piece)):
            end = at + len(piece)
            continue
        town = _CITY_WORDS.match(text, at)
        if town is None:
            return end
        inner = re.match(r"[A-ZÀ-Þ][\w'.\-]*(?: [A-ZÀ-Þ][\w'.\-]*){0,2}?(?=,? )", text[at:])
        follows = inner and _POSTCODE.match(
            text, at + inner.end() + len(text[at + inner.end() :]) - len(text[at + inner.end() :].lstrip(" ,"))
        )
        if inner and follows and not _is_named(inner.group()):
            end = follows.end()
            continue
        whole = town.end() == at + len(piece)
        if (
            whole
            and "," in gap.group()
            and _closes(text, piece_end)
            and _parts_before(text, end) > 1
            and not _is_named(piece)
        ):
            end = town.end()
            continue
        following = text[piece_end + 1 :].lstrip(" ") if text[piece_end : piece_end + 1] == "," else ""
        then = following.partition(",")[0].partition("\n")[0].partition(TAKEN)[0].strip()
        if (
            whole
            and not _is_named(piece)
            and (_POSTCODE.match(following) or _STATE.fullmatch(then) or (then and is_place(then)))
        ):
            end = town.end()
            continue
        return end


def _closes(text: str, at: int) -> bool:
    """Whether nothing of the same stretch follows: a street's town may stand there without state or postcode."""
    return not text[at:].strip() or text[at] in f";\n|{TAKEN}"


def _parts_before(text: str, at: int) -> int:
    """How many stretches with words stand before: a name and a firm, so that another may be the town."""
    return sum(any(character.isalpha() for character in part) for part in re.split(rf"[,;\n|{TAKEN}]|[-/] ", text[:at]))


def _western(line: Line) -> Span | None:
    match = _STREET.search(line.lower) or _PO_BOX.search(line.lower)
    while match and TAKEN in line.open[match.start() : match.end()]:
        match = _STREET.search(line.lower, match.start() + 1)
    if match is None:
        return None
    return Span(_rooms_before(line.open, match.start()), _towns_after(line, match.end()))


def take(line: Line) -> str:
    """The line's first address, which is taken off it; empty when there is none."""
    span = _chinese(line) or _western(line)
    if span is None:
        return ""
    line.take(span.start, span.end, "address")
    return line.typed(span.start, span.end)


def extent(text: str) -> int:
    """How far the address reaches that a labelled value begins with; the whole value when it shows no end."""
    pieces = [match.span() for match in _TOKEN.finditer(text)]
    if not pieces or text.isascii():
        return len(text)
    end = pieces[0][1]
    for start, stop in pieces[1:]:
        piece = text[start:stop]
        if not _weight(piece) or text[end:start] not in (" ", ",", ""):
            break
        end = stop
    return end
