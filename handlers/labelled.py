"""Values of further fields in a line about somebody new: 预算:30万, 行业：制造业, Budget: 30k; and where somebody is.

Capture knows names, firms and contacts by their shape; a field of the company's own only by its name, and a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handlers.fields import FURTHER, fields_of
from handlers.kit.forms import Field
from handlers.kit.request import Request
from handlers.understand.changes import words_of
from store.errors import Invalid
from store.rules import areas
from store.rules.models import Phone
from store.rules.script import flat

_PIECE = r"\s*[:：=]\s*(?P<value>[^,，;；\n]{1,200})"


def take(req: Request, rest: str) -> tuple[dict[str, Any], str]:
    """The values that a rest names, by key, and what is left of it; a value that a field can't hold stays there."""
    told: dict[str, Any] = {}
    if not re.search(r"[:：=]", rest):
        return told, rest
    for key, field in fields_of(req).items():
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
    """What a field makes of a value, whole or up to its first space, and how much of it that was."""
    for part in dict.fromkeys((typed.rstrip(), typed.split(" ", maxsplit=1)[0])):
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
