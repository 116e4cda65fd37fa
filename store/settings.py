"""Settings of the company that live in the book: small JSON values under a name.

settings.get(tx, "quiet.from", "21:00")
settings.change(tx, actor, "quiet.from", "22:00")   # journaled: it can be undone
"""

from __future__ import annotations

import json

from store import access, journal, kinds
from store.access import Action, Actor
from store.db import Tx


def get(tx: Tx, name: str, default: str) -> str:
    """A setting's text, or the default."""
    value = tx.value("SELECT value FROM setting WHERE name = :name AND deleted_at IS NULL", name=name)
    return default if value is None else str(json.loads(value))


def put(tx: Tx, name: str, value: str) -> None:
    """Writes a setting that no person chose."""
    tx.run(
        "INSERT INTO setting (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = :value, deleted_at = NULL",
        name=name, value=_json(value),
    )  # fmt: skip


def change(tx: Tx, actor: Actor, name: str, value: str) -> None:
    """An owner changes a setting; an undo brings back what was there, also nothing. Raises NotAllowed."""
    access.require(actor, Action.RULES)
    access.stand(tx, actor)
    row = tx.one("SELECT * FROM setting_all WHERE name = :name", name=name)
    if row is None:
        journal.create(tx, actor, kinds.SETTING, {"name": name, "value": _json(value)})
    else:
        journal.update(tx, actor, kinds.SETTING, row, {"value": _json(value), "deleted_at": None})


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
