"""Labelled values in a line about a new customer: 预算:30万, 行业：制造业, Budget: 30k; and the region.

Capture recognises names, companies and contacts by their shape; an own field of the company only by its label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handlers.fields import FURTHER, fields_of
from handlers.kit.form_model import Field
from handlers.kit.request import Request
from handlers.understand.changes import words_of
from store import fields
from store.errors import Invalid
from store.rules import areas
from store.rules.classification import FieldKind
from store.rules.models import Phone
from store.rules.script import flat

#: Words that a value has which doesn't go on to the next comma: 1 March 2027.
WORDS_MOST = 4
_PIECE = r"\s*[:：=]\s*(?P<value>[^,，;；\n]{1,200})"


def take_own(req: Request, line: str) -> tuple[dict[str, Any], str]:
    """The values of the company's own fields that end by themselves, a number, a day, a choice, and what is left of the
    line: taken before anything else is read, or a day would be a reminder and the field's name somebody's title.
    """
    if not re.search(r"[:：=]", line):
        return {}, line
    return _take(req, line, {fields.own_key(one.id) for one in fields.all_of(req.tx) if one.kind is not FieldKind.TEXT})


def take(req: Request, rest: str) -> tuple[dict[str, Any], str]:
    """The values that a rest names, by key, and what is left of it; a value that a field can't hold stays there."""
    return _take(req, rest, None) if re.search(r"[:：=]", rest) else ({}, rest)


def _take(req: Request, rest: str, keys: set[str] | None) -> tuple[dict[str, Any], str]:
    told: dict[str, Any] = {}
    for key, field in fields_of(req).items():
        if keys is not None and key not in keys:
            continue
        for name in _names(key, field):
            found = re.search(rf"(?:^|(?<=[\s,，;；、])){re.escape(name)}{_PIECE}", flat(rest), re.IGNORECASE)
            value = None if found is None else _fitting(req, field, rest[slice(*found.span("value"))])
            if found is None or value is None:
                continue
            told[key], length = value
            rest = f"{rest[: found.start()]} {rest[found.start('value') + length :]}"
            break
    return told, " ".join(rest.split(" ")).strip(" ,，;；、\n") if told else rest


def _names(key: str, field: Field) -> list[str]:
    if field.name:
        return [flat(field.name)]
    return words_of(key) if key in (*FURTHER, "region", "level", "stage") else []


def _fitting(req: Request, field: Field, typed: str) -> tuple[Any, int] | None:
    """The value that a field makes of as many of the words as it can, and how much of them that was."""
    ends = [match.end() for match in re.finditer(r"\S+", typed)][:WORDS_MOST]
    for part in dict.fromkeys([typed.rstrip(), *(typed[:end] for end in reversed(ends))]):
        try:
            return field.parse(req, part), len(part)
        except Invalid:
            continue
    return None


def place(values: Mapping[str, Any]) -> str | None:
    """Where somebody is, as their address says, or a landline or foreign number, or else the name of their company; a
    Chinese mobile says nothing.
    """
    if values.get("address") and (found := areas.of_text(str(values["address"]))):
        return found
    numbers = [Phone.model_validate(one) for one in values.get("phones") or ()]
    by_phone = next((found for one in numbers if (found := areas.of_phone(one.e164))), None)
    return by_phone or areas.of_company(str(values.get("company") or ""))
