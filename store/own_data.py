"""A customer's rights over their own data: to see it, to have it corrected, to have it erased.

    held = own_data.held(tx, guest, guest.customer_id)          # their own rows, without staff's internal notes
    asked = own_data.ask_correction(tx, guest, "phones", [...])  # changes nothing until it is granted
    own_data.grant(tx, member, asked.id)
    own_data.refuse(tx, owner, asked.id, "还有一张发票没结清")

Corrections are answered by those who may change the customer, erasures by an owner, within `TERM`. Granting an erasure
does not erase: it accepts the request, which stays listed as owed until the erasure is done, by the end of the term.

A visitor (a guest who has not shown that they are the customer) sees what they wrote themselves, masked details of the
customer, and that other cases exist. They may ask for anything; whoever answers is told that they are a visitor.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from store import (
    access,
    answers,
    attachments,
    case_outlines,
    complaints,
    customers,
    deals,
    feedback,
    guests,
    journal,
    kinds,
    proofs,
    queue,
    staff,
)
from store.access import Action, Actor
from store.answers import Own
from store.case_outlines import Outline
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.guests import Consent
from store.rules import masking
from store.rules.data_requests import AskedState, AskedWhat, DataRequest
from store.rules.models import Attachment, CaseMessage, Complaint, Customer, Deal, Feedback, Role
from store.seal import unseal
from store.times import from_ms, to_ms

#: By when a request is answered: a month at most (GDPR article 12(3); PIPL article 50 asks for an answer in good time).
TERM = timedelta(days=30)
#: How long before the end of the term those who owe the answer are reminded.
REMINDED = (timedelta(days=7), timedelta(days=1), timedelta(0))
#: What a customer can ask to be put right.
CORRECTABLE = ("name", "phones", "company", "title", "emails", "wechat", "address")
#: Unanswered corrections that a customer may have at a time.
OPEN_MOST = 5
#: Rows of a kind that are handed out: more than anybody has.
ROWS_MOST = 10_000
REASON_MAX = 1_000


class Case(NamedTuple):
    """A case with all that was said to and by the customer, and what hangs on it."""

    case: Complaint
    said: list[CaseMessage]
    files: list[Attachment]


class Given(NamedTuple):
    """A score or words, and what hangs on it."""

    feedback: Feedback
    files: list[Attachment]


class Held(NamedTuple):
    """All that is kept of a customer and theirs to know; the consent is that of the chat that asks. `outlines`: the
    cases whose words a visitor is not told; to the customer all is told, and it is `whole`.
    """

    customer: Customer
    consent: Consent | None
    cases: list[Case]
    outlines: list[Outline]
    feedback: list[Given]
    requests: list[DataRequest]
    answers: list[Own]
    purchases: list[Deal]
    whole: bool

    @property
    def files(self) -> list[Attachment]:
        """Every photo, recording and file that is theirs to open, the newest first."""
        parts = [one.files for one in self.cases]
        parts += [one.files for one in self.feedback]
        parts += [one.files for one in self.answers]
        found = {file.id: file for part in parts for file in part}
        return sorted(found.values(), key=lambda file: (file.created_at, file.id), reverse=True)


def held(tx: Tx, actor: Actor, customer_id: int) -> Held:
    """The data of the customer who asks, as far as they may see it. Raises NotAllowed for anybody else's."""
    row, sight = access.row(tx, actor, Action.OWN_DATA, "customer", customer_id)
    cases = complaints.of_customer(tx, actor, customer_id, limit=ROWS_MOST)
    rated = tx.all(f"SELECT * FROM feedback_{sight.scope} WHERE deleted_at IS NULL ORDER BY id")
    hung = attachments.of(tx, actor, "feedback", [one["id"] for one in rated])
    told = {case.id for case in cases}
    outlines = case_outlines.page(tx, actor, limit=ROWS_MOST) if actor.visitor else []
    return Held(
        customer=_veiled(customers.from_row(row, sight)) if actor.visitor else customers.from_row(row, sight),
        outlines=[one for one in outlines if one.id not in told],
        consent=guests.consented(tx, actor),
        cases=[
            Case(
                case, complaints.messages(tx, actor, case.id, limit=ROWS_MOST),
                attachments.of_case(tx, actor, case.id),
            )
            for case in cases
        ],
        feedback=[Given(feedback.from_row(one), hung.get(one["id"], [])) for one in rated],
        requests=mine(tx, actor),
        answers=answers.own(tx, actor),
        purchases=[] if actor.visitor else deals.bought(tx, actor),
        whole=not actor.visitor,
    )  # fmt: skip


