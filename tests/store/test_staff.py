"""Members, teams and invites in a real file: who gets in, who may change whom, and what no way round can break."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

import pytest

from bot.clock import Clock
from store import access, journal, staff, strangers
from store.access import Action, Actor
from store.db import Book, Tx
from store.errors import Invalid, KehuError, NotAllowed, Stale
from store.rules.models import CustomerWords, Member, Role

T = TypeVar("T")
P = ParamSpec("P")


class Firm:
    """An owner; 总部 with 华东 below it, 华南 beside; a manager and a salesperson in 华东, another in 华南."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ids: dict[str, int] = {}
        self.teams: dict[str, int] = {}
        self._telegram = 1000

    async def begin(self) -> None:
        code = await self.book.write(lambda tx: staff.invite(tx, None, Role.OWNER, None))
        self.ids["owner"] = (await self.join(code, "陈总")).id
        for title, parent in (("总部", None), ("华东", "总部"), ("华南", None)):
            above = self.teams[parent] if parent else None
            self.teams[title] = await self.does("owner", staff.add_team, title, above)
        await self.hires("manager", Role.MANAGER, "华东")
        await self.hires("seller", Role.SALESPERSON, "华东")
        await self.hires("other", Role.SALESPERSON, "华南")

    async def join(self, code: str, name: str, *, telegram_id: int = 0, language: str = "zh") -> Member:
        self._telegram += 1
        who = telegram_id or self._telegram
        return await self.book.write(
            lambda tx: staff.join(tx, code, staff.Newcomer(who, who, name, language, "Asia/Shanghai"))
        )

    async def hires(self, nickname: str, role: Role, team: str) -> Member:
        code = await self.does("owner", staff.invite, role, self.teams[team])
        member = await self.join(code, nickname)
        self.ids[nickname] = member.id
        return member

    async def does(
        self, nickname: str, work: Callable[Concatenate[Tx, Actor, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        def whole(tx: Tx) -> T:
            return work(tx, staff.as_actor(tx, self.ids[nickname]), *args, **named)

        return await self.book.write(whole)

    async def changed(
        self, nickname: str, work: Callable[Concatenate[Tx, Actor, P], object], *args: P.args, **named: P.kwargs
    ) -> int:
        """Does it, and returns the change that it made."""

        def whole(tx: Tx, actor: Actor) -> int:
            work(tx, actor, *args, **named)
            assert tx.change is not None
            return tx.change

        return await self.does(nickname, whole)

    async def member(self, nickname: str) -> Member:
        return await self.does("owner", staff.member, self.ids[nickname])

    async def reach(self, nickname: str) -> set[int]:
        rows = await self.book.read(
            lambda tx: tx.all("SELECT team_id FROM reach WHERE staff_id = :id", id=self.ids[nickname])
        )
        return {row["team_id"] for row in rows}


@pytest.fixture
async def firm(book: Book) -> Firm:
    firm = Firm(book)
    await firm.begin()
    return firm


# Invites -------------------------------------------------------------------------------------------------------------


async def test_an_invite_works_once(firm: Firm) -> None:
    code = await firm.does("manager", staff.invite, Role.SUPPORT, firm.teams["华东"])
    member = await firm.join(code, "苏青", language="en")
    assert (member.role, member.team_id, member.language) == (Role.SUPPORT, firm.teams["华东"], "en")
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "somebody else")
    assert await firm.book.read(lambda tx: staff.inviter(tx, member.id)) == firm.ids["manager"]


@pytest.mark.parametrize(("hours", "works"), [(47, True), (48, False), (100, False)])
async def test_an_invite_lasts_48_hours(firm: Firm, clock: Clock, hours: int, works: bool) -> None:
    code = await firm.does("owner", staff.invite, Role.SALESPERSON, firm.teams["华东"])
    clock.set(clock() + timedelta(hours=hours))
    if works:
        assert (await firm.join(code, "late")).active
    else:
        with pytest.raises(KehuError, match="code_invalid"):
            await firm.join(code, "late")


async def test_unknown_used_expired_and_withdrawn_codes_read_the_same(firm: Firm) -> None:
    withdrawn = ""

    def invite(tx: Tx, me: Actor) -> None:
        nonlocal withdrawn
        withdrawn = staff.invite(tx, me, Role.SUPPORT, firm.teams["华东"])

    change = await firm.changed("owner", invite)
    await firm.does("owner", journal.undo, change)
    for code in (withdrawn, "A" * 22, "", "i_" + "A" * 20, "'; DROP TABLE staff; --", "壹贰叁"):
        with pytest.raises(KehuError, match=r"^code_invalid$"):
            await firm.join(code, "nobody")


async def test_an_invite_that_was_used_cant_be_withdrawn(firm: Firm) -> None:
    codes: list[str] = []
    change = await firm.changed(
        "owner", lambda tx, me: codes.append(staff.invite(tx, me, Role.SUPPORT, firm.teams["华东"]))
    )
    await firm.join(codes[0], "苏青")
    with pytest.raises(Stale):
        await firm.does("owner", journal.undo, change)


async def test_the_invites_of_who_is_let_out_are_void(firm: Firm) -> None:
    code = await firm.does("manager", staff.invite, Role.SALESPERSON, firm.teams["华东"])
    await firm.does("owner", staff.set_active, firm.ids["manager"], active=False)
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "friend")


async def test_the_invites_of_who_lost_the_role_or_team_are_void(firm: Firm) -> None:
    code = await firm.does("manager", staff.invite, Role.SALESPERSON, firm.teams["华东"])
    change = await firm.changed("owner", staff.set_team, firm.ids["manager"], firm.teams["华南"])
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "friend")
    await firm.does("owner", journal.undo, change)
    await firm.does("owner", staff.set_role, firm.ids["manager"], Role.SUPPORT)
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "friend")


