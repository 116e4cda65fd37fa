"""Brings a file up to date: numbered, checksummed migrations, each committed together with its record.

Called by `Book.open` on the writer's thread before anyone else can use the file. A migration that has landed is frozen:
a file that was made with another text of it is refused. Views hold no data, so predicate.sql and unscoped.sql are
simply applied again whenever their text has changed.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from store.db import MACS
from store.errors import Unusable
from store.times import to_ms

VIEW_FILES = ("predicate.sql", "unscoped.sql")
_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    checksum   TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT
"""


def migrations() -> list[tuple[int, str, str]]:
    """Number, file name and text of every migration that this version knows, in order."""
    found = [path for path in files("store").joinpath("migrations").iterdir() if path.name.endswith(".sql")]
    return sorted((int(path.name[:4]), path.name, path.read_text(encoding="utf-8")) for path in found)


def checksum(text: str) -> str:
    """SHA-256 of a migration's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def migrate(connection: Any, path: Path, key: bytes, now: datetime) -> list[str]:
    """Applies what is missing and returns its names.

    Raises Unusable when the file is newer than the code, or was made with another text of a landed migration.
    """
    known = migrations()
    connection.execute(_RECORD)
    applied = {row["number"]: row["checksum"] for row in connection.execute("SELECT number, checksum FROM migration")}
    if applied and max(applied) > known[-1][0]:
        raise Unusable("file_newer", 17, path=str(path))
    for number, name, text in known:
        if number in applied and applied[number] != checksum(text):
            raise Unusable("migration_changed", 17, name=name)
    missing = [migration for migration in known if migration[0] not in applied]
    if missing and applied:
        _copy(connection, path.with_name(f"{path.stem}-before-{missing[0][0]:04}.db"), key)
    for number, name, text in missing:
        _apply(
            connection,
            text,
            "INSERT INTO migration VALUES (:number, :name, :checksum, :at)",
            {"number": number, "name": name, "checksum": checksum(text), "at": to_ms(now)},
        )
    _apply_views(connection)
    # Made here and not at its first use: the first to need it may be a stranger, on a reader that can't write.
    connection.execute(
        "INSERT INTO secret VALUES ('pepper', :value) ON CONFLICT DO NOTHING", {"value": secrets.token_bytes(32)}
    )
    return [name for _, name, _ in missing]


def views() -> str:
    """The text of all views: the predicate's, and those that are read on nobody's behalf."""
    return "".join(files("store").joinpath(name).read_text(encoding="utf-8") for name in VIEW_FILES)


def _apply_views(connection: Any) -> None:
    text = views()
    held = connection.execute("SELECT value FROM setting WHERE name = 'predicate'").fetchone()
    if held and held[0] == f'"{checksum(text)}"':
        return
    present = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    drops = "".join(f'DROP VIEW "{row[0]}";\n' for row in present)
    record = (
        "INSERT INTO setting (name, value) VALUES ('predicate', :value) ON CONFLICT (name) DO UPDATE SET value = :value"
    )
    _apply(connection, drops + text, record, {"value": f'"{checksum(text)}"'})


def _apply(connection: Any, script: str, record: str, values: dict[str, object]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(script):
            connection.execute(statement)
        connection.execute(record, values)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit before the first of them."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _copy(connection: Any, target: Path, key: bytes) -> None:
    """A copy under the same key, beside the file, before anything in it is changed."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    connection.execute("ATTACH DATABASE :path AS copy KEY :key", {"path": str(target), "key": f"x'{key.hex()}'"})
    try:
        connection.execute(f"PRAGMA copy.cipher_hmac_algorithm = {MACS[0]}")
        connection.execute("SELECT sqlcipher_export('copy')")
    finally:
        connection.execute("DETACH DATABASE copy")
