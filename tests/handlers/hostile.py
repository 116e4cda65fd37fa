"""The stage for those who should get nothing: a book with 李雷's customer in it, and the gate before it.

What would be sent is read from the outbox as the features wrote it, before the sender asks again who may see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from bot.gate import Gate, House
from handlers.all import all_routes
from handlers.kit.request import Incoming, SharedContact
from store import (
    answers,
    attachments,
    campaigns,
    complaints,
    customers,
    deals,
    feedback,
    followups,
    guests,
    interactions,
    own_data,
    questionnaires,
    queue,
)
from store.attachments import NewFile
from store.db import Book, Tx
from store.deals import Terms
from store.queue import Arrived
from store.rules.models import Contacted, CustomerWords, FileKind, Phone
from store.rules.money import Currency, Money
from store.rules.questions import QuestionKind, Words
from store.rules.scores import Scale
from tests.authorizer import unwatch
from tests.store.people import People

ROUTES = all_routes()

#: What is 李雷's to know, and occurs nowhere else.
CONTACTS = ("13812345678", "138 1234 5678", "canary@example.com", "wx_canary_77", "鸟笼路七号")
WORDS = (
    "欧阳金丝雀", "金丝雀贸易", "首席饲养员", "它唱了三次", "带鸟食过去", "羽毛都掉了", "同事间说说", "笼子太小了",
    "还掉了嘴", "鸟笼续约", "¥4,321", "嫌鸟太吵", "鸟笼路八号", "金丝雀照片", "鸟市门店", "栏杆太窄", "喂食问卷",
    "谷子喂多了",
)  # fmt: skip
#: How a file goes out: by its number.
FILE = '"file": '
#: What is whole no longer where a word is only a part of it: said by those who look for it.
PARTS = ("金丝", "1381234", "canary", "鸟笼", "贸易")

STRANGER, GUEST = 900_001, 900_002
#: How far ids, of anything in the book, may go.
IDS = range(1, 7)


@dataclass(frozen=True)
class Stage:
    """A book with 李雷's customer in it (the first of everything), and the gate before it."""

    book: Book
    gate: Gate
    numbers: Iterator[int]

    async def gets(self, *updates: Incoming) -> None:
        """Updates that arrive at once, each handled from its beginning to the end."""
        batch = [Arrived(next(self.numbers), one.person, one.model_dump_json().encode()) for one in updates]
        await self.book.write(lambda tx: queue.accept(tx, batch))
        for arrived in batch:
            await self.gate.handle(arrived)

    async def presses(self, person: int, *buttons: str) -> None:
        """Buttons with this data, which no app shows, one after another."""
        pressed = Incoming(kind="button", person=person, chat=person, message_id=5)
        await self.gets(*(pressed.model_copy(update={"text": data}) for data in buttons))

    async def says(self, person: int, text: str) -> None:
        """A line of text."""
        await self.gets(Incoming(kind="text", person=person, chat=person, name="X", text=text))

    async def shares(self, person: int, phone: str) -> None:
        """A contact card."""
        contact = SharedContact(name="X", phone=phone)
        await self.gets(Incoming(kind="contact", person=person, chat=person, contact=contact))

    async def faults(self) -> int:
        """How many updates ended in something that nobody expected."""
        return int(await self.book.read(lambda tx: tx.value("SELECT count(*) FROM inbox WHERE reference IS NOT NULL")))

    async def asks(self, person: int) -> bool:
        """Whether a question is open."""
        return await self.book.read(lambda tx: queue.draft(tx, person)) is not None

    async def letters(self, person: int) -> list[str]:
        """All that would be sent to a person, as the features wrote it; files that they made too."""

        def written(tx: Tx) -> list[str]:
            rows = tx.all("SELECT payload, attachment FROM outbox WHERE chat_id = :chat ORDER BY id", chat=person)
            return [
                json.dumps(json.loads(row["payload"]), ensure_ascii=False)
                + (row["attachment"] or b"").decode(errors="ignore")
                for row in rows
            ]

        return await self.book.read(written)

    async def sends(self) -> None:
        """All that was written so far goes out and is over."""
        await self.book.write(lambda tx: tx.run("DELETE FROM outbox"))

    async def told(self, person: int) -> str:
        """The same in one piece."""
        return "\n".join(await self.letters(person))

    async def held(self) -> list[tuple[str, int, int]]:
        """The versions of everything that is kept of the first customer."""
        tables = (
            "customer", "interaction", "followup", "complaint", "case_message", "feedback", "link", "attachment",
            "data_request", "deal",
        )  # fmt: skip

        def versions(tx: Tx) -> list[tuple[str, int, int]]:
            return [
                (table, row["id"], row["version"])
                for table in tables
                for row in tx.all(
                    f"SELECT id, version FROM {table} WHERE {'id' if table == 'customer' else 'customer_id'} = 1"
                )
            ]

        return await self.book.read(versions)


