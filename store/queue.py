"""Inbox, outbox and drafts: updates that arrived, messages to be sent, and half-filled forms.

The inbox holds an update from its arrival until its effects are committed. The outbox holds a message from that same
commit until Telegram has taken it. Both blank their payload afterwards.

Payloads are JSON bytes that only the callers read: `handlers.kit.request.Incoming` and `handlers.kit.reply.Message`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from store.db import Row, Tx
from store.times import to_ms

#: A form that nobody touched for this long is forgotten (PRODUCT.md: a conversation survives a week's pause).
DRAFT_LASTS = timedelta(days=14)
#: Half-filled forms and questions that were not answered which a person may have put aside: those of a busy day. Older
#: ones are forgotten.
ASIDE_MOST = 20
#: An update that has brought the process down this often is set aside with a reference.
ATTEMPTS = 5
#: How long handled updates and sent messages are remembered, as bare numbers.
KEPT_DAYS = 7


class Priority(IntEnum):
    """The order in the outbox: answers to people who wait go first."""

    ANSWER = 0
    NEWS = 1
    DIGEST = 2


@dataclass(frozen=True, slots=True)
class Arrived:
    """An accepted update: Telegram's number for it, whose it is, and what was said. `again`: an earlier run began
    it.
    """

    update_id: int
    person: int
    payload: bytes
    again: bool = False


def accept(tx: Tx, arrivals: Sequence[Arrived]) -> list[int]:
    """Writes updates down; the ids of those that are new. A repeated delivery is nothing."""
    now = to_ms(tx.now)
    return [
        arrived.update_id
        for arrived in arrivals
        if tx.run(
            "INSERT INTO inbox (update_id, person, payload, received_at) VALUES (:id, :person, :payload, :now)"
            " ON CONFLICT DO NOTHING",
            id=arrived.update_id, person=arrived.person, payload=arrived.payload, now=now,
        )
    ]  # fmt: skip


def unhandled(tx: Tx) -> list[Arrived]:
    """The updates that an earlier run accepted and did not finish, the oldest first."""
    rows = tx.all("SELECT update_id, person, payload FROM inbox WHERE done_at IS NULL ORDER BY update_id")
    return [Arrived(row["update_id"], row["person"], row["payload"], again=True) for row in rows]


def try_again(tx: Tx, update_id: int) -> bool:
    """Counts one more attempt at what an earlier run left; False when it has brought the process down too often.

    Counted when its handling begins, not when the process starts: a process that dies before it comes to an update has
    not tried it.
    """
    tx.run("UPDATE inbox SET attempts = attempts + 1 WHERE update_id = :id", id=update_id)
    tried = tx.value("SELECT attempts FROM inbox WHERE update_id = :id AND done_at IS NULL", id=update_id)
    return tried is not None and int(tried) <= ATTEMPTS


def finish(tx: Tx, update_id: int, reference: str | None = None) -> bool:
    """Marks an update as handled and blanks it; False when it was handled already, and then nothing may follow."""
    return tx.run(
        "UPDATE inbox SET done_at = :now, person = 0, payload = NULL, reference = :reference"
        " WHERE update_id = :id AND done_at IS NULL",
        now=to_ms(tx.now), id=update_id, reference=reference,
    ) == 1  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for the outbox. `customer_id` and `masked` say what its reader must still be able to see."""

    chat_id: int
    payload: bytes
    language: str
    priority: Priority = Priority.ANSWER
    staff_id: int | None = None
    guest_id: int | None = None
    customer_id: int | None = None
    masked: bool = False
    attachment: bytes | None = None
    ref: str | None = None
    not_before: datetime | None = None


def post(tx: Tx, letter: Letter) -> int:
    """Puts a message into the outbox."""
    now = to_ms(tx.now)
    return tx.insert(
        "INSERT INTO outbox (chat_id, priority, staff_id, guest_id, language, customer_id, masked, payload, attachment,"
        " ref, not_before, created_at) VALUES (:chat_id, :priority, :staff_id, :guest_id, :language, :customer_id,"
        " :masked, :payload, :attachment, :ref, :not_before, :now)",
        chat_id=letter.chat_id, priority=int(letter.priority), staff_id=letter.staff_id, guest_id=letter.guest_id,
        language=letter.language, customer_id=letter.customer_id, masked=int(letter.masked), payload=letter.payload,
        attachment=letter.attachment, ref=letter.ref, now=now,
        not_before=now if letter.not_before is None else to_ms(letter.not_before),
    )  # fmt: skip


