"""The command as people at a terminal meet it: init, run, check, and one clear line for everything that is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.standin import Fault, People, StandIn
from store import keys
from tests.e2e.process import ROOT, Process
from tests.house import TOKEN


def kehu(
    *arguments: object, environment: dict[str, str] | None = None, seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)], capture_output=True, text=True, timeout=seconds,
        check=False, cwd=ROOT, env=os.environ | (environment or {}), stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    yield standin
    await standin.stop()


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a token, and beside it one in which `kehu init` has been."""
    folder = tmp_path_factory.mktemp("initialised")
    (folder / "token").write_text(TOKEN)
    done = kehu("init", "--config", folder / "c/config.toml", "--token-file", folder / "token", "--yes")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def made(initialised: Path, tmp_path: Path) -> Path:
    """A folder as `kehu init` leaves it, to spoil."""
    shutil.copytree(initialised, tmp_path, dirs_exist_ok=True)
    config = tmp_path / "c/config.toml"
    config.write_text(config.read_text().replace(str(initialised), str(tmp_path)))
    return tmp_path / "c"


def environment_of(standin: StandIn) -> dict[str, str]:
    """The stand-in as the Bot API server, by environment."""
    return {
        "KEHU_TELEGRAM__BASE_URL": standin.base_url,
        "KEHU_TELEGRAM__BASE_FILE_URL": standin.base_file_url,
    }


def test_init_makes_everything_private_and_names_the_token_without_copying_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    done = kehu(
        "init", "--config", tmp_path / "c/config.toml", "--token-file", tmp_path / "token",
        "--timezone", "Europe/London", "--language", "en", "--yes",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(r"^/start [\w-]{22}$", done.stdout, re.MULTILINE)
    config = (tmp_path / "c/config.toml").read_text()
    assert str(tmp_path / "token") in config
    assert 'timezone = "Europe/London"' in config
    for path in (tmp_path / "c").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, f"{path.name} is private"
        assert path.is_dir() or TOKEN.encode() not in path.read_bytes()


def test_init_refuses_to_overwrite(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    again = kehu("init", "--config", made / "config.toml", "--yes")
    assert again.returncode == 22
    assert "left as it is" in again.stderr
    assert before == {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}


def test_owner_code_prints_a_fresh_code(made: Path) -> None:
    codes = {kehu("owner-code", "--config", made / "config.toml").stdout for _ in range(2)}
    assert len(codes) == 2
    assert all(re.fullmatch(r"/start [\w-]{22}\n", code) for code in codes)


async def test_the_first_who_sends_the_code_is_the_owner(tmp_path: Path, standin: StandIn) -> None:
    (tmp_path / "token").write_text(TOKEN)
    done = await asyncio.to_thread(
        kehu, "init", "--config", tmp_path / "c/config.toml", "--token-file", tmp_path / "token", "--yes"
    )
    code = re.findall(r"/start \S+", done.stdout)[0]
    async with Process(tmp_path / "c", environment=environment_of(standin)) as bot, People(standin.url) as people:
        boss, other = await people.person("陈立", language="zh"), await people.person("Mallory", language="en")
        await boss.starts(code.removeprefix("/start "))
        await boss.sees("你是负责人", within=30)
        await other.starts(code.removeprefix("/start "))
        await other.sees("used or expired", within=30)
        async with asyncio.timeout(5):
            assert await bot.terminate() == 0, bot.said()


async def test_check_looks_at_everything_a_line_each(made: Path, standin: StandIn) -> None:
    done = await asyncio.to_thread(kehu, "check", "--config", made / "config.toml", environment=environment_of(standin))
    assert done.returncode == 0, done.stderr
    lines = dict(re.findall(r"^(\w+): +(.*)$", done.stdout, re.MULTILINE))
    assert lines == {
        "configuration": "sound", "key": "fits", "encryption": "sound", "database": "sound",
        "migrations": "up to date", "telegram": "answers as @kehu_test_bot",
    }  # fmt: skip


def _unknown_setting(folder: Path) -> None:
    config = folder / "config.toml"
    config.write_text("tiemzone = 'x'\n" + config.read_text())


def _wrong_value(folder: Path) -> None:
    config = folder / "config.toml"
    config.write_text(config.read_text().replace("Asia/Shanghai", "Asia/Atlantis"))


def _no_key(folder: Path) -> None:
    (folder / "secrets/master.key").unlink()


def _wrong_key(folder: Path) -> None:
    (folder / "secrets/master.key").write_text("A" * 43 + "=")


def _plain(folder: Path) -> None:
    for path in (folder / "data").glob("kehu.db*"):
        path.unlink()
    with sqlite3.connect(folder / "data/kehu.db") as plain:
        plain.execute("CREATE TABLE t (n)")


def _damaged(folder: Path) -> None:
    book = folder / "data/kehu.db"
    content = bytearray(book.read_bytes())
    content[2000:2100] = secrets.token_bytes(100)
    book.write_bytes(content)


def _no_book(folder: Path) -> None:
    (folder / "data/kehu.db").unlink()


def _no_token(folder: Path) -> None:
    (folder.parent / "token").write_text("")


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (_unknown_setting, 11, "tiemzone"),
        (_wrong_value, 11, "timezone"),
        (_no_key, 12, "key file"),
        (_wrong_key, 13, "does not fit"),
        (_plain, 14, "not encrypted"),
        (_damaged, 16, "damaged"),
        (_no_book, 19, "no book"),
        (_no_token, 18, "token"),
    ],
)
def test_what_is_wrong_is_one_line_and_a_code_of_its_own(made: Path, spoil: object, code: int, words: str) -> None:
    assert callable(spoil)
    spoil(made)
    done = kehu("run", "--config", made / "config.toml")
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert TOKEN not in done.stderr


