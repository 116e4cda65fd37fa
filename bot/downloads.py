"""Fetches from Telegram what people sent as files, and hands it to the store part by part.

The database decides what is due (`store.attachments`); the timer only wakes us. Nothing is written to a temporary file
and nothing is looked into: the bytes are on their way from Telegram to the customer's key, and in memory in between. A
process that dies in the middle finds the row still waiting and begins that file again.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot import logs, outgoing
from bot.request import AiohttpRequest
from handlers.kit.reply import Button, message, t
from store import attachments
from store.access import Actor
from store.attachments import PART, SIZE_MAX, Due
from store.db import Book, Tx
from store.errors import Busy
from store.queue import Priority
from store.rules.models import Role

log = logging.getLogger(__name__)
#: Files on the wire at once: each is in memory while it comes.
AT_ONCE = 2
#: Seconds that Telegram may be silent while it gives a file.
SECONDS = 20.0


class Downloads:
    """`start` it, `wake` it often, `stop` it before the book is closed."""

    def __init__(self, book: Book, bot: Bot, *, proxy: str | None, language: str, zone: str) -> None:
        self._book = book
        self._bot = bot
        self._request = AiohttpRequest(AT_ONCE, proxy=proxy, read_timeout=SECONDS, max_answer=SIZE_MAX)
        self._clock_actor = Actor(Role.CLOCK, language, zone)
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Ready to fetch."""
        await self._request.initialize()

    async def stop(self) -> None:
        """Ends what is on the wire; it is begun again by the next run."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._request.shutdown()

    def wake(self) -> None:
        """There may be something to fetch."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        """Fetches all that is due now."""
        try:
            await self._fetch_due()
        except Exception as error:  # noqa: BLE001 - nobody waits for this task; the next one looks again
            logs.reference(log, error)

    async def _fetch_due(self) -> None:
        while due := await self._book.read(partial(attachments.due, limit=AT_ONCE)):
            await asyncio.gather(*(self._fetch(one) for one in due))

    async def _fetch(self, one: Due) -> None:
        try:
            data = await self._download(one.handle)
        except BadRequest:  # too large after all, or not Telegram's any more
            await self._book.write(partial(self._lose, one))
        except TelegramError as error:
            log.info("a file could not be fetched yet: %s", type(error).__name__)
            await self._book.write(partial(self._put_off, one))
        except Exception as error:  # noqa: BLE001 - one file must not keep the others waiting
            logs.reference(log, error)
            await self._book.write(partial(self._put_off, one))
        else:
            await self._keep(one, data)

    async def _download(self, handle: str) -> bytes:
        """A file's bytes. Raises TelegramError; BadRequest when Telegram will never give it."""
        told = await self._bot.get_file(handle)
        if not told.file_path or (told.file_size or 0) > SIZE_MAX:
            raise BadRequest("file is too big")
        data = await self._request.retrieve(told.file_path)
        if not data:
            raise BadRequest("file is empty")
        return data

    async def _keep(self, one: Due, data: bytes) -> None:
        """Part by part, each in a commit of its own, so that nobody waits behind a large file."""
        try:
            for place, at in enumerate(range(0, len(data), PART)):
                part = data[at : at + PART]
                if not await self._book.write(partial(_keep_part, one, place, part)):
                    return
            await self._book.write(lambda tx: attachments.keep(tx, one.id, len(data)))
        except Busy:  # a full disk: the row is still there, and is looked at again
            log.warning("the book is busy; a file is fetched again later")
            await asyncio.sleep(SECONDS)

    def _put_off(self, one: Due, tx: Tx) -> None:
        if not attachments.put_off(tx, one.id):
            self._lose(one, tx)

    def _lose(self, one: Due, tx: Tx) -> None:
        """Gives a file up for good; its sender is told once, and for which customer it is missing."""
        lost = attachments.lose(tx, one.id)
        if lost is None:
            return
        if lost.author_id is None:
            told = message(t("file.lost_of_yours"), to_customer=lost.customer_id, customer_id=lost.customer_id)
        else:
            told = message(
                t("file.lost"), buttons=[[Button(t("button.open"), "open", lost.customer_id)]],
                to_staff=lost.author_id, customer_id=lost.customer_id, priority=Priority.NEWS,
            )  # fmt: skip
        outgoing.post(tx, told, chat=0, actor=self._clock_actor)


def _keep_part(one: Due, place: int, part: bytes, tx: Tx) -> bool:
    return attachments.keep_part(tx, one.id, place, part)
