"""From text to a line of tokens, one letter a token, which the grammar reads as a string.

`scan` is called by `reader.read_all`. What is no word of a date becomes junk, and so do whole things that merely hold
such words: e-mails, addresses of pages, versions, telephone numbers, amounts.

    >>> scan("明天下午3点").letters
    'TlnP'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from handlers.understand.when import numerals
from handlers.understand.when.fold import fold
from handlers.understand.when.words import CHINESE, ENGLISH, ENGLISH_PHRASES, KINDS, Word


class Token(NamedTuple):
    """One word of a date: its kind's letter, its place, a number, and what else the kind needs.

    `high` is the upper end of a spread (两三天). `form` says how a number was written: digits, padded (leading zero),
    zh, en, a (the article), couple. `date` is year (0 when none was written), month, day of a numeric date.
    """

    kind: str
    start: int
    end: int
    number: float = 0
    name: str = ""
    high: int = 0
    form: str = ""
    date: tuple[int, int, int] = (0, 0, 0)


class Tokens(NamedTuple):
    """A scanned text: the letters of its tokens, the tokens, and the folded text."""

    letters: str
    items: tuple[Token, ...]
    folded: str


_CHUNK: Final = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DOTTED_MERIDIEM: Final = re.compile(r"([ap])\.? ?m(?![a-z0-9])\.?")
_SHORT_MERIDIEM: Final = re.compile(r"([ap])(?![a-z0-9'.])")
_FOREIGN: Final = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+|[a-z][\w-]*(?:\.[a-z][\w-]*)+|#\S+|@[a-z_]\w*",
    re.ASCII,
)
_ISO: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)t(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?(?![\w:])")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_YMD: Final = re.compile(r"((?:19|20|21)\d\d)([-/.])(\d{1,2})\2(\d{1,2})")
_DMY: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20|21)\d\d|\d\d)")
_PAIR: Final = re.compile(r"(\d{1,2})/(\d{1,2})")
_DASHED: Final = re.compile(r"(\d\d)-(\d\d)")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_YEAR_MONTH: Final = re.compile(r"(?P<y>20\d\d)[-/](?P<m>0[1-9]|1[0-2])")
_MONTH_YEAR: Final = re.compile(r"(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d)")
_COMPACT: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_DECIMAL: Final = re.compile(r"\d{1,3}\.\d{1,2}")
_HOUR_MARK: Final = re.compile(r"h(\d\d)(?![a-z0-9])")
_CHINESE_NUMBER: Final = re.compile(r"[零〇一二两俩三仨四五六七八九十廿卅百千]+")
_WEEKDAY_LIST: Final = re.compile(r"(?:[、,和及/]?(?:周|星期|礼拜)?[一二三四五六日天](?![点月号日个天年时十]))+")
_DIGIT_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)([1-7])(?![\d点月号日时个年天.:\-]|[a-z])")
_BARE_FESTIVAL: Final = re.compile(
    r"(五一|十一|六一|八一|七一|三八|618|315)(?:节|(?=(?:前|后|之前|之后|以前|以后|期间|当天|假期|放假|长假|那天|回来|过后|的时候)|\s*$))"
)
_BARE_FESTIVALS: Final = {
    "五一": "labour day",
    "十一": "national day",
    "六一": "children's day",
    "八一": "army day",
    "七一": "party day",
    "三八": "women's day",
    "618": "618",
    "315": "consumer day",
}

_CHINESE_BY_FIRST: Final[dict[str, list[str]]] = {}
for _word in sorted(CHINESE, key=len, reverse=True):
    _CHINESE_BY_FIRST.setdefault(_word[0], []).append(_word)

_PHRASES_BY_FIRST: Final[dict[str, list[tuple[re.Pattern[str], Word]]]] = {}
for _phrase in sorted(ENGLISH_PHRASES, key=len, reverse=True):
    _first = re.match(r"[a-z]+(?:'[a-z]+)?", _phrase)
    if _first is not None:
        _pattern = re.compile(re.escape(_phrase).replace(r"\ ", r"\s+") + r"(?![a-z0-9])")
        _PHRASES_BY_FIRST.setdefault(_first[0], []).append((_pattern, ENGLISH_PHRASES[_phrase]))

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
_PUNCTUATION: Final = {
    ",": KINDS["comma"],
    "(": KINDS["comma"],
    ")": KINDS["comma"],
    "、": KINDS["and"],
    "&": KINDS["and"],
    "/": KINDS["and"],
    "-": KINDS["to"],
    "~": KINDS["to"],
    "@": KINDS["at"],
    "。": KINDS["stop"],
    "!": KINDS["stop"],
    "?": KINDS["stop"],
    ";": KINDS["stop"],
    "\n": KINDS["stop"],
}
# A number written right behind one of these is part of something else: an amount, an id, a version, a phone.
_STICKY_BEFORE: Final = frozenset("$¥€£#_\\.+=*%")
_STICKY_AFTER: Final = frozenset("%°℃_\\*=$€£")
_LONGEST_WORD: Final = 4000


class _Scanner:
    """One pass over a folded text, collecting tokens."""

    def __init__(self, folded: str) -> None:
        self.text = folded
        self.items: list[Token] = []

    def add(self, kind: str, start: int, end: int, number: float = 0, name: str = "", form: str = "") -> int:
        self.items.append(Token(KINDS[kind], start, end, number, name, 0, form))
        return end

    def junk(self, start: int, end: int) -> int:
        if self.items and self.items[-1].kind == "x":
            self.items[-1] = self.items[-1]._replace(end=end)
        else:
            self.items.append(Token("x", start, end))
        return end

    def run(self) -> Tokens:
        text, at, length = self.text, 0, len(self.text)
        while at < length:
            c = text[at]
            if c == " ":
                at += 1
            elif c.isdecimal() and c.isascii():
                at = self.digits(at)
            elif "a" <= c <= "z":
                at = self.latin(at)
            else:
                at = self.other(at, c)
        return Tokens("".join(item.kind for item in self.items), tuple(self.items), text)

    # --- punctuation and Chinese ---------------------------------------------------------------------------------

    def other(self, at: int, c: str) -> int:
        text = self.text
        words = _CHINESE_BY_FIRST.get(c)
        number = _CHINESE_NUMBER.match(text, at)
        if c in "#@":
            foreign = _FOREIGN.match(text, at)
            if foreign is not None:
                return self.junk(at, foreign.end())
        if c == "." and (at + 1 >= len(text) or not text[at + 1].isalnum()):
            return self.full_stop(at)
        if c == "+":
            return self.plus(at)
        if c == "'" and at and text[at - 1].isalpha():
            # The apostrophe of "two weeks' time".
            return at + 1
        if words is not None:
            word = next((w for w in words if text.startswith(w, at)), None)
            named = word is not None and CHINESE[word].kind == KINDS["festival"]
            if word is not None and (number is None or len(word) + named > number.end() - at):
                return self.chinese_word(at, word)
        if number is not None:
            festival = _BARE_FESTIVAL.match(text, at)
            if festival is not None and at + 2 == number.end():
                return self.add("festival", at, festival.end(), name=_BARE_FESTIVALS[festival[1]])
            return self.chinese_number(at, number.end())
        if c in "周星礼":
            digit = _DIGIT_WEEKDAY.match(text, at)
            if digit is not None:
                return self.add("weekday", at, digit.end(), int(digit[1]) - 1, form="digit")
        kind = _PUNCTUATION.get(c)
        if kind is not None:
            self.items.append(Token(kind, at, at + 1, 0, c))
            return at + 1
        return self.junk(at, at + 1)

    def full_stop(self, at: int) -> int:
        last = self.items[-1] if self.items else None
        if last is not None and last.end == at and last.kind in "WNpi" and last.end - last.start <= 5:
            return at + 1
        return self.add("stop", at, at + 1)

    def plus(self, at: int) -> int:
        chunk = _CHUNK.match(self.text, at + 1)
        before = self.text[at - 1] if at else " "
        if chunk is None or before.isalnum():
            return self.junk(at, at + 1)
        suffix = _WORD.match(self.text, chunk.end())
        unit = next((w for w in _CHINESE_BY_FIRST.get(self.text[chunk.end() : chunk.end() + 1], ())), None)
        if len(chunk[0]) <= 4 and (suffix is not None or unit is not None):
            return self.add("in", at, at + 1)
        return self.junk(at, chunk.end())

    def chinese_word(self, at: int, word: str) -> int:
        text = self.text
        word = self.shorter(at, word)
        kind, number, name = CHINESE[word]
        end = at + len(word)
        if kind == KINDS["weekday"]:
            more = _WEEKDAY_LIST.match(text, end)
            days = [number]
            if more is not None:
                days += [_DAY_NUMBER[c] for c in more[0] if c in _DAY_NUMBER]
                end = more.end()
            self.items.append(Token(kind, at, end, number, ",".join(map(str, days)) if len(days) > 1 else "", 0, "zh"))
            return end
        if kind in (KINDS["week"], KINDS["point"]) and word in ("周", "星期", "礼拜"):
            digit = _DIGIT_WEEKDAY.match(text, at)
            if digit is not None:
                return self.add("weekday", at, digit.end(), int(digit[1]) - 1, form="zh")
        form = "couple" if name == "couple" else "zh"
        self.items.append(Token(kind, at, end, number, "" if name == "couple" else name, 0, form))
        return end

    def shorter(self, at: int, word: str) -> str:
        """Return the word that is really there when a longer one only seems to be."""
        following = self.text[at + len(word) : at + len(word) + 2]
        last = self.items[-1] if self.items else None
        if word[0] == "个" and word[-1] in "周期拜" and following[:1] in _DAY_NUMBER and following[1:] not in tuple("次回趟遍个天"):
            # 第一个周一
            return "个"
        if word[0] == "周" and word[-1] in _DAY_NUMBER and following[:1] in tuple("次回趟遍"):
            # 两周一次, but 周一回访
            counted = last is not None and last.end == at and last.kind in "n1"
            return "周" if counted or following[:1] == "次" else word
        if len(word) == 2 and word[0] == word[1] and last is not None and last.kind == "1" and last.end == at:
            # 每月月底
            return word[0]
        return word

    def chinese_number(self, start: int, end: int) -> int:
        text = self.text[start:end]
        if len(text) == 2 and "千" not in text and "百" not in text and "十" not in text:
            low, high = (numerals.CHINESE_DIGITS.get(c, -1) for c in text)
            if 0 < low < high <= low + 2 <= 11:
                self.items.append(Token(KINDS["num"], start, end, low, "", high, "zh"))
                return end
        value = numerals.chinese(text)
        if value is None:
            return self.junk(start, end)
        if len(text) == 4 and 1900 <= value < 2200 and "千" not in text:
            return self.add("year", start, end, value, form="zh")
        form = "padded" if text[0] in "零〇" else "zh"
        return self.add("num", start, end, value, form=form)

    # --- digits --------------------------------------------------------------------------------------------------

    def digits(self, at: int) -> int:
        text = self.text
        chunk = _CHUNK.match(text, at)
        if chunk is None:
            return self.junk(at, at + 1)
        iso = _ISO.match(text, at)
        end = chunk.end()
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        last = self.items[-1] if self.items else None
        if before.isascii() and before.isalpha() and not (last is not None and last.end == at and last.kind in "NHi"):
            return self.junk(at, end)
        if before in _STICKY_BEFORE and not (before == "+" and last is not None and last.kind == "I"):
            return self.junk(at, end)
        if before == "-" and (last is None or last.kind == "x" or self.behind_junk()):
            return self.junk(at, end)
        if after in _STICKY_AFTER or (after == "-" and self.dangling(end + 1)):
            return self.junk(at, end + 1)
        if iso is not None and self.iso(iso):
            return iso.end()
        if after.isascii() and after.isalpha():
            return self.digits_with_suffix(at, end)
        if self.plain_digits(at, chunk[0]):
            return end
        return self.junk(at, end)

    def dangling(self, at: int) -> bool:
        """Tell whether a hyphen leads from a number to a word that has nothing to do with time (12-05-A)."""
        word = _WORD.match(self.text, at)
        if word is None:
            return False
        return len(word[0]) == 1 or (word[0] not in ENGLISH and word[0] not in numerals.ENGLISH)

    def behind_junk(self) -> bool:
        return len(self.items) > 1 and self.items[-2].kind == "x" and self.items[-2].end == self.items[-1].start

    def iso(self, found: re.Match[str]) -> bool:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        if not self.numdate(found.start(), found.end(3), (year, month, day)) or hour > 24 or minute > 59:
            return False
        self.add("clock", found.start(4), found.end(), hour * 3600 + minute * 60 + second, form="padded")
        return True

    def numdate(self, start: int, end: int, parts: tuple[int, int, int]) -> bool:
        year, month, day = parts
        try:
            date(year or 2000, month, day)
        except ValueError:
            return False
        self.items.append(Token(KINDS["numdate"], start, end, 0, "", 0, "digits", parts))
        return True

    def plain_digits(self, at: int, chunk: str) -> bool:
        """Add the tokens that a run of digits and separators says; False when it says none that we know."""
        if self.one_piece(at, chunk):
            return True
        kept = len(self.items)
        place = at
        for i, piece in enumerate(chunk.split("-")):
            if i == 2:
                break
            if i:
                self.add("to", place, place + 1)
                place += 1
            if not self.one_piece(place, piece):
                break
            place += len(piece)
        else:
            if place == at + len(chunk):
                return True
        del self.items[kept:]
        return False

    def one_piece(self, at: int, piece: str) -> bool:
        end = at + len(piece)
        if piece.isdecimal():
            return self.whole_number(at, piece)
        clock = _CLOCK.fullmatch(piece)
        if clock is not None:
            hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
            if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
                return False
            self.add("clock", at, end, hour * 3600 + minute * 60 + second, form="padded" if piece[0] == "0" else "digits")
            return True
        if _DECIMAL.fullmatch(piece):
            return self.decimal(at, piece)
        ymd = _YMD.fullmatch(piece)
        if ymd is not None:
            return self.numdate(at, end, (int(ymd[1]), int(ymd[3]), int(ymd[4])))
        dmy = _DMY.fullmatch(piece)
        if dmy is not None and (dmy[2] == "/" or len(dmy[4]) == 4):
            year = int(dmy[4]) + (0 if len(dmy[4]) == 4 else 2000 if int(dmy[4]) < 70 else 1900)
            return self.either_order(at, end, year, int(dmy[1]), int(dmy[3]), "." if dmy[2] == "." else "")
        month = _YEAR_MONTH.fullmatch(piece) or _MONTH_YEAR.fullmatch(piece)
        if month is not None:
            parts = month.groupdict()
            self.items.append(Token(KINDS["numdate"], at, end, 0, "", 0, "digits", (int(parts["y"]), int(parts["m"]), 0)))
            return True
        pair = _PAIR.fullmatch(piece)
        if pair is not None:
            return self.pair(at, end, pair)
        dashed = _DASHED.fullmatch(piece)
        if dashed is not None and self.looks_like_dashed_date(end, dashed):
            return self.numdate(at, end, (0, int(dashed[1]), int(dashed[2])))
        return False

    def looks_like_dashed_date(self, end: int, dashed: re.Match[str]) -> bool:
        """12-05 is a date by its zero; 11-25 only when a time of day follows; 10-12 is a range."""
        if dashed[1][0] == "0" or dashed[2][0] == "0":
            return True
        return _AFTER_DATE.match(self.text, end) is not None

    def pair(self, at: int, end: int, pair: re.Match[str]) -> bool:
        first, second = int(pair[1]), int(pair[2])
        if (first, second) in ((24, 7), (50, 50)) or self.text.startswith(("%", "th", "/"), end):
            return False
        if (first, second) in ((1, 2), (1, 4), (3, 4), (1, 3), (2, 3)) and _AFTER_FRACTION.match(self.text, end):
            self.items.append(Token(KINDS["dec"], at, end, first / second))
            return True
        return self.either_order(at, end, 0, first, second, "")

    def either_order(self, at: int, end: int, year: int, first: int, second: int, order: str) -> bool:
        """Keep month and day as written; `form` says when they can be read the other way round too."""
        both = first <= 12 and second <= 12 and first != second
        month, day = (second, first) if first > 12 or (order == "." and second <= 12) else (first, second)
        if not self.numdate(at, end, (year, month, day)):
            return False
        if both and not order:
            self.items[-1] = self.items[-1]._replace(form="either")
        return True

    def whole_number(self, at: int, piece: str) -> bool:
        end = at + len(piece)
        if _YEAR.fullmatch(piece):
            return self.add("year", at, end, int(piece), form="digits") > 0
        compact = _COMPACT.fullmatch(piece)
        if compact is not None and (at == 0 or self.text[at - 1] in " ,(:"):
            return self.numdate(at, end, (int(compact[1]), int(compact[2]), int(compact[3])))
        if len(piece) > 4:
            return False
        self.add("num", at, end, int(piece), form="padded" if piece[0] == "0" and len(piece) > 1 else "digits")
        return True

    def decimal(self, at: int, piece: str) -> bool:
        end = at + len(piece)
        hour, minute = piece.split(".")
        if len(minute) == 2 and int(minute) < 60 and int(hour) < 24 and _AFTER_DOTTED_CLOCK.match(self.text, end):
            self.add("clock", at, end, int(hour) * 3600 + int(minute) * 60, form="digits")
        else:
            self.items.append(Token(KINDS["dec"], at, end, float(piece), piece))
        return True

    def digits_with_suffix(self, at: int, end: int) -> int:
        """Read 3pm, 1st, 3d, 1h30m, 15h30, 14april; anything else with letters attached is no date."""
        text = self.text
        chunk = text[at:end]
        meridiem = _DOTTED_MERIDIEM.match(text, end) or _SHORT_MERIDIEM.match(text, end)
        if meridiem is not None:
            compact = re.fullmatch(r"(\d{1,2})(\d\d)", chunk)
            if compact is not None and int(compact[1]) <= 12 and int(compact[2]) < 60:
                self.add("clock", at, end, int(compact[1]) * 3600 + int(compact[2]) * 60, form="digits")
            elif not self.plain_digits(at, chunk):
                return self.junk(at, meridiem.end())
            return self.add("meridiem", meridiem.start(), meridiem.end(), name=meridiem[1] + "m")
        french = _HOUR_MARK.match(text, end)
        if french is not None and chunk.isdecimal() and int(chunk) < 24 and int(french[1]) < 60:
            return self.add("clock", at, french.end(), int(chunk) * 3600 + int(french[1]) * 60, form="padded")
        suffix = _WORD.match(text, end)
        word = suffix[0] if suffix is not None else ""
        stop = end + len(word)
        if word == "q" and _YEAR.fullmatch(chunk) and text[stop : stop + 1] in ("1", "2", "3", "4"):
            self.add("year", at, end, int(chunk), form="digits")
            return self.add("qnumber", end, stop + 1, int(text[stop]))
        if chunk + word in ENGLISH:
            return self.english(at, stop, ENGLISH[chunk + word])
        if stop < len(text) and text[stop].isdecimal() and word not in _SUFFIX_UNITS:
            return self.junk(at, stop)
        if word in ("st", "nd", "rd", "th") and chunk.isdecimal() and 1 <= int(chunk) <= 31:
            return self.add("ord", at, stop, int(chunk), form="digits")
        if word in ("hrs", "hours", "h") and re.fullmatch(r"[01]\d[0-5]\d|2[0-3][0-5]\d", chunk):
            return self.add("clock", at, stop, int(chunk[:2]) * 3600 + int(chunk[2:]) * 60, form="padded")
        kind = _SUFFIX_UNITS.get(word)
        known = ENGLISH.get(word)
        if kind is None and known is not None and known.kind in _ATTACHABLE:
            kind = "word"
        if kind is None or not self.plain_digits(at, chunk):
            return self.junk(at, stop)
        if kind != "word":
            return self.add(kind, end, stop, 1)
        return end

    # --- English -------------------------------------------------------------------------------------------------

    def latin(self, at: int) -> int:
        text = self.text
        before = text[at - 1] if at else " "
        last = self.items[-1] if self.items else None
        if before == "$" or (before in "._@\\" and not (last is not None and last.end == at)):
            word = _WORD.match(text, at)
            return self.junk(at, word.end() if word is not None else at + 1)
        if last is not None and last.kind in "nchPι":
            meridiem = _DOTTED_MERIDIEM.match(text, at)
            if meridiem is not None:
                return self.add("meridiem", at, meridiem.end(), name=meridiem[1] + "m")
        foreign = _FOREIGN.match(text, at)
        if foreign is not None:
            return self.junk(at, foreign.end())
        found = _WORD.match(text, at)
        if found is None:
            return self.junk(at, at + 1)
        word = found[0]
        for pattern, meaning in _PHRASES_BY_FIRST.get(word, ()):
            phrase = pattern.match(text, at)
            if phrase is not None:
                return self.english(at, phrase.end(), meaning)
        return self.english_word(at, word)

    def english_word(self, at: int, word: str) -> int:
        text = self.text
        end = at + len(word)
        after = text[end] if end < len(text) else " "
        if after.isdecimal() and after.isascii():
            return self.word_with_digits(at, word, end)
        if after in "_@\\" and not text.startswith("@ ", end):
            return self.junk(at, end)
        meaning = ENGLISH.get(word)
        if word == "mon" and len(self.items) > 1 and self.items[-1].kind == "n" and self.items[-2].kind in "IJ":
            return self.add("month", at, end, 1)
        if meaning is None and "'" in word:
            stem = word.partition("'")[0]
            stem_meaning = ENGLISH.get(stem)
            if stem_meaning is not None:
                self.english(at, at + len(stem), stem_meaning)
                return self.add("of", at + len(stem), end)
        if meaning is not None:
            return self.english(at, end, meaning)
        number = numerals.ENGLISH.get(word)
        if number is not None:
            return self.english_number(at, end, number)
        ordinal = numerals.ENGLISH_ORDINALS.get(word)
        if ordinal is not None:
            counted = self.items[-1] if self.items and self.items[-1].kind == "n" else None
            if ordinal == 2 and counted is not None and not (counted.form == "en" and counted.number in (20, 30)):
                return self.add("second", at, end, 1)
            return self.english_ordinal(at, end, ordinal)
        return self.junk(at, end)

    def english_number(self, at: int, end: int, number: int) -> int:
        last = self.items[-1] if self.items else None
        if last is not None and last.kind == "r" and last.end == at and len(self.items) > 1 and 0 < number < 10:
            before = self.items[-2]
            if before.form == "en" and before.number in (20, 30, 40, 50) and before.end == last.start:
                # twenty-seven
                self.items[-2:] = [before._replace(number=before.number + number, end=end)]
                return end
        tens = last is not None and last.kind == "n" and last.form == "en" and last.number in (20, 30, 40, 50)
        if tens and last is not None and 0 < number < 10 and self.text[last.end : at].strip(" -") == "":
            self.items[-1] = last._replace(number=last.number + number, end=end)
            return end
        return self.add("num", at, end, number, form="en")

    def english_ordinal(self, at: int, end: int, ordinal: int) -> int:
        items = self.items
        if items and items[-1].kind == "r" and self.text[items[-1].start] == "-":
            joined = len(items) > 1 and items[-2].kind == "n" and items[-2].form == "en"
            if joined and items[-2].number in (20, 30) and items[-2].end == items[-1].start and ordinal < 10:
                tens = items[-2]
                del items[-2:]
                return self.add("ord", tens.start, end, tens.number + ordinal, form="en")
        if items and items[-1].kind == "n" and items[-1].number in (20, 30) and items[-1].form == "en" and ordinal < 10:
            tens = items.pop()
            return self.add("ord", tens.start, end, tens.number + ordinal, form="en")
        return self.add("ord", at, end, ordinal, form="en")

    def word_with_digits(self, at: int, word: str, end: int) -> int:
        meaning = ENGLISH.get(word)
        if meaning is not None and meaning.kind == KINDS["monthname"]:
            return self.english(at, end, meaning)
        digits = _CHUNK.match(self.text, end)
        stop = digits.end() if digits is not None else end
        if word == "q" and digits is not None and digits[0] in ("1", "2", "3", "4"):
            return self.add("qnumber", at, stop, int(digits[0]))
        if word == "h" and digits is not None and digits[0] in ("1", "2"):
            return self.add("qnumber", at, stop, int(digits[0]), name="half")
        if word + (digits[0] if digits is not None else "") in ENGLISH:
            return self.english(at, stop, ENGLISH[word + digits[0] if digits is not None else word])
        return self.junk(at, stop)

    def english(self, at: int, end: int, meaning: Word) -> int:
        kind, number, name = meaning
        form = "en"
        high = 0
        if kind == KINDS["num"]:
            form = "a" if name == "a" else "couple"
            high = 3 if name == "2-3" else 0
            name = ""
        if not name and kind in _PLURAL_UNITS and self.text[end - 1] == "s":
            name = "s"
        self.items.append(Token(kind, at, end, number, name, high, form))
        return end


_DAY_NUMBER: Final = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_PLURAL_UNITS: Final = frozenset(KINDS[k] for k in ("minute", "hour", "day", "week", "month", "yearunit", "workday"))
_ATTACHABLE: Final = frozenset(KINDS[k] for k in ("minute", "hour", "day", "week", "month", "yearunit", "monthname", "about"))
_AFTER_DATE: Final = re.compile(r"\s*(?:\d{1,2}:\d\d|[上下]午|早上|晚上|中午|[一二三四五六七八九十\d]+点)")
_AFTER_FRACTION: Final = re.compile(r"\s*(?:of\s+)?(?:an?\s+)?(?:h|hr|hour|小时|个小时|day|year|month)")
_AFTER_DOTTED_CLOCK: Final = re.compile(r"\s*(?:-\s*[\d.]+\s*)?[ap]\.?m")


def scan(text: str) -> Tokens:
    """Return the tokens of `text`; spaces are dropped, and neighbouring junk is one token."""
    return _Scanner(fold(text)).run()
