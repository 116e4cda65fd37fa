"""Photos, recordings and files: attached to a record, sealed in the book, visible to everybody who may see the record.

    attachments.add(tx, actor, "interaction", note.id, [NewFile(FileKind.PHOTO, handle=file_id, size=81_234)])
    attachments.of(tx, actor, "interaction", [note.id])     # {note.id: [Attachment(...)]}
    attachments.of_case(tx, actor, case.id)                 # those of a case and of its messages
    attachments.content(tx, actor, attachment_id)           # the bytes

`add` only records Telegram's handle for the file, in the transaction of the record that it belongs to; `bot.downloads`
fetches the bytes afterwards, part by part, and starts a file again if the process died in between. The content of a
file is never parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from store import access, journal, kinds
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.models import Attachment, FileKind, FileState
from store.seal import seal, seal_part, unseal, unseal_part
from store.times import from_ms, to_ms

#: Telegram gives bots files up to this size (https://core.telegram.org/bots/api#getfile), in bytes.
SIZE_MAX = 20 * 1024 * 1024
#: Files on one record: an album's most (https://core.telegram.org/bots/api#sendmediagroup).
MOST = 10
#: Bytes in one row: a commit of one keeps nobody waiting, and a file of the largest size is 40 of them.
PART = 512 * 1024
#: Endings of what a computer runs when it is opened. Everything else is kept as it is.
PROGRAMS = frozenset({
    "apk", "app", "bat", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "pif", "ps1",
    "reg", "scr", "sh", "vbe", "vbs", "wsf",
})  # fmt: skip
#: Seconds until a file that could not be fetched is tried again; after the last of them it is lost.
RETRY = (2, 5, 15, 60, 300, 900, 3_600, 3_600, 7_200, 14_400, 28_800, 43_200)
#: Bytes that one person may send in 24 hours.
BYTES_A_DAY = 1024 * 1024 * 1024
NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that Telegram has: its handle there (`file_id`), and what the sender's phone says of it."""

    kind: FileKind
    handle: str
    size: int = 0
    name: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A file to be fetched: Telegram's handle for it."""

    id: int
    handle: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A table that files may hang on: by which action a member reads, and hangs something on, its rows; by which a
    guest does both. `through`: the table that decides who sees them.
    """

    read: Action
    write: Action
    guest: Action | None
    through: str


_PLACES = {
    "interaction": _Place(Action.SEE, Action.LOG, None, "customer"),
    "complaint": _Place(Action.SEE_CASE, Action.SEE_CASE, Action.OWN_CASES, "complaint"),
    "case_message": _Place(Action.SEE_CASE, Action.HANDLE, Action.OWN_CASES, "case_message"),
    "feedback": _Place(Action.SEE_FEEDBACK, Action.SEE_FEEDBACK, Action.RATE, "feedback"),
    "response": _Place(Action.SURVEY, Action.SURVEY, Action.OWN_DATA, "response"),
}


def check(file: NewFile) -> None:
    """Raises Invalid `file_size` for a file that Telegram would not give us, and `file_program` for a program."""
    if file.size > SIZE_MAX:
        raise Invalid("file_size")
    if file.name.rstrip(". ").rpartition(".")[2].lower().strip() in PROGRAMS:  # Windows leaves out dots at the end
        raise Invalid("file_program")


def add(tx: Tx, actor: Actor, record: str, record_id: int, files: Sequence[NewFile]) -> list[Attachment]:
    """Hangs files on a record that the actor may write to; beyond `MOST` they are left out.

    `record` is "interaction", "complaint", "case_message" or "feedback". Raises NotAllowed, Invalid as `check` does,
    and Busy `limit` for one who has sent more than `BYTES_A_DAY` since yesterday. (Of who is nobody we know what they
    sent to this one record, and no more: how many of these they may begin a day is counted by store/floods.py.)
    """
    place = _PLACES[record]
    row, sight = access.row(tx, actor, place.write if actor.member else _guests(place), record, record_id)
    return [_model(_one(tx, sight, one)) for one in hang(tx, actor, record, row, files)]


def hang(
    tx: Tx, actor: Actor, record: str, row: Row, files: Sequence[NewFile], *, most: int = MOST
) -> list[int]:  # fmt: skip
    """The same on a row that its caller has read, with its key, and by a right of its own: the ids of what now hangs
    there, `most` of them in all. Raises Invalid and Busy as `add` does.
    """
    there = int(tx.value(f"SELECT count(*) {_OF_RECORD}", record=record, id=row["id"]))
    added = []
    for file in files[: max(most - there, 0)]:
        check(file)
        values: dict[str, object] = {
            "customer_id": row["customer_id"], "record": record, "record_id": row["id"], "author_id": actor.id or None,
            "kind": file.kind, "size": file.size, "name": file.name[:NAME_MAX], "mime": file.mime[:NAME_MAX],
        }  # fmt: skip
        one = journal.create(tx, actor, kinds.ATTACHMENT, values, key_id=row["key_id"], key=row["key"])
        tx.run(
            "UPDATE attachment SET handle = :handle, wake_at = :now WHERE id = :id",
            handle=seal(row["key_id"], row["key"], {"handle": file.handle}), now=to_ms(tx.now), id=one,
        )  # fmt: skip
        added.append(one)
    since = to_ms(tx.now - timedelta(days=1))
    sent = "SELECT total(size) FROM attachment_clock WHERE author_id IS :author AND created_at > :since"
    if not actor.member:
        sent += " AND customer_id IS :customer"
    if not actor.member and row["customer_id"] is None:
        sent += " AND record = :record AND record_id = :id"
    if tx.value(
        sent, author=actor.id or None, since=since, customer=row["customer_id"], record=record, id=row["id"]
    ) > BYTES_A_DAY:  # fmt: skip
        raise Busy("limit")
    return added


def replaced(tx: Tx, actor: Actor, attachment_id: int) -> None:
    """A photo that was the answer to a question is not any more; its caller holds what is being answered."""
    row = tx.one("SELECT * FROM attachment_answer WHERE id = :id", id=attachment_id)
    if row is None:
        return
    journal.update(tx, actor, kinds.ATTACHMENT, row, {"deleted_at": to_ms(tx.now)})
    tx.run("UPDATE attachment SET wake_at = NULL, handle = NULL WHERE id = :id", id=attachment_id)
    mine = "SELECT id FROM attachment_bytes WHERE attachment_id = :id"
    tx.run(f"DELETE FROM attachment_part WHERE id IN ({mine})", id=attachment_id)


def of(tx: Tx, actor: Actor, record: str, record_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The attachments of these records, by record id, that the actor may see; records without any are left out."""
    found: dict[int, list[Attachment]] = {}
    if record not in _PLACES:
        return found
    for record_id in record_ids:
        where = tx.one(f"SELECT * {_OF_RECORD}", record=record, id=record_id)
        if where is None:
            continue
        try:
            sight = _sight(tx, actor, where)
        except NotAllowed:
            continue
        rows = tx.all(
            f"SELECT * FROM attachment_{sight.scope} WHERE record = :record AND record_id = :id AND deleted_at IS NULL"
            " ORDER BY id",
            record=record, id=record_id,
        )  # fmt: skip
        if rows:
            found[record_id] = [_model(row) for row in rows]
    return found


