"""A link as a picture that a phone's camera opens.

Reply.say(t("link.ready", url=url), photo=picture(url))
"""

from __future__ import annotations

from io import BytesIO

#: Pixels a module: a link of 60 characters becomes about 350 pixels, sharp on a phone and printed on a card.
SCALE = 8


def picture(url: str) -> bytes:
    """The QR code of a link as PNG bytes, with the quiet zone that ISO/IEC 18004 asks for (4 modules)."""
    import segno  # only whoever hands out a link pays for it

    file = BytesIO()
    segno.make_qr(url, error="m").save(file, kind="png", scale=SCALE, border=4)
    return file.getvalue()
