"""The data key and what wraps it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from store import keys
from store.errors import Unusable
from store.keys import KeyFile, Passphrase


def test_a_key_file_unlocks_what_it_locked(tmp_path: Path) -> None:
    keys.new_key_file(tmp_path / "master.key")
    made = keys.create(tmp_path / "kehu.key", KeyFile(tmp_path / "master.key"))
    assert len(made) == 32
    assert keys.unlock(tmp_path / "kehu.key", KeyFile(tmp_path / "master.key")) == made


def test_a_passphrase_unlocks_what_it_locked_and_another_does_not(tmp_path: Path) -> None:
    made = keys.create(tmp_path / "kehu.key", Passphrase("天王盖地虎"))
    assert keys.unlock(tmp_path / "kehu.key", Passphrase("天王盖地虎")) == made
    with pytest.raises(Unusable) as refused:
        keys.unlock(tmp_path / "kehu.key", Passphrase("宝塔镇河妖"))
    assert (refused.value.key, refused.value.code) == ("key_wrong", 13)


def test_another_key_file_does_not_fit(tmp_path: Path) -> None:
    for name in ("mine", "theirs"):
        keys.new_key_file(tmp_path / name)
    keys.create(tmp_path / "kehu.key", KeyFile(tmp_path / "mine"))
    with pytest.raises(Unusable) as refused:
        keys.unlock(tmp_path / "kehu.key", KeyFile(tmp_path / "theirs"))
    assert refused.value.key == "key_wrong"


def test_secrets_are_for_their_owner_only_and_are_never_replaced(tmp_path: Path) -> None:
    keys.new_key_file(tmp_path / "master.key")
    keys.create(tmp_path / "kehu.key", KeyFile(tmp_path / "master.key"))
    for name in ("master.key", "kehu.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        keys.new_key_file(tmp_path / "master.key")
    with pytest.raises(FileExistsError):
        keys.create(tmp_path / "kehu.key", KeyFile(tmp_path / "master.key"))


@pytest.mark.parametrize("part", ["salt", "nonce", "wrapped", "method", "format"])
def test_a_changed_envelope_is_noticed(tmp_path: Path, part: str) -> None:
    envelope = tmp_path / "kehu.key"
    keys.create(envelope, Passphrase("words"))
    slot = json.loads(envelope.read_text())
    slot[part] = slot[part] + 1 if part == "format" else "A" + slot[part][1:] if slot[part][0] != "A" else "B"
    envelope.write_text(json.dumps(slot))
    with pytest.raises(Unusable):
        keys.unlock(envelope, Passphrase("words"))


@pytest.mark.parametrize("content", ["", "not base64 !", "c2hvcnQ="])
def test_what_is_no_key_file_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    keys.new_key_file(tmp_path / "master.key")
    keys.create(tmp_path / "kehu.key", KeyFile(tmp_path / "master.key"))
    (tmp_path / "other").write_text(content)
    with pytest.raises(Unusable) as refused:
        keys.unlock(tmp_path / "kehu.key", KeyFile(tmp_path / "other"))
    assert refused.value.key == "key_file_unreadable"
