"""The life of cases in random order: what support, managers, a customer and strangers to them do, how badly they press,
who gets them and to which team their customer comes, in a real encrypted file and over weekends and holidays, held
after each step against a model of a few values.

No illegal transition, no clock that runs backwards or below nothing, nothing warned of twice; the journal replays to
the very state, and its chain holds. `--rounds N` makes it N times as long.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from store import access, case_clock, complaints, customers, journal, kinds, requests, worktime
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import KehuError, NotAllowed, Stale
from store.rules import sla
from store.rules.models import CustomerWords, Role, Severity
from store.rules.sla import Stage
from store.rules.workdays import Calendar
from tests.house import BEGIN, SHANGHAI
from tests.store.people import People, people

T = TypeVar("T")

KEY = secrets.token_bytes(32)
CALENDAR = Calendar(SHANGHAI)
TARGETS = {severity: sla.targets(lambda _, default: default, severity) for severity in Severity}
UNRESOLVED = {"open", "in_progress", "waiting", "reopened"}
#: What each step needs and leads to, written down apart from the store. A merged case moves no more.
LEGAL: dict[str, dict[str, str]] = {
    "take": {"open": "in_progress", "reopened": "in_progress", "in_progress": "in_progress", "waiting": "waiting"},
    "ask": dict.fromkeys(UNRESOLVED, "waiting"),
    "tell": {"open": "in_progress", "reopened": "in_progress", "in_progress": "in_progress", "waiting": "waiting"},
    "hear": {"open": "open", "in_progress": "in_progress", "waiting": "in_progress", "reopened": "reopened"},
    "resolve": dict.fromkeys(UNRESOLVED, "resolved"),
    "close": {"resolved": "closed"},
    "reopen": {"resolved": "reopened", "closed": "reopened"},
}
DO: dict[str, Callable[[Tx, Actor, int], object]] = {
    "take": complaints.take,
    "ask": lambda tx, actor, case_id: complaints.ask(tx, actor, case_id, "订单号是多少？"),
    "tell": lambda tx, actor, case_id: complaints.tell(tx, actor, case_id, "在查了"),
    "hear": lambda tx, actor, case_id: complaints.hear(tx, actor, case_id, "A123"),
    "resolve": lambda tx, actor, case_id: complaints.resolve(tx, actor, case_id, "补发"),
    "close": complaints.close,
    "reopen": complaints.reopen,
}
#: Who handles cases of which team, what a customer may, and whom nothing of this concerns.
HANDLES = {"su": "east", "wang": "east", "qian": "south"}
GUEST_MAY = {"hear", "close", "reopen"}
MAY = {*HANDLES, "guest", "li", "zhou", "other"}
WHO = st.sampled_from(sorted(MAY))
PICK = st.integers(0, 1_000)
LATER = st.sampled_from([timedelta(minutes=1), timedelta(minutes=50), timedelta(hours=5), timedelta(days=3)])


@dataclass(frozen=True)
class Case:
    """A case in the model: where it stands, what was promised, whose it is, and its stopwatch."""

    status: str = "open"
    severity: Severity = Severity.NORMAL
    team: str = "east"
    has: str | None = None
    worked: timedelta = timedelta()
    since: datetime | None = None
    answered: bool = False
    merged: int | None = None
    gone: bool = False
    author: str | None = None
    moves: int = 0

    def elapsed(self, now: datetime) -> timedelta:
        return self.worked + (timedelta() if self.since is None else CALENDAR.between(self.since, now))

    @property
    def held(self) -> str | None:
        """Who has it and can handle it where it is."""
        return self.has if self.has is not None and HANDLES[self.has] == self.team else None

    @property
    def stands(self) -> str:
        """Where it stands for whoever looks: in hand only as long as somebody has it."""
        return "open" if self.status == "in_progress" and self.held is None else self.status

    def moved(self, status: str, now: datetime) -> Case:
        running = status in UNRESOLVED - {"waiting"}
        if running == (self.since is not None):
            return replace(self, status=status)
        return replace(self, status=status, worked=self.elapsed(now), since=now if running else None)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A book with the company and two customers in it, copied for each run."""

    def make_people(tx: Tx) -> tuple[People, list[int]]:
        staff = people(tx)
        return staff, [customers.add(tx, staff.li, CustomerWords(name=name)).id for name in ("张三", "李四")]

    async def make(path: Path) -> None:
        book = await Book.open(path, KEY, clock=lambda: BEGIN, cache_mib=4, readers=1)
        _Life.people, _Life.customers = await book.write(make_people)
        await book.close()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        asyncio.run(make(path))
        yield path


