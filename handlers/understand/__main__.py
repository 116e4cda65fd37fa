"""The command `python -m handlers.understand`: reads lines, prints what they were understood as.

    $ echo '明天下午3点' | python -m handlers.understand when --now 2026-11-20T10:00+08:00 --tz Asia/Shanghai
    {"kind": "datetime", "value": "2026-11-21T15:00", "rrule": null, "span": [0, 6], "others": []}

`when` reads days, times and rhythms; `capture` reads one-line customers. One item a line on standard input, in UTF-8; a
line break within an item is written `\\n`. One JSON object a line on standard output, in the same order.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

Understand = Callable[[str], Mapping[str, object]]


def _zone(name: str) -> ZoneInfo:
    """Return a zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise argparse.ArgumentTypeError(f"no such time zone: {name}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m handlers.understand", description="Say what lines of text mean.")
    readers = parser.add_subparsers(dest="reader", required=True, metavar="when|capture")
    when = readers.add_parser("when", help="days, times and rhythms")
    capture = readers.add_parser("capture", help="one-line customers")
    for each in (when, capture):
        each.add_argument("--now", required=True, type=datetime.fromisoformat, help="the moment of reading, ISO 8601")
    when.add_argument("--tz", required=True, type=_zone, help="the reader's zone, by its IANA name")
    capture.add_argument("--tz", default=ZoneInfo("Asia/Shanghai"), type=_zone, help="the reader's zone")
    capture.add_argument("--region", default="CN", help="where phones without a country code are, ISO 3166")
    return parser


def _reader(options: argparse.Namespace) -> Understand:
    """Return the reader that was asked for; each is imported only when it is."""
    now: datetime = options.now if options.now.tzinfo is not None else options.now.replace(tzinfo=options.tz)
    if options.reader == "when":
        from handlers.understand import when

        return lambda text: when.as_json(text, now, options.tz)
    from handlers.understand import capture

    return lambda text: capture.as_json(text, now=now, zone=options.tz, region=options.region)


def answer(lines: Iterable[str], understand: Understand, out: TextIO) -> None:
    """Write one JSON object for each line, blank ones too."""
    for line in lines:
        text = line.rstrip("\n").removesuffix("\r").replace("\\n", "\n")
        out.write(json.dumps(understand(text), ensure_ascii=False) + "\n")
        out.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    answer(sys.stdin, _reader(options), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
