"""Lists of customers: complete, filtered, sorted, a page at a time.

    page = selecting.select(tx, actor, Filters(level=Level.VIP, silent=30), Sort.CONTACT, skip=8)
    selecting.count(tx, actor, Filters(level=Level.VIP, silent=30))

While `search.find` returns the best few for some words, a list leaves nobody out, and a bulk change (store/bulk.py)
touches exactly its customers. Customers in the clear come before masked ones, each group in the requested order.

The indexes of migrations/0006_lists.sql hold the filter columns in the order in which the lists of an owner, a team and
the company are mostly read. A long list by name is read in name order; a short one is filtered first and then sorted.
`LONG` is where the two meet, and how far a count goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from store import access, customers
from store.access import Action, Actor, Sight
from store.db import Tx
from store.rules.models import Customer, Level, Stage
from store.times import to_ms

PAGE = 8
#: From how many on a list is long: it is then read in its order, and counted no further.
LONG = 1_000
#: From how many customers the regions and industries are gathered that are offered.
NEAR = 300
_MINUTE = 60_000


Column = Literal["region", "industry", "source"]


class Sort(StrEnum):
    """The order of a list: last touched, by name, longest without contact, most important first."""

    RECENT = "recent"
    NAME = "name"
    CONTACT = "contact"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Range:
    """A range of an own field's numbers or dates (ISO 8601). Both ends are included, unless `above` or `below` excludes
    the low or high one; None leaves an end open.
    """

    field: int
    low: int | float | str | None = None
    high: int | float | str | None = None
    above: bool = False
    below: bool = False

    @property
    def condition(self) -> str:
        """The condition on the value, as SQL."""
        low = f" AND value {'>' if self.above else '>='} :low"
        high = f" AND value {'<' if self.below else '<='} :high"
        return (low if self.low is not None else "") + (high if self.high is not None else "")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list, all of which a customer must match; None filters nothing."""

    level: Level | None = None
    stage: Stage | None = None
    #: A member's id; 0: nobody's, the pool.
    owner: int | None = None
    #: Days without any contact, counted from the day of adding if there never was one.
    silent: int | None = None
    #: A code of store/rules/areas.py; a province includes its cities.
    region: str | None = None
    industry: str | None = None
    source: str | None = None
    #: A tag's number; 0: without any tag.
    tag: int | None = None
    #: An own field and its value: a choice's number, or 1 and 0 for yes and no.
    field: tuple[int, int] | None = None
    #: A range of an own field that holds numbers or dates.
    range: Range | None = None
    #: When they were added, in minutes since 1970: from, and before.
    added: tuple[int, int] | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that are set, by name."""
        asked = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in asked.items() if value is not None}

    def having(self, **asked: Any) -> Filters:
        """The same filters with these changed; None removes one."""
        return replace(self, **asked)


_CONDITIONS = {
    "level": "c.level = :level",
    "stage": "c.stage = :stage",
    "owner": "c.owner_id IS nullif(:owner, 0)",
    "silent": "coalesce(c.last_contact_at, c.created_at) < :silent",
    "region": "(c.region = :region OR c.region > :region || '/' AND c.region < :region || '0')",  # 0 comes after /
    "industry": "c.industry = :industry",
    "source": "c.source = :source",
    "tag": "c.id IN (SELECT customer_id FROM customer_tagged WHERE tag_id = :tag)",
    "field": "c.id IN (SELECT customer_id FROM customer_valued WHERE field_id = :field AND value = :value)",
    "range": "c.id IN (SELECT customer_id FROM customer_valued WHERE field_id = :ranged{condition})",
    "added": "c.created_at >= :added_from AND c.created_at < :added_to",
}
_UNTAGGED = "c.id NOT IN (SELECT customer_id FROM customer_tagged)"
#: What a customer holds, or that there is none of it, a masked reader does not see: who may not see it can't try it out
#: by narrowing a list.
_HIDDEN = ("field", "range")
_ORDERS = {
    Sort.RECENT: "c.updated_at DESC, c.id DESC",
    Sort.NAME: "f.by_name, f.id",
    Sort.CONTACT: "coalesce(c.last_contact_at, c.created_at), c.id",
    Sort.LEVEL: "instr('vip important regular potential', c.level), c.updated_at DESC, c.id DESC",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What one scope contributes to a list: its view, called `c`, and the condition on it."""

    sight: Sight
    view: str
    where: str

    @property
    def by_team(self) -> str:
        """The condition again, said so that the index by team is used where the view is one of teams."""
        return self.where + by_team(self.sight)


