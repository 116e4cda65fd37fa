"""Every change leaves its trace, can be taken back, and can't be taken out unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from store import customers, interactions, journal, selecting, staff
from store.db import Book, Tx
from store.errors import NotAllowed, Stale
from store.rules.models import Level
from tests.authorizer import unwatch
from tests.store.people import People, people, zhang

T = TypeVar("T")


async def _settled(book: Book) -> People:
    return await book.write(people)


async def _change(book: Book, work: Callable[[Tx], T]) -> tuple[T, int]:
    """What a piece of work returns, and the change that it made."""

    def whole(tx: Tx) -> tuple[T, int]:
        result = work(tx)
        assert tx.change is not None
        return result, tx.change

    return await book.write(whole)


async def test_an_edit_is_undone_field_for_field(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    edited, change = await _change(
        book, lambda tx: customers.change(tx, who.li, known.id, known.version, {"name": "张三丰", "level": "vip"})
    )
    assert (edited.name, edited.level) == ("张三丰", Level.VIP)
    await book.write(lambda tx: journal.undo(tx, who.li, change))
    back = await book.read(lambda tx: customers.get(tx, who.li, known.id))
    assert back.model_dump(exclude={"version", "updated_at"}) == known.model_dump(exclude={"version", "updated_at"})
    assert back.version == known.version + 2, "an undo is a change too"


async def test_undoing_an_addition_takes_everything_of_it_away(book: Book) -> None:
    who = await _settled(book)

    def add(tx: Tx) -> int:
        known = zhang(tx, who.li)
        interactions.add(tx, who.li, known.id, "第一次来电")
        return known.id

    known, change = await _change(book, add)
    await book.write(lambda tx: journal.undo(tx, who.li, change))
    assert (await book.read(lambda tx: customers.get(tx, who.li, known))).archived
    assert await book.read(lambda tx: selecting.select(tx, who.li)) == []
    assert await book.read(lambda tx: interactions.timeline(tx, who.li, known)) == []


async def test_a_change_is_undone_once_by_its_author_and_never_over_a_later_one(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    _, first = await _change(book, lambda tx: customers.change(tx, who.li, known.id, known.version, {"title": "采购"}))
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: journal.undo(tx, who.wang, first))
    await _change(book, lambda tx: customers.change(tx, who.wang, known.id, known.version + 1, {"title": "厂长"}))
    with pytest.raises(Stale):
        await book.write(lambda tx: journal.undo(tx, who.li, first))
    assert (await book.read(lambda tx: customers.get(tx, who.li, known.id))).title == "厂长"


async def test_a_second_undo_of_the_same_change_is_refused(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    _, change = await _change(book, lambda tx: customers.change(tx, who.li, known.id, known.version, {"title": "采购"}))
    await book.write(lambda tx: journal.undo(tx, who.li, change))
    with pytest.raises(Stale):
        await book.write(lambda tx: journal.undo(tx, who.li, change))


async def test_an_undo_after_the_customer_went_to_a_colleague_is_refused(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    _, change = await _change(book, lambda tx: customers.change(tx, who.li, known.id, known.version, {"title": "采购"}))
    handed = {"owner_id": who.han.id}
    await _change(book, lambda tx: customers.change(tx, who.wang, known.id, known.version + 1, handed))
    with pytest.raises(NotAllowed):
        await book.write(lambda tx: journal.undo(tx, who.li, change))


async def test_a_stale_version_is_refused_and_nothing_is_overwritten(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    await _change(book, lambda tx: customers.change(tx, who.wang, known.id, known.version, {"company": "启明"}))
    with pytest.raises(Stale):
        await book.write(lambda tx: customers.change(tx, who.li, known.id, known.version, {"company": "恒信"}))
    assert (await book.read(lambda tx: customers.get(tx, who.li, known.id))).company == "启明"


async def test_history_tells_what_changed_to_those_who_may_know(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    await _change(book, lambda tx: customers.change(tx, who.li, known.id, known.version, {"level": "vip"}))
    newest, oldest = await book.read(lambda tx: journal.history(tx, who.li, known.id))
    assert (newest.before, newest.after) == ({"level": "potential"}, {"level": "vip"})
    assert oldest.before is None
    for stranger in (who.han, who.zhou, who.qian, who.su):
        with pytest.raises(NotAllowed):
            await book.read(partial(journal.history, actor=stranger, customer_id=known.id))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE entry SET after = zeroblob(length(after)) WHERE id = 3",
        "UPDATE entry SET record_id = record_id + 1 WHERE id = 3",
        "DELETE FROM entry WHERE id = 3",
        "UPDATE entry SET hash = zeroblob(32) WHERE id = 3",
    ],
)
async def test_tampering_with_the_journal_is_noticed(book: Book, tampering: str) -> None:
    who = await _settled(book)
    await _change(book, lambda tx: zhang(tx, who.li))
    count, broken = await book.read(journal.verify)
    assert count > 5
    assert broken is None
    await unwatch(book)
    await book.write(lambda tx: tx.run(tampering))
    _, broken = await book.read(journal.verify)
    assert broken in (3, 4)


async def test_a_key_that_is_gone_takes_its_customer_with_it(book: Book) -> None:
    """What erasing will rest on: no key, no row, and the chain still holds."""
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    await book.write(lambda tx: tx.run("DELETE FROM seal_key WHERE customer_id = :id", id=known.id))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: customers.get(tx, who.boss, known.id))
    assert (await book.read(journal.verify))[1] is None


async def test_members_who_left_see_nothing_with_that_very_update(book: Book) -> None:
    who = await _settled(book)
    known, _ = await _change(book, lambda tx: zhang(tx, who.li))
    await book.write(lambda tx: staff.set_active(tx, who.wang, who.li.id, False))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: staff.as_actor(tx, who.li.id))
    assert (await book.read(lambda tx: customers.get(tx, who.wang, known.id))).name == "张三"
