"""A customer's form fields: how each is parsed and shown.

The add form, one-line capture and the edit buttons share these objects, so that a number is read the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from handlers import values
from handlers.home import country_of
from handlers.kit.form_model import Choice, Field
from handlers.kit.request import Request
from store import fields
from store.errors import Invalid
from store.rules import areas, email, phone, wechat
from store.rules.adding import CONTACTS_MOST
from store.rules.classification import CustomerKind, FieldKind, Gender, Industry, Language, Need, Source
from store.rules.models import Customer, CustomerFacts, Level, Phone, Stage
from store.rules.own_fields import CustomField, Option

#: Longer than any name, company or title on a card; an address may be longer.
SHORT, LONG, VERY_LONG = 80, 300, 1000
_BETWEEN = re.compile(r"[\s,;，；、/|]+")


def _phones(req: Request, typed: str) -> list[dict[str, str]]:
    country = country_of(req)
    found = phone.find(typed, country)
    unread = phone.unread(typed, country)
    for one in unread:
        raise Invalid("phone_short" if one.short else "phone_here", one.raw)
    if not found:
        raise Invalid("phone", typed)
    return [one.phone.model_dump() for one in found[:CONTACTS_MOST]]


def _phones_as_typed(req: Request, typed: str) -> list[dict[str, str]] | None:
    """What `_phones` refused, for who insists: whole numbers as ever, the others as they were typed."""
    country = country_of(req)
    numbers = [(one.start, one.phone) for one in phone.find(typed, country)]
    numbers += [(one.start, kept) for one in phone.unread(typed, country) if (kept := phone.as_typed(one.raw))]
    if not numbers and (kept := phone.as_typed(typed)):
        numbers = [(0, kept)]
    return [one.model_dump() for _, one in sorted(numbers, key=lambda each: each[0])][:CONTACTS_MOST] or None


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
    return " · ".join(phone.said(one) + (f" #{one.ext}" if one.ext else "") for one in numbers)


def _show_list(values: Any) -> str:
    return " · ".join(values)


def _named(key: str, most: int) -> Field:
    return Field(key, values.words(key, most), required=key == "name")


#: What a person is asked of somebody new, and what a line tells of them.
CUSTOMER_FIELDS = (
    _named("name", SHORT),
    Field("phones", _phones, show=_show_phones, anyway=_phones_as_typed),
    _named("company", SHORT),
    _named("title", SHORT),
    Field("emails", _emails, show=_show_list),
    Field("wechat", _wechat),
    _named("address", LONG),
)
#: The fields in which an edited card is shown first; the others are one tap further.
FIRST = (
    "name", "phones", "company", "title", "wechat", "emails", "level", "stage", "tags", "region", "address", "notes",
)  # fmt: skip
#: What everybody has from the first moment.
DEFAULTS = ("level", "stage", "kind")
#: What only says more: by its button, or where the owner wants it asked.
FURTHER = ("kind", "industry", "source", "gender", "birthday", "birth_year", "language", "preferences", "needs")


def _choice(key: str, kind: type[StrEnum], *, required: bool = False, more: Sequence[Option] = (),
            names: Mapping[str, str] = MappingProxyType({})) -> Field:  # fmt: skip
    choices, parse = values.one_of(kind, key, more)
    show = values.show_choice(key, names)
    return Field(key, parse, required=required, choices=lambda _: choices, show=show, asked=False)


#: Where a customer stands with us: chosen on the card, not asked of somebody new.
STANDING = (_choice("level", Level, required=True), _choice("stage", Stage, required=True))
_FIXED = (
    *CUSTOMER_FIELDS,
    *STANDING,
    _choice("kind", CustomerKind, required=True),
    _choice("gender", Gender),
    _choice("language", Language),
    Field("birthday", values.birthday, show=values.show_birthday, asked=False),
    Field("birth_year", values.birth_year, asked=False),
    Field("tags", values.tags, show=values.show_tags, asked=False),
    *(replace(_named(key, VERY_LONG), asked=False) for key in ("preferences", "needs", "notes")),
)


def field_of(key: str) -> Field:
    """The field of ours with this key that is the same for everybody. Raises KeyError."""
    return {field.key: field for field in _FIXED}[key]


def fields_of(req: Request) -> dict[str, Field]:
    """Every field of a customer by key, ours and the company's own, as the owner wants them asked."""
    language, needs = req.actor.language, fields.needs(req.tx)
    known = {field.key: field for field in _FIXED}
    known["region"] = Field("region", values.region, show=lambda code: areas.said(str(code), language), asked=False)
    for key, kind in (("industry", Industry), ("source", Source)):
        more = fields.options(req.tx, key)
        names = {str(one.id): one.name for one in fields.options(req.tx, key, retired=True)}
        known[key] = _choice(key, kind, more=more, names=names)
    ordered = [known[key] for key in (*(field.key for field in CUSTOMER_FIELDS), "level", "stage", *FURTHER, "region",
                                      "tags", "notes")]  # fmt: skip
    ordered += [own_field(req, one) for one in fields.all_of(req.tx)]
    return {field.key: _asked(field, needs.get(field.key, Need.NONE)) for field in ordered}


def _asked(field: Field, need: Need) -> Field:
    if need is Need.NONE:
        return field
    return replace(field, asked=True, required=field.required or need is Need.REQUIRED)


def own_field(req: Request, one: CustomField) -> Field:
    """A field of the company's own as forms know it."""
    key = fields.own_key(one.id)
    choices: list[Choice] = []
    parse: values.Parse = values.words("text", LONG)
    show: values.Show = values.show_words
    if one.kind is FieldKind.NUMBER:
        parse, show = values.number, values.show_number
    elif one.kind is FieldKind.DATE:
        parse = values.day
    elif one.kind is FieldKind.CHOICE:
        choices, parse = values.option_of(fields.options(req.tx, key))
        names = {str(option.id): option.name for option in fields.options(req.tx, key, retired=True)}
        show = values.show_choice(key, names)
    elif one.kind is FieldKind.YES_NO:
        (choices, parse), show = values.yes_no(), values.show_yes_no
    offered = (lambda _: choices) if choices else None
    return Field(key, parse, show=show, choices=offered, asked=False, name=one.name)


def form_fields(req: Request) -> tuple[Field, ...]:
    """The fields of somebody new: those that are asked, in their order, then the others.

    Level, stage and kind begin as they mostly are: they are asked only where the owner wants that.
    """
    needs = fields.needs(req.tx)
    known = [
        replace(field, required=False) if field.key in DEFAULTS and needs.get(field.key) is not Need.REQUIRED else field
        for field in fields_of(req).values()
    ]
    return (*(field for field in known if field.asked), *(field for field in known if not field.asked))


def value_of(customer: Customer, key: str) -> Any:
    """A field's value, as drafts and the journal keep it; None if it is empty."""
    own = fields.own_id(key)
    if own is not None:
        return customer.custom.get(str(own))
    value = customer.model_dump(mode="json", include={key})[key]
    return None if value in ("", []) else value


def change_of(customer: Customer, key: str, value: Any) -> dict[str, object]:
    """The changes to the record when a field becomes `value`; None empties it."""
    own = fields.own_id(key)
    if own is None:
        return {key: value}
    kept = {name: held for name, held in customer.custom.items() if name != str(own)}
    return {"custom": kept if value is None else kept | {str(own): value}}


def facts(told: Mapping[str, Any]) -> CustomerFacts:
    """Values by key, as a form gathers them, as what is told of a customer."""
    own = {str(own): value for key, value in told.items() if (own := fields.own_id(key)) is not None}
    return CustomerFacts.model_validate({**told, "custom": own})
