"""What a customer does with a case of theirs: opens it, reads it, adds to it, says whether it is solved.

The customer's words reach whoever has the case; nothing here names anybody of the staff.

    words  →  "what shall become of them?"  →  #12 · received, one card that follows the case
"""

from __future__ import annotations

import secrets

from handlers.case_guess import guess_of
from handlers.case_news import customer_news, staff_news
from handlers.feedback import feedback_news
from handlers.kit import forms
from handlers.kit.case_cards import guest_buttons, guest_lines, live_ref
from handlers.kit.forms import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import case_news, complaints, feedback
from store.access import Action
from store.complaints import UNRESOLVED
from store.errors import Invalid, KehuError
from store.rules.models import CaseStatus, Complaint
from store.rules.scores import Scale

routes = Routes()

#: The draft that keeps a customer's words while they say what shall become of them.
SORT = "guest_sort"
#: How many open cases are offered to add words to.
CASES_OFFERED = 3
#: How many of the newest cases are looked through for open ones.
LOOKED_AT = 50


def back() -> list[Button]:
    """The way back to the customer's menu."""
    return [Button(t("guest.button.menu"), "g.menu")]


def stars(route: str = "g.score", *args: int) -> list[Button]:
    """One tap, one score."""
    scale = Scale.STARS
    return [Button(t("guest.star", score=str(score)), route, *args, score) for score in range(scale.lowest, scale + 1)]


def words_only(req: Request, typed: str) -> str:
    """What a customer wrote, under a picture too. Raises Invalid `text_only` for a file without a word."""
    if not typed.strip():
        raise Invalid("text" if req.incoming.kind == "text" else "text_only")
    return typed.strip()


# From words to a case ------------------------------------------------------------------------------------------------


def sort_words(req: Request, text: str) -> Reply:
    """What a customer's plain words are: the answer that a case waits for, or what the customer says they are."""
    newest = complaints.of_customer(req.tx, req.actor, req.actor.customer_id, limit=LOOKED_AT)
    mine = [case for case in newest if case.status in UNRESOLVED]
    waiting = [case for case in mine if case.status is CaseStatus.WAITING]
    if len(waiting) == 1:
        return _add(req, waiting[0].id, text)
    draft = Draft(form=SORT, nonce=secrets.token_hex(3), values={"text": text})
    buttons = [
        [Button(t("guest.button.add_to", number=str(case.id)), "g.put", draft.nonce, case.id)]
        for case in mine[:CASES_OFFERED]
    ]
    buttons += [
        [Button(t("guest.button.complain"), "g.put", draft.nonce, "new")],
        [Button(t("guest.button.praise"), "g.put", draft.nonce, "praise")],
        [Button(t("button.cancel"), "g.put", draft.nonce, "x")],
    ]
    return Reply.say(t("guest.sort"), buttons=buttons).opening(draft)


@routes.button("g.put", Action.OWN_CASES, writes=True, keeps_form=True)
def put(req: Request) -> Reply:
    """What shall become of the words that were kept: a new case, praise, more for a case, or nothing."""
    draft, where = req.draft, req.word(1)
    if draft is None or draft.form != SORT or draft.nonce != req.word():
        raise KehuError("no_longer")
    text = str(draft.values["text"])
    if where == "x":
        return Reply.say(t("guest.cancelled"), buttons=[back()], replace=True).closing()
    if where == "new":
        guessed = guess_of(req.tx, text)
        customer = req.actor.customer_id
        case = complaints.add(req.tx, req.actor, customer, text, guessed.severity, guessed.labels)
        return opened(req, case)
    if where == "praise":
        given = feedback.praise(req.tx, req.actor, text)
        said = Reply.say(t("guest.praised"), buttons=[back()], replace=True).closing()
        return said.also(*feedback_news(req.tx, given.id))
    return _add(req, req.number(1), text)


def opened(req: Request, case: Complaint) -> Reply:
    """The customer's new case: its live card in place of the question, and news for the staff."""
    card = message(
        *guest_lines(case, req.now), buttons=guest_buttons(case), customer_id=case.customer_id, replace=True,
        ref=live_ref(case.id),
    )  # fmt: skip
    case_news.told(req.tx, case.id)
    news = staff_news(req.tx, case.id, case_news.audience(req.tx, case.id), t("case.news.new"))
    return Reply((card,)).also(*news).closing()


# Adding to a case ----------------------------------------------------------------------------------------------------


