"""One thing done to a list: of those whom the actor may change, few at once and many in steps, with one undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from store import bulk, complaints, customers, journal, search, search_index, selecting, staff
from store.access import Actor
from store.bulk import AT_ONCE, STEP, Progress, To
from store.db import Book, Tx
from store.errors import Invalid, NotAllowed, Stale
from store.rules.models import CustomerWords, Level, Stage
from store.selecting import Filters
from tests.store.people import People, people

MANY = 2 * STEP + 7


@dataclass(frozen=True)
class Desk:
    """A book, its people, and what they do in it."""

    book: Book
    who: People

    async def has(self, actor: Actor, number: int, name: str = "客户") -> None:
        """Gives somebody customers of their own."""

        def write(tx: Tx) -> None:
            for place in range(number):
                customers.add(tx, actor, CustomerWords(name=f"{name}{place}"), level=Level.VIP)

        await self.book.write(write)

    async def changes(self, actor: Actor, to: To, filters: Filters | None = None) -> Progress:
        return await self.book.write(lambda tx: bulk.change(tx, actor, filters or Filters(), to))

    async def counts(self, actor: Actor, filters: Filters) -> int:
        return await self.book.read(lambda tx: selecting.count(tx, actor, filters))

    async def works(self) -> list[Progress]:
        """Every step that is left to do."""
        steps = []
        while step := await self.book.write(bulk.work):
            steps.append(step)
        return steps

    async def undoes(self, actor: Actor, change_id: int) -> None:
        def undo(tx: Tx) -> None:
            if bulk.take_back(tx, actor, change_id) is None:
                journal.undo(tx, actor, change_id)

        await self.book.write(undo)


@pytest.fixture
async def desk(book: Book) -> Desk:
    return Desk(book, await book.write(people))


async def test_few_are_changed_at_once(desk: Desk) -> None:
    await desk.has(desk.who.li, 3)
    done = await desk.changes(desk.who.li, To("level", "regular"))
    assert (done.done, done.ended, done.id) == (3, True, 0)
    assert await desk.counts(desk.who.li, Filters(level=Level.REGULAR)) == 3
    await desk.undoes(desk.who.li, done.change_id)
    assert await desk.counts(desk.who.li, Filters(level=Level.VIP)) == 3


@pytest.mark.parametrize("number", [AT_ONCE, MANY])
async def test_open_cases_go_to_another_team_with_their_customers_and_come_back(desk: Desk, number: int) -> None:
    await desk.has(desk.who.li, number)
    case = await desk.book.write(lambda tx: complaints.add(tx, desk.who.li, 1, "少了两箱"))
    done = await desk.changes(desk.who.boss, To("owner", desk.who.zhou.id))
    await desk.works()

    async def team() -> int | None:
        return (await desk.book.read(lambda tx: complaints.get(tx, desk.who.boss, case.id))).team_id

    assert await team() == desk.who.zhou.team_id
    await desk.undoes(desk.who.boss, done.change_id)
    assert [(step.total, step.kept) for step in await desk.works()][-1:] in ([], [(number, 0)])
    assert await team() == desk.who.li.team_id
    assert await desk.counts(desk.who.li, Filters()) == number


@pytest.mark.parametrize("number", [AT_ONCE, MANY])
async def test_a_list_changes_hands_and_comes_back_with_one_undo(desk: Desk, number: int) -> None:
    """Found by the new owner's search when the index has followed; whoever was changed since keeps that."""
    who = desk.who
    await desk.has(who.li, number)
    begun = await desk.changes(who.wang, To("owner", who.han.id), Filters(owner=who.li.id))
    steps = await desk.works()
    assert (steps == []) is (number <= AT_ONCE)
    assert sum(step.done for step in steps[-1:] or [begun]) == number
    assert await desk.counts(who.li, Filters()) == 0
    assert await desk.counts(who.han, Filters(owner=who.han.id)) == number
    while await desk.book.write(search_index.catch_up):
        pass
    found = await desk.book.read(lambda tx: search.find(tx, who.han, f"客户{number - 1}"))
    assert [one.name for one in found.customers] == [f"客户{number - 1}"]
    changes = await desk.book.read(lambda tx: journal.history(tx, who.han, found.customers[0].id, limit=1))
    assert (changes[0].change_id, changes[0].actor_id) == (begun.change_id, who.wang.id)

    if number > AT_ONCE:  # few are taken back as any change is: all of them, or none
        await desk.book.write(
            lambda tx: customers.change(
                tx, who.wang, found.customers[0].id, found.customers[0].version, {"owner_id": who.wang.id}
            )
        )
    await desk.undoes(who.wang, begun.change_id)
    undone = await desk.works()
    kept = 1 if number > AT_ONCE else 0
    assert await desk.counts(who.li, Filters(owner=who.li.id)) == number - kept
    assert await desk.counts(who.wang, Filters(owner=who.wang.id)) == kept
    assert await desk.counts(who.han, Filters(owner=who.han.id)) == 0
    if undone:
        assert (undone[-1].done, undone[-1].kept, undone[-1].ended) == (number - 1, 1, True)
    with pytest.raises(Stale):
        await desk.undoes(who.wang, begun.change_id)
    assert (await desk.book.read(journal.verify))[1] is None


