"""Every change of every record, before and after, who, when, why; and the only way to make one.

A store function says what a record becomes; `create` and `update` write it, keep the version, and add an entry. All
entries of one transaction belong to one change: what one person did with one tap. Undo is a change too.

    customer_id = journal.create(tx, actor, kinds.CUSTOMER, {...}, key_id=key_id, key=key)
    journal.update(tx, actor, kinds.CUSTOMER, row, {"level": "vip"})
    journal.undo(tx, actor, change_id)

Entries form a chain: each hash covers the one before and the stored bytes, so that an entry taken out, changed or put
in between is noticed without unsealing anything (`verify`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from store import access, kinds
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import KehuError, NotAllowed, Stale
from store.kinds import KINDS, Kind, Written
from store.seal import seal, unseal
from store.times import to_ms

#: The cause of what somebody adds without a name; the name of its route would say whether they came as a customer.
UNNAMED = "unnamed"
#: How far back somebody's last change is looked for, among everybody's: an index of whose each is would cost every
#: write, for a question that is asked now and then.
LAST = timedelta(days=30)


def create(tx: Tx, actor: Actor, kind: Kind, values: dict[str, object], *, key_id: int = 0, key: bytes = b"") -> int:
    """Adds a record and returns its id. Kinds with sealed fields need the key that they are sealed under."""
    columns = {name: values[name] for name in kind.clear if name in values}
    if kind.sealed:
        now = to_ms(tx.now)
        columns |= {"key_id": key_id, "created_at": now, "updated_at": now}
        columns["sealed"] = seal(key_id, key, {name: values[name] for name in kind.sealed if values.get(name)})
    names = ", ".join(columns)
    slots = ", ".join(f":{name}" for name in columns)
    record_id = tx.insert(f"INSERT INTO {kind.table} ({names}) VALUES ({slots})", **columns)
    customer_id = record_id if kind is kinds.CUSTOMER else columns.get("customer_id")
    _add_entry(tx, actor, kind, Written(record_id, 1, values, None), customer_id, (key_id, key), None, values)
    return record_id


def update(tx: Tx, actor: Actor, kind: Kind, row: Row, values: dict[str, object]) -> bool:
    """Writes new values to a record that was read as `row` (through a view, so with its key); whether anything changed.

    Raises Stale when somebody changed it since.
    """
    before = state(kind, row)
    after = before | values
    if after == before:
        return False
    _write(tx, kind, row, after)
    key_id, key = (row["key_id"], row["key"]) if kind.sealed else (0, b"")
    customer_id = row["id"] if kind.table == kinds.CUSTOMER.table else before.get("customer_id")
    changed = {name for name in after if after[name] != before.get(name)}
    _add_entry(
        tx, actor, kind, Written(row["id"], row["version"] + 1, after, before), customer_id, (key_id, key),
        {name: before.get(name) for name in changed}, {name: after[name] for name in changed},
    )  # fmt: skip
    return True


def state(kind: Kind, row: Row) -> dict[str, object]:
    """A row as the values that the journal compares: clear columns and unsealed fields."""
    values: dict[str, object] = {name: row[name] for name in kind.clear}
    if kind.sealed:
        values |= dict.fromkeys(kind.sealed) | unseal(row["key_id"], row["key"], row["sealed"])
    return values


def _write(tx: Tx, kind: Kind, row: Row, values: dict[str, object]) -> None:
    columns = {name: values[name] for name in kind.clear}
    if kind.sealed:
        words = {name: values[name] for name in kind.sealed if values.get(name)}
        columns |= {"sealed": seal(row["key_id"], row["key"], words), "updated_at": to_ms(tx.now)}
    sets = ", ".join(f"{name} = :{name}" for name in columns)
    touched = tx.run(
        f"UPDATE {kind.table} SET {sets}, version = version + 1 WHERE id = :id AND version = :version",
        **columns, id=row["id"], version=row["version"],
    )  # fmt: skip
    if touched != 1:
        raise Stale


def _add_entry(
    tx: Tx, actor: Actor, kind: Kind, written: Written, customer_id: object, sealing: tuple[int, bytes],
    before: dict[str, object] | None, after: dict[str, object],
) -> None:  # fmt: skip
    key_id, key = sealing

    def stored(values: dict[str, object]) -> bytes:
        kept = {name: value for name, value in values.items() if name not in kind.unkept}
        plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in kept.items()}
        return seal(key_id, key, plain) if key_id else json.dumps(plain, ensure_ascii=False).encode()

    columns: dict[str, object] = {
        "change_id": change(tx, actor),
        "record": kind.table,
        "record_id": written.id,
        "version": written.version,
        "customer_id": customer_id,
        "key_id": key_id or None,
        "before": None if before is None else stored(before),
        "after": stored(after),
    }
    previous = tx.value("SELECT hash FROM entry_chain ORDER BY id DESC LIMIT 1") or b""
    tx.run(
        "INSERT INTO entry (change_id, record, record_id, version, customer_id, key_id, before, after, hash)"
        " VALUES (:change_id, :record, :record_id, :version, :customer_id, :key_id, :before, :after, :hash)",
        **columns, hash=_link(previous, columns),
    )  # fmt: skip
    for hook in kind.after:
        hook(tx, written)


_HASHED = ("change_id", "record", "record_id", "version", "customer_id", "key_id", "before", "after")


def _link(previous: bytes, columns: dict[str, object]) -> bytes:
    hashed = hashlib.sha256(previous)
    for name in _HASHED:
        value = columns[name]
        part = value if isinstance(value, bytes) else repr(value).encode()
        hashed.update(b"%d:" % len(part) + part)
    return hashed.digest()


def change(tx: Tx, actor: Actor, *, undoes: int | None = None) -> int:
    """The change that this transaction makes, begun at its first write."""
    if tx.change is None:
        tx.change = tx.insert(
            "INSERT INTO change (actor_id, actor_kind, at, cause, undoes)"
            " VALUES (:actor_id, :kind, :at, :cause, :undoes)",
            actor_id=actor.id or None,
            kind=actor.role,
            at=to_ms(tx.now),
            cause=tx.cause,
            undoes=undoes,
        )
    return tx.change


def last_change(tx: Tx, actor: Actor, *, before: int | None = None) -> int | None:
    """The member's newest change that is neither undone nor an undo; `before` limits it to changes older than that one.

    None for changes older than `LAST`, which are undone from their message or from the history.
    """
    found: int | None = tx.value(
        "SELECT id FROM change WHERE actor_id = :actor AND undone_by IS NULL AND undoes IS NULL"
        " AND id > coalesce((SELECT id FROM change WHERE at < :since ORDER BY id DESC LIMIT 1), 0)"
        " AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT 1",
        actor=actor.id, before=before, since=to_ms(tx.now - LAST),
    )  # fmt: skip
    return found


def undo(tx: Tx, actor: Actor, change_id: int) -> list[int]:
    """Takes back the actor's own change: every record of it returns to what it was before. Returns the ids of its
    customers.

    Raises NotAllowed when it is not the actor's or a record is out of reach by now, Stale when a record has been
    changed since or the change was undone already.
    """
    begin_undo(tx, actor, change_id)
    about: list[int] = []
    entries = tx.all("SELECT * FROM entry_mine WHERE change_id = :id ORDER BY id DESC", id=change_id)
    for entry in entries:
        undo_entry(tx, actor, entry)
        if entry["customer_id"] is not None and entry["customer_id"] not in about:
            about.append(entry["customer_id"])
    return about


def entries(tx: Tx, actor: Actor, change_id: int) -> list[Past]:
    """The entries of the actor's own change, record by record."""
    access.stand(tx, actor)
    rows = tx.all(
        "SELECT e.*, g.at, g.actor_id, g.cause FROM entry_mine e JOIN change g ON g.id = e.change_id"
        " WHERE e.change_id = :id ORDER BY e.id",
        id=change_id,
    )
    return [past(row) for row in rows]


