"""The results of a questionnaire as its reader may see them: an owner all, a manager those of their teams' customers.

    found = answer_results.results(tx, manager, questionnaire_id)
    found.finished, found.tallies[0].mean, found.tallies[0].counts

Only finished answers count. Free text is read answer by answer (`page`, `one`), with the customer's name where the
questionnaire keeps names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from store import access, questionnaires
from store.access import Action, Actor, Sight
from store.answers import given_of
from store.db import Row, Tx
from store.errors import NotAllowed
from store.rules.questions import Answer, Question, QuestionKind, Questionnaire
from store.seal import unseal
from store.times import from_ms

PAGE = 8


@dataclass(frozen=True, slots=True)
class Given:
    """One person's answers. `customer_id` is None if the person is unknown or the questionnaire keeps no names."""

    id: int
    questionnaire_id: int
    customer_id: int | None
    at: datetime
    answers: dict[int, Answer]


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question: how many people answered it, and how often each score or option (by its place) was
    given. Words and photos are only counted; `mean` is of scores.
    """

    question: Question
    answered: int
    counts: dict[int, int]
    mean: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """A questionnaire's figures: who has finished, who has only begun."""

    shown: Questionnaire
    finished: int
    unfinished: int
    tallies: list[Tally]


def results(tx: Tx, actor: Actor, questionnaire_id: int) -> Results:
    """The figures. Raises NotAllowed."""
    shown = questionnaires.read(tx, actor, questionnaire_id)
    found = list(given(tx, actor, shown.id))
    begun = tx.value(
        f"SELECT count(*) FROM response_{_sight(tx, actor).scope}"
        " WHERE questionnaire_id = :id AND deleted_at IS NULL AND finished_at IS NULL",
        id=shown.id,
    )
    tallies = [_tally(one, [answers.answers.get(one.id) for answers in found]) for one in _asked(tx, shown)]
    return Results(shown, len(found), int(begun), tallies)


def given(tx: Tx, actor: Actor, questionnaire_id: int) -> Iterator[Given]:
    """Every finished one, the newest first. Raises NotAllowed."""
    shown = questionnaires.read(tx, actor, questionnaire_id)
    rows = tx.all(
        f"SELECT * FROM response_{_sight(tx, actor).scope} WHERE questionnaire_id = :id AND deleted_at IS NULL"
        " AND finished_at IS NOT NULL ORDER BY finished_at DESC, id DESC",
        id=shown.id,
    )
    return (_model(row) for row in rows)


def page(tx: Tx, actor: Actor, question: Question, *, skip: int = 0, limit: int = PAGE) -> list[Given]:
    """The answers of those who answered a question, the newest first. Raises NotAllowed."""
    said = [one for one in given(tx, actor, question.questionnaire_id) if one.answers.get(question.id) is not None]
    return said[skip : skip + limit]


def one(tx: Tx, actor: Actor, response_id: int) -> Given:
    """One person's answers. Raises NotAllowed."""
    row, _ = access.row(tx, actor, Action.SURVEY, "response", response_id)
    if row["finished_at"] is None or row["deleted_at"] is not None:
        raise NotAllowed
    questionnaires.read(tx, actor, row["questionnaire_id"])
    return _model(row)


def question(tx: Tx, actor: Actor, question_id: int) -> Question:
    """A question of which the actor reads the answers. Raises NotAllowed."""
    of = tx.value("SELECT questionnaire_id FROM question WHERE id = :id", id=question_id) or 0
    for each in _asked(tx, questionnaires.read(tx, actor, of)):
        if each.id == question_id:
            return each
    raise NotAllowed


def _asked(tx: Tx, shown: Questionnaire) -> list[Question]:
    return questionnaires.questions(tx, shown.id)


def _sight(tx: Tx, actor: Actor) -> Sight:
    access.stand(tx, actor)
    (sight,) = access.sights(actor, Action.SURVEY)
    return sight


def _tally(question: Question, said: list[Answer]) -> Tally:
    answered = [one for one in said if one is not None]
    if question.kind in (QuestionKind.TEXT, QuestionKind.PHOTO):
        return Tally(question, len(answered), {}, None)
    counted: Counter[int] = Counter()
    for one in answered:
        counted.update(one if isinstance(one, list) else [int(one)])
    offered = question.kind.scores or range(len(question.options))
    mean = sum(score * n for score, n in counted.items()) / len(answered) if question.kind.scores and answered else None
    return Tally(question, len(answered), {place: counted[place] for place in offered}, mean)


def _model(row: Row) -> Given:
    answers = given_of(unseal(row["key_id"], row["key"], row["sealed"]).get("answers"))
    return Given(row["id"], row["questionnaire_id"], row["customer_id"], from_ms(row["finished_at"]), answers)
