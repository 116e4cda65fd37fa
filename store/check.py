"""Whether the file is sound: its encryption, its database, its migrations. `kehu check` prints it."""

from __future__ import annotations

from typing import NamedTuple

from store.db import Tx
from store.migrate import migrations


class Soundness(NamedTuple):
    """`torn`: pages whose authentication code does not fit; `quick`: SQLite's own word, "ok" when all is well;
    `applied` of `known` migrations.
    """

    torn: int
    quick: str
    applied: int
    known: int


def soundness(tx: Tx) -> Soundness:
    """Reads the whole file: SQLCipher checks each page (https://www.zetetic.net/sqlcipher/sqlcipher-api/), SQLite its
    trees.
    """
    return Soundness(
        torn=len(tx.all("PRAGMA cipher_integrity_check")),
        quick=str(tx.value("PRAGMA quick_check")),
        applied=tx.value("SELECT count(*) FROM migration"),
        known=len(migrations()),
    )
