"""Small files for stories: pictures that are as large as their header says, and bytes that stand for a recording."""

from __future__ import annotations

import struct


def jpeg(mark: int) -> bytes:
    """The head of a JPEG of 640 by 480 and something that tells one from the other."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 480, 640, 3) + bytes([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    return b"\xff\xd8" + frame + b"\xff\xfe" + struct.pack(">H", 6) + struct.pack(">I", mark) + b"\xff\xd9"


JPEG = jpeg(0)
OGG = b"OggS" + bytes(60)
