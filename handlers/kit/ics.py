"""Follow-ups as a calendar file (iCalendar, RFC 5545), which a phone's calendar opens with a tap.

    calendar([Event("followup-12@kehu_bot", at, "张三 · 发报价")], now)  →  bytes

An instant is written in UTC; what recurs is written as wall time without a zone (section 3.3.5, form 1), so that nine
o'clock stays nine o'clock where its person's calendar hangs, whatever the clocks do there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

#: Octets of a line without its end (section 3.1).
LINE_MAX = 75
#: What a follow-up takes up in the calendar: it has a beginning and no length.
DURATION = "PT30M"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `at` is aware; with `rule` (an RRULE) it is taken as wall time in its own zone. `uid` stays the same
    when the file is made again, so that the entry is replaced and not doubled.
    """

    uid: str
    at: datetime
    summary: str
    rule: str | None = None


def calendar(events: Iterable[Event], now: datetime) -> bytes:
    """The whole file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kehu//Follow-ups//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(event: Event, now: datetime) -> list[str]:
    begins = f"{event.at:%Y%m%dT%H%M%S}" if event.rule else _instant(event.at)
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{begins}",
        *([f"RRULE:{event.rule}"] if event.rule else []),
        f"DURATION:{DURATION}",
        f"SUMMARY:{_text(event.summary)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(event.summary)}",
        "TRIGGER:PT0M",
        "END:VALARM",
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words as a value of type TEXT (section 3.3.11): nothing that somebody typed can end its line or begin another."""
    one_line = "\\n".join(words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").splitlines())
    return "".join(char for char in one_line if char.isprintable())


def _folded(line: str) -> str:
    """A line in pieces of at most `LINE_MAX` octets, each but the first behind a blank; no character is cut."""
    pieces, piece, used = [], "", 0
    for char in line:
        size = len(char.encode())
        if used + size > LINE_MAX:
            pieces.append(piece)
            piece, used = " ", 1
        piece, used = piece + char, used + size
    return "\r\n".join([*pieces, piece])
