"""English words and phrases, and what only looks like them: e-mails, domains, names with figures."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from handlers.understand.when import numerals
from handlers.understand.when.kinds import KINDS, Word
from handlers.understand.when.patterns import CHUNK, DOTTED_MERIDIEM, FOREIGN, WORD
from handlers.understand.when.tokens import Line, Token
from handlers.understand.when.words_en import ENGLISH, ENGLISH_PHRASES

_PHRASES_BY_FIRST: Final[dict[str, list[str]]] = {}
for _phrase in sorted(ENGLISH_PHRASES, key=len, reverse=True):
    _first = WORD.match(_phrase)
    if _first is not None:
        _PHRASES_BY_FIRST.setdefault(_first[0], []).append(_phrase)

# Behind "from now" must stand what is counted: 3 days, two Fridays.
_COUNTED: Final = frozenset(
    KINDS[k]
    for k in (
        *("second", "minute", "hour", "day", "nightunit", "workday", "weekday", "weekdays"),
        *("week", "fortnight", "month", "quarter", "yearunit", "half"),
    )
)
_AMERICAN_ZONES: Final = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}
_OFFSET: Final = re.compile(r" ?([+-]) ?(\d{1,2})(?::?00)?(?![\d:])")

# Units whose plural tells "3 next weeks" from "3 next week".
_PLURAL_UNITS: Final = frozenset(KINDS[k] for k in ("minute", "hour", "day", "week", "month", "yearunit", "workday"))


@cache
def _spaced(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase of our own list, with any spaces between its words."""
    return re.compile(re.escape(phrase).replace(r"\ ", r"\s+") + r"(?![a-z0-9])")


def read_english(line: Line, at: int) -> int:
    """Add what begins with a Latin letter, and return its end."""
    text = line.text
    before = text[at - 1] if at else " "
    last = line.items[-1] if line.items else None
    behind_junk = last is not None and last.kind == "x" and last.end == at
    if before == "$" or (before.isdecimal() and behind_junk) or (before in "._@\\" and not (last and last.end == at)):
        handle = WORD.match(text, at)
        return line.junk(at, handle.end() if handle is not None else at + 1)
    if last is not None and last.kind in "nchPι":
        meridiem = DOTTED_MERIDIEM.match(text, at)
        if meridiem is not None:
            return line.add("meridiem", at, meridiem.end(), name=meridiem[1] + "m")
    foreign = FOREIGN.match(text, at)
    if foreign is not None:
        return line.junk(at, foreign.end())
    found = WORD.match(text, at)
    if found is None:
        return line.junk(at, at + 1)
    word = found[0]
    if word in _AMERICAN_ZONES and last is not None and last.kind in "cp":
        return line.add("zone", at, at + 2, name=_AMERICAN_ZONES[word])
    for phrase in _PHRASES_BY_FIRST.get(word, ()):
        if phrase.startswith("from ") and (last is None or last.kind not in _COUNTED):
            # "from today to Friday" begins today.
            continue
        match = _spaced(phrase).match(text, at)
        if match is not None:
            return add_word(line, at, match.end(), ENGLISH_PHRASES[phrase])
    return _english_word(line, at, word)


def _english_word(line: Line, at: int, word: str) -> int:
    text = line.text
    end = at + len(word)
    after = text[end] if end < len(text) else " "
    if after.isdecimal() and after.isascii():
        return _word_with_digits(line, at, word, end)
    if after in "_@\\" and not text.startswith("@ ", end):
        return line.junk(at, end)
    meaning = ENGLISH.get(word)
    if word == "mon" and len(line.items) > 1 and line.items[-1].kind == "n" and line.items[-2].kind in "IJ":
        return line.add("month", at, end, 1)
    if meaning is None and "'" in word:
        stem = word.partition("'")[0]
        stem_meaning = ENGLISH.get(stem)
        if stem_meaning is not None:
            add_word(line, at, at + len(stem), stem_meaning)
            return line.add("of", at + len(stem), end)
    if meaning is not None and meaning.name == "UTC":
        return _offset_zone(line, at, end)
    if meaning is not None:
        return add_word(line, at, end, meaning)
    if word in ("oh", "ou", "o") and line.items and line.items[-1].kind == "n" and line.items[-1].form == "en":
        # twelve oh three
        return line.add("num", at, end, 0, form="en")
    number = numerals.ENGLISH.get(word)
    if number is not None:
        return _english_number(line, at, end, number)
    ordinal = numerals.ENGLISH_ORDINALS.get(word)
    if ordinal is not None:
        counted = line.items[-1] if line.items and line.items[-1].kind == "n" else None
        if ordinal == 2 and counted is not None and not (counted.form == "en" and counted.number in (20, 30)):
            return line.add("second", at, end, 1)
        return _english_ordinal(line, at, end, ordinal)
    return line.junk(at, end)