@pytest.mark.parametrize(
    ("who", "role", "team", "may"),
    [
        ("owner", Role.MANAGER, "华南", True),
        ("owner", Role.SALESPERSON, "总部", True),
        ("owner", Role.OWNER, "华东", False),
        ("owner", Role.CUSTOMER, "华东", False),
        ("manager", Role.SALESPERSON, "华东", True),
        ("manager", Role.SUPPORT, "华东", True),
        ("manager", Role.MANAGER, "华东", False),
        ("manager", Role.OWNER, "华东", False),
        ("manager", Role.SALESPERSON, "总部", False),
        ("manager", Role.SALESPERSON, "华南", False),
        ("manager", Role.SALESPERSON, None, False),
        ("seller", Role.SALESPERSON, "华东", False),
        ("other", Role.SUPPORT, None, False),
    ],
)
async def test_who_may_invite_whom(firm: Firm, who: str, role: Role, team: str | None, may: bool) -> None:
    team_id = firm.teams[team] if team else None
    if may:
        code = await firm.does(who, staff.invite, role, team_id)
        assert staff.CODE.fullmatch(code)
    else:
        with pytest.raises(NotAllowed):
            await firm.does(who, staff.invite, role, team_id)


async def test_a_code_is_never_kept_in_the_clear(firm: Firm) -> None:
    code = await firm.does("owner", staff.invite, Role.SUPPORT, firm.teams["华东"])
    rows = await firm.book.read(lambda tx: tx.all("SELECT * FROM invite"))
    entries = await firm.book.read(lambda tx: tx.all("SELECT after FROM entry_chain WHERE record = 'invite'"))
    kept = [row[column] for row in [*rows, *entries] for column in row.keys()]  # noqa: SIM118 - a row iterates its values
    assert not [value for value in kept if code in str(value)]


async def test_no_code_looks_like_a_deep_link_of_another_kind(firm: Firm) -> None:
    codes = [await firm.does("owner", staff.invite, Role.SUPPORT, firm.teams["华东"])] + [
        staff.new_code() for _ in range(20_000)
    ]
    assert not [code for code in codes if code[1] == "_"]


async def test_a_member_needs_no_invite_and_it_stays_good(firm: Firm) -> None:
    code = await firm.does("owner", staff.invite, Role.MANAGER, firm.teams["华东"])
    seller = await firm.member("seller")
    with pytest.raises(KehuError, match="already_member"):
        await firm.join(code, "seller", telegram_id=seller.telegram_id)
    assert (await firm.member("seller")).role is Role.SALESPERSON
    assert (await firm.join(code, "new")).role is Role.MANAGER


async def test_an_owners_code_makes_a_member_the_owner(firm: Firm) -> None:
    """The way back when the only owner has lost their phone: `kehu owner-code`."""
    code = await firm.book.write(lambda tx: staff.invite(tx, None, Role.OWNER, None, hours=staff.OWNER_CODE_HOURS))
    seller = await firm.member("seller")
    assert (await firm.join(code, "seller", telegram_id=seller.telegram_id)).role is Role.OWNER


async def test_who_comes_back_keeps_name_and_language(firm: Firm) -> None:
    seller = await firm.member("seller")
    await firm.does("owner", staff.rename, seller.id, "李雷")
    await firm.does("owner", staff.set_active, seller.id, active=False)
    code = await firm.does("owner", staff.invite, Role.SUPPORT, firm.teams["华南"])
    again = await firm.join(code, "🌸小可爱🌸", telegram_id=seller.telegram_id, language="en")
    assert (again.id, again.name, again.language) == (seller.id, "李雷", "zh")
    assert (again.role, again.team_id, again.active) == (Role.SUPPORT, firm.teams["华南"], True)


