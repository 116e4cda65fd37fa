"""What was changed about a customer as people read it: an undo is no line of its own, tags in a row are one.

    for one in history.page(tx, actor, customer_id, skip=0, limit=8): ...

store/journal.py keeps every change, undos among them; here they are lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from store import access, journal
from store.access import Action, Actor
from store.db import Row, Tx
from store.journal import Past

#: From one to the next, changes of tags are told as one.
IN_A_ROW = timedelta(hours=1)
#: Entries but those of an undo, and whether this very record was taken back: of a long list some stay.
_SELECT = (
    "SELECT e.*, g.at, g.actor_id, g.cause, g.undoes, g.undone_by, EXISTS (SELECT 1 FROM entry_{scope} u"
    " WHERE u.change_id = g.undone_by AND u.record = e.record AND u.record_id = e.record_id) AS undone"
    " FROM entry_{scope} e JOIN change g ON g.id = e.change_id WHERE g.undoes IS NULL AND "
)


def page(
    tx: Tx, actor: Actor, customer_id: int, *, skip: int = 0, limit: int = 8,
    about: Callable[[Past], bool] | None = None,
) -> list[Past]:  # fmt: skip
    """A customer's changes, the newest first; `about`: only those of the customer's own record for which it holds.

    Raises NotAllowed when the actor may not see this customer's history.
    """
    customer, sight = access.row(tx, actor, Action.HISTORY, "customer", customer_id)
    own = " AND e.record = 'customer'" if about else ""
    # What a change is about is sealed with it, so each is looked at: two microseconds a change.
    rows = tx.all(
        f"{_SELECT.format(scope=sight.scope)} e.customer_id = :customer{own} ORDER BY e.id DESC", customer=customer_id
    )
    told = (_with_undo(journal.own_past(actor, customer, row), row) for row in rows)
    return list(islice(in_a_row(one for one in told if about is None or about(one)), skip, skip + limit))


def line(tx: Tx, scope: str, entry_id: int) -> Past:
    """One entry, read in a scope in which the actor may see it."""
    row = tx.one(f"{_SELECT.format(scope=scope)} e.id = :id", id=entry_id)
    assert row is not None  # read a moment ago, in this very transaction
    return _with_undo(journal.past(row), row)


def _with_undo(past: Past, row: Row) -> Past:
    return replace(past, undone=bool(row["undone"]))


def in_a_row(told: Iterable[Past]) -> Iterator[Past]:
    """Changes, the newest first, with tags that one person put on in a row as one change."""
    held: Past | None = None
    for one in told:
        if held is not None and _goes_on(held, one):
            held = replace(held, before=one.before, undoable=False)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _goes_on(newer: Past, older: Past) -> bool:
    """Whether two changes put on tags and no more, by one person, soon after one another."""
    soon = newer.at - older.at <= IN_A_ROW / timedelta(milliseconds=1)
    return soon and newer.actor_id == older.actor_id and _tags_only(newer) and _tags_only(older)


def _tags_only(one: Past) -> bool:
    if one.before is None or one.undone or one.after.keys() != {"tags"}:
        return False
    return set(tags(one.before)) < set(tags(one.after))


def tags(values: Mapping[str, object] | None) -> list[str]:
    """The tags among the values that a change kept."""
    held = (values or {}).get("tags")
    return list(map(str, held)) if isinstance(held, list) else []
