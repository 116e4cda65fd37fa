"""How long a phrase takes to read: `python -m benchmarks.understand_when`.

Reads every phrase of tests/understand (the gold list, ours, and what is no time), each many times, and prints the
milliseconds a phrase: median, 99th percentile, worst, and the slowest text that a stranger can send (4,096 characters).
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_TESTS = Path(__file__).parent.parent / "tests" / "understand"
_ROUNDS = 20
_LONGEST = 4096
_HOSTILE = (
    "明天",
    "GMT+8 ",
    "3天2小时",
    "每周一、",
    "a day after ",
    "1 and ",
    "12/5 ",
    "一",
    "9",
    "两天后 in 3 days, ",
)


def phrases() -> list[str]:
    """Return every phrase that the tests know."""
    gold = (_TESTS / "gold" / "when.jsonl").read_text(encoding="utf-8").splitlines()
    found = [str(json.loads(line)["text"]) for line in gold]
    for name in ("when_zh.tsv", "when_en.tsv", "when_not.txt"):
        lines = (_TESTS / "phrases" / name).read_text(encoding="utf-8").splitlines()
        found += [line.split("\t")[0] for line in lines]
    return found


def main() -> None:
    """Print the figures."""
    started = time.perf_counter()
    from handlers.understand.when import read

    print(f"import: {1000 * (time.perf_counter() - started):.0f} ms")
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 11, 20, 10, 0, tzinfo=zone)

    def took(text: str) -> float:
        begun = time.perf_counter()
        read(text, now, zone)
        return 1000 * (time.perf_counter() - begun)

    texts = phrases()
    times = sorted(min(took(text) for _ in range(_ROUNDS)) for text in texts)
    print(f"{len(texts)} phrases, best of {_ROUNDS} each: median {statistics.median(times):.3f} ms, ", end="")
    print(f"99 % under {times[int(len(times) * 0.99)]:.3f} ms, worst {times[-1]:.3f} ms")
    every = sorted(took(text) for _ in range(_ROUNDS) for text in texts)
    print(f"every reading: mean {statistics.fmean(every):.3f} ms, 99 % under {every[int(len(every) * 0.99)]:.3f} ms")
    worst = max((min(took((seed * _LONGEST)[:_LONGEST]) for _ in range(3)), seed) for seed in _HOSTILE)
    print(f"longest hostile text: {worst[0]:.1f} ms ({worst[1]!r} repeated to {_LONGEST} characters)")


if __name__ == "__main__":
    main()
