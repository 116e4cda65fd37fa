"""The customer's side: links that members hand out, and guests, who came through a link and consented.

    token = guests.link(tx, salesperson, customer_id)
    guest = guests.consent(tx, token, telegram_id=…, chat_id=…, language="zh")

A guest is a Telegram chat that belongs to a customer. It is found by a keyed hash of the Telegram id; the id itself is
sealed under the customer's key, so erasing the customer erases it too. The journal keeps which notice they agreed to
and when, but not who they are (`kinds.GUEST`), so a guest who leaves is gone from the whole file. (Entries of older
versions hold the id under the customer's key; they are links of the hash chain and stay.)

A link serves one person: the first to consent claims it, and for everybody else it is invalid from then on. A guest of
one customer can't open another customer's link until they leave. Since a link can be forwarded, its first user need not
be the customer; until that is shown (store/proofs.py) the guest is a visitor.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import NamedTuple

from store import access, asked, journal, kinds
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import KehuError, NotAllowed
from store.rules.models import Role
from store.seal import digest, unseal
from store.times import from_ms, to_ms

TOKEN_BYTES = 16
#: The text of the privacy notice that a consent refers to; a new text needs a new version.
NOTICE = "2026-11"


def actor(tx: Tx, telegram_id: int) -> Actor | None:
    """The guest with this Telegram id, if they consented and have not been erased."""
    row = tx.one("SELECT * FROM guest_door WHERE digest = :digest", digest=digest(tx, "telegram", str(telegram_id)))
    return None if row is None else _actor(row)


def as_actor(tx: Tx, guest_id: int) -> Actor | None:
    """The guest to whom something is sent, unless they are gone."""
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=guest_id)
    return None if row is None else _actor(row)


def link(tx: Tx, actor: Actor, customer_id: int) -> str:
    """The token of the customer's link: the living one that nobody has claimed, or a new one. Raises NotAllowed."""
    customer, sight = access.living(tx, actor, Action.LINK, customer_id)
    row = tx.one(
        f"SELECT * FROM link_{sight.scope} WHERE customer_id = :id AND deleted_at IS NULL AND claimed_by IS NULL"
        " ORDER BY id DESC LIMIT 1",
        id=customer_id,
    )
    if row is not None:
        return str(unseal(row["key_id"], row["key"], row["sealed"])["token"])
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values: dict[str, object] = {
        "customer_id": customer_id, "digest": _digest(token), "author_id": actor.id, "token": token,
    }  # fmt: skip
    journal.create(tx, actor, kinds.LINK, values, key_id=customer["key_id"], key=customer["key"])
    return token


def revoke(tx: Tx, actor: Actor, customer_id: int) -> bool:
    """Ends the customer's link, so that the next `link` makes another; whether there was one. Who came through it
    stays, and has to show anew that they are the customer. Raises NotAllowed.
    """
    _, sight = access.row(tx, actor, Action.LINK, "customer", customer_id)
    rows = tx.all(f"SELECT * FROM link_{sight.scope} WHERE customer_id = :id AND deleted_at IS NULL", id=customer_id)
    for row in rows:
        journal.update(tx, actor, kinds.LINK, row, {"deleted_at": to_ms(tx.now)})
    for row in tx.all("SELECT * FROM guest_door WHERE customer_id = :id", id=customer_id):
        journal.update(tx, actor, kinds.GUEST, row, {"proven_at": None, "proven_by": None})
    return bool(rows)


def behind(tx: Tx, token: str) -> Row | None:
    """The customer and key that a living link leads to; None for any other token."""
    return tx.one("SELECT * FROM link_door WHERE digest = :digest", digest=_digest(token))


def door(tx: Tx, token: str, telegram_id: int) -> Row:
    """The living link that this person may go through.

    Raises KehuError `link_invalid`, the same for every reason why not: guessed, revoked, claimed by somebody else, or
    of another customer than the one whose guest they are.
    """
    found, me = behind(tx, token), digest(tx, "telegram", str(telegram_id))
    if found is None or found["claimed_by"] not in (None, me):
        raise KehuError("link_invalid")
    former = tx.one("SELECT customer_id FROM guest_door WHERE digest = :me", me=me)
    if former is not None and former["customer_id"] != found["customer_id"]:
        raise KehuError("link_invalid")
    return found


def ask(tx: Tx, token: str, telegram_id: int) -> None:
    """Notes that somebody has the notice before them, until they agree or not. Raises as `door` does."""
    asked.note(tx, telegram_id, "link", door(tx, token, telegram_id)["id"])


def token(tx: Tx, link_id: int) -> str | None:
    """The token of a link that nobody has gone through; None for one that leads nowhere (any more)."""
    row = tx.one("SELECT * FROM link_door WHERE id = :id", id=link_id)
    if row is None or row["claimed_by"] is not None:
        return None
    return str(unseal(row["key_id"], row["key"], row["sealed"])["token"])


def consent(tx: Tx, token: str, *, telegram_id: int, chat_id: int, language: str) -> Actor:
    """Records the consent: creates the guest, and claims the link for them. Raises as `door` does."""
    found, me = door(tx, token, telegram_id), digest(tx, "telegram", str(telegram_id))
    known = tx.one("SELECT * FROM guest_door WHERE digest = :me", me=me)
    if known is not None:
        return _actor(known)
    customer_id = found["customer_id"]
    for former in tx.all("SELECT * FROM guest_gone WHERE digest = :me", me=me):
        _forget(tx, _actor(former), former)
    consenting = Actor(Role.CUSTOMER, language, "UTC", customer_id=customer_id)
    values: dict[str, object] = {
        "customer_id": customer_id, "digest": me, "language": language, "consent_version": NOTICE,
        "consent_at": to_ms(tx.now), "telegram_id": telegram_id, "chat_id": chat_id,
    }  # fmt: skip
    guest_id = journal.create(tx, consenting, kinds.GUEST, values, key_id=found["key_id"], key=found["key"])
    journal.update(tx, consenting, kinds.LINK, found, {"claimed_by": me})
    asked.over(tx, telegram_id)
    return Actor(Role.CUSTOMER, language, "UTC", customer_id=customer_id, guest_id=guest_id, visitor=True)


