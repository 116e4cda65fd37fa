"""What the people's side sees happening, in order, kept for a while and streamed to whoever listens.

``world`` and ``messages`` write here; ``people_http`` streams it. Example::

    log = Events(keep=1000)
    log.add({"type": "message", "chat_id": 7, "message": {...}}, people={7})
    log.since(0, person=7)     # the frames to send
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection

from bot.demo.standin.refusals import Json
from bot.demo.standin.wire import compact


class Frame:
    """One event, written as it goes over the stream when the first listener needs it. ``people`` None: for everyone."""

    __slots__ = ("_data", "_event", "people", "seq")

    def __init__(self, seq: int, event: Json, people: frozenset[int] | None) -> None:
        self.seq = seq
        self.people = people
        self._event = event
        self._data = b""

    @property
    def data(self) -> bytes:
        """The event in the form of https://html.spec.whatwg.org/multipage/server-sent-events.html"""
        if not self._data:
            seen_by = None if self.people is None else list(self.people)
            body = compact({"seq": self.seq, "people": seen_by, **self._event})
            self._data = b"id: %d\ndata: %b\n\n" % (self.seq, body)
            self._event = {}
        return self._data

    def concerns(self, person: int | None) -> bool:
        """Whether a listener for ``person`` (None: for all) gets it."""
        return person is None or self.people is None or person in self.people


class Events:
    """The last ``keep`` events, numbered from 1."""

    def __init__(self, keep: int) -> None:
        self.seq = 0
        self._frames: deque[Frame] = deque(maxlen=keep)
        self._listeners: dict[int, tuple[int | None, Callable[[bytes], None]]] = {}
        self._next_listener = 0

    def add(self, event: Json, people: Collection[int] | None = None) -> int:
        """Number an event, keep it, send it on; its number."""
        self.seq += 1
        frame = Frame(self.seq, event, None if people is None else frozenset(people))
        self._frames.append(frame)
        for person, send in list(self._listeners.values()):
            if frame.concerns(person):
                send(frame.data)
        return self.seq

    def since(self, seq: int, person: int | None) -> bytes:
        """The frames after ``seq`` for ``person``; a ``reset`` event if some of them are forgotten."""
        oldest = self._frames[0].seq if self._frames else self.seq + 1
        if seq > self.seq or seq + 1 < oldest:
            return Frame(self.seq, {"type": "reset"}, None).data
        return b"".join(frame.data for frame in self._frames if frame.seq > seq and frame.concerns(person))

    def listen(self, person: int | None, send: Callable[[bytes], None]) -> Callable[[], None]:
        """Call ``send`` with every later frame for ``person``; the result ends that."""
        self._next_listener += 1
        key = self._next_listener
        self._listeners[key] = (person, send)

        def stop() -> None:
            self._listeners.pop(key, None)

        return stop
