"""A customer answers a questionnaire: one message that moves from question to question, by taps, words and photos.

    /start q_<token>   →  what it is, and for strangers the notice  →  1/5 …  →  thank you

After a tap the next question replaces the message; after words or a photo it comes as a new message below them. Each
answer is saved at once, so the message of an unfinished questionnaire continues where its person stopped.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from handlers.guest_cases import back
from handlers.guests import ANSWERING, as_seen
from handlers.kit import forms
from handlers.kit.form_model import Field, Form
from handlers.kit.links import turned_away
from handlers.kit.questions import asked, places, value_of
from handlers.kit.reply import Button, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import LANGUAGES, catalogue
from handlers.questionnaires import PREFIX
from store import answers, floods, questionnaires
from store import asked as waiting
from store.access import Action
from store.answers import Held
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.models import Role
from store.rules.questions import Answer, Question, QuestionKind, Questionnaire
from store.times import to_ms

routes = Routes()

#: How long a question waits for words or a photo: what is sent later is about something else.
LASTS = timedelta(minutes=60)


# The door ------------------------------------------------------------------------------------------------------------


@routes.start(PREFIX, Action.GREET, writes=True)
def arrive(req: Request) -> Reply:
    """Somebody opened a questionnaire's link: what it is; for strangers what is kept of them, before anything is."""
    try:
        shown = answers.behind(req.tx, req.text)
    except KehuError as error:
        return turned_away(req, error)
    intro = invitation(req, shown)
    if req.actor.member:
        return as_seen(intro, [[t("asking.begin")]], "over")
    if req.actor.role is Role.STRANGER:
        waiting.note(req.tx, req.incoming.person, questionnaires.RECORD, shown.id)
    begin = Button(t("asking.begin"), "q.in", req.text)
    return Reply.say(*intro, buttons=[[begin, Button(t("asking.later"), "q.no")]])


def invitation(req: Request, shown: Questionnaire) -> list[Text]:
    """The first page of a questionnaire: what it is, how long it takes, and what is kept of those who answer."""
    number = len(questionnaires.questions(req.tx, shown.id))
    return [
        t("asking.title", title=shown.title.said(req.actor.language)), t("asking.long", n=number),
        t("asking.unnamed" if _unnamed(req, shown) else "asking.named"),
    ]  # fmt: skip


def _unnamed(req: Request, shown: Questionnaire) -> bool:
    """Whether nothing is kept of who answers."""
    return shown.anonymous or req.actor.role is not Role.CUSTOMER


@routes.button("q.no", Action.GREET, writes=True)
def later(req: Request) -> Reply:
    """Not now; nothing is kept."""
    waiting.over(req.tx, req.incoming.person)
    return Reply.say(t("asking.left"), replace=True)


@routes.button("q.in", Action.GREET, writes=True)
def enter(req: Request) -> Reply:
    """Begins, or goes on: by a link, which is looked up once more."""
    return _begin(req, answers.behind(req.tx, req.word()))


@routes.button("q.go", Action.RATE, writes=True)
def go(req: Request) -> Reply:
    """Begins what a customer was sent."""
    return _begin(req, answers.sent(req.tx, req.actor, req.number()))


def _begin(req: Request, shown: Questionnaire) -> Reply:
    # Of who answers without a name nothing says that they have begun: an impatient finger would begin twice.
    if _unnamed(req, shown) and not floods.may(req.tx, req.incoming.person, f"begin {req.incoming.message_id}", 1):
        return Reply()
    held = answers.begin(req.tx, req.actor, shown, req.incoming.person)
    return _ask(req, held, held.next or held.questions[-1])


# A question ----------------------------------------------------------------------------------------------------------


def _ask(req: Request, held: Held, question: Question, *above: Text, ticked: int = 0) -> Reply:
    """Shows a question: in the place of the one that was pressed, or below what was typed."""

    def press(label: Text, what: str, value: int = 0) -> Button:
        return Button(label, "q", held.handle, question.id, what, value)

    lines, rows = asked(held.shown, len(held.questions), question, req.actor.language, press, ticked=ticked)
    unnamed = _unnamed(req, held.shown)
    said = message(*above, *lines, buttons=rows, replace=req.pressed, unnamed=unnamed)
    # What a customer types at a question of taps may be about anything; a stranger's can only be meant for it.
    if question.kind not in (QuestionKind.TEXT, QuestionKind.PHOTO) and req.actor.role is Role.CUSTOMER:
        return Reply((said,)).closing()
    extra = {"handle": held.handle, "question": question.id, "at": to_ms(req.now)}
    draft = forms.draft_of(ANSWERING, extra=extra)
    return Reply((said,)).opening(draft.model_copy(update={"step": "answer", "until": req.now + LASTS}))


