"""Codes and invites in a real file: who gets in, once, for how long, and as whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import Clock
from store import journal, staff
from store.access import Actor
from store.db import Book, Tx
from store.errors import KehuError, NotAllowed, Stale
from store.rules.models import Role
from store.rules.short_name import clean_name
from tests.store.firm import Firm


@pytest.fixture
async def firm(book: Book) -> Firm:
    firm = Firm(book)
    await firm.begin()
    return firm


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
    assert clean_name(typed) == kept


async def test_who_has_no_name_is_called_by_number(firm: Firm) -> None:
    code = await firm.does("owner", staff.invite, Role.SUPPORT, firm.teams["华东"])
    assert (await firm.join(code, "\u200b", telegram_id=77)).name == "77"
