"""The customer's list of phrases: each reads as one of the answers that people accept."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.when import as_json, read

GOLD = Path(__file__).parent / "gold" / "when.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def rule_says(rule: str) -> dict[str, Any]:
    """Return an RRULE in the words of the gold file."""
    parts = dict(part.split("=") for part in rule.split(";"))
    said: dict[str, Any] = {"freq": parts["FREQ"]}
    for name in ("INTERVAL", "BYMONTHDAY", "BYMONTH"):
        if name in parts:
            said[name.lower()] = int(parts[name])
    if "BYDAY" in parts:
        said["byday"] = parts["BYDAY"].split(",")
    if "BYHOUR" in parts:
        said["time"] = f"{int(parts['BYHOUR']):02}:{int(parts['BYMINUTE']):02}"
    return said


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_gold(row: dict[str, Any]) -> None:
    now = datetime.fromisoformat(row["ref"])
    answer = as_json(row["text"], now, ZoneInfo(row["tz"]))
    assert answer["kind"] == row["kind"]
    if row["kind"] == "none":
        return
    if row["kind"] == "recur":
        assert rule_says(str(answer["rrule"])) in row["expect"]
        return
    value = str(answer["value"])
    first, last = row["range"] or ("~", "")
    assert value in row["expect"] or first <= value <= last


def test_a_recurrence_of_the_gold_list_comes_first_after_now() -> None:
    for row in ROWS:
        now = datetime.fromisoformat(row["ref"])
        when = read(row["text"], now, ZoneInfo(row["tz"]))
        if when is not None and when.kind == "recur":
            assert when.moment(ZoneInfo(row["tz"])) > now
