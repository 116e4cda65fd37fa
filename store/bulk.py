"""One change to a whole list of customers (level, stage, tag, owner), with one undo for all of them.

    number = bulk.count(tx, actor, Filters(level=Level.VIP), To("owner", 12))     # how many it would change
    done = bulk.change(tx, actor, Filters(level=Level.VIP), To("owner", 12))

Up to `AT_ONCE` customers are changed in the caller's transaction. A longer list is written down, and the clock works
through it in steps of `STEP` (`work`), each a short transaction, all belonging to one change, so that history and undo
work as usual; the undo of a long change takes the same steps. A new owner holds from the step that writes it; only the
search index, which finds but never permits, is updated later (`search_index.catch_up`). Changing a hundred thousand
owners in one statement would hold the writer for many seconds.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from store import access, case_moves, journal, kinds, marks, staff
from store.access import Action, Actor, Sight
from store.case_life import UNRESOLVED_SQL
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed, Stale
from store.kinds import Kind
from store.rules.models import CustomerWords, Level, Stage
from store.rules.script import fold
from store.seal import unseal
from store.selecting import Filters, by_team, narrowed

AT_ONCE = 50
STEP = 50
#: Changes that nothing is derived from but what the clock sees to, and the team of open cases: their rows are written
#: without a look at the rest.
_PLAIN = replace(kinds.CUSTOMER, after=[case_moves.follow])
#: What of a change is counted and taken back in steps; what follows the customers goes with them.
_TOUCHED = "change_id = :change AND record = 'customer'"

What = Literal["level", "stage", "tag", "untag", "owner"]


@dataclass(frozen=True, slots=True)
class To:
    """The change to make: a new level or stage, a tag to add or remove, or the new owner's id (0: the pool)."""

    what: What
    value: str | int


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a bulk change. `kept` counts customers that were left as they were, `undoing` tells that it is
    being taken back, `heir` is the new owner of the customers, if that is the change.
    """

    id: int
    change_id: int
    staff_id: int
    total: int
    done: int
    kept: int
    undoing: bool
    ended: bool
    heir: int = 0


def size(tx: Tx, actor: Actor, filters: Filters) -> int:
    """How many of a list the actor may change at all. Raises NotAllowed."""
    (sight,) = access.sights(actor, Action.EDIT)
    access.stand(tx, actor)
    where, params = narrowed(filters, tx.now)
    number: int = tx.value(f"SELECT count(*) FROM customer_{sight.scope} c WHERE {where}{by_team(sight)}", **params)
    return number


def count(tx: Tx, actor: Actor, filters: Filters, to: To) -> int:
    """The number of customers that `change` would change: those on the list that the actor may change and that differ.
    Raises NotAllowed, Invalid.
    """
    sight = _sight(tx, actor, to)
    where, params = _touched(tx, sight, filters, to)
    number: int = tx.value(f"SELECT count(*) FROM customer_{sight.scope} c WHERE {where}", **params)
    return number


def change(tx: Tx, actor: Actor, filters: Filters, to: To) -> Progress:
    """Makes the change to all whom `count` counts, or begins to. Raises NotAllowed, Invalid."""
    sight = _sight(tx, actor, to)
    where, params = _touched(tx, sight, filters, to)
    chosen = f"FROM customer_{sight.scope} c WHERE {where}"
    few = [row["id"] for row in tx.all(f"SELECT c.id {chosen} LIMIT :most", **params, most=AT_ONCE + 1)]
    change_id = journal.change(tx, actor)
    if len(few) <= AT_ONCE:
        done = sum(_set(tx, actor, customer_id, to, kinds.CUSTOMER) for customer_id in few)
        heir = int(to.value) if to.what == "owner" else 0
        return Progress(0, change_id, actor.id, len(few), done, len(few) - done, undoing=False, ended=True, heir=heir)
    bulk_id = tx.insert(
        "INSERT INTO bulk (change_id, staff_id, what, value, total) VALUES (:change, :staff, :what, :value, 0)",
        change=change_id, staff=actor.id, what=to.what, value=json.dumps(to.value),
    )  # fmt: skip
    total = tx.run(f"INSERT INTO bulk_row SELECT :bulk, c.id {chosen}", **params, bulk=bulk_id)
    tx.run("UPDATE bulk SET total = :total WHERE id = :id", total=total, id=bulk_id)
    return _progress(tx, bulk_id)


def in_steps(tx: Tx, change_id: int) -> bool:
    """Whether a change was made in steps."""
    return tx.value("SELECT 1 FROM bulk WHERE change_id = :change", change=change_id) is not None


def take_back(tx: Tx, actor: Actor, change_id: int) -> Progress | None:
    """Begins to undo a change that was made in steps; None for any other change, which `journal.undo` takes back.

    Customers who were changed since stay as they are. Raises NotAllowed, Stale as `journal.undo` does.
    """
    bulk_id = tx.value("SELECT id FROM bulk WHERE change_id = :change", change=change_id)
    if bulk_id is None:
        return None
    undo_id = journal.begin_undo(tx, actor, change_id)
    tx.run("DELETE FROM bulk_row WHERE bulk_id = :id", id=bulk_id)
    changed = tx.value(f"SELECT count(*) FROM entry_mine WHERE {_TOUCHED}", change=change_id)
    tx.run(
        "UPDATE bulk SET state = 'undoing', undo_id = :undo, total = :total, done = 0, kept = 0, value = ''"
        " WHERE id = :id",
        undo=undo_id, total=changed, id=bulk_id,
    )  # fmt: skip
    return _progress(tx, bulk_id)


def take_back_standing(tx: Tx, actor: Actor, change_id: int) -> tuple[int, int] | None:
    """Undoes what still stands of a change that was made at once to several customers: how many that were, and how many
    stay as they are. None where nothing stands, or for any other change. Raises NotAllowed, Stale as `journal.undo`
    does.
    """
    access.stand(tx, actor)
    entries = tx.all("SELECT * FROM entry_mine WHERE change_id = :change ORDER BY id DESC", change=change_id)
    own = [entry for entry in entries if entry["record"] == kinds.CUSTOMER.table]
    standing = [entry for entry in own if journal.stands(tx, actor, entry)]
    if len(own) < 2 or not standing or any(entry["before"] is None for entry in entries):
        return None
    journal.begin_undo(tx, actor, change_id)
    for entry in standing:
        journal.undo_entry(tx, actor, entry)
    return len(standing), len(own) - len(standing)


def work(tx: Tx) -> Progress | None:
    """One step of the oldest list that is not done with; None when there is none."""
    row = tx.one("SELECT * FROM bulk WHERE state IN ('changing', 'undoing') ORDER BY id LIMIT 1")
    if row is None:
        return None
    undoing = row["state"] == "undoing"
    heir = json.loads(row["value"]) if row["what"] == "owner" and not undoing else 0
    try:
        actor = staff.as_actor(tx, row["staff_id"])
        touched, done = _undo_some(tx, actor, row) if undoing else _change_some(tx, actor, row)
    except NotAllowed:  # whoever began it has left: what is not done stays undone
        tx.run("DELETE FROM bulk_row WHERE bulk_id = :id", id=row["id"])
        touched = done = 0
    tx.run(
        "UPDATE bulk SET done = done + :done, kept = kept + :kept WHERE id = :id",
        done=done, kept=touched - done, id=row["id"],
    )  # fmt: skip
    if touched < STEP:
        state = "undone" if undoing else "done"
        tx.run("UPDATE bulk SET state = :state, value = '' WHERE id = :id", state=state, id=row["id"])
    return replace(_progress(tx, row["id"]), heir=heir)


def _change_some(tx: Tx, actor: Actor, row: Row) -> tuple[int, int]:
    """The next rows of a list: how many there were, and how many were changed."""
    to = To(row["what"], json.loads(row["value"]))
    access.require(actor, _action(to))
    tx.change = row["change_id"]
    ids = [
        found["customer_id"]
        for found in tx.all(
            "SELECT customer_id FROM bulk_row WHERE bulk_id = :id ORDER BY customer_id LIMIT :step",
            id=row["id"], step=STEP,
        )
    ]  # fmt: skip
    done = sum(_set(tx, actor, customer_id, to, _PLAIN) for customer_id in ids)
    if ids:
        tx.run("DELETE FROM bulk_row WHERE bulk_id = :id AND customer_id <= :last", id=row["id"], last=ids[-1])
    return len(ids), done


def _undo_some(tx: Tx, actor: Actor, row: Row) -> tuple[int, int]:
    """The next entries, the newest first: how many there were, and how many were taken back."""
    tx.change = row["undo_id"]
    entries = tx.all(
        f"SELECT * FROM entry_mine WHERE {_TOUCHED} ORDER BY id DESC LIMIT :step OFFSET :skip",
        change=row["change_id"], step=STEP, skip=row["done"] + row["kept"],
    )  # fmt: skip
    done = 0
    for entry in entries:
        try:
            journal.undo_entry(tx, actor, entry)
            done += 1
        except (NotAllowed, Stale):
            continue
    return len(entries), done


def _progress(tx: Tx, bulk_id: int) -> Progress:
    row = tx.one("SELECT * FROM bulk WHERE id = :id", id=bulk_id)
    assert row is not None
    return Progress(
        row["id"], row["change_id"], row["staff_id"], row["total"], row["done"], row["kept"],
        undoing=row["undo_id"] is not None, ended=row["state"] in ("done", "undone"),
    )  # fmt: skip


class Came(NamedTuple):
    """The number of unresolved cases of one change's customers, and of those that came to another team."""

    all: int
    moved: int


