"""Contact details as shown to somebody who may not see them: only the ends, too little to use.

>>> phone("+8613800138000"), email("zhang@acme.com"), handle("weiqing-2020")
('+86 138****00', 'z***@acme.com', 'w***')
"""

from __future__ import annotations

from store.rules.models import Phone


def phone(e164: str) -> str:
    """A number with its middle hidden: at most three leading national digits and the last two stay."""
    digits = e164.removeprefix("+86") if e164.startswith("+86") else e164.lstrip("+")
    prefix = "+86 " if e164.startswith("+86") else "+"
    return f"{prefix}{digits[:3]}****{digits[-2:]}"


def email(address: str) -> str:
    """An address with all but the first letter of its local part hidden."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def handle(name: str) -> str:
    """A WeChat name, or any other word, with all but its first letter hidden."""
    return f"{name[:1]}***" if name else ""


def phones(numbers: tuple[Phone, ...]) -> tuple[Phone, ...]:
    """Numbers as a masked reader gets them: nothing of what was typed, no extension."""
    return tuple(Phone(e164=phone(number.e164)) for number in numbers)
