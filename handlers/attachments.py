"""Opens photos, recordings and files again: for who may see them now; it is asked once more when they go out."""

from __future__ import annotations

from handlers.kit.files import CASE, file_text
from handlers.kit.reply import Button, Message, Reply, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import attachments
from store.access import Action
from store.attachments import MOST
from store.errors import NotAllowed
from store.rules.models import Attachment, FileState

routes = Routes()


@routes.button("file", Action.GREET)
def open_file(req: Request) -> Reply:
    """One."""
    return Reply((_shown(attachments.get(req.tx, req.actor, req.number())),))


@routes.button("files", Action.GREET)
def open_files(req: Request) -> Reply:
    """All that hang on one record, each as a message; of a case all that was ever sent, some at a time."""
    record, record_id, skip = req.word(), req.number(1), req.number(2) if len(req.args) > 2 else 0
    if record == CASE:
        found = attachments.of_case(req.tx, req.actor, record_id)
    else:
        found = attachments.of(req.tx, req.actor, record, [record_id]).get(record_id, [])
    page, left = found[skip : skip + MOST], len(found) - skip - MOST
    if not page:
        raise NotAllowed
    reply = Reply(tuple(_shown(file) for file in page))
    if left <= 0:
        return reply
    more = Button(t("button.more"), "files", record, record_id, skip + MOST)
    return reply.also(message(t("file.further", n=left), buttons=[[more]]))


def _shown(file: Attachment) -> Message:
    """A file that is not in the book (yet, or never) is said to be so."""
    if file.state is not FileState.KEPT:
        return message(t(f"error.file_{file.state}"))
    return message(t("file.shown", file=file_text(file), at=file.created_at), file=file.id)
