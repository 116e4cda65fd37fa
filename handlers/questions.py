"""The questions of a draft: what kind, in which words, in which order; each one a card, each change with an Undo.

＋ 题目 → 单选 → 您从哪里知道我们？ → (English, or skip) → 朋友\n网上\n门店 → saved, and the next one
"""

from __future__ import annotations

from typing import Any

from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE
from handlers.kit.questions import need_key, question_lines
from handlers.kit.reply import BLANK, Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import shows
from handlers.questionnaires import card, line, typed, words_of
from store import questionnaires
from store.access import Action
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.questions import (
    OPTION_MAX,
    OPTIONS_LEAST,
    OPTIONS_MOST,
    QUESTIONS_MOST,
    TEXT_MAX,
    Question,
    QuestionKind,
    State,
    Words,
)

routes = Routes()


@routes.button("qq.add", Action.SURVEY)
def kinds(req: Request) -> Reply:
    """Which kind of question is added."""
    shown = questionnaires.get(req.tx, req.actor, req.number())
    if shown.state is not State.DRAFT:
        raise KehuError("frozen")
    if len(questionnaires.questions(req.tx, shown.id)) >= QUESTIONS_MOST:
        raise Invalid("too_many_questions")
    offered = [Button(t(f"question.kind.{kind}"), "qq.kind", shown.id, kind) for kind in QuestionKind]
    rows = [offered[at : at + 2] for at in range(0, len(offered), 2)]
    back = [Button(t("button.return"), "qs.one", shown.id)]
    return Reply.say(t("question.which"), buttons=[*rows, back], replace=True)


@routes.button("qq.kind", Action.SURVEY, writes=True)
def new(req: Request) -> Reply:
    """Asks for a new question's words."""
    shown = questionnaires.get(req.tx, req.actor, req.number())
    if req.word(1) not in set(QuestionKind):
        raise NotAllowed
    kind = QuestionKind(req.word(1))
    extra = {"language": req.actor.language, "questionnaire": shown.id, "kind": kind.value}
    return forms.begin(req, OPTIONED if kind.optioned else WORDED, extra=extra)


@routes.button("qq", Action.SURVEY)
def one(req: Request) -> Reply:
    """One question of a draft."""
    return _card(req, questionnaires.question(req.tx, req.actor, req.number()))


def _card(req: Request, question: Question, *above: Text, undo: bool = False) -> Reply:
    lines = [*above, BLANK] if above else []
    need = [Button(t("question.button.optional" if question.required else "question.button.required"),
                   "qq.need", question.id, int(not question.required))]  # fmt: skip
    last = len(questionnaires.questions(req.tx, question.questionnaire_id))
    moves = [Button(t("question.button.up"), "qq.move", question.id, "up")] if question.place > 1 else []
    if question.place < last:
        moves.append(Button(t("question.button.down"), "qq.move", question.id, "down"))
    edits = [Button(t("question.button.words"), "qq.edit", question.id), *need]
    more = [
        Button(t("questionnaire.button.look"), "qs.look", question.questionnaire_id, question.place),
        Button(t("question.button.remove"), "qq.gone", question.id),
    ]
    back = [Button(t("button.return"), "qs.one", question.questionnaire_id)]
    buttons = [[req.undo()] if undo else [], edits, moves, more, back]
    return Reply.say(*lines, *question_lines(question), buttons=buttons, replace=req.pressed)


@routes.button("qq.need", Action.SURVEY, writes=True)
def need(req: Request) -> Reply:
    """Whether it must be answered."""
    if req.number(1) > 1:
        raise NotAllowed
    after = questionnaires.set_required(req.tx, req.actor, req.number(), required=bool(req.number(1)))
    return _card(req, after, t("questionnaire.now", what=t(need_key(after))), undo=True)


@routes.button("qq.move", Action.SURVEY, writes=True)
def move(req: Request) -> Reply:
    """One place up or down."""
    ways = {"up": -1, "down": 1}
    if req.word(1) not in ways:
        raise NotAllowed
    after = questionnaires.move(req.tx, req.actor, req.number(), ways[req.word(1)])
    return _card(req, after, t("question.moved", place=str(after.place)), undo=True)


