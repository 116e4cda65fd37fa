"""People who are nothing to the company: how often they are answered, and no more than that.

Kept of a stranger is one mark a day: a keyed hash that holds only for that day and is thrown away the day after.

    if strangers.may_answer(tx, telegram_id): ...
"""

from __future__ import annotations

from store import queue
from store.db import Tx
from store.seal import digest

#: A code can be mistyped: this often a day a stranger is told that it was not right.
TRIES = 5
_MARK = "stranger:"


def may_answer(tx: Tx, telegram_id: int) -> bool:
    """Whether a stranger gets an answer: the first time on a day (in UTC)."""
    return queue.once(tx, f"{_today(tx)}{_trace(tx, telegram_id)}")


def may_try(tx: Tx, telegram_id: int) -> bool:
    """Whether a stranger is told that a code is wrong: the first `TRIES` times on a day (in UTC)."""
    trace = _trace(tx, telegram_id)
    return any(queue.once(tx, f"{_today(tx)}{trace}:{place}") for place in range(TRIES))


def forget(tx: Tx) -> int:
    """Throws away the marks of earlier days; how many there were."""
    return tx.run("DELETE FROM occasion WHERE name >= :first AND name < :today", first=_MARK, today=_today(tx))


def _today(tx: Tx) -> str:
    return f"{_MARK}{tx.now:%Y-%m-%d}:"


def _trace(tx: Tx, telegram_id: int) -> str:
    return digest(tx, f"stranger {tx.now:%Y-%m-%d}", str(telegram_id)).hex()
