"""One engine for every conversation: a form is data, its draft a row, so it outlives a restart and a week's pause.

    ADD = Form("customer", Action.ADD, (Field("name", name, required=True), Field("phones", phones)), save)
    return forms.begin(req, ADD, values={"name": "张三"})

The engine asks for each field in turn, with skip, back and cancel; shows what was gathered, each field a tap away from
correction; and calls `done` when it is confirmed. Texts: `form.<form>.confirm`, `form.<form>.<field>` (the question)
and `field.<field>` (the label). A form without `confirm` is done with its last answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.kit.reply import BLANK, Button, Message, Param, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Route, Routes
from store.access import Action
from store.errors import Invalid, KehuError

Values = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """An answer that is offered as a button."""

    value: str
    label: Text


@dataclass(frozen=True)
class Field:
    """One thing to ask for.

    `parse` turns what was typed into a JSON value or raises Invalid; `show` turns that value into what a person reads;
    `choices` are offered as buttons (typed answers go through `parse` all the same).
    """

    key: str
    parse: Callable[[Request, str], Any]
    required: bool = False
    show: Callable[[Any], Param] = str
    choices: Callable[[Request], list[Choice]] | None = None


@dataclass(frozen=True)
class Form:
    """A conversation as data. `done` gets the request and the values by field; what it returns is said and closes
    it.
    """

    name: str
    action: Action
    fields: tuple[Field, ...]
    done: Callable[[Request, Draft], Reply]
    confirm: bool = True

    def field(self, key: str) -> Field:
        """The field with this key. Raises KehuError `no_longer` when the form has no such field (any more)."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KehuError("no_longer")


FORMS: dict[str, Form] = {}
routes = Routes()


def register(form: Form) -> Form:
    """Makes a form known, so that its draft finds it after a restart."""
    if form.name in FORMS:
        raise ValueError(f"two forms are called {form.name}")
    FORMS[form.name] = form
    return form


def begin(
    req: Request, form: Form, *, values: Values | None = None, extra: Mapping[str, Any] | None = None,
    only: str | None = None, notice: Text | None = None,
) -> Reply:  # fmt: skip
    """Opens a form: at its first question, or, when every required field has a value, at its confirmation.

    `only` asks a single question of it; `extra` is what the form must remember and nobody is asked.
    """
    filled = values or {}
    draft = Draft(form=form.name, nonce=secrets.token_hex(3), values=filled, extra=dict(extra or {}))
    if only is not None:
        return _ask(req, form, draft.model_copy(update={"step": only, "editing": True}), notice)
    if filled and all(field.key in filled for field in form.fields if field.required):
        return _confirm(req, form, draft, notice)
    first = next(field.key for field in form.fields if field.key not in filled)
    return _ask(req, form, draft.model_copy(update={"step": first}), notice)


def route_of(draft: Draft) -> Route | None:
    """The route that an answer to the open question takes; None when no question is open."""
    form = FORMS.get(draft.form)
    if form is None or draft.step is None:
        return None
    return Route(f"form.{form.name}", form.action, writes=True, run=_answer, keeps_form=True)


def _answer(req: Request) -> Reply:
    form, draft = _open(req)
    field = form.field(draft.step or "")
    try:
        value = field.parse(req, req.incoming.text)
    except Invalid as wrong:
        return _ask(req, form, draft, t(f"error.{wrong.key}", typed=req.incoming.text[:60]))
    return _take(req, form, draft, value)


@routes.button("f", Action.GREET, writes=True, keeps_form=True)
def press(req: Request) -> Reply:
    """Every button of every form: skip, back, cancel, a choice, correct a field, confirm."""
    form, draft = _open(req)
    if req.word(0) != draft.nonce:
        raise KehuError("no_longer")
    what = req.word(1)
    if what == "x":
        return Reply.say(t("form.cancelled"), replace=True).closing()
    if what == "ok":
        return _finish(req, form, draft)
    if what == "e":
        key = form.field(req.word(2)).key
        return _ask(req, form, draft.model_copy(update={"step": key, "editing": True}))
    if draft.step is None:
        raise KehuError("no_longer")
    field = form.field(draft.step)
    if what == "b":
        return _back(req, form, draft)
    if what == "s" and not field.required:
        return _take(req, form, draft, None)
    if what == "c" and field.choices:
        choices = field.choices(req)
        if req.number(2) < len(choices):
            return _take(req, form, draft, choices[req.number(2)].value)
    raise KehuError("no_longer")