@routes.button("q", Action.GREET, writes=True, keeps_form=True)
def press(req: Request) -> Reply:
    """Every button under a question: an answer, a tick, skip, back, not now."""
    held = answers.held(req.tx, req.actor, req.word())
    question, what, value = held.question(req.number(1)), req.word(2), req.number(3)
    if what == "m" and question.kind is QuestionKind.CHOICES:
        places(value)
        return _ask(req, held, question, ticked=value)
    if what == "l":
        return _left(req, req.draft).closing()
    if what == "b":
        return _ask(req, held, held.questions[max(question.place - 2, 0)])
    if what == "s" and held.given.get(question.id) is not None and not _is_open(req, question):
        raise KehuError("no_longer")  # an old message: what was written since is not lost by a tap on it
    if what in ("v", "s"):
        said: Answer = None if what == "s" else value_of(question, value)
        return _next(req, answers.give(req.tx, req.actor, held.handle, question.id, said), question)
    raise NotAllowed


def _is_open(req: Request, question: Question) -> bool:
    """Whether this is the question that waits for words or a photo; one of taps has no other message than its own."""
    waits = req.draft is not None and req.draft.form == ANSWERING and req.draft.extra["question"] == question.id
    return waits or question.kind not in (QuestionKind.TEXT, QuestionKind.PHOTO)


def _next(req: Request, held: Held, question: Question) -> Reply:
    """The question behind one that was answered; behind the last, the first that was left open, or the end."""
    following = held.questions[question.place :]
    after = following[0] if following else held.next
    if after is not None:
        return _ask(req, held, after)
    answers.finish(req.tx, req.actor, held.handle)
    more = [back()] if req.actor.role is Role.CUSTOMER else []
    return Reply.say(t("asking.thanks"), buttons=more, replace=req.pressed, unnamed=_unnamed(req, held.shown)).closing()


# Words and photos ----------------------------------------------------------------------------------------------------


def _typed(req: Request, draft: Draft) -> Reply:
    """Words or a photo as the answer to the open question; what doesn't fit is said, and the question stays."""
    try:
        held = answers.held(req.tx, req.actor, str(draft.extra["handle"]))
    except KehuError as over:
        if req.actor.role is Role.CUSTOMER:
            raise  # their words may become something else (handlers/guests.py)
        return Reply.say(t(f"error.{over.key}")).closing()
    question = held.question(int(str(draft.extra["question"])))
    try:
        if req.incoming.text.strip().casefold() in _back_words():
            return _ask(req, held, held.questions[max(question.place - 2, 0)])
        after = _given(req, held, question) if "answer" in draft.values else _skipped(req, held, question)
    except (Invalid, NotAllowed) as wrong:
        key = wrong.key if isinstance(wrong, Invalid) else f"invalid_answer_{question.kind}"
        return _ask(req, held, question, t(f"error.{key}"))
    return _next(req, after, question)


def _skipped(req: Request, held: Held, question: Question) -> Held:
    return answers.give(req.tx, req.actor, held.handle, question.id, None)


def _given(req: Request, held: Held, question: Question) -> Held:
    """The answer in words or as a photo. Raises NotAllowed for words where there is something to tap, or a photo."""
    if req.incoming.file is not None:
        return answers.give_photo(req.tx, req.actor, held.handle, question.id, req.incoming.file.new())
    if question.kind is not QuestionKind.TEXT:
        raise NotAllowed
    return answers.give(req.tx, req.actor, held.handle, question.id, req.incoming.text)


@cache
def _back_words() -> set[str]:
    """What is written on the way back, typed: as it is on the button, in either language."""
    return {str(catalogue(language)["asking.back"]).casefold() for language in LANGUAGES}


def _left(req: Request, _: Draft | None) -> Reply:
    more = [back()] if req.actor.role is Role.CUSTOMER else []
    return Reply.say(t("asking.paused"), buttons=more, replace=req.pressed)


def _anything(req: Request, typed: str) -> str:
    """Whatever it is: what it must be is looked at with its question."""
    return typed.strip() or req.incoming.kind


forms.register(
    Form(ANSWERING, Action.GREET, (Field("answer", _anything),), _typed, confirm=False, left=_left, files=True)
)  # fmt: skip
