"""The patterns that several scanners share."""

from __future__ import annotations

import re
from typing import Final

# A run of figures with the marks that stand between figures.
CHUNK: Final = re.compile(r"\d(?:[\d.,:/-]*\d)?")

# An English word, with an apostrophe inside when it has one.
WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")

# What only holds words of dates: e-mails, pages, domains, hash tags, handles.
FOREIGN: Final = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+|[a-z][\w-]*(?:\.[a-z][\w-]*)+|#\S+|@[a-z_]\w*",
    re.ASCII,
)

# am, p.m., P M behind a number.
DOTTED_MERIDIEM: Final = re.compile(r"([ap])\.? ?m(?![a-z0-9])\.?")
