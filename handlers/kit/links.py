"""Links that open the bot with a payload, as text and as a picture to scan: invites, customers' links.

start_link("kehu_bot", "i_4fzu…")  →  "https://t.me/kehu_bot?start=i_4fzu…"
"""

from __future__ import annotations

import io


def start_link(bot_name: str, payload: str) -> str:
    """A deep link; `payload` is at most 64 of A-Z a-z 0-9 _ -
    (https://core.telegram.org/bots/features#deep-linking).
    """
    return f"https://t.me/{bot_name}?start={payload}"


def qr(link: str) -> bytes:
    """The link as a QR code: a PNG of some 400 pixels a side, quiet zone included, readable from a screen or on
    paper.
    """
    import segno  # rarely needed, and 20 ms to load

    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
