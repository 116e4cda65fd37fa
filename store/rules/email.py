"""E-mail addresses: found in a text, and brought to the one form in which they are kept and compared.

Forms, capture, search and imports come here. `parse(" Jane@ACME.co.uk ")` is `"jane@acme.co.uk"`.
"""

import re
from dataclasses import dataclass

from store.rules.script import narrow

MAX_LENGTH = 254
"""RFC 5321 §4.5.3.1.3 allows a path of 256 octets with its angle brackets; without them 254."""

_FOUND = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An address inside a text: its normal form and where it stands (code points, half open)."""

    address: str
    start: int
    end: int


def parse(text: str) -> str | None:
    """The address in its normal form, or None when the text isn't one.

    Lower case throughout: RFC 5321 lets a server tell `Jane@` from `jane@`, none that people use does, and two rows
    for one customer cost more. Reserved domains (`.test`, `.local`) are refused, as email-validator does.
    """
    from email_validator import EmailNotValidError, validate_email  # 48 ms, and only some lines need it

    plain = narrow(text).strip().removeprefix("mailto:")
    if "@" not in plain or len(plain) > MAX_LENGTH:
        return None
    try:
        return validate_email(plain, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def find(text: str) -> list[Found]:
    """All addresses in a text, in order. ASCII only: in `邮箱li@a.cn` the address begins after the Chinese word."""
    if "@" not in text and "＠" not in text:
        return []
    found = []
    for match in _FOUND.finditer(narrow(text)):
        address = parse(match.group())
        if address is not None:
            found.append(Found(address, match.start(), match.end()))
    return found
