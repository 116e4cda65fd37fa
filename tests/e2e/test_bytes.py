"""Whoever copies the data folder learns nothing: no byte of a name, phone or note, nor of the token, is in any file.

`pytest tests/e2e/test_bytes.py --minutes 60` is the long proof.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from bot.clock import Clock
from bot.config import as_toml
from bot.demo.standin import People, Person, StandIn
from store.keys import write_private
from tests.e2e.process import Process
from tests.house import STAFF, TOKEN, make_book

#: What may not be found anywhere: as it was typed, as it is kept, and in the encodings in which memory spills.
NAMES = ("金丝雀", "Canarywharf")
_SURNAMES = "金钱钟邱邹邵邢郑"
_GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
NOTE = "canarynote绝密"


def name(serial: int) -> str:
    """A name that no two customers share, of characters only, as names are."""
    if serial < 10:
        return f"{NAMES[0]}{_GIVEN[serial]}"
    rest, last = divmod(serial, len(_GIVEN))
    surname, first = divmod(rest, len(_GIVEN))
    return f"{_SURNAMES[surname]}{_GIVEN[first]}{_GIVEN[last]}"


def needles(serial: int) -> list[bytes]:
    """The bytes of one customer that must be nowhere, and of the token."""
    texts = [name(serial), f"{NAMES[1]}{serial}", f"{NOTE}{serial}", f"1397{serial:07}", TOKEN]
    return [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "gb18030")] + [
        NAMES[0].encode(), NOTE.encode(), NAMES[1].encode(), TOKEN[10:].encode(),
    ]  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Everything that the process writes: the book with its log, temporary files, its own log. Not the secrets."""
    for part in ("data", "tmp"):
        yield from (path for path in (folder / part).rglob("*") if path.is_file())
    yield folder / "stderr.log"


def search(folder: Path, serials: range) -> int:
    """Raises AssertionError where a needle is found; how many bytes were looked at."""
    looked = 0
    for path in files(folder):
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # a temporary file that has gone meanwhile
            continue
        looked += len(content)
        for needle in itertools.chain.from_iterable(needles(serial) for serial in serials):
            assert needle not in content, f"{needle!r} stands in {path.name}"
    return looked


async def test_no_plain_byte_during_and_after_a_busy_time(tmp_path: Path, minutes: float) -> None:
    folder = tmp_path / "company"
    await make_book(folder, Clock())
    (folder / "tmp").mkdir()
    write_private(folder / "secrets/token", TOKEN.encode())
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    settings: dict[str, object] = {
        "log_level": "debug",
        "telegram": {
            "token_file": "secrets/token", "base_url": standin.base_url, "base_file_url": standin.base_file_url,
        },
        "telegram.limits": {"per_second": 10000.0, "chat_per_second": 10000.0, "chat_burst": 1000},
    }  # fmt: skip
    (folder / "config.toml").write_text(as_toml(settings))
    try:
        temporary = {"TMPDIR": str(folder / "tmp"), "SQLITE_TMPDIR": str(folder / "tmp")}
        async with Process(folder, environment=temporary) as bot, People(standin.url) as people:
            li = await people.person("李雷", language="zh", id=STAFF["li"][0], started=True)
            serial = 0
            deadline = time.monotonic() + minutes * 60
            while time.monotonic() < deadline or serial < 5:
                await _busy(li, serial)
                serial += 1
                if serial % 5 == 0:
                    assert await asyncio.to_thread(search, folder, range(max(0, serial - 20), serial)) > 100_000
            assert await bot.terminate() == 0
            looked = await asyncio.to_thread(search, folder, range(serial))
            assert looked > 100_000, "there was something to look at"
            assert name(serial - 1) in li.transcript(), "and the words were really used"
    finally:
        await standin.stop()


async def _busy(li: Person, serial: int) -> None:
    await li.says(f"{name(serial)} 1397{serial:07} {NAMES[1]}{serial} Ltd")
    await li.sees("对吗", within=60)
    await li.taps("保存")
    await li.sees("已保存", within=60)
    await li.says(f"1397{serial:07}")
    await li.sees(name(serial), within=60)
    await li.taps("记一笔")
    await li.sees("记什么", within=60)
    await li.says(f"{NOTE}{serial}")
    await li.sees("已记下", within=60)
    await li.taps("记录")
    await li.sees(f"{NOTE}{serial}", within=60)
    await li.says(f"找 {NAMES[1]}{serial}")
    await li.sees(f"{NAMES[1]}{serial}", within=60)
