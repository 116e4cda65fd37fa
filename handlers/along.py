"""What is saved together with a customer who is being added or was found again: a note, forwarded words, files, a
reminder.

It waits in a draft's `extra` while its person looks at it: `shown` says what saving will do, `write` does it.

    extra = gathered(incoming) | {"note": "想要样品", "reminder": {"at": 1795140000000, "what": "回访"}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handlers.home import country_of
from handlers.kit import albums
from handlers.kit.files import file_lines
from handlers.kit.reply import Reply, Text, t
from handlers.kit.request import Draft, Incoming, Origin, Request, SharedFile
from store import followups, interactions
from store.rules import phone
from store.rules.models import Contacted, Customer
from store.rules.script import fold
from store.times import from_ms

Extra = Mapping[str, Any]
#: A number as one dials it: with a country code, or an area code behind a 0.
_DIALLED = re.compile(r"\+|\(?0\d{2}")
#: Under which key a reminder waits: {"at": milliseconds, "what": words}.
REMINDER = "reminder"


def gathered(incoming: Incoming) -> dict[str, Any]:
    """What an update carries besides text: a file, its album, and where it was forwarded from."""
    brought: dict[str, Any] = {}
    if incoming.file is not None:
        brought["files"] = [incoming.file.model_dump(mode="json")]
    if incoming.album:
        brought["album"] = incoming.album
    if incoming.origin is not None:
        brought["origin"] = incoming.origin.model_dump(mode="json")
    return brought


def of(draft: Draft) -> dict[str, Any]:
    """All that waits in a draft: the reminder may be a field of its form."""
    held = draft.values.get(REMINDER)
    return {**draft.extra, REMINDER: held} if held else dict(draft.extra)


def reminder_text(held: Any) -> Text:
    """A reminder that waits, as a value."""
    at, what = _reminder(held)
    return t("add.reminder_of", at=at, what=what) if what else t("add.reminder", at=at)


def _reminder(held: Any) -> tuple[datetime, str]:
    return from_ms(int(str(held["at"]))), str(held["what"])


def shown(req: Request, extra: Extra) -> list[Text]:
    """The lines that announce what saving will do beside the fields."""
    at, task, note = _kept_for(req, extra)
    lines = []
    if at is not None:
        lines.append(t("add.will_remind_of", at=at, what=task) if task else t("add.will_remind", at=at))
    if note:
        lines.append(note_line(note))
    files, origin = _files(extra), _origin(extra)
    # Of an album only the first has come by now; the others are on their way.
    lines += [t("file.album")] if extra.get("album") and len(files) == 1 else file_lines(files)
    if origin is not None and origin.name and (note or files):
        lines.append(t("hold.from", name=origin.name, at=origin.at))
    return lines


def no_numbers(req: Request, extra: Extra) -> list[Text]:
    """What looks like a phone number and is none, of somebody who has no other: it goes into the note, and is told."""
    _, task, note = _kept_for(req, extra)
    words = note or task
    return [
        t("add.short" if one.short else "add.unread", number=one.raw)
        for one in phone.unread(words, country_of(req))
        if one.raw == words.strip() or _DIALLED.match(one.raw)
    ][:1]


class Written(NamedTuple):
    """What was added to the timeline: the lines that say so (the card itself shows only reminders), and
    the entry's id.
    """

    lines: list[Text]
    entry: int | None = None

    def end(self, reply: Reply, extra: Extra) -> Reply:
        """The reply, with no form open; what else comes of an album is still put to the entry."""
        if self.entry is None:
            return reply.closing()
        return albums.following(reply, str(extra.get("album") or ""), "interaction", self.entry)


def write(req: Request, customer: Customer, extra: Extra) -> Written:
    """Does what `shown` says."""
    at, task, note = _kept_for(req, extra)
    if at is not None:
        followups.plan(req.tx, req.actor, customer.id, at, task)
    files, origin = _files(extra), _origin(extra)
    if not note and not files:
        return Written([])
    # What the customer wrote themselves was contact, at the time when they wrote it.
    theirs = origin is not None and origin.person and fold(origin.name) == fold(customer.name)
    entry = interactions.add(
        req.tx, req.actor, customer.id, note, Contacted.MESSAGE if theirs else Contacted.NOTE,
        at=origin.at if theirs and origin else None, origin="" if theirs or origin is None else origin.name,
        files=[file.new() for file in files],
    )  # fmt: skip
    return Written(([note_line(note)] if note else []) + file_lines(files), entry.id)


def note_line(note: str) -> Text:
    """A note that is written, or about to be; a long one folded."""
    return t("add.will_note" if len(note) <= FOLDED else "add.will_note_long", text=note)


#: Longer words are folded, with their beginning to be seen.
FOLDED = 200


def _kept_for(req: Request, extra: Extra) -> tuple[datetime | None, str, str]:
    """A time to come with what it is for, and what is noted: nothing that was typed is dropped."""
    note, held = str(extra.get("note") or ""), extra.get(REMINDER)
    if not held:
        return None, "", note
    at, task = _reminder(held)
    if not req.now < at <= req.now + followups.FURTHEST:  # saved after a pause: the hour has passed; or it never comes
        return None, "", f"{at.astimezone(req.zone):%Y-%m-%d %H:%M} {task} {note}".strip()
    if len(task) > followups.TEXT_MAX:
        return at, "", note if task in note else f"{task} {note}".strip()
    return at, task, note


def _files(extra: Extra) -> list[SharedFile]:
    return [SharedFile.model_validate(file) for file in extra.get("files", ())]


def _origin(extra: Extra) -> Origin | None:
    return Origin.model_validate(extra["origin"]) if extra.get("origin") else None
