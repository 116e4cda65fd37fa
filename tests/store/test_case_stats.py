"""The statistics of complaints, figure by figure, on two weeks of a small company; and who may read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from store import case_labels, case_stats, complaints, customers, interactions, product_units, staff
from store.access import Actor
from store.case_stats import By, Of, Times, What
from store.db import Book, Tx
from store.errors import NotAllowed
from store.rules.models import Contacted, CustomerWords, LabelKind, Severity
from store.rules.periods import Period, month, week
from tests.house import SHANGHAI, Blank, settle

T = TypeVar("T")
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


class Weeks:
    """Monday the 16th to Friday the 27th of November: one case in the first week, four in the second."""

    def __init__(self) -> None:
        self.now = at(16, 9)
        self.book: Book
        self.ids: dict[str, int] = {}
        self.cases: dict[str, int] = {}

    async def does(self, who: str, work: Callable[[Tx, Actor], T]) -> T:
        return await self.book.write(lambda tx: work(tx, staff.as_actor(tx, self.ids[who])))

    async def opens(self, name: str, when: datetime, seller: str = "li") -> None:
        self.now = when

        def work(tx: Tx, actor: Actor) -> int:
            customer = customers.add(tx, actor, CustomerWords(name=name))
            return complaints.add(tx, actor, customer.id, "少了两箱", Severity.HIGH).id

        self.cases[name] = await self.does(seller, work)

    async def steps(self, name: str, when: datetime, step: Callable[[Tx, Actor, int], object], who: str = "su") -> None:
        self.now = when
        await self.does(who, lambda tx, actor: step(tx, actor, self.cases[name]))

    def week(self, day: int = 27) -> Period:
        return week(date(2026, 11, day), self.now, SHANGHAI)


def _tell(tx: Tx, actor: Actor, case_id: int) -> None:
    complaints.tell(tx, actor, case_id, "在查了")


def _resolve(tx: Tx, actor: Actor, case_id: int) -> None:
    complaints.resolve(tx, actor, case_id, "补发")


def _scan(tx: Tx, actor: Actor, case_id: int) -> None:
    cause = case_labels.add(tx, actor, LabelKind.CAUSE, "仓库漏扫")
    complaints.sort(tx, actor, case_id, LabelKind.CAUSE, cause.id)


@pytest.fixture
async def weeks(blank: Blank, tmp_path: Path) -> AsyncIterator[Weeks]:
    """HIGH is promised four working hours to an answer, sixteen to a solution; a day has nine and a half."""
    weeks = Weeks()
    weeks.book = await blank.opened(tmp_path / "book.db", lambda: weeks.now)
    weeks.ids = await weeks.book.write(lambda tx: settle(tx, "zh"))
    await weeks.opens("早", at(16, 9))
    await weeks.steps("早", at(16, 10), _tell)
    await weeks.steps("早", at(16, 12), _resolve)
    await weeks.opens("快", at(23, 9))  # answered in an hour, solved in two
    await weeks.steps("快", at(23, 10), _tell)
    await weeks.steps("快", at(23, 11), _resolve)
    await weeks.opens("慢", at(23, 9))  # answered in six hours: late; solved in two days less an hour: late
    await weeks.steps("慢", at(23, 15), _tell, "wang")
    await weeks.steps("慢", at(25, 8, 30), _resolve, "wang")
    await weeks.steps("慢", at(25, 9, 30), complaints.reopen)
    await weeks.steps("慢", at(25, 10, 30), _resolve)
    await weeks.opens("重", at(24, 9))
    await weeks.opens("未", at(25, 9))
    await weeks.steps("未", at(25, 9), _scan)
    await weeks.steps("快", at(25, 9), _scan)
    await weeks.opens("南", at(25, 9), "zhou")
    weeks.now = at(27, 18)
    yield weeks
    await weeks.book.close()


async def test_every_figure_and_the_time_before(weeks: Weeks) -> None:
    found = await weeks.does("wang", lambda tx, actor: case_stats.report(tx, actor, weeks.week()))
    now, before = found.now, found.before
    assert list(now.count.values()) == [4, 2, 2, 2, 3, 1]  # in the order of What
    assert list(before.count.values()) == [1, 0, 1, 1, 0, 0]
    assert now.answered == Times(2, 3.5 * HOUR, 6 * HOUR, 25)
    # 慢: 9 h on Monday, 9.5 h on Tuesday, nothing on Wednesday until 8:30; then an hour after it was reopened.
    assert now.solved == Times(2, (2 * HOUR + 19.5 * HOUR) / 2, 19.5 * HOUR, 25)
    assert now.reopened == 50
    assert before.answered == Times(1, HOUR, HOUR, 100)
    assert before.solved == Times(1, 3 * HOUR, 3 * HOUR, 100)
    assert (now.rate, before.rate) == (100.0, 100.0)  # who complains is active; nobody else is


async def test_customers_with_whom_there_was_contact_count_as_active(weeks: Weeks) -> None:
    def call(tx: Tx, actor: Actor) -> None:
        for name in ("一", "二", "三", "四"):
            customer = customers.add(tx, actor, CustomerWords(name=name))
            interactions.add(tx, actor, customer.id, "来过电话", Contacted.CALL)

    weeks.now = at(27, 17)
    await weeks.does("li", call)
    weeks.now = at(27, 18)
    found = await weeks.does("wang", lambda tx, actor: case_stats.report(tx, actor, weeks.week()))
    assert found.now.rate == 50.0


async def test_each_figure_has_its_rows(weeks: Weeks) -> None:
    def rows(tx: Tx, actor: Actor) -> dict[What, list[str]]:
        names = {number: name for name, number in weeks.cases.items()}
        period = weeks.week()
        return {what: [names[case.id] for case in case_stats.cases(tx, actor, period, what)] for what in What}

    assert await weeks.does("wang", rows) == {
        What.OPENED: ["未", "重", "慢", "快"], What.OPEN: ["未", "重"], What.ANSWERED: ["慢", "快"],
        What.SOLVED: ["慢", "快"], What.LATE: ["未", "重", "慢"], What.REOPENED: ["慢"],
    }  # fmt: skip
    assert [len(found) for found in (await weeks.does("boss", rows)).values()] == [5, 3, 2, 2, 4, 1]


async def test_groups_with_their_trend_and_their_rows(weeks: Weeks) -> None:
    def grouped(tx: Tx, actor: Actor) -> list[tuple[int, int, int, int]]:
        found = case_stats.groups(tx, actor, weeks.week(), By.CAUSE)
        for group in found:
            listed = case_stats.cases(tx, actor, weeks.week(), What.OPENED, Of(By.CAUSE, group.id))
            assert len(listed) == group.opened
        return [(group.id, group.opened, group.before, group.solved.cases) for group in found]

    (cause,) = await weeks.does("su", lambda tx, _: case_labels.listed(tx, LabelKind.CAUSE))
    assert await weeks.does("wang", grouped) == [(0, 2, 1, 1), (cause.id, 2, 0, 1)]
    agents = await weeks.does("wang", lambda tx, actor: case_stats.groups(tx, actor, weeks.week(), By.AGENT))
    assert {(one.id, one.opened) for one in agents} == {(0, 2), (weeks.ids["su"], 1), (weeks.ids["wang"], 1)}


async def test_a_group_has_every_figure_and_its_rows(weeks: Weeks) -> None:
    def of_cause(tx: Tx, actor: Actor) -> None:
        (cause,) = case_labels.listed(tx, LabelKind.CAUSE)
        of = Of(By.CAUSE, cause.id)
        found = case_stats.report(tx, actor, weeks.week(), of)
        assert list(found.now.count.values()) == [2, 1, 1, 1, 1, 0]  # 快, and 未, which is late by now
        assert (found.now.answered, found.now.solved) == (Times(1, HOUR, HOUR, 50), Times(1, 2 * HOUR, 2 * HOUR, 50))
        assert (found.now.reopened, found.before.count[What.OPENED]) == (0, 0)
        for what, number in found.now.count.items():
            assert len(case_stats.cases(tx, actor, weeks.week(), what, of)) == number

    await weeks.does("wang", of_cause)


async def test_complaints_per_thousand_units_sold_of_whole_months(weeks: Weeks) -> None:
    october = date(2026, 10, 1)

    def sells(tx: Tx, actor: Actor) -> int:
        product = case_labels.add(tx, actor, LabelKind.PRODUCT, "净水器")
        for name in ("快", "慢", "早"):
            complaints.sort(tx, actor, weeks.cases[name], LabelKind.PRODUCT, product.id)
        product_units.enter(tx, actor, product.id, date(2026, 11, 27), 800)
        product_units.enter(tx, actor, product.id, october, 500)
        return product.id

    product = await weeks.does("boss", sells)

    def rates(tx: Tx, actor: Actor) -> list[tuple[float | None, float | None]]:
        chosen = month(date(2026, 11, 1), weeks.now, SHANGHAI)
        (group,) = [one for one in case_stats.groups(tx, actor, chosen, By.PRODUCT) if one.id == product]
        found = case_stats.report(tx, actor, chosen, Of(By.PRODUCT, product))
        return [
            (group.per_thousand, group.per_thousand_before), (found.now.per_thousand, found.before.per_thousand)
        ]  # fmt: skip

    assert await weeks.does("wang", rates) == [(3.8, None)] * 2  # three of 800; November is not over
    weeks.now = at(30, 12) + timedelta(days=1)
    assert await weeks.does("wang", rates) == [(3.8, 0.0)] * 2
    of_week = await weeks.does("wang", lambda tx, actor: case_stats.groups(tx, actor, weeks.week(), By.PRODUCT))
    assert {one.per_thousand for one in of_week} == {None}
    await weeks.does("wang", lambda tx, actor: product_units.enter(tx, actor, product, october, None))
    assert await weeks.does("wang", rates) == [(3.8, None)] * 2
    for who in ("li", "su"):
        with pytest.raises(NotAllowed):
            await weeks.does(who, lambda tx, actor: product_units.enter(tx, actor, product, october, 1))


async def test_a_repetition_is_not_counted_beside_the_case_that_it_repeats(weeks: Weeks) -> None:
    def repeat(tx: Tx, actor: Actor) -> None:
        first = complaints.get(tx, actor, weeks.cases["未"])
        second = complaints.add(tx, actor, first.customer_id, "还是那件事")
        complaints.merge(tx, actor, second.id, first.id)

    await weeks.does("su", repeat)
    found = await weeks.does("wang", lambda tx, actor: case_stats.report(tx, actor, weeks.week()))
    assert (found.now.count[What.OPENED], found.now.solved.cases) == (4, 2)


async def test_a_manager_counts_the_own_teams_and_others_nothing(weeks: Weeks) -> None:
    found = await weeks.does("qian", lambda tx, actor: case_stats.report(tx, actor, weeks.week()))
    assert (found.now.count[What.OPENED], found.now.solved.cases) == (1, 0)
    for who in ("li", "su"):
        refused: list[Callable[[Tx, Actor], object]] = [
            lambda tx, actor: case_stats.report(tx, actor, weeks.week()),
            lambda tx, actor: case_stats.groups(tx, actor, weeks.week(), By.AGENT),
            lambda tx, actor: case_stats.cases(tx, actor, weeks.week(), What.OPENED),
        ]
        for work in refused:
            with pytest.raises(NotAllowed):
                await weeks.does(who, work)
