"""The customer's side: the link, consent, and three buttons: rate, praise or complain, my cases.

    /start c_<token>   →  two lines and a button   →  the menu

Nothing is kept of somebody who comes through a link until they agree; the token waits in the button under the notice.
What they type before is discarded, and answered with the notice again (handlers/untapped.py). A link that is invalid,
or already somebody else's, gets the same answer as one that never existed.

handlers/guest_words.py takes what they write, handlers/guest_cases.py their cases.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace as but
from datetime import timedelta

from handlers.case_news import staff_news
from handlers.customer_links import PREFIX
from handlers.feedback import feedback_news, guess_about
from handlers.guest_cases import back, my_cases, stars
from handlers.guest_words import newest_cases, opened, sort_words, waiting_of
from handlers.kit import albums, forms
from handlers.kit.files import files_of, refused, words_or_file
from handlers.kit.form_model import Field, Form
from handlers.kit.links import turned_away
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.own_data import shown as own_data
from handlers.understand import guest_asks
from handlers.understand.guest_asks import Asks
from store import asked, case_news, complaints, feedback, guests
from store.access import Action
from store.errors import Invalid, KehuError
from store.rules.models import CaseVoice, Feedback, Role
from store.times import to_ms

routes = Routes()

#: The draft that waits for a word on a score, and how long: what is written later is about something else.
WORD, WORD_LASTS = "guest_word", timedelta(minutes=60)
#: In the button of a notice: its reader has written something already, which was not kept.
_AGAIN = "again"
#: The draft of an open question of a questionnaire (handlers/answering.py).
ANSWERING = "answering"


# The door ------------------------------------------------------------------------------------------------------------


@routes.start(PREFIX, Action.GREET, writes=True)
def arrive(req: Request) -> Reply:
    """Opens a customer's link: the notice; for a known guest the menu, for staff a preview."""
    if req.actor.member:
        if guests.behind(req.tx, req.text) is None:
            raise KehuError("link_invalid")
        return as_seen([t("guest.notice.what"), t("guest.notice.rights")], [[t("guest.button.agree")]])
    try:
        guests.door(req.tx, req.text, req.incoming.person)
    except KehuError as error:
        return turned_away(req, error)
    if req.actor.role is Role.CUSTOMER:
        return Reply((menu(),))
    guests.ask(req.tx, req.text, req.incoming.person)
    return notice(req.text)


def notice(token: str, *, again: bool = False) -> Reply:
    """The privacy notice with the button that agrees. `again`: its reader has typed something, which was not kept."""
    agree = Button(t("guest.button.agree"), "g.ok", token, *([_AGAIN] if again else []))
    above = [t("guest.notice.again")] if again else []
    return Reply.say(
        *above,
        t("guest.notice.what"),
        t("guest.notice.rights"),
        buttons=[[agree, Button(t("guest.button.decline"), "g.no")]],
    )


@routes.button("g.ok", Action.GREET, writes=True)
def agree(req: Request) -> Reply:
    """Consent: from here on the customer is known."""
    if req.actor.member:
        raise KehuError("no_longer")
    guests.consent(
        req.tx, req.word(), telegram_id=req.incoming.person, chat_id=req.incoming.chat, language=req.actor.language
    )
    again = _AGAIN in req.args[1:]
    return Reply((menu(t("guest.welcome_again" if again else "guest.welcome"), replace=True),))


@routes.button("g.no", Action.GREET, writes=True)
def decline(req: Request) -> Reply:
    """No consent, nothing kept."""
    asked.over(req.tx, req.incoming.person)
    return Reply.say(t("guest.declined"), replace=True)


@routes.button("g.preview", Action.STAFF)
def preview(req: Request) -> Reply:
    """The menu as a customer sees it; behind its buttons the preview ends."""
    if req.args:
        return Reply.say(t("guest.preview_over"), replace=True)
    shown = menu()
    rows = [[button.label for button in row] for row in shown.buttons]
    return as_seen(shown.lines, rows, "over", replace=True)


