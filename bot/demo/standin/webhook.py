"""Delivery of updates to the bot's own address, in order per chat, again and again until it says 2xx.

``methods.receiving`` makes and ends one; ``updates`` feeds it. Rules: https://core.telegram.org/bots/api#setwebhook.
Example::

    updates.webhook = Webhook(url="http://127.0.0.1:8443/hook", secret_token="s", updates=updates, ...)
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Final

import aiohttp

from bot.demo.standin.refusals import Json
from bot.demo.standin.updates import Update, Updates

FIRST_PAUSE: Final = 0.1
"""Seconds before the first repetition; each further one waits twice as long, up to ``LONGEST_PAUSE``."""
LONGEST_PAUSE: Final = 5.0
TIMEOUT: Final = 60.0
"""Seconds that the bot may take for one update."""


class Webhook:
    """One registration. At most ``max_connections`` deliveries at once; a failed one holds back only its own chat."""

    def __init__(
        self,
        url: str,
        updates: Updates,
        *,
        secret_token: str,
        max_connections: int,
        certificate: bytes | None,
        now: Callable[[], int],
    ) -> None:
        self.url = url
        self.max_connections = max_connections
        self.certificate = certificate
        self.last_error: Json = {}
        self._updates = updates
        self._now = now
        self._headers = {"Content-Type": "application/json"}
        if secret_token:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = secret_token
        self._queues: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(max_connections)
        self._session: aiohttp.ClientSession | None = None
        for update in updates.pending.values():
            self.enqueue(update)

    def enqueue(self, update: Update) -> None:
        """Deliver ``update`` after the earlier ones of its chat."""
        queue = self._queues.get(update.key)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.key] = deque([update])
        task = asyncio.get_running_loop().create_task(self._deliver_all(update.key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop; what wasn't delivered stays pending."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> Json:
        """The registration as https://core.telegram.org/bots/api#webhookinfo describes it."""
        return {
            "url": self.url,
            "has_custom_certificate": self.certificate is not None,
            "pending_update_count": len(self._updates.pending),
            "max_connections": self.max_connections,
            **self.last_error,
        }

    async def _deliver_all(self, key: int) -> None:
        queue = self._queues[key]
        while queue:
            pause = FIRST_PAUSE
            while queue[0].id in self._updates.pending and not await self._delivered(queue[0]):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            self._updates.done(queue.popleft())
        del self._queues[key]

    async def _delivered(self, update: Update) -> bool:
        async with self._places:
            try:
                async with self._client().post(self.url, data=update.body, headers=self._headers) as answer:
                    if 200 <= answer.status < 300:
                        return True
                    why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            except TimeoutError:
                why = "Read timeout expired"
            except (aiohttp.ClientError, OSError) as error:
                why = "Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else "Connection closed"
        self.last_error = {"last_error_date": self._now(), "last_error_message": why}
        return False

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            context: ssl.SSLContext | bool = True
            if self.certificate is not None:
                context = ssl.create_default_context(cadata=self.certificate.decode("ascii", "replace"))
                context.check_hostname = False
            connector = aiohttp.TCPConnector(limit=0, ssl=context)
            self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session
