"""The world in which the cells of tests/store/permissions.py are tried: a member, customers in every position to them,
and the store's own verb for each action.

    world = await book.write(lambda tx: settle(tx, Role.SUPPORT))
    await tried(book, lambda tx: staff.as_actor(tx, world.me), bound(VERBS[Action.SEE], world, "team"))   →  "masked"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from store import (
    access,
    answer_results,
    answers,
    bulk,
    complaints,
    customers,
    deals,
    feedback,
    feedback_inbox,
    followups,
    guests,
    interactions,
    journal,
    kinds,
    own_data,
    questionnaires,
    search,
    selecting,
    staff,
    stats,
    team_tree,
)
from store.access import Action, Actor
from store.bulk import To
from store.db import Book, Tx
from store.deals import Terms
from store.errors import NotAllowed
from store.rules import periods
from store.rules.models import Customer, CustomerWords, Phone, Role
from store.rules.questions import QuestionKind, Questionnaire, Words
from store.selecting import Filters
from store.stats import What

CLOCK = Actor(Role.CLOCK, "zh", "Asia/Shanghai")
STAFF_ROLES = (Role.OWNER, Role.MANAGER, Role.SALESPERSON, Role.SUPPORT)
POSITIONS = ("own", "team", "below", "pool", "case", "closed", "other", "moved", "task")
DIGITS = {position: f"1380013800{place}" for place, position in enumerate(POSITIONS)}


@dataclass
class World:
    """A company around one member, `me`: somebody of every kind in every place, and a customer in every position."""

    me: int = 0
    teams: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    deals: dict[str, int] = field(default_factory=dict)
    feedbacks: dict[str, int] = field(default_factory=dict)
    survey: Questionnaire | None = None
    responses: dict[str, int] = field(default_factory=dict)


class _Back(Exception):
    """Takes a try back: whatever it wrote is rolled back."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


def settle(tx: Tx, role: Role) -> World:
    """Teams: above ⊃ own ⊃ below, and other. `me` is in own."""
    world = World()
    boss = staff.as_actor(tx, _joins(tx, Role.OWNER, None, 1))
    for name, parent in (("above", None), ("own", "above"), ("below", "own"), ("other", None)):
        world.teams[name] = team_tree.add(tx, boss, name, world.teams.get(parent or ""))
    world.members["owner"] = boss.id
    for place, (name, whose, team) in enumerate((
        ("salesperson", Role.SALESPERSON, "own"), ("support", Role.SUPPORT, "own"), ("manager", Role.MANAGER, "own"),
        ("below", Role.SALESPERSON, "below"), ("above", Role.MANAGER, "above"), ("other", Role.SALESPERSON, "other"),
    )):  # fmt: skip
        world.members[name] = _joins(tx, whose, world.teams[team], 10 + place)
    world.me = world.members["self"] = _joins(tx, role, world.teams["own"], 2)
    world.survey = questionnaires.add(tx, boss, Words(zh="满意度"))
    questionnaires.add_question(tx, boss, world.survey.id, QuestionKind.SCORE5, Words(zh="如何？"))
    questionnaires.publish(tx, boss, world.survey.id)
    owners = {"own": world.me, "pool": None} | {at: world.members[at] for at in ("below", "other")}
    owners["moved"] = world.members["other"]
    for position in POSITIONS:
        team_id = world.teams[{"below": "below", "other": "other", "moved": "other"}.get(position, "own")]
        _customer(tx, boss, world, position, owners.get(position, world.members["salesperson"]), team_id)
    return world


def _joins(tx: Tx, role: Role, team_id: int | None, number: int) -> int:
    newcomer = staff.Newcomer(number, number, f"{role}{number}", "zh", "Asia/Shanghai")
    return staff.join(tx, staff.invite(tx, None, role, team_id), newcomer).id


