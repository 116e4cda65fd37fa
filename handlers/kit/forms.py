"""One engine for every conversation: a form is data, its draft a row, so it outlives a restart and a week's pause.

    ADD = Form("customer", Action.ADD, (Field("name", name, required=True), Field("phones", phones)), save)
    return forms.begin(req, ADD, values={"name": "张三"})

The engine asks for each field in turn, with skip, back and cancel, each by button or by its word; shows what was
gathered, each field a tap away from correction; and calls `done` when it is confirmed. A form without `confirm` is done
with its last answer. Texts: `form.<form>.confirm`, `form.<form>.<field>` (the question), `field.<field>` (the label).

A button names the form's nonce and the question that it stood under, so that those of an earlier question do nothing.
What is left for something else is put aside (bot/gate.py), and any of its buttons takes it up again. What can't be done
any more ends its form (`Over`), so that the next line is free.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from handlers.kit.reply import BLANK, Button, Param, Reply, Text, message, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Route, Routes
from handlers.kit.texts import LANGUAGES, catalogue
from store.access import Action
from store.errors import Busy, Invalid, KehuError, Stale
from store.rules.models import Customer

Values = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """An answer that is offered as a button: the JSON value that it stands for."""

    value: Any
    label: Text


@dataclass(frozen=True)
class Field:
    """One thing to ask for.

    `parse` turns what was typed into a JSON value or raises Invalid; `show` turns that value into what a person reads;
    `choices` are offered as buttons (typed answers go through `parse` all the same). `elsewhere` makes one more button
    of the open draft and the key, to a feature that ends in `answer`. `asked`: it has its turn in the conversation; if
    not, it is filled by the button that corrects it. `name` is what somebody called it, where it is not one of ours:
    then it has no texts of its own.
    """

    key: str
    parse: Callable[[Request, str], Any]
    required: bool = False
    show: Callable[[Any], Param] = str
    choices: Callable[[Request], list[Choice]] | None = None
    elsewhere: Callable[[Draft, str], Button] | None = None
    asked: bool = True
    name: str = ""

    @property
    def label(self) -> Text:
        """What the field is called."""
        return plain(self.name) if self.name else t(f"field.{self.key}")

    def question(self, form: str) -> Text:
        """What the form asks."""
        return t("form.own", label=self.name) if self.name else t(f"form.{form}.{self.key}")


class Beside(NamedTuple):
    """What a confirmation shows beside the fields: further lines, rows of buttons that lead elsewhere, and what saving
    is called when it is no plain saving.
    """

    lines: Sequence[Text] = ()
    rows: Sequence[Sequence[Button]] = ()
    save: Text | None = None


@dataclass(frozen=True)
class Form:
    """A conversation as data. `done` gets the request and the values by field; what it returns is said and closes
    it.

    `about` is the customer whom the form is about, named above each question. `beside` is asked each time that the
    confirmation is shown, since what was corrected may change it. `left` is what is shown when it is cancelled.
    `current` says which fields the form has at this moment, where that is for the company to say. `files`: a photo, a
    recording or a file is an answer too (handlers/kit/files.py reads it). `takes`: only a line for which it holds is an
    answer; any other goes the way that it would go without the form.
    """

    name: str
    action: Action
    fields: tuple[Field, ...]
    done: Callable[[Request, Draft], Reply]
    confirm: bool = True
    about: Callable[[Request, Draft], Customer] | None = None
    beside: Callable[[Request, Draft], Beside] | None = None
    left: Callable[[Request, Draft], Reply] | None = None
    current: Callable[[Request], tuple[Field, ...]] | None = None
    files: bool = False
    takes: Callable[[str], bool] | None = None

    def now(self, req: Request) -> Form:
        """The form with the fields that it has at this moment."""
        return replace(self, fields=self.current(req)) if self.current else self

    @property
    def turns(self) -> list[str]:
        """The fields that are asked for in turn."""
        return [field.key for field in self.fields if field.asked]

    def field(self, key: str) -> Field:
        """The field with this key. Raises KehuError `no_longer` when the form has no such field (any more)."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KehuError("no_longer")


class Over(KehuError):
    """What an open form would do can't be done any more, for the reason `key`: it ends (handlers/kit/over.py says so).

    `draft` is the form with what was answered until then.
    """

    def __init__(self, draft: Draft, why: KehuError) -> None:
        super().__init__(why.key, **why.data)
        self.draft = draft


@contextmanager
def ending(draft: Draft) -> Iterator[None]:
    """Raises Over for what is refused in here, but for what may be answered again: Invalid, Stale, Busy."""
    try:
        yield
    except (Over, Invalid, Stale, Busy):
        raise
    except KehuError as why:
        raise Over(draft, why) from why


FORMS: dict[str, Form] = {}
routes = Routes()


def register(form: Form) -> Form:
    """Makes a form known, so that its draft finds it after a restart."""
    if form.name in FORMS:
        raise ValueError(f"two forms are called {form.name}")
    FORMS[form.name] = form
    return form


def draft_of(form: str, *, values: Values | None = None, extra: Mapping[str, Any] | None = None) -> Draft:
    """A draft that asks nothing yet: what a button of the form `form` finds when it is pressed."""
    return Draft(
        form=form, nonce=secrets.token_hex(3), values=values or {}, extra=dict(extra or {}), typed=bool(values)
    )  # fmt: skip


def button(label: Text, draft: Draft, what: str, *args: int | str) -> Button:
    """A button of this very draft. `what` it does: "ok" saves, "show" goes to the confirmation, "x" cancels."""
    return Button(label, "f", draft.nonce, what, *args)


