"""Daily limits for people of whom nothing is kept: strangers, and those who answer anonymously.

    if floods.may(tx, telegram_id, "try", 5): ...
    floods.note(tx, telegram_id, "door", link_id)

Each use is kept as a mark: a keyed hash of who and what, with the day and no closer time. The key is random and is
destroyed at the end of the day (UTC); from then on nobody can tell whose mark it was, not even with the book's keys.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, time

from store.db import Tx
from store.times import to_ms

_MARK, _KEY = "flood:", "flood:"
_KEY_BYTES = 32


def may(tx: Tx, telegram_id: int, what: str, times: int) -> bool:
    """Whether this person may do `what` once more: the first `times` times on a day (in UTC); counts this one."""
    trace = _trace(tx, telegram_id, what)
    return any(_mark(tx, f"{trace}:{place}") for place in range(times))


def note(tx: Tx, telegram_id: int, what: str, number: int | None) -> None:
    """Marks today's `number` of this person's `what` in place of the one before; None takes it away."""
    trace = _trace(tx, telegram_id, what)
    tx.run("DELETE FROM occasion WHERE name GLOB :all", all=f"{trace}:*")
    if number is not None:
        _mark(tx, f"{trace}:{number}")


def noted(tx: Tx, telegram_id: int, what: str) -> int | None:
    """The number that was marked today."""
    all_of_it = f"{_trace(tx, telegram_id, what)}:*"
    name: str | None = tx.value("SELECT name FROM occasion WHERE name GLOB :all", all=all_of_it)
    return None if name is None else int(name.rpartition(":")[2])


def forget(tx: Tx) -> int:
    """Throws away the marks of earlier days, and the key by which they could be told; how many marks there were."""
    today = _day(tx)
    tx.run("DELETE FROM secret WHERE name GLOB :all AND name <> :today", all=f"{_KEY}*", today=_KEY + today)
    return tx.run("DELETE FROM occasion WHERE name >= :first AND name < :today", first=_MARK, today=_MARK + today)


def _trace(tx: Tx, telegram_id: int, what: str) -> str:
    """What the marks of this person's `what` begin with."""
    trace = hmac.digest(_key(tx), f"{what}:{telegram_id}".encode(), hashlib.sha256).hex()
    return f"{_MARK}{_day(tx)}:{trace}"


def _mark(tx: Tx, name: str) -> bool:
    midnight = datetime.combine(tx.now.astimezone(UTC), time(), UTC)
    return tx.run("INSERT INTO occasion VALUES (:name, :at) ON CONFLICT DO NOTHING", name=name, at=to_ms(midnight)) == 1


def _key(tx: Tx) -> bytes:
    name = _KEY + _day(tx)
    kept: bytes | None = tx.value("SELECT value FROM secret WHERE name = :name", name=name)
    if kept is not None:
        return kept
    forget(tx)
    key = secrets.token_bytes(_KEY_BYTES)
    tx.run("INSERT INTO secret VALUES (:name, :value)", name=name, value=key)
    return key


def _day(tx: Tx) -> str:
    return f"{tx.now.astimezone(UTC):%Y-%m-%d}"
