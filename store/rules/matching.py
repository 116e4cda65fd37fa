"""What a customer can be found by, what a person looks for, and how well the two fit. Pure: text in, text out.

A customer becomes two lines of words, `Hay`: `shown` (name and company, in characters, pinyin and initials), by which
even those may find who see contacts masked, and `hidden` (numbers, e-mails, WeChat), by which only those may who see
them in the clear. Fields stand between bars, words of a field between spaces:

    >>> found_by = hay(CustomerWords(name="张三", company="Acme Ltd.", emails=("zs@acme.com",)))
    >>> found_by.shown, found_by.hidden
    ('|张三|zhang san|zhangsan|zs|acme ltd|acmeltd|acme|al|', '|zs@acme.com|')

`tokens` cuts them into what the full-text index holds; store/search_index.py writes those, store/search.py asks for
them and checks each candidate against its hay with `fit`. The index only has to miss nobody: the hay decides.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from store.rules import pinyin, script
from store.rules.models import CustomerWords

#: Longer queries and fields are cut: nobody types more, and a hostile line must not cost more.
QUERY_MOST, TERMS_MOST, FIELD_MOST = 120, 6, 120
#: Up to how many combinations of readings a name and a company are spelled in. Where there are more, each reading of
#: each character is still kept, beside the likeliest readings of the others.
SPELLINGS, COMPANY_SPELLINGS = 16, 4
#: How many readings of a character count in a company's name: both of 行, but not the rare ones of every other one.
COMPANY_READINGS = 2
#: From how many characters on a name is not spelled: nobody types a sentence in pinyin.
SPELLED_MOST = 16

#: Words of fewer letters have too many neighbours; and so many letters of a longer one decide.
SLIP_LEAST, SLIP_MOST = 4, 7

#: How many tokens of a word are asked for.
ASKED_MOST = 3
#: Three letters that stand within one syllable of pinyin.
_SYLLABLE = re.compile(r"(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?[aeiouv]+(?:ng?|r)?")

_WORD = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
_TERM = re.compile(r"[a-z0-9@._+\-]+|[^\x00-\x7f]+")
#: Apostrophes, which nobody types twice the same way, and letters that are no letter plus accent to Unicode.
_PLAINER: dict[int, str | None] = dict.fromkeys(map(ord, "'’ʼ`´")) | {
    ord(letter): plain for letter, plain in zip("øæœđðłþı", ("o", "ae", "oe", "d", "d", "l", "th", "i"), strict=True)
}
_PHONE = re.compile(r"[\d\s()+.\-/]+")
_GRAM = 3


@dataclass(frozen=True, slots=True)
class Hay:
    """What one customer is found by: `shown` to whoever may see that they exist, `hidden` contact details.

    `slips` are the words of `shown` that are found with a slip of the finger in them, too.
    """

    shown: str
    hidden: str
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for: `raw` as it stands in a contact, `parts` as in a name: jean-luc, (jean, luc)."""

    raw: str
    parts: tuple[str, ...]


def flat(text: str) -> str:
    """The text as it is compared: `script.fold`, without accents on Latin letters and without apostrophes."""
    folded = script.fold(text).translate(_PLAINER)
    if folded.isascii():
        return folded
    return "".join(_plain(character) for character in folded)


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if not character.isalnum():
        return " "
    if "\xc0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        base = unicodedata.normalize("NFD", character)[0]
        return base if base.isascii() else character
    return character


# What a customer is found by -----------------------------------------------------------------------------------------


def hay(words: CustomerWords) -> Hay:
    """The lines of words that a customer is found by."""
    slips: list[str] = []
    shown = [*_called(words.name, slips), *_company(words.company, slips)]
    return Hay(_line(shown), _line(_contacts(words)), tuple(word for word in slips if len(word) >= SLIP_LEAST))


def _line(fields: Iterable[str]) -> str:
    return "|" + "|".join(dict.fromkeys(field for field in fields if field)) + "|"


