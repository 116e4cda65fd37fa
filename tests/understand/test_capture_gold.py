"""Capture against its gold files: one line, and all that it says."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handlers.understand.capture import as_json

GOLD = Path(__file__).parent / "gold"
ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = ("name", "company", "title", "wechat", "address", "tags", "when")


def told(text: str, now: datetime) -> dict[str, Any]:
    """What was understood, in the gold files' form: `phone`, `ext` and `email` are the first of each."""
    found: dict[str, Any] = as_json(text, now=now, zone=ZONE)
    flat = {key: found[key] for key in TEXTS if key in found}
    for phone in found.get("phones", [])[:1]:
        flat["phone"] = phone["e164"]
        if "ext" in phone:
            flat["ext"] = phone["ext"]
    for address in found.get("emails", [])[:1]:
        flat["email"] = address
    return flat | {"rest": found.get("rest", "")}


def wrong(name: str) -> tuple[list[str], int]:
    """The lines of a file that weren't fully right, each with what was told, and how many lines it has."""
    misses = []
    lines = [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]
    for line in lines:
        found = told(line["text"], datetime.fromisoformat(line["ref"]))
        expected = line["expect"]
        if "rest" not in expected:
            del found["rest"]
        if found != expected:
            misses.append(f"{line['id']} {line['text']!r}: {found} instead of {expected}")
    return misses, len(lines)


def test_every_line_of_the_given_file_is_fully_right() -> None:
    misses, count = wrong("capture.jsonl")
    assert count >= 31
    assert misses == []


def test_nearly_every_line_of_our_own_file_is_fully_right() -> None:
    misses, count = wrong("capture_own.jsonl")
    assert count >= 2800
    assert len(misses) <= count * 0.02, "\n".join(misses)
