"""Complaints that seem to have one cause: grouped by similar words, shown with those words, linked with one tap.

    routes: "alike:0" lists the groups, "alike.of:12" shows the one that case 12 is in,
    "alike.link:12:4x9k:7" gives all of it the cause 7, "alike.name:12:4x9k" a new cause, named by the shared words

A button names a group by one of its cases and a checksum over all of them. If a case has joined or left the group
since, the group is shown again, so that nobody links cases that they have not seen.
"""

from __future__ import annotations

import zlib

from handlers.cases import customer_of, words
from handlers.kit import case_cards, forms
from handlers.kit.case_cards import label_text
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, base36, paged
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import case_groups, case_labels, complaints
from store.access import Action
from store.errors import KehuError
from store.rules.alike import Alike
from store.rules.models import Label, LabelKind

routes = Routes()

#: Known causes that a group is offered: before a new one those in whose names its words stand, behind it the latest.
OFFERED = 3


@routes.button("alike", Action.HANDLE)
def show(req: Request) -> Reply:
    """The groups, the largest first."""
    return _groups(req, req.number())


def _groups(req: Request, skip: int, *above: Text) -> Reply:
    found = case_groups.alike(req.tx, req.actor)
    rows = [
        Button(t("alike.row", n=len(group.members), words=_said(group)), "alike.of", group.members[0])
        for group in found[skip : skip + PAGE]
    ]
    undo = [] if req.tx.change is None else [req.undo()]
    buttons = paged(rows, "alike", skip=skip, more=len(found) > skip + PAGE)
    said = t("alike.title", n=len(found)) if found else t("alike.none")
    back = [*undo, Button(t("case.report.list"), "cases", "all", 0)]
    return Reply.say(*above, said, buttons=[*buttons, back], replace=req.pressed)


def _said(group: Alike) -> Text:
    """The words that a group shares; of one that shares only single characters, nothing."""
    return plain(" · ".join(group.words)) if group.words else t("alike.no_words")


@routes.button("alike.of", Action.HANDLE)
def group(req: Request) -> Reply:
    """One group: by which words, which cases, and what they can be linked to."""
    case = complaints.get(req.tx, req.actor, req.number())
    found = case_groups.around(req.tx, req.actor, case.id)
    return _groups(req, 0, t("alike.gone")) if found is None else _group(req, found)


def _group(req: Request, found: Alike, *above: Text) -> Reply:
    seed, check = found.members[0], _check(found)
    cases = [complaints.get(req.tx, req.actor, one) for one in found.members[:PAGE]]
    rows = [[case_cards.row(case, customer_of(req, case), req.now)] for case in cases]
    near, others = (
        [[Button(t("alike.link", cause=label_text(cause)), "alike.link", seed, check, cause.id)] for cause in causes]
        for causes in _causes(req, found)
    )
    named = [[Button(t("alike.name", words=_said(found)), "alike.name", seed, check)]] if found.words else []
    last = [Button(t("case.button.new_cause"), "alike.ask", seed, check), Button(t("button.return"), "alike", 0)]
    lines = [*above, t("alike.group", n=len(found.members), words=_said(found))]
    if len(found.members) > PAGE:
        lines.append(t("alike.more", n=len(found.members) - PAGE))
    buttons = [*near, *named, *others, last, *rows]
    return Reply.say(*lines, buttons=buttons, replace=req.pressed)


def _causes(req: Request, found: Alike) -> tuple[list[Label], list[Label]]:
    """Known causes: those in whose names a word of the group stands, and the latest others."""
    known = case_labels.listed(req.tx, LabelKind.CAUSE)
    near = [cause for cause in known if any(word in cause.name.casefold() for word in found.words)][:OFFERED]
    return near, [cause for cause in known if cause not in near][: OFFERED - len(near)]


def _check(found: Alike) -> str:
    return base36(zlib.crc32(",".join(map(str, found.members)).encode()))


# Linking -------------------------------------------------------------------------------------------------------------


@routes.button("alike.link", Action.HANDLE, writes=True)
def link(req: Request) -> Reply:
    """All of a group have a cause that is known."""
    found = _seen(req, req.number(), req.word(1))
    if isinstance(found, Reply):
        return found
    return _linked(req, found, case_labels.get(req.tx, LabelKind.CAUSE, req.number(2)))


@routes.button("alike.name", Action.HANDLE, writes=True)
def name(req: Request) -> Reply:
    """The cause is called by the words that they share."""
    found = _seen(req, req.number(), req.word(1))
    if isinstance(found, Reply):
        return found
    return _linked(req, found, case_labels.add(req.tx, req.actor, LabelKind.CAUSE, " ".join(found.words)))


def _seen(req: Request, seed: int, check: str) -> Alike | Reply:
    """The group as it was shown; else what is to be shown instead."""
    found = case_groups.around(req.tx, req.actor, complaints.get(req.tx, req.actor, seed).id)
    if found is None:
        return _groups(req, 0, t("alike.gone"))
    return found if _check(found) == check else _group(req, found, t("alike.changed"))


def _linked(req: Request, found: Alike, cause: Label) -> Reply:
    n = case_groups.link(req.tx, req.actor, found.members, cause.id)
    return _groups(req, 0, t("alike.done", n=n, cause=label_text(cause)))


def _named(req: Request, draft: Draft) -> Reply:
    found = _seen(req, int(str(draft.extra["seed"])), str(draft.extra["check"]))
    if isinstance(found, Reply):
        return found
    return _linked(req, found, case_labels.add(req.tx, req.actor, LabelKind.CAUSE, str(draft.values["cause"])))


CAUSE = forms.register(
    Form("alike_cause", Action.HANDLE, (Field("cause", words, required=True),), _named, confirm=False)
)


@routes.button("alike.ask", Action.HANDLE, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Asks what the cause is called."""
    found = _seen(req, req.number(), req.word(1))
    if isinstance(found, Reply):
        raise KehuError("no_longer")
    return forms.begin(req, CAUSE, extra={"seed": req.number(), "check": req.word(1)})
