"""What a feature is given: who said what, in which transaction, at what time.

`Incoming` is what the transport makes of an update, and what the inbox keeps of it until it is handled: no more than
features use. `Request` is an `Incoming` inside its transaction; only the gate makes one.
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
    """A photo, recording or file: Telegram's handle for it, its size in bytes, and what its sender's phone calls it."""

    model_config = ConfigDict(frozen=True)

    file_id: str
    kind: FileKind
    size: int = 0
    name: str = ""
    mime: str = ""

    def new(self) -> NewFile:
        """What the store is given to keep of it."""
        return NewFile(self.kind, self.file_id, self.size, self.name, self.mime)


class Origin(BaseModel):
    """Where a forwarded message comes from: the name that Telegram gives (all that there is of a hidden sender), and
    when it was written.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    at: datetime
    person: bool = False


class Incoming(BaseModel):
    """One update, as far as features care. `person` and `chat` are Telegram's ids; times are Telegram's.

    `origin`: it was forwarded, these are somebody else's words. `album`: files with the same mark were sent together.
    `edited`: the words of a message that was sent before.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["text", "button", "contact", "file", "inline", "blocked", "unblocked", "other"]
    person: int
    chat: int
    name: str = ""
    language_code: str = ""
    text: str = ""
    edited: bool = False
    message_id: int = 0
    origin: Origin | None = None
    album: str = ""
    contact: SharedContact | None = None
    file: SharedFile | None = None


class Draft(BaseModel):
    """A half-filled form. `step` is the open question; None when all is answered and it waits to be confirmed.

    `nonce` ties buttons to this very form, also while it is put aside. `typed`: it holds what somebody would have to
    say again. `until`: when it is forgotten, however often it is answered, where it lasts not as long as any other.
    """

    model_config = ConfigDict(frozen=True)

    form: str
    nonce: str
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    step: str | None = None
    editing: bool = False
    typed: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that one person wants. `args` are a button's arguments, `text` what followed a command or verb."""

    tx: Tx
    actor: Actor
    incoming: Incoming
    text: str = ""
    args: tuple[str, ...] = ()
    draft: Draft | None = None
    bot_name: str = ""

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