def begin_undo(tx: Tx, actor: Actor, change_id: int) -> int:
    """Begins the change that takes back one's own change; its id. Raises NotAllowed, Stale as `undo` does."""
    access.require(actor, Action.UNDO)
    access.stand(tx, actor)
    head = tx.one("SELECT * FROM change WHERE id = :id AND actor_id = :actor", id=change_id, actor=actor.id)
    if head is None:
        raise NotAllowed
    if head["undone_by"] is not None:
        raise Stale
    undoing = change(tx, actor, undoes=change_id)
    tx.run("UPDATE change SET undone_by = :undoing WHERE id = :id", undoing=undoing, id=change_id)
    return undoing


def retract(tx: Tx, actor: Actor, change_id: int) -> None:
    """Takes back what one's own change did as a part of what is done instead, with which it returns when that is
    undone. Raises NotAllowed, Stale.
    """
    access.stand(tx, actor)
    for entry in tx.all("SELECT * FROM entry_mine WHERE change_id = :id ORDER BY id DESC", id=change_id):
        undo_entry(tx, actor, entry)


def hindrance(tx: Tx, actor: Actor, change_id: int) -> KehuError | None:
    """The error that `undo` of the actor's own change would raise, NotAllowed or Stale; None if it can be undone."""
    access.stand(tx, actor)
    try:
        for entry in tx.all("SELECT * FROM entry_mine WHERE change_id = :id ORDER BY id DESC", id=change_id):
            _standing(tx, actor, entry)
    except (NotAllowed, Stale) as error:
        return error
    return None


