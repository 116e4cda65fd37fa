"""One worker for each person: a person's updates are handled in order, different people's concurrently.

Order matters only within a person, so somebody who floods the bot fills only their own queue.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot import logs
from store.errors import Busy
from store.queue import Arrived

log = logging.getLogger(__name__)
RETRY_SECONDS = 1.0


class Workers:
    """Runs `handle` for each update, concurrently over people, in order for each; at most `at_once` people at a
    time.
    """

    def __init__(self, handle: Callable[[Arrived], Awaitable[None]], *, at_once: int = 64) -> None:
        self._handle = handle
        self._queues: dict[int, deque[Arrived]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(at_once)

    def add(self, arrived: Arrived) -> None:
        """Puts an update behind the earlier ones of its person."""
        queue = self._queues.get(arrived.person)
        if queue is not None:
            queue.append(arrived)
            return
        self._queues[arrived.person] = deque([arrived])
        task = asyncio.create_task(self._work(arrived.person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, person: int) -> None:
        queue = self._queues[person]
        try:
            while queue:
                async with self._places:
                    await self._handled(queue[0])
                queue.popleft()
        finally:
            del self._queues[person]

    async def _handled(self, arrived: Arrived) -> None:
        while True:
            try:
                await self._handle(arrived)
            except Busy:  # a full disk, a lock held elsewhere: the row is safe, so wait rather than give it up
                log.warning("the book is busy; trying again")
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:  # noqa: BLE001 - one update must not keep its person's later ones waiting
                logs.reference(log, error)
                return
            else:
                return

    async def drain(self) -> None:
        """Waits until everything that was added is handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)
