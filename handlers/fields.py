"""A customer's fields as forms know them: how each is read, and how it is shown.

The add form, one-line capture and the edit buttons share these objects, so that a number is a number everywhere.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from handlers.kit.forms import Choice, Field
from handlers.kit.reply import t
from handlers.kit.request import Request
from handlers.kit.texts import LANGUAGES, catalogue, shows
from store.errors import Invalid
from store.rules import email, phone, wechat
from store.rules.adding import CONTACTS_MOST
from store.rules.models import Level, Phone, Stage

#: Longer than any name, company or title on a card; an address may be longer.
SHORT, LONG = 80, 300
_BETWEEN = re.compile(r"[\s,;，；、/|]+")


def _words(field: str, most: int) -> Field:
    def parse(_: Request, typed: str) -> str:
        text = " ".join(typed.split())
        if not shows(text):
            raise Invalid(field, typed)
        return text[:most]

    return Field(field, parse, required=field == "name")


def _phones(req: Request, typed: str) -> list[dict[str, str]]:
    found = phone.find(typed, region_of(req.zone))
    if not found:
        raise Invalid("phone", typed)
    return [one.phone.model_dump() for one in found[:CONTACTS_MOST]]


def _emails(_: Request, typed: str) -> list[str]:
    addresses = []
    for part in filter(None, _BETWEEN.split(typed)):
        address = email.parse(part)
        if address is None:
            raise Invalid("email", part)
        addresses.append(address)
    if not addresses:
        raise Invalid("email", typed)
    return addresses[:CONTACTS_MOST]


def _wechat(_: Request, typed: str) -> str:
    name = wechat.parse(typed.strip())
    if name is None:
        raise Invalid("wechat", typed)
    return name


def _show_phones(values: Any) -> str:
    numbers = [Phone.model_validate(value) for value in values]
    return " · ".join(phone.shown(one.e164) + (f" #{one.ext}" if one.ext else "") for one in numbers)


def _show_list(values: Any) -> str:
    return " · ".join(values)


CUSTOMER_FIELDS = (
    _words("name", SHORT),
    Field("phones", _phones, show=_show_phones),
    _words("company", SHORT),
    _words("title", SHORT),
    Field("emails", _emails, show=_show_list),
    Field("wechat", _wechat),
    _words("address", LONG),
)


def _one_of(kind: type[Level | Stage], key: str) -> Field:
    """A field that is chosen: by button, or by typing what the button says, in either language."""

    def parse(_: Request, typed: str) -> str:
        said = typed.strip().casefold()
        for one in kind:
            if said in {str(catalogue(language)[f"{key}.{one.value}"]).casefold() for language in LANGUAGES}:
                return one.value
        raise Invalid(key, typed)

    choices = [Choice(one.value, t(f"{key}.{one.value}")) for one in kind]
    return Field(key, parse, required=True, choices=lambda _: choices, show=lambda value: t(f"{key}.{value}"))


#: Where a customer stands with us: chosen on the card, not asked of somebody new.
STANDING = (_one_of(Level, "level"), _one_of(Stage, "stage"))


def field_of(key: str) -> Field:
    """The customer field with this key. Raises KeyError."""
    return {field.key: field for field in (*CUSTOMER_FIELDS, *STANDING)}[key]


def region_of(zone: ZoneInfo) -> str:
    """The country (ISO 3166) whose numbers are typed without a code, by the zone in which a member lives."""
    return _countries().get(zone.key, "CN")


@cache
def _countries() -> dict[str, str]:
    """IANA's zone.tab: the country of every zone (https://www.iana.org/time-zones)."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
