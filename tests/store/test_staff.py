"""Members and teams in a real file: who may change whom, and what no way round can break."""

from __future__ import annotations

import pytest

from store import access, journal, staff, team_tree
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import CustomerWords, Role
from tests.store.firm import Firm


@pytest.fixture
async def firm(book: Book) -> Firm:
    firm = Firm(book)
    await firm.begin()
    return firm


# Out and in again ----------------------------------------------------------------------------------------------------


async def test_who_is_let_out_is_nobody_at_once(firm: Firm) -> None:
    seller = await firm.member("seller")

    def leave_and_ask(tx: Tx, me: Actor) -> Actor:
        staff.set_active(tx, me, seller.id, active=False)
        return staff.actor(tx, seller.telegram_id, language="zh", zone="UTC")

    assert (await firm.does("owner", leave_and_ask)).role is Role.STRANGER
    assert await firm.reach("seller") == set()
    with pytest.raises(NotAllowed):
        await firm.does("seller", lambda tx, me: None)


async def test_undoing_a_deactivation_gives_the_reach_back(firm: Firm) -> None:
    change = await firm.changed("owner", staff.set_active, firm.ids["manager"], active=False)
    assert await firm.reach("manager") == set()
    await firm.does("owner", journal.undo, change)
    assert await firm.reach("manager") == {firm.teams["华东"]}


async def test_the_last_owner_stays(firm: Firm) -> None:
    owner = firm.ids["owner"]
    for leave in (
        lambda tx, me: staff.set_active(tx, me, owner, active=False),
        lambda tx, me: staff.set_role(tx, me, owner, Role.MANAGER),
    ):
        with pytest.raises(KehuError, match="last_owner"):
            await firm.does("owner", leave)
    assert (await firm.member("owner")).active


async def test_no_undo_takes_the_last_owner_away(firm: Firm) -> None:
    """A promotes B and steps back; what A did can't be taken back by A, and B stays."""
    made = await firm.changed("owner", staff.set_role, firm.ids["seller"], Role.OWNER)
    stepped = await firm.changed("owner", staff.set_role, firm.ids["owner"], Role.MANAGER)
    for change in (made, stepped):
        with pytest.raises(NotAllowed):
            await firm.does("owner", journal.undo, change)
    assert await firm.book.read(lambda tx: staff.with_role(tx, Role.OWNER)) == [firm.ids["seller"]]


async def test_a_former_owner_undoes_nothing_that_only_owners_do(firm: Firm) -> None:
    """Even with the member within reach: the undo is judged by who undoes it, not by who did it then."""
    for nickname in ("seller", "owner"):
        await firm.does("owner", staff.set_team, firm.ids[nickname], firm.teams["华东"])
    await firm.does("owner", staff.set_role, firm.ids["other"], Role.OWNER)
    roled = await firm.changed("owner", staff.set_role, firm.ids["seller"], Role.SUPPORT)
    stepped = await firm.changed("owner", staff.set_role, firm.ids["owner"], Role.MANAGER)
    for change in (roled, stepped):
        with pytest.raises(NotAllowed):
            await firm.does("owner", journal.undo, change)
    assert await firm.does("other", lambda tx, me: staff.member(tx, me, firm.ids["seller"]).role) is Role.SUPPORT


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        ("owner", "manager", True),
        ("owner", "other", True),
        ("manager", "seller", True),
        ("manager", "manager", False),
        ("manager", "owner", False),
        ("manager", "other", False),
        ("seller", "seller", False),
        ("seller", "manager", False),
    ],
)
async def test_who_may_let_whom_out(firm: Firm, who: str, whom: str, may: bool) -> None:
    if may:
        assert not (await firm.does(who, staff.set_active, firm.ids[whom], active=False)).active
    else:
        with pytest.raises(NotAllowed):
            await firm.does(who, staff.set_active, firm.ids[whom], active=False)


async def test_a_manager_gives_no_roles_and_moves_nobody(firm: Firm) -> None:
    for attempt in (
        lambda tx, me: staff.set_role(tx, me, firm.ids["seller"], Role.SUPPORT),
        lambda tx, me: staff.set_role(tx, me, firm.ids["manager"], Role.OWNER),
        lambda tx, me: staff.set_team(tx, me, firm.ids["seller"], firm.teams["华南"]),
        lambda tx, me: team_tree.add(tx, me, "新队", firm.teams["华东"]),
        lambda tx, me: team_tree.rename(tx, me, firm.teams["华东"], "我的队"),
    ):
        with pytest.raises(NotAllowed):
            await firm.does("manager", attempt)


async def test_a_manager_undoes_their_own_deactivation(firm: Firm) -> None:
    change = await firm.changed("manager", staff.set_active, firm.ids["seller"], active=False)
    await firm.does("manager", journal.undo, change)
    assert (await firm.member("seller")).active


