"""Files in a conversation: read from a message, and named in a line and on a button.

Field("text", words_or_file)                      # a question that a photo answers, too
complaints.hear(tx, actor, case, text, files_of(req))
reply.also(*refused(req))                         # the words were kept, the file was not
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from handlers.kit.reply import Button, Message, Text, message, plain, t
from handlers.kit.request import Request, SharedFile
from handlers.kit.texts import shows
from store import attachments
from store.attachments import NewFile
from store.errors import Invalid
from store.rules.models import Attachment, FileKind

#: Stands for a record in the button of everything that hangs on a case.
CASE = "case"


class Named(Protocol):
    """How a file is named in texts: one that was just sent, or one of the book's."""

    @property
    def kind(self) -> FileKind:
        """What it is to Telegram."""

    @property
    def name(self) -> str:
        """What its sender's phone calls it; empty for photos and recordings."""


def file_text(file: Named) -> Text:
    """One file: 🖼 照片, 📄 合同.pdf."""
    if file.kind in (FileKind.DOCUMENT, FileKind.AUDIO) and shows(file.name):
        return t(f"file.named.{file.kind}", name=file.name)
    return t(f"file.{file.kind}")


def file_lines(files: Sequence[Named]) -> list[Text]:
    """Several: those of a kind counted, named ones each by its name."""
    lines: list[Text] = []
    for kind in FileKind:
        alike = [file for file in files if file.kind is kind]
        if kind in (FileKind.DOCUMENT, FileKind.AUDIO) or len(alike) == 1:
            lines += [file_text(file) for file in alike]
        elif alike:
            lines.append(t(f"file.many.{kind}", n=len(alike)))
    return lines


def worded(text: str, files: Iterable[Named]) -> Text:
    """Words with what was sent along in one line. What the reader may not see is said to be there."""
    parts = [*([plain(text)] if text else []), *file_lines(list(files))] or [t("file.any")]
    whole = parts[0]
    for part in parts[1:]:
        whole = t("file.along", first=whole, then=part)
    return whole


def open_case_files(case_id: int, files: Sequence[Attachment]) -> list[Button]:
    """The button that shows what hangs on a case, where there is anything."""
    return [Button(t("file.button"), "files", CASE, case_id)] if files else []


# What a message brings -----------------------------------------------------------------------------------------------


def words_or_file(req: Request, typed: str) -> str:
    """The text as typed; empty if a file was sent that can be kept. Raises Invalid."""
    if typed.strip():
        return typed.strip()
    file = req.incoming.file
    if file is None:
        raise Invalid("text" if req.incoming.kind == "text" else "unreadable")
    attachments.check(file.new())
    return ""


def shared(req: Request) -> list[SharedFile]:
    """The file that came with a message, if it can be kept."""
    file = req.incoming.file
    return [] if file is None or _fault(file) is not None else [file]


def files_of(req: Request) -> list[NewFile]:
    """The same as the store takes it."""
    return [file.new() for file in shared(req)]


def refused(req: Request) -> list[Message]:
    """The message that a file can't be kept; the words that came with it are."""
    fault = None if req.incoming.file is None else _fault(req.incoming.file)
    return [] if fault is None else [message(fault)]


def _fault(file: SharedFile) -> Text | None:
    try:
        attachments.check(file.new())
    except Invalid as error:
        return t(f"error.{error.key}")
    return None