def as_seen(lines: Sequence[Text], rows: Sequence[Sequence[Text]], *to: str, replace: bool = False) -> Reply:
    """A preview, for staff, of what the customer sees. A tap on its buttons shows the menu or, with `to` "over", ends
    it.
    """
    buttons = [[Button(label, "g.preview", *to) for label in row] for row in rows]
    return Reply.say(t("guest.preview"), *lines, buttons=buttons, replace=replace)


def menu(*notices: Text, replace: bool = False) -> Message:
    """The customer's menu."""
    return message(
        *notices, t("guest.menu"),
        buttons=[
            [Button(t("guest.button.rate"), "g.rate")],
            [Button(t("guest.button.words"), "g.words")],
            [Button(t("guest.button.cases"), "g.cases", 0), Button(t("guest.button.privacy"), "g.privacy")],
        ],
        replace=replace,
    )  # fmt: skip


@routes.button("g.menu", Action.RATE)
def show_menu(_: Request) -> Reply:
    """Back to the beginning."""
    return Reply((menu(replace=True),))


# A score -------------------------------------------------------------------------------------------------------------


@routes.button("g.rate", Action.RATE)
def rate(_: Request) -> Reply:
    """Asks for a score."""
    return Reply.say(t("guest.rate"), buttons=[stars(), back()], replace=True)


@routes.button("g.score", Action.RATE, writes=True)
def score(req: Request) -> Reply:
    """Keeps the score and asks for a word, which may be left out; a low one may become a case at once."""
    once(req, WORD)
    given = feedback.rate(req.tx, req.actor, req.number())
    return scored(req, given, Button(t("guest.button.make_case"), "g.fix", given.id))


@routes.button("g.mark", Action.RATE, writes=True)
def mark(req: Request) -> Reply:
    """Asks how a closed case was handled, or saves the score; a low one offers to reopen the case at once."""
    case = complaints.get(req.tx, req.actor, req.number())
    if len(req.args) == 1:
        return Reply.say(t("guest.mark", number=str(case.id)), buttons=[stars("g.mark", case.id), back()])
    once(req, WORD)
    given = feedback.rate_case(req.tx, req.actor, case.id, req.number(1))
    members = (case_news.escalation if given.low else case_news.listeners)(req.tx, case.id)
    news = staff_news(req.tx, case.id, members, t("case.news.rated", score=str(given.score)))
    return scored(req, given, Button(t("guest.button.unsolved"), "g.unsolved", case.id)).also(*news)


def once(req: Request, form: str) -> None:
    """Raises KehuError `no_longer` for a second tap on a message whose score already waits for words, so that an
    impatient finger scores once.
    """
    waits = req.draft
    if waits is not None and waits.form == form and waits.extra.get("on") == req.incoming.message_id:
        raise KehuError("no_longer")


def scored(req: Request, given: Feedback, mend: Button) -> Reply:
    """Thanks for a score and asks for words; a low one offers a remedy, and those concerned are told."""
    extra: dict[str, object] = {"feedback": given.id, "on": req.incoming.message_id}
    draft = Draft(form=WORD, nonce=secrets.token_hex(3), extra=extra, step="word", until=req.now + WORD_LASTS)
    buttons = [[mend] if given.low else [], [Button(t("button.skip"), "g.menu")]]
    asked = t("guest.rated_low" if given.low else "guest.rated", score=str(given.score))
    reply = Reply.say(asked, t("form.guest_word.word"), buttons=buttons, replace=True).opening(draft)
    return reply.also(*feedback_news(req.tx, given.id))


def _worded(req: Request, draft: Draft) -> Reply:
    files = files_of(req)
    words = str(draft.values.get("word", ""))
    if not words and not files:  # skipped in so many words
        return Reply((menu(),)).closing()
    given = feedback.add_words(req.tx, req.actor, int(str(draft.extra["feedback"])), words, files)
    offer = given.low and given.complaint_id is None
    fix = [Button(t("guest.button.make_case"), "g.fix", given.id)] if offer else []
    thanks = Reply.say(t("guest.thanks_word"), buttons=[fix, back()])
    said = thanks.also(*refused(req), *feedback_news(req.tx, given.id))
    return albums.following(said, req.incoming.album if files else "", "feedback", given.id)


forms.register(Form(WORD, Action.RATE, (Field("word", words_or_file),), _worded, confirm=False))


