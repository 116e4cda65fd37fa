"""What stands on a person's phone: message bubbles with their buttons, and the transcript of a conversation.

:mod:`person` builds them from the event stream; tests look at them. Example::

    card = await li.sees("张三")
    assert card.labels == ["Save", "Edit"]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its label, its place, what it sends or opens (empty where it doesn't)."""

    label: str
    row: int
    column: int
    data: str
    url: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as a person sees it.

    ``text`` is the text or the caption, ``raw`` the whole JSON, ``seq`` its last change.
    """

    id: int
    chat_id: int
    seq: int
    sender: str
    sender_id: int
    from_bot: bool
    text: str
    html: str
    buttons: tuple[Button, ...]
    raw: Json

    @property
    def labels(self) -> list[str]:
        """The buttons' labels, row by row."""
        return [button.label for button in self.buttons]

    @property
    def files(self) -> list[Json]:
        """Its files: ``[{kind, file_id, url, name, mime_type, size}]``."""
        found: list[Json] = self.raw.get("files", [])
        return found

    def button(self, label: str) -> Button | None:
        """The button with that label, or the only one that contains it; None if there is none.

        LookupError if several do.
        """
        for button in self.buttons:
            if button.label == label:
                return button
        found = [button for button in self.buttons if label in button.label]
        if len(found) > 1:
            raise LookupError(f"{label!r} is on several buttons: {[button.label for button in found]}")
        return found[0] if found else None


def bubble(raw: Json, bot_id: int) -> Bubble:
    """A bubble from the person side's message JSON. Messages sent through inline mode count as the bot's."""
    sender = raw["from"]
    rows = (raw.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = tuple(
        Button(_read(button["text"]), row, column, button.get("callback_data", ""), button.get("url", ""))
        for row, line in enumerate(rows)
        for column, button in enumerate(line)
    )
    return Bubble(
        raw["message_id"],
        raw["chat"]["id"],
        raw["seq"],
        " ".join(filter(None, (sender["first_name"], sender.get("last_name")))),
        sender["id"],
        sender["id"] == bot_id or "via_bot" in raw,
        said(raw),
        raw.get("html", ""),
        buttons,
        raw,
    )


def said(raw: Json) -> str:
    """A message's words: text, caption, or what a contact card or a service message says."""
    if "text" in raw:
        return _read(str(raw["text"]))
    words = [_read(str(raw["caption"]))] if "caption" in raw else []
    if contact := raw.get("contact"):
        words += [contact["first_name"], contact.get("last_name", ""), contact["phone_number"]]
    for name in ("group_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message"):
        words += [f"[{name.replace('_', ' ')}]"] if name in raw else []
    return " ".join(filter(None, words))


def _read(text: str) -> str:
    """A text to the eye, which can't tell a space that keeps a line together from another."""
    return text.replace("\u00a0", " ")


def line(shown: Bubble, *, edited: bool) -> str:
    """A bubble as a line of a transcript."""
    parts = [f"{shown.sender}:", shown.text]
    if "forward_origin" in shown.raw:
        parts.insert(1, "[forwarded]")
    parts += [f"[{file['kind']} {file['name']}]".replace(" ]", "]") for file in shown.files]
    parts += [f"({emoji})" for emoji in shown.raw.get("reactions", {}).values()]
    if edited:
        parts.append("(changed)")
    text = " ".join(filter(None, parts))
    if shown.buttons:
        rows: dict[int, list[str]] = {}
        for button in shown.buttons:
            rows.setdefault(button.row, []).append(f"[{button.label}]")
        text += "".join("\n    " + " ".join(row) for row in rows.values())
    return text