def _veiled(customer: Customer) -> Customer:
    """A customer as a visitor sees them: enough to recognise oneself, too little to learn who somebody is."""
    emails = tuple(masking.handle(email) for email in customer.emails)  # a domain can be the company's name
    return customer.model_copy(update={
        "name": masking.handle(customer.name), "company": masking.handle(customer.company), "title": "",
        "emails": emails,
    })  # fmt: skip


# Asking --------------------------------------------------------------------------------------------------------------


def mine(tx: Tx, actor: Actor) -> list[DataRequest]:
    """The customer's requests, the newest first."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.OWN_DATA)
    rows = tx.all(f"SELECT * FROM data_request_{sight.scope} WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 100")
    return [_model(row) for row in rows]


def ask_correction(tx: Tx, actor: Actor, field: str, value: object) -> DataRequest:
    """A customer says what a field should hold. Raises NotAllowed, Invalid `text` for nothing at all, and Busy `limit`
    beyond `OPEN_MOST`.
    """
    if field not in CORRECTABLE:
        raise NotAllowed
    if not value:
        raise Invalid("text")
    waiting = [one for one in mine(tx, actor) if one.open and one.what is AskedWhat.CORRECT]
    if len(waiting) >= OPEN_MOST:
        raise Busy("limit")
    return _ask(tx, actor, AskedWhat.CORRECT, field, value)


def ask_erasure(tx: Tx, actor: Actor) -> DataRequest:
    """A customer wants all that is kept of them to be erased. Raises NotAllowed, and KehuError `asked_already`."""
    for one in mine(tx, actor):
        if one.pending and one.what is AskedWhat.ERASE:
            raise KehuError("asked_already")
    return _ask(tx, actor, AskedWhat.ERASE, None, None)


def ask_identity(tx: Tx, actor: Actor, name: str) -> DataRequest:
    """A visitor wants to be known as the customer; `name` is how Telegram calls them. Raises NotAllowed, and KehuError
    `asked_already`.
    """
    for one in mine(tx, actor):
        if one.open and one.what is AskedWhat.IDENTITY and one.guest_id == actor.guest_id:
            raise KehuError("asked_already")
    return _ask(tx, actor, AskedWhat.IDENTITY, None, name)


def _ask(tx: Tx, actor: Actor, what: AskedWhat, field: str | None, value: object) -> DataRequest:
    customer, sight = access.row(tx, actor, Action.OWN_DATA, "customer", actor.customer_id)
    values: dict[str, object] = {
        "customer_id": customer["id"], "guest_id": actor.guest_id or None, "kind": what, "field": field,
        "state": AskedState.OPEN, "due_at": to_ms(tx.now + TERM), "value": value,
    }  # fmt: skip
    asked = journal.create(tx, actor, kinds.DATA_REQUEST, values, key_id=customer["key_id"], key=customer["key"])
    row = tx.one(f"SELECT * FROM data_request_{sight.scope} WHERE id = :id", id=asked)
    assert row is not None  # written a moment ago
    return _model(row)


# Answering -----------------------------------------------------------------------------------------------------------


def answerers(tx: Tx, request_id: int) -> list[int]:
    """The members who must answer a request: for an erasure the owners, otherwise the customer's owner or the team's
    managers.
    """
    row = tx.one("SELECT * FROM data_request_clock WHERE id = :id", id=request_id)
    if row is None:
        return []
    if row["kind"] == AskedWhat.ERASE:
        return staff.with_role(tx, Role.OWNER)
    has = row["owner_id"]
    return [has] if has is not None and staff.address(tx, has) is not None else staff.managers_of(tx, row["team_id"])


def get(tx: Tx, actor: Actor, request_id: int) -> DataRequest:
    """A request that the actor may answer. Raises NotAllowed."""
    asked = _model(_row(tx, actor, request_id))
    by = None if asked.guest_id is None else guests.as_actor(tx, asked.guest_id)
    return asked.model_copy(update={"doubtful": by is not None and by.visitor})


def open_identity(tx: Tx, actor: Actor, customer_id: int) -> DataRequest | None:
    """Who waits to be known as this customer, as far as the actor may answer it; None for nobody."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.LINK)
    row = tx.one(
        f"SELECT * FROM data_request_{sight.scope} WHERE customer_id = :id AND kind = 'identity' AND state = 'open'"
        " AND deleted_at IS NULL ORDER BY id LIMIT 1",
        id=customer_id,
    )
    return None if row is None else _model(row)