def select(
    tx: Tx, actor: Actor, filters: Filters | None = None, sort: Sort = Sort.RECENT, *, skip: int = 0, limit: int = PAGE
) -> list[Customer]:
    """The customers after the first `skip` of all that the actor may find and that fit. Raises NotAllowed."""
    where, params = narrowed(filters or Filters(), tx.now)
    found: list[Customer] = []
    for part in _shown(tx, actor, where, filters):
        ids = _ids(tx, part, params, sort, skip, limit - len(found))
        found += _leave(tx, part.sight, ids)
        if len(found) >= limit:
            break
        skip = 0 if ids else max(0, skip - _count(tx, part, params, skip))
    return found


def count(tx: Tx, actor: Actor, filters: Filters | None = None, *, most: int = LONG) -> int:
    """The number of customers on a list, counted up to `most`. Raises NotAllowed."""
    where, params = narrowed(filters or Filters(), tx.now)
    number = 0
    for part in _shown(tx, actor, where, filters):
        number += _count(tx, part, params, most - number)
    return number


def in_use(tx: Tx, actor: Actor, column: Column, *, limit: int = 12) -> list[str]:
    """What stands in a column of the customers that the actor touched last, the most frequent first; of a region with
    cities the province, too.
    """
    counted: Counter[str] = Counter()
    for part in _parts(tx, actor, f"c.deleted_at IS NULL AND c.{column} IS NOT NULL"):
        rows = tx.all(
            f"SELECT c.{column} AS held FROM {part.view} WHERE {part.where} ORDER BY c.updated_at DESC LIMIT :near",
            near=NEAR,
        )
        for row in rows:
            counted.update({row["held"], row["held"].partition("/")[0]})
    return [held for held, _ in counted.most_common(limit)]


def narrowed(filters: Filters, now: datetime) -> tuple[str, dict[str, object]]:
    """The filters as a condition on a view of customers that is called `c`, and its parameters."""
    asked = filters.asked
    condition = filters.range.condition if filters.range else ""
    conditions = _CONDITIONS | ({"tag": _UNTAGGED} if filters.tag == 0 else {})
    where = " AND ".join(["c.deleted_at IS NULL", *(conditions[name].format(condition=condition) for name in asked)])
    if "silent" in asked:
        asked["silent"] = to_ms(now - timedelta(days=asked["silent"]))
    if "field" in asked:
        asked["field"], asked["value"] = asked["field"]
    if filters.added:
        del asked["added"]
        asked |= zip(("added_from", "added_to"), (minute * _MINUTE for minute in filters.added), strict=True)
    if filters.range:
        del asked["range"]
        ends = {"low": filters.range.low, "high": filters.range.high}
        asked |= {"ranged": filters.range.field} | {name: end for name, end in ends.items() if end is not None}
    return where, asked


def by_team(sight: Sight) -> str:
    """Says again what a view of teams says, to go behind a condition: the index by team is then used. No permission."""
    if sight.scope not in ("team", "pool"):
        return ""
    return " AND c.team_id IN (SELECT team_id FROM reach WHERE staff_id = actor())"


def _shown(tx: Tx, actor: Actor, where: str, filters: Filters | None) -> list[_Part]:
    """The parts of a list; of what is hidden from a masked reader, only those in the clear."""
    hidden = filters is not None and (filters.tag == 0 or any(name in filters.asked for name in _HIDDEN))
    return [part for part in _parts(tx, actor, where) if not (hidden and part.sight.masked)]


def _parts(tx: Tx, actor: Actor, where: str) -> list[_Part]:
    """A part for each sight, with those who are seen through none before it: of support's sights, the cases first."""
    sights = access.sights(actor, Action.FIND)
    access.stand(tx, actor)
    rest = f"{where} AND c.id NOT IN (SELECT id FROM customer_case)" if access.CASE in sights else where
    return [_Part(sight, f"customer_{sight.scope} c", where if sight == access.CASE else rest) for sight in sights]


def _ids(tx: Tx, part: _Part, params: dict[str, object], sort: Sort, skip: int, limit: int) -> list[int]:
    long = _count(tx, part, params, LONG) == LONG
    view, where = part.view, part.where if long else part.by_team
    if sort is Sort.NAME:
        names = f"customer_find_{part.sight.scope} f"
        view = f"{names} CROSS JOIN {view} ON c.id = f.id" if long else f"{view} CROSS JOIN {names} ON f.id = c.id"
    rows = tx.all(
        f"SELECT c.id FROM {view} WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :skip",
        **params, limit=limit, skip=skip,
    )  # fmt: skip
    return [row["id"] for row in rows]


def _count(tx: Tx, part: _Part, params: dict[str, object], most: int) -> int:
    number: int = tx.value(
        f"SELECT count(*) FROM (SELECT 1 FROM {part.view} WHERE {part.by_team} LIMIT :most)", **params, most=most
    )
    return number


def _leave(tx: Tx, sight: Sight, ids: list[int]) -> Iterator[Customer]:
    for customer_id in ids:
        row = tx.one(f"SELECT * FROM customer_{sight.scope} WHERE id = :id", id=customer_id)
        if row is not None:
            yield customers.from_row(row, sight)
