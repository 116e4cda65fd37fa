"""Outbox rows → Telegram: in order for each chat, side by side over chats, at Telegram's pace.

A row leaves the outbox only when Telegram has taken it or has refused it for good. Telegram has no idempotency key, so
a message whose own send was cut off (by a crash, or by a time-out that may have delivered) is sent again and may then
be read twice; nothing else ever repeats.

What a refusal means here: 429 holds that chat (all chats, when the limit is the bot's); 403 parks the chat until its
person comes back, and ends a stranger's message; "not modified" is as good as sent; a message that can't be edited is
sent anew; a group that became a supergroup is followed; network faults, 5xx and a token that is not taken (it may be
changed) are tried again, slower and slower.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup, InputFile, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot import logs, outgoing
from bot.api import Api
from bot.lanes import Lanes
from bot.outgoing import Outgoing
from bot.pace import Pace
from handlers import commands
from store import queue
from store.db import Book, Row, Tx
from store.errors import KehuError
from store.rules.models import FileKind
from store.times import to_ms

log = logging.getLogger(__name__)

#: Seconds to wait after the first, second, … failure of the network.
BACKOFF = (0.5, 1, 2, 5, 10, 20, 30)
#: Files of the book's on the wire at once, and how long Telegram may take to answer one.
FILES_AT_ONCE = 2
FILE_SECONDS = 60
#: Refusals that mean that the message stands there already, or that there is nothing to edit (Telegram's own words).
_UNCHANGED = "message is not modified"
#: https://core.telegram.org/bots/api#linkpreviewoptions
_NO_PREVIEW = '{"is_disabled":true}'
_UNEDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")

#: An outbox row with what it became: a message, nothing any more (None), or what is wrong with it.
Prepared = tuple[Row, Outgoing | Exception | None]


class Sender:
    """Sends what the outbox holds. `run` it as a task, `wake` it after commits, `stop` it before the book is closed."""

    def __init__(
        self, book: Book, bot: Bot, pace: Pace, *, zone: str, in_flight: int, unreachable: Callable[[Tx, Row], None]
    ) -> None:
        self._book = book
        self._bot = bot
        self._api = Api(bot)
        self._pace = pace
        self._zone = zone
        self._in_flight = in_flight
        self._unreachable = unreachable
        self._lanes = Lanes(pace)
        self._seen = 0
        self._failures: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stopping = False
        self._files = asyncio.Semaphore(FILES_AT_ONCE)
        self._ways: dict[FileKind, Callable[..., Awaitable[Message]]] = {
            FileKind.PHOTO: bot.send_photo, FileKind.VOICE: bot.send_voice, FileKind.VIDEO: bot.send_video,
            FileKind.AUDIO: bot.send_audio, FileKind.DOCUMENT: bot.send_document,
        }  # fmt: skip

    def wake(self) -> None:
        """There may be something new to send."""
        self._wake.set()

    def unpark(self, chat: int) -> None:
        """The person of this chat is back: what waited for them may go."""
        self._lanes.unpark(chat)
        self.wake()

    async def run(self) -> None:
        """Sends until `stop`."""
        while not self._stopping:
            self._wake.clear()
            for row in await self._book.read(lambda tx: queue.arrived(tx, self._seen)):
                self._lanes.add(
                    row["chat_id"], priority=row["priority"], letter=row["id"], not_before=row["not_before"]
                )
                self._seen = row["id"]
            chosen, pause = self._lanes.choose(
                room=self._in_flight,
                now=asyncio.get_running_loop().time(),
                clock_ms=to_ms(self._book.clock()),
            )
            if chosen:
                await self._start(chosen)
            await self._sleep(pause)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _start(self, chosen: list[tuple[int, int]]) -> None:
        ids = [letter_id for _, letter_id in chosen]
        prepared = await self._book.read(lambda tx: _prepare(tx, ids, self._zone))
        for chat, letter_id in chosen:
            task = asyncio.create_task(self._deliver(chat, letter_id, prepared.get(letter_id)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, chat: int, letter_id: int, prepared: Prepared | None) -> None:
        gone = True
        if prepared is None:  # ended meanwhile
            self._done(chat, letter_id)
            return
        row, letter = prepared
        try:
            if letter is None or isinstance(letter, Exception):
                await self._drop(letter_id, letter)
                return
            message_id = await self._send(row, letter)
            self._failures.pop(chat, None)
            await self._book.write(lambda tx: queue.ended(tx, letter_id, "sent", message_id=message_id))
        except TelegramError as error:
            gone = await self._refused(chat, row, error)
        except KehuError:  # the file that it carries may not be seen by its reader any more, or is gone
            await self._drop(letter_id, None)
        except Exception as error:  # noqa: BLE001 - one message must not stop the others; it is logged by reference
            logs.reference(log, error)
            await self._book.write(lambda tx: queue.ended(tx, letter_id, "failed"))
        finally:
            self._done(chat, letter_id if gone else None)

    async def _drop(self, letter_id: int, fault: Exception | None) -> None:
        """A message that its reader may not see any more, or that can't be rendered (which is a fault of ours)."""
        if fault is not None:
            logs.reference(log, fault)
        outcome = "dropped" if fault is None else "failed"
        await self._book.write(lambda tx: queue.ended(tx, letter_id, outcome))

    def _done(self, chat: int, letter_id: int | None) -> None:
        self._lanes.done(chat, letter_id)
        self.wake()

    async def _refused(self, chat: int, row: Row, error: TelegramError) -> bool:
        """Whether the message is done with (refused for good), after Telegram or the network said no."""
        letter_id = row["id"]
        now = asyncio.get_running_loop().time()
        if isinstance(error, RetryAfter):
            after = error.retry_after
            self._pace.pause(chat, now, after.total_seconds() if isinstance(after, timedelta) else after)
            return False
        if isinstance(error, ChatMigrated):
            await self._book.write(lambda tx: queue.move_chat(tx, chat, error.new_chat_id))
            self._lanes.move(chat, error.new_chat_id)
            return False
        if isinstance(error, Forbidden) and row["staff_id"] is None and row["guest_id"] is None:
            # A stranger who blocks the bot waits for nothing, and nothing of them is kept.
            await self._book.write(lambda tx: queue.ended(tx, letter_id, "dropped"))
            return True
        if isinstance(error, Forbidden):
            self._lanes.park(chat)
            await self._book.write(lambda tx: self._unreachable(tx, row))
            return False
        if isinstance(error, BadRequest):
            log.error("message %s refused for good: %s", letter_id, _said(error))
            await self._book.write(lambda tx: queue.ended(tx, letter_id, "failed"))
            return True
        tries = self._failures[chat] = self._failures.get(chat, 0) + 1
        self._pace.hold(chat, now + BACKOFF[min(tries, len(BACKOFF)) - 1])
        log.warning("message %s not sent: %s (try %s)", letter_id, type(error).__name__, tries)
        return False

    async def _send(self, row: Row, letter: Outgoing) -> int | None:
        """Sends one row's message; the id of its last part."""
        if letter.commands_for is not None:
            await self._publish(letter)
        message_id: int | None = None
        last = len(letter.pages) - 1
        carries = letter.attachment is not None or letter.file is not None
        if letter.file is not None:
            message_id = await self._send_file(row, letter, letter.file, alone=last <= 0)
        elif letter.attachment is not None:
            message_id = await self._attach(letter, alone=last <= 0)
        for place, page in enumerate(letter.pages):
            if carries and place == 0:
                continue
            markup = letter.markup if place == last else None
            if letter.edit is not None and place == 0 and await self._edit(letter, page, last == 0):
                message_id = letter.edit
                continue
            sent = await self._api.call(
                "sendMessage", chat_id=letter.chat_id, text=page, parse_mode=ParseMode.HTML, reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
            message_id = sent["message_id"]
        return message_id

    async def _attach(self, letter: Outgoing, *, alone: bool) -> int:
        caption = letter.pages[0] if letter.pages else None
        assert letter.attachment is not None
        markup = InlineKeyboardMarkup.de_json(json.loads(letter.markup), None) if letter.markup and alone else None
        sent: Message
        if letter.file_name:
            file = InputFile(letter.attachment, filename=letter.file_name)
            sent = await self._bot.send_document(
                letter.chat_id, file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        else:
            picture = InputFile(letter.attachment, filename="picture.png")
            sent = await self._bot.send_photo(
                letter.chat_id, picture, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        return sent.message_id

    async def _send_file(self, row: Row, letter: Outgoing, file: int, *, alone: bool) -> int:
        """Sends an attachment of the book's; few at once, since each is in memory while it goes out."""
        markup = InlineKeyboardMarkup.de_json(json.loads(letter.markup), None) if letter.markup and alone else None
        async with self._files:
            fetched = await self._book.read(lambda tx: outgoing.fetch(tx, row, file))
            sent: Message = await self._ways[fetched.kind](
                letter.chat_id, InputFile(fetched.data, filename=fetched.name), read_timeout=FILE_SECONDS,
                caption=letter.pages[0] if letter.pages else None, parse_mode=ParseMode.HTML, reply_markup=markup,
            )  # fmt: skip
        return sent.message_id

    async def _edit(self, letter: Outgoing, page: str, whole: bool) -> bool:
        """Edits the message; False when it can't be edited and must be sent anew."""
        try:
            await self._api.call(
                "editMessageText", chat_id=letter.chat_id, message_id=letter.edit, text=page, parse_mode=ParseMode.HTML,
                reply_markup=None if letter.words or not whole else letter.markup, link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
        except BadRequest as error:
            if _UNCHANGED in _reason(error):
                return True
            if any(words in _reason(error) for words in _UNEDITABLE):
                return False
            raise
        return True

    async def _publish(self, letter: Outgoing) -> None:
        """Publishes the commands that this reader may use, in their language, in their chat."""
        actor = letter.commands_for
        assert actor is not None
        listed = [BotCommand(name, words) for name, words in commands.commands_for(actor.role, actor.language)]
        await self._bot.set_my_commands(listed, scope=BotCommandScopeChat(letter.chat_id))

    async def drain(self, seconds: float) -> None:
        """Gives what may go now a moment to go."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if not self._lanes.may_go() and not self._tasks and self._seen >= await self._book.read(queue.last_letter):
                return
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Starts nothing more and waits for what is on the wire."""
        self._stopping = True
        self.wake()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)


def _prepare(tx: Tx, ids: list[int], zone: str) -> dict[int, Prepared]:
    """Renders messages. One that can't be rendered is set apart, so that it doesn't stop the others."""
    prepared: dict[int, Prepared] = {}
    for row in queue.letters(tx, ids):
        try:
            prepared[row["id"]] = (row, outgoing.prepare(tx, row, zone=zone))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it is logged when its turn comes
            prepared[row["id"]] = (row, error)
    return prepared


def _reason(error: TelegramError) -> str:
    return error.message.lower()


def _said(error: TelegramError) -> str:
    """Telegram's words without what they quote of ours: a tag, a link, a name."""
    return re.split(r"[\"“]|(?<=\s)'", error.message, maxsplit=1)[0].strip()
