"""The one place where the parts are put together, and the order in which they start and stop.

    app = App(config, token, clock)
    await app.run(until=stop)        # stop is an asyncio.Event

Start: the book, the bot, what an earlier run left undone, the timer, and only then the first updates. Stop: no more
updates, what is being handled is finished, what is on the wire is waited for, the book is closed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import outgoing
from bot.book import lock, open_book
from bot.clock import Clock
from bot.config import Config, WebhookSettings, read_secret
from bot.downloads import Downloads
from bot.gate import Gate, House
from bot.inbox import Inbox
from bot.incoming import WANTED
from bot.inline import InlineQueries
from bot.jobs import Jobs
from bot.pace import Pace
from bot.request import AiohttpRequest
from bot.sender import Sender
from bot.workers import Workers
from handlers import commands
from handlers.all import all_routes
from handlers.kit.reply import message, t
from handlers.kit.texts import LANGUAGES
from store import staff
from store.access import Actor
from store.db import Book, Row, Tx
from store.errors import Unusable
from store.queue import Arrived, Priority
from store.rules.models import Role

log = logging.getLogger(__name__)
#: Seconds that a stop may take in all is 5; this is what of it the messages that wait may use.
DRAIN_SECONDS = 2.0
FIRST_TRIES = 3


class App:
    """The running bot."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.jobs: Jobs
        self._polling: AiohttpRequest

    async def run(self, until: asyncio.Event, *, ready: Callable[[App], Awaitable[None]] | None = None) -> None:
        """Serves until the event is set. Raises Unusable when it can't begin, or when the token stops working."""
        token = self.config.token()
        with lock(self.config):
            book = await open_book(self.config, self.clock)
            try:
                async with self._bot(token) as bot:
                    await self._serve(book, bot, until, ready)
            finally:
                await book.close()

    @asynccontextmanager
    async def _bot(self, token: str) -> AsyncIterator[Bot]:
        settings = self.config.telegram
        self._polling = AiohttpRequest(1, proxy=settings.proxy)
        bot = Bot(
            token, base_url=settings.base_url, base_file_url=settings.base_file_url,
            request=AiohttpRequest(settings.limits.in_flight + 16, proxy=settings.proxy),
            get_updates_request=self._polling,
        )  # fmt: skip
        await _greet(bot)
        try:
            yield bot
        finally:
            await bot.shutdown()

    async def _serve(
        self, book: Book, bot: Bot, until: asyncio.Event, ready: Callable[[App], Awaitable[None]] | None
    ) -> None:
        config = self.config
        routes = all_routes()
        sender = Sender(
            book, bot, Pace(config.telegram.limits), zone=config.timezone,
            in_flight=config.telegram.limits.in_flight, unreachable=_tell_of_the_unreachable,
        )  # fmt: skip
        gate = Gate(book, routes, House(config.language, config.timezone, bot.username, config.home))

        async def handle(arrived: Arrived) -> None:
            if await gate.handle(arrived):
                sender.unpark(arrived.person)
            sender.wake()

        workers = Workers(handle)
        queries = InlineQueries(gate, bot)
        inbox = Inbox(book, bot, workers, self._polling, queries.add)
        downloads = Downloads(book, bot, proxy=config.telegram.proxy, language=config.language, zone=config.timezone)
        await downloads.start()
        self.jobs = Jobs(book, routes, sender, downloads, language=config.language, zone=config.timezone)
        sending = asyncio.create_task(sender.run())
        left = await inbox.resume()
        if left:
            log.info("%s updates of the earlier run are handled now", left)
        self.jobs.start()
        publishing = asyncio.create_task(_publish(bot))
        receiving = asyncio.create_task(self._receive(inbox, bot))
        if ready is not None:
            await ready(self)
        stopping = asyncio.create_task(until.wait())
        try:
            await asyncio.wait([stopping, receiving, sending], return_when=asyncio.FIRST_COMPLETED)
            if receiving.done():
                receiving.result()
            if sending.done():
                sending.result()
        except InvalidToken:
            raise Unusable("token_wrong", 20) from None
        finally:
            for task in (stopping, receiving, publishing):
                task.cancel()
            await asyncio.gather(stopping, receiving, publishing, return_exceptions=True)
            self.jobs.stop()
            await queries.stop()
            await downloads.stop()
            await workers.drain()
            await sender.drain(DRAIN_SECONDS)
            await sender.stop()
            await sending

    async def _receive(self, inbox: Inbox, bot: Bot) -> None:
        webhook = self.config.telegram.webhook
        if webhook is None:
            await bot.delete_webhook(drop_pending_updates=False)
            await inbox.poll(self.config.telegram.poll_seconds)
        else:
            await self._take_deliveries(webhook, inbox, bot)

    async def _take_deliveries(self, webhook: WebhookSettings, inbox: Inbox, bot: Bot) -> None:
        from bot.webhook import listen

        path = self.config.path
        secret = read_secret(path(webhook.secret_file), "webhook_secret_missing", 18)
        certificate = path(webhook.certificate_file) if webhook.certificate_file else None
        key = path(webhook.key_file) if webhook.key_file else None
        try:
            server = listen(webhook, inbox, bot, secret, certificate=certificate, key=key)
        except OSError as error:  # a port that is taken; a certificate or key that is not there or not one (SSLError)
            raise Unusable("webhook_unusable", 23, reason=error.strerror or type(error).__name__) from None
        try:
            await bot.set_webhook(
                webhook.url, certificate=certificate, allowed_updates=WANTED, secret_token=secret, max_connections=40
            )
            await asyncio.Event().wait()
        finally:
            server.stop()


async def _greet(bot: Bot) -> None:
    """Asks Telegram who we are. Raises Unusable when the token is wrong or the server can't be reached."""
    for attempt in range(1, FIRST_TRIES + 1):
        try:
            await bot.initialize()
        except InvalidToken:
            await bot.shutdown()
            raise Unusable("token_wrong", 20) from None
        except NetworkError as error:
            if attempt == FIRST_TRIES:
                await bot.shutdown()
                raise Unusable("telegram_unreachable", 21, reason=type(error).__name__) from None
            await asyncio.sleep(attempt)
        else:
            return


async def _publish(bot: Bot) -> None:
    """The commands that anybody sees who has not been let in, in both languages."""
    try:
        for language in LANGUAGES:
            listed = [BotCommand(name, words) for name, words in commands.commands_for(Role.STRANGER, language)]
            await bot.set_my_commands(listed, language_code=language)
            if language == "en":
                await bot.set_my_commands(listed)
    except TelegramError as error:
        log.warning("the list of commands was not published: %s", type(error).__name__)


def _tell_of_the_unreachable(tx: Tx, row: Row) -> None:
    """Somebody blocked the bot: noted, and the managers told once when it is one of the staff."""
    if row["staff_id"] is None:
        return
    if staff.set_reachable(tx, row["chat_id"], False) is None:  # a private chat has the id of its person
        return
    member = staff.as_actor(tx, row["staff_id"])
    clock = Actor(Role.CLOCK, member.language, member.zone)
    for manager in staff.managers_of(tx, member.team_id):
        if manager != member.id:
            told = message(t("team.unreachable", name=member.name), to_staff=manager, priority=Priority.NEWS)
            outgoing.post(tx, told, chat=0, actor=clock)
