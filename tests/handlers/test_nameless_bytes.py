"""Not a byte of the book is the Telegram id of who answered without a name: not where a row once was, either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from store import keys
from tests.handlers.telling import adds, says, taps, visits
from tests.handlers.test_campaigns import asks
from tests.handlers.test_nameless import fetched
from tests.house import Company
from tests.pictures import jpeg

#: So large that no other number, and no noise of sealed bytes, looks like it.
PERSON = 5_812_345_678
#: A picture whose bytes are in no other file.
CANARY = jpeg(0x4B454855)
PAGE, IV, RESERVED, SALT = 4_096, 16, 80, 16


def pages(company: Company) -> bytes:
    """The book as SQLite sees it, free space included, and its write-ahead log.

    SQLCipher's page (https://www.zetetic.net/sqlcipher/design/) ends in the IV and a MAC; the first begins with a salt.
    """
    key = keys.unlock(company.folder / "data/kehu.key", keys.KeyFile(company.folder / "secrets/master.key"))
    book = company.folder / "data/kehu.db"
    assert not list(Path(book.parent).glob("*-wal")), "closing the book empties its log"
    return b"".join(_opened(book.read_bytes(), key))


def _opened(content: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        iv = page[PAGE - RESERVED :][:IV]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        yield decryptor.update(page[SALT if start == 0 else 0 : PAGE - RESERVED])


def ways(number: int) -> list[bytes]:
    """A number as text, as a column's value, and as a row's key (https://www.sqlite.org/fileformat2.html)."""
    groups = [number & 0x7F]
    rest = number >> 7
    while rest:
        groups.append(rest & 0x7F | 0x80)
        rest >>= 7
    return [str(number).encode(), number.to_bytes(6, "big"), bytes(reversed(groups))]


def found(company: Company, people: range) -> set[int]:
    """Whose id is somewhere in the book."""
    plain = pages(company)
    assert "门店收银台".encode() in plain  # or nothing could be found
    return {person for person in people if any(way in plain for way in ways(person))}


async def test_no_byte_of_a_photo_or_of_telegrams_names_for_it_is_in_the_clear(company: Company) -> None:
    """Of a customer in an anonymous campaign, and of a stranger in one with names."""
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    passer = await company.people.person("Passer", language="zh", id=PERSON)
    traces = set()
    for person, link in ((passer, await asks(company, naming="老客户记名")), (zhang, await asks(company))):
        await person.opens(link)
        await taps(person, "2 ★", "收到 2 分")
        for one in (
            await person.sends_photo(CANARY),
            await person.sends_voice(CANARY),
            await person.sends_video(CANARY),
        ):
            await person.sees("没有记是谁发的")
            told = one.raw["photo"][-1] if "photo" in one.raw else one.raw.get("voice") or one.raw["video"]
            traces |= {told["file_id"].encode(), told["file_unique_id"].encode()}
        await taps(person, "就这些", "谢谢，已经收到")
    await fetched(company)
    await company.stop()
    plain = pages(company)
    assert "门店收银台".encode() in plain  # or nothing could be found
    assert {trace for trace in (*traces, CANARY) if trace in plain} == set()
    assert found(company, range(PERSON, PERSON + 1)) == set()


async def test_no_byte_is_their_telegram_id(company: Company) -> None:
    link = await asks(company)
    people = range(PERSON, PERSON + 9)
    for place, number in enumerate(people):
        passer = await company.people.person("Passer", language="zh", id=number)
        await passer.opens(link)
        await taps(passer, "4 ★", "收到 4 分")
        if place == 0:
            continue  # still at it
        if place % 2:
            await says(passer, "店员很热情", "谢谢，已经收到")
        else:
            await taps(passer, "跳过", "谢谢，已经收到")
    await company.stop()
    assert found(company, people) == {PERSON}
    await company.start()
    await company.moves(by=timedelta(minutes=11))
    await company.stop()
    assert found(company, people) == set()
