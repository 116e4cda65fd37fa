"""The words by which a customer can be found (as written, as they sound, contacts), and their search tokens. Pure.

    >>> found_by = hay(CustomerWords(name="张三", company="Acme Ltd.", emails=("zs@acme.com",)))
    >>> found_by.shown
    '|张三|acme ltd|acmeltd|acme|\\n|zhang san|zs|al|'
    >>> found_by.hidden
    '|zs@acme.com|'

Fields are separated by bars, words and syllables by spaces. `shown` (name and company, as written, in pinyin and as
initials) may be searched by everybody who sees the customer at all, `hidden` (contacts) only by those who see contacts
in the clear.

`tokens` go into the full-text index (store/search_index.py). The index only must not miss anybody;
store/rules/matching.py decides by the words themselves.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from store.rules import pinyin, script
from store.rules.models import CustomerWords

#: Longer fields are cut: nobody types more, and a hostile line must not cost more.
FIELD_MOST = 120
#: Up to how many combinations of readings a name and a company are spelled in. Where there are more, each reading of
#: each character is still kept, beside the likeliest readings of the others.
SPELLINGS, COMPANY_SPELLINGS = 16, 3
#: How many readings of a character count in a company's name: both of 行, but not the rare ones of every other one.
COMPANY_READINGS = 2
#: From how many syllables on a name is not spelled: nobody types a sentence in pinyin.
SPELLED_MOST = 16
#: The lengths to which the beginnings of words and syllables are indexed; a longer question is asked by the longest.
BEGINNINGS = (1, 2, 3, 4, 5, 8, 12)
#: Latin letters are indexed by threes.
GRAM = 3
#: Other characters by twos, and one by one where everybody may search.
PAIR = 2
#: Of how many characters the plain form is remembered: more than people write with, fewer than somebody could send.
PLAIN_MOST = 20_000
#: Words of fewer letters have too many neighbours; and so many letters of a longer one decide.
SLIP_LEAST, SLIP_MOST = 4, 7

WORD = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
#: Apostrophes, which nobody types twice the same way, and letters that are no letter plus accent to Unicode.
_PLAINER: dict[int, str | None] = dict.fromkeys(map(ord, "'’ʼ`´")) | {
    ord(letter): plain for letter, plain in zip("øæœđðłþı", ("o", "ae", "oe", "d", "d", "l", "th", "i"), strict=True)
}


@dataclass(frozen=True, slots=True)
class Hay:
    """What one customer is found by, as written, as said, and by contact details.

    `words` and `spelled`, the words as they are and how name and company sound, are found with a slip of the finger in
    them, too.
    """

    written: str
    said: str
    hidden: str
    words: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What everybody may find the customer by who may know of them: a line as written, a line as said."""
        return f"{self.written}\n{self.said}"

    @property
    def called(self) -> str:
        """The same without initials: many an everyday word is somebody's."""
        spelled = [field for field in self.said.strip("|").split("|") if " " in field]
        return f"{self.written}\n{_line(spelled)}"


def flat(text: str) -> str:
    """The text as it is compared: `script.fold`, without accents on Latin letters and without apostrophes."""
    return script.fold(text).translate(_PLAIN)


class _Plain(dict[int, str | None]):
    """Each character as it is compared, for `str.translate`; one that is met for the first time is looked at."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < PLAIN_MOST:
            self[code] = plain
        return plain


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if not character.isalnum():
        return " "
    if "\xc0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        base = unicodedata.normalize("NFD", character)[0]
        return base if base.isascii() else character
    return character


_PLAIN = _Plain(_PLAINER)

# The words ------------------------------------------------------------------------------------------------------------


def hay(words: CustomerWords) -> Hay:
    """The words by which a customer is found."""
    name = WORD.findall(flat(words.name[:FIELD_MOST]))
    company = WORD.findall(flat(words.company[:FIELD_MOST]))
    core = _core(words.company)
    whole = "".join(company)
    # 重庆银行 of 重庆银行股份有限公司 is how people say it.
    place_and_core = whole[: whole.find(core) + len(core)] if core in whole else whole
    groups = [_said(name, SPELLINGS)]
    if script.has_han(whole):
        said = _said([core], COMPANY_SPELLINGS, COMPANY_READINGS)
        groups.append(said)
        # With its place, it is found from the beginning only.
        with_place = said if place_and_core == core else _said([place_and_core], COMPANY_SPELLINGS, COMPANY_READINGS)
        groups.append([field.replace(" ", "") for field in with_place])
    else:
        groups.append(_said(company, COMPANY_SPELLINGS))
    return Hay(
        written=_line((" ".join(name), "".join(name), " ".join(company), whole, core, *_tags(words))),
        said=_line(field for group in groups for field in group),
        hidden=_line(_contacts(words)),
        words=(*name, *company),
        spelled=tuple(group[0] for group in groups if group),
    )


def sorts_as(name: str) -> str:
    """The key by which lists are sorted (migrations/0006_lists.sql): a Chinese name by its pinyin, any other as
    written.
    """
    words = WORD.findall(flat(name[:FIELD_MOST]))
    written = " ".join(words)
    said = [] if written[:1].isascii() else _said(words, 1)
    return said[0] if said else written


def _line(fields: Iterable[str]) -> str:
    return "|" + "|".join(dict.fromkeys(field for field in fields if field)) + "|"


def _tags(words: CustomerWords) -> Iterator[str]:
    for tag in words.tags:
        yield " ".join(WORD.findall(flat(tag[:FIELD_MOST])))


def _core(company: str) -> str:
    """The part of a company's name that tells it from others."""
    if not company:
        return ""
    from store.rules import company as companies

    return "".join(WORD.findall(flat(companies.core(company[:FIELD_MOST]))))


