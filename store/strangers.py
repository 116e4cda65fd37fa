"""Strangers, who are neither members nor guests: how often the bot answers them in a day (store/floods.py).

if strangers.may_answer(tx, telegram_id): ...
"""

from __future__ import annotations

from store import floods
from store.db import Tx

#: A code can be mistyped: this often a day a stranger is told that it was not right.
TRIES = 5


def may_answer(tx: Tx, telegram_id: int) -> bool:
    """Whether a stranger gets an answer: the first time on a day (in UTC)."""
    return floods.may(tx, telegram_id, "answer", 1)


def may_try(tx: Tx, telegram_id: int) -> bool:
    """Whether a stranger is told that a code is wrong: the first `TRIES` times on a day (in UTC)."""
    return floods.may(tx, telegram_id, "try", TRIES)