class Consent(NamedTuple):
    """A consent: the guest's Telegram identity, when, and to which text."""

    telegram_id: int
    at: datetime
    version: str


def consented(tx: Tx, actor: Actor) -> Consent | None:
    """The consent of the guest who asks; None for anybody else."""
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=actor.guest_id)
    if row is None:
        return None
    telegram_id = int(str(unseal(row["key_id"], row["key"], row["sealed"])["telegram_id"]))
    return Consent(telegram_id, from_ms(row["consent_at"]), row["consent_version"])


def leave(tx: Tx, actor: Actor) -> None:
    """A guest withdraws their consent: they are nobody that we know from then on, and their link is spent.

    The row stays as a number that no other guest will get; who it was is gone from it, and from everywhere else. Raises
    NotAllowed.
    """
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=actor.guest_id)
    if row is None:
        raise NotAllowed
    _end(tx, actor, row)
    for gone in tx.all("SELECT * FROM guest_gone WHERE id = :id", id=actor.guest_id):
        _forget(tx, actor, gone)


def put_out(tx: Tx, actor: Actor, guest_id: int) -> int:
    """A member ends that somebody who came through a customer's link is here; whose link it was. Raises NotAllowed.

    Who it was stays in the row, so that it can be taken back, until they come through another link.
    """
    row, _ = access.row(tx, actor, Action.LINK, "guest", guest_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    _end(tx, actor, row)
    return int(row["customer_id"])


def _end(tx: Tx, actor: Actor, row: Row) -> None:
    for claimed in tx.all("SELECT * FROM link_door WHERE claimed_by = :me", me=row["digest"]):
        journal.update(tx, actor, kinds.LINK, claimed, {"deleted_at": to_ms(tx.now)})
    chat = unseal(row["key_id"], row["key"], row["sealed"])["chat_id"]
    tx.run("DELETE FROM sent WHERE chat_id = :chat", chat=chat)
    over: dict[str, object] = {"proven_at": None, "proven_by": None, "deleted_at": to_ms(tx.now)}
    journal.update(tx, actor, kinds.GUEST, row, over)


def _forget(tx: Tx, actor: Actor, row: Row) -> None:
    """Erases the Telegram identity from a guest's row and from the links that they used."""
    for claimed in tx.all("SELECT * FROM link_claimed WHERE claimed_by = :me", me=row["digest"]):
        journal.update(tx, actor, kinds.LINK, claimed, {"claimed_by": None})
    # A random digest is as unique as the real one was, and leads to nobody.
    nobody: dict[str, object] = {"digest": secrets.token_bytes(32), "telegram_id": None, "chat_id": None}
    journal.update(tx, actor, kinds.GUEST, row, nobody)


def chats(tx: Tx, customer_id: int) -> list[tuple[int, int, str]]:
    """Where a customer is reached, if they came through their link: guest id, chat and language of each."""
    rows = tx.all("SELECT * FROM guest_door WHERE customer_id = :id AND unreachable_at IS NULL", id=customer_id)
    return [
        (row["id"], int(str(unseal(row["key_id"], row["key"], row["sealed"])["chat_id"])), row["language"])
        for row in rows
    ]


def address(tx: Tx, guest_id: int) -> tuple[int, str] | None:
    """A guest's chat and language; None for one who has left or blocked the bot."""
    row = tx.one("SELECT * FROM guest_door WHERE id = :id AND unreachable_at IS NULL", id=guest_id)
    if row is None:
        return None
    return int(str(unseal(row["key_id"], row["key"], row["sealed"])["chat_id"])), row["language"]


def gone(tx: Tx, customer_id: int) -> bool:
    """Whether a customer came through their link and every chat with them has ended since: they blocked the bot."""
    rows = tx.all("SELECT unreachable_at FROM guest_door WHERE customer_id = :id", id=customer_id)
    return bool(rows) and all(row["unreachable_at"] is not None for row in rows)


def set_reachable(tx: Tx, telegram_id: int, reachable: bool) -> None:
    """Notes that a guest blocked the bot or came back."""
    row = tx.one("SELECT * FROM guest_door WHERE digest = :d", d=digest(tx, "telegram", str(telegram_id)))
    if row is not None:
        journal.update(tx, _actor(row), kinds.GUEST, row, {"unreachable_at": None if reachable else to_ms(tx.now)})


def set_quiet(tx: Tx, actor: Actor, quiet_at: int | None) -> None:
    """A guest wants nothing in this chat that they did not ask for, or does again. Raises NotAllowed."""
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=actor.guest_id)
    if row is None:
        raise NotAllowed
    if (row["quiet_at"] is None) != (quiet_at is None):
        journal.update(tx, actor, kinds.GUEST, row, {"quiet_at": quiet_at})


def set_language(tx: Tx, actor: Actor, language: str) -> None:
    """A guest chooses zh or en."""
    row = tx.one("SELECT * FROM guest_door WHERE id = :id", id=actor.guest_id)
    if row is not None and language in ("zh", "en"):
        journal.update(tx, actor, kinds.GUEST, row, {"language": language})


def _actor(row: Row) -> Actor:
    return Actor(
        Role.CUSTOMER, row["language"], "UTC", customer_id=row["customer_id"], guest_id=row["id"],
        visitor=row["proven_at"] is None,
    )  # fmt: skip


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
