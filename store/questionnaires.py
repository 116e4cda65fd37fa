"""Questionnaires: composed question by question, then published and frozen. Answers are in store/answers.py.

    made = questionnaires.add(tx, owner, Words(zh="满意度", en="How we did"))
    questionnaires.add_question(tx, owner, made.id, QuestionKind.SCORE5, Words(zh="服务如何？"))
    questionnaires.publish(tx, owner, made.id)

Owners compose for the whole company, managers for their team. Only a draft's questions can be changed, since those of a
published one have been answered; a copy of it is a draft again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from store import access, journal, kinds, public_links
from store.access import Action, Actor
from store.db import Row, Tx
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.questions import (
    OPTION_MAX,
    OPTIONS_LEAST,
    OPTIONS_MOST,
    QUESTIONS_MOST,
    TEXT_MAX,
    TITLE_MAX,
    Question,
    QuestionKind,
    Questionnaire,
    State,
    Words,
)
from store.times import to_ms

PAGE = 8
#: The kind of record that its public link leads to.
RECORD = "questionnaire"


# Questionnaires ------------------------------------------------------------------------------------------------------


def add(tx: Tx, actor: Actor, title: Words) -> Questionnaire:
    """A new draft: the actor's team's, an owner's the whole company's. Raises NotAllowed, Invalid `survey_title`."""
    access.require(actor, Action.SURVEY)
    values: dict[str, object] = {
        "title_zh": _line(title.zh, TITLE_MAX), "title_en": _line(title.en, TITLE_MAX), "anonymous": 0,
        "state": State.DRAFT, "team_id": actor.team_id, "author_id": actor.id,
    }  # fmt: skip
    if not (values["title_zh"] or values["title_en"]):
        raise Invalid("survey_title")
    return get(tx, actor, journal.create(tx, actor, kinds.QUESTIONNAIRE, values))


def get(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """One that the actor may change and send. Raises NotAllowed."""
    return model(_row(tx, actor, questionnaire_id))


def read(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """A questionnaire whose answers the actor may read. Raises NotAllowed."""
    row, _ = access.row(tx, actor, Action.SURVEY, "questionnaire_read", questionnaire_id)
    return model(_living(row))


def mine(tx: Tx, actor: Actor, questionnaire_id: int) -> bool:
    """Whether the actor may change and send it."""
    try:
        _row(tx, actor, questionnaire_id)
    except NotAllowed:
        return False
    return True


def page(tx: Tx, actor: Actor, *, skip: int = 0, limit: int = PAGE) -> list[Questionnaire]:
    """The questionnaires whose answers the actor may read: drafts and open ones first, the newest first. Raises
    NotAllowed.
    """
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SURVEY)
    rows = tx.all(
        f"SELECT * FROM questionnaire_read_{sight.scope} WHERE deleted_at IS NULL"
        " ORDER BY state = 'closed', id DESC LIMIT :limit OFFSET :skip",
        limit=limit, skip=skip,
    )  # fmt: skip
    return [model(row) for row in rows]


def open_ones(tx: Tx, actor: Actor) -> list[Questionnaire]:
    """The questionnaires that the actor may send, the newest first. Raises NotAllowed."""
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SURVEY)
    rows = tx.all(
        f"SELECT * FROM questionnaire_{sight.scope} WHERE state = 'open' AND deleted_at IS NULL"
        " ORDER BY id DESC LIMIT :limit",
        limit=PAGE,
    )
    return [model(row) for row in rows]


def rename(tx: Tx, actor: Actor, questionnaire_id: int, title: Words) -> Questionnaire:
    """Another title, of a draft. Raises NotAllowed, Invalid `survey_title`, and KehuError `frozen`."""
    zh, en = _line(title.zh, TITLE_MAX), _line(title.en, TITLE_MAX)
    if not (zh or en):
        raise Invalid("survey_title")
    row = _draft(tx, actor, questionnaire_id)
    journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"title_zh": zh, "title_en": en})
    return get(tx, actor, questionnaire_id)


def set_anonymous(tx: Tx, actor: Actor, questionnaire_id: int, anonymous: bool) -> Questionnaire:
    """Whether a draft's answers will be kept without names. Raises NotAllowed, KehuError `frozen`."""
    row = _draft(tx, actor, questionnaire_id)
    journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"anonymous": int(anonymous)})
    return get(tx, actor, questionnaire_id)


