"""Links that open the bot with a payload, as text and as a picture to scan; and the answer to one that leads nowhere.

start_link("kehu_bot", "i_4fzu…")  →  "https://t.me/kehu_bot?start=i_4fzu…"
"""

from __future__ import annotations

import io

from handlers.kit.reply import Reply, t
from handlers.kit.request import Request
from store import strangers
from store.errors import KehuError
from store.rules.models import Role


def start_link(bot_name: str, payload: str) -> str:
    """A deep link; `payload` is at most 64 of A-Z a-z 0-9 _ -
    (https://core.telegram.org/bots/features#deep-linking).
    """
    return f"https://t.me/{bot_name}?start={payload}"


def turned_away(req: Request, error: KehuError) -> Reply:
    """The answer to a link that leads nowhere; a stranger who tries many gets none in the end. It is a reply and no
    error, so that the count of tries is committed.
    """
    if req.actor.role is Role.STRANGER and not strangers.may_try(req.tx, req.incoming.person):
        return Reply()
    return Reply.say(t(f"error.{error.key}"))


def qr(link: str) -> bytes:
    """The link as a QR code: a PNG of some 400 pixels a side, quiet zone included, readable from a screen or on
    paper.
    """
    import segno  # rarely needed, and 20 ms to load

    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
