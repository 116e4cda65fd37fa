"""What a sentence may mean to move, and until when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.understand import postponed

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("line", "left", "until"),
    [
        ("张三的提醒推迟到明天下午", "张三", "明天下午"),
        ("请把张三那条提醒改成明天下午3点吧", "张三", "明天下午3点吧"),
        ("推迟张三的回访到周五", "张三", "周五"),
        ("把提醒推迟到明天", "", "明天"),
        ("Reschedule Jane to Monday", "Jane", "Monday"),
        ("put Jane off until Friday", "Jane", "Friday"),
        ("push the reminder to call Jane to Monday 9am", "call Jane", "Monday 9am"),
        ("please postpone it to tomorrow", "", "tomorrow"),
    ],
)
def test_what_is_moved_and_until_when(line: str, left: str, until: str) -> None:
    readings = [one for one in postponed.moves(line) if postponed.time(one.until, NOW, ZONE)]
    assert (readings[0].left, readings[0].until) == (left, until)


@pytest.mark.parametrize("line", ["张三推迟两天", "delay Jane by 2 days", "snooze Jane 2 days", "张三的跟进延后两天"])
def test_a_length_keeps_the_hour(line: str) -> None:
    rings = datetime(2026, 11, 23, 15, tzinfo=ZONE)
    found = [after for one in postponed.moves(line) if (after := postponed.after(one.until, rings, ZONE))]
    assert found[0] == datetime(2026, 11, 25, 15, tzinfo=ZONE)


@pytest.mark.parametrize("line", ["改名 张三丰", "move", "postpone", "张三 明天10点 报价", "", "推迟"])
def test_what_moves_nothing(line: str) -> None:
    assert not postponed.may_move(line)
