"""The timer: periodic ticks that ask the store what is due, and long work in short steps.

The database decides what is due; the timer only wakes us. A tick claims what is due, its messages and its next
occurrence in one transaction, so that after a crash either all or none of it is done. Start-up is a tick like any
other.

Long work (a list of a hundred thousand, tidying the index) is a chore: one short step at a time, with a pause as long
as the step, so that nobody waits for the writer longer than one step. Its state is in rows, so a restart continues it.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import logs, outgoing
from bot.downloads import Downloads
from bot.sender import Sender
from handlers.kit.reply import Message
from handlers.kit.routes import Chore, Routes, Tick
from store import queue, worktime
from store.access import Actor
from store.db import Book, Tx
from store.rules.models import Role

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
#: The shortest pause after a step of a chore, in seconds.
PAUSE_SECONDS = 0.01


class Jobs:
    """Runs the features' ticks once a second, and at once when the clock is moved."""

    def __init__(
        self, book: Book, routes: Routes, sender: Sender, downloads: Downloads, *, language: str, zone: str
    ) -> None:
        self._book = book
        self._ticks = routes.ticks
        self._chores = routes.chores
        self._stopping = False
        self._sender = sender
        self._downloads = downloads
        self._clock_actor = Actor(Role.CLOCK, language, zone)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._prepared = False

    def start(self) -> None:
        """Begins to tick. A tick that is late is not lost: the next one finds the same rows due."""
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._scheduler.add_job(
            self.chores, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._scheduler.add_job(self._sweep, "interval", hours=1, misfire_grace_time=None)
        self._scheduler.start()

    async def tick(self) -> None:
        """Asks every feature once. One that fails is noted and does not keep the others from their turn."""
        await self._prepare()
        for work in self._ticks:
            try:
                await self._book.write(partial(self._run, work))
            except Exception as error:  # noqa: BLE001 - one feature must not stop the others
                logs.reference(log, error)
        self._sender.wake()
        self._downloads.wake()

    async def chores(self) -> None:
        """Does each chore to its end, in steps."""
        for work in self._chores:
            try:
                await self._steps(work)
            except Exception as error:  # noqa: BLE001 - one chore must not stop the others
                logs.reference(log, error)

    async def _steps(self, work: Chore) -> None:
        clock = asyncio.get_running_loop().time
        while not self._stopping:
            began = clock()
            if not await self._book.write(partial(self._step, work)):
                return
            self._sender.wake()
            await asyncio.sleep(max(clock() - began, PAUSE_SECONDS))

    async def _prepare(self) -> None:
        """Reads the calendar of days off, which takes a second, before a transaction needs it and all wait for it."""
        if not self._prepared:
            self._prepared = True
            calendar = await self._book.read(worktime.calendar)
            await asyncio.to_thread(calendar.works_on, self._book.clock().date())

    async def _sweep(self) -> None:
        await self._book.write(queue.sweep)

    def _run(self, work: Tick, tx: Tx) -> None:
        tx.cause = f"clock.{work.__name__}"
        self._post(tx, work(tx))

    def _step(self, work: Chore, tx: Tx) -> bool:
        tx.cause = f"clock.{work.__name__}"
        said = work(tx)
        self._post(tx, said or [])
        return said is not None

    def _post(self, tx: Tx, messages: list[Message]) -> None:
        for said in messages:
            outgoing.post(tx, said, chat=0, actor=self._clock_actor)

    def stop(self) -> None:
        """No more ticks, and no further step."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