async def test_no_other_manager_brings_back_who_was_let_out(firm: Firm) -> None:
    """With them would come the customers of their old team, which that manager may not see."""
    other = await firm.member("other")
    await firm.does("owner", staff.set_active, other.id, active=False)
    code = await firm.does("manager", staff.invite, Role.SALESPERSON, firm.teams["华东"])
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "other", telegram_id=other.telegram_id)
    seller = await firm.member("seller")
    await firm.does("owner", staff.set_active, seller.id, active=False)
    assert (await firm.join(code, "seller", telegram_id=seller.telegram_id)).id == seller.id


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张   伟\n", "张 伟"),
        ("\u202egnp.txe", "gnp.txe"),
        ("a\x00b\x1bc", "a b c"),
        ("x" * 200, "x" * 40),
        ("<b>Bobby</b>", "<b>Bobby</b>"),
        ("\u200b\u2060", ""),
    ],
)
def test_names_of_members_are_one_short_line(typed: str, kept: str) -> None:
    assert staff.clean_name(typed) == kept


async def test_who_has_no_name_is_called_by_number(firm: Firm) -> None:
    code = await firm.does("owner", staff.invite, Role.SUPPORT, firm.teams["华东"])
    assert (await firm.join(code, "\u200b", telegram_id=77)).name == "77"


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
        lambda tx, me: staff.add_team(tx, me, "新队", firm.teams["华东"]),
        lambda tx, me: staff.rename_team(tx, me, firm.teams["华东"], "我的队"),
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
    shanghai = await firm.does("owner", staff.add_team, "上海", firm.teams["华东"])
    pudong = await firm.does("owner", staff.add_team, "浦东", shanghai)
    assert await firm.reach("manager") == {firm.teams["华东"], shanghai, pudong}
    assert [team.name for team in await firm.does("manager", staff.teams)] == ["华东", "上海", "浦东"]
    await firm.does("owner", staff.set_team, firm.ids["manager"], firm.teams["总部"])
    assert await firm.reach("manager") == {firm.teams["总部"], firm.teams["华东"], shanghai, pudong}


async def test_a_manager_sees_the_members_of_their_teams_and_no_others(firm: Firm) -> None:
    assert {member.name for member in await firm.does("manager", staff.members)} == {"manager", "seller"}
    with pytest.raises(NotAllowed):
        await firm.does("manager", staff.member, firm.ids["other"])
    with pytest.raises(NotAllowed):
        await firm.does("manager", staff.team, firm.teams["华南"])
    with pytest.raises(NotAllowed):
        await firm.does("seller", staff.members)


async def test_a_team_that_was_undone_is_gone_and_nobody_can_be_put_there(firm: Firm) -> None:
    made: list[int] = []
    change = await firm.changed("owner", lambda tx, me: made.append(staff.add_team(tx, me, "错队")))
    code = await firm.does("owner", staff.invite, Role.SALESPERSON, made[0])
    await firm.does("owner", journal.undo, change)
    assert "错队" not in [team.name for team in await firm.does("owner", staff.teams)]
    for attempt in (
        lambda tx, me: staff.invite(tx, me, Role.SUPPORT, made[0]),
        lambda tx, me: staff.set_team(tx, me, firm.ids["seller"], made[0]),
        lambda tx, me: staff.add_team(tx, me, "下级", made[0]),
    ):
        with pytest.raises(NotAllowed):
            await firm.does("owner", attempt)
    with pytest.raises(KehuError, match="code_invalid"):
        await firm.join(code, "friend")


@pytest.mark.parametrize("inside", ["member", "team", "customer"])
async def test_a_team_with_somebody_in_it_is_not_undone(firm: Firm, inside: str) -> None:
    from store import customers

    made: list[int] = []
    change = await firm.changed("owner", lambda tx, me: made.append(staff.add_team(tx, me, "新队")))
    if inside == "team":
        await firm.does("owner", staff.add_team, "下级", made[0])
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
            await firm.does("owner", staff.add_team, typed)


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


# Strangers -----------------------------------------------------------------------------------------------------------


async def test_a_stranger_is_answered_once_a_day(book: Book, clock: Clock) -> None:
    async def asked(telegram_id: int) -> bool:
        return await book.write(lambda tx: strangers.may_answer(tx, telegram_id))

    assert [await asked(5), await asked(5), await asked(6), await asked(5)] == [True, False, True, False]
    clock.set(clock() + timedelta(days=1))
    assert [await asked(5), await asked(5)] == [True, False]


async def test_what_is_kept_of_a_stranger_is_gone_the_next_day_and_tells_nothing(book: Book, clock: Clock) -> None:
    await book.write(lambda tx: [strangers.may_answer(tx, 31337), strangers.may_try(tx, 31337)])
    names = [row["name"] for row in await book.read(lambda tx: tx.all("SELECT name FROM occasion"))]
    assert len(names) == 2
    assert not any("31337" in name for name in names)
    assert await book.write(strangers.forget) == 0
    clock.set(clock() + timedelta(days=1))
    assert await book.write(strangers.forget) == 2
    assert await book.read(lambda tx: tx.value("SELECT count(*) FROM occasion")) == 0


async def test_a_stranger_may_mistype_a_code_a_few_times_a_day(book: Book) -> None:
    answers = [await book.write(lambda tx: strangers.may_try(tx, 9)) for _ in range(7)]
    assert answers == [True] * strangers.TRIES + [False, False]
