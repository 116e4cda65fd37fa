"""Telegram's flood limits for real, if somebody wants them: 429 with the seconds to wait.

``bot_api`` asks for every message. Numbers:
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. Telegram allows short bursts in one
chat without saying how long; ``burst`` is a guess. Example::

    rates = Rates(overall=30)
    rates.take(chat_id=7, messages=1)     # 0, or the seconds to wait
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass

from bot.demo.standin import limits


@dataclass(slots=True)
class _Bucket:
    """Holds up to ``size`` messages, refilled at ``rate`` a second."""

    rate: float
    size: float
    level: float
    at: float

    def wait(self, now: float, amount: float) -> float:
        """Seconds until ``amount`` fits."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(amount, self.size) - self.level) / self.rate)


class Rates:
    """Limits over all chats, in one chat, and in one group."""

    def __init__(
        self,
        overall: float = limits.FLOOD_OVERALL,
        per_chat: float = limits.FLOOD_CHAT,
        burst: float = 5,
        per_group_minute: float = limits.FLOOD_GROUP_MINUTE,
    ) -> None:
        if min(overall, per_chat, burst, per_group_minute) <= 0:
            raise ValueError("limits are positive numbers")
        now = time.monotonic()
        self._all = _Bucket(overall, overall, overall, now)
        self._per_chat, self._burst, self._per_group = per_chat, burst, per_group_minute
        self._chats: OrderedDict[int, _Bucket] = OrderedDict()

    def take(self, chat_id: int, messages: int) -> int:
        """Let ``messages`` pass: 0; or whole seconds after which to ask again, and nothing is taken."""
        now = time.monotonic()
        bucket = self._chats.get(chat_id)
        if bucket is None:
            rate, size = (self._per_chat, self._burst) if chat_id > 0 else (self._per_group / 60, self._per_group)
            bucket = self._chats[chat_id] = _Bucket(rate, size, size, now)
            if len(self._chats) > 10_000:
                self._chats.popitem(last=False)
        wait = max(self._all.wait(now, messages), bucket.wait(now, messages))
        if wait > 0:
            return math.ceil(wait)
        self._all.level -= messages
        bucket.level -= messages
        return 0
