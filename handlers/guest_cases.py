"""A customer's own cases: reading one, adding to it, saying whether it is solved.

Words and photos reach whoever handles the case; no member is named here. How first words become a case is in
handlers/guest_words.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace as but
from typing import Any

from handlers.case_news import customer_news, staff_news
from handlers.kit import albums, forms
from handlers.kit.case_cards import SAID_SHOWN, along, guest_buttons, guest_lines, held_card, live_ref
from handlers.kit.files import refused, shared, worded, words_or_file
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, message, t
from handlers.kit.request import Draft, Request, SharedFile
from handlers.kit.routes import Routes
from store import attachments, case_news, case_outlines, complaints
from store.access import Action
from store.case_life import UNRESOLVED
from store.case_outlines import Outline
from store.errors import KehuError
from store.rules.models import CaseStatus, CaseVoice, Complaint
from store.rules.scores import Scale

routes = Routes()


def back() -> list[Button]:
    """The way back to the customer's menu."""
    return [Button(t("guest.button.menu"), "g.menu")]


def stars(route: str = "g.score", *args: int) -> list[Button]:
    """One tap, one score."""
    scale = Scale.STARS
    return [Button(t("guest.star", score=str(score)), route, *args, score) for score in range(scale.lowest, scale + 1)]


def case_card(req: Request, case: Complaint, *more: Sequence[Button], **options: Any) -> Message:
    """A case as its customer sees it, with what they can do; `options` are those of `Message`."""
    files = attachments.of_case(req.tx, req.actor, case.id)
    buttons = [*guest_buttons(case, files), *more]
    return message(*guest_lines(case, req.now), buttons=buttons, customer_id=case.customer_id, **options)


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
    return add(req, int(str(draft.extra["case"])), str(draft.values.get("text", "")), shared(req), req.incoming.album)


MORE = forms.register(
    Form("guest_more", Action.OWN_CASES, (Field("text", words_or_file, required=True),), _more, confirm=False)
)


def add(req: Request, case_id: int, text: str, files: Sequence[SharedFile], album: str) -> Reply:
    """Adds words, files or both to a case; its listeners are told."""
    case = complaints.hear(req.tx, req.actor, case_id, text, [file.new() for file in files])
    said = Reply.say(t("guest.added", number=str(case.id)), replace=req.pressed)
    news = staff_news(req.tx, case.id, case_news.listeners(req.tx, case.id), t("case.news.words"))
    return _heard(req, case, said.also(*refused(req), *news), files, album)


def _heard(req: Request, case: Complaint, said: Reply, files: Sequence[SharedFile], album: str) -> Reply:
    """Confirms an addition: the customer's card brought up to date. Later parts of the album go to the same words."""
    (heard,) = complaints.messages(req.tx, req.actor, case.id, limit=1)
    card = (
        [
            case_card(
                req, case, to_customer=case.customer_id, ref=live_ref(case.id), edit=True, of=("complaint", case.id)
            )
        ]
        if files
        else []
    )
    reply = said.also(*(customer_news(req.tx) or card))
    return albums.following(reply, album if files else "", "case_message", heard.id)


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


def unsolved(req: Request) -> Reply:
    """The customer is not satisfied: the case is open again, its assignee and managers know, a word may follow."""
    case = complaints.reopen(req.tx, req.actor, req.number())
    news = staff_news(req.tx, case.id, case_news.escalation(req.tx, case.id), t("case.news.unsolved"))
    # Skip, but no Cancel: that the case is open again is said already.
    draft = Draft(form=WRONG.name, nonce=secrets.token_hex(3), extra={"case": case.id}, step="text")
    skip = [Button(t("button.skip"), "f", draft.nonce, "s")]
    said = Reply.say(t("form.guest_unsolved.text"), buttons=[skip]).opening(draft)
    return said.also(*news, *customer_news(req.tx))


