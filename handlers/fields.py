"""A customer's fields as forms know them: how each is read, and how it is shown.

The add form, one-line capture and the edit buttons share these objects, so that a number is a number everywhere.
"""

from __future__ import annotations

from typing import Any

from handlers.kit.cards import dialled
from handlers.kit.forms import Field
from handlers.kit.request import Request
from store.errors import Invalid
from store.rules import email, phone, wechat
from store.rules.models import Phone

#: Longer than any name, company or title on a card; an address may be longer.
SHORT, LONG = 80, 300


def _words(field: str, most: int) -> Field:
    def parse(_: Request, typed: str) -> str:
        text = " ".join(typed.split())
        if not text:
            raise Invalid(field, typed)
        return text[:most]

    return Field(field, parse, required=field == "name")


def _phones(_: Request, typed: str) -> list[dict[str, str]]:
    found = [one.phone.model_dump() for one in phone.find(typed)] or [_whole(typed)]
    return found[:5]


def _whole(typed: str) -> dict[str, str]:
    number = phone.parse(typed)
    if number is None:
        raise Invalid("phone", typed)
    return number.model_dump()


def _emails(_: Request, typed: str) -> list[str]:
    addresses = [
        address for part in typed.replace(",", " ").replace("，", " ").split() if (address := email.parse(part))
    ]
    if not addresses:
        raise Invalid("email", typed)
    return addresses[:5]


def _wechat(_: Request, typed: str) -> str:
    name = wechat.parse(typed.strip())
    if name is None:
        raise Invalid("wechat", typed)
    return name


def _show_phones(values: Any) -> str:
    numbers = [Phone.model_validate(value) for value in values]
    return "，".join(dialled(one.e164) + (f" #{one.ext}" if one.ext else "") for one in numbers)


def _show_list(values: Any) -> str:
    return "，".join(values)


CUSTOMER_FIELDS = (
    _words("name", SHORT),
    Field("phones", _phones, show=_show_phones),
    _words("company", SHORT),
    _words("title", SHORT),
    Field("emails", _emails, show=_show_list),
    Field("wechat", _wechat),
    _words("address", LONG),
)


def field_of(key: str) -> Field:
    """The customer field with this key. Raises KeyError."""
    return {field.key: field for field in CUSTOMER_FIELDS}[key]
