"""What a feature receives: who said what, in which transaction, at what time.

`Incoming` is what the transport makes of an update and what the inbox stores until it is handled: only what features
use. `Request` is an `Incoming` inside its transaction; only the gate makes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from handlers.kit.reply import Button, t
from store.access import Actor
from store.attachments import NewFile
from store.db import Tx
from store.errors import NotAllowed
from store.rules.models import FileKind

#: More than any row's id or count; as minutes since 1970 it is the year 6053, which a datetime still holds.
NUMBER_MAX = 2**31


class SharedContact(BaseModel):
    """A contact card that somebody shared. Everything in it is what a stranger's phone says."""

    model_config = ConfigDict(frozen=True)

    name: str
    phone: str
    user_id: int | None = None
    vcard: str = ""


class SharedFile(BaseModel):
    """A photo, recording or file: Telegram's handle for it, and what the sender's phone says of it."""

    model_config = ConfigDict(frozen=True)

    file_id: str
    kind: FileKind
    #: Bytes.
    size: int = 0
    name: str = ""
    mime: str = ""

    def new(self) -> NewFile:
        """What the store is given to keep of it."""
        return NewFile(self.kind, self.file_id, self.size, self.name, self.mime)


class Origin(BaseModel):
    """Where a forwarded message comes from."""

    model_config = ConfigDict(frozen=True)

    #: The author's name as Telegram gives it; of a hidden sender nothing else is known.
    name: str
    #: When it was written.
    at: datetime
    #: Whether a person wrote it: no bot, group or channel.
    person: bool = False


class Incoming(BaseModel):
    """One update, as far as features care."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["text", "button", "contact", "file", "inline", "blocked", "unblocked", "other"]
    #: Telegram's ids of the sender and the chat.
    person: int
    chat: int
    name: str = ""
    language_code: str = ""
    #: What was typed, a file's caption, or the data of the button that was pressed.
    text: str = ""
    #: Whether this is the new text of a message that was sent before.
    edited: bool = False
    message_id: int = 0
    #: Where a forwarded message comes from: then the words are somebody else's.
    origin: Origin | None = None
    #: Telegram's mark of an album: files with the same mark were sent together.
    album: str = ""
    contact: SharedContact | None = None
    file: SharedFile | None = None


class Draft(BaseModel):
    """A half-filled form."""

    model_config = ConfigDict(frozen=True)

    form: str
    #: Ties buttons to this draft, also while it is put aside.
    nonce: str
    #: The answers by field, each a JSON value.
    values: dict[str, object] = {}
    #: What the form remembers for `done` and never asks.
    extra: dict[str, object] = {}
    #: The open question; None when all is answered and the form waits for confirmation.
    step: str | None = None
    #: Whether the open question corrects one field instead of being the next in turn.
    editing: bool = False
    #: Whether it holds something that its person would have to type again.
    typed: bool = False
    #: What the open question has refused, as it is kept if its person insists; None: nothing.
    insisted: object = None
    #: When it is forgotten, however often it is answered; None: as every other draft.
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that one person wants, inside its transaction."""

    tx: Tx
    actor: Actor
    incoming: Incoming
    #: What followed a command or a verb.
    text: str = ""
    #: A button's arguments.
    args: tuple[str, ...] = ()
    #: The form that is open, or to which the pressed button belongs.
    draft: Draft | None = None
    bot_name: str = ""
    #: Where the company is at home (ISO 3166) until an owner says otherwise; handlers/home.py knows which holds.
    country: str = "CN"

    @property
    def now(self) -> datetime:
        """The time of the transaction, in UTC; the only clock that a feature has."""
        return self.tx.now

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the person lives."""
        return ZoneInfo(self.actor.zone)

    @property
    def pressed(self) -> bool:
        """Whether a button was pressed, so that a reply may replace its message."""
        return self.incoming.kind == "button"

    def number(self, place: int = 0) -> int:
        """A button's argument as a number from 0 to `NUMBER_MAX`. Raises NotAllowed for anything else: the button was
        edited.
        """
        digits = self.word(place).removeprefix("+")
        if not digits.isascii() or not digits.isdigit() or int(digits) > NUMBER_MAX:
            raise NotAllowed
        return int(digits)

    def word(self, place: int = 0) -> str:
        """A button's argument as it is. Raises NotAllowed when it is missing."""
        try:
            return self.args[place]
        except IndexError:
            raise NotAllowed from None

    def undo(self) -> Button:
        """The button that takes back what this request has just changed."""
        return Button(t("button.undo"), "undo", self.tx.change or 0)
