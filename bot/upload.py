"""The body of a request to the Bot API that is too large to be handed to the socket at once.

Called by `bot.request`. A body is cut into pieces, and a piece is only taken when the one before it has left for the
operating system, so the time between two pieces is the time of one write: that is what python-telegram-bot calls the
write time-out.

    body = await Body.of_files(fields, files)
    async with asyncio.timeout(None) as writing:
        await session.post(url, data=body.pieces(writing, 20.0), headers=body.headers)
"""

from __future__ import annotations

import asyncio
import io
import re
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import IO

PIECE = 64 * 1024
"""Bytes handed over in one write; the high-water mark at which asyncio's transports start to wait."""

_UNSAFE_IN_A_FILE_NAME = re.compile(r'[\x00-\x1f\x7f"\\]')


class FileChangedError(OSError):
    """A file became shorter while it was being sent; what had been announced could not be kept."""


@dataclass(frozen=True, slots=True)
class _Handle:
    """An open file and the number of bytes that it holds from its present position on."""

    file: IO[bytes]
    size: int


class Body:
    """A request body of known length, as text fields with files (RFC 7578) or as plain bytes.

    Args:
        content_type: the value of the Content-Type header.
        sources: what is sent, in order.
    """

    def __init__(self, content_type: str, sources: list[bytes | _Handle]) -> None:
        self._sources = sources
        length = sum(len(source) if isinstance(source, bytes) else source.size for source in sources)
        self.headers = {"Content-Type": content_type, "Content-Length": str(length)}

    @classmethod
    async def of_files(cls, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes | IO[bytes], str]]) -> Body:
        """A `multipart/form-data` body.

        Args:
            fields: part name → text.
            files: part name → (file name, content or an open binary file, media type), as
                `telegram.request.RequestData.multipart_data` gives them.

        Raises:
            OSError: an open file could not be read.
        """
        boundary = uuid.uuid4().hex
        sources: list[bytes | _Handle] = []
        for name, text in fields.items():
            sources.append(_head(boundary, f'name="{name}"') + text.encode("utf-8", "replace") + b"\r\n")
        for name, (file_name, content, media_type) in files.items():
            # A quote or a line break in a file name would end the header and begin one of a stranger's choice.
            safe_name = _UNSAFE_IN_A_FILE_NAME.sub("_", file_name)
            sources.append(_head(boundary, f'name="{name}"; filename="{safe_name}"', media_type))
            sources.append(content if isinstance(content, bytes) else await asyncio.to_thread(_measured, content))
            sources.append(b"\r\n")
        sources.append(f"--{boundary}--\r\n".encode())
        return cls(f"multipart/form-data; boundary={boundary}", sources)

    async def pieces(self, writing: asyncio.Timeout, seconds: float | None) -> AsyncIterator[bytes]:
        """Yield the body; before each piece, give its write `seconds` by moving the deadline `writing`.

        Raises:
            FileChangedError: a file turned out shorter than it was.
        """
        clock = asyncio.get_running_loop().time
        for source in self._sources:
            async for piece in _cut(source) if isinstance(source, bytes) else _read(source):
                writing.reschedule(None if seconds is None else clock() + seconds)
                yield piece
        # From here on the server has the word: that is the read time-out's time.
        writing.reschedule(None)


def _head(boundary: str, disposition: str, media_type: str | None = None) -> bytes:
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n".encode("utf-8", "replace")


async def _cut(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), PIECE):
        yield content[at : at + PIECE]


async def _read(handle: _Handle) -> AsyncIterator[bytes]:
    left = handle.size
    while left:
        piece = await asyncio.to_thread(handle.file.read, min(PIECE, left))
        if not piece:
            raise FileChangedError("a file became shorter while it was sent")
        left -= len(piece)
        yield piece


def _measured(file: IO[bytes]) -> bytes | _Handle:
    """What a file holds from here on; one that can't be measured (a pipe) is read whole."""
    if not file.seekable():
        return file.read()
    here = file.tell()
    end = file.seek(0, io.SEEK_END)
    file.seek(here)
    return _Handle(file, end - here)
