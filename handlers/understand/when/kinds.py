"""The kinds of words that dates are made of, one letter each.

A kind is one letter, so that a line of tokens is a string and the grammar can be regular expressions over it
(`pieces.rule`). To teach a new kind, add a letter here, its words to `words_zh.py` and `words_en.py`, and the rules
that use it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

KINDS: Final = {
    "junk": "x",  # anything that is no word of a date
    "stop": ";",  # the end of a sentence or of a line
    "comma": ",",
    "num": "n",  # a whole number; `high` when it is a spread such as 两三
    "dec": "f",  # a number with a fraction
    "half": "h",
    "ord": "o",  # first, 1st, 第一; -1 is the last
    "year": "y",  # four digits from 1900 to 2199
    "clock": "c",  # 15:30; number is seconds after midnight
    "relyear": "C",  # 明年: years from this one
    "qnumber": "Ω",  # Q3
    "numdate": "u",  # 2026-12-05, 12/25
    "weekday": "W",  # 0 is Monday
    "weekdays": "V",  # Mondays
    "weekend": "E",
    "relday": "T",  # today, 明晚: number is days from today, name a part of the day
    "monthname": "N",
    "yue": "m",
    "ri": "D",
    "hao": "U",
    "second": "s",
    "minute": "i",
    "hour": "H",
    "day": "d",
    "week": "w",
    "month": "M",
    "quarter": "Q",
    "yearunit": "A",
    "fortnight": "F",
    "workday": "K",
    "nightunit": "g",
    "point": "P",  # 点, o'clock
    "fen": "z",
    "ke": "k",  # a quarter of an hour on the clock
    "next": "X",
    "this": "Z",
    "last": "L",
    "in": "I",
    "within": "J",
    "inside": "j",
    "later": "a",
    "after": "G",
    "before": "B",
    "ahead": "b",
    "ago": "e",
    "by": "Y",
    "from": "R",
    "between": "q",
    "to": "r",
    "and": "&",
    "of": "O",
    "the": "t",
    "at": "@",
    "on": "S",
    "about": "~",
    "meridiem": "p",
    "part": "l",
    "past": "v",  # half past three
    "every": "1",
    "other": "2",  # every other, 隔
    "often": "3",  # daily, weekly
    "times": "4",  # 一次
    "once": "5",
    "edge": "6",  # the end of, 底
    "edgeword": "7",  # EOM, EOD
    "festival": "8",
    "lunarmonth": "9",
    "lunarday": "0",
    "pass": "=",  # 过: after so long
    "more": "+",
    "now": "!",
    "zone": "%",
    "start": "^",  # starting, 开始
    "for": "$",
    "nth": "#",  # 第
    "ge": "个",
    "short": "差",  # 差五分三点
    "ish": "ι",
    "weekof": "_",
    "season": "σ",
    "except": "ε",  # name "out" when it stands behind: 周末除外
}


class Word(NamedTuple):
    """What a word means: its kind's letter, a number, and a name where the kind needs one."""

    kind: str
    number: int = 0
    name: str = ""


def table_of(rows: dict[str, dict[str, int | tuple[int, str]]]) -> dict[str, Word]:
    """Return the word of every spelling; rows hold by kind spellings, parted by `|`, and a number (and a name)."""
    table: dict[str, Word] = {}
    for kind, words in rows.items():
        for spelled, meaning in words.items():
            number, name = meaning if isinstance(meaning, tuple) else (meaning, "")
            for word in spelled.split("|"):
                table[word] = Word(KINDS[kind], number, name)
    return table
