"""A member's own day: their time zone, the hour of their agenda, and what is sent on a day without anything to do.

    own_day.set_hour(tx, actor, time(9))
    own_day.set_zone(tx, actor, "Europe/London")

The journal records these as changes by the clock, so that the member's next /undo does not hit them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from store import followups, journal, kinds
from store.access import Action, Actor, allowed
from store.db import Row, Tx
from store.errors import NotAllowed
from store.rules.models import Role


class Idle(StrEnum):
    """What a member gets on a morning with nothing to do; with `OFF` no agenda is sent at all."""

    QUIET = "quiet"
    LINE = "line"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A member's choices. `hour` None: when the company's working day begins."""

    zone: str
    hour: time | None
    idle: Idle


def of(tx: Tx, staff_id: int) -> OwnDay:
    """A member's choices. Raises NotAllowed for nobody."""
    row = _row(tx, staff_id)
    own = row["agenda_at"]
    return OwnDay(row["zone"], time.fromisoformat(own) if own else None, Idle(row["agenda"]))


def set_hour(tx: Tx, actor: Actor, hour: time | None) -> None:
    """Sets the hour of the agenda. Raises NotAllowed for somebody who is no member."""
    _set(tx, actor, {"agenda_at": None if hour is None else f"{hour:%H:%M}"})


def set_idle(tx: Tx, actor: Actor, idle: Idle) -> None:
    """Sets what is sent on a day with nothing to do. Raises NotAllowed for somebody who is no member."""
    _set(tx, actor, {"agenda": idle})


def set_zone(tx: Tx, actor: Actor, zone: str) -> None:
    """Moves a member's clock: what recurs keeps its hour on the wall, what was set for an instant stays at it."""
    _set(tx, actor, {"zone": zone})
    if allowed(actor, Action.REMIND):
        followups.move_series(tx, actor, zone)


def _set(tx: Tx, actor: Actor, values: dict[str, object]) -> None:
    row = _row(tx, actor.id)
    journal.update(tx, Actor(Role.CLOCK, row["language"], row["zone"]), kinds.STAFF, row, values)


def _row(tx: Tx, staff_id: int) -> Row:
    row = tx.one("SELECT * FROM staff WHERE id = :id", id=staff_id)
    if row is None:
        raise NotAllowed
    return row