def arrived(tx: Tx, after: int) -> list[Row]:
    """Messages that wait and that the sender has not met yet: id, chat, priority, earliest time."""
    return tx.all(
        "SELECT id, chat_id, priority, not_before FROM outbox WHERE ended_at IS NULL AND id > :after ORDER BY id",
        after=after,
    )


def last_letter(tx: Tx) -> int:
    """The highest id of a message that waits (0: none)."""
    return tx.value("SELECT max(id) FROM outbox WHERE ended_at IS NULL") or 0


def letters(tx: Tx, ids: Iterable[int]) -> list[Row]:
    """The rows of messages that are about to go out, in the order of `ids`; ended ones are left out."""
    rows = (tx.one("SELECT * FROM outbox WHERE id = :id AND ended_at IS NULL", id=letter_id) for letter_id in ids)
    return [row for row in rows if row is not None]


def ended(tx: Tx, letter_id: int, outcome: str, *, message_id: int | None = None) -> None:
    """A message was sent, dropped or failed for good; its words are blanked, and of whom outside the company they were
    for; its place in the chat is kept under its ref.
    """
    row = tx.one("SELECT ref, chat_id FROM outbox WHERE id = :id", id=letter_id)
    tx.run(
        "UPDATE outbox SET ended_at = :now, outcome = :outcome, payload = NULL, attachment = NULL,"
        " chat_id = CASE WHEN staff_id IS NULL THEN 0 ELSE chat_id END, guest_id = NULL WHERE id = :id",
        now=to_ms(tx.now), outcome=outcome, id=letter_id,
    )  # fmt: skip
    if row is not None and row["ref"] and message_id is not None:
        tx.run(
            "INSERT INTO sent VALUES (:ref, :chat, :message) ON CONFLICT (ref, chat_id) DO UPDATE SET"
            " message_id = :message",
            ref=row["ref"], chat=row["chat_id"], message=message_id,
        )  # fmt: skip


def sent_as(tx: Tx, ref: str, chat_id: int) -> int | None:
    """The message that carries this ref in a chat, if one was sent."""
    found: int | None = tx.value(
        "SELECT message_id FROM sent WHERE ref = :ref AND chat_id = :chat", ref=ref, chat=chat_id
    )
    return found


def waits(tx: Tx, ref: str, chat_id: int) -> bool:
    """Whether a message under this ref is on its way to a chat."""
    found = "SELECT 1 FROM outbox WHERE ended_at IS NULL AND ref = :ref AND chat_id = :chat"
    return tx.value(found, ref=ref, chat=chat_id) is not None


def told_of(tx: Tx, staff_id: int, since: datetime) -> list[Row]:
    """Whom a member was told of, the last first: `customer_id` and the message's `ref`, a few messages back at most."""
    return tx.all(
        "SELECT customer_id, ref FROM outbox WHERE staff_id = :staff AND customer_id IS NOT NULL"
        " AND created_at >= :since AND not_before <= :now ORDER BY id DESC LIMIT 20",
        staff=staff_id, since=to_ms(since), now=to_ms(tx.now),
    )  # fmt: skip


def shown_at(tx: Tx, staff_id: int, customer_id: int, ref: str) -> int | None:
    """When a member was last sent a message about a customer under this ref, in milliseconds; None: not of late."""
    found: int | None = tx.value(
        "SELECT created_at FROM outbox WHERE staff_id = :staff AND customer_id = :customer AND ref = :ref"
        " ORDER BY id DESC LIMIT 1",
        staff=staff_id, customer=customer_id, ref=ref,
    )  # fmt: skip
    return found