def of_case(tx: Tx, actor: Actor, case_id: int) -> list[Attachment]:
    """The attachments of a case, of its messages, and of the feedback that it came from or received, including those of
    cases merged into it; those that the actor may see, the oldest first. Raises NotAllowed when the actor may not see
    the case.
    """
    action = Action.SEE_CASE if actor.member else Action.OWN_CASES
    _, sight = access.row(tx, actor, action, "complaint", case_id)
    cases = f"SELECT :id UNION ALL SELECT id FROM complaint_{sight.scope} WHERE merged_into = :id"
    said = f"SELECT id FROM case_message_{sight.scope} WHERE complaint_id IN ({cases}) AND deleted_at IS NULL"
    rated = f"SELECT id FROM feedback_{sight.scope} WHERE complaint_id IN ({cases}) AND deleted_at IS NULL"
    rows = tx.all(
        f"SELECT * FROM attachment_{sight.scope} WHERE deleted_at IS NULL AND (record = 'complaint' AND record_id IN"
        f" ({cases}) OR record = 'case_message' AND record_id IN ({said})"
        f" OR record = 'feedback' AND record_id IN ({rated})) ORDER BY id",
        id=case_id,
    )
    return [_model(row) for row in rows]


def get(tx: Tx, actor: Actor, attachment_id: int) -> Attachment:
    """One file. Raises NotAllowed, for the missing, the forbidden and the taken back alike."""
    return _model(_seen(tx, actor, attachment_id))


def content(tx: Tx, actor: Actor, attachment_id: int) -> bytes:
    """A file's bytes. Raises NotAllowed as `get` does, and KehuError `file_waiting` or `file_lost`."""
    row = _seen(tx, actor, attachment_id)
    if row["state"] != FileState.KEPT:
        raise KehuError(f"file_{row['state']}")
    parts = tx.all("SELECT place, sealed FROM attachment_bytes WHERE attachment_id = :id ORDER BY place", id=row["id"])
    return b"".join(
        unseal_part(row["key_id"], row["key"], part["sealed"], (row["id"], part["place"])) for part in parts
    )


# Fetching: what bot/downloads.py asks for, as nobody ---------------------------------------------------------------


