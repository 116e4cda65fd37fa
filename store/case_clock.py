"""The SLA clock of cases: how much of the promised time is left, and who must be warned before it runs out.

    case_clock.left(tx, case.id)     # for a card: what is owed next and how much time is left
    case_clock.claim(tx)             # for the clock: deadlines that have just come near or been missed

The stopwatch of a case is in its own journaled row. `case_watch` holds the instants derived from it and the business
calendar, and is recomputed whenever either changes, also by an undo. Neither holds a customer's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from store import kinds, worktime
from store.db import Row, Tx
from store.kinds import Written
from store.rules import sla
from store.rules.models import CaseStatus, Severity
from store.rules.sla import RUNNING, Stage, Stopwatch
from store.rules.workdays import Calendar
from store.times import maybe_from_ms, to_ms

#: How many cases one transaction looks at, so that nobody waits for the writer noticeably.
BATCH = 50
_MS = timedelta(milliseconds=1)
_MINUTE = timedelta(minutes=1)


# What a case writes of its own time ----------------------------------------------------------------------------------


def promised(tx: Tx, severity: Severity) -> dict[str, object]:
    """The columns of what is promised to a case of this severity from now on."""
    targets = worktime.targets(tx, severity)
    return {"answer_target": targets.answer // _MINUTE, "solve_target": targets.solve // _MINUTE}


def turned(tx: Tx, row: Row, status: CaseStatus) -> dict[str, object]:
    """The columns of a case's stopwatch when the case moves to a status."""
    watch = _stopwatch(row).turned(tx.now, worktime.calendar(tx), running=status in RUNNING)
    return {"worked_ms": watch.worked // _MS, "running_since": None if watch.since is None else to_ms(watch.since)}


def answered(tx: Tx, row: Row) -> dict[str, object]:
    """The columns to write for a first answer; empty if there was one before."""
    if row["answered_at"] is not None:
        return {}
    return {"answered_at": to_ms(tx.now), "answer_ms": _stopwatch(row).elapsed(tx.now, worktime.calendar(tx)) // _MS}


def _stopwatch(row: Row) -> Stopwatch:
    return Stopwatch(row["worked_ms"] * _MS, maybe_from_ms(row["running_since"]))


# What is left --------------------------------------------------------------------------------------------------------


class Left(NamedTuple):
    """The next deadline of a case: `what` is "answer" or "solve", `time` the working time left (negative when late),
    `at` the instant at which it runs out, None while the case waits for the customer.
    """

    what: str
    time: timedelta
    at: datetime | None


def left(tx: Tx, case_id: int) -> Left | None:
    """The next deadline of an unresolved case; None for others, and for cases without targets."""
    row = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=case_id)
    if row is None or row["deleted_at"] is not None or row["solve_target"] is None:
        return None
    if row["status"] not in (*RUNNING, CaseStatus.WAITING):
        return None
    what = "answer" if row["answered_at"] is None else "solve"
    watch, days = _stopwatch(row), worktime.calendar(tx)
    target = row[f"{what}_target"] * _MINUTE
    return Left(what, target - watch.elapsed(tx.now, days), sla.limit(watch, target, days))


def due(tx: Tx, case_id: int) -> datetime | None:
    """The instant by which the customer should have heard from us, also when it has passed; None while no time runs."""
    return maybe_from_ms(tx.value("SELECT coalesce(answer_due, solve_due) FROM case_watch WHERE id = :id", id=case_id))


def promise(tx: Tx, case_id: int) -> datetime | None:
    """The same, but None once it has passed: what may be told to the customer."""
    at = due(tx, case_id)
    return at if at is not None and at > tx.now else None


# The watch -----------------------------------------------------------------------------------------------------------


def _follow(tx: Tx, case: Written) -> None:
    """After each write of a case: where its targets lie now."""
    tx.run("INSERT INTO case_watch (id) VALUES (:id) ON CONFLICT DO NOTHING", id=case.id)
    _look(tx, case.id, worktime.calendar(tx))


def _follow_setting(tx: Tx, setting: Written) -> None:
    """After each write of a setting: other working hours move every target that runs; the clock sees to it."""
    if str(setting.values["name"]).startswith("work."):
        tx.run(
            "UPDATE case_watch SET wake_at = :now WHERE answer_due IS NOT NULL OR solve_due IS NOT NULL",
            now=to_ms(tx.now),
        )


def _look(tx: Tx, case_id: int, days: Calendar) -> dict[str, Stage]:
    """Writes where a case's targets lie; the stage that each has reached."""
    case = tx.one("SELECT * FROM complaint_clock WHERE id = :id", id=case_id)
    held = tx.one("SELECT * FROM case_watch WHERE id = :id", id=case_id)
    assert case is not None
    assert held is not None
    values: dict[str, int | None] = {}
    stages: dict[str, Stage] = {}
    wakes: list[int] = []
    for what in ("answer", "solve"):
        near, due = _instants(case, what, days)
        warned = held[f"{what}_warned"]
        if near is not None and due is not None:
            stages[what] = sla.stage(tx.now, near, due)
            warned = min(warned, stages[what])  # more time was given: what was told before may be told again
            wakes += [to_ms(at) for at, said in ((near, Stage.NEAR), (due, Stage.OVER)) if warned < said]
        values |= {
            f"{what}_near": None if near is None else to_ms(near), f"{what}_due": None if due is None else to_ms(due),
            f"{what}_warned": warned,
        }  # fmt: skip
    tx.run(
        "UPDATE case_watch SET answer_near = :answer_near, answer_due = :answer_due, solve_near = :solve_near,"
        " solve_due = :solve_due, answer_warned = :answer_warned, solve_warned = :solve_warned, wake_at = :wake"
        " WHERE id = :id",
        **values, wake=min(wakes, default=None), id=case_id,
    )  # fmt: skip
    if any(values[name] != held[name] for name in ("answer_due", "solve_due")):
        tx.run("UPDATE case_told SET due = 1 WHERE id = :id", id=case_id)
    return stages


def _instants(case: Row, what: str, days: Calendar) -> tuple[datetime | None, datetime | None]:
    """When a target is near and when it is used up; nothing while it does not run, or is met."""
    over = case["deleted_at"] is not None or (what == "answer" and case["answered_at"] is not None)
    if over or case[f"{what}_target"] is None:
        return None, None
    watch, target = _stopwatch(case), case[f"{what}_target"] * _MINUTE
    return sla.limit(watch, target * sla.NEAR_SHARE, days), sla.limit(watch, target, days)


@dataclass(frozen=True, slots=True)
class Warned:
    """A case of which a target has become near or was missed just now."""

    case_id: int
    what: str
    stage: Stage


def claim(tx: Tx) -> list[Warned]:
    """Takes what has become near or late since the clock last looked: each once, and of one case the gravest."""
    rows = tx.all(
        "SELECT id FROM case_watch WHERE wake_at <= :now ORDER BY wake_at, id LIMIT :batch",
        now=to_ms(tx.now), batch=BATCH,
    )  # fmt: skip
    days = worktime.calendar(tx) if rows else None
    found: list[Warned] = []
    for row in rows:
        assert days is not None
        stages = _look(tx, row["id"], days)
        told = tx.one("SELECT * FROM case_watch WHERE id = :id", id=row["id"])
        assert told is not None
        news = [Warned(row["id"], what, stage) for what, stage in stages.items() if stage > told[f"{what}_warned"]]
        if news:
            found.append(max(news, key=lambda one: one.stage))
            _told(tx, row["id"], stages, days)
    return found


def _told(tx: Tx, case_id: int, stages: dict[str, Stage], days: Calendar) -> None:
    """Notes what is being told, and, when a promise is broken, that the customer's card is out of date."""
    for what, reached in stages.items():
        tx.run(f"UPDATE case_watch SET {what}_warned = :stage WHERE id = :id", stage=int(reached), id=case_id)
    if Stage.OVER in stages.values():
        tx.run("UPDATE case_told SET due = 1 WHERE id = :id", id=case_id)
    _look(tx, case_id, days)


def put_off(tx: Tx, staff_id: int, warning: Warned, until: datetime) -> None:
    """Holds a warning back for a member who is not to be woken; of each case only the last."""
    tx.run(
        "INSERT INTO case_ring VALUES (:staff, :case, :what, :stage, :wake) ON CONFLICT (staff_id, case_id) DO UPDATE"
        " SET what = :what, stage = :stage, wake_at = :wake",
        staff=staff_id, case=warning.case_id, what=warning.what, stage=int(warning.stage), wake=to_ms(until),
    )  # fmt: skip


def waking(tx: Tx) -> list[tuple[int, Warned]]:
    """Takes what was put off until now, each with its member: what still holds of it."""
    rows = tx.all("SELECT * FROM case_ring WHERE wake_at <= :now ORDER BY wake_at, case_id", now=to_ms(tx.now))
    if rows:
        tx.run("DELETE FROM case_ring WHERE wake_at <= :now", now=to_ms(tx.now))
    put = [(row["staff_id"], Warned(row["case_id"], row["what"], Stage(row["stage"]))) for row in rows]
    return [(staff_id, one) for staff_id, one in put if _holds(tx, one)]


def _holds(tx: Tx, warning: Warned) -> bool:
    """Whether a target that was near or missed still is: it was not met meanwhile, nor given more time."""
    watch = tx.one("SELECT * FROM case_watch WHERE id = :id", id=warning.case_id)
    assert watch is not None
    at = watch[f"{warning.what}_{'due' if warning.stage is Stage.OVER else 'near'}"]
    return at is not None and at <= to_ms(tx.now)


kinds.COMPLAINT.after.append(_follow)
kinds.SETTING.after.append(_follow_setting)
