"""Telephone numbers: found in what people type, kept in E.164 with extension and as typed.

Forms, capture, search and imports come here. `parse("０１０－６２３４５６７８转801")` is
`Phone(e164="+861062345678", ext="801", raw="０１０－６２３４５６７８转801")`.

The numbering plans are libphonenumber's (phonenumberslite). It is strict where its readers type a country code and
generous where they don't: under CN it takes `3105550199` for Handan and `07700900412` for Fangchenggang. So a number
without `+` must also look as people write it in its country. What looks like a number and is none is bent into none:
`unread` tells of it, and who insists keeps it `as_typed`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

from store.rules.models import Phone
from store.rules.script import flat

DIGITS_MOST = 15
"""ITU-T E.164 §6.2: fifteen digits with the country code."""
DIGITS_LEAST = 7
UNREAD_LEAST = 5
"""Fewer digits by themselves are a room, a year or a price rather than the rest of a number."""
TRIES_MOST = 300
"""Stretches of one text that are tried as numbers: a page of figures has thousands, each of them 30 to 90 µs."""

_RUN = re.compile(
    r"(?<![\dA-Za-z_@+])(?:(?i:telephone|tel|phone|mobile|mob|cell|ph)\.?)?(?P<run>"
    r"\+? ?\(?\+?\d{1,15}(?:[ .()‐-―・-]{1,3}\d{1,15}){0,11})(?![\d_@])"
)
_GROUP = re.compile(r"\d+")
_CODE = re.compile(r"[A-Za-z][-_/]\Z")
_DATE = re.compile(r"(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_EXT = re.compile(
    r"[ ,(]{0,3}(?:转分机|转接|转|分机号?|内线|(?i:extension|extn|ext|x)\.?|#|(?<=\d)\*)"
    r"[ :]{0,2}(?P<ext>\d{1,6})(?!\d)\)?"
)
_DASH_EXT = re.compile(r"[-‐-―](?P<ext>\d{1,5})(?![\d-])")
_CN_MOBILE = re.compile(r"1[3-9]\d{9}")
_CN_MOBILE_E164 = re.compile(r"\+86(1[3-9]\d)(\d{4})(\d{4})")
_E164 = re.compile(r"\+\d{4,15}")
#: No subscriber's number begins with 0 or 1 (工信部《电信网编号计划》), and area codes of three digits are 010 and 02x.
_CN_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")
_CN_SERVICE = re.compile(r"[48]00[1-9]\d{6}")
_JP_MOBILE = re.compile(r"0[789]0\d{8}")
_BARE_CODES = ("1", "44", "49", "33", "34", "39", "61", "65", "60", "62", "63", "66", "81", "82", "84", "91")
_BARE_CODES_3 = ("852", "853", "886", "855", "856", "971", "966")


@dataclass(frozen=True, slots=True)
class Found:
    """A number inside a text and where it stands (code points, half open, its extension included)."""

    phone: Phone
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Digits that stand like a number and are none, as typed, and where. `short`: some of them are missing."""

    raw: str
    start: int
    end: int
    short: bool


@cache
def _library() -> Any:
    """phonenumbers, imported with the first number: 45 ms and 3 MB that a start need not pay."""
    import phonenumbers

    return phonenumbers


def _read(typed: str, region: str | None) -> str | None:
    """E.164 of one number if its numbering plan has it."""
    lib = _library()
    try:
        number = lib.parse(typed, region)
    except lib.NumberParseException:
        return None
    return str(lib.format_number(number, lib.PhoneNumberFormat.E164)) if lib.is_valid_number(number) else None


def _possible(piece: str, region: str) -> str | None:
    """E.164 of a number that its plan doesn't have, but whose length it allows: typed with `+`, or as one is dialled at
    home, with an area code behind a 0.

    Plans change and people try things with numbers reserved for films (+44 7700 900123): who typed a code meant it.
    China's plan is known here by its shapes, so there a wrong length is a wrong number.
    """
    groups = _GROUP.findall(piece)
    dialled = groups[0].startswith("0") and not groups[0].startswith("00") and len(groups[0]) > 2  # 01-12-2026 is a day
    lib = _library()
    try:
        if "+" in piece:
            number = lib.parse("+" + piece.partition("+")[2].lstrip(), None)
        elif dialled and len("".join(groups)) >= 10:
            number = lib.parse("".join(groups), region)
        else:
            return None
    except lib.NumberParseException:
        return None
    if number.country_code == 86 or lib.is_possible_number_with_reason(number) != lib.ValidationResult.IS_POSSIBLE:
        return None
    e164 = str(lib.format_number(number, lib.PhoneNumberFormat.E164))
    return e164 if len(e164) > DIGITS_LEAST else None


