"""The data key and what wraps it.

The file is encrypted with 32 random bytes, the data key. It lies beside the database in `<name>.key`, wrapped by
AES-256-GCM under a key that is kept elsewhere: a key file, a passphrase stretched with Argon2id, or a systemd
credential. Whoever copies the data folder has neither.

    create(path, KeyFile(Path("secrets/master.key")))
    key = unlock(path, KeyFile(Path("secrets/master.key")))

The envelope is JSON, versioned, and names its method; the nonce is random, and the version and method are
authenticated.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from store.errors import Unusable

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
#: RFC 9106, section 4, second recommended option: 64 MiB, 3 passes.
ARGON2_MEMORY_KIB = 64 * 1024
ARGON2_PASSES = 3


@dataclass(frozen=True)
class KeyFile:
    """32 random bytes in base64, in a file of its own (also the form of a systemd credential)."""

    path: Path
    method = "file"

    def derive(self, salt: bytes) -> bytes:
        """The wrapping key; the salt is not needed, the file is random already. Raises Unusable."""
        del salt
        try:
            raw = base64.b64decode(self.path.read_text(encoding="ascii").strip(), validate=True)
        except (OSError, ValueError):
            raise Unusable("key_file_unreadable", 12, path=str(self.path)) from None
        if len(raw) != KEY_BYTES:
            raise Unusable("key_file_unreadable", 12, path=str(self.path))
        return raw


@dataclass(frozen=True)
class Passphrase:
    """Words that a person remembers, stretched with Argon2id (RFC 9106)."""

    words: str
    method = "passphrase"

    def derive(self, salt: bytes) -> bytes:
        """The wrapping key: a fifth of a second and 64 MiB, on purpose."""
        kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=ARGON2_PASSES, lanes=1, memory_cost=ARGON2_MEMORY_KIB)
        return kdf.derive(self.words.encode())


Wrapper = KeyFile | Passphrase


def new_key_file(path: Path) -> None:
    """Writes a fresh key file that only its owner may read. Raises FileExistsError rather than replace one."""
    write_private(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")


def create(envelope: Path, wrapper: Wrapper) -> bytes:
    """Makes a data key and writes it, wrapped, to `envelope`. Raises FileExistsError rather than replace one."""
    key = secrets.token_bytes(KEY_BYTES)
    write_private(envelope, json.dumps(wrap(key, wrapper), indent=1).encode())
    return key


def unlock(envelope: Path, wrapper: Wrapper) -> bytes:
    """The data key. Raises Unusable when the envelope is missing or damaged, or the wrapping key is another one."""
    try:
        slot = json.loads(envelope.read_text(encoding="utf-8"))
        if slot["format"] != FORMAT:
            raise Unusable("key_newer", 17, path=str(envelope))
        salt, nonce, wrapped = (base64.b64decode(slot[part]) for part in ("salt", "nonce", "wrapped"))
        method = slot["method"]
    except (OSError, ValueError, KeyError, TypeError):
        raise Unusable("key_envelope_unreadable", 12, path=str(envelope)) from None
    if method != wrapper.method:
        raise Unusable("key_wrong", 13)
    try:
        return AESGCM(wrapper.derive(salt)).decrypt(nonce, wrapped, _associated(method))
    except InvalidTag:
        raise Unusable("key_wrong", 13) from None


def wrap(key: bytes, wrapper: Wrapper) -> dict[str, object]:
    """The envelope of a data key: what stands in the file beside the database."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(wrapper.derive(salt)).encrypt(nonce, key, _associated(wrapper.method))
    parts = {"salt": salt, "nonce": nonce, "wrapped": wrapped}
    return {"format": FORMAT, "method": wrapper.method} | {n: base64.b64encode(b).decode() for n, b in parts.items()}


def _associated(method: str) -> bytes:
    return f"kehu data key, format {FORMAT}, {method}".encode()


def write_private(path: Path, content: bytes) -> None:
    """Writes a new file that only its owner may read (0600), flushed to the disk. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
