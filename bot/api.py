"""The methods that every message needs, asked for without building objects of what was just sent.

python-telegram-bot's `Bot.send_message` turns parameters into objects, back into JSON, and the answer into a Message
that nobody looks at: a quarter of what an answer cost (`python -m benchmarks.updates`). Its request class, its errors
and its meaning of the time-outs stay.
"""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter


class Api:
    """`call` asks for one method of the Bot API. One for a `Bot` that has been initialised."""

    def __init__(self, bot: Bot) -> None:
        self._request = bot.request
        self._base = bot.base_url

    async def call(self, method: str, **parameters: str | int | bool | None) -> Any:
        """The method's result as JSON. Parameters that are None are left out. Raises TelegramError as Bot does."""
        given = [RequestParameter.from_input(name, value) for name, value in parameters.items() if value is not None]
        return await self._request.post(f"{self._base}/{method}", request_data=RequestData(given))