class _Life(RuleBasedStateMachine):
    template: Path
    people: People
    customers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "book.db"
        shutil.copyfile(self.template, path)
        self.runner = asyncio.Runner()
        self.book = self.runner.run(Book.open(path, KEY, clock=lambda: self.now, cache_mib=4, readers=1))
        self.cases: dict[int, Case] = {}
        self.changes: list[tuple[str, int, dict[int, Case], dict[int, Case]]] = []
        self.told: set[tuple[int, str, Stage]] = set()
        self.owner = "li"

    @property
    def team(self) -> str:
        """Where the customer is."""
        return "east" if self.owner == "li" else "south"

    def teardown(self) -> None:
        count, wrong = self._read(journal.verify)
        assert wrong is None
        assert count >= len(self.cases)
        self.runner.run(self.book.close())
        self.runner.close()
        self.folder.cleanup()

    def _actor(self, who: str) -> Actor:
        if who in ("guest", "other"):
            return Actor(Role.CUSTOMER, "zh", "UTC", customer_id=self.customers[who == "other"])
        actor: Actor = getattr(self.people, who)
        return actor

    # What people do --------------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(("li", "su", "guest", "zhou")), later=LATER)
    def open(self, who: str, later: timedelta) -> None:
        if len(self.cases) >= 5:
            return  # a customer opens no more than ten in a day
        self.now += later
        # Support sees whose case they have, wherever the customer is by now.
        has_one = any(case.held == who and case.status in UNRESOLVED and not case.gone for case in self.cases.values())
        if who not in ("guest", self.owner) and HANDLES.get(who) != self.team and not has_one:
            self._refused(who, "not_allowed", lambda tx, actor: complaints.add(tx, actor, self.customers[0], "少了"))
            return
        done = self._does(who, lambda tx, actor: complaints.add(tx, actor, self.customers[0], "少了").id)
        opened = Case(since=self.now, team=self.team, author=None if who == "guest" else who)
        self._changed(who, done[1], {done[0]: Case(gone=True)}, {done[0]: opened})

    @precondition(lambda self: self.cases)
    @rule(who=WHO, pick=PICK, step=st.sampled_from(sorted(DO)), later=LATER)
    def step(self, who: str, pick: int, step: str, later: timedelta) -> None:
        self.now += later
        number, case = self._one(pick)
        status = LEGAL[step].get(case.status)
        may = step in GUEST_MAY if who == "guest" else step != "hear" and HANDLES.get(who) == case.team
        refusal = None if may and not case.gone else "not_allowed"
        if refusal is None and (status is None or case.merged is not None):
            refusal = "no_longer"
        if refusal is not None:
            self._refused(who, refusal, lambda tx, actor: DO[step](tx, actor, number))
            return
        assert status is not None
        done = self._does(who, lambda tx, actor: DO[step](tx, actor, number))
        moved = case.moved(status, self.now)
        if step in ("ask", "tell", "resolve"):
            moved = replace(moved, answered=True, has=case.held or who)
        elif step == "take":
            moved = replace(moved, has=who)
        elif step == "reopen" and who == "guest":
            moved = replace(moved, team=self.team)
        self._changed(who, done[1], {number: case}, {number: moved})

    @precondition(lambda self: self.cases)
    @rule(
        who=st.sampled_from(("wang", "qian", "su", "li")), pick=PICK, to=st.sampled_from(("su", "wang", "qian", "li"))
    )
    def assign(self, who: str, pick: int, to: str) -> None:
        number, case = self._one(pick)
        receiver = self._actor(to).id
        status = LEGAL["take"].get(case.status)
        refusal = None if status is not None and case.merged is None else "no_longer"
        if who not in ("wang", "qian") or case.gone or {HANDLES.get(who), HANDLES.get(to)} != {case.team}:
            refusal = "not_allowed"
        if refusal is not None:
            self._refused(who, refusal, lambda tx, actor: complaints.assign(tx, actor, number, receiver))
            return
        assert status is not None
        done = self._does(who, lambda tx, actor: complaints.assign(tx, actor, number, receiver))
        self._changed(who, done[1], {number: case}, {number: replace(case.moved(status, self.now), has=to)})

    @precondition(lambda self: self.cases)
    @rule(who=WHO, pick=PICK, severity=st.sampled_from(Severity))
    def set_severity(self, who: str, pick: int, severity: Severity) -> None:
        """By who handles it, or who logged it and still has the customer."""
        number, case = self._one(pick)
        may = HANDLES.get(who) == case.team or who == case.author == self.owner
        refusal = "not_allowed" if case.gone or not may else None if case.status in UNRESOLVED else "no_longer"
        if refusal is not None:
            self._refused(who, refusal, lambda tx, actor: complaints.set_severity(tx, actor, number, severity))
            return
        done = self._does(who, lambda tx, actor: complaints.set_severity(tx, actor, number, severity))
        self._changed(who, done[1], {number: case}, {number: replace(case, severity=severity)})
        self.told = {news for news in self.told if news[0] != number}

    @rule()
    def hand_over(self) -> None:
        """The customer comes to the other team, and so do their unresolved cases."""
        self.owner = "zhou" if self.owner == "li" else "li"
        heir = self._actor(self.owner).id
        self._does("boss", lambda tx, boss: requests.hand_over(tx, boss, self.customers[0], heir))
        for number, case in self.cases.items():
            if case.status in UNRESOLVED and not case.gone and case.team != self.team:
                self.cases[number] = replace(case, team=self.team, moves=case.moves + 1)
                self.told = {news for news in self.told if news[0] != number}

    @precondition(lambda self: len(self.cases) > 1)
    @rule(who=st.sampled_from(("su", "qian", "li", "guest")), pick=PICK, into=PICK)
    def merge(self, who: str, pick: int, into: int) -> None:
        (number, case), (target, other) = self._one(pick), self._one(into)
        may = {HANDLES.get(who)} == {case.team, other.team}
        refusal = "not_allowed" if not may or case.gone or other.gone or number == target else None
        if refusal is None and (other.merged is not None or case.status == "closed"):
            refusal = "no_longer"
        if refusal is not None:
            self._refused(who, refusal, lambda tx, actor: complaints.merge(tx, actor, number, target))
            return
        done = self._does(who, lambda tx, actor: complaints.merge(tx, actor, number, target))
        before = {
            one: held for one, held in self.cases.items()
            if one == number or (held.merged == number and held.team == case.team)
        }  # fmt: skip
        after = {one: replace(held, merged=target) for one, held in before.items()}
        after[number] = replace(case.moved("closed", self.now), merged=target)
        self._changed(who, done[1], before, after)

    @precondition(lambda self: self.changes)
    @rule(pick=PICK, who=st.sampled_from(("own", "zhou")))
    def undo(self, pick: int, who: str) -> None:
        """Somebody takes a change back: as long as nothing was written since, the case is as if it had never been."""
        by, change, before, after = self.changes[pick % len(self.changes)]
        if by == "guest":
            return  # customers have no undo
        who = by if who == "own" else who
        fits = all(self.cases[number] == held for number, held in after.items())
        try:
            done = self._does(who, lambda tx, actor: journal.undo(tx, actor, change))
        except (NotAllowed, Stale):
            assert who != by or not fits or self._late(change, before) or self._handed_over(by)
            return
        assert who == by
        # What wrote no word of the case itself, a second question say, gives nothing of it back.
        self._changed(who, done[1], after, before if fits else {})
        # What was given back its time may be warned of again.
        self.told = {news for news in self.told if news[0] not in before}

    def _late(self, change: int, before: dict[int, Case]) -> bool:
        """Whether it can't be taken back: it was already, its cases were written since, or support logged it."""
        return any(set(before) & set(after) for _, other, _, after in self.changes if other > change) or any(
            held.gone for held in before.values()
        )

    def _handed_over(self, by: str) -> bool:
        """Whether somebody was a salesperson of the customer and is none any more: their cases are out of reach."""
        return by in ("li", "zhou") and by != self.owner

    @rule(later=LATER)
    def tick(self, later: timedelta) -> None:
        self.now += later
        for warned in self._does("boss", lambda tx, _: case_clock.claim(tx))[0]:
            news = (warned.case_id, warned.what, warned.stage)
            assert news not in self.told
            assert self.cases[warned.case_id].since is not None
            self.told.add(news)

    # What must always hold -------------------------------------------------------------------------------------------

    @invariant()
    def the_book_says_what_the_model_says(self) -> None:
        self._read(self._look)

    def _look(self, tx: Tx) -> None:
        assert worktime.calendar(tx) == CALENDAR
        for number, case in self.cases.items():
            if case.gone:
                with pytest.raises(NotAllowed):
                    complaints.get(tx, self.people.boss, number)
                continue
            seen = complaints.get(tx, self.people.boss, number)
            assert (seen.status, seen.merged_into, seen.severity) == (case.stands, case.merged, case.severity)
            assert seen.team_id == self._actor("wang" if case.team == "east" else "qian").team_id
            has = case.held if case.status in UNRESOLVED else case.has
            assert seen.assignee_id == (None if has is None else self._actor(has).id)
            self._look_at_the_time(tx, number, case)
            row, _ = access.row(tx, self.people.boss, Action.SEE_CASE, "complaint", number)
            replayed: dict[str, object] = dict.fromkeys((*kinds.COMPLAINT.clear, *kinds.COMPLAINT.sealed))
            for past in journal.of_case(tx, self.people.boss, number):
                replayed |= past.after
            assert replayed == journal.state(kinds.COMPLAINT, row)
            assert row["worked_ms"] >= 0
            assert (row["running_since"] is None) == (case.since is None)
            times = [row[name] for name in ("opened_at", "answered_at") if row[name] is not None]
            assert times == sorted(times)
            blind = [who for who in ("li", "zhou") if who != self.owner]
            for who in (*blind, *(who for who in HANDLES if HANDLES[who] != case.team), "other"):
                with pytest.raises(NotAllowed):
                    complaints.get(tx, self._actor(who), number)

    def _look_at_the_time(self, tx: Tx, number: int, case: Case) -> None:
        left = case_clock.left(tx, number)
        if case.status not in UNRESOLVED:
            assert left is None
            return
        assert left is not None
        promised = TARGETS[case.severity]
        target = promised.solve if case.answered else promised.answer
        assert left.time == target - case.elapsed(self.now)
        assert left.time <= target
        assert (left.at is None) == (case.since is None)

    # The model and the book ------------------------------------------------------------------------------------------

    def _one(self, pick: int) -> tuple[int, Case]:
        number = list(self.cases)[pick % len(self.cases)]
        return number, self.cases[number]

    def _changed(self, who: str, change: int | None, before: dict[int, Case], after: dict[int, Case]) -> None:
        if change is not None:
            self.changes.append((who, change, before, after))
        self.cases |= after

    def _does(self, who: str, work: Callable[[Tx, Actor], T]) -> tuple[T, int | None]:
        actor = self._actor(who)

        def whole(tx: Tx) -> tuple[T, int | None]:
            return work(tx, actor), tx.change

        return self.runner.run(self.book.write(whole))

    def _refused(self, who: str, refusal: str, work: Callable[[Tx, Actor], object]) -> None:
        with pytest.raises(KehuError, match=f"^{refusal}$"):
            self._does(who, work)

    def _read(self, work: Callable[[Tx], T]) -> T:
        return self.runner.run(self.book.read(work))


def test_a_life_of_cases(template: Path, rounds: int) -> None:
    _Life.template = template
    machine = _Life.TestCase
    machine.settings = settings(
        max_examples=5 * rounds, stateful_step_count=25, deadline=None, report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    machine("runTest").runTest()
