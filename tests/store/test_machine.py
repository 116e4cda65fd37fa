"""The life of a book in random order: what several people add, change, note, plan, hand over and take back in a real
encrypted file, held after each step against a model of a few dictionaries.

After every step each person sees what the model says and nothing else; at the end the journal's chain holds, and
opening the file again shows the same.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from store import access, customers, followups, interactions, journal, kinds, recognition, search, selecting
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import KehuError, NotAllowed, Stale
from store.rules.masking import phone as masked_phone
from store.rules.models import Contacted, CustomerWords, Level, Phone, Role
from tests.house import BEGIN
from tests.store.people import People, people

T = TypeVar("T")
Values = dict[str, Any]

KEY = secrets.token_bytes(32)
PEOPLE = tuple(People.__dataclass_fields__)
#: Whom a member reaches beyond the own customers.
TEAMS = {"wang": {"华东"}, "su": {"华东"}, "qian": {"华南"}, "li": {"华东"}, "han": {"华东"}, "zhou": {"华南"}}
SELLERS = ("li", "han", "zhou")

NAMES = st.sampled_from(("张三", "章三", "Jane Doe", "曾国强"))
NUMBERS = st.sampled_from(("+8613800138000", "+8613900139000", "+442079460958"))
FIRMS = st.sampled_from(("", "云帆科技", "Acme Ltd"))
CHANGES = st.one_of(
    st.tuples(st.just("name"), NAMES),
    st.tuples(st.just("company"), FIRMS),
    st.tuples(st.just("title"), st.sampled_from(("", "采购", "buyer"))),
    st.tuples(st.just("level"), st.sampled_from([level.value for level in Level])),
    st.tuples(st.just("number"), NUMBERS),
)
ANYBODY = st.sampled_from(PEOPLE)
PICK = st.integers(0, 1_000)


@dataclass
class Record:
    """A customer, a note or a follow-up in the model. `now` holds its fields, and `gone` whether it was taken back."""

    kind: str
    id: int
    customer: int
    now: Values
    version: int = 1
    writes: list[int] = field(default_factory=list)


@dataclass
class Change:
    """What one person did at once: which records became what, and what they were before."""

    who: str
    entries: list[tuple[Record, Values, Values]]
    undone: bool = False


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A book with the company in it, copied for each run."""

    async def make(path: Path) -> None:
        book = await Book.open(path, KEY, clock=lambda: BEGIN, cache_mib=4, readers=1)
        _Life.actors = await book.write(people)
        await book.close()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        asyncio.run(make(path))
        yield path


