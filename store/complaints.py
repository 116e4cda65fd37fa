"""Complaints: a case from its first words to its closing, and who may move it.

    case = complaints.add(tx, actor, customer_id, "发货少了两箱", Severity.HIGH)
    case = complaints.take(tx, actor, case.id)
    case = complaints.resolve(tx, actor, case.id, "补发两箱")

Which step is legal in which status is data (store/case_life.py): an illegal step is refused with `no_longer`, whoever
asks. Customers read their cases through the same functions and get less: no member's name or id, and nothing that
members wrote for each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from store import access, attachments, case_clock, case_labels, case_outlines, journal, kinds, staff, surveys
from store.access import Action, Actor, Sight
from store.attachments import NewFile
from store.case_life import MOVES, UNRESOLVED, UNRESOLVED_SQL, Step
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.kinds import Written
from store.rules.models import CaseMessage, CaseStatus, CaseVoice, Complaint, LabelKind, Severity
from store.seal import unseal
from store.times import from_ms, maybe_from_ms, to_ms

#: What one message of Telegram holds (https://core.telegram.org/bots/api#sendmessage).
TEXT_MAX = 4_096
PAGE = 8
#: How many cases a customer may open, and how many messages they may add to them, in 24 hours: enough for a bad day,
#: too few for a flood.
CASES_A_DAY = 10
MESSAGES_A_DAY = 60
#: The best score for how a case was handled.
SCORE_MOST = 5


def add(
    tx: Tx, actor: Actor, customer_id: int, text: str, severity: Severity = Severity.NORMAL,
    labels: Mapping[LabelKind, int] | None = None, files: Sequence[NewFile] = (), guest_id: int | None = None,
) -> Complaint:  # fmt: skip
    """Opens a case for a customer: by a member, or by the customer themselves (who is then its author, NULL).

    `guest_id`: of whose words a member makes it.

    Raises NotAllowed, Invalid `text` for neither words nor a file, and Busy `limit` for a customer who has opened
    `CASES_A_DAY` since yesterday; for files as `attachments.add` does.
    """
    customer, sight = access.row(tx, actor, _reach(actor, Action.COMPLAIN), "customer", customer_id)
    if actor.member and customer["deleted_at"] is not None:  # archived: but their own complaint is heard all the same
        raise NotAllowed
    if not text.strip() and not files:
        raise Invalid("text")
    since = to_ms(tx.now - timedelta(days=1))
    opened = f"SELECT count(*) FROM complaint_{sight.scope} WHERE author_id IS NULL AND opened_at > :since"
    if not actor.member and tx.value(opened, since=since) >= CASES_A_DAY:
        raise Busy("limit")
    values: dict[str, object] = {
        "customer_id": customer_id, "team_id": customer["team_id"], "author_id": actor.id or None,
        "status": CaseStatus.OPEN, "severity": severity, "opened_at": to_ms(tx.now), "text": text.strip()[:TEXT_MAX],
        "worked_ms": 0, "running_since": to_ms(tx.now), "reopened": 0, **case_clock.promised(tx, severity),
        "guest_id": actor.guest_id or guest_id,
        **{f"{kind}_id": case_labels.get(tx, kind, label_id).id for kind, label_id in (labels or {}).items()},
    }  # fmt: skip
    case_id = journal.create(tx, actor, kinds.COMPLAINT, values, key_id=customer["key_id"], key=customer["key"])
    if files:
        attachments.add(tx, actor, "complaint", case_id, files)
    return get(tx, actor, case_id)


def may_add(tx: Tx, actor: Actor, customer_id: int) -> bool:
    """Whether the actor could open a case for this customer."""
    try:
        access.row(tx, actor, _reach(actor, Action.COMPLAIN), "customer", customer_id)
    except NotAllowed:
        return False
    return True


def get(tx: Tx, actor: Actor, case_id: int) -> Complaint:
    """A case as the actor may see it. Raises NotAllowed, for the missing and the forbidden alike, and KehuError
    `prove_first` for a visitor where it is the customer's, but not of their own words.
    """
    return from_row(tx, actor, _row(tx, actor, Action.SEE_CASE, case_id)[0])


def of_customer(tx: Tx, actor: Actor, customer_id: int, *, skip: int = 0, limit: int = PAGE) -> list[Complaint]:
    """A customer's cases that the actor may see, resolved and closed ones too, the newest first."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, _reach(actor, Action.SEE_CASE))
    rows = tx.all(
        f"SELECT * FROM complaint_{sight.scope} WHERE customer_id = :customer AND deleted_at IS NULL"
        " ORDER BY opened_at DESC, id DESC LIMIT :limit OFFSET :skip",
        customer=customer_id, limit=limit, skip=skip,
    )  # fmt: skip
    return [from_row(tx, actor, row) for row in rows]