def stands(tx: Tx, actor: Actor, entry: Row) -> bool:
    """Whether one record of a change, an entry as view `entry_mine` has it, can be taken back."""
    try:
        _standing(tx, actor, entry)
    except (NotAllowed, Stale):
        return False
    return True


def undo_entry(tx: Tx, actor: Actor, entry: Row) -> None:
    """Takes back one record of a change, an entry as view `entry_mine` has it. Raises NotAllowed, Stale."""
    kind, row = KINDS[entry["record"]], _standing(tx, actor, entry)
    if row is None:
        return
    if entry["before"] is None:
        update(tx, actor, kind, row, {"deleted_at": to_ms(tx.now)})
    else:
        update(tx, actor, kind, row, _plain(entry, "before"))


def _standing(tx: Tx, actor: Actor, entry: Row) -> Row | None:
    """The record as it is now, if the effect of an entry still stands; None for a record that only follows another
    one's.

    Raises NotAllowed, Stale.
    """
    kind, after = KINDS[entry["record"]], _plain(entry, "after")
    if entry["before"] is not None and after.keys() <= kind.follows:
        return None
    action = kind.hung.get(str(after.get("record")), kind.edit)
    row, _ = access.row(tx, actor, action, kind.table, entry["record_id"])
    later = tx.value(
        "SELECT 1 FROM entry_mine WHERE record = :record AND record_id = :id AND id > :entry AND change_id = :change",
        record=kind.table, id=row["id"], entry=entry["id"], change=entry["change_id"],
    )  # fmt: skip
    if not later and _moved_on(kind, row, entry):
        raise Stale
    return row


def _moved_on(kind: Kind, row: Row, entry: Row) -> bool:
    """Whether what an entry changed has been changed again since.

    A customer's fields are undone one by one, so a later change of another field is not in the way.
    """
    if row["version"] == entry["version"]:
        return False
    if kind is not kinds.CUSTOMER or entry["before"] is None:
        return True
    now, after = state(kind, row), _plain(entry, "after")
    return "deleted_at" in after or any(now.get(name) != value for name, value in after.items())


def _plain(entry: Row, column: str) -> dict[str, object]:
    if entry["key_id"]:
        return unseal(entry["key_id"], entry["key"], entry[column])
    values: dict[str, object] = json.loads(entry[column])
    return values


