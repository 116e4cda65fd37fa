"""What a contact's vCard says beside name and number (RFC 6350; 2.1 and 3.0, as phones still write them).

>>> read("BEGIN:VCARD\\nVERSION:3.0\\nORG:云帆科技;采购部\\nTITLE:经理\\nEMAIL:z@yunfan.cn\\nEND:VCARD").company
'云帆科技'

It is a stranger's text: read line by line, nothing in it is fetched, and what is not understood is passed over.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field

from store.rules.script import has_han, is_han

_FOLDED = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"\\([\\,;nN])")
_BETWEEN = re.compile(r"(?<!\\);")


@dataclass(slots=True)
class Card:
    """What was read; empty where nothing was said."""

    name: str = ""
    company: str = ""
    title: str = ""
    address: str = ""
    note: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


def read(text: str) -> Card:
    """The first card of a text. Never raises."""
    card = Card()
    names: list[str] = []
    for line in _FOLDED.sub("", _SOFT.sub("", text)).splitlines():
        head, colon, value = line.partition(":")
        if not colon:
            continue
        key, *parameters = head.upper().split(";")
        parts = [_plain(part) for part in _BETWEEN.split(_decoded(value, parameters))]
        whole = " ".join(filter(None, parts))
        match key.rpartition(".")[2]:
            case "FN":
                names.insert(0, whole)
            case "N":
                names.append(_called(parts[:2]))
            case "ORG":
                card.company = card.company or parts[0]
            case "TITLE" | "ROLE":
                card.title = card.title or whole
            case "ADR":
                card.address = card.address or _address(parts)
            case "NOTE":
                card.note = card.note or whole
            case "TEL":
                card.phones.append(whole.removeprefix("tel:"))
            case "EMAIL":
                card.emails.append(whole)
            case "END":
                break
    card.name = next(filter(None, names), "")
    return card


def _called(parts: list[str]) -> str:
    """Family name and given name in the order in which they are said: 王建国, Jane Doe."""
    if all(map(is_han, "".join(parts))):
        return "".join(parts)
    return " ".join(filter(None, reversed(parts)))


def _address(parts: list[str]) -> str:
    """Street, city, region as they are written down: the largest first in Chinese, last elsewhere."""
    told = [part for part in (*parts[2:5], *parts[6:7]) if part]
    return "".join(reversed(told)) if any(map(has_han, told)) else ", ".join(told)


def _decoded(value: str, parameters: list[str]) -> str:
    if not any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
        return value
    charset = next((one.removeprefix("CHARSET=") for one in parameters if one.startswith("CHARSET=")), "UTF-8")
    try:
        return quopri.decodestring(value.encode()).decode(charset, "replace")
    except (LookupError, ValueError):  # no such charset, or none that text can be read in: idna, undefined
        return value


def _plain(part: str) -> str:
    unescaped = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], part)
    return " ".join(unescaped.split())
