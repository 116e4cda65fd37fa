"""Durations as a person says them: 1 小时 20 分, 1 h 20 min.

t("case.left.answer", left=duration(timedelta(minutes=80)))
"""

from __future__ import annotations

from datetime import timedelta

from handlers.kit.reply import Text, t


def duration(span: timedelta) -> Text:
    """A length of time to the nearest minute; what is shorter is a minute."""
    hours, minutes = divmod(max(round(span / timedelta(minutes=1)), 1), 60)
    if not hours:
        return t("duration.minutes", minutes=minutes)
    if not minutes:
        return t("duration.hours", hours=hours)
    return t("duration.both", hours=hours, minutes=minutes)