def _customer(tx: Tx, boss: Actor, world: World, position: str, owner: int | None, team: int) -> None:
    phone = Phone(e164=f"+86{DIGITS[position]}")
    words = CustomerWords(name=f"金丝雀{position}", phones=(phone,), emails=(f"{position}@canary.example",))
    made = customers.add(tx, boss, words)
    journal.update(
        tx, CLOCK, kinds.CUSTOMER, access.row(tx, boss, Action.SEE, "customer", made.id)[0],
        {"owner_id": owner, "team_id": team},
    )  # fmt: skip
    interactions.add(tx, boss, made.id, "来过电话")
    case = complaints.add(tx, boss, made.id, "少了两箱")
    row, _ = access.row(tx, boss, Action.SEE_CASE, "complaint", case.id)
    status = "resolved" if position == "closed" else "open"
    assignee = world.me if position in ("case", "closed", "moved") else None
    journal.update(tx, CLOCK, kinds.COMPLAINT, row, {"assignee_id": assignee, "status": status})
    if position == "task":
        task = followups.plan(tx, boss, made.id, tx.now, "打电话")
        row, _ = access.row(tx, boss, Action.REMIND, "followup", task.id)
        journal.update(tx, CLOCK, kinds.FOLLOWUP, row, {"staff_id": world.me, "lent_by": boss.id})
    world.customers[position], world.cases[position] = made.id, case.id
    world.deals[position] = deals.add(tx, boss, made.id, Terms("年度框架")).id
    world.feedbacks[position] = feedback.rate(tx, guest(made.id), 4).id
    world.responses[position] = _answers(tx, boss, world, made.id)


def _answers(tx: Tx, boss: Actor, world: World, customer_id: int) -> int:
    """The customer answers the questionnaire of the whole company."""
    assert world.survey is not None
    held = answers.begin(tx, guest(customer_id), world.survey, 900)
    answers.give(tx, guest(customer_id), held.handle, held.questions[0].id, 4)
    answers.finish(tx, guest(customer_id), held.handle)
    given = answer_results.given(tx, boss, world.survey.id)
    return next(one.id for one in given if one.customer_id == customer_id)


def guest(customer_id: int) -> Actor:
    return Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer_id)


# What each action does. A verb raises NotAllowed or returns None for "no", and a customer where one is to be looked at.

Verb = Callable[[Tx, Actor, World, str], object]


def _find(tx: Tx, actor: Actor, world: World, at: str) -> Customer | None:
    """By search, by the list of recent ones and by the list of ids: the three must agree."""
    wanted = world.customers[at]
    searched = {one.id: one for one in search.find(tx, actor, f"金丝雀{at}").customers}.get(wanted)
    listed = {one.id: one for one in selecting.select(tx, actor, limit=50)}.get(wanted)
    assert searched == listed == next(iter(customers.get_all(tx, actor, [wanted])), None)
    return searched


def _see(tx: Tx, actor: Actor, world: World, at: str) -> Customer:
    """The card, and the timeline, which is open exactly where the card is not masked."""
    seen = customers.get(tx, actor, world.customers[at])
    try:
        assert interactions.timeline(tx, actor, seen.id)[0].text == "来过电话"
        assert not seen.masked
    except NotAllowed:
        assert seen.masked
    return seen


def _edit(tx: Tx, actor: Actor, world: World, at: str) -> object:
    version = tx.value("SELECT version FROM customer_index WHERE id = :id", id=world.customers[at])
    return customers.change(tx, actor, world.customers[at], version, {"level": "vip"})


def _assign(tx: Tx, actor: Actor, world: World, at: str) -> object:
    """A whole list: to oneself, and what is one's own to the pool; whether this customer was among them."""
    bulk.change(tx, actor, Filters(), To("owner", 0 if at == "own" else world.me))
    changed = tx.all("SELECT customer_id FROM entry_mine WHERE change_id = :id", id=tx.change)
    return world.customers[at] if world.customers[at] in [row["customer_id"] for row in changed] else None


def _handle(tx: Tx, actor: Actor, world: World, at: str) -> object:
    if at == "closed":
        return complaints.reopen(tx, actor, world.cases[at])
    return complaints.resolve(tx, actor, world.cases[at], "补发了")


def _read_case(tx: Tx, actor: Actor, world: World, at: str) -> object:
    """One, among its customer's, and its messages: the three must agree."""
    case = complaints.get(tx, actor, world.cases[at])
    assert case.id in [one.id for one in complaints.of_customer(tx, actor, world.customers[at])]
    complaints.messages(tx, actor, case.id)
    return case


def _read_feedback(tx: Tx, actor: Actor, world: World, at: str) -> object:
    given = feedback.get(tx, actor, world.feedbacks[at])
    assert given.id in [one.id for one in feedback_inbox.page(tx, actor, limit=50)]
    return given