def publish(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """Opens a draft: it can be answered, and its questions are fixed.

    Raises NotAllowed, Invalid `no_questions`, and KehuError `frozen`.
    """
    row = _draft(tx, actor, questionnaire_id)
    if not questions(tx, questionnaire_id):
        raise Invalid("no_questions")
    journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"state": State.OPEN})
    return get(tx, actor, questionnaire_id)


def close(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """Nobody answers it any more. Raises NotAllowed, KehuError `no_longer`."""
    return _turn(tx, actor, questionnaire_id, State.OPEN, State.CLOSED)


def reopen(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """It can be answered again. Raises NotAllowed, KehuError `no_longer`."""
    return _turn(tx, actor, questionnaire_id, State.CLOSED, State.OPEN)


def copy(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """A draft with the same title and questions. Raises NotAllowed."""
    row = _row(tx, actor, questionnaire_id)
    made = add(tx, actor, Words(zh=row["title_zh"], en=row["title_en"]))
    journal.update(tx, actor, kinds.QUESTIONNAIRE, _row(tx, actor, made.id), {"anonymous": row["anonymous"]})
    for one in questions(tx, questionnaire_id):
        added = add_question(tx, actor, made.id, one.kind, one.text, one.options)
        if one.required:
            set_required(tx, actor, added.id, required=True)
    return get(tx, actor, made.id)


def remove(tx: Tx, actor: Actor, questionnaire_id: int) -> Questionnaire:
    """Puts one away, with its answers. Raises NotAllowed."""
    row = _row(tx, actor, questionnaire_id)
    journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"deleted_at": to_ms(tx.now)})
    return model(row)


def token(tx: Tx, actor: Actor, questionnaire_id: int) -> str:
    """The token of its link, made where there is none. Raises NotAllowed, KehuError `no_longer` when it is not open."""
    return public_links.token(tx, actor, RECORD, _running(tx, actor, questionnaire_id))


def rotate(tx: Tx, actor: Actor, questionnaire_id: int) -> str:
    """Exchanges its link: the old one leads nowhere from now on. Raises as `token` does."""
    return public_links.rotate(tx, actor, RECORD, _running(tx, actor, questionnaire_id))


def begun(tx: Tx, actor: Actor, questionnaire_id: int) -> None:
    """Notes that somebody was asked or has begun to answer: taking back its publishing is too late from then on."""
    row = tx.one("SELECT * FROM questionnaire WHERE id = :id", id=questionnaire_id)
    if row is not None and row["begun_at"] is None:
        journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"begun_at": to_ms(tx.now)})


# Questions -----------------------------------------------------------------------------------------------------------


def questions(tx: Tx, questionnaire_id: int) -> list[Question]:
    """The questions in their order. They tell nothing of anybody: who got hold of the id has a right to them."""
    rows = tx.all(
        "SELECT * FROM question WHERE questionnaire_id = :id AND deleted_at IS NULL ORDER BY place, id",
        id=questionnaire_id,
    )
    return [_question(row, place) for place, row in enumerate(rows, 1)]


def question(tx: Tx, actor: Actor, question_id: int) -> Question:
    """One question of a draft that the actor may change. Raises NotAllowed, KehuError `frozen`."""
    row = _question_row(tx, actor, question_id)
    return next(one for one in questions(tx, row["questionnaire_id"]) if one.id == question_id)


def add_question(
    tx: Tx, actor: Actor, questionnaire_id: int, kind: QuestionKind, text: Words, options: Sequence[Words] = ()
) -> Question:  # fmt: skip
    """Adds a question at the end. Raises NotAllowed, KehuError `frozen`, Invalid `question`, `options`,
    `too_many_questions`.
    """
    _draft(tx, actor, questionnaire_id)
    there = questions(tx, questionnaire_id)
    if len(there) >= QUESTIONS_MOST:
        raise Invalid("too_many_questions")
    last = tx.value("SELECT max(place) FROM question WHERE questionnaire_id = :id", id=questionnaire_id) or 0
    values: dict[str, object] = {"questionnaire_id": questionnaire_id, "place": last + 1, "kind": kind, "required": 0}
    values |= _words(kind, text, options)
    return question(tx, actor, journal.create(tx, actor, kinds.QUESTION, values))


def change_question(tx: Tx, actor: Actor, question_id: int, text: Words, options: Sequence[Words] = ()) -> Question:
    """Other words. Raises as `add_question` does."""
    row = _question_row(tx, actor, question_id)
    journal.update(tx, actor, kinds.QUESTION, row, _words(QuestionKind(row["kind"]), text, options))
    return question(tx, actor, question_id)


