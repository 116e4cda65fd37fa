"""Sending a questionnaire to a list of customers: to those who may be asked, a few at a time, not at night.

    whom = mailings.count(tx, manager, questionnaire_id, Filters(level=Level.VIP))     # may be asked: 12 of 40
    mailings.begin(tx, manager, questionnaire_id, Filters(level=Level.VIP))
    step = mailings.work(tx)                # the clock: the next few, for whom the caller posts a message

A customer may be asked who came through their own link, agreed, has not declined surveys, was asked nothing in the last
30 days (store/surveys.py), and neither had this questionnaire nor waits for it in another mailing. All of this, and
whether the sender may still see the customer, is checked again in the transaction that posts the message.
"""

from __future__ import annotations

from dataclasses import dataclass

from store import access, followups, questionnaires, staff, surveys, worktime
from store.access import Action, Actor, Sight
from store.db import Row, Tx
from store.errors import KehuError, NotAllowed
from store.rules.models import Role
from store.rules.questions import Questionnaire, State
from store.selecting import Filters, by_team, narrowed

#: How many are asked in one tick of the clock, which is a second: Telegram takes 30 messages a second in all, and
#: answers go first.
STEP = 10
_CLOCK = Actor(Role.CLOCK, "en", "UTC")
#: The customers at whose link a visitor has answered this one: it would reach the same phone again.
_VISITED = (
    "SELECT s.customer_id FROM survey_clock s JOIN questionnaire_visitor v ON v.guest_id = s.guest_id"
    " WHERE v.questionnaire_id = :of"
)


@dataclass(frozen=True, slots=True)
class Whom:
    """The number of customers on a list who may be asked now, and the number of all on it."""

    askable: int
    all: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a mailing; `left_out` counts customers who could not be asked after all."""

    id: int
    staff_id: int
    total: int
    sent: int
    left_out: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a mailing: the questionnaire, the customers who are to be sent it now, and the progress."""

    shown: Questionnaire
    customers: list[int]
    progress: Progress


def count(tx: Tx, actor: Actor, questionnaire_id: int, filters: Filters) -> Whom:
    """The number of customers it would reach. Raises NotAllowed, KehuError `no_longer` if it is not open."""
    _running(tx, actor, questionnaire_id)
    sight = _sight(tx, actor)
    where, params = _listed(tx, sight, filters)
    everybody = tx.value(f"SELECT count(*) FROM customer_{sight.scope} c WHERE {where}", **params)
    asked, more = _askable(tx, questionnaire_id)
    some = tx.value(f"SELECT count(*) FROM customer_{sight.scope} c WHERE {where} AND {asked}", **params, **more)
    return Whom(int(some), int(everybody))


def begin(tx: Tx, actor: Actor, questionnaire_id: int, filters: Filters) -> Progress:
    """Writes the recipients down; the clock sends. Raises as `count` does."""
    _running(tx, actor, questionnaire_id)
    sight = _sight(tx, actor)
    where, params = _listed(tx, sight, filters)
    asked, more = _askable(tx, questionnaire_id)
    mailing_id = tx.insert(
        "INSERT INTO mailing (questionnaire_id, staff_id, total) VALUES (:of, :staff, 0)",
        of=questionnaire_id, staff=actor.id,
    )  # fmt: skip
    total = tx.run(
        f"INSERT INTO mailing_row SELECT :mailing, c.id FROM customer_{sight.scope} c WHERE {where} AND {asked}",
        **params, **more, mailing=mailing_id,
    )  # fmt: skip
    tx.run("UPDATE mailing SET total = :total WHERE id = :id", total=total, id=mailing_id)
    return _progress(_row(tx, mailing_id))


def under_way(tx: Tx, actor: Actor, questionnaire_id: int) -> Progress | None:
    """The actor's newest list that a questionnaire is being sent to."""
    row = tx.one(
        "SELECT * FROM mailing WHERE questionnaire_id = :of AND staff_id = :me AND state = 'sending'"
        " ORDER BY id DESC LIMIT 1",
        of=questionnaire_id, me=actor.id,
    )  # fmt: skip
    return None if row is None else _progress(row)


def stop(tx: Tx, actor: Actor, mailing_id: int) -> Progress:
    """Sends it to nobody more. Raises NotAllowed for another one's, KehuError `no_longer` when it is over."""
    access.require(actor, Action.SURVEY)
    row = tx.one("SELECT * FROM mailing WHERE id = :id AND staff_id = :me", id=mailing_id, me=actor.id)
    if row is None:
        raise NotAllowed
    if row["state"] != "sending":
        raise KehuError("no_longer")
    _end(tx, mailing_id, "stopped")
    return _progress(_row(tx, mailing_id))


