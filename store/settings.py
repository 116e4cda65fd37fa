"""Settings of the company that live in the book: small JSON values under a name."""

from __future__ import annotations

import json

from store.db import Tx


def get(tx: Tx, name: str, default: str) -> str:
    """A setting's text, or the default."""
    value = tx.value("SELECT value FROM setting WHERE name = :name", name=name)
    return default if value is None else str(json.loads(value))


def put(tx: Tx, name: str, value: str) -> None:
    """Writes a setting."""
    tx.run(
        "INSERT INTO setting VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        name=name, value=json.dumps(value, ensure_ascii=False),
    )  # fmt: skip
