"""Reminders at Telegram's pace: how late they come, and how long ten thousand take beside what the limits allow.

    python -m benchmarks.reminders                 # about eight minutes; exits with 1 when a bound is missed
    python -m benchmarks.reminders --burst 1000    # a tenth of it

`kehu run` with its real limits (30 messages a second over all chats, 1 a second in each) on a book in which everything
is planned already; the clock is the machine's.

- spread: a thousand reminders over one minute; drift is when the server was asked to send one, less when it was due.
- burst: ten thousand due in the same second. The bound is their number by 30 a second. Meanwhile somebody types a name
  every two seconds: an answer never waits behind reminders.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.kehu_process import Kehu, as_telegram_would
from benchmarks.messages import Message, people
from benchmarks.process import BotFailed, run_to_the_end
from benchmarks.server import BotApiServer
from bot.book import open_book
from bot.clock import Clock
from bot.config import load
from store import customers, followups, selecting, staff
from store.db import Tx
from store.rules.models import CustomerWords

SELLERS = 1000
PER_SECOND = 30.0
#: What was promised: seconds of drift of 99 in 100, how much longer than the bound, and seconds of an answer.
DRIFT, OVER, ANSWER = 2.0, 1.1, 1.0
_TOGETHER = 200
_ASKS_EVERY = 2.0
_PATIENCE = 120.0

#: The number of a reminder → seconds after the first at which it is due.
Due = Callable[[int], float]


async def spread(kehu: Kehu, number: int, seconds: float) -> int:
    """Drift of reminders spread over some time; 1 when too many were late."""
    begins, sent, _ = await _run(kehu, number, lambda place: place * seconds / number, asking=False)
    drifts = sorted(at - begins - place * seconds / number for place, at in _firsts(sent).items())
    late = statistics.quantiles(drifts, n=100)[98]
    print(f"spread: {number} due over {seconds:.0f} s, {len(sent)} sent, {_repeats(sent)} repeated")
    print(f"  drift {drifts[len(drifts) // 2]:.2f} s median, {late:.2f} s p99, {drifts[-1]:.2f} s at most", end="")
    print(f"; p99 under {DRIFT:.0f} s was promised", flush=True)
    return int(late >= DRIFT or _repeats(sent) > 0)


async def burst(kehu: Kehu, number: int) -> int:
    """The time that reminders of one second take beside the bound, and what answers take meanwhile."""
    begins, sent, answers = await _run(kehu, number, lambda _: 0.0, asking=True)
    took, bound = max(_firsts(sent).values()) - begins, number / PER_SECOND
    slow = statistics.quantiles(answers, n=100)[98]
    print(f"burst: {number} due at once, {len(sent)} sent, {_repeats(sent)} repeated")
    print(f"  {took:.1f} s, {took / bound:.3f} × the {bound:.1f} s that {PER_SECOND:.0f} a second allow", end="")
    print(f"; at most {OVER} was promised")
    print(f"  {len(answers)} answers meanwhile: {statistics.median(answers) * 1000:.0f} ms median", end="")
    print(f", {slow * 1000:.0f} ms p99, {max(answers) * 1000:.0f} ms at most", flush=True)
    return int(took > OVER * bound or slow > ANSWER or _repeats(sent) > 0)


Sent = list[tuple[float, str]]


async def _run(kehu: Kehu, number: int, due: Due, *, asking: bool) -> tuple[float, Sent, list[float]]:
    """When the first was due, what was sent when, and how long each answer took."""
    who = people(SELLERS)
    begins = 0.0
    sent: Sent = []

    async def plan(company: Path) -> None:
        nonlocal begins
        # Planning takes a while; nothing may fall due before the bot runs.
        begins = float(int(time.time() + 20 + number / 80))
        await _plan(company, who, number, begins, due)

    def shown(_: int, text: str) -> None:
        if "⏰" in text:
            sent.append((time.time(), text.splitlines()[1]))

    async with BotApiServer() as server, kehu.at(server, who, limits=as_telegram_would(), before=plan):
        server.watch = shown
        await server.first_poll
        if time.time() > begins:
            raise BotFailed("the first reminder was due before the bot ran")
        answers = asyncio.create_task(_ask(server, who[-1])) if asking else None
        deadline = begins + due(number - 1) + OVER * number / PER_SECOND + _PATIENCE
        while len(_firsts(sent)) < number:
            if time.time() > deadline:
                raise BotFailed(f"{number - len(_firsts(sent))} of {number} reminders did not come")
            await asyncio.sleep(0.5)
        await asyncio.sleep(2)  # what would come twice
        if answers is None:
            return begins, sent, []
        answers.cancel()
        return begins, sent, await answers


async def _ask(server: BotApiServer, who: int) -> list[float]:
    """Types a name again and again; seconds that each answer took, until cancelled."""
    took = []
    try:
        while True:
            run = server.hand_out([Message(who, "wangfang")])
            await run.finished
            took.append(run.ended - run.began)
            await asyncio.sleep(_ASKS_EVERY)
    except asyncio.CancelledError:
        return took


async def _plan(company: Path, who: Sequence[int], number: int, begins: float, due: Due) -> None:
    book = await open_book(load(company / "config.toml"), Clock())
    try:
        for first in range(0, number, _TOGETHER):
            places = range(first, min(first + _TOGETHER, number))
            await book.write(partial(_plan_some, who=who, places=places, begins=begins, due=due))
    finally:
        await book.close()


def _plan_some(tx: Tx, who: Sequence[int], places: range, begins: float, due: Due) -> None:
    for place in places:
        # The last seller has none: they are the one who asks.
        actor = staff.actor(tx, who[place % (len(who) - 1)], language="en", zone="Asia/Shanghai")
        customer = selecting.select(tx, actor, limit=1) or [customers.add(tx, actor, CustomerWords(name="Customer"))]
        at = datetime.fromtimestamp(begins, UTC) + timedelta(seconds=due(place))
        followups.plan(tx, actor, customer[0].id, at, f"r{place}e")


def _firsts(sent: Sent) -> dict[int, float]:
    """When each reminder came first."""
    found: dict[int, float] = {}
    for at, word in sent:
        found.setdefault(int(word[1:-1]), at)
    return found


def _repeats(sent: Sent) -> int:
    return sum(count - 1 for count in Counter(word for _, word in sent).values())


async def measure(spread_over_a_minute: int, at_once: int) -> int:
    """Both; 1 when a bound is missed."""
    kehu = Kehu(SELLERS)
    try:
        await kehu.found()
        missed = await spread(kehu, spread_over_a_minute, 60.0) if spread_over_a_minute else 0
        return (await burst(kehu, at_once) if at_once else 0) or missed
    finally:
        kehu.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reminders", description=measure.__doc__)
    parser.add_argument("--spread", type=int, default=1000, help="reminders over one minute; 0: not this one")
    parser.add_argument("--burst", type=int, default=10_000, help="reminders due at once; 0: not this one")
    options = parser.parse_args()
    run_to_the_end(measure(options.spread, options.burst))