def _called(text: str, slips: list[str]) -> Iterator[str]:
    """A person's name: as written, in one piece, its syllables, its spellings, its initials."""
    words = _WORD.findall(flat(text[:FIELD_MOST]))
    slips += filter(str.isascii, words)
    yield " ".join(words)
    yield "".join(words)
    if script.has_han(text):
        sounds = _sounds(" ".join(words))
        slips += (part[0] for part in sounds)
        yield " ".join(dict.fromkeys(reading for part in sounds for reading in part))
        yield from _spelled(sounds, SPELLINGS, slips)
    elif len(words) > 1:
        yield "".join(word[0] for word in words)


def _company(text: str, slips: list[str]) -> Iterator[str]:
    """A company's name: as written, in one piece, and its telling part, spelled with its place and without."""
    if not text:
        return
    from store.rules import company

    words = _WORD.findall(flat(text[:FIELD_MOST]))
    whole, core = "".join(words), "".join(_WORD.findall(flat(company.core(text[:FIELD_MOST]))))
    slips += filter(str.isascii, words)
    yield " ".join(words)
    yield whole
    yield core
    if script.has_han(whole):
        # 重庆 in 重庆银行股份有限公司 is how people say it; 股份有限公司 is not.
        said = whole[: whole.find(core) + len(core)] if core in whole else whole
        for name in dict.fromkeys((said, core)):
            sounds = [part[:COMPANY_READINGS] for part in _sounds(name)]
            yield from _spelled(sounds, COMPANY_SPELLINGS, slips)
    elif len(words) > 1:
        yield "".join(word[0] for word in words)


def _sounds(text: str) -> list[tuple[str, ...]]:
    """How a text is typed in pinyin, part by part; what can't be, such as kana, is left out."""
    return [part for part in pinyin.syllables(text) if part[0].isascii()][:SPELLED_MOST]


def _spelled(sounds: list[tuple[str, ...]], most: int, slips: list[str]) -> Iterator[str]:
    spellings = _combined(sounds, most)
    slips += spellings[:1]
    slips.append("".join(part[0] for part in sounds[:2]))
    yield from spellings
    yield from _combined([tuple(dict.fromkeys(reading[0] for reading in part)) for part in sounds], most)


def _combined(parts: list[tuple[str, ...]], most: int) -> list[str]:
    """Every combination where there are at most `most`; else the usual readings, and each other one among them."""
    if not parts:
        return []
    if math.prod(map(len, parts)) <= most:
        return ["".join(chosen) for chosen in product(*parts)]
    usual = [part[0] for part in parts]
    one_off = ("".join([*usual[:at], other, *usual[at + 1 :]]) for at, part in enumerate(parts) for other in part[1:])
    return ["".join(usual), *islice(one_off, 2 * most)]


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


# What the full-text index holds --------------------------------------------------------------------------------------


def tokens(found_by: Hay) -> set[str]:
    """The tokens of a customer: grams of each word, `^` and one or two letters it starts with, `=` and whole fields.

    Those of hidden fields carry `~`, so that a masked reader's question never touches them. `-` marks neighbours.
    """
    out: set[str] = set()
    for field in found_by.shown.strip("|").split("|"):
        out.add("=" + field.replace(" ", ""))
        for word in _WORD.findall(field):
            out.update(grams(word))
            if word.isascii():
                out.update(("^" + word[:1], "^" + word[:2]))
    for field in found_by.hidden.strip("|").split("|"):
        out.add("~=" + field)
        out.update("~" + gram for gram in grams(field) if len(gram) == _GRAM)
    for word in found_by.slips:
        out.update("-" + near for near in neighbours(word))
    return out - {"=", "~="}


def grams(word: str) -> list[str]:
    """What a word is indexed by: single characters and pairs where it isn't Latin, letters by threes where it is."""
    if word.isascii():
        return [word[at : at + _GRAM] for at in range(len(word) - _GRAM + 1)]
    return [*word, *(word[at : at + 2] for at in range(len(word) - 1))]


def neighbours(word: str) -> list[str]:
    """The beginning of a word, whole and with each letter left out: words one slip apart have one of these in common.

    Deletions on both sides cover a wrong, a missing and a surplus letter and two exchanged ones, without an alphabet
    (Wolf Garbe's symmetric delete, https://github.com/wolfgarbe/SymSpell).
    """
    begun = word[:SLIP_MOST]
    return [begun, *(begun[:at] + begun[at + 1 :] for at in range(len(begun)))]


