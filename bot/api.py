"""The methods that every message needs, asked for without building objects of what was just sent.

python-telegram-bot's `Bot.send_message` turns parameters into objects, back into JSON, and the answer into a Message
that nobody looks at: a quarter of what an answer cost (`python -m benchmarks.updates`). Its request class, its errors
and its meaning of the time-outs stay.
"""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter


class Api:
    """`call` asks for one method of the Bot API. One for a `Bot` that has been initialised.

    `request` is what it asks through, where that is not the bot's own.
    """

    def __init__(self, bot: Bot, request: BaseRequest | None = None) -> None:
        self._request = request or bot.request
        self._base = bot.base_url

    async def call(
        self, method: str, *, read_timeout: float | None = None, **parameters: str | int | bool | list[str] | None
    ) -> Any:
        """The method's result as JSON. Parameters that are None are left out. Raises TelegramError as Bot does.

        `read_timeout`: seconds to wait for the answer, where they are not the request's own.
        """
        given = [RequestParameter.from_input(name, value) for name, value in parameters.items() if value is not None]
        seconds = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._request.post(f"{self._base}/{method}", request_data=RequestData(given), read_timeout=seconds)