def _offset_zone(line: Line, at: int, end: int) -> int:
    """Read UTC, and GMT+8; only whole hours, and the sign of the zones named Etc/GMT is the other way round."""
    offset = _OFFSET.match(line.text, end)
    if offset is None or int(offset[2]) > (14 if offset[1] == "+" else 12):
        return line.add("zone", at, end, name="UTC")
    if not int(offset[2]):
        return line.add("zone", at, offset.end(), name="UTC")
    return line.add("zone", at, offset.end(), name=f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}")


def _english_number(line: Line, at: int, end: int, number: int) -> int:
    last = line.items[-1] if line.items else None
    if last is not None and last.kind == "r" and last.end == at and len(line.items) > 1 and 0 < number < 10:
        before = line.items[-2]
        if before.form == "en" and before.number in (20, 30, 40, 50) and before.end == last.start:
            # twenty-seven
            line.items[-2:] = [before._replace(number=before.number + number, end=end)]
            return end
    tens = last is not None and last.kind == "n" and last.form == "en" and last.number in (20, 30, 40, 50)
    if tens and last is not None and 0 < number < 10 and line.text[last.end : at].strip(" -") == "":
        line.items[-1] = last._replace(number=last.number + number, end=end)
        return end
    return line.add("num", at, end, number, form="en")


def _english_ordinal(line: Line, at: int, end: int, ordinal: int) -> int:
    items = line.items
    if items and items[-1].kind == "r" and line.text[items[-1].start] == "-":
        joined = len(items) > 1 and items[-2].kind == "n" and items[-2].form == "en"
        if joined and items[-2].number in (20, 30) and items[-2].end == items[-1].start and ordinal < 10:
            tens = items[-2]
            del items[-2:]
            return line.add("ord", tens.start, end, tens.number + ordinal, form="en")
    if items and items[-1].kind == "n" and items[-1].number in (20, 30) and items[-1].form == "en" and ordinal < 10:
        tens = items.pop()
        return line.add("ord", tens.start, end, tens.number + ordinal, form="en")
    return line.add("ord", at, end, ordinal, form="en")


def _word_with_digits(line: Line, at: int, word: str, end: int) -> int:
    meaning = ENGLISH.get(word)
    if meaning is not None and meaning.kind == KINDS["monthname"]:
        return add_word(line, at, end, meaning)
    digits = CHUNK.match(line.text, end)
    stop = digits.end() if digits is not None else end
    if word == "q" and digits is not None and digits[0] in ("1", "2", "3", "4"):
        return line.add("qnumber", at, stop, int(digits[0]))
    if word == "h" and digits is not None and digits[0] in ("1", "2"):
        return line.add("qnumber", at, stop, int(digits[0]), name="half")
    if word + (digits[0] if digits is not None else "") in ENGLISH:
        return add_word(line, at, stop, ENGLISH[word + digits[0] if digits is not None else word])
    return line.junk(at, stop)


def add_word(line: Line, at: int, end: int, meaning: Word) -> int:
    """Add a known word, and return its end."""
    kind, number, name = meaning
    form = "en"
    high = 0
    if kind == KINDS["num"]:
        form = "a" if name == "a" else "couple"
        high = 3 if name == "2-3" else 0
        name = ""
    if not name and kind in _PLURAL_UNITS and line.text[end - 1] == "s":
        name = "s"
    line.items.append(Token(kind, at, end, number, name, high, form))
    return end