def asked(word: str) -> list[str]:
    """The tokens that a customer must have when `word` stands in a shown field of theirs."""
    if not word.isascii():
        return grams(word)[len(word) :] if len(word) > 1 else [word]
    return grams(word) if len(word) >= _GRAM else ["^" + word]


def some(found: list[str], most: int = ASKED_MOST) -> list[str]:
    """Some of a word's tokens, from the first to the last: enough to leave few who don't have the word.

    The words are checked anyway, and every further token costs a walk through all who have it. Least is walked where
    syllables meet: a third of all customers have `ang`, hardly one `gsa`.
    """
    telling = [token for token in found if not _SYLLABLE.fullmatch(token)]
    picked = telling if len(telling) > 1 else found
    if len(picked) <= most:
        return picked
    return [picked[at * (len(picked) - 1) // (most - 1)] for at in range(most)]


# What a person looks for ---------------------------------------------------------------------------------------------


def terms(text: str) -> tuple[Term, ...]:
    """What a query asks for, all of which a customer must have: `张三 138-0013` asks for 张三 and 1380013."""
    plain = flat(text[:QUERY_MOST]).strip()
    if _PHONE.fullmatch(plain):
        found = [Term(digits, (digits,)) for digits in _numbers(plain)]
    else:
        found = [term for piece in _TERM.findall(plain) if (term := _term(piece))]
    return tuple(dict.fromkeys(found))[:TERMS_MOST]


def _term(piece: str) -> Term | None:
    if not piece.isascii():
        return Term(piece, (piece,))
    if _PHONE.fullmatch(piece):
        digits = "".join(_numbers(piece))
        return Term(digits, (digits,)) if digits else None
    parts = tuple(_WORD.findall(piece))
    return Term(piece.strip("._-+"), parts) if parts else None


def _numbers(plain: str) -> list[str]:
    """Groups of digits; as one where that is how the number is kept: with a country code, or in groups of two."""
    groups = re.findall(r"\d+", plain)
    if sum(map(len, groups)) >= 9:
        # A trunk or international prefix (0, 00) is no part of an E.164 number.
        groups = [groups[0].lstrip("0"), *groups[1:]]
    if "+" in plain or (len(groups) > 1 and min(map(len, groups)) < _GRAM):
        groups = ["".join(groups)]
    return [group for group in groups if group]


# How well they fit ---------------------------------------------------------------------------------------------------

WHOLE, START, END, WORD, INSIDE = range(5)


def fit(sought: tuple[Term, ...], shown: str, hidden: str) -> tuple[int, int] | None:
    """How well a customer answers all the terms (less is better), the whole query first, then places; None: not all."""
    total = 0
    for term in sought:
        place = _place(term, shown, hidden)
        if place is None:
            return None
        total += place
    whole = f"|{''.join(part for term in sought for part in term.parts)}|"
    raw = f"|{''.join(term.raw for term in sought)}|"
    return (0 if whole in shown or raw in hidden else 1), total


def _place(term: Term, shown: str, hidden: str) -> int | None:
    places = []
    if len(term.raw) >= _GRAM and term.raw in hidden:
        places.append(place(term.raw, hidden))
    if all(stands(part, shown) for part in term.parts):
        places.append(max(place(part, shown) for part in term.parts))
    return min(places, default=None)


def stands(part: str, shown: str) -> bool:
    """Whether a part of a term is in the shown fields: anywhere, or at a word's start when it is one or two letters."""
    if len(part) >= _GRAM or not part.isascii():
        return part in shown
    return f"|{part}" in shown or f" {part}" in shown


def place(part: str, line: str) -> int:
    """Where in its field a part stands that is in the line: the whole, its start, its end, a word's start, inside."""
    for kind, pattern in ((WHOLE, f"|{part}|"), (START, f"|{part}"), (END, f"{part}|"), (WORD, f" {part}")):
        if pattern in line:
            return kind
    return INSIDE
