"""The time of a case in the book: what is owed next, who is warned when, and what a change of the calendar does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from store import case_clock, case_news, case_promises, complaints, customers, journal, staff, worktime
from store.access import Actor
from store.case_clock import Left
from store.db import Book, Tx
from store.errors import Invalid, NotAllowed
from store.rules.models import Complaint, CustomerWords, Severity
from store.rules.sla import Stage, Targets
from tests.house import BEGIN, SHANGHAI, Blank, settle

T = TypeVar("T")
HOUR = timedelta(hours=1)


class Desk:
    """A settled book with one case of 张三's, opened on Friday at ten by 李雷."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.book: Book
        self.ids: dict[str, int] = {}
        self.case: Complaint

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def left(self) -> Left | None:
        return await self.does("su", lambda tx, _: case_clock.left(tx, self.case.id))

    async def rings(self, at: datetime) -> list[tuple[str, Stage, list[str]]]:
        """What the clock claims at an instant, and who hears of it."""
        self.now = at
        names = {number: name for name, number in self.ids.items()}

        def work(tx: Tx, _: Actor) -> list[tuple[str, Stage, list[str]]]:
            return [
                (one.what, one.stage, [names[member] for member in case_news.warned(tx, one)])
                for one in case_clock.claim(tx)
            ]

        return await self.does("boss", work)


@pytest.fixture
async def desk(blank: Blank, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk()
    desk.book = await blank.opened(tmp_path / "book.db", lambda: desk.now)
    desk.ids = await desk.book.write(lambda tx: settle(tx, "zh"))

    def opens(tx: Tx, actor: Actor) -> Complaint:
        customer = customers.add(tx, actor, CustomerWords(name="张三"))
        return complaints.add(tx, actor, customer.id, "发货少了两箱", Severity.HIGH)

    desk.case = await desk.does("li", opens)
    yield desk
    await desk.book.close()


async def test_the_first_answer_is_owed_then_the_solution(desk: Desk) -> None:
    """HIGH: four working hours to an answer, sixteen to a solution."""
    assert await desk.left() == Left("answer", 4 * HOUR, BEGIN + 4 * HOUR)
    await desk.does("su", lambda tx, actor: complaints.take(tx, actor, desk.case.id))
    desk.now = BEGIN + HOUR
    assert await desk.left() == Left("answer", 3 * HOUR, BEGIN + 4 * HOUR)
    await desk.does("su", lambda tx, actor: complaints.tell(tx, actor, desk.case.id, "在查了"))
    solved_by = datetime(2026, 11, 23, 16, 30, tzinfo=SHANGHAI)
    assert await desk.left() == Left("solve", 15 * HOUR, solved_by)


async def test_no_time_runs_while_the_customer_has_the_word_and_it_goes_on_after_a_reopening(desk: Desk) -> None:
    desk.now = BEGIN + HOUR
    await desk.does("su", lambda tx, actor: complaints.ask(tx, actor, desk.case.id, "哪两箱？"))
    desk.now = BEGIN + timedelta(days=5)
    assert await desk.left() == Left("solve", 15 * HOUR, None)
    await desk.does("su", lambda tx, actor: complaints.resolve(tx, actor, desk.case.id, "补发"))
    assert await desk.left() is None
    await desk.does("su", lambda tx, actor: complaints.reopen(tx, actor, desk.case.id))
    left = await desk.left()
    assert left is not None
    assert left.time == 15 * HOUR


async def test_the_assignee_hears_at_three_quarters_and_the_manager_when_it_is_over(desk: Desk) -> None:
    assert await desk.rings(BEGIN + 3 * HOUR - timedelta(seconds=1)) == []
    assert await desk.rings(BEGIN + 3 * HOUR) == [("answer", Stage.NEAR, ["su", "wang"])]  # nobody has it
    assert await desk.rings(BEGIN + 3 * HOUR) == []
    await desk.does("su", lambda tx, actor: complaints.take(tx, actor, desk.case.id))
    assert await desk.rings(BEGIN + 4 * HOUR) == [("answer", Stage.OVER, ["wang", "su"])]
    await desk.does("su", lambda tx, actor: complaints.tell(tx, actor, desk.case.id, "在查了"))
    assert await desk.rings(datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)) == []  # a Saturday
    assert await desk.rings(datetime(2026, 11, 23, 12, 30, tzinfo=SHANGHAI)) == [("solve", Stage.NEAR, ["su"])]
    assert await desk.rings(datetime(2026, 11, 23, 16, 30, tzinfo=SHANGHAI)) == [("solve", Stage.OVER, ["wang", "su"])]
    assert await desk.rings(datetime(2026, 12, 23, 16, 30, tzinfo=SHANGHAI)) == []


