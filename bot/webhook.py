"""Webhook delivery: a small tornado server in front of the inbox, which then works as it does with polling.

Imported only when `[telegram.webhook]` is set. `bot.app` tells Telegram the address.
"""

from __future__ import annotations

import hmac
import json
import ssl
from pathlib import Path

from telegram import Bot
from tornado import httpserver, web

from bot.config import WebhookSettings
from bot.inbox import Inbox, read
from store.errors import Busy

#: Telegram's updates are small; files come by getFile. What is larger is not one.
BODY_MAX = 1024 * 1024
#: Seconds for one body, and for a connection on which nothing comes: anybody may open connections to this port.
BODY_SECONDS, IDLE_SECONDS = 10, 120


class Webhook(web.RequestHandler):
    """Telegram's deliveries. Without the secret of setWebhook a post is a forgery and is refused."""

    def initialize(self, inbox: Inbox, bot: Bot, secret: str) -> None:
        """What the application hands over for each request."""
        self._inbox = inbox
        self._bot = bot
        self._secret = secret

    async def post(self) -> None:
        """200 once the update is on the disk; 403 for a forgery; 400 for what is no JSON; 503 to have it again.

        One that can't be read is 200 too: Telegram would deliver it again and again, and nothing after it.
        """
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise web.HTTPError(403)
        try:
            told = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise web.HTTPError(400) from None
        update = read(told, self._bot)
        try:
            await self._inbox.accept([] if update is None else [update])
        except Busy:
            raise web.HTTPError(503) from None  # Telegram keeps it and delivers it again

    def log_exception(self, *_: object) -> None:
        """Refusals are Telegram's to hear; nothing of them is logged."""


def listen(
    settings: WebhookSettings, inbox: Inbox, bot: Bot, secret: str, *, certificate: Path | None, key: Path | None
) -> httpserver.HTTPServer:
    """Begins to take deliveries, over TLS when a certificate and its key are given (else behind a proxy that does
    it).
    """
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
    parts = {"inbox": inbox, "bot": bot, "secret": secret}
    application = web.Application([(settings.path, Webhook, parts)], log_function=lambda _: None)
    server = httpserver.HTTPServer(
        application, max_body_size=BODY_MAX, body_timeout=BODY_SECONDS, idle_connection_timeout=IDLE_SECONDS,
        ssl_options=context,
    )  # fmt: skip
    server.listen(settings.port, address=settings.listen)
    return server