def open_of(tx: Tx, actor: Actor, customer_id: int) -> list[Complaint]:
    """Those of a customer's cases that the actor may see and in which something is still to be done, the newest
    first.
    """
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SEE_CASE)
    rows = tx.all(
        f"SELECT * FROM complaint_{sight.scope} WHERE customer_id = :customer AND {UNRESOLVED_SQL}"
        " ORDER BY opened_at DESC, id DESC",
        customer=customer_id,
    )
    return [from_row(tx, actor, row) for row in rows]


def take(tx: Tx, actor: Actor, case_id: int) -> Complaint:
    """Makes the actor the assignee, in place of any colleague. Raises NotAllowed, KehuError `no_longer`."""
    row, _ = _row(tx, actor, Action.HANDLE, case_id)
    _move(tx, actor, row, Step.TAKE, assignee_id=actor.id)
    return get(tx, actor, case_id)


def assign(tx: Tx, actor: Actor, case_id: int, staff_id: int) -> Complaint:
    """A manager gives a case to a member who may handle it. Raises as `take` does; NotAllowed for any other member."""
    access.require(actor, Action.MANAGE)
    row, _ = _row(tx, actor, Action.HANDLE, case_id)
    _row(tx, staff.as_actor(tx, staff_id), Action.HANDLE, case_id)
    _move(tx, actor, row, Step.TAKE, assignee_id=staff_id)
    return get(tx, actor, case_id)


def set_severity(tx: Tx, actor: Actor, case_id: int, severity: Severity) -> Complaint:
    """Changes the severity of an unresolved case, and its SLA targets with it. Raises NotAllowed, KehuError
    `no_longer`.
    """
    row, _ = _row(tx, actor, Action.SEE_CASE, case_id)
    if actor.id != row["author_id"]:
        access.require(actor, Action.HANDLE)
    if CaseStatus(row["status"]) not in UNRESOLVED:
        raise KehuError("no_longer")
    journal.update(tx, actor, kinds.COMPLAINT, row, {"severity": severity} | case_clock.promised(tx, severity))
    return get(tx, actor, case_id)


def sort(tx: Tx, actor: Actor, case_id: int, kind: LabelKind, label_id: int | None) -> Complaint:
    """Sets or clears a label of a case. Allowed to those who handle it; a category or product also to its author, who,
    if the customer, may do so only until somebody takes the case.

    Raises NotAllowed, and KehuError `no_longer` for a customer who is too late.
    """
    row, _ = _row(tx, actor, Action.SEE_CASE, case_id)
    if (actor.id or None) != row["author_id"] or kind is LabelKind.CAUSE:
        access.require(actor, Action.HANDLE)
    if not actor.member and (row["assignee_id"] is not None or row["status"] != CaseStatus.OPEN):
        raise KehuError("no_longer")
    chosen = None if label_id is None else case_labels.get(tx, kind, label_id).id
    journal.update(tx, actor, kinds.COMPLAINT, row, {f"{kind}_id": chosen})
    return get(tx, actor, case_id)


def ask(tx: Tx, actor: Actor, case_id: int, text: str, files: Sequence[NewFile] = ()) -> Complaint:
    """Asks the customer a question and waits for the answer; an unassigned case becomes the actor's.

    Raises NotAllowed, Invalid `text` without words or a file, and KehuError `no_longer`.
    """
    return _write(tx, actor, case_id, text, files, Step.ASK)


