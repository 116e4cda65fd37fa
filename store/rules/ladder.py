"""The escalation ladder of a follow-up that nobody answers, and the quiet hours in which nothing is sent.

    due → rings → rings again after an hour → the manager hears of it at the end of the working day → the next working
    day it is offered to colleagues

Pure: the hours are the company's, the zone is the person's, the instant is handed in. `store.reminders` and everything
else that is sent at a set hour call it.

    >>> hours = Hours()
    >>> hours.quiet(datetime(2026, 11, 20, 14, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

#: How far behind its time something may be and still count as punctual; beyond it the clock was stopped.
GRACE = timedelta(minutes=5)
#: Days without a working day after which it is told all the same.
LONGEST_HOLIDAY = 30
#: How long into a working day its person and their manager have it to themselves.
OFFER_AFTER = timedelta(hours=2)


@dataclass(frozen=True)
class Hours:
    """When a company works and when its people rest; all by the wall clock of each person. Weekdays: Monday is 0."""

    quiet_from: time = time(21)
    quiet_to: time = time(8)
    day_begins: time = time(8, 30)
    day_ends: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    again_after: timedelta = timedelta(minutes=60)  # nought: it rings once
    tells: bool = True
    offers: bool = True
    calendar: Callable[[date], bool] | None = None  # the days off and the weekends worked, beside the weekdays

    @classmethod
    def of(cls, setting: Callable[[str, str], str]) -> Hours:
        """The hours that the company's settings say; `setting(name, default)` is how one is read."""
        return cls(
            quiet_from=time.fromisoformat(setting("quiet.from", "21:00")),
            quiet_to=time.fromisoformat(setting("quiet.to", "08:00")),
            day_begins=time.fromisoformat(setting("work.begins", "08:30")),
            day_ends=time.fromisoformat(setting("work.ends", "18:00")),
            weekdays=frozenset(int(day) - 1 for day in setting("work.days", "12345")),
            again_after=timedelta(minutes=int(setting("followup.again_minutes", "60"))),
            tells=setting("followup.tell", "1") == "1",
            offers=setting("followup.offer", "1") == "1",
        )

    def quiet(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether people in this zone rest at this instant."""
        wall = at.astimezone(zone).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= wall < self.quiet_to
        return wall >= self.quiet_from or wall < self.quiet_to

    def awake(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The instant itself, or the end of the quiet hours that it falls into."""
        if not self.quiet(at, zone):
            return at
        local = at.astimezone(zone)
        later = local.time() >= self.quiet_to
        return wall_instant(local.date() + timedelta(days=int(later)), self.quiet_to, zone)

    def works_on(self, day: date) -> bool:
        """Whether it is a working day; a company without any works every day."""
        if self.calendar is not None:
            return self.calendar(day)
        return not self.weekdays or day.weekday() in self.weekdays

    def day_end(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first end of a working day at or after an instant."""
        return next(end for end in self._each_working_day(at, self.day_ends, zone) if end >= at)

    def offer_time(self, at: datetime, zone: ZoneInfo) -> datetime:
        """When what nobody has done by then is offered: `OFFER_AFTER` into the next working day that begins."""
        begins = next(begin for begin in self._each_working_day(at, self.day_begins, zone) if begin > at)
        return self.awake(begins + OFFER_AFTER, zone)

    def _each_working_day(self, at: datetime, wall: time, zone: ZoneInfo) -> Iterator[datetime]:
        """A wall time on each working day from an instant's day on."""
        first = at.astimezone(zone).date()
        for day in (first + timedelta(days=ahead) for ahead in range(LONGEST_HOLIDAY)):
            if self.works_on(day):
                yield wall_instant(day, wall, zone)
        yield wall_instant(first + timedelta(days=LONGEST_HOLIDAY), wall, zone)


def wall_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The instant of a wall time on a day, in UTC; one that the clocks skip comes after the skip (PEP 495, fold 0)."""
    return datetime.combine(day, wall, zone).astimezone(UTC)


class Act(StrEnum):
    """The next thing to do about a follow-up."""

    RING = "ring"
    HOLD = "hold"  # not now: people rest
    TELL = "tell"  # the manager


class Step(NamedTuple):
    """One rung of the ladder: what to do now, and when to look again (None: never)."""

    act: Act
    wake_at: datetime | None


def step(
    *, rings: int, acknowledged: bool, due_at: datetime, now: datetime, zone: ZoneInfo, hours: Hours
) -> Step:  # fmt: skip
    """The rung that a follow-up has come to, `rings` saying how often it has rung for this occurrence.

    What the person set for an hour rings at that hour, whatever the hour; all that Kehu adds (a ring that is late after
    an outage, the second ring, the manager) waits for the end of the quiet hours.
    """
    punctual = rings == 0 and now - due_at <= GRACE
    if not punctual and hours.quiet(now, zone):
        return Step(Act.HOLD, hours.awake(now, zone))
    if acknowledged or rings >= (2 if hours.again_after else 1):
        return Step(Act.TELL, None)
    if rings == 0 and hours.again_after:
        minute = now.replace(second=0, microsecond=0)  # an hour after 15:00 is 16:00, not some seconds later
        return Step(Act.RING, hours.awake(minute + hours.again_after, zone))
    return Step(Act.RING, hours.day_end(now, zone))
