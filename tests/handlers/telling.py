"""How the stories of this folder are told: somebody types or taps, and then sees.

await says(li, "张三 13800138000 云帆科技", "新客户")
saved = await taps(li, "保存", "✓ 已保存", "张三")
"""

from __future__ import annotations

from datetime import datetime

from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.person import Person
from store import guests, proofs, staff
from store.db import Tx
from tests.house import SHANGHAI, Company

#: Seconds until something must have been seen; a slow machine is no fault of the story's.
WITHIN = 20.0


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    """An hour in November 2026; the company begins on Friday the 20th, 10:00."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


async def says(person: Person, text: str, *seen: str) -> Bubble:
    """Somebody types and then sees."""
    await person.says(text)
    return await person.sees(*seen, within=WITHIN)


async def taps(person: Person, label: str, *seen: str) -> Bubble:
    """Somebody taps and then sees."""
    await person.taps(label, within=WITHIN)
    return await person.sees(*seen, within=WITHIN)


async def presses(person: Person, on: Bubble, label: str, *seen: str) -> Bubble:
    """Somebody presses a button of a message as it was, which a second phone still shows, and then sees."""
    await person.forges(on, next(button.data for button in on.buttons if button.label == label))
    return await person.sees(*seen, within=WITHIN)


async def li_knows(company: Company, line: str = "张三 13800138000 云帆科技") -> Bubble:
    """Li has a customer, added in one line."""
    await says(company.li, line, "新客户")
    return await taps(company.li, "保存", "已保存")


async def is_known(company: Company, person: Person) -> None:
    """李雷 has said of somebody who came through a link of his that they are the customer."""

    def say(tx: Tx) -> None:
        guest = guests.actor(tx, person.id)
        assert guest is not None
        proofs.by_member(tx, staff.as_actor(tx, company.ids["li"]), guest.guest_id)

    book = await company.book()
    await book.write(say)
    await book.close()


async def jane_is_known(english: Company) -> Bubble:
    """Jane Smith of Acme Ltd, added in a line; her card."""
    await says(english.li, "Jane Smith +44 20 7946 0958 Acme Ltd", "New customer")
    return await taps(english.li, "Save", "Saved")