def unanswered(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = 8) -> list[DataRequest]:
    """The requests that wait for an answer, or to be erased as was granted, the one due first at the top: for owners.
    Raises NotAllowed.
    """
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.PRIVACY)
    rows = tx.all(
        f"SELECT * FROM data_request_{sight.scope} WHERE (state = 'open' OR kind = 'erase' AND state = 'granted')"
        " AND deleted_at IS NULL ORDER BY due_at, id LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [_model(row) for row in rows]


def grant(tx: Tx, actor: Actor, request_id: int) -> DataRequest:
    """Puts right what was asked to be, accepts that somebody is to be erased, or says that they are the customer.
    Raises NotAllowed, KehuError `answered`.
    """
    row = _to_answer(tx, actor, request_id)
    asked = _model(row)
    if asked.what is AskedWhat.CORRECT:
        customer, _ = access.living(tx, actor, Action.EDIT, asked.customer_id)
        customers.change(tx, actor, asked.customer_id, customer["version"], {asked.field: asked.value})
    if asked.what is AskedWhat.IDENTITY:
        proofs.by_member(tx, actor, asked.guest_id or 0)
    journal.update(tx, actor, kinds.DATA_REQUEST, row, {"state": AskedState.GRANTED, "answered_by": actor.id})
    return get(tx, actor, request_id)


def refuse(tx: Tx, actor: Actor, request_id: int, reason: str) -> DataRequest:
    """Refuses a request with a reason, which is owed to those who ask for erasure (GDPR article 12(4)); none is needed
    for somebody who is not the customer.

    Raises as `grant` does, and Invalid `text`.
    """
    row = _to_answer(tx, actor, request_id)
    if not reason.strip() and row["kind"] != AskedWhat.IDENTITY:
        raise Invalid("text")
    answer = {"state": AskedState.REFUSED, "answered_by": actor.id, "reason": reason.strip()[:REASON_MAX] or None}
    journal.update(tx, actor, kinds.DATA_REQUEST, row, answer)
    return get(tx, actor, request_id)


def claim(tx: Tx) -> list[DataRequest]:
    """The requests whose term comes to an end, each once for each of `REMINDED`; for the clock, without their words."""
    rows = tx.all(
        "SELECT * FROM data_request_clock WHERE due_at <= :soon ORDER BY due_at, id", soon=to_ms(tx.now + REMINDED[0])
    )
    found = []
    for row in rows:
        left = from_ms(row["due_at"]) - tx.now
        stage = min(limit for limit in REMINDED if left <= limit)
        if queue.once(tx, f"data_request:{row['id']}:{stage.days}"):
            found.append(_bare(row))
    return found


def _row(tx: Tx, actor: Actor, request_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.EDIT, "data_request", request_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    if row["kind"] == AskedWhat.ERASE:
        access.require(actor, Action.PRIVACY)
    return row


def _to_answer(tx: Tx, actor: Actor, request_id: int) -> Row:
    row = _row(tx, actor, request_id)
    if row["state"] != AskedState.OPEN:
        raise KehuError("answered")
    return row


def _model(row: Row) -> DataRequest:
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return _bare(row).model_copy(update={
        "asked_at": from_ms(row["created_at"]), "value": words.get("value"), "reason": str(words.get("reason") or ""),
    })  # fmt: skip


def _bare(row: Row) -> DataRequest:
    return DataRequest(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], what=AskedWhat(row["kind"]),
        field=row["field"] or "", state=AskedState(row["state"]), due_at=from_ms(row["due_at"]),
        guest_id=row["guest_id"],
    )  # fmt: skip
