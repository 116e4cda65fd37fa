"""Every cell of tests/store/permissions.py, tried: with the store's own verbs, on a real file, and rolled back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from store import (
    access,
    answer_results,
    answers,
    bulk,
    campaign_results,
    campaigns,
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
from store.access import GRANTS, Action, Actor
from store.bulk import To
from store.db import Book, Tx
from store.deals import Terms
from store.errors import KehuError, NotAllowed
from store.rules import periods
from store.rules.models import Campaign, Customer, CustomerWords, Phone, Role
from store.rules.questions import QuestionKind, Questionnaire, Words
from store.rules.scores import Scale
from store.selecting import Filters
from store.stats import What
from tests.store import permissions
from tests.store.permissions import (
    ACTIONS,
    CAMPAIGNS,
    CUSTOMERS,
    DOCUMENT,
    EVERYBODY,
    GUESTS,
    INVITES,
    MEMBERS,
    UNDO,
    VISITORS,
    table,
)

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
    world.feedbacks[position] = feedback.rate(tx, _guest(made.id), 4).id
    world.responses[position] = _answers(tx, boss, world, made.id)


def _answers(tx: Tx, boss: Actor, world: World, customer_id: int) -> int:
    """The customer answers the questionnaire of the whole company."""
    assert world.survey is not None
    held = answers.begin(tx, _guest(customer_id), world.survey, 900)
    answers.give(tx, _guest(customer_id), held.handle, held.questions[0].id, 4)
    answers.finish(tx, _guest(customer_id), held.handle)
    given = answer_results.given(tx, boss, world.survey.id)
    return next(one.id for one in given if one.customer_id == customer_id)


def _guest(customer_id: int) -> Actor:
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
    asked = own_data.ask_erasure(tx, _guest(world.customers[at]))
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


@pytest.fixture(params=STAFF_ROLES, ids=str)
async def staffed(request: pytest.FixtureRequest, book: Book) -> tuple[Role, Book, World]:
    """A world around a member of each role."""
    role: Role = request.param
    world = await book.write(lambda tx: settle(tx, role))
    return role, book, world


async def cells(
    book: Book, world: World, text: str, verbs: dict[str, Callable[[Tx, Actor, World, str], object]]
) -> None:
    expected = table(text)
    found = {
        name: {
            at: await tried(book, lambda tx: staff.as_actor(tx, world.me), _bound(verbs[name], world, at)) for at in row
        }
        for name, row in expected.items()
    }
    assert found == expected


def _bound(verb: Callable[[Tx, Actor, World, str], object], world: World, at: str) -> Callable[[Tx, Actor], object]:
    return lambda tx, actor: verb(tx, actor, world, at)


async def test_customers(staffed: tuple[Role, Book, World]) -> None:
    role, book, world = staffed
    assert set(table(CUSTOMERS[role])) == {action for action in VERBS if action in _ABOUT_CUSTOMERS}
    await cells(book, world, CUSTOMERS[role], {action.value: verb for action, verb in VERBS.items()})


_ABOUT_CUSTOMERS = set(VERBS) - {Action.RATE, Action.OWN_CASES, Action.OWN_DATA, Action.MANAGE, Action.ROLES}


async def test_members(staffed: tuple[Role, Book, World]) -> None:
    role, book, world = staffed
    await cells(book, world, MEMBERS[role], {action.value: verb for action, verb in VERBS.items()})


async def test_invites(staffed: tuple[Role, Book, World]) -> None:
    role, book, world = staffed

    def inviting(whom: str) -> Callable[[Tx, Actor, World, str], object]:
        return lambda tx, actor, world, at: staff.invite(tx, actor, Role(whom), world.teams[at])

    await cells(book, world, INVITES[role], {whom: inviting(whom) for whom in STAFF_ROLES})


async def test_campaigns(staffed: tuple[Role, Book, World]) -> None:
    role, book, world = staffed

    def of_team(tx: Tx, at: str) -> Campaign:
        boss = staff.as_actor(tx, world.members["owner"])
        made = campaigns.add(tx, boss, "门店收银台", Scale.STARS, anonymous=True, team_id=world.teams.get(at))
        staff.as_actor(tx, world.me)
        return made

    def running(tx: Tx, actor: Actor, world: World, at: str) -> object:
        """A new one of that team; and of one that is there the link, a new link, the end."""
        there = of_team(tx, at).id
        try:
            campaigns.add(tx, actor, "售后", Scale.NPS, anonymous=False, team_id=world.teams.get(at))
        except NotAllowed:
            for verb in (campaigns.token, campaigns.rotate, campaigns.end):
                with pytest.raises(NotAllowed):
                    verb(tx, actor, there)
            raise
        campaigns.token(tx, actor, there)
        campaigns.rotate(tx, actor, there)
        return campaigns.end(tx, actor, there)

    def reading(tx: Tx, actor: Actor, world: World, at: str) -> object:
        """One by its number, in the list, and a stranger's answer to it in the inbox: the three must agree."""
        asked = of_team(tx, at)
        given = feedback.rate_unnamed(tx, asked, 1, 31337)
        listed = asked.id in [one.id for one in campaigns.page(tx, actor, limit=50)]
        assert listed == (given in [one.id for one in feedback_inbox.page(tx, actor, limit=50)])
        assert listed == bool(campaign_results.results(tx, actor, asked).answers)
        return campaigns.heard(tx, actor, asked.id)

    await cells(book, world, CAMPAIGNS[role], {"campaign": running, "see_feedback": reading})