@routes.button("g.add", Action.OWN_CASES, writes=True, keeps_form=True)
def ask_more(req: Request) -> Reply:
    """Asks what to add to a case; the card stays where it is."""
    case = complaints.get(req.tx, req.actor, req.number())
    if case.status not in UNRESOLVED:
        raise KehuError("no_longer")
    asked = forms.begin(req, MORE, extra={"case": case.id})
    return Reply.say(*asked.messages[0].lines, buttons=asked.messages[0].buttons).opening(asked.draft)


def _more(req: Request, draft: Draft) -> Reply:
    return _add(req, int(str(draft.extra["case"])), str(draft.values["text"]))


MORE = forms.register(
    Form("guest_more", Action.OWN_CASES, (Field("text", words_only, required=True),), _more, confirm=False)
)


def _add(req: Request, case_id: int, text: str) -> Reply:
    case = complaints.hear(req.tx, req.actor, case_id, text)
    said = Reply.say(t("guest.added", number=str(case.id)), replace=req.pressed).closing()
    news = staff_news(req.tx, case.id, case_news.listeners(req.tx, case.id), t("case.news.words"))
    return said.also(*news, *customer_news(req.tx))


# Solved or not -------------------------------------------------------------------------------------------------------


@routes.button("g.solved", Action.OWN_CASES, writes=True)
def solved(req: Request) -> Reply:
    """The customer is satisfied: the case is closed, and a score may be given."""
    case = complaints.get(req.tx, req.actor, req.number())
    if case.status is not CaseStatus.CLOSED:
        case = complaints.close(req.tx, req.actor, case.id)
    said = Reply.say(t("guest.solved", number=str(case.id)), buttons=[stars("g.mark", case.id), back()])
    news = staff_news(req.tx, case.id, case_news.listeners(req.tx, case.id), t("case.news.solved"))
    return said.also(*news, *customer_news(req.tx))


@routes.button("g.unsolved", Action.OWN_CASES, writes=True, keeps_form=True)
def unsolved(req: Request) -> Reply:
    """The customer is not satisfied: the case is open again, its assignee and managers know, a word may follow."""
    case = complaints.reopen(req.tx, req.actor, req.number())
    news = staff_news(req.tx, case.id, case_news.escalation(req.tx, case.id), t("case.news.unsolved"))
    # Skip, but no Cancel: that the case is open again is said already.
    draft = Draft(form=WRONG.name, nonce=secrets.token_hex(3), extra={"case": case.id}, step="text")
    skip = [Button(t("button.skip"), "f", draft.nonce, "s")]
    said = Reply.say(t("form.guest_unsolved.text"), buttons=[skip]).opening(draft)
    return said.also(*news, *customer_news(req.tx))


def _wrong(req: Request, draft: Draft) -> Reply:
    text = str(draft.values.get("text", ""))
    if text:
        return _add(req, int(str(draft.extra["case"])), text)
    return Reply.say(t("guest.reopened"), buttons=[back()], replace=req.pressed).closing()


WRONG = forms.register(Form("guest_unsolved", Action.OWN_CASES, (Field("text", words_only),), _wrong, confirm=False))


# My cases ------------------------------------------------------------------------------------------------------------


@routes.button("g.cases", Action.OWN_CASES)
def my_cases(req: Request) -> Reply:
    """The customer's cases, the newest first."""
    skip = max(req.number(), 0)
    page = complaints.of_customer(req.tx, req.actor, req.actor.customer_id, skip=skip, limit=PAGE + 1)
    if not page:
        words = [Button(t("guest.button.words"), "g.words")]
        return Reply.say(t("guest.no_cases"), buttons=[words, back()], replace=True)
    rows = [
        Button(t("guest.row", number=str(case.id), status=t(f"guest.status.{case.status}")), "g.case", case.id)
        for case in page[:PAGE]
    ]
    buttons = paged(rows, "g.cases", skip=skip, more=len(page) > PAGE)
    return Reply.say(t("guest.cases"), buttons=[*buttons, back()], replace=True)


@routes.button("g.case", Action.OWN_CASES)
def my_case(req: Request) -> Reply:
    """One of the customer's cases."""
    case = complaints.get(req.tx, req.actor, req.number())
    buttons = [*guest_buttons(case), [Button(t("button.back"), "g.cases", 0)]]
    return Reply.say(*guest_lines(case, req.now), buttons=buttons, replace=True, customer_id=case.customer_id)
