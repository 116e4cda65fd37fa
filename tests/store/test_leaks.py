"""What could get out beside the predicate: files that others may read, and messages that wait while access is lost."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import outgoing
from bot.clock import Clock
from handlers import questionnaire_results
from handlers.kit.reply import message, plain
from handlers.kit.request import Incoming, Request
from store import customers, followups, migrate, staff
from store.access import Actor
from store.db import Book, Row, Tx
from store.errors import Busy, Invalid
from store.rules.questions import QuestionKind
from tests.store.people import People, people, zhang
from tests.store.test_questionnaires import a_guest, answered, published


@pytest.fixture
def careless() -> Iterator[None]:
    """A process whose new files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def _files(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode for path in folder.iterdir() if path.is_file()}


def _open_to_others(folder: Path) -> list[str]:
    return [name for name, mode in _files(folder).items() if mode & 0o077]


@pytest.mark.usefixtures("careless")
async def test_nobody_else_may_read_the_book_its_log_or_its_copies(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "book.db", secrets.token_bytes(32)
    book = await Book.open(path, key, clock=clock, cache_mib=4)
    await book.write(people)
    assert {"book.db", "book.db-wal", "book.db-shm"} <= _files(tmp_path).keys()
    assert _open_to_others(tmp_path) == []
    await book.close()
    known = migrate.migrations()
    later = (9999, "9999_later.sql", "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\n")
    monkeypatch.setattr(migrate, "migrations", lambda: [*known, later])
    book = await Book.open(path, key, clock=clock, cache_mib=4)
    await book.close()
    assert "book-before-9999.db" in _files(tmp_path)
    assert _open_to_others(tmp_path) == []


def _moves(tx: Tx, them: People, customer_id: int, to: Actor) -> None:
    seen = customers.get(tx, them.boss, customer_id)
    customers.change(tx, them.boss, customer_id, seen.version, {"owner_id": to.id, "team_id": to.team_id})


def _waiting(tx: Tx) -> list[Row]:
    return tx.all("SELECT * FROM outbox WHERE ended_at IS NULL ORDER BY id")


@pytest.mark.parametrize("edited", [False, True])
async def test_a_message_that_waits_is_not_sent_to_who_lost_the_customer_meanwhile(book: Book, edited: bool) -> None:
    """An answer, and one that takes the place of an earlier message by its name."""

    def story(tx: Tx) -> None:
        them = people(tx)
        known = zhang(tx, them.li)
        said = message(plain(known.name), customer_id=known.id, ref="followup:1" if edited else None, edit=edited)
        outgoing.post(tx, said, chat=103, actor=them.li)
        (row,) = _waiting(tx)
        assert outgoing.prepare(tx, row, zone="UTC") is not None
        _moves(tx, them, known.id, them.zhou)
        assert outgoing.prepare(tx, row, zone="UTC") is None

    await book.write(story)


async def test_a_message_that_shows_contacts_is_not_sent_to_who_sees_them_masked_by_now(book: Book) -> None:
    def story(tx: Tx) -> None:
        them = people(tx)
        known = zhang(tx, them.li)
        outgoing.post(tx, message(plain("13800138000"), customer_id=known.id), chat=103, actor=them.li)
        outgoing.post(tx, message(plain(known.name), customer_id=known.id, masked=True), chat=103, actor=them.li)
        seen = customers.get(tx, them.boss, known.id)
        customers.change(tx, them.boss, known.id, seen.version, {"owner_id": None})  # into the pool
        clear, masked = (outgoing.prepare(tx, row, zone="UTC") for row in _waiting(tx))
        assert clear is None
        assert masked is not None

    await book.write(story)


async def test_a_sheet_that_waits_is_not_sent_to_who_lost_somebody_in_it_meanwhile(book: Book) -> None:
    def story(tx: Tx) -> None:
        them = people(tx)
        guest, shown = a_guest(tx, them.li, "张三", 1), published(tx, them.boss, QuestionKind.SCORE5)
        answered(tx, shown, guest, 901, 5)
        pressed = Incoming(kind="button", person=them.wang.id, chat=102)
        (said,) = questionnaire_results.sheet(Request(tx, them.wang, pressed, args=(str(shown.id),))).messages
        outgoing.post(tx, said, chat=102, actor=them.wang)
        (row,) = _waiting(tx)
        before = outgoing.prepare(tx, row, zone="UTC")
        _moves(tx, them, guest.customer_id, them.zhou)
        after = outgoing.prepare(tx, row, zone="UTC")
        assert before is not None
        assert before.attachment is not None
        assert after is not None
        assert after.attachment is None
        assert "不归你看" in str(after.pages)

    await book.write(story)


async def test_nothing_that_waits_is_sent_to_who_was_let_out(book: Book) -> None:
    def story(tx: Tx) -> None:
        them = people(tx)
        outgoing.post(tx, message(plain("3 张三")), chat=103, actor=them.li)
        staff.set_active(tx, them.boss, them.li.id, active=False)
        assert [outgoing.prepare(tx, row, zone="UTC") for row in _waiting(tx)] == [None]

    await book.write(story)


async def test_nobody_is_reminded_at_the_end_of_the_calendar(book: Book) -> None:
    """Such an instant can't be said in every zone: the card of its customer could not be shown any more."""

    def story(tx: Tx) -> None:
        them = people(tx)
        known = zhang(tx, them.li)
        with pytest.raises(Invalid):
            followups.plan(tx, them.li, known.id, tx.now.replace(year=9999))
        followups.plan(tx, them.li, known.id, tx.now + timedelta(days=365 * 20))

    await book.write(story)


async def test_who_tries_out_numbers_is_stopped_and_counted(book: Book) -> None:
    """ "Taken" is all that is told of a colleague's customer, for so many contacts a day, each of them kept."""
    who = await book.write(people)
    numbers: list[tuple[str, str]] = [("phone", f"+861380013{place:04}") for place in range(customers.TAKEN_A_DAY + 1)]
    for _, digits in numbers:
        await book.write(partial(zhang, owner=who.han, number=digits))
    for number in (*numbers[:-1], *numbers[:-1]):
        assert await book.write(partial(customers.known, actor=who.li, contacts=[number])) == (True, [])
    for number in (numbers[-1], ("phone", "+8613900139000")):  # nor does the limit say which of the two is taken
        with pytest.raises(Busy):
            await book.write(partial(customers.known, actor=who.li, contacts=[number]))
    assert (await book.write(partial(customers.known, actor=who.han, contacts=[numbers[-1]])))[1] != []
