"""Tokens, and the line of them that a text becomes while it is scanned.

>>> line = Line("3点")
"""

from __future__ import annotations

from typing import NamedTuple

from handlers.understand.when.kinds import KINDS


class Token(NamedTuple):
    """One word of a date: its kind's letter, its place, a number, and what else the kind needs.

    `high` is the upper end of a spread (两三天). `form` says how a number was written: digits, padded (leading zero),
    zh, en, a (the article), couple. `date` is year (0 when none was written), month, day of a numeric date.
    """

    kind: str
    start: int
    end: int
    number: float = 0
    name: str = ""
    high: int = 0
    form: str = ""
    date: tuple[int, int, int] = (0, 0, 0)


class Tokens(NamedTuple):
    """A scanned text: the letters of its tokens, the tokens, and the folded text."""

    letters: str
    items: tuple[Token, ...]
    folded: str


class Line:
    """The tokens of a folded text so far, in order; neighbouring junk is one token."""

    def __init__(self, folded: str) -> None:
        self.text = folded
        self.items: list[Token] = []

    def add(self, kind: str, start: int, end: int, number: float = 0, name: str = "", form: str = "") -> int:
        """Add a token and return its end."""
        self.items.append(Token(KINDS[kind], start, end, number, name, 0, form))
        return end

    def junk(self, start: int, end: int) -> int:
        """Add junk and return its end."""
        if self.items and self.items[-1].kind == "x":
            self.items[-1] = self.items[-1]._replace(end=end)
        else:
            self.items.append(Token("x", start, end))
        return end

    @property
    def last(self) -> Token | None:
        """Return the last token, None at the start."""
        return self.items[-1] if self.items else None