def unsolved_because(req: Request, case_id: int, text: str, files: Sequence[SharedFile], album: str) -> Reply:
    """The same in the customer's own words: the case is open again with them, which is said. One that somebody has
    opened again meanwhile only gets them.
    """
    if complaints.get(req.tx, req.actor, case_id).status in UNRESOLVED:
        return add(req, case_id, text, files, album)
    complaints.reopen(req.tx, req.actor, case_id)
    case = complaints.hear(req.tx, req.actor, case_id, text, [file.new() for file in files])
    members = [*case_news.escalation(req.tx, case.id), *case_news.listeners(req.tx, case.id)]
    news = staff_news(req.tx, case.id, members, t("case.news.unsolved"))
    said = Reply.say(t("guest.reopened_with"), buttons=[back()], replace=req.pressed)
    return _heard(req, case, said.also(*refused(req), *news), files, album)


def _wrong(req: Request, draft: Draft) -> Reply:
    text, files = str(draft.values.get("text", "")), shared(req)
    if text or files:
        return add(req, int(str(draft.extra["case"])), text, files, req.incoming.album)
    return Reply.say(t("guest.reopened"), buttons=[back()], replace=req.pressed).closing()


WRONG = forms.register(
    Form("guest_unsolved", Action.OWN_CASES, (Field("text", words_or_file),), _wrong, confirm=False)
)  # fmt: skip


# My cases ------------------------------------------------------------------------------------------------------------


@routes.button("g.cases", Action.OWN_CASES)
def my_cases(req: Request) -> Reply:
    """The customer's cases, the newest first; without a page, below what asks for them, which stays as it is."""
    skip, replace = max(req.number(), 0) if req.args else 0, bool(req.args)
    page: Sequence[Complaint | Outline]
    if req.actor.visitor:
        page = case_outlines.page(req.tx, req.actor, skip=skip, limit=PAGE + 1)
    else:
        page = complaints.of_customer(req.tx, req.actor, req.actor.customer_id, skip=skip, limit=PAGE + 1)
    if not page:
        words = [Button(t("guest.button.words"), "g.words")]
        return Reply.say(t("guest.no_cases"), buttons=[words, back()], replace=replace)
    rows = [
        Button(t("guest.row", number=str(case.id), status=t(f"guest.status.{case.status}")), "g.case", case.id)
        for case in page[:PAGE]
    ]
    buttons = paged(rows, "g.cases", skip=skip, more=len(page) > PAGE)
    return Reply.say(t("guest.cases"), buttons=[*buttons, back()], replace=replace)


@routes.button("g.case", Action.OWN_CASES)
def my_case(req: Request) -> Reply:
    """One of the customer's cases; for a visitor who did not write it, only that it exists."""
    case, to_list = _readable(req), (Button(t("button.return"), "g.cases", 0),)
    if case is None:
        held = held_card(case_outlines.get(req.tx, req.actor, req.number()))
        return Reply((but(held, buttons=(*held.buttons, to_list), replace=True),))
    return Reply((case_card(req, case, to_list, replace=True),))


def _readable(req: Request) -> Complaint | None:
    """The case that is meant; None for a visitor who may not read its words."""
    try:
        return complaints.get(req.tx, req.actor, req.number())
    except KehuError as error:
        if error.key != "prove_first":
            raise
        return None


@routes.button("g.said", Action.OWN_CASES)
def last_said(req: Request) -> Reply:
    """The last words of the staff that were held back, and the case's card; until the customer is proven, how to get
    there.
    """
    case = _readable(req)
    if case is None:
        return Reply.say(t("error.prove_first"), buttons=[[Button(t("proof.button"), "g.prove")], back()])
    files = attachments.of_case(req.tx, req.actor, case.id)
    said = [one for one in complaints.messages(req.tx, req.actor, case.id) if one.kind is CaseVoice.STAFF]
    told = [
        t("guest.told", number=str(case.id), text=worded(one.text, along(one, files))) for one in said[-SAID_SHOWN:]
    ]  # fmt: skip
    above = [message(*told, customer_id=case.customer_id, of=("complaint", case.id))] if told else []
    return Reply((*above, case_card(req, case)))
