"""A form as data: its fields, what each accepts, and what is done with the answers.

    Form("customer", Action.ADD, (Field("name", name, required=True), Field("phones", phones)), save)

handlers/kit/forms.py runs forms as conversations; handlers/fields.py makes the fields of a customer, which one-line
capture and the edit buttons share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from handlers.kit.reply import Button, Param, Reply, Text, plain, t
from handlers.kit.request import Draft, Request
from store.access import Action
from store.errors import KehuError
from store.rules.models import Customer

#: Answers by the key of their field, each a JSON value.
Values = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """An answer that is offered as a button: the JSON value that it stands for, and the button's label."""

    value: Any
    label: Text


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    #: Names the field in the draft's values, and its texts: `form.<form>.<key>` and `field.<key>`.
    key: str
    #: Turns what was typed into a JSON value. Raises Invalid; the question is then asked again.
    parse: Callable[[Request, str], Any]
    required: bool = False
    #: Turns the JSON value into what a person reads.
    show: Callable[[Any], Param] = str
    #: Answers that are offered as buttons; a typed answer goes through `parse` all the same.
    choices: Callable[[Request], list[Choice]] | None = None
    #: Makes one more button, to a feature of its own (a calendar) that ends in `forms.answer`.
    elsewhere: Callable[[Draft, str], Button] | None = None
    #: Whether the conversation asks for it; if not, it is only filled by the button that corrects it.
    asked: bool = True
    #: Turns what `parse` refused into the value that is kept if its person insists; None: there is none.
    anyway: Callable[[Request, str], Any] | None = None
    #: Whether the confirmation has a line for it; if not, the form's additions tell of it.
    lined: bool = True
    #: What the company called a field of its own; such a field has no texts.
    name: str = ""

    @property
    def label(self) -> Text:
        """What the field is called."""
        return plain(self.name) if self.name else t(f"field.{self.key}")

    def question(self, form: str) -> Text:
        """What the form with this name asks."""
        return t("form.own", label=self.name) if self.name else t(f"form.{form}.{self.key}")


class Beside(NamedTuple):
    """What a confirmation shows in addition to the fields."""

    lines: Sequence[Text] = ()
    #: Rows of buttons that lead elsewhere.
    rows: Sequence[Sequence[Button]] = ()
    #: The label of the button that saves, where "Save" would not say enough.
    save: Text | None = None


@dataclass(frozen=True)
class Form:
    """A conversation as data."""

    name: str
    action: Action
    fields: tuple[Field, ...]
    #: Called with the answered draft; what it returns is said, and closes the form.
    done: Callable[[Request, Draft], Reply]
    #: Whether the answers are shown to be confirmed; if not, the last answer finishes the form.
    confirm: bool = True
    #: The customer whom the form is about, named above each question.
    about: Callable[[Request, Draft], Customer] | None = None
    #: Additions to the confirmation, made anew each time it is shown, since a correction may change them.
    beside: Callable[[Request, Draft], Beside] | None = None
    #: What is shown when the form is cancelled.
    left: Callable[[Request, Draft], Reply] | None = None
    #: The fields as of now, where the company decides which there are.
    current: Callable[[Request], tuple[Field, ...]] | None = None
    #: Whether a photo, a recording or a file is an answer, too (handlers/kit/files.py reads it).
    files: bool = False
    #: Which typed lines are answers; any other line takes the route that it would take without the form.
    takes: Callable[[str], bool] | None = None
    #: And of those, which fit what the book knows.
    fits: Callable[[Request, Draft], bool] | None = None

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
