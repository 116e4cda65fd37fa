"""Answering a questionnaire: who may answer, what is kept of an answer, and when it is finished.

    held = answers.begin(tx, guest, shown, telegram_id)            # or resumes the answer that they began before
    held = answers.give(tx, guest, held.handle, question_id, 4)
    answers.finish(tx, guest, held.handle)

An unfinished answer is addressed by its handle, a random word that stands only in the buttons of its message (the file
holds a hash), so that a stranger can continue their own answer and nobody else's. A known customer answers once. A
visitor answers once too, apart from the customer, who can still give their own answer.

The author is kept only for a known customer, and only if the questionnaire keeps names. Otherwise the answer is sealed
under a key of its own, the journal names a stranger as its author, and its end is kept as a day. (Rows and journal
entries carry the time of writing to the millisecond, as all records do; nothing ties that to a person.)
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time

from store import access, asked, attachments, floods, guests, journal, kinds, public_links, questionnaires
from store.access import Action, Actor
from store.attachments import NewFile
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import Attachment, FileKind, Role
from store.rules.questions import QUESTIONS_MOST, Answer, Question, QuestionKind, Questionnaire, State, checked
from store.seal import new_key, unseal
from store.times import from_ms, to_ms

HANDLE_BYTES = 12
#: How often on a day somebody of whom nothing is kept may begin the same questionnaire.
UNNAMED_A_DAY = 3
#: Whoever answers without a name: the journal knows no more of them.
_NOBODY = Actor(Role.STRANGER, "en", "UTC")


@dataclass(frozen=True, slots=True)
class Held:
    """Answers that are being given: the questions, and what was said to which (None: skipped)."""

    handle: str
    shown: Questionnaire
    questions: list[Question]
    given: dict[int, Answer]

    def question(self, question_id: int) -> Question:
        """One of the questions. Raises NotAllowed for another one's."""
        for one in self.questions:
            if one.id == question_id:
                return one
        raise NotAllowed

    @property
    def next(self) -> Question | None:
        """The first question to which nothing was said yet."""
        return next((one for one in self.questions if one.id not in self.given), None)


@dataclass(frozen=True, slots=True)
class Own:
    """A customer's answer to a questionnaire, given under their name, with its photos; `at` is None while it is
    unfinished.
    """

    shown: Questionnaire
    at: datetime | None
    said: list[tuple[Question, Answer]]
    files: list[Attachment]


def own(tx: Tx, actor: Actor) -> list[Own]:
    """Everything that this customer has answered under their name. Raises NotAllowed."""
    (sight,) = access.sights(actor, Action.OWN_DATA)
    access.stand(tx, actor)
    found = []
    for row in tx.all(f"SELECT * FROM response_{sight.scope} WHERE deleted_at IS NULL ORDER BY id"):
        of = tx.one("SELECT * FROM questionnaire WHERE id = :id", id=row["questionnaire_id"])
        assert of is not None  # a foreign key
        given = _given(row)
        said = [(one, given[one.id]) for one in questionnaires.questions(tx, of["id"]) if one.id in given]
        at = None if row["finished_at"] is None else from_ms(row["finished_at"])
        photos = attachments.of(tx, actor, "response", [row["id"]]).get(row["id"], [])
        found.append(Own(questionnaires.model(of), at, said, photos))
    return found


def behind(tx: Tx, token: str) -> Questionnaire:
    """The questionnaire to which a link leads, whoever has it. Raises KehuError `link_invalid` for any other token."""
    found = public_links.record_behind(tx, questionnaires.RECORD, token)
    row = tx.one("SELECT * FROM questionnaire WHERE id = :id AND deleted_at IS NULL", id=found)
    if row is None or row["state"] != State.OPEN:
        raise KehuError("link_invalid")
    return questionnaires.model(row)