class _Life(RuleBasedStateMachine):
    """The rules: what people do, each checked against what the model says must come of it."""

    template: Path
    actors: People

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = BEGIN
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "book.db"
        shutil.copyfile(self.template, self.path)
        self.runner = asyncio.Runner()
        self.book = self.runner.run(Book.open(self.path, KEY, clock=lambda: self.now, cache_mib=4, readers=1))
        self.records: dict[tuple[str, int], Record] = {}
        self.changes: dict[int, Change] = {}

    def teardown(self) -> None:
        self.runner.run(self.book.close())
        self.book = self.runner.run(Book.open(self.path, KEY, clock=lambda: self.now, cache_mib=4, readers=1))
        self.everybody_sees_what_the_model_says()
        self._read(self._find)
        count, wrong = self._read(journal.verify)
        assert wrong is None
        assert count >= sum(len(change.entries) for change in self.changes.values())
        self.runner.run(self.book.close())
        self.runner.close()
        self.folder.cleanup()

    # What people do --------------------------------------------------------------------------------------------------

    @rule(who=ANYBODY, name=NAMES, number=NUMBERS, firm=FIRMS)
    def add(self, who: str, name: str, number: str, firm: str) -> None:
        words = CustomerWords(name=name, company=firm, phones=(Phone(e164=number, raw=number),))
        refusal = "not_allowed" if who == "su" else None
        done = self._does(who, lambda tx, actor: customers.add(tx, actor, words).id, refusal)
        if done:
            now = {
                "name": name, "company": firm, "title": "", "level": "potential", "number": number, "owner": who,
                "team": getattr(self.actors, who).team_id, "gone": False,
            }  # fmt: skip
            self._created(who, done, "customer", done[0], now)

    @precondition(lambda self: self.records)
    @rule(who=ANYBODY, pick=PICK, new=CHANGES, late=st.booleans())
    def change(self, who: str, pick: int, new: tuple[str, str], late: bool) -> None:
        """`late`: as somebody does who looks at a card from before the last change."""
        customer, (name, value) = self._customer(pick), new
        if customer.now[name] == value == "":
            return  # nothing and empty are two to the journal, one to everybody else
        version = customer.version - 1 if late else customer.version
        stored: object = [Phone(e164=value, raw=value).model_dump()] if name == "number" else value
        column = "phones" if name == "number" else name
        done = self._does(
            who, lambda tx, actor: customers.change(tx, actor, customer.id, version, {column: stored}),
            self._refusal(who, customer) or ("stale" if late else None),
        )  # fmt: skip
        if done:
            self._changed(who, done, customer, {name: value})

    @precondition(lambda self: self.records)
    @rule(who=ANYBODY, pick=PICK, call=st.booleans(), text=st.sampled_from(("下周给报价", "wants samples")))
    def note(self, who: str, pick: int, call: bool, text: str) -> None:
        customer, kind = self._customer(pick), Contacted.CALL if call else Contacted.NOTE
        done = self._does(
            who, lambda tx, actor: interactions.add(tx, actor, customer.id, text, kind).id,
            self._refusal(who, customer),
        )  # fmt: skip
        if done:
            now = {"text": text, "call": call, "at": self.now, "gone": False}
            self._created(who, done, "interaction", done[0], now, customer.id)

    @precondition(lambda self: self.records)
    @rule(who=ANYBODY, pick=PICK, hours=st.integers(1, 100))
    def plan(self, who: str, pick: int, hours: int) -> None:
        customer, due = self._customer(pick), self.now + timedelta(hours=hours)
        done = self._does(
            who, lambda tx, actor: followups.plan(tx, actor, customer.id, due, "发报价").id,
            self._refusal(who, customer),
        )  # fmt: skip
        if done:
            self._created(who, done, "followup", done[0], {"due": due, "gone": False}, customer.id)

    @precondition(lambda self: self.records)
    @rule(pick=PICK, to=st.sampled_from((*SELLERS, None)))
    def hand_over(self, pick: int, to: str | None) -> None:
        """The owner gives a customer to somebody, or to the pool of its team."""
        customer = self._customer(pick)

        def give(tx: Tx, actor: Actor) -> None:
            row, _ = access.row(tx, actor, Action.EDIT, "customer", customer.id)
            journal.update(tx, actor, kinds.CUSTOMER, row, {"owner_id": getattr(self.actors, to).id if to else None})

        done = self._does("boss", give)
        assert done is not None
        self._changed("boss", done, customer, {"owner": to})

    @precondition(lambda self: self.changes)
    @rule(who=ANYBODY, pick=PICK, own=st.booleans())
    def undo(self, who: str, pick: int, own: bool) -> None:
        """Somebody takes a change back: mostly their own, at times a colleague's. An undo is a change like any."""
        change_id = list(self.changes)[pick % len(self.changes)]
        change = self.changes[change_id]
        who = change.who if own else who
        reached = all(self._works_on(who, self.records["customer", entry[0].customer]) for entry in change.entries)
        later = any(record.writes[-1] != change_id for record, _, _ in change.entries)
        try:
            refusal = "stale" if change.undone else None if reached else "not_allowed"
            done = self._does(
                who, lambda tx, actor: journal.undo(tx, actor, change_id),
                refusal if who == change.who else "not_allowed",
            )  # fmt: skip
        except Stale:
            assert later, "nobody has touched it since"
            return
        if not done:
            return
        entries = []
        for record, before, after in reversed(change.entries):
            assert {name: record.now[name] for name in after} == after, "a later change was taken back with it"
            entries.append((record, after, before))
            self._write(record, before, done[1])
        change.undone = True
        self.changes[done[1]] = Change(who, entries)

    # What must always hold -------------------------------------------------------------------------------------------

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        self._read(self._look)
        self.now += timedelta(minutes=7)

    def _look(self, tx: Tx) -> None:
        everybody = [record for record in self.records.values() if record.kind == "customer"]
        for who in PEOPLE:
            actor = getattr(self.actors, who)
            seen = {record.id: self._sees(who, record) for record in everybody}
            here = {record.id for record in everybody if seen[record.id] and not record.now["gone"]}
            assert {one.id for one in selecting.select(tx, actor, limit=100)} == here
            for record in everybody:
                self._look_at(tx, actor, record, seen[record.id])
        for number in {record.now["number"] for record in everybody}:
            holders = {one.id for one in everybody if one.now["number"] == number and not one.now["gone"]}
            assert set(recognition.holders(tx, [("phone", number)])) == holders

    def _find(self, tx: Tx) -> None:
        """The search index has followed all of it."""
        everybody = [record for record in self.records.values() if record.kind == "customer"]
        for who in PEOPLE:
            for name in {record.now["name"] for record in everybody}:
                called = [one for one in everybody if one.now["name"] == name and not one.now["gone"]]
                found = search.find(tx, getattr(self.actors, who), name, limit=100).customers
                assert {one.id for one in found if one.name == name} == {
                    one.id for one in called if self._sees(who, one)
                }

    def _look_at(self, tx: Tx, actor: Actor, record: Record, seen: str) -> None:
        notes = [one for one in self.records.values() if one.kind == "interaction" and one.customer == record.id]
        tasks = [one for one in self.records.values() if one.kind == "followup" and one.customer == record.id]
        if not seen:
            with pytest.raises(NotAllowed):
                customers.get(tx, actor, record.id)
        else:
            shown, now = customers.get(tx, actor, record.id), record.now
            number = now["number"] if seen == "clear" else masked_phone(now["number"])
            assert (shown.name, shown.company, shown.title, shown.level, shown.archived) == (
                now["name"], now["company"], now["title"], now["level"], now["gone"],
            )  # fmt: skip
            assert ([phone.e164 for phone in shown.phones], shown.masked) == ([number], seen == "masked")
            assert shown.version == record.version
            calls = [one.now["at"] for one in notes if one.now["call"] and not one.now["gone"]]
            assert shown.last_contact_at == (max(calls) if calls else None)
        if seen == "clear":
            told = [one.text for one in interactions.timeline(tx, actor, record.id, limit=100)]
            assert sorted(told) == sorted(one.now["text"] for one in notes if not one.now["gone"])
        else:
            with pytest.raises(NotAllowed):
                interactions.timeline(tx, actor, record.id)
        for task in tasks:
            if seen == "clear" and not task.now["gone"]:
                assert followups.get(tx, actor, task.id).due_at == task.now["due"]
            else:
                with pytest.raises(NotAllowed):
                    followups.get(tx, actor, task.id)

    # The model -------------------------------------------------------------------------------------------------------

    def _customer(self, pick: int) -> Record:
        """One of those that are not gone, or, when all are, of those that are: their cards still lie in chats."""
        everybody = [record for record in self.records.values() if record.kind == "customer"]
        here = [record for record in everybody if not record.now["gone"]] or everybody
        return here[pick % len(here)]

    def _sees(self, who: str, customer: Record) -> str:
        """How somebody sees a customer: "clear", "masked", or "" for not at all."""
        actor: Actor = getattr(self.actors, who)
        if actor.role is Role.OWNER or customer.now["owner"] == who:
            return "clear"
        teams = {getattr(self.actors, mate).team_id for mate in TEAMS if TEAMS[mate] & TEAMS[who]}
        if customer.now["team"] not in teams:
            return ""
        if actor.role is Role.MANAGER:
            return "clear"
        return "masked" if actor.role is Role.SUPPORT or customer.now["owner"] is None else ""

    def _works_on(self, who: str, customer: Record) -> bool:
        """Whether somebody may change a customer, and note and plan things for one."""
        return self._sees(who, customer) == "clear" and who != "su"

    def _refusal(self, who: str, customer: Record) -> str | None:
        """Why somebody may not do so just now."""
        if not self._works_on(who, customer):
            return "not_allowed"
        return "archived" if customer.now["gone"] else None

    def _created(
        self, who: str, done: tuple[int, int], kind: str, number: int, now: Values, customer: int | None = None
    ) -> None:
        record = self.records[kind, number] = Record(kind, number, customer or number, {"gone": True})
        self.changes[done[1]] = Change(who, [(record, {"gone": True}, now)])
        record.now = dict(now)
        record.writes.append(done[1])

    def _changed(self, who: str, done: tuple[Any, int | None], record: Record, new: Values) -> None:
        before = {name: record.now[name] for name in new}
        assert (done[1] is None) == (before == new), "what changes nothing is no change, all else is one"
        if done[1] is not None:
            self.changes[done[1]] = Change(who, [(record, before, new)])
            self._write(record, new, done[1])

    def _write(self, record: Record, values: Values, change_id: int) -> None:
        record.now |= values
        record.version += 1
        record.writes.append(change_id)

    # The book --------------------------------------------------------------------------------------------------------

    def _does(self, who: str, work: Callable[[Tx, Actor], T], refusal: str | None = None) -> tuple[T, Any] | None:
        """What somebody's work gave and the change that it made; None where it was refused as it had to be."""
        actor: Actor = getattr(self.actors, who)

        def whole(tx: Tx) -> tuple[T, int | None]:
            return work(tx, actor), tx.change

        if refusal is not None:
            with pytest.raises(KehuError, match=f"^{refusal}$"):
                self.runner.run(self.book.write(whole))
            return None
        return self.runner.run(self.book.write(whole))

    def _read(self, work: Callable[[Tx], T]) -> T:
        return self.runner.run(self.book.read(work))


def test_a_life_of_the_book(template: Path) -> None:
    _Life.template = template
    machine = _Life.TestCase
    machine.settings = settings(
        max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow],
        report_multiple_bugs=False,
    )  # fmt: skip
    machine("runTest").runTest()
