"""Every error that Kehu raises on purpose.

A `KehuError` is a key of the texts plus what the sentence needs; the gate turns it into words in the reader's language.
`str(error)` is the key alone, so that an error may be logged without telling anything about a customer.

    KehuError            something that a person can be told
    ├─ NotAllowed        missing or forbidden: the same words for both
    ├─ Invalid           a field does not hold what it must; carries what was typed
    ├─ Stale             somebody else changed the record first
    ├─ Busy              too much at once; try again
    └─ Unusable          the book or its key can't be used; carries the exit code of the command
"""

from __future__ import annotations


class KehuError(Exception):
    """A fault that has words: `error.<key>` in the texts, filled with `data`."""

    def __init__(self, key: str, **data: object) -> None:
        super().__init__(key)
        self.key = key
        self.data = data


class NotAllowed(KehuError):
    """The record is missing, or the actor may not do this to it. Nobody is told which."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class Invalid(KehuError):
    """A field does not hold what it must: `field` names it, `typed` is what was typed (told to its writer only)."""

    def __init__(self, field: str, typed: str = "") -> None:
        super().__init__(f"invalid_{field}", typed=typed)
        self.field = field


class Stale(KehuError):
    """The record has changed since the actor saw it; nothing was written."""

    def __init__(self) -> None:
        super().__init__("stale")


class Busy(KehuError):
    """A limit was met; the same thing may be tried again later.

    Without a key it is the book itself that can't be written just now: nobody is told, the same work is done again.
    """

    def __init__(self, key: str = "busy") -> None:
        super().__init__(key)

    @property
    def of_the_book(self) -> bool:
        """Whether it was the book, and not the limit of a person, that was met."""
        return self.key == "busy"


class Unusable(KehuError):
    """The book can't be used at all. `code` is the exit code that docs/operations.md lists."""

    def __init__(self, key: str, code: int, **data: object) -> None:
        super().__init__(key, **data)
        self.code = code
