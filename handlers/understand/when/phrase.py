"""One phrase while it is being read: a day, a part of it, a time, a rhythm, taken up piece by piece in any order.

Filled by `parser.py`, judged by `guards.py`, resolved by `resolving.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from handlers.understand.when.clock import Clock
from handlers.understand.when.days import Festival, LunarDay, MonthDay, Weekdays, Weekend
from handlers.understand.when.joining import joined
from handlers.understand.when.kinds import KINDS
from handlers.understand.when.pieces import Ago, Clocks, DayPart, Now, Part, Piece, Zone
from handlers.understand.when.recurring import Every
from handlers.understand.when.relative import Between, Length, Shifted, WeekdayBeside, WeekOf
from handlers.understand.when.shape import Shape

_SATURDAY: Final = 5


@dataclass(slots=True)
class Phrase:
    """What one stretch of tokens said.

    first and last: its first token and the one after its last.
    shape, part, clock: the day, the part of the day (`part_weak`: no time by itself) and the time.
    until, until_day, until_part: the end of a stretch of hours.
    every, starts, ends: the rhythm, and the days between which it runs.
    ago: a length of hours or less from now; `now`: this moment; `zone`: where the clock hangs, when said.
    deadline, after: whether the words set a limit, or name the days after.
    placed: whether a word like "on" or "by" led to it; `begins`: whether its day was led to by "from".
    day_first: whether the day was said before the time; `offset`: seconds from the time (an hour before noon).
    """

    first: int
    last: int
    shape: Shape | None = None
    clock: Clock | None = None
    until: Clock | None = None
    part: str = ""
    part_weak: bool = False
    every: Every | None = None
    ago: Ago | None = None
    zone: str = ""
    now: bool = False
    deadline: bool = False
    after: bool = False
    starts: Shape | None = None
    ends: Shape | None = None
    placed: bool = False
    begins: bool = False
    day_first: bool = False
    until_day: Shape | None = None
    until_part: str = ""
    offset: int = 0

    @property
    def empty(self) -> bool:
        """Tell whether nothing was said yet."""
        return not (self.shape or self.clock or self.part or self.every or self.ago or self.now)

    def take(self, found: Piece, glue: frozenset[str]) -> bool:
        """Add a piece; False when it has no place beside what was said already."""
        if isinstance(found, Part):
            return self._take_part(found.name, weak=found.weak)
        if isinstance(found, Clocks):
            return self._take_clock(found, glue)
        if isinstance(found, DayPart):
            if self.part and self.part != found.part:
                return False
            return self._take_shape(found.day, frozenset()) and self._take_part(found.part, weak=False)
        if isinstance(found, Ago):
            return self._take_ago(found)
        if isinstance(found, Every):
            return self._take_every(found)
        if isinstance(found, Zone):
            fresh = not self.zone
            self.zone = self.zone or found.name
            return fresh
        if isinstance(found, Now):
            fresh = self.empty
            self.now = self.now or fresh
            return fresh
        if isinstance(found, Length):
            return False
        return self._take_shape(found, glue)

    def _take_part(self, name: str, *, weak: bool) -> bool:
        if self.now or self.ago is not None or (self.part and not (weak or self.part == name or self.part_weak)):
            return self.part == name
        self.part_weak = weak and (not self.part or self.part_weak)
        self.part = self.part if self.part and weak else name
        return True

    def _take_clock(self, found: Clocks, glue: frozenset[str]) -> bool:
        if self.clock is not None or self.ago is not None or self.now:
            return False
        self.clock, self.until = found.first, found.last
        self.day_first = self.shape is not None
        self._note(glue)
        return True

    def _note(self, glue: frozenset[str]) -> None:
        self.deadline = self.deadline or bool(glue & {KINDS["by"], KINDS["before"]})
        self.after = self.after or KINDS["after"] in glue

    def _take_ago(self, found: Ago) -> bool:
        if self.ago is not None or self.clock is not None or self.every is not None or self.now:
            return False
        if isinstance(self.shape, Weekdays) and self.shape.week is None and found.length.days and found.sign > 0:
            # Monday two weeks from now
            self.shape = WeekOf(Shifted(found.length), self.shape)
            return True
        if self.shape is not None:
            return False
        self.deadline = self.deadline or found.within
        longer = found.length.longer() if found.within else None
        if longer is not None:
            found = replace(found, length=longer)
        if found.length.of_hours:
            self.ago = found
            return True
        self.shape = Shifted(found.length, found.sign, None, found.within)
        return True

    def _take_every(self, found: Every) -> bool:
        if self.ago is not None or self.now:
            return False
        if isinstance(self.shape, Weekdays) and (self.shape.week or 0) > 0 and not self.begins:
            # next Monday 9:30 weekly sync: one day, whatever it is for
            return False
        if self.begins and self.shape is not None and self.starts is None and not isinstance(self.shape, Between):
            # starting Monday every day at 9
            self.starts, self.shape = self.shape, None
        if self.every is None:
            self.every = found
        elif (found.but or self.every.but) and found.days and self.every.days:
            # every weekday except Friday
            left = tuple(day for day in self.every.days if day in found.days)
            self.every = replace(self.every, days=left)
            return bool(left)
        elif not self.every.anchored and found.anchored and self.every.freq in ("", "DAILY", found.freq):
            self.every = replace(found, interval=max(self.every.interval, found.interval))
        elif not found.freq and not self.every.freq:
            return False
        elif self.every.anchored and not found.anchored and found.freq in ("DAILY", self.every.freq):
            self.every = replace(self.every, interval=max(self.every.interval, found.interval))
        else:
            return False
        if found.part and not self.part:
            self.part = found.part
        return True

    def _take_shape(self, found: Shape, glue: frozenset[str]) -> bool:
        if self.ago is not None or self.now:
            return False
        if self.every is not None and glue & {KINDS["start"], KINDS["from"]}:
            self.starts = self.starts or found
            return self.starts is found
        if self.every is not None and glue & {KINDS["by"], KINDS["to"]}:
            self.ends = self.ends or found
            return self.ends is found
        if self.every is not None and self.every.days and self.clock is not None and isinstance(found, Weekdays):
            # 每周一10点和周四3点 are two rhythms; the first is this one.
            return False
        beside = glue & {KINDS["after"], KINDS["before"]}
        if beside and isinstance(self.shape, Weekdays | Weekend) and isinstance(found, Festival | MonthDay | LunarDay):
            # the Friday after Thanksgiving, the weekend before Christmas
            day = self.shape.days[0] if isinstance(self.shape, Weekdays) else _SATURDAY
            self.shape = WeekdayBeside(day, found, -1 if KINDS["before"] in beside else 1)
            return True
        if self.shape is None:
            self.shape = found
            self.begins = bool(glue & {KINDS["start"], KINDS["from"]})
        else:
            both = joined(self.shape, found)
            if both is None:
                return False
            self.shape = both
        self._note(glue)
        return True

    def stretch(self, other: Phrase) -> bool:
        """Make this phrase run until another; False when the two are no two ends."""
        if other.every is not None or other.ago is not None or other.now or self.ago is not None:
            return False
        if other.shape is not None and self.shape is not None and self.clock is None and other.clock is None:
            self.shape = Between(self.shape, other.shape)
            return True
        if other.clock is not None and self.clock is not None and self.until is None:
            self.until, self.until_part = other.clock, other.part
            if other.shape is not None and (self.shape is not None or other.day_first):
                self.until_day = other.shape
            elif other.shape is not None:
                self.shape = other.shape
            if other.part and not self.part:
                self.part = other.part
            return True
        return False
