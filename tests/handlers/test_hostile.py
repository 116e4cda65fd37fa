"""Everybody who should get nothing tries everything: every button that exists, with ids of others and with nonsense.

New routes are found by themselves: the sweeps ask `all_routes()`. They go through the gate into a real book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from store import (
    customers,
    staff,
)
from store.access import GRANTS, Actor
from store.db import Tx
from store.rules.models import Role
from tests.handlers.hostile import (
    CONTACTS,
    FILE,
    GUEST,
    IDS,
    PARTS,
    ROUTES,
    STRANGER,
    WORDS,
    Stage,
    another,
    canary,
    case,
)
from tests.house import STAFF
from tests.store.people import People, people


def _of_others() -> Iterator[str]:
    """Every button with every id of the book, alone and in the places where a second argument may stand."""
    for name in ROUTES.buttons:
        yield name
        for number in IDS:
            yield from (f"{name}:{number}", f"{name}:{number}:0", f"{name}:x:{number}", f"{name}:{number}:{number}")
    for number in IDS:
        yield from (f"files:{record}:{number}" for record in ("case", "complaint", "case_message", "feedback"))
        yield from (f"g.kind:{number}:c:1", f"g.kinds:{number}:p:0")


ATTACKERS = {
    "a stranger": STRANGER,
    "a customer of another": GUEST,
    "a salesperson of another team": STAFF["zhou"][0],
    "a manager of another team": STAFF["qian"][0],
    "a colleague": STAFF["han"][0],
    "who left": STAFF["li"][0],
}


@pytest.mark.parametrize("attacker", ATTACKERS)
async def test_no_button_tells_a_word_of_somebody_elses_customer(stage: Stage, attacker: str) -> None:
    person = ATTACKERS[attacker]

    def settle(tx: Tx) -> None:
        them = people(tx)
        for part in (canary, case, another):
            part(tx, them)
        if attacker == "who left":
            staff.set_active(tx, them.boss, them.li.id, active=False)

    await stage.book.write(settle)
    before = await stage.held()
    await stage.presses(person, *_of_others())
    for part in PARTS:
        for line in (
            part,
            f"/find {part}",
            f"/complaint {part}",
            f"记 {part} 好",
            f"提醒 {part} 明天",
            f"/start c_{part}",
            f"/start f_{part}",
        ):
            await stage.says(person, line)
    told = await stage.told(person)
    assert [word for word in (*CONTACTS, *WORDS, FILE) if word in told] == []
    assert await stage.held() == before
    assert await stage.faults() == 0


#: What may follow a route of the customer's side, `{}` being a number.
SHAPES = ("{}", "{}:{}", "{}:c:1", "complaint:{}", "case:{}")
#: The number of each of that customer's things, and of nothing.
HERS, NOTHING = 1, 987
#: Those that are about scores, and those that are done once or seldom; none of them takes a number of anything.
OTHERWISE = ("g.rate", "g.score", "g.leave", "g.erase.now", "g.file", "g.prove.ask")
GUESTS_ROUTES = sorted(
    name for name, route in ROUTES.buttons.items()
    if route.action in GRANTS[Role.CUSTOMER] and not name.startswith(OTHERWISE)
)  # fmt: skip


async def test_another_customers_things_read_like_what_is_not_there(stage: Stage) -> None:
    """Every button of the customer's side with the numbers of somebody else's things: the same answer as for none."""

    def settle(tx: Tx) -> None:
        them = people(tx)
        for part in (canary, case, another):
            part(tx, them)

    async def answer(data: str, number: int) -> list[str]:
        await stage.sends()
        await stage.presses(GUEST, data.replace("{}", str(number)))
        return [re.sub(rf'\b{number}\b|"f:[0-9a-f]+', "…", letter) for letter in await stage.letters(GUEST)]

    await stage.book.write(settle)
    before = await stage.held()
    assert len(GUESTS_ROUTES) > 30
    pressed = [f"{name}:{shape}" for name in GUESTS_ROUTES for shape in SHAPES]
    assert [data for data in pressed if await answer(data, HERS) != await answer(data, NOTHING)] == []
    assert await stage.held() == before
    assert await stage.faults() == 0


async def test_a_question_is_answered_once_and_by_who_was_asked(stage: Stage) -> None:
    """The buttons under somebody's words, pressed by another customer, and by themselves once more."""
    hers = 900_003

    def settle(tx: Tx) -> None:
        them = people(tx)
        for part in (canary, case, another):
            part(tx, them)

    async def cases() -> int:
        return int(await stage.book.read(lambda tx: tx.value("SELECT count(*) FROM complaint")))

    await stage.book.write(settle)
    await stage.says(hers, "羽毛又掉了")
    nonce = re.findall(r"g\.put:([0-9a-f]+):new", await stage.told(hers))[-1]
    await stage.says(GUEST, "我也有话说")
    for where in ("new", "praise", "1", "x"):
        await stage.presses(GUEST, f"g.put:{nonce}:{where}")
    assert await cases() == 1
    assert "又掉了" not in await stage.told(GUEST)
    for where in ("new", "new", "praise", "1"):
        await stage.presses(hers, f"g.put:{nonce}:{where}")
    assert await cases() == 2
    assert (await stage.letters(hers))[-1].count("error.no_longer") == 1
    assert await stage.faults() == 0


