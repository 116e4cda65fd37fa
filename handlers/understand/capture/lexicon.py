"""The word lists of words.toml as sets and patterns, read when the first line is captured."""

import re
import tomllib
from importlib.resources import files

from store.rules.company import CHINESE_FORMS, LATIN_FORMS
from store.rules.places import CITIES, PROVINCES, REGIONS

_LISTS: dict[str, dict[str, str]] = tomllib.loads(
    files("handlers.understand.capture").joinpath("words.toml").read_text("utf-8")
)


def section(name: str) -> dict[str, str]:
    """One section of the file: its lists, still as texts."""
    return _LISTS[name]


def words(section_name: str, name: str) -> tuple[str, ...]:
    """One list, in the order of the file."""
    return tuple(_LISTS[section_name][name].split())


def any_of(choices: tuple[str, ...]) -> str:
    """A pattern for any of these words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(choices), key=len, reverse=True)) + ")"


def latin_words(name: str) -> frozenset[str]:
    """One list of the English part."""
    return frozenset(words("english", name))


_HEAD = any_of(words("job", "heads"))
PLACE = any_of(tuple(PROVINCES | CITIES | REGIONS))
_MODIFIER = rf"(?:{any_of(words('job', 'modifiers'))}|{PLACE}(?:大?区|省区?|市)?)"
_DEPARTMENT = any_of(words("job", "departments"))
_LETTERS = any_of(words("job", "letters") + tuple(word.lower() for word in words("job", "letters")))

CJK = r"\u3400-\u9fff\u3007"
TITLE = re.compile(
    rf"首席[{CJK}]{{1,4}}官|(?:{_LETTERS})?(?:{_MODIFIER}|{_HEAD})*(?:{_HEAD}|(?:{_MODIFIER}|{_HEAD}){_DEPARTMENT})(?:兼(?:{_MODIFIER}*{_HEAD}|[A-Z]{{2,4}}))?"
)
"""A job of known parts: 高级采购经理, 董事长助理, HR总监, 市场部."""

TITLE_LIKE = re.compile(rf"(?:{_LETTERS})?[{CJK}]{{1,5}}?{_HEAD}")
"""A job whose first part is unknown: 招商经理, 渔业主管."""

TITLE_END = re.compile(
    rf"[{CJK}]{{2,4}}[师员手]|(?:[{CJK}]{{1,3}}学|{any_of(words('job', 'masters'))})家"
    rf"|[{CJK}]{{1,3}}匠|[{CJK}]{{2,4}}(?<![总分])(?<!俱乐)部"
    rf"|[{CJK}]{{1,7}}(?:人员|工人|[员师]|(?<![重建化军理职员施])工)"
)
"""Words that end like jobs: 厨艺师, 调度员, 设备维修工."""

ACTIVITY = re.compile(rf"[{CJK}]{{2,6}}{any_of(words('job', 'activities'))}")
"""What somebody does in a firm, said where a job is expected: 信贷管理, 软件测试."""

JOBS = frozenset(words("job", "heads"))
"""Words that are a job by themselves, though 班主任 may look like a Mr 班."""

LEGAL_END = re.compile(rf"{any_of(CHINESE_FORMS)}$")
STRONG_END = re.compile(rf"{any_of(words('firm', 'strong'))}$")
TRADE_END = re.compile(rf"{any_of(words('firm', 'trades'))}$")
ROOF_END = re.compile(rf"{any_of(words('firm', 'roofs'))}$")
AGENCY_END = re.compile(rf"{any_of(words('firm', 'agencies'))}$")
FIRM_END = re.compile(f"(?:{STRONG_END.pattern}|{TRADE_END.pattern}|{LEGAL_END.pattern})")
TRADE_ONLY = re.compile(rf"{any_of(words('firm', 'trades') + words('firm', 'strong'))}+")

NOTE_INSIDE = re.compile(any_of(words("note", "inside")))
NOTE_START = re.compile(any_of(words("note", "start")))
NOTE_END = re.compile(f"{any_of(words('note', 'end'))}$")
GREETING = "(?:[你您]好|嗨|哈喽)?"
BEFORE_NAME = re.compile(rf"{GREETING}(?:请|要|想|去|来|再|刚)?{any_of(words('note', 'before_name'))}(?:了|过|一下)?")
LABEL_LIKE_NAME = frozenset(words("note", "labels"))

HEADS = latin_words("heads")
SURNAMES_TOO = latin_words("surnames_too")
MODIFIERS = latin_words("modifiers")
JOINTS = latin_words("joints")
FIRMS = latin_words("firms")
LEGAL = frozenset(LATIN_FORMS)
NOTE = latin_words("note")
NOTE_SMALL_ONLY = latin_words("note_small_only")
LATIN_BEFORE_NAME = latin_words("before_name")
ROMANISED = latin_words("romanised_surnames")
GIVEN = latin_words("given")
PARTICLES = latin_words("particles")
SUFFIXES = latin_words("suffixes")
FREE_MAIL = latin_words("free_mail")
STREET = any_of(words("english", "streets"))
UNIT = any_of(words("english", "units"))
