"""getUpdates and the webhook: the methods whose answers come later. Called by ``bot_api`` itself.

Rules: https://core.telegram.org/bots/api#getting-updates
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from bot.demo.standin import limits
from bot.demo.standin.refusals import Refusal, bad_request
from bot.demo.standin.signatures import Call
from bot.demo.standin.updates import Poll, allowed_kinds
from bot.demo.standin.webhook import Webhook
from bot.demo.standin.wire import Upload
from bot.demo.standin.world import World

WEBHOOK_METHODS: Final = frozenset(("setwebhook", "deletewebhook", "getwebhookinfo"))


def poll(world: World, call: Call, answer: Callable[[bytes], None], fail: Callable[[Refusal], None]) -> Poll:
    """getUpdates: ``answer`` gets the result's JSON within the call's timeout. Raises 409 beside a webhook."""
    if world.updates.webhook is not None:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first",
        )
    if "allowed_updates" in call:
        world.updates.allowed = allowed_kinds(call.array("allowed_updates"))
    limit = call.integer("limit", limits.UPDATES)
    waiting = Poll(call.integer("offset"), limit if 1 <= limit <= limits.UPDATES else limits.UPDATES, answer, fail)
    world.updates.poll(waiting, min(max(call.integer("timeout"), 0), limits.POLL_SECONDS))
    return waiting


async def webhook(world: World, call: Call) -> object:
    """setWebhook, deleteWebhook, getWebhookInfo."""
    if call.method == "getWebhookInfo":
        return _info(world)
    fresh = _registration(world, call) if call.method == "setWebhook" and call.text("url") else None
    world.updates.end_poll("terminated by setWebhook request")
    old, world.updates.webhook = world.updates.webhook, None
    if old is not None:
        await old.close()
    if call.flag("drop_pending_updates"):
        world.updates.pending.clear()
    if "allowed_updates" in call:
        world.updates.allowed = allowed_kinds(call.array("allowed_updates"))
    if fresh is not None:
        world.updates.webhook = fresh()
    return True


def _info(world: World) -> dict[str, object]:
    if world.updates.webhook is not None:
        return world.updates.webhook.info()
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}


def _registration(world: World, call: Call) -> Callable[[], Webhook]:
    """A checked setWebhook, to be made once the old one is gone. https://core.telegram.org/bots/api#setwebhook

    Plain http is taken as https://core.telegram.org/bots/api#using-a-local-bot-api-server allows it; only this machine
    is reached.
    """
    url = call.text("url")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _loopback(parts.hostname):
        raise bad_request("bad webhook: Failed to resolve host: the stand-in reaches only this machine")
    secret = call.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request(
            "secret token contains unallowed characters"
            if len(secret) <= limits.SECRET_TOKEN
            else "secret token is too long"
        )
    certificate = call.file("certificate")
    data = certificate.data if isinstance(certificate, Upload) else None
    connections = min(max(call.integer("max_connections", 40), 1), 100)
    return lambda: Webhook(
        url, world.updates, secret_token=secret, max_connections=connections, certificate=data, now=world.clock.date
    )


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