def tell(tx: Tx, actor: Actor, case_id: int, text: str, files: Sequence[NewFile] = ()) -> Complaint:
    """Tells the customer something that needs no answer, or records what they were told by other means, as by
    telephone.

    Raises as `ask` does.
    """
    return _write(tx, actor, case_id, text, files, Step.TELL)


def _write(tx: Tx, actor: Actor, case_id: int, text: str, files: Sequence[NewFile], step: Step) -> Complaint:
    row, _ = _row(tx, actor, Action.HANDLE, case_id)
    _say(tx, actor, row, CaseVoice.STAFF, text, files)
    _move(tx, actor, row, step, assignee_id=_holder(tx, case_id) or actor.id, **case_clock.answered(tx, row))
    return get(tx, actor, case_id)


def note(tx: Tx, actor: Actor, case_id: int, text: str) -> Complaint:
    """Adds an internal note, which the customer never sees. Raises NotAllowed, Invalid `text`."""
    row, _ = _row(tx, actor, Action.HANDLE, case_id)
    _say(tx, actor, row, CaseVoice.NOTE, text)
    return get(tx, actor, case_id)


def hear(tx: Tx, actor: Actor, case_id: int, text: str, files: Sequence[NewFile] = ()) -> Complaint:
    """The customer adds words or files to their case; a case that waited for them is in progress again.

    Raises NotAllowed, Invalid `text`, KehuError `no_longer`, and Busy `limit` beyond `MESSAGES_A_DAY`.
    """
    row, sight = _row(tx, actor, Action.OWN_CASES, case_id)
    if CaseStatus(row["status"]) not in MOVES[Step.HEAR]:
        raise KehuError("no_longer")
    since = to_ms(tx.now - timedelta(days=1))
    said = f"SELECT count(*) FROM case_message_{sight.scope} WHERE kind = 'customer' AND at > :since"
    if tx.value(said, since=since) >= MESSAGES_A_DAY:
        raise Busy("limit")
    _say(tx, actor, row, CaseVoice.CUSTOMER, text, files)
    _move(tx, actor, row, Step.HEAR)
    return get(tx, actor, case_id)


def resolve(tx: Tx, actor: Actor, case_id: int, remedy: str) -> Complaint:
    """Resolves a case; `remedy`, which the customer reads, says how and may be empty. An unassigned case becomes the
    actor's.

    Raises NotAllowed, and KehuError `no_longer`.
    """
    row, _ = _row(tx, actor, Action.HANDLE, case_id)
    _move(
        tx, actor, row, Step.RESOLVE, remedy=remedy.strip()[:TEXT_MAX] or None, resolved_at=to_ms(tx.now),
        assignee_id=_holder(tx, case_id) or actor.id, **case_clock.answered(tx, row),
    )  # fmt: skip
    return get(tx, actor, case_id)


def close(tx: Tx, actor: Actor, case_id: int) -> Complaint:
    """Closes a resolved case: by the staff, or by the satisfied customer. Raises as `resolve` does."""
    row, _ = _row(tx, actor, _reach(actor, Action.HANDLE), case_id)
    _move(tx, actor, row, Step.CLOSE, closed_at=to_ms(tx.now))
    if actor.member:
        surveys.plan(tx, "complaint", case_id)
    return get(tx, actor, case_id)


def reopen(tx: Tx, actor: Actor, case_id: int) -> Complaint:
    """Reopens a resolved or closed case with its last assignee: by the staff, or by an unsatisfied customer.

    Its SLA clock goes on from where it stood. Raises as `resolve` does.
    """
    row, _ = _row(tx, actor, _reach(actor, Action.HANDLE), case_id)
    if row["merged_into"] is not None:
        raise KehuError("no_longer")
    values = {"resolved_at": None, "closed_at": None, "reopened": row["reopened"] + 1}
    if not actor.member:  # the customer may be in another team by now
        values["team_id"] = access.row(tx, actor, Action.OWN_CASES, "customer", row["customer_id"])[0]["team_id"]
    _move(tx, actor, row, Step.REOPEN, **values)
    return get(tx, actor, case_id)


