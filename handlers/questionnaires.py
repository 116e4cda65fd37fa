"""Questionnaires on the staff's side: the list, one questionnaire's card, publishing, sending and closing it.

    /survey  →  满意度 · 草稿 · 3 题  →  the card with its questions  →  publish, then a link, a list, the results

The questions are composed in handlers/questions.py; what customers see is in handlers/kit/questions.py.
"""

from __future__ import annotations

from handlers.kit import forms, narrowing
from handlers.kit.form_model import Field, Form
from handlers.kit.links import qr, start_link
from handlers.kit.lists import PAGE, paged
from handlers.kit.questions import asked, places, row
from handlers.kit.reply import BLANK, Button, Reply, Text, link, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import shows
from store import questionnaires
from store.access import Action
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.questions import TITLE_MAX, Question, QuestionKind, Questionnaire, State, Words

routes = Routes()

#: What a questionnaire's link begins with, after `start=`; handlers/answering.py answers it.
PREFIX = "q_"


@routes.command("survey", Action.SURVEY)
@routes.button("qs", Action.SURVEY)
def listed(req: Request) -> Reply:
    """Every questionnaire, those that run first."""
    skip = max(req.number(), 0) if req.args else 0
    page = questionnaires.page(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    rows = [Button(_row(req, one), "qs.one", one.id) for one in page[:PAGE]]
    buttons = paged(rows, "qs", skip=skip, more=len(page) > PAGE)
    title = t("questionnaire.list" if page or skip else "questionnaire.none")
    return Reply.say(title, buttons=[*buttons, [Button(t("questionnaire.new"), "qs.new")]], replace=req.pressed)


def _row(req: Request, one: Questionnaire) -> Text:
    number = len(questionnaires.questions(req.tx, one.id))
    state = t(f"questionnaire.state.{one.state}")
    return t("questionnaire.row", title=one.title.said(req.actor.language), state=state, n=number)


@routes.button("qs.one", Action.SURVEY)
def one(req: Request) -> Reply:
    """One questionnaire."""
    skip = max(req.number(1), 0) if len(req.args) > 1 else 0
    return card(req, questionnaires.read(req.tx, req.actor, req.number()), skip=skip)


def card(req: Request, shown: Questionnaire, *above: Text, undo: bool = False, skip: int = 0) -> Reply:
    """A questionnaire with what can be done about it now. `undo`: something has just been changed."""
    composed = questionnaires.questions(req.tx, shown.id)
    lines = [*above, BLANK] if above else []
    state = t(f"questionnaire.state.{shown.state}")
    lines.append(t("questionnaire.head", title=shown.title.both, state=state))
    lines.append(t("questionnaire.about", n=len(composed), names=t(_names_key(shown))))
    if shown.state is State.DRAFT and not composed:
        lines.append(t("questionnaire.empty"))
    first = [[req.undo()] if undo else []]
    last = [Button(t("button.return"), "qs", 0)]
    return Reply.say(*lines, buttons=[*first, *_ways(req, shown, composed, skip), last], replace=req.pressed)


def _names_key(shown: Questionnaire) -> str:
    return "questionnaire.anonymous" if shown.anonymous else "questionnaire.named"


def _ways(req: Request, shown: Questionnaire, composed: list[Question], skip: int) -> list[list[Button]]:
    def way(what: str, route: str, *args: int | str) -> Button:
        return Button(t(f"questionnaire.button.{what}"), route, shown.id, *args)

    look = [way("look", "qs.look", 1)] if composed else []
    if shown.state is not State.DRAFT:
        look.append(way("results", "qr", 0))
    if not questionnaires.mine(req.tx, req.actor, shown.id):
        return [look]
    if shown.state is State.DRAFT:
        rows = [Button(row(each, req.actor.language), "qq", each.id) for each in composed[skip : skip + PAGE]]
        naming = way("name_them", "qs.anon", 0) if shown.anonymous else way("anonymous", "qs.anon", 1)
        return [
            *paged(rows, "qs.one", shown.id, skip=skip, more=len(composed) > skip + PAGE),
            [way("add", "qq.add"), *look],
            [way("title", "qs.title"), naming],
            [*([way("publish", "qs.open")] if composed else []), way("remove", "qs.gone")],
        ]
    hand = []
    if shown.state is State.OPEN:
        send = Button(t("questionnaire.button.send"), "qm.ask", narrowing.ALL, shown.id)
        hand = [way("link", "qs.link"), send]
    turn = way("close", "qs.close") if shown.state is State.OPEN else way("again", "qs.again")
    return [hand, look, [turn, way("copy", "qs.copy"), way("remove", "qs.gone")]]


# What becomes of it --------------------------------------------------------------------------------------------------


@routes.button("qs.anon", Action.SURVEY, writes=True)
def anonymous(req: Request) -> Reply:
    """With names or without."""
    if req.number(1) > 1:
        raise NotAllowed
    after = questionnaires.set_anonymous(req.tx, req.actor, req.number(), bool(req.number(1)))
    return card(req, after, t("questionnaire.now", what=t(_names_key(after))), undo=True)


@routes.button("qs.open", Action.SURVEY, writes=True)
def publish(req: Request) -> Reply:
    """From here on it can be answered, and its questions stay as they are."""
    after = questionnaires.publish(req.tx, req.actor, req.number())
    return card(req, after, t("questionnaire.published"), undo=True)


@routes.button("qs.link", Action.SURVEY, writes=True)
def hand_out(req: Request) -> Reply:
    """The link as text and as a picture to be scanned."""
    shown = questionnaires.get(req.tx, req.actor, req.number())
    return _link(req, shown, questionnaires.token(req.tx, req.actor, shown.id))


@routes.button("qs.rotate", Action.SURVEY, writes=True)
def rotate(req: Request) -> Reply:
    """Ends the link and makes another."""
    shown = questionnaires.get(req.tx, req.actor, req.number())
    return _link(req, shown, questionnaires.rotate(req.tx, req.actor, shown.id), t("questionnaire.rotated"))


def _link(req: Request, shown: Questionnaire, token: str, *changed: Text) -> Reply:
    url = start_link(req.bot_name, PREFIX + token)
    lines = [t("questionnaire.link", title=shown.title.both), t("link.url", url=url), t("questionnaire.how")]
    ways = [link(t("link.button.preview"), url), Button(t("link.button.new"), "qs.rotate", shown.id)]
    back = [Button(t("questionnaire.button.card"), "qs.one", shown.id)]
    return Reply.say(*changed, *lines, buttons=[ways, back], photo=qr(url))


@routes.button("qs.close", Action.SURVEY, writes=True)
def close(req: Request) -> Reply:
    """Nobody answers it any more."""
    return card(req, questionnaires.close(req.tx, req.actor, req.number()), t("questionnaire.closed"), undo=True)


@routes.button("qs.again", Action.SURVEY, writes=True)
def again(req: Request) -> Reply:
    """It can be answered again."""
    return card(req, questionnaires.reopen(req.tx, req.actor, req.number()), t("questionnaire.reopened"), undo=True)


@routes.button("qs.copy", Action.SURVEY, writes=True)
def copy(req: Request) -> Reply:
    """A draft with the same questions."""
    return card(req, questionnaires.copy(req.tx, req.actor, req.number()), t("questionnaire.copied"), undo=True)


@routes.button("qs.gone", Action.SURVEY, writes=True)
def remove(req: Request) -> Reply:
    """Puts it away, with its answers."""
    gone = questionnaires.remove(req.tx, req.actor, req.number())
    said = t("questionnaire.removed", title=gone.title.said(req.actor.language))
    return Reply.say(said, buttons=[[req.undo()], [Button(t("button.return"), "qs", 0)]], replace=req.pressed)


@routes.button("qs.look", Action.SURVEY)
def look(req: Request) -> Reply:
    """A question as the customer sees it, marked as a preview; whatever is pressed leads on and is kept nowhere."""
    shown = questionnaires.read(req.tx, req.actor, req.number())
    composed = questionnaires.questions(req.tx, shown.id)
    place, ticked = req.number(1), req.number(2) if len(req.args) > 2 else 0
    out = [Button(t("questionnaire.button.end_look"), "qs.one", shown.id)]
    if not 1 <= place <= len(composed):
        return Reply.say(t("questionnaire.looked"), t("asking.thanks"), buttons=[out], replace=True)
    question = composed[place - 1]
    if question.kind is QuestionKind.CHOICES:
        places(ticked)

    def press(label: Text, what: str, value: int = 0) -> Button:
        if what == "m":
            return Button(label, "qs.look", shown.id, place, value)
        if what == "l":
            return Button(label, "qs.one", shown.id)
        return Button(label, "qs.look", shown.id, place - 1 if what == "b" else place + 1)

    lines, rows = asked(shown, len(composed), question, req.actor.language, press, ticked=ticked)
    return Reply.say(t("questionnaire.looked"), *lines, buttons=[*rows, out], replace=True)


# Its title -----------------------------------------------------------------------------------------------------------


@routes.button("qs.new", Action.SURVEY, writes=True)
def new(req: Request) -> Reply:
    """Begins one: its title first."""
    return forms.begin(req, TITLE, extra={"language": req.actor.language})


@routes.button("qs.title", Action.SURVEY, writes=True)
def retitle(req: Request) -> Reply:
    """Another title, in one language or both."""
    shown = questionnaires.get(req.tx, req.actor, req.number())
    if shown.state is not State.DRAFT:
        raise KehuError("frozen")
    extra = {"language": req.actor.language, "questionnaire": shown.id}
    return forms.begin(req, TITLE, values=typed(shown.title, "survey_title", req.actor.language), extra=extra)


def line(field: str, most: int) -> Field:
    """A field of one line, at most so long. What is too long is said, and never cut unasked."""

    def parse(_: Request, typed: str) -> str:
        words = " ".join(typed.split())
        if not shows(words):
            raise Invalid("text", typed)
        if len(words) > most:
            raise Invalid("too_long", str(most))
        return words

    return Field(field, parse)


def typed(words: Words, field: str, language: str) -> dict[str, str]:
    """Words as a form has them: what its composer speaks first."""
    mine, other = (words.en, words.zh) if language == "en" else (words.zh, words.en)
    return {name: said for name, said in ((field, mine), (f"{field}_other", other)) if said}


def words_of(draft: Draft, field: str) -> Words:
    """The same the other way round."""
    mine, other = str(draft.values.get(field, "")), str(draft.values.get(f"{field}_other", ""))
    return Words(zh=other, en=mine) if draft.extra["language"] == "en" else Words(zh=mine, en=other)


def _titled(req: Request, draft: Draft) -> Reply:
    title = words_of(draft, "survey_title")
    if "questionnaire" in draft.extra:
        after = questionnaires.rename(req.tx, req.actor, int(str(draft.extra["questionnaire"])), title)
        return card(req, after, t("questionnaire.renamed"), undo=True).closing()
    made = questionnaires.add(req.tx, req.actor, title)
    return card(req, made, t("questionnaire.made"), undo=True).closing()


TITLE = forms.register(
    Form(
        "questionnaire",
        Action.SURVEY,
        (line("survey_title", TITLE_MAX), line("survey_title_other", TITLE_MAX)),
        _titled,
    )
)
