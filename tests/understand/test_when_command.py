"""The command that reads phrases: a line in, a JSON object out, in order."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.understand.__main__ import answer, main
from handlers.understand.when import as_json

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
COMMAND = (
    sys.executable,
    "-m",
    "handlers.understand",
    "when",
    "--now",
    "2026-11-20T10:00+08:00",
    "--tz",
    "Asia/Shanghai",
)


def run(typed: bytes) -> list[dict[str, Any]]:
    done = subprocess.run(COMMAND, input=typed, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_line_in_a_line_out_in_order_blank_lines_too() -> None:
    answers = run("明天下午3点\n\ncall Bob\nevery Monday at 9am\n".encode())
    assert answers == [
        {"kind": "datetime", "value": "2026-11-21T15:00", "rrule": None, "span": [0, 6], "others": []},
        {"kind": "none", "value": None, "rrule": None, "span": None, "others": []},
        {"kind": "none", "value": None, "rrule": None, "span": None, "others": []},
        {
            "kind": "recur",
            "value": "2026-11-23T09:00",
            "rrule": "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
            "span": [0, 19],
            "others": [],
        },
    ]


def test_bytes_that_are_no_text_and_a_last_line_without_its_end() -> None:
    answers = run(b"\xff\xfe tomorrow\r\n\xe6\x98\x8e\xe5\xa4\xa9")
    assert [each["value"] for each in answers] == ["2026-11-21", "2026-11-21"]
    assert answers[1]["span"] == [0, 2]


def test_a_line_break_within_an_item_is_one_line() -> None:
    out = io.StringIO()
    answer(["张三\\n明天3点\n"], lambda text: as_json(text, NOW, SHANGHAI), out)
    told = json.loads(out.getvalue())
    assert (told["value"], told["span"]) == ("2026-11-21T15:00", [3, 7])


def test_a_span_counts_code_points() -> None:
    assert as_json("😀明天", NOW, SHANGHAI)["span"] == [1, 3]


@pytest.mark.parametrize(
    "arguments",
    [
        ["when", "--now", "yesterday", "--tz", "Asia/Shanghai"],
        ["when", "--now", "2026-11-20T10:00+08:00", "--tz", "Mars/Olympus"],
        ["when", "--now", "2026-11-20T10:00+08:00", "--tz", "../etc/passwd"],
        ["when", "--tz", "Asia/Shanghai"],
        ["weather"],
    ],
)
def test_what_the_command_does_not_know_it_refuses(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert "usage" in capsys.readouterr().err