def work(tx: Tx) -> Step | None:
    """The next few of the oldest list that is not done with; None when there is nothing to do, or when it is night."""
    row = tx.one("SELECT * FROM mailing WHERE state = 'sending' ORDER BY id LIMIT 1")
    if row is None or followups.hours(tx).quiet(tx.now, worktime.calendar(tx).zone):
        return None
    of = tx.one("SELECT * FROM questionnaire WHERE id = :id", id=row["questionnaire_id"])
    assert of is not None
    ids = _next(tx, row["id"])
    sent = [customer_id for customer_id in ids if _asks(tx, row, of, customer_id)]
    tx.run(
        "UPDATE mailing SET sent = sent + :sent, kept = kept + :kept WHERE id = :id",
        sent=len(sent), kept=len(ids) - len(sent), id=row["id"],
    )  # fmt: skip
    if not tx.value("SELECT 1 FROM mailing_row WHERE mailing_id = :id LIMIT 1", id=row["id"]):
        _end(tx, row["id"], "done")
    return Step(questionnaires.model(of), sent, _progress(_row(tx, row["id"])))


def _next(tx: Tx, mailing_id: int) -> list[int]:
    rows = tx.all(
        "SELECT customer_id FROM mailing_row WHERE mailing_id = :id ORDER BY customer_id LIMIT :step",
        id=mailing_id, step=STEP,
    )  # fmt: skip
    ids = [row["customer_id"] for row in rows]
    if ids:
        tx.run("DELETE FROM mailing_row WHERE mailing_id = :id AND customer_id <= :last", id=mailing_id, last=ids[-1])
    return ids


def _asks(tx: Tx, mailing: Row, of: Row, customer_id: int) -> bool:
    """Whether this customer is asked now: the mailing runs, its sender may still ask them, and they may be asked."""
    if of["state"] != State.OPEN or of["deleted_at"] is not None or not surveys.may_ask(tx, customer_id):
        return False
    if tx.value(f"SELECT :id IN ({_VISITED})", id=customer_id, of=of["id"]):
        return False
    try:
        access.living(tx, staff.as_actor(tx, mailing["staff_id"]), Action.SURVEY, customer_id)
    except KehuError:
        return False
    new = tx.run(
        "INSERT INTO questionnaire_guest (questionnaire_id, customer_id) VALUES (:id, :customer)"
        " ON CONFLICT DO NOTHING",
        id=of["id"], customer=customer_id,
    )  # fmt: skip
    if new:
        surveys.asked(tx, customer_id)
        questionnaires.begun(tx, _CLOCK, of["id"])
    return bool(new)


def _running(tx: Tx, actor: Actor, questionnaire_id: int) -> None:
    if questionnaires.get(tx, actor, questionnaire_id).state is not State.OPEN:
        raise KehuError("no_longer")


def _sight(tx: Tx, actor: Actor) -> Sight:
    (sight,) = access.sights(actor, Action.SURVEY)
    access.stand(tx, actor)
    return sight


def _listed(tx: Tx, sight: Sight, filters: Filters) -> tuple[str, dict[str, object]]:
    where, params = narrowed(filters, tx.now)
    return where + by_team(sight), params


def _askable(tx: Tx, questionnaire_id: int) -> tuple[str, dict[str, object]]:
    had = "c.id NOT IN (SELECT customer_id FROM questionnaire_guest WHERE questionnaire_id = :of)"
    waits = (
        "c.id NOT IN (SELECT w.customer_id FROM mailing_row w JOIN mailing m ON m.id = w.mailing_id"
        " WHERE m.questionnaire_id = :of)"
    )
    asked = f"{surveys.ASKABLE} AND {had} AND {waits} AND c.id NOT IN ({_VISITED})"
    return asked, {"asked_since": surveys.since(tx), "of": questionnaire_id}


def _end(tx: Tx, mailing_id: int, state: str) -> None:
    tx.run("DELETE FROM mailing_row WHERE mailing_id = :id", id=mailing_id)
    tx.run("UPDATE mailing SET state = :state WHERE id = :id", state=state, id=mailing_id)


def _row(tx: Tx, mailing_id: int) -> Row:
    row = tx.one("SELECT * FROM mailing WHERE id = :id", id=mailing_id)
    assert row is not None
    return row


def _progress(row: Row) -> Progress:
    return Progress(
        row["id"], row["staff_id"], row["total"], row["sent"], row["kept"], ended=row["state"] != "sending"
    )  # fmt: skip