def begin(
    req: Request, form: Form, *, values: Values | None = None, extra: Mapping[str, Any] | None = None,
    only: str | None = None, notice: Text | None = None,
) -> Reply:  # fmt: skip
    """Opens a form: at its first question; with values, at its confirmation, or at what is required and still missing.

    `only` asks a single question of it; `extra` is what the form must remember and nobody is asked; `notice` stands
    above the first question.
    """
    form, draft = form.now(req), draft_of(form.name, values=values, extra=extra)
    missing = _missing(form, draft)
    if only is not None:
        said = any(key != only for key in draft.values)  # what the field holds now was not said here
        return _ask(req, form, draft.model_copy(update={"step": only, "editing": True, "typed": said}), notice)
    if draft.values and missing:
        return _ask(req, form, draft.model_copy(update={"step": missing[0], "editing": True}), notice)
    if draft.values:
        return _confirm(req, form, draft)
    return _ask(req, form, draft.model_copy(update={"step": form.turns[0]}), notice)


def answer(req: Request, nonce: str, key: str, value: Any) -> Reply:
    """Answers the open question `key` of this very draft by a feature's own button. Raises KehuError `no_longer`."""
    form, draft = _open(req)
    if draft.nonce != nonce or draft.step != key:
        raise KehuError("no_longer")
    return _take(req, form, draft, value)


def takes_files(draft: Draft) -> bool:
    """Whether a file is an answer to the open question."""
    return draft.step is not None and draft.form in FORMS and FORMS[draft.form].files


def route_of(draft: Draft, line: str = "") -> Route | None:
    """The route that an answer to the open question takes; None when no question is open, or the line is no answer."""
    form = FORMS.get(draft.form)
    if form is None or draft.step is None or (form.takes is not None and not form.takes(line)):
        return None
    return Route(f"form.{form.name}", form.action, writes=True, run=_answer, keeps_form=True)


def _answer(req: Request) -> Reply:
    form, draft = _open(req)
    with ending(draft):
        field = form.field(draft.step or "")
        typed = req.incoming.text
        word = _words().get(typed.strip().casefold())
        if word is not None and word in _offered(form, draft):
            return _act(req, form, draft, word)
        try:
            value = field.parse(req, typed)
        except Invalid as wrong:
            return _ask(req, form, draft, t(f"error.{wrong.key}", typed=str(wrong.data.get("typed") or typed)[:60]))
        return _take(req, form, draft, value)


@routes.button("f", Action.GREET, writes=True, keeps_form=True)
def press(req: Request) -> Reply:
    """Every button of every form: skip, back, cancel, a choice, correct a field, confirm."""
    form, draft = _open(req)
    if req.word(0) != draft.nonce:
        raise KehuError("no_longer")
    what = req.word(1)
    if what == "ok" and draft.step is None:
        return _finish(req, form, draft)
    if what == "show" and draft.step is None and form.confirm:
        return _confirm(req, form, draft.model_copy(update={"typed": True}))
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
    """Takes up a form that was put aside where it was left, below what stands here."""
    form, draft = _open(req)
    if req.word(0) != draft.nonce or not (draft.step is not None or form.confirm):
        raise KehuError("no_longer")
    with ending(draft):
        reply = _confirm(req, form, draft) if draft.step is None else _ask(req, form, draft)
    return replace(reply, messages=tuple(replace(one, replace=False) for one in reply.messages))


def put_aside(req: Request, draft: Draft) -> tuple[Text, Button] | None:
    """What is said of a form that was left for something else, and the way back; None where nothing would be missed."""
    form = FORMS.get(draft.form)
    if form is None or not draft.typed or not (draft.step is not None or form.confirm):
        return None
    form = form.now(req)
    first = next((field for field in form.fields if field.key in draft.values), None)
    what = first.show(draft.values[first.key]) if first else form.field(draft.step or "").question(form.name)
    return t("form.aside", what=what), Button(t("button.go_on"), "f.on", draft.nonce)


#: What can be done at a question instead of answering it: as a button has it, and the text on that button.
_WAYS = {"b": "button.back", "s": "button.skip", "0": "button.clear", "v": "button.done", "x": "button.cancel"}


@cache
def _words() -> dict[str, str]:
    """The same by what people type: 跳过, cancel."""
    return {str(catalogue(language)[key]).casefold(): way for way, key in _WAYS.items() for language in LANGUAGES}


def _offered(form: Form, draft: Draft) -> list[str]:
    """Which of `_WAYS` the open question offers, in the order of its buttons."""
    field = form.field(draft.step or "")
    known, complete = field.key in draft.values, not _missing(form, draft)
    ways = []
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
    if req.draft is None or req.draft.form not in FORMS:
        raise KehuError("no_longer")
    return FORMS[req.draft.form].now(req), req.draft


def _take(req: Request, form: Form, draft: Draft, value: Any) -> Reply:
    values = {name: kept for name, kept in draft.values.items() if name != draft.step}
    if value not in (None, "", [], ()):
        values[draft.step or ""] = value
    return _go_on(req, form, draft.model_copy(update={"values": values, "typed": True}))


def _go_on(req: Request, form: Form, draft: Draft) -> Reply:
    """To the next question, or to the end."""
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


def _ask(req: Request, form: Form, draft: Draft, notice: Text | None = None) -> Reply:
    """A question: whom it is about, what went wrong with the last answer, what the book holds now."""
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
    """What was gathered, to be saved with one tap; each field is one tap away from correction, those that are not asked
    for and are empty one tap more (`whole`).
    """
    draft = draft.model_copy(update={"step": None, "editing": False})
    lines = [t(f"form.{form.name}.confirm")]
    edits = []
    for field in form.fields:
        if field.key in draft.values:
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