def _open(req: Request) -> tuple[Form, Draft]:
    if req.draft is None or req.draft.form not in FORMS:
        raise KehuError("no_longer")
    return FORMS[req.draft.form], req.draft


def _take(req: Request, form: Form, draft: Draft, value: Any) -> Reply:
    key = draft.step or ""
    values = {name: kept for name, kept in draft.values.items() if name != key}
    if value not in (None, "", [], ()):
        values[key] = value
    keys = [field.key for field in form.fields]
    later = keys[keys.index(key) + 1 :]
    draft = draft.model_copy(update={"values": values, "step": None})
    if later and not draft.editing:
        return _ask(req, form, draft.model_copy(update={"step": later[0]}))
    if form.confirm:
        return _confirm(req, form, draft.model_copy(update={"editing": False}))
    return _finish(req, form, draft)


def _back(req: Request, form: Form, draft: Draft) -> Reply:
    keys = [field.key for field in form.fields]
    place = keys.index(draft.step or "")
    if draft.editing and form.confirm:
        return _confirm(req, form, draft.model_copy(update={"step": None, "editing": False}))
    return _ask(req, form, draft.model_copy(update={"step": keys[max(place - 1, 0)]}))


def _finish(req: Request, form: Form, draft: Draft) -> Reply:
    missing = [field.key for field in form.fields if field.required and field.key not in draft.values]
    if missing and not draft.editing:
        return _ask(req, form, draft.model_copy(update={"step": missing[0]}))
    reply = form.done(req, draft)
    return reply if not reply.keep_draft else reply.closing()


def _ask(req: Request, form: Form, draft: Draft, notice: Text | None = None) -> Reply:
    field = form.field(draft.step or "")
    rows: list[list[Button]] = []
    if field.choices:
        buttons = [
            Button(choice.label, "f", draft.nonce, "c", place) for place, choice in enumerate(field.choices(req))
        ]
        rows += [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    nav = []
    if draft.editing or field.key != form.fields[0].key:
        nav.append(Button(t("button.back"), "f", draft.nonce, "b"))
    if not field.required and not (draft.editing and not form.confirm):
        nav.append(Button(t("button.skip"), "f", draft.nonce, "s"))
    if draft.editing and not form.confirm:
        nav.clear()
    nav.append(Button(t("button.cancel"), "f", draft.nonce, "x"))
    lines = [notice] if notice else []
    said = message(*lines, t(f"form.{form.name}.{field.key}"), buttons=[*rows, nav], replace=req.pressed)
    return Reply((said,)).opening(draft)


def _confirm(req: Request, form: Form, draft: Draft, notice: Text | None = None) -> Reply:
    draft = draft.model_copy(update={"step": None})
    return Reply((confirmation(form, draft, notice, replace=req.pressed),)).opening(draft)


def confirmation(form: Form, draft: Draft, notice: Text | None = None, *, replace: bool = False) -> Message:
    """What was gathered, to be saved with one tap; each field is one tap away from correction."""
    lines = [t(f"form.{form.name}.confirm")]
    edits = []
    for field in form.fields:
        if field.key in draft.values:
            shown = field.show(draft.values[field.key])
            lines.append(t("form.line", label=t(f"field.{field.key}"), value=shown))
        edits.append(Button(t(f"field.{field.key}"), "f", draft.nonce, "e", field.key))
    rest = draft.extra.get("rest")
    if rest:
        lines += [BLANK, plain(str(rest))]
    if notice:
        lines += [BLANK, notice]
    rows = [[Button(t("button.save"), "f", draft.nonce, "ok"), Button(t("button.cancel"), "f", draft.nonce, "x")]]
    rows += [edits[at : at + 4] for at in range(0, len(edits), 4)]
    return message(*lines, buttons=rows, replace=replace)