def came_along(tx: Tx, actor: Actor, change_id: int) -> Came:
    """Counts what one's own change of customers took along."""
    access.stand(tx, actor)
    changed = "(SELECT e.{} FROM entry_mine e WHERE e.change_id = :change AND e.record = '{}')"
    ofs, moved = changed.format("customer_id", "customer"), changed.format("record_id", "complaint")
    counted = f"SELECT count(*) FROM complaint_clock WHERE {UNRESOLVED_SQL} AND"
    return Came(
        tx.value(f"{counted} customer_id IN {ofs}", change=change_id),
        tx.value(f"{counted} id IN {moved}", change=change_id),
    )


def taken_from(tx: Tx, actor: Actor, change_id: int) -> dict[int, int]:
    """The owners from whom the actor's own change took customers, and how many from each."""
    owners = [one.before["owner_id"] for one in journal.entries(tx, actor, change_id)
              if one.record == kinds.CUSTOMER.table and one.before and "owner_id" in one.before]  # fmt: skip
    return dict(Counter(int(str(owner)) for owner in owners if owner is not None))


# Whom it changes, and what it writes ----------------------------------------------------------------------------------


def _action(to: To) -> Action:
    return Action.ASSIGN if to.what == "owner" else Action.EDIT


def _sight(tx: Tx, actor: Actor, to: To) -> Sight:
    """Through which view, always in the clear. Raises NotAllowed; Invalid for a value that there is not."""
    (sight,) = access.sights(actor, _action(to))
    if (to.what == "level" and to.value not in list(Level)) or (to.what == "stage" and to.value not in list(Stage)):
        raise Invalid(to.what, str(to.value))
    if to.what == "owner" and to.value and to.value not in [one.id for one in heirs(tx, actor)]:
        raise NotAllowed
    access.stand(tx, actor)
    return sight


