"""What a feature returns: messages made of text keys, parameters and buttons.

    Reply.say(t("customer.saved", name="张三"), buttons=[[Button(t("button.undo"), "undo", 12)]])

Nothing here knows a language or Telegram: the outbox keeps a message as JSON, which is rendered when it is sent, in its
reader's language and time zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from store.queue import Priority
from store.times import from_ms, to_ms

#: Bytes that a callback button may carry (https://core.telegram.org/bots/api#inlinekeyboardbutton).
DATA_MAX = 64


@dataclass(frozen=True, slots=True)
class Text:
    """A key of the texts and what fills it.

    Strings are user text and are escaped; an int is a quantity and is grouped (an identifier is a str); a datetime or
    date is said as a person would; a Text is rendered in place.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


Param = str | int | float | datetime | date | Text


def t(key: str, /, **params: Param) -> Text:
    """The text of a key."""
    return Text(key, params)


def plain(text: str) -> Text:
    """Somebody's own words as a line."""
    return Text("plain", {"text": text})


BLANK = Text("blank")


@dataclass(frozen=True, slots=True, init=False)
class Button:
    """A button: its label, the route that it leads to, and that route's arguments (ids and choices, never words)."""

    label: Text
    data: str
    url: str

    def __init__(self, label: Text, route: str, *args: int | str, url: str = "") -> None:
        data = ":".join((route, *(str(arg) for arg in args)))
        if len(data.encode()) > DATA_MAX:
            raise ValueError(f"button data of {route} is over {DATA_MAX} bytes")
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "url", url)


def link(label: Text, url: str) -> Button:
    """A button that opens a link."""
    return Button(label, "", url=url)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Without `to_staff`, `to_customer` or `to_guest` it answers the person who asked."""

    lines: tuple[Text, ...]
    buttons: Rows = ()
    #: Whether it takes the place of the message whose button was pressed.
    replace: bool = False

    # To whom, if not to the person who asked: a member, all guests of a customer, or one guest.
    to_staff: int | None = None
    to_customer: int | None = None
    to_guest: int | None = None

    #: The message's name, by which a later one finds it: with `edit` a later message replaces it (or is sent anew);
    #: with `amend` too, but is dropped where none was sent under that name.
    ref: str | None = None
    edit: bool = False
    amend: bool = False

    # What its reader must still be allowed to see when it goes out; else the sender drops or masks it.
    #: The customer whom it tells about.
    customer_id: int | None = None
    #: Further customers named in it.
    others: tuple[int, ...] = ()
    #: Whether it shows contact details masked only.
    masked: bool = False
    #: The record whose words it quotes (table, id). A visitor who did not write them gets it without the words.
    of: tuple[str, int] | None = None

    #: Rows of words for the keyboard under the input field.
    keyboard: tuple[tuple[Text, ...], ...] = ()
    #: The label of a key above them that shares the person's own phone number.
    share: Text | None = None
    #: Whether the keyboard is removed.
    bare: bool = False

    # Bytes that are sent along; or the id of an attachment, whose bytes are fetched with the reader's permissions.
    photo: bytes | None = None
    document: bytes | None = None
    file: int | None = None
    file_name: str = ""

    #: Whether the chat's list of commands is published again, because the reader's role or language is new.
    commands: bool = False
    #: Whether the outbox forgets that the reader is a customer: the answer to somebody who answers anonymously.
    unnamed: bool = False
    priority: Priority = Priority.ANSWER
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """All that follows from a request: messages, and the form that is open afterwards.

    `draft` None closes the form; `keep_draft` leaves whatever is open. Only a route that keeps the form
    (handlers/kit/routes.py) closes it for good: any other was about something else, and it is put aside.
    """

    messages: tuple[Message, ...] = ()
    draft: Any = None
    keep_draft: bool = True

    @classmethod
    def say(cls, *lines: Text, buttons: Sequence[Sequence[Button]] = (), **options: Any) -> Reply:
        """One message to whoever asked; `options` are those of `Message`."""
        return cls((message(*lines, buttons=buttons, **options),))

    def also(self, *more: Message) -> Reply:
        """The same, with further messages."""
        return replace(self, messages=self.messages + more)

    def opening(self, draft: Any) -> Reply:
        """The same, with this form open."""
        return replace(self, draft=draft, keep_draft=False)

    def closing(self) -> Reply:
        """The same, with no form open."""
        return replace(self, draft=None, keep_draft=False)

    def aside(self) -> Reply:
        """The same of a line that answers no form: what is open is not closed by it, but put aside."""
        return self if self.draft is not None else replace(self, keep_draft=True)


def message(*lines: Text, buttons: Sequence[Sequence[Button]] = (), **options: Any) -> Message:
    """A message of these lines; rows of buttons that are empty are left out."""
    return Message(lines, tuple(tuple(row) for row in buttons if row), **options)


def text_to_json(text: Text) -> list[Any]:
    """A text as JSON keeps it."""
    return [text.key, {name: _param_to_json(value) for name, value in text.params.items()}]


def text_from_json(value: list[Any]) -> Text:
    """The text that was kept."""
    return Text(value[0], {name: _param_from_json(param) for name, param in value[1].items()})


def _param_to_json(value: Param) -> Any:
    if isinstance(value, Text):
        return {"text": text_to_json(value)}
    if isinstance(value, datetime):
        return {"at": to_ms(value)}
    if isinstance(value, date):
        return {"day": value.toordinal()}
    return value


def _param_from_json(value: Any) -> Param:
    if isinstance(value, dict):
        if "day" in value:
            return date.fromordinal(value["day"])
        return text_from_json(value["text"]) if "text" in value else from_ms(value["at"])
    kept: Param = value
    return kept