def _answer(tx: Tx, actor: Actor, world: World, at: str) -> object:
    asked = own_data.ask_erasure(tx, guest(world.customers[at]))
    return own_data.refuse(tx, actor, asked.id, "还有一张发票没结清")


def _survey(tx: Tx, actor: Actor, world: World, at: str) -> object:
    """One person's answers, and among all that were given: the two must agree."""
    given = answer_results.one(tx, actor, world.responses[at])
    assert world.survey is not None
    assert given.id in [one.id for one in answer_results.given(tx, actor, world.survey.id)]
    return given


def _report(tx: Tx, actor: Actor, world: World, at: str) -> object:
    week = periods.week(tx.now.date(), tx.now, ZoneInfo("Asia/Shanghai"))
    counted = [line.customer for line in stats.rows(tx, actor, week, What.NEW, limit=50)]
    assert stats.report(tx, actor, week)[What.NEW].now == len(counted)
    return next((one for one in counted if one.id == world.customers[at]), None)


def _deal(tx: Tx, actor: Actor, world: World, at: str) -> object:
    """One by its number, all of the customer's, a new one: the three must agree."""
    there, whose = world.deals[at], world.customers[at]
    try:
        deals.win(tx, actor, there)
    except NotAllowed:
        for verb in (deals.page, deals.open_of, deals.last_purchase):
            with pytest.raises(NotAllowed):
                verb(tx, actor, whose)
        with pytest.raises(NotAllowed):
            deals.purchase(tx, actor, whose, Terms("加购"))
        raise
    assert deals.last_purchase(tx, actor, whose) == deals.get(tx, actor, there)
    return deals.add(tx, actor, whose, Terms("加购"))


VERBS: dict[Action, Verb] = {
    Action.FIND: _find,
    Action.SEE: _see,
    Action.EDIT: _edit,
    Action.ASSIGN: _assign,
    Action.LOG: lambda tx, actor, world, at: interactions.add(tx, actor, world.customers[at], "记一笔"),
    Action.REMIND: lambda tx, actor, world, at: followups.plan(tx, actor, world.customers[at], tx.now, "打电话"),
    Action.DEAL: _deal,
    Action.LINK: lambda tx, actor, world, at: guests.link(tx, actor, world.customers[at]),
    Action.COMPLAIN: lambda tx, actor, world, at: complaints.add(tx, actor, world.customers[at], "又少了一箱"),
    Action.SEE_CASE: _read_case,
    Action.HANDLE: _handle,
    Action.SEE_FEEDBACK: _read_feedback,
    Action.SURVEY: _survey,
    Action.HISTORY: lambda tx, actor, world, at: journal.history(tx, actor, world.customers[at]),
    Action.REPORT: _report,
    Action.RATE: lambda tx, actor, world, at: feedback.add_words(tx, actor, world.feedbacks[at], "很好"),
    Action.OWN_DATA: lambda tx, actor, world, at: own_data.held(tx, actor, world.customers[at]),
    Action.PRIVACY: _answer,
    Action.OWN_CASES: lambda tx, actor, world, at: complaints.hear(tx, actor, world.cases[at], "还是没到"),
    Action.MANAGE: lambda tx, actor, world, at: [
        staff.rename(tx, actor, world.members[at], "新名字"),
        staff.set_active(tx, actor, world.members[at], active=False),
    ],
    Action.ROLES: lambda tx, actor, world, at: [
        staff.set_team(tx, actor, world.members[at], world.teams["below"]),
        staff.set_role(tx, actor, world.members[at], Role.SUPPORT),
    ],
}


async def tried(book: Book, actor: Callable[[Tx], Actor], verb: Callable[[Tx, Actor], object]) -> str:
    """Does it, says what came of it, and takes it back."""

    def attempt(tx: Tx) -> None:
        try:
            done = verb(tx, actor(tx))
        except NotAllowed:
            raise _Back("no") from None
        if done is None:
            raise _Back("no")
        raise _Back("masked" if isinstance(done, Customer) and done.masked else "yes")

    with pytest.raises(_Back) as back:
        await book.write(attempt)
    return back.value.cell


def bound(verb: Callable[[Tx, Actor, World, str], object], world: World, at: str) -> Callable[[Tx, Actor], object]:
    return lambda tx, actor: verb(tx, actor, world, at)
