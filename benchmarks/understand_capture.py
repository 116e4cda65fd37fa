"""How long one line about a customer takes to be understood: `python -m benchmarks.understand_capture`.

Reads the lines of the gold files over and over in one process and prints milliseconds of CPU a line (wall time would
count the neighbours), and what the first line costs that builds the word patterns. The bound is 2 ms a line.
"""

import argparse
import json
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

GOLD = Path(__file__).parent.parent / "tests" / "understand" / "gold"
BOUND = 2.0
"""Milliseconds a line."""
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)


def main() -> int:
    """Print the figures; 1 when the mean is over the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each line is read")
    rounds = parser.parse_args().rounds
    lines = [
        json.loads(line)["text"]
        for name in ("capture.jsonl", "capture_own.jsonl")
        for line in (GOLD / name).read_text("utf-8").splitlines()
    ]
    begun = time.process_time_ns()
    from handlers.understand.capture import as_json

    as_json(lines[0], now=NOW, zone=ZONE)
    first = (time.process_time_ns() - begun) / 1e6
    for text in lines:
        as_json(text, now=NOW, zone=ZONE)
    taken: list[float] = []
    for _ in range(rounds):
        for text in lines:
            begun = time.process_time_ns()
            as_json(text, now=NOW, zone=ZONE)
            taken.append((time.process_time_ns() - begun) / 1e6)
    taken.sort()
    mean, middle, slow = statistics.fmean(taken), taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    print(f"{len(lines)} lines, {rounds} rounds, ms of CPU a line (bound: {BOUND})")
    print(f"mean {mean:.2f}   p50 {middle:.2f}   p99 {slow:.2f}")
    print(f"first line, with all imports: {first:.0f} ms")
    return int(mean > BOUND)


if __name__ == "__main__":
    sys.exit(main())
