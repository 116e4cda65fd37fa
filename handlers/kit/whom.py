"""The question whom a sentence is about, while its words wait: by button, or by the name as the very next line.

    return whom.ask(req, WHOSE, t("change.which", name="Mei"), mine, "change.of", {"text": "VIP"})
    Form("change_whose", …, takes=whom.may_answer, fits=whom.answers)

Only who was offered, or a narrowing of those, is an answer; where nobody was, whoever is named, or may be. Any other
line does what it says, the question is put aside, and its buttons still lead back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.kit import forms, menu
from handlers.kit.cards import row_label
from handlers.kit.lists import PAGE
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Draft, Request
from handlers.kit.subject import subject
from handlers.understand import changes, listing, naming, places, postponed, verbs
from handlers.understand.contactlike import holds_contact
from handlers.understand.customerlike import may_be_customer
from store.rules.models import Customer


def ask(
    req: Request, form: str, question: Text, offered: Sequence[Customer], pick: str, extra: Mapping[str, Any], *,
    again: Draft | None = None, open_to_all: bool = False,
) -> Reply:  # fmt: skip
    """Asks, with a button `pick:<nonce>:<id>` for each who is offered. `again`: what was asked before and is narrowed;
    `open_to_all`: those offered are the likely ones only.
    """
    draft = again or forms.draft_of(form)
    shown = list(offered)[:PAGE]
    among = None if open_to_all or not shown else [one.id for one in shown]
    draft = draft.model_copy(update={
        "step": "who", "typed": True, "values": {}, "extra": {**extra, "offered": among},
    })  # fmt: skip
    picks = [[Button(row_label(one), pick, draft.nonce, one.id)] for one in shown]
    return Reply.say(
        question, buttons=[*picks, [forms.button(t("button.cancel"), draft, "x")]], replace=req.pressed,
        customer_id=shown[0].id if shown else None, others=tuple(one.id for one in shown[1:]),
        masked=bool(shown) and all(one.masked for one in shown),
    ).opening(draft)  # fmt: skip


def may_answer(line: str) -> bool:
    """Whether a line may be no more than a name: it orders nothing, changes nothing, lists nothing, tells no number."""
    return not (
        menu.spoken_of(line) or verbs.recognise(line) or changes.recognise(line) or places.recognise(line)
        or listing.recognise(line) or holds_contact(line) or postponed.may_move(line)
    )  # fmt: skip


def answers(req: Request, draft: Draft) -> bool:
    """Whether what was typed names somebody who was asked for, or, where nobody was found yet, may be another name."""
    if named(req, draft)[0]:
        return True
    typed = req.incoming.text
    return draft.extra.get("offered") is None and may_be_customer(typed) and not subject(req, typed).customers


def named(req: Request, draft: Draft) -> tuple[list[Customer], bool]:
    """Who is named of those who were asked for, and whether it is the first beyond doubt."""
    about = subject(req, req.incoming.text)
    found, offered = list(about.customers), draft.extra.get("offered")
    if about.words or not found:
        return [], False
    if not isinstance(offered, list):
        return found, about.certain
    among = [one for one in found if one.id in offered]
    if about.certain:
        return (among, True) if found[0].id in offered else ([], False)
    return among, len(among) == 1 and naming.calls(about.typed, among[0].name)
