"""Updates become rows before Telegram is told that they arrived.

Polling and webhook both end in `accept`: one commit for the whole batch, and only then is the next batch asked for
(which is what tells Telegram, https://core.telegram.org/bots/api#getupdates) or the delivery answered with 200. A
pressed button is answered at once, before the work, because Telegram soon calls an answer too late.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.incoming import WANTED, from_update
from bot.workers import Workers
from store import queue
from store.db import Book
from store.queue import Arrived

log = logging.getLogger(__name__)
BATCH = 100
BACKOFF = (0.5, 1, 2, 5, 10, 30)


class Inbox:
    """Accepts updates and hands them to the workers, in the order in which Telegram numbered them."""

    def __init__(self, book: Book, bot: Bot, workers: Workers) -> None:
        self._book = book
        self._bot = bot
        self._workers = workers
        self._answers: set[asyncio.Task[None]] = set()

    async def resume(self) -> int:
        """Hands over what an earlier run accepted and did not finish; how much that was."""
        left = await self._book.write(queue.unhandled)
        for arrived in left:
            self._workers.add(arrived)
        return len(left)

    async def accept(self, updates: Sequence[Update]) -> None:
        """Writes updates down, all in one commit, then begins to handle those that are new."""
        arrivals = []
        for update in updates:
            incoming = from_update(update)
            if incoming is not None:
                payload = incoming.model_dump_json(exclude_defaults=True).encode()
                arrivals.append(Arrived(update.update_id, incoming.person, payload))
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
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset, limit=BATCH, timeout=seconds, allowed_updates=WANTED, read_timeout=10
                )
                failures = 0
            except InvalidToken:
                raise
            except RetryAfter as error:
                after = error.retry_after
                await asyncio.sleep(after if isinstance(after, int) else after.total_seconds())
                continue
            except TelegramError as error:
                self._complain(error)
                await asyncio.sleep(BACKOFF[min(failures, len(BACKOFF) - 1)])
                failures += 1
                continue
            if updates:
                await self.accept(updates)
                offset = updates[-1].update_id + 1

    @staticmethod
    def _complain(error: TelegramError) -> None:
        if isinstance(error, Conflict):
            log.error("another process polls with this token, or a webhook is set: stop one of the two")
        elif isinstance(error, NetworkError):
            log.warning("Telegram can't be reached: %s", type(error).__name__)
        else:
            log.error("getUpdates was refused: %s", type(error).__name__)