def due(tx: Tx, *, limit: int) -> list[Due]:
    """Files that are to be fetched now, the ones that wait longest first."""
    rows = tx.all(
        "SELECT * FROM attachment_due WHERE wake_at <= :now ORDER BY wake_at, id LIMIT :limit",
        now=to_ms(tx.now), limit=limit,
    )  # fmt: skip
    return [Due(row["id"], str(unseal(row["key_id"], row["key"], row["handle"])["handle"])) for row in rows]


def keep_part(tx: Tx, attachment_id: int, place: int, data: bytes) -> bool:
    """Keeps one part of a file's bytes; False when the file is not wanted any more (taken back, erased)."""
    row = _due(tx, attachment_id)
    if row is None:
        return False
    tx.run(
        "INSERT OR REPLACE INTO attachment_part (key_id, attachment_id, place, sealed)"
        " VALUES (:key, :id, :place, :sealed)",
        key=row["key_id"], id=row["id"], place=place,
        sealed=seal_part(row["key_id"], row["key"], data, (row["id"], place)),
    )  # fmt: skip
    return True


def keep(tx: Tx, attachment_id: int, size: int) -> None:
    """All parts are there: the file is kept, and Telegram's handle for it forgotten."""
    _end(tx, attachment_id, FileState.KEPT)
    tx.run("UPDATE attachment SET size = :size WHERE id = :id", size=size, id=attachment_id)


def put_off(tx: Tx, attachment_id: int) -> bool:
    """It could not be fetched just now: later. False when it has been tried often enough."""
    row = _due(tx, attachment_id)
    if row is None:
        return True
    if row["attempts"] >= len(RETRY):
        return False
    tx.run(
        "UPDATE attachment SET attempts = :attempts, wake_at = :at WHERE id = :id", attempts=row["attempts"] + 1,
        at=to_ms(tx.now + timedelta(seconds=RETRY[row["attempts"]])), id=attachment_id,
    )  # fmt: skip
    return True


class Lost(NamedTuple):
    """A file that never came: the member who sent it (None: the customer themselves), and of which customer it was."""

    author_id: int | None
    customer_id: int


def lose(tx: Tx, attachment_id: int) -> Lost | None:
    """It can't be had: never to be tried again. Whose it was; None when there is nobody (any more) to tell."""
    row = _due(tx, attachment_id)
    if row is None:
        return None
    _end(tx, attachment_id, FileState.LOST)
    mine = "SELECT id FROM attachment_bytes WHERE attachment_id = :id"
    tx.run(f"DELETE FROM attachment_part WHERE id IN ({mine})", id=attachment_id)
    return Lost(row["author_id"], row["customer_id"]) if row["customer_id"] else None


def _end(tx: Tx, attachment_id: int, state: FileState) -> None:
    tx.run(
        "UPDATE attachment SET state = :state, wake_at = NULL, handle = NULL WHERE id = :id",
        state=state, id=attachment_id,
    )  # fmt: skip


def _due(tx: Tx, attachment_id: int) -> Row | None:
    return tx.one("SELECT * FROM attachment_due WHERE id = :id", id=attachment_id)


# Who sees ----------------------------------------------------------------------------------------------------------


def _guests(place: _Place) -> Action:
    if place.guest is None:
        raise NotAllowed
    return place.guest


def _sight(tx: Tx, actor: Actor, where: Row) -> Sight:
    """The scope through which the actor sees the record of an attachment. Raises NotAllowed, also for a masked scope,
    through which no file is shown.
    """
    place = _PLACES[where["record"]]
    record_id = where["customer_id"] if place.through == "customer" else where["record_id"]
    _, sight = access.row(tx, actor, place.read if actor.member else _guests(place), place.through, record_id)
    if sight.masked and actor.member:  # a visitor's own records are all theirs
        raise NotAllowed
    return sight


def _seen(tx: Tx, actor: Actor, attachment_id: int) -> Row:
    where = tx.one("SELECT * FROM attachment_clock WHERE id = :id AND deleted_at IS NULL", id=attachment_id)
    if where is None:
        raise NotAllowed
    return _one(tx, _sight(tx, actor, where), attachment_id)


def _one(tx: Tx, sight: Sight, attachment_id: int) -> Row:
    row = tx.one(f"SELECT * FROM attachment_{sight.scope} WHERE id = :id", id=attachment_id)
    if row is None:
        raise NotAllowed
    return row


_OF_RECORD = "FROM attachment_clock WHERE record = :record AND record_id = :id AND deleted_at IS NULL"


def _model(row: Row) -> Attachment:
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return Attachment(
        id=row["id"], version=row["version"], record=row["record"], record_id=row["record_id"],
        customer_id=row["customer_id"], author_id=row["author_id"], kind=FileKind(row["kind"]),
        state=FileState(row["state"]), name=str(words.get("name") or ""), mime=str(words.get("mime") or ""),
        size=row["size"], created_at=from_ms(row["created_at"]),
    )  # fmt: skip
