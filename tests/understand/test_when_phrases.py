"""Our own phrases, said on Friday 20 November 2026 at 10:00 in Shanghai, and what they mean.

The files under phrases/ hold a phrase, its meaning and the words that carry it, parted by tabs. To teach a new
phrase, add its line there first.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.when import as_json

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
PHRASES = Path(__file__).parent / "phrases"


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (PHRASES / name).read_text(encoding="utf-8").splitlines()]


def said(text: str) -> tuple[str, str]:
    answer = as_json(text, NOW, SHANGHAI)
    span = answer["span"]
    first, last = span if isinstance(span, list) else (0, 0)
    meaning = " ".join(str(answer[key]) for key in ("kind", "rrule", "value") if answer[key] is not None)
    return meaning, text[int(first) : int(last)]


@pytest.mark.parametrize(("text", "meaning", "words"), lines("when_zh.tsv"))
def test_chinese(text: str, meaning: str, words: str) -> None:
    assert said(text) == (meaning, words)


@pytest.mark.parametrize(("text", "meaning", "words"), lines("when_en.tsv"))
def test_english(text: str, meaning: str, words: str) -> None:
    assert said(text) == (meaning, words)


@pytest.mark.parametrize("text", [row[0] for row in lines("when_not.txt")])
def test_names_places_and_numbers_are_no_times(text: str) -> None:
    assert as_json(text, NOW, SHANGHAI)["kind"] == "none"
