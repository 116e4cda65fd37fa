"""What nobody should be able to do to a bot that runs: stop it, hold it up, make it talk, or make it log."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import logging
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot import logs
from bot.config import WebhookSettings
from bot.demo.standin import Fault
from bot.gate import Gate, House
from bot.inbox import Inbox, read
from bot.request import AiohttpRequest
from bot.sender import _said
from bot.webhook import listen
from bot.workers import Workers
from handlers.all import all_routes
from handlers.kit.reply import Reply
from handlers.kit.request import Incoming, Request
from handlers.kit.routes import Routes
from handlers.understand.contactlike import holds_contact
from store import queue
from store.access import Action
from store.db import Book, Tx
from store.queue import Arrived
from tests.handlers.telling import adds, visits
from tests.house import TOKEN, Company, settle

WORDS = "欧阳金丝雀 13812345678"


def sent(company: Company, **more: object) -> dict[str, object]:
    """A message of 李雷's as Telegram would tell of it, with something else in it."""
    li = {"id": company.li.id, "is_bot": False, "first_name": "李雷"}
    chat = {"id": company.li.id, "type": "private", "first_name": "李雷"}
    return {"message_id": 900_000, "date": 1_800_000_000, "chat": chat, "from": li, "text": WORDS} | more


# Updates that can't be read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        {"entities": [{"type": "bold"}]},
        {"chat": {"id": "x"}},
        {"from": {"id": 1}},
        {"text": WORDS + "\ud83d"},
        {"contact": {"first_name": WORDS}},
        {"date": 10**30},
    ],
)
async def test_an_update_that_cant_be_read_stops_nobody(
    company: Company, broken: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    company.standin.world.updates.push("message", sent(company, **broken), company.li.id)
    await company.han.says("find alpha")
    await company.han.sees("alpha", within=20)
    await company.li.says("find beta")
    await company.li.sees("beta", within=20)
    assert WORDS not in caplog.text


async def test_an_update_of_which_nothing_can_be_understood_is_set_aside(book: Book) -> None:
    gate = Gate(book, all_routes(), House("zh", "Asia/Shanghai", "kehu_test_bot"))
    arrived = Arrived(1, 103, b"not what we wrote")
    await book.write(lambda tx: queue.accept(tx, [arrived]))
    assert await gate.handle(arrived)
    assert await book.write(queue.unhandled) == []


async def test_what_goes_wrong_with_one_update_leaves_the_persons_next_ones_alone() -> None:
    handled: list[int] = []

    async def handle(arrived: Arrived) -> None:
        handled.append(arrived.update_id)
        if arrived.update_id == 1:
            raise RuntimeError(WORDS)

    workers = Workers(handle)
    for number in (1, 2, 3):
        workers.add(Arrived(number, 103, b""))
    await workers.drain()
    assert handled == [1, 2, 3]


# Webhook -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def port(book: Book, tmp_path: Path) -> Iterator[int]:
    """A webhook of a book's inbox."""

    async def nothing(_: Arrived) -> None: ...

    bot = Bot(TOKEN, request=AiohttpRequest(), get_updates_request=AiohttpRequest(1))
    inbox = Inbox(book, bot, Workers(nothing), AiohttpRequest(1), lambda _: None)
    settings = WebhookSettings(url="https://example.org", port=0, secret_file=tmp_path / "secret")
    server = listen(settings, inbox, bot, "the-secret", certificate=None, key=None)
    yield next(iter(server._sockets.values())).getsockname()[1]
    server.stop()


def _posts(port: int, body: bytes, secret: str | None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    try:
        connection.request("POST", "/telegram", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("body", "secret", "status", "kept"),
    [
        (b"{}", None, 403, 0),
        (b"{}", "another", 403, 0),
        (b"{}", "the-secret-and-more", 403, 0),
        (b"no json", "the-secret", 400, 0),
        (b"[" * 100_000, "the-secret", 400, 0),
        (b"[1]", "the-secret", 200, 0),
        (b'{"update_id": 1, "message": {"message_id": 1}}', "the-secret", 200, 0),
        (b'{"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "hi", "chat": {"id": 1, "type": "private"},'
         b' "from": {"id": 1, "is_bot": false, "first_name": "X"}}}', "the-secret", 200, 1),
    ],
)  # fmt: skip
async def test_a_forged_or_broken_delivery_is_nothing(
    book: Book, port: int, body: bytes, secret: str | None, status: int, kept: int
) -> None:
    assert await asyncio.to_thread(_posts, port, body, secret) == status

    def rows(tx: Tx) -> int:
        return int(tx.value("SELECT count(*) FROM inbox"))

    assert await book.read(rows) == kept


# Floods --------------------------------------------------------------------------------------------------------------


async def test_a_stranger_who_floods_gets_one_answer_and_holds_nobody_up(company: Company) -> None:
    flooder = await company.stranger("Flood")
    await flooder.says("hello")
    bubble = await flooder.sees("公司", within=20)
    await asyncio.gather(*(flooder.says("x" * 4096) for _ in range(150)))
    began = time.monotonic()
    await company.li.says("find alpha")
    await company.li.sees("alpha", within=20)
    waited = time.monotonic() - began
    for number in range(20):
        await flooder.forges(bubble, f"customer:{number}")
    await company.han.says("find beta")
    await company.han.sees("beta", within=20)
    await company.stop()
    answers = [one for one in flooder.phone.bubbles(flooder.id) if one.from_bot]
    assert len(answers) <= 6, "the day's greeting, and a few words on buttons"
    assert waited < 10


async def test_a_customer_who_has_met_their_limit_is_told_so_and_goes_on(company: Company) -> None:
    await adds(company.li, "张三 13800138000 云帆科技")
    guest = await visits(company, "张三")
    menu = guest.last
    for _ in range(21):
        await guest.forges(menu, "g.score:5")
        await guest.forges(menu, "g.menu")
    await guest.sees("太快了", within=20)
    await guest.taps("隐私")
    await guest.sees("加密", within=20)


async def test_the_owner_hears_of_a_persons_faults_once_an_hour(book: Book) -> None:
    broken = Routes()

    @broken.button("broken", Action.GREET)
    def fail(_: Request) -> Reply:
        raise RuntimeError(WORDS)

    await book.write(lambda tx: settle(tx, "zh"))
    gate = Gate(book, broken, House("zh", "Asia/Shanghai", "kehu_test_bot"))
    pressed = Incoming(kind="button", person=103, chat=103, text="broken").model_dump_json().encode()
    for number in (1, 2, 3):
        arrived = Arrived(number, 103, pressed)
        await book.write(partial(queue.accept, arrivals=[arrived]))
        await gate.handle(arrived)

    def to(tx: Tx, chat: int) -> int:
        return int(tx.value("SELECT count(*) FROM outbox WHERE chat_id = :chat", chat=chat))

    assert await book.read(lambda tx: (to(tx, 103), to(tx, 101))) == (3, 1)


@pytest.mark.parametrize("character", ["a", "㌀", "ﷺ", "1 ", "a@", "a.", "+", "1-"])
def test_the_question_asked_of_every_line_takes_no_time(character: str) -> None:
    line = (character * 4096)[:4096]
    began = time.process_time()
    holds_contact(line)
    assert time.process_time() - began < 0.25


# Logs ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What goes to standard error at the most talkative level."""
    out = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    logs.begin("debug")
    yield out
    root.handlers[:] = before
    root.setLevel(level)


async def test_no_word_of_anybody_is_logged_by_what_fails(written: io.StringIO) -> None:
    async def fails() -> None:
        raise ValueError(WORDS)

    try:
        await fails()
    except ValueError as error:
        logging.getLogger("apscheduler.executors.default").exception("job raised an exception")
        logs.reference(logging.getLogger("x"), error)
        sys.excepthook(ValueError, error, error.__traceback__)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.of_the_loop)
    task = asyncio.ensure_future(fails())
    await asyncio.wait([task])
    del task
    await asyncio.sleep(0)
    logging.getLogger("telegram.Bot").debug("https://api.telegram.org/bot%s/getMe %s", TOKEN, WORDS)
    logging.getLogger("aiosqlite").debug("executing %s", WORDS)
    logging.getLogger("kehu").warning("token %s", TOKEN)
    assert read({"update_id": 1, "message": {"text": WORDS}}, Bot(TOKEN)) is None
    said = written.getvalue()
    assert said.count("ValueError") >= 4
    assert WORDS not in said
    assert TOKEN not in said


def test_what_telegram_quotes_is_not_logged() -> None:
    assert _said(BadRequest('Can\'t parse entities: unsupported start tag "王总" at byte offset 7')) == (
        "Can't parse entities: unsupported start tag"
    )
    assert _said(BadRequest("Inline keyboard button url 'https://t.me/x?start=c_secret' is invalid")) == (
        "Inline keyboard button url"
    )


# Messages that Telegram refuses -------------------------------------------------------------------------------------


async def test_a_message_that_is_refused_or_cant_be_made_lets_the_next_one_through(company: Company) -> None:
    await company.writes(lambda tx: _post(tx, company, b"no json"))
    await company.writes(lambda tx: _post(tx, company, json.dumps({"lines": [["no.such.key", {}]]}).encode()))
    await company.writes(lambda tx: _post(tx, company, json.dumps({"lines": [["plain", {"text": "\u200b"}]]}).encode()))
    await company.writes(lambda tx: _post(tx, company, json.dumps({"lines": [["plain", {"text": "after"}]]}).encode()))
    await company.li.says("find alpha")
    await company.li.sees("after", within=20)


async def test_a_token_that_is_refused_loses_no_message(company: Company) -> None:
    """It may have been changed; what waits goes out with the new one."""
    refusal = Fault(kind="error", method="sendMessage", chat=company.li.id, code=401, times=1)
    company.standin.faults.add(refusal)
    await company.li.says("find alpha")
    await company.li.sees("alpha", within=20)


def _post(tx: Tx, company: Company, payload: bytes) -> None:
    queue.post(tx, queue.Letter(company.li.id, payload, "zh", staff_id=company.ids["li"]))
