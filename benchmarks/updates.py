"""Updates a second and processor time for each, Kehu beside a bare echo bot on the same server in the same run.

    python -m benchmarks.updates            # about two minutes; exits with 1 when a bound is missed
    python -m benchmarks.updates --runs 5

Kehu goes the whole way (polling, inbox, transaction with synchronous=FULL, outbox, sending); the echo bot is
python-telegram-bot with its default request and handles one update after the other.

- find: a salesperson types a name, pinyin, or digits and is shown a list or a card.
- add: a line with a name and a number is shown as a card, a tap saves it; line and tap are an update each.
- far away: each answer of the server takes 50 ms, 200 people write at once.

The machine's other work disturbs every figure, so the bots take turns and medians count; still, let it do nothing else.
"""

from __future__ import annotations

import argparse
import statistics
from dataclasses import dataclass, replace

from benchmarks.kehu_process import NAMES, Kehu
from benchmarks.measure import Echo, Load, Outcome, median, once
from benchmarks.process import run_to_the_end

COLLEAGUES = 1000
FAR = 0.05
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文建国志梅龙飞云鹏浩宇轩"
_QUERIES = ("wangfang", "李娜", "张", "zhangwei", "alice", "cj", "王")


@dataclass(frozen=True)
class Comparison:
    """Two loads, and by how much Kehu must beat the echo bot at least.

    Attributes:
        bound: Kehu's updates a second divided by the echo bot's.
    """

    name: str
    kehu: Load
    echo: Load
    bound: float


def comparisons(messages: int) -> list[Comparison]:
    """What is compared, with so many messages where there is no latency."""
    said = Load(messages, 100, text=lambda number: f"hello {number}", answered=lambda text: text.startswith("hello "))
    found = replace(said, text=lambda number: _QUERIES[number % len(_QUERIES)], answered=_is_a_hit)
    # Each person writes one line at a time, or a second one would come between the first one's card and its tap.
    added = Load(
        messages // 2,
        COLLEAGUES,
        text=_new_customer,
        answered=lambda text: "赵" in text and "right?" not in text,
        taps=lambda data: data.startswith("f:") and data.endswith(":ok"),
        warm_up=100,
    )
    return [
        Comparison("find", found, said, 0.7),
        Comparison("add", added, said, 0.5),
        Comparison(
            "far away",
            replace(found, people=200, latency=FAR),
            # One after the other at that distance is under 20 a second: this is enough to see it.
            replace(said, people=200, latency=FAR, messages=150, warm_up=10),
            8.0,
        ),
    ]


def _new_customer(number: int) -> str:
    return f"赵{_GIVEN[number // len(_GIVEN) % len(_GIVEN)]}{_GIVEN[number % len(_GIVEN)]} 137{number:08d}"


def _is_a_hit(text: str) -> bool:
    return any(name in text for name in NAMES) or "found" in text.lower()


async def compare(messages: int, runs: int) -> int:
    """Measure and print everything; 1 when a bound is missed."""
    missed = 0
    kehu, echo = Kehu(COLLEAGUES), Echo()
    try:
        await kehu.found()
        for comparison in comparisons(messages):
            ours, theirs = [], []
            for _ in range(runs):
                theirs.append(await once(echo, comparison.echo))
                ours.append(await once(kehu, comparison.kehu))
            # Each of Kehu's runs beside the echo bot's just before it: they saw the same of the machine's other work.
            ratio = statistics.median(
                our.per_second / their.per_second for our, their in zip(ours, theirs, strict=True)
            )
            missed += ratio < comparison.bound
            print(f"{comparison.name}: {ratio:.2f} × the echo bot, at least {comparison.bound} was promised")
            print(_row("kehu", ours))
            print(_row("echo bot", theirs), flush=True)
    finally:
        kehu.close()
    return 1 if missed else 0


def _row(name: str, outcomes: list[Outcome]) -> str:
    middle = median(outcomes)
    rates = ", ".join(f"{outcome.per_second:.0f}" for outcome in outcomes)
    return f"  {name:10}{middle.per_second:7.0f} updates/s{middle.cpu * 1000:8.2f} ms CPU each   ({rates})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.updates", description=compare.__doc__)
    parser.add_argument("--messages", type=int, default=2000, help="messages that each run measures")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median counts")
    options = parser.parse_args()
    run_to_the_end(compare(min(options.messages, 2 * COLLEAGUES), options.runs))
