"""Numbers in figures: 15:30, 2026-12-05, 12/25, 3pm, 1st, 1h30m; and what only looks like them, as junk."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from handlers.understand.when import numerals
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.patterns import CHUNK, DOTTED_MERIDIEM, WORD
from handlers.understand.when.scan_english import add_word
from handlers.understand.when.tokens import Line, Token
from handlers.understand.when.words_en import ENGLISH

_SHORT_MERIDIEM: Final = re.compile(r"([ap])(?![a-z0-9'.])")

_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)t(\d\d):\d\d(?::\d\d(?:\.\d{3,6})?)?(?:z|[+-]\d\d:\d\d)?(?![\w:])")

_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")

_YMD: Final = re.compile(r"((?:19|20|21)\d\d)([-/.])(\d{1,2})\2(\d{1,2})")

_DMY: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20|21)\d\d|\d\d)")

_PAIR: Final = re.compile(r"(\d{1,2})/(\d{1,2})")

_DASHED: Final = re.compile(r"(\d\d)-(\d\d)")

_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")

# 2000 minutes: what counts is no year.
_COUNTS: Final = re.compile(r" ?(?:(?:min(?:ute)?|hour|hr|day|week|month|second|sec)s\b|分钟|小时|天|秒)")
# 27年底, 07年第三季度: what makes a year, not a length, of two figures.
_SHORT_YEAR: Final = re.compile(
    r"年(?:的?(?:年?底(?!蕴)|年?末|年?初(?!心)|[上下]半年|第?[一二三四1-4]个?季|q[1-4]|春节|元旦|五一|国庆|中秋|[春夏秋冬][天季]))"
)

_YEAR_MONTH: Final = re.compile(r"(?P<y>20\d\d)[-/](?P<m>0[1-9]|1[0-2])")

_MONTH_YEAR: Final = re.compile(r"(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d)")

_COMPACT: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)")

_DECIMAL: Final = re.compile(r"\d{1,3}\.\d{1,2}")

_HOUR_MARK: Final = re.compile(r"h(\d\d)(?![a-z0-9])")

_SUFFIX_UNITS: Final = {
    "s": "second",
    "sec": "second",
    "secs": "second",
    "m": "minute",
    "min": "minute",
    "mins": "minute",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "d": "day",
    "w": "week",
    "wk": "week",
    "wks": "week",
    "mo": "month",
    "mos": "month",
    "y": "yearunit",
    "yr": "yearunit",
    "yrs": "yearunit",
}

# A number written right behind one of these is part of something else: an amount, an id, a version, a phone.
_STICKY_BEFORE: Final = frozenset("$¥€£#_\\.+=*%")

_STICKY_AFTER: Final = frozenset("%°℃_\\*=$€£")

_ATTACHABLE: Final = frozenset(
    KINDS[k] for k in ("minute", "hour", "day", "week", "month", "yearunit", "monthname", "ish")
)

_AFTER_DATE: Final = re.compile(r"\s*(?:\d{1,2}:\d\d|[上下]午|早上|晚上|中午|[一二三四五六七八九十\d]+点)")

_AFTER_FRACTION: Final = re.compile(r"\s*(?:of\s+)?(?:an?\s+)?(?:h|hr|hour|小时|个小时|day|year|month)")

_AFTER_DOTTED_CLOCK: Final = re.compile(r"\s*(?:-\s*[\d.]+\s*)?[ap]\.?m")


def read_digits(line: Line, at: int) -> int:
    """Add what begins with a figure, and return its end."""
    text = line.text
    chunk = CHUNK.match(text, at)
    if chunk is None:
        return line.junk(at, at + 1)
    iso = _ISO.match(text, at)
    end = chunk.end()
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    last = line.items[-1] if line.items else None
    if before.isascii() and before.isalpha() and not (last is not None and last.end == at and last.kind in "NHi"):
        return line.junk(at, end)
    led_in = last is not None and ((before == "+" and last.kind == "I") or (before == "." and last.kind == "N"))
    if before in _STICKY_BEFORE and not led_in:
        return line.junk(at, end)
    if before == "-" and (last is None or last.kind == "x" or _behind_junk(line)):
        return line.junk(at, end)
    if after in _STICKY_AFTER or (after == "-" and _dangling(line, end + 1)):
        return line.junk(at, end + 1)
    if iso is not None and _iso(line, iso):
        return iso.end()
    if after.isascii() and after.isalpha():
        return _digits_with_suffix(line, at, end)
    if _plain_digits(line, at, chunk[0]):
        return end
    return line.junk(at, end)


def _dangling(line: Line, at: int) -> bool:
    """Tell whether a hyphen leads from a number to a word that has nothing to do with time (12-05-A)."""
    word = WORD.match(line.text, at)
    if word is None:
        return False
    return len(word[0]) == 1 or (word[0] not in ENGLISH and word[0] not in numerals.ENGLISH)


def _behind_junk(line: Line) -> bool:
    return len(line.items) > 1 and line.items[-2].kind == "x" and line.items[-2].end == line.items[-1].start


def _iso(line: Line, found: re.Match[str]) -> bool:
    """Add a whole ISO 8601 moment; one with an offset is told in UTC."""
    try:
        moment = datetime.fromisoformat(found[0].upper())
    except ValueError:
        return False
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    _numdate(line, found.start(), found.end(3), (moment.year, moment.month, moment.day))
    line.add(
        "clock", found.start(4), found.end(), moment.hour * 3600 + moment.minute * 60 + moment.second, form="padded"
    )
    if moment.tzinfo is not None:
        line.add("zone", found.end(), found.end(), name="UTC")
    return True


def _numdate(line: Line, start: int, end: int, parts: tuple[int, int, int]) -> bool:
    year, month, day = parts
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    line.items.append(Token(KINDS["numdate"], start, end, 0, "", 0, "digits", parts))
    return True


def _plain_digits(line: Line, at: int, chunk: str) -> bool:
    """Add the tokens that a run of digits and separators says; False when it says none that we know."""
    if _one_piece(line, at, chunk):
        return True
    kept = len(line.items)
    place = at
    for i, piece in enumerate(chunk.split("-")):
        if i == 2:
            break
        if i:
            line.add("to", place, place + 1)
            place += 1
        if not _one_piece(line, place, piece):
            break
        place += len(piece)
    else:
        if place == at + len(chunk):
            return True
    del line.items[kept:]
    return False


def _one_piece(line: Line, at: int, piece: str) -> bool:
    end = at + len(piece)
    if piece.isdecimal():
        return _whole_number(line, at, piece)
    clock = _CLOCK.fullmatch(piece)
    if clock is not None:
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
            return False
        line.add("clock", at, end, hour * 3600 + minute * 60 + second, form="padded" if piece[0] == "0" else "digits")
        return True
    if _DECIMAL.fullmatch(piece):
        return _decimal(line, at, piece)
    ymd = _YMD.fullmatch(piece)
    if ymd is not None:
        return _numdate(line, at, end, (int(ymd[1]), int(ymd[3]), int(ymd[4])))
    dmy = _DMY.fullmatch(piece)
    if dmy is not None and (dmy[2] == "/" or len(dmy[4]) == 4):
        year = int(dmy[4]) + (0 if len(dmy[4]) == 4 else 2000 if int(dmy[4]) < 70 else 1900)
        return _either_order(line, at, end, year, int(dmy[1]), int(dmy[3]), "." if dmy[2] == "." else "")
    month = _YEAR_MONTH.fullmatch(piece) or _MONTH_YEAR.fullmatch(piece)
    if month is not None:
        parts = month.groupdict()
        line.items.append(Token(KINDS["numdate"], at, end, 0, "", 0, "digits", (int(parts["y"]), int(parts["m"]), 0)))
        return True
    pair = _PAIR.fullmatch(piece)
    if pair is not None:
        return _pair(line, at, end, pair)
    dashed = _DASHED.fullmatch(piece)
    if dashed is not None and _looks_like_dashed_date(line, end, dashed):
        return _numdate(line, at, end, (0, int(dashed[1]), int(dashed[2])))
    return False


def _looks_like_dashed_date(line: Line, end: int, dashed: re.Match[str]) -> bool:
    """12-05 is a date by its zero; 11-25 only when a time of day follows; 10-12 is a range."""
    if dashed[1][0] == "0" or dashed[2][0] == "0":
        return True
    return _AFTER_DATE.match(line.text, end) is not None


def _pair(line: Line, at: int, end: int, pair: re.Match[str]) -> bool:
    first, second = int(pair[1]), int(pair[2])
    if (first, second) in ((24, 7), (50, 50)) or line.text.startswith(("%", "th", "/"), end):
        return False
    if (first, second) in ((1, 2), (1, 4), (3, 4), (1, 3), (2, 3)) and _AFTER_FRACTION.match(line.text, end):
        line.items.append(Token(KINDS["dec"], at, end, first / second))
        return True
    return _either_order(line, at, end, 0, first, second, "")


def _either_order(line: Line, at: int, end: int, year: int, first: int, second: int, order: str) -> bool:
    """Keep month and day as written; `form` says when they can be read the other way round too."""
    both = first <= 12 and second <= 12 and first != second
    month, day = (second, first) if first > 12 or (order == "." and second <= 12) else (first, second)
    if not _numdate(line, at, end, (year, month, day)):
        return False
    if both and not order:
        line.items[-1] = line.items[-1]._replace(form="either")
    return True


def _whole_number(line: Line, at: int, piece: str) -> bool:
    end = at + len(piece)
    if _YEAR.fullmatch(piece) and _COUNTS.match(line.text, end) is None:
        return line.add("year", at, end, int(piece), form="digits") > 0
    compact = _COMPACT.fullmatch(piece)
    if compact is not None and (at == 0 or line.text[at - 1] in " ,(:"):
        return _numdate(line, at, end, (int(compact[1]), int(compact[2]), int(compact[3])))
    if len(piece) > 4:
        return False
    if len(piece) == 2 and _SHORT_YEAR.match(line.text, end):
        return line.add("year", at, end, int(piece) + (2000 if int(piece) < 70 else 1900), form="digits") > 0
    line.add("num", at, end, int(piece), form="padded" if piece[0] == "0" and len(piece) > 1 else "digits")
    return True


def _decimal(line: Line, at: int, piece: str) -> bool:
    end = at + len(piece)
    hour, minute = piece.split(".")
    if len(minute) == 2 and int(minute) < 60 and int(hour) < 24 and _AFTER_DOTTED_CLOCK.match(line.text, end):
        line.add("clock", at, end, int(hour) * 3600 + int(minute) * 60, form="digits")
    else:
        line.items.append(Token(KINDS["dec"], at, end, float(piece), piece))
    return True


def _ends_in(number: int, suffix: str) -> bool:
    """Tell whether an ordinal is written right: 2nd, 12th; 5RD is part of a postcode."""
    if 10 < number < 20:
        return suffix == "th"
    return suffix == {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _digits_with_suffix(line: Line, at: int, end: int) -> int:
    """Read 3pm, 1st, 3d, 1h30m, 15h30, 14april; anything else with letters attached is no date."""
    text = line.text
    chunk = text[at:end]
    meridiem = DOTTED_MERIDIEM.match(text, end) or _SHORT_MERIDIEM.match(text, end)
    if meridiem is not None:
        compact = re.fullmatch(r"(\d{1,2})(\d\d)", chunk)
        if compact is not None and int(compact[1]) <= 12 and int(compact[2]) < 60:
            line.add("clock", at, end, int(compact[1]) * 3600 + int(compact[2]) * 60, form="digits")
        elif not _plain_digits(line, at, chunk):
            return line.junk(at, meridiem.end())
        return line.add("meridiem", meridiem.start(), meridiem.end(), name=meridiem[1] + "m")
    french = _HOUR_MARK.match(text, end)
    if french is not None and chunk.isdecimal() and int(chunk) < 24 and int(french[1]) < 60:
        return line.add("clock", at, french.end(), int(chunk) * 3600 + int(french[1]) * 60, form="padded")
    suffix = WORD.match(text, end)
    word = suffix[0] if suffix is not None else ""
    stop = end + len(word)
    if word == "q" and _YEAR.fullmatch(chunk) and text[stop : stop + 1] in ("1", "2", "3", "4"):
        line.add("year", at, end, int(chunk), form="digits")
        return line.add("qnumber", end, stop + 1, int(text[stop]))
    if chunk + word in ENGLISH:
        return add_word(line, at, stop, ENGLISH[chunk + word])
    if stop < len(text) and text[stop].isdecimal() and word not in _SUFFIX_UNITS:
        return line.junk(at, stop)
    if word in ("st", "nd", "rd", "th") and chunk.isdecimal() and 1 <= int(chunk) <= 31 and _ends_in(int(chunk), word):
        return line.add("ord", at, stop, int(chunk), form="digits")
    if word in ("hrs", "hours", "h") and re.fullmatch(r"[01]\d[0-5]\d|2[0-3][0-5]\d", chunk):
        return line.add("clock", at, stop, int(chunk[:2]) * 3600 + int(chunk[2:]) * 60, form="padded")
    kind = _SUFFIX_UNITS.get(word)
    known = ENGLISH.get(word)
    if kind is None and known is not None and known.kind in _ATTACHABLE:
        kind = "word"
    if kind is None or not _plain_digits(line, at, chunk):
        return line.junk(at, stop)
    if kind != "word":
        return line.add(kind, end, stop, 1)
    return end
