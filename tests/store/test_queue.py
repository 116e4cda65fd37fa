"""What came in and what must go out, as rows."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.clock import Clock
from store import queue
from store.db import Book, Tx
from store.errors import KehuError
from store.queue import ATTEMPTS, KEPT_DAYS, Arrived, Letter, Priority
from tests.authorizer import unwatch


def arrived(update_id: int, person: int = 1) -> Arrived:
    """An update that says something."""
    return Arrived(update_id, person, b"{}")


async def test_a_repeated_delivery_is_nothing(book: Book) -> None:
    assert await book.write(lambda tx: queue.accept(tx, [arrived(1), arrived(2)])) == [1, 2]
    assert await book.write(lambda tx: queue.accept(tx, [arrived(2), arrived(3)])) == [3]
    assert await book.write(lambda tx: queue.finish(tx, 2))
    assert not await book.write(lambda tx: queue.finish(tx, 2)), "handled once, and once only"
    assert [one.update_id for one in await book.read(queue.unhandled)] == [1, 3]


async def test_what_was_handled_and_sent_keeps_nobody(book: Book) -> None:
    await unwatch(book)
    await book.write(lambda tx: queue.accept(tx, [Arrived(1, 4711, b'{"text":"words"}')]))
    letter = await book.write(lambda tx: queue.post(tx, Letter(4711, b"words", "zh")))
    await book.write(lambda tx: queue.finish(tx, 1))
    await book.write(lambda tx: queue.ended(tx, letter, "sent", message_id=5))

    def left(tx: Tx) -> list[object]:
        came, went = tx.one("SELECT person, payload FROM inbox"), tx.one("SELECT chat_id, payload FROM outbox")
        assert came is not None
        assert went is not None
        return [came["person"], came["payload"], went["chat_id"], went["payload"]]

    assert await book.read(left) == [0, None, 0, None]


async def test_an_update_that_brings_the_process_down_again_and_again_is_set_aside(book: Book) -> None:
    await book.write(lambda tx: queue.accept(tx, [arrived(1)]))
    tries = [await book.write(lambda tx: queue.try_again(tx, 1)) for _ in range(ATTEMPTS + 1)]
    assert tries == [True] * ATTEMPTS + [False]


async def test_answers_go_before_reminders_and_ids_are_never_used_twice(book: Book, clock: Clock) -> None:
    for priority in (Priority.DIGEST, Priority.NEWS, Priority.ANSWER):
        await book.write(partial(queue.post, letter=Letter(1, b"{}", "zh", priority)))
    rows = await book.read(lambda tx: queue.arrived(tx, 0))
    assert [row["priority"] for row in sorted(rows, key=lambda row: (row["priority"], row["id"]))] == [0, 1, 2]
    last = max(row["id"] for row in rows)
    for row in rows:
        await book.write(partial(queue.ended, letter_id=row["id"], outcome="sent"))
    clock.set(clock() + timedelta(days=KEPT_DAYS + 1))
    assert await book.write(queue.sweep) == 2
    assert await book.write(lambda tx: queue.post(tx, Letter(1, b"{}", "zh"))) > last


async def test_of_what_was_put_aside_the_last_are_kept(book: Book) -> None:
    def leaves(tx: Tx) -> None:
        for number in range(queue.ASIDE_MOST + 1):
            queue.put_aside(tx, 1, str(number), b"{}")

    await book.write(leaves)
    assert await book.read(lambda tx: queue.aside(tx, 1, "0")) is None
    assert await book.read(lambda tx: queue.aside(tx, 1, "1")) is not None


async def test_a_draft_outlives_a_week_and_not_a_year(book: Book, clock: Clock) -> None:
    await book.write(lambda tx: queue.save_draft(tx, 1, "add", b"{}"))
    clock.set(clock() + timedelta(days=7))
    assert await book.read(lambda tx: queue.draft(tx, 1)) is not None
    clock.set(clock() + timedelta(days=365))
    assert await book.read(lambda tx: queue.draft(tx, 1)) is None


async def test_an_occasion_happens_once(book: Book) -> None:
    assert [await book.write(lambda tx: queue.once(tx, "week:1")) for _ in range(3)] == [True, False, False]


async def test_errors_carry_their_key_and_nothing_personal() -> None:
    with pytest.raises(KehuError) as raised:
        raise KehuError("code_invalid", typed="王总 13800138000")
    assert str(raised.value) == "code_invalid"
