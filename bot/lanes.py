"""Chooses the next messages to send: in order within a chat, answers before news before digests, at the allowed pace.

    lanes.add(chat, priority=0, letter=12, not_before=0)
    chosen, pause = lanes.choose(room=64, now=loop.time(), clock_ms=…)     # [(chat, 12)], seconds until more may go
    lanes.done(chat, 12)            # it is gone; `done(chat, None)` when it stays, to be tried again

It knows chats and the ids of outbox rows, not their content; `bot.sender` asks it. A chat that is ready stands in a
heap with its first message, so ten thousand chats cost no more than the few that are ready. Heap entries may be out of
date; whoever pops one checks it against the lane.
"""

from __future__ import annotations

import heapq

from bot.pace import Pace

#: A message in its lane: priority, then the number of its outbox row.
Place = tuple[int, int]
#: Ways to Telegram that only answers take: however many reminders hang there, somebody who waits is not behind them.
KEPT_FOR_ANSWERS = 8
#: Seconds after which it is worth looking again when nothing is known to become possible earlier.
IDLE_SECONDS = 60.0


class Lanes:
    """What waits, a lane for each chat."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._lanes: dict[int, list[Place]] = {}
        self._heads: list[tuple[Place, int]] = []
        self._later: list[tuple[int, Place, int]] = []
        self._held: list[tuple[float, int]] = []
        self._busy: set[int] = set()
        self._parked: set[int] = set()

    def add(self, chat: int, *, priority: int, letter: int, not_before: int) -> None:
        """Another message for a chat; `not_before` in milliseconds of the book's clock."""
        heapq.heappush(self._later, (not_before, (priority, letter), chat))

    def choose(self, *, room: int, now: float, clock_ms: int) -> tuple[list[tuple[int, int]], float]:
        """At most `room` less those on the way: chats with the message that goes now; and how long until another may.

        The last `KEPT_FOR_ANSWERS` of the room are for messages of priority 0.
        `now` is the loop's time in seconds, `clock_ms` the book's clock. Who is chosen is busy until `done`.
        """
        while self._later and self._later[0][0] <= clock_ms:
            _, place, chat = heapq.heappop(self._later)
            heapq.heappush(self._lanes.setdefault(chat, []), place)
            self._offer(chat)
        while self._held and self._held[0][0] <= now:
            self._offer(heapq.heappop(self._held)[1])
        chosen = []
        while self._heads and len(self._busy) < _room(self._heads[0][0], room) and self._pace.wait_all(now) <= 0:
            place, chat = heapq.heappop(self._heads)
            if chat in self._busy or chat in self._parked or self._first(chat) != place:
                continue
            wait = self._pace.wait(chat, now)
            if wait > 0:
                heapq.heappush(self._held, (now + wait, chat))
                continue
            self._pace.take(chat, now)
            self._busy.add(chat)
            chosen.append((chat, place[1]))
        return chosen, self._pause(now, clock_ms)

    def _pause(self, now: float, clock_ms: int) -> float:
        pauses = [IDLE_SECONDS]
        if self._heads:
            pauses.append(self._pace.wait_all(now) or IDLE_SECONDS)  # for want of room: somebody's end wakes
        if self._held:
            pauses.append(self._held[0][0] - now)
        if self._later:
            pauses.append((self._later[0][0] - clock_ms) / 1000)
        return max(min(pauses), 0.001)

    def _first(self, chat: int) -> Place | None:
        lane = self._lanes.get(chat)
        return lane[0] if lane else None

    def _offer(self, chat: int) -> None:
        first = self._first(chat)
        if first is not None and chat not in self._busy and chat not in self._parked:
            heapq.heappush(self._heads, (first, chat))

    def done(self, chat: int, letter: int | None) -> None:
        """What was on its way to a chat is gone for good, or stays (None); the next may follow."""
        lane = self._lanes.get(chat)
        if letter is not None and lane is not None:
            lane[:] = [place for place in lane if place[1] != letter]
            heapq.heapify(lane)
            if not lane:
                del self._lanes[chat]
        self._busy.discard(chat)
        self._offer(chat)

    def park(self, chat: int) -> None:
        """Its person has blocked the bot: nothing goes there until they are back."""
        self._parked.add(chat)

    def unpark(self, chat: int) -> None:
        """They are back."""
        if chat in self._parked:
            self._parked.remove(chat)
            self._offer(chat)

    def move(self, old: int, new: int) -> None:
        """A group has become a supergroup: what waits for the one goes to the other."""
        self._later = [(when, place, new if chat == old else chat) for when, place, chat in self._later]
        heapq.heapify(self._later)
        for place in self._lanes.pop(old, []):
            heapq.heappush(self._lanes.setdefault(new, []), place)
        self._offer(new)

    def may_go(self) -> bool:
        """Whether anything waits only for its turn."""
        return any(chat not in self._parked for chat in self._lanes)


def _room(place: Place, room: int) -> int:
    """How much of the room a message may fill."""
    return room if place[0] == 0 else max(room - KEPT_FOR_ANSWERS, 1)