async def test_undo(staffed: tuple[Role, Book, World]) -> None:
    role, book, world = staffed

    def changed(tx: Tx, actor: Actor, at: str) -> int:
        """A change to a case for support, to a customer for the others."""
        tx.change = None
        if role is Role.SUPPORT:
            complaints.take(tx, actor, world.cases[at])
        else:
            _edit(tx, actor, world, at)
        assert tx.change is not None
        change, tx.change = tx.change, None
        return change

    def own(tx: Tx, actor: Actor) -> object:
        return journal.undo(tx, actor, changed(tx, actor, "own"))

    def lost(tx: Tx, actor: Actor) -> object:
        change = changed(tx, actor, "own")
        boss = staff.as_actor(tx, world.members["owner"])
        for kind, record in ((kinds.CUSTOMER, world.customers["own"]), (kinds.COMPLAINT, world.cases["own"])):
            row, _ = access.row(tx, boss, Action.SEE, kind.table, record)
            moved: dict[str, object] = {"team_id": world.teams["other"]}
            if kind is kinds.CUSTOMER:
                moved["owner_id"] = world.members["other"]
            journal.update(tx, CLOCK, kind, row, moved)
        # The version has moved on too: put it back, so that only the reach can say no.
        tx.run("UPDATE customer SET version = version - 1 WHERE id = :id", id=world.customers["own"])
        tx.run("UPDATE complaint SET version = version - 1 WHERE id = :id", id=world.cases["own"])
        tx.change = None
        return journal.undo(tx, actor, change)

    def colleague(tx: Tx, actor: Actor) -> object:
        change = changed(tx, actor, "team")
        boss = staff.as_actor(tx, world.members["owner"])
        tx.run("UPDATE change SET actor_id = :id WHERE id = :change", id=boss.id, change=change)
        me = actor if actor.id != boss.id else staff.as_actor(tx, world.members["owner"])
        return journal.undo(tx, me, change)

    verbs = {"own": own, "lost": lost, "colleague": colleague}
    expected = table(UNDO)[role]
    assert {at: await tried(book, lambda tx: staff.as_actor(tx, world.me), verbs[at]) for at in expected} == expected


async def test_the_customers_side(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))
    expected = table(GUESTS)
    found = {
        name: {
            at: await tried(book, lambda _: _guest(world.customers["own"]), _bound(VERBS[Action(name)], world, at))
            for at in row
        }
        for name, row in expected.items()
    }
    assert found == expected


