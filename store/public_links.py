"""Links for anybody, behind an unguessable token: to a campaign or a questionnaire.

    token = public_links.token(tx, manager, "campaign", campaign.id)   # the live one, or a new one
    public_links.record_behind(tx, "campaign", token)                  # its id, None for any other token

Unlike a customer's own link (store/guests.py), which serves one person, such a link may hang on the counter. It can be
ended or exchanged; an ended token leads nowhere, as one that never existed. Callers check access to the record.
"""

from __future__ import annotations

import hashlib
import secrets

from store import journal, kinds
from store.access import Actor
from store.db import Tx
from store.times import to_ms

TOKEN_BYTES = 16


def token(tx: Tx, actor: Actor, record: str, record_id: int) -> str:
    """The token of a record's living link; made where there is none."""
    return living(tx, record, record_id) or _new(tx, actor, record, record_id)


def living(tx: Tx, record: str, record_id: int) -> str | None:
    """The token of a record's link; None where it has none, or none any more."""
    row = tx.one(f"SELECT token FROM public_link {_LIVING}", record=record, id=record_id)
    return None if row is None else str(row["token"])


def rotate(tx: Tx, actor: Actor, record: str, record_id: int) -> str:
    """Ends a record's link; the token of the new one."""
    end(tx, actor, record, record_id)
    return _new(tx, actor, record, record_id)


def end(tx: Tx, actor: Actor, record: str, record_id: int) -> None:
    """From now on the record's link leads nowhere."""
    for row in tx.all(f"SELECT * FROM public_link {_LIVING}", record=record, id=record_id):
        journal.update(tx, actor, kinds.PUBLIC_LINK, row, {"deleted_at": to_ms(tx.now)})


def record_behind(tx: Tx, record: str, token: str) -> int | None:
    """The id of the record of this kind to which a token leads."""
    found: int | None = tx.value(
        "SELECT record_id FROM public_link WHERE digest = :digest AND record = :record AND deleted_at IS NULL",
        digest=_digest(token), record=record,
    )  # fmt: skip
    return found


_LIVING = "WHERE record = :record AND record_id = :id AND deleted_at IS NULL"


def _new(tx: Tx, actor: Actor, record: str, record_id: int) -> str:
    made = secrets.token_urlsafe(TOKEN_BYTES)
    values: dict[str, object] = {"record": record, "record_id": record_id, "digest": _digest(made), "token": made}
    journal.create(tx, actor, kinds.PUBLIC_LINK, values)
    return made


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
