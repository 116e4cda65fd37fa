"""How the stand-in says no: a refusal is an error with Telegram's code and words.

Raised anywhere below ``bot_api``, which turns it into the answer. Example::

    raise bad_request("message text is empty")   # 400 Bad Request: message text is empty
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""A JSON object as it travels."""


class Refusal(Exception):
    """An unsuccessful answer of the Bot API.

    ``code`` is the HTTP status and ``error_code``, ``description`` the words, ``parameters`` the machine-readable part
    (``retry_after`` in seconds, ``migrate_to_chat_id``): https://core.telegram.org/bots/api#responseparameters
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Json:
        """The JSON object, as https://core.telegram.org/bots/api#making-requests describes it."""
        out: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            out["parameters"] = self.parameters
        return out


def bad_request(words: str) -> Refusal:
    """400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """403 with Telegram's prefix."""
    return Refusal(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    """429: wait ``retry_after`` seconds (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(chat_id: int) -> Refusal:
    """400: the group is a supergroup now, with another id (https://core.telegram.org/bots/api#responseparameters)."""
    return Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat_id})
