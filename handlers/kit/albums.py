"""Albums: photos that were sent together arrive one by one; the later ones are attached where the first one went.

    return following(reply, req.incoming.album, "case_message", said.id)     # the first was written there
    later = later_part(req)                                                  # a further one, which asks nothing

Telegram doesn't say which part of an album is the last.
"""

from __future__ import annotations

from handlers.kit import forms
from handlers.kit.files import files_of, refused
from handlers.kit.reply import Reply
from handlers.kit.request import Request
from store import attachments

#: The form of a draft that only knows to which record an album went.
ALBUM = "album"


def following(reply: Reply, album: str, record: str, record_id: int) -> Reply:
    """The reply, with no form open; what else comes of the album is still put to the record."""
    if not album:
        return reply.closing()
    return reply.opening(forms.draft_of(ALBUM, extra={"album": album, "record": record, "id": record_id}))


def later_part(req: Request) -> Reply | None:
    """Hangs a further part of an album where the first one hangs; None for anything else."""
    draft = req.draft
    if draft is None or draft.form != ALBUM or req.incoming.album != draft.extra["album"]:
        return None
    if req.incoming.text.strip():
        return None  # a caption says something of its own
    record, record_id = str(draft.extra["record"]), int(str(draft.extra["id"]))
    attachments.add(req.tx, req.actor, record, record_id, files_of(req))
    return Reply(tuple(refused(req))).opening(draft)