def canary(tx: Tx, them: People) -> None:
    """李雷's customer: with a card, a note, a reminder, a case and a score."""
    li = them.li
    words = CustomerWords(
        name="欧阳金丝雀", company="金丝雀贸易", title="首席饲养员", phones=(Phone(e164="+8613812345678"),),
        emails=("canary@example.com",), wechat="wx_canary_77", address="鸟笼路七号",
    )  # fmt: skip
    number = customers.add(tx, li, words).id
    interactions.add(tx, li, number, "它唱了三次", Contacted.CALL)
    followups.plan(tx, li, number, tx.now + timedelta(days=1), "带鸟食过去")
    deals.add(tx, li, number, Terms("鸟笼续约", Money(minor=432_100, currency=Currency.CNY)))
    deals.missed(tx, li, number, Terms(), "嫌鸟太吵")


def case(tx: Tx, them: People) -> None:
    """A case of that customer's, with words and files of hers and words among colleagues; a score; a request; the
    team's campaign, and its questionnaire, which she has answered.
    """
    guest = guests.consent(tx, guests.link(tx, them.li, 1), telegram_id=900_003, chat_id=900_003, language="zh")
    picture = NewFile(FileKind.DOCUMENT, "handle", size=9, name="金丝雀照片.pdf")
    opened = complaints.add(tx, guest, 1, "羽毛都掉了", files=[picture])
    complaints.hear(tx, guest, opened.id, "还掉了嘴", files=[picture])
    complaints.note(tx, them.su, opened.id, "同事间说说")
    feedback.add_words(tx, guest, feedback.rate(tx, guest, 2).id, "笼子太小了")
    own_data.ask_correction(tx, guest, "address", "鸟笼路八号")
    guests.link(tx, them.li, 1)
    asked = campaigns.add(tx, them.wang, "鸟市门店", Scale.NPS, anonymous=True, team_id=them.wang.team_id)
    campaigns.token(tx, them.wang, asked.id)
    nameless = feedback.rate_unnamed(tx, asked, 3, 900_004)
    feedback.add_unnamed(tx, nameless, "栏杆太窄", [NewFile(FileKind.PHOTO, "handle", size=9)])
    hung = attachments.of(tx, them.wang, "feedback", [nameless])[nameless]
    for one in (*attachments.of_case(tx, guest, opened.id), *hung):
        attachments.keep_part(tx, one.id, 0, b"canary")
        attachments.keep(tx, one.id, 6)
    feeding = questionnaires.add(tx, them.wang, Words(zh="喂食问卷")).id
    question = questionnaires.add_question(tx, them.wang, feeding, QuestionKind.TEXT, Words(zh="怎么喂的")).id
    handle = answers.begin(tx, guest, questionnaires.publish(tx, them.wang, feeding), 900_003).handle
    answers.give(tx, guest, handle, question, "谷子喂多了")
    answers.finish(tx, guest, handle)


def another(tx: Tx, them: People) -> None:
    """周强's customer, who is a guest too."""
    number = customers.add(tx, them.zhou, CustomerWords(name="钱多多")).id
    followups.plan(tx, them.zhou, number, tx.now + timedelta(days=2), "送样品")
    guests.consent(tx, guests.link(tx, them.zhou, number), telegram_id=GUEST, chat_id=GUEST, language="zh")


@pytest.fixture
async def stage(book: Book) -> Stage:
    await unwatch(book)
    # Thousands of updates, none of which needs to outlive a power cut.
    await book._all[0].call(lambda raw: raw.execute("PRAGMA synchronous = OFF"))
    gate = Gate(book, ROUTES, House("zh", "Asia/Shanghai", "kehu_test_bot"))
    return Stage(book, gate, count(1))
