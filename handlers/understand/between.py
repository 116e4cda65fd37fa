"""What a condition on a number or a day comes to, and where one stands in a line: 预算>30万的客户, budget over 300k.

in_line("customers with a budget over 300k", "Budget", quantities.PATTERN, quantities.read)
    →  (Bounds(300000, above=True), "customers with a")
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from store.rules.script import flat, fold

Value = int | float | str
_LINK = r"\s*(?:在|是|为|is|are|of|at)?\s*"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`, both of them included unless `above` or `below` says otherwise; None: no end on that side.

    Numbers, or days as ISO 8601.
    """

    low: Value | None = None
    high: Value | None = None
    above: bool = False
    below: bool = False


def in_line(line: str, name: str, pattern: str, read: Callable[[str], Bounds | None]) -> tuple[Bounds, str] | None:
    """The condition on the field of this name in a line, behind it or before it, and the line without both."""
    plain, called = flat(line), re.escape(flat(name))
    for shape in (rf"{called}{_LINK}(?P<said>{pattern})", rf"(?P<said>{pattern})\s*(?:的|of)?\s*{called}"):
        found = re.search(shape, plain, re.IGNORECASE)
        meant = None if found is None else read(found["said"])
        if found is not None and meant is not None:
            return meant, fold(f"{line[: found.start()]} {line[found.end() :]}").strip()
    return None