def _said(words: list[str], most: int, readings: int | None = None) -> list[str]:
    """The spellings of words: Chinese ones in syllables, the likeliest reading first, and in initials; Latin ones in
    initials.
    """
    text = " ".join(words)
    if script.has_han(text):
        # What can't be typed in pinyin, such as kana, is left out.
        sounds = [part[:readings] for part in pinyin.syllables(text) if part[0].isascii()][:SPELLED_MOST]
        return _combined(sounds, " ", most) + _combined([*map(_first_letters, sounds)], "", most)
    return ["".join(word[0] for word in words)] if len(words) > 1 else []


@lru_cache(maxsize=2048)  # more than there are sets of readings
def _first_letters(readings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings))


def _combined(parts: list[tuple[str, ...]], between: str, most: int) -> list[str]:
    """Every combination where there are at most `most`; else the usual readings, and each other one among them."""
    if not parts:
        return []
    if math.prod(map(len, parts)) <= most:
        return [between.join(chosen) for chosen in product(*parts)]
    usual = [part[0] for part in parts]
    one_off = ([*usual[:at], other, *usual[at + 1 :]] for at, part in enumerate(parts) for other in part[1:])
    return [between.join(usual), *map(between.join, islice(one_off, most))]


def _slips(found_by: Hay) -> Iterator[str]:
    """What is typed letter by letter: Latin words; of each spelling its first syllables and the whole."""
    for word in found_by.words:
        if word.isascii() and len(word) >= SLIP_LEAST:
            yield word
    for field in found_by.spelled:
        syllables = field.split(" ")
        if len(syllables) > 1:
            yield from (part for part in (*syllables[:2], "".join(syllables[:2])) if len(part) >= SLIP_LEAST)
            yield "".join(syllables)


def _contacts(words: CustomerWords) -> Iterator[str]:
    for phone in words.phones:
        digits = "".join(filter(str.isdecimal, phone.e164))
        yield digits + phone.ext
        if digits.startswith("86"):
            national = digits[2:]
            yield national if national[:1] == "1" or national[:3] in ("400", "800") else "0" + national
        if not digits:
            yield "".join(filter(str.isdecimal, script.narrow(phone.raw)))
    for email in words.emails:
        yield email.casefold().replace("|", "").replace(" ", "")
    yield script.narrow(words.wechat).casefold().replace("|", "").replace(" ", "")
    for value in words.custom.values():
        if isinstance(value, str):
            yield " ".join(WORD.findall(flat(value[:FIELD_MOST])))


# The tokens -----------------------------------------------------------------------------------------------------------


def tokens(found_by: Hay) -> set[str]:
    """The tokens of a customer: grams of each word, `^` and the beginning of a word or syllable, `=` and whole fields.

    Those of hidden fields carry `~`, so that a masked reader's question never touches them. `-` marks neighbours.
    """
    out: set[str] = set()
    for field in found_by.written.strip("|").split("|"):
        out.add("=" + field.replace(" ", ""))
        for word in WORD.findall(field):
            out.update(grams(word))
            if word.isascii():
                out.update(("^" + word[:1], "^" + word[:2]))
    for field in found_by.said.strip("|").split("|"):
        syllables = field.split(" ")
        for at in range(len(syllables)):
            rest = "".join(syllables[at : at + BEGINNINGS[-1]])
            out.update(["^" + rest[:length] for length in BEGINNINGS if length <= len(rest)])
        out.add("=" + field.replace(" ", ""))
    for field in found_by.hidden.strip("|").split("|"):
        out.add("~=" + field.replace(" ", ""))
        for word in field.split(" "):
            out.update(["~" + gram for gram in hidden_grams(word)])
    for word in dict.fromkeys(_slips(found_by)):
        out.update(["-" + near for near in neighbours(word)])
    return out - {"=", "~="}


def grams(word: str) -> list[str]:
    """The grams by which a word is indexed: trigrams of Latin letters; single characters and bigrams of others."""
    if word.isascii():
        return [word[at : at + GRAM] for at in range(len(word) - GRAM + 1)]
    return [*word, *(word[at : at + 2] for at in range(len(word) - 1))]


def hidden_grams(word: str) -> list[str]:
    """The grams by which a word of a hidden field is indexed: trigrams of letters, bigrams of other characters."""
    return [gram for gram in grams(word) if len(gram) == (GRAM if word.isascii() else PAIR)]


def neighbours(word: str) -> list[str]:
    """The beginning of a word, whole and with each letter left out: words one slip apart have one of these in common.

    Deletions on both sides cover a wrong, a missing and a surplus letter and two exchanged ones, without an alphabet
    (Wolf Garbe's symmetric delete, https://github.com/wolfgarbe/SymSpell).
    """
    begun = word[:SLIP_MOST]
    return [begun, *(begun[:at] + begun[at + 1 :] for at in range(len(begun)))]