def test_there_is_no_configuration(tmp_path: Path) -> None:
    done = kehu("run", "--config", tmp_path / "config.toml")
    assert (done.returncode, "kehu init" in done.stderr) == (10, True)


async def test_a_wrong_token_and_an_unreachable_server(made: Path, standin: StandIn) -> None:
    (made.parent / "token").write_text("99999999:" + "x" * 35)
    wrong = await asyncio.to_thread(kehu, "run", "--config", made / "config.toml", environment=environment_of(standin))
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (20, 1), wrong.stderr
    nowhere = {"KEHU_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot"}
    away = await asyncio.to_thread(kehu, "run", "--config", made / "config.toml", environment=nowhere)
    assert (away.returncode, len(away.stderr.splitlines())) == (21, 1), away.stderr


async def test_two_bots_on_one_book_are_one_too_many(made: Path, standin: StandIn) -> None:
    environment = environment_of(standin)
    async with Process(made, environment=environment) as first, People(standin.url) as people:
        someone = await people.person("路人", language="zh")
        await someone.starts()
        await someone.sees("这里只为", within=30)
        second = await asyncio.to_thread(kehu, "run", "--config", made / "config.toml", environment=environment)
        assert (second.returncode, "in use" in second.stderr) == (15, True)
        assert await first.terminate() == 0


async def test_a_token_that_is_revoked_while_it_runs_ends_it_with_its_code(made: Path, standin: StandIn) -> None:
    async with Process(made, environment=environment_of(standin)) as bot, People(standin.url) as people:
        someone = await people.person("路人", language="zh")
        await someone.starts()
        await someone.sees("这里只为", within=30)
        standin.faults.add(Fault(kind="error", method="getUpdates", code=401))
        await someone.says("?")
        async with asyncio.timeout(40):
            assert await bot.ended() == 20, bot.said()


@pytest.mark.parametrize("way", ["passphrase", "passphrase file", "credential"])
def test_each_way_of_keeping_the_key_unlocks_the_book(made: Path, way: str) -> None:
    """The same data key, wrapped anew for a passphrase, or its key file handed over as a systemd credential."""
    config = made / "config.toml"
    if way == "credential":
        (made / "credentials").mkdir()
        (made / "secrets/master.key").rename(made / "credentials/kehu-key")
        config.write_text(config.read_text().replace('file = "secrets/master.key"', 'credential = "kehu-key"'))
        environment = {"CREDENTIALS_DIRECTORY": str(made / "credentials")}
    else:
        _rewrap(made, "correct horse 电池")
        environment = {}
        if way == "passphrase":
            environment["KEHU_KEY__PASSPHRASE"] = "correct horse 电池"
        else:
            (made / "secrets/passphrase").write_text("correct horse 电池\n")
            named = 'passphrase_file = "secrets/passphrase"'
            config.write_text(config.read_text().replace('file = "secrets/master.key"', named))
    nowhere = {"KEHU_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot"}
    done = kehu("check", "--config", config, environment=environment | nowhere)
    assert "fits" in done.stdout, done.stderr
    assert done.returncode == 21, "only Telegram is missing here"
    if way == "passphrase":
        wrong = kehu("check", "--config", config, environment={"KEHU_KEY__PASSPHRASE": "wrong"})
        assert (wrong.returncode, len(wrong.stderr.splitlines())) == (13, 1)


def _rewrap(folder: Path, passphrase: str) -> None:
    envelope = folder / "data/kehu.key"
    key = keys.unlock(envelope, keys.KeyFile(folder / "secrets/master.key"))
    envelope.unlink()
    (folder / "secrets/master.key").unlink()
    keys.write_private(envelope, json.dumps(keys.wrap(key, keys.Passphrase(passphrase))).encode())