def _chinese(digits: str, groups: tuple[int, ...] = (0,)) -> str | None:
    """A number as it is written inside China.

    Mobiles go by shape, since ranges are opened before libphonenumber knows them: 1, then 3-9, eleven digits in all
    (工信部《电信网编号计划》). Landlines carry their area code with its 0; 400 and 800 have ten digits.
    """
    if _CN_MOBILE.fullmatch(digits):
        return f"+86{digits}"
    # Area codes of three digits are 010 and 02x; the others have four. 090-1234-5678, 07700 900123 are foreign.
    area_apart = len(groups) == 1 or groups[0] == 4 or (groups[0] == 3 and digits.startswith(("010", "02")))
    landline = area_apart and _CN_LANDLINE.fullmatch(digits)
    return _read(digits, "CN") if landline or _CN_SERVICE.fullmatch(digits) else None


def _national(digits: str, groups: tuple[int, ...], region: str) -> str | None:
    american = groups[-3:] == (3, 3, 4)
    if region == "CN":
        if american and groups[:-3] == (1,):
            return _read(f"+{digits}", None)
        if american and groups[:-3] == () and digits[0] not in "01" and not _CN_SERVICE.fullmatch(digits):
            return _read(f"+1{digits}", None)
        if groups == (3, 4, 4) and _JP_MOBILE.fullmatch(digits):
            return _read(digits, "JP")
        return _chinese(digits, groups)
    e164 = _read(digits, region)
    return None if e164 is None or (_trunk(e164) and digits[0] != "0") else e164


def _trunk(e164: str) -> bool:
    """Whether a number is written with a 0 in front within its country."""
    lib = _library()
    at_home = str(lib.format_number(lib.parse(e164), lib.PhoneNumberFormat.NATIONAL))
    return at_home.lstrip("(").startswith("0")


def _abroad(digits: str, groups: tuple[int, ...]) -> str | None:
    """A number whose `+` was left out: its code stands apart, leads a whole number, or is dialled 00."""
    if digits.startswith("00"):
        return _read(f"+{digits[2:].lstrip('0')}", None) if len(digits) > 9 else None
    if len(digits) < 10 or digits[0] == "0":
        return None
    if _CN_MOBILE.fullmatch(digits):
        return f"+86{digits}"
    if digits.startswith("86") and _chinese(digits[2:] if digits[2] in "01" else f"0{digits[2:]}"):
        return _read(f"+{digits}", None)
    alone = str(groups[0]) if len(groups) > 1 else ""
    bare = len(groups) == 1 and len(digits) >= 11 and digits.startswith(_BARE_CODES + _BARE_CODES_3)
    code_apart = alone in {"1", "2", "3"} and digits[: groups[0]] != "20"
    if not (bare or code_apart):
        return None
    return _read(f"+{digits}", None)


def _number(piece: str, region: str) -> str | None:
    """E.164 of a piece that holds digits and what people put between them, or None."""
    groups = tuple(len(group) for group in _GROUP.findall(piece))
    digits = "".join(_GROUP.findall(piece))
    if not DIGITS_LEAST <= len(digits) <= DIGITS_MOST + 2:
        return None
    if "+" in piece:
        if digits.startswith("86"):
            rest = digits[2:]
            return _chinese(rest if rest[:1] in "014" else f"0{rest}") or _read(f"+{digits}", None)
        return _read("+" + piece.partition("+")[2].lstrip(), None)
    return _national(digits, groups, region) or _abroad(digits, groups)


def _extension(shadow: str, end: int, e164: str) -> re.Match[str] | None:
    dashed = _DASH_EXT.match(shadow, end) if e164.startswith("+86") and not _CN_MOBILE.fullmatch(e164[3:]) else None
    return dashed or _EXT.match(shadow, end)


def _in_run(text: str, shadow: str, run: tuple[int, int], region: str, tries: Iterator[int]) -> list[Found]:
    """The numbers in one run of digits: the longest stretch of groups that is a number, then on from there, for as many
    stretches as there are `tries`.
    """
    groups = [match.span() for match in _GROUP.finditer(shadow, *run)]
    found: list[Found] = []
    first = 0
    while first < len(groups):
        start = groups[first][0]
        if _DATE.match(shadow, start):
            first += 3
            continue
        while start > run[0] and shadow[start - 1] in "(+ ":
            start -= 1
        start += len(shadow[start : groups[first][0]]) - len(shadow[start : groups[first][0]].lstrip())
        stretches = [
            (last, groups[last - 1][1])
            for last in range(len(groups), first, -1)
            if groups[last - 1][1] - groups[first][0] <= 2 * DIGITS_MOST and next(tries, None) is not None
        ]
        readings = chain(
            ((last, end, _number(shadow[start:end], region)) for last, end in stretches),
            ((last, end, _possible(shadow[start:end], region)) for last, end in stretches),
        )
        for last, end, e164 in readings:
            if e164 is None:
                continue
            ext = _extension(shadow, end, e164)
            stop = ext.end() if ext else end
            found.append(Found(Phone(e164=e164, ext=ext["ext"] if ext else "", raw=text[start:stop]), start, stop))
            first = next((i for i in range(last, len(groups)) if groups[i][0] >= stop), len(groups))
            break
        else:
            first += 1
    return found


