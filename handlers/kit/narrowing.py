"""What a list of customers is narrowed to and sorted by: in a button's data, and as a person reads it.

    Filters(level=Level.VIP, owner=12, silent=30)  ⇄  "l3.oc.d30"  →  VIP · 李雷 · 30 天没联系

A list is its address, `list:<filters>:<sort>:<skip>`: ids and choices, never words, so any page of any list is found
again from its button alone, after a restart and by a second phone. Numbers are to the base of 36.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from handlers.kit.lists import DIGITS_MOST, base36
from handlers.kit.reply import Text, plain, t
from handlers.kit.request import Request
from store import staff
from store.access import GRANTS, Action, allowed
from store.errors import NotAllowed
from store.rules.models import Level, Stage
from store.selecting import Filters, Sort

#: What a list can be narrowed by, and its letter in a button.
LETTERS = {"level": "l", "stage": "s", "owner": "o", "silent": "d"}
_NAMES = {letter: name for name, letter in LETTERS.items()}
_CHOICES: dict[str, Sequence[Level | Stage]] = {"level": list(Level), "stage": list(Stage)}
_SORTS = {sort.value[0]: sort for sort in Sort}
#: Nothing is narrowed.
ALL = "-"
#: The days without contact that are offered.
SILENCES = (7, 14, 30, 60, 90, 180)
#: Members who are offered by name.
OWNERS_MOST = 40


def word(filters: Filters) -> str:
    """The filters as a button carries them."""
    parts = [
        LETTERS[name] + base36(list(_CHOICES[name]).index(value) if name in _CHOICES else value)
        for name, value in filters.asked.items()
    ]
    return ".".join(parts) or ALL


def filters(said: str) -> Filters:
    """The filters again. Raises NotAllowed for anything else: the button was edited."""
    found = Filters()
    for part in () if said == ALL else said.split("."):
        try:
            name, number = _NAMES[part[:1]], int(part[1 : DIGITS_MOST + 1], 36)
            value = _CHOICES[name][number] if name in _CHOICES else number
        except (KeyError, IndexError, ValueError):
            raise NotAllowed from None
        if number < 0:
            raise NotAllowed
        found = found.having(**{name: value})
    return found


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
    """What each filter asks for, as a person reads it."""
    return [label(req, name, value) for name, value in narrowed.asked.items()]


def label(req: Request, name: str, value: object) -> Text:
    """One filter's value."""
    if name == "silent":
        return t("list.silent", n=int(str(value)))
    if name != "owner":
        return t(f"{name}.{value}")
    if value == 0:
        return t("list.pool")
    return t("list.mine") if value == req.actor.id else plain(staff.name(req.tx, int(str(value))) or "?")


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
    raise NotAllowed


def owners(req: Request) -> list[int]:
    """Whose customers this person may ask for: their own, those they manage, nobody's."""
    mine = [req.actor.id] if allowed(req.actor, Action.ADD) else []
    if not allowed(req.actor, Action.MANAGE):
        return [*mine, 0]
    others = [
        one.id
        for one in staff.members(req.tx, req.actor)
        if one.active and one.id != req.actor.id and Action.ADD in GRANTS[one.role]
    ]
    return [*mine, *others[:OWNERS_MOST], 0]