@dataclass(frozen=True)
class Past:
    """One line of a record's history: which fields changed, from what to what.

    `undone`: it was taken back (store/history.py looks); `undoable`: it is the reader's own, was not taken back, and
    what it is about has not changed since.
    """

    change_id: int
    at: int
    actor_id: int | None
    cause: str
    record: str
    before: dict[str, object] | None
    after: dict[str, object]
    undone: bool = False
    undoable: bool = False
    record_id: int = 0
    customer_id: int | None = None


def history(
    tx: Tx, actor: Actor, customer_id: int, *, limit: int = 8, skip: int = 0,
    about: Callable[[Past], bool] | None = None,
) -> list[Past]:  # fmt: skip
    """A customer's changes, the newest first; `about`: only those of the customer's own record for which it holds.

    Raises NotAllowed when the actor may not see this customer's history.
    """
    customer, sight = access.row(tx, actor, Action.HISTORY, "customer", customer_id)
    sql = (
        "SELECT e.*, g.at, g.actor_id, g.cause, g.undoes, g.undone_by"
        f" FROM entry_{sight.scope} e JOIN change g ON g.id = e.change_id WHERE e.customer_id = :customer"
    )
    if about is None:
        rows = tx.all(f"{sql} ORDER BY e.id DESC LIMIT :limit OFFSET :skip",
                      customer=customer_id, limit=limit, skip=skip)  # fmt: skip
        return [own_past(actor, customer, row) for row in rows]
    # What a change is about is sealed with it, so each is looked at: two microseconds a change.
    rows = tx.all(f"{sql} AND e.record = 'customer' ORDER BY e.id DESC", customer=customer_id)
    fitting = (one for row in rows if about(one := own_past(actor, customer, row)))
    return list(islice(fitting, skip, skip + limit))


def own_past(actor: Actor, customer: Row, row: Row) -> Past:
    """An entry as `past` tells it, and whether its reader may take it back; `customer` as the reader sees them now."""
    mine = row["actor_id"] == actor.id and row["undone_by"] is None and row["undoes"] is None
    undoable = mine and row["record"] == kinds.CUSTOMER.table and not _moved_on(kinds.CUSTOMER, customer, row)
    return replace(past(row), undoable=undoable)


def past(row: Row) -> Past:
    """An entry, read through one of the predicate's views and joined with its change, as a line of history."""
    return Past(
        change_id=row["change_id"],
        at=row["at"],
        actor_id=row["actor_id"],
        cause=row["cause"],
        record=row["record"],
        record_id=row["record_id"],
        customer_id=row["customer_id"],
        before=None if row["before"] is None else _plain(row, "before"),
        after=_plain(row, "after"),
    )


def of_case(tx: Tx, actor: Actor, case_id: int) -> list[Past]:
    """The history of a case, the oldest change first. Raises NotAllowed."""
    _, sight = access.row(tx, actor, Action.SEE_CASE, "complaint", case_id)
    rows = tx.all(
        f"SELECT e.*, g.at, g.actor_id, g.cause FROM case_entry_{sight.scope} e JOIN change g ON g.id = e.change_id"
        " WHERE e.record_id = :id ORDER BY e.id",
        id=case_id,
    )
    return [past(row) for row in rows]


def addition_undone(tx: Tx, actor: Actor, customer_id: int) -> bool:
    """Whether whoever added this customer has taken that back. Raises NotAllowed as `history.page` does."""
    _, sight = access.row(tx, actor, Action.HISTORY, "customer", customer_id)
    undone_by = tx.value(
        f"SELECT g.undone_by FROM entry_{sight.scope} e JOIN change g ON g.id = e.change_id"
        " WHERE e.customer_id = :customer AND e.record = 'customer' AND e.before IS NULL",
        customer=customer_id,
    )
    return undone_by is not None


def verify(tx: Tx) -> tuple[int, int | None]:
    """Checks the hash chain: the number of entries, and the id of the first that does not fit (None: all fit)."""
    previous, count = b"", 0
    for row in tx.all("SELECT * FROM entry_chain ORDER BY id"):
        if _link(previous, {name: row[name] for name in _HASHED}) != row["hash"]:
            return count, row["id"]
        previous, count = row["hash"], count + 1
    return count, None
