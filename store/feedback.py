"""Feedback: scores and words of customers, and the inbox in which the staff reads them.

given = feedback.rate(tx, guest, 2)
feedback.add_words(tx, guest, given.id, "送货太慢")
case = feedback.make_case(tx, member, given.id, Severity.HIGH)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from store import access, complaints, journal, staff
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.models import Complaint, Feedback, LabelKind, Severity
from store.seal import unseal
from store.times import from_ms, to_ms

#: The highest score; 1 is the lowest.
SCALE = 5
#: A score that is at most this asks for somebody's attention.
LOW = 2
#: What one message of Telegram holds (https://core.telegram.org/bots/api#sendmessage).
TEXT_MAX = 4_096
PAGE = 8
#: How often a customer may say how it went in 24 hours.
A_DAY = 20


def rate(tx: Tx, actor: Actor, score: int) -> Feedback:
    """Keeps a customer's score. Raises NotAllowed, Invalid `score` beyond 1 to `SCALE`, Busy `limit` beyond `A_DAY`."""
    if not 1 <= score <= SCALE:
        raise Invalid("score")
    return _add(tx, actor, score, None)


def rate_case(tx: Tx, actor: Actor, case_id: int, score: int) -> Feedback:
    """Keeps how a customer found the handling of their closed case. Raises as `rate` and `complaints.rate` do."""
    complaints.rate(tx, actor, case_id, score)
    return _add(tx, actor, score, None, case_id=case_id)


def praise(tx: Tx, actor: Actor, text: str) -> Feedback:
    """Keeps a customer's words, without a score. Raises NotAllowed, Invalid `text`, Busy `limit` beyond `A_DAY`."""
    if not text.strip():
        raise Invalid("text")
    return _add(tx, actor, None, text)


def add_words(tx: Tx, actor: Actor, feedback_id: int, text: str) -> Feedback:
    """Adds a customer's words to what they scored. Raises NotAllowed, Invalid `text`."""
    row, _ = access.row(tx, actor, Action.RATE, "feedback", feedback_id)
    if not text.strip():
        raise Invalid("text")
    journal.update(tx, actor, journal.FEEDBACK, row, {"text": text.strip()[:TEXT_MAX]})
    return get(tx, actor, feedback_id)


def get(tx: Tx, actor: Actor, feedback_id: int) -> Feedback:
    """One feedback as the actor may see it. Raises NotAllowed, for the missing and the forbidden alike."""
    return _model(_row(tx, actor, feedback_id))


def page(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = PAGE) -> list[Feedback]:
    """The inbox: what nobody has seen yet first, then the newest."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_FEEDBACK)
    rows = tx.all(
        f"SELECT * FROM feedback_{sight.scope} WHERE deleted_at IS NULL"
        " ORDER BY seen_at IS NOT NULL, created_at DESC, id DESC LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [_model(row) for row in rows]


def unseen(tx: Tx, actor: Actor) -> int:
    """How many feedbacks of the inbox nobody has seen yet."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_FEEDBACK)
    return int(tx.value(f"SELECT count(*) FROM feedback_{sight.scope} WHERE deleted_at IS NULL AND seen_at IS NULL"))


def mark_seen(tx: Tx, actor: Actor, feedback_id: int) -> Feedback:
    """Notes that somebody has read a feedback; the first time counts. Raises NotAllowed.

    Not a change of the record, so the journal has no entry of it and /undo does not make it unread.
    """
    row, _ = access.row(tx, actor, Action.SEE_FEEDBACK, "feedback", feedback_id)
    if row["seen_at"] is None:
        tx.run("UPDATE feedback SET seen_at = :now WHERE id = :id", now=to_ms(tx.now), id=feedback_id)
    return get(tx, actor, feedback_id)


def make_case(
    tx: Tx, actor: Actor, feedback_id: int, severity: Severity, labels: Mapping[LabelKind, int] | None = None
) -> Complaint:  # fmt: skip
    """Turns a feedback into a case, whose first words are the score (as `2/5`) and what was written with it.

    By a member, or by the customer. Raises NotAllowed, and KehuError `no_longer` when it became one already.
    """
    row = _row(tx, actor, feedback_id)
    given = _model(row)
    if given.complaint_id is not None:
        raise KehuError("no_longer")
    if given.customer_id is None:
        raise NotAllowed
    score = "" if given.score is None else f"{given.score}/{given.scale}"
    case = complaints.add(tx, actor, given.customer_id, f"{score} {given.text}", severity, labels)
    journal.update(tx, actor, journal.FEEDBACK, row, {"complaint_id": case.id})
    return case


def audience(tx: Tx, feedback_id: int) -> list[int]:
    """The members whom a feedback concerns: the customer's owner; where there is none, the managers of the team."""
    row = tx.one("SELECT * FROM feedback_clock WHERE id = :id", id=feedback_id)
    if row is None:
        return []
    managers = staff.managers_of(tx, row["team_id"])
    if row["owner_id"] is None:
        return managers
    low = row["score"] is not None and row["score"] <= LOW
    return list(dict.fromkeys([row["owner_id"], *(managers if low else ())]))


def _add(
    tx: Tx, actor: Actor, score: int | None, text: str | None, *, case_id: int | None = None
) -> Feedback:  # fmt: skip
    customer, _ = access.row(tx, actor, Action.RATE, "customer", actor.customer_id)
    since = to_ms(tx.now - timedelta(days=1))
    if tx.value("SELECT count(*) FROM feedback_guest WHERE created_at > :since", since=since) >= A_DAY:
        raise Busy("limit")
    values: dict[str, object] = {
        "customer_id": actor.customer_id, "team_id": customer["team_id"], "score": score, "scale": SCALE,
        "text": text and text.strip()[:TEXT_MAX], "complaint_id": case_id,
    }  # fmt: skip
    feedback_id = journal.create(tx, actor, journal.FEEDBACK, values, key_id=customer["key_id"], key=customer["key"])
    return get(tx, actor, feedback_id)


def _row(tx: Tx, actor: Actor, feedback_id: int) -> Row:
    action = Action.SEE_FEEDBACK if actor.member else Action.RATE
    row, _ = access.row(tx, actor, action, "feedback", feedback_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _model(row: Row) -> Feedback:
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return Feedback(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], team_id=row["team_id"],
        complaint_id=row["complaint_id"], score=row["score"], scale=row["scale"], text=str(words.get("text") or ""),
        seen=row["seen_at"] is not None, created_at=from_ms(row["created_at"]),
    )  # fmt: skip