def twins(tx: Tx, actor: Actor, case_id: int, *, skip: int = 0, limit: int = PAGE) -> list[Complaint]:
    """The other cases of the same customer into which a case could be merged, the newest first. Raises NotAllowed."""
    row, sight = _row(tx, actor, Action.HANDLE, case_id)
    rows = tx.all(
        f"SELECT * FROM complaint_{sight.scope} WHERE customer_id = :customer AND id <> :id AND deleted_at IS NULL"
        " AND merged_into IS NULL ORDER BY opened_at DESC, id DESC LIMIT :limit OFFSET :skip",
        customer=row["customer_id"], id=row["id"], limit=limit, skip=skip,
    )  # fmt: skip
    return [from_row(tx, actor, one) for one in rows]


def repetitions(tx: Tx, actor: Actor, case_id: int) -> list[Complaint]:
    """The cases that were merged into one, the oldest first. Raises NotAllowed."""
    _, sight = _row(tx, actor, Action.SEE_CASE, case_id)
    merged = f"SELECT * FROM complaint_{sight.scope} WHERE merged_into = :id AND deleted_at IS NULL ORDER BY id"
    return [from_row(tx, actor, one) for one in tx.all(merged, id=case_id)]


def merge(tx: Tx, actor: Actor, case_id: int, into_id: int) -> Complaint:
    """Closes a case as a repetition of another case of the same customer, which takes over its repetitions, too.

    Returns the other case. Raises NotAllowed, and KehuError `no_longer` when either can't be merged (any more).
    """
    row, sight = _row(tx, actor, Action.HANDLE, case_id)
    into, _ = _row(tx, actor, Action.HANDLE, into_id)
    if into["customer_id"] != row["customer_id"] or into["id"] == row["id"]:
        raise NotAllowed
    if into["merged_into"] is not None:
        raise KehuError("no_longer")
    now = to_ms(tx.now)
    _move(tx, actor, row, Step.MERGE, merged_into=into["id"], resolved_at=row["resolved_at"] or now, closed_at=now)
    for other in tx.all(f"SELECT * FROM complaint_{sight.scope} WHERE merged_into = :id", id=case_id):
        journal.update(tx, actor, kinds.COMPLAINT, other, {"merged_into": into["id"]})
    return get(tx, actor, into_id)


def rate(tx: Tx, actor: Actor, case_id: int, score: int) -> Complaint:
    """The customer rates how a closed case was handled, from 1 to 5; a later rating replaces an earlier one.

    Raises NotAllowed, Invalid `score`, and KehuError `no_longer`.
    """
    row, _ = _row(tx, actor, Action.OWN_CASES, case_id)
    if not 1 <= score <= SCORE_MOST:
        raise Invalid("score")
    if row["status"] != CaseStatus.CLOSED or row["merged_into"] is not None:
        raise KehuError("no_longer")
    journal.update(tx, actor, kinds.COMPLAINT, row, {"rating": score})
    return get(tx, actor, case_id)


def messages(tx: Tx, actor: Actor, case_id: int, *, limit: int = 100) -> list[CaseMessage]:
    """The messages of a case and of those merged into it, the oldest first; only the newest `limit` of them. Raises
    NotAllowed.
    """
    _, sight = _row(tx, actor, Action.SEE_CASE, case_id)
    rows = tx.all(
        f"SELECT * FROM (SELECT * FROM case_message_{sight.scope} WHERE deleted_at IS NULL"
        f" AND complaint_id IN (SELECT :id UNION ALL SELECT id FROM complaint_{sight.scope} WHERE merged_into = :id)"
        " ORDER BY at DESC, id DESC LIMIT :limit) ORDER BY at, id",
        id=case_id, limit=limit,
    )  # fmt: skip
    return [
        CaseMessage(
            id=row["id"], version=row["version"], complaint_id=row["complaint_id"],
            author_id=row["author_id"] if actor.member else None, kind=CaseVoice(row["kind"]), at=from_ms(row["at"]),
            text=str(unseal(row["key_id"], row["key"], row["sealed"]).get("text") or ""),
        )
        for row in rows
    ]  # fmt: skip