async def test_choosing_a_language_is_nothing_to_undo(firm: Firm) -> None:
    before = await firm.does("seller", journal.last_change)
    await firm.does("seller", staff.set_language, "en")
    assert (await firm.member("seller")).language == "en"
    assert await firm.does("seller", journal.last_change) == before
    with pytest.raises(NotAllowed):
        await firm.does("seller", staff.set_language, "fr")


# The tree ------------------------------------------------------------------------------------------------------------


async def test_a_manager_reaches_the_team_and_all_below_it(firm: Firm) -> None:
    shanghai = await firm.does("owner", team_tree.add, "上海", firm.teams["华东"])
    pudong = await firm.does("owner", team_tree.add, "浦东", shanghai)
    assert await firm.reach("manager") == {firm.teams["华东"], shanghai, pudong}
    assert [team.name for team in await firm.does("manager", team_tree.reached)] == ["华东", "上海", "浦东"]
    await firm.does("owner", staff.set_team, firm.ids["manager"], firm.teams["总部"])
    assert await firm.reach("manager") == {firm.teams["总部"], firm.teams["华东"], shanghai, pudong}


async def test_a_manager_sees_the_members_of_their_teams_and_no_others(firm: Firm) -> None:
    assert {member.name for member in await firm.does("manager", staff.members)} == {"manager", "seller"}
    with pytest.raises(NotAllowed):
        await firm.does("manager", staff.member, firm.ids["other"])
    with pytest.raises(NotAllowed):
        await firm.does("manager", team_tree.get, firm.teams["华南"])
    with pytest.raises(NotAllowed):
        await firm.does("seller", staff.members)


async def test_a_team_that_was_undone_is_gone_and_nobody_can_be_put_there(firm: Firm) -> None:
    made: list[int] = []
    change = await firm.changed("owner", lambda tx, me: made.append(team_tree.add(tx, me, "错队")))
    code = await firm.does("owner", staff.invite, Role.SALESPERSON, made[0])
    await firm.does("owner", journal.undo, change)
    assert "错队" not in [team.name for team in await firm.does("owner", team_tree.reached)]
    for attempt in (
        lambda tx, me: staff.invite(tx, me, Role.SUPPORT, made[0]),
        lambda tx, me: staff.set_team(tx, me, firm.ids["seller"], made[0]),
        lambda tx, me: team_tree.add(tx, me, "下级", made[0]),
    ):
        with pytest.raises(NotAllowed):
            await firm.does("owner", attempt)
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "friend")


@pytest.mark.parametrize("inside", ["member", "team", "customer"])
async def test_a_team_with_somebody_in_it_is_not_undone(firm: Firm, inside: str) -> None:
    from store import customers

    made: list[int] = []
    change = await firm.changed("owner", lambda tx, me: made.append(team_tree.add(tx, me, "新队")))
    if inside == "team":
        await firm.does("owner", team_tree.add, "下级", made[0])
    else:
        await firm.does("owner", staff.set_team, firm.ids["seller"], made[0])
    if inside == "customer":
        await firm.does("seller", customers.add, CustomerWords(name="王总"))
        await firm.does("owner", staff.set_team, firm.ids["seller"], firm.teams["华东"])
    with pytest.raises(KehuError, match="team_in_use"):
        await firm.does("owner", journal.undo, change)


async def test_a_team_needs_a_name(firm: Firm) -> None:
    for typed in ("", "  ", "\u200b"):
        with pytest.raises(Invalid):
            await firm.does("owner", team_tree.add, typed)


async def test_managers_of_a_team_are_those_above_it_too_or_else_the_owners(firm: Firm) -> None:
    async def of(team: str) -> list[int]:
        return await firm.book.read(lambda tx: staff.managers_of(tx, firm.teams[team]))

    assert await of("华东") == [firm.ids["manager"]]
    assert await of("华南") == [firm.ids["owner"]]


async def test_what_the_store_lets_a_member_do_is_what_their_card_offers(firm: Firm) -> None:
    """`manageable` (the buttons) against `set_active` (the rule), for every pair."""
    for who in ("owner", "manager"):
        for whom in firm.ids:
            try:
                member = await firm.does(who, staff.member, firm.ids[whom])
            except NotAllowed:
                continue
            offered = staff.manageable(await firm.does(who, lambda _, me: me), member)
            try:
                await firm.does(who, staff.rename, member.id, member.name + "!")
                done = True
            except NotAllowed:
                done = False
            assert offered == done, (who, whom)


async def test_every_change_of_people_is_in_the_chain(firm: Firm) -> None:
    await firm.does("owner", staff.set_role, firm.ids["seller"], Role.SUPPORT)
    await firm.does("manager", staff.set_active, firm.ids["seller"], active=False)
    count, broken = await firm.book.read(journal.verify)
    assert (broken, count > 10) == (None, True)


async def test_actions_of_the_clock_are_nobodys(firm: Firm) -> None:
    """The system that writes a joining member has no grants of its own."""
    system = Actor(Role.CLOCK, "zh", "UTC")
    for action in Action:
        with pytest.raises(NotAllowed):
            access.require(system, action)