def set_required(tx: Tx, actor: Actor, question_id: int, *, required: bool) -> Question:
    """Whether it must be answered. Raises NotAllowed, KehuError `frozen`."""
    journal.update(tx, actor, kinds.QUESTION, _question_row(tx, actor, question_id), {"required": int(required)})
    return question(tx, actor, question_id)


def move(tx: Tx, actor: Actor, question_id: int, by: int) -> Question:
    """One place up (-1) or down (1); at an end it stays. Raises NotAllowed, KehuError `frozen`."""
    row = _question_row(tx, actor, question_id)
    beside = tx.one(
        "SELECT * FROM question WHERE questionnaire_id = :of AND deleted_at IS NULL"
        f" AND place {'<' if by < 0 else '>'} :place ORDER BY place {'DESC' if by < 0 else 'ASC'} LIMIT 1",
        of=row["questionnaire_id"], place=row["place"],
    )  # fmt: skip
    if beside is not None:
        journal.update(tx, actor, kinds.QUESTION, row, {"place": beside["place"]})
        journal.update(tx, actor, kinds.QUESTION, beside, {"place": row["place"]})
    return question(tx, actor, question_id)


def remove_question(tx: Tx, actor: Actor, question_id: int) -> None:
    """Takes a question out. Raises NotAllowed, KehuError `frozen`."""
    row = _question_row(tx, actor, question_id)
    journal.update(tx, actor, kinds.QUESTION, row, {"deleted_at": to_ms(tx.now)})


# Rows ----------------------------------------------------------------------------------------------------------------


def model(row: Row) -> Questionnaire:
    """A row of any of its views as what leaves the store."""
    return Questionnaire(
        id=row["id"], version=row["version"], title=Words(zh=row["title_zh"], en=row["title_en"]),
        anonymous=bool(row["anonymous"]), state=State(row["state"]), team_id=row["team_id"],
        begun=row["begun_at"] is not None,
    )  # fmt: skip


def _row(tx: Tx, actor: Actor, questionnaire_id: int) -> Row:
    row, _ = access.row(tx, actor, Action.SURVEY, "questionnaire", questionnaire_id)
    return _living(row)


def _living(row: Row) -> Row:
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def _draft(tx: Tx, actor: Actor, questionnaire_id: int) -> Row:
    row = _row(tx, actor, questionnaire_id)
    if row["state"] != State.DRAFT:
        raise KehuError("frozen")
    return row


def _turn(tx: Tx, actor: Actor, questionnaire_id: int, before: State, after: State) -> Questionnaire:
    row = _row(tx, actor, questionnaire_id)
    if row["state"] != before:
        raise KehuError("no_longer")
    journal.update(tx, actor, kinds.QUESTIONNAIRE, row, {"state": after})
    return get(tx, actor, questionnaire_id)


def _running(tx: Tx, actor: Actor, questionnaire_id: int) -> int:
    if _row(tx, actor, questionnaire_id)["state"] != State.OPEN:
        raise KehuError("no_longer")
    return questionnaire_id


def _question_row(tx: Tx, actor: Actor, question_id: int) -> Row:
    of = tx.value("SELECT questionnaire_id FROM question WHERE id = :id", id=question_id)
    _draft(tx, actor, of or 0)
    row, _ = access.row(tx, actor, Action.SURVEY, "question", question_id)
    return _living(row)


def _question(row: Row, place: int) -> Question:
    return Question(
        id=row["id"], version=row["version"], questionnaire_id=row["questionnaire_id"], place=place,
        kind=QuestionKind(row["kind"]), required=bool(row["required"]),
        text=Words(zh=row["text_zh"], en=row["text_en"]),
        options=tuple(Words(zh=zh, en=en) for zh, en in json.loads(row["options"])),
    )  # fmt: skip


def _words(kind: QuestionKind, text: Words, options: Sequence[Words]) -> dict[str, object]:
    zh, en = _line(text.zh, TEXT_MAX), _line(text.en, TEXT_MAX)
    if not (zh or en):
        raise Invalid("question")
    said = [(_line(one.zh, OPTION_MAX), _line(one.en, OPTION_MAX)) for one in options] if kind.optioned else []
    if kind.optioned and not (OPTIONS_LEAST <= len(said) <= OPTIONS_MOST and all(map(any, said))):
        raise Invalid("options")
    return {"text_zh": zh, "text_en": en, "options": json.dumps(said, ensure_ascii=False)}


def _line(typed: str, most: int) -> str:
    return " ".join(typed.split())[:most].strip()
