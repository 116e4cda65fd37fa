"""What stories of questionnaires are told with: customers who agreed, one that is open, files that were sent."""

from __future__ import annotations

import asyncio
from urllib.request import urlopen

from bot.demo.standin.bubbles import Bubble
from bot.demo.standin.person import Person
from store import questionnaires, staff
from store.db import Tx
from store.rules.questions import QuestionKind, Words
from tests.handlers.telling import WITHIN
from tests.house import Company
from tests.sheets import Cell, read


async def kept(company: Company, table: str) -> int:
    """How many rows the book holds."""
    return await company.inspects(lambda tx: int(tx.value(f"SELECT count(*) FROM {table}")))


async def sheets_of(company: Company, sent: Bubble) -> dict[str, list[list[Cell]]]:
    """The sheets of the file that a message carries, whose name tells nothing of anybody."""
    (file,) = sent.files
    assert file["name"] == "kehu-questionnaire-1.xlsx"
    return read(await fetched(company, file["url"]))


async def fetched(company: Company, address: str) -> bytes:
    """The bytes of a file."""
    return await asyncio.to_thread(lambda: bytes(urlopen(company.standin.url + address).read()))


async def steals(thief: Person, seen: Bubble, label: str, *told: str) -> Bubble:
    """Somebody sends the data of a button that another one's message has, from a message of their own."""
    data = next(button.data for button in seen.buttons if button.label == label)
    await thief.forges(thief.last, data)
    return await thief.sees(*told, within=WITHIN)


async def published(company: Company, *, anonymous: bool = False) -> str:
    """老板's questionnaire of `composes`, open; its link."""

    def compose(tx: Tx) -> None:
        boss = staff.as_actor(tx, company.ids["boss"])
        made = questionnaires.add(tx, boss, Words(zh="售后满意度", en="After-sales"))
        for kind, text, options in (
            (QuestionKind.SCORE5, Words(zh="服务怎么样？", en="How was the service?"), ()),
            (QuestionKind.CHOICE, Words(zh="从哪里知道我们？"), (Words(zh="朋友", en="A friend"), Words(zh="网上"))),
            (QuestionKind.CHOICES, Words(zh="喜欢什么？"), (Words(zh="价格"), Words(zh="质量"), Words(zh="送货"))),
            (QuestionKind.TEXT, Words(zh="还想说什么？", en="Anything else?"), ()),
        ):
            questionnaires.add_question(tx, boss, made.id, kind, text, options)
        questionnaires.set_anonymous(tx, boss, made.id, anonymous)
        questionnaires.publish(tx, boss, made.id)

    await company.writes(compose)
    token: list[str] = []
    await company.writes(lambda tx: token.append(_token(tx, company.ids["boss"])))
    return f"https://t.me/kehu_test_bot?start=q_{token[0]}"


async def photographed(company: Company, photos: int) -> str:
    """老板's questionnaire that asks for so many photos, open; its link."""
    token: list[str] = []

    def compose(tx: Tx) -> None:
        boss = staff.as_actor(tx, company.ids["boss"])
        made = questionnaires.add(tx, boss, Words(zh="安装"))
        for number in range(photos):
            questionnaires.add_question(tx, boss, made.id, QuestionKind.PHOTO, Words(zh=f"照片 {number + 1}？"))
        questionnaires.publish(tx, boss, made.id)
        token.append(questionnaires.token(tx, boss, made.id))

    await company.writes(compose)
    return f"https://t.me/kehu_test_bot?start=q_{token[0]}"


def _token(tx: Tx, owner: int) -> str:
    return questionnaires.token(tx, staff.as_actor(tx, owner), 1)


async def composes_short(company: Company, who: str, title: str) -> None:
    """Somebody's questionnaire with one question, open."""

    def compose(tx: Tx) -> None:
        actor = staff.as_actor(tx, company.ids[who])
        made = questionnaires.add(tx, actor, Words(zh=title))
        questionnaires.add_question(tx, actor, made.id, QuestionKind.SCORE10, Words(zh="会推荐吗？"))
        questionnaires.publish(tx, actor, made.id)

    await company.writes(compose)
