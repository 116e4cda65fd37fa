"""The layout of a questionnaire's question, for the customer who answers and for the staff's preview.

    lines, rows = asked(shown, questions, question, "zh", lambda label, what, *args: Button(label, "q", handle, …))

Both come from the same function, so they can't differ; `press` says where a button leads. Several ticked choices are
encoded in the buttons as a bit mask: nothing is saved until "done".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from handlers.kit.case_cards import clip
from handlers.kit.reply import Button, Text, plain, t
from store.errors import NotAllowed
from store.rules.questions import OPTIONS_MOST, Answer, Question, QuestionKind, Questionnaire, Words

#: Characters of a question on a button.
ROW_WIDTH = 40
#: Scores in one row.
SCORES_WIDE = 6

Press = Callable[..., Button]


class Asked(NamedTuple):
    """A question's lines and buttons."""

    lines: list[Text]
    rows: list[list[Button]]


def asked(
    shown: Questionnaire, total: int, question: Question, language: str, press: Press, *, ticked: int = 0
) -> Asked:  # fmt: skip
    """One question as the customer sees it. `press(label, what, …)` makes its buttons: "v" answers, "m" ticks, "s"
    skips, "b" goes back, "l" leaves it for now.
    """
    lines = [
        t("asking.head", title=shown.title.said(language), place=str(question.place), total=str(total)),
        t("asking.question", text=question.text.said(language)),
        t(f"asking.hint.{question.kind}"),
    ]
    kind = question.kind
    rows: list[list[Button]] = []
    if kind.scores:
        scores = [press(plain(str(score)), "v", score) for score in kind.scores]
        rows += [scores[at : at + SCORES_WIDE] for at in range(0, len(scores), SCORES_WIDE)]
    elif kind is QuestionKind.CHOICE:
        rows += [[press(plain(one.said(language)), "v", place)] for place, one in enumerate(question.options)]
    elif kind is QuestionKind.CHOICES:
        for place, one in enumerate(question.options):
            sign = "asking.ticked" if ticked >> place & 1 else "asking.unticked"
            rows.append([press(t(sign, option=one.said(language)), "m", ticked ^ 1 << place)])
        if ticked:
            rows.append([press(t("asking.done", n=ticked.bit_count()), "v", ticked)])
    ways = [press(t("asking.back"), "b")] if question.place > 1 else []
    if not question.required:
        ways.append(press(t("button.skip"), "s"))
    if kind in (QuestionKind.TEXT, QuestionKind.PHOTO):  # what is sent next would be taken as the answer
        ways.append(press(t("asking.leave"), "l"))
    return Asked(lines, [*rows, ways])


def value_of(question: Question, pressed: int) -> Answer:
    """The answer that a button's number stands for."""
    return places(pressed) if question.kind is QuestionKind.CHOICES else pressed


def places(ticked: int) -> list[int]:
    """Which options are ticked. Raises NotAllowed for what is no sum of them: the button was edited."""
    if ticked >> OPTIONS_MOST:
        raise NotAllowed
    return [place for place in range(OPTIONS_MOST) if ticked >> place & 1]


def answer_text(question: Question, answer: Answer, language: str) -> Text:
    """An answer in a line."""
    if answer is None:
        return t("asking.skipped")
    if question.kind.scores:
        return t("asking.score", score=str(answer), scale=str(question.kind.scores[-1]))
    if question.kind is QuestionKind.PHOTO:
        return t("file.photo")
    if isinstance(answer, str):
        return plain(answer)
    chosen = answer if isinstance(answer, list) else [answer]
    return plain("、".join(question.options[place].said(language) for place in chosen if place < len(question.options)))


def row(question: Question, language: str) -> Text:
    """A question as a row of a list."""
    return t("question.row", place=str(question.place), text=clip(question.text.said(language), ROW_WIDTH))


def question_lines(question: Question) -> list[Text]:
    """Everything about a question, in the languages that there are, for the one who composes it."""
    kind = t("question.kind_of", kind=t(f"question.kind.{question.kind}"), need=t(need_key(question)))
    lines = [t("question.head", place=str(question.place), kind=kind)]
    lines += said_lines(question.text)
    lines += [t("question.option", option=one.both) for one in question.options]
    return lines


def need_key(question: Question) -> str:
    """The text that says whether it must be answered."""
    return "question.required" if question.required else "question.optional"


def said_lines(words: Words) -> list[Text]:
    """Words in each language that there are."""
    return [t("question.said", text=said) for said in dict.fromkeys((words.zh, words.en)) if said]
