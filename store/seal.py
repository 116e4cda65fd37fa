"""Personal data under a key of its own: the one place where words become bytes and bytes become words.

Every sealed row names a key in `seal_key`. Erasing a customer deletes that customer's keys; what was sealed with them
is noise from then on, in this file and in every backup of it.

Format: one version byte, a random 12-byte nonce, and AES-256-GCM over JSON, bound to the key's id, so that a sealed
value can't be moved under another row's key unnoticed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic_core import from_json, to_json

from store.db import Tx

FORMAT = b"\x01"
#: Of bytes as they are, a part of a file.
FORMAT_PART = b"\x02"
_NONCE = 12


def new_key(tx: Tx, customer_id: int | None = None) -> tuple[int, bytes]:
    """Makes a key for a customer (or for words that belong to nobody known): its id and its 32 bytes."""
    key = secrets.token_bytes(32)
    key_id = tx.insert(
        "INSERT INTO seal_key (customer_id, key) VALUES (:customer_id, :key)", customer_id=customer_id, key=key
    )
    return key_id, key


def seal(key_id: int, key: bytes, values: dict[str, object]) -> bytes:
    """JSON values as sealed bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, to_json(values), b"%d" % key_id)


def unseal(key_id: int, key: bytes, sealed: bytes) -> dict[str, object]:
    """The values again. Raises cryptography's InvalidTag when the bytes or the key are not the ones that were
    sealed.
    """
    nonce, text = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    values: dict[str, object] = from_json(AESGCM(key).decrypt(nonce, text, b"%d" % key_id))
    return values


def seal_part(key_id: int, key: bytes, data: bytes, place: tuple[int, int]) -> bytes:
    """A part of a file as sealed bytes, bound to its `place` (which file, which part): parts can't be changed about."""
    nonce = secrets.token_bytes(_NONCE)
    return FORMAT_PART + nonce + AESGCM(key).encrypt(nonce, data, b"%d:%d:%d" % (key_id, *place))


def unseal_part(key_id: int, key: bytes, sealed: bytes, place: tuple[int, int]) -> bytes:
    """The part again. Raises InvalidTag as `unseal` does."""
    nonce, data = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    return AESGCM(key).decrypt(nonce, data, b"%d:%d:%d" % (key_id, *place))


def digest(tx: Tx, kind: str, value: str) -> bytes:
    """A keyed hash of a contact or an identity: equal values meet, nobody can try values without the file's pepper."""
    return hmac.digest(tx.pepper, f"{kind}:{value}".encode(), hashlib.sha256)