def shown(e164: str) -> str:
    """A number in the groups in which it is read aloud, with its country code, so that a phone dials it at a tap.

    `shown("+8613800138000")` is `"+86 138 0013 8000"`; others go by libphonenumber's international format, as ITU-T
    E.123 has it. What is no whole number (a masked one) stays as it is.
    """
    mobile = _CN_MOBILE_E164.fullmatch(e164)
    if mobile:
        return "+86 " + " ".join(mobile.groups())
    if not _E164.fullmatch(e164):
        return e164
    lib = _library()
    try:
        return str(lib.format_number(lib.parse(e164), lib.PhoneNumberFormat.INTERNATIONAL))
    except lib.NumberParseException:
        return e164


def find(text: str, region: str = "CN") -> list[Found]:
    """All numbers in a text, in order.

    `region` is the ISO 3166 code of the country where numbers are typed without a country code. Dates, prices and
    short codes are not numbers; two numbers with a space or a slash between them are two.
    """
    shadow = flat(text)
    if len(_GROUP.sub("", shadow)) > len(shadow) - DIGITS_LEAST:
        return []
    found: list[Found] = []
    tries = iter(range(TRIES_MOST))
    for match in _RUN.finditer(shadow):
        found += _in_run(text, shadow, match.span("run"), region, tries)
    # An extension reaches beyond its run, where the next run may have begun.
    return [one for before, one in pairwise([None, *found]) if one and (before is None or one.start >= before.end)]


def parse(text: str, region: str = "CN") -> Phone | None:
    """The one number that a form's field holds, or None when there is none, several, or something else beside it."""
    found = find(text, region)
    if len(found) != 1:
        return None
    beside = text[: found[0].start] + text[found[0].end :]
    return None if any(character.isalnum() for character in beside) else found[0].phone


def unread(text: str, region: str = "CN") -> list[Unread]:
    """What stands in a text like a number, five digits or more that are no day nor the end of a code (AC-77120), and is
    none, in order.
    """
    shadow = flat(text)
    for one in find(text, region):
        shadow = shadow[: one.start] + "\n" * (one.end - one.start) + shadow[one.end :]
    stretches = [
        match.span("run")
        for match in _RUN.finditer(shadow)
        if not _DATE.match(shadow, match.start("run")) and not _CODE.search(shadow[: match.start("run")][-2:])
    ]
    return [
        Unread(text[start:end].strip(), start, end, _short(shadow[start:end], region))
        for start, end in stretches
        if sum(map(str.isdigit, shadow[start:end])) >= UNREAD_LEAST
    ]


def _short(piece: str, region: str) -> bool:
    """Whether a number lacks digits: below every length of its plan, or whole only within its town."""
    digits = "".join(_GROUP.findall(piece))
    if len(digits) < DIGITS_LEAST or (region == "CN" and len(digits) == 10 and _CN_MOBILE.fullmatch(f"{digits}0")):
        return True
    lib = _library()
    try:
        why = lib.is_possible_number_with_reason(lib.parse("+" + digits if "+" in piece else digits, region))
    except lib.NumberParseException:
        return False
    return why in (lib.ValidationResult.TOO_SHORT, lib.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def as_typed(text: str) -> Phone | None:
    """What somebody insists on, though it is no whole number: its digits, and how it was typed; None without digits."""
    digits = "".join(_GROUP.findall(flat(text)))[:DIGITS_MOST]
    plus = "+" if flat(text).lstrip().startswith("+") else ""
    return Phone(e164=plus + digits, raw=" ".join(text.split())[:30]) if digits else None


def said(number: Phone) -> str:
    """A customer's number as people read it: a whole one in its groups, any other as it was typed."""
    return number.raw if number.raw and not _whole(number.e164) else shown(number.e164)


def _whole(e164: str) -> bool:
    if _CN_MOBILE_E164.fullmatch(e164):
        return True
    lib = _library()
    try:
        return bool(lib.is_possible_number_with_reason(lib.parse(e164)) == lib.ValidationResult.IS_POSSIBLE)
    except lib.NumberParseException:
        return False


def code_of(region: str) -> str:
    """The country code of a country: `code_of("GB")` is "+44"."""
    return f"+{_library().country_code_for_region(region)}"


def country_of(code: str) -> str:
    """The country with this country code, the largest of several: `country_of("+44")` is "GB"; "" for none."""
    digits = code.removeprefix("+")
    found = _library().region_code_for_country_code(int(digits)) if re.fullmatch(r"[1-9]\d{0,2}", digits) else ""
    return str(found) if found not in ("ZZ", "001") else ""


def country(e164: str) -> str:
    """The country of a whole number (ISO 3166), or nothing: a freephone number belongs to none."""
    lib = _library()
    try:
        code = lib.region_code_for_number(lib.parse(e164))
    except lib.NumberParseException:
        return ""
    return str(code) if code and code.isalpha() else ""
