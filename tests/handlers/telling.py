"""What the stories of this folder are told with: somebody types or taps and then sees, adds customers, opens a link.

await adds(company.li, "张三 13800138000 云帆科技")
zhang = await joins(company, "张三")      # known to be the customer; `visits` for somebody who only has the link
await says(zhang, "发货少了两箱", "这段话要怎么办")
await taps(zhang, "请处理这个问题", "#1")
"""

from __future__ import annotations

import re
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


_SAVED = {"保存": "已保存", "Save": "Saved"}


async def adds(person: Person, *lines: str, save: str = "保存") -> Bubble:
    """Somebody adds customers, each in one line and one tap; the card of the last."""
    for line in lines:
        await person.says(line)
        card = await taps(person, save, _SAVED[save])
    return card


async def li_knows(company: Company, line: str = "张三 13800138000 云帆科技") -> Bubble:
    """李雷 has a customer; the card."""
    return await adds(company.li, line)


async def jane_is_known(english: Company) -> Bubble:
    """Jane Smith of Acme Ltd is a customer of 李雷's, in English; the card."""
    return await adds(english.li, "Jane Smith +44 20 7946 0958 Acme Ltd", save="Save")


def link_in(shown: Bubble, kind: str = "[cfiq]") -> str:
    """The link that a message holds; `kind` is the letter that its payload begins with."""
    found = re.search(rf"https://t\.me/kehu_test_bot\?start={kind}_[\w-]{{22}}", shown.text)
    assert found is not None
    return found[0]


async def link_of(company: Company, name: str, by: Person | None = None) -> str:
    """A customer's own link, which 李雷 (or `by`) hands out."""
    member = by or company.li
    await says(member, name, name)
    return link_in(await taps(member, "客户链接" if company.language == "zh" else "Link", "t.me"), "c")


async def visits(
    company: Company, name: str, *, by: Person | None = None, called: str = "Guest", language: str = "zh",
    phone: str = "",
) -> Person:  # fmt: skip
    """Somebody, `called` so on Telegram, has come through a customer's own link and agreed: a visitor."""
    guest = await company.stranger(called, language=language, phone=phone)
    await guest.opens(await link_of(company, name, by))
    await taps(guest, "同意" if language == "zh" else "I agree", "您好" if language == "zh" else "Hello")
    return guest


async def joins(company: Company, name: str, *, by: Person | None = None, language: str = "zh") -> Person:
    """A customer has come through their own link and agreed, and is known to be the customer."""
    guest = await visits(company, name, by=by, language=language)
    await is_known(company, guest)
    return guest


async def is_known(company: Company, person: Person) -> None:
    """李雷 has said of a visitor, who came through a link of his, that they are the customer."""

    def say(tx: Tx) -> None:
        guest = guests.actor(tx, person.id)
        assert guest is not None
        proofs.by_member(tx, staff.as_actor(tx, company.ids["li"]), guest.guest_id)

    await company.writes(say)
