"""How fast messages may go out: over all chats, and into each.

Telegram's own numbers are about 30 messages a second over all chats and one a second in a chat, where short bursts pass
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). Each limit is a bucket: it holds
`burst` messages and fills at `rate` a second.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.config import LimitSettings


@dataclass
class Bucket:
    """Whether one more may go. `full_at` is when the bucket will be full again, in the seconds of a monotonic clock."""

    rate: float
    burst: float
    full_at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more may go; 0 when it may go now."""
        return max(0.0, max(self.full_at, now) - now - (self.burst - 1) / self.rate)

    def take(self, now: float) -> None:
        """One goes."""
        self.full_at = max(self.full_at, now) + 1 / self.rate


@dataclass
class Pace:
    """The buckets of all chats and the one over them, and the pauses that Telegram has asked for."""

    limits: LimitSettings
    _whole: Bucket = field(init=False)
    _chats: dict[int, Bucket] = field(default_factory=dict)
    _paused: dict[int, float] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)
    _all_paused: float = 0.0

    def __post_init__(self) -> None:
        self._whole = Bucket(self.limits.per_second, self.limits.per_second)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until this chat may get a message."""
        bucket = self._chats.get(chat)
        own = bucket.wait(now) if bucket else 0.0
        return max(own, self._paused.get(chat, 0.0) - now, self._held.get(chat, 0.0) - now, self.wait_all(now))

    def wait_all(self, now: float) -> float:
        """Seconds until any chat may get one."""
        return max(self._whole.wait(now), self._all_paused - now)

    def take(self, chat: int, now: float) -> None:
        """A message goes to this chat."""
        if len(self._chats) > 10_000:
            self._chats = {one: bucket for one, bucket in self._chats.items() if bucket.full_at > now}
        bucket = self._chats.setdefault(chat, Bucket(self.limits.chat_per_second, self.limits.chat_burst))
        bucket.take(now)
        self._whole.take(now)

    def pause(self, chat: int, now: float, seconds: float) -> None:
        """Telegram said 429 for this chat. When another chat is paused too, the limit is the bot's, and all wait."""
        self._paused = {one: until for one, until in self._paused.items() if until > now}
        if self._paused.keys() - {chat}:
            self._all_paused = max(self._all_paused, now + seconds)
        self._paused[chat] = now + seconds

    def hold(self, chat: int, until: float) -> None:
        """The network failed for this chat: it waits, and only it."""
        self._held[chat] = until
