"""A person's phone: the chats as the event stream tells them, and waiting for what comes.

:class:`bot.demo.standin.person.Person` holds one and lends its methods. Nothing sleeps and asks again: whoever waits is
woken by the next event. Example::

    phone.take(event)
    await phone.sees("张三", within=5)
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final

from bot.demo.standin.bubbles import Bubble, Json, bubble, line

KEPT: Final = 5_000
"""Events that a phone remembers."""


class Unseen(AssertionError):
    """A person didn't see what they should have, or saw what they should not; the words end with the transcript."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that happened before a person's eyes: ``kind`` is message, edited, deleted, or answered (a button's
    notification).
    """

    seq: int
    kind: str
    chat_id: int
    text: str
    bubble: Bubble | None = None


class Phone:
    """What one person sees. ``keyboards`` are the reply keyboards by chat, ``typing`` the bot's signs of life."""

    def __init__(self, owner_id: int, owner_name: str, bot: Json) -> None:
        self.keyboards: dict[int, Json | None] = {}
        self.typing: dict[int, str] = {}
        self.inline_results: dict[str, Json] = {}
        self._owner_id = owner_id
        self._owner_name = owner_name
        self._bot = bot
        self._bubbles: dict[int, dict[int, Bubble]] = {}
        self._log: deque[Seen] = deque(maxlen=KEPT)
        self._cursor = 0
        self._news = asyncio.Event()
        self._lost: BaseException | None = None

    # what comes in

    def load(self, chat: Json) -> None:
        """A chat as ``GET /people/PERSON/chat`` gives it; all of it counts as seen."""
        for raw in chat["messages"]:
            self._put("message", bubble(raw, self._bot["id"]))
        self.keyboards[chat["id"]] = chat["keyboard"]
        self._cursor = max(self._cursor, chat["seq"])

    def take(self, event: Json) -> None:
        """One event of the stream."""
        kind = event["type"]
        if kind in ("message", "edited"):
            self._put(kind, bubble(event["message"], self._bot["id"]))
        elif kind == "answered" and event["person"] == self._owner_id:
            if event["text"]:
                self._log.append(Seen(event["seq"], kind, event["chat_id"], event["text"]))
        elif kind == "deleted":
            for message_id in event["message_ids"]:
                gone = self._bubbles.get(event["chat_id"], {}).pop(message_id, None)
                if gone is not None:
                    self._log.append(Seen(event["seq"], kind, event["chat_id"], gone.text, gone))
        elif kind == "keyboard":
            self.keyboards[event["chat_id"]] = event["keyboard"]
        elif kind == "typing":
            self.typing[event["chat_id"]] = event["action"]
        elif kind == "reset":
            self._lost = ConnectionError("the stand-in forgot events that this phone never got")
        elif kind == "inline_results":
            self.inline_results[event["query_id"]] = event
        self._wake()

    def lost(self, error: BaseException) -> None:
        """The stream broke: nobody waits any longer."""
        self._lost = error
        self._wake()

    def _put(self, kind: str, shown: Bubble) -> None:
        self._bubbles.setdefault(shown.chat_id, {})[shown.id] = shown
        self._log.append(Seen(shown.seq, kind, shown.chat_id, shown.text, shown))

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    # looking

    def bubbles(self, chat_id: int) -> list[Bubble]:
        """A chat's messages, the newest first."""
        return sorted(self._bubbles.get(chat_id, {}).values(), key=lambda shown: -shown.id)

    def keys(self, chat_id: int) -> list[str]:
        """The labels of the reply keyboard."""
        return [key["text"] for row in (self.keyboards.get(chat_id) or {}).get("keyboard", []) for key in row]

    def looked_at(self, shown: Bubble) -> None:
        """Everything up to that message's last change is seen now."""
        self._cursor = max(self._cursor, shown.seq)

    def transcript(self) -> str:
        """The conversation as a person would read it, each edit as a line of its own."""
        lines = []
        several = len({seen.chat_id for seen in self._log}) > 1
        for seen in self._log:
            if seen.kind == "answered":
                text = f"{self._bot['first_name']}: ({seen.text})"
            elif seen.kind == "deleted":
                text = f"(deleted: {seen.text})"
            elif seen.bubble is not None:
                text = line(seen.bubble, edited=seen.kind == "edited")
            lines.append(f"<{seen.chat_id}> {text}" if several else text)
        return "\n".join(lines)

    async def sees(self, *texts: str, within: float, chat_id: int | None, whole: bool) -> Bubble:
        """Wait for something new that says all of ``texts``; see :meth:`bot.demo.standin.person.Person.sees`."""

        def fits(seen: Seen) -> bool:
            return all(text == seen.text if whole else text in seen.text for text in texts)

        def look() -> Seen | None:
            return next((seen for seen in self._fresh(chat_id) if fits(seen)), None)

        deadline = _deadline(within)
        while True:
            found = look()
            if found is not None:
                self._cursor = found.seq
                return found.bubble or self._notification(found)
            if not await self.waited(deadline):
                wanted = ", ".join(map(repr, texts)) or "anything"
                raise Unseen(f"{self._owner_name} didn't see {wanted} within {within} s\n\n{self.transcript()}")

    async def sees_nothing(self, *, for_: float, chat_id: int | None) -> None:
        """Raise :class:`Unseen` if there is anything new, now or within ``for_`` seconds."""
        deadline = _deadline(for_)
        while True:
            fresh = self._fresh(chat_id)
            if fresh:
                raise Unseen(f"{self._owner_name} saw {fresh[0].text!r}\n\n{self.transcript()}")
            if not await self.waited(deadline):
                return

    async def waited(self, deadline: float) -> bool:
        """Wait for the next event; whether there was one before ``deadline`` (the loop's time)."""
        if self._lost is not None:
            raise Unseen(f"{self._owner_name} lost the connection to the stand-in") from self._lost
        try:
            async with asyncio.timeout_at(deadline):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _fresh(self, chat_id: int | None) -> list[Seen]:
        """What others did since the last look, the oldest first."""
        out = []
        for seen in reversed(self._log):
            if seen.seq <= self._cursor:
                break
            mine = seen.bubble is not None and seen.bubble.sender_id == self._owner_id
            if seen.kind != "deleted" and not mine and chat_id in (None, seen.chat_id):
                out.append(seen)
        return out[::-1]

    def _notification(self, seen: Seen) -> Bubble:
        """A button's notification in the shape of a message, with the id 0."""
        name, bot_id = self._bot["first_name"], self._bot["id"]
        return Bubble(0, seen.chat_id, seen.seq, name, bot_id, True, seen.text, "", (), {})


def _deadline(within: float) -> float:
    return asyncio.get_running_loop().time() + within
