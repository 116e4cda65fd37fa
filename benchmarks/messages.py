"""What people write to a bot under measurement, in the form in which Telegram hands it out.

messages = [Message(person=7, text="zhang"), Message(person=8, text="李四 13800138000")]
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

TOKEN = "1:benchmark"
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
FIRST_PERSON = 1_000_000

Text = Callable[[int], str]
"""The number of a message, from 0 → what it says."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of text in a private chat.

    Attributes:
        person: the Telegram id of who wrote it.
        text: what it says.
    """

    person: int
    text: str

    def update(self, update_id: int) -> bytes:
        """The JSON of its Update (https://core.telegram.org/bots/api#update)."""
        message = {
            "message_id": update_id,
            "from": _user(self.person),
            "chat": _chat(self.person),
            "date": int(time.time()),
            "text": self.text,
        }
        if self.text.startswith("/"):
            command = self.text.partition(" ")[0]
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return json.dumps({"update_id": update_id, "message": message}).encode()


def tap(update_id: int, person: int, message: Mapping[str, object], data: str) -> bytes:
    """The JSON of the Update for a button under `message` (https://core.telegram.org/bots/api#callbackquery)."""
    query = {
        "id": str(update_id),
        "from": _user(person),
        "message": message,
        "chat_instance": str(person),
        "data": data,
    }
    return json.dumps({"update_id": update_id, "callback_query": query}).encode()


def _user(person: int) -> dict[str, object]:
    return {
        "id": person,
        "is_bot": False,
        "first_name": f"P{person}",
        "username": f"person{person}",
        "language_code": "en",
    }


def _chat(person: int) -> dict[str, object]:
    return {"id": person, "type": "private", "first_name": f"P{person}", "username": f"person{person}"}


def people(number: int) -> Sequence[int]:
    """The Telegram ids of so many people."""
    return range(FIRST_PERSON, FIRST_PERSON + number)


def in_turn(who: Sequence[int], text: Text, number: int) -> list[Message]:
    """So many messages, by each of the people in turn."""
    return [Message(who[at % len(who)], text(at)) for at in range(number)]