def move_chat(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: what waits for it goes to its new id (Bot API, ResponseParameters)."""
    tx.run("UPDATE outbox SET chat_id = :new WHERE chat_id = :old AND ended_at IS NULL", old=old, new=new)


def sweep(tx: Tx) -> int:
    """Forgets what was handled and sent `KEPT_DAYS` ago, and forms that have expired; how many rows that was.

    Until then a repeated delivery is recognised; Telegram itself keeps an update no longer than a day
    (https://core.telegram.org/bots/api#getting-updates). The newest message stays: its number is not used twice.
    """
    before = to_ms(tx.now - timedelta(days=KEPT_DAYS))
    return (
        tx.run("DELETE FROM inbox WHERE done_at < :before", before=before)
        + tx.run("DELETE FROM outbox WHERE ended_at < :before AND id < (SELECT max(id) FROM outbox)", before=before)
        + drop_expired(tx)
    )


def save_draft(tx: Tx, person: int, form: str, payload: bytes, until: datetime | None = None) -> None:
    """Keeps a half-filled form, for `DRAFT_LASTS` unless it is said until when; a person has at most one."""
    tx.run(
        "INSERT INTO draft VALUES (:person, :form, :payload, :now, :expires) ON CONFLICT (person) DO UPDATE SET"
        " form = :form, payload = :payload, updated_at = :now, expires_at = :expires",
        person=person, form=form, payload=payload, now=to_ms(tx.now),
        expires=to_ms(until or tx.now + DRAFT_LASTS),
    )  # fmt: skip


def draft(tx: Tx, person: int) -> Row | None:
    """The form that a person has open, unless it has expired."""
    return tx.one("SELECT * FROM draft WHERE person = :person AND expires_at > :now", person=person, now=to_ms(tx.now))


def drop_draft(tx: Tx, person: int) -> None:
    """Forgets a person's open form."""
    tx.run("DELETE FROM draft WHERE person = :person", person=person)


def drop_drafts(tx: Tx, person: int) -> None:
    """Forgets everything that a person has half filled, open or put aside."""
    drop_draft(tx, person)
    tx.run("DELETE FROM aside WHERE person = :person", person=person)


def put_aside(tx: Tx, person: int, nonce: str, payload: bytes) -> None:
    """Keeps a half-filled form that somebody has left for something else, of several the last `ASIDE_MOST`."""
    tx.run(
        "INSERT INTO aside VALUES (:person, :nonce, :payload, :now, :expires) ON CONFLICT (person, nonce) DO UPDATE SET"
        " payload = :payload, updated_at = :now, expires_at = :expires",
        person=person, nonce=nonce, payload=payload, now=to_ms(tx.now), expires=to_ms(tx.now + DRAFT_LASTS),
    )  # fmt: skip
    tx.run(
        "DELETE FROM aside WHERE person = :person AND nonce NOT IN"
        " (SELECT nonce FROM aside WHERE person = :person ORDER BY updated_at DESC, rowid DESC LIMIT :most)",
        person=person, most=ASIDE_MOST,
    )  # fmt: skip


def aside(tx: Tx, person: int, nonce: str) -> Row | None:
    """A form that a person has put aside, unless it has expired."""
    return tx.one(
        "SELECT * FROM aside WHERE person = :person AND nonce = :nonce AND expires_at > :now",
        person=person, nonce=nonce, now=to_ms(tx.now),
    )  # fmt: skip


def drop_aside(tx: Tx, person: int, nonce: str) -> None:
    """It is open again, or done with."""
    tx.run("DELETE FROM aside WHERE person = :person AND nonce = :nonce", person=person, nonce=nonce)


def drop_expired(tx: Tx) -> int:
    """Forgets forms that waited too long; how many."""
    return tx.run("DELETE FROM draft WHERE expires_at <= :now", now=to_ms(tx.now)) + tx.run(
        "DELETE FROM aside WHERE expires_at <= :now", now=to_ms(tx.now)
    )


def once(tx: Tx, name: str) -> bool:
    """True the first time that this occasion is named, and never again."""
    return tx.run("INSERT INTO occasion VALUES (:name, :at) ON CONFLICT DO NOTHING", name=name, at=to_ms(tx.now)) == 1


def happened(tx: Tx, name: str) -> bool:
    """Whether this occasion was named once."""
    return tx.value("SELECT 1 FROM occasion WHERE name = :name", name=name) is not None