@routes.button("g.fix", Action.RATE, writes=True)
def fix(req: Request) -> Reply:
    """A low score becomes a case, in one tap."""
    given = feedback.get(req.tx, req.actor, req.number())
    case = feedback.make_case(req.tx, req.actor, given.id, *guess_about(req.tx, given))
    return opened(req, case)


# Words ---------------------------------------------------------------------------------------------------------------


@routes.button("g.words", Action.RATE, writes=True, keeps_form=True)
def ask_words(req: Request) -> Reply:
    """Praise or complaint: words first, what they are afterwards."""
    return forms.begin(req, WORDS)


def _said(req: Request, draft: Draft) -> Reply:
    text = str(draft.values.get("text", ""))
    answered = _of_the_bot(req, text)
    return sort_words(req, text) if answered is None else answered.closing()


def _of_the_bot(req: Request, text: str) -> Reply | None:
    """The answer to a short line that asks about the cases, the bot, or their own data; None for words meant for
    people. Somebody who was just asked something may be greeting a person.
    """
    if req.incoming.file is not None or req.incoming.origin is not None:
        return None
    asks = guest_asks.asked(text)
    if asks is Asks.CASES:
        return my_cases(req)
    if asks is Asks.DATA:
        return own_data(req)
    return Reply((menu(),)) if asks is Asks.MENU and not waiting_of(newest_cases(req)) else None


WORDS = forms.register(
    Form("guest_words", Action.RATE, (Field("text", words_or_file, required=True),), _said, confirm=False)
)


@routes.kind("guest", Action.GREET, writes=True)
def said(req: Request) -> Reply:
    """Whatever a customer sends that is no button: an answer to an open question, a question to the bot, or words to
    be sorted; so are those to a question that is over meanwhile.
    """
    if req.text.startswith("/") and req.incoming.file is None:
        return Reply((menu(),))
    later = albums.later_part(req)
    if later is not None:
        return later
    answer = forms.route_of(req.draft) if req.draft and not _asked_since(req, req.draft) else None
    above: tuple[Message, ...] = ()
    if answer is not None:
        try:
            return answer.run(req)
        except forms.Over as over:
            above = (message(t("guest.over" if over.key in ("no_longer", "not_allowed") else f"error.{over.key}")),)
    elif feedback.over_unnamed(req.tx, req.incoming.person):
        above = (message(t("guest.unnamed.over_named"), unnamed=True),)
    try:
        asked = _of_the_bot(req, req.text) or sort_words(req, words_or_file(req, req.text))
    except Invalid as error:
        asked = Reply.say(t(f"error.{error.key}"), buttons=[back()])
    return but(asked, messages=(*above, *asked.messages))


def _asked_since(req: Request, draft: Draft) -> bool:
    """Whether the staff has asked something after a question of a questionnaire that is still open: it is that which
    is answered now.
    """
    if draft.form != ANSWERING:
        return False
    said = [
        one
        for case in waiting_of(newest_cases(req))
        for one in complaints.messages(req.tx, req.actor, case.id, limit=1)
    ]
    return any(one.kind is CaseVoice.STAFF and to_ms(one.at) > int(str(draft.extra["at"])) for one in said)


# Privacy -------------------------------------------------------------------------------------------------------------


@routes.button("g.privacy", Action.RATE)
def privacy(_: Request) -> Reply:
    """The privacy page: what is kept about a customer, why, and how to end it."""
    ways = [Button(t("own.button.data"), "g.data"), Button(t("guest.button.leave"), "g.leave")]
    return Reply.say(t("privacy.customer"), buttons=[ways, back()], replace=True)


@routes.button("g.leave", Action.RATE)
def ask_leave(_: Request) -> Reply:
    """Withdrawing consent ends the link, so it is asked once more."""
    sure = [Button(t("guest.button.leave_now"), "g.leave.now"), Button(t("button.back"), "g.privacy")]
    return Reply.say(t("guest.leave"), buttons=[sure], replace=True)


@routes.button("g.leave.now", Action.RATE, writes=True)
def leave(req: Request) -> Reply:
    """The consent is withdrawn."""
    guests.leave(req.tx, req.actor)
    return Reply.say(t("guest.left"), replace=True).closing()
