"""Nothing in the book says who gave feedback without a name, or who has left: every row of every table is read, and
unsealed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.demo.standin import Fault
from store import journal
from store.db import Row, Tx
from store.seal import unseal, unseal_part
from tests.handlers.telling import adds, says, taps, visits
from tests.handlers.test_campaigns import asks, scans
from tests.house import Company
from tests.personal_columns import COLUMNS
from tests.pictures import OGG, jpeg

T = TypeVar("T")

#: What a person is hashed for: as a guest, as a stranger, as one who answered a campaign.
HASHED = ("telegram", "answer", "try", "campaign 1", "campaign 2", "unnamed", "unnamed over", "files")


@dataclass(frozen=True)
class Marks:
    """How a row can name a person (`who`, `whose`) or a feedback (`id`, `key`, `changes`, `times`)."""

    who: re.Pattern[str]
    whose: dict[str, object]
    id: int
    key: int
    changes: set[object]
    times: set[object]

    def person(self, row: dict[str, object]) -> bool:
        """Whether it names them: their Telegram id, a keyed hash of it, or the customer and guest that they are."""
        if any(row.get(column) == value for column, value in self.whose.items() if value is not None):
            return True
        return any(self.who.search(_text(value)) for value in row.values())

    def feedback(self, table: str, row: dict[str, object]) -> bool:
        """Whether it is about the feedback: itself, its journal, what names it or was written in the same instant."""
        if table == "feedback" or row.get("record") == "feedback":
            return self.id in (row.get("record_id"), row["id"] if table == "feedback" else None)
        if row.get("key_id") == self.key or (table == "change" and row["id"] in self.changes):
            return True
        named = re.compile(rf'"feedback"\W+{self.id}\b|\bfb\w*:{self.id}\b|feedback:{self.id}\b')
        return bool(self.times & set(row.values())) or any(named.search(_text(value)) for value in row.values())


def _text(value: object) -> str:
    return f"{value.decode(errors='replace')} {value.hex()}" if isinstance(value, bytes) else str(value)


def _hashes(tx: Tx, person: int) -> list[str]:
    peppers = [row["value"] for row in tx.all("SELECT value FROM secret")]
    return [hmac.digest(key, f"{what}:{person}".encode(), hashlib.sha256).hex() for key in peppers for what in HASHED]


def _names(person: int, hashes: list[str]) -> re.Pattern[str]:
    return re.compile("|".join([rf"(?<!\d){person}(?!\d)", *hashes]))


def _marks(tx: Tx, person: int, feedback_id: int) -> Marks:
    hashes = _hashes(tx, person)
    given = tx.one("SELECT * FROM feedback WHERE id = :id", id=feedback_id)
    assert given is not None
    changes = tx.all("SELECT DISTINCT g.* FROM entry e JOIN change g ON g.id = e.change_id WHERE e.key_id = :key",
                     key=given["key_id"])  # fmt: skip
    hung = tx.all("SELECT * FROM attachment WHERE record = 'feedback' AND record_id = :id", id=feedback_id)
    guest = next((row for row in tx.all("SELECT * FROM guest") if row["digest"].hex() in hashes), None)
    return Marks(
        who=_names(person, hashes),
        whose={"customer_id": guest and guest["customer_id"], "guest_id": guest and guest["id"]},
        id=feedback_id, key=given["key_id"],
        changes={row["id"] for row in changes},
        times={row["at"] for row in changes}
        | {one[at] for one in (given, *hung) for at in ("created_at", "updated_at")},
    )  # fmt: skip


def _opened(row: Row, keys: dict[int, bytes]) -> dict[str, object]:
    """A row with everything in it unsealed that has a key."""
    plain: dict[str, object] = dict(row)
    if "place" in plain and "attachment_id" in plain and plain["key_id"] in keys:
        place = (row["attachment_id"], row["place"])
        return plain | {"sealed": unseal_part(row["key_id"], keys[row["key_id"]], row["sealed"], place)}
    for column in ("sealed", "before", "after", "handle"):
        if plain.get(column) and plain.get("key_id") in keys:
            plain[column] = str(unseal(row["key_id"], keys[row["key_id"]], row[column]))
    return plain


def _rows(tx: Tx) -> Iterator[tuple[str, dict[str, object]]]:
    """Every row of every table, unsealed."""
    keys = {row["id"]: row["key"] for row in tx.all("SELECT * FROM seal_key")}
    for table in COLUMNS.keys() - {"customer_token", "customer_token_data"}:  # an index; its words are elsewhere
        for row in tx.all(f"SELECT * FROM {table}"):
            yield table, _opened(row, keys)


def _ties(tx: Tx, person: int, feedback_id: int) -> set[str]:
    marks = _marks(tx, person, feedback_id)
    return {table for table, row in _rows(tx) if marks.person(row) and marks.feedback(table, row)}


async def names(company: Company, person: int) -> set[str]:
    """The tables with a row that says who a person is on Telegram; the chain of the journal holds."""

    def look(tx: Tx) -> set[str]:
        assert journal.verify(tx)[1] is None
        who = _names(person, _hashes(tx, person))
        on_its_way = ("outbox", None)  # an answer is forgotten once Telegram has it
        return {
            table
            for table, row in _rows(tx)
            if (table, row.get("ended_at")) != on_its_way and any(who.search(_text(value)) for value in row.values())
        }

    return await company.inspects(look)


async def ties(company: Company, person: int, feedback_id: int) -> set[str]:
    """The tables with a row that ties a feedback to a person."""
    return await company.inspects(lambda tx: _ties(tx, person, feedback_id))


async def test_who_has_left_is_nobody_any_more(company: Company) -> None:
    """After a case, a new link in between and another language, somebody withdraws their consent."""
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await says(zhang, "少了两箱", "这段话要怎么办")
    await taps(zhang, "请处理这个问题", "#1")
    await says(company.li, "张三", "张三")
    await taps(company.li, "客户链接", "t.me")
    await taps(company.li, "换新链接", "旧链接已作废")
    await says(zhang, "/settings", "语言")
    await taps(zhang, "English", "English")
    assert await names(company, zhang.id) == {"guest", "link", "sent"}
    await zhang.forges(zhang.last, "g.leave.now")
    await zhang.sees("Withdrawn")
    assert await names(company, zhang.id) == set()


async def test_an_anonymous_answer_is_nobodys(company: Company) -> None:
    """Two customers whom the book knows and two strangers: one writes a word, one none, one can't be answered."""
    await adds(company.li, "张三 13800138000")
    await adds(company.li, "李四 13900139000")
    zhang, si = await visits(company, "张三"), await visits(company, "李四")
    link = await asks(company)
    passer = await scans(company, link)
    for person, word in ((zhang, "老板太凶"), (passer, "灯太暗")):
        await person.opens(link)
        await taps(person, "1 ★", "收到 1 分")
        await says(person, word, "谢谢，已经收到")
    silent = await scans(company, link)
    await taps(silent, "2 ★", "收到 2 分")
    assert await ties(company, silent.id, 3) == {"draft"}  # while a word may follow, and no longer
    await si.opens(link)
    company.standin.faults.add(Fault("error", "editMessageText", chat=si.id, code=403))
    await si.taps("3 ★")
    await si.sees_nothing()
    await company.moves(by=timedelta(minutes=11))
    for place, person in enumerate((zhang, passer, silent, si), 1):
        assert await ties(company, person.id, place) == set()


