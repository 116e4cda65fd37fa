"""Sorting a case: severity, category, product, root cause, and the case that it repeats.

The guesses made when it was logged stand under the card as buttons (handlers/kit/case_choices.py), the guess marked. A
tap on another choice corrects it, a tap on the marked one clears it.
"""

from __future__ import annotations

from handlers.cases import card, customer_of, told, undo_row, words
from handlers.kit import case_cards, forms
from handlers.kit.case_cards import label_text
from handlers.kit.case_choices import LETTERS, choice, new_cause, sorting_rows, way
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import access, case_groups, case_labels, complaints
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import Complaint, LabelKind, Severity

routes = Routes()


def _kind(req: Request, place: int) -> LabelKind:
    try:
        return LETTERS[req.word(place)]
    except KeyError:
        raise NotAllowed from None


@routes.button("case.sort", Action.SEE_CASE)
def sort(req: Request) -> Reply:
    """Everything that a case is sorted by."""
    case = complaints.get(req.tx, req.actor, req.number())
    rows = sorting_rows(req.tx, case)
    if access.allowed(req.actor, Action.HANDLE):
        more = [way(case, LabelKind.CAUSE)]
        if case.merged_into is None:
            more.append(Button(t("case.button.merge"), "case.twins", case.id, 0))
        rows.append(more)
    if case.cause is not None:
        rows.append([Button(t("case.button.same_cause"), "cases", "all", f"x{case.cause.id}", 0)])
    rows.append([Button(t("button.return"), "case", case.id)])
    shown = card(req, case, t("case.sorting"), replace=True)
    return Reply.say(
        *shown.lines, buttons=rows, replace=True, customer_id=shown.customer_id, masked=True
    )  # fmt: skip


@routes.button("case.pick", Action.SEE_CASE)
def pick(req: Request) -> Reply:
    """The labels of a kind, a page at a time."""
    case, kind, skip = complaints.get(req.tx, req.actor, req.number()), _kind(req, 1), req.number(2)
    labels = case_labels.listed(req.tx, kind)
    rows = [choice(case, label) for label in labels[skip : skip + PAGE]]
    buttons = paged(rows, "case.pick", case.id, req.word(1), skip=skip, more=len(labels) > skip + PAGE)
    if kind is LabelKind.CAUSE:
        near = case_groups.around(req.tx, req.actor, case.id) if access.allowed(req.actor, Action.HANDLE) else None
        like = [] if near is None else [Button(t("alike.like", n=len(near.members) - 1), "alike.of", case.id)]
        buttons.append([*like, new_cause(case)])
    buttons.append([Button(t("button.return"), "case.sort", case.id)])
    return Reply.say(t(f"case.which.{kind}", number=str(case.id)), buttons=buttons, replace=True)


# What is chosen ------------------------------------------------------------------------------------------------------


@routes.button("case.set", Action.SEE_CASE, writes=True)
def set_severity(req: Request) -> Reply:
    """Changes how badly a case presses, and with it what its customer was promised."""
    try:
        severity = Severity(req.word(1))
    except ValueError:
        raise NotAllowed from None
    case = complaints.set_severity(req.tx, req.actor, req.number(), severity)
    done = t("case.done.severity", label=t(f"severity.{severity}"))
    return told(req, Reply((card(req, case, done, undo=undo_row(req), replace=True),)))


@routes.button("case.label", Action.SEE_CASE, writes=True)
def choose(req: Request) -> Reply:
    """Gives a case a label, or takes away the one that it has."""
    before, kind = complaints.get(req.tx, req.actor, req.number()), _kind(req, 1)
    held = before.label(kind)
    label_id = None if held is not None and held.id == req.number(2) else req.number(2)
    return _sorted(req, complaints.sort(req.tx, req.actor, before.id, kind, label_id), kind)


def _sorted(req: Request, case: Complaint, kind: LabelKind) -> Reply:
    held = case.label(kind)
    done = t("case.done.unsorted") if held is None else t(f"case.done.{kind}", label=label_text(held))
    return Reply((card(req, case, done, undo=undo_row(req), replace=req.pressed),))


def _named(req: Request, draft: Draft) -> Reply:
    label = case_labels.add(req.tx, req.actor, LabelKind.CAUSE, str(draft.values["cause"]))
    case = complaints.sort(req.tx, req.actor, int(str(draft.extra["case"])), LabelKind.CAUSE, label.id)
    return _sorted(req, case, LabelKind.CAUSE)


CAUSE = forms.register(
    Form("case_cause", Action.HANDLE, (Field("cause", words, required=True),), _named, confirm=False)
)


@routes.button("case.cause", Action.HANDLE, writes=True, keeps_form=True)
def name_cause(req: Request) -> Reply:
    """Asks for a cause that is not on the list; the card stays where it is."""
    case = complaints.get(req.tx, req.actor, req.number())
    asked = forms.begin(req, CAUSE, extra={"case": case.id})
    return Reply.say(*asked.messages[0].lines, buttons=asked.messages[0].buttons).opening(asked.draft)


# The same complaint twice --------------------------------------------------------------------------------------------


@routes.button("case.twins", Action.HANDLE)
def twins(req: Request) -> Reply:
    """The other cases of the same customer: which of them does this one repeat?"""
    case, skip = complaints.get(req.tx, req.actor, req.number()), req.number(1)
    others = complaints.twins(req.tx, req.actor, case.id, skip=skip, limit=PAGE + 1)
    back = [Button(t("button.return"), "case.sort", case.id)]
    if not others and not skip:
        return Reply.say(t("case.no_twins"), buttons=[back], replace=True)
    customer = customer_of(req, case)
    rows = [Button(case_cards.twin_label(other), "case.merge", case.id, other.id) for other in others[:PAGE]]
    buttons = paged(rows, "case.twins", case.id, skip=skip, more=len(others) > PAGE)
    return Reply.say(
        t("case.twins", number=str(case.id)), buttons=[*buttons, back], replace=True,
        customer_id=case.customer_id if customer else None, masked=True,
    )  # fmt: skip


@routes.button("case.merge", Action.HANDLE, writes=True)
def merge(req: Request) -> Reply:
    """Closes a case as the repetition of another, whose card follows."""
    into = complaints.merge(req.tx, req.actor, req.number(), req.number(1))
    done = t("case.done.merge", number=str(req.number()))
    return told(req, Reply((card(req, into, done, undo=undo_row(req), replace=True),)))