async def test_after_an_outage_one_case_is_told_once_and_by_its_gravest(desk: Desk) -> None:
    assert await desk.rings(BEGIN + timedelta(days=9)) == [("answer", Stage.OVER, ["wang"])]
    assert await desk.rings(BEGIN + timedelta(days=10)) == []


async def test_what_was_told_may_be_told_again_when_more_time_was_given(desk: Desk) -> None:
    await desk.rings(BEGIN + 3 * HOUR)
    await desk.does("su", lambda tx, actor: complaints.set_severity(tx, actor, desk.case.id, Severity.NORMAL))
    assert await desk.rings(BEGIN + 4 * HOUR) == []
    assert await desk.rings(BEGIN + 6 * HOUR) == [("answer", Stage.NEAR, ["su", "wang"])]


async def test_an_undo_takes_the_time_back_with_the_step(desk: Desk) -> None:
    def resolve_and_undo(tx: Tx, actor: Actor) -> None:
        complaints.resolve(tx, actor, desk.case.id, "补发")
        change, tx.change = tx.change, None
        assert change is not None
        journal.undo(tx, actor, change)

    await desk.does("su", resolve_and_undo)
    assert await desk.left() == Left("answer", 4 * HOUR, BEGIN + 4 * HOUR)
    assert await desk.rings(BEGIN + 3 * HOUR) == [("answer", Stage.NEAR, ["su", "wang"])]


async def test_a_day_off_moves_what_is_owed(desk: Desk) -> None:
    await desk.does("su", lambda tx, actor: complaints.tell(tx, actor, desk.case.id, "在查了"))
    off = {date(2026, 11, 23), date(2026, 11, 24)}
    await desk.does("boss", lambda tx, actor: worktime.set_days(tx, actor, off, works=False))
    await desk.rings(BEGIN)
    due = await desk.does("su", lambda tx, _: case_clock.due(tx, desk.case.id))
    assert due == datetime(2026, 11, 25, 16, 30, tzinfo=SHANGHAI)
    assert await desk.rings(datetime(2026, 11, 23, 16, 30, tzinfo=SHANGHAI)) == []
    await desk.does("boss", lambda tx, actor: worktime.set_days(tx, actor, off, works=None))
    assert await desk.rings(datetime(2026, 11, 23, 16, 30, tzinfo=SHANGHAI)) == [("solve", Stage.OVER, ["wang", "su"])]


async def test_owners_alone_set_working_time_and_nothing_that_makes_no_sense(desk: Desk) -> None:
    def days(tx: Tx, actor: Actor) -> None:
        worktime.set_days(tx, actor, [date(2026, 11, 23)], works=False)

    for who in ("wang", "li", "su"):
        with pytest.raises(NotAllowed):
            await desk.does(who, days)
    senseless: list[Callable[[Tx, Actor], None]] = [
        lambda tx, actor: worktime.set_hours(tx, actor, time(9), time(9)),
        lambda tx, actor: worktime.set_weekdays(tx, actor, []),
        lambda tx, actor: worktime.set_country(tx, actor, "XX"),
        lambda tx, actor: worktime.set_targets(tx, actor, Severity.LOW, Targets(2 * HOUR, HOUR)),
        lambda tx, actor: worktime.set_targets(tx, actor, Severity.LOW, Targets(timedelta(), HOUR)),
        lambda tx, actor: worktime.set_days(tx, actor, map(date.fromordinal, range(1, 1_002)), works=True),
    ]
    for work in senseless:
        with pytest.raises(Invalid):
            await desk.does("boss", work)


async def test_a_new_target_is_for_new_cases(desk: Desk) -> None:
    half = Targets(HOUR / 2, 4 * HOUR)
    await desk.does("boss", lambda tx, actor: worktime.set_targets(tx, actor, Severity.HIGH, half))
    assert await desk.left() == Left("answer", 4 * HOUR, BEGIN + 4 * HOUR)

    def another(tx: Tx, actor: Actor) -> Left | None:
        case = complaints.add(tx, actor, desk.case.customer_id, "又少了", Severity.HIGH)
        return case_clock.left(tx, case.id)

    assert await desk.does("li", another) == Left("answer", HOUR / 2, BEGIN + HOUR / 2)

    def renews(tx: Tx, actor: Actor) -> tuple[int, int, int]:
        owed = case_promises.otherwise(tx, actor, Severity.HIGH)
        changed = case_promises.anew(tx, actor, Severity.HIGH)
        return owed, changed, case_promises.otherwise(tx, actor, Severity.HIGH)

    with pytest.raises(NotAllowed):
        await desk.does("wang", renews)
    assert await desk.does("boss", renews) == (1, 1, 0)
    assert await desk.left() == Left("answer", HOUR / 2, BEGIN + HOUR / 2)
