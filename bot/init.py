"""`kehu init`: a configuration, a key file and an empty encrypted book, all for their owner's eyes only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.book import open_book
from bot.clock import Clock
from bot.config import as_toml, load
from store import keys, staff
from store.db import Book
from store.errors import Unusable
from store.keys import write_private
from store.rules.models import Role


def init(options: argparse.Namespace) -> int:
    """Makes everything that `kehu run` needs but the token itself. Refuses to replace anything; never needs the
    network.
    """
    path: Path = options.config.absolute()
    folder = path.parent
    book, envelope, key = folder / "data/kehu.db", folder / "data/kehu.key", folder / "secrets/master.key"
    for existing in (path, book, envelope, key):
        if existing.exists():
            raise Unusable("config_exists", 22, path=str(existing))
    answers = _ask(options)
    zone = answers["timezone"]
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise Unusable("timezone_unknown", 11, zone=zone) from None
    for made in (folder, folder / "data", folder / "secrets"):
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
    token_file = Path(answers["token_file"]).absolute() if answers["token_file"] else folder / "secrets/token"
    keys.new_key_file(key)
    data_key = keys.create(envelope, keys.KeyFile(key))
    write_private(path, _settings(answers, token_file, folder).encode())
    code = asyncio.run(_begin(book, data_key))
    _say(f"Configuration: {path}")
    if not token_file.exists():
        _say(f"Put the bot's token from BotFather into {token_file} (chmod 600).")
    _say(f"Start the bot:  kehu run --config {path}")
    _say("Then send it this within 24 hours; whoever sends it first is the owner:")
    _say(f"/start {code}")
    return 0


def _ask(options: argparse.Namespace) -> dict[str, str]:
    def answer(given: object, question: str, default: str) -> str:
        if given is not None:
            return str(given)
        if options.yes or not sys.stdin.isatty():
            return default
        return input(f"{question} [{default}]: ").strip() or default

    return {
        "token_file": answer(options.token_file, "File that holds the bot's token", ""),
        "timezone": answer(options.timezone, "Time zone", "Asia/Shanghai"),
        "language": answer(options.language, "Language (zh or en)", "zh"),
    }


def _settings(answers: dict[str, str], token_file: Path, folder: Path) -> str:
    inside = token_file.is_relative_to(folder)
    return "# Every setting: config.example.toml\n" + as_toml(
        {
            "language": answers["language"],
            "timezone": answers["timezone"],
            "data": {"file": "data/kehu.db"},
            "key": {"file": "secrets/master.key"},
            "telegram": {"token_file": token_file.relative_to(folder) if inside else token_file},
        }
    )


async def _begin(path: Path, key: bytes) -> str:
    book = await Book.open(path, key, clock=Clock())
    try:
        return await book.write(lambda tx: staff.invite(tx, None, Role.OWNER, None, hours=staff.OWNER_CODE_HOURS))
    finally:
        await book.close()


def owner_code(path: Path) -> int:
    """`kehu owner-code`: prints a fresh code; works while the bot runs."""

    async def make() -> str:
        book = await open_book(load(path), Clock())
        try:
            return await book.write(lambda tx: staff.invite(tx, None, Role.OWNER, None, hours=staff.OWNER_CODE_HOURS))
        finally:
            await book.close()

    _say(f"/start {asyncio.run(make())}")
    return 0


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the answer of a command
