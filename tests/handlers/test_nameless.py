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

from bot.demo.standin import Fault
from store import journal
from store.db import Row, Tx
from store.seal import unseal
from tests.authorizer import unwatch
from tests.handlers.telling import says, taps
from tests.handlers.test_campaigns import asks, scans
from tests.handlers.test_guests import adds, joins
from tests.house import Company
from tests.personal_columns import COLUMNS

#: What a person is hashed for: as a guest, as a stranger, as one who answered a campaign.
HASHED = ("telegram", "answer", "try", "campaign 1", "campaign 2")


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
    of_it = "SELECT change_id FROM entry WHERE record = 'feedback' AND record_id = :id"
    guest = next((row for row in tx.all("SELECT * FROM guest") if row["digest"].hex() in hashes), None)
    return Marks(
        who=_names(person, hashes),
        whose={"customer_id": guest and guest["customer_id"], "guest_id": guest and guest["id"]},
        id=feedback_id, key=given["key_id"],
        changes={row["change_id"] for row in tx.all(of_it, id=feedback_id)},
        times={given["created_at"], given["updated_at"]},
    )  # fmt: skip


def _opened(row: Row, keys: dict[int, bytes]) -> dict[str, object]:
    """A row with everything in it unsealed that has a key."""
    plain: dict[str, object] = dict(row)
    for column in ("sealed", "before", "after"):
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

    book = await company.book()
    await unwatch(book)
    try:
        return await book.read(look)
    finally:
        await book.close()


async def ties(company: Company, person: int, feedback_id: int) -> set[str]:
    """The tables with a row that ties a feedback to a person."""
    book = await company.book()
    await unwatch(book)
    try:
        return await book.read(lambda tx: _ties(tx, person, feedback_id))
    finally:
        await book.close()


async def test_who_has_left_is_nobody_any_more(company: Company) -> None:
    """After a case, a new link in between and another language, somebody withdraws their consent."""
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
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
    zhang, si = await joins(company, "张三"), await joins(company, "李四")
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


async def test_the_same_look_finds_whose_a_feedback_with_a_name_is(company: Company) -> None:
    """Or the story above would prove nothing."""
    await adds(company.li, "张三 13800138000")
    zhang = await joins(company, "张三")
    await zhang.opens(await asks(company, naming="老客户记名"))
    await taps(zhang, "3 ★", "收到 3 分")
    assert await ties(company, zhang.id, 1) >= {"feedback", "entry", "draft"}