async def test_it_is_undone_while_it_is_still_going_on(desk: Desk) -> None:
    await desk.has(desk.who.li, MANY)
    begun = await desk.changes(desk.who.li, To("stage", "loyal"))
    await desk.book.write(bulk.work)
    assert not begun.ended
    await desk.undoes(desk.who.li, begun.change_id)
    steps = await desk.works()
    assert (steps[-1].done, steps[-1].kept) == (STEP, 0)
    assert await desk.counts(desk.who.li, Filters(stage=Stage.LEAD)) == MANY


async def test_whoever_began_it_has_left(desk: Desk) -> None:
    """What was not done stays as it is, and the next list is not kept waiting."""
    who = desk.who
    await desk.has(who.li, MANY)
    await desk.changes(who.li, To("level", "regular"))
    await desk.book.write(bulk.work)
    await desk.book.write(lambda tx: staff.set_active(tx, who.boss, who.li.id, False))
    await desk.works()
    assert await desk.counts(who.boss, Filters(level=Level.REGULAR)) == STEP


@pytest.mark.parametrize(
    ("whose", "to"),
    [
        ("li", lambda who: To("owner", who.han.id)),
        ("su", lambda who: To("level", "vip")),
        ("wang", lambda who: To("owner", who.zhou.id)),
        ("wang", lambda who: To("owner", who.su.id)),
        ("wang", lambda who: To("owner", 999)),
    ],
)
async def test_what_is_not_theirs_to_give_is_refused(desk: Desk, whose: str, to: Callable[[People], To]) -> None:
    await desk.has(desk.who.li, 2)
    with pytest.raises(NotAllowed):
        await desk.changes(getattr(desk.who, whose), to(desk.who))


async def test_a_level_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        await desk.changes(desk.who.li, To("level", "platinum"))


async def test_only_ones_own_are_changed(desk: Desk) -> None:
    """周强 is of another team; the pool's are seen by 李雷, and not his to change."""
    who = desk.who
    await desk.has(who.li, 2)
    await desk.has(who.zhou, 3)
    await desk.has(who.han, 1, "池中")
    pooled = await desk.changes(who.wang, To("owner", 0), Filters(owner=who.han.id))
    assert pooled.done == 1
    assert await desk.counts(who.li, Filters()) == 3
    assert await desk.book.read(lambda tx: bulk.count(tx, who.li, Filters(), To("level", "regular"))) == 2
    assert (await desk.changes(who.wang, To("level", "important"))).done == 3
    assert await desk.counts(who.zhou, Filters(level=Level.VIP)) == 3


async def test_a_tag_is_put_on_and_taken_off_and_leaves_the_others(desk: Desk) -> None:
    who = desk.who
    await desk.has(who.li, 3)
    first = (await desk.book.read(partial(selecting.select, actor=who.li)))[0]
    await desk.book.write(lambda tx: customers.change(tx, who.li, first.id, first.version, {"tags": ["展会"]}))
    assert (await desk.changes(who.li, To("tag", "展会"))).done == 2
    assert (await desk.changes(who.li, To("tag", "重点"))).done == 3
    taken = await desk.changes(who.li, To("untag", "展会"))
    assert {one.tags for one in await desk.book.read(partial(selecting.select, actor=who.li))} == {("重点",)}
    await desk.undoes(who.li, taken.change_id)
    found = await desk.book.read(lambda tx: search.find(tx, who.li, "展会"))
    assert len(found.customers) == 3