async def fetched(company: Company) -> None:
    """What people sent has come from Telegram."""
    while await company.inspects(lambda tx: tx.value("SELECT count(*) FROM attachment_due")):
        await company.moves(by=timedelta(seconds=5))


def _mentions(tx: Tx, words: set[str]) -> set[str]:
    return {table for table, row in _rows(tx) if any(word in _text(value) for word in words for value in row.values())}


def _alike(tx: Tx) -> set[str]:
    """What the rows of a photo have in common that was sent with a name first and without one then."""
    keys = {row["id"]: row["key"] for row in tx.all("SELECT * FROM seal_key")}
    photos = tx.all("SELECT * FROM attachment WHERE kind = 'photo' ORDER BY id LIMIT 2")
    named, unnamed = (_opened(row, keys) for row in photos)
    assert (named["customer_id"], unnamed["customer_id"]) == (1, None)
    return {name for name, value in named.items() if value is not None and value == unnamed[name]}


def _causes(tx: Tx) -> set[object]:
    """By what the journal says that files came without a name."""
    of_nobody = "SELECT change_id FROM entry WHERE record = 'attachment' AND customer_id IS NULL"
    return {row["cause"] for row in tx.all(f"SELECT cause FROM change WHERE id IN ({of_nobody})")}


async def test_a_photo_a_voice_and_a_video_are_nobodys(company: Company) -> None:
    """Of a customer in an anonymous campaign and of a stranger in one with names; the customer has sent the same photo
    under their name.
    """
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.sends_photo(jpeg(1), caption="箱子破了")
    await taps(zhang, "请处理这个问题", "#1")
    await fetched(company)
    company.standin.faults.add(Fault("error", "getFile", code=502))  # they are on their way for a while
    passer = await scans(company, await asks(company, naming="老客户记名"))
    await zhang.opens(await asks(company))
    handles: set[str] = set()
    for person in (zhang, passer):
        await taps(person, "2 ★", "照片、语音、视频")
        sent = [
            await person.sends_photo(jpeg(1)), await person.sends_voice(OGG), await person.sends_video_note(b"moving")
        ]  # fmt: skip
        for one in sent:
            await person.sees("没有记是谁发的")
            told = one.raw["photo"][-1] if "photo" in one.raw else one.raw.get("voice") or one.raw["video_note"]
            handles |= {told["file_id"], told["file_unique_id"]}
        await company.app.jobs.tick()
    for place, person in enumerate((zhang, passer), 1):
        assert await ties(company, person.id, place) == {"draft"}
    assert await company.inspects(lambda tx: _mentions(tx, handles)) == {"attachment"}
    await company.moves(by=timedelta(minutes=11))
    for place, person in enumerate((zhang, passer), 1):
        assert await ties(company, person.id, place) == set()
    company.standin.faults.clear()
    await fetched(company)
    assert await company.inspects(lambda tx: _mentions(tx, handles)) == set()

    # The same as of any two photos of a size; and the journal doesn't say by which way something came.
    of_any = {"version", "record_id", "kind", "size", "state", "attempts", "sealed"}
    assert await company.inspects(_alike) <= of_any
    assert await company.inspects(_causes) == {"unnamed"}


async def test_the_same_look_finds_whose_a_feedback_with_a_name_is(company: Company) -> None:
    """Or the story above would prove nothing."""
    await adds(company.li, "张三 13800138000")
    zhang = await visits(company, "张三")
    await zhang.opens(await asks(company, naming="老客户记名"))
    await taps(zhang, "3 ★", "收到 3 分")
    await zhang.sends_photo(jpeg(1))
    await zhang.sees("谢谢，已转给负责的同事")
    assert await ties(company, zhang.id, 1) >= {"feedback", "entry", "attachment"}
