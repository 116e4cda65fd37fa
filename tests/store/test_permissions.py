"""Every cell of tests/store/permissions.py, tried: with the store's own verbs, on a real file, and rolled back."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest

from store import (
    access,
    campaign_results,
    campaigns,
    complaints,
    customers,
    feedback,
    feedback_inbox,
    journal,
    kinds,
    search,
    staff,
)
from store.access import GRANTS, Action, Actor
from store.db import Book, Tx
from store.errors import NotAllowed
from store.rules.models import Campaign, Customer, Role
from store.rules.scores import Scale
from tests.store import permissions
from tests.store.permission_world import CLOCK, DIGITS, POSITIONS, STAFF_ROLES, VERBS, World, bound, settle, tried
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
    table,
)


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
            at: await tried(book, lambda tx: staff.as_actor(tx, world.me), bound(verbs[name], world, at)) for at in row
        }
        for name, row in expected.items()
    }
    assert found == expected


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
            VERBS[Action.EDIT](tx, actor, world, at)
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


async def test_strangers_and_the_clock_get_nowhere(book: Book) -> None:
    world = await book.write(lambda tx: settle(tx, Role.SALESPERSON))
    for nobody in (Actor(Role.STRANGER, "zh", "UTC"), CLOCK):
        for action, verb in VERBS.items():
            for at in ("salesperson", "other") if action in (Action.MANAGE, Action.ROLES) else POSITIONS:
                assert await tried(book, _always(nobody), bound(verb, world, at)) == "no", (action, at)


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
