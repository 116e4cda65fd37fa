"""Hostile words are kept and shown, whoever says them and whatever they are an answer to."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot import outgoing
from handlers.kit.texts import shows
from store import (
    customers,
    followups,
)
from store.access import GRANTS
from store.db import Tx
from store.rules.models import CustomerWords, Role
from tests.handlers.hostile import ROUTES, STRANGER, Stage, canary, case
from tests.house import STAFF
from tests.store.people import people

HOSTILE = {
    "markup": "<b>x</b><a href='tg://user?id=1'>y</a> &amp; &lt;i&gt; </blockquote>",
    "braces": "{name} {0} %s %(x)s \\ ` * _ ~ | #",
    "directions": "\u202e\u2066abc\u200f\u2069 13900139000",
    "nothing to see": "\u200b\u200b\u2060\u3164",
    "control": "a\x00b\x07c\x1b[31m\r\n\td",
    "accents": "e" + "\u0301" * 4095,
    "emoji": "👨‍👩‍👧‍👦" * 372,
    "long": "长" * 4096,
    "lines": "a\n" * 2048,
    "zeros": "0" * 4096,
    "blanks": "a" + "\u200b" * 4094 + "b",
    "contact": "\u202e王 13900139000 " + "<" * 2000,
}


#: Who presses each button that opens a question: the first of them whose role may.
ANSWERING = (
    (900_003, Role.CUSTOMER), (STAFF["li"][0], Role.SALESPERSON), (STAFF["su"][0], Role.SUPPORT),
    (STAFF["boss"][0], Role.OWNER),
)  # fmt: skip


def _first_may(person: int) -> list[str]:
    """The buttons that nobody before this person in `ANSWERING` may press."""
    first = {
        name: next((number for number, role in ANSWERING if route.action in GRANTS[role]), STRANGER)
        for name, route in ROUTES.buttons.items()
    }
    return [name for name, number in first.items() if number == person]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_kept_and_shown_whatever_it_is_an_answer_to(stage: Stage, text: str) -> None:
    """Said alone, after each verb and command, and as the answer to each question that a button opens."""
    line = HOSTILE[text]

    def settle(tx: Tx) -> None:
        them = people(tx)
        canary(tx, them)
        case(tx, them)
        named = customers.add(tx, them.li, CustomerWords(name=line[:80], company=line[:80], title=line[:80]))
        followups.plan(tx, them.li, named.id, tx.now + timedelta(hours=1), line)

    await stage.book.write(settle)
    for person in (STRANGER, *(number for number, _ in ANSWERING)):
        await stage.says(person, line)
        for name in ROUTES.commands:
            await stage.says(person, f"/{name} {line}"[:4096])
        await stage.says(person, f"/start c_{line}"[:4096])
        await stage.says(person, f"/start f_{line}"[:4096])
        for name in _first_may(person):
            if not name.startswith(("undo", "g.leave", "member.off", "member.is")):
                await stage.presses(person, f"{name}:1:0")
                if await stage.asks(person):
                    await stage.says(person, line)
        for data in ("edit.field:1:name", "edit.field:1:company", "edit.field:1:address", "customer:1", "customer:2"):
            await stage.presses(person, data)
            await stage.says(person, line)
        for data in ("recent:0", "today:0", "customer:1", "timeline:1:0", "history:1:0", "case.story:1", "cases:all:0"):
            await stage.presses(person, data)
    assert await stage.faults() == 0
    assert await stage.book.read(_unfit) == []


def _unfit(tx: Tx) -> list[str]:
    """What Telegram would refuse of all that waits to be sent."""
    unfit = []
    for row in tx.all("SELECT * FROM outbox WHERE payload IS NOT NULL"):
        letter = outgoing.prepare(tx, row, zone="Asia/Shanghai")
        if letter is None:
            continue
        if not letter.pages and letter.attachment is None:
            unfit.append("a message without a page")
        unfit += ["a page without a sign" for page in letter.pages if not shows(page)]
        unfit += ["\u202e" for page in letter.pages if "\u202e" in page]
        for button in (one for each in json.loads(letter.markup or "{}").get("inline_keyboard", ()) for one in each):
            if not shows(button["text"]) or len(button.get("callback_data", "").encode()) > 64:
                unfit.append(f"the button {button}")
    return unfit