def _reach(actor: Actor, action: Action) -> Action:
    """The action that this actor needs: `action` for a member, for a customer the right to their own cases."""
    return action if actor.member else Action.OWN_CASES


def _row(tx: Tx, actor: Actor, action: Action, case_id: int) -> tuple[Row, Sight]:
    if action is Action.SEE_CASE:
        action = _reach(actor, action)
    try:
        row, sight = access.row(tx, actor, action, "complaint", case_id)
    except NotAllowed:
        if actor.visitor:
            case_outlines.get(tx, actor, case_id)
            raise KehuError("prove_first") from None
        raise
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row, sight


def _holder(tx: Tx, case_id: int) -> int | None:
    """The assignee of a case who can still handle it; None without one."""
    found: int | None = tx.value("SELECT assignee_id FROM case_held_clock WHERE id = :id", id=case_id)
    return found


def _move(tx: Tx, actor: Actor, row: Row, step: Step, **values: object) -> None:
    status = MOVES[step].get(CaseStatus(row["status"]))
    if status is None:
        raise KehuError("no_longer")
    time = case_clock.turned(tx, row, status)
    journal.update(tx, actor, kinds.COMPLAINT, row, {"status": status} | time | values)


def _say(tx: Tx, actor: Actor, case: Row, kind: CaseVoice, text: str, files: Sequence[NewFile] = ()) -> None:
    if not text.strip() and not files:
        raise Invalid("text")
    values: dict[str, object] = {
        "complaint_id": case["id"], "customer_id": case["customer_id"], "author_id": actor.id or None,
        "guest_id": actor.guest_id or None, "kind": kind, "at": to_ms(tx.now), "text": text.strip()[:TEXT_MAX],
    }  # fmt: skip
    said = journal.create(tx, actor, kinds.CASE_MESSAGE, values, key_id=case["key_id"], key=case["key"])
    if files:
        attachments.add(tx, actor, "case_message", said, files)


def from_row(tx: Tx, actor: Actor, row: Row) -> Complaint:
    """A row of one of the predicate's views as the model that may leave the store, without what stays inside."""
    words = unseal(row["key_id"], row["key"], row["sealed"])
    # The customer reads their own words and what was done for them; what a member wrote about them stays inside.
    kept = str(words.get("text") or "")
    text = kept if actor.member or row["author_id"] is None else ""
    shown = LabelKind if actor.member else (LabelKind.CATEGORY, LabelKind.PRODUCT)
    has = _holder(tx, row["id"]) if row["status"] in UNRESOLVED else row["assignee_id"]
    status = tx.value("SELECT status FROM case_standing_clock WHERE id = :id", id=row["id"])
    return Complaint(
        id=row["id"], version=row["version"], customer_id=row["customer_id"],
        team_id=row["team_id"] if actor.member else None, author_id=row["author_id"] if actor.member else None,
        assignee_id=has if actor.member else None, status=CaseStatus(status),
        severity=Severity(row["severity"]), opened_at=from_ms(row["opened_at"]),
        resolved_at=maybe_from_ms(row["resolved_at"]), due_at=case_clock.due(tx, row["id"]),
        text=text, wordless=not kept, remedy=str(words.get("remedy") or ""), merged_into=row["merged_into"],
        rating=row["rating"],
        **{kind: case_labels.find(tx, row[f"{kind}_id"]) if kind in shown else None for kind in LabelKind},
    )  # fmt: skip


def _changed(tx: Tx, case: Written) -> None:
    """After each write, an undo too: the customer's card is out of date until somebody says otherwise."""
    tx.run("INSERT INTO case_told (id) VALUES (:id) ON CONFLICT (id) DO UPDATE SET due = 1", id=case.id)


kinds.COMPLAINT.after.append(_changed)
