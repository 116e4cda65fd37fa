"""The log of what the bot asked, for tests that hold it against the Bot API. Bounded; can be switched off for speed.

``bot_api`` writes it, ``control`` and in-process tests read it. Example::

    [request.parameters["text"] for request in standin.requests if request.method == "sendMessage"]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.demo.standin.refusals import Json
from bot.demo.standin.wire import Upload


@dataclass(slots=True)
class Request:
    """One request. ``parameters`` as read (texts where they couldn't be), ``files`` by part: name, type, size in bytes.

    ``status`` is 0 while it is under way, and stays 0 where the connection was broken on purpose.
    """

    number: int
    time: float
    method: str
    parameters: Json
    files: dict[str, Json]
    chat_id: int | str | None = None
    status: int = 0
    description: str = ""

    def as_json(self) -> Json:
        """For the control side."""
        return asdict(self)


class Recorder:
    """The last ``keep`` requests, the oldest first."""

    def __init__(self, keep: int) -> None:
        self.on = True
        self.count = 0
        self._requests: deque[Request] = deque(maxlen=keep)

    def __iter__(self) -> Iterator[Request]:
        return iter(list(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, method: str, parameters: Json, files: dict[str, list[Upload]], now: float) -> Request:
        """Note a request that begins."""
        self.count += 1
        about = {
            part: {"name": found[0].name, "mime_type": found[0].mime_type, "size": len(found[0].data)}
            for part, found in files.items()
        }
        request = Request(self.count, now, method, parameters, about, parameters.get("chat_id"))
        if self.on:
            self._requests.append(request)
        return request

    def clear(self) -> None:
        """Forget all."""
        self._requests.clear()