async def test_a_visitors_side(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))

    def come(tx: Tx) -> Actor:
        boss = staff.as_actor(tx, world.members["owner"])
        token = guests.link(tx, boss, world.customers["own"])
        visitor = guests.consent(tx, token, telegram_id=901, chat_id=901, language="zh")
        world.cases["written"] = complaints.add(tx, visitor, visitor.customer_id, "还没到").id
        world.feedbacks["written"] = feedback.rate(tx, visitor, 3).id
        return visitor

    visitor = await book.write(come)
    for part in (world.customers, world.cases, world.feedbacks):
        part["customer"] = part["own"]
    world.customers["written"] = world.customers["own"]

    def verb(name: str, at: str) -> Callable[[Tx, Actor], object]:
        def does(tx: Tx, actor: Actor) -> object:
            try:
                done = VERBS[Action(name)](tx, actor, world, at)
            except KehuError as error:
                if error.key == "prove_first":
                    raise NotAllowed from None
                raise
            return done.customer if isinstance(done, own_data.Held) else done

        return does

    expected = table(VISITORS)
    found = {name: {at: await tried(book, lambda _: visitor, verb(name, at)) for at in row}
             for name, row in expected.items()}  # fmt: skip
    assert found == expected


async def test_strangers_and_the_clock_get_nowhere(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))
    for nobody in (Actor(Role.STRANGER, "zh", "UTC"), CLOCK):
        for action, verb in VERBS.items():
            for at in ("salesperson", "other") if action in (Action.MANAGE, Action.ROLES) else POSITIONS:
                assert await tried(book, _always(nobody), _bound(verb, world, at)) == "no", (action, at)


def _always(actor: Actor) -> Callable[[Tx], Actor]:
    return lambda _: actor


def test_what_everybody_may_ask() -> None:
    expected = table(EVERYBODY)
    found = {
        name: {role: "yes" if Action(name) in GRANTS[Role(role)] else "no" for role in row}
        for name, row in expected.items()
    }
    assert found == expected


def test_every_action_is_in_a_table() -> None:
    texts = [EVERYBODY, GUESTS, *(text for part in (CUSTOMERS, MEMBERS, CAMPAIGNS) for text in part.values())]
    listed = {name for text in texts for name in table(text)}
    assert {Action(name) for name in listed} | {Action.UNDO, Action.INVITE} == set(Action) == set(ACTIONS)


async def test_what_a_member_may_not_see_of_a_contact_they_cant_search_either(
    staffed: tuple[Role, Book, World],
) -> None:
    """A hidden number is not confirmed by finding somebody by it, whole or in part; nor does a masked card show it."""
    role, book, world = staffed
    seen = table(CUSTOMERS[role])["find"]

    def by_number(tx: Tx, at: str) -> set[str]:
        me = staff.as_actor(tx, world.me)
        queries = (DIGITS[at], DIGITS[at][-8:], f"{at}@canary.example")
        return {query for query in queries if world.customers[at] in _ids(search.find(tx, me, query).customers)}

    def told(tx: Tx, at: str) -> str:
        card = customers.get(tx, staff.as_actor(tx, world.me), world.customers[at])
        return json.dumps(card.model_dump(mode="json"), ensure_ascii=False)

    for at in POSITIONS:
        found = await book.read(partial(by_number, at=at))
        assert len(found) == (3 if seen[at] == "yes" else 0), (at, found)
        if seen[at] == "masked":
            card = await book.read(partial(told, at=at))
            assert DIGITS[at] not in card
            assert f"{at}@canary.example" not in card


def _ids(found: list[Customer]) -> list[int]:
    return [one.id for one in found]


def test_the_page_of_the_docs_says_the_same() -> None:
    """After a change of a table: `python -m tests.store.permissions`."""
    assert DOCUMENT.read_text(encoding="utf-8") == permissions.document()
