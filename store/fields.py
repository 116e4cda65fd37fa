"""The company's own customer fields, its additions to our choice lists, and which fields are required.

    budget = fields.add(tx, owner, "预算", FieldKind.NUMBER)
    fields.set_need(tx, owner, fields.own_key(budget.id), Need.REQUIRED)
    fields.add_option(tx, owner, "industry", "光伏")

Everybody reads these; changing them takes `Action.RULES` and is journaled. A customer's value in an own field is sealed
with the customer (`custom`). A retired field or option keeps its values and is no longer offered.
"""

from __future__ import annotations

from store import access, journal, kinds
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid
from store.rules.classification import FieldKind, Need
from store.rules.own_fields import CustomField, Option
from store.rules.script import fold
from store.times import to_ms

#: Longer names don't fit a button beside another.
NAME_MOST = 24
FIELDS_MOST, OPTIONS_MOST = 40, 60
#: The lists of ours that the owner adds to.
LISTS = ("industry", "source")
_OURS = "ours"


def own_key(field_id: int) -> str:
    """The key by which forms, edits and history know a field of the company's own."""
    return f"c{field_id}"


def own_id(key: str) -> int | None:
    """The field that such a key names; None for a field of ours."""
    return int(key[1:]) if key[:1] == "c" and key[1:].isdecimal() else None


def all_of(tx: Tx) -> list[CustomField]:
    """The company's own fields, in the order in which they were made."""
    rows = tx.all("SELECT * FROM field WHERE kind <> 'ours' AND deleted_at IS NULL ORDER BY id")
    return [_field(row) for row in rows]


def get(tx: Tx, field_id: int) -> CustomField | None:
    """A field of the company's own, retired or not."""
    row = tx.one("SELECT * FROM field WHERE id = :id AND kind <> 'ours'", id=field_id)
    return None if row is None else _field(row)


def needs(tx: Tx) -> dict[str, Need]:
    """How much each field is needed, by its key; a field that is missing here is optional."""
    rows = tx.all("SELECT * FROM field WHERE need <> 'none' AND deleted_at IS NULL")
    return {row["name"] if row["kind"] == _OURS else own_key(row["id"]): Need(row["need"]) for row in rows}


def add(tx: Tx, actor: Actor, name: str, kind: FieldKind) -> CustomField:
    """A new field. Raises NotAllowed, Invalid `field_name` (empty, taken, too many)."""
    access.require(actor, Action.RULES)
    if len(all_of(tx)) >= FIELDS_MOST:
        raise Invalid("fields_many")
    name = clean(name)
    _free(name, [one.name for one in all_of(tx)])
    values: dict[str, object] = {"name": name, "kind": kind, "need": Need.NONE, "deleted_at": None}
    return _field(_row(tx, actor, "field", journal.create(tx, actor, kinds.FIELD, values)))


def rename(tx: Tx, actor: Actor, field_id: int, name: str) -> CustomField:
    """Another name for a field; what it holds stays. Raises NotAllowed, Invalid."""
    name = clean(name)
    _free(name, [one.name for one in all_of(tx) if one.id != field_id])
    return _field(_change(tx, actor, kinds.FIELD, field_id, name=name))


def retire(tx: Tx, actor: Actor, field_id: int) -> CustomField:
    """Asks for a field no more; what customers hold in it is kept, and an undo brings it back. Raises NotAllowed."""
    return _field(_change(tx, actor, kinds.FIELD, field_id, deleted_at=to_ms(tx.now)))


def set_need(tx: Tx, actor: Actor, key: str, need: Need) -> None:
    """Whether a field is asked for: one of ours by its key, or one of the company's own. Raises NotAllowed."""
    access.require(actor, Action.RULES)
    field_id = own_id(key)
    if field_id is None:
        held = tx.value("SELECT id FROM field WHERE kind = 'ours' AND name = :key", key=key)
        if held is None:
            values: dict[str, object] = {"name": key, "kind": _OURS, "need": need, "deleted_at": None}
            journal.create(tx, actor, kinds.FIELD, values)
            return
        field_id = int(held)
    _change(tx, actor, kinds.FIELD, field_id, need=need, deleted_at=None)


# Lists ----------------------------------------------------------------------------------------------------------------


def options(tx: Tx, listed: str, *, retired: bool = False) -> list[Option]:
    """The options of a list, in the order of adding; for an own field, `listed` is its key. `retired` includes the
    retired ones, which customers may still have.
    """
    rows = tx.all("SELECT * FROM option WHERE list = :list ORDER BY id", list=listed)
    return [_option(row) for row in rows if retired or row["deleted_at"] is None]


def option(tx: Tx, option_id: int) -> Option | None:
    """An option, retired or not: what was chosen is still called something."""
    row = tx.one("SELECT * FROM option WHERE id = :id", id=option_id)
    return None if row is None else _option(row)


def add_option(tx: Tx, actor: Actor, listed: str, name: str) -> Option:
    """Something more to choose. Raises NotAllowed, Invalid `option_name`."""
    access.require(actor, Action.RULES)
    there = options(tx, listed)
    if len(there) >= OPTIONS_MOST:
        raise Invalid("options_many")
    name = clean(name)
    _free(name, [one.name for one in there])
    values: dict[str, object] = {"list": listed, "name": name, "deleted_at": None}
    return _option(_row(tx, actor, "option", journal.create(tx, actor, kinds.OPTION, values)))


def rename_option(tx: Tx, actor: Actor, option_id: int, name: str) -> Option:
    """Renames an option, for customers who have it, too. Raises NotAllowed, Invalid."""
    row = _row(tx, actor, "option", option_id)
    name = clean(name)
    _free(name, [one.name for one in options(tx, row["list"]) if one.id != option_id])
    return _option(_change(tx, actor, kinds.OPTION, option_id, name=name))


def retire_option(tx: Tx, actor: Actor, option_id: int) -> Option:
    """Offers an option no more. Raises NotAllowed."""
    return _option(_change(tx, actor, kinds.OPTION, option_id, deleted_at=to_ms(tx.now)))


def _row(tx: Tx, actor: Actor, table: str, record_id: int) -> Row:
    return access.row(tx, actor, Action.RULES, table, record_id)[0]


def _change(tx: Tx, actor: Actor, kind: kinds.Kind, record_id: int, **values: object) -> Row:
    journal.update(tx, actor, kind, _row(tx, actor, kind.table, record_id), values)
    return _row(tx, actor, kind.table, record_id)


def clean(typed: str) -> str:
    """A name as it is kept. Raises Invalid `field_name` when nothing of it can be read."""
    name = " ".join(typed.split())[:NAME_MOST]
    if not any(character.isalnum() for character in name):
        raise Invalid("field_name", typed)
    return name


def _free(name: str, taken: list[str]) -> None:
    if fold(name) in map(fold, taken):
        raise Invalid("field_taken", name)


def _field(row: Row) -> CustomField:
    return CustomField(
        id=row["id"], version=row["version"], name=row["name"], kind=FieldKind(row["kind"]), need=Need(row["need"]),
        retired=row["deleted_at"] is not None,
    )  # fmt: skip


def _option(row: Row) -> Option:
    return Option(
        id=row["id"], version=row["version"], list=row["list"], name=row["name"], retired=row["deleted_at"] is not None
    )
