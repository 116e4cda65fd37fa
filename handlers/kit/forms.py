"""The engine for every conversation: asks a form's questions in turn, shows what was gathered, and saves it.

    ADD = register(Form("customer", Action.ADD, (Field("name", name, required=True), Field("phones", phones)), save))
    return forms.begin(req, ADD, values={"name": "张三"})

A form is data (handlers/kit/form_model.py) and its draft is a row, so a half-filled form survives a restart and a
week's pause. The engine asks for each field in turn, with skip, back and cancel, each by button or by typing its word;
then shows what was gathered, each field one tap from correction; and calls `done` when that is confirmed. A form with
`confirm=False` is done with its last answer. Its texts: `form.<form>.confirm`, `form.<form>.<field>` (the question),
`field.<field>` (the label).

Each button carries the form's nonce and the question that it stood under, so buttons of an earlier question do nothing.
A form that its person leaves for something else is put aside (bot/gate.py); any of its buttons resumes it. A form whose
purpose has become impossible (the case was closed meanwhile) ends with `Over`, so that the next line is free again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from handlers.kit.form_model import Beside, Choice, Form, Values
from handlers.kit.reply import BLANK, Button, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Route, Routes
from handlers.kit.texts import LANGUAGES, catalogue
from handlers.understand import corrected
from store.access import Action, allowed
from store.errors import Busy, Invalid, KehuError, Stale


class Over(KehuError):
    """The purpose of an open form can't be fulfilled any more, for the reason `key`, so the form ends.

    `draft` holds what was answered until then; handlers/kit/over.py tells the person.
    """

    def __init__(self, draft: Draft, why: KehuError) -> None:
        super().__init__(why.key, **why.data)
        self.draft = draft


@contextmanager
def ending(draft: Draft) -> Iterator[None]:
    """Turns a refusal inside the block into Over, unless another answer may succeed: Invalid, Stale, Busy pass as they
    are.
    """
    try:
        yield
    except (Over, Invalid, Stale, Busy):
        raise
    except KehuError as why:
        raise Over(draft, why) from why


#: Characters of what a form holds on the button that resumes it.
GO_ON_WIDTH = 24
FORMS: dict[str, Form] = {}
routes = Routes()


def register(form: Form) -> Form:
    """Makes a form known, so that its draft finds it after a restart."""
    if form.name in FORMS:
        raise ValueError(f"two forms are called {form.name}")
    FORMS[form.name] = form
    return form


def draft_of(form: str, *, values: Values | None = None, extra: Mapping[str, Any] | None = None) -> Draft:
    """A new draft of the form called `form`, with no open question."""
    return Draft(
        form=form, nonce=secrets.token_hex(3), values=values or {}, extra=dict(extra or {}), typed=bool(values)
    )  # fmt: skip


def button(label: Text, draft: Draft, what: str, *args: int | str) -> Button:
    """A button of this draft; `what` it does is listed at `press`: "ok" saves, "show" confirms, "x" cancels."""
    return Button(label, "f", draft.nonce, what, *args)


def begin(
    req: Request, form: Form, *, values: Values | None = None, extra: Mapping[str, Any] | None = None,
    only: str | None = None, notice: Text | None = None, insisted: object = None,
) -> Reply:  # fmt: skip
    """Opens a form at its first question; if `values` are given, at the first required field that is still missing, or
    else at the confirmation.

    `only` asks a single field; `extra` is kept in the draft for `done` and is never asked; `notice` stands above the
    first question, `insisted` is what can be kept of an answer that was refused before.
    """
    form, draft = form.now(req), draft_of(form.name, values=values, extra=extra)
    if only is not None:
        said = any(key != only for key in draft.values)  # what the field holds now was not said here
        return _ask(req, form, draft.model_copy(update={"step": only, "editing": True, "typed": said}), notice,
                    insisted=insisted)  # fmt: skip
    if draft.values:
        return _first(req, form, draft, notice)
    return _ask(req, form, draft.model_copy(update={"step": form.turns[0]}), notice)


def _first(req: Request, form: Form, draft: Draft, notice: Text | None = None) -> Reply:
    """Of a form that knows something already: the first required field that is missing, or else the confirmation."""
    missing = _missing(form, draft)
    if missing:
        return _ask(req, form, draft.model_copy(update={"step": missing[0], "editing": True}), notice)
    return _confirm(req, form, draft)


def answer(req: Request, nonce: str, key: str, value: Any) -> Reply:
    """Answers the open question `key` from a feature's own button (`Field.elsewhere`).

    Raises KehuError `no_longer` when the draft with this nonce is not open, or another question is.
    """
    form, draft = _open(req)
    if draft.nonce != nonce or draft.step != key:
        raise KehuError("no_longer")
    return _take(req, form, draft, value)


def belonging(req: Request, *forms: str) -> Draft:
    """The draft, of one of these forms, that a feature's own button belongs to: it names the nonce first. Raises
    KehuError `no_longer`: what an earlier question kept is not done to whom a later one asks for.
    """
    draft = req.draft
    if draft is None or draft.form not in forms or draft.nonce != req.word():
        raise KehuError("no_longer")
    return draft


def takes_files(draft: Draft) -> bool:
    """Whether a file is an answer to the open question."""
    return draft.step is not None and draft.form in FORMS and FORMS[draft.form].files


def route_of(draft: Draft, line: str = "") -> Route | None:
    """The route for an answer to the open question; None when no question is open or `line` is no answer to it."""
    form = FORMS.get(draft.form)
    if form is None or draft.step is None or (form.takes is not None and not form.takes(line)):
        return None
    return Route(f"form.{form.name}", form.action, writes=True, run=_answer, keeps_form=True)


def fits(req: Request) -> bool:
    """Whether a typed line that may answer the open question does, by what the book knows."""
    form, draft = _open(req)
    word = _words().get(req.incoming.text.strip().casefold())
    return form.fits is None or word in _offered(form, draft) or form.fits(req, draft)


def _answer(req: Request) -> Reply:
    form, draft = _open(req)
    with ending(draft):
        typed = req.incoming.text
        word = _words().get(typed.strip().casefold())
        if word is not None and word in _offered(form, draft):
            return _act(req, form, draft, word)
        return _corrected(req, form, draft, typed) or _typed(req, form, draft, typed)


def _typed(req: Request, form: Form, draft: Draft, typed: str) -> Reply:
    field = form.field(draft.step or "")
    try:
        value = field.parse(req, typed)
    except Invalid as wrong:
        why = t(f"error.{wrong.key}", typed=str(wrong.data.get("typed") or typed)[:60])
        return _ask(req, form, draft, why, insisted=field.anyway(req, typed) if field.anyway else None)
    return _take(req, form, draft, value)


def _corrected(req: Request, form: Form, draft: Draft, typed: str) -> Reply | None:
    """An answer given before is put right, and the question asked again; None where the line is an answer itself."""
    said = corrected.recognise(typed)
    earlier = [key for key in draft.values if key != draft.step]
    if said is None or draft.editing or not earlier:
        return None
    named = corrected.key_of(said.field)
    key = named if named in earlier else earlier[-1]
    if said.field and named not in ("", *earlier):
        return None
    field = form.field(key)
    try:
        value = field.parse(req, said.value)
    except Invalid:
        return None
    put_right = draft.model_copy(update={"values": draft.values | {key: value}})
    return _ask(req, form, put_right, t("edit.done", label=field.label, value=field.show(value)))


def correct(req: Request, key: str, typed: str) -> Reply:
    """Puts one field of the form right that waits to be confirmed, and shows it again; what the field can't hold is
    asked for.
    """
    form, draft = _open(req)
    return _typed(req, form, draft.model_copy(update={"step": form.field(key).key, "editing": True}), typed)


@routes.button("f", Action.GREET, writes=True, keeps_form=True)
def press(req: Request) -> Reply:
    """Every button of every form. After the nonce its data says what it does:

    `ok` saves; `show` goes to the confirmation, or to what it still needs; `m` shows it with all fields; `e:<field>`
    corrects a field; `c:<place>:<field>` gives an offered answer; `<way>:<field>` is one of `_WAYS`. Raises KehuError
    `no_longer` for a button of another draft or an earlier question.
    """
    form, draft = _open(req)
    if req.word(0) != draft.nonce:
        raise KehuError("form_gone")
    what = req.word(1)
    if what == "ok" and (draft.step is None or (draft.editing and form.confirm)):  # what it corrects stays as it was
        return _finish(req, form, draft)
    if what == "show" and draft.step is None and form.confirm:
        return _first(req, form, draft.model_copy(update={"typed": True}))
    if what == "m" and draft.step is None and form.confirm:
        return _confirm(req, form, draft, whole=True)
    if what == "e" and form.confirm:
        key = form.field(req.word(2)).key
        return _ask(req, form, draft.model_copy(update={"step": key, "editing": True}))
    if what == "x":
        return _act(req, form, draft, what)
    if draft.step is None or req.args[-1] not in (what, draft.step):
        raise KehuError("no_longer")
    if what == "c":
        choices = (form.field(draft.step).choices or _none)(req)
        if 0 <= req.number(2) < len(choices):
            return _take(req, form, draft, choices[req.number(2)].value)
    elif what in _offered(form, draft):
        return _act(req, form, draft, what)
    raise KehuError("no_longer")


@routes.button("f.on", Action.GREET, writes=True, keeps_form=True)
def go_on(req: Request) -> Reply:
    """Resumes a form that was put aside, in a new message below the one whose button was pressed."""
    form, draft = _open(req)
    if req.word(0) != draft.nonce or not (draft.step is not None or form.confirm):
        raise KehuError("form_gone")
    with ending(draft):
        reply = _confirm(req, form, draft) if draft.step is None else _ask(req, form, draft)
    return replace(reply, messages=tuple(replace(one, replace=False) for one in reply.messages))


def put_aside(req: Request, draft: Draft) -> tuple[Text, Button] | None:
    """The line and the button that lead back to a form that was left; None when nothing typed would be lost."""
    form = FORMS.get(draft.form)
    if form is None or not draft.typed or not (draft.step is not None or form.confirm):
        return None
    form = form.now(req)
    first = next((field for field in form.fields if field.key in draft.values), None)
    if first is not None:
        what = first.show(draft.values[first.key])
    else:
        what = str(draft.extra.get("text") or "") or form.field(draft.step or "").question(form.name)
    named = what[:GO_ON_WIDTH] if first is not None and isinstance(what, str) else ""
    on = t("form.go_on", what=named) if named else t("button.go_on")
    return t("form.aside", what=what), Button(on, "f.on", draft.nonce)


#: What can be done at a question instead of answering it: its code in a button's data, and the text on that button.
_WAYS = {
    "k": "button.keep", "b": "button.back", "s": "button.skip", "0": "button.clear", "v": "button.done",
    "x": "button.cancel",
}  # fmt: skip


@cache
def _words() -> dict[str, str]:
    """The code of a way by the word that people type for it, in every language: 跳过, cancel."""
    return {str(catalogue(language)[key]).casefold(): way for way, key in _WAYS.items() for language in LANGUAGES}


def _offered(form: Form, draft: Draft) -> list[str]:
    """Which of `_WAYS` the open question offers, in the order of its buttons."""
    field = form.field(draft.step or "")
    known, complete = field.key in draft.values, not _missing(form, draft)
    ways = ["k"] if draft.insisted is not None else []
    if (draft.editing and form.confirm and complete) or (not draft.editing and field.key != form.turns[0]):
        ways.append("b")
    if draft.editing and known and not field.required:
        ways.append("0")
    if not draft.editing and (known or not field.required):
        ways.append("s")
    if not draft.editing and form.confirm and draft.values and complete:
        ways.append("v")
    return [*ways, "x"]


def _act(req: Request, form: Form, draft: Draft, way: str) -> Reply:
    if way == "x":
        left = form.left(req, draft) if form.left else Reply.say(t("form.cancelled"), replace=req.pressed)
        return left.closing()
    if way == "k":
        return _take(req, form, draft, draft.insisted)
    if way == "v":
        return _confirm(req, form, draft)
    if way == "0":
        return _take(req, form, draft, None)
    if way == "s":
        return _go_on(req, form, draft)
    if draft.editing:
        return _confirm(req, form, draft)
    keys = form.turns
    return _ask(req, form, draft.model_copy(update={"step": keys[max(keys.index(draft.step or "") - 1, 0)]}))


def _open(req: Request) -> tuple[Form, Draft]:
    if req.draft is None or req.draft.form not in FORMS or not allowed(req.actor, FORMS[req.draft.form].action):
        raise KehuError("form_gone")  # or it is not theirs any more: let out since, or of another role
    return FORMS[req.draft.form].now(req), req.draft


def _take(req: Request, form: Form, draft: Draft, value: Any) -> Reply:
    values = {name: kept for name, kept in draft.values.items() if name != draft.step}
    if value not in (None, "", [], ()):
        values[draft.step or ""] = value
    return _go_on(req, form, draft.model_copy(update={"values": values, "typed": True}))


def _go_on(req: Request, form: Form, draft: Draft) -> Reply:
    """Moves to the next question, or to the confirmation, or finishes."""
    missing = _missing(form, draft)
    with ending(draft):
        if draft.editing:
            if missing and form.confirm:
                return _ask(req, form, draft.model_copy(update={"step": missing[0]}))
        elif later := form.turns[form.turns.index(draft.step or "") + 1 :]:
            return _ask(req, form, draft.model_copy(update={"step": later[0]}))
        return _confirm(req, form, draft) if form.confirm else _finish(req, form, draft)


def _finish(req: Request, form: Form, draft: Draft) -> Reply:
    missing = _missing(form, draft)
    if missing and form.confirm:
        return _ask(req, form, draft.model_copy(update={"step": missing[0], "editing": True}))
    with ending(draft):
        reply = form.done(req, draft)
    return reply if not reply.keep_draft else reply.closing()


def _missing(form: Form, draft: Draft) -> list[str]:
    return [field.key for field in form.fields if field.required and field.key not in draft.values]


def _none(_: Request) -> list[Choice]:
    return []


def _ask(
    req: Request, form: Form, draft: Draft, notice: Text | None = None, *, insisted: object = None
) -> Reply:  # fmt: skip
    """Asks the open question, below the customer's name, `notice` (what was wrong with the last answer) and the present
    value; `insisted`: what that answer is kept as, if its person wants it so.
    """
    draft = draft.model_copy(update={"insisted": insisted})
    field = form.field(draft.step or "")
    buttons = [
        button(choice.label, draft, "c", place, field.key) for place, choice in enumerate((field.choices or _none)(req))
    ]
    if field.elsewhere:
        buttons.append(field.elsewhere(draft, field.key))
    ways = [button(t(_WAYS[way]), draft, way, field.key) for way in _offered(form, draft)]
    about = form.about(req, draft) if form.about else None
    lines = [t("card.name", name=about.name)] if about else []
    if notice:
        lines.append(notice)
    if field.key in draft.values and (draft.editing or form.confirm):
        lines.append(t("form.now", value=field.show(draft.values[field.key])))
    said = message(
        *lines, field.question(form.name), replace=req.pressed,
        buttons=[*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), ways],
        customer_id=about.id if about else None, masked=about.masked if about else False,
    )  # fmt: skip
    return Reply((said,)).opening(draft)


def _confirm(req: Request, form: Form, draft: Draft, *, whole: bool = False) -> Reply:
    """Shows what was gathered, to be saved with one tap; each field has a button that corrects it.

    Fields that are not asked and are empty get theirs only with `whole`, one tap further.
    """
    draft = draft.model_copy(update={"step": None, "editing": False, "insisted": None})
    lines = [t(f"form.{form.name}.confirm")]
    edits = []
    for field in form.fields:
        if field.key in draft.values and field.lined:
            shown = field.show(draft.values[field.key])
            lines.append(t("form.line", label=field.label, value=shown))
        if whole or field.asked or field.key in draft.values:
            edits.append(button(field.label, draft, "e", field.key))
    if len(edits) < len(form.fields):
        edits.append(button(t("button.further"), draft, "m"))
    beside = form.beside(req, draft) if form.beside else Beside()
    if beside.lines:
        lines += [BLANK, *beside.lines]
    rows = [[button(beside.save or t("button.save"), draft, "ok"), button(t("button.cancel"), draft, "x")]]
    rows += [list(row) for row in beside.rows]
    rows += [edits[at : at + 4] for at in range(0, len(edits), 4)]
    return Reply((message(*lines, buttons=rows, replace=req.pressed),)).opening(draft)
