"""Somebody who came through a link and types before tapping: their words are not kept, and the notice or question is
shown again with what to tap.

    箱子破了   →  刚才发的内容没有保存。请先点下面的“同意”，再发一次。  +  the notice of the customer's link
               →  … 请先点一个分数，再写几句。                        +  the campaign's question
"""

from __future__ import annotations

from dataclasses import replace

from handlers import answering, guest_campaigns, guests
from handlers.kit.reply import Reply, t
from handlers.kit.request import Request
from handlers.kit.routes import Feature
from store import asked, floods, public_links
from store import guests as doors

#: How often on a day it is shown again.
AGAIN_A_DAY = 20
#: The way in again, by whose link it is.
_ARRIVE: dict[str, Feature] = {"campaign": guest_campaigns.arrive, "questionnaire": answering.arrive}


def asked_again(req: Request) -> Reply | None:
    """The answer to somebody who types before tapping: nothing was kept, and what to tap (once for an album). None if
    they have no open offer.
    """
    door = asked.noted(req.tx, req.incoming.person)
    token = None if door is None else _token(req, door)
    if door is None or token is None:
        return None
    album = req.incoming.album
    if not floods.may(req.tx, req.incoming.person, f"notice {album}", 1 if album else AGAIN_A_DAY):
        return Reply()
    words = not req.incoming.text.startswith("/")
    if door.record == "link":
        return guests.notice(token, again=words)
    shown = _ARRIVE[door.record](replace(req, text=token))
    head = [t(f"guest.untapped.{door.record}")] if words else []
    return replace(shown, messages=tuple(replace(one, lines=(*head, *one.lines)) for one in shown.messages))


def _token(req: Request, door: asked.Asked) -> str | None:
    """The token that leads there; None where none does any more."""
    if door.record == "link":
        return doors.token(req.tx, door.id)
    return public_links.living(req.tx, door.record, door.id)
