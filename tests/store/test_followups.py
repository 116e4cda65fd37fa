"""Reminders as their owner and manager live them: they ring, ring again, reach the manager, or are put to rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock
from store import access, customers, followups, interactions, journal, kinds, reminders, staff
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import Invalid, NotAllowed, Stale
from store.followups import Task
from store.rules.models import Contacted, Customer, CustomerWords, FollowUp, FollowUpState
from tests.house import BEGIN, SHANGHAI, settle

T = TypeVar("T")


class House:
    """A settled book, its clock, and its people."""

    def __init__(self, book: Book, clock: Clock, ids: dict[str, int]) -> None:
        self.book = book
        self.clock = clock
        self.ids = ids

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        """Lets somebody do something, in a transaction of its own."""
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def customer(self, who: str = "li", name: str = "张三") -> Customer:
        return await self.does(who, lambda tx, actor: customers.add(tx, actor, CustomerWords(name=name)))

    async def plan(self, customer: Customer, at: datetime, *, who: str = "li", rule: str | None = None) -> FollowUp:
        return await self.does(who, lambda tx, actor: followups.plan(tx, actor, customer.id, at, "发报价", rule=rule))

    async def get(self, followup: FollowUp, who: str = "li") -> FollowUp:
        return await self.does(who, lambda tx, actor: followups.get(tx, actor, followup.id))

    async def at(self, day: int, hour: int, minute: int = 0) -> tuple[list[reminders.Turn], list[reminders.Missed]]:
        """Moves the clock to an hour in November 2026, Shanghai, and lets it claim what is due."""
        self.clock.set(shanghai(day, hour, minute))
        return await self.book.write(reminders.claim)


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def rung(turns: list[reminders.Turn]) -> list[Task]:
    return [ring.task for turn in turns for ring in turn.rings]


@pytest.fixture
async def house(book: Book, clock: Clock) -> House:
    return House(book, clock, await book.write(lambda tx: settle(tx, "zh")))


async def test_it_rings_at_its_hour_and_once(house: House) -> None:
    zhang = await house.customer()
    await house.plan(zhang, shanghai(20, 15))
    assert await house.at(20, 14, 59) == ([], [])
    ((turn,), missed) = await house.at(20, 15)
    assert turn.staff_id == house.ids["li"]
    (ring,) = turn.rings
    assert (ring.task.customer.name, ring.task.followup.text) == ("张三", "发报价")
    assert (ring.again, ring.late, ring.next_at, missed) == (False, False, None, [])
    assert await house.at(20, 15, 1) == ([], [])


async def test_nobody_answers_so_it_rings_again_and_the_manager_hears_of_it_when_the_day_ends(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    await house.at(20, 15)
    ((turn,), _) = await house.at(20, 16)
    assert turn.rings[0].again
    assert await house.at(20, 17, 59) == ([], [])
    turns, (missed,) = await house.at(20, 18)
    assert turns == []
    assert missed.manager_id == house.ids["wang"]
    assert missed.task.customer.name == "张三"
    assert (await house.get(followup)).state is FollowUpState.MISSED
    assert await house.at(21, 18) == ([], [])


async def test_a_day_that_ends_too_soon_gives_the_person_the_next_one(house: House) -> None:
    await house.plan(await house.customer(), shanghai(20, 17, 30))  # a Friday
    await house.at(20, 17, 30)
    assert await house.at(20, 18) == ([], [])
    assert len(rung((await house.at(20, 18, 30))[0])) == 1
    assert await house.at(23, 17, 59) == ([], [])
    assert len((await house.at(23, 18))[1]) == 1


async def test_done_is_the_end_of_it(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    await house.at(20, 15)
    done = await house.does("li", lambda tx, actor: followups.complete(tx, actor, followup.id))
    assert done.state is FollowUpState.DONE
    assert await house.at(23, 18) == ([], [])
    again = await house.does("li", lambda tx, actor: followups.complete(tx, actor, followup.id))
    assert again.version == done.version


async def test_snoozed_it_begins_anew(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    await house.at(20, 15)
    await house.does("li", lambda tx, actor: followups.snooze(tx, actor, followup.id, shanghai(23, 9)))
    assert await house.at(20, 18) == ([], [])
    ((turn,), _) = await house.at(23, 9)
    assert (turn.rings[0].again, turn.rings[0].late) == (False, False)


async def test_a_time_that_has_passed_is_refused(house: House) -> None:
    zhang = await house.customer()
    with pytest.raises(Invalid, match="invalid_past"):
        await house.plan(zhang, BEGIN - timedelta(hours=1))
    followup = await house.plan(zhang, shanghai(20, 15))
    with pytest.raises(Invalid, match="invalid_past"):
        await house.does("li", lambda tx, actor: followups.snooze(tx, actor, followup.id, shanghai(19, 9)))


async def test_an_hour_at_night_that_the_person_chose_rings_and_the_repeat_waits_for_the_morning(house: House) -> None:
    await house.plan(await house.customer(), shanghai(20, 23))
    assert len(rung((await house.at(20, 23))[0])) == 1
    assert await house.at(21, 0) == ([], [])
    assert await house.at(21, 7, 59) == ([], [])
    assert len(rung((await house.at(21, 8))[0])) == 1


async def test_what_an_outage_held_back_waits_for_the_morning_too(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    assert await house.at(20, 22) == ([], [])
    assert (await house.get(followup)).state is FollowUpState.DUE
    ((turn,), _) = await house.at(21, 8)
    assert turn.rings[0].late


async def test_after_an_outage_all_of_one_person_is_claimed_together(house: House) -> None:
    for hour in (11, 12, 13):
        await house.plan(await house.customer(name=f"客户{hour}"), shanghai(20, hour))
    ((turn,), _) = await house.at(20, 16)
    assert [ring.task.customer.name for ring in turn.rings] == ["客户11", "客户12", "客户13"]
    assert all(ring.late for ring in turn.rings)


async def test_a_logged_call_puts_it_to_rest_and_a_note_does_not(house: House) -> None:
    zhang = await house.customer()
    followup = await house.plan(zhang, shanghai(20, 15))
    await house.at(20, 15)
    await house.does("li", lambda tx, actor: interactions.add(tx, actor, zhang.id, "想想", Contacted.NOTE))
    assert (await house.get(followup)).state is FollowUpState.SENT
    house.clock.set(shanghai(20, 15, 10))
    await house.does("li", lambda tx, actor: interactions.add(tx, actor, zhang.id, "谈好了", Contacted.CALL))
    assert (await house.get(followup)).state is FollowUpState.ACKNOWLEDGED
    assert await house.at(20, 18) == ([], [])


async def test_undoing_the_call_takes_the_rest_back(house: House) -> None:
    zhang = await house.customer()
    followup = await house.plan(zhang, shanghai(20, 15))
    await house.at(20, 15)

    def call(tx: Tx, actor: Actor) -> int:
        interactions.add(tx, actor, zhang.id, "谈好了", Contacted.CALL)
        assert tx.change is not None
        return tx.change

    change = await house.does("li", call)
    await house.does("li", lambda tx, actor: journal.undo(tx, actor, change))
    assert (await house.get(followup)).state is FollowUpState.SENT
    assert len(rung((await house.at(20, 16))[0])) == 1


async def test_acknowledged_it_rings_no_second_time_but_the_day_still_ends(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    await house.at(20, 15)
    await house.does("li", lambda tx, actor: followups.acknowledge(tx, actor, followup.id))
    assert await house.at(20, 16) == ([], [])
    assert len((await house.at(20, 18))[1]) == 1


async def test_setting_and_finishing_can_be_undone(house: House) -> None:
    zhang = await house.customer()

    def plan(tx: Tx, actor: Actor) -> tuple[int, int]:
        followup = followups.plan(tx, actor, zhang.id, shanghai(20, 15))
        assert tx.change is not None
        return followup.id, tx.change

    def done(tx: Tx, actor: Actor) -> int:
        followups.complete(tx, actor, followup_id)
        assert tx.change is not None
        return tx.change

    followup_id, planned = await house.does("li", plan)
    finished = await house.does("li", done)
    await house.does("li", lambda tx, actor: journal.undo(tx, actor, finished))
    assert (await house.does("li", lambda tx, actor: followups.get(tx, actor, followup_id))).state == "planned"
    assert len(rung((await house.at(20, 15))[0])) == 1
    with pytest.raises(Stale):
        await house.does("li", lambda tx, actor: journal.undo(tx, actor, planned))


async def test_how_it_went_stands_on_the_timeline(house: House) -> None:
    zhang = await house.customer()
    followup = await house.plan(zhang, shanghai(20, 15))
    await house.does("li", lambda tx, actor: followups.complete(tx, actor, followup.id))
    await house.does("li", lambda tx, actor: followups.conclude(tx, actor, followup.id, "联系上了", Contacted.CALL))
    (line,) = await house.does("li", lambda tx, actor: interactions.timeline(tx, actor, zhang.id))
    assert (line.text, line.kind) == ("发报价 · 联系上了", Contacted.CALL)


async def test_a_series_keeps_its_wall_time_through_the_night_of_the_clocks(house: House) -> None:
    await house.book.write(lambda tx: tx.run("UPDATE staff SET zone = 'Europe/London'"))
    london = ZoneInfo("Europe/London")
    zhang = await house.customer()
    first = datetime(2027, 3, 27, 9, tzinfo=london)
    await house.plan(zhang, first, rule="FREQ=DAILY")
    house.clock.set(first)
    ((turn,), _) = await house.book.write(reminders.claim)
    assert turn.rings[0].next_at == datetime(2027, 3, 28, 8, tzinfo=UTC)  # 9:00 again, an hour less in between
    coming = await house.does("li", lambda tx, actor: followups.upcoming(tx, actor, tx.now + timedelta(hours=1)))
    assert coming is not None
    assert coming.followup.due_at == datetime(2027, 3, 28, 8, tzinfo=UTC)


async def test_snoozing_one_of_a_series_leaves_the_others_where_they_are(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(23, 9), rule="FREQ=WEEKLY")
    await house.at(23, 9)
    await house.does("li", lambda tx, actor: followups.snooze(tx, actor, followup.id, shanghai(24, 17)))
    await house.at(24, 17)
    await house.does("li", lambda tx, actor: followups.complete(tx, actor, followup.id))
    coming = await house.does("li", lambda tx, actor: followups.upcoming(tx, actor, tx.now))
    assert coming is not None
    assert coming.followup.due_at == shanghai(30, 9)
    assert await house.does("li", lambda tx, actor: followups.count(tx, actor, shanghai(30, 23))) == 1


async def test_one_of_a_series_is_left_out_or_all_that_follow(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(23, 9), rule="FREQ=DAILY")
    moved = await house.does("li", lambda tx, actor: followups.skip(tx, actor, followup.id))
    assert moved.due_at == shanghai(24, 9)
    await house.does("li", lambda tx, actor: followups.cancel(tx, actor, followup.id))
    assert await house.does("li", lambda tx, actor: followups.upcoming(tx, actor, tx.now)) is None
    assert await house.at(24, 9) == ([], [])


async def test_whoever_does_not_see_the_customer_sees_no_followup(house: House) -> None:
    followup = await house.plan(await house.customer(), shanghai(20, 15))
    for who in ("han", "zhou", "qian", "su"):
        with pytest.raises(NotAllowed):
            await house.get(followup, who)
    assert (await house.get(followup, "wang")).text == "发报价"
    assert (await house.get(followup, "boss")).text == "发报价"


async def test_a_customer_who_went_to_a_colleague_takes_the_reminder_along(house: House) -> None:
    zhang = await house.customer()
    await house.plan(zhang, shanghai(20, 15))

    def hand_over(tx: Tx, actor: Actor) -> None:
        row, _ = access.row(tx, actor, Action.EDIT, "customer", zhang.id)
        journal.update(tx, actor, kinds.CUSTOMER, row, {"owner_id": house.ids["han"]})

    await house.does("wang", hand_over)
    assert await house.at(20, 15) == ([], [])
    ((turn,), _) = await house.at(20, 15)
    assert turn.staff_id == house.ids["han"]


async def test_who_left_is_followed_by_the_manager(house: House) -> None:
    await house.plan(await house.customer(), shanghai(20, 15))
    await house.does("boss", lambda tx, actor: staff.set_active(tx, actor, house.ids["li"], active=False))
    await house.at(20, 15)
    ((turn,), _) = await house.at(20, 15)
    assert turn.staff_id == house.ids["wang"]


async def test_who_cannot_be_reached_is_not_rung_and_the_manager_hears_at_once(house: House) -> None:
    await house.plan(await house.customer(), shanghai(20, 15))
    await house.book.write(lambda tx: staff.set_reachable(tx, 103, reachable=False))
    turns, (missed,) = await house.at(20, 15)
    assert turns == []
    assert missed.manager_id == house.ids["wang"]


async def test_an_archived_or_erased_customer_rings_for_nobody(house: House) -> None:
    archived, erased = await house.customer(name="旧客户"), await house.customer(name="匿名")
    for one in (archived, erased):
        await house.plan(one, shanghai(20, 15))
    house.clock.set(shanghai(20, 11))
    version = archived.version
    await house.does("li", lambda tx, actor: customers.change(tx, actor, archived.id, version, {"deleted_at": 1}))
    await house.book.write(lambda tx: tx.run("DELETE FROM seal_key WHERE customer_id = :id", id=erased.id))
    assert await house.at(20, 15) == ([], [])
    assert await house.at(20, 16) == ([], [])


async def test_a_thousand_of_many_people_are_all_claimed_and_each_once(house: House) -> None:
    zhang, li = await house.customer(), await house.customer("han", "李四")
    for n in range(150):
        await house.plan(zhang, shanghai(20, 15, n % 60))
        await house.plan(li, shanghai(20, 15, n % 60), who="han")
    seen: list[int] = []
    for minute in range(60):
        for _ in range(3):
            turns, _ = await house.at(20, 15, minute)
            seen += [task.followup.id for task in rung(turns)]
    assert len(seen) == len(set(seen)) == 300


async def test_the_clock_goes_back_and_nothing_rings_twice(house: House) -> None:
    await house.plan(await house.customer(), shanghai(20, 15))
    assert len(rung((await house.at(20, 15))[0])) == 1
    assert await house.at(20, 14) == ([], [])
    assert await house.at(20, 15, 30) == ([], [])


async def test_the_agenda_is_ones_own_and_in_order(house: House) -> None:
    zhang, wangs = await house.customer(), await house.customer("han", "王总")
    await house.plan(zhang, shanghai(20, 16))
    await house.plan(zhang, shanghai(20, 11))
    await house.plan(zhang, shanghai(23, 9))
    await house.plan(wangs, shanghai(20, 12), who="han")
    tasks = await house.does("li", lambda tx, actor: followups.agenda(tx, actor, shanghai(21, 0)))
    assert [task.followup.due_at for task in tasks] == [shanghai(20, 11), shanghai(20, 16)]
    following = await house.does("li", lambda tx, actor: followups.next_of(tx, actor, zhang.id))
    assert following is not None
    assert following.due_at == shanghai(20, 11)
    assert await house.does("su", lambda tx, actor: followups.next_of(tx, actor, zhang.id)) is None


async def test_the_companys_own_hours_count(house: House) -> None:
    from store import settings

    def set_hours(tx: Tx) -> None:
        settings.put(tx, "followup.again_minutes", "30")
        settings.put(tx, "work.ends", "17:00")

    await house.book.write(set_hours)
    await house.plan(await house.customer(), shanghai(20, 15))
    await house.at(20, 15)
    assert len(rung((await house.at(20, 15, 30))[0])) == 1
    assert len((await house.at(20, 17))[1]) == 1
