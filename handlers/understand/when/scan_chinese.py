"""Chinese words and numerals, and the punctuation of both languages."""

from __future__ import annotations

import re
from typing import Final

from handlers.understand.when import numerals
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.patterns import CHUNK, FOREIGN
from handlers.understand.when.tokens import Line, Token
from handlers.understand.when.words_zh import CHINESE

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

# What 一 makes words with that count nothing: 一起, 一定.
_TOGETHER: Final = frozenset("起定块直同样律")

_FIRST_TEN: Final = re.compile(r"初(10|[1-9])(?!\d)")

_CHINESE_BY_FIRST: Final[dict[str, list[str]]] = {}

for _word in sorted(CHINESE, key=len, reverse=True):
    _CHINESE_BY_FIRST.setdefault(_word[0], []).append(_word)

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

_DAY_NUMBER: Final = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}


_UNIT_AFTER: Final = re.compile(r"[a-z]+| (?:min|hour|hr|day|week|month|year)")

_MONTH_AHEAD: Final = re.compile(r" ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


def read_chinese(line: Line, at: int, c: str) -> int:
    """Add what begins with the character `c`, which is no figure and no Latin letter; return its end."""
    text = line.text
    words = _CHINESE_BY_FIRST.get(c)
    number = _CHINESE_NUMBER.match(text, at)
    if c in "#@":
        foreign = FOREIGN.match(text, at)
        if foreign is not None:
            return line.junk(at, foreign.end())
    if c == "." and (at + 1 >= len(text) or not text[at + 1].isalnum()):
        return _full_stop(line, at)
    if c == "." and text[at + 1].isdecimal() and line.items and (line.items[-1].kind, line.items[-1].end) == ("N", at):
        # Oct.23
        return at + 1
    if c == "+":
        return _plus(line, at)
    if c == "'" and at and text[at - 1].isalpha():
        # The apostrophe of "two weeks' time".
        return at + 1
    if words is not None:
        word = next((w for w in words if text.startswith(w, at)), None)
        named = word is not None and CHINESE[word].kind == KINDS["festival"]
        if word is not None and (number is None or len(word) + named > number.end() - at):
            return _chinese_word(line, at, word)
    if c == "初" and line.items and line.items[-1].end == at and line.items[-1].kind in "9m":
        first = _FIRST_TEN.match(text, at)
        if first is not None:
            return line.add("lunarday", at, first.end(), int(first[1]))
    if number is not None:
        festival = _BARE_FESTIVAL.match(text, at)
        if festival is not None and at + 2 == number.end():
            return line.add("festival", at, festival.end(), name=_BARE_FESTIVALS[festival[1]])
        return _chinese_number(line, at, number.end())
    if c in "周星礼":
        digit = _DIGIT_WEEKDAY.match(text, at)
        if digit is not None:
            return line.add("weekday", at, digit.end(), int(digit[1]) - 1, form="digit")
    kind = _PUNCTUATION.get(c)
    if kind is not None:
        line.items.append(Token(kind, at, at + 1, 0, c))
        return at + 1
    return line.junk(at, at + 1)


def _full_stop(line: Line, at: int) -> int:
    last = line.items[-1] if line.items else None
    if last is not None and last.end == at and last.kind in "WNpi" and last.end - last.start <= 7:
        return at + 1
    if last is not None and last.end == at and last.kind == "n" and _MONTH_AHEAD.match(line.text, at + 1):
        # 16. Nov.
        return at + 1
    return line.add("stop", at, at + 1)


def _plus(line: Line, at: int) -> int:
    chunk = CHUNK.match(line.text, at + 1)
    before = line.text[at - 1] if at else " "
    if chunk is None or before.isalnum():
        return line.junk(at, at + 1)
    suffix = _UNIT_AFTER.match(line.text, chunk.end())
    unit = next((w for w in _CHINESE_BY_FIRST.get(line.text[chunk.end() : chunk.end() + 1], ())), None)
    if len(chunk[0]) <= 4 and (suffix is not None or unit is not None):
        return line.add("in", at, at + 1)
    return line.junk(at, chunk.end())


def _chinese_word(line: Line, at: int, word: str) -> int:
    text = line.text
    word = _shorter(line, at, word)
    if word in ("双周", "隔周") and text[at + 2 : at + 3] in _DAY_NUMBER:
        # 双周五: every other one
        return line.add("often", at, at + 1, 2, "WEEKLY", "zh")
    kind, number, name = CHINESE[word]
    end = at + len(word)
    if kind == KINDS["weekday"]:
        days = [number]
        more = _WEEKDAY_LIST.match(text, end)
        if more is not None and _is_list(text[at : more.end()]):
            days += [_DAY_NUMBER[c] for c in more[0] if c in _DAY_NUMBER]
            end = more.end()
        line.items.append(Token(kind, at, end, number, ",".join(map(str, days)) if len(days) > 1 else "", 0, "zh"))
        return end
    if kind in (KINDS["week"], KINDS["point"]) and word in ("周", "星期", "礼拜"):
        digit = _DIGIT_WEEKDAY.match(text, at)
        if digit is not None:
            return line.add("weekday", at, digit.end(), int(digit[1]) - 1, form="zh")
    form = "couple" if name == "couple" else "zh"
    line.items.append(Token(kind, at, end, number, "" if name == "couple" else name, 0, form))
    return end


_UNITS: Final = frozenset(
    KINDS[k] for k in ("minute", "hour", "day", "week", "month", "quarter", "yearunit", "workday")
)
# What 后 and 前 make other words with, when no length stands before them: 后早 is no 三天后早上.
_AFTER_A_LENGTH: Final = frozenset("早晚日天儿")


def _is_list(said: str) -> bool:
    """Tell whether weekdays run together are a list: they rise (一三五, 六日) or 周 is repeated; 周一天 is a name."""
    if "周" in said[1:] or "星" in said[1:] or "礼" in said[1:]:
        return True
    days = [_DAY_NUMBER[c] for c in said if c in _DAY_NUMBER]
    return days == sorted(days) and (said[-1] != "天" or days[-2] == 5)


def _shorter(line: Line, at: int, word: str) -> str:
    """Return the word that is really there when a longer one only seems to be."""
    following = line.text[at + len(word) : at + len(word) + 2]
    last = line.items[-1] if line.items else None
    if (
        word[0] == "个"
        and word[-1] in "周期拜"
        and (following[:1] == "末" or (following[:1] in _DAY_NUMBER and following[1:] not in tuple("次回趟遍个天")))
    ):
        # 第一个周一, 第一个周末
        return "个"
    if word[0] == "周" and word[-1] in _DAY_NUMBER and following[:1] in tuple("次回趟遍"):
        # 两周一次, but 周一回访
        counted = last is not None and last.end == at and last.kind in "n1"
        return "周" if counted or following[:1] == "次" else word
    if word == "月份" and following[:1] == "额":
        return "月"
    counted = last is not None and last.end == at and last.kind in _UNITS
    if counted and word[0] in "前后" and word[1:] in _AFTER_A_LENGTH:
        return word[0]
    if word in ("前半", "后半") and following.startswith(("小", "个小", "个钟", "天")):
        # 3点前半小时
        return word[0]
    if len(word) == 2 and word[0] == word[1] not in "下上" and last is not None and last.kind != "x" and last.end == at:
        # 每月月底, 下周周六
        return word[0]
    return word


def _chinese_number(line: Line, start: int, end: int) -> int:
    text = line.text[start:end]
    if text[-1] == "一" and line.text[end : end + 1] in _TOGETHER:
        # 六点一起吃饭
        return line.junk(start, end + 1) if len(text) == 1 else _chinese_number(line, start, end - 1)
    counted = line.items[-1] if line.items else None
    if text[0] == "零" and len(text) > 1 and counted is not None and counted.kind in _UNITS:
        # 一年零三个月
        line.add("and", start, start + 1, form="zh")
        return start + 1
    if text in ("零", "〇") and line.text[end : end + 1].isdecimal() and not line.text[end + 1 : end + 2].isdecimal():
        # 3点零5分
        return line.add("num", start, end + 1, int(line.text[end]), form="padded")
    if len(text) == 2 and "千" not in text and "百" not in text and "十" not in text:
        low, high = (numerals.CHINESE_DIGITS.get(c, -1) for c in text)
        if 0 < low < high <= low + 2 <= 11:
            line.items.append(Token(KINDS["num"], start, end, low, "", high, "zh"))
            return end
    value = numerals.chinese(text)
    last = line.last
    after = line.text[end : end + 1]
    if after == "几" and value is not None and value % 10 == 0 and value:
        # 十几, 二十几: at the middle of what it can be
        return line.add("num", start, end + 1, value + 5, form="zh")
    if last is not None and last.end == start and last.form == "couple" and text in ("十", "百"):
        # 几十 is thirty or so
        line.items[-1] = last._replace(number=last.number * (10 if text == "十" else 100), end=end)
        return end
    if value is None:
        return line.junk(start, end)
    if len(text) == 4 and 1900 <= value < 2200 and "千" not in text:
        return line.add("year", start, end, value, form="zh")
    form = "padded" if text[0] in "零〇" else "zh"
    return line.add("num", start, end, value, form=form)