def heirs(tx: Tx, actor: Actor) -> list[Heir]:
    """The members to whom the actor may give customers: the actor, and the members whom they manage and who have
    customers.
    """
    access.require(actor, Action.ASSIGN)
    managed = [
        Heir(one.id, one.name, one.team_id)
        for one in staff.members(tx, actor)
        if one.active and one.id != actor.id and Action.ADD in access.GRANTS[one.role]
    ]
    return [Heir(actor.id, actor.name, actor.team_id), *managed]


@dataclass(frozen=True, slots=True)
class Heir:
    """A member who may be given customers."""

    id: int
    name: str
    team_id: int | None


def _touched(tx: Tx, sight: Sight, filters: Filters, to: To) -> tuple[str, dict[str, object]]:
    where, params = narrowed(filters, tx.now)
    where += by_team(sight)
    if to.what in ("tag", "untag"):
        carried = "c.id IN (SELECT customer_id FROM customer_tagged WHERE tag_id = :to)"
        tag_id = marks.tag_called(tx, str(to.value)) or 0
        return f"{where} AND {'NOT ' if to.what == 'tag' else ''}{carried}", params | {"to": tag_id}
    column = "owner_id" if to.what == "owner" else to.what
    return f"{where} AND c.{column} IS NOT :to", params | {"to": to.value or None}


def _set(tx: Tx, actor: Actor, customer_id: int, to: To, kind: Kind) -> bool:
    """Changes one customer; False when that can't be, or need not be, any more."""
    try:
        row, _ = access.living(tx, actor, _action(to), customer_id)
    except KehuError:
        return False
    if to.what == "owner":
        team_id = tx.value("SELECT team_id FROM staff WHERE id = :id", id=to.value) if to.value else None
        values: dict[str, object] = {"owner_id": to.value or None, "team_id": team_id or row["team_id"]}
        return journal.update(tx, actor, kind, row, values)
    if to.what in ("level", "stage"):
        return journal.update(tx, actor, kind, row, {to.what: to.value})
    words = CustomerWords.model_validate({"name": "?"} | unseal(row["key_id"], row["key"], row["sealed"]))
    kept = [tag for tag in words.tags if fold(tag) != fold(str(to.value))]
    return journal.update(tx, actor, kinds.CUSTOMER, row, {"tags": [*kept, to.value] if to.what == "tag" else kept})
