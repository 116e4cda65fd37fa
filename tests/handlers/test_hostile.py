"""Everybody who should get nothing tries everything: every button that exists, with ids of others and with nonsense.

New routes are found by themselves: the sweeps ask `all_routes()`. They go through the gate into a real book; what would
be sent is read from the outbox as the features wrote it, before the sender asks again who may see it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from bot import outgoing
from bot.gate import Gate, House
from handlers.all import all_routes
from handlers.kit.request import Incoming, SharedContact
from handlers.kit.texts import shows
from store import (
    attachments,
    campaigns,
    complaints,
    customers,
    feedback,
    followups,
    guests,
    interactions,
    own_data,
    queue,
    staff,
)
from store.access import GRANTS, Actor
from store.attachments import NewFile
from store.db import Book, Tx
from store.queue import Arrived
from store.rules.models import Contacted, CustomerWords, FileKind, Phone, Role
from store.rules.scores import Scale
from tests.authorizer import unwatch
from tests.house import STAFF
from tests.store.people import People, people

ROUTES = all_routes()

#: What is 李雷's to know, and occurs nowhere else.
CONTACTS = ("13812345678", "138 1234 5678", "canary@example.com", "wx_canary_77", "鸟笼路七号")
WORDS = (
    "欧阳金丝雀", "金丝雀贸易", "首席饲养员", "它唱了三次", "带鸟食过去", "羽毛都掉了", "同事间说说", "笼子太小了",
    "还掉了嘴", "鸟笼路八号", "金丝雀照片", "鸟市门店", "栏杆太窄",
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

    async def gets(self, incoming: Incoming) -> None:
        """An update, from its arrival to the end."""
        arrived = Arrived(next(self.numbers), incoming.person, incoming.model_dump_json().encode())
        await self.book.write(lambda tx: queue.accept(tx, [arrived]))
        await self.gate.handle(arrived)

    async def presses(self, person: int, data: str) -> None:
        """A button with this data, which no app shows."""
        await self.gets(Incoming(kind="button", person=person, chat=person, text=data, message_id=5))

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

    async def told(self, person: int) -> str:
        """The same in one piece."""
        return "\n".join(await self.letters(person))

    async def held(self) -> list[tuple[str, int, int]]:
        """The versions of everything that is kept of the first customer."""
        tables = (
            "customer", "interaction", "followup", "complaint", "case_message", "feedback", "link", "attachment",
            "data_request",
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


def case(tx: Tx, them: People) -> None:
    """A case of that customer's, with words and files of hers and words among colleagues; a score; a request; and the
    team's campaign.
    """
    guest = guests.consent(tx, guests.link(tx, them.li, 1), telegram_id=900_003, chat_id=900_003, language="zh")
    picture = NewFile(FileKind.DOCUMENT, "handle", size=9, name="金丝雀照片.pdf")
    opened = complaints.add(tx, guest, 1, "羽毛都掉了", files=[picture])
    complaints.hear(tx, guest, opened.id, "还掉了嘴", files=[picture])
    for one in attachments.of_case(tx, guest, opened.id):
        attachments.keep_part(tx, one.id, 0, b"canary")
        attachments.keep(tx, one.id, 6)
    complaints.note(tx, them.su, opened.id, "同事间说说")
    feedback.add_words(tx, guest, feedback.rate(tx, guest, 2).id, "笼子太小了")
    own_data.ask_correction(tx, guest, "address", "鸟笼路八号")
    guests.link(tx, them.li, 1)
    asked = campaigns.add(tx, them.wang, "鸟市门店", Scale.NPS, anonymous=True, team_id=them.wang.team_id)
    campaigns.token(tx, them.wang, asked.id)
    feedback.add_words_unnamed(tx, feedback.rate_unnamed(tx, asked, 3, 900_004), "栏杆太窄")


def another(tx: Tx, them: People) -> None:
    """周强's customer, who is a guest too."""
    number = customers.add(tx, them.zhou, CustomerWords(name="钱多多")).id
    followups.plan(tx, them.zhou, number, tx.now + timedelta(days=2), "送样品")
    guests.consent(tx, guests.link(tx, them.zhou, number), telegram_id=GUEST, chat_id=GUEST, language="zh")


@pytest.fixture
async def stage(book: Book) -> Stage:
    await unwatch(book)
    # Thousands of updates, none of which needs to outlive a power cut.
    await book._writer.call(lambda raw: raw.execute("PRAGMA synchronous = OFF"))
    gate = Gate(book, ROUTES, House("zh", "Asia/Shanghai", "kehu_test_bot"))
    return Stage(book, gate, count(1))


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
    for data in _of_others():
        await stage.presses(person, data)
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
OTHERWISE = ("g.rate", "g.score", "g.leave", "g.erase.now", "g.file")
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
        await stage.book.write(lambda tx: tx.run("DELETE FROM outbox") and None)
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
        held, told = await stage.held(), len(await stage.letters(li))
        await stage.says(li, "明天下午3点")
        await stage.says(li, "/undo")
        await stage.presses(li, f"{name}:1:0")
        said = "".join((await stage.letters(li))[told:])
        assert [word for word in CONTACTS + WORDS if word in said] == [], name
        assert await stage.held() == held, name
        await stage.book.write(lambda tx: moved(tx, them[0].li))
        await stage.says(li, "/cancel")
    assert await stage.faults() == 0


async def test_no_button_shows_support_a_contact_that_is_masked(stage: Stage) -> None:
    su = STAFF["su"][0]
    await stage.book.write(lambda tx: canary(tx, people(tx)))
    for data in _of_others():
        await stage.presses(su, data)
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
        for arguments in NONSENSE:
            await stage.presses(STAFF[who][0], f"{name}:{arguments}"[:64])
        if (faults := await stage.faults()) != before:
            faulty.append(name)
            before = faults
    assert faulty == []


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
