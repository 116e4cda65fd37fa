"""Updates become rows before Telegram is told that they arrived.

Polling and webhook both end in `accept`: one commit for the whole batch, and only then is the next batch asked for
(which is what tells Telegram, https://core.telegram.org/bots/api#getupdates) or the delivery answered with 200. A
pressed button is answered at once, before the work, because Telegram soon calls an answer too late.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot, InlineQuery, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import logs
from bot.api import Api
from bot.incoming import WANTED, from_update
from bot.workers import Workers
from store import queue
from store.db import Book
from store.errors import Busy
from store.queue import Arrived

log = logging.getLogger(__name__)
BATCH = 100
#: Seconds that an answer may take beyond those for which it was asked to wait.
ANSWER_SECONDS = 10
BACKOFF = (0.5, 1, 2, 5, 10, 30)


class Inbox:
    """Accepts updates and hands them to the workers, in the order in which Telegram numbered them."""

    def __init__(
        self, book: Book, bot: Bot, workers: Workers, polling: BaseRequest, queries: Callable[[InlineQuery], None]
    ) -> None:
        self._book = book
        self._bot = bot
        self._polling = polling
        self._workers = workers
        self._queries = queries
        self._answers: set[asyncio.Task[None]] = set()

    async def resume(self) -> int:
        """Hands over what an earlier run accepted and did not finish; how much that was."""
        left = await self._book.write(queue.unhandled)
        for arrived in left:
            self._workers.add(arrived)
        return len(left)

    async def accept(self, updates: Sequence[Update]) -> None:
        """Writes updates down, all in one commit, then begins to handle those that are new; inline queries at once.

        Raises Busy when the book can't be written: then none is accepted.
        """
        for update in updates:
            if update.inline_query is not None:
                self._queries(update.inline_query)
        arrivals = [arrived for update in updates if (arrived := _arrived(update)) is not None]
        if not arrivals:
            return
        new = set(await self._book.write(lambda tx: queue.accept(tx, arrivals)))
        for update in updates:
            if update.update_id in new and update.callback_query is not None:
                task = asyncio.create_task(self._answer(update.callback_query.id))
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)
        for arrived in arrivals:
            if arrived.update_id in new:
                self._workers.add(arrived)

    async def _answer(self, query_id: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:  # too old, or the network: the press is handled all the same
            log.info("a pressed button was not answered: %s", type(error).__name__)

    async def poll(self, seconds: int) -> None:
        """Asks Telegram for updates for ever. Raises InvalidToken when the token has been revoked."""
        api = Api(self._bot, self._polling)
        offset: int | None = None
        failures = 0
        while True:
            try:
                told = await api.call(
                    "getUpdates", offset=offset, limit=BATCH, timeout=seconds, allowed_updates=WANTED,
                    read_timeout=seconds + ANSWER_SECONDS,
                )  # fmt: skip
                await self.accept([update for each in told if (update := read(each, self._bot)) is not None])
                failures = 0
            except InvalidToken:
                raise
            except RetryAfter as error:
                after = error.retry_after
                await asyncio.sleep(after if isinstance(after, int) else after.total_seconds())
                continue
            except (TelegramError, Busy) as error:  # Telegram keeps what was not accepted, and is asked for it again
                self._complain(error)
                await asyncio.sleep(BACKOFF[min(failures, len(BACKOFF) - 1)])
                failures += 1
                continue
            if told:
                offset = told[-1]["update_id"] + 1

    @staticmethod
    def _complain(error: TelegramError | Busy) -> None:
        if isinstance(error, Busy):
            log.error("what arrived can't be written down; Telegram keeps it, and it is asked for again")
        elif isinstance(error, Conflict):
            log.error("another process polls with this token, or a webhook is set: stop one of the two")
        elif isinstance(error, NetworkError):
            log.warning("Telegram can't be reached: %s", type(error).__name__)
        else:
            log.error("getUpdates was refused: %s", type(error).__name__)


def read(told: dict[str, Any], bot: Bot) -> Update | None:
    """An update of Telegram's JSON; None, logged by reference alone, for one that python-telegram-bot can't read.

    Its own `get_updates` gives up the whole batch for one such, for ever, and logs every word of it.
    """
    try:
        return Update.de_json(told, bot)
    except Exception as error:  # noqa: BLE001 - whatever is in it, the others are not to wait for it
        logs.reference(log, error)
        return None


def _arrived(update: Update) -> Arrived | None:
    """What the inbox keeps of an update; None for one that we don't handle, or that can't be kept."""
    try:
        incoming = from_update(update)
        if incoming is None:
            return None
        payload = incoming.model_dump_json(exclude_defaults=True).encode()
    except ValueError as error:  # pydantic's own: a field that is not what Telegram promises
        logs.reference(log, error)
        return None
    return Arrived(update.update_id, incoming.person, payload)
