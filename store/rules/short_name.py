"""Names that members type for people, teams and campaigns, as one short line. Pure."""

from __future__ import annotations

import unicodedata

#: Characters of the longest: what a phone shows in one line of a card.
NAME_MAX = 40


def clean_name(typed: str) -> str:
    """A name as one short line: no control characters, none that turn the direction of writing, no runs of blanks."""
    shown = "".join(char if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs") else " " for char in typed)
    return " ".join(shown.split())[:NAME_MAX].rstrip()