@routes.button("qq.gone", Action.SURVEY, writes=True)
def remove(req: Request) -> Reply:
    """Takes it out."""
    gone = questionnaires.question(req.tx, req.actor, req.number())
    questionnaires.remove_question(req.tx, req.actor, gone.id)
    shown = questionnaires.get(req.tx, req.actor, gone.questionnaire_id)
    return card(req, shown, t("question.removed", place=str(gone.place)), undo=True)


@routes.button("qq.edit", Action.SURVEY, writes=True)
def edit(req: Request) -> Reply:
    """Its words again, each part a tap from being changed."""
    question = questionnaires.question(req.tx, req.actor, req.number())
    language = req.actor.language
    values: dict[str, Any] = dict(typed(question.text, "question", language))
    options = [typed(one, "options", language) for one in question.options]
    for name in ("options", "options_other"):
        if options and all(name in one for one in options):
            values[name] = [one[name] for one in options]
    extra = {"language": language, "questionnaire": question.questionnaire_id, "question": question.id,
             "kind": question.kind.value}  # fmt: skip
    return forms.begin(req, OPTIONED if question.kind.optioned else WORDED, values=values, extra=extra)


# Words and options ---------------------------------------------------------------------------------------------------


def _options(_: Request, typed: str) -> list[str]:
    """A line, an option. Raises Invalid for too few, too many, one that is too long or stands there twice."""
    options = [" ".join(said.split()) for said in typed.splitlines() if shows(said)]
    if not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST or len(set(options)) < len(options):
        raise Invalid("options")
    if max(map(len, options)) > OPTION_MAX:
        raise Invalid("too_long", str(OPTION_MAX))
    return options


def _others(req: Request, typed: str) -> list[str]:
    """The same in the other language: as many, in the same order."""
    options = _options(req, typed)
    mine = req.draft.values.get("options") if req.draft else None
    if isinstance(mine, list) and len(mine) != len(options):
        raise Invalid("options_other", str(len(mine)))
    return options


def _shown(options: list[str]) -> str:
    return " / ".join(options)


def _optioned(draft: Draft) -> list[Words]:
    first, second = draft.values.get("options") or [], draft.values.get("options_other") or []
    assert isinstance(first, list)
    assert isinstance(second, list)
    if first and second and len(first) != len(second):
        raise Invalid("options_other", str(len(first)))
    pairs = zip(first or [""] * len(second), second or [""] * len(first), strict=True)
    return [Words(zh=other, en=mine) if draft.extra["language"] == "en" else Words(zh=mine, en=other)
            for mine, other in pairs]  # fmt: skip


def _worded(req: Request, draft: Draft) -> Reply:
    text, options = words_of(draft, "question"), _optioned(draft)
    if "question" in draft.extra:
        question_id = int(str(draft.extra["question"]))
        after = questionnaires.change_question(req.tx, req.actor, question_id, text, options)
        return _card(req, after, t("question.changed"), undo=True).closing()
    questionnaire_id, kind = int(str(draft.extra["questionnaire"])), QuestionKind(str(draft.extra["kind"]))
    added = questionnaires.add_question(req.tx, req.actor, questionnaire_id, kind, text, options)
    shown = questionnaires.get(req.tx, req.actor, questionnaire_id)
    skip = (added.place - 1) // PAGE * PAGE
    return card(req, shown, t("question.added", place=str(added.place)), undo=True, skip=skip).closing()


_TEXTS = (line("question", TEXT_MAX), line("question_other", TEXT_MAX))
WORDED = forms.register(Form("question", Action.SURVEY, _TEXTS, _worded))
OPTIONED = forms.register(
    Form("question_options", Action.SURVEY, (
        *_TEXTS, Field("options", _options, show=_shown), Field("options_other", _others, show=_shown),
    ), _worded)
)  # fmt: skip