def sent(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """One that this customer was sent, or has come to before. Raises NotAllowed, KehuError `survey_over`."""
    mine = "SELECT 1 FROM questionnaire_guest WHERE questionnaire_id = :id AND customer_id = :customer"
    if actor.role is not Role.CUSTOMER or not tx.value(mine, id=questionnaire_id, customer=actor.customer_id):
        raise NotAllowed
    return _open(tx, questionnaire_id)


def begin(tx: Tx, actor: Actor, shown: Questionnaire, telegram_id: int) -> Held:
    """Begins an answer, or resumes the unfinished one of a known customer. The caller has checked that they may answer,
    by a link or because they were `sent` it.

    Raises NotAllowed for staff, KehuError `survey_over`, `survey_answered`, and `survey_often` for somebody without a
    name who begins it too often.
    """
    if actor.role not in (Role.CUSTOMER, Role.STRANGER):
        raise NotAllowed
    _open(tx, shown.id)
    named = actor.role is Role.CUSTOMER and not shown.anonymous
    if actor.role is Role.CUSTOMER:
        _come(tx, actor, shown.id)
    if named:
        row = _begun_before(tx, actor, shown)
        if row is not None:
            return _resumed(tx, row, shown)
    elif not floods.may(tx, telegram_id, f"questionnaire {shown.id}", UNNAMED_A_DAY):
        raise KehuError("survey_often")
    else:
        asked.over(tx, telegram_id)
    handle = secrets.token_urlsafe(HANDLE_BYTES)
    values: dict[str, object] = {
        "questionnaire_id": shown.id, "team_id": shown.team_id, "digest": _digest(handle), "answers": {},
        "handle": handle,
    }  # fmt: skip
    if named:
        customer, _ = access.row(tx, actor, Action.RATE, "customer", actor.customer_id)
        values |= {"customer_id": customer["id"], "team_id": customer["team_id"], "guest_id": actor.guest_id or None}
        writer, key_id, key = actor, customer["key_id"], customer["key"]
    else:
        values |= {"notice": guests.NOTICE}
        writer, (key_id, key) = _NOBODY, new_key(tx)
    journal.create(tx, writer, kinds.RESPONSE, values, key_id=key_id, key=key)
    questionnaires.begun(tx, writer, shown.id)
    return held(tx, actor, handle)


def _begun_before(tx: Tx, actor: Actor, shown: Questionnaire) -> Row | None:
    """A known customer's own answer, finished or not. Raises KehuError `survey_answered` if another guest of theirs has
    answered.
    """
    (sight,) = access.sights(actor, Action.RATE)
    access.stand(tx, actor)
    row = tx.one(
        f"SELECT * FROM response_{sight.scope} r WHERE questionnaire_id = :id AND (guest_id = :me OR EXISTS"
        " (SELECT 1 FROM response_clock c WHERE c.id = r.id AND c.known)) ORDER BY guest_id = :me DESC LIMIT 1",
        id=shown.id, me=actor.guest_id,
    )  # fmt: skip
    taken = "SELECT 1 FROM response_clock WHERE questionnaire_id = :id AND customer_id = :customer AND known"
    if row is None and tx.value(taken, id=shown.id, customer=actor.customer_id):
        raise KehuError("survey_answered")
    return row


def held(tx: Tx, actor: Actor, handle: str) -> Held:
    """The unfinished answer with this handle. Raises KehuError `no_longer` when it is finished, has ended, or is
    another person's.
    """
    return _held(tx, _row(tx, actor, handle))


def give(tx: Tx, actor: Actor, handle: str, question_id: int, value: Answer) -> Held:
    """Saves an answer to one question; None skips it. Raises as `held` does, NotAllowed, and Invalid `answer_…`."""
    now = held(tx, actor, handle)
    question = now.question(question_id)
    if question.kind is QuestionKind.PHOTO and value is not None:
        raise NotAllowed  # a photo comes as one
    return _keep(tx, actor, handle, question, value)


def give_photo(tx: Tx, actor: Actor, handle: str, question_id: int, file: NewFile) -> Held:
    """Keeps a photo as the answer, in place of the one before. Raises as `give` does, and as `attachments.add` does."""
    row = _row(tx, actor, handle)
    now = _held(tx, row)
    question = now.question(question_id)
    if question.kind is not QuestionKind.PHOTO or file.kind is not FileKind.PHOTO:
        raise Invalid(f"answer_{question.kind}")
    before = now.given.get(question.id)
    if isinstance(before, int):
        attachments.replaced(tx, _writer(tx, row, actor), before)
    (photo,) = attachments.hang(tx, _writer(tx, row, actor), "response", row, [file], most=QUESTIONS_MOST)
    return _keep(tx, actor, handle, question, photo)


def finish(tx: Tx, actor: Actor, handle: str) -> Held:
    """Finishes the answer; nothing in it can be changed afterwards.

    Raises as `held` does, Invalid `answer_required`, and KehuError `survey_answered` for a known customer who began it
    several times, without a name, and has finished one.
    """
    row = _row(tx, actor, handle)
    done = _held(tx, row)
    if actor.role is Role.CUSTOMER:
        _come(tx, actor, row["questionnaire_id"])
    if any(one.required and done.given.get(one.id) is None for one in done.questions):
        raise Invalid("answer_required")
    now = tx.now if row["customer_id"] is not None else datetime.combine(tx.now.astimezone(UTC), time(), UTC)
    over: dict[str, object] = {"finished_at": to_ms(now), "digest": None, "handle": None}
    journal.update(tx, _writer(tx, row, actor), kinds.RESPONSE, row, over)
    if actor.role is Role.CUSTOMER:
        _went(tx, actor, row["questionnaire_id"])
    return done


def _keep(tx: Tx, actor: Actor, handle: str, question: Question, value: Answer) -> Held:
    row = _row(tx, actor, handle)
    given = _given(row) | {question.id: checked(question, value)}
    kept: dict[str, object] = {"answers": {str(one): said for one, said in given.items()}}
    journal.update(tx, _writer(tx, row, actor), kinds.RESPONSE, row, kept)
    return held(tx, actor, handle)


def _open(tx: Tx, questionnaire_id: int) -> Questionnaire:
    row = tx.one("SELECT * FROM questionnaire WHERE id = :id AND deleted_at IS NULL", id=questionnaire_id)
    if row is None or row["state"] != State.OPEN:
        raise KehuError("survey_over")
    return questionnaires.model(row)


def _come(tx: Tx, actor: Actor, questionnaire_id: int) -> None:
    """Notes that a known customer has come to it. Raises KehuError `survey_answered` when they have answered; a visitor
    when they have themselves, since they neither come nor answer for the customer.
    """
    if actor.visitor:
        mine = "SELECT 1 FROM questionnaire_visitor WHERE questionnaire_id = :id AND guest_id = :me"
        if tx.value(mine, id=questionnaire_id, me=actor.guest_id):
            raise KehuError("survey_answered")
        return
    tx.run(
        "INSERT INTO questionnaire_guest (questionnaire_id, customer_id) VALUES (:id, :customer)"
        " ON CONFLICT DO NOTHING",
        id=questionnaire_id, customer=actor.customer_id,
    )  # fmt: skip
    done = "SELECT answered FROM questionnaire_guest WHERE questionnaire_id = :id AND customer_id = :customer"
    if tx.value(done, id=questionnaire_id, customer=actor.customer_id):
        raise KehuError("survey_answered")


def _went(tx: Tx, actor: Actor, questionnaire_id: int) -> None:
    """Notes that a known customer has answered, or a visitor for themselves."""
    if actor.visitor:
        answered = "INSERT INTO questionnaire_visitor VALUES (:id, :who) ON CONFLICT DO NOTHING"
    else:
        answered = "UPDATE questionnaire_guest SET answered = 1 WHERE questionnaire_id = :id AND customer_id = :who"
    tx.run(answered, id=questionnaire_id, who=actor.guest_id if actor.visitor else actor.customer_id)


def _resumed(tx: Tx, row: Row, shown: Questionnaire) -> Held:
    if row["finished_at"] is not None or row["deleted_at"] is not None:
        raise KehuError("survey_answered")
    handle = str(unseal(row["key_id"], row["key"], row["sealed"])["handle"])
    return Held(handle, shown, questionnaires.questions(tx, shown.id), _given(row))


def _row(tx: Tx, actor: Actor, handle: str) -> Row:
    """The row under a handle: of nobody, or of this very customer."""
    row = tx.one("SELECT * FROM response_door WHERE digest = :digest", digest=_digest(handle))
    if row is None or actor.member or row["customer_id"] not in (None, actor.customer_id):
        raise KehuError("no_longer")
    return row


def _held(tx: Tx, row: Row) -> Held:
    words = unseal(row["key_id"], row["key"], row["sealed"])
    shown = _open(tx, row["questionnaire_id"])
    return Held(str(words["handle"]), shown, questionnaires.questions(tx, shown.id), _given(row))


def _given(row: Row) -> dict[int, Answer]:
    return given_of(unseal(row["key_id"], row["key"], row["sealed"]).get("answers"))


def given_of(kept: object) -> dict[int, Answer]:
    """Answers by question, as they are sealed."""
    return {int(one): said for one, said in kept.items()} if isinstance(kept, dict) else {}


def _writer(tx: Tx, row: Row, actor: Actor) -> Actor:
    """The actor whom the journal names as the author of an answer."""
    if row["customer_id"] is not None:
        return actor
    tx.cause = journal.UNNAMED
    return _NOBODY


def _digest(handle: str) -> bytes:
    return hashlib.sha256(handle.encode()).digest()
