"""Opens photos, recordings and files, for those who may see them now; this is checked once more when they are sent.

Only a few files are sent at once, for everybody together (bot/sender.py). So nobody may have the same file on its way
twice, nor ask for files without limit.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit.files import CASE, file_text
from handlers.kit.reply import Button, Message, Reply, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import attachments, floods, queue
from store.access import Action
from store.attachments import MOST
from store.errors import Busy, NotAllowed
from store.rules.models import Attachment, FileState

routes = Routes()

#: How often a day somebody of the staff may open files, and a customer; each time brings `MOST` at most.
OPENED_A_DAY, GUEST_OPENED_A_DAY = 300, 30


@routes.button("file", Action.GREET, writes=True)
def open_file(req: Request) -> Reply:
    """One."""
    return _sent(req, [attachments.get(req.tx, req.actor, req.number())])


@routes.button("files", Action.GREET, writes=True)
def open_files(req: Request) -> Reply:
    """Sends all files of one record, each as a message; of a case all that were ever sent, a few at a time."""
    record, record_id, skip = req.word(), req.number(1), req.number(2) if len(req.args) > 2 else 0
    if record == CASE:
        found = attachments.of_case(req.tx, req.actor, record_id)
    else:
        found = attachments.of(req.tx, req.actor, record, [record_id]).get(record_id, [])
    page, left = found[skip : skip + MOST], len(found) - skip - MOST
    if not page:
        raise NotAllowed
    reply = _sent(req, page)
    if left <= 0:
        return reply
    more = Button(t("button.more"), "files", record, record_id, skip + MOST)
    return reply.also(message(t("file.further", n=left), buttons=[[more]]))


def _sent(req: Request, files: Sequence[Attachment]) -> Reply:
    """The files, but for those that are on their way already. Raises Busy `files_often`."""
    times = OPENED_A_DAY if req.actor.member else GUEST_OPENED_A_DAY
    if not floods.may(req.tx, req.incoming.person, "files", times):
        raise Busy("files_often")
    fresh = [file for file in files if not queue.waits(req.tx, _ref(file), req.incoming.chat)]
    return Reply(tuple(_shown(file) for file in fresh)) if fresh else Reply.say(t("file.coming"))


def _ref(file: Attachment) -> str:
    return f"file:{file.id}"


def _shown(file: Attachment) -> Message:
    """A file that is not in the book (yet, or never) is said to be so."""
    if file.state is not FileState.KEPT:
        return message(t(f"error.file_{file.state}"))
    return message(t("file.shown", file=file_text(file), at=file.created_at), file=file.id, ref=_ref(file))
