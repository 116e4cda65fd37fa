"""The filters and the order of a list of customers: encoded in a button's data, and as a person reads them.

    Filters(level=Level.VIP, owner=12, silent=30)  ⇄  "l3.oc.d30"  →  VIP · 李雷 · 30 天没联系

A list is its address, `list:<filters>:<sort>:<skip>`: ids and choices, never words, so any page of any list can be
rebuilt from its button alone, after a restart or on a second phone. Numbers are in base 36.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any

from handlers.fields import fields_of
from handlers.kit import added, ranges
from handlers.kit.lists import DIGITS_MOST, base36
from handlers.kit.reply import Text, plain, t
from handlers.kit.request import Request
from handlers.understand.listing import DAYS_MOST
from store import fields, marks, selecting, staff
from store.access import GRANTS, Action, allowed
from store.errors import Invalid, NotAllowed
from store.rules.classification import FieldKind
from store.rules.models import Level, Stage
from store.selecting import Column, Filters, Sort

#: What a list can be narrowed by, and its letter in a button.
LETTERS = {
    "level": "l", "stage": "s", "tag": "t", "field": "f", "region": "r", "industry": "i", "source": "q", "owner": "o",
    "silent": "d", "added": "n", "range": "g",
}  # fmt: skip
_PAIRS = ("field", "added")
_NAMES = {letter: name for name, letter in LETTERS.items()}
_CHOICES: dict[str, Sequence[Level | Stage]] = {"level": list(Level), "stage": list(Stage)}
#: What is chosen from lists of ours, and how such a choice is written: trade, 12, CN-ZJ/杭州.
_CODED: tuple[Column, ...] = ("region", "industry", "source")
_CODE = re.compile(r"[\w/-]{1,16}")
_SORTS = {sort.value[0]: sort for sort in Sort}
#: Bytes of a list's filters that leave room in a button for the route, the page and a customer.
WORD_MOST = 38
#: Nothing is narrowed.
ALL = "-"
#: The days without contact that are offered.
SILENCES = (7, 14, 30, 60, 90, 180)
#: Members who are offered by name.
OWNERS_MOST = 40
#: Values of the company's own fields that are offered.
VALUES_MOST = 40


def word(filters: Filters) -> str:
    """The filters as a button carries them."""
    return ".".join(LETTERS[name] + _packed(name, value) for name, value in filters.asked.items()) or ALL


def fits(filters: Filters) -> bool:
    """Whether a button can carry so many filters."""
    return len(word(filters).encode()) <= WORD_MOST


def _packed(name: str, value: Any) -> str:
    if name in _CHOICES:
        return base36(list(_CHOICES[name]).index(value))
    if name in _PAIRS:
        return "-".join(map(base36, value))
    if name == "range":
        return ranges.packed(value)
    return value if name in _CODED else base36(value)


def filters(said: str) -> Filters:
    """The filters again. Raises NotAllowed for anything else: the button was edited."""
    found = Filters()
    for part in () if said == ALL else said.split("."):
        try:
            name = _NAMES[part[:1]]
            found = found.having(**{name: _unpacked(name, part[1:])})
        except (KeyError, IndexError, ValueError):
            raise NotAllowed from None
    return found


def _unpacked(name: str, packed: str) -> Any:
    if name in _CODED:
        if not _CODE.fullmatch(packed):
            raise ValueError(packed)
        return packed
    if name == "range":
        return ranges.unpacked(packed)
    numbers = [int(part[:DIGITS_MOST], 36) for part in packed.split("-")]
    if min(numbers) < 0 or len(numbers) != (2 if name in _PAIRS else 1):
        raise ValueError(packed)
    if name == "silent" and numbers[0] > DAYS_MOST:
        raise ValueError(packed)
    if name in _PAIRS:
        return tuple(numbers)
    return _CHOICES[name][numbers[0]] if name in _CHOICES else numbers[0]


def sort_word(sort: Sort) -> str:
    """An order as a button carries it."""
    return sort.value[0]


def sort_of(said: str) -> Sort:
    """The order again. Raises NotAllowed."""
    try:
        return _SORTS[said]
    except KeyError:
        raise NotAllowed from None


def said(req: Request, narrowed: Filters) -> list[Text]:
    """Each filter as a person reads it."""
    return [label(req, name, value) for name, value in narrowed.asked.items()]


def label(req: Request, name: str, value: Any) -> Text:
    """One filter's value."""
    if name in _CHOICES:
        return t(f"{name}.{value}")
    if name == "silent":
        return t("list.silent", n=value)
    if name in _CODED:
        shown = fields_of(req)[name].show(value)
        return shown if isinstance(shown, Text) else plain(str(shown))
    if name == "added":
        return added.label(req, value)
    if name == "tag" and value == 0:
        return t("list.untagged")
    if name == "tag":
        return t("list.tag", tag=marks.tag_name(req.tx, req.actor, value) or "?")
    if name == "field":
        return _field_label(req, *value)
    if name == "range":
        return ranges.label(req, value)
    if value == 0:
        return t("list.pool")
    return t("list.mine") if value == req.actor.id else plain(staff.name(req.tx, value) or "?")


