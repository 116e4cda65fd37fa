"""The results of a questionnaire: figures with bars, the words behind them, one person's answers, and all as a sheet.

    📊 满意度 · 收到 12 份
    1. 服务怎么样？  平均 4.3，11 人打分
    5　▇▇▇▇▇▇ 6（55%）

Rendered as its reader: a manager's figures cover their own teams' customers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handlers.kit.case_cards import clip
from handlers.kit.lists import PAGE, paged
from handlers.kit.questions import answer_text
from handlers.kit.reply import BLANK, Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.kit.sheets import Cell, Sheet, reader_of, workbook
from store import answer_results, customers, questionnaires
from store.access import Action
from store.answer_results import Given, Results, Tally
from store.errors import NotAllowed
from store.rules.models import Customer
from store.rules.questions import Answer, Question, QuestionKind

routes = Routes()

#: Questions on a page of results: with their bars they fill a phone.
QUESTIONS = 3
#: The longest bar.
BAR = 10
#: Characters of somebody's words on a button.
SAID_WIDTH = 40


# Figures -------------------------------------------------------------------------------------------------------------


@routes.button("qr", Action.SURVEY)
def show(req: Request) -> Reply:
    """The figures, a few questions a page."""
    found, skip = answer_results.results(req.tx, req.actor, req.number()), req.number(1)
    language = req.actor.language
    lines = [t("results.head", title=found.shown.title.said(language)), _counted(found)]
    tallies = found.tallies[skip : skip + QUESTIONS]
    rows = []
    if found.finished:
        for tally in tallies:
            lines += [BLANK, *_figures(tally, language)]
        rows = [_behind(tally) for tally in tallies if _worded(tally.question) and tally.answered]
    nav = [
        Button(t(key), "qr", found.shown.id, to)
        for key, to, there in (
            ("button.less", max(skip - QUESTIONS, 0), skip > 0),
            ("button.more", skip + QUESTIONS, found.finished and len(found.tallies) > skip + QUESTIONS),
        )
        if there
    ]
    sheet = [Button(t("questionnaire.button.sheet"), "qr.sheet", found.shown.id)] if found.finished else []
    last = [*sheet, Button(t("button.return"), "qs.one", found.shown.id)]
    return Reply.say(*lines, buttons=[*([row] for row in rows), nav, last], replace=req.pressed)


def _counted(found: Results) -> Text:
    if not found.finished and not found.unfinished:
        return t("results.none")
    if found.unfinished:
        return t("results.counts_more", n=found.finished, begun=found.unfinished)
    return t("results.counts", n=found.finished)


def _figures(tally: Tally, language: str) -> list[Text]:
    question = tally.question
    lines = [t("results.question", place=str(question.place), text=question.text.said(language))]
    if tally.mean is not None:
        lines.append(t("results.mean", mean=f"{tally.mean:.1f}", n=tally.answered))
    else:
        lines.append(t("results.answered", n=tally.answered))
    most = max(tally.counts.values(), default=0)
    for place, number in _ordered(tally):
        if number or not question.kind.scores:
            bar = "▇" * max(round(number / most * BAR), 1) if number else "·"
            share = str(round(100 * number / max(tally.answered, 1)))
            lines.append(t("results.bar", what=_choice(question, place, language), bar=bar, n=number, share=share))
    return lines


def _ordered(tally: Tally) -> list[tuple[int, int]]:
    """The best score first, options as they are offered."""
    return sorted(tally.counts.items(), reverse=bool(tally.question.kind.scores))


def _choice(question: Question, place: int, language: str) -> str:
    return str(place) if question.kind.scores else question.options[place].said(language)


def _worded(question: Question) -> bool:
    return question.kind in (QuestionKind.TEXT, QuestionKind.PHOTO)


def _behind(tally: Tally) -> Button:
    key = "results.photos" if tally.question.kind is QuestionKind.PHOTO else "results.words"
    return Button(t(key, place=str(tally.question.place), n=tally.answered), "qr.words", tally.question.id, 0)


# Words and people ----------------------------------------------------------------------------------------------------


@routes.button("qr.words", Action.SURVEY)
def words(req: Request) -> Reply:
    """The free-text answers to one question, each a button to all answers of its author."""
    question, skip = answer_results.question(req.tx, req.actor, req.number()), req.number(1)
    page = answer_results.page(req.tx, req.actor, question, skip=skip, limit=PAGE + 1)
    people = [_customer(req, given) for given in page[:PAGE]]
    rows = [Button(_row(req, question, given, who), "qr.one", given.id)
            for given, who in zip(page[:PAGE], people, strict=True)]  # fmt: skip
    buttons = paged(rows, "qr.words", question.id, skip=skip, more=len(page) > PAGE)
    title = t("results.said_title", place=str(question.place), text=question.text.said(req.actor.language))
    back = [Button(t("button.return"), "qr", question.questionnaire_id, (question.place - 1) // QUESTIONS * QUESTIONS)]
    named = [one.id for one in people if one is not None]
    return Reply.say(
        title, buttons=[*buttons, back], replace=req.pressed, masked=True,
        customer_id=named[0] if named else None, others=tuple(named[1:]),
    )  # fmt: skip


def _row(req: Request, question: Question, given: Given, who: Customer | None) -> Text:
    answer = given.answers[question.id]
    said = plain(clip(answer, SAID_WIDTH)) if isinstance(answer, str) else answer_text(question, answer, "")
    if who is None:
        return t("results.said_row_unnamed", at=_day(req, given), said=said)
    return t("results.said_row", who=who.name, said=said)


def _day(req: Request, given: Given) -> date:
    return given.at.astimezone(req.zone).date()


def _customer(req: Request, given: Given) -> Customer | None:
    """The author of an answer, if the name is kept and the reader may see it."""
    if given.customer_id is None:
        return None
    try:
        return customers.get(req.tx, req.actor, given.customer_id)
    except NotAllowed:
        return None


@routes.button("qr.one", Action.SURVEY)
def one(req: Request) -> Reply:
    """All that one person answered."""
    given = answer_results.one(req.tx, req.actor, req.number())
    shown = questionnaires.read(req.tx, req.actor, given.questionnaire_id)
    composed, language = questionnaires.questions(req.tx, shown.id), req.actor.language
    who = _customer(req, given)
    lines = [t("results.one", title=shown.title.said(language), at=_day(req, given))]
    if who is not None:
        lines.append(t("card.name", name=who.name))
    for each in composed:
        said = answer_text(each, given.answers.get(each.id), language)
        lines.append(t("results.line", place=str(each.place), text=each.text.said(language), said=said))
    photos = [Button(t("file.photo"), "file", photo) for photo in _photos(composed, given)]
    last = [Button(t("case.button.customer"), "customer", who.id)] if who is not None else []
    last.append(Button(t("button.return"), "qr", shown.id, 0))
    return Reply.say(
        *lines, buttons=[photos[:5], photos[5:], last], replace=req.pressed, masked=True,
        customer_id=who.id if who is not None else None,
    )  # fmt: skip


def _photos(composed: list[Question], given: Given) -> list[int]:
    answers = [given.answers.get(one.id) for one in composed if one.kind is QuestionKind.PHOTO]
    return [answer for answer in answers if isinstance(answer, int)]


# The sheet -----------------------------------------------------------------------------------------------------------


@routes.button("qr.sheet", Action.SURVEY)
def sheet(req: Request) -> Reply:
    """Everything as a file: a row for each person's answers, and the figures. Its name tells nothing of anybody; those
    whom it names are looked at again before it goes out.
    """
    found = answer_results.results(req.tx, req.actor, req.number())
    given = list(answer_results.given(req.tx, req.actor, found.shown.id))
    people = [_customer(req, each) for each in given]
    file = workbook([_answers(req, found, given, people), _summary(req, found)], reader_of(req))
    said = t("results.sheet_sent", title=found.shown.title.said(req.actor.language), n=len(given))
    named = tuple(one.id for one in people if one is not None)
    return Reply.say(said, document=file, file_name=f"kehu-questionnaire-{found.shown.id}.xlsx", others=named)


def _answers(req: Request, found: Results, given: list[Given], people: list[Customer | None]) -> Sheet:
    language = req.actor.language
    composed = [tally.question for tally in found.tallies]
    head = [t("results.sheet.day" if found.shown.anonymous else "results.sheet.at")]
    if not found.shown.anonymous:
        head.append(t("results.sheet.customer"))
    head += [plain(f"{one.place}. {one.text.said(language)}") for one in composed]
    rows: list[list[Cell]] = []
    for each, who in zip(given, people, strict=True):
        name = None if who is None else who.name
        row: list[Cell] = [_day(req, each)] if found.shown.anonymous else [each.at, name]
        rows.append([*row, *(_cell(one, each.answers.get(one.id), language) for one in composed)])
    return Sheet(t("results.sheet.answers"), head, rows)


def _cell(question: Question, answer: Answer, language: str) -> Cell:
    """A score stays a number, so that it can be reckoned with."""
    if answer is None or question.kind.scores:
        return answer if isinstance(answer, int) else None
    return answer_text(question, answer, language)


def _summary(req: Request, found: Results) -> Sheet:
    head = [t(f"results.sheet.{what}") for what in ("question", "what", "n", "share", "mean")]
    return Sheet(t("results.sheet.figures"), head, list(_summed(found, req.actor.language)))


def _summed(found: Results, language: str) -> Iterator[list[Cell]]:
    for tally in found.tallies:
        question = tally.question
        named = f"{question.place}. {question.text.said(language)}"
        yield [named, None, tally.answered, None, None if tally.mean is None else round(tally.mean, 2)]
        for place, number in _ordered(tally):
            share = round(100 * number / max(tally.answered, 1), 1)
            yield [named, _choice(question, place, language), number, share, None]
