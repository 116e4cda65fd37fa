"""Questionnaires as they are composed and answered: kinds of questions, their words, and what fits as an answer.

question.text.said("en")                       # the English words, or the Chinese where there are none
questions.checked(question, [0, 2])            # the answer, or Invalid
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from store.errors import Invalid
from store.rules.models import Record

#: What fits a phone's screen, and a button.
TITLE_MAX, TEXT_MAX, OPTION_MAX = 60, 300, 40
OPTIONS_LEAST, OPTIONS_MOST = 2, 10
#: Who is asked more than this leaves.
QUESTIONS_MOST = 20
#: What one message of Telegram holds (https://core.telegram.org/bots/api#sendmessage).
WORDS_MAX = 4_096

#: An answer as it is kept: a score, an option's place, several of them, words, a photo's attachment; None: skipped.
Answer = int | list[int] | str | None


class QuestionKind(StrEnum):
    """The kinds of questions."""

    SCORE5 = "score5"
    SCORE10 = "score10"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    PHOTO = "photo"

    @property
    def optioned(self) -> bool:
        """Whether there is something to choose from."""
        return self in (QuestionKind.CHOICE, QuestionKind.CHOICES)

    @property
    def scores(self) -> range:
        """The scores that can be given; none for other kinds."""
        return {QuestionKind.SCORE5: range(1, 6), QuestionKind.SCORE10: range(11)}.get(self, range(0))


class State(StrEnum):
    """The state of a questionnaire: being composed, open for answers, or closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Words(BaseModel):
    """The same in two languages; one of them may be missing."""

    model_config = ConfigDict(frozen=True)

    zh: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """In a language, or in the one that there is."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    @property
    def both(self) -> str:
        """In all languages that there are, for readers whose language isn't known."""
        return " · ".join(dict.fromkeys(word for word in (self.zh, self.en) if word))


class Question(Record):
    """One question; `place` counts from 1 without gaps among those of a questionnaire."""

    questionnaire_id: int
    place: int
    kind: QuestionKind
    required: bool
    text: Words
    options: tuple[Words, ...]


class Questionnaire(Record):
    """A questionnaire. `anonymous`: no name is kept with an answer. `team_id` None: the whole company's."""

    title: Words
    anonymous: bool
    state: State
    team_id: int | None
    begun: bool


def checked(question: Question, value: Any) -> Answer:
    """A value as an answer to this question. Raises Invalid for one that it can't be: `answer_…` says what it must."""
    kind, options = question.kind, len(question.options)
    if value is None:
        if question.required:
            raise Invalid("answer_required")
        return None
    if kind.scores and type(value) is int and value in kind.scores:
        return value
    if kind is QuestionKind.CHOICE and type(value) is int and 0 <= value < options:
        return value
    if kind is QuestionKind.CHOICES and isinstance(value, list):
        chosen = sorted({one for one in value if type(one) is int and 0 <= one < options})
        if chosen:
            return chosen
    if kind is QuestionKind.TEXT and isinstance(value, str) and value.strip():
        return value.strip()[:WORDS_MAX]
    if kind is QuestionKind.PHOTO and type(value) is int:
        return value
    raise Invalid(f"answer_{kind}")
