"""What fits as an answer: whatever is sent, an answer that is kept is one of those that can be given."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Invalid
from store.rules.questions import WORDS_MAX, Question, QuestionKind, Words, checked

_ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 14), st.floats(), st.text(max_size=8),
    st.lists(st.one_of(st.integers(-3, 14), st.booleans(), st.text(max_size=2)), max_size=6),
)  # fmt: skip


def a_question(kind: QuestionKind, *, required: bool = False) -> Question:
    """With three options where there are any."""
    options = tuple(Words(zh=word) for word in "甲乙丙") if kind.optioned else ()
    return Question(id=1, version=1, questionnaire_id=1, place=1, kind=kind, required=required, text=Words(zh="如何？"),
                    options=options)  # fmt: skip


@given(st.sampled_from(QuestionKind), st.booleans(), _ANYTHING)
def test_what_is_kept_can_be_given(kind: QuestionKind, required: bool, value: Any) -> None:
    question = a_question(kind, required=required)
    try:
        kept = checked(question, value)
    except Invalid:
        return
    assert checked(question, kept) == kept
    match kept:
        case None:
            assert not required
        case str():
            assert kind is QuestionKind.TEXT
            assert kept.strip()
        case list():
            assert kind is QuestionKind.CHOICES
            assert kept == sorted(set(kept))
            assert set(kept) <= {0, 1, 2}
        case _:
            assert type(kept) is int  # True is no score
            assert kept in kind.scores or (kind is QuestionKind.CHOICE and kept < 3) or kind is QuestionKind.PHOTO


def test_words_are_as_long_as_a_message() -> None:
    assert checked(a_question(QuestionKind.TEXT), f" {'长' * 5_000} ") == "长" * WORDS_MAX
    with pytest.raises(Invalid, match="answer_text"):
        checked(a_question(QuestionKind.TEXT), "  \n ")


def test_words_in_one_language_serve_both() -> None:
    assert Words(zh="好").said("en") == Words(zh="好").said("zh") == Words(zh="好").both == "好"
    assert Words(zh="好", en="Good").said("en") == "Good"
    assert Words(zh="好", en="Good").both == "好 · Good"
    assert Words(zh="OK", en="OK").both == "OK"
