"""Inline queries: a member types `@bot 张` in any chat and is shown cards, with masked details, to send there.

    https://core.telegram.org/bots/inline

A query is one of many keystrokes, changes nothing, and is worthless once the next arrives. So it is the one kind of
update that never becomes a row: nothing is stored, a crash loses nothing of value, and of the queries that arrive while
an answer is being made only the newest is answered. Outsiders are shown nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re

from telegram import Bot, InlineQuery
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot import logs
from bot.api import Api
from bot.gate import Gate
from bot.incoming import from_query
from handlers.kit.reply import Message, t
from handlers.kit.texts import Reader, label, render, shows

log = logging.getLogger(__name__)
#: How many people are answered at once: reads of the book, like those of whoever writes to the bot.
AT_ONCE = 8
#: Where the button above the results leads: `/start recent` in the private chat.
START = "recent"


class InlineQueries:
    """Answers members' queries, each person's newest only. `add` them as they arrive; `stop` before the book closes."""

    def __init__(self, gate: Gate, bot: Bot) -> None:
        self._gate = gate
        self._api = Api(bot)
        self._newest: dict[int, InlineQuery] = {}
        self._working: dict[int, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    def add(self, query: InlineQuery) -> None:
        """Puts a query in the place of an earlier one of its person."""
        person = query.from_user.id
        self._newest[person] = query
        if person not in self._working:
            self._working[person] = asyncio.create_task(self._work(person))

    async def _work(self, person: int) -> None:
        try:
            while person in self._newest:
                async with self._places:
                    await self._try(self._newest.pop(person))
        finally:
            del self._working[person]

    async def _try(self, query: InlineQuery) -> None:
        try:
            await self._answer(query)
        except TelegramError as error:  # too old, or the network: the next keystroke asks anew
            log.info("an inline query was not answered: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - one query must not end the next ones of its person
            logs.reference(log, error)

    async def _answer(self, query: InlineQuery) -> None:
        seen = await self._gate.glance(from_query(query))
        articles, button = [], None
        if seen is not None:
            messages, reader = seen
            articles = [_article(place, message, reader) for place, message in enumerate(messages)]
            way_over = {"text": label(t("inline.button"), reader), "start_parameter": START}
            button = json.dumps(way_over, ensure_ascii=False)
        # Telegram keeps no answer: another may not see what this one may, nor this one tomorrow.
        await self._api.call(
            "answerInlineQuery", inline_query_id=query.id, results=json.dumps(articles, ensure_ascii=False),
            cache_time=0, is_personal=True, button=button,
        )  # fmt: skip

    async def stop(self) -> None:
        """Answers nobody any more."""
        self._newest.clear()
        for task in list(self._working.values()):
            task.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)


def _article(place: int, message: Message, reader: Reader) -> dict[str, object]:
    """A message as a result: its first line is the title, the others describe it; choosing it sends all of them."""
    lines = [render(line, reader) for line in message.lines]
    title, *more = (label(line, reader) for line in message.lines)
    keyboard = [[{"text": label(button.label, reader), "url": button.url} for button in row] for row in message.buttons]
    article: dict[str, object] = {
        "type": "article", "id": str(place), "title": title if shows(title) else "·",
        "input_message_content": {
            "message_text": "\n".join(lines), "parse_mode": ParseMode.HTML,
            "link_preview_options": {"is_disabled": True},
        },
    }  # fmt: skip
    if more:
        article["description"] = re.sub(r"\s+", " ", " · ".join(more))
    if keyboard:
        article["reply_markup"] = {"inline_keyboard": keyboard}
    return article
