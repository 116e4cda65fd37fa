"""How a photo, a recording or a file is named in a line and on a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.kit.reply import Text, t
from handlers.kit.texts import shows
from store.rules.models import FileKind


class Named(Protocol):
    """What is said of a file: one that was just sent, or one of the book's."""

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
