"""The updates that wait for the bot, and the two ways in which it gets them.

``messages``, ``actions`` push; ``methods.receiving`` polls; ``webhook`` delivers. Rules:
https://core.telegram.org/bots/api#getting-updates. Example::

    updates.push("message", {"message_id": 1, ...}, key=7)
    updates.poll(Poll(offset=0, limit=100, answer=print, fail=print), timeout=30)
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.demo.standin import limits
from bot.demo.standin.clock import Clock
from bot.demo.standin.refusals import Json, Refusal
from bot.demo.standin.wire import compact

if TYPE_CHECKING:
    from bot.demo.standin.webhook import Webhook

_KINDS = """
message edited_message channel_post edited_channel_post business_connection business_message edited_business_message
deleted_business_messages message_reaction message_reaction_count inline_query chosen_inline_result callback_query
shipping_query pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member chat_join_request
chat_boost removed_chat_boost managed_bot guest_message
"""
KINDS: Final = frozenset(_KINDS.split())
"""https://core.telegram.org/bots/api#update"""
DEFAULT_KINDS: Final = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
"""What a bot gets that never named what it wants: https://core.telegram.org/bots/api#getupdates"""


def allowed_kinds(names: Collection[object]) -> frozenset[str]:
    """What ``allowed_updates`` asks for; an empty list is the default, unknown names are passed over."""
    return frozenset(name for name in names if isinstance(name, str) and name in KINDS) or DEFAULT_KINDS


@dataclass(frozen=True, slots=True)
class Update:
    """One waiting update, ready to send; ``key`` is the chat or person in whose order it stands."""

    id: int
    at: float
    key: int
    body: bytes


@dataclass(eq=False, slots=True)
class Poll:
    """A getUpdates that waits: ``answer`` takes the result's JSON, ``fail`` the reason why there is none."""

    offset: int
    limit: int
    answer: Callable[[bytes], None]
    fail: Callable[[Refusal], None]


class Updates:
    """The queue, bounded by number and by Telegram's 24 hours."""

    def __init__(self, clock: Clock, keep: int) -> None:
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.allowed = DEFAULT_KINDS
        self.webhook: Webhook | None = None
        self._clock = clock
        self._keep = keep
        self._poll: Poll | None = None
        self._timer: asyncio.TimerHandle | None = None
        # Telegram numbers updates for good. A stand-in starts afresh each time, so its numbers begin with the time
        # (tenths of a
        # second): a bot that remembers the last one finds the new ones newer.
        self._next = int((time.time() - 1_735_689_600) * 10)

    def push(self, kind: str, payload: Json, key: int) -> None:
        """Add an update, unless the bot doesn't want its kind, and hand it out if somebody waits."""
        if kind not in self.allowed:
            return
        self._next += 1
        body = b'{"update_id":%d,"%b":%b}' % (self._next, kind.encode(), compact(payload))
        update = Update(self._next, self._clock.now(), key, body)
        self.pending[update.id] = update
        self._forget_old()
        if self.webhook is not None:
            self.webhook.enqueue(update)
        elif self._poll is not None:
            self._answer()

    def poll(self, poll: Poll, timeout: float) -> None:
        """Answer a getUpdates, at once or within ``timeout`` seconds. An earlier one that still waits ends with 409."""
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        self.forget_before(poll.offset)
        self._poll = poll
        if self.pending or timeout <= 0:
            self._answer()
        else:
            self._timer = asyncio.get_running_loop().call_later(timeout, self._answer)

    def end_poll(self, why: str) -> None:
        """Refuse the waiting getUpdates, if any: https://core.telegram.org/bots/api#getupdates says that only one is
        served.
        """
        poll = self._take_poll()
        if poll is not None:
            poll.fail(Refusal(409, f"Conflict: {why}"))

    def leave(self, poll: Poll) -> None:
        """The bot hung up on this one."""
        if self._poll is poll:
            self._take_poll()

    def forget_before(self, offset: int) -> None:
        """Confirm: all below ``offset``; if negative, all but the last ``-offset``."""
        if offset < 0:
            offset = next(iter(list(self.pending)[offset:]), 0)
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)

    def done(self, update: Update) -> None:
        """The webhook took it."""
        self.pending.pop(update.id, None)

    def _take_poll(self) -> Poll | None:
        poll, self._poll = self._poll, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return poll

    def _answer(self) -> None:
        poll = self._take_poll()
        if poll is not None:
            some = [update.body for update, _ in zip(self.pending.values(), range(poll.limit), strict=False)]
            poll.answer(b"[%b]" % b",".join(some))

    def _forget_old(self) -> None:
        oldest = self._clock.now() - limits.UPDATE_AGE
        while self.pending:
            first = next(iter(self.pending.values()))
            if first.at >= oldest and len(self.pending) <= self._keep:
                return
            del self.pending[first.id]