async def test_what_was_begun_with_a_customer_ends_when_they_are_anothers(stage: Stage) -> None:
    """Every button of the customer's own salesperson, and the answer to what it asks when the customer has moved on."""
    li = STAFF["li"][0]
    them: list[People] = []

    def settle(tx: Tx) -> None:
        them.append(people(tx))
        canary(tx, them[0])
        case(tx, them[0])

    def moved(tx: Tx, to: Actor) -> None:
        row = customers.restore(tx, them[0].boss, 1)  # one of the buttons puts them away
        customers.change(tx, them[0].boss, 1, row.version, {"owner_id": to.id, "team_id": to.team_id})

    await stage.book.write(settle)
    for name in ROUTES.buttons:
        await stage.presses(li, f"{name}:1:0")
        await stage.book.write(lambda tx: moved(tx, them[0].zhou))
        held = await stage.held()
        await stage.sends()
        await stage.says(li, "明天下午3点")
        await stage.says(li, "/undo")
        await stage.presses(li, f"{name}:1:0")
        said = await stage.told(li)
        assert [word for word in CONTACTS + WORDS if word in said] == [], name
        assert await stage.held() == held, name
        await stage.book.write(lambda tx: moved(tx, them[0].li))
        await stage.says(li, "/cancel")
    assert await stage.faults() == 0


async def test_no_button_shows_support_a_contact_that_is_masked(stage: Stage) -> None:
    su = STAFF["su"][0]
    await stage.book.write(lambda tx: canary(tx, people(tx)))
    await stage.presses(su, *_of_others())
    told = await stage.told(su)
    assert [word for word in (*CONTACTS, "它唱了三次", "带鸟食过去") if word in told] == []
    assert await stage.faults() == 0


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("13812345678", "13812345679"),
        ("+86 138 1234 5678", "+86 138 1234 5679"),
        ("canary@example.com", "canury@example.com"),
        ("wx_canary_77", "wx_canary_78"),
        ("鸟笼路七号", "鸟笼路八号"),
    ],
)
async def test_support_cant_ask_whether_a_masked_contact_is_anybodys(stage: Stage, known: str, unknown: str) -> None:
    su = STAFF["su"][0]
    await stage.book.write(lambda tx: canary(tx, people(tx)))
    said = []
    for typed in (known, unknown):
        before = len(await stage.letters(su))
        for line in (typed, f"/find {typed}", f"/add {typed}", f"添加 {typed}", f"投诉 {typed} 急"):
            await stage.says(su, line)
        phone = typed.removeprefix("+86 ").replace(" ", "")
        await stage.shares(su, phone)
        letters = (await stage.letters(su))[before:]
        said.append([re.sub(rf'"f(?:\.on)?:[0-9a-f]+|{re.escape(typed)}|{phone}', "…", letter) for letter in letters])
    assert said[0] == said[1]


NONSENSE = (
    "", "x", "-1", "0", "9" * 19, "4294967297", "１", "1_0", " 1", "+99999999", "%s{a}", "\x00", "<b>", "a" * 40,
    "1:-9", "1:99999999999", "1:owner", "1:vip:9", "all:-1", "owner:7",
)  # fmt: skip


@pytest.mark.parametrize("who", ["li", "su", "boss"])
async def test_no_nonsense_in_a_button_is_more_than_refused(stage: Stage, who: str) -> None:
    def settle(tx: Tx) -> None:
        them = people(tx)
        canary(tx, them)
        case(tx, them)

    await stage.book.write(settle)
    faulty, before = [], 0
    for name in ROUTES.buttons:
        await stage.presses(STAFF[who][0], *(f"{name}:{arguments}"[:64] for arguments in NONSENSE))
        if (faults := await stage.faults()) != before:
            faulty.append(name)
            before = faults
    assert faulty == []
