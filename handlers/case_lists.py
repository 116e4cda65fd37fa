"""The categories and products by which complaints are sorted: an owner adds and removes them, from the settings.

routes: "labels:c:0" shows the categories, "labels.add:p" asks for a product, "labels.off:12" takes one off
"""

from __future__ import annotations

from handlers.cases import words
from handlers.kit import forms
from handlers.kit.case_cards import label_text
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import case_labels
from store.access import Action
from store.errors import NotAllowed
from store.rules.models import LabelKind

routes = Routes()

#: The lists that an owner keeps, as buttons carry them.
LISTS = {"c": LabelKind.CATEGORY, "p": LabelKind.PRODUCT}


def _list(req: Request) -> LabelKind:
    try:
        return LISTS[req.word()]
    except KeyError:
        raise NotAllowed from None


@routes.button("labels", Action.RULES)
def show(req: Request) -> Reply:
    """One of the lists; each name a tap to take it off."""
    return Reply((_shown(req, _list(req), req.number(1)),))


def _shown(req: Request, kind: LabelKind, skip: int, *above: Text) -> Message:
    letter = next(letter for letter, one in LISTS.items() if one is kind)
    labels = case_labels.listed(req.tx, kind)
    rows = [
        Button(t("labels.take_off", label=label_text(label)), "labels.off", label.id)
        for label in labels[skip : skip + PAGE]
    ]  # fmt: skip
    other = next(one for one in LISTS if one != letter)
    buttons = [
        *paged(rows, "labels", letter, skip=skip, more=len(labels) > skip + PAGE),
        [Button(t(f"labels.add.{kind}"), "labels.add", letter),
         Button(t(f"labels.to.{LISTS[other]}"), "labels", other, 0)],
        [*([] if req.tx.change is None else [req.undo()]), Button(t("button.return"), "settings")],
    ]  # fmt: skip
    said = t(f"labels.title.{kind}") if labels else t(f"labels.none.{kind}")
    return message(*above, said, buttons=buttons, replace=req.pressed)


@routes.button("labels.off", Action.RULES, writes=True)
def take_off(req: Request) -> Reply:
    """Takes a name off its list; the cases that have it keep it."""
    label = case_labels.remove(req.tx, req.actor, req.number())
    if label.kind not in LISTS.values():
        raise NotAllowed
    return Reply((_shown(req, label.kind, 0, t("labels.gone", label=label_text(label))),))


def _added(req: Request, draft: Draft) -> Reply:
    kind = LabelKind(str(draft.extra["kind"]))
    label = case_labels.add(req.tx, req.actor, kind, str(draft.values["label"]))
    return Reply((_shown(req, kind, 0, t("labels.done", label=label_text(label))),))


ADD = {
    kind: forms.register(
        Form(f"label_{kind}", Action.RULES, (Field("label", words, required=True),), _added, confirm=False)
    )
    for kind in LISTS.values()
}


@routes.button("labels.add", Action.RULES, writes=True, keeps_form=True)
def add(req: Request) -> Reply:
    """Asks for a name to be added."""
    kind = _list(req)
    return forms.begin(req, ADD[kind], extra={"kind": kind})