def _field_label(req: Request, field_id: int, value: int) -> Text:
    """An own field's value with the field's name."""
    found = fields.get(req.tx, field_id)
    if found is None:
        return plain("?")
    if found.kind is FieldKind.YES_NO:
        return t("list.yes" if value else "list.no", field=found.name)
    option = fields.option(req.tx, value)
    return t("list.field", field=found.name, value=option.name if option else "?")


def joined(parts: Sequence[Text]) -> Text:
    """Several texts in one line."""
    return reduce(lambda before, after: t("list.and", before=before, next=after), parts)


def offered(req: Request, name: str) -> Sequence[object]:
    """The values that a list can be narrowed to by one of `LETTERS`. Raises NotAllowed for anything else."""
    if name in _CHOICES:
        return _CHOICES[name]
    if name == "silent":
        return SILENCES
    if name == "owner":
        return owners(req)
    if name == "tag":
        near = [tag_id for tag_id, _ in marks.tags_near(req.tx, req.actor)]
        return [*near, 0] if near else []
    if name == "added":
        return added.offered(req)
    if name == "field":
        return [value for value, _ in own_values(req)]
    if name == "range":
        return []  # what lies between is said, or chosen from its own page
    for column in _CODED:
        if name == column:
            return selecting.in_use(req.tx, req.actor, column)
    raise NotAllowed


def industries(req: Request, called: str) -> list[str]:
    """The industries of the company's list that are called so, in either language."""
    try:
        return [str(fields_of(req)["industry"].parse(req, called))]
    except Invalid:
        return []


def own_values(req: Request) -> list[tuple[tuple[int, int], str]]:
    """The values of own fields to choose from, with the name of each option (none for yes and no)."""
    found: list[tuple[tuple[int, int], str]] = []
    for one in fields.all_of(req.tx):
        if one.kind is FieldKind.YES_NO:
            found += [((one.id, 1), ""), ((one.id, 0), "")]
        elif one.kind is FieldKind.CHOICE:
            options = fields.options(req.tx, fields.own_key(one.id))
            found += [((one.id, option.id), option.name) for option in options]
    return found[:VALUES_MOST]


def owners(req: Request) -> list[int]:
    """The owners by whom this reader may filter: themselves, members whom they manage, nobody (the pool)."""
    mine = [req.actor.id] if allowed(req.actor, Action.ADD) else []
    if not allowed(req.actor, Action.MANAGE):
        return [*mine, 0]
    others = [
        one.id
        for one in staff.members(req.tx, req.actor)
        if one.active and one.id != req.actor.id and Action.ADD in GRANTS[one.role]
    ]
    return [*mine, *others[:OWNERS_MOST], 0]
